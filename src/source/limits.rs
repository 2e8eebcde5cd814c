//! How much is read, in one place: each number is far above what an office writes, and each keeps a file that somebody
//! broke, or made to break us, from taking the machine. What is beyond is left out with a finding that names the number.

/// Bytes of a text file. Most go to frozen versions: ten thousand records make a snapshot of about 30 MB.
pub const FILE: usize = 50 * MEGABYTE;
/// Bytes of a file that is taken apart; what it becomes takes many times the memory.
pub const DOCUMENT: usize = 16 * MEGABYTE;
/// Files in a programme's folder.
pub const FILES: usize = 100_000;

/// Records of a programme, a record counting as often as it is given in parts. Most become a page each.
pub const RECORDS: usize = 50_000;

/// Signs of a Markdown file that may be markup: bars, asterisks, brackets, line ends. Ten thousand rows of thirty columns
/// hold a third of it.
pub const SIGNS: usize = 1_000_000;
/// Columns of a table.
pub const COLUMNS: usize = 1_000;
/// Cells of a table, those included that its rows do not have. The parser gives up earlier where most are missing.
pub const CELLS: usize = 1_000_000;
/// Bytes of a cell.
pub const CELL: usize = 64 * 1024;
/// Lists and quotations in one another. What is deeper is shown and not read; markup that is deeper is neither.
pub const BLOCKS_DEEP: usize = 32;

/// Lists and maps in one another, references followed.
pub const YAML_DEEP: usize = 64;
/// Values in one YAML document.
pub const YAML_VALUES: usize = 500_000;
/// Bytes that references may add to a YAML document.
pub const YAML_REFERENCES: usize = 16 * MEGABYTE;

pub const MEGABYTE: usize = 1024 * 1024;

/// A number as a sentence has it: `100,000`.
pub fn told(number: usize) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3).map(|group| str::from_utf8(group).unwrap_or_default());
    let groups: Vec<&str> = [head].into_iter().chain(groups).filter(|group| !group.is_empty()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn thousands_are_told_apart() {
        let told = [0, 7, 100, 1_000, 65_536, 1_000_000].map(told);
        assert_eq!(told, ["0", "7", "100", "1,000", "65,536", "1,000,000"]);
    }
}

//! `data/search.js`: what the search of one version finds. A classic script, since a page opened from disk may read no
//! other file; the portal's own script loads it when the search is first used.

/// The call that hands the rows over: address below the version's root, id, title, kind, further words.
pub fn script<'a>(rows: impl Iterator<Item = [&'a str; 5]>) -> String {
    let rows: Vec<String> = rows.map(|row| literal(&row)).collect();
    format!("searchIndex([\n{}\n]);\n", rows.join(",\n"))
}

/// A row as a script may hold it wherever it stands: nothing in it ends an element, or a line for readers that are old.
fn literal(row: &[&str; 5]) -> String {
    let json = serde_json::to_string(row).expect("a row is a list of texts");
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn rows_are_handed_over_in_one_call() {
        let row = ["r/R-1.html", "R-1", "A \"quoted\" title", "Risk", ""];
        assert_eq!(
            script([row].into_iter()),
            "searchIndex([\n[\"r/R-1.html\",\"R-1\",\"A \\\"quoted\\\" title\",\"Risk\",\"\"]\n]);\n"
        );
        let hostile = ["</script>", "\u{2028}", "", "", ""];
        assert_eq!(
            script([hostile].into_iter()),
            "searchIndex([\n[\"\\u003c/script>\",\"\\u2028\",\"\",\"\",\"\"]\n]);\n"
        );
        assert_eq!(script(std::iter::empty()), "searchIndex([\n\n]);\n");
    }
}

//! Findings as workflow commands of GitHub Actions: annotations at the lines of a pull request.

use crate::cli::blocks::{Block, blocks};
use crate::cli::terminal::displayed;
use crate::finding::Severity;
use crate::version::Judged;

/// Characters of a message; what is beyond is cut with a mark.
const LONGEST: usize = 2_000;

/// One command a block, errors first: GitHub shows ten of a severity in one step and drops the rest.
pub fn github(findings: &[Judged], folder: &str) -> String {
    let mut blocks = blocks(findings);
    blocks.sort_by_key(|block| std::cmp::Reverse(block.severity()));
    blocks.iter().map(|block| command(block, folder)).collect()
}

fn command(block: &Block<'_>, folder: &str) -> String {
    let finding = block.first();
    let word = match block.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if !finding.path.is_empty() {
        properties.push(format!("file={}", property(&displayed(folder, &finding.path))));
        properties.push(format!("line={}", finding.start.line));
        properties.push(format!("endLine={}", finding.end.line));
        // GitHub takes columns on one line only; the last is inclusive.
        if finding.start.line == finding.end.line {
            let last = finding.end.column.saturating_sub(1).max(finding.start.column);
            properties.push(format!("col={},endColumn={last}", finding.start.column));
        }
    }
    properties.push(format!("title={}", property(&finding.rule)));
    let help = block.help().map_or_else(String::new, |help| format!("\n{help}"));
    format!("::{word} {}::{}\n", properties.join(","), text(&shortened(&format!("{}{help}", block.title()))))
}

fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_string(),
    }
}

/// Text after `::`. Besides what GitHub asks for, control characters are taken out: the log is shown on terminals too.
fn text(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(crate::cli::terminal::tame).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::finding::Severity;
    use crate::source::Place;
    use crate::version::Judged;

    #[test]
    fn commands_are_escaped_so_that_no_content_ends_them() {
        let finding = Judged {
            rule: "unknown-value".to_string(),
            severity: Severity::Note,
            message: "`100 %\r\n::error::forged` is wrong".to_string(),
            path: "content/a,b:c.md".to_string(),
            start: Place { line: 3, column: 4 },
            end: Place { line: 3, column: 9 },
            label: String::new(),
            related: Vec::new(),
            help: Some("mend it".to_string()),
            subject: None,
            allowed: None,
            bytes: (0, 1),
        };
        assert_eq!(
            github(&[finding], ""),
            "::notice file=content/a%2Cb%3Ac.md,line=3,endLine=3,col=4,endColumn=8,title=unknown-value::\
             `100 %25␍%0A::error::forged` is wrong%0Amend it\n"
        );
    }
}

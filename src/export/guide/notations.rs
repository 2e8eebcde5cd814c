//! What windows, statuses and scales are written with: the tables that the reader uses.

use crate::reading::scales;
use crate::reading::windows::notations::{GROUPS, NOT_UNDERSTOOD};
use crate::reading::words::{Outcome, Said, tables};

/// Every notation of a window and what is understood, then what is not.
pub fn windows() -> String {
    let mut text =
        "\n## Windows\n\nWhat stands on the right is what milepost understands; the calendar of the programme then \
                    gives it its working days. `milepost inspect` says it of your own.\n"
            .to_string();
    for group in GROUPS {
        text.push_str(&format!("\n**{}**\n\n| written | means |\n| --- | --- |\n", group.heading));
        for (meant, written) in group.rows {
            text.push_str(&row(&[&codes(written.iter().copied()), meant]));
        }
    }
    text.push_str(&format!(
        "\n**Not understood**, since it would need a guess: {}. Add the year, or what is counted.\n",
        codes(NOT_UNDERSTOOD.iter().copied())
    ));
    text
}

/// Status words and marks, and what each is taken for.
pub fn statuses() -> String {
    let mut text =
        "\n## Statuses and other words\n\nCapitals, accents, bold and what stands behind a dash, a comma or a bracket \
                    make no difference. A mark counts where no word is known; a legend in the file, and `words` in \
                    `programme.yaml`, come first. A percentage is `on plan`, from `100 %` on `complete`.\n"
            .to_string();
    text.push_str(&meanings("Statuses of milestones", tables::STATUSES, tables::STATUS_MARKS, Said::word));
    let open = |open: bool| if open { "open" } else { "closed" };
    text.push_str(&meanings("Statuses of risks and issues", tables::OPEN, tables::OPEN_MARKS, open));
    text.push_str(&meanings("Outcomes of decisions", tables::OUTCOMES, tables::OUTCOME_MARKS, outcome));
    let passed = |passed: bool| if passed { "pass" } else { "fail" };
    text.push_str(&meanings("Results of evidence", tables::VERDICTS, tables::TICKS, passed));
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    text.push_str(&meanings("Yes and no", tables::YES, tables::TICKS, yes));
    text.push_str("\n### Nothing and not yet\n\n| means | words | marks |\n| --- | --- | --- |\n");
    text.push_str(&row(&["nothing", &listed(tables::NOTHING), "`-`, `–`, `/`, `∅`"]));
    text.push_str(&row(&["to be filled in", &listed(tables::PLACEHOLDERS), "`?`, `…`, `[name]`, `{name}`, `<name>`"]));
    text
}

/// The five steps and their words.
pub fn levels() -> String {
    let mut text =
        "\n## Levels\n\nA number from 1 to 5 is itself, also as `4/5`, `4 of 5` and `4 - likely`. A score is a number \
                    from 1 to 25, or `3 × 4`. Programmes name the steps otherwise with `words` in `programme.yaml`.\n\n\
                    | step | both scales | probability | percent | impact | severity of an issue | marks |\n\
                    | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_string();
    for step in 1..=5 {
        let of = |table: &[(u8, &'static str)]| {
            table.iter().filter(|(own, _)| *own == step).map(|(_, words)| listed(words)).collect::<String>()
        };
        let most = scales::PERCENT_STEPS.iter().zip(1..).find(|(_, own)| *own == step);
        let percent = most.map(|(most, _)| format!("`≤ {} %`", most.floor())).unwrap_or_default();
        let marks = scales::MARKS.iter().filter(|(_, own)| *own == step).map(|(mark, _)| mark.to_string());
        let rank = 6 - step;
        text.push_str(&row(&[
            &step.to_string(),
            &of(scales::COMMON),
            &of(scales::PROBABILITY),
            &percent,
            &of(scales::IMPACT),
            &format!("`P{rank}`, `Sev {rank}`, {}", of(scales::SEVERITY)),
            &codes(marks.collect::<Vec<_>>().iter().map(String::as_str)),
        ]));
    }
    text
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Go => "go",
        Outcome::ConditionalGo => "conditional go",
        Outcome::Hold => "hold",
        Outcome::Recycle => "recycle",
        Outcome::Kill => "kill",
    }
}

fn meanings<T: Copy + PartialEq>(
    heading: &str,
    words: &[(T, &'static str)],
    marks: &[(T, &'static str)],
    name: fn(T) -> &'static str,
) -> String {
    let mut text = format!("\n### {heading}\n\n| means | words | marks |\n| --- | --- | --- |\n");
    for (meaning, row_of_words) in words {
        let of_it = marks.iter().find(|(other, _)| other == meaning).map_or("", |(_, marks)| *marks);
        let of_it: Vec<String> = of_it.chars().map(String::from).collect();
        text.push_str(&row(&[name(*meaning), &listed(row_of_words), &codes(of_it.iter().map(String::as_str))]));
    }
    text
}

/// A row of words, which have a comma and a space between them.
fn listed(words: &str) -> String {
    codes(words.split(", "))
}

fn codes<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

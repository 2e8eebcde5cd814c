//! What the preview adds to a page: the script that reloads it, and what is wrong, laid over it.

use std::fmt::Write;

use crate::source::Html;

use super::published::{Showing, Standing};
use super::{FrameLine, Problem};

/// More would be read in the terminal.
const MOST: usize = 50;

const SCRIPT: &str = include_str!("overlay/reload.js");
const STYLE: &str = include_str!("overlay/overlay.css");

/// A page of the portal as it is shown: its own bytes, and before its end what the preview adds.
pub fn onto(page: &[u8], showing: &Showing) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let mut shown = Vec::with_capacity(page.len() + showing.overlay.len() + SCRIPT.len() + 100);
    shown.extend_from_slice(&page[..end]);
    shown.extend_from_slice(showing.overlay.as_bytes());
    shown.extend_from_slice(script(showing).as_bytes());
    shown.extend_from_slice(&page[end..]);
    shown
}

/// A page of the preview's own, for where the portal has none.
pub fn own_page(title: &str, text: &str, showing: &Showing) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n\
         <style>:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }} \
         body {{ margin: 10vh auto; max-width: 42rem; padding: 0 1rem; }}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n",
        title = Html::escaped(title),
        text = Html::escaped(text),
    );
    onto(page.as_bytes(), showing)
}

fn script(showing: &Showing) -> String {
    // Digits, a hyphen and hexadecimal letters: nothing that could end the string or the element.
    format!("<script>{}</script>", SCRIPT.replace("AT", &showing.at))
}

/// The problems, as an element that the styles of the page cannot reach; empty where there are none. `below` is what lies under
/// it, if anything does.
pub fn overlay(problems: &[Problem], below: Option<Standing>) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let heading = match problems.len() {
        1 => "1 problem".to_owned(),
        count => format!("{count} problems"),
    };
    let below = match below {
        Some(Standing::Good) => "What lies below is the last portal that had none.",
        Some(Standing::Partial) => "What lies below is as much as could be built.",
        None => "There is no portal to show yet.",
    };
    let mut markup = format!(
        "<milepost-problems><template shadowrootmode=\"open\"><style>{STYLE}</style>\
         <section aria-label=\"Problems\"><details open><summary>{heading}</summary><div class=\"problems\" tabindex=\"0\">\
         <p class=\"below\">{below} This page reloads when a file is saved.</p><ol>"
    );
    for problem in problems.iter().take(MOST) {
        write_problem(&mut markup, problem);
    }
    markup.push_str("</ol>");
    if let Some(more @ 1..) = problems.len().checked_sub(MOST) {
        // Writing to a string cannot fail; so below.
        let _ = write!(markup, "<p class=\"below\">And {more} more: <code>milepost check</code> lists them all.</p>");
    }
    markup.push_str("</div></details></section></template></milepost-problems>");
    markup
}

fn write_problem(markup: &mut String, problem: &Problem) {
    markup.push_str("<li>");
    if !problem.path.is_empty() {
        let _ = write!(markup, "<p class=\"place\">{}", Html::escaped(&problem.path));
        if let Some(place) = problem.place {
            let _ = write!(markup, ":{}:{}", place.line, place.column);
        }
        markup.push_str("</p>");
    }
    let _ = write!(markup, "<p class=\"message\"><strong>{}", Html::escaped(&problem.severity));
    if !problem.rule.is_empty() {
        let _ = write!(markup, " <code>{}</code>", Html::escaped(&problem.rule));
    }
    let _ = write!(markup, "</strong> {}</p>", prose(&problem.message));
    if !problem.frame.is_empty() {
        markup.push_str("<pre tabindex=\"0\">");
        let width = problem.frame.iter().map(|line| line.line.to_string().len()).max().unwrap_or_default();
        for line in &problem.frame {
            write_line(markup, line, width);
        }
        markup.push_str("</pre>");
    }
    if let Some(help) = &problem.help {
        let _ = write!(markup, "<p class=\"help\">help: {}</p>", prose(help));
    }
    markup.push_str("</li>");
}

/// Text with what stands between backticks as code; a backtick that has no partner is itself.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return Html::escaped(text).to_string();
    }
    let mut markup = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = Html::escaped(part);
        let _ = if index % 2 == 0 { write!(markup, "{part}") } else { write!(markup, "<code>{part}</code>") };
    }
    markup
}

fn write_line(markup: &mut String, line: &FrameLine, width: usize) {
    let _ = write!(markup, "<span class=\"number\">{:>width$} │ </span>", line.line);
    let Some((from, to)) = line.marked else {
        let _ = writeln!(markup, "{}", Html::escaped(&line.text));
        return;
    };
    let (before, rest) = split(&line.text, from.saturating_sub(1));
    let (marked, after) = split(rest, to.saturating_sub(from.max(1)));
    // A place between two characters is shown as a mark of its own width.
    let marked = if marked.is_empty() { " " } else { marked };
    let (before, marked, after) = (Html::escaped(before), Html::escaped(marked), Html::escaped(after));
    let _ = writeln!(markup, "{before}<mark>{marked}</mark>{after}");
}

/// After so many characters, or at the end.
fn split(text: &str, characters: u32) -> (&str, &str) {
    let offset = text.char_indices().nth(characters as usize).map_or(text.len(), |(offset, _)| offset);
    text.split_at(offset)
}

#[cfg(test)]
mod tests {
    use crate::preview::published::Published;
    use crate::preview::{Build, FrameLine, Problem};
    use crate::source::Place;

    use super::{MOST, onto, overlay, own_page, prose};
    use crate::preview::published::Standing;

    fn problem(message: &str) -> Problem {
        Problem { severity: "error".to_owned(), message: message.to_owned(), ..Problem::default() }
    }

    #[test]
    fn everything_that_came_from_outside_is_escaped() {
        let bad = "</template><script>alert('1')</script>";
        let markup = overlay(
            &[Problem {
                severity: bad.to_owned(),
                rule: bad.to_owned(),
                message: bad.to_owned(),
                path: bad.to_owned(),
                place: Some(Place { line: 4, column: 12 }),
                frame: vec![
                    FrameLine { line: 4, text: bad.to_owned(), marked: Some((3, 9)) },
                    FrameLine { line: 5, text: bad.to_owned(), marked: None },
                ],
                help: Some(bad.to_owned()),
            }],
            Some(Standing::Good),
        );
        assert!(!markup.contains("<script"), "{markup}");
        assert_eq!(markup.matches("</template>").count(), 1, "{markup}");
        assert_eq!(markup.matches("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;").count(), 7, "{markup}");
        assert!(markup.contains(":4:12</p>"), "{markup}");
        assert!(markup.contains("&lt;/<mark>templa</mark>te&gt;"), "{markup}");
    }

    #[test]
    fn names_in_backticks_are_code() {
        assert_eq!(prose("`Q5` is <b>, `<i>` too"), "<code>Q5</code> is &lt;b&gt;, <code>&lt;i&gt;</code> too");
        assert_eq!(prose("one ` alone"), "one ` alone");
    }

    #[test]
    fn a_mark_past_the_end_of_its_line_is_still_shown() {
        let frame = vec![FrameLine { line: 10, text: "é".to_owned(), marked: Some((7, 7)) }];
        let markup = overlay(&[Problem { frame, ..problem("odd") }], Some(Standing::Good));
        assert!(markup.contains("10 │ </span>é<mark> </mark>\n"), "{markup}");
    }

    #[test]
    fn a_flood_of_problems_is_counted() {
        let problems: Vec<Problem> = (0..MOST + 2).map(|number| problem(&format!("number {number}"))).collect();
        let markup = overlay(&problems, Some(Standing::Partial));
        assert_eq!(markup.matches("<li>").count(), MOST);
        assert!(markup.contains("<summary>52 problems</summary>") && markup.contains("And 2 more"), "{markup}");
        assert!(overlay(&[], Some(Standing::Good)).is_empty());
    }

    #[test]
    fn a_page_keeps_its_bytes_around_what_is_added() {
        let published = Published::new();
        published.publish(Build { problems: vec![problem("odd")], ..Build::default() });
        let showing = published.showing();
        for (before, after) in [("<body>\u{fe0f}x</body> y", "</BODY>\n</html>"), ("no end", "")] {
            let shown = String::from_utf8(onto(format!("{before}{after}").as_bytes(), &showing)).unwrap();
            assert!(shown.starts_with(before) && shown.ends_with(after), "{shown}");
            let added = &shown[before.len()..shown.len() - after.len()];
            assert!(added.starts_with("<milepost-problems>") && added.ends_with("</script>"), "{added}");
            assert!(added.contains(&showing.at), "{added}");
        }
        let own = String::from_utf8(own_page("<b>", "<i>", &showing)).unwrap();
        assert!(own.contains("<h1>&lt;b&gt;</h1>") && own.contains("<p>&lt;i&gt;</p>") && own.contains("odd"), "{own}");
    }
}

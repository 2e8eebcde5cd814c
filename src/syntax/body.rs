//! Several blocks as one HTML, tables included: the narrative of a record's own file.

use crate::source::Html;
use crate::syntax::Block;

/// The blocks in order, each safe by itself. Tables show the words of their cells.
pub fn html<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Html {
    let mut markup = String::new();
    for block in blocks {
        match block {
            Block::Heading { html, .. }
            | Block::Paragraph { html, .. }
            | Block::List { html, .. }
            | Block::Other { html, .. } => markup.push_str(html.as_str()),
            Block::Table(table) => {
                markup.push_str("<table><thead>");
                row(&mut markup, "th", table.header.iter().map(|cell| cell.plain.as_str()));
                markup.push_str("</thead><tbody>");
                for cells in &table.rows {
                    row(&mut markup, "td", cells.cells.iter().chain(&cells.surplus).map(|cell| cell.plain.as_str()));
                }
                markup.push_str("</tbody></table>\n");
            }
        }
    }
    Html::from_safe(markup)
}

fn row<'a>(markup: &mut String, tag: &str, cells: impl Iterator<Item = &'a str>) {
    markup.push_str("<tr>");
    for cell in cells {
        let text = Html::escaped(cell);
        markup.push_str(&format!("<{tag}>{text}</{tag}>"));
    }
    markup.push_str("</tr>\n");
}

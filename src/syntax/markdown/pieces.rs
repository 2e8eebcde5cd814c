//! Cuts the events of the parser into blocks and the parts of blocks.

use pulldown_cmark::{Event, Tag};

use crate::syntax::markdown::Piece;

/// The block whose `Start` is given, to its `End`.
pub fn take_block<'t>(events: &mut impl Iterator<Item = Piece<'t>>, start: Piece<'t>) -> Vec<Piece<'t>> {
    let mut pieces = vec![start];
    let mut open = 1;
    while open > 0
        && let Some(piece) = events.next()
    {
        match piece.0 {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            _ => {}
        }
        pieces.push(piece);
    }
    pieces
}

/// The pieces cut at every tag of the outermost level: each slice is one tag to its end, or one event without.
pub fn split<'p, 't>(mut pieces: &'p [Piece<'t>]) -> impl Iterator<Item = &'p [Piece<'t>]> {
    std::iter::from_fn(move || {
        let mut open = 0;
        let length = pieces.iter().position(|(event, _)| {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            open == 0
        });
        let (taken, rest) = pieces.split_at(length? + 1);
        pieces = rest;
        Some(taken)
    })
}

/// As `split`, but inline pieces that follow each other are one part: the words of a tight item.
pub fn parts<'p, 't>(pieces: &'p [Piece<'t>]) -> Vec<&'p [Piece<'t>]> {
    let stands_inline = |piece: &Piece| match &piece.0 {
        Event::Start(tag) => is_inline(tag),
        Event::Rule => false,
        _ => true,
    };
    let mut parts = Vec::new();
    let (mut start, mut end, mut in_words) = (0, 0, false);
    for part in split(pieces) {
        let continues = stands_inline(&part[0]);
        if end > start && !(in_words && continues) {
            parts.push(&pieces[start..end]);
            start = end;
        }
        in_words = continues;
        end += part.len();
    }
    if end > start {
        parts.push(&pieces[start..end]);
    }
    parts
}

/// Whether a tag stands among words, not around them.
pub fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

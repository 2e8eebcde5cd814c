//! Tolerant reading: what people's words mean. Knows words and dates, not rules.
//!
//! `columns` and `fields` say which column or key is which field of which kind; `entries` takes a document apart into
//! entries of records; `vocabulary` holds a programme's own words, and `legend` what a file says of its marks; `addition`
//! says where one more would go; the other modules each read one sort of words. See design: content (the tolerant reader).

pub mod addition;
pub mod columns;
pub mod criteria;
pub mod dates;
pub mod entries;
pub mod fields;
pub mod ids;
pub mod legend;
pub mod near;
pub mod scales;
pub mod vocabulary;
pub mod windows;
pub mod words;

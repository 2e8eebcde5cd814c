//! preview.

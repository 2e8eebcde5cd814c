//! memo.

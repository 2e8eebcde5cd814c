//! criterion.

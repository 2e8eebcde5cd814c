//! milestone.

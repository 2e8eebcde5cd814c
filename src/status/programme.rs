//! programme.

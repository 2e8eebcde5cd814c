//! path_to_green.

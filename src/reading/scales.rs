//! Five-step scales: probability and impact in numbers, words and percentages.

/// The step, 1–5, that the words mean; None where they mean none. `4`, `4/5`, `Likely`, `High`, `60 %`.
pub fn probability(_text: &str) -> Option<u8> {
    None
}

/// The step, 1–5, that the words mean; None where they mean none. `Major`, `High`, `4`.
pub fn impact(_text: &str) -> Option<u8> {
    None
}

//! What the fuzzers came upon, through the functions that they call: see `fuzz/targets.rs`.

mod targets;

use std::time::{Duration, Instant};

use crate::support;

/// No input takes longer, in a build without optimisation.
const LONGEST: Duration = Duration::from_secs(2);

#[test]
fn whatever_the_fuzzers_came_upon_is_read() {
    for (name, _) in targets::TARGETS {
        let inputs = support::files(&support::project().join("tests/fuzz/corpus").join(name));
        assert!(!inputs.is_empty(), "`{name}` has no corpus");
        for (file, bytes) in inputs {
            let began = Instant::now();
            let result = std::panic::catch_unwind(|| targets::run(name, &bytes));
            assert!(result.is_ok(), "tests/fuzz/corpus/{name}/{file} breaks what must hold");
            assert!(began.elapsed() < LONGEST, "tests/fuzz/corpus/{name}/{file} took {:?}", began.elapsed());
        }
    }
}

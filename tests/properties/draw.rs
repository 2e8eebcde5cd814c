//! Choices for what is generated, and the run of a property over many of them.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use super::forms;
use super::generate;
use super::programme::Programme;

/// A row of choices. Where it ends, each is the simplest: what fails shrinks to the least that fails.
#[derive(Clone)]
pub struct Draw {
    left: std::vec::IntoIter<u32>,
}

impl Draw {
    pub fn new(choices: Vec<u32>) -> Draw {
        Draw { left: choices.into_iter() }
    }

    /// A number below `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        self.left.next().unwrap_or(0) as usize % end
    }

    /// Yes in so many cases of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub fn one_of<T: Clone>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())].clone()
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, last - self.below(last + 1));
        }
    }
}

/// What every property says of a case.
pub type Outcome = Result<(), TestCaseError>;

/// Holds a property to generated programmes; what it changes in one is drawn, too.
pub fn holds(property: impl Fn(&Programme, &mut Draw) -> Outcome) {
    holds_of(generate::programme, property);
}

/// The same of programmes of which some values are not understood, and some ids stand twice.
pub fn holds_broken(property: impl Fn(&Programme, &mut Draw) -> Outcome) {
    holds_of(generate::broken, property);
}

fn holds_of(made: fn(&mut Draw) -> Programme, property: impl Fn(&Programme, &mut Draw) -> Outcome) {
    let cases = vec(any::<u32>(), 200..1200).prop_map(move |choices| {
        let mut draw = Draw::new(choices);
        Case { programme: made(&mut draw), draw }
    });
    run(96, cases, |case| property(&case.programme, &mut case.draw.clone()));
}

/// The same cases on every machine; `MILEPOST_CASES=20` tries twenty times as many.
pub fn run<T: fmt::Debug>(cases: u32, of: impl Strategy<Value = T>, property: impl Fn(&T) -> Outcome) {
    let times = std::env::var("MILEPOST_CASES").ok().and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
    let config = Config {
        cases: cases * times,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        max_shrink_iters: 500,
        ..Config::default()
    };
    if let Err(failure) = TestRunner::new(config).run(&of, |case| property(&case)) {
        panic!("{failure}");
    }
}

struct Case {
    programme: Programme,
    draw: Draw,
}

impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, text) in forms::lists(&self.programme) {
            writeln!(formatter, "\n--- {path}\n{text}")?;
        }
        Ok(())
    }
}

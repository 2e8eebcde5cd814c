//! `milepost guide`: the author's guide.

use crate::cli::{Exit, print};
use crate::export::guide;

pub fn run() -> anyhow::Result<Exit> {
    print::result(&guide::guide());
    Ok(Exit::Fine)
}

//! `milepost explain`: a rule, from its own documentation.

use crate::cli::Exit;
use crate::cli::args::Explain;
use crate::cli::{print, terminal};
use crate::rules;

pub fn run(args: &Explain) -> anyhow::Result<Exit> {
    let Some(name) = &args.rule else {
        let mut text = String::new();
        for rule in rules::ALL {
            text.push_str(&format!("{:34} {:8} {}\n", rule.name, rule.severity.word(), rule.family.word()));
        }
        text.push_str("\n`milepost explain RULE` says more about one of them\n");
        print::result(&text);
        return Ok(Exit::Fine);
    };
    if let Some(rule) = rules::find(name) {
        print::result(&terminal::explain(rule));
        return Ok(Exit::Fine);
    }
    let meant = rules::nearest(name).map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    print::error(&format!("error: there is no rule `{name}`{meant}"));
    print::error("help: `milepost explain` without a name lists all rules");
    Ok(Exit::CommandLine)
}

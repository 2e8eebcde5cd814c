//! `milepost explain`: a rule, from its own documentation; or a record, a gate or the programme, with the chain of reasons
//! below its state.

use crate::cli::Exit;
use crate::cli::args::Explain;
use crate::cli::chain::{self, Subject};
use crate::cli::{clock, print, terminal};
use crate::disk::Reader;
use crate::pipeline::{self, Checked, Memory};
use crate::rules;

pub fn run(args: &Explain) -> anyhow::Result<Exit> {
    let Some(name) = &args.what else {
        let mut text = String::new();
        for rule in rules::ALL {
            text.push_str(&format!("{:34} {:8} {}\n", rule.name, rule.severity.word(), rule.family.word()));
        }
        text.push_str("\n`milepost explain RULE` says more about one of them\n");
        print::result(&text);
        return Ok(Exit::Fine);
    };
    if let Some(rule) = rules::find(name).filter(|_| !args.path_to_green) {
        print::result(&terminal::explain(rule));
        return Ok(Exit::Fine);
    }
    let clock = clock::read(args.place.as_of)?;
    let inputs = Reader::new(&args.place.folder).read()?;
    let Checked { snapshot, .. } = pipeline::check(&inputs, clock, &Memory::default());
    let Some(subject) = chain::find(&snapshot.programme, name) else {
        let meant = chain::nearest(&snapshot.programme, name).or_else(|| rules::nearest(name).map(str::to_string));
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        print::error(&format!("error: there is no record, gate or rule `{name}`{meant}"));
        print::error(
            "help: name a record such as `M2` or `M2-X3`, a gate as `M2 exit`, or `programme`; without a name, all rules are listed",
        );
        return Ok(Exit::CommandLine);
    };
    if !args.path_to_green {
        print::result(&chain::told(&snapshot, &inputs, &print::prefix(&args.place.folder), &subject));
        return Ok(Exit::Fine);
    }
    let milestone = match &subject {
        Subject::Programme => None,
        Subject::Gate(gate) => Some(&gate.milestone),
        Subject::Record(reference) if snapshot.standing.milestones.contains_key(&reference.id) => Some(&reference.id),
        Subject::Record(_) => {
            print::error(&format!("error: `{name}` is no milestone, and only milestones have a path to green"));
            print::error("help: name a milestone, or `programme` for all of them");
            return Ok(Exit::CommandLine);
        }
    };
    print::result(&chain::path_to_green(&snapshot, milestone));
    Ok(Exit::Fine)
}

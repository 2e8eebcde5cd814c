//! `milepost schema`: JSON Schemas for editors.

use crate::cli::args::Schema;
use crate::cli::{Exit, print};
use crate::disk::{self, Created};
use crate::export::schema;

pub fn run(args: &Schema) -> anyhow::Result<Exit> {
    let schemas = schema::all();
    let Some(kind) = &args.kind else {
        let count = schemas.len();
        for (name, text) in schemas {
            let file = args.folder.join(format!("{name}.json"));
            if disk::create(&file, &text)? == Created::There {
                disk::replace(&file, &text)?;
            }
        }
        print::result(&format!("wrote {count} schemas to {}\n", args.folder.display()));
        return Ok(Exit::Fine);
    };
    if let Some((_, text)) = schemas.iter().find(|(name, _)| name == kind) {
        print::result(text);
        return Ok(Exit::Fine);
    }
    let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).collect();
    print::error(&format!("error: there is no kind `{kind}`"));
    print::error(&format!("help: it can be {}", names.join(", ")));
    Ok(Exit::CommandLine)
}

//! The command line: what can be asked, each with an example.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns the milestones, risks and evidence of a programme into a checked, versioned portal.
#[derive(Debug, Parser)]
#[command(
    name = "milepost",
    version,
    max_term_width = 100,
    after_help = "Start: put your milestone table into a folder as milestones.md, or run `milepost init FOLDER`; then run\n\
        `milepost serve --open FOLDER`.\n\
        Exit codes: 0 fine; 1 something in the content or the theme is wrong; 2 the command line is; 3 the disk or the tool failed."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a programme: a few records to change into your own, and settings for your editor
    #[command(after_help = "Example: milepost init my-programme --github")]
    Init(Init),
    /// Add a record, in the form that the folder already uses, with the next free id
    #[command(after_help = "Example: milepost new risk \"Supplier may deliver late\"")]
    New(New),
    /// Record that somebody accepted or rejected evidence: who, when, and of which file
    #[command(after_help = "Example: milepost accept E-014 --by \"Amara Doyle\"")]
    Accept(Accept),
    /// Build the portal
    #[command(after_help = "Example: milepost build . --out public")]
    Build(Build),
    /// Say what is wrong, without building
    #[command(after_help = "Example: milepost check --format github --deny warnings")]
    Check(Check),
    /// Show the portal in the browser and keep it up to date while you write
    #[command(alias = "watch", after_help = "Example: milepost serve --open")]
    Serve(Serve),
    /// Say what was understood of a file or a folder
    #[command(after_help = "Example: milepost inspect content/milestones.md --format json")]
    Inspect(Inspect),
    /// Explain a rule with an example, or why a record, a gate or the programme stands as it does
    #[command(
        after_help = "Example: milepost explain criterion-without-owner\n         milepost explain \"M2 exit\"\n         \
        milepost explain --path-to-green M2"
    )]
    Explain(Explain),
    /// Align the tables of your files and, where asked, write ids and set criteria apart; nothing else is changed
    #[command(
        after_help = "Tables wider than 160 columns get one space around each cell. Every change is read again before it is \
            kept: the programme must be the same.\n\
            Example: milepost fmt --ids --split\n         milepost fmt --check"
    )]
    Fmt(Fmt),
    /// Freeze the working state as a version that is never changed again
    #[command(after_help = "Example: milepost freeze 1.00")]
    Freeze(Freeze),
    /// Say in words what changed between two versions
    #[command(after_help = "Example: milepost diff 0.9 working")]
    Diff(Diff),
    /// Check that no frozen version was altered
    #[command(after_help = "Example: milepost verify")]
    Verify(Verify),
    /// Print the author's guide in Markdown: every form, notation, word and field that is read
    #[command(after_help = "Example: milepost guide > guide.md")]
    Guide,
    /// Write JSON Schemas, with which editors complete and check YAML while you type
    #[command(after_help = "Example: milepost schema .milepost/schemas\n         milepost schema --kind risk")]
    Schema(Schema),
}

#[derive(Debug, Args)]
pub struct Init {
    /// Where the programme goes; what is there already is left as it is
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Also write a workflow that checks the programme on every push and publishes it on GitHub Pages
    #[arg(long)]
    pub github: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// What to add
    pub kind: NewKind,
    /// What it is called, in words [default: `TBD`, to be filled in]
    pub title: Vec<String>,
    /// The programme's folder
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Accept {
    /// The evidence's id
    pub evidence: String,
    /// Who judged it; not who produced it
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub by: String,
    /// When it was judged, as 2026-02-18 [default: the data date of programme.yaml]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<NaiveDate>,
    /// What came of it; `fail` rejects it
    #[arg(long, value_name = "RESULT", default_value = "pass")]
    pub result: Judgement,
    /// The programme's folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// Where the schemas are written, one for each kind of record and one for programme.yaml
    #[arg(value_name = "FOLDER", default_value = ".milepost/schemas")]
    pub folder: PathBuf,
    /// Print the schema of one kind, or of `programme`, and write nothing
    #[arg(long, value_name = "KIND", conflicts_with = "folder")]
    pub kind: Option<String>,
}

/// The programme to work on.
#[derive(Debug, Args)]
pub struct Place {
    /// The programme's folder; its files are in `content` below it, or in the folder itself
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// The data date to use instead of the one in programme.yaml, as 2026-02-18
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub place: Place,
    /// Where the portal is written [default: FOLDER/output]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub place: Place,
    /// How findings are told
    #[arg(long, default_value = "human")]
    pub format: Format,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// The port on this machine [default: 8000, or the next free one]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Args)]
pub struct Inspect {
    /// A file or a programme's folder
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// How it is told
    #[arg(long, default_value = "human")]
    pub format: InspectFormat,
    /// The data date to use, as 2026-02-18
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// A rule as it stands in a finding, a record such as `M2-X3`, a gate as `M2 exit`, or `programme`; without it, all
    /// rules are listed
    #[arg(value_name = "NAME")]
    pub what: Option<String>,
    /// Say what is still missing for a milestone, by whom and by when
    #[arg(long, requires = "what")]
    pub path_to_green: bool,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// The programme's folder; its files are in `content` below it, or in the folder itself
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Write nothing; say which files would change, and fail where there are any
    #[arg(long)]
    pub check: bool,
    /// Write the ids that records and criteria were given because they have none
    #[arg(long)]
    pub ids: bool,
    /// Set criteria apart that stand between commas or semicolons: as lines of a cell, as items of a list
    #[arg(long)]
    pub split: bool,
}

#[derive(Debug, Args)]
pub struct Freeze {
    /// The version's number [default: `version:` of programme.yaml]
    pub version: Option<String>,
    /// The programme's folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// The commit of the content, to be recorded in the manifest
    #[arg(long, value_name = "HASH")]
    pub commit: Option<String>,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier version's number
    pub before: String,
    /// The later version's number, or `working` for what is not frozen
    #[arg(default_value = "working")]
    pub after: String,
    /// The programme's folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// The programme's folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the place in the file, drawn
    Human,
    /// A line for each finding
    Short,
    /// For programs: every finding with its rule, place and message, and the state of everything with its reason
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning; the states are among the properties of its run
    Sarif,
}

/// The kinds of records that are begun one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    Milestone,
    Risk,
    Evidence,
    Decision,
}

/// What came of looking at evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Judgement {
    Pass,
    Fail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    /// In sentences
    Human,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write it as year-month-day, for instance 2026-02-18".to_string())
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.contains(['\n', '\r']) {
        return Err("write the name of a person or a role".to_string());
    }
    Ok(name.to_string())
}

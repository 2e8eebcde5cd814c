//! Times a build of 100, 1,000 and 10,000 records, stage by stage and whole, beside `cp -r` of the same portal.
//!
//!     cargo bench                  all three sizes
//!     cargo bench -- 100 1000      these
//!     cargo bench -- 1000 derive   of these the lines whose name holds one of the words
//!
//! Each size is measured in a process of its own, so that its peak of memory is its own. Files are in the system's cache.
#![expect(clippy::disallowed_methods, reason = "a benchmark is an edge: it has a clock and a disk")]

mod generate;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use chrono::NaiveDate;
use milepost::disk::{Reader, Writer};
use milepost::export::{json, manifest};
use milepost::model::assemble::{Clock, assemble};
use milepost::model::history::History;
use milepost::output::Output;
use milepost::pipeline::{self, Memory};
use milepost::render::theme::Theme;
use milepost::render::{self, Rendered};
use milepost::site::{self, Versions, shell::shell};
use milepost::source::{Inputs, Source};
use milepost::status::{self, Facts};
use milepost::{rules, syntax};
use mimalloc::MiMalloc;
use rayon::prelude::*;

/// The program's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const SIZES: &[usize] = &[100, 1_000, 10_000];

/// How long a stage is measured, where its rounds take less.
const ENOUGH: Duration = Duration::from_secs(1);

/// Where one process builds again and again, its first line.
const AGAIN: &str = "again, nothing changed";

/// What a measuring process prints before each of its lines, so that nothing else is taken for one.
const MARK: &str = "measured\t";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [mark, size, words @ ..] = arguments.as_slice()
        && mark == "--measure"
    {
        return measure(number(size).expect("a number of records"), words);
    }
    let (sizes, words): (Vec<String>, Vec<String>) = arguments.into_iter().partition(|word| number(word).is_some());
    let sizes: Vec<usize> = sizes.iter().filter_map(|size| number(size)).collect();
    compare(if sizes.is_empty() { SIZES } else { &sizes }, &words);
}

fn number(text: &str) -> Option<usize> {
    text.replace([',', '_'], "").parse().ok()
}

/// Measures each size in a process of its own, and prints one table.
fn compare(sizes: &[usize], words: &[String]) {
    let mut labels: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    for size in sizes {
        eprintln!("measuring {size} records");
        let this = std::env::current_exe().expect("a running program has a file");
        let run = Command::new(this)
            .args(["--measure", &size.to_string()])
            .args(words)
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(run.status.success(), "the measuring of {size} records failed");
        let mut column = BTreeMap::new();
        for line in String::from_utf8_lossy(&run.stdout).lines().filter_map(|line| line.strip_prefix(MARK)) {
            let (label, value) = line.split_once('\t').expect("a measured line has a label and a value");
            if !labels.iter().any(|known| known == label) {
                labels.push(label.to_owned());
            }
            column.insert(label.to_owned(), value.to_owned());
        }
        columns.push(column);
    }
    print!("\n{:<30}", "least (median)");
    sizes.iter().for_each(|size| print!("{:>26}", format!("{size} records")));
    println!();
    for label in labels {
        print!("{label:<30}");
        columns.iter().for_each(|column| print!("{:>26}", column.get(&label).map_or("", String::as_str)));
        println!();
    }
}

fn measure(size: usize, words: &[String]) {
    let bench = Bench::new(size, words);
    // First of all, while the process has done nothing else.
    let output = bench.cold(&bench.place.path().join("portal"));
    tell("peak memory", format!("{:.0} MB", peak_memory() as f64 / 1e6));
    tell("pages of the portal", output.files.keys().filter(|address| address.ends_with(".html")).count().to_string());
    let portal = bench.place.path().join("portal");
    let lengths = bench.files_of(&portal).into_iter().map(|file| fs::metadata(file).unwrap().len());
    tell("size of the portal", format!("{:.1} MB", lengths.sum::<u64>() as f64 / 1e6));
    bench.stages(&output);
    bench.whole();
    if bench.is_wanted(AGAIN) {
        bench.again();
    }
}

/// A generated programme on disk.
struct Bench<'a> {
    place: tempfile::TempDir,
    folder: PathBuf,
    size: usize,
    rounds: usize,
    /// Of the lines to measure, parts of their names; none: all.
    words: &'a [String],
}

impl<'a> Bench<'a> {
    fn new(size: usize, words: &'a [String]) -> Bench<'a> {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("programme");
        // What was written just now is read again by every build; the office's files are older than that.
        let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
        for (path, text) in generate::programme(size) {
            let file = folder.join("content").join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
            File::options().write(true).open(&file).unwrap().set_modified(an_hour_ago).unwrap();
        }
        let rounds = if size > 2_000 { 3 } else { 7 };
        Bench { place, folder, size, rounds, words }
    }

    fn is_wanted(&self, label: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| label.contains(word.as_str()))
    }

    /// All of it in a process that knows nothing: read, make, write into a folder that is not there.
    fn cold(&self, out: &Path) -> Output {
        let inputs = self.read();
        let output = self.built(&inputs, &Memory::default());
        Writer::new(&self.folder, out).write(&output).unwrap();
        output
    }

    fn read(&self) -> Inputs {
        Reader::new(&self.folder).read().unwrap()
    }

    fn built(&self, inputs: &Inputs, memory: &Memory) -> Output {
        pipeline::build(inputs, clock(), memory).output.expect("a draft is always built")
    }

    fn stages(&self, output: &Output) {
        let inputs = self.read();
        self.time("read", || self.read());
        let parse = || inputs.sources.par_iter().map(syntax::parse).collect::<Vec<_>>();
        self.time("parse", parse);
        let documents: Vec<_> = parse().into_iter().map(|(document, _)| Arc::new(document)).collect();
        let assembled = || assemble(&documents, &inputs, History::default(), clock());
        self.time("assemble", assembled);
        let register = Source { path: "content/milestones.md".into(), text: generate::register(self.size).into() };
        self.time("parse, as rows of one file", || syntax::parse(&register));
        let rows = [Arc::new(syntax::parse(&register).0)];
        let alone = Inputs { root: "content/".into(), sources: vec![register], ..Inputs::default() };
        self.time("assemble, as rows of one file", || assemble(&rows, &alone, History::default(), clock()));
        let (programme, found) = assembled();
        self.time("link the facts", || Facts::new(&programme));
        let facts = Facts::new(&programme);
        self.time("derive", || status::derive(&facts));
        let standing = status::derive(&facts);
        self.time("check", || rules::check(&facts, &standing));
        self.time("facts, derive and check", || {
            let facts = Facts::new(&programme);
            let standing = status::derive(&facts);
            let findings = rules::check(&facts, &standing);
            (standing, findings)
        });
        let findings = [found, rules::check(&facts, &standing)].concat();
        let date = programme.settings.data_date.date;
        self.time("judge", || rules::judge(findings.clone(), &programme.settings, &inputs, date));
        let snapshot = pipeline::check(&inputs, clock(), &Memory::default()).snapshot;
        let (theme, _) = Theme::new(&inputs.themes, None);
        let versions = Versions::alone(&snapshot);
        self.time("plan the pages", || site::plan(&snapshot, &versions, theme.words()));
        let pages = site::plan(&snapshot, &versions, theme.words());
        let shell = shell(&snapshot, &versions, theme.words(), theme.assets());
        self.time("render", || render::pages(&pages, &shell, &theme, &Rendered::default()));
        self.time("export", || (json::text(&snapshot), manifest::manifest(output)));
        self.time_each("write", |out| {
            Writer::new(&self.folder, out).write(output).unwrap();
        });
    }

    fn whole(&self) {
        self.time_each("whole build, cold", |out| {
            self.cold(out);
        });
        let portal = self.place.path().join("portal");
        self.time_each("cp -r of the portal", |out| {
            let copied = Command::new("cp").arg("-r").arg(&portal).arg(out).status().unwrap();
            assert!(copied.success());
        });
    }

    /// What `serve` does at every change: one process, that keeps what it read, made and wrote.
    fn again(&self) {
        let out = self.place.path().join("kept");
        let (mut reader, memory) = (Reader::new(&self.folder), Memory::default());
        let mut writer = Writer::new(&self.folder, &out);
        let mut build = || {
            let output = self.built(&reader.read().unwrap(), &memory);
            writer.write(&output).unwrap()
        };
        build();
        self.time(AGAIN, || assert_eq!(build().written, 0));
        let edited = self.folder.join("content").join(generate::EDITED);
        let text = fs::read_to_string(&edited).unwrap();
        let mut taken = Vec::new();
        for turn in 0..self.rounds {
            fs::write(&edited, generate::edited(&text, turn)).unwrap();
            let began = Instant::now();
            let written = build();
            taken.push(began.elapsed());
            assert!(written.written > 0, "an edit that no page shows measures nothing");
        }
        tell("again, one milestone edited", shown(taken));
        fs::write(&edited, text).unwrap();
    }

    fn time<T>(&self, label: &str, mut work: impl FnMut() -> T) {
        if !self.is_wanted(label) {
            return;
        }
        let mut taken = Vec::new();
        // Of what is short there are more rounds: the least of a few says more of the machine than of the work.
        while taken.len() < self.rounds || (taken.len() < 30 && taken.iter().sum::<Duration>() < ENOUGH) {
            let began = Instant::now();
            let made = work();
            taken.push(began.elapsed());
            // Forgetting what was made is not part of making it.
            drop(made);
        }
        tell(label, shown(taken));
    }

    /// The same with a new folder for each round. All are removed at the end: some disks are slow to make files for
    /// seconds after many were removed.
    fn time_each(&self, label: &str, work: impl Fn(&Path)) {
        if !self.is_wanted(label) {
            return;
        }
        let mut taken = Vec::new();
        for round in 0..self.rounds {
            let out = self.place.path().join(format!("{label}, {round}"));
            let began = Instant::now();
            work(&out);
            taken.push(began.elapsed());
        }
        tell(label, shown(taken));
    }

    fn files_of(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
        entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
    }
}

fn clock() -> Clock {
    let fallback = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day of the calendar");
    Clock { as_of: None, fallback }
}

fn tell(label: &str, value: String) {
    println!("{MARK}{label}\t{value}");
}

fn shown(mut taken: Vec<Duration>) -> String {
    taken.sort();
    let milliseconds = |duration: Duration| format!("{:.1}", duration.as_secs_f64() * 1e3);
    format!("{} ({}) ms", milliseconds(taken[0]), milliseconds(taken[taken.len() / 2]))
}

/// The most memory that this process has held, in bytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

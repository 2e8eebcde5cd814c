//! The whole build, top to bottom: inputs in, findings and an output out. Pure: no clock, no disk, no terminal.

use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::{Finding, Severity};
use crate::memo::Memo;
use crate::model::assemble::{Clock, assemble};
use crate::rules;
use crate::source::{Inputs, Source};
use crate::status;
use crate::syntax::{self, Document};
use crate::version::chain::{self, Chain};
use crate::version::{Judged, Snapshot, snapshot};

type Parsed = (Arc<Document>, Arc<Vec<Finding>>);
type Frozen = Result<Arc<Snapshot>, Box<Finding>>;

/// What earlier builds made, by what it was made from. A new one makes everything.
#[derive(Default)]
pub struct Memory {
    documents: Memo<Source, Parsed>,
    snapshots: Memo<Source, Frozen>,
}

/// A programme that was read, derived and checked.
pub struct Checked {
    /// The working state, nothing withheld.
    pub snapshot: Snapshot,
    pub chain: Chain,
}

/// Everything but pages.
pub fn check(inputs: &Inputs, clock: Clock, memory: &Memory) -> Checked {
    let (chain, mut findings) = chain::read(inputs, |source| {
        memory.snapshots.get(source.clone(), |source| snapshot::from_json(source).map(Arc::new))
    });
    let parsed: Vec<Parsed> = inputs
        .sources
        .par_iter()
        .map(|source| {
            memory.documents.get(source.clone(), |source| {
                let (document, findings) = syntax::parse(source);
                (Arc::new(document), Arc::new(findings))
            })
        })
        .collect();
    findings.extend(parsed.iter().flat_map(|(_, findings)| findings.iter().cloned()));
    let documents: Vec<Arc<Document>> = parsed.into_iter().map(|(document, _)| document).collect();
    let (programme, found) = assemble(&documents, inputs, chain.history(), clock);
    findings.extend(found);
    let standing = status::derive(&programme);
    findings.extend(rules::check(&programme, &standing));
    findings.extend(chain::check_working(&programme.settings, &chain));
    let date = programme.settings.data_date.date;
    let findings = rules::judge(findings, &programme.settings, inputs, date);
    let snapshot = Snapshot {
        schema: snapshot::SCHEMA,
        programme: Arc::new(programme),
        standing: Arc::new(standing),
        findings: Arc::new(findings),
        withheld: Vec::new(),
    };
    Checked { snapshot, chain }
}

/// The findings alone, of one build.
pub fn findings(inputs: &Inputs, clock: Clock) -> Vec<Judged> {
    check(inputs, clock, &Memory::default()).snapshot.findings.to_vec()
}

impl Checked {
    /// Findings that nobody answered for.
    pub fn count(&self, severity: Severity) -> usize {
        let open = self.snapshot.findings.iter().filter(|finding| finding.allowed.is_none());
        open.filter(|finding| finding.severity == severity).count()
    }
}

//! Versions: the one way to pages, working and frozen alike.
//!
//! A frozen version is rendered and never recomputed. See design: portal (versions).

pub mod chain;
pub mod diff;
pub mod since;
pub mod snapshot;
pub mod trend;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::model::Programme;
use crate::source::Place;
use crate::status::Standing;

/// Everything that pages are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The shape of the file; older ones are read by upgrade functions.
    pub schema: u32,
    pub programme: Arc<Programme>,
    pub standing: Arc<Standing>,
    pub findings: Arc<Vec<Judged>>,
    /// What the audience may not see, counted; filled by `site::withhold`.
    #[serde(skip)]
    pub withheld: Vec<(crate::model::reference::Kind, usize)>,
}

/// A finding with its severity and its place as an editor counts it: plain data for terminal, annotation and page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub rule: String,
    pub severity: Severity,
    pub message: String,
    pub path: String,
    pub start: Place,
    pub end: Place,
    pub label: String,
    pub related: Vec<Related>,
    pub help: Option<String>,
    pub subject: Option<String>,
    /// The reason of the allowance that answers for it: counted and shown, and no longer a warning or an error.
    pub allowed: Option<String>,
    /// Bytes in the source, for drawing a frame; meaningless once frozen.
    #[serde(skip)]
    pub bytes: (u32, u32),
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    pub path: String,
    pub start: Place,
    pub note: String,
    #[serde(skip)]
    pub bytes: (u32, u32),
}

/// What every version list says of a version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VersionInfo {
    pub version: String,
    pub data_date: chrono::NaiveDate,
    /// The sha256 of its manifest; None for the working state.
    pub manifest_sha256: Option<String>,
}

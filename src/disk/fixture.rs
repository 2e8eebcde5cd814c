//! Small programmes and portals on a disk of their own, for the tests of this module.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::disk::Writer;
use crate::disk::standing::Manifest;
use crate::output::{Content, Output};

/// A temporary folder with a programme in it, removed at the end of the test.
pub struct Programme {
    _home: TempDir,
    pub folder: PathBuf,
}

impl Programme {
    pub fn new(files: &[(&str, &str)]) -> Programme {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().canonicalize().unwrap().join("programme");
        fs::create_dir(&folder).unwrap();
        let programme = Programme { _home: home, folder };
        for (path, text) in files {
            programme.put(path, text.as_bytes());
        }
        programme
    }

    pub fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// Makes a file as old as one that nobody is writing any more.
    pub fn age(&self, path: &str) {
        self.date(path, SystemTime::now() - Duration::from_secs(3600));
    }

    pub fn date(&self, path: &str, modified: SystemTime) {
        fs::File::options().append(true).open(self.folder.join(path)).unwrap().set_modified(modified).unwrap();
    }

    pub fn out(&self) -> PathBuf {
        self.folder.join("output")
    }

    pub fn writer(&self) -> Writer {
        Writer::new(&self.folder, &self.out())
    }

    /// The files of the portal; None where there is none.
    pub fn portal(&self) -> Option<BTreeMap<String, Vec<u8>>> {
        self.out().exists().then(|| tree(&self.out()))
    }
}

/// Every file below a folder by its path, hidden ones too; a folder with nothing in it, and what is no file, has a `/` at the end.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_string();
        if entry.file_type().is_file() {
            files.insert(path, fs::read(entry.path()).unwrap());
        } else if !entry.file_type().is_dir() || fs::read_dir(entry.path()).unwrap().next().is_none() {
            files.insert(path + "/", Vec::new());
        }
    }
    files
}

/// A portal of some texts, and its manifest.
pub fn portal(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (address, text) in files {
        output.add(*address, text.to_string());
    }
    with_manifest(output)
}

/// A copy of an asset as an output has it.
pub fn copy_of(asset: &str, bytes: &[u8]) -> Content {
    Content::CopyOf { asset: asset.into(), sha256: crate::output::sha256(bytes) }
}

pub fn with_manifest(mut output: Output) -> Output {
    let files = output.files.iter().map(|(address, content)| (address.clone(), content.sha256().to_string())).collect();
    output.add("manifest.json", serde_json::to_vec(&Manifest::new(files)).unwrap());
    output
}

/// What a folder with this output in it holds; copies are looked up in `folder`.
pub fn bytes_of(output: &Output, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = |content: &Content| match content {
        Content::Bytes { bytes, .. } => bytes.to_vec(),
        Content::CopyOf { asset, .. } => fs::read(folder.join(&**asset)).unwrap(),
    };
    output.files.iter().map(|(address, content)| (address.clone(), bytes(content))).collect()
}

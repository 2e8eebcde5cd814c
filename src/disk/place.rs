//! Says where a portal may be written: which folders are refused, and which addresses.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{self, Component, Path, PathBuf};

use anyhow::{Context, bail, ensure};

use crate::output::{Content, Output};

/// The real path of `out`, whose last parts need not be there; an error where the portal of `folder` must not lie there.
pub fn allowed(folder: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    allowed_for(env::home_dir().as_deref(), folder, out)
}

fn allowed_for(home: Option<&Path>, folder: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let shown = out.display();
    // Without a trailing slash, behind which the system hides that something is a link.
    let given: PathBuf =
        path::absolute(out).with_context(|| format!("cannot write to `{shown}`"))?.components().collect();
    match fs::symlink_metadata(&given) {
        Ok(metadata) if metadata.is_symlink() => {
            bail!("`{shown}` is a link: give the folder that it leads to with --out")
        }
        Ok(metadata) if !metadata.is_dir() => {
            bail!("`{shown}` is a file, and the portal is a folder: give another place with --out")
        }
        _ => {}
    }
    let real = real(&given).with_context(|| format!("cannot write to `{shown}`"))?;
    let folder = folder.canonicalize().with_context(|| format!("cannot read `{}`", folder.display()))?;
    let what = if real.parent().is_none() {
        "the root of the disk"
    } else if home.and_then(|home| home.canonicalize().ok()).is_some_and(|home| home.starts_with(&real)) {
        "your home folder, or above it"
    } else if folder.starts_with(&real) {
        "the programme's own folder, or above it"
    } else if ["content", "themes", "versions"].iter().any(|name| real.starts_with(folder.join(name))) {
        "in the programme's content or themes"
    } else if real.components().any(|part| part.as_os_str() == ".git") {
        "a part of a Git repository's own files"
    } else if real.join(".git").symlink_metadata().is_ok() {
        "a Git repository (it holds `.git`)"
    } else {
        return Ok(real);
    };
    bail!(
        "`{shown}` is {what}, and the portal replaces all that is in its folder: give a new folder with --out, such as `output`"
    )
}

/// The path without links and `..`; the parts that are not there yet are taken as they are.
fn real(given: &Path) -> anyhow::Result<PathBuf> {
    for ancestor in given.ancestors() {
        if ancestor.symlink_metadata().is_err() {
            continue;
        }
        let absent = given.strip_prefix(ancestor)?;
        ensure!(
            absent.components().all(|part| matches!(part, Component::Normal(_))),
            "`..` after a folder that is not there"
        );
        let real = ancestor.canonicalize()?;
        ensure!(real.is_dir(), "`{}` is a file", ancestor.display());
        return Ok(real.join(absent));
    }
    bail!("no such disk")
}

/// Nothing in an output leaves its folder, hides in it, or stands in another's place, also where the disk does not tell
/// `A` from `a`. What fails here is a mistake of the program's, not of the author's.
pub fn check(output: &Output) -> anyhow::Result<()> {
    let mut folded = HashSet::with_capacity(output.files.len());
    for (address, content) in &output.files {
        ensure!(is_plain(address), "the portal cannot have a file at {address:?}");
        ensure!(
            address.split('/').all(|part| !part.starts_with('.')),
            "the portal cannot have a hidden file at {address:?}"
        );
        ensure!(!is_carried(address), "`{address}` is the author's file and cannot be a page of the portal");
        ensure!(folded.insert(address.to_lowercase()), "two files of the portal differ by case only: {address:?}");
        if let Content::CopyOf { asset, .. } = content {
            ensure!(is_plain(asset), "the portal cannot have a copy of {asset:?}");
        }
    }
    for address in &folded {
        let folder = parents(address).find(|folder| folded.contains(*folder));
        ensure!(folder.is_none(), "{folder:?} cannot be a file and a folder of the portal");
    }
    Ok(())
}

fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.chars().any(|character| character == '\\' || character.is_control())
}

/// What an author or a host puts into the output folder, and every build leaves there.
pub fn is_carried(address: &str) -> bool {
    [".gitignore", ".gitkeep", ".nojekyll", "CNAME"].iter().any(|name| address.eq_ignore_ascii_case(name))
}

/// The folders above an address, innermost first: "a/b" and "a" for "a/b/c".
pub fn parents(address: &str) -> impl Iterator<Item = &str> {
    address.rmatch_indices('/').map(|(slash, _)| &address[..slash])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::output::{Content, Output};

    use super::{allowed_for, check};

    #[test]
    fn places_that_are_somebody_elses_are_refused_with_what_to_do() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().canonicalize().unwrap();
        let folder = home.join("work/programme");
        fs::create_dir_all(folder.join("content/m")).unwrap();
        fs::create_dir_all(home.join("repository/.git/hooks")).unwrap();
        fs::write(home.join("file"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&folder, home.join("link")).unwrap();

        let refusal = |out: &str| {
            let refusal = allowed_for(Some(&home), &folder, &home.join(out))
                .map(|_| "allowed")
                .map_err(|error| format!("{error:#}"));
            refusal.unwrap_or_else(|error| {
                let said = error.rsplit_once(home.to_str().unwrap()).map_or(error.as_str(), |(_, said)| said);
                Box::leak(said.to_string().into_boxed_str())
            })
        };
        assert_eq!(refusal("work/programme/output"), "allowed");
        assert_eq!(refusal("work/programme/public/site/"), "allowed");
        assert_eq!(refusal("elsewhere/site"), "allowed");
        for (out, what) in [
            ("/", "` is the root of the disk"),
            ("", "` is your home folder, or above it"),
            ("..", "` is your home folder, or above it"),
            ("work", "` is the programme's own folder, or above it"),
            ("work/programme/", "` is the programme's own folder, or above it"),
            ("work/programme/content/..", "` is the programme's own folder, or above it"),
            ("work/programme/content", "` is in the programme's content or themes"),
            ("work/programme/content/m/site", "` is in the programme's content or themes"),
            ("repository", "` is a Git repository (it holds `.git`)"),
            ("repository/.git/hooks", "` is a part of a Git repository's own files"),
            ("file", "` is a file, and the portal is a folder"),
            ("file/site", "` is a file"),
            ("absent/../site", "`..` after a folder that is not there"),
            #[cfg(unix)]
            ("link", "` is a link: give the folder that it leads to with --out"),
            #[cfg(unix)]
            ("link/", "` is a link: give the folder that it leads to with --out"),
            #[cfg(unix)]
            ("link/content/site", "` is in the programme's content or themes"),
        ] {
            let said = refusal(out);
            assert!(said.contains(what), "{out}: {said}");
        }
    }

    #[test]
    fn addresses_stay_in_the_folder_and_apart() {
        let said = |addresses: &[&str]| {
            let mut output = Output::default();
            for address in addresses {
                output.add(*address, String::new());
            }
            check(&output).map_or_else(|error| error.to_string(), |()| "fine".into())
        };
        assert_eq!(said(&["index.html", "m/M2.html", "m/M2/é ü.html", "m-M2"]), "fine");
        for hostile in ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "./a", "a\0b", "a\\b", "a\nb"] {
            assert_eq!(said(&[hostile]), format!("the portal cannot have a file at {hostile:?}"));
        }
        assert_eq!(said(&[".git/config"]), "the portal cannot have a hidden file at \".git/config\"");
        assert_eq!(said(&["cname"]), "`cname` is the author's file and cannot be a page of the portal");
        assert!(said(&["m/Ä.html", "m/ä.html"]).starts_with("two files of the portal differ by case only"));
        assert!(said(&["a", "A/b/c"]).contains("cannot be a file and a folder"));

        let mut output = Output::default();
        output.add("files/x", Content::CopyOf { asset: "../secret".into(), sha256: "".into() });
        assert_eq!(check(&output).unwrap_err().to_string(), "the portal cannot have a copy of \"../secret\"");
    }
}

//! What a programme calls things that milepost calls otherwise: `words` of `programme.yaml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::reading::entries;
use crate::reading::fields::{self, Field, Kind, PROGRAMME, Sort, WORDS};
use crate::reading::{near, scales, words};
use crate::source::Span;
use crate::syntax::{Document, Node, Text, Tree};

/// A programme's own words for columns and keys, for statuses, and for the steps of the two scales. They are heard
/// before the common ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Folded as columns are.
    columns: BTreeMap<Kind, BTreeMap<String, &'static str>>,
    /// Own word or mark, folded → the common word for it.
    statuses: BTreeMap<String, String>,
    probabilities: BTreeMap<String, u8>,
    impacts: BTreeMap<String, u8>,
}

/// The common words that a status of a programme's own may stand for.
const STATUSES: [&str; 8] = ["complete", "green", "on plan", "amber", "red", "stopped", "open", "closed"];

impl Vocabulary {
    /// The words of the first `programme.yaml`. Findings: `unknown-key`, `unknown-value`, `wrong-type`, `duplicate-key`.
    pub fn of<'d>(
        documents: impl IntoIterator<Item = &'d Document>,
        root: &str,
        findings: &mut Vec<Finding>,
    ) -> Vocabulary {
        let settings = documents.into_iter().find_map(|document| entries::settings(document, root));
        let Some(Tree::Map(keys)) = settings.map(|node| &node.tree) else { return Vocabulary::default() };
        let written = keys.iter().find(|(key, _)| is_called(&key.plain));
        let mut reader = Reader { vocabulary: Vocabulary::default(), findings };
        if let Some((key, node)) = written {
            reader.words(key, node);
        }
        reader.vocabulary
    }

    /// The field of a kind that a column or key means.
    pub fn field(&self, kind: Kind, key: &str) -> Option<&'static Field> {
        let own = self.columns.get(&kind).and_then(|columns| columns.get(&fields::fold(key)));
        match own {
            Some(name) => kind.fields().iter().find(|field| field.name == *name),
            None => fields::find(kind.fields(), key),
        }
    }

    /// Folded columns as milepost calls them, where the programme has words of its own for fields of this kind.
    pub fn translated<'f>(&self, kind: Kind, folded: &'f [String]) -> Cow<'f, [String]> {
        let Some(columns) = self.columns.get(&kind) else { return Cow::Borrowed(folded) };
        let word = |word: &String| columns.get(word).map_or_else(|| word.clone(), |name| name.replace('_', " "));
        Cow::Owned(folded.iter().map(word).collect())
    }

    /// The words for the fields of a kind that a slip of the pen may have meant.
    pub fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        kind.fields().iter().map(|field| field.name).chain(self.words(kind))
    }

    /// The programme's own words for the fields of a kind.
    pub fn words(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.columns.get(&kind).into_iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// The common word for a status, where all that is said is one of the programme's own.
    pub fn status(&self, text: &str) -> Option<&str> {
        if self.statuses.is_empty() {
            return None;
        }
        let folded = words::fold(text);
        let found = self.statuses.get(&folded).or_else(|| self.statuses.get(words::spoken(&folded)));
        found.map(String::as_str)
    }

    /// The common word for a mark, where the programme gives it one.
    pub fn mark(&self, mark: char) -> Option<&str> {
        self.statuses.get(mark.encode_utf8(&mut [0; 4]) as &str).map(String::as_str)
    }

    /// The step, 1–5, of the scale of this name that is said in words of the programme's own.
    pub fn step(&self, scale: &str, text: &str) -> Option<u8> {
        let steps = if scale == "probability" { &self.probabilities } else { &self.impacts };
        if steps.is_empty() {
            return None;
        }
        let folded = words::fold(text);
        steps.get(&folded).or_else(|| steps.get(words::spoken(&folded))).copied()
    }
}

struct Reader<'f> {
    vocabulary: Vocabulary,
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_> {
    fn words(&mut self, key: &Text, node: &Node) {
        for (key, node) in self.entries(node, &key.plain) {
            match fields::find(WORDS, &key.plain).map(|field| field.name) {
                Some("columns") => self.columns(key, node),
                Some("status") => self.statuses(key, node),
                Some("probability") => self.steps(key, node, scales::probability),
                Some(_) => self.steps(key, node, scales::impact),
                None => self.unknown_key(key, "`words`", WORDS.iter().map(|field| field.name)),
            }
        }
    }

    /// `milestone: { owner: [Squad, Trupp] }`.
    fn columns(&mut self, key: &Text, node: &Node) {
        for (named, node) in self.entries(node, &key.plain) {
            let Some(kind) = Kind::named(&named.plain) else {
                let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Condition).map(Kind::word);
                self.unknown_key(named, "`columns`", kinds);
                continue;
            };
            for (name, node) in self.entries(node, &named.plain) {
                match fields::find(kind.fields(), &name.plain) {
                    Some(field) => self.column(kind, field, name, node),
                    None => {
                        let names = kind.fields().iter().map(|field| field.name);
                        self.unknown_key(name, &format!("a {}", kind.word()), names);
                    }
                }
            }
        }
    }

    fn column(&mut self, kind: Kind, field: &Field, name: &Text, node: &Node) {
        for word in self.texts(node, &name.plain) {
            let columns = self.vocabulary.columns.entry(kind).or_default();
            match columns.get(&fields::fold(&word.plain)) {
                Some(other) if *other != field.name => {
                    let message = format!("`{}` is a word for `{other}` and for `{}`", word.plain, field.name);
                    let finding = Finding::new("duplicate-key", word.at.clone(), message).label("given twice");
                    self.findings.push(finding.help("leave it to one of them"));
                }
                _ => {
                    columns.insert(fields::fold(&word.plain), field.name);
                }
            }
        }
    }

    /// `Freigegeben: complete`, `🔷: on plan`.
    fn statuses(&mut self, key: &Text, node: &Node) {
        for (own, node) in self.entries(node, &key.plain) {
            for meant in self.texts(node, &own.plain) {
                if words::status(&meant.plain).is_none() && words::is_open(&meant.plain).is_none() {
                    self.unknown_value(own, meant, &STATUSES);
                    continue;
                }
                self.vocabulary.statuses.insert(words::fold(&own.plain), meant.plain.clone());
            }
        }
    }

    /// `Kaum: 1`, `Ruinous: very high`.
    fn steps(&mut self, key: &Text, node: &Node, scale: fn(&str) -> Option<u8>) {
        for (own, node) in self.entries(node, &key.plain) {
            for meant in self.texts(node, &own.plain) {
                let Some(step) = scale(&meant.plain) else {
                    self.unknown_value(own, meant, &["1", "2", "3", "4", "5"]);
                    continue;
                };
                let is_impact = fields::find(WORDS, &key.plain).is_some_and(|field| field.name == "impact");
                let vocabulary = &mut self.vocabulary;
                let steps = if is_impact { &mut vocabulary.impacts } else { &mut vocabulary.probabilities };
                steps.insert(words::fold(&own.plain), step);
            }
        }
    }

    fn entries<'n>(&mut self, node: &'n Node, name: &str) -> &'n [(Text, Node)] {
        match &node.tree {
            Tree::Map(entries) => entries,
            Tree::Null => &[],
            Tree::Scalar(_) | Tree::List(_) => {
                self.wrong(&node.at, name, "a map of keys");
                &[]
            }
        }
    }

    /// A word or a list of them.
    fn texts<'n>(&mut self, node: &'n Node, name: &str) -> Vec<&'n Text> {
        let nodes = match &node.tree {
            Tree::List(nodes) => nodes.iter().collect(),
            _ => vec![node],
        };
        let mut texts = Vec::new();
        for node in nodes {
            match &node.tree {
                Tree::Scalar(text) => texts.push(text),
                Tree::Null => {}
                Tree::List(_) | Tree::Map(_) => self.wrong(&node.at, name, "a word, or a list of words"),
            }
        }
        texts
    }

    fn wrong(&mut self, at: &Span, name: &str, should: &str) {
        let finding = Finding::new("wrong-type", at.clone(), format!("`{name}` should be {should}"));
        self.findings.push(finding.help(format!("write {should}")));
    }

    fn unknown_key<'n>(&mut self, key: &Text, what: &str, names: impl Iterator<Item = &'n str> + Clone) {
        let help = match near::nearest(&key.plain, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        let finding = Finding::new("unknown-key", key.at.clone(), format!("{what} has no `{}`", key.plain));
        self.findings.push(finding.label("not known").help(help));
    }

    fn unknown_value(&mut self, own: &Text, meant: &Text, allowed: &[&str]) {
        let listed = allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        // Every number is near to every other.
        let near = near::nearest(&meant.plain, allowed.iter().copied()).filter(|near| near.len() > 1);
        let help = match near {
            Some(near) => format!("did you mean `{near}`? It can be {listed}"),
            None => format!("write one of {listed}"),
        };
        let message = format!("`{}` is said to mean `{}`, which is not known", own.plain, meant.plain);
        self.findings.push(Finding::new("unknown-value", meant.at.clone(), message).label("not known").help(help));
    }
}

fn is_called(key: &str) -> bool {
    fields::find(PROGRAMME, key).is_some_and(|field| matches!(field.sort, Sort::Map(table) if table == WORDS))
}

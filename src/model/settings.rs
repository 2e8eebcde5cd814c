//! What `programme.yaml` says, with what holds where it says nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::model::Visibility;
use crate::model::calendar::Calendar;
use crate::source::Spanned;

/// See design: content (programme.yaml).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub version: String,
    pub data_date: DataDate,
    pub profile: Profile,
    pub calendar: Calendar,
    /// Days between reviews.
    pub cadence_days: u32,
    pub tolerance: Tolerance,
    pub appetite: Appetite,
    /// Role id → what people call it.
    pub roles: BTreeMap<String, String>,
    pub people: Vec<Person>,
    pub entry_authority: Option<Spanned<String>>,
    pub exit_authority: Option<Spanned<String>>,
    pub visibility: Visibility,
    /// A file of settings is there and could not be read, so that what it says is not known.
    #[serde(skip)]
    pub is_unread: bool,
    /// True where `visibility` was written, and nobody need be told that all is public.
    pub visibility_written: bool,
    #[serde(skip)]
    pub rules: BTreeMap<String, Spanned<Option<Severity>>>,
    #[serde(skip)]
    pub allow: Vec<Allowance>,
    pub site: Site,
    /// A line shown at the top of every page: "Example data", say.
    pub notice: Option<String>,
}

/// T, the date at which everything is said. See design: content (data date).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataDate {
    pub date: NaiveDate,
    /// False where it was taken from the environment or the day of the build.
    pub written: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    #[default]
    Draft,
    Controlled,
}

/// In working days; percent of the working days from programme start to the first baseline's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerance {
    pub amber_days: u32,
    pub red_days: u32,
    pub red_percent: u32,
}

impl Default for Tolerance {
    fn default() -> Tolerance {
        Tolerance { amber_days: 0, red_days: 5, red_percent: 10 }
    }
}

/// The highest risk score that is borne without a response, by category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appetite {
    pub default: u8,
    pub categories: BTreeMap<String, u8>,
}

impl Default for Appetite {
    fn default() -> Appetite {
        Appetite { default: 9, categories: BTreeMap::new() }
    }
}

impl Appetite {
    /// By folded category name, else the default.
    pub fn of(&self, category: Option<&str>) -> u8 {
        let folded = category.map(fold);
        folded.and_then(|folded| self.categories.get(&folded).copied()).unwrap_or(self.default)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
    /// Role ids.
    pub roles: Vec<String>,
}

/// A finding that somebody answered for: counted, shown, and for a while only.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowance {
    pub rule: Spanned<String>,
    /// A record, a criterion or a path; None allows the rule everywhere.
    pub subject: Option<Spanned<String>>,
    pub reason: String,
    pub by: String,
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    pub url: Option<String>,
    pub theme: Option<String>,
    pub audience: Visibility,
    /// With `{path}` where the file goes.
    pub edit_url: Option<String>,
    /// None: all frozen versions are rendered; Some(n): the last n.
    pub versions: Option<usize>,
    pub publish_files: bool,
    /// `site.root: issued`: the last frozen version stands at the root.
    pub root_issued: bool,
}

impl Settings {
    /// What holds where nothing is written, at a date.
    pub fn unwritten(date: NaiveDate) -> Settings {
        Settings {
            name: "Programme".to_string(),
            version: "draft".to_string(),
            data_date: DataDate { date, written: false },
            profile: Profile::default(),
            calendar: Calendar::default(),
            cadence_days: 7,
            tolerance: Tolerance::default(),
            appetite: Appetite::default(),
            roles: BTreeMap::new(),
            people: Vec::new(),
            entry_authority: None,
            exit_authority: None,
            visibility: Visibility::default(),
            is_unread: false,
            visibility_written: false,
            rules: BTreeMap::new(),
            allow: Vec::new(),
            site: Site::default(),
            notice: None,
        }
    }

    /// Whom these words name.
    pub fn named<'a>(&'a self, words: &'a str) -> Named<'a> {
        let folded = fold(words);
        let person = self.people.iter().find(|person| folds_to(&person.id, &folded) || folds_to(&person.name, &folded));
        let held = person.map_or(&[][..], |person| &person.roles);
        Named {
            words,
            person,
            role: self.role_folded(&folded),
            held: held.iter().filter_map(|role| self.role_folded(&fold(role))).map(|(id, _)| id).collect(),
            folded,
        }
    }

    fn role_folded(&self, folded: &str) -> Option<(&str, &str)> {
        let mut roles = self.roles.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        roles.find(|(id, name)| folds_to(id, folded) || folds_to(name, folded))
    }

    /// See `Named::holds`.
    pub fn holds(&self, words: &str, role: &str) -> bool {
        self.named(words).holds(&self.named(role))
    }

    /// The id of the role that these words name, by id or by what people call it.
    pub fn role(&self, words: &str) -> Option<&str> {
        self.role_folded(&fold(words)).map(|(id, _)| id)
    }

    /// The person that these words name, by id or folded name.
    pub fn person<'a>(&'a self, words: &'a str) -> Option<&'a Person> {
        self.named(words).person
    }

    /// See `Named::is`.
    pub fn same_person(&self, left: &str, right: &str) -> bool {
        self.named(left).is(&self.named(right))
    }

    /// See `Named::may_be`.
    pub fn may_be_one(&self, acceptor: &str, producer: &str) -> bool {
        self.named(acceptor).may_be(&self.named(producer))
    }

    /// See `Named::called`.
    pub fn called<'a>(&'a self, words: &'a str) -> &'a str {
        self.named(words).called()
    }
}

/// Whom some words name: a person, a role, or nobody that the programme knows. See design: content (owners, producers,
/// deciders).
#[derive(Debug, Clone)]
pub struct Named<'a> {
    words: &'a str,
    folded: String,
    /// By id or folded name.
    person: Option<&'a Person>,
    /// Id, and what people call it.
    role: Option<(&'a str, &'a str)>,
    /// Ids of the roles that the person holds.
    held: Vec<&'a str>,
}

impl<'a> Named<'a> {
    /// Is it a person or a role of the programme?
    pub fn is_known(&self) -> bool {
        self.person.is_some() || self.role.is_some()
    }

    /// Do they hold the role? Without a match in `people` they do not, unless the words are the role itself.
    pub fn holds(&self, role: &Named) -> bool {
        let Some((id, _)) = role.role else { return self.folded == role.folded };
        self.role.is_some_and(|(own, _)| own == id) || self.held.contains(&id)
    }

    /// Are both one person? By person id where they match `people`, else by folded name.
    pub fn is(&self, other: &Named) -> bool {
        match (self.person, other.person) {
            (Some(own), Some(other)) => own.id == other.id,
            (None, None) => self.folded == other.folded,
            _ => false,
        }
    }

    /// May this acceptor be the producer? Also where the acceptor is named by a role that the producer holds: nobody can
    /// tell then that it was another.
    pub fn may_be(&self, producer: &Named) -> bool {
        let by_role = self.person.is_none() && self.role.is_some();
        self.is(producer) || (by_role && producer.holds(self))
    }

    /// What people call it: the person's or the role's name, else the words themselves.
    pub fn called(&self) -> &'a str {
        let role = || self.role.map_or(self.words, |(_, name)| name);
        self.person.map_or_else(role, |person| &person.name)
    }
}

/// Is `folded` what `fold` makes of the words? Without a text of its own for plain ASCII, as most are.
fn folds_to(words: &str, folded: &str) -> bool {
    if !words.is_ascii() || words.contains(['*', '`', '\'', '"']) {
        return fold(words) == folded;
    }
    let is_space = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '_' | '.');
    let mut own = words.split(is_space).filter(|word| !word.is_empty());
    let mut others = folded.split(' ').filter(|word| !word.is_empty());
    others.all(|other| own.next().is_some_and(|word| word.eq_ignore_ascii_case(other))) && own.next().is_none()
}

/// A name as names are compared: as reading folds words (case, accents, marks, unseen characters), and dashes,
/// underscores and dots are spaces.
pub fn fold(words: &str) -> String {
    let spaced = crate::reading::words::fold(words).replace(['-', '_', '.'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

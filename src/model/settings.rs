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
        let folded = category.map(|category| category.trim().to_lowercase());
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
            visibility_written: false,
            rules: BTreeMap::new(),
            allow: Vec::new(),
            site: Site::default(),
            notice: None,
        }
    }

    /// Does the person or role named by `words` hold `role`? Without a match in `people`, it is not held, unless the
    /// words are the role itself. See design: content (owners, producers, deciders).
    pub fn holds(&self, words: &str, role: &str) -> bool {
        let Some(role) = self.role(role) else { return fold(words) == fold(role) };
        if self.role(words) == Some(role) {
            return true;
        }
        self.person(words).is_some_and(|person| person.roles.iter().any(|held| self.role(held) == Some(role)))
    }

    /// The id of the role that these words name, by id or by what people call it.
    pub fn role(&self, words: &str) -> Option<&str> {
        let folded = fold(words);
        let found = self.roles.iter().find(|(id, name)| folds_to(id, &folded) || folds_to(name, &folded));
        found.map(|(id, _)| id.as_str())
    }

    /// The person that these words name, by id or folded name.
    pub fn person(&self, words: &str) -> Option<&Person> {
        let folded = fold(words);
        self.people.iter().find(|person| folds_to(&person.id, &folded) || folds_to(&person.name, &folded))
    }

    /// Are the two words one person? By person id where they match `people`, else by folded name.
    pub fn same_person(&self, left: &str, right: &str) -> bool {
        match (self.person(left), self.person(right)) {
            (Some(left), Some(right)) => left.id == right.id,
            (None, None) => fold(left) == fold(right),
            _ => false,
        }
    }

    /// May the acceptor be the producer? Also where the acceptor is named by a role that the producer holds: nobody can
    /// tell then that it was another.
    pub fn may_be_one(&self, acceptor: &str, producer: &str) -> bool {
        let by_role = self.person(acceptor).is_none() && self.role(acceptor).is_some();
        self.same_person(acceptor, producer) || (by_role && self.holds(producer, acceptor))
    }

    /// What people call it: the person's or the role's name, else the words themselves.
    pub fn called<'a>(&'a self, words: &'a str) -> &'a str {
        if let Some(person) = self.person(words) {
            return &person.name;
        }
        self.role(words).and_then(|role| self.roles.get(role)).map_or(words, String::as_str)
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

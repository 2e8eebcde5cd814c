//! What `programme.yaml` says, with what holds where it says nothing.

mod people;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::model::Visibility;
use crate::model::calendar::Calendar;
use crate::reading::near;
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
    /// By folded category name, else the default; the stricter of both where the name is nearly one of them.
    pub fn of(&self, category: Option<&str>) -> u8 {
        let Some(category) = category else { return self.default };
        match self.categories.get(&fold(category)) {
            Some(own) => *own,
            None => {
                let near = self.nearly(category).and_then(|near| self.categories.get(near)).copied();
                near.map_or(self.default, |near| near.min(self.default))
            }
        }
    }

    /// What counts where nobody can tell the category.
    pub fn strictest(&self) -> u8 {
        self.categories.values().copied().chain([self.default]).min().unwrap_or(self.default)
    }

    /// The category that may be meant by a name that is none.
    pub fn nearly(&self, category: &str) -> Option<&str> {
        let folded = fold(category);
        if self.categories.contains_key(&folded) {
            return None;
        }
        // Of a short name half is another word.
        let named = || self.categories.keys().map(String::as_str).filter(|name| name.chars().count() > 4);
        let within = |name: &&str| name.split(' ').all(|word| folded.split(' ').any(|other| other == word));
        near::nearest(&folded, named()).or_else(|| named().find(within))
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
            settings: self,
            words,
            person,
            role: self.role_folded(&folded),
            held: held.iter().filter_map(|role| self.role_folded(&fold(role))).map(|(id, _)| id).collect(),
            folded,
            meant: OnceLock::new(),
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
    settings: &'a Settings,
    words: &'a str,
    folded: String,
    /// By id or folded name.
    person: Option<&'a Person>,
    /// Id, and what people call it.
    role: Option<(&'a str, &'a str)>,
    /// Ids of the roles that the person holds.
    held: Vec<&'a str>,
    /// Taken apart once it is asked for: a few people are named in thousands of records.
    meant: OnceLock<Meant>,
}

/// Everybody whom some words may mean, taken apart.
#[derive(Debug, Clone, Default)]
struct Meant {
    people: Vec<Known>,
    /// Of the roles among them.
    holders: Vec<Known>,
    /// The words of each part that is no role.
    names: Vec<Vec<String>>,
    /// Is a part neither a person nor a role that is known?
    is_doubtful: bool,
}

/// A person by what tells two entries of `people` apart.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    folded_name: String,
}

impl Known {
    fn new(person: &Person) -> Known {
        Known { id: person.id.clone(), folded_name: fold(&person.name) }
    }

    fn is(&self, other: &Known) -> bool {
        self.id == other.id || self.folded_name == other.folded_name
    }
}

impl<'a> Named<'a> {
    /// Is it a person or a role of the programme?
    pub fn is_known(&self) -> bool {
        self.person.is_some() || self.role.is_some()
    }

    /// Is one of the programme's people or roles meant, also in a list or with a title: "Dr Ruiz (QA)"?
    pub fn names_somebody(&self) -> bool {
        self.is_known() || !self.meant().people.is_empty() || !self.meant().holders.is_empty()
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

    /// May this acceptor be the producer? Also where one is named by a role that the other holds, where lists of people
    /// have one in common, and where a name that is not known is like the other: nobody can tell then that it was another.
    pub fn may_be(&self, producer: &Named) -> bool {
        if self.is(producer) || self.role.is_some() && self.role == producer.role {
            return true;
        }
        let (own, other) = (self.meant(), producer.meant());
        let meets = |left: &[Known], right: &[Known]| left.iter().any(|one| right.iter().any(|two| one.is(two)));
        if meets(&own.people, &other.people) || meets(&own.people, &other.holders) || meets(&own.holders, &other.people)
        {
            return true;
        }
        (own.is_doubtful || other.is_doubtful)
            && own.names.iter().any(|left| other.names.iter().any(|right| people::are_alike(left, right)))
    }

    fn meant(&self) -> &Meant {
        self.meant.get_or_init(|| self.taken_apart())
    }

    /// Everybody whom the words may mean.
    fn taken_apart(&self) -> Meant {
        let mut meant = Meant::default();
        let people = &self.settings.people;
        for part in people::parts(self.words) {
            let folded = fold(part);
            let name = people::words(part);
            let known = people.iter().find(|person| folds_to(&person.id, &folded) || folds_to(&person.name, &folded));
            let known = known.or_else(|| people.iter().find(|person| people::words(&person.id) == name));
            if let Some(person) = known {
                meant.people.push(Known::new(person));
            } else if let Some((id, _)) = self.settings.role_folded(&folded) {
                let holds = |person: &&Person| {
                    let mut held = person.roles.iter().filter_map(|role| self.settings.role_folded(&fold(role)));
                    held.any(|(held, _)| held == id)
                };
                meant.holders.extend(people.iter().filter(holds).map(Known::new));
                continue;
            } else {
                let before = meant.people.len();
                let alike = people.iter().filter(|it| people::are_alike(&people::words(&it.name), &name));
                meant.people.extend(alike.map(Known::new));
                meant.is_doubtful |= meant.people.len() == before;
            }
            meant.names.push(name);
        }
        meant
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

/// Words in the place of a person or a role that are not understood as one: `TBD`, `pending`.
pub fn names_nobody(words: &str) -> bool {
    crate::reading::words::is_nobody(words)
}

/// A name as names are compared: as reading folds words (case, accents, marks, unseen characters), and dashes,
/// underscores and dots are spaces.
pub fn fold(words: &str) -> String {
    let spaced = crate::reading::words::fold(words).replace(['-', '_', '.'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Person, Settings};

    #[test]
    fn an_acceptor_who_may_be_the_producer_is_told() {
        let person = |id: &str, name: &str, roles: &[&str]| Person {
            id: id.to_string(),
            name: name.to_string(),
            roles: roles.iter().map(|role| role.to_string()).collect(),
        };
        let mut settings = Settings::unwritten("2026-02-18".parse().unwrap());
        settings.roles.insert("qa-lead".to_string(), "QA lead".to_string());
        settings.people = vec![
            person("ana", "Ana Ruiz", &["qa-lead"]),
            person("bo", "Bo Li", &[]),
            person("eva", "Eva Lind", &[]),
            person("eva2", "Eva Lind", &[]),
        ];
        for (producer, acceptor) in [
            ("Ana Ruiz", "ana"),
            ("QA lead", "Ana Ruiz"),
            ("Ana Ruiz", "QA lead"),
            ("Ana Ruiz & Bo Li", "Bo Li"),
            ("Bo Li", "Ana Ruiz, Bo Li"),
            ("Ana Ruiz", "Ana Ruiz (QA)"),
            ("Ana Ruiz", "Ana Ruiz, QA lead"),
            ("Ana Ruiz", "QA lead: Ana Ruiz"),
            ("Ana Ruiz", "Ruiz, Ana"),
            ("Ana Ruiz", "@ana"),
            ("Ana Ruiz", "Dr Ana Ruiz"),
            ("Ana Ruiz", "A. Ruiz"),
            ("Ana Ruiz", "Ana"),
            ("Ana Ruiz", "ana.ruiz@example.org"),
            ("Ana Ruiz", "ana@example.org"),
            ("Ana Ruiz", "Аna Ruiz"),
            ("Ana Ruiz", "Αna_Ruiz"),
            ("Ana Ruiz", "Ana Ruiz on behalf of Bo"),
            ("Zoe Falk", "Z. Falk (QA)"),
            ("Zoe Falk (Dev)", "Falk, Zoe"),
            ("eva", "eva2"),
        ] {
            assert!(settings.may_be_one(acceptor, producer), "{producer} and {acceptor}");
            assert!(settings.may_be_one(producer, acceptor), "{acceptor} and {producer}");
        }
        for (producer, acceptor) in [
            ("Ana Ruiz", "Bo Li"),
            ("Bo Li", "QA lead"),
            ("Ana Ruiz", "Zoe Falk"),
            ("Bo Li, QA lead", "Eva Lind (QA)"),
            ("Ana Ruiz", "Ana Falk"),
            ("Test team", "Quality team"),
            ("Ana Ruiz", "Board"),
        ] {
            assert!(!settings.may_be_one(acceptor, producer), "{producer} and {acceptor}");
        }
    }
}

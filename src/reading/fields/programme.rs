//! The keys of `programme.yaml`.

use crate::reading::fields::milestone::{BOTH_GATES, TOLERANCE, VISIBILITIES};
use crate::reading::fields::{Field, Sort};

#[rustfmt::skip]
pub const PROGRAMME: &[Field] = &[
    Field::new("name", Sort::Words, &["programme"], "what the programme is called"),
    Field::new("version", Sort::Words, &[], "the number of this version, as text"),
    Field::new("data_date", Sort::Date, &[], "the date at which everything is said"),
    Field::new("profile", Sort::OneOf(&["draft", "controlled"]), &[], "`draft`: errors warn; `controlled`: errors stop the build"),
    Field::new("calendar", Sort::Map(CALENDAR), &[], "when week 1 is, and which days are worked"),
    Field::new("cadence_days", Sort::Number, &["cadence"], "days between reviews"),
    Field::new("tolerance", Sort::Map(TOLERANCE), &[], "how late a milestone may be before it is amber and red"),
    Field::new("appetite", Sort::Free, &[], "the highest risk score borne without a response: `default`, and by category"),
    Field::new("roles", Sort::Free, &[], "role id → what people call it"),
    Field::new("people", Sort::Maps(PERSON), &[], "who there is, and what roles they hold"),
    Field::new("authority", Sort::Map(BOTH_GATES), &[], "who decides at gates; a milestone may name its own"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &[], "who may see a record that does not say"),
    Field::new("rules", Sort::Free, &[], "rule → off, note, warning or error"),
    Field::new("allow", Sort::Maps(ALLOWANCE), &["allowances"], "findings that somebody answers for, for a while"),
    Field::new("words", Sort::Map(WORDS), &["vocabulary"], "words of your own, read before the common ones"),
    Field::new("site", Sort::Map(SITE), &[], "how the portal is built"),
    Field::new("notice", Sort::Words, &[], "a line shown at the top of every page"),
];

#[rustfmt::skip]
pub const CALENDAR: &[Field] = &[
    Field::new("week_1", Sort::Date, &["start", "t0"], "the Monday of week 1"),
    Field::new("deadline_day", Sort::OneOf(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]), &[], "the weekday on which a week's deadline falls"),
    Field::new("sprint_days", Sort::Number, &[], "calendar days of a sprint"),
    Field::new("fiscal_year_start", Sort::OneOf(&["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]), &[],
        "the month in which the fiscal year begins"),
    Field::new("holidays", Sort::List, &["holiday"], "days that are not worked"),
    Field::new("day_first", Sort::Flag, &[], "`no` where 03/16/2026 is 16 March"),
];

#[rustfmt::skip]
pub const WORDS: &[Field] = &[
    Field::new("columns", Sort::Free, &["keys"], "kind → field → your words for it: `milestone: { owner: [Squad, Trupp] }`"),
    Field::new("status", Sort::Free, &["statuses", "marks"], "your word or mark → complete, green, on plan, amber, red, stopped, open or closed: `Freigegeben: complete`"),
    Field::new("probability", Sort::Free, &["likelihood"], "your word → its step, 1 to 5: `Kaum: 1`"),
    Field::new("impact", Sort::Free, &["severity"], "your word → its step, 1 to 5: `Ruinous: 5`"),
];

#[rustfmt::skip]
pub const PERSON: &[Field] = &[
    Field::new("id", Sort::Words, &[], "how records name them"),
    Field::new("name", Sort::Words, &[], "what they are called"),
    Field::new("roles", Sort::List, &["role"], "the roles that they hold"),
];

#[rustfmt::skip]
pub const ALLOWANCE: &[Field] = &[
    Field::new("rule", Sort::Words, &[], "the rule that is allowed to find"),
    Field::new("at", Sort::Words, &["subject"], "a record, a criterion or a path; without it, everywhere"),
    Field::new("reason", Sort::Words, &["why"], "why"),
    Field::new("by", Sort::Words, &[], "who answers for it"),
    Field::new("until", Sort::Date, &[], "the last day on which it holds"),
];

#[rustfmt::skip]
pub const SITE: &[Field] = &[
    Field::new("url", Sort::Words, &[], "the address that the portal is served at"),
    Field::new("theme", Sort::Words, &[], "a folder of `themes/`"),
    Field::new("audience", Sort::OneOf(VISIBILITIES), &[], "for whom it is built; what they may not see is withheld"),
    Field::new("edit_url", Sort::Words, &[], "where a file is edited, with `{path}` where it goes"),
    Field::new("versions", Sort::Words, &[], "`all`, or how many of the last frozen versions are rendered"),
    Field::new("publish_files", Sort::Flag, &[], "whether the files of evidence go into the portal"),
    Field::new("root", Sort::OneOf(&["working", "issued"]), &[], "which version stands at the root"),
];

//! What milepost finds: every rule by its name, and the judge that gives a finding its severity and its place.
//!
//! A rule is two files of one stem and one line below. Any stage may raise findings that carry a rule's name; those
//! rules have no check here. No rule knows another, and none changes a colour. See design: rules, architecture.

pub mod judge;

pub use crate::rules::judge::judge;

use rayon::prelude::*;

use crate::finding::{Finding, Severity};
use crate::reading::near;
use crate::status::Standing;
use crate::status::facts::{Facts, joined};

/// One sort of fault, and what finds it.
pub struct Rule {
    /// Says the fault, and reads well after "allow".
    pub name: &'static str,
    pub family: Family,
    /// Where neither the profile nor `rules:` of programme.yaml says otherwise.
    pub severity: Severity,
    /// `rules/<name>.md`: a sentence of what, a paragraph of why, `## Fails`, `## Passes`. It is the rule's test too.
    pub documentation: &'static str,
    /// Says several findings of one file at once; `{n}` and `{subjects}` are filled in. None: each is told alone.
    pub several: Option<&'static str>,
    /// None where the findings arise in another stage.
    pub check: Option<fn(&Facts, &Standing) -> Vec<Finding>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Structure,
    Completeness,
    Consistency,
    Time,
    Evidence,
    Risk,
    Governance,
    Versions,
    Publication,
    Theme,
}

impl Family {
    pub fn word(self) -> &'static str {
        match self {
            Family::Structure => "structure",
            Family::Completeness => "completeness",
            Family::Consistency => "consistency",
            Family::Time => "time",
            Family::Evidence => "evidence",
            Family::Risk => "risk",
            Family::Governance => "governance",
            Family::Versions => "versions",
            Family::Publication => "publication",
            Family::Theme => "theme",
        }
    }
}

impl Rule {
    /// What it finds, in one sentence: the first paragraph of the documentation below its heading.
    pub fn what(&self) -> &'static str {
        self.paragraph(0)
    }

    /// Why it matters: the second paragraph.
    pub fn why(&self) -> &'static str {
        self.paragraph(1)
    }

    fn paragraph(&self, number: usize) -> &'static str {
        let paragraphs = self.documentation.split("\n\n").filter(|paragraph| !paragraph.starts_with('#'));
        paragraphs.map(str::trim).nth(number).unwrap_or_default()
    }

    /// Does it hold records to the data date, the calendar, the people and roles, or the readers of programme.yaml? All that
    /// looks at a standing does, for there is none without a data date.
    fn rests_on_settings(&self) -> bool {
        match self.family {
            Family::Structure | Family::Theme => false,
            Family::Completeness => matches!(self.name, "gate-without-authority" | "person-unknown"),
            Family::Publication => self.name == "world-readable",
            Family::Consistency => !matches!(self.name, "dependency-cycle" | "dependency-missing-in-prose"),
            Family::Time | Family::Evidence | Family::Risk | Family::Governance | Family::Versions => true,
        }
    }

    /// Neither profile nor setting makes it less than an error: with one of these a part of the record was not read, or
    /// is not what was frozen.
    pub fn is_firm(&self) -> bool {
        matches!(self.name, "unreadable-file" | "yaml-does-not-parse" | "version-altered")
    }
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The name that was meant, for one that is not known.
pub fn nearest(name: &str) -> Option<&'static str> {
    near::nearest(name, ALL.iter().map(|rule| rule.name))
}

/// Everything that the rules find in a programme and its standing, in no order: `judge` puts it in one. Where the settings
/// could not be read, which is found where it happened, nothing is held to what they may say.
pub fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let is_heard = |rule: &&&Rule| !(facts.programme.settings.is_unread && rule.rests_on_settings());
    let checks = ALL.par_iter().filter(is_heard).filter_map(|rule| rule.check);
    checks.flat_map_iter(|check| check(facts, standing)).collect()
}

/// Words in a row, as messages say them: "a, b or c".
pub fn listed(words: &[&str], last: &str) -> String {
    joined(words, last)
}

/// Declares the modules and lists the rules, so that a new rule is one line.
macro_rules! rules {
    ($($name:ident)*) => {
        $(pub mod $name;)*
        /// Every rule, family by family.
        pub const ALL: &[&Rule] = &[$(&$name::RULE,)*];
    };
}

rules! {
    unreadable_file
    yaml_does_not_parse
    duplicate_key
    unknown_key
    unknown_value
    wrong_type
    duplicate_id
    unknown_reference
    reference_of_wrong_kind
    row_wider_than_header
    mixed_line_ends
    table_without_dash_line
    row_narrower_than_header
    line_within_table
    table_not_read
    misspelt_name
    two_settings_files
    date_not_understood
    two_sided_fields_disagree
    id_reused_after_retirement

    no_milestone_found
    milestone_without_owner
    milestone_without_window
    milestone_without_description
    no_entry_criteria
    no_exit_criteria
    gate_without_authority
    placeholder_left
    criterion_without_owner
    isolated_milestone
    criterion_not_verifiable
    duplicate_criterion
    criterion_not_atomic
    criteria_split_on_commas
    id_derived
    column_not_understood
    person_unknown
    list_not_read

    dependency_cycle
    dependency_missing_in_prose
    declared_greener_than_derived
    met_claimed_without_evidence
    started_before_entry_gate
    achieved_without_passed_gate
    later_gate_passed_before_earlier
    red_to_green_in_one_version

    window_reversed
    window_outside_programme
    gate_outside_window
    no_calendar_anchor
    date_read_day_first
    data_date_assumed
    dated_in_future
    successor_before_predecessor
    negative_float
    forecast_in_past
    slip_without_reason
    drifting
    stale_record
    actual_differs_from_decision
    gate_on_non_working_day

    evidence_incomplete
    accepted_by_producer
    evidence_file_missing
    evidence_changed_since_accepted
    evidence_not_sealed
    evidence_expired
    evidence_lost_after_go
    evidence_expires_before_gate
    evidence_out_of_order
    acceptor_lacks_role
    criterion_without_evidence
    criterion_changed_since_accepted
    evidence_not_immutable
    weak_evidence
    orphan_evidence

    risk_incomplete
    score_off_scale
    score_does_not_multiply
    residual_above_inherent
    target_above_residual
    above_appetite_without_response
    action_overdue
    risk_review_overdue
    risk_acceptance_expired
    proximity_passed_while_open
    several_risk_owners
    closed_without_reason
    milestone_without_risk
    gate_soon_with_risk_above_appetite

    decision_incomplete
    decider_not_authorised
    decider_accepted_the_evidence
    decisions_on_one_day
    decision_before_evidence
    outcome_does_not_fit_readiness
    override_unexplained
    condition_incomplete
    condition_overdue
    conditional_go_without_conditions
    confidence_greener_than_derived
    waiver_incomplete
    waiver_longer_than_12_months
    waiver_expired
    allowance_incomplete
    allowance_expired
    rule_switched_off

    version_altered
    version_number_not_increasing
    data_date_not_increasing
    record_disappeared
    criterion_weakened
    decision_rewritten
    acceptance_rewritten
    baseline_changed_without_change_record
    id_shifted

    world_readable
    two_pages_one_address
    broken_link
    image_without_alt
    output_too_large

    template_error
    theme_does_not_fit
}

//! What people write, a form a test: the records that are read from it, and what it was taken for.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::reading::entries;
use crate::reading::vocabulary::Vocabulary;
use crate::source::Source;
use crate::syntax;

/// Every record with its fields, then what was taken for what.
fn check(text: &str, expected: Expect) {
    check_file("plan.md", text, expected);
}

fn check_file(path: &str, text: &str, expected: Expect) {
    let source = Source { path: path.into(), text: text.into() };
    let (document, _) = syntax::parse(&source);
    let reading = entries::read(&document, "", &Vocabulary::default(), &mut Vec::new());
    let mut told = String::new();
    for entry in &reading.entries {
        let id = entry.id.as_ref().map_or("–", |id| id.plain.as_str());
        writeln!(told, "{} {id}", entry.kind.word()).unwrap();
        for (name, value) in &entry.fields {
            writeln!(told, "  {name}: {}", value.flat()).unwrap();
        }
        for (name, value) in &entry.extras {
            writeln!(told, "  ({name}): {}", value.flat()).unwrap();
        }
    }
    for account in &reading.accounts {
        let kind = account.kind.map_or("nothing", |kind| kind.word());
        writeln!(told, "{kind}: {}, {}", account.why, account.records).unwrap();
    }
    expected.assert_eq(&told);
}

#[test]
fn checklist_of_gates_is_the_evidence_shown_for_them() {
    check(
        "\
## Launch checklist

| Gate | Criteria | Evidence | Status |
| --- | --- | --- | --- |
| Pumps | Every pump holds pressure overnight | Pressure log of 3 May | ✅ |
| Valves | Valves close within a second | – | ❌ |
",
        expect![[r#"
            evidence –
              title: Pressure log of 3 May
              (Gate): Pumps
              (Criteria): Every pump holds pressure overnight
              (Status): ✅
            evidence: has the columns gate and evidence, 1
        "#]],
    );
}

#[test]
fn task_with_an_evidence_column_is_no_evidence() {
    check(
        "\
| Task | Owner | Due | Evidence |
| --- | --- | --- | --- |
| Paint the hull | Ana | 3 May | photo |
",
        expect![[r#"
            nothing: has the column task, as lists of tasks, measurements and changes have, and no criteria, 0
        "#]],
    );
}

#[test]
fn milestone_with_its_price_is_a_milestone_and_numbers_are_ids() {
    check(
        "\
| Milestone | Description | Budget | Timeframe |
| --- | --- | --- | --- |
| 1 | Hull welded | 40 000 | 2 months |
| 2 | Engine fitted | 60 000 | 3 months |

## Acceptance criteria

1. The boat floats.
2. The engine runs for a day.
",
        expect![[r#"
            milestone 1
              name: Hull welded
              window: 2 months
              (Budget): 40 000
            milestone 2
              name: Engine fitted
              window: 3 months
              exit: The boat floats.; The engine runs for a day.
              (Budget): 60 000
            milestone: has the columns milestone and timeframe; the column Milestone holds ids, and Description the names, 2
            criterion: a list under `Acceptance criteria`, for the last milestone of the file, 2
        "#]],
    );
}

#[test]
fn criteria_under_the_name_of_a_milestone_are_its_own() {
    check(
        "\
| No. | Milestone | Due date |
| --- | --- | --- |
| 1 | Harbour survey | 3 May |
| 2 | Sample quay wall | 9 June |

## Acceptance criteria

**Acceptance criteria for: Harbour survey**:
- Depths are charted

**Acceptance criteria for quay wall**:
- The wall stands
- It drains

**Acceptance criteria for the canteen**:
- Soup is hot
",
        expect![[r#"
            milestone 1
              name: Harbour survey
              window: 3 May
              exit: Depths are charted
            milestone 2
              name: Sample quay wall
              window: 9 June
              exit: The wall stands; It drains
            milestone: has the columns no and due date, 2
            criterion: a list under `Acceptance criteria for: Harbour survey`, which names the milestone, 1
            criterion: a list under `Acceptance criteria for quay wall`, which names the milestone, 2
        "#]],
    );
}

#[test]
fn stages_with_their_key_milestones_have_exit_criteria() {
    check(
        "\
## Timeline and milestones

| Stage | Estimated duration | Key milestones |
| --- | --- | --- |
| Keel | 2 weeks | - Steel cut<br>- Frames up |
",
        expect![[r#"
            milestone –
              name: Keel
              window: 2 weeks
              exit: - Steel cut
            - Frames up
            milestone: has the columns stage and key milestones, 1
        "#]],
    );
}

#[test]
fn phases_with_labelled_criteria_are_milestones() {
    check(
        "\
# Phase 1 of the quay

### **Phase 2 — Dredging**

**Description:**
Dig the basin.

**Entry criteria:**

- Survey done

**Exit criteria:**

- Basin is 6 m deep

### Phase 3: Planting

Trees.
",
        expect![[r#"
            milestone Phase 2
              name: Dredging
              description: Dig the basin.
              entry: Survey done
              exit: Basin is 6 m deep
            milestone: the heading `Phase 2 — Dredging`, 1
        "#]],
    );
}

#[test]
fn headings_under_milestones_are_milestones_where_all_are_numbered_or_boxed() {
    check(
        "\
# Project milestones

## Groundwork
- [x] Site fenced
- [ ] Drains laid

## Roof
- [ ] Beams up
",
        expect![[r#"
            milestone –
              name: Groundwork
              exit: Site fenced; Drains laid
            milestone –
              name: Roof
              exit: Beams up
            milestone: the heading `Groundwork` under `Project milestones`, 1
            milestone: the heading `Roof` under `Project milestones`, 1
        "#]],
    );
    check(
        "\
# Milestones

Three of them.

## 1. Hull closed · **DONE**

Welded at last.

## 2. Engine fitted

## What this page is not
",
        expect![[r#"
            milestone –
              name: Hull closed
              declared: DONE
            milestone –
              name: Engine fitted
            milestone: the heading `1. Hull closed · DONE` under `Milestones`, 1
            milestone: the heading `2. Engine fitted` under `Milestones`, 1
        "#]],
    );
    check(
        "\
# Roadmap

## Cabin
- [x] Bunks built

## Deck
- [ ] Planks laid
",
        expect![],
    );
}

#[test]
fn bold_lines_with_the_number_of_a_milestone_head_it() {
    check(
        "\
## Plan

**Milestone 1: Keel laid**

- Owner: Ana
- Due date: 3 May
- Acceptance criteria:
  - Keel is straight

**Milestone 2: Mast stepped**

Some words.
",
        expect![[r#"
            milestone M1
              name: Keel laid
              owner: Ana
              window: 3 May
              exit: Keel is straight
            milestone M2
              name: Mast stepped
            milestone: the heading `Milestone 1: Keel laid`, 1
            milestone: the heading `Milestone 2: Mast stepped`, 1
        "#]],
    );
}

#[test]
fn risks_as_headings_have_labelled_lines() {
    check(
        "\
## Risks & recommendations

### Risk 1: Crane breaks
**Impact:** The mast cannot be lifted
**Mitigation:** Rent a second crane

### RISK-007: Storm 🔴 HIGH
[As above]

### R3 – Strike
- Probability: Medium
- Impact: High
- Next review: May

### R4 – Not a risk

Words.
",
        expect![[r#"
            risk R1
              title: Crane breaks
              effect: The mast cannot be lifted
              response: Rent a second crane
            risk RISK-007
              title: Storm 🔴 HIGH
            risk R3
              title: Strike
              probability: Medium
              impact: High
              (Next review): May
            risk: the heading `Risk 1: Crane breaks`, 1
            risk: the heading `RISK-007: Storm 🔴 HIGH`, 1
            risk: the heading `R3 – Strike`, 1
        "#]],
    );
}

#[test]
fn headings_under_risks_are_risks_where_they_are_assessed() {
    check(
        "\
## Key risks

### Rust
**Likelihood:** High
**Response:** Paint twice

### How we score

Words.
",
        expect![[r#"
            risk –
              title: Rust
              probability: High
              response: Paint twice
            risk: the heading `Rust` under `Key risks`, 1
        "#]],
    );
}

#[test]
fn cards_are_records_under_a_heading_or_by_their_own_id() {
    check(
        "\
### High risks

#### RISK-001: Late steel

| Field | Details |
| --- | --- |
| **ID** | RISK-001 |
| **Description** | The mill is on strike |
| **Probability** | High |
| **Impact** | Low |
| **Trigger** | No call by Monday |

#### ISSUE-002: Broken winch

| Field | Details |
| --- | --- |
| Owner | Ben |
| Status | Open |

### Other

| Field | Value |
| --- | --- |
| Risk ID | R9 |
| Risk | Fog |
| Likelihood | Low |

| Field | Value |
| --- | --- |
| Colour | blue |
| Status | dry |
",
        expect![[r#"
            risk RISK-001
              title: Late steel
              event: The mill is on strike
              probability: High
              impact: Low
              (Trigger): No call by Monday
            issue ISSUE-002
              title: Broken winch
              owner: Ben
              status: Open
            risk R9
              title: Fog
              probability: Low
            risk: the heading `RISK-001: Late steel`, 1
            issue: the heading `ISSUE-002: Broken winch`, 1
            risk: has the row Risk ID, 1
            nothing: its columns are those of no kind of record, 0
        "#]],
    );
}

#[test]
fn risks_in_a_list_under_their_heading_have_names_and_responses() {
    check(
        "\
## 6. Risks & mitigations

- **Leaks** – caulk every seam → log it
- **Scope:** keep the cabin small
- Worms — copper below the waterline

## Key risks

The risks are:

- R1: Fire in the galley
- Fog in May → radar
- Theft
  - Likelihood: Low
  - Mitigation: locks

## Technical risks

- Rust

## Risk register

- Updated weekly

| ID | Risk | Impact |
| --- | --- | --- |
| R5 | Ice | High |
",
        expect![[r#"
            risk –
              title: Leaks
              response: caulk every seam → log it
            risk –
              title: Scope
              response: keep the cabin small
            risk –
              title: Worms
              response: copper below the waterline
            risk R1
              title: Fire in the galley
            risk –
              title: Fog in May
              response: radar
            risk –
              title: Theft
              probability: Low
              response: locks
            risk R5
              title: Ice
              impact: High
            risk: a list under the heading `6. Risks & mitigations`, 3
            risk: a list under the heading `Key risks`, 3
            risk: has the columns id and impact, 1
        "#]],
    );
}

#[test]
fn risks_a_line_each_are_told_from_prose() {
    check(
        "\
## Risks

List what may stop us.

Paint that never dries
Varnish going missing from the shed.
Rain
",
        expect![[r#"
            risk –
              title: Paint that never dries
            risk –
              title: Varnish going missing from the shed.
            risk –
              title: Rain
            risk: lines under the heading `Risks`, 3
        "#]],
    );
    check(
        "\
## Risks

Every boat that is built outdoors has risks, and those of ours have been written
Down in another file, which the harbour master keeps and which is read once each
Week by those who build.
",
        expect![],
    );
}

#[test]
fn risks_that_are_over_are_risks() {
    check(
        "\
| Risk ID | Description | Date closed | Outcome |
| --- | --- | --- | --- |
| R8 | Late paint | 3 May | Retired |
",
        expect![[r#"
            risk R8
              title: Late paint
              (Date closed): 3 May
              (Outcome): Retired
            risk: has the columns risk id and date closed, 1
        "#]],
    );
}

#[test]
fn windows_in_brackets_behind_a_name_are_its_window() {
    check(
        "\
## Milestone 1: Keel (Weeks 1–2)

## Milestone 2: Mast (Target: Q3 2026)

## Milestone 3: Sails (white)
",
        expect![[r#"
            milestone M1
              name: Keel
              window: Weeks 1–2
            milestone M2
              name: Mast
              window: Q3 2026
            milestone M3
              name: Sails (white)
            milestone: the heading `Milestone 1: Keel (Weeks 1–2)`, 1
            milestone: the heading `Milestone 2: Mast (Target: Q3 2026)`, 1
            milestone: the heading `Milestone 3: Sails (white)`, 1
        "#]],
    );
}

#[test]
fn lists_in_yaml_are_found_under_other_keys() {
    check_file(
        "plan.yaml",
        "\
project:
  name: Boat
  milestones:
    - name: Keel
      target_date: 2026-03-01
",
        expect![[r#"
            milestone –
              name: Keel
              window: 2026-03-01
            milestone: the key `milestones`, 1
            nothing: keys beside the lists of records, 0
        "#]],
    );
    check_file(
        "boat.yaml",
        "\
owner: Ana
phases:
  - name: Keel
    duration: 2 weeks
    acceptance_criteria: [Keel is straight]
tools:
  - name: saw
    price: 40
",
        expect![[r#"
            milestone –
              name: Keel
              window: 2 weeks
              exit: Keel is straight
            milestone: the key `phases`, whose entries have duration, 1
            nothing: keys beside the lists of records, 0
        "#]],
    );
}

#[test]
fn lists_of_evidence_stand_under_a_heading_or_a_label() {
    check(
        "\
## Milestone 1: Keel

**Exit criteria:**
- Keel is straight

**Evidence:**
- [Survey](survey.pdf)
- E7: Photo of the keel

### Milestone 2: Mast

Words.

## Evidence

- `logs/mast.txt`
- –
",
        expect![[r#"
            milestone M1
              name: Keel
              exit: Keel is straight
            evidence –
              title: Survey
              location: Survey
            evidence E7
              title: Photo of the keel
            milestone M2
              name: Mast
            evidence –
              title: logs/mast.txt
              location: logs/mast.txt
            milestone: the heading `Milestone 1: Keel`, 1
            evidence: a list under `Evidence` of `Milestone 1: Keel`, 2
            milestone: the heading `Milestone 2: Mast`, 1
            evidence: a list under the heading `Evidence`, 1
        "#]],
    );
}

#[test]
fn gates_in_yaml_are_milestones_with_criteria() {
    check_file(
        "plan.yaml",
        "\
gates:
  - id: G1
    name: Design
    criteria: [Plans drawn]
    evidence: [drawings]
",
        expect![[r#"
            milestone G1
              name: Design
              exit: Plans drawn
              (evidence): drawings
            milestone: the key `gates`, whose entries have criteria, 1
        "#]],
    );
}

#[test]
fn evidence_behind_a_label_of_a_milestone_is_evidence() {
    check(
        "\
### Milestone 1: Pump trial

- **Status:** Done
- **Artifacts:**
  - [Pressure log](logs/pressure.pdf)
  - Photograph of the seal
- **Deliverables:** Two pumps

### Meilenstein 2: Probelauf

**Status:** offen
**Nachweise:** Protokoll der Prüfung
",
        expect![[r#"
            milestone M1
              name: Pump trial
              declared: Done
              (Deliverables): Two pumps
            evidence –
              title: Pressure log
              location: Pressure log
            evidence –
              title: Photograph of the seal
            milestone M2
              name: Probelauf
              declared: offen
            evidence –
              title: Protokoll der Prüfung
            milestone: the heading `Milestone 1: Pump trial`, 1
            evidence: what `Artifacts` of `Milestone 1: Pump trial` says, 2
            milestone: the heading `Meilenstein 2: Probelauf`, 1
            evidence: what `Nachweise` of `Meilenstein 2: Probelauf` says, 1
        "#]],
    );
}

#[test]
fn labels_of_criteria_and_risks_are_read_in_four_languages() {
    check(
        "\
### Jalon 1 : Essai

**Critères d'entrée :**

- [ ] Budget approuvé

**Critères de sortie :**

- [x] Essai réussi

### Hito 2: Prueba

**Criterios de salida**

- Prueba superada

## Risiken

### Lieferant fällt aus

**Auswirkung:** hoch
**Maßnahme:** Zweiten Lieferanten suchen

## Risques

### Retard du fournisseur

- **Impact :** élevé
- **Mesures :** Chercher un second

## Riesgos

### Proveedor tarde

- **Impacto:** alto
- **Mitigación:** Buscar otro
",
        expect![[r#"
            milestone M1
              name: Essai
              entry: Budget approuvé
              exit: Essai réussi
            milestone M2
              name: Prueba
              exit: Prueba superada
            risk –
              title: Lieferant fällt aus
              impact: hoch
              response: Zweiten Lieferanten suchen
            risk –
              title: Retard du fournisseur
              impact: élevé
              response: Chercher un second
            risk –
              title: Proveedor tarde
              impact: alto
              response: Buscar otro
            milestone: the heading `Jalon 1 : Essai`, 1
            milestone: the heading `Hito 2: Prueba`, 1
            risk: the heading `Lieferant fällt aus` under `Risiken`, 1
            risk: the heading `Retard du fournisseur` under `Risques`, 1
            risk: the heading `Proveedor tarde` under `Riesgos`, 1
        "#]],
    );
}

#[test]
fn a_title_or_a_second_line_above_the_columns_is_no_record() {
    check(
        "\
| Risk register |  |  |
| --- | --- | --- |
| ID | Risk | Impact |
| R1 | Pump leaks | High |

| ID | Milestone | Dates |  |
| --- | --- | --- | --- |
|  |  | Baseline | Forecast |
| M1 | Pump trial | 2026-03-02 | 2026-03-09 |
",
        expect![[r#"
            risk R1
              title: Pump leaks
              impact: High
            milestone M1
              name: Pump trial
              baseline: 2026-03-02
              window: 2026-03-09
            risk: has the columns id and impact, 1
            milestone: has the columns id and forecast, 1
        "#]],
    );
}

#[test]
fn a_table_in_a_list_and_one_with_bold_names_are_registers() {
    check(
        "\
1. Our list

   | **ID** | **Milestone** | **Target date** |
   | --- | --- | --- |
   | **M1** | **Pump trial** | 2026-03-02 |
   | **M2** | Valve trial | 2026-04-02 |
",
        expect![[r#"
            milestone M1
              name: Pump trial
              window: 2026-03-02
            milestone M2
              name: Valve trial
              window: 2026-04-02
            milestone: has the columns id and target date, 2
        "#]],
    );
}

#[test]
fn rows_from_a_spreadsheet_are_records() {
    check(
        "ID\tMilestone\tTarget date\tExit criteria\nM1\tPump trial\t2026-03-02\t\"Seal holds\nLog signed\"\n",
        expect![[r#"
            milestone M1
              name: Pump trial
              window: 2026-03-02
              exit: Seal holds
            Log signed
            milestone: has the columns id and exit criteria, 1
        "#]],
    );
}

#[test]
fn a_legend_is_told_and_what_is_no_status_is_kept() {
    check(
        "\
Legend: ✅ planned, 🟡 at risk, 🧊 in the freezer

| ID | Milestone | Target date | Status |
| --- | --- | --- | --- |
| M1 | Pump trial | 2026-03-02 | ✅ |
",
        expect![[r#"
            milestone M1
              name: Pump trial
              window: 2026-03-02
              declared: ✅
            nothing: it says what marks mean in this file, 0
            milestone: has the columns id and target date, 1
        "#]],
    );
}

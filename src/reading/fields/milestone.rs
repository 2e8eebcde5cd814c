//! The fields of milestones and criteria.

use crate::reading::fields::{Field, Kind, Sort};

#[rustfmt::skip]
pub const MILESTONE: &[Field] = &[
    Field::new("id", Sort::Words, &[
        "milestone id", "milestone no", "milestone number", "milestone ref", "ms", "id no", "nr", "no", "num", "number", "ref", "reference", "#",
        "code", "key", "meilenstein id", "meilenstein nr", "kennung", "nummer", "numero", "n", "id jalon", "id hito",
    ], "the milestone's id, as other records name it").required(),
    Field::new("name", Sort::Words, &[
        "milestone name", "milestone", "title", "milestone title", "meilenstein", "jalon", "hito", "phase", "stage", "gate", "what", "goal",
        "titel", "bezeichnung", "titre", "nom", "intitule", "titulo", "nombre", "etape", "fase",
    ], "what the milestone is called").required(),
    Field::new("description", Sort::Words, &[
        "milestone description", "summary", "scope", "objective", "objectives", "details", "beschreibung", "ziel", "umfang", "objectif", "descripcion", "objetivo", "alcance",
    ], "what the milestone stands for, in a sentence or two").required(),
    Field::new("owner", Sort::Words, &[
        "milestone owner", "lead", "responsible", "accountable", "dri", "assignee", "assigned to", "who", "verantwortlich", "verantwortlicher", "zustandig",
        "responsable", "pilote", "propietario",
    ], "who answers for it: a person or a role").required(),
    Field::new("window", Sort::Window, &[
        "target window", "target date", "target", "due date", "due", "deadline", "date", "timeline", "timeframe", "time frame", "estimated timeframe",
        "estimated duration", "duration", "target week", "target quarter", "target completion", "planned completion", "due by", "schedule", "when", "week", "weeks", "sprint", "month", "quarter", "eta", "expected date", "planned date", "planned", "completion date",
        "zielfenster", "zieltermin", "termin", "datum", "frist", "zeitraum", "woche", "wochen", "falligkeit", "fallig",
        "echeance", "date cible", "periode", "date prevue", "semaine", "fecha", "fecha objetivo", "plazo", "semana", "ventana",
    ], "when it is meant to be reached: `Weeks 1–3`, `Q3 2026`, `2026-03-16`").required(),
    Field::new("baseline", Sort::Window, &["baseline window", "baseline date", "original date", "original window", "basisplan", "date initiale", "linea base"],
        "the window that was agreed, where no frozen version holds it"),
    Field::new("forecast", Sort::Window, &["forecast window", "forecast date", "current forecast", "revised date", "prognose", "prevision", "pronostico"],
        "the window that is expected now, where it is not the target window"),
    Field::new("actual", Sort::Date, &["actual date", "achieved on", "achieved", "completed on", "completed", "done on", "reached on", "ist termin", "erreicht am", "date reelle", "fecha real"],
        "the date on which it was reached"),
    Field::new("entry", Sort::Criteria, &[
        "entry criteria", "entrance criteria", "entry criterion", "entry gate", "entry conditions", "entry gate criteria", "preconditions", "precondition", "prerequisites", "prerequisite",
        "eintrittskriterien", "eingangskriterien", "voraussetzungen", "criteres d entree", "prerequis", "criterios de entrada", "requisitos previos",
    ], "what must be so before work on it begins").required(),
    Field::new("exit", Sort::Criteria, &[
        "exit criteria", "exit criterion", "acceptance criteria", "acceptance criterion", "success criteria", "completion criteria", "closure criteria",
        "exit conditions", "exit gate criteria", "exit gate", "gate condition", "gate conditions", "gate criteria", "definition of done", "done when", "criteria", "key milestones",
        "austrittskriterien", "ausgangskriterien", "abnahmekriterien", "akzeptanzkriterien", "erfolgskriterien", "kriterien",
        "criteres de sortie", "criteres d acceptation", "critere mesurable", "criteres", "criterios de salida", "criterios de aceptacion", "criterios",
    ], "what must be so before it counts as reached").required(),
    Field::new("depends_on", Sort::References(&[Kind::Milestone]), &[
        "dependencies", "dependency", "blocked by", "predecessors", "predecessor", "dependent on", "requires", "after",
        "abhangig von", "abhangigkeiten", "vorganger", "depend de", "dependances", "depende de", "dependencias",
    ], "the milestones that must be reached first"),
    Field::new("entry_gate_date", Sort::Date, &["entry date"], "the day of the entry gate, where it is not the start of the window"),
    Field::new("exit_gate_date", Sort::Date, &["exit date", "gate date"], "the day of the exit gate, where it is not the end of the window"),
    Field::new("authority", Sort::Map(BOTH_GATES), &["decision authority", "gate authority", "approver", "approved by"],
        "who decides at its gates: one role or person, or `{entry, exit}`"),
    Field::new("tolerance", Sort::Map(TOLERANCE), &[], "how late it may be, in working days, before it is amber and red"),
    Field::new("declared", Sort::Status, &["status", "rag", "rag status", "state", "health", "declared status", "progress status", "ampel", "zustand", "etat", "statut", "estado"],
        "the status that somebody says; it can lower the derived colour and never raise it"),
    Field::new("reason", Sort::Words, &["declared reason", "status reason", "why", "grund", "raison", "motivo"], "why the declared status is what it is"),
    Field::new("reviewed_on", Sort::Date, &["reviewed", "last reviewed", "review date", "last updated", "updated", "as of", "stand"], "when somebody last looked at it"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
    Field::new("tags", Sort::List, &["tag", "labels", "label", "schlagworte", "etiquettes", "etiquetas"], "words to group it by"),
];

#[rustfmt::skip]
pub const CRITERION: &[Field] = &[
    Field::new("id", Sort::Words, &["criterion id", "criterion", "criteria id", "id no", "ref", "reference", "no", "nr", "#", "kriterium", "kriterium id", "critere", "criterio"],
        "the criterion's id; without one it is `M2-E1` or `M2-X1` by position").required(),
    Field::new("text", Sort::Words, &["criterion text", "criteria", "description", "what", "name", "title", "wording", "beschreibung", "texte", "texto", "descripcion"],
        "what must be so, in words that can be checked").required(),
    Field::new("gate", Sort::Gate, &["of gate", "milestone gate"], "the gate it belongs to, `M2 exit`, where its id does not say so"),
    Field::new("mandatory", Sort::Flag, &["required", "must", "pflicht", "obligatoire", "obligatorio"], "`no` makes it advisory"),
    Field::new("validity", Sort::OneOf(&["point_in_time", "standing"]), &["gultigkeit", "validite", "validez"],
        "whether its evidence must hold on the day of the decision, or go on holding"),
    Field::new("method", Sort::OneOf(&["test", "inspection", "analysis", "demonstration", "attestation"]), &["verification method", "verification", "how", "methode", "metodo"],
        "how it is verified"),
    Field::new("wants", Sort::Words, &["evidence type", "evidence wanted", "evidence required", "required evidence", "wanted evidence"], "the type of evidence it wants"),
    Field::new("acceptor", Sort::Words, &["accepted by", "acceptor role", "approver", "abnehmer", "accepteur", "aceptante"], "the role that must accept its evidence"),
    Field::new("owner", Sort::Words, &["criterion owner", "lead", "responsible", "accountable", "dri", "assignee", "who", "verantwortlich", "responsable", "propietario"],
        "who brings it about; without one, the milestone's owner"),
    Field::new("due", Sort::Date, &["due date", "due on", "by when", "deadline", "date", "termin", "frist", "echeance", "fecha", "plazo"],
        "when it must be met; without one, the gate date"),
    Field::new("not_applicable", Sort::Map(TAILORING), &["tailoring", "tailored out", "n a"], "a ruling that it does not apply"),
];

/// Who decides at each gate.
#[rustfmt::skip]
pub const BOTH_GATES: &[Field] = &[
    Field::new("entry", Sort::Words, &["entry gate"], "who decides at the entry gate"),
    Field::new("exit", Sort::Words, &["exit gate"], "who decides at the exit gate"),
];

#[rustfmt::skip]
pub const TOLERANCE: &[Field] = &[
    Field::new("amber_days", Sort::Number, &["amber"], "working days of slip from which it is amber"),
    Field::new("red_days", Sort::Number, &["red"], "working days of slip from which it is red"),
    Field::new("red_percent", Sort::Number, &[], "percent of its length from which it is red"),
];

#[rustfmt::skip]
pub const TAILORING: &[Field] = &[
    Field::new("reason", Sort::Words, &["why", "because"], "why it does not apply"),
    Field::new("approver", Sort::Words, &["approved by", "by"], "who ruled so"),
    Field::new("date", Sort::Date, &["approved on", "on"], "when"),
];

/// From the widest audience to the narrowest.
pub const VISIBILITIES: &[&str] = &["public", "stakeholder", "restricted"];

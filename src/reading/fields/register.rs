//! The fields of risks, issues, assumptions, dependencies, reviews, confidence and changes.

use crate::reading::fields::milestone::VISIBILITIES;
use crate::reading::fields::{Field, Kind, Sort};

#[rustfmt::skip]
pub const RISK: &[Field] = &[
    Field::new("id", Sort::Words, &["risk id", "risk no", "risk number", "risk ref", "id no", "ref", "reference", "no", "nr", "num", "number", "#", "code", "risiko id", "risiko nr", "nummer", "numero", "id risque", "id riesgo"],
        "the risk's id").required(),
    Field::new("title", Sort::Words, &["risk title", "risk", "risk name", "risk description", "name", "description", "what", "risk statement", "threat", "hazard", "risiko", "titel", "bezeichnung", "beschreibung", "risque", "titre", "libelle", "riesgo", "titulo", "descripcion"],
        "the risk in words; or `cause`, `event` and `effect`").required(),
    Field::new("cause", Sort::Words, &["because of", "root cause", "ursache", "causa"], "what could bring it about"),
    Field::new("event", Sort::Words, &["risk event", "ereignis", "evenement", "evento"], "what could happen"),
    Field::new("effect", Sort::Words, &["consequence", "consequences", "auswirkungen", "folge", "effet", "efecto", "consecuencia"], "what would follow"),
    Field::new("category", Sort::Words, &["risk category", "type", "risk type", "area", "kategorie", "categorie", "categoria"], "what sort of risk it is; an appetite may be set for it"),
    Field::new("owner", Sort::Words, &["risk owner", "lead", "responsible", "accountable", "dri", "assignee", "who", "risk admin", "verantwortlich", "eigner", "responsable", "proprietaire", "propietario"],
        "the one person who answers for it").required(),
    Field::new("raised_on", Sort::Date, &["raised", "date raised", "identified", "identified on", "date identified", "opened", "date opened", "erfasst am", "identifie le", "fecha"], "when it was raised"),
    Field::new("probability", Sort::Level, &["likelihood", "prob", "p", "l", "chance", "wahrscheinlichkeit", "eintrittswahrscheinlichkeit", "probabilite", "vraisemblance", "probabilidad"],
        "how likely it is, 1–5 or a word").required(),
    Field::new("impact", Sort::Level, &["severity", "imp", "i", "s", "auswirkung", "schadenshohe", "schwere", "gravite", "impacto", "gravedad"],
        "how bad it would be, 1–5 or a word").required(),
    Field::new("score", Sort::Score, &["risk score", "rating", "risk rating", "exposure", "index", "bewertung", "criticite", "puntuacion"], "probability × impact, as written"),
    Field::new("inherent", Sort::Score, &["inherent score", "inherent risk", "gross", "gross score", "brutto"], "the score before any response"),
    Field::new("residual", Sort::Score, &["residual score", "residual risk", "current", "current score", "net", "netto", "residuel"], "the score as things stand"),
    Field::new("target", Sort::Score, &["target score", "target risk"], "the score that is aimed at"),
    Field::new("proximity", Sort::Words, &["when", "timing", "nahe", "proximite", "proximidad"], "when it could strike"),
    Field::new("response", Sort::Words, &["mitigation", "mitigation plan", "mitigation strategy", "mitigations", "mitigation fallback", "plan", "contingency", "treatment", "risk response", "countermeasure", "countermeasures", "control", "controls", "mitigation action", "mitigation actions", "mitigation approach", "mitigation measures", "response plan", "response strategy", "contingency plan", "action plan", "how we mitigate",
        "massnahme", "massnahmen", "gegenmassnahme", "gegenmassnahmen", "reponse", "traitement", "parade", "mesures", "respuesta", "mitigacion", "tratamiento"],
        "what is done about it").required(),
    Field::new("actions", Sort::Maps(ACTION), &["action", "next actions", "next action", "aktionen", "acciones"], "the steps of the response"),
    Field::new("milestones", Sort::References(&[Kind::Milestone]), &["milestone", "affects", "affected milestones", "threatens", "meilenstein", "meilensteine", "jalon", "jalons", "hito", "hitos"],
        "the milestones that it threatens").required(),
    Field::new("status", Sort::Status, &["state", "risk status", "zustand", "statut", "etat", "estado"], "open, closed …").required(),
    Field::new("reviewed_on", Sort::Date, &["reviewed", "last reviewed", "review date", "last review", "updated", "last updated"], "when somebody last looked at it"),
    Field::new("acceptance", Sort::Map(ACCEPTANCE), &["accepted"], "who bears it as it is, and until when"),
    Field::new("reason", Sort::Words, &["closure reason", "close reason", "reason for closure"], "why it was closed"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const ACTION: &[Field] = &[
    Field::new("text", Sort::Words, &["action", "description", "what", "title"], "what is to be done"),
    Field::new("actionee", Sort::Words, &["owner", "who", "assignee", "responsible"], "who does it"),
    Field::new("due", Sort::Date, &["due date", "by when", "deadline"], "by when"),
    Field::new("done_on", Sort::Date, &["done", "closed on", "completed on"], "when it was done"),
];

#[rustfmt::skip]
pub const ACCEPTANCE: &[Field] = &[
    Field::new("by", Sort::Words, &["accepted by", "approver"], "who accepted the risk"),
    Field::new("until", Sort::Date, &["expires on", "expires", "valid until"], "the last day on which the acceptance holds"),
];

/// A score given by its factors.
#[rustfmt::skip]
pub const SCORE: &[Field] = &[
    Field::new("probability", Sort::Level, &["likelihood", "p", "l"], "1–5 or a word"),
    Field::new("impact", Sort::Level, &["severity", "i", "s"], "1–5 or a word"),
];

#[rustfmt::skip]
pub const CONCERN: &[Field] = &[
    Field::new("id", Sort::Words, &["issue id", "assumption id", "dependency id", "id no", "ref", "reference", "no", "nr", "#", "nummer", "numero"], "its id").required(),
    Field::new("title", Sort::Words, &["issue", "assumption", "dependency", "name", "description", "what", "text", "problem", "annahme", "abhangigkeit", "titel", "titre", "probleme", "hypothese", "dependance", "titulo", "problema", "supuesto", "dependencia"],
        "what it is, in words").required(),
    Field::new("owner", Sort::Words, &["lead", "responsible", "accountable", "dri", "assignee", "who", "verantwortlich", "responsable", "propietario"], "who answers for it"),
    Field::new("raised_on", Sort::Date, &["raised", "date raised", "opened", "identified", "erfasst am", "ouvert le"], "when it was raised"),
    Field::new("due", Sort::Date, &["check by", "due date", "by when", "deadline", "needed by", "validate by", "date", "frist", "echeance", "plazo"], "by when it is settled or checked"),
    Field::new("severity", Sort::Words, &["impact", "priority", "schwere", "prioritat", "gravite", "priorite", "gravedad", "prioridad"], "how bad it is"),
    Field::new("milestones", Sort::References(&[Kind::Milestone]), &["milestone", "affects", "affected milestones", "meilenstein", "meilensteine", "jalon", "jalons", "hito", "hitos"], "the milestones that it touches"),
    Field::new("risks", Sort::References(&[Kind::Risk]), &["risk", "related risks", "risiko", "risque", "riesgo"], "the risks that it belongs to"),
    Field::new("status", Sort::Status, &["state", "zustand", "statut", "etat", "estado"], "open, closed …"),
    Field::new("resolution", Sort::Words, &["resolved by", "outcome", "answer", "losung", "resolucion"], "how it was settled"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const REVIEW: &[Field] = &[
    Field::new("id", Sort::Words, &["review id", "ref", "no", "nr", "#"], "the review's id"),
    Field::new("kind", Sort::Words, &["review", "review type", "type", "title", "name"], "what sort of review it was"),
    Field::new("date", Sort::Date, &["reviewed on", "review date", "datum", "fecha"], "when it was held"),
    Field::new("reviewer", Sort::Words, &["by", "reviewed by", "reviewers", "prufer", "relecteur", "revisor"], "who reviewed"),
    Field::new("independent", Sort::Flag, &["is independent", "unabhangig", "independant", "independiente"], "whether the reviewer stands outside the programme"),
    Field::new("findings", Sort::List, &["finding", "observations", "recommendations", "feststellungen", "constats", "hallazgos"], "what was found"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const CONFIDENCE: &[Field] = &[
    Field::new("id", Sort::Words, &["confidence id", "ref", "no", "nr", "#"], "its id"),
    Field::new("level", Sort::OneOf(&["green", "amber_green", "amber", "amber_red", "red"]), &["confidence", "delivery confidence", "rating", "dca", "stufe", "niveau", "nivel"], "green to red, in five steps"),
    Field::new("by", Sort::Words, &["signed by", "assessed by", "who", "person", "role"], "who signs it: a role, a person, or both"),
    Field::new("date", Sort::Date, &["signed on", "assessed on", "datum", "fecha"], "when it was signed"),
    Field::new("text", Sort::Words, &["comment", "rationale", "why", "reason", "narrative", "begrundung", "commentaire", "comentario"], "what they say"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const CHANGE: &[Field] = &[
    Field::new("id", Sort::Words, &["change id", "change", "cr", "ref", "no", "nr", "#"], "the change's id").required(),
    Field::new("record", Sort::References(Kind::ALL.as_slice()), &["record id", "of", "milestone", "affects", "datensatz", "enregistrement", "registro"], "the record that is changed").required(),
    Field::new("field", Sort::Words, &["what", "attribute", "feld", "champ", "campo"], "the field that is changed, `baseline` above all").required(),
    Field::new("from", Sort::Words, &["old", "before", "was", "von", "alt", "ancien", "de", "antes"], "what it was").required(),
    Field::new("to", Sort::Words, &["new", "now", "nach", "neu", "nouveau", "a", "despues"], "what it is now").required(),
    Field::new("reason", Sort::Words, &["why", "justification", "rationale", "grund", "raison", "motivo"], "why").required(),
    Field::new("impact", Sort::Words, &["effect", "auswirkung", "impacto"], "what follows from it"),
    Field::new("approver", Sort::Words, &["approved by", "authority", "by", "genehmigt von", "approuve par", "aprobado por"], "who approved it").required(),
    Field::new("date", Sort::Date, &["approved on", "approved", "on", "datum", "fecha"], "when it was approved").required(),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

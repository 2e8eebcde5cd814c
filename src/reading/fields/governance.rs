//! The fields of evidence, decisions and waivers.

use crate::reading::fields::milestone::VISIBILITIES;
use crate::reading::fields::{Field, Kind, Sort};

#[rustfmt::skip]
pub const EVIDENCE: &[Field] = &[
    Field::new("id", Sort::Words, &["evidence id", "id no", "ref", "reference", "no", "nr", "#", "nachweis id", "nummer", "numero"], "the evidence's id").required(),
    Field::new("title", Sort::Words, &["evidence title", "evidence", "evidence required", "evidence provided", "evidence reference", "evidence ref", "evidence artefact", "evidence artifact", "supporting evidence", "artefact", "artefacts", "artifact", "artifacts", "proof", "name", "description", "what", "document", "nachweis", "nachweise", "titel", "titre", "preuve", "preuves", "titulo", "evidencia"],
        "what it is").required(),
    Field::new("proves", Sort::References(&[Kind::Criterion]), &[
        "criterion", "criteria", "criterion id", "criteria id", "for criterion", "for criteria", "proves criteria", "supports", "satisfies", "belegt", "kriterium", "kriterien", "prouve", "critere", "criteres", "prueba", "criterio", "criterios",
    ], "the criteria it is for: `M2-X3`, or `M2-X3: rollback drills recorded`, and then the words are checked").required(),
    Field::new("type", Sort::Words, &["evidence type", "kind of evidence", "art", "typ", "nature", "tipo"], "test record, report, screenshot …").required(),
    Field::new("producer", Sort::Words, &["produced by", "author", "owner", "created by", "ersteller", "erstellt von", "producteur", "auteur", "productor", "autor"], "who made it").required(),
    Field::new("produced_on", Sort::Date, &["produced", "date", "created", "created on", "date produced", "erstellt am", "datum", "produit le", "fecha"], "when it was made").required(),
    Field::new("location", Sort::Words, &["link", "evidence link", "evidence links", "proof link", "url", "file", "path", "where", "ablage", "ort", "datei", "lien", "emplacement", "enlace", "ubicacion"], "a file of the content folder, or an address").required(),
    Field::new("sha256", Sort::Words, &["sha 256", "hash", "checksum", "seal"], "the file's sha256 when it was accepted"),
    Field::new("result", Sort::OneOf(&["pass", "fail"]), &["outcome", "verdict", "ergebnis", "resultat", "resultado"], "pass or fail"),
    Field::new("acceptor", Sort::Words, &["accepted by", "reviewer", "abgenommen von", "accepte par", "aceptado por"], "who accepted it"),
    Field::new("accepted_on", Sort::Date, &["accepted", "acceptance date", "date accepted", "abgenommen am", "accepte le", "aceptado el"], "when it was accepted"),
    Field::new("rejected_on", Sort::Date, &["rejected", "date rejected", "abgelehnt am", "rejete le", "rechazado el"], "when it was rejected"),
    Field::new("withdrawn_on", Sort::Date, &["withdrawn", "date withdrawn", "zuruckgezogen am", "retire le", "retirado el"], "when it was withdrawn"),
    Field::new("expires_on", Sort::Date, &["expires", "expiry", "expiry date", "valid until", "gultig bis", "expire le", "caduca el"], "the last day on which it holds"),
    Field::new("supersedes", Sort::References(&[Kind::Evidence]), &["replaces", "ersetzt", "remplace", "reemplaza"], "the evidence that it replaces"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const DECISION: &[Field] = &[
    Field::new("id", Sort::Words, &["decision id", "id no", "ref", "reference", "no", "nr", "#", "nummer", "numero"], "the decision's id").required(),
    Field::new("gate", Sort::Gate, &["milestone gate", "of gate", "at gate", "tor", "porte", "puerta"], "the gate it was taken at: `M2 exit`").required(),
    Field::new("outcome", Sort::OneOf(&["go", "conditional go", "hold", "recycle", "kill"]), &["decision", "result", "verdict", "entscheidung", "ergebnis", "issue", "resultado"], "what was decided").required(),
    Field::new("by", Sort::Words, &["decided by", "decider", "authority", "approver", "approved by", "entschieden von", "decide par", "decidido por"], "who decided: a role, a person, or both").required(),
    Field::new("date", Sort::Date, &["decided on", "decision date", "on", "datum", "fecha"], "when it was decided").required(),
    Field::new("minutes", Sort::Words, &["minute", "record", "protokoll", "proces verbal", "acta"], "where the minutes are"),
    Field::new("on_version", Sort::Words, &["version"], "the frozen version that was seen"),
    Field::new("resume_on", Sort::Date, &["resume", "resumes on"], "when a gate on hold is taken up again"),
    Field::new("new_gate_date", Sort::Date, &["new date", "next gate date"], "when a recycled gate is held again"),
    Field::new("conditions", Sort::Maps(CONDITION), &["condition", "auflagen", "condiciones"], "what a conditional go asks for"),
    Field::new("overrides", Sort::Maps(OVERRIDE), &["override"], "criteria that the go was taken against, and why"),
    Field::new("dissent", Sort::List, &["dissents", "dissenting", "einwande", "dissidence", "disenso"], "who disagreed, and what they said"),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

#[rustfmt::skip]
pub const CONDITION: &[Field] = &[
    Field::new("id", Sort::Words, &["condition id", "ref", "no", "#"], "the condition's id; without one it is `D1-C1` by position"),
    Field::new("text", Sort::Words, &["condition", "description", "what", "title"], "what must be done").required(),
    Field::new("criterion", Sort::References(&[Kind::Criterion]), &["criteria", "for criterion"], "the criterion that it stands for").required(),
    Field::new("owner", Sort::Words, &["responsible", "lead", "who"], "who does it").required(),
    Field::new("due", Sort::Date, &["due date", "by when", "deadline"], "by when").required(),
    Field::new("timing", Sort::OneOf(&["pre", "post"]), &["pre or post", "when", "type"], "before the gate opens (`pre`) or after it (`post`)").required(),
    Field::new("closed_on", Sort::Date, &["closed", "done on", "done"], "when it was done"),
    Field::new("evidence", Sort::References(&[Kind::Evidence]), &["proof"], "what shows that it was done"),
];

#[rustfmt::skip]
pub const OVERRIDE: &[Field] = &[
    Field::new("criterion", Sort::References(&[Kind::Criterion]), &["criteria", "id"], "the criterion that was not met").required(),
    Field::new("reason", Sort::Words, &["why", "because", "text"], "why the go was taken all the same").required(),
];

#[rustfmt::skip]
pub const WAIVER: &[Field] = &[
    Field::new("id", Sort::Words, &["waiver id", "waiver", "id no", "ref", "reference", "no", "nr", "#"], "the waiver's id").required(),
    Field::new("criterion", Sort::References(&[Kind::Criterion]), &["criteria", "criterion id", "for criterion", "waives", "kriterium", "critere", "criterio"], "the criterion that need not be met for now").required(),
    Field::new("reason", Sort::Words, &["why", "justification", "rationale", "grund", "raison", "motivo"], "why").required(),
    Field::new("approver", Sort::Words, &["approved by", "granted by", "authority", "by", "genehmigt von", "approuve par", "aprobado por"], "who granted it").required(),
    Field::new("date", Sort::Date, &["approved on", "granted on", "granted", "approved", "datum", "fecha"], "when it was granted").required(),
    Field::new("expires_on", Sort::Date, &["expires", "expiry", "expiry date", "valid until", "until", "gultig bis", "expire le", "caduca el"], "the last day on which it holds").required(),
    Field::new("visibility", Sort::OneOf(VISIBILITIES), &["audience"], "who may see it"),
];

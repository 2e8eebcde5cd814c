//! The words and marks that people use, folded: English, German, French, Spanish.

use crate::reading::words::{Outcome, Said};

pub(crate) const STATUSES: &[(Said, &str)] = &[
    (
        Said::Complete,
        "complete, completed, done, closed, passed, pass, finished, delivered, achieved, met, released, \
         shipped, live, accepted, approved, signed off, launched, deployed, reached, all done, fully \
         complete, code complete, gate passed, exit gate passed, implemented, resolved, fertig, \
         abgeschlossen, erledigt, erreicht, geliefert, abgenommen, beendet, termine, terminee, fini, finie, \
         acheve, achevee, atteint, atteinte, livre, livree, fait, clos, cloture, completado, completada, \
         completo, terminado, terminada, hecho, finalizado, finalizada, cerrado, alcanzado, entregado",
    ),
    (
        Said::Green,
        "green, on track, good, healthy, on target, on schedule, ok, okay, fine, perfect, no issues, ahead, \
         ahead of schedule, grun, im plan, planmassig, auf kurs, vert, en bonne voie, dans les temps, verde, \
         en plazo, al dia, segun lo previsto",
    ),
    (
        Said::OnPlan,
        "planned, in progress, progress, started, ongoing, active, open, not started, scheduled, pending, \
         upcoming, to do, todo, wip, work in progress, in work, underway, under way, in flight, doing, new, \
         backlog, future, next, draft, proposed, on plan, not done, not complete, not completed, incomplete, \
         not run, not yet, not yet started, in review, under review, review, in testing, testing, in \
         development, development, ready, current, now, later, awaiting approval, waiting, queued, not due, \
         unstarted, submitted, yet to start, geplant, in arbeit, laufend, lauft, in bearbeitung, begonnen, \
         gestartet, offen, nicht begonnen, nicht gestartet, ausstehend, in planung, fertig zum testen, prevu, \
         prevue, planifie, planifiee, en cours, commence, a faire, non commence, non demarre, ouvert, en \
         attente, a venir, planificado, planificada, previsto, en curso, en progreso, en marcha, iniciado, \
         pendiente, por hacer, no iniciado, abierto, sin empezar",
    ),
    (
        Said::Amber,
        "amber, yellow, orange, at risk, watch, caution, warning, partial, partially complete, partially met, \
         partly done, partly met, needs work, minor issues, some issues, concerns, slipping, needs attention, \
         attention, monitor, amber green, amber red, conditional, risk, gelb, gefahrdet, kritisch beobachtet, \
         teilweise, teilweise erledigt, jaune, a risque, partiel, a surveiller, amarillo, ambar, en riesgo, \
         parcial",
    ),
    (
        Said::Red,
        "red, blocked, delayed, late, overdue, off track, critical, failed, fail, missed, behind, behind \
         schedule, slipped, stuck, in trouble, not met, major issues, unachievable, impeded, escalated, past \
         due, not achieved, not passed, rejected, rot, blockiert, verspatet, verzogert, uberfallig, kritisch, \
         gescheitert, verfehlt, rouge, bloque, bloquee, en retard, retarde, critique, echoue, manque, rojo, \
         bloqueado, bloqueada, retrasado, retrasada, atrasado, vencido, critico, fallido",
    ),
    (
        Said::Stopped,
        "stopped, cancelled, canceled, on hold, hold, held, paused, suspended, abandoned, withdrawn, dropped, \
         terminated, killed, deferred, postponed, descoped, out of scope, wont do, discontinued, shelved, \
         frozen, parked, superseded, obsolete, gestoppt, abgebrochen, pausiert, ausgesetzt, zuruckgestellt, \
         gestrichen, verschoben, arrete, arretee, annule, annulee, suspendu, suspendue, abandonne, reporte, \
         en pause, detenido, cancelado, cancelada, suspendido, en pausa, abandonado, aplazado, pospuesto",
    ),
];

pub(crate) const UNDER_WAY: &str = "in progress, progress, started, ongoing, active, wip, work in progress, in work, underway, under way, \
     in flight, doing, in testing, testing, in development, development, in arbeit, laufend, lauft, in bearbeitung, begonnen, \
     gestartet, en cours, commence, en curso, en progreso, en marcha, iniciado";

pub(crate) const STATUS_MARKS: &[(Said, &str)] = &[
    (Said::Complete, "✅☑✔✓🏁🎉"),
    (Said::Green, "🟢💚🟩"),
    (Said::OnPlan, "⏳⌛🚧📋⬜☐🔵⚪🔄🕐📅🔜🟦🏗"),
    (Said::Amber, "🟡🟠⚠💛🟨🟧🧡"),
    (Said::Red, "🔴❌⛔🟥❗🔥✗✘🚨"),
    (Said::Stopped, "🛑⏸⏹🚫⚫"),
];

pub(crate) const PERCENT_WORDS: &str = "complete, completed, done, finished, fertig, erledigt, abgeschlossen, termine, fait, completado, \
         hecho";

pub(crate) const OUTCOMES: &[(Outcome, &str)] = &[
    (
        Outcome::Go,
        "go, approved, approve, approval, pass, passed, proceed, accepted, granted, go ahead, green light, \
         unconditional go, approved to proceed, full go, released, continue, go decision, signed off, \
         freigegeben, freigabe, genehmigt, weiter, bestanden, approuve, approuvee, valide, validee, feu vert, \
         accepte, aprobado, aprobada, aceptado, seguir, adelante",
    ),
    (
        Outcome::ConditionalGo,
        "conditional go, go conditional, conditional, conditionally approved, conditional approval, \
         conditional pass, conditionally passed, provisional go, provisionally approved, go with conditions, \
         approved with conditions, go subject to conditions, bedingtes go, bedingt freigegeben, freigabe mit \
         auflagen, go mit auflagen, go conditionnel, approuve sous conditions, approuve avec reserves, go \
         condicional, aprobado con condiciones, aprobacion condicional, aprobado condicionalmente, amber go",
    ),
    (
        Outcome::Hold,
        "hold, on hold, held, deferred, defer, postponed, postpone, paused, wait, no go, nogo, not approved, \
         rejected, declined, fail, failed, not passed, no decision, suspended, zuruckgestellt, vertagt, nicht \
         freigegeben, abgelehnt, en attente, reporte, ajourne, refuse, refusee, rejete, en espera, aplazado, \
         pospuesto, rechazado, no aprobado",
    ),
    (
        Outcome::Recycle,
        "recycle, recycled, rework, redo, return, returned, resubmit, re submit, repeat, revise, sent back, \
         send back, iterate, nacharbeit, uberarbeiten, zuruck, wiederholen, a revoir, a reprendre, reprendre, \
         revisar, rehacer, repetir, devuelto",
    ),
    (
        Outcome::Kill,
        "kill, killed, stop, stopped, cancel, cancelled, canceled, terminate, terminated, abandon, abandoned, \
         discontinue, discontinued, close down, abbruch, abgebrochen, gestoppt, eingestellt, arret, arrete, \
         abandonne, annule, cancelado, detenido, abandonado",
    ),
];

pub(crate) const OUTCOME_MARKS: &[(Outcome, &str)] = &[
    (Outcome::Go, "✅☑✔✓🟢👍"),
    (Outcome::ConditionalGo, "🟡🟠⚠"),
    (Outcome::Hold, "⏸⏳🔴❌✗✘"),
    (Outcome::Recycle, "🔁🔄♻"),
    (Outcome::Kill, "🛑⏹⛔💀"),
];

/// Words beginning so make a go conditional.
pub(crate) const CONDITION_STEMS: &str =
    "condition, provisional, auflage, bedingung, bedingt, reserve, condicion, vorbehalt";
pub(crate) const CONDITION_PHRASES: &str =
    "subject to, provided that, provided, pending, sous reserve, siempre que, sofern";
pub(crate) const UNCONDITIONAL: &str = "unconditional, unconditionally, no conditions, without conditions, without condition, ohne auflagen, \
         ohne bedingungen, sans reserve, sans condition, sans conditions, sin condiciones";

pub(crate) const VERDICTS: &[(bool, &str)] = &[
    (
        true,
        "pass, passed, passes, ok, okay, success, successful, succeeded, accepted, approved, met, green, \
         bestanden, erfolgreich, reussi, reussie, conforme, valide, aprobado, superado, exito",
    ),
    (
        false,
        "fail, failed, fails, failure, not passed, not met, rejected, unsuccessful, not accepted, not ok, \
         red, nicht bestanden, fehlgeschlagen, durchgefallen, echoue, echec, non conforme, rejete, refuse, \
         fallido, suspendido, rechazado, no superado",
    ),
];

pub(crate) const TICKS: &[(bool, &str)] = &[(true, "✅☑✔✓🟢👍"), (false, "❌✗✘🔴⛔👎☐⬜")];

pub(crate) const OPEN: &[(bool, &str)] = &[
    (
        true,
        "open, active, ongoing, monitoring, monitored, monitor, watching, mitigating, mitigated, accepted, in \
         progress, new, identified, raised, escalated, pending, reopened, re opened, live, treating, \
         transferred, under review, assessed, analysed, analyzed, proposed, draft, blocked, at risk, not \
         started, planned, on hold, not yet validated, unvalidated, unresolved, not closed, still open, \
         partially mitigated, partial, managed, in mitigation, being mitigated, investigating, assigned, \
         deferred, offen, aktiv, in bearbeitung, in arbeit, laufend, neu, beobachtet, ouvert, ouverte, actif, \
         active en cours, en cours, nouveau, surveille, abierto, abierta, activo, en curso, nuevo, pendiente, \
         en seguimiento",
    ),
    (
        false,
        "closed, close, resolved, retired, done, complete, completed, eliminated, expired, avoided, occurred, \
         materialised, materialized, realised, realized, cancelled, canceled, withdrawn, fixed, obsolete, \
         rejected, invalid, no longer applicable, not applicable, superseded, validated, dismissed, removed, \
         inactive, passed, geschlossen, erledigt, behoben, gelost, eingetreten, abgeschlossen, inaktiv, \
         ferme, fermee, clos, close, resolu, resolue, termine, leve, survenu, cerrado, cerrada, resuelto, \
         resuelta, eliminado, ocurrido, inactivo",
    ),
];

pub(crate) const OPEN_MARKS: &[(bool, &str)] = &[(true, "🔴🟠🟡🟢⚠🔥❗🚨⏳🚧👀"), (false, "✅☑✔✓🏁")];

pub(crate) const YES: &[(bool, &str)] = &[
    (true, "yes, y, true, x, on, 1, ja, j, wahr, oui, vrai, si, s, verdadero"),
    (false, "no, n, false, off, 0, nein, falsch, non, faux, falso"),
];

/// Words behind a known phrase that leave its meaning: "Retired by …", "Closed on 3 May".
pub(crate) const LINKS: &str = "by, on, with, until, since, for, from, in, at, to, due, as, of, via, after, per, pending, except, \
         but, and, because, subject, early, late, today, yesterday, w, see, now, again, am, seit, sous, bis, mit, \
         durch, wegen, und, fur, von, le, depuis, par, avec, et, pour, en, el, desde, por, con, y, para, \
         hasta";

/// Words that leave open whether the rest holds, whatever it is.
pub(crate) const UNSETTLED: &str = "draft, proposed, proposal, expected, planned, recommended, tentative, tentatively, tbc, tbd, probably, likely, maybe, perhaps, \
         hopefully, revoked, rescinded, overturned, retracted, not yet, minutes to follow, to be confirmed, to be approved, to be decided, \
         to be ratified, tomorrow, next week, next month, entwurf, vorgeschlagen, geplant, erwartet, vielleicht, propose, prevu, \
         peut etre, projet, borrador, propuesto, previsto, quizas";
/// Words that say that something is left.
pub(crate) const PARTIAL: &str = "pending, except, excepting, excluding, but, partial, partially, partly, mostly, almost, nearly, unless, if, when, once, until, \
         aber, teilweise, ausser, wenn, falls, sauf, mais, si, pero, salvo, parcial, parcialmente";
/// Words that take something back from a pass or a go.
pub(crate) const HEDGES: &str = "no, not, non, nicht, kein, keine, with, mit, avec, con, without, sans, only, nur, seulement, solo, subject, provided, \
         principle, follow, follows, open, outstanding, remaining, fix, fixes, fixed, defect, defects, issue, issues, remark, remarks, \
         finding, findings, concern, concerns, risk, risks, fail, failed, fails, failure, reject, rejected, hold, stop, stopped, \
         kill, killed, cancelled, deferred, conditional, conditionally, provisional, provisionally, waiver, waived, will, would, \
         should, could, may not, next, later, soon, end of, missing, incomplete, retest, rework, todo, review, unter, sous, \
         bajo, rest, todo";
/// Words in front of whoever did it.
pub(crate) const BY: &str = "by, von, vom, durch, par, por";
/// Words that may stand in the tail of a pass or a go.
pub(crate) const TAIL_FILLERS: &str = "on, at, the, in, and, am, dem, den, der, und, le, la, el, et, y, de, via, for, per, since, seit, depuis, desde, th, st, nd, rd";
pub(crate) const MONTHS: &str = "jan, feb, mar, apr, may, jun, jul, aug, sep, sept, oct, nov, dec, january, february, march, april, june, july, august, \
         september, october, november, december, januar, februar, marz, mai, juni, juli, oktober, dezember, janvier, fevrier, \
         mars, avril, juin, juillet, aout, septembre, octobre, novembre, decembre, enero, febrero, marzo, abril, mayo, junio, \
         julio, agosto, septiembre, octubre, noviembre, diciembre, mon, tue, wed, thu, fri, sat, sun, monday, tuesday, \
         wednesday, thursday, friday, saturday, sunday";

/// Words in the place of a person, a part of its own, that name none.
pub(crate) const NOBODY: &str = "pending, rejected, declined, refused, accepted, approved, not accepted, not approved, nobody, various, noone, no one, none, no, yes, y, n, \
         nein, ja, non, oui, si, true, false, ok, okay, done, open, closed, pass, passed, fail, failed, awaiting, waiting, \
         absent, vacant, unassigned, anonymous, someone, somebody, anyone, anybody, unclear, undecided, not yet, not decided, x, \
         not known, not signed, unsigned, niemand, offen, ausstehend, personne, en attente, nadie, pendiente, n a, na, nil, null, deferred, \
         withdrawn";
pub(crate) const NOBODY_STARTS: &str = "not , to be , will be , would be , awaiting , waiting , wait for , tba , tbc , tbd , pending , nobody , no one , rejected by , \
         declined by , refused by , yet to , still to , noch ";

/// Words for what is still to come.
pub(crate) const TO_COME: &str = "pending, awaiting, awaited, waiting, to be, yet to, still to, undecided, not decided, open, noch, offen, ausstehend, \
         en attente, pendiente";

/// Words in the place of a date for that there is none.
pub(crate) const DENIALS: &str = "no, never, permanent, permanently valid, no expiry, no expiry date, does not expire, unlimited, indefinite, not \
         rejected, not withdrawn, nein, nie, unbefristet, non, jamais, permanente, nunca";

pub(crate) const PLACEHOLDERS: &str = "tbd, t b d, tbc, tba, tbn, xx, xxx, xxxx, todo, fixme, unknown, to be defined, to be determined, to be \
         confirmed, to be decided, to be announced, to be agreed, to be assigned, to follow, not yet known, \
         zu klaren, noch offen, noch zu klaren, wird noch festgelegt, offen tbd, a definir, a confirmer, a \
         determiner, a preciser, por definir, por confirmar, por determinar, placeholder, insert here, fill \
         in, pendiente de definir, n n, nn";
pub(crate) const PLACEHOLDER_STARTS: &str = "lorem ipsum, insert , enter your , your name, click to";
pub(crate) const DATE_TEMPLATES: &str = "yyyy-mm, dd/mm, mm/dd, mm/yyyy, dd.mm, tt.mm, jj/mm, jj.mm, dd-mm, mm-dd, yyyymmdd, aaaa-mm, \
         jjjj-mm, yyyy/mm";
pub(crate) const BRACES: &[(char, char)] = &[('[', ']'), ('{', '}'), ('<', '>')];

pub(crate) const NOTHING: &str = "n a, na, none, none yet, none so far, not yet, nothing yet, no response, no response yet, no mitigation, no mitigation yet, nil, nothing, null, not applicable, keine, keiner, kein, entfallt, nichts, aucun, \
         aucune, neant, sans objet, rien, ninguno, ninguna, nada, no aplica, empty, not required";

/// Letters with accents and what they are compared as.
pub(crate) const LETTERS: &[(&str, &str)] = &[
    ("àáâãäåā", "a"),
    ("èéêëēę", "e"),
    ("ìíîïī", "i"),
    ("òóôõöøō", "o"),
    ("ùúûüū", "u"),
    ("çčć", "c"),
    ("ñń", "n"),
    ("ýÿ", "y"),
    ("šś", "s"),
    ("žźż", "z"),
    ("ß", "ss"),
    ("œ", "oe"),
    ("æ", "ae"),
    ("ł", "l"),
];

/// What the two columns of a card are called.
pub(crate) const CARD_LABELS: &str =
    "field, fields, attribute, property, item, key, element, aspect, feld, merkmal, champ, attribut, campo, atributo";
pub(crate) const CARD_VALUES: &str = "value, values, detail, details, description, content, entry, information, wert, angabe, inhalt, valeur, detalle, \
         valor";

/// Labels over what the marks of a file mean.
pub(crate) const LEGENDS: &str = "legend, legends, key, status key, status legend, legend of marks, colour key, color key, symbol key, symbols, \
         rag key, rag legend, rag status key, legende, zeichenerklarung, schlussel, symbole, cle, symboles, leyenda, clave, simbolos";
/// What the two columns of such a table are called.
pub(crate) const MARKS: &str = "mark, marks, symbol, icon, emoji, sign, colour, color, status, rag, zeichen, ampel, farbe, symbole, signe, couleur, \
         simbolo, icono, signo";
pub(crate) const MEANINGS: &str = "meaning, meanings, means, definition, explanation, description, bedeutung, erklarung, beschreibung, signification, \
         sens, explication, significado, explicacion";

/// Words beside the name of a kind in a heading that heads its records and nothing else: "Key project risks".
pub(crate) const LISTING_FILLERS: &str = "project, programme, program, product, delivery, key, main, major, top, open, current, active, known, our, the, \
         a, of, and, with, their, list, plan, log, register, overview, potential, identified, principal, und, et, y, die, les, los, \
         projekt, projet, proyecto, wichtigste, principaux, principales";
/// Labels over a list of evidence.
pub(crate) const EVIDENCE_LABELS: &str = "evidence, evidence links, supporting evidence, evidence list, evidence provided, proof, proofs, artifacts, artefacts, evidence and artifacts, \
         evidence and artefacts, nachweis, nachweise, belege, artefakte, preuve, preuves, justificatifs, evidencia, evidencias, pruebas, artefactos";
/// Words that answer to a risk in such a heading: what stands behind a risk is then its response.
pub(crate) const ANSWERS: &str = "mitigation, mitigations, response, responses, contingency, contingencies, countermeasures, treatment, treatments, \
         massnahmen, gegenmassnahmen, mesures, parades, mitigacion, medidas";
/// Words that, with a number, name a step of a plan: a milestone where gates stand under it.
pub(crate) const STEPS: &str = "phase, stage, gate, tranche, etappe, etape, fase, etapa";
/// Words in front of a registered item's number that name its kind: `ASMP-001`.
pub(crate) const ID_WORDS: &[(crate::reading::fields::Kind, &str)] = &[
    (crate::reading::fields::Kind::Risk, "rsk, rk, risk"),
    (crate::reading::fields::Kind::Issue, "iss, issue"),
    (crate::reading::fields::Kind::Assumption, "asm, asmp, assumption"),
    (crate::reading::fields::Kind::Dependency, "dep, dependency"),
];

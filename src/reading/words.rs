//! Status words and marks onto one vocabulary.

/// What a declared status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Complete,
    Green,
    OnPlan,
    Amber,
    Red,
    Stopped,
}

/// `Done`, `✅`, `🟢 on track`, `At risk`, `abgeschlossen` …; None where the words are no status.
pub fn status(text: &str) -> Option<Said> {
    let folded = fold(text);
    if let Some(share) = percentage(&folded) {
        return Some(if share >= 100 { Said::Complete } else { Said::OnPlan });
    }
    decide(&folded, STATUSES, STATUS_MARKS)
}

/// The outcome of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Go,
    ConditionalGo,
    Hold,
    Recycle,
    Kill,
}

/// `Go`, `conditional go`, `GO with conditions`, `Approved`, `hold` …; None where they are none.
pub fn outcome(text: &str) -> Option<Outcome> {
    let folded = fold(text);
    let words = key(&folded);
    // "Go / no-go" is the question and not its answer.
    if holds(&words, "no go") && words.replacen("no go", "", 1).split(' ').any(|word| word == "go") {
        return None;
    }
    let outcome = decide(&folded, OUTCOMES, OUTCOME_MARKS)?;
    // "Approved, subject to …" must never be read as the go alone.
    let unconditional = phrases(UNCONDITIONAL).any(|phrase| holds(&words, phrase));
    let conditional = words.split(' ').any(|word| phrases(CONDITION_STEMS).any(|stem| word.starts_with(stem)))
        || phrases(CONDITION_PHRASES).any(|phrase| holds(&words, phrase));
    match outcome {
        Outcome::Go if conditional && !unconditional => Some(Outcome::ConditionalGo),
        other => Some(other),
    }
}

/// `pass`, `passed`, `✅` → true; `fail`, `failed`, `❌` → false.
pub fn verdict(text: &str) -> Option<bool> {
    decide(&fold(text), VERDICTS, TICKS)
}

/// Whether a risk or issue with this status is still open; None where the word is not known. A mitigated or accepted
/// risk is still one: only words that end it close it.
pub fn is_open(text: &str) -> Option<bool> {
    decide(&fold(text), OPEN, OPEN_MARKS)
}

/// `yes`, `true`, `✅`, `ja`, `oui`, `sí` → true, and their opposites.
pub fn yes(text: &str) -> Option<bool> {
    decide(&fold(text), YES, TICKS)
}

/// `TBD`, `TBC`, `?`, `yyyy-mm-dd`, `…`, template text in braces: a place that somebody means to fill.
pub fn is_placeholder(text: &str) -> bool {
    let folded = fold(text);
    let words = key(&folded);
    if is_listed(PLACEHOLDERS, &words) || phrases(PLACEHOLDER_STARTS).any(|start| words.starts_with(start)) {
        return true;
    }
    if !folded.is_empty() && folded.chars().all(|letter| matches!(letter, '?' | '.' | '…' | '_' | ' ')) {
        return true;
    }
    let letters: String = folded.chars().filter(|letter| !letter.is_whitespace()).collect();
    phrases(DATE_TEMPLATES).any(|template| letters.contains(template))
        || folded.contains("{{") && folded.contains("}}")
        || BRACES.iter().any(|(open, close)| is_braced(&folded, *open, *close))
}

/// Words that say there is nothing: the empty text, `-`, `–`, `n/a`, `none`, `keine`.
pub fn is_nothing(text: &str) -> bool {
    let folded = fold(text);
    folded.chars().all(|letter| matches!(letter, '-' | '/' | ' ' | '~' | '∅')) || is_listed(NOTHING, &key(&folded))
}

/// A text as texts are compared here: lower case, without accents and Markdown marks, every dash `-`, every quote
/// `'`, every run of white space one space, none outside.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '*' | '`' | '\u{fe0f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            '‐'..='―' | '−' | '﹣' | '－' => folded.push('-'),
            '‘' | '’' | '‚' | '´' | '“' | '”' | '„' | '«' | '»' | '"' => folded.push('\''),
            space if space.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            other => match LETTERS.iter().find(|(accented, _)| accented.contains(other)) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.push(other),
            },
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether a table row, phrases with a comma and a space between them, has this phrase.
pub(crate) fn is_listed(row: &'static str, phrase: &str) -> bool {
    phrases(row).any(|listed| listed == phrase)
}

fn phrases(row: &'static str) -> impl Iterator<Item = &'static str> {
    row.split(", ")
}

/// Looks words up; where there are none, the first mark that is known.
fn decide<T: Copy>(folded: &str, words: &[(T, &'static str)], marks: &[(T, &str)]) -> Option<T> {
    if key(folded).is_empty() {
        let mut letters = folded.chars();
        return letters.find_map(|letter| marks.iter().find(|(_, row)| row.contains(letter)).map(|(value, _)| *value));
    }
    look_up(folded, words)
}

/// The value whose phrase is all the words, or all of them before a sign, or begins them with a linking word behind it.
fn look_up<T: Copy>(folded: &str, table: &[(T, &'static str)]) -> Option<T> {
    let exact = |words: &str| table.iter().find(|(_, row)| is_listed(row, words)).map(|(value, _)| *value);
    let start = folded.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
    let told = &folded[start..];
    let head = told.find([',', ';', ':', '(', '[', '|', '.']).map_or(told, |end| &told[..end]);
    let head = [" - ", "/", " + ", " = "]
        .iter()
        .filter_map(|sign| head.split_once(sign))
        .map(|(head, _)| head)
        .fold(head, |shortest, other| if other.len() < shortest.len() { other } else { shortest });
    let words = key(head);
    exact(&key(folded)).or_else(|| exact(&words)).or_else(|| {
        let boundaries = words.match_indices(' ').map(|(index, _)| index).collect::<Vec<_>>();
        boundaries.into_iter().rev().find_map(|index| {
            let next = words[index + 1..].split(' ').next().unwrap_or_default();
            let links = is_listed(LINKS, next) || next.starts_with(|letter: char| letter.is_ascii_digit());
            exact(&words[..index]).filter(|_| links)
        })
    })
}

/// Letters and digits of a folded text; whatever stands between them is one space.
fn key(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            words.push(letter);
        } else if letter != '\'' && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether the phrase stands in the words as whole words.
fn holds(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(start, _)| {
        let end = start + phrase.len();
        (start == 0 || words[..start].ends_with(' ')) && (end == words.len() || words[end..].starts_with(' '))
    })
}

/// The number of `60 %`, `60% done`.
fn percentage(folded: &str) -> Option<u32> {
    let start = folded.find(|letter: char| letter.is_alphanumeric())?;
    let (number, rest) = folded[start..].split_once('%')?;
    let rest = key(rest);
    let told = rest.is_empty() || is_listed(PERCENT_WORDS, &rest);
    number.trim().parse().ok().filter(|_| told)
}

/// Whether the whole text is words in one pair of braces. A task box (`[x]`, `[ ]`) is none.
fn is_braced(folded: &str, open: char, close: char) -> bool {
    let inner = folded.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.is_some_and(|inner| {
        let inner = inner.trim();
        inner.len() > 1 && inner.contains(char::is_alphabetic) && !inner.contains([open, close])
    })
}

const STATUSES: &[(Said, &str)] = &[
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

const STATUS_MARKS: &[(Said, &str)] = &[
    (Said::Complete, "✅☑✔✓🏁🎉"),
    (Said::Green, "🟢💚🟩"),
    (Said::OnPlan, "⏳⌛🚧📋⬜☐🔵⚪🔄🕐📅🔜🟦🏗"),
    (Said::Amber, "🟡🟠⚠💛🟨🟧🧡"),
    (Said::Red, "🔴❌⛔🟥❗🔥✗✘🚨"),
    (Said::Stopped, "🛑⏸⏹🚫⚫"),
];

const PERCENT_WORDS: &str = "complete, completed, done, finished, fertig, erledigt, abgeschlossen, termine, fait, completado, \
         hecho";

const OUTCOMES: &[(Outcome, &str)] = &[
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

const OUTCOME_MARKS: &[(Outcome, &str)] = &[
    (Outcome::Go, "✅☑✔✓🟢👍"),
    (Outcome::ConditionalGo, "🟡🟠⚠"),
    (Outcome::Hold, "⏸⏳🔴❌✗✘"),
    (Outcome::Recycle, "🔁🔄♻"),
    (Outcome::Kill, "🛑⏹⛔💀"),
];

/// Words beginning so make a go conditional.
const CONDITION_STEMS: &str = "condition, provisional, auflage, bedingung, bedingt, reserve, condicion, vorbehalt";
const CONDITION_PHRASES: &str = "subject to, provided that, provided, pending, sous reserve, siempre que, sofern";
const UNCONDITIONAL: &str = "unconditional, unconditionally, no conditions, without conditions, without condition, ohne auflagen, \
         ohne bedingungen, sans reserve, sans condition, sans conditions, sin condiciones";

const VERDICTS: &[(bool, &str)] = &[
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

const TICKS: &[(bool, &str)] = &[(true, "✅☑✔✓🟢👍"), (false, "❌✗✘🔴⛔👎☐⬜")];

const OPEN: &[(bool, &str)] = &[
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

const OPEN_MARKS: &[(bool, &str)] = &[(true, "🔴🟠🟡🟢⚠🔥❗🚨⏳🚧👀"), (false, "✅☑✔✓🏁")];

const YES: &[(bool, &str)] = &[
    (true, "yes, y, true, x, on, 1, ja, j, wahr, oui, vrai, si, s, verdadero"),
    (false, "no, n, false, off, 0, nein, falsch, non, faux, falso"),
];

/// Words behind a known phrase that leave its meaning: "Retired by …", "Closed on 3 May".
const LINKS: &str = "by, on, with, until, since, for, from, in, at, to, due, as, of, via, after, per, pending, except, \
         but, and, because, subject, early, late, today, yesterday, w, see, now, again, am, seit, bis, mit, \
         durch, wegen, und, fur, von, le, depuis, par, avec, et, pour, en, el, desde, por, con, y, para, \
         hasta";

const PLACEHOLDERS: &str = "tbd, t b d, tbc, tba, tbn, xx, xxx, xxxx, todo, fixme, unknown, to be defined, to be determined, to be \
         confirmed, to be decided, to be announced, to be agreed, to be assigned, to follow, not yet known, \
         zu klaren, noch offen, noch zu klaren, wird noch festgelegt, offen tbd, a definir, a confirmer, a \
         determiner, a preciser, por definir, por confirmar, por determinar, placeholder, insert here, fill \
         in, pendiente de definir, n n, nn";
const PLACEHOLDER_STARTS: &str = "lorem ipsum, insert , enter your , your name, click to";
const DATE_TEMPLATES: &str = "yyyy-mm, dd/mm, mm/dd, mm/yyyy, dd.mm, tt.mm, jj/mm, jj.mm, dd-mm, mm-dd, yyyymmdd, aaaa-mm, \
         jjjj-mm, yyyy/mm";
const BRACES: &[(char, char)] = &[('[', ']'), ('{', '}'), ('<', '>')];

const NOTHING: &str = "n a, na, none, nil, nothing, null, not applicable, keine, keiner, kein, entfallt, nichts, aucun, \
         aucune, neant, sans objet, rien, ninguno, ninguna, nada, no aplica, empty, not required";

/// Letters with accents and what they are compared as.
const LETTERS: &[(&str, &str)] = &[
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

#[cfg(test)]
mod tests {
    use super::{Outcome, Said, fold, is_nothing, is_open, is_placeholder, outcome, status, verdict, yes};

    #[test]
    fn what_people_say_of_a_milestone_is_understood() {
        use Said::{Amber, Complete, Green, OnPlan, Red, Stopped};
        for (said, meant) in [
            ("Done", Some(Complete)),
            ("**DONE**", Some(Complete)),
            ("✅", Some(Complete)),
            ("✅ Complete", Some(Complete)),
            ("✅ CODE COMPLETE", Some(Complete)),
            ("100 %", Some(Complete)),
            ("60% done", Some(OnPlan)),
            ("abgeschlossen", Some(Complete)),
            ("Terminé", Some(Complete)),
            ("Completado", Some(Complete)),
            ("Complete (2026-03-01)", Some(Complete)),
            ("Closed on 3 May", Some(Complete)),
            ("🟢 on track", Some(Green)),
            ("On-track", Some(Green)),
            ("🟡 In Progress", Some(OnPlan)),
            ("🔴 Not Started", Some(OnPlan)),
            ("in_progress", Some(OnPlan)),
            ("In progress (40 %)", Some(OnPlan)),
            ("IN PROGRESS / NOT RUN", Some(OnPlan)),
            ("not complete", Some(OnPlan)),
            ("📋 Planned", Some(OnPlan)),
            ("en cours", Some(OnPlan)),
            ("At risk", Some(Amber)),
            ("at-risk: supplier late", Some(Amber)),
            ("⚠️", Some(Amber)),
            ("⚠️ Partial", Some(Amber)),
            ("gefährdet", Some(Amber)),
            ("⛔ Blocked", Some(Red)),
            ("Überfällig", Some(Red)),
            ("❌", Some(Red)),
            ("RED", Some(Red)),
            ("On hold until June", Some(Stopped)),
            ("annulé", Some(Stopped)),
            ("Open Positions table", None),
            ("measured, not built", None),
            ("1 validated, 1 pending", None),
            ("", None),
        ] {
            assert_eq!(status(said), meant, "{said}");
        }
    }

    #[test]
    fn a_go_with_any_condition_is_never_a_go() {
        use Outcome::{ConditionalGo, Go, Hold, Kill, Recycle};
        for (said, meant) in [
            ("Go", Some(Go)),
            ("GO ✅", Some(Go)),
            ("Approved", Some(Go)),
            ("Approved by the board", Some(Go)),
            ("unconditional go", Some(Go)),
            ("Go, without conditions", Some(Go)),
            ("conditional_go", Some(ConditionalGo)),
            ("GO with conditions", Some(ConditionalGo)),
            ("Go with three conditions", Some(ConditionalGo)),
            ("Approved, subject to legal review", Some(ConditionalGo)),
            ("Freigegeben mit Auflagen", Some(ConditionalGo)),
            ("Approuvé sous réserve", Some(ConditionalGo)),
            ("hold", Some(Hold)),
            ("No-Go", Some(Hold)),
            ("NO GO", Some(Hold)),
            ("Recycle", Some(Recycle)),
            ("Kill", Some(Kill)),
            ("Go / No-Go", None),
            ("Going well", None),
            ("", None),
        ] {
            assert_eq!(outcome(said), meant, "{said}");
        }
    }

    #[test]
    fn verdicts_yes_and_open_are_understood() {
        for (said, meant) in [
            ("Passed", Some(true)),
            ("✅ PASS", Some(true)),
            ("❌", Some(false)),
            ("nicht bestanden", Some(false)),
            ("partial", None),
        ] {
            assert_eq!(verdict(said), meant, "{said}");
        }
        for (said, meant) in [
            ("Sí", Some(true)),
            ("JA", Some(true)),
            ("x", Some(true)),
            ("Non", Some(false)),
            ("☐", Some(false)),
            ("maybe", None),
        ] {
            assert_eq!(yes(said), meant, "{said}");
        }
        for (said, meant) in [
            ("🔴 Open", Some(true)),
            ("Mitigated", Some(true)),
            ("Accepted and monitored", Some(true)),
            ("✅ Retired - negotiated better pricing", Some(false)),
            ("❌ Occurred - became ISSUE-003", Some(false)),
            ("Closed 2026-02-03", Some(false)),
            ("geschlossen", Some(false)),
            ("whatever", None),
        ] {
            assert_eq!(is_open(said), meant, "{said}");
        }
    }

    #[test]
    fn places_to_fill_and_places_left_empty_differ() {
        for said in [
            "TBD",
            "t.b.d.",
            "TBC",
            "?",
            "??",
            "…",
            "...",
            "yyyy-mm-dd",
            "[MM/DD/YYYY]",
            "[MM/DD/YYYY] (+1 week late)",
            "{{owner}}",
            "[Name]",
            "<your name here>",
            "à définir",
        ] {
            assert!(is_placeholder(said) && !is_nothing(said), "{said}");
        }
        for said in ["", "-", "–", "—", " - ", "n/a", "N/A", "None", "keine", "aucune", "/"] {
            assert!(is_nothing(said) && !is_placeholder(said), "{said}");
        }
        for said in ["[x]", "[ ]", "Ana", "No budget left", "M1", "[M1] Interfaces", "3"] {
            assert!(!is_nothing(said) && !is_placeholder(said), "{said}");
        }
    }

    #[test]
    fn folding_leaves_what_is_compared() {
        assert_eq!(fold("  **Überfällig**\u{a0}–  “naïve” "), "uberfallig - 'naive'");
    }
}

//! Whether the part of a list can stand as a criterion: it has a subject and says of it what must be so.

use crate::reading::words::{fold, is_listed};

/// Stands in place of brackets, quotes, code and links.
pub(crate) const GUARDED: &str = "\u{fffc}";

/// Whether every part can stand alone, and all of them in the same way: something is said of a subject ("backlog
/// groomed"), or an activity is named ("publish the charter", "runs the drills"), or a state is asked of a thing
/// ("approved budget").
pub(crate) fn all_stand(parts: &[String]) -> bool {
    let clauses: Vec<Clause> = parts.iter().map(|part| Clause::new(part)).collect();
    if clauses.iter().any(|clause| clause.leans()) {
        return false;
    }
    clauses.iter().all(Clause::is_told)
        || clauses.iter().all(Clause::opens_with_verb)
        || clauses.iter().all(Clause::opens_with_state)
}

/// Whether every part says something of a subject of its own.
pub(crate) fn each_is_told(parts: &[String]) -> bool {
    parts.iter().map(|part| Clause::new(part)).all(|clause| !clause.leans() && clause.is_told())
}

/// The same, where every part is a sentence to itself: in "no critical and high defects" the first half is none.
pub(crate) fn each_is_a_sentence(parts: &[String]) -> bool {
    let is_stub = |part: &String| {
        let clause = Clause::new(part);
        clause.words.len() < 3 && clause.words.first().is_some_and(|word| is_listed(NONE_OF, &word.plain))
    };
    each_is_told(parts) && !parts.iter().any(is_stub)
}

/// The words of one part.
struct Clause {
    words: Vec<Word>,
}

struct Word {
    /// Folded, without the signs around it.
    plain: String,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Verbs that say it alone: is, must, passes.
    Verb,
    /// Live, approved, signed: a state where it stands behind its subject.
    State,
    /// Sign-off, approval: said where they end the part.
    Act,
    /// For, with, the, fully.
    Small,
    /// Signs, numbers, brackets; a number behind `#` is a thing.
    Sign,
    Other,
}

impl Clause {
    fn new(part: &str) -> Clause {
        let words = part.split_whitespace().map(Word::new).collect();
        Clause { words }
    }

    /// Leans on the part before it: "including …", "or …", "when …".
    fn leans(&self) -> bool {
        self.words.first().is_none_or(|word| is_listed(OPENERS, &word.plain))
    }

    /// A subject, and behind it a verb, a state, a measure.
    fn is_told(&self) -> bool {
        let words = &self.words;
        if words.len() >= 2 && is_listed(NONE_OF, &words[0].plain) {
            return true;
        }
        let Some(subject) = words.iter().position(|word| word.is_subject()) else { return false };
        (subject + 1..words.len()).any(|index| match words[index].role {
            Role::Verb => true,
            Role::State => self.is_said(index),
            Role::Act => index + 1 == words.len(),
            Role::Sign => is_measure(&words[index].plain) && index + 1 < words.len(),
            Role::Small => self.is_in_state(index),
            Role::Other => false,
        })
    }

    /// Whether the state is said of what stands before it: "squads staffed by May", and not "support for automated tests".
    fn is_said(&self, index: usize) -> bool {
        let last_small = self.words[index - 1].role == Role::Small && !is_adverb(&self.words[index - 1].plain);
        match self.words.get(index + 1) {
            None => true,
            Some(next) if next.role != Role::Other && next.role != Role::Act => true,
            Some(_) => !last_small && self.words[index].is_participle(),
        }
    }

    /// `in place`, `in production`, `up and running`.
    fn is_in_state(&self, index: usize) -> bool {
        let rest = self.words[index..].iter().take(3).map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
        STATES_OF_WORDS.split(", ").any(|state| rest == state || rest.starts_with(&format!("{state} ")))
    }

    fn opens_with_verb(&self) -> bool {
        let first = &self.words[0].plain;
        self.words.len() >= 2 && (is_listed(DEEDS, first) || first.strip_suffix('s').is_some_and(is_deed))
    }

    fn opens_with_state(&self) -> bool {
        self.words.len() >= 2 && self.words[0].role == Role::State && self.words[1].role == Role::Other
    }
}

impl Word {
    fn new(written: &str) -> Word {
        let bare = written.trim_matches(|letter: char| !letter.is_alphanumeric() && !"<>=≤≥%".contains(letter));
        let plain = fold(bare);
        let role = if plain.is_empty() || plain.starts_with(|letter: char| "<>=≤≥".contains(letter)) {
            Role::Sign
        } else if is_listed(VERBS, &plain) {
            Role::Verb
        } else if is_listed(STATES, &plain) || is_participle(&plain, &bare.to_lowercase()) {
            Role::State
        } else if is_listed(ACTS, &plain) {
            Role::Act
        } else if is_listed(SMALL, &plain) || is_adverb(&plain) {
            Role::Small
        } else if !written.starts_with('#')
            && plain.starts_with(|letter: char| letter.is_ascii_digit())
            && !plain.contains(char::is_alphabetic)
        {
            Role::Sign
        } else {
            Role::Other
        };
        let plain = if plain.is_empty() { written.to_string() } else { plain };
        Word { plain, role }
    }

    /// A thing that something can be said of; a name in code, quotes or a link is one.
    fn is_subject(&self) -> bool {
        matches!(self.role, Role::Other | Role::Act)
            || self.plain.contains(GUARDED)
            || self.plain.contains(char::is_alphabetic) && self.role == Role::Sign
    }

    fn is_participle(&self) -> bool {
        self.plain.ends_with("ed")
    }
}

/// Past participles by their endings; `lower` still has its accents, which French needs.
fn is_participle(plain: &str, lower: &str) -> bool {
    if plain.contains(['-', '/', '.', '\'']) || is_listed(NO_PARTICIPLES, plain) {
        return false;
    }
    let longer = |letters: usize| plain.chars().count() > letters;
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    longer(3) && plain.ends_with("ed") && !plain.ends_with("eed")
        || longer(3) && ends(&["é", "ée", "és", "ées"])
        || longer(4) && ends(&["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "iert"])
        || longer(5) && plain.starts_with("ge") && ends(&["t", "en"])
}

fn is_deed(word: &str) -> bool {
    is_listed(DEEDS, word) || is_listed(DEEDS, word.trim_end_matches('e'))
}

fn is_adverb(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ly")
}

fn is_measure(word: &str) -> bool {
    word.starts_with(|letter: char| "<>=≤≥".contains(letter))
}

/// Verbs that say something wherever they stand behind a subject.
const VERBS: &str = "is, are, was, were, has, have, had, can, must, shall, should, will, does, do, exists, exist, passes, pass, \
     works, work, meets, covers, exceeds, returns, succeeds, contains, supports, shows, demonstrates, produces, enforces, \
     loads, completes, responds, confirms, agrees, accepts, allows, starts, improves, remains, stays, includes, builds, \
     resolves, handles, ist, sind, wurde, wurden, hat, haben, liegt, liegen, lauft, laufen, muss, funktioniert, est, sont, \
     ont, fonctionne, es, esta, estan, ha, han, funciona";

/// States that are no participles, and participles that no ending shows.
const STATES: &str = "live, green, ready, active, complete, open, closed, available, accessible, operational, functional, valid, \
     stable, online, clean, final, compliant, secure, visible, present, done, passing, running, working, operating, functioning, \
     met, signed, signed-off, built, written, sent, paid, held, taken, made, begun, given, known, shown, chosen, drawn, frozen, \
     kept, sold, bought, taught, understood, found, brought, proven, agreed, guaranteed, seen, shut, green-lit, in-place, \
     go-live-ready, up-to-date, effective, current, sufficient, successful, feasible, reproducible, correct, resolved, free, \
     bereit, fertig, aktiv, verfugbar, vorhanden, abgeschlossen, abgenommen, freigegeben, erledigt, bestatigt, genehmigt, erstellt, \
     besetzt, vorgelegt, unterschrieben, verabschiedet, eingerichtet, veroffentlicht, bestanden, dokumentiert, geschlossen, \
     unterzeichnet, durchgefuhrt, festgelegt, behoben, umgesetzt, bereitgestellt, vereinbart, ernannt, eingefuhrt, \
     actif, active, pret, prete, prets, pretes, disponible, disponibles, en-place, conforme, conformes, operationnel, operationnelle, \
     operationnels, complet, complete, obtenu, obtenue, obtenus, obtenues, recu, recue, ecrit, signe, fini, finie, definis, defini, \
     definie, fourni, fournie, etabli, etablie, reussi, reussie, reussis, activo, activa, activos, activas, listo, lista, listos, listas, operativo, operativa, operativos, \
     completo, completa, hecho, hecha, escrito, abierto, resuelto, resuelta, puesto";

/// Endings of participles that are none.
const NO_PARTICIPLES: &str = "hundred, sacred, naked, wicked, kindred, embed, shed, sled, biped, infrared, \
     gesamt, gesamten, gebiet, gericht, geschaft, gewicht, gesicht, gegen, gehen, geben, gelten, gerat, gemeinschaft, gesellschaft, \
     avocado, lado, mercado, estado, grado, partido, sentido, sonido, contenido, medida, vida, salida, entrada, llegada, cada, nada, \
     demanda, comida, unidad, society, idee, annee, journee, marche, sante, qualite, securite, cafe, musee, entree, duree, \
     conformite, disponibilite, capacite, activite, cle, comite, unite, donnees, realite, traçabilite";

const ACTS: &str = "sign-off, signoff, sign-offs, approval, approvals, go-ahead, buy-in, agreement, clearance, certification, \
     abnahme, freigabe, genehmigung, validation, approbation, aprobacion";

/// States in several words.
const STATES_OF_WORDS: &str = "in place, in production, in use, in service, in force, in effect, on track, on site, on hand, up and running, \
     up to date, under control, under contract, at target, to plan, within budget, within tolerance, end-to-end, \
     in betrieb, in kraft, en place, en production, en service, en marcha, en produccion, en vigor, al dia";

const SMALL: &str = "a, an, the, of, for, with, without, by, in, on, at, to, from, into, over, under, via, per, as, against, across, \
     between, during, until, before, after, within, through, about, off, out, up, down, and, or, & , each, every, all, any, both, its, \
     their, this, that, these, those, our, no, not, end-to-end, once, twice, daily, weekly, monthly, nightly, again, throughout, \
     everywhere, and/or, than, if, when, where, which, who, also, too, yet, now, today, only, even, \
     der, die, das, den, dem, des, ein, eine, einer, fur, mit, ohne, von, vom, zu, zum, zur, im, auf, bei, bis, durch, gegen, nach, und, oder, \
     le, la, les, un, une, du, de, et, ou, pour, avec, sans, par, dans, sur, en, au, aux, chez, \
     el, los, las, una, y, o, para, con, sin, por, del, al";

/// Words at the start of a part that lean on what stands before it, or join it as an alternative.
const OPENERS: &str = "including, excluding, e.g, i.e, eg, ie, such, with, without, which, who, whose, where, when, whenever, if, unless, but, \
     or, nor, for, as, except, plus, before, after, following, once, while, so, then, because, since, per, via, from, to, at, of, \
     by, until, though, although, not, especially, namely, than, that, provided, assuming, otherwise, either, whether, based, and, \
     oder, wenn, falls, sofern, einschliesslich, inklusive, ausser, ohne, mit, bei, nach, sobald, damit, sowie, z.b, bzw, \
     ou, si, quand, lorsque, y compris, compris, sauf, avec, sans, dont, apres, avant, \
     o, cuando, incluyendo, excepto, salvo, con, sin, despues, antes, segun";

/// Words at the start of a part that make a criterion of any thing: "no open defects".
const NONE_OF: &str = "no, zero, 0, kein, keine, keinerlei, aucun, aucune, ningun, ninguna, cero, sin";

/// Activities that criteria begin with; only verbs that are no common nouns.
const DEEDS: &str = "publish, publishes, deploy, verify, verifie, confirm, approve, deliver, define, obtain, identify, identifie, establish, \
     establishe, provision, migrate, demonstrate, validate, finalise, finalize, prepare, configure, install, implement, create, write, \
     collect, fill, run, compute, produce, generate, load, render, return, execute, handle, enforce, agree, appoint, conduct, complete, \
     ensure, achieve, remove, resolve, migrate, integrate, automate, fix, close, sign, hire, onboard, recruit, train, \
     erstellen, prufen, freigeben, abschliessen, dokumentieren, definieren, einrichten, testen, \
     definir, valider, publier, deployer, livrer, rediger, tester, former, signer, obtenir, \
     publicar, validar, desplegar, entregar, redactar, probar, firmar, obtener, aprobar";

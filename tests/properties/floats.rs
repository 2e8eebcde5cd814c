//! Gate dates, floats and critical milestones of made-up networks, against a calculation of its own: working days are
//! counted one by one, forward from the windows and backward from the finish. See design: status (float), content (what a
//! window means).

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use milepost::model::assemble::assemble;
use milepost::model::history::History;
use milepost::status::{self, Facts, Standing};
use milepost::syntax;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::prop_assert_eq;

use super::draw::{Draw, Outcome, run};
use super::generate::day;
use crate::support;

/// Milestones with dates, who waits for whom, and the days on which nobody works.
#[derive(Clone)]
struct Network {
    nodes: Vec<Node>,
    holidays: Vec<NaiveDate>,
    today: NaiveDate,
}

#[derive(Clone)]
struct Node {
    baseline: Option<Span>,
    forecast: Option<Span>,
    /// The nodes that come before it.
    after: Vec<usize>,
}

/// A window in days, or in weeks counted from 1.
#[derive(Clone, Copy)]
enum Span {
    Days(NaiveDate, NaiveDate),
    Weeks(u64, u64),
}

/// What a milestone's dates come to.
#[derive(Debug, PartialEq)]
struct Told {
    entry: Option<NaiveDate>,
    float: Option<i64>,
    critical: bool,
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Days(start, end) => write!(formatter, "{start}..{end}"),
            Span::Weeks(first, last) => write!(formatter, "Weeks {first}–{last}"),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files().iter().try_for_each(|(path, text)| writeln!(formatter, "\n--- {path}\n{text}"))
    }
}

fn network(draw: &mut Draw) -> Network {
    let count = 1 + draw.below(9);
    let span = |number: usize, draw: &mut Draw| {
        let start = number * 6 + draw.below(25);
        let week = start as u64 / 7 + 1;
        match draw.below(2) {
            0 => Span::Days(day(start), day(start + draw.below(20))),
            _ => Span::Weeks(week, week + draw.below(3) as u64),
        }
    };
    // Few rings and few gaps: where one is, there is no float around it.
    let (ring, gap) = (draw.chance(10), draw.chance(15));
    let nodes = (0..count).map(|number| {
        let before = (0..count).filter(|other| *other < number || ring && *other > number && draw.chance(20));
        let before: Vec<usize> = before.collect();
        Node {
            after: before.into_iter().filter(|_| draw.chance(35)).collect(),
            baseline: draw.chance(60).then(|| span(number, draw)),
            forecast: (!gap || draw.chance(80)).then(|| span(number, draw)),
        }
    });
    let nodes = nodes.collect();
    let holidays = (0..draw.below(8)).map(|_| day(draw.below(90))).collect();
    Network { nodes, holidays, today: day(draw.below(100)) }
}

impl Network {
    fn files(&self) -> [(&'static str, String); 2] {
        let holidays: Vec<String> = self.holidays.iter().map(NaiveDate::to_string).collect();
        let settings = format!(
            "data_date: {}\ncalendar: {{ week_1: {}, holidays: [{}] }}\n",
            self.today,
            day(0),
            holidays.join(", ")
        );
        let node = |(number, node): (usize, &Node)| {
            let after: Vec<String> = node.after.iter().map(|other| format!("N{other}")).collect();
            let window = node.forecast.map_or(String::new(), |span| format!(", window: {span}"));
            let baseline = node.baseline.map_or(String::new(), |span| format!(", baseline: {span}"));
            format!("  N{number}: {{ name: Node, depends_on: [{}]{window}{baseline} }}\n", after.join(", "))
        };
        let nodes: String = self.nodes.iter().enumerate().map(node).collect();
        [("programme.yaml", settings), ("nodes.yaml", format!("milestones:\n{nodes}"))]
    }

    fn derived(&self) -> Standing {
        let files = self.files();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let inputs = support::inputs(&files);
        let documents: Vec<_> = inputs.sources.iter().map(|source| syntax::parse(source).0.into()).collect();
        let programme = assemble(&documents, &inputs, History::default(), support::clock()).0;
        status::derive(&Facts::new(&programme))
    }

    fn works(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&date)
    }

    /// Working days after the one up to and with the other; negative where that is earlier.
    fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let (first, last) = (from.min(to), from.max(to));
        let days = first.iter_days().skip(1).take_while(|date| *date <= last);
        let count = days.filter(|date| self.works(*date)).count() as i64;
        if to < from { -count } else { count }
    }

    fn first_day(&self, span: Span) -> NaiveDate {
        match span {
            Span::Days(start, _) => start,
            Span::Weeks(first, _) => self.monday(first).iter_days().find(|date| self.works(*date)).unwrap(),
        }
    }

    fn last_day(&self, span: Span) -> NaiveDate {
        let Span::Weeks(_, last) = span else {
            let Span::Days(_, end) = span else { unreachable!() };
            return end;
        };
        let mut date = self.monday(last) + Days::new(4);
        while !self.works(date) {
            date = date.pred_opt().unwrap();
        }
        date
    }

    /// The last day of the first unit of a window: its day, or the Sunday of its week.
    fn unit_end(&self, span: Span) -> NaiveDate {
        match span {
            Span::Days(start, _) => start,
            Span::Weeks(first, _) => self.monday(first) + Days::new(6),
        }
    }

    fn monday(&self, week: u64) -> NaiveDate {
        day(0) + Days::new((week - 1) * 7)
    }

    fn baseline(&self, node: &Node) -> Option<Span> {
        node.baseline.or(node.forecast)
    }

    /// The start of the window, but where a predecessor's baseline ends inside its first unit.
    fn entry(&self, node: &Node, window: Option<Span>) -> Option<NaiveDate> {
        let window = window?;
        let (start, unit_end) = (self.first_day(window), self.unit_end(window));
        let ends = node.after.iter().filter_map(|other| self.baseline(&self.nodes[*other]));
        let ends = ends.map(|span| self.last_day(span)).filter(|end| (start..=unit_end).contains(end));
        Some(ends.max().unwrap_or(start))
    }

    /// Float of a node: the least, over all ways forward from it, of the floats of the links and of the last node. None where
    /// a way comes back to itself or a date on it is missing.
    fn float(&self, from: usize, way: &mut Vec<usize>, dates: &dyn Fn(usize) -> Dates) -> Option<i64> {
        if way.contains(&from) {
            return None;
        }
        let end = dates(from).end?;
        let next: Vec<usize> = (0..self.nodes.len()).filter(|node| self.nodes[*node].after.contains(&from)).collect();
        if next.is_empty() {
            let finish = self.nodes.iter().filter_map(|node| self.baseline(node)).map(|span| self.last_day(span)).max();
            return Some(self.between(end, finish?));
        }
        way.push(from);
        let floats: Option<Vec<i64>> = next
            .into_iter()
            .map(|next| Some(self.between(end, dates(next).entry?) + self.float(next, way, dates)?))
            .collect();
        way.pop();
        floats?.into_iter().min()
    }

    fn told(&self) -> BTreeMap<String, Told> {
        let forecast = |number: usize| {
            let node = &self.nodes[number];
            let end = node.forecast.map(|span| self.last_day(span).max(self.today));
            Dates { entry: self.entry(node, node.forecast), end }
        };
        let baseline = |number: usize| {
            let node = &self.nodes[number];
            let window = self.baseline(node);
            Dates { entry: self.entry(node, window), end: window.map(|span| self.last_day(span)) }
        };
        let told = |number: usize| {
            let float = self.float(number, &mut Vec::new(), &forecast);
            let by_baseline = self.float(number, &mut Vec::new(), &baseline);
            let critical = [float, by_baseline].iter().any(|float| float.is_none_or(|float| float <= 0));
            (format!("N{number}"), Told { entry: forecast(number).entry, float, critical })
        };
        (0..self.nodes.len()).map(told).collect()
    }
}

struct Dates {
    entry: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

fn agrees(network: &Network) -> Outcome {
    let standing = network.derived();
    let derived = standing.milestones.iter().map(|(id, milestone)| {
        let schedule = &milestone.schedule;
        let told = Told { entry: schedule.entry_gate_date, float: schedule.total_float, critical: schedule.critical };
        (id.to_string(), told)
    });
    prop_assert_eq!(derived.collect::<BTreeMap<_, _>>(), network.told());
    Ok(())
}

#[test]
fn floats_and_critical_milestones_agree_with_a_second_calculation() {
    let networks = vec(any::<u32>(), 0..150).prop_map(|choices| network(&mut Draw::new(choices)));
    run(1000, networks, agrees);
}

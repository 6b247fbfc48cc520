//! The shape of the time between one event and the next.

use super::burstiness::{burstiness, gaps, memory};
use super::comparison::{COLUMNS, Pair, high, low, middle};
use super::plot::{Axis, Curve, Plot};
use super::simulated::SimulatedWorld;
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::statistics::median;
use crate::tables::reference::{ReferenceWorld, Timeline};

/// Newest events of a timeline that count: B and M depend on how many there are.
const EVENTS: usize = 20;
/// Fewest timelines of a kind that are compared.
const FEWEST: usize = 20;

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Part {
    let caption = format!(
        "Time between events, of the newest {EVENTS} events of each timeline that has so many: burstiness B and memory M \
         (Goh and Barabási 2008), medians over timelines; and log10 of the median seconds between events. \
         People: comments on Reddit or VK against follows, likes and comments on Instagram-like posts. Pages: all comments received"
    );
    let mut part = Part::default();
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    let all = simulated.actions();
    let people = Shape::of(&all);
    let mut curves = Vec::new();
    for set in &real.comment_times {
        let theirs = Shape::of(&set.data);
        curves.push(Curve::distribution(set.source, false, &theirs.log_gaps));
        if people.timelines >= FEWEST {
            push(&mut table, &format!("people, {}", set.source), (&theirs, &people), settings);
        }
    }
    if people.timelines < FEWEST {
        let why = "times between the events of a person";
        part.not_compared.push(too_few(why, people.timelines, "simulated accounts", all.len()));
    }
    let received = simulated.comments_received();
    let pages = Shape::of(&received);
    if let Some(set) = &real.page_times {
        if pages.timelines >= FEWEST {
            push(&mut table, &format!("pages, {}", set.source), (&Shape::of(&set.data), &pages), settings);
        } else {
            let why = "times between the comments that a page receives";
            part.not_compared.push(too_few(why, pages.timelines, "simulated creators", received.len()));
        }
    }
    if !curves.is_empty() && people.timelines >= FEWEST {
        curves.push(Curve::distribution("simulated", true, &people.log_gaps));
        part.plots.push(Plot {
            name: "gaps-people",
            title: "Time from one event of a person to the next",
            across: ("seconds", Axis::Log10),
            upright: ("share of gaps below", Axis::Linear),
            curves,
        });
    }
    if !table.rows.is_empty() {
        part.tables.push(table);
    }
    part
}

fn too_few(what: &str, n: usize, who: &str, of: usize) -> String {
    format!("{what}: {} of {} {who} have {EVENTS} events", count(n), count(of))
}

/// What is measured of the timelines of one kind.
struct Shape {
    timelines: usize,
    burstiness: Vec<f64>,
    memory: Vec<f64>,
    /// log10 of the median gap of each timeline.
    typical: Vec<f64>,
    /// log10 of all gaps together.
    log_gaps: Vec<f64>,
}

impl Shape {
    fn of(timelines: &[Timeline]) -> Self {
        let mut shape =
            Self { timelines: 0, burstiness: Vec::new(), memory: Vec::new(), typical: Vec::new(), log_gaps: Vec::new() };
        for times in timelines.iter().filter(|times| times.len() >= EVENTS) {
            let gaps = gaps(&times[times.len() - EVENTS..]);
            shape.timelines += 1;
            shape.burstiness.extend(burstiness(&gaps));
            shape.memory.extend(memory(&gaps));
            // Two events in one second are one second apart here.
            let logs: Vec<f64> = gaps.iter().map(|gap| gap.max(1.0).log10()).collect();
            shape.typical.extend(median(&logs));
            shape.log_gaps.extend(logs);
        }
        shape
    }
}

fn push(table: &mut EvaluationTable, name: &str, (theirs, ours): (&Shape, &Shape), settings: &WorldSettings) {
    for (what, real, simulated) in
        [("burstiness", &theirs.burstiness, &ours.burstiness), ("memory", &theirs.memory, &ours.memory)]
    {
        let name = format!("{name}: {what}");
        Pair { real, simulated }.push(table, &[(name.as_str(), middle)], settings);
    }
    let name = format!("{name}: log10 of the median seconds");
    let statistics = [(name.as_str(), middle as _), ("lowest tenth below", low as _), ("highest tenth above", high as _)];
    Pair { real: &theirs.typical, simulated: &ours.typical }.push(table, &statistics, settings);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timelines_are_cut_to_one_number_of_events() {
        let clock: Timeline = (0..100).map(|nth| nth * 10).collect();
        let short: Timeline = vec![1, 2, 3];
        let shape = Shape::of(&[clock, short]);
        assert_eq!((shape.timelines, shape.log_gaps.len()), (1, EVENTS - 1));
        assert_eq!((shape.burstiness[0], shape.memory.len()), (-1.0, 0));
    }
}

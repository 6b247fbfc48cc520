//! Tails of popularity and of activity.

use super::comparison::with_interval;
use super::plot::{Axis, Curve, Plot};
use super::simulated::SimulatedWorld;
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal};
use crate::statistics::PowerLawTail;
use crate::tables::reference::{Interaction, ReferenceWorld};

const COLUMNS: [&str; 7] = ["", "n", "α", "tail begins at", "n of the tail", "KS D to the power law", "largest"];

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Part {
    let Some(interactions) = &real.interactions else { return Part::default() };
    let received = degrees(&interactions.data, |act| (act.target, act.actor));
    let given = degrees(&interactions.data, |act| (act.actor, act.target));
    let caption = "Tails of degrees: exponent α of P(x) ∝ x^(−α) by maximum likelihood, the beginning of the tail where the fit is \
                   nearest (Clauset, Shalizi and Newman 2009; interval of α at that beginning). Real: distinct accounts that \
                   retweeted, mentioned or answered one another in higgs_twitter, another platform and another kind of tie. \
                   Simulated: followers of creators, creators followed by accounts in the export. The lower end of a creator's size \
                   is the scenario's, so that only tails are comparable";
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    let (followers, followed) = (simulated.followers(), simulated.followed());
    table.push(row("popularity, real: accounts that acted upon one", &received, settings));
    table.push(row("popularity, simulated: followers of a creator", &followers, settings));
    table.push(row("activity, real: accounts acted upon by one", &given, settings));
    table.push(row("activity, simulated: creators followed by one", &followed, settings));
    let plot = |name, title, across, real: &[u64], simulated: &[u64]| Plot {
        name,
        title,
        across: (across, Axis::Log10),
        upright: ("share that has at least so many", Axis::Log10),
        curves: vec![Curve::tail(interactions.source, false, real), Curve::tail("simulated", true, simulated)],
    };
    let plots = vec![
        plot("popularity", "Popularity", "accounts that follow or act upon one", &received, &followers),
        plot("activity", "Activity", "accounts followed or acted upon by one", &given, &followed),
    ];
    Part { tables: vec![table], plots, not_compared: Vec::new() }
}

/// How many different others each account has.
fn degrees(interactions: &[Interaction], side: fn(&Interaction) -> (u32, u32)) -> Vec<u64> {
    let mut pairs: Vec<(u32, u32)> = interactions.iter().map(side).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.chunk_by(|a, b| a.0 == b.0).map(|others| others.len() as u64).collect()
}

fn row(name: &str, degrees: &[u64], settings: &WorldSettings) -> Vec<String> {
    let largest = degrees.iter().max().map_or(ABSENT.to_owned(), |&most| count(most as usize));
    let Some(fit) = PowerLawTail::fit(degrees) else {
        return vec![name.to_owned(), count(degrees.len()), ABSENT.into(), ABSENT.into(), ABSENT.into(), ABSENT.into(), largest];
    };
    let tail: Vec<u64> = degrees.iter().copied().filter(|&degree| degree >= fit.x_min).collect();
    let interval = settings.bootstrap().over_rows(tail.len(), |rows| {
        let drawn: Vec<u64> = rows.iter().map(|&row| tail[row]).collect();
        PowerLawTail::exponent_from(&drawn, fit.x_min)
    });
    vec![
        name.to_owned(),
        count(degrees.len()),
        with_interval(Some(fit.exponent), interval),
        count(fit.x_min as usize),
        count(fit.n_tail),
        decimal(fit.distance),
        largest,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_actions_count_once() {
        let at = crate::domain::Timestamp::from_ms(1_341_100_972_000).unwrap();
        let act = |actor, target| Interaction { actor, target, at };
        let acts = [act(1, 9), act(1, 9), act(2, 9), act(1, 8)];
        assert_eq!(degrees(&acts, |act| (act.target, act.actor)), [1, 2]);
        assert_eq!(degrees(&acts, |act| (act.actor, act.target)), [2, 1]);
    }
}

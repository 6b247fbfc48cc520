//! The fake share of those who like and comment in simulated markets, beside the truth, and of two halves of them.

use super::{EngagementEvaluation, EngagementWorlds, share_of};
use crate::audit::{Audit, AuditSettings, audit};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, Bar, count, decimal, points};
use crate::benchmark::settings::ACCURACY_LEVEL;
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, Dataset, Label, LabelSubject, ShareEstimate};
use crate::error::Result;
use crate::model::AccountModel;
use crate::scoring::{EngagerScorer, EngagerShares, PrevalenceEstimator};
use crate::signals::Activities;
use crate::simulation::Scenario;
use crate::statistics::{Bootstrap, mean};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Mean absolute error of a share, at most.
const MAX_ERROR: Bar = Bar::AtMost(0.03);
/// Share of intervals that hold the truth.
const COVERAGE: std::ops::RangeInclusive<f64> = 0.87..=0.95;
/// Share of pairs of halves whose intervals overlap, at least.
const MIN_OVERLAP: Bar = Bar::AtLeast(0.95);
/// True share from which creators stand in a row of their own.
const MANY: f64 = 0.1;
/// Resamples behind each interval.
const N_BOOTSTRAP: u32 = 500;

/// Whose share.
const KINDS: [&str; 3] = ["likers", "commenters", "engagement"];

/// One creator's share beside the truth.
#[derive(Debug, Clone, Copy)]
struct Estimated {
    estimate: ShareEstimate,
    truth: f64,
}

/// Estimates of both halves of a creator's engagers, by kind.
type Halves = [Option<[ShareEstimate; 2]>; 3];

/// Two tables: shares beside the truth, and halves.
pub(super) fn evaluate(worlds: &EngagementWorlds, settings: &EngagementEvaluation) -> Result<Vec<EvaluationTable>> {
    let mut beside = EvaluationTable::new(
        "Simulated markets: estimated fake share of likers, commenters and engagement. Error: mean distance to the share by the labels of those in the export (of \
         engagement each with the likes and comments that it stands for), in points with 95 % bootstrap interval over creators; bias: estimate less truth; coverage: how \
         often the 90 % interval holds the truth. To reach: error ≤ 3.0, coverage .87 to .95",
        &[
            "world",
            "use",
            "of",
            "creators",
            "accounts each",
            "true share",
            "error",
            "outcome",
            "bias",
            "coverage",
            "outcome of coverage",
            "width",
        ],
    );
    let mut halves = EvaluationTable::new(
        "Simulated markets: each creator's engagers split at random into halves. To reach: their intervals overlap at .950 of the creators",
        &["world", "use", "of", "creators", "overlap", "outcome", "distance in points", "width in points"],
    );
    for (scenarios, usage) in [(&worlds.tuning, "tuning"), (&worlds.reporting, "reported")] {
        for scenario in scenarios {
            one_world(scenario, usage, settings, (&mut beside, &mut halves))?;
        }
    }
    Ok(vec![beside, halves])
}

fn one_world(
    scenario: &Scenario,
    usage: &str,
    settings: &EngagementEvaluation,
    (beside, halves): (&mut EvaluationTable, &mut EvaluationTable),
) -> Result<()> {
    let scenario = scenario.clone().resized(Some(settings.n_creators), Some(settings.n_accounts))?;
    let dataset = simulated_dataset(&scenario, settings.seed)?;
    let model = AccountModel::embedded()?;
    let audit = audit(&dataset, &model, &AuditSettings { seed: settings.seed, prior: None })?;
    let (activities, estimator) = (Activities::gather(&dataset), PrevalenceEstimator::new(model.prevalence().clone())?);
    let scorer = EngagerScorer::new(&activities, &audit.accounts, &estimator);
    let estimated = estimated(&dataset, &audit, &scorer);
    let of_halves: Vec<Halves> =
        (0..dataset.creators.len()).into_par_iter().map(|row| in_halves(&scorer, row, settings.seed)).collect();
    for (kind, name) in KINDS.iter().enumerate() {
        let own: Vec<Estimated> = estimated.iter().filter_map(|of| of[kind]).collect();
        let many: Vec<Estimated> = own.iter().filter(|of| of.truth >= MANY).copied().collect();
        beside.push(row((&scenario.name, usage, name), &own, settings));
        if !many.is_empty() && many.len() < own.len() {
            beside.push(row((&scenario.name, usage, &format!("{name}, a tenth or more fake")), &many, settings));
        }
        let pairs: Vec<[ShareEstimate; 2]> = of_halves.iter().filter_map(|of| of[kind]).collect();
        halves.push(half_row((&scenario.name, usage, name), &pairs));
    }
    Ok(())
}

/// Every creator's shares, each beside the truth.
fn estimated(dataset: &Dataset, audit: &Audit, scorer: &EngagerScorer<'_>) -> Vec<[Option<Estimated>; 3]> {
    let labelled = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Account);
    let labels: BTreeMap<AccountId, Label> = labelled.map(|row| (row.id, row.label)).collect();
    let of_row = |row: usize| {
        let engagers = scorer.engagers(row);
        let truth = |weight: &dyn Fn(&[f64; 2]) -> f64| {
            let known = engagers.iter().filter_map(|(id, acts)| Some((labels.get(id)?, weight(acts))));
            let (fake, all) = known.fold((0.0, 0.0), |(fake, all), (label, weight)| {
                (fake + if *label == Label::Fake { weight } else { 0.0 }, all + weight)
            });
            (all > 0.0).then(|| fake / all)
        };
        let acted = |acts: f64| f64::from(u8::from(acts > 0.0));
        let truths = [truth(&|acts| acted(acts[0])), truth(&|acts| acted(acts[1])), truth(&|acts| acts[0] + acts[1])];
        let score = &audit.creators[row];
        let estimates = [score.likers_fake, score.commenters_fake, score.engagement_fake];
        std::array::from_fn(|kind| Some(Estimated { estimate: estimates[kind]?, truth: truths[kind]? }))
    };
    (0..dataset.creators.len()).into_par_iter().map(of_row).collect()
}

fn in_halves(scorer: &EngagerScorer<'_>, row: usize, seed: u64) -> Halves {
    let mut ids: Vec<AccountId> = scorer.engagers(row).into_iter().map(|of| of.0).collect();
    ids.shuffle(&mut ChaCha8Rng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(row as u64)));
    let half: BTreeSet<AccountId> = ids[..ids.len() / 2].iter().copied().collect();
    let parts = [true, false].map(|is_in| scorer.score_part(row, |id| half.contains(&id) == is_in));
    let of = |kind: fn(&EngagerShares) -> Option<ShareEstimate>| Some([kind(&parts[0])?, kind(&parts[1])?]);
    [of(|shares| shares.likers.estimate), of(|shares| shares.commenters.estimate), of(|shares| shares.all.estimate)]
}

fn row((world, usage, name): (&str, &str, &str), of: &[Estimated], settings: &EngagementEvaluation) -> Vec<String> {
    let average = |value: &dyn Fn(&Estimated) -> f64| mean(&of.iter().map(value).collect::<Vec<_>>());
    let in_points = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), points);
    let error = average(&|of| (of.estimate.share - of.truth).abs());
    let held = of.iter().filter(|of| of.estimate.interval.contains(of.truth)).count();
    let coverage = held as f64 / of.len().max(1) as f64;
    vec![
        world.to_owned(),
        usage.to_owned(),
        name.to_owned(),
        count(of.len()),
        average(&|of| of.estimate.sample_count as f64).map_or_else(|| ABSENT.to_owned(), |n| count(n.round() as usize)),
        average(&|of| of.truth).map_or_else(|| ABSENT.to_owned(), decimal),
        errors(of, settings),
        MAX_ERROR.outcome(error),
        in_points(average(&|of| of.estimate.share - of.truth)),
        share_of(held, of.len()),
        outcome_of_coverage(coverage, of.len()),
        in_points(average(&|of| of.estimate.interval.width())),
    ]
}

fn outcome_of_coverage(coverage: f64, n: usize) -> String {
    match coverage {
        _ if n == 0 => ABSENT.to_owned(),
        held if COVERAGE.contains(&held) => "met".to_owned(),
        held if held > *COVERAGE.end() => "wider than needed".to_owned(),
        _ => "too narrow".to_owned(),
    }
}

/// `3.2 [2.9, 3.5]` percentage points.
fn errors(of: &[Estimated], settings: &EngagementEvaluation) -> String {
    let errors: Vec<f64> = of.iter().map(|of| (of.estimate.share - of.truth).abs()).collect();
    let bootstrap = Bootstrap { replicates: N_BOOTSTRAP, level: ACCURACY_LEVEL, seed: settings.seed };
    let over = |rows: &[usize]| mean(&rows.iter().map(|&row| errors[row]).collect::<Vec<_>>());
    match (mean(&errors), bootstrap.over_rows(errors.len(), over)) {
        (Some(mean), Some(interval)) => {
            format!("{} [{}, {}]", points(mean), points(interval.low()), points(interval.high()))
        }
        (mean, _) => mean.map_or_else(|| ABSENT.to_owned(), points),
    }
}

fn half_row((world, usage, name): (&str, &str, &str), pairs: &[[ShareEstimate; 2]]) -> Vec<String> {
    let overlap = |[a, b]: &[ShareEstimate; 2]| a.interval.low() <= b.interval.high() && b.interval.low() <= a.interval.high();
    let n = pairs.iter().filter(|pair| overlap(pair)).count();
    let average = |value: fn(&[ShareEstimate; 2]) -> f64| {
        mean(&pairs.iter().map(value).collect::<Vec<_>>()).map_or_else(|| ABSENT.to_owned(), points)
    };
    vec![
        world.to_owned(),
        usage.to_owned(),
        name.to_owned(),
        count(pairs.len()),
        share_of(n, pairs.len()),
        super::outcome(MIN_OVERLAP, n, pairs.len()),
        average(|[a, b]| (a.share - b.share).abs()),
        average(|[a, b]| f64::midpoint(a.interval.width(), b.interval.width())),
    ]
}

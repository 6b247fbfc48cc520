//! What group evidence does to scores: who of the people that were called together is raised, and what it gains in markets.

use super::delivery::Drawn;
use super::gathering::Gathering;
use super::group_features::in_reports;
use super::innocents::Planted;
use super::markets::Market;
use super::named_deliveries::over;
use super::trial::groups;
use super::world::{Population, scores_of};
use super::{Background, CoordinationSettings, World};
use crate::audit::{AuditSettings, audit};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal_to, optional, points, with_interval};
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, CoordinatedGroup, Dataset, GroupKind, Label, LabelSubject, ShareEstimate};
use crate::error::Result;
use crate::graph::LockstepGroup;
use crate::model::AccountModel;
use crate::scoring::{AccountScores, Audiences, CreatorScorer, GroupEvidence, PrevalenceEstimator};
use crate::signals::Activities;
use crate::statistics::{auc, brier, mean};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Accounts over which ranking and squared error are measured at most, evenly chosen.
const MOST_ACCOUNTS: usize = 20_000;

/// The rules that are held against each other for choosing one: the shipped one, and each of its constants lower and higher.
pub(super) fn rules_for_tuning() -> Vec<GroupEvidence> {
    let shipped = GroupEvidence::default();
    let mut rules = vec![shipped];
    rules.extend([0.9, 0.98].map(|fake_if_sent| GroupEvidence { fake_if_sent, ..shipped }));
    rules.extend([5.0, 20.0].map(|witnesses| GroupEvidence { witnesses, ..shipped }));
    rules.extend([0.8, 0.99].map(|borne_out| GroupEvidence { borne_out, ..shipped }));
    rules
}

fn rule_name(rule: &GroupEvidence) -> String {
    format!(
        "{} fake if sent, {} witnesses, from {}",
        decimal_to(rule.fake_if_sent, 2),
        decimal_to(rule.witnesses, 0),
        decimal_to(rule.borne_out, 2)
    )
}

/// Two tables: people who were called together beside vendors' deliveries of like shape; markets with and without group evidence.
pub(super) fn evidence(
    (occasions, markets): (&[World], &[World]),
    rules: &[GroupEvidence],
    settings: &CoordinationSettings,
) -> Result<Vec<EvaluationTable>> {
    let mut raised = EvaluationTable::new(
        format!(
            "Who is raised by group evidence: planted into simulated worlds, {} draws each. Raised: an account whose probability of being fake a group changes; a creator's \
             share moves where one of the planted followers is raised. 95 % bootstrap intervals over draws",
            settings.n_repeats
        ),
        &[
            "world",
            "rule",
            "occasion",
            "planted",
            "draws with anybody raised",
            "share of the planted accounts raised",
            "share of their creators moved",
        ],
    );
    for world in occasions {
        occasions_of(world, rules, settings, &mut raised)?;
    }
    let mut scored = EvaluationTable::new(
        "Simulated markets scored with and without group evidence: error of the creator's fake share (mean absolute, in percentage points, against all its followers in the \
         hands of vendors), share of 90 % intervals that hold the truth, and how accounts are ranked (of at most 20,000 labelled ones with a profile). Raised: accounts that groups change. 95 % \
         bootstrap intervals over creators or accounts",
        &[
            "scenario",
            "evidence",
            "inflated creators",
            "error",
            "interval holds truth",
            "other creators",
            "error of theirs",
            "interval holds truth, theirs",
            "raised",
            "of them fake",
            "AUC of accounts",
            "Brier score",
        ],
    );
    for world in markets {
        market_rows(world, rules, settings, &mut scored)?;
    }
    Ok(vec![raised, scored])
}

/// What evidence did to one plant.
#[derive(Debug, Clone, Copy)]
struct Effect {
    accounts: f64,
    creators: f64,
}

fn occasions_of(
    world: &World,
    rules: &[GroupEvidence],
    settings: &CoordinationSettings,
    table: &mut EvaluationTable,
) -> Result<()> {
    let dataset = simulated_dataset(&world.scenario, settings.seed)?;
    let (background, population) = (Background::of_follows(world.name.clone(), &dataset)?, Population::of(&dataset)?);
    let (scores, threshold) = scores_of(&dataset)?;
    let of_follows = |group: &LockstepGroup| in_reports(group, GroupKind::FollowLockstep);
    let mut effects: BTreeMap<(usize, usize, usize), Vec<Effect>> = BTreeMap::new();
    for (occasion, gathering) in Gathering::ALL.into_iter().enumerate() {
        for (kind, planted) in Planted::ALL.into_iter().enumerate() {
            for seed in (settings.seed..).take(settings.n_repeats as usize) {
                let drawn = planted.draw(gathering, &background, &population, seed);
                let groups: Vec<CoordinatedGroup> = groups(&background, &drawn)?.iter().map(of_follows).collect();
                for (number, rule) in rules.iter().enumerate() {
                    let effect = effect(&dataset, (&scores, threshold), &groups, &drawn, rule);
                    effects.entry((number, kind, occasion)).or_default().push(effect);
                    effects.entry((number, kind, Gathering::ALL.len())).or_default().push(effect);
                }
            }
        }
    }
    for ((rule, kind, occasion), effects) in effects {
        let raised = effects.iter().filter(|effect| effect.accounts > 0.0).count();
        table.push([
            world.name.clone(),
            rule_name(&rules[rule]),
            Gathering::ALL.get(occasion).map_or("all", |gathering| gathering.name()).to_owned(),
            Planted::ALL[kind].words().to_owned(),
            format!("{raised} of {}", effects.len()),
            over(&effects, |effect| Some(effect.accounts), settings),
            over(&effects, |effect| Some(effect.creators), settings),
        ]);
    }
    Ok(())
}

fn effect(
    dataset: &Dataset,
    (scores, threshold): (&AccountScores, f64),
    groups: &[CoordinatedGroup],
    drawn: &Drawn,
    rule: &GroupEvidence,
) -> Effect {
    let mut scores = scores.clone();
    scores.note_groups(groups);
    scores.weigh_groups(dataset, groups, threshold, rule);
    let is_raised = |row: u32| scores.raised_by_group.contains_key(&AccountId(row));
    let rows: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.row).collect();
    let columns: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.column).collect();
    let moved: BTreeSet<u32> = drawn.ordered.iter().filter(|edge| is_raised(edge.row)).map(|edge| edge.column).collect();
    Effect {
        accounts: rows.iter().filter(|row| is_raised(**row)).count() as f64 / rows.len().max(1) as f64,
        creators: moved.len() as f64 / columns.len().max(1) as f64,
    }
}

/// An estimated share beside the true one.
#[derive(Debug, Clone, Copy)]
struct Estimated {
    estimate: ShareEstimate,
    truth: f64,
    is_inflated: bool,
}

fn market_rows(
    world: &World,
    rules: &[GroupEvidence],
    settings: &CoordinationSettings,
    table: &mut EvaluationTable,
) -> Result<()> {
    let market = Market::draw(world, settings.seed)?;
    let model = AccountModel::embedded()?;
    let audit = audit(&market.dataset, &model, &AuditSettings { seed: settings.seed, prior: None })?;
    let threshold = model.suspicious_threshold();
    let plain = AccountScores::from_predictions(&market.dataset, audit.accounts.predictions.clone(), threshold);
    let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
    table.push(market_row(world, &market, (&plain, &audit.groups), (&estimator, "profiles alone".to_owned()), settings));
    for rule in rules {
        let mut scores = plain.clone();
        scores.note_groups(&audit.groups);
        scores.weigh_groups(&market.dataset, &audit.groups, threshold, rule);
        table.push(market_row(world, &market, (&scores, &audit.groups), (&estimator, rule_name(rule)), settings));
    }
    Ok(())
}

fn market_row(
    world: &World,
    market: &Market,
    (scores, groups): (&AccountScores, &[CoordinatedGroup]),
    (estimator, evidence): (&PrevalenceEstimator, String),
    settings: &CoordinationSettings,
) -> [String; 12] {
    let labels = market.labels(LabelSubject::Account);
    let raised: Vec<&AccountId> = scores.raised_by_group.keys().collect();
    let fakes = raised.iter().filter(|id| labels.get(id) == Some(&Label::Fake)).count();
    let (ranked, squared) = of_accounts(scores, &labels, settings);
    let estimated = estimated(market, (scores, groups), estimator);
    let of = |is_inflated: bool| {
        let of: Vec<Estimated> = estimated.iter().filter(|of| of.is_inflated == is_inflated).copied().collect();
        let holds = |of: &Estimated| Some(f64::from(u8::from(of.estimate.interval.contains(of.truth))));
        (count(of.len()), errors(&of, settings), over(&of, holds, settings))
    };
    let (inflated, others) = (of(true), of(false));
    [
        world.name.clone(),
        evidence,
        inflated.0,
        inflated.1,
        inflated.2,
        others.0,
        others.1,
        others.2,
        count(raised.len()),
        optional((!raised.is_empty()).then(|| fakes as f64 / raised.len() as f64)),
        ranked,
        squared,
    ]
}

/// Shares of all creators that have one, each beside the truth.
fn estimated(
    market: &Market,
    (scores, groups): (&AccountScores, &[CoordinatedGroup]),
    estimator: &PrevalenceEstimator,
) -> Vec<Estimated> {
    let (activities, audiences) = (Activities::gather(&market.dataset), Audiences::gather(&market.dataset));
    let scorer = CreatorScorer::new(&activities, &audiences, scores, estimator, (groups, &[]));
    let truths: BTreeMap<&str, (f64, bool)> = market
        .creators
        .iter()
        .filter(|truth| truth.followers > 0)
        .map(|truth| {
            (truth.creator_id.as_str(), (truth.fake_followers as f64 / truth.followers as f64, truth.ordered_followers > 0))
        })
        .collect();
    let of_row = |row: usize| {
        let score = scorer.score(row).score;
        let (truth, is_inflated) = *truths.get(market.dataset.name(score.id))?;
        Some(Estimated { estimate: score.audience_fake?, truth, is_inflated })
    };
    (0..market.dataset.creators.len()).into_par_iter().filter_map(of_row).collect()
}

/// `3.2 [2.9, 3.5]` percentage points.
fn errors(of: &[Estimated], settings: &CoordinationSettings) -> String {
    let errors: Vec<f64> = of.iter().map(|of| (of.estimate.share - of.truth).abs()).collect();
    let over = |rows: &[usize]| mean(&rows.iter().map(|&row| errors[row]).collect::<Vec<_>>());
    match (mean(&errors), settings.bootstrap().over_rows(errors.len(), over)) {
        (Some(mean), Some(interval)) => {
            format!("{} [{}, {}]", points(mean), points(interval.low()), points(interval.high()))
        }
        (mean, _) => mean.map_or_else(|| optional(None), points),
    }
}

/// How well accounts are ranked, and the Brier score.
fn of_accounts(scores: &AccountScores, labels: &BTreeMap<AccountId, Label>, settings: &CoordinationSettings) -> (String, String) {
    let known: Vec<(f64, Label)> = labels.iter().filter_map(|(id, label)| Some((scores.p_fake(*id)?, *label))).collect();
    let every = known.len().div_ceil(MOST_ACCOUNTS).max(1);
    let chosen: Vec<(f64, Label)> = known.into_iter().step_by(every).collect();
    let of = |figure: fn(&[f64], &[Label]) -> Option<f64>| {
        let over = |rows: &[usize]| {
            let (p, labels): (Vec<f64>, Vec<Label>) = rows.iter().map(|&row| chosen[row]).unzip();
            figure(&p, &labels)
        };
        let all: Vec<usize> = (0..chosen.len()).collect();
        with_interval(over(&all), settings.bootstrap().over_rows(chosen.len(), over))
    };
    (of(auc), of(brier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Interval;

    #[test]
    fn errors_are_printed_in_points() {
        let of = |share: f64, truth: f64| Estimated {
            estimate: ShareEstimate { share, interval: Interval::new(share, share).unwrap(), sample_count: 100 },
            truth,
            is_inflated: true,
        };
        let settings = CoordinationSettings::quick(1);
        // |.10 − .12| = .02 and |.30 − .32| = .02: whichever are drawn, two points.
        assert_eq!(errors(&[of(0.10, 0.12), of(0.30, 0.32)], &settings), "2.0 [2.0, 2.0]");
        assert_eq!(errors(&[], &settings), "not measured");
    }

    #[test]
    fn one_constant_is_varied_at_a_time() {
        let rules = rules_for_tuning();
        assert_eq!(rules[0], GroupEvidence::default());
        let differences = |rule: &GroupEvidence| {
            let pairs = [
                (rule.fake_if_sent, rules[0].fake_if_sent),
                (rule.witnesses, rules[0].witnesses),
                (rule.borne_out, rules[0].borne_out),
            ];
            pairs.iter().filter(|(a, b)| a != b).count()
        };
        assert!(rules.len() == 7 && rules[1..].iter().all(|rule| differences(rule) == 1));
    }
}

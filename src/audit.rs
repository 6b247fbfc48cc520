//! The chain from a dataset to everything said of it.

mod arrivals;
mod comment_copies;
mod coordination;
mod sketches;
mod trust;
mod warnings;

pub use arrivals::find_arrivals;
pub use comment_copies::find_comment_copies;
pub use coordination::find_groups;

use crate::domain::{CoordinatedGroup, Dataset, Finding, Platform, Probability, Timestamp};
use crate::error::Result;
use crate::model::{AccountModel, AccountPredictions, CreatorModel, PrevalenceCalibration, TimingModel};
use crate::scoring::{
    AccountScores, Audiences, AutomatedScores, CreatorJudgement, CreatorScore, CreatorScorer, ExplainedGrowth, GroupEvidence,
    GrowthContext, NotMeasured, PrevalenceEstimator, ScoredCreator, SharedMoves, arrival_findings, audience_findings,
    comment_findings, creator_features, decide, engagement_findings, engagement_not_measured, engager_findings, explain_creator,
    explain_growth, group_findings, growth_findings, growth_likelihoods, growth_not_measured, judge_creators, ordered_odds,
    timing_findings, timing_not_measured, undecided_targets,
};
use crate::signals::{
    AccountTimings, Activities, CommentMeasures, CreatorActivity, CreatorMeasures, SignalTable, measure_accounts,
};
use crate::sketch::CreatorSketch;
use rayon::prelude::*;

/// Everything said of a dataset.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The instant that the data describe.
    pub captured_at: Option<Timestamp>,
    /// Whether `dataset.toml` states that instant; if not, it is the newest time in the tables.
    pub captured_at_is_stated: bool,
    /// Creators, in the dataset's order.
    pub creators: Vec<CreatorScore>,
    /// Accounts.
    pub accounts: AccountScores,
    /// Account signals, one row an account.
    pub account_signals: SignalTable,
    /// Accounts with enough timed actions, with how much their times look like a program's: evidence that changes no probability.
    pub automated: AutomatedScores,
    /// Creator signals (the table `features`), one row a creator in the dataset's order.
    pub creator_signals: SignalTable,
    /// What comments say, one slot a creator in the dataset's order.
    pub comments: Vec<CommentMeasures>,
    /// Coordinated groups, in the order of their ids.
    pub groups: Vec<CoordinatedGroup>,
    /// What selection needs of each creator, in the dataset's order.
    pub sketches: Vec<CreatorSketch>,
    /// Findings, by creator in the dataset's order, weightiest first.
    pub findings: Vec<Finding>,
    /// What a person should know about the data in hand, in plain sentences.
    pub warnings: Vec<String>,
}

/// What an audit is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AuditSettings {
    /// Seed of everything drawn by chance. Nothing is in this version: shares come from sums over grids.
    pub seed: u64,
    /// Share of inflated creators assumed before anything is seen; `None` takes the creator model's own. It moves probabilities, not what is
    /// concluded from them.
    pub prior: Option<Probability>,
}

/// What the account model contributes to an audit.
#[derive(Debug, Clone)]
pub struct AccountEvidence {
    /// Account signals, one row an account.
    pub signals: SignalTable,
    /// Predictions, one slot an account.
    pub predictions: AccountPredictions,
    /// Probability from which an account is *suspicious*.
    pub suspicious_threshold: f64,
    /// How the model's scores are spread.
    pub prevalence: PrevalenceCalibration,
}

/// Measures the accounts of a dataset, looks for coordinated groups, scores accounts and creators, and gathers what was found.
///
/// # Errors
/// `Malformed` if the model's calibration is not whole.
///
/// # Cost
/// A few passes over accounts and follows, and some milliseconds a creator, on all threads. Same dataset, model and
/// seed, same bits, whatever the number of threads.
///
/// # Examples
/// ```
/// use bonafide::audit::{AuditSettings, audit};
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::model::AccountModel;
/// let dataset = DatasetBuilder::new(Manifest::default()).finish();
/// let audit = audit(&dataset, &AccountModel::embedded().unwrap(), &AuditSettings { seed: 7, prior: None }).unwrap();
/// assert!(audit.creators.is_empty());
/// ```
pub fn audit(dataset: &Dataset, model: &AccountModel, settings: &AuditSettings) -> Result<Audit> {
    let signals = measure_accounts(dataset, model.handles());
    let predictions = model.predict(&signals, &dataset.account_platforms());
    let suspicious_threshold = model.suspicious_threshold();
    let prevalence = model.prevalence().clone();
    Audit::assemble(dataset, AccountEvidence { signals, predictions, suspicious_threshold, prevalence }, settings)
}

impl Audit {
    /// As [`Audit::assemble`], nothing assumed but what the models assume.
    ///
    /// # Errors
    /// As [`Audit::assemble`].
    ///
    /// # Cost
    /// As [`Audit::assemble`].
    pub fn from_evidence(dataset: &Dataset, evidence: AccountEvidence) -> Result<Self> {
        Self::assemble(dataset, evidence, &AuditSettings::default())
    }

    /// Looks for groups, scores accounts, then creators, and gathers what was found.
    ///
    /// # Errors
    /// `Malformed` if the calibration holds no template.
    ///
    /// # Cost
    /// One pass over accounts and follows, and some milliseconds a creator; creators run in parallel. The result does
    /// not depend on the number of threads.
    pub fn assemble(dataset: &Dataset, evidence: AccountEvidence, settings: &AuditSettings) -> Result<Self> {
        let AuditSettings { seed: _, prior } = *settings;
        let AccountEvidence { signals, predictions, suspicious_threshold, prevalence } = evidence;
        let mut accounts = AccountScores::from_predictions(dataset, predictions, suspicious_threshold);
        let mut groups = find_groups(dataset)?;
        let (arrivals, batches) = find_arrivals(dataset);
        groups.extend(batches);
        let activities = Activities::gather(dataset);
        groups.extend(find_comment_copies(dataset, activities.comments()));
        for (number, group) in groups.iter_mut().enumerate() {
            group.id = format!("g{}", number + 1);
        }
        accounts.note_groups(&groups);
        accounts.weigh_groups(dataset, &groups, suspicious_threshold, &GroupEvidence::default());
        accounts.trust = trust::find_trust(dataset)?;
        let audiences = Audiences::gather(dataset);
        let estimator = PrevalenceEstimator::new(prevalence)?;
        let automated = AutomatedScores::of(&AccountTimings::measure(dataset)?, &TimingModel::embedded()?);
        let scorer = CreatorScorer::new(&activities, &audiences, &accounts, &estimator, (&groups, &arrivals));
        let scored: Vec<ScoredCreator> = (0..dataset.creators.len()).into_par_iter().map(|row| scorer.score(row)).collect();
        let measured: Vec<CreatorMeasures> =
            (0..activities.len()).into_par_iter().map(|row| measure(&activities.of(row), &automated)).collect();
        let shared = SharedMoves::gather(measured.iter().map(|measured| &measured.growth));
        let context = GrowthContext { accounts: &accounts, shared: &shared, likelihoods: growth_likelihoods() };
        let explain =
            |(row, measured): (usize, &CreatorMeasures)| explain_growth(&activities.of(row), &measured.growth, &context);
        let explained: Vec<Vec<ExplainedGrowth>> = measured.par_iter().enumerate().map(explain).collect();
        let proposed: Vec<Vec<Finding>> = measured
            .par_iter()
            .enumerate()
            .map(|(row, measured)| propose(&activities.of(row), measured, &automated, &explained[row]))
            .collect();
        let of_creators = scored.iter().zip(proposed);
        let findings = of_creators.flat_map(|(creator, proposed)| findings(dataset, creator, &groups, proposed)).collect();
        let ordered = measured.par_iter().zip(&explained).map(|(measured, explained)| ordered_odds(&measured.growth, explained));
        let creator_signals = with_signal(creator_features(&scored, &measured), "growth.ordered_odds", ordered.collect());
        let creators: Vec<CreatorScore> =
            scored.into_iter().zip(&measured).map(|(creator, measured)| with_gaps(creator.score, measured)).collect();
        let undecided = undecided_targets(&groups, &accounts);
        let creators =
            creators.into_iter().map(|score| CreatorScore { has_undecided_group: undecided.contains(&score.id), ..score });
        let creators = judged(dataset, creators.collect(), &creator_signals, prior)?;
        let sketches = sketches::make_sketches(&activities, &audiences, &accounts, &creators);
        Ok(Self {
            captured_at: dataset.captured_at(),
            captured_at_is_stated: dataset.manifest.captured_at.is_some(),
            warnings: warnings::warnings(dataset, &accounts, &creators),
            creators,
            sketches,
            accounts,
            account_signals: signals,
            automated,
            creator_signals,
            comments: measured.into_iter().map(|of| of.comments).collect(),
            groups,
            findings,
        })
    }
}

/// What posts, history and others' actions say of one creator.
fn measure(activity: &CreatorActivity<'_>, automated: &AutomatedScores) -> CreatorMeasures {
    let measured = CreatorMeasures::of(activity);
    let (timed_count, programs) = automated.among_engagers(activity);
    let timing = measured.timing.with_automated(programs.len() as u64, timed_count);
    CreatorMeasures { timing, ..measured }
}

/// What that proposes.
fn propose(
    activity: &CreatorActivity<'_>,
    measured: &CreatorMeasures,
    automated: &AutomatedScores,
    explained: &[ExplainedGrowth],
) -> Vec<Finding> {
    let (_, programs) = automated.among_engagers(activity);
    let mut findings = growth_findings(activity, &measured.growth, explained);
    findings.extend(engagement_findings(activity, &measured.engagement));
    findings.extend(timing_findings(activity, &measured.timing, &programs));
    findings.extend(comment_findings(activity, &measured.comments));
    findings
}

fn with_signal(table: SignalTable, id: &str, values: Vec<Option<f64>>) -> SignalTable {
    match table.column_of(id) {
        Some(column) => table.with_column(column, values),
        None => table,
    }
}

/// Scores with what the creator model says, and the verdicts that follow from it.
fn judged(
    dataset: &Dataset,
    creators: Vec<CreatorScore>,
    signals: &SignalTable,
    prior: Option<Probability>,
) -> Result<Vec<CreatorScore>> {
    let platforms: Vec<Platform> = dataset.creators.iter().map(|creator| creator.platform).collect();
    let shipped = CreatorModel::embedded()?;
    let model = prior.map_or_else(|| shipped.clone(), |prior| shipped.assuming(prior));
    let judgements = judge_creators(&creators, &platforms, signals, &model);
    let with = |(mut score, judgement): (CreatorScore, Option<CreatorJudgement>)| {
        score.p_fake = judgement.as_ref().map(CreatorJudgement::p_fake);
        if judgement.is_none() {
            let why = "it needs followers with profiles, posts with counts, or a history of followers, in the numbers that their signals ask for";
            score.not_measured.push(NotMeasured { what: "p_fake", why });
        }
        score.judgement = judgement;
        (score.verdict, score.verdict_reason) = decide(&score);
        score.explanation = explain_creator(&score, &model);
        score
    };
    Ok(creators.into_par_iter().zip(judgements).map(with).collect())
}

/// A score that also names what could not be measured of posts, history and others' actions.
fn with_gaps(mut score: CreatorScore, measured: &CreatorMeasures) -> CreatorScore {
    score.not_measured.extend(growth_not_measured(&measured.growth));
    score.not_measured.extend(engagement_not_measured(&measured.engagement));
    score.not_measured.extend(timing_not_measured(&measured.timing));
    score
}

/// All findings about one creator, weightiest first; `proposed` are those that rest on no account's score.
fn findings(dataset: &Dataset, creator: &ScoredCreator, groups: &[CoordinatedGroup], proposed: Vec<Finding>) -> Vec<Finding> {
    let mut findings = group_findings(dataset, creator, groups);
    findings.extend(audience_findings(dataset, creator));
    findings.extend(engager_findings(dataset, creator));
    findings.extend(proposed);
    findings.extend(arrival_findings(creator, groups));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

#[cfg(test)]
pub(crate) mod arrivals_tests;
#[cfg(test)]
mod bad_times_tests;
#[cfg(test)]
mod comment_copies_tests;
#[cfg(test)]
mod coordination_tests;
#[cfg(test)]
mod engagement_lockstep_tests;
#[cfg(test)]
mod engagers_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod trial;

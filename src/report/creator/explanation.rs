//! How the probability of inflation comes about: parts that add up, what would change the verdict, causes that were weighed.

use super::Subject;
use super::accounts::Contribution;
use crate::domain::{Finding, Probability};
use crate::model::{CREATOR_INPUTS, CreatorBlock};
use crate::report::number;
use crate::report::verdict_change::{block_name, change_statement, odds_in_words, signal_value};
use crate::scoring::{BlockExplanation, CreatorExplanation, CreatorJudgement, VerdictChange};
use crate::signals::creator_signal;
use serde::Serialize;

/// Most findings whose causes are listed.
const N_FINDINGS: usize = 5;

/// What a creator without any sign has for it.
pub const LOOKED_FOR: &str = "signs were looked for: what it would say if nothing measured showed any";

/// The probability taken apart.
#[derive(Debug, Clone, Serialize)]
pub struct ExplanationSection {
    /// What it shows, in a sentence.
    pub statement: String,
    /// Probability that audience or engagement was inflated, by whomever.
    pub p_fake: f64,
    /// Lower end of its 90 % interval.
    pub p_fake_low: Option<f64>,
    /// Upper end of it.
    pub p_fake_high: Option<f64>,
    /// Probability from which the verdict is `fail`.
    pub fail_from: Option<f64>,
    /// Probability below which it may be `pass`.
    pub pass_below: Option<f64>,
    /// Share of inflated creators that is assumed before anything is seen.
    pub prior: f64,
    /// The same as log-odds.
    pub prior_log_odds: f64,
    /// What it adds to the log-odds that signs were looked for, were none found in whatever is measured.
    pub looked_for_log_odds: f64,
    /// Log-odds taken off, as the creators of the platform lie higher than known ones as a whole.
    pub platform_shift_log_odds: f64,
    /// All five blocks of signals, measured or not.
    pub blocks: Vec<BlockText>,
    /// Prior, what was looked for, the platform's shift and the blocks together.
    pub total_log_odds: f64,
    /// What would change the verdict.
    pub changes: Vec<String>,
    /// Causes that were held against what was seen.
    pub causes: Vec<CausesText>,
}

/// One block of signals.
#[derive(Debug, Clone, Serialize)]
pub struct BlockText {
    /// Its word.
    pub block: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What its signs add to the log-odds, 0 without any; null where it is not measured.
    pub log_odds: Option<f64>,
    /// The same in words.
    pub words: String,
    /// Probability if it showed no sign, all else being as it is.
    pub p_without: Option<f64>,
    /// The verdict then.
    pub verdict_without: Option<&'static str>,
    /// Its measured signals; their contributions add up to the block's.
    pub signals: Vec<Contribution>,
}

/// Causes of one finding.
#[derive(Debug, Clone, Serialize)]
pub struct CausesText {
    /// Signal of the finding.
    pub signal: &'static str,
    /// The finding in its own words.
    pub statement: String,
    /// Best first.
    pub causes: Vec<WeighedCauseText>,
}

/// One cause.
#[derive(Debug, Clone, Serialize)]
pub struct WeighedCauseText {
    /// As it stands in a sentence.
    pub cause: &'static str,
    /// Whether accounts or engagement were ordered, by whomever.
    pub is_ordered: bool,
    /// How many times likelier what was seen is under the best cause; 1 for the best.
    pub odds_against: f64,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Option<ExplanationSection> {
    let (judged, explained) = (subject.score.judgement.as_ref()?, subject.score.explanation.as_ref()?);
    let said = &judged.prediction;
    let interval = judged.interval();
    let prior_log_odds = Probability::new(said.rates.prior)?.log_odds();
    let blocks: Vec<BlockText> = CreatorBlock::ALL.into_iter().map(|block| block_text(block, judged, explained)).collect();
    Some(ExplanationSection {
        statement: statement(judged),
        p_fake: judged.p_fake().get(),
        p_fake_low: interval.map(|interval| interval.low()),
        p_fake_high: interval.map(|interval| interval.high()),
        fail_from: said.fail_from,
        pass_below: said.pass_below,
        prior: said.rates.prior,
        prior_log_odds,
        looked_for_log_odds: said.base + judged.anchor_shift - prior_log_odds,
        platform_shift_log_odds: -judged.anchor_shift,
        total_log_odds: said.log_odds,
        blocks,
        changes: changes(explained),
        causes: causes(subject),
    })
}

fn statement(judged: &CreatorJudgement) -> String {
    let range = judged.interval().map_or_else(String::new, |interval| {
        format!(", 90 % interval {}", number::percent_range(interval.low(), interval.high()))
    });
    format!(
        "The probability that audience or engagement was inflated, by whomever, is {}{range}. What is assumed beforehand, that signs were looked for, and the signs \
         of each kind add up to it.",
        number::percent(judged.p_fake().get())
    )
}

fn block_text(block: CreatorBlock, judged: &CreatorJudgement, explained: &CreatorExplanation) -> BlockText {
    let known: Option<&BlockExplanation> = explained.blocks.iter().find(|known| known.block == block);
    BlockText {
        block: block.word(),
        name: block_name(block),
        log_odds: known.map(|known| known.log_odds),
        words: known.map_or_else(|| "not measured".to_owned(), |known| odds_in_words(known.log_odds)),
        p_without: known.map(|known| known.p_without.get()),
        verdict_without: known.map(|known| known.verdict_without.word()),
        signals: signals(block, judged),
    }
}

/// Measured signals of a block, the largest contribution first.
fn signals(block: CreatorBlock, judged: &CreatorJudgement) -> Vec<Contribution> {
    let own = judged.prediction.contributions.iter().filter(|(id, _)| CreatorBlock::of(id) == Some(block));
    let mut signals: Vec<Contribution> = own
        .filter_map(|&(id, log_odds)| {
            let signal = creator_signal(id)?;
            let value = CREATOR_INPUTS.iter().zip(&judged.values).find(|(input, _)| input.id == id).and_then(|(_, value)| *value);
            let value_text = value.map_or_else(String::new, |value| signal_value(id, value));
            Some(Contribution { signal: signal.id, name: signal.name, value, value_text, log_odds })
        })
        .collect();
    signals.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()).then(a.signal.cmp(b.signal)));
    signals
}

fn changes(explained: &CreatorExplanation) -> Vec<String> {
    let mut changes: Vec<String> = explained.changes.iter().map(change_statement).collect();
    let has_one = explained.changes.iter().any(|change| !matches!(change, VerdictChange::Measured { .. }));
    if !has_one {
        changes.insert(
            0,
            "No single kind of evidence, however much it changed, would by itself make the verdict another.".to_owned(),
        );
    }
    changes
}

fn causes(subject: &Subject<'_>) -> Vec<CausesText> {
    let is_meant = |finding: &&Finding| finding.creator == subject.creator.id && !finding.weighed_causes.is_empty();
    let text =
        |finding: &Finding| CausesText { signal: finding.signal, statement: finding.statement.clone(), causes: weighed(finding) };
    subject.source.audit.findings.iter().filter(is_meant).take(N_FINDINGS).map(text).collect()
}

/// The causes of a finding with their odds.
pub(super) fn weighed(finding: &Finding) -> Vec<WeighedCauseText> {
    let text = |cause: &crate::domain::WeighedCause| WeighedCauseText {
        cause: cause.phrase,
        is_ordered: cause.is_ordered,
        odds_against: cause.odds_against,
    };
    finding.weighed_causes.iter().map(text).collect()
}

impl BlockText {
    /// Probability and verdict without a sign of it.
    pub fn without_text(&self) -> String {
        let both = self.p_without.zip(self.verdict_without);
        both.map_or_else(String::new, |(p, verdict)| format!("{}, {verdict}", number::percent(p)))
    }
}

impl WeighedCauseText {
    /// How it stands beside the best.
    pub fn beside_the_best(&self) -> String {
        match self.odds_against {
            odds if odds < 1.05 => "explains it best".to_owned(),
            odds if odds >= 1_000.0 => "more than 1,000 times less likely".to_owned(),
            odds if odds >= 10.0 => format!("{} times less likely", number::plain(odds.round())),
            odds => format!("{odds:.1} times less likely"),
        }
    }
}

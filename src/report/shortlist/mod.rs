//! A shortlist ready to be rendered: names, amounts and sentences.

mod prose;
mod tables;
mod text;

pub use prose::{amount, people, per_unit, range_text};
pub use tables::{LIST_HEADS, one_and_rules, one_line, why_missed};

use crate::scoring::Estimate;
use crate::selection::{
    Alternative, Brief, CHOICE_DRAWS, Member, Missed, MissedBecause, Objective, Removal, SelectionInput, Shortlist,
};
use serde::Serialize;

/// Version of the JSON form.
pub const SHORTLIST_VERSION: u32 = 1;

/// A number with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    /// Estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl From<Estimate> for Range {
    fn from(estimate: Estimate) -> Self {
        Self { value: estimate.value, low: estimate.interval.low(), high: estimate.interval.high() }
    }
}

/// What the run was, as the face knows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunStamp {
    /// Version of bonafide that scored.
    pub tool_version: String,
    /// SHA-256 of the account model.
    pub model_sha256: String,
    /// The instant that the data describe.
    pub captured_at: Option<String>,
}

/// Somebody in the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShortlistCreator {
    /// Id in the dataset.
    pub creator_id: String,
    /// Handle, if known.
    pub handle: Option<String>,
    /// Platform.
    pub platform: &'static str,
    /// Size class.
    pub tier: Option<&'static str>,
    /// Topic.
    pub category: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Followers as the platform counts them.
    pub followers: Option<f64>,
    /// Percentage that is authentic.
    pub score: Option<Range>,
    /// Verdict.
    pub verdict: &'static str,
    /// Probability that its audience was inflated.
    pub p_fake: Option<f64>,
    /// Accounts whose profiles its fake share rests on.
    pub audience_sample_count: Option<u64>,
    /// Whom its list speaks of: complete, random, listed.
    pub basis: &'static str,
}

/// A member of the set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberRow {
    /// Who.
    pub creator: ShortlistCreator,
    /// Price of one post.
    pub cost: f64,
    /// Whether that is from the table of prices.
    pub is_table_price: bool,
    /// Authentic people of its own.
    pub reach: Option<Range>,
    /// Authentic engagements of a post.
    pub engagements: Option<Range>,
    /// What it adds to the members above it.
    pub gain: f64,
    /// Part of the draws in which it is bought.
    pub stays_share: f64,
    /// How well its texts match the words asked for.
    pub fit: Option<f64>,
    /// How like the creator asked for it is.
    pub likeness: Option<f64>,
}

/// A candidate that was not bought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissedRow {
    /// Who.
    pub creator: ShortlistCreator,
    /// Price of one post.
    pub cost: f64,
    /// What it would add.
    pub gain: f64,
    /// The part of what it brings that the set has already.
    pub already_share: f64,
    /// Part of the draws in which it is bought.
    pub stays_share: f64,
    /// Why not, in a sentence.
    pub because: String,
}

/// A creator that could not be bought, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptOutRow {
    /// Who.
    pub creator: ShortlistCreator,
    /// What it would bring alone.
    pub worth: Option<Range>,
    /// Why not.
    pub because: &'static str,
}

/// How many creators a filter removed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemovedRow {
    /// Why.
    pub because: &'static str,
    /// How many.
    pub count: usize,
}

/// Another way to spend the budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlternativeRow {
    /// What it is.
    pub name: String,
    /// How many creators it buys.
    pub members_count: usize,
    /// What it costs.
    pub cost: Option<f64>,
    /// What it is worth.
    pub worth: Option<Range>,
    /// Why the creator could not be bought, where it is one.
    pub kept_out_because: Option<&'static str>,
}

/// A point of the curve of budgets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurveRow {
    /// Budget.
    pub budget: f64,
    /// Spent of it.
    pub cost: f64,
    /// Worth of the set.
    pub value: f64,
    /// Its members.
    pub members_count: usize,
}

/// People that two members share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRow {
    /// Names of both.
    pub names: [String; 2],
    /// People that both reach.
    pub shared: Range,
    /// The same as a part of the smaller one's.
    pub share: f64,
}

/// Wire form of a shortlist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShortlistReport {
    /// Version of this form.
    pub format_version: u32,
    /// What was to be bought: reach or engagements.
    pub objective: &'static str,
    /// Budget.
    pub budget: f64,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// What the set costs.
    pub cost: f64,
    /// What was asked for, as names and values.
    pub asked: Vec<(&'static str, String)>,
    /// Authentic people, each once.
    pub reach: Option<Range>,
    /// The members' people added up.
    pub reach_sum: f64,
    /// Authentic engagements of one post of each.
    pub engagements: Option<Range>,
    /// Cost of a thousand authentic people.
    pub cost_per_thousand_people: Option<Range>,
    /// Cost of an authentic engagement.
    pub cost_per_engagement: Option<Range>,
    /// How far below the best set it can be at most, in the numbers by which it was chosen.
    pub at_most_below_best_share: f64,
    /// Standard error of counting people once by sketches.
    pub sketch_standard_error: f64,
    /// The set.
    pub members: Vec<MemberRow>,
    /// Draws that `stays_share` rests on.
    pub draws_count: u64,
    /// The budget spent on one creator.
    pub one: Option<AlternativeRow>,
    /// What simple rules would have bought.
    pub rules: Vec<AlternativeRow>,
    /// Candidates that were not bought.
    pub missed: Vec<MissedRow>,
    /// Creators that only trust or money kept from being candidates.
    pub kept_out: Vec<KeptOutRow>,
    /// Creators without a price.
    pub unpriced: Vec<KeptOutRow>,
    /// How many could be bought.
    pub candidates_count: usize,
    /// How many creators the run has.
    pub creators_count: usize,
    /// How many each filter removed.
    pub removed: Vec<RemovedRow>,
    /// Worth by budget.
    pub curve: Vec<CurveRow>,
    /// The pairs of members that share most.
    pub pairs: Vec<PairRow>,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// How the numbers come about.
    pub method: Vec<String>,
    /// The run that it rests on.
    pub run: RunStamp,
}

impl ShortlistReport {
    /// Gathers everything that is rendered.
    pub fn assemble(input: &SelectionInput, brief: &Brief, found: &Shortlist, run: RunStamp) -> Self {
        let source = Source { input, brief };
        let per = |worth: Option<Estimate>, unit: f64| worth.and_then(|worth| per_unit(found.cost, worth, unit));
        let kept = |rows: &[(usize, Removal)]| rows.iter().map(|kept| source.kept_out(*kept)).collect();
        let one = found.one.as_ref().map(|one| {
            let row = one.rows[0];
            source.alternative(format!("{} alone", input.creators[row].name()), one)
        });
        Self {
            format_version: SHORTLIST_VERSION,
            objective: if brief.objective == Objective::Reach { "reach" } else { "engagements" },
            budget: brief.budget,
            currency: found.currency.clone(),
            cost: found.cost,
            asked: prose::asked(brief),
            reach: found.reach.map(Range::from),
            reach_sum: found.reach_sum,
            engagements: found.engagements.map(Range::from),
            cost_per_thousand_people: per(found.reach, 1_000.0),
            cost_per_engagement: per(found.engagements, 1.0),
            at_most_below_best_share: found.gap,
            sketch_standard_error: found.sketch_error,
            members: found.members.iter().map(|member| source.member(member)).collect(),
            draws_count: CHOICE_DRAWS,
            one,
            rules: found.rules.iter().map(|(rule, set)| source.alternative(format!("{} first", rule.words()), set)).collect(),
            missed: found.missed.iter().map(|missed| source.missed(missed, found.currency.as_deref())).collect(),
            kept_out: kept(&found.kept_out),
            unpriced: kept(&found.unpriced),
            candidates_count: found.candidates_count,
            creators_count: input.creators.len(),
            removed: found
                .removed
                .iter()
                .map(|(removal, count)| RemovedRow { because: removal.words(), count: *count })
                .collect(),
            curve: (found.curve.iter())
                .map(|point| CurveRow {
                    budget: point.budget,
                    cost: point.cost,
                    value: point.value,
                    members_count: point.members_count,
                })
                .collect(),
            pairs: found.pairs.iter().map(|pair| source.pair(pair)).collect(),
            notes: found.notes.clone(),
            method: prose::method(brief),
            run,
        }
    }

    /// What the set is worth in what was to be bought.
    pub fn worth(&self) -> Option<Range> {
        if self.objective == "reach" { self.reach } else { self.engagements }
    }
}

struct Source<'a> {
    input: &'a SelectionInput,
    brief: &'a Brief,
}

impl Source<'_> {
    fn creator(&self, row: usize) -> ShortlistCreator {
        let creator = &self.input.creators[row];
        ShortlistCreator {
            creator_id: creator.id.clone(),
            handle: creator.handle.clone(),
            platform: creator.platform.word(),
            tier: creator.tier.map(|tier| tier.word()),
            category: creator.category.clone(),
            country: creator.country.clone(),
            followers: creator.followers,
            score: creator.score.map(Range::from),
            verdict: creator.verdict.word(),
            p_fake: creator.p_fake,
            audience_sample_count: creator.audience_sample_count,
            basis: self.input.sketches[row].basis.word(),
        }
    }

    fn member(&self, member: &Member) -> MemberRow {
        MemberRow {
            creator: self.creator(member.candidate.row),
            cost: member.candidate.cost,
            is_table_price: member.candidate.is_table_price,
            reach: member.reach.map(Range::from),
            engagements: member.engagements.map(Range::from),
            gain: member.gain,
            stays_share: member.stays,
            fit: member.candidate.fit,
            likeness: member.candidate.likeness,
        }
    }

    fn missed(&self, missed: &Missed, currency: Option<&str>) -> MissedRow {
        let because = match missed.because {
            MissedBecause::Money { left } => {
                format!("{} is left, and for its price it adds less than the members do", amount(left, currency))
            }
            MissedBecause::Number => "the set has as many members as it may".to_owned(),
            MissedBecause::Cap => "the set has as many of its topic or country as it may".to_owned(),
            MissedBecause::AddsNothing => "the set reaches its people already".to_owned(),
        };
        let own = missed.candidate.worth.value;
        MissedRow {
            creator: self.creator(missed.candidate.row),
            cost: missed.candidate.cost,
            gain: missed.gain,
            already_share: if own > 0.0 { (1.0 - missed.gain / own).clamp(0.0, 1.0) } else { 0.0 },
            stays_share: missed.stays,
            because,
        }
    }

    fn kept_out(&self, (row, removal): (usize, Removal)) -> KeptOutRow {
        let worth = match self.brief.objective {
            Objective::Reach => self.input.reach(row),
            Objective::Engagements => self.input.engagements(row),
        };
        KeptOutRow { creator: self.creator(row), worth: worth.map(Range::from), because: removal.words() }
    }

    fn alternative(&self, name: String, set: &Alternative) -> AlternativeRow {
        AlternativeRow {
            name,
            members_count: set.rows.len(),
            cost: set.cost,
            worth: set.worth.map(Range::from),
            kept_out_because: set.removal.map(Removal::words),
        }
    }

    fn pair(&self, pair: &crate::selection::SharedPair) -> PairRow {
        let name = |row: usize| self.input.creators[row].name().to_owned();
        PairRow { names: [name(pair.rows.0), name(pair.rows.1)], shared: pair.shared.into(), share: pair.share }
    }
}

impl ShortlistCreator {
    /// The handle where there is one, else the id.
    pub fn name(&self) -> &str {
        self.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&self.creator_id)
    }
}

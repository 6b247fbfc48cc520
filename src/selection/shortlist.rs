//! From a run and a brief to the set, with everything that is said of it.

use super::brief::{Brief, Objective};
use super::draws::{estimate, inclusion};
use super::gate::{Candidate, Gated, Removal, gate};
use super::input::SelectionInput;
use super::offer::{Cap, Offer};
use super::optimise::{Choice, Effort, optimise};
use super::reach_model::{Worth, WorthMaker};
use super::set_function::SetFunction;
use super::simple_rules::{SimpleRule, bought_by};
use crate::error::{Error, ErrorKind, Result};
use crate::scoring::Estimate;
use crate::sketch::{AudienceBasis, BottomK, overlap, union};
use std::collections::{BTreeMap, HashMap};

/// Candidates beyond the set that keep their place in draws and exchanges: the best for their price.
const RIVALS: usize = 300;
/// Others shown that nearly made it, of each kind.
const SHOWN_MISSED: usize = 5;
/// Parts of the budget at which the curve is drawn.
const CURVE: [f64; 12] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5];

/// A member of the set.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Who, for what price, with what of its own.
    pub candidate: Candidate,
    /// What it adds to the members before it.
    pub gain: f64,
    /// How often it is bought when what is uncertain is drawn anew.
    pub stays: f64,
    /// Authentic people of its own.
    pub reach: Option<Estimate>,
    /// Authentic engagements of a post.
    pub engagements: Option<Estimate>,
}

/// A candidate that was not bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// Who, for what price.
    pub candidate: Candidate,
    /// What it would add to the set.
    pub gain: f64,
    /// How often it is bought when what is uncertain is drawn anew.
    pub stays: f64,
    /// What keeps it out.
    pub because: MissedBecause,
}

/// What keeps a candidate out of the set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MissedBecause {
    /// It costs more than is left, and adds less for its price than the members.
    Money {
        /// What is left.
        left: f64,
    },
    /// The set has as many members as it may.
    Number,
    /// The set has as many of its category or country as it may.
    Cap,
    /// It would add nothing.
    AddsNothing,
}

/// A set that something else would have bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Rows of its members in the input.
    pub rows: Vec<usize>,
    /// What they cost; `None` for somebody without a price.
    pub cost: Option<f64>,
    /// What it is worth.
    pub worth: Option<Estimate>,
    /// Why the creator could not be bought, where it is one.
    pub removal: Option<Removal>,
}

/// A point of the curve of budgets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Budget.
    pub budget: f64,
    /// Spent of it.
    pub cost: f64,
    /// Worth of the set.
    pub value: f64,
    /// Its members.
    pub members_count: usize,
}

/// Authentic people that two members share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharedPair {
    /// Rows of both in the input.
    pub rows: (usize, usize),
    /// People that both reach.
    pub shared: Estimate,
    /// The same as a part of the smaller one's.
    pub share: f64,
}

/// The set, and everything said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortlist {
    /// What was bought, by what each adds for its price.
    pub members: Vec<Member>,
    /// What it costs.
    pub cost: f64,
    /// Currency of every amount; `None` where none is said.
    pub currency: Option<String>,
    /// What it is worth, in what was to be bought.
    pub worth: Estimate,
    /// Authentic people, each once; `None` where the audience of a member is not measured.
    pub reach: Option<Estimate>,
    /// The members' authentic people added up.
    pub reach_sum: f64,
    /// Authentic engagements of a post of each; `None` where a member's are not measured.
    pub engagements: Option<Estimate>,
    /// How far below the best set it can be at most, as a part of that, in the numbers by which it was chosen.
    pub gap: f64,
    /// Standard error of counting people once by sketches; 0 where all lists are whole or people are counted by pools.
    pub sketch_error: f64,
    /// Members by whom their lists speak of.
    pub bases: BTreeMap<&'static str, usize>,
    /// Accounts seen in two lists or more, where people are counted once by pools.
    pub shared_seen: Option<f64>,
    /// The pairs of members that share most.
    pub pairs: Vec<SharedPair>,
    /// How many could be bought.
    pub candidates_count: usize,
    /// How many others there are for each reason.
    pub removed: Vec<(Removal, usize)>,
    /// Creators without a price, the largest reach first.
    pub unpriced: Vec<(usize, Removal)>,
    /// Candidates that were not bought, by what they would add.
    pub missed: Vec<Missed>,
    /// Creators that trust or money kept from being candidates, the largest reach first.
    pub kept_out: Vec<(usize, Removal)>,
    /// The budget spent on one creator.
    pub one: Option<Alternative>,
    /// What simple rules would have bought of the same candidates.
    pub rules: Vec<(SimpleRule, Alternative)>,
    /// Worth by budget.
    pub curve: Vec<CurvePoint>,
    /// What a reader should know, in plain sentences.
    pub notes: Vec<String>,
}

/// Chooses the set of creators that is worth most for the budget, and says how sure that is.
///
/// # Errors
/// `InvalidArgument` for a brief that cannot be met, `NotEnoughData` where no candidate is left, with how many each filter removed, `NotFound` for a
/// name.
///
/// # Cost
/// Some seconds for 10^5 candidates.
pub fn shortlist(input: &SelectionInput, brief: &Brief) -> Result<Shortlist> {
    brief.check()?;
    let worth = |row: usize| worth_of(input, brief.objective, row);
    let gated = gate(input, brief, worth)?;
    if gated.candidates.is_empty() {
        return Err(nobody_left(input, brief, &gated));
    }
    let maker = WorthMaker::new(input, &gated.candidates, brief.objective);
    let offer = offer(input, brief, &gated);
    let function = if brief.is_cautious { maker.cautious() } else { maker.expected() };
    let choice = optimise(&function, &offer, Effort::Full)?;
    if choice.members.len() < brief.least {
        return Err(too_few(brief, &choice));
    }
    Answer { input, brief, gated: &gated, maker: &maker, offer: &offer, function: &function, choice: &choice }.assemble()
}

fn worth_of(input: &SelectionInput, objective: Objective, row: usize) -> Option<Estimate> {
    match objective {
        Objective::Reach => input.reach(row),
        Objective::Engagements => input.engagements(row),
    }
}

fn offer(input: &SelectionInput, brief: &Brief, gated: &Gated) -> Offer {
    let cap = |most: Option<usize>, group: fn(&super::RunCreator) -> Option<&str>| {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut number = |name: &str| {
            let next = numbers.len() as u32;
            *numbers.entry(name.trim().to_lowercase()).or_insert(next)
        };
        let groups = gated.candidates.iter().map(|candidate| group(&input.creators[candidate.row]).map(&mut number)).collect();
        most.map(|most| Cap { groups, most })
    };
    let caps = [
        cap(brief.per_category, |creator| creator.category.as_deref()),
        cap(brief.per_country, |creator| creator.country.as_deref()),
    ];
    let costs: Vec<f64> = gated.candidates.iter().map(|candidate| candidate.cost).collect();
    Offer {
        least: brief.least,
        most: brief.most.unwrap_or(usize::MAX),
        caps: caps.into_iter().flatten().collect(),
        included: gated.included.clone(),
        ..Offer::new(costs, brief.budget)
    }
}

/// Which filter removed how many, and the cheapest of those whom only the budget keeps out.
fn nobody_left(input: &SelectionInput, brief: &Brief, gated: &Gated) -> Error {
    let counts: Vec<String> =
        counted(&gated.removed).iter().map(|(removal, count)| format!("{count} {}", removal.words())).collect();
    let dear =
        |(row, removal): &(usize, Removal)| (*removal == Removal::OverBudget).then(|| input.creators[*row].price).flatten();
    let cheapest = gated.removed.iter().filter_map(dear).fold(f64::INFINITY, f64::min);
    let hint = if cheapest.is_finite() {
        format!("; the cheapest of those above the budget of {} asks {cheapest}", brief.budget)
    } else {
        String::new()
    };
    let detail = format!("no candidate is left of {}: {}{hint}", input.creators.len(), counts.join(", "));
    Error::new(ErrorKind::NotEnoughData { purpose: "choose creators", detail })
}

fn too_few(brief: &Brief, choice: &Choice) -> Error {
    let expected = format!("a least number that the budget and the caps allow; {} members are possible", choice.members.len());
    Error::invalid_argument("--k", format!("{}..", brief.least), expected)
}

fn counted(removed: &[(usize, Removal)]) -> Vec<(Removal, usize)> {
    let mut counts: BTreeMap<Removal, usize> = BTreeMap::new();
    removed.iter().for_each(|(_, removal)| *counts.entry(*removal).or_default() += 1);
    counts.into_iter().collect()
}

/// What the parts of the answer rest on.
struct Answer<'a> {
    input: &'a SelectionInput,
    brief: &'a Brief,
    gated: &'a Gated,
    maker: &'a WorthMaker,
    offer: &'a Offer,
    function: &'a Worth,
    choice: &'a Choice,
}

impl Answer<'_> {
    fn assemble(&self) -> Result<Shortlist> {
        let candidates = &self.gated.candidates;
        let stays = self.stays()?;
        let expected = self.maker.expected();
        let gains = gains(&expected, &self.choice.members);
        let member = |(&place, gain): (&usize, f64)| Member {
            candidate: candidates[place].clone(),
            gain,
            stays: stays[place],
            reach: self.input.reach(candidates[place].row),
            engagements: self.input.engagements(candidates[place].row),
        };
        let members: Vec<Member> = self.choice.members.iter().zip(gains).map(member).collect();
        let rows: Vec<usize> = members.iter().map(|member| member.candidate.row).collect();
        let seed = self.brief.seed;
        let worth = estimate(self.maker, &self.choice.members, seed)
            .and_then(|worth| self.with_sketch_error(worth, self.maker, &rows))
            .ok_or_else(|| Error::new(ErrorKind::Numerical { method: "draws", detail: "no interval".into() }))?;
        let of = |objective: Objective| {
            if objective == self.brief.objective { Some(worth) } else { self.worth_of_rows(&rows, objective) }
        };
        let mut bases = BTreeMap::new();
        rows.iter().for_each(|&row| *bases.entry(self.input.sketches[row].basis.word()).or_default() += 1);
        Ok(Shortlist {
            cost: self.choice.cost,
            currency: self.gated.currency.clone(),
            worth,
            reach: of(Objective::Reach),
            reach_sum: members.iter().filter_map(|member| member.reach).map(|reach| reach.value).sum(),
            engagements: of(Objective::Engagements),
            gap: self.choice.gap(),
            sketch_error: self.sketch_error(self.maker, &rows),
            shared_seen: self.maker.shared_seen(),
            pairs: self.pairs(&rows),
            candidates_count: candidates.len(),
            removed: counted(&self.gated.removed),
            unpriced: self.by_reach(Removal::is_unpriced, usize::MAX),
            missed: self.missed(&stays, &expected),
            kept_out: self.by_reach(Removal::is_near, SHOWN_MISSED),
            one: self.one()?,
            rules: self.rules(),
            curve: self.curve()?,
            notes: self.notes(&bases),
            bases,
            members,
        })
    }

    /// Worth of creators in the other objective; `None` where one is not measured.
    fn worth_of_rows(&self, rows: &[usize], objective: Objective) -> Option<Estimate> {
        let of = |&row: &usize| {
            Some(Candidate { row, worth: worth_of(self.input, objective, row)?, ..self.gated.candidates[0].clone() })
        };
        let candidates: Vec<Candidate> = rows.iter().map(of).collect::<Option<_>>()?;
        let maker = WorthMaker::new(self.input, &candidates, objective);
        let worth = estimate(&maker, &(0..rows.len()).collect::<Vec<_>>(), self.brief.seed)?;
        self.with_sketch_error(worth, &maker, rows)
    }

    /// How often each candidate is bought in worlds drawn anew; only the best for their price compete with the members.
    fn stays(&self) -> Result<Vec<f64>> {
        let candidates = &self.gated.candidates;
        let mut rivals: Vec<usize> = (0..candidates.len()).collect();
        let key = |place: usize| candidates[place].worth.interval.high() / candidates[place].cost;
        rivals.sort_by(|&a, &b| key(b).total_cmp(&key(a)).then(a.cmp(&b)));
        rivals.truncate(RIVALS);
        rivals.extend(self.choice.members.iter().chain(&self.offer.included));
        rivals.sort_unstable();
        rivals.dedup();
        let some: Vec<Candidate> = rivals.iter().map(|&place| candidates[place].clone()).collect();
        let included =
            rivals.iter().enumerate().filter(|(_, place)| self.offer.included.contains(place)).map(|(at, _)| at).collect();
        let caps = self
            .offer
            .caps
            .iter()
            .map(|cap| Cap { groups: rivals.iter().map(|&place| cap.groups[place]).collect(), most: cap.most });
        let offer = Offer {
            least: self.offer.least,
            most: self.offer.most,
            caps: caps.collect(),
            included,
            ..Offer::new(some.iter().map(|candidate| candidate.cost).collect(), self.offer.budget)
        };
        let maker = WorthMaker::new(self.input, &some, self.brief.objective);
        let of_rivals = inclusion(&maker, &offer, self.brief.seed)?;
        let mut stays = vec![0.0; candidates.len()];
        rivals.iter().zip(of_rivals).for_each(|(&place, share)| stays[place] = share);
        Ok(stays)
    }

    /// An estimate whose interval also holds the error of counting people once by sketches.
    fn with_sketch_error(&self, worth: Estimate, maker: &WorthMaker, rows: &[usize]) -> Option<Estimate> {
        worth.with_independent_error(self.sketch_error(maker, rows))
    }

    fn sketch_error(&self, maker: &WorthMaker, rows: &[usize]) -> f64 {
        if !maker.is_of_lists() {
            return 0.0;
        }
        let lists: Vec<&BottomK> = rows.iter().filter_map(|&row| self.input.sketches[row].audience.as_ref()).collect();
        union(&lists).standard_error
    }

    /// The pairs of members that share most, where their lists can tell.
    fn pairs(&self, rows: &[usize]) -> Vec<SharedPair> {
        let mut pairs = Vec::new();
        for (at, &a) in rows.iter().enumerate() {
            pairs.extend(rows[at + 1..].iter().filter_map(|&b| shared_pair(self.input, a, b)));
        }
        pairs.sort_by(|a, b| b.shared.value.total_cmp(&a.shared.value).then(a.rows.cmp(&b.rows)));
        pairs.truncate(SHOWN_MISSED);
        pairs.retain(|pair| pair.shared.value > 0.0);
        pairs
    }

    fn by_reach(&self, is_wanted: fn(Removal) -> bool, most: usize) -> Vec<(usize, Removal)> {
        let mut found: Vec<(usize, Removal)> =
            self.gated.removed.iter().copied().filter(|(_, removal)| is_wanted(*removal)).collect();
        let reach = |row: usize| worth_of(self.input, self.brief.objective, row).map_or(0.0, |worth| worth.value);
        found.sort_by(|a, b| reach(b.0).total_cmp(&reach(a.0)).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }

    /// Candidates outside the set by what they would add.
    fn missed(&self, stays: &[f64], expected: &Worth) -> Vec<Missed> {
        let state = expected.state_of(&self.choice.members);
        let mut gains: Vec<(f64, usize)> = (0..self.gated.candidates.len())
            .filter(|place| !self.choice.members.contains(place))
            .map(|place| (expected.gain(&state, place), place))
            .collect();
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut purse = self.offer.purse().ok();
        if let Some(purse) = &mut purse {
            let rest: Vec<usize> = self.choice.members.iter().copied().filter(|&member| !purse.holds(member)).collect();
            rest.into_iter().for_each(|member| purse.pay(member));
        }
        let because = |place: usize, gain: f64| match &purse {
            Some(purse) if purse.members.len() >= self.offer.most => MissedBecause::Number,
            Some(purse) if purse.is_capped(place) => MissedBecause::Cap,
            _ if gain <= 1e-6 => MissedBecause::AddsNothing,
            _ => MissedBecause::Money { left: (self.offer.budget - self.choice.cost).max(0.0) },
        };
        let shown = gains.into_iter().take(SHOWN_MISSED);
        let missed = |(gain, place): (f64, usize)| Missed {
            candidate: self.gated.candidates[place].clone(),
            gain,
            stays: stays[place],
            because: because(place, gain),
        };
        shown.map(missed).collect()
    }

    /// The creator asked for, else the largest whose price the budget covers, whoever it is.
    fn one(&self) -> Result<Option<Alternative>> {
        let input = self.input;
        let cost_of =
            |row: usize| self.gated.candidates.iter().find(|candidate| candidate.row == row).map(|candidate| candidate.cost);
        let given = |row: usize| cost_of(row).or_else(|| self.given_price(row));
        let row = match &self.brief.against {
            Some(name) => Some(input.find("--against", name)?),
            None => {
                let affordable = (0..input.creators.len())
                    .filter(|&row| given(row).is_some_and(|cost| cost > 0.0 && cost <= self.brief.budget));
                let followers = |row: &usize| input.creators[*row].followers.unwrap_or(0.0);
                affordable.filter(|row| followers(row) > 0.0).max_by(|a, b| followers(a).total_cmp(&followers(b)).then(b.cmp(a)))
            }
        };
        let removal = |row: usize| self.gated.removed.iter().find(|(removed, _)| *removed == row).map(|(_, removal)| *removal);
        Ok(row.map(|row| Alternative {
            rows: vec![row],
            cost: given(row),
            worth: worth_of(input, self.brief.objective, row),
            removal: removal(row),
        }))
    }

    /// The price of a creator that is no candidate, where it is in the campaign's currency or has a rate.
    fn given_price(&self, row: usize) -> Option<f64> {
        let creator = &self.input.creators[row];
        let own = creator.currency.as_deref().map(|code| code.trim().to_uppercase());
        let rate = match (&own, &self.gated.currency) {
            (Some(own), Some(campaign)) if own != campaign => self.brief.rates.of(own)?,
            (None, Some(_)) => return None,
            _ => 1.0,
        };
        creator.price.map(|price| price * rate)
    }

    fn rules(&self) -> Vec<(SimpleRule, Alternative)> {
        let bought = |rule: SimpleRule| {
            let members = bought_by(rule, self.input, &self.gated.candidates, self.offer);
            let rows = members.iter().map(|&place| self.gated.candidates[place].row).collect();
            let cost = members.iter().map(|&place| self.offer.costs[place]).sum();
            (rule, Alternative { rows, cost: Some(cost), worth: estimate(self.maker, &members, self.brief.seed), removal: None })
        };
        SimpleRule::ALL.into_iter().map(bought).collect()
    }

    fn curve(&self) -> Result<Vec<CurvePoint>> {
        let expected = self.maker.expected();
        let point = |part: f64| -> Result<Option<CurvePoint>> {
            let offer = Offer { least: 0, ..self.offer.with_budget(part * self.brief.budget) };
            let is_affordable = offer.purse().is_ok();
            let choice = match (part, is_affordable) {
                (_, false) => return Ok(None),
                (1.0, _) => self.choice.clone(),
                _ => optimise(self.function, &offer, Effort::Greedy)?,
            };
            let (budget, value) = (offer.budget, expected.value_of(&choice.members));
            Ok(Some(CurvePoint { budget, cost: choice.cost, value, members_count: choice.members.len() }))
        };
        Ok(CURVE.into_iter().map(point).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    fn notes(&self, bases: &BTreeMap<&'static str, usize>) -> Vec<String> {
        let mut notes = Vec::new();
        let counts = |word: &str| bases.get(word).copied().unwrap_or(0);
        if counts(AudienceBasis::Listed.word()) > 0 {
            notes.push(format!(
                "For {} of {} members people are counted among the followers listed only: their lists are not known to be a random sample, so nothing is carried over to followers that are not listed.",
                counts("listed"), self.choice.members.len()
            ));
        }
        if let Some(shared) = self.maker.shared_seen() {
            notes.push(format!(
                "Lists are random samples, in which two creators' common followers hardly ever both appear: {shared:.0} accounts of all lists of the run were seen on two or more. From them follows how many people creators of one language, of one topic in it, and of neither share on average; which pairs share more than that is not known. The interval holds how few were seen."
            ));
        }
        let platforms: std::collections::BTreeSet<_> =
            self.choice.members.iter().map(|&place| self.input.creators[self.gated.candidates[place].row].platform).collect();
        if platforms.len() > 1 {
            notes.push("Members publish on several platforms. A person with an account on two of them counts twice: accounts of different platforms cannot be told to be one person.".to_owned());
        }
        if self.gated.candidates.iter().all(|candidate| self.input.creators[candidate.row].p_fake.is_none()) {
            notes.push("The run has no probability that an audience was inflated (p_fake); trust rests on verdicts and on the lower ends of scores.".to_owned());
        }
        if self.brief.objective == Objective::Engagements {
            notes.push("Engagements add up: two likes of one person on posts of two members are two.".to_owned());
        }
        notes
    }
}

/// What each member adds to those before it.
fn gains(function: &Worth, members: &[usize]) -> Vec<f64> {
    let mut state = function.empty();
    let mut gains = Vec::new();
    for &member in members {
        gains.push(function.gain(&state, member));
        function.add(&mut state, member);
    }
    gains
}

/// People that two creators share, from what both lists hold, scaled to all followers where lists are random samples.
///
/// # Missing
/// `None` on different platforms, without a list, and where samples share more accounts than random ones of such audiences could.
pub fn shared_pair(input: &SelectionInput, a: usize, b: usize) -> Option<SharedPair> {
    if input.creators[a].platform != input.creators[b].platform {
        return None;
    }
    let [first, second] = [a, b].map(|row| &input.sketches[row]);
    let found = overlap(&[first.audience.as_ref()?, second.audience.as_ref()?]);
    let scale = 1.0 / (first.sampling_share.unwrap_or(1.0) * second.sampling_share.unwrap_or(1.0));
    let smaller = input.reach(a)?.value.min(input.reach(b)?.value);
    // A sampled count is Poisson's beside the sketch's own error; the interval's upper end holds what none seen leaves possible.
    let poisson = if scale > 1.0 { found.value.sqrt() } else { 0.0 };
    let half = 1.645 * poisson.hypot(found.standard_error);
    let unseen = if scale > 1.0 { 3.0 } else { 0.0 };
    let (low, high) = ((found.value - half).max(0.0) * scale, (found.value + half.max(unseen)) * scale);
    let value = found.value * scale;
    // More than the smaller one has cannot be: such lists are no random draws of such audiences.
    if value > smaller && scale > 1.0 {
        return None;
    }
    let value = value.min(smaller);
    let interval = crate::domain::Interval::new(low.min(value), high.min(smaller).max(value))?;
    Some(SharedPair { rows: (a.min(b), a.max(b)), shared: Estimate { value, interval }, share: value / smaller })
}

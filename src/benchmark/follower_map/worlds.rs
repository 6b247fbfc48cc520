//! Simulated worlds: who is found with and without the times of follows, who is wrongly found, how far estimated times are off.

use super::real_list::spread;
use crate::benchmark::figure::{ABSENT, Bar, count, decimal, decimal_to};
use crate::benchmark::{EvaluationTable, simulated_dataset};
use crate::domain::{AccountId, Dataset, Label, LabelSubject};
use crate::error::Result;
use crate::simulation::{FollowsSampling, Scenario};
use crate::statistics::median;
use crate::text::handle_template;
use crate::timing::{
    FollowBatchSettings, FollowEventSettings, FollowTimeError, FollowerList, bound_follow_times, find_follow_batches,
    find_follow_events,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Creators and organic accounts of a world here; the rest is as its scenario says.
const SIZE: (u32, u32) = (120, 60_000);
/// Newest followers of each creator in the export, in order.
const NEWEST: u32 = 15_000;
/// Followers from which a list is looked at.
const FEWEST: usize = 500;
/// Followers of the lists whose follow times are estimated, from to.
const SIZES: [(usize, usize); 3] = [(500, 2_000), (2_000, 10_000), (10_000, usize::MAX)];
/// Creators without orders who may get a coordination finding.
const FALSE_ALARMS: f64 = 0.01;

/// What was found in the list of one creator.
struct Checked {
    is_untouched: bool,
    n_followers: usize,
    fakes: usize,
    /// With hidden times by dates, then with exact times by dates and patterns of handles: members of batches, fakes among them.
    found: [(usize, usize); 2],
    events: usize,
    error: Option<FollowTimeError>,
}

/// Both tables.
pub(super) fn evaluate(worlds: &[Scenario], seed: u64) -> Result<Vec<EvaluationTable>> {
    let mut batches = EvaluationTable::new(
        "Batches in simulated worlds: creators without orders who have one, and those whose batches are mostly genuine people (the others hold vendors' \
         accounts that follow them to look real); accounts in vendors' hands that stand in one, and their share among all members. At most 1 % may \
         have one where nobody sells anything",
        &[
            "world",
            "times",
            "untouched creators",
            "with a burst",
            "with a batch",
            "mostly of people",
            "outcome",
            "recall",
            "precision",
        ],
    );
    let mut errors: [Vec<FollowTimeError>; SIZES.len()] = Default::default();
    for scenario in worlds {
        let checked = check_world(scenario, seed)?;
        for (variant, times) in ["hidden", "exact"].into_iter().enumerate() {
            batches.push(row(scenario, times, &checked, variant));
        }
        for list in &checked {
            let Some(error) = list.error else { continue };
            if let Some(place) = SIZES.iter().position(|&(from, to)| (from..to).contains(&list.n_followers)) {
                errors[place].push(error);
            }
        }
    }
    Ok(vec![batches, error_table(&errors)])
}

fn row(scenario: &Scenario, times: &str, checked: &[Checked], variant: usize) -> [String; 9] {
    let untouched: Vec<&Checked> = checked.iter().filter(|list| list.is_untouched).collect();
    let number = |holds: &dyn Fn(&Checked) -> bool| untouched.iter().filter(|list| holds(list)).count();
    let alarmed = number(&|list| list.found[variant].0 > 0);
    let of_people = number(&|list| list.found[variant].0 > 2 * list.found[variant].1);
    let total = |value: &dyn Fn(&Checked) -> usize| checked.iter().map(value).sum::<usize>();
    let (members, fakes) = (total(&|list| list.found[variant].0), total(&|list| list.found[variant].1));
    let share = |part: usize, whole: usize| if whole == 0 { ABSENT.to_owned() } else { decimal(part as f64 / whole as f64) };
    let is_clean = scenario.vendors.is_empty() && !untouched.is_empty();
    let outcome = Bar::AtMost(FALSE_ALARMS).outcome(Some(alarmed as f64 / untouched.len().max(1) as f64));
    [
        scenario.name.clone(),
        times.to_owned(),
        count(untouched.len()),
        if variant == 1 { count(number(&|list| list.events > 0)) } else { "–".to_owned() },
        count(alarmed),
        count(of_people),
        if is_clean { outcome } else { "–".to_owned() },
        share(fakes, total(&|list| list.fakes)),
        share(fakes, members),
    ]
}

fn error_table(errors: &[Vec<FollowTimeError>]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Follow times estimated from order and dates of creation in the same worlds, against the true ones: hours off, by list",
        &["followers of the list", "lists", "median error, hours", "mean error, hours", "within the bounds"],
    );
    for (&(from, to), errors) in SIZES.iter().zip(errors) {
        let name =
            if to == usize::MAX { format!("{} or more", count(from)) } else { format!("{} to {}", count(from), count(to)) };
        let middle = |value: fn(&FollowTimeError) -> f64| {
            median(&errors.iter().map(value).collect::<Vec<f64>>())
                .map_or_else(|| ABSENT.to_owned(), |hours| decimal_to(hours, 1))
        };
        let within: Vec<f64> = errors.iter().map(|error| error.within_bounds_share).collect();
        let (median_hours, mean_hours) = (middle(|error| error.median_hours), middle(|error| error.mean_hours));
        table.push([name, count(errors.len()), median_hours, mean_hours, spread(&within)]);
    }
    table
}

fn check_world(scenario: &Scenario, seed: u64) -> Result<Vec<Checked>> {
    let mut scenario = scenario.clone();
    (scenario.creators, scenario.accounts) = (scenario.creators.min(SIZE.0), scenario.accounts.min(SIZE.1));
    (scenario.sampling.follows, scenario.sampling.follows_per_creator) = (FollowsSampling::NewestFirst, NEWEST);
    let dataset = simulated_dataset(&scenario, seed)?;
    let labelled = |subject: LabelSubject, label: Label| -> BTreeSet<AccountId> {
        dataset.labels.iter().filter(|row| row.subject == subject && row.label == label).map(|row| row.id).collect()
    };
    let (untouched, fakes) = (labelled(LabelSubject::Creator, Label::Genuine), labelled(LabelSubject::Account, Label::Fake));
    let mut rows: BTreeMap<AccountId, Vec<usize>> = BTreeMap::new();
    for (row, &followed) in dataset.follows.followed.iter().enumerate() {
        rows.entry(followed).or_default().push(row);
    }
    let templates = templates(&dataset);
    let check = |id: AccountId| {
        let list = FollowerList::of(&dataset, id, rows.get(&id)?).filter(|list| list.len() >= FEWEST)?;
        Some(check_list(&list, untouched.contains(&id), &fakes, &templates))
    };
    Ok(dataset.creators.par_iter().filter_map(|creator| check(creator.id)).collect())
}

/// A number for each pattern of handle, by account.
fn templates(dataset: &Dataset) -> Vec<Option<u32>> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let of = |id: AccountId| handle_template(dataset.accounts.handle.get(id.index())?);
    let mut number = |template: String| {
        let next = numbers.len() as u32;
        *numbers.entry(template).or_insert(next)
    };
    dataset.account_ids().map(|id| of(id).map(&mut number)).collect()
}

fn check_list(list: &FollowerList, is_untouched: bool, fakes: &BTreeSet<AccountId>, templates: &[Option<u32>]) -> Checked {
    let settings = FollowBatchSettings::default();
    let is_fake: Vec<bool> = list.follower.iter().map(|id| fakes.contains(id)).collect();
    let counts = |members: &[usize]| (members.len(), members.iter().filter(|&&rank| is_fake[rank]).count());
    let mut hidden = list.clone();
    hidden.followed_at_ms = vec![None; list.len()];
    let bounds = bound_follow_times(&hidden);
    let by_dates: Vec<usize> =
        find_follow_batches(&hidden, &bounds, &[], &[], &settings).into_iter().flat_map(|batch| batch.members).collect();
    let events = find_follow_events(list, &FollowEventSettings::default()).unwrap_or_default();
    let templates: Vec<Option<u32>> = list.follower.iter().map(|id| templates[id.index()]).collect();
    let exact: Vec<usize> = find_follow_batches(list, &bound_follow_times(list), &templates, &events, &settings)
        .into_iter()
        .flat_map(|batch| batch.members)
        .collect();
    Checked {
        is_untouched,
        n_followers: list.len(),
        fakes: is_fake.iter().filter(|is_fake| **is_fake).count(),
        found: [counts(&by_dates), counts(&exact)],
        events: events.len(),
        error: bounds.error(&list.followed_at_ms),
    }
}

//! Cells of a follower list: a run of ranks in which many followers share a trait, and how many the rest of the list leads one to expect.

use super::follow_time_bounds::FollowTimeBounds;
use super::follower_list::FollowerList;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::ops::Range;

/// What followers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedTrait {
    /// Their accounts were made between two instants, in UTC milliseconds; the second is not included.
    CreatedWithin {
        /// The first instant.
        from_ms: i64,
        /// The first instant that is too late.
        to_ms: i64,
    },
    /// Their handles have one pattern, by the number that the caller gave it.
    HandleTemplate(u32),
}

/// Places of a window of creation within its own width.
pub(super) const STEPS: i64 = 4;

/// A run of ranks, a trait, and its counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) ranks: Range<usize>,
    pub(super) shared: SharedTrait,
    pub(super) observed: usize,
    pub(super) expected: f64,
}

/// A list with what must be known of it as a whole.
pub(super) struct WholeList<'a> {
    created: &'a [Option<i64>],
    templates: &'a [Option<u32>],
    /// Age at the estimated time of following.
    ages: Vec<Option<i64>>,
    estimates: &'a [Option<i64>],
    /// Newest creation date so far.
    newest: Vec<i64>,
    dated_before: Vec<usize>,
    templated_before: Vec<usize>,
    sorted_dates: Vec<i64>,
    sorted_ages: Vec<i64>,
    by_template: HashMap<u32, usize, FixedState>,
}

/// Fewest followers outside of a run and its surroundings from which anything is expected. Assumption.
const FEWEST_OUTSIDE: usize = 200;

impl<'a> WholeList<'a> {
    pub(super) fn new(list: &'a FollowerList, bounds: &'a FollowTimeBounds, templates: &'a [Option<u32>]) -> Self {
        let created = list.created_at_ms.as_slice();
        let ages: Vec<Option<i64>> = created
            .iter()
            .zip(&bounds.estimate_ms)
            .map(|(created, at)| Some((*at)?.saturating_sub((*created)?).max(0)))
            .collect();
        let newest = created
            .iter()
            .scan(i64::MIN, |newest, created| {
                *newest = created.map_or(*newest, |created| created.max(*newest));
                Some(*newest)
            })
            .collect();
        let mut by_template = HashMap::with_hasher(FixedState::default());
        for template in templates.iter().flatten() {
            *by_template.entry(*template).or_insert(0) += 1;
        }
        Self {
            created,
            templates,
            estimates: &bounds.estimate_ms,
            newest,
            dated_before: counts_before(created.iter().map(Option::is_some)),
            templated_before: counts_before(templates.iter().map(Option::is_some)),
            sorted_dates: sorted(created),
            sorted_ages: sorted(&ages),
            ages,
            by_template,
        }
    }

    pub(super) fn n_templates(&self) -> usize {
        self.by_template.len()
    }

    /// From the oldest account to the newest, in milliseconds.
    pub(super) fn created_span_ms(&self) -> Option<i64> {
        Some(self.sorted_dates.last()?.saturating_sub(*self.sorted_dates.first()?))
    }

    /// Followers of a run with the trait, by rank.
    pub(super) fn members(&self, ranks: Range<usize>, shared: SharedTrait) -> Vec<usize> {
        let has_trait = |rank: &usize| match shared {
            SharedTrait::CreatedWithin { from_ms, to_ms } => {
                self.created[*rank].is_some_and(|created| (from_ms..to_ms).contains(&created))
            }
            SharedTrait::HandleTemplate(template) => self.templates.get(*rank) == Some(&Some(template)),
        };
        ranks.filter(has_trait).collect()
    }
}

impl WholeList<'_> {
    /// The oldest and the newest account among the followers of these ranks.
    pub(super) fn creation(&self, ranks: &[usize]) -> Option<(i64, i64)> {
        let dates = || ranks.iter().filter_map(|&rank| self.created[rank]);
        Some((dates().min()?, dates().max()?))
    }

    /// The ages of the followers of these ranks when they followed, in milliseconds.
    pub(super) fn ages<'a>(&'a self, ranks: &'a [usize]) -> impl Iterator<Item = i64> + 'a {
        ranks.iter().filter_map(|&rank| self.ages[rank])
    }
}

/// A run of ranks within its list; the ranks as many again on both sides are not what it is held against, since a batch frays.
pub(super) struct Run<'a> {
    list: &'a WholeList<'a>,
    ranks: Range<usize>,
    near: Range<usize>,
    near_dates: Vec<i64>,
    near_ages: Vec<i64>,
}

impl<'a> Run<'a> {
    /// `None` if too little of the list lies outside.
    pub(super) fn new(list: &'a WholeList<'a>, ranks: Range<usize>) -> Option<Self> {
        let near = ranks.start.saturating_sub(ranks.len())..(ranks.end + ranks.len()).min(list.created.len());
        (list.created.len() - near.len() >= FEWEST_OUTSIDE.max(ranks.len())).then(|| Self {
            near_dates: sorted(&list.created[near.clone()]),
            near_ages: sorted(&list.ages[near.clone()]),
            list,
            ranks,
            near,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Every cell of this run with at least `fewest` followers, for windows of creation of each width (each shifted by a quarter of
    /// it) and for every template.
    pub(super) fn cells(&self, widths_ms: &[i64], fewest: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        for &width in widths_ms {
            let step = (width / STEPS).max(1);
            let dates = self.list.created[self.ranks.clone()].iter().flatten().map(|date| date.div_euclid(step));
            for (place, observed) in frequent(dates.flat_map(|place| place - STEPS + 1..=place), fewest) {
                let shared = SharedTrait::CreatedWithin { from_ms: place * step, to_ms: place * step + width };
                cells.extend(self.cell(shared, observed));
            }
        }
        let templates = self.list.templates.get(self.ranks.clone()).unwrap_or_default();
        for (template, observed) in frequent(templates.iter().flatten().copied(), fewest) {
            cells.extend(self.cell(SharedTrait::HandleTemplate(template), observed));
        }
        cells
    }

    pub(super) fn cell(&self, shared: SharedTrait, observed: usize) -> Option<Cell> {
        let expected = match shared {
            SharedTrait::CreatedWithin { from_ms, to_ms } => self.expected_dates(from_ms, to_ms),
            SharedTrait::HandleTemplate(template) => self.expected_template(template),
        }?;
        Some(Cell { ranks: self.ranks.clone(), shared, observed, expected })
    }

    /// The greater of two: as many as were made then among those who could have been, elsewhere; as many as were as old when they
    /// followed, elsewhere.
    fn expected_dates(&self, from_ms: i64, to_ms: i64) -> Option<f64> {
        let list = self.list;
        let n_dated = |ranks: Range<usize>| list.dated_before[ranks.end] - list.dated_before[ranks.start];
        let here = n_dated(self.ranks.clone()) as f64;
        let first = list.newest.partition_point(|&newest| newest < from_ms);
        let after = n_dated(first..list.created.len()) - n_dated(self.near.start.max(first)..self.near.end.max(first));
        if after < FEWEST_OUTSIDE {
            return None;
        }
        let elsewhere = between(&list.sorted_dates, from_ms, to_ms) - between(&self.near_dates, from_ms, to_ms);
        let by_date = here * at_most(elsewhere) / (after as f64 + here);
        let at = list.estimates[usize::midpoint(self.ranks.start, self.ranks.end)]?;
        let (youngest, oldest) = (at.saturating_sub(to_ms).max(0), at.saturating_sub(from_ms).max(0));
        let as_old = between(&list.sorted_ages, youngest, oldest) - between(&self.near_ages, youngest, oldest);
        let rest = list.sorted_ages.len() - self.near_ages.len();
        Some(by_date.max(here * at_most(as_old) / (rest as f64 + here)))
    }

    /// As many as have the template elsewhere.
    fn expected_template(&self, template: u32) -> Option<f64> {
        let list = self.list;
        let n_templated = |ranks: &Range<usize>| list.templated_before[ranks.end] - list.templated_before[ranks.start];
        let near = list.templates[self.near.clone()].iter().filter(|near| **near == Some(template)).count();
        let elsewhere = list.by_template.get(&template)? - near;
        let rest = list.templated_before.last()? - n_templated(&self.near);
        let here = n_templated(&self.ranks) as f64;
        Some(here * at_most(elsewhere) / (rest as f64 + here))
    }
}

/// A count of the rest of the list, one standard error up: half a follower where there is none, since what never occurs there
/// is rare and not impossible.
fn at_most(count: usize) -> f64 {
    let count = count as f64 + 0.5;
    count + count.sqrt()
}

fn sorted(values: &[Option<i64>]) -> Vec<i64> {
    let mut sorted: Vec<i64> = values.iter().flatten().copied().collect();
    sorted.sort_unstable();
    sorted
}

fn counts_before(flags: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut counts = vec![0];
    counts.extend(flags.scan(0, |count, flag| {
        *count += usize::from(flag);
        Some(*count)
    }));
    counts
}

/// How many sorted values lie in `from..to`.
fn between(sorted: &[i64], from: i64, to: i64) -> usize {
    sorted.partition_point(|&value| value < to).saturating_sub(sorted.partition_point(|&value| value < from))
}

/// The values that occur at least so often, with their counts, in order.
fn frequent<T: Ord + Copy>(values: impl Iterator<Item = T>, fewest: usize) -> Vec<(T, usize)> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).filter(|run| run.len() >= fewest).map(|run| (run[0], run.len())).collect()
}

//! Batches: followers who came together and are alike, beyond what the rest of the list leads one to expect.

use super::follow_events::FollowEvent;
use super::follow_time_bounds::FollowTimeBounds;
use super::follower_list::FollowerList;
use super::rank_cells::{Cell, Run, STEPS, SharedTrait, WholeList};
use crate::domain::DAY_MS;
use crate::statistics::{benjamini_hochberg, ln_negative_binomial_tail, median};
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use std::ops::Range;

/// How batches are sought.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowBatchSettings {
    /// Followers in the runs of ranks that are looked at, half-overlapping; a run longer than a quarter of the list is left out.
    /// Assumption: orders of some dozens to some thousands.
    pub runs: Vec<usize>,
    /// Widths of the windows of creation, each at four places, in milliseconds. Assumption: accounts are made within a day to a month.
    pub widths_ms: Vec<i64>,
    /// Fewest members. Assumption.
    pub fewest: usize,
    /// Least share of a run that a batch must make up, 0 to 1. Assumption: everybody has a few fake followers, and ten alike among thousands are
    /// no order.
    pub least_share: f64,
    /// Observed over expected at least. Assumption: below three times, two in three members may be strangers to it.
    pub least_excess: f64,
    /// False discoveries among the cells called, at most.
    pub false_discovery_rate: f64,
}

impl Default for FollowBatchSettings {
    fn default() -> Self {
        Self {
            runs: vec![50, 200, 800, 3_200],
            widths_ms: [1, 7, 30].map(|days| days * DAY_MS).to_vec(),
            fewest: 8,
            least_share: 0.05,
            least_excess: 3.0,
            false_discovery_rate: 0.01,
        }
    }
}

/// Followers who came together and are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowBatch {
    /// Their ranks in the list, oldest first. About `expected` of them only happen to stand there.
    pub members: Vec<usize>,
    /// Rank of the first.
    pub first_rank: usize,
    /// Rank of the last.
    pub last_rank: usize,
    /// They followed not earlier than this, in UTC milliseconds.
    pub from_ms: Option<i64>,
    /// They followed not later than this, in UTC milliseconds.
    pub to_ms: Option<i64>,
    /// What they have in common.
    pub shared: SharedTrait,
    /// Age of its accounts in the middle when they followed, in days. Accounts a few days old may be people to whom the platform
    /// recommended the creator when they joined.
    pub median_age_days: Option<f64>,
    /// Members who would stand there anyhow, at most: the sum over the cells that make up the batch, some of which overlap.
    pub expected: f64,
    /// log10 of the probability of its most striking cell, before the number of tests is allowed for.
    pub log10_p: f64,
    /// The same after it is allowed for: the share of false ones among all batches at least as striking.
    pub q: f64,
}

/// Followers with a date of creation, or with a pattern of the handle, below which a list has no batches: 200 to hold the shortest run of 50
/// against, with as many on both sides of it left out.
pub const FEWEST_FOLLOWERS: usize = 350;

/// Dispersion of counts around what is expected, where too few cells tell it: a standard deviation of half the mean. Assumption.
const DISPERSION: f64 = 0.25;
/// No list is less dispersed than this: a standard deviation of a fifth of the mean. Assumption.
const LEAST_DISPERSION: f64 = 0.04;
/// Expected count from which a cell says something of the dispersion, and cells needed.
const TELLING: (f64, usize) = (5.0, 30);
/// Of a normal distribution: standard deviation over median absolute deviation.
const DEVIATION: f64 = 1.4826;
/// A batch grows over neighbouring cells to no more than so many times the width of the widest window.
const WIDEST: i64 = 2;

/// Finds batches: runs of ranks in which more followers than expected were made within a few days of each other, or have handles of
/// one pattern. How many are expected is the greater of what their creation dates and their ages are worth elsewhere in the list; counts
/// vary around it as they do in this list (negative binomial, dispersion from the cells themselves); over all cells of all
/// scales the false-discovery rate is controlled. Neighbouring cells are joined
/// where each adds members that would stand out alone.
///
/// Numbers alone convict nobody: a run is held against its own size, so a viral burst of unlike people is no batch however large.
/// What is found may still be benign: people sent by one campaign of a school or an app whose users signed up together.
///
/// # Shape
/// `templates`: one number for each pattern of handle, by rank; may be empty. `events`: bursts in exact times, whose ranks are looked at too.
///
/// # Missing
/// Followers without a date or a template take no part in what concerns it. A list of fewer than [`FEWEST_FOLLOWERS`] with either has
/// hardly any batch: there is too little to hold a run against.
///
/// # Cost
/// O(S · F log F) for S pairs of run and width (twelve); some 60 bytes a follower.
///
/// # Source
/// Ours, on the plane of Zouzou and Varol's follower map; Benjamini and Hochberg 1995 for the control of false discoveries.
pub fn find_follow_batches(
    list: &FollowerList,
    bounds: &FollowTimeBounds,
    templates: &[Option<u32>],
    events: &[FollowEvent],
    settings: &FollowBatchSettings,
) -> Vec<FollowBatch> {
    let whole = WholeList::new(list, bounds, templates);
    let runs = runs(list.len(), events, settings);
    let cells: Vec<Cell> = runs
        .iter()
        .filter_map(|run| Run::new(&whole, run.clone()))
        .flat_map(|run| {
            run.cells(&settings.widths_ms, settings.fewest.max((settings.least_share * run.len() as f64).ceil() as usize))
        })
        .collect();
    let n_windows: f64 = settings
        .widths_ms
        .iter()
        .map(|&width| STEPS as f64 * (whole.created_span_ms().unwrap_or(0) as f64 / width as f64 + 1.0))
        .sum();
    let n_tests = (runs.len() as f64 * (n_windows + whole.n_templates() as f64)).max(cells.len() as f64);
    let dispersion = [dispersion(&cells, true), dispersion(&cells, false)];
    let mut batches: Vec<FollowBatch> = areas(&cells, &whole, dispersion, n_tests, settings)
        .into_iter()
        .filter_map(|area| area.into_batch(&whole, bounds))
        .collect();
    batches.sort_by(|a, b| a.log10_p.total_cmp(&b.log10_p).then(a.first_rank.cmp(&b.first_rank)));
    batches
}

/// Half-overlapping runs of every length, and those of the events.
fn runs(n: usize, events: &[FollowEvent], settings: &FollowBatchSettings) -> Vec<Range<usize>> {
    let of_length = |length: usize| {
        let stride = (length / 2).max(1);
        (0..=(n - length) / stride).map(move |place| place * stride..place * stride + length)
    };
    let mut runs: Vec<Range<usize>> =
        settings.runs.iter().filter(|&&length| length > 0 && length <= n / 4).flat_map(|&length| of_length(length)).collect();
    runs.extend(events.iter().map(|event| event.first_rank..event.last_rank + 1));
    runs
}

fn is_dated(shared: SharedTrait) -> bool {
    matches!(shared, SharedTrait::CreatedWithin { .. })
}

/// Variance beyond Poisson's over the squared mean, by the median absolute deviation of observed over expected.
fn dispersion(cells: &[Cell], dated: bool) -> f64 {
    let telling: Vec<&Cell> = cells.iter().filter(|cell| is_dated(cell.shared) == dated && cell.expected >= TELLING.0).collect();
    if telling.len() < TELLING.1 {
        return DISPERSION;
    }
    let ratios: Vec<f64> = telling.iter().map(|cell| cell.observed as f64 / cell.expected).collect();
    let centre = median(&ratios).unwrap_or(1.0);
    let deviations: Vec<f64> = ratios.iter().map(|ratio| (ratio - centre).abs()).collect();
    let of_counting = telling.iter().map(|cell| 1.0 / cell.expected).sum::<f64>() / telling.len() as f64;
    (median(&deviations).map_or(0.0, |deviation| DEVIATION * deviation).powi(2) - of_counting).max(LEAST_DISPERSION)
}

fn ln_p(cell: &Cell, [dated, templated]: [f64; 2]) -> f64 {
    let dispersion = if is_dated(cell.shared) { dated } else { templated };
    ln_negative_binomial_tail(cell.observed as u64, cell.expected, dispersion)
}

/// The cells that stand out, the most striking first, with ln p and q.
fn significant(cells: &[Cell], dispersion: [f64; 2], n_tests: f64, settings: &FollowBatchSettings) -> Vec<(usize, f64, f64)> {
    let logs: Vec<f64> = cells.iter().map(|cell| ln_p(cell, dispersion)).collect();
    // Cells with too few followers to be listed were tested too, with p = 1 as it were.
    let unlisted = n_tests / cells.len().max(1) as f64;
    let q = benjamini_hochberg(&logs.iter().map(|ln_p| ln_p.exp()).collect::<Vec<f64>>());
    let is_called = |at: usize| {
        q[at] * unlisted <= settings.false_discovery_rate
            && cells[at].observed as f64 >= settings.least_excess * cells[at].expected
    };
    let mut called: Vec<(usize, f64, f64)> =
        (0..cells.len()).filter(|&at| is_called(at)).map(|at| (at, logs[at], (q[at] * unlisted).min(1.0))).collect();
    called.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    called
}

/// Joins the cells that stand out, the most striking first; one that would not without those already seen says nothing new.
fn areas(cells: &[Cell], whole: &WholeList<'_>, dispersion: [f64; 2], n_tests: f64, settings: &FollowBatchSettings) -> Vec<Area> {
    let called = significant(cells, dispersion, n_tests, settings);
    let Some(&(_, cutoff, _)) = called.last() else { return Vec::new() };
    let widest = settings.widths_ms.iter().copied().max().unwrap_or(0).saturating_mul(WIDEST);
    let mut taken: HashSet<usize, FixedState> = HashSet::default();
    let mut areas: Vec<Area> = Vec::new();
    for (at, ln_striking, q) in called {
        let cell = &cells[at];
        let mut fresh = whole.members(cell.ranks.clone(), cell.shared);
        fresh.retain(|rank| !taken.contains(rank));
        let left = Cell { observed: fresh.len(), ..cell.clone() };
        if left.observed < settings.fewest || ln_p(&left, dispersion) > cutoff {
            continue;
        }
        taken.extend(&fresh);
        let area = match areas.iter_mut().find(|area| area.takes(cell, widest)) {
            Some(area) => area,
            None => {
                areas.push(Area { cell: Cell { expected: 0.0, ..cell.clone() }, members: Vec::new(), ln_p: ln_striking, q });
                areas.last_mut().expect("it was just put there")
            }
        };
        area.grow(cell, fresh);
    }
    areas
}

/// Neighbouring cells with one trait.
struct Area {
    /// What encloses them; its expected count is the sum of theirs.
    cell: Cell,
    members: Vec<usize>,
    ln_p: f64,
    q: f64,
}

impl Area {
    fn takes(&self, other: &Cell, widest: i64) -> bool {
        let touches = self.cell.ranks.start <= other.ranks.end && other.ranks.start <= self.cell.ranks.end;
        touches
            && match (self.cell.shared, other.shared) {
                (SharedTrait::CreatedWithin { from_ms, to_ms }, SharedTrait::CreatedWithin { from_ms: from, to_ms: to }) => {
                    from <= to_ms && from_ms <= to && to.max(to_ms) - from.min(from_ms) <= widest
                }
                (ours, theirs) => ours == theirs,
            }
    }

    fn grow(&mut self, other: &Cell, members: Vec<usize>) {
        self.members.extend(members);
        self.cell.expected += other.expected;
        self.cell.ranks = self.cell.ranks.start.min(other.ranks.start)..self.cell.ranks.end.max(other.ranks.end);
        if let (SharedTrait::CreatedWithin { from_ms, to_ms }, SharedTrait::CreatedWithin { from_ms: from, to_ms: to }) =
            (self.cell.shared, other.shared)
        {
            self.cell.shared = SharedTrait::CreatedWithin { from_ms: from_ms.min(from), to_ms: to_ms.max(to) };
        }
    }

    fn into_batch(mut self, whole: &WholeList<'_>, bounds: &FollowTimeBounds) -> Option<FollowBatch> {
        self.members.sort_unstable();
        let (&first_rank, &last_rank) = (self.members.first()?, self.members.last()?);
        let shared = match whole.creation(&self.members) {
            Some((from_ms, newest_ms)) if is_dated(self.cell.shared) => {
                SharedTrait::CreatedWithin { from_ms, to_ms: newest_ms + 1 }
            }
            _ => self.cell.shared,
        };
        let ages: Vec<f64> = whole.ages(&self.members).map(|age_ms| age_ms as f64 / DAY_MS as f64).collect();
        Some(FollowBatch {
            first_rank,
            last_rank,
            median_age_days: median(&ages),
            from_ms: bounds.lower_ms[first_rank],
            to_ms: bounds.upper_ms[last_rank],
            shared,
            expected: self.cell.expected,
            log10_p: self.ln_p / std::f64::consts::LN_10,
            q: self.q,
            members: self.members,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::follow_events::{FollowEventSettings, find_follow_events};
    use super::super::follow_time_bounds::bound_follow_times;
    use super::super::follower_list::testing::dated;
    use super::*;
    use proptest::prelude::*;

    /// 3,000 organic dates: at each rank, anything from the first day to that rank's, without pattern.
    fn organic() -> Vec<i64> {
        (0..3_000_i64)
            .map(|rank| (rank * 7_919 % 2_999) * (400 + rank / 4) * DAY_MS / 2_999 + (rank * 104_729) % DAY_MS)
            .collect()
    }

    fn find(dates: &[i64], templates: &[Option<u32>]) -> Vec<FollowBatch> {
        let list = dated(&dates.iter().copied().map(Some).collect::<Vec<_>>());
        find_follow_batches(&list, &bound_follow_times(&list), templates, &[], &FollowBatchSettings::default())
    }

    #[test]
    fn a_list_without_pattern_has_no_batch() {
        assert_eq!(find(&organic(), &[]), []);
    }

    #[test]
    fn accounts_of_one_week_in_a_row_are_a_batch() {
        let mut dates = organic();
        for (place, date) in dates[1_500..1_620].iter_mut().enumerate() {
            *date = 300 * DAY_MS + (place as i64 * 271_828_183) % (7 * DAY_MS);
        }
        let batches = find(&dates, &[]);
        assert_eq!(batches.len(), 1, "{batches:?}");
        let batch = &batches[0];
        let n_planted = batch.members.iter().filter(|rank| (1_500..1_620).contains(*rank)).count();
        assert!(n_planted >= 112 && batch.members.len() - n_planted <= 15, "{batch:?}");
        assert!(batch.log10_p < -20.0 && batch.q < 1e-6 && batch.expected < 15.0);
        let SharedTrait::CreatedWithin { from_ms, to_ms } = batch.shared else { panic!("{batch:?}") };
        assert!(from_ms <= 300 * DAY_MS + DAY_MS && to_ms >= 306 * DAY_MS && to_ms - from_ms <= 30 * DAY_MS, "{batch:?}");
        let (from, to) = (batch.from_ms.unwrap(), batch.to_ms);
        assert!(from >= 700 * DAY_MS && to.is_none());
    }

    #[test]
    fn handles_of_one_pattern_are_a_batch_though_dates_are_unlike() {
        let templates: Vec<Option<u32>> =
            (0..3_000).map(|rank| Some(if (900..960).contains(&rank) { 7 } else { rank % 5 })).collect();
        let batches = find(&organic(), &templates);
        assert_eq!(batches.len(), 1, "{batches:?}");
        assert_eq!((batches[0].shared, batches[0].first_rank, batches[0].last_rank), (SharedTrait::HandleTemplate(7), 900, 959));
        assert_eq!(batches[0].members.len(), 60);
    }

    #[test]
    fn a_burst_of_unlike_people_is_an_event_and_no_batch() {
        let n = 3_000;
        let mut list = dated(&organic().into_iter().map(Some).collect::<Vec<_>>());
        // A follow every 20 minutes, but 600 of them within the one hour.
        let at = |rank: i64| if (2_000..2_600).contains(&rank) { 2_000_000 + (rank - 2_000) * 6 } else { rank * 1_200 } * 1_000;
        let (mut times, base): (Vec<i64>, i64) = ((0..n).map(at).collect(), 2_000 * DAY_MS);
        times.sort_unstable();
        list.followed_at_ms = times.into_iter().map(|at| Some(base + at)).collect();
        let events = find_follow_events(&list, &FollowEventSettings::default()).unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
        let templates: Vec<Option<u32>> = (0..n as u32).map(|rank| Some(rank % 5)).collect();
        let bounds = bound_follow_times(&list);
        assert_eq!(find_follow_batches(&list, &bounds, &templates, &events, &FollowBatchSettings::default()), []);
    }

    #[test]
    fn a_burst_of_one_pattern_is_both() {
        let mut list = dated(&vec![None; 2_000]);
        let at = |rank: i64| if (1_000..1_060).contains(&rank) { 1_200_000 + (rank - 1_000) * 5 } else { rank * 1_201 };
        list.followed_at_ms = (0..2_000).map(|rank| Some(at(rank) * 1_000)).collect();
        list.followed_at_ms.sort_unstable();
        let templates: Vec<Option<u32>> = list
            .followed_at_ms
            .iter()
            .enumerate()
            .map(|(rank, at)| Some(if at.unwrap() % 1_201_000 == 0 { rank as u32 % 7 } else { 9 }))
            .collect();
        let events = find_follow_events(&list, &FollowEventSettings::default()).unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
        let batches =
            find_follow_batches(&list, &bound_follow_times(&list), &templates, &events, &FollowBatchSettings::default());
        assert_eq!((batches.len(), batches[0].shared), (1, SharedTrait::HandleTemplate(9)));
        let seconds = (batches[0].to_ms.unwrap() - batches[0].from_ms.unwrap()) / 1_000;
        assert!(batches[0].members.len() >= 58 && seconds < 400, "{batches:?}");
    }

    #[test]
    fn short_lists_have_nothing_to_be_held_against() {
        assert_eq!(find(&[5; 240], &[]), []);
        assert_eq!(find(&[], &[]), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn batches_hold_their_own_members_whatever_is_given(
            rows in proptest::collection::vec((proptest::option::of(0_i64..900), proptest::option::of(0_u32..4)), 300..700),
        ) {
            let list = dated(&rows.iter().map(|row| row.0.map(|day| day * DAY_MS)).collect::<Vec<_>>());
            let templates: Vec<Option<u32>> = rows.iter().map(|row| row.1).collect();
            let bounds = bound_follow_times(&list);
            let found = find_follow_batches(&list, &bounds, &templates, &[], &FollowBatchSettings::default());
            for batch in &found {
                prop_assert_eq!((batch.members[0], batch.members.last()), (batch.first_rank, Some(&batch.last_rank)));
                prop_assert!(batch.log10_p <= 0.0 && batch.q <= 0.01 && batch.expected.is_finite());
            }
        }
    }
}

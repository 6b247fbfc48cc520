//! Where the order and the times of follows become batches of named accounts and bursts.

use crate::domain::{
    AccountId, BatchOrigin, BatchTrait, CoordinatedGroup, Dataset, GroupKind, GroupMember, GroupTarget, Interner, Timestamp,
};
use crate::scoring::Arrivals;
use crate::text::handle_template;
use crate::timing::{
    FEWEST_FOLLOWERS, FollowBatch, FollowBatchSettings, FollowEventSettings, FollowTimeBounds, FollowerList, SharedTrait,
    bound_follow_times, find_follow_batches, find_follow_events,
};
use rayon::prelude::*;

/// Batches and bursts of every creator whose follows have an order or times.
///
/// # Shape
/// One slot a creator, in the dataset's order; groups of kind `follow_batch` without ids, creator by creator, the most striking first.
///
/// # Missing
/// Lists without order and times, or shorter than [`FEWEST_FOLLOWERS`], have everything missing.
///
/// # Cost
/// One pass over follows, O(F log F) a list; creators run in parallel.
pub fn find_arrivals(dataset: &Dataset) -> (Vec<Arrivals>, Vec<CoordinatedGroup>) {
    let rows = ListRows::gather(dataset);
    let patterns = if rows.is_empty() { Patterns::default() } else { Patterns::of(dataset) };
    let of_creator = |creator: usize| of_list(dataset, dataset.creators[creator].id, rows.of(creator), &patterns);
    let found: Vec<(Arrivals, Vec<CoordinatedGroup>)> = (0..dataset.creators.len()).into_par_iter().map(of_creator).collect();
    let (arrivals, groups): (Vec<Arrivals>, Vec<Vec<CoordinatedGroup>>) = found.into_iter().unzip();
    (arrivals, groups.concat())
}

fn of_list(dataset: &Dataset, creator: AccountId, rows: &[usize], patterns: &Patterns) -> (Arrivals, Vec<CoordinatedGroup>) {
    let Some(list) = FollowerList::of(dataset, creator, rows) else { return (Arrivals::default(), Vec::new()) };
    let bursts = find_follow_events(&list, &FollowEventSettings::default());
    let templates: Vec<Option<u32>> = list.follower.iter().map(|id| patterns.number(*id)).collect();
    let n_known = list.created_at_ms.iter().flatten().count().max(templates.iter().flatten().count());
    let mut arrivals = Arrivals {
        placed_count: list.len() as u64,
        timed_count: list.followed_at_ms.iter().flatten().count() as u64,
        batch_members_count: None,
        bursts,
    };
    if n_known < FEWEST_FOLLOWERS {
        return (arrivals, Vec::new());
    }
    let bounds = bound_follow_times(&list);
    let events = arrivals.bursts.as_deref().unwrap_or_default();
    let batches = find_follow_batches(&list, &bounds, &templates, events, &FollowBatchSettings::default());
    arrivals.batch_members_count = Some(batches.iter().map(|batch| batch.members.len() as u64).sum());
    (arrivals, batches.iter().filter_map(|batch| named(&list, &bounds, batch, (creator, patterns))).collect())
}

/// A batch in the dataset's ids; `None` if what its members share cannot be told.
fn named(
    list: &FollowerList,
    bounds: &FollowTimeBounds,
    batch: &FollowBatch,
    (creator, patterns): (AccountId, &Patterns),
) -> Option<CoordinatedGroup> {
    let time = |at: Option<i64>| at.and_then(Timestamp::from_ms);
    let members = batch.members.iter().map(|&rank| {
        let at = time(list.followed_at_ms[rank]);
        GroupMember { account: list.follower[rank], first_at: at, last_at: at, actions_count: 1, actions: vec![(0, at)] }
    });
    let shared = match batch.shared {
        SharedTrait::CreatedWithin { from_ms, to_ms } => {
            BatchTrait::MadeBetween(time(Some(from_ms))?, time(Some(to_ms.saturating_sub(1)))?)
        }
        SharedTrait::HandleTemplate(number) => BatchTrait::HandlePattern(patterns.texts.name(number).to_owned()),
    };
    Some(CoordinatedGroup {
        id: String::new(),
        kind: GroupKind::FollowBatch,
        members: members.collect(),
        targets: vec![GroupTarget {
            creator,
            members_count: batch.members.len() as u64,
            first_at: time(bounds.lower_ms[batch.first_rank]),
            last_at: time(bounds.upper_ms[batch.last_rank]),
        }],
        density: 1.0,
        // A probability too small for a number of its own stays what it was before the tests were counted.
        log10_p: batch.q.log10().max(batch.log10_p),
        purity: None,
        batch: Some(BatchOrigin {
            shared,
            expected_count: batch.expected,
            median_age_days: batch.median_age_days,
            ranks: (batch.first_rank as u64, batch.last_rank as u64),
        }),
    })
}

/// The rows of `follows` that point at each creator, for those with enough of them.
struct ListRows {
    starts: Vec<usize>,
    rows: Vec<usize>,
}

impl ListRows {
    fn gather(dataset: &Dataset) -> Self {
        let follows = &dataset.follows;
        let n_creators = dataset.creators.len();
        let mut starts = vec![0; n_creators + 1];
        if follows.position.is_absent() && follows.followed_at.is_absent() {
            return Self { starts, rows: Vec::new() };
        }
        let mut creator_of = vec![u32::MAX; dataset.n_accounts()];
        for (number, creator) in dataset.creators.iter().enumerate() {
            creator_of[creator.id.index()] = number as u32;
        }
        let edges = || {
            follows.follower.iter().zip(&follows.followed).enumerate().filter(|(_, (follower, followed))| follower != followed)
        };
        let mut counts = vec![0_usize; n_creators];
        for (_, (_, followed)) in edges() {
            if let Some(count) = counts.get_mut(creator_of[followed.index()] as usize) {
                *count += 1;
            }
        }
        let kept = |count: usize| if count < FEWEST_FOLLOWERS { 0 } else { count };
        for (number, &count) in counts.iter().enumerate() {
            starts[number + 1] = starts[number] + kept(count);
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts[n_creators]];
        for (row, (_, followed)) in edges() {
            let number = creator_of[followed.index()] as usize;
            if counts.get(number).is_some_and(|&count| kept(count) > 0) {
                rows[next[number]] = row;
                next[number] += 1;
            }
        }
        Self { starts, rows }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn of(&self, creator: usize) -> &[usize] {
        &self.rows[self.starts[creator]..self.starts[creator + 1]]
    }
}

/// Patterns of handles, numbered.
#[derive(Default)]
struct Patterns {
    texts: Interner,
    /// By account; `u32::MAX` without a handle, empty where no handle is known.
    numbers: Vec<u32>,
}

impl Patterns {
    fn of(dataset: &Dataset) -> Self {
        let handle = |index: usize| dataset.accounts.handle.get(index).and_then(handle_template);
        let found: Vec<Option<String>> = (0..dataset.n_accounts()).into_par_iter().map(handle).collect();
        let mut texts = Interner::default();
        let numbers = found.into_iter().map(|pattern| pattern.map_or(u32::MAX, |pattern| texts.intern(&pattern))).collect();
        Self { texts, numbers }
    }

    fn number(&self, account: AccountId) -> Option<u32> {
        self.numbers.get(account.index()).copied().filter(|&number| number != u32::MAX)
    }
}

//! Everything that happened around each creator, gathered once for a whole dataset.

use super::activity::{CreatorActivity, PostActivity};
use super::comment_corpus::CommentCorpus;
use crate::domain::{AccountId, Dataset, Sampling};
use rayon::prelude::*;
use std::ops::Range;

/// No row, no creator.
pub(super) const NONE: u32 = u32::MAX;

/// Posts, engagements, follows and readings of every creator, end to end in the dataset's order of creators: rows of its
/// tables, never copies.
///
/// A post stands here if the table `posts` lists it or an engagement names it.
///
/// # Shape
/// Posts by time, those without one last; a post's engagements by time, those without one last; follows likewise; readings
/// by time.
///
/// # Cost
/// 4 bytes an engagement, a follow and a reading, 16 a post. A few passes, and one sort of each creator's own rows; and that of [`CommentCorpus`].
///
/// # Examples
/// ```
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::signals::Activities;
/// let dataset = DatasetBuilder::new(Manifest::default()).finish();
/// assert_eq!(Activities::gather(&dataset).len(), 0);
/// ```
#[derive(Debug, Clone)]
pub struct Activities<'d> {
    dataset: &'d Dataset,
    followers: Vec<Option<u64>>,
    post_offsets: Vec<usize>,
    /// Row of the table `posts`, or none.
    post_rows: Vec<u32>,
    engagement_offsets: Vec<usize>,
    engagement_rows: Vec<u32>,
    follow_offsets: Vec<usize>,
    follow_rows: Vec<u32>,
    history_offsets: Vec<usize>,
    history_rows: Vec<u32>,
    comments: CommentCorpus,
}

impl<'d> Activities<'d> {
    /// Gathers the rows of every creator.
    pub fn gather(dataset: &'d Dataset) -> Self {
        let n_creators = dataset.creators.len();
        let mut row_of = vec![NONE; dataset.n_accounts()];
        for (row, creator) in dataset.creators.iter().enumerate() {
            row_of[creator.id.index()] = row as u32;
        }
        let Slots { post_offsets, post_rows, slot_of_post } = Slots::of(dataset, &row_of);
        let engagements = &dataset.engagements;
        let of_engagement = |row: usize| slot_of_post[engagements.post[row] as usize];
        let (engagement_offsets, mut engagement_rows) = grouped(post_rows.len(), engagements.post.len(), of_engagement);
        let key = |&row: &u32| (engagements.at.get(row as usize).unwrap_or(i64::MAX), engagements.actor[row as usize], row);
        let spans: Vec<usize> = post_offsets.iter().map(|&slot| engagement_offsets[slot]).collect();
        let slot_of = |row: u32| slot_of_post[engagements.post[row as usize] as usize];
        sort_each(&mut engagement_rows, &spans, |rows| rows.sort_unstable_by_key(|row| (slot_of(*row), key(row))));
        let follows = &dataset.follows;
        let of_follow = |row: usize| row_of[follows.followed[row].index()];
        let (follow_offsets, mut follow_rows) = grouped(n_creators, follows.followed.len(), of_follow);
        let followed_at = |row: &u32| (follows.followed_at.get(*row as usize).unwrap_or(i64::MAX), *row);
        sort_each(&mut follow_rows, &follow_offsets, |rows| rows.sort_unstable_by_key(followed_at));
        let of_reading = |row: usize| row_of[dataset.history[row].creator.index()];
        let (history_offsets, mut history_rows) = grouped(n_creators, dataset.history.len(), of_reading);
        sort_each(&mut history_rows, &history_offsets, |rows| {
            rows.sort_unstable_by_key(|row| (dataset.history[*row as usize].at, *row));
        });
        let mut gathered = Self {
            dataset,
            followers: Vec::new(),
            post_offsets,
            post_rows,
            engagement_offsets,
            engagement_rows,
            follow_offsets,
            follow_rows,
            history_offsets,
            history_rows,
            comments: CommentCorpus::gather(dataset),
        };
        gathered.followers = (0..n_creators).map(|row| gathered.followers_of(row)).collect();
        gathered
    }

    /// The dataset whose rows these are.
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// The comments of all creators, taken apart.
    pub fn comments(&self) -> &CommentCorpus {
        &self.comments
    }

    /// How many creators there are.
    pub fn len(&self) -> usize {
        self.post_offsets.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What happened around the creator in this row of the dataset.
    pub fn of(&self, row: usize) -> CreatorActivity<'_> {
        CreatorActivity {
            dataset: self.dataset,
            creator: &self.dataset.creators[row],
            followers: self.followers[row],
            gathered: self,
            row,
        }
    }

    pub(super) fn posts(&self, row: usize) -> Range<usize> {
        self.post_offsets[row]..self.post_offsets[row + 1]
    }

    pub(super) fn post(&self, slot: usize) -> PostActivity<'_> {
        let rows = &self.engagement_rows[self.engagement_offsets[slot]..self.engagement_offsets[slot + 1]];
        let row = Some(self.post_rows[slot]).filter(|&row| row != NONE);
        PostActivity { dataset: self.dataset, row: row.map(|row| row as usize), engagement_rows: rows }
    }

    pub(super) fn engagement_rows(&self, row: usize) -> &[u32] {
        let posts = self.posts(row);
        &self.engagement_rows[self.engagement_offsets[posts.start]..self.engagement_offsets[posts.end]]
    }

    pub(super) fn follow_rows(&self, row: usize) -> &[u32] {
        &self.follow_rows[self.follow_offsets[row]..self.follow_offsets[row + 1]]
    }

    pub(super) fn history_rows(&self, row: usize) -> &[u32] {
        &self.history_rows[self.history_offsets[row]..self.history_offsets[row + 1]]
    }

    /// As the platform counts them: the creator's profile, else its newest reading, else the list where it is complete.
    fn followers_of(&self, row: usize) -> Option<u64> {
        let profile = self.dataset.accounts.followers.get(self.dataset.creators[row].id.index());
        let newest = || self.history_rows(row).last().map(|&reading| self.dataset.history[reading as usize].followers);
        let is_complete = self.dataset.manifest.follows_sampling == Sampling::Complete;
        let listed = || Some(self.listed_count(row)).filter(|&count| is_complete && count > 0);
        profile.or_else(newest).or_else(listed)
    }

    /// Unique followers listed, the creator itself left out.
    fn listed_count(&self, row: usize) -> u64 {
        let creator = self.dataset.creators[row].id;
        let of_row = |&follow: &u32| self.dataset.follows.follower[follow as usize];
        let mut followers: Vec<AccountId> = self.follow_rows(row).iter().map(of_row).filter(|id| *id != creator).collect();
        followers.sort_unstable();
        followers.dedup();
        followers.len() as u64
    }
}

/// Posts of all creators, creator by creator and in time.
struct Slots {
    post_offsets: Vec<usize>,
    post_rows: Vec<u32>,
    /// By number of `Engagements::post_ids`.
    slot_of_post: Vec<u32>,
}

impl Slots {
    fn of(dataset: &Dataset, row_of: &[u32]) -> Self {
        let (posts, engagements) = (&dataset.posts, &dataset.engagements);
        let n_engaged = engagements.post_ids.len();
        let row_of_engaged: Vec<u32> = (0..n_engaged as u32)
            .into_par_iter()
            .map(|post| posts.ids.find(engagements.post_ids.name(post)).unwrap_or(NONE))
            .collect();
        let mut owner_of_engaged = vec![NONE; n_engaged];
        for (row, &post) in engagements.post.iter().enumerate() {
            if row_of_engaged[post as usize] == NONE {
                let owner = engagements.creator.get(row).map_or(NONE, |creator| row_of[creator as usize]);
                owner_of_engaged[post as usize] = owner_of_engaged[post as usize].min(owner);
            }
        }
        // Creator, time (missing last), row of `posts`, number of `post_ids` where `posts` does not list it.
        let listed = posts.creator.iter().enumerate().map(|(post, creator)| {
            let at = posts.published_at.get(post).unwrap_or(i64::MAX);
            (row_of[creator.index()], at, post as u32, NONE)
        });
        let unlisted = (0..n_engaged as u32).map(|post| (owner_of_engaged[post as usize], i64::MAX, NONE, post));
        let mut slots: Vec<(u32, i64, u32, u32)> = listed.chain(unlisted).filter(|slot| slot.0 != NONE).collect();
        slots.par_sort_unstable();
        let mut post_offsets = vec![0; dataset.creators.len() + 1];
        let mut slot_of_row = vec![NONE; posts.creator.len()];
        let mut slot_of_post = vec![NONE; n_engaged];
        for (slot, &(creator, _, row, engaged)) in slots.iter().enumerate() {
            post_offsets[creator as usize + 1] = slot + 1;
            if row == NONE {
                slot_of_post[engaged as usize] = slot as u32;
            } else {
                slot_of_row[row as usize] = slot as u32;
            }
        }
        for creator in 1..post_offsets.len() {
            post_offsets[creator] = post_offsets[creator].max(post_offsets[creator - 1]);
        }
        for (post, &row) in row_of_engaged.iter().enumerate().filter(|(_, row)| **row != NONE) {
            slot_of_post[post] = slot_of_row[row as usize];
        }
        Self { post_offsets, post_rows: slots.iter().map(|slot| slot.2).collect(), slot_of_post }
    }
}

/// Rows by group, in their order; those of group [`NONE`] are left out.
fn grouped(n_groups: usize, n_rows: usize, group: impl Fn(usize) -> u32) -> (Vec<usize>, Vec<u32>) {
    let mut offsets = vec![0_usize; n_groups + 1];
    for of in (0..n_rows).map(&group).filter(|&of| of != NONE) {
        offsets[of as usize + 1] += 1;
    }
    for index in 1..offsets.len() {
        offsets[index] += offsets[index - 1];
    }
    let mut next = offsets.clone();
    let mut rows = vec![0; offsets[n_groups]];
    for row in 0..n_rows {
        let of = group(row);
        if of != NONE {
            rows[next[of as usize]] = row as u32;
            next[of as usize] += 1;
        }
    }
    (offsets, rows)
}

/// Sorts the rows between each pair of offsets, on all threads.
fn sort_each(rows: &mut [u32], offsets: &[usize], sort: impl Fn(&mut [u32]) + Sync + Send) {
    let mut rest = rows;
    let mut parts = Vec::with_capacity(offsets.len());
    for span in offsets.windows(2) {
        let (part, after) = rest.split_at_mut(span[1] - span[0]);
        parts.push(part);
        rest = after;
    }
    parts.into_par_iter().for_each(sort);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DAY_MS, DatasetBuilder, Manifest, Table};
    use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    fn text(values: &[Option<&str>]) -> ArrayRef {
        Arc::new(StringArray::from(values.to_vec()))
    }

    fn days(values: &[Option<i64>]) -> ArrayRef {
        let ms = values.iter().map(|day| day.map(|day| 1_600_000_000_000 + day * DAY_MS));
        Arc::new(ms.collect::<TimestampMillisecondArray>())
    }

    /// Two creators; `q` is listed without a time, `r` is named by an engagement alone, `z` belongs to nobody listed.
    fn dataset() -> Dataset {
        let mut builder = DatasetBuilder::new(Manifest::default());
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
            builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        };
        push(Table::Creators, vec![("creator_id", text(&[Some("a"), Some("b")]))]);
        push(
            Table::Posts,
            vec![
                ("post_id", text(&["q", "p2", "p1", "z", "b1"].map(Some))),
                ("creator_id", text(&["a", "a", "a", "nobody", "b"].map(Some))),
                ("published_at", days(&[None, Some(2), Some(1), Some(0), Some(0)])),
            ],
        );
        push(
            Table::Engagements,
            vec![
                ("actor_id", text(&["u", "v", "w", "u", "x", "y"].map(Some))),
                ("post_id", text(&["p1", "p1", "p1", "r", "z", "b1"].map(Some))),
                ("creator_id", text(&[None, None, None, Some("a"), None, None])),
                ("kind", text(&["like", "comment", "like", "like", "like", "like"].map(Some))),
                ("at", days(&[Some(3), None, Some(2), Some(4), Some(1), Some(1)])),
            ],
        );
        let counts: ArrayRef = Arc::new(UInt64Array::from(vec![30, 20]));
        let readings =
            vec![("creator_id", text(&["a", "a"].map(Some))), ("at", days(&[Some(9), Some(8)])), ("followers", counts)];
        push(Table::AudienceHistory, readings);
        push(
            Table::Follows,
            vec![
                ("follower_id", text(&["u", "v", "w"].map(Some))),
                ("followed_id", text(&["a", "a", "b"].map(Some))),
                ("followed_at", days(&[Some(5), Some(4), None])),
            ],
        );
        builder.finish()
    }

    #[test]
    fn each_creator_has_its_own_rows_in_order_of_time() {
        let dataset = dataset();
        let gathered = Activities::gather(&dataset);
        let of = gathered.of(0);
        let ids: Vec<Option<&str>> = of.posts().map(|post| post.id()).collect();
        assert_eq!(ids, [Some("p1"), Some("p2"), Some("q"), None]);
        let actors = |post: PostActivity<'_>| post.engagements().map(|e| dataset.name(e.actor).to_owned()).collect::<Vec<_>>();
        assert_eq!(of.posts().map(actors).collect::<Vec<_>>(), [vec!["w", "u", "v"], vec![], vec![], vec!["u"]]);
        assert_eq!(of.engagements().count(), 4);
        assert_eq!(of.follows().map(|follow| dataset.name(follow.follower)).collect::<Vec<_>>(), ["v", "u"]);
        assert_eq!(of.history().map(|reading| reading.followers).collect::<Vec<_>>(), [20, 30]);
        assert_eq!((of.followers, gathered.of(1).followers), (Some(30), None));
        assert_eq!(gathered.of(1).posts().map(actors).collect::<Vec<_>>(), [vec!["y"]]);
    }
}

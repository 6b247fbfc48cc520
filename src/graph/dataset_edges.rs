//! A dataset's follows and engagements as edges.

use super::edge_source::{EdgeBatch, EdgeSource, NO_OWNER};
use super::edge_time::EdgeTime;
use crate::Result;
use crate::domain::{AccountId, Column, Dataset, EngagementKind, Timestamp};

/// Edges handed on at once.
const BATCH_EDGES: usize = 1 << 14;

/// Who follows whom: rows are accounts (row = number of the [`AccountId`]), columns the accounts followed.
///
/// # Shape
/// Columns are the dataset's creators in reading order, with or without followers, then other accounts that are followed,
/// ascending. A creator that follows itself is a self-loop.
///
/// # Examples
/// ```
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::graph::{BipartiteGraph, FollowEdges};
/// let dataset = DatasetBuilder::new(Manifest::default()).finish();
/// assert_eq!(BipartiteGraph::build(&FollowEdges::of(&dataset))?.n_edges(), 0);
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct FollowEdges<'a> {
    dataset: &'a Dataset,
    columns: Columns,
}

impl<'a> FollowEdges<'a> {
    /// The follows of a dataset.
    pub fn of(dataset: &'a Dataset) -> Self {
        let columns = Columns::of(dataset, dataset.follows.followed.iter().copied());
        Self { dataset, columns }
    }

    /// The account of each column.
    pub fn creators(&self) -> impl ExactSizeIterator<Item = AccountId> {
        self.columns.accounts.iter().copied().map(AccountId)
    }
}

impl EdgeSource for FollowEdges<'_> {
    fn n_rows(&self) -> usize {
        self.dataset.n_accounts()
    }

    fn n_columns(&self) -> usize {
        self.columns.accounts.len()
    }

    fn owners(&self) -> Option<&[u32]> {
        Some(&self.columns.accounts)
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let follows = &self.dataset.follows;
        let column = |index: usize| Some(self.columns.number[follows.followed[index].index()]);
        Edges { actors: &follows.follower, times: &follows.followed_at }.replay(column, visit)
    }
}

/// Who acts on what: rows are accounts (row = number of the [`AccountId`]), columns posts or creators.
///
/// # Shape
/// Columns are post numbers of [`Engagements::post_ids`](crate::domain::Engagements::post_ids), or the dataset's creators in
/// reading order followed by other creators acted upon. What creators do on their own posts is a self-loop. Actions of several
/// kinds on one post are one edge with the earliest time.
///
/// # Missing
/// Between accounts and creators, an action whose creator is not known is no edge.
#[derive(Debug, Clone)]
pub struct EngagementEdges<'a> {
    dataset: &'a Dataset,
    kind: Option<EngagementKind>,
    on_creators: Option<Columns>,
    owners: Vec<u32>,
}

impl<'a> EngagementEdges<'a> {
    /// Accounts and posts; actions of one kind, or of all.
    pub fn on_posts(dataset: &'a Dataset, kind: Option<EngagementKind>) -> Self {
        let mut owners = vec![NO_OWNER; dataset.engagements.post_ids.len()];
        for (index, &post) in dataset.engagements.post.iter().enumerate() {
            if let Some(creator) = dataset.engagements.creator.get(index) {
                owners[post as usize] = creator;
            }
        }
        Self { dataset, kind, on_creators: None, owners }
    }

    /// Accounts and creators; actions of one kind, or of all.
    pub fn on_creators(dataset: &'a Dataset, kind: Option<EngagementKind>) -> Self {
        let engagements = &dataset.engagements;
        let acted_on = (0..engagements.actor.len()).filter_map(|index| engagements.creator.get(index).map(AccountId));
        let columns = Columns::of(dataset, acted_on);
        let owners = columns.accounts.clone();
        Self { dataset, kind, on_creators: Some(columns), owners }
    }

    /// The account of each column: the creator, or the post's creator.
    ///
    /// # Missing
    /// `None` for posts whose creator is not known.
    pub fn creators(&self) -> impl ExactSizeIterator<Item = Option<AccountId>> {
        self.owners.iter().map(|&owner| (owner != NO_OWNER).then_some(AccountId(owner)))
    }
}

impl EdgeSource for EngagementEdges<'_> {
    fn n_rows(&self) -> usize {
        self.dataset.n_accounts()
    }

    fn n_columns(&self) -> usize {
        self.owners.len()
    }

    fn owners(&self) -> Option<&[u32]> {
        Some(&self.owners)
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let engagements = &self.dataset.engagements;
        let column = |index: usize| {
            if self.kind.is_some_and(|kind| engagements.kind[index] != kind) {
                return None;
            }
            match &self.on_creators {
                None => Some(engagements.post[index]),
                Some(columns) => engagements.creator.get(index).map(|creator| columns.number[creator as usize]),
            }
        };
        Edges { actors: &engagements.actor, times: &engagements.at }.replay(column, visit)
    }
}

/// Creators as columns.
#[derive(Debug, Clone)]
struct Columns {
    /// The account of each column.
    accounts: Vec<u32>,
    /// The column of each account; only of those in `accounts`.
    number: Vec<u32>,
}

impl Columns {
    fn of(dataset: &Dataset, others: impl Iterator<Item = AccountId>) -> Self {
        const NONE: u32 = u32::MAX;
        let mut number = vec![NONE; dataset.n_accounts()];
        let mut accounts = Vec::new();
        for creator in &dataset.creators {
            if number[creator.id.index()] == NONE {
                number[creator.id.index()] = accounts.len() as u32;
                accounts.push(creator.id.0);
            }
        }
        let n_creators = accounts.len();
        for account in others {
            if std::mem::replace(&mut number[account.index()], 0) == NONE {
                accounts.push(account.0);
            }
        }
        accounts[n_creators..].sort_unstable();
        for (column, &account) in accounts.iter().enumerate() {
            number[account as usize] = column as u32;
        }
        Self { accounts, number }
    }
}

/// Actors and times of a table.
struct Edges<'a> {
    actors: &'a [AccountId],
    times: &'a Column<i64>,
}

impl Edges<'_> {
    /// Hands on every row of the table that has a column, batch by batch.
    fn replay(&self, column: impl Fn(usize) -> Option<u32>, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let timed = !self.times.is_absent();
        let (mut rows, mut columns, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for start in (0..self.actors.len()).step_by(BATCH_EDGES) {
            rows.clear();
            columns.clear();
            times.clear();
            for index in start..self.actors.len().min(start + BATCH_EDGES) {
                let Some(column) = column(index) else { continue };
                rows.push(self.actors[index].0);
                columns.push(column);
                if timed {
                    times.push(EdgeTime::from(self.times.get(index).and_then(Timestamp::from_ms)));
                }
            }
            visit(EdgeBatch { rows: &rows, columns: &columns, times: timed.then_some(&times) })?;
        }
        Ok(())
    }
}

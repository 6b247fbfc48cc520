//! The listed followers of each creator, each once.

use crate::domain::{AccountId, Dataset};
use rayon::prelude::*;

/// Listed followers by creator, in the dataset's order of creators.
///
/// # Shape
/// One list a creator: ascending ids, each once, the creator itself left out.
#[derive(Debug, Clone, Default)]
pub struct Audiences {
    starts: Vec<usize>,
    followers: Vec<AccountId>,
}

impl Audiences {
    /// Gathers the followers of every creator from the follow edges.
    ///
    /// # Cost
    /// O(edges + followers log followers); 4 bytes an edge to a creator, and twice that while it works.
    pub fn gather(dataset: &Dataset) -> Self {
        let mut row_of = vec![u32::MAX; dataset.n_accounts()];
        for (row, creator) in dataset.creators.iter().enumerate() {
            row_of[creator.id.index()] = row as u32;
        }
        let follows = &dataset.follows;
        let edges = || follows.follower.iter().zip(&follows.followed).filter(|(follower, followed)| follower != followed);
        let mut counts = vec![0_usize; dataset.creators.len() + 1];
        for (_, followed) in edges() {
            let row = row_of[followed.index()];
            if row != u32::MAX {
                counts[row as usize + 1] += 1;
            }
        }
        let starts: Vec<usize> = counts
            .iter()
            .scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            })
            .collect();
        let mut next = starts.clone();
        let mut all = vec![AccountId(0); *starts.last().unwrap_or(&0)];
        for (follower, followed) in edges() {
            let row = row_of[followed.index()];
            if row != u32::MAX {
                all[next[row as usize]] = *follower;
                next[row as usize] += 1;
            }
        }
        let lists: Vec<Vec<AccountId>> = starts
            .par_windows(2)
            .map(|span| {
                let mut list = all[span[0]..span[1]].to_vec();
                list.sort_unstable();
                list.dedup();
                list
            })
            .collect();
        let mut ends = vec![0];
        ends.extend(lists.iter().scan(0, |sum, list| {
            *sum += list.len();
            Some(*sum)
        }));
        Self { starts: ends, followers: lists.concat() }
    }

    /// How many creators there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The listed followers of the creator in this row of the dataset.
    pub fn of(&self, row: usize) -> &[AccountId] {
        &self.followers[self.starts[row]..self.starts[row + 1]]
    }
}

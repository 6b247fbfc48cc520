//! Who acts on anything of an owner, and how often.

use crate::graph::BipartiteGraph;
use rayon::prelude::*;

/// The audience of every owner: of creators whose columns are themselves, the rows of that column; of owners of several columns (posts),
/// the rows of all of them.
#[derive(Debug)]
pub(super) struct OwnerAudiences<'a> {
    graph: &'a BipartiteGraph,
    /// Number of each column's owner, 0..n.
    owner_of: Vec<u32>,
    lists: Lists,
    /// Actions on each owner.
    totals: Vec<f64>,
}

#[derive(Debug)]
enum Lists {
    /// The one column of each owner.
    Columns(Vec<u32>),
    /// Rows of each owner, ascending, with the number of their actions.
    Merged(Vec<Vec<(u32, u8)>>),
}

impl<'a> OwnerAudiences<'a> {
    /// Gathers audiences; `owners` has one slot a column.
    ///
    /// # Cost
    /// O(columns log columns) where every owner has one column; else O(E log E), and 8 bytes for each account of each owner.
    pub fn of(graph: &'a BipartiteGraph, owners: &[u32]) -> Self {
        let mut names = owners.to_vec();
        names.sort_unstable();
        names.dedup();
        let owner_of: Vec<u32> = owners.iter().map(|owner| names.partition_point(|name| name < owner) as u32).collect();
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); names.len()];
        for (column, &owner) in owner_of.iter().enumerate() {
            columns[owner as usize].push(column as u32);
        }
        let lists = if names.len() == owners.len() {
            Lists::Columns(columns.concat())
        } else {
            Lists::Merged(columns.par_iter().map(|columns| merged(graph, columns)).collect())
        };
        let mut totals = vec![0.0; names.len()];
        for (column, &owner) in owner_of.iter().enumerate() {
            totals[owner as usize] += graph.rows_of(column as u32).len() as f64;
        }
        Self { graph, owner_of, lists, totals }
    }

    /// Actions on an owner.
    pub fn total(&self, owner: u32) -> f64 {
        self.totals[owner as usize]
    }

    /// The owner of a column.
    pub fn owner_of(&self, column: u32) -> u32 {
        self.owner_of[column as usize]
    }

    /// Accounts that act on an owner.
    pub fn len(&self, owner: u32) -> usize {
        match &self.lists {
            Lists::Columns(columns) => self.graph.rows_of(columns[owner as usize]).len(),
            Lists::Merged(audiences) => audiences[owner as usize].len(),
        }
    }

    /// How often an account acts on an owner, 255 at most.
    pub fn actions(&self, owner: u32, row: u32) -> u8 {
        match &self.lists {
            Lists::Columns(columns) => u8::from(self.graph.rows_of(columns[owner as usize]).binary_search(&row).is_ok()),
            Lists::Merged(audiences) => {
                let audience = &audiences[owner as usize];
                audience.binary_search_by_key(&row, |act| act.0).map_or(0, |place| audience[place].1)
            }
        }
    }

    /// All accounts that act on an owner, with how often.
    pub fn each(&self, owner: u32, mut visit: impl FnMut(u32, u8)) {
        match &self.lists {
            Lists::Columns(columns) => self.graph.rows_of(columns[owner as usize]).iter().for_each(|&row| visit(row, 1)),
            Lists::Merged(audiences) => audiences[owner as usize].iter().for_each(|&(row, actions)| visit(row, actions)),
        }
    }
}

fn merged(graph: &BipartiteGraph, columns: &[u32]) -> Vec<(u32, u8)> {
    let mut rows: Vec<u32> = columns.iter().flat_map(|&column| graph.rows_of(column)).copied().collect();
    rows.sort_unstable();
    let of_row = |acts: &[u32]| (acts[0], acts.len().min(u8::MAX as usize) as u8);
    rows.chunk_by(|a, b| a == b).map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EdgeList;

    fn graph() -> BipartiteGraph {
        let edges = EdgeList { n_rows: 4, n_columns: 3, rows: &[0, 1, 1, 2, 3], columns: &[0, 0, 1, 1, 2], times: None };
        BipartiteGraph::build(&edges).unwrap()
    }

    fn of_owner(audiences: &OwnerAudiences<'_>, owner: u32) -> Vec<(u32, u8)> {
        let mut all = Vec::new();
        audiences.each(owner, |row, actions| all.push((row, actions)));
        assert_eq!(all.len(), audiences.len(owner));
        assert_eq!(all.iter().map(|act| f64::from(act.1)).sum::<f64>(), audiences.total(owner));
        assert!(all.iter().all(|&(row, actions)| audiences.actions(owner, row) == actions));
        all
    }

    #[test]
    fn posts_of_one_owner_have_one_audience() {
        let graph = graph();
        let audiences = OwnerAudiences::of(&graph, &[70, 70, 9]);
        let owner = audiences.owner_of(0);
        assert_eq!(owner, audiences.owner_of(1));
        assert_eq!(of_owner(&audiences, owner), vec![(0, 1), (1, 2), (2, 1)]);
        assert_eq!(of_owner(&audiences, audiences.owner_of(2)), vec![(3, 1)]);
        assert_eq!(audiences.actions(owner, 3), 0);
    }

    #[test]
    fn creators_have_the_rows_of_their_column() {
        let graph = graph();
        let audiences = OwnerAudiences::of(&graph, &[5, 3, 4]);
        assert_eq!(of_owner(&audiences, audiences.owner_of(1)), vec![(1, 1), (2, 1)]);
    }
}

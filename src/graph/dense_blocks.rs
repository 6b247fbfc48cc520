//! Several dense blocks, one after the other.

use super::bipartite::BipartiteGraph;
use super::column_weights::ColumnWeights;
use super::edge_source::{EdgeBatch, EdgeSource};
use super::fraudar::{Block, densest_block, densest_block_and};
use crate::Result;
use fixedbitset::FixedBitSet;

/// Up to `n_blocks` blocks: the densest, then the densest of what is left without its edges, and so on.
///
/// Only the first peel sees the whole graph. Every node of the densest set of density g has a core number of g or more in it (else
/// the set would be denser without that node), so a block of density g is looked for among the nodes whose weighted core number in
/// the whole graph is g or more, with g halved until the block found there is that dense. The weights stay those of the whole graph;
/// FRAUDAR's own code counts the rows of each column anew.
///
/// # Shape
/// Blocks may share rows and columns, never edges. Fewer than `n_blocks` once no edge is left.
///
/// # Errors
/// None in practice: those of [`BipartiteGraph::build`].
///
/// # Cost
/// The first as [`densest_block`]; each other the edges of the rows that are deep enough, times the halvings.
///
/// # Source
/// Hooi et al., KDD 2016, section 4.4 (several blocks); Batagelj and Zaveršnik, *Generalized cores*, 2002 (the bound).
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList, dense_blocks};
/// // Rows 0..4 with columns 0..4, and rows 4..7 with columns 4..7.
/// let block = |first: u32, n: u32| (0..n * n).map(move |i| (first + i / n, first + i % n));
/// let (rows, columns): (Vec<u32>, Vec<u32>) = block(0, 4).chain(block(4, 3)).unzip();
/// let edges = EdgeList { n_rows: 7, n_columns: 7, rows: &rows, columns: &columns, times: None };
/// let graph = BipartiteGraph::build(&edges)?;
/// let blocks = dense_blocks(&graph, &ColumnWeights::logarithmic(&graph), 5)?;
/// assert_eq!(blocks.iter().map(|block| block.rows.len()).collect::<Vec<_>>(), [4, 3]);
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn dense_blocks(graph: &BipartiteGraph, weights: &ColumnWeights, n_blocks: usize) -> Result<Vec<Block>> {
    if n_blocks == 0 {
        return Ok(Vec::new());
    }
    let mut level = 0;
    let mut cores = vec![0; graph.n_nodes()];
    let first = densest_block_and(graph, weights, |node, key| {
        level = level.max(key);
        cores[node as usize] = level;
    });
    let mut least = half(first.density * weights.scale());
    let mut residual = Residual { graph, weights, cores, found: Vec::new() };
    let mut blocks = Vec::new();
    let mut next = first;
    while !next.rows.is_empty() {
        residual.found.push(Found::of(&next, graph));
        blocks.push(next);
        if blocks.len() == n_blocks {
            break;
        }
        (next, least) = residual.densest(least)?;
    }
    Ok(blocks)
}

fn half(units: f64) -> u32 {
    (units / 2.0) as u32
}

/// A block whose edges are taken out.
struct Found {
    rows: FixedBitSet,
    columns: FixedBitSet,
}

impl Found {
    fn of(block: &Block, graph: &BipartiteGraph) -> Self {
        let set = |n, members: &[u32]| {
            let mut set = FixedBitSet::with_capacity(n);
            set.extend(members.iter().map(|&member| member as usize));
            set
        };
        Self { rows: set(graph.n_rows(), &block.rows), columns: set(graph.n_columns(), &block.columns) }
    }
}

/// The graph without the edges of the blocks found.
struct Residual<'a> {
    graph: &'a BipartiteGraph,
    weights: &'a ColumnWeights,
    cores: Vec<u32>,
    found: Vec<Found>,
}

impl Residual<'_> {
    /// The densest block left, and the level (in the weights' units) from which it was found.
    fn densest(&self, mut level: u32) -> Result<(Block, u32)> {
        loop {
            let core = self.core(level);
            let part = BipartiteGraph::build(&core)?;
            let mut block = densest_block(&part, &self.weights.of_columns(&core.columns));
            if level == 0 || block.density * self.weights.scale() >= f64::from(level) {
                block.rows.iter_mut().for_each(|row| *row = core.rows[*row as usize]);
                block.columns.iter_mut().for_each(|column| *column = core.columns[*column as usize]);
                return Ok((block, level));
            }
            level /= 2;
        }
    }

    /// The nodes whose core number is at least `level`.
    fn core(&self, level: u32) -> Core<'_> {
        let n_rows = self.graph.n_rows();
        let deep = |cores: &[u32]| (0..).zip(cores).filter(|&(_, &core)| core >= level).map(|(node, _)| node).collect();
        Core { residual: self, rows: deep(&self.cores[..n_rows]), columns: deep(&self.cores[n_rows..]) }
    }
}

/// Some rows and columns of the residual graph, numbered anew.
struct Core<'a> {
    residual: &'a Residual<'a>,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

impl EdgeSource for Core<'_> {
    fn n_rows(&self) -> usize {
        self.rows.len()
    }

    fn n_columns(&self) -> usize {
        self.columns.len()
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        const OUTSIDE: u32 = u32::MAX;
        let Residual { graph, found, .. } = self.residual;
        let mut number = vec![OUTSIDE; graph.n_columns()];
        for (new, &column) in (0..).zip(&self.columns) {
            number[column as usize] = new;
        }
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for (new, &row) in (0..).zip(&self.rows) {
            let taken_out = |column: u32| found.iter().any(|block| block.rows[row as usize] && block.columns[column as usize]);
            let left = graph.columns_of(row).iter().filter(|&&column| number[column as usize] != OUTSIDE && !taken_out(column));
            columns.clear();
            columns.extend(left.map(|&column| number[column as usize]));
            rows.clear();
            rows.resize(columns.len(), new);
            visit(EdgeBatch { rows: &rows, columns: &columns, times: None })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Each block from a peel of the whole graph without the edges of those before.
    fn by_whole_peels(edges: &BTreeSet<(u32, u32)>, weights: &ColumnWeights, n_blocks: usize) -> Vec<Block> {
        let mut left = edges.clone();
        let mut blocks = Vec::new();
        while blocks.len() < n_blocks {
            let rest: Vec<_> = left.iter().copied().collect();
            let block = densest_block(&graph_of(&rest, 40, 30), weights);
            if block.rows.is_empty() {
                break;
            }
            left.retain(|(row, column)| !(block.rows.contains(row) && block.columns.contains(column)));
            blocks.push(block);
        }
        blocks
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_core_holds_blocks_as_dense_as_the_whole_graph(
            edges in proptest::collection::btree_set((0_u32..40, 0_u32..30), 1..300)
        ) {
            let edges_left: Vec<_> = edges.iter().copied().collect();
            let graph = graph_of(&edges_left, 40, 30);
            let weights = ColumnWeights::logarithmic(&graph);
            let (found, whole) = (dense_blocks(&graph, &weights, 1_000).unwrap(), by_whole_peels(&edges, &weights, 2));
            prop_assert_eq!(&found[0], &whole[0]);
            if let (Some(found), Some(whole)) = (found.get(1), whole.get(1)) {
                prop_assert!(found.density >= whole.density / 2.0);
            }
            let mut left = edges.clone();
            for block in &found {
                let before = left.len();
                left.retain(|(row, column)| !(block.rows.contains(row) && block.columns.contains(column)));
                prop_assert!(left.len() < before);
            }
            prop_assert!(left.is_empty());
        }
    }

    #[test]
    fn two_planted_blocks_are_found_in_turn() {
        let mut edges: Vec<(u32, u32)> = (0..2_000).map(|i| (i * 7 % 500, i * i % 97)).collect();
        edges.extend((0..600).map(|i| (100 + i % 30, 100 + i / 30)));
        edges.extend((0..200).map(|i| (300 + i % 20, 150 + i / 20)));
        let graph = graph_of(&edges, 500, 170);
        let blocks = dense_blocks(&graph, &ColumnWeights::logarithmic(&graph), 2).unwrap();
        assert_eq!(blocks[0].columns, (100..120).collect::<Vec<u32>>());
        assert_eq!(blocks[0].rows, (100..130).collect::<Vec<u32>>());
        assert_eq!(blocks[1].columns, (150..160).collect::<Vec<u32>>());
        assert_eq!(blocks[1].rows, (300..320).collect::<Vec<u32>>());
        assert!(dense_blocks(&graph, &ColumnWeights::logarithmic(&graph), 0).unwrap().is_empty());
    }
}

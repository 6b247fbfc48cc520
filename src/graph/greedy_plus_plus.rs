//! How dense the densest block is, as a check on the peel.

use super::bipartite::BipartiteGraph;
use super::bucket_queue::KEY_LIMIT;
use super::column_weights::ColumnWeights;
use super::fraudar::{Block, N_BUCKETS, Passed};
use super::peel::{Fall, Peel};
use crate::{Error, Result};

/// The densest block over several peels: in each, a node's key is its load plus the weight of its edges left, and its load grows by
/// that weight when it is taken away. The first round is [`densest_block`](super::densest_block); the density approaches the greatest
/// there is as rounds go on.
///
/// # Errors
/// No round, or more than fit: rounds + 1 times the weight of the heaviest node must stay below 2^31 units.
///
/// # Cost
/// As many peels as rounds; beside them 4 bytes a node.
///
/// # Source
/// Boob, Gao, Peng, Sawlani, Tsourakakis, Wang and Wang, *Flowless: extracting densest subgraphs without flow computations*, WWW 2020,
/// algorithm 2; convergence: Chekuri, Quanrud and Torres, *Densest subgraph: supermodularity, iterative peeling, and flow*, SODA 2022.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList, densest_block, greedy_plus_plus};
/// let (rows, columns): (Vec<u32>, Vec<u32>) = (0..30).map(|i| (i % 6, i * i % 7)).unzip();
/// let edges = EdgeList { n_rows: 6, n_columns: 7, rows: &rows, columns: &columns, times: None };
/// let graph = BipartiteGraph::build(&edges)?;
/// let weights = ColumnWeights::logarithmic(&graph);
/// assert!(greedy_plus_plus(&graph, &weights, 8)?.density >= densest_block(&graph, &weights).density);
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn greedy_plus_plus(graph: &BipartiteGraph, weights: &ColumnWeights, n_rounds: u32) -> Result<Block> {
    let heaviest = weights.heaviest_node(graph).max(1);
    let most = (u64::from(KEY_LIMIT) - 1) / heaviest - 1;
    if n_rounds == 0 || u64::from(n_rounds) > most {
        return Err(Error::invalid_argument("rounds", n_rounds, format!("between 1 and {most} for this graph")));
    }
    let mut loads = vec![0_u32; graph.n_nodes()];
    let mut densest = Block::default();
    for _ in 0..n_rounds {
        let mut passed = Passed::new(graph, weights);
        let peel = Peel::new(graph, |column| weights.of(column), N_BUCKETS).with_loads(&loads, N_BUCKETS);
        peel.run(Fall::Free, |node, key| {
            let load = &mut loads[node as usize];
            passed.take(node, u64::from(key - *load));
            *load = key;
        });
        let block = passed.densest(graph, weights);
        if block.density > densest.density {
            densest = block;
        }
    }
    Ok(densest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::densest_block;
    use crate::graph::testing::graph_of;
    use proptest::prelude::*;

    /// The greatest density of any set of nodes, in the weights' natural unit.
    fn brute_force(graph: &BipartiteGraph, weights: &ColumnWeights) -> f64 {
        let (n_rows, n_nodes) = (graph.n_rows() as u32, graph.n_nodes() as u32);
        let density = |set: u32| {
            let inside = |node: u32| set >> node & 1 == 1;
            let columns = (0..n_nodes - n_rows).filter(|column| inside(n_rows + column));
            let total = |column| weights.of(column) * graph.rows_of(column).iter().filter(|row| inside(**row)).count() as u32;
            f64::from(columns.map(total).sum::<u32>()) / weights.scale() / f64::from(set.count_ones())
        };
        (1_u32..1 << n_nodes).map(density).fold(0.0, f64::max)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn comes_near_the_densest_set_there_is(edges in proptest::collection::vec((0_u32..6, 0_u32..5), 0..30)) {
            let graph = graph_of(&edges, 6, 5);
            let weights = ColumnWeights::logarithmic(&graph);
            let best = brute_force(&graph, &weights);
            let found = greedy_plus_plus(&graph, &weights, 50).unwrap().density;
            prop_assert!(found <= best + 1e-12 && found >= 0.97 * best, "{found} {best}");
            prop_assert_eq!(greedy_plus_plus(&graph, &weights, 1).unwrap(), densest_block(&graph, &weights));
        }
    }

    #[test]
    fn refuses_rounds_that_do_not_fit() {
        let graph = graph_of(&[(0, 0)], 1, 1);
        let weights = ColumnWeights::logarithmic(&graph);
        assert!(greedy_plus_plus(&graph, &weights, 0).is_err() && greedy_plus_plus(&graph, &weights, u32::MAX).is_err());
    }
}

//! A block of known fraud put into an organic graph.

use crate::graph::{BipartiteGraph, EdgeBatch, EdgeSource, EdgeTime};
use crate::{Error, Result};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::ops::Range;

/// What accounts of a block do beside following its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Camouflage {
    /// Nothing.
    None,
    /// As many other columns as of the block, all equally likely.
    Random,
    /// The same, drawn in proportion to the columns' rows.
    Biased,
    /// The accounts are organic ones, taken over with all their edges.
    Hijacked,
}

/// A block to put into a graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Injection {
    /// Accounts.
    pub n_rows: usize,
    /// Columns that they are paid to follow, drawn from those of the graph.
    pub n_columns: usize,
    /// Share of the block's edges that exist (0..=1).
    pub density: f64,
    /// What the accounts do beside it.
    pub camouflage: Camouflage,
    /// When the block's edges come, in seconds since 1990-01-01 UTC, all seconds equally likely; `None` without times. Camouflage
    /// comes any time between the graph's first and last edge.
    pub delivery: Option<Range<u32>>,
}

/// An organic graph and a block in it, as edges; the same for the same seed.
///
/// # Source
/// Hooi et al., *FRAUDAR*, KDD 2016, section 5.2 and `injectCliqueCamo` in the authors' code. Deviations: the rows are new accounts
/// (none of the graph's first), the columns any of the graph's (not the first), and random camouflage draws a fixed number of
/// columns, density × columns, instead of tossing a coin for each.
#[derive(Debug, Clone)]
pub struct InjectedEdges<'a> {
    organic: &'a BipartiteGraph,
    n_rows: usize,
    edges: Vec<(u32, u32, EdgeTime)>,
    /// The accounts of the block, ascending.
    pub rows: Vec<u32>,
    /// The columns of the block, ascending.
    pub columns: Vec<u32>,
}

impl<'a> InjectedEdges<'a> {
    /// Draws the block.
    ///
    /// # Errors
    /// A density outside 0..=1, an empty delivery, or a block of more than half the graph's columns (or rows, if they are hijacked).
    ///
    /// # Cost
    /// O(rows × columns of the block, and with [`Camouflage::Biased`] the graph's columns).
    pub fn draw(organic: &'a BipartiteGraph, injection: &Injection, seed: u64) -> Result<Self> {
        check(organic, injection)?;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let columns = distinct(&mut rng, organic.n_columns() as u32, injection.n_columns);
        let first = organic.n_rows() as u32;
        let (rows, n_rows) = match injection.camouflage {
            Camouflage::Hijacked => (distinct(&mut rng, first, injection.n_rows), organic.n_rows()),
            _ => ((first..first + injection.n_rows as u32).collect(), organic.n_rows() + injection.n_rows),
        };
        let mut drawn = Self { organic, n_rows, edges: Vec::new(), rows, columns };
        drawn.draw_edges(injection, &mut rng);
        Ok(drawn)
    }

    fn draw_edges(&mut self, injection: &Injection, rng: &mut ChaCha8Rng) {
        let chosen = |rng: &mut ChaCha8Rng| rng.random::<f64>() < injection.density;
        let n_camouflage = (injection.density * injection.n_columns as f64) as usize;
        let ends = rows_before(self.organic);
        let organic_times = injection.delivery.as_ref().and_then(|_| times(self.organic));
        for &row in &self.rows {
            for &column in &self.columns {
                if chosen(rng) {
                    let time = injection.delivery.clone().map_or(EdgeTime::MISSING, |range| draw_time(rng, range));
                    self.edges.push((row, column, time));
                }
            }
            for _ in 0..n_camouflage {
                let column = match injection.camouflage {
                    Camouflage::None | Camouflage::Hijacked => break,
                    Camouflage::Random => rng.random_range(0..self.organic.n_columns() as u32),
                    Camouflage::Biased => in_proportion(rng, &ends),
                };
                if self.columns.binary_search(&column).is_err() {
                    let time = organic_times.clone().map_or(EdgeTime::MISSING, |range| draw_time(rng, range));
                    self.edges.push((row, column, time));
                }
            }
        }
    }
}

fn check(organic: &BipartiteGraph, injection: &Injection) -> Result<()> {
    if !(0.0..=1.0).contains(&injection.density) {
        return Err(Error::invalid_argument("density", injection.density, "between 0 and 1"));
    }
    if injection.delivery.as_ref().is_some_and(Range::is_empty) {
        return Err(Error::invalid_argument("delivery", "empty", "at least one second"));
    }
    if 2 * injection.n_columns > organic.n_columns() {
        return Err(Error::invalid_argument("columns of a block", injection.n_columns, "at most half of the graph's"));
    }
    if injection.camouflage == Camouflage::Hijacked && 2 * injection.n_rows > organic.n_rows() {
        return Err(Error::invalid_argument("hijacked accounts", injection.n_rows, "at most half of the graph's"));
    }
    Ok(())
}

/// That many different numbers below `n`, ascending; at most half of them.
fn distinct(rng: &mut ChaCha8Rng, n: u32, amount: usize) -> Vec<u32> {
    let mut drawn = BTreeSet::new();
    while drawn.len() < amount {
        drawn.insert(rng.random_range(0..n));
    }
    drawn.into_iter().collect()
}

fn draw_time(rng: &mut ChaCha8Rng, range: Range<u32>) -> EdgeTime {
    EdgeTime::from_seconds(rng.random_range(range))
}

/// From the first to one beyond the last time of a graph.
fn times(graph: &BipartiteGraph) -> Option<Range<u32>> {
    let known =
        || (0..graph.n_columns() as u32).filter_map(|column| graph.times_of(column)).flatten().filter_map(|time| time.seconds());
    Some(known().min()?..known().max()? + 1)
}

/// How many edges each column and those before it have.
fn rows_before(graph: &BipartiteGraph) -> Vec<u64> {
    let degrees = (0..graph.n_columns() as u32).map(|column| graph.rows_of(column).len() as u64);
    degrees
        .scan(0, |total, degree| {
            *total += degree;
            Some(*total)
        })
        .collect()
}

/// A column, each in proportion to its edges; the first if there is no edge.
fn in_proportion(rng: &mut ChaCha8Rng, ends: &[u64]) -> u32 {
    let at = rng.random_range(0..ends.last().copied().unwrap_or(0).max(1));
    ends.partition_point(|&end| end <= at).min(ends.len() - 1) as u32
}

impl EdgeSource for InjectedEdges<'_> {
    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn n_columns(&self) -> usize {
        self.organic.n_columns()
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let mut columns = Vec::new();
        for column in 0..self.organic.n_columns() as u32 {
            let rows = self.organic.rows_of(column);
            columns.clear();
            columns.resize(rows.len(), column);
            visit(EdgeBatch { rows, columns: &columns, times: self.organic.times_of(column) })?;
        }
        let rows: Vec<u32> = self.edges.iter().map(|edge| edge.0).collect();
        let columns: Vec<u32> = self.edges.iter().map(|edge| edge.1).collect();
        let times: Vec<EdgeTime> = self.edges.iter().map(|edge| edge.2).collect();
        visit(EdgeBatch { rows: &rows, columns: &columns, times: Some(&times) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{ColumnWeights, EdgeList, densest_block};

    /// 3,000 accounts and 300 columns with about 6,000 edges, a few columns far more popular than others.
    fn organic() -> BipartiteGraph {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let rows: Vec<u32> = (0..6_000).map(|_| rng.random_range(0..3_000)).collect();
        let columns: Vec<u32> = (0..6_000).map(|_| (300.0 * rng.random::<f64>().powi(3)) as u32).collect();
        let times: Vec<EdgeTime> = (0..6_000).map(|_| EdgeTime::from_seconds(rng.random_range(1_000_000..2_000_000))).collect();
        let list = EdgeList { n_rows: 3_000, n_columns: 300, rows: &rows, columns: &columns, times: Some(&times) };
        BipartiteGraph::build(&list).unwrap()
    }

    fn injection(camouflage: Camouflage) -> Injection {
        Injection { n_rows: 100, n_columns: 40, density: 0.5, camouflage, delivery: Some(1_500_000..1_503_600) }
    }

    #[test]
    fn the_block_has_its_size_density_and_hours() {
        let organic = organic();
        for camouflage in [Camouflage::None, Camouflage::Random, Camouflage::Biased, Camouflage::Hijacked] {
            let injected = InjectedEdges::draw(&organic, &injection(camouflage), 1).unwrap();
            let graph = BipartiteGraph::build(&injected).unwrap();
            assert_eq!((injected.rows.len(), injected.columns.len()), (100, 40));
            let inside = |row: &u32| graph.columns_of(*row).iter().filter(|column| injected.columns.contains(column)).count();
            let n_inside: usize = injected.rows.iter().map(inside).sum();
            assert!((1_900..2_150).contains(&n_inside), "{camouflage:?} {n_inside}");
            let hours = 1_500_000..1_503_600;
            let timed = injected.edges.iter().filter(|edge| injected.columns.contains(&edge.1));
            assert!(timed.into_iter().all(|edge| hours.contains(&edge.2.seconds().unwrap())));
            let outside: usize = injected.rows.iter().map(|row| graph.columns_of(*row).len()).sum::<usize>() - n_inside;
            match camouflage {
                Camouflage::None => assert_eq!(outside, 0),
                Camouflage::Random => assert!((1_400..1_900).contains(&outside), "{outside}"),
                Camouflage::Biased => assert!((900..1_900).contains(&outside), "{outside}"),
                Camouflage::Hijacked => assert!((100..300).contains(&outside), "{outside}"),
            }
        }
    }

    #[test]
    fn biased_camouflage_hides_among_popular_columns() {
        let organic = organic();
        let popularity = |camouflage| {
            let injected = InjectedEdges::draw(&organic, &injection(camouflage), 2).unwrap();
            let outside = injected.edges.iter().filter(|edge| injected.columns.binary_search(&edge.1).is_err());
            let degrees: Vec<usize> = outside.map(|edge| organic.rows_of(edge.1).len()).collect();
            degrees.iter().sum::<usize>() as f64 / degrees.len() as f64
        };
        assert!(popularity(Camouflage::Biased) > 2.0 * popularity(Camouflage::Random));
    }

    #[test]
    fn the_same_seed_draws_the_same_block_and_a_dense_one_is_found() {
        let organic = organic();
        let dense = Injection { density: 0.9, ..injection(Camouflage::Random) };
        let (one, two) = (InjectedEdges::draw(&organic, &dense, 3).unwrap(), InjectedEdges::draw(&organic, &dense, 3).unwrap());
        assert_eq!((&one.edges, &one.columns), (&two.edges, &two.columns));
        assert_ne!(one.columns, InjectedEdges::draw(&organic, &dense, 4).unwrap().columns);
        let graph = BipartiteGraph::build(&one).unwrap();
        let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
        let found = one.rows.iter().filter(|row| block.rows.contains(row)).count();
        assert!(found >= 95 && block.rows.len() <= 110, "{found} of {}", block.rows.len());
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let organic = organic();
        let refused = |injection: Injection| InjectedEdges::draw(&organic, &injection, 1).is_err();
        assert!(refused(Injection { density: 1.5, ..injection(Camouflage::None) }));
        assert!(refused(Injection { n_columns: 151, ..injection(Camouflage::None) }));
        assert!(refused(Injection { n_rows: 1_501, ..injection(Camouflage::Hijacked) }));
        assert!(refused(Injection { delivery: Some(5..5), ..injection(Camouflage::None) }));
    }
}

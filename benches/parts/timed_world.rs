//! Timed follows for benches, made as they are read: nothing is held but one creator's arrivals.
//!
//! A tenth as many accounts as edges, a thousandth as many creators, in communities; two years of arrivals with days and nights, a viral
//! post for one creator in ten and a giveaway for another; and for each million edges three services: 25 accounts × 12 creators at
//! density .9 in 12 hours, 300 × 40 at .15 in a day, 200 × 20 at .8 in a week. It is made to be large, not to be true: accuracy is measured by
//! `bonafide evaluate coordination`.

use bonafide::Result;
use bonafide::graph::{EdgeBatch, EdgeSource, EdgeTime};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const DAY_S: u32 = 86_400;
const DAYS: u32 = 730;
/// 2022-01-01 in seconds since 1990.
const FIRST_S: u32 = 11_688 * DAY_S;
/// Accounts of a community.
const COMMUNITY: usize = 10_000;
/// Accounts, creators, density and hours of each kind of service.
const SERVICES: [(u32, u32, f64, u32); 3] = [(25, 12, 0.9, 12), (300, 40, 0.15, 24), (200, 20, 0.8, 168)];
/// Follows of each service's account that nobody ordered.
const CAMOUFLAGE: u32 = 8;

pub struct TimedWorld {
    n_rows: usize,
    /// Organic edges of each creator.
    sizes: Vec<usize>,
    n_communities: usize,
    /// How often each kind of service is planted.
    n_services: usize,
}

impl TimedWorld {
    pub fn new(n_edges: usize) -> Self {
        let n_communities = (n_edges / 10 / COMMUNITY).max(1);
        let weights: Vec<f64> = (0..n_edges / 1000).map(|rank| (rank as f64 + 20.0).powf(-0.8)).collect();
        let whole: f64 = weights.iter().sum();
        let sizes = weights.iter().map(|weight| (n_edges as f64 * weight / whole) as usize).collect();
        Self { n_rows: n_edges / 10, sizes, n_communities, n_services: (n_edges / 1_000_000).max(1) }
    }

    /// The first account that belongs to a service; all after it do.
    pub fn first_sold(&self) -> u32 {
        self.n_rows as u32
    }

    fn creator(&self, column: u32, edges: &mut Edges) {
        let mut rng = ChaCha8Rng::seed_from_u64(u64::from(column));
        let n_communities = self.n_communities as u32;
        let community = column % n_communities;
        let members = self.n_rows as u32 / n_communities;
        let (viral_s, viral) = (moment(&mut rng), if rng.random_bool(0.1) { rng.random_range(0.1..0.4) } else { 0.0 });
        let (giveaway_s, giveaway) = (moment(&mut rng), if rng.random_bool(0.1) { 0.05 } else { 0.0 });
        for _ in 0..self.sizes[column as usize] {
            let of = if rng.random_bool(0.5) { community } else { rng.random_range(0..n_communities) };
            let row = of + n_communities * (f64::from(members) * rng.random::<f64>().powf(1.5)) as u32;
            let cause: f64 = rng.random();
            let at_s = if cause < viral {
                viral_s + (-1.5 * f64::from(DAY_S) * (1.0 - rng.random::<f64>()).ln()) as u32
            } else if cause < viral + giveaway {
                giveaway_s + rng.random_range(0..DAY_S / 4)
            } else {
                moment(&mut rng)
            };
            edges.push(row, column, at_s.min(FIRST_S + DAYS * DAY_S - 1));
        }
    }

    fn service(&self, number: usize, (accounts, creators, density, hours): (u32, u32, f64, u32), edges: &mut Edges) {
        let of_all: u32 = SERVICES.iter().map(|service| service.0).sum();
        let before: u32 = SERVICES[..number % SERVICES.len()].iter().map(|service| service.0).sum();
        let first = self.first_sold() + (number / SERVICES.len()) as u32 * of_all + before;
        let mut rng = ChaCha8Rng::seed_from_u64(u64::MAX - number as u64);
        let n_columns = self.sizes.len() as u32;
        for _ in 0..creators {
            let (column, start_s) = (rng.random_range(0..n_columns), moment(&mut rng));
            for row in first..first + accounts {
                if rng.random_bool(density) {
                    let at_s = start_s + rng.random_range(0..hours * 3_600);
                    edges.push(row, column, at_s);
                }
            }
        }
        for row in first..first + accounts {
            for _ in 0..CAMOUFLAGE {
                let (column, at_s) = (rng.random_range(0..n_columns), moment(&mut rng));
                edges.push(row, column, at_s);
            }
        }
    }
}

/// A second of the two years, rather at noon than at midnight.
fn moment(rng: &mut ChaCha8Rng) -> u32 {
    let within = (rng.random::<f64>() + rng.random::<f64>()) / 2.0;
    FIRST_S + rng.random_range(0..DAYS) * DAY_S + (f64::from(DAY_S) * within) as u32
}

impl EdgeSource for TimedWorld {
    fn n_rows(&self) -> usize {
        let of_all: u32 = SERVICES.iter().map(|service| service.0).sum();
        self.n_rows + self.n_services * of_all as usize
    }

    fn n_columns(&self) -> usize {
        self.sizes.len()
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let mut edges = Edges::default();
        for column in 0..self.sizes.len() as u32 {
            self.creator(column, &mut edges);
            edges.give(visit)?;
        }
        for number in 0..self.n_services * SERVICES.len() {
            self.service(number, SERVICES[number % SERVICES.len()], &mut edges);
            edges.give(visit)?;
        }
        Ok(())
    }
}

#[derive(Default)]
pub struct Edges {
    rows: Vec<u32>,
    columns: Vec<u32>,
    times: Vec<EdgeTime>,
}

impl Edges {
    pub fn push(&mut self, row: u32, column: u32, at_s: u32) {
        self.rows.push(row);
        self.columns.push(column);
        self.times.push(EdgeTime::from_seconds(at_s));
    }

    /// Gives what was gathered, and forgets it.
    pub fn give(&mut self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        visit(EdgeBatch { rows: &self.rows, columns: &self.columns, times: Some(&self.times) })?;
        self.rows.clear();
        self.columns.clear();
        self.times.clear();
        Ok(())
    }
}

//! Deliveries put into a background: a block of accounts × creators, thin or dense, in hours or weeks, camouflaged or not.

use super::{Background, Edge};
use crate::graph::EdgeTime;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How the delivering accounts hide.
///
/// # Source
/// The four attacks of Hooi et al., *FRAUDAR*, KDD 2016, section 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Camouflage {
    /// New accounts that do nothing else.
    None,
    /// As many actions again on columns drawn evenly, at any time.
    Random,
    /// As many again on columns drawn by popularity.
    Biased,
    /// Accounts of people, with all they do.
    Hijacked,
}

impl Camouflage {
    /// All four.
    pub const ALL: [Self; 4] = [Self::None, Self::Random, Self::Biased, Self::Hijacked];

    /// As tables print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Random => "random",
            Self::Biased => "biased",
            Self::Hijacked => "hijacked",
        }
    }
}

/// One service that delivers to several creators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delivery {
    /// Accounts of the pool.
    pub n_accounts: u32,
    /// Creators delivered to.
    pub n_creators: u32,
    /// Share of the pool that follows each creator.
    pub density: f64,
    /// Hours from the first to the last follow of one creator.
    pub hours: f64,
    /// When each creator's delivery begins.
    pub begins: Begins,
    /// How the accounts hide.
    pub camouflage: Camouflage,
}

/// Draws the accounts that deliver from a second on.
pub(super) type Pool<'a> = dyn Fn(u32, &mut ChaCha8Rng) -> Vec<u32> + 'a;

/// When the deliveries of one service begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// Each at an instant of its own within a month or, in a shorter background, a third of it.
    Apart,
    /// All at the same instant.
    Together,
}

impl Begins {
    /// As tables print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apart => "each at its own time",
            Self::Together => "all at once",
        }
    }
}

impl Delivery {
    /// `25 × 12 at .90`.
    pub(super) fn block_name(&self) -> String {
        let density = crate::benchmark::figure::decimal_to(self.density, 2);
        format!("{} × {} at {density}", self.n_accounts, self.n_creators)
    }

    /// Draws the delivery: ordered edges, then those of the camouflage.
    pub(super) fn draw(&self, background: &Background, seed: u64) -> Drawn {
        self.draw_from(background, (0.1, 0.9), &|_, rng| self.pool(background, rng), seed)
    }

    /// The same between two shares of the background's edges in time, with another pool: accounts, given the second at which the first creator's
    /// delivery may begin.
    pub(super) fn draw_from(&self, background: &Background, within: (f64, f64), pool: &Pool<'_>, seed: u64) -> Drawn {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (from_s, to_s) = background.span(within.0, within.1);
        let campaign_s = (30 * 86_400).min((to_s - from_s) / 3).max(1);
        let start_s = from_s + rng.random_range(0..(to_s - from_s).saturating_sub(campaign_s).max(1));
        let mut creators = background.wanted_columns(&mut rng);
        creators.truncate(self.n_creators as usize);
        let pool = pool(start_s, &mut rng);
        let mut drawn =
            Drawn { n_accounts: background.n_accounts.max(pool.iter().max().map_or(0, |row| row + 1)), ..Drawn::default() };
        for &column in &creators {
            let begins_s = match self.begins {
                Begins::Apart => start_s + rng.random_range(0..campaign_s),
                Begins::Together => start_s,
            };
            for &row in &pool {
                if rng.random_bool(self.density) {
                    let at_s = begins_s + (rng.random::<f64>() * self.hours * 3_600.0) as u32;
                    drawn.ordered.push(Edge { row, column, at: EdgeTime::from_seconds(at_s) });
                }
            }
        }
        self.hide(background, (from_s, to_s), &mut drawn, &mut rng);
        drawn
    }

    fn pool(&self, background: &Background, rng: &mut ChaCha8Rng) -> Vec<u32> {
        if self.camouflage != Camouflage::Hijacked {
            return (background.n_accounts..background.n_accounts + self.n_accounts).collect();
        }
        let mut acting: Vec<u32> = background.edges.iter().map(|edge| edge.row).collect();
        acting.sort_unstable();
        acting.dedup();
        acting.shuffle(rng);
        acting.truncate(self.n_accounts as usize);
        acting
    }

    fn hide(&self, background: &Background, (from_s, to_s): (u32, u32), drawn: &mut Drawn, rng: &mut ChaCha8Rng) {
        if !matches!(self.camouflage, Camouflage::Random | Camouflage::Biased) {
            return;
        }
        for edge in &drawn.ordered {
            let column = if self.camouflage == Camouflage::Random {
                rng.random_range(0..background.n_columns)
            } else {
                background.edges[rng.random_range(0..background.edges.len())].column
            };
            let at = EdgeTime::from_seconds(rng.random_range(from_s..to_s.max(from_s + 1)));
            drawn.camouflage.push(Edge { row: edge.row, column, at });
        }
    }
}

/// What a delivery adds.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    /// Edges delivered.
    pub ordered: Vec<Edge>,
    /// Edges that hide them.
    pub camouflage: Vec<Edge>,
    /// Accounts there are then.
    pub n_accounts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// 3,000 accounts and 100 columns over ten days, the first columns far more popular than the last.
    fn background() -> Background {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let mut edges = Vec::new();
        for _ in 0..8_000 {
            let column = (100.0 * rng.random::<f64>().powi(3)) as u32;
            edges.push(Edge {
                row: rng.random_range(0..3_000),
                column,
                at: EdgeTime::from_seconds(rng.random_range(0..864_000)),
            });
        }
        Background { name: "trial".into(), n_accounts: 3_000, n_columns: 100, edges }
    }

    fn delivery(camouflage: Camouflage) -> Delivery {
        Delivery { n_accounts: 100, n_creators: 20, density: 0.5, hours: 3.0, begins: Begins::Apart, camouflage }
    }

    #[test]
    fn a_delivery_has_its_size_density_and_hours() {
        let background = background();
        for camouflage in Camouflage::ALL {
            let drawn = delivery(camouflage).draw(&background, 1);
            assert!((850..1_150).contains(&drawn.ordered.len()), "{}", drawn.ordered.len());
            let columns: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.column).collect();
            assert_eq!(columns.len(), 20);
            for column in columns {
                let times: Vec<u32> =
                    drawn.ordered.iter().filter(|edge| edge.column == column).filter_map(|edge| edge.at.seconds()).collect();
                assert!(times.iter().max().unwrap() - times.iter().min().unwrap() <= 3 * 3_600);
            }
            let is_known = |row: u32| background.edges.iter().any(|edge| edge.row == row);
            assert!(drawn.ordered.iter().all(|edge| is_known(edge.row) == (camouflage == Camouflage::Hijacked)));
        }
    }

    #[test]
    fn camouflage_doubles_the_actions_and_biased_hides_among_popular_columns() {
        let background = background();
        let popularity = background.popularity();
        let mean = |camouflage| {
            let drawn = delivery(camouflage).draw(&background, 2);
            assert_eq!(drawn.camouflage.len(), drawn.ordered.len());
            let sum: u32 = drawn.camouflage.iter().map(|edge| popularity[edge.column as usize]).sum();
            f64::from(sum) / drawn.camouflage.len() as f64
        };
        assert!(mean(Camouflage::Biased) > 2.0 * mean(Camouflage::Random));
        assert!(delivery(Camouflage::None).draw(&background, 2).camouflage.is_empty());
    }

    #[test]
    fn deliveries_that_begin_together_lie_within_the_same_hours() {
        let drawn = Delivery { begins: Begins::Together, ..delivery(Camouflage::None) }.draw(&background(), 1);
        let times: Vec<u32> = drawn.ordered.iter().filter_map(|edge| edge.at.seconds()).collect();
        assert!(times.iter().max().unwrap() - times.iter().min().unwrap() <= 3 * 3_600);
    }

    #[test]
    fn the_same_seed_draws_the_same_delivery() {
        let background = background();
        let draw = |seed| delivery(Camouflage::Biased).draw(&background, seed).ordered;
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}

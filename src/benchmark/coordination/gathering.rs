//! People who were called together: what lockstep looks like when nobody ordered it. Sizes, rates and times are assumptions.

use super::delivery::{Drawn, Pool};
use super::{Background, Edge};
use crate::graph::EdgeTime;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;

const HOUR_S: f64 = 3_600.0;

/// A kind of occasion on which people follow the same creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathering {
    /// A giveaway asks to follow six creators.
    Giveaway,
    /// A newsletter names one creator in each of ten weekly issues.
    Newsletter,
    /// A list of twenty for those who begin.
    StarterPack,
    /// A company asks its people to follow its eight ambassadors, one after the other.
    Company,
    /// A festival with twelve acts.
    Festival,
    /// The eight of a show, on the evening when it is on.
    Cast,
}

/// When those who were called act.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Moments {
    /// Each at one sitting of its own within so many hours, so many seconds from one follow to the next.
    Sitting { within_h: f64, apart_s: u32 },
    /// For each creator so many days after the last, each at a delay with this mean.
    Issues { every_days: f64, delay_h: f64 },
    /// Each follow at a moment of its own within so many hours.
    Spread { within_h: f64 },
}

/// How a gathering goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Occasion {
    /// People.
    pub n_people: u32,
    /// Creators.
    pub n_creators: u32,
    /// Share of the creators that one follows.
    pub share: f64,
    /// When.
    pub moments: Moments,
}

impl Gathering {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Giveaway, Self::Newsletter, Self::StarterPack, Self::Company, Self::Festival, Self::Cast];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Giveaway => "giveaway: 600 people follow most of 6 creators in one sitting, within 36 hours",
            Self::Newsletter => {
                "newsletter: 300 readers follow 4 in 10 of the creators of 10 weekly issues, half a day after each"
            }
            Self::StarterPack => "starter pack: 400 people follow a list of 20 within a minute, each on a day of its own in 60",
            Self::Company => "company: 40 colleagues follow 7 in 10 of 8 ambassadors, named every 9 days, some hours after each",
            Self::Festival => "festival: 500 guests follow 3 in 10 of 12 acts within 10 days",
            Self::Cast => "show: 800 viewers follow a third of a cast of 8 within 4 hours",
        }
    }

    /// One word.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Giveaway => "giveaway",
            Self::Newsletter => "newsletter",
            Self::StarterPack => "starter pack",
            Self::Company => "company",
            Self::Festival => "festival",
            Self::Cast => "show",
        }
    }

    pub(super) fn occasion(self) -> Occasion {
        let of = |n_people, n_creators, share, moments| Occasion { n_people, n_creators, share, moments };
        match self {
            Self::Giveaway => of(600, 6, 0.85, Moments::Sitting { within_h: 36.0, apart_s: 20 }),
            Self::Newsletter => of(300, 10, 0.4, Moments::Issues { every_days: 7.0, delay_h: 12.0 }),
            Self::StarterPack => of(400, 20, 0.95, Moments::Sitting { within_h: 60.0 * 24.0, apart_s: 3 }),
            Self::Company => of(40, 8, 0.7, Moments::Issues { every_days: 9.0, delay_h: 4.0 }),
            Self::Festival => of(500, 12, 0.3, Moments::Spread { within_h: 240.0 }),
            Self::Cast => of(800, 8, 0.35, Moments::Spread { within_h: 4.0 }),
        }
    }
}

impl Occasion {
    /// Hours from the first to the last follow of one creator, most of them.
    pub fn hours_a_creator(&self) -> f64 {
        match self.moments {
            Moments::Sitting { within_h, .. } | Moments::Spread { within_h } => within_h,
            // Three in four follow within 1.4 mean delays, nineteen in twenty within three.
            Moments::Issues { delay_h, .. } => 3.0 * delay_h,
        }
    }

    /// Draws the creators, the people among those who are there by then, and their follows. Who follows a creator already does not follow it again.
    pub fn draw(&self, background: &Background, within: (f64, f64), people: &Pool<'_>, seed: u64) -> Drawn {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut creators = background.wanted_columns(&mut rng);
        creators.truncate(self.n_creators as usize);
        let already: HashSet<(u32, u32)> = background.edges.iter().map(|edge| (edge.row, edge.column)).collect();
        let (from_s, to_s) = background.span(within.0, within.1);
        let start_s = from_s + rng.random_range(0..to_s.saturating_sub(from_s).saturating_sub(self.lasts_s()).max(1));
        let mut drawn = Drawn { n_accounts: background.n_accounts, ..Drawn::default() };
        for row in people(start_s, &mut rng) {
            let sitting: f64 = rng.random();
            for (place, &column) in creators.iter().enumerate() {
                let after_s = self.after_s(place, sitting, &mut rng);
                if rng.random_bool(self.share) && !already.contains(&(row, column)) {
                    drawn.ordered.push(Edge { row, column, at: EdgeTime::from_seconds(start_s + after_s) });
                }
            }
        }
        drawn
    }

    /// Seconds from the beginning to the follow of the creator at this place; `sitting` is the person's own moment, 0 to 1.
    fn after_s(&self, place: usize, sitting: f64, rng: &mut ChaCha8Rng) -> u32 {
        match self.moments {
            Moments::Sitting { within_h, apart_s } => {
                let pause = if apart_s > 0 { rng.random_range(0..apart_s) } else { 0 };
                (sitting * within_h * HOUR_S) as u32 + place as u32 * apart_s + pause
            }
            Moments::Issues { every_days, delay_h } => {
                let delay = -delay_h * (1.0 - rng.random::<f64>()).ln();
                ((place as f64 * every_days * 24.0 + delay) * HOUR_S) as u32
            }
            Moments::Spread { within_h } => (rng.random::<f64>() * within_h * HOUR_S) as u32,
        }
    }

    fn lasts_s(&self) -> u32 {
        let hours = match self.moments {
            Moments::Sitting { within_h, .. } | Moments::Spread { within_h } => within_h,
            Moments::Issues { every_days, .. } => f64::from(self.n_creators) * every_days * 24.0,
        };
        (hours * HOUR_S) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// 2,000 accounts and 60 columns over a year.
    fn background() -> Background {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let edge = |rng: &mut ChaCha8Rng| Edge {
            row: rng.random_range(0..2_000),
            column: rng.random_range(0..60),
            at: EdgeTime::from_seconds(rng.random_range(0..31_536_000)),
        };
        let edges = (0..6_000).map(|_| edge(&mut rng)).collect();
        Background { name: "trial".into(), n_accounts: 2_000, n_columns: 60, edges }
    }

    fn times(drawn: &Drawn, key: fn(&Edge) -> u32) -> BTreeMap<u32, Vec<u32>> {
        let mut times: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for edge in &drawn.ordered {
            times.entry(key(edge)).or_default().push(edge.at.seconds().unwrap());
        }
        times
    }

    fn widest(times: &BTreeMap<u32, Vec<u32>>) -> u32 {
        times.values().map(|times| times.iter().max().unwrap() - times.iter().min().unwrap()).max().unwrap()
    }

    #[test]
    fn people_are_as_many_and_follow_as_much_as_is_said() {
        let background = background();
        for gathering in Gathering::ALL {
            let occasion = gathering.occasion();
            let drawn = occasion.draw(&background, (0.1, 0.9), &|_, _| (0..occasion.n_people).collect(), 3);
            let expected = f64::from(occasion.n_people * occasion.n_creators) * occasion.share;
            let found = drawn.ordered.len() as f64 / expected;
            assert!((0.85..1.1).contains(&found), "{gathering:?}: {found}");
            assert_eq!(times(&drawn, |edge| edge.column).len(), occasion.n_creators as usize);
            assert!(drawn.ordered.iter().all(|edge| edge.row < 1_000));
        }
    }

    #[test]
    fn a_starter_pack_is_a_minute_for_each_and_weeks_for_all() {
        let drawn = Gathering::StarterPack.occasion().draw(&background(), (0.1, 0.9), &|_, _| (0..300).collect(), 3);
        assert!(widest(&times(&drawn, |edge| edge.row)) <= 60);
        assert!(widest(&times(&drawn, |edge| edge.column)) > 30 * 86_400);
    }

    #[test]
    fn a_newsletter_has_a_day_for_each_creator() {
        let drawn = Gathering::Newsletter.occasion().draw(&background(), (0.1, 0.9), &|_, _| (0..300).collect(), 3);
        let mut firsts: Vec<u32> = times(&drawn, |edge| edge.column).values().map(|times| *times.iter().min().unwrap()).collect();
        firsts.sort_unstable();
        assert!(firsts.windows(2).all(|pair| (6 * 86_400..8 * 86_400).contains(&(pair[1] - pair[0]))), "{firsts:?}");
    }

    #[test]
    fn nobody_follows_again() {
        let background = background();
        let already: HashSet<(u32, u32)> = background.edges.iter().map(|edge| (edge.row, edge.column)).collect();
        let drawn = Gathering::StarterPack.occasion().draw(&background, (0.1, 0.9), &|_, _| (0..2_000).collect(), 3);
        assert!(drawn.ordered.iter().all(|edge| !already.contains(&(edge.row, edge.column))));
    }
}

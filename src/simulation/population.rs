//! The organic accounts: who they are, where they belong, how many creators they follow.

use super::cast::mixed;
use super::locales::{LOCALES, Locale};
use super::profiles::{AGES, ProfileClass};
use super::scenario::Scenario;
use super::seed::{Stream, normal, pick_weighted, stream};
use super::words::NICHES;
use crate::error::Result;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::SQRT_2;
use std::ops::Range;

/// Communities: each pair of a locale and a niche.
const N_CELLS: usize = LOCALES.len() * NICHES.len();
/// Standard deviation of the natural log of the size of a fan circle. Assumption.
const CIRCLE_SD: f64 = 0.8;
/// Nothing happens before this share of the accounts exists. It must exceed the quarter of all accounts that one
/// audience may hold (see [`Scenario::validate`]), so that a follower can always be found who existed.
const OPENING_SHARE: f64 = 0.3;
const DAY_S: i64 = 86_400;
/// Mean days by which an account that must be older than an instant is older: about as among all that are. Assumption.
const OLDER_DAYS: f64 = 900.0;
/// Accounts from one signpost to the next.
const SIGNPOST: u32 = 64;

/// The index of a locale and of a niche in their lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Community {
    pub locale: usize,
    pub niche: usize,
}

impl Community {
    /// Draws one, locales by their size.
    pub(super) fn draw(rng: &mut ChaCha8Rng) -> Self {
        let locale = pick_weighted(rng, LOCALES.iter().map(|locale| locale.weight));
        Self { locale, niche: rng.random_range(0..NICHES.len() as u32) as usize }
    }

    /// Where it is.
    pub(super) fn place(self) -> &'static Locale {
        &LOCALES[self.locale]
    }

    /// The index of its language.
    pub(super) fn language(self) -> usize {
        self.place().language
    }

    fn cell(self) -> usize {
        self.locale * NICHES.len() + self.niche
    }
}

/// What follows and profiles of one organic account must agree on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    /// Standard normal; decides how many creators it follows.
    pub activity: f64,
    /// When it was made, in seconds since 1970.
    pub created_s: i64,
    /// Where it belongs.
    pub community: Community,
    /// The class of its profile.
    pub class: &'a ProfileClass,
}

/// From whom an account is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// A fan circle, by its number.
    Circle(u32),
    /// People of one place and niche.
    Cell(Community),
    /// People of one place.
    Locale(usize),
    /// All.
    Everybody,
}

/// The organic accounts of a scenario, side by side by locale, niche and fan circle.
///
/// Within a circle accounts stand in the order of their activity z, whose ranks are those of a standard normal; an account
/// is drawn with a chance in proportion to exp(σ z), so that the numbers of creators followed are log-normal. The draw
/// needs no table: the activity of an account drawn so is normal with mean σ, and its rank follows.
///
/// # Cost
/// Some 2 bytes an account, whatever the number of follows.
#[derive(Debug)]
pub(super) struct Population {
    /// Day on which each account was made, counted from 1970; the second of the day follows from the index.
    created_days: Vec<u16>,
    /// First account of each cell, and the end of the last.
    cells: Vec<u32>,
    /// First account of each circle, and the end of the last.
    circles: Vec<u32>,
    /// The circle of every 64th account, from which the search for an account's circle begins.
    signposts: Vec<u32>,
    activity_sd: f64,
    opening_s: i64,
    /// Day before which no account was made.
    oldest_day: i64,
}

impl Population {
    /// Lays out the communities and draws when each account was made.
    ///
    /// # Errors
    /// As [`Scenario::validate`].
    pub(super) fn new(scenario: &Scenario, seed: u64) -> Result<Self> {
        let captured_s = scenario.captured_s()?;
        let created_days: Vec<u16> = (0..scenario.accounts)
            .into_par_iter()
            .map(|index| (origin(scenario, (seed, captured_s), index).1 / DAY_S - 1).clamp(0, i64::from(u16::MAX)) as u16)
            .collect();
        let cells = lay_out_cells(scenario.accounts);
        let circles = lay_out_circles(&cells, scenario.organic.circle_size, seed);
        let signposts = lay_out_signposts(&circles, scenario.accounts);
        let mut some: Vec<u16> = created_days.iter().copied().step_by(created_days.len() / 10_000 + 1).collect();
        let place = (OPENING_SHARE * some.len() as f64) as usize;
        let opening_s = (i64::from(*some.select_nth_unstable(place).1) + 1) * DAY_S;
        let (activity_sd, oldest_day) = (scenario.organic.activity_sd, captured_s / DAY_S - AGES[1] as i64);
        Ok(Self { created_days, cells, circles, signposts, activity_sd, opening_s, oldest_day })
    }

    /// Before this instant too few accounts exist for anything to happen.
    pub(super) fn opening_s(&self) -> i64 {
        self.opening_s
    }

    /// How many accounts there are.
    pub(super) fn len(&self) -> u32 {
        self.created_days.len() as u32
    }

    /// When an account was made.
    pub(super) fn created_s(&self, index: u32) -> i64 {
        let second = mixed(u64::from(index)) % DAY_S as u64;
        i64::from(self.created_days[index as usize]) * DAY_S + second as i64
    }

    /// Makes an account older, if need be, than an instant: by a while of its own, lest many are made on one day.
    pub(super) fn made_before(&mut self, index: u32, at_s: i64) {
        let latest = at_s / DAY_S - 1;
        let created_day = &mut self.created_days[index as usize];
        if i64::from(*created_day) > latest {
            let share = mixed(u64::from(index) ^ 0x01D) as f64 / u64::MAX as f64;
            let span = (latest - self.oldest_day).max(0) as f64 / OLDER_DAYS;
            let older = -OLDER_DAYS * (1.0 - share * (1.0 - (-span).exp())).ln();
            *created_day = (latest - older as i64).clamp(0, i64::from(u16::MAX)) as u16;
        }
    }

    /// Where an account belongs.
    pub(super) fn community(&self, index: u32) -> Community {
        let cell = self.cells.partition_point(|&start| start <= index) - 1;
        Community { locale: cell / NICHES.len(), niche: cell % NICHES.len() }
    }

    /// The person behind an index, always the same, and the stream from which the rest of its profile is drawn.
    pub(super) fn person<'a>(&self, scenario: &'a Scenario, seed: u64, index: u32) -> (Person<'a>, ChaCha8Rng) {
        let (class, _, mut rng) = origin(scenario, (seed, 0), index);
        let circle = self.members(self.circle_of(index));
        let rank = f64::from(index - circle.start) + rng.random::<f64>();
        let share = (rank / circle.len() as f64).clamp(1e-12, 1.0 - 1e-12);
        let activity = -SQRT_2 * erfc_inv(2.0 * share);
        (Person { activity, created_s: self.created_s(index), community: self.community(index), class }, rng)
    }

    /// The circles of a community.
    pub(super) fn circles_of(&self, community: Community) -> Range<u32> {
        let cell = self.cell(community);
        if cell.is_empty() {
            return 0..0;
        }
        self.circle_of(cell.start)..self.circle_of(cell.end - 1) + 1
    }

    /// The accounts of a circle.
    pub(super) fn members(&self, circle: u32) -> Range<u32> {
        self.circles[circle as usize]..self.circles[circle as usize + 1]
    }

    /// The accounts of a community.
    pub(super) fn cell(&self, community: Community) -> Range<u32> {
        self.cells[community.cell()]..self.cells[community.cell() + 1]
    }

    /// Draws an account by its activity; none where there is nobody.
    pub(super) fn draw(&self, among: Among, rng: &mut ChaCha8Rng) -> Option<u32> {
        let circle = match among {
            Among::Circle(circle) => circle,
            Among::Cell(community) => self.circle_within(self.cell(community), rng)?,
            Among::Locale(locale) => {
                let first = locale * NICHES.len();
                self.circle_within(self.cells[first]..self.cells[first + NICHES.len()], rng)?
            }
            Among::Everybody => self.circle_within(0..self.len(), rng)?,
        };
        let members = self.members(circle);
        let share = 0.5 * erfc(-(normal(rng) + self.activity_sd) / SQRT_2);
        Some((members.start + (share * members.len() as f64) as u32).min(members.end - 1))
    }

    /// A circle by its size.
    fn circle_within(&self, accounts: Range<u32>, rng: &mut ChaCha8Rng) -> Option<u32> {
        (!accounts.is_empty()).then(|| self.circle_of(rng.random_range(accounts)))
    }

    fn circle_of(&self, index: u32) -> u32 {
        let mut circle = self.signposts[(index / SIGNPOST) as usize];
        while self.circles[circle as usize + 1] <= index {
            circle += 1;
        }
        circle
    }
}

/// The class of an account, when it was made, and the rest of its stream.
fn origin(scenario: &Scenario, (seed, captured_s): (u64, i64), index: u32) -> (&ProfileClass, i64, ChaCha8Rng) {
    let mut rng = stream(seed, Stream::Account, u64::from(index));
    let class = ProfileClass::choose(&scenario.organic.profiles, &mut rng);
    let created_s = captured_s - (class.draw_age_days(0.0, &mut rng) * 86_400.0) as i64;
    (class, created_s, rng)
}

/// Shares out the accounts by the size of the locales; niches are equal.
fn lay_out_cells(accounts: u32) -> Vec<u32> {
    let total: f64 = LOCALES.iter().map(|locale| locale.weight).sum();
    let mut before = 0.0;
    let mut cells = vec![0];
    for locale in &LOCALES {
        for _ in 0..NICHES.len() {
            before += locale.weight / total / NICHES.len() as f64;
            cells.push((before * f64::from(accounts)).round() as u32);
        }
    }
    cells[N_CELLS] = accounts;
    cells
}

/// Cuts every cell into circles of log-normal size.
fn lay_out_circles(cells: &[u32], median: f64, seed: u64) -> Vec<u32> {
    let mut circles = vec![0];
    for (cell, bounds) in cells.windows(2).enumerate() {
        let mut rng = stream(seed, Stream::Circles, cell as u64);
        let mut start = bounds[0];
        while start < bounds[1] {
            let size = (median * (CIRCLE_SD * normal(&mut rng)).exp()).clamp(2.0, 1e6) as u32;
            start = start.saturating_add(size).min(bounds[1]);
            circles.push(start);
        }
    }
    circles
}

/// The circles of the accounts 0, 64, 128 and so on.
fn lay_out_signposts(circles: &[u32], accounts: u32) -> Vec<u32> {
    let mut circle = 0;
    (0..accounts)
        .step_by(SIGNPOST as usize)
        .map(|index| {
            while circles[circle + 1] <= index {
                circle += 1;
            }
            circle as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(accounts: u32) -> (Scenario, Population) {
        let scenario = Scenario { accounts, ..Scenario::default() };
        let population = Population::new(&scenario, 3).unwrap();
        (scenario, population)
    }

    #[test]
    fn circles_fill_the_cells_and_the_cells_the_world() {
        let (_, population) = population(20_000);
        assert_eq!(population.circles.last(), Some(&20_000));
        assert!(population.circles.windows(2).all(|pair| pair[0] < pair[1]));
        for index in [0, 1, 777, 19_999] {
            let community = population.community(index);
            assert!(population.cell(community).contains(&index));
            assert!(population.circles_of(community).any(|circle| population.members(circle).contains(&index)));
        }
    }

    #[test]
    fn draws_are_in_proportion_to_the_exponential_of_the_activity() {
        let (scenario, population) = population(20_000);
        let mut rng = stream(1, Stream::Follows, 0);
        let n = 4_000;
        let mean = (0..n)
            .map(|_| {
                let index = population.draw(Among::Everybody, &mut rng).unwrap();
                population.person(&scenario, 3, index).0.activity
            })
            .sum::<f64>()
            / f64::from(n);
        // A normal tilted by exp(σ z) has mean σ; the last of a hundred stands for the whole tail beyond it.
        assert!((mean - scenario.organic.activity_sd).abs() < 0.1, "{mean}");
        let all = (0..20_000).map(|index| population.person(&scenario, 3, index).0.activity).sum::<f64>() / 20_000.0;
        assert!(all.abs() < 0.01, "{all}");
    }

    #[test]
    fn accounts_made_older_are_made_on_many_days() {
        let (scenario, mut population) = population(20_000);
        let captured_s = scenario.captured_s().unwrap();
        let at_s = captured_s - 3_000 * DAY_S;
        (0..20_000).for_each(|index| population.made_before(index, at_s));
        let mut days: Vec<i64> = (0..20_000).map(|index| population.created_s(index) / DAY_S).collect();
        days.sort_unstable();
        assert!(days[0] >= captured_s / DAY_S - 5_001 && days[19_999] < at_s / DAY_S);
        assert!(days.chunk_by(|a, b| a == b).all(|day| day.len() < 60), "some 25 on the newest");
    }

    #[test]
    fn draws_stay_where_they_are_asked_for() {
        let (_, population) = population(20_000);
        let mut rng = stream(1, Stream::Follows, 1);
        let community = Community { locale: 5, niche: 2 };
        for _ in 0..200 {
            let index = population.draw(Among::Cell(community), &mut rng).unwrap();
            assert_eq!(population.community(index), community);
            let index = population.draw(Among::Locale(12), &mut rng).unwrap();
            assert_eq!(population.community(index).locale, 12);
        }
        let nobody = Population {
            created_days: vec![],
            cells: vec![0; N_CELLS + 1],
            circles: vec![0],
            signposts: vec![],
            activity_sd: 1.0,
            opening_s: 0,
            oldest_day: 0,
        };
        assert_eq!(nobody.draw(Among::Cell(community), &mut rng), None);
    }
}

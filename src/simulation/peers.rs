//! Which creators follow which others: by niche and language, and friends of friends (triadic closure).

use super::creators::followers_of;
use super::population::Community;
use super::scenario::Scenario;
use super::seed::{Stream, normal, pick, stream};
use super::shapes::Shape;
use super::words::{LANGUAGES, NICHES};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

const DAY_S: i64 = 86_400;
/// Standard deviation of the natural log of how many creators a creator follows. Assumption.
const DEGREE_SD: f64 = 0.8;
/// Creators that one creator follows at most.
const DEGREE_MAX: f64 = 400.0;
/// Days for which the youngest creator has existed.
const LEAST_DAYS: i64 = 30;
/// Other creators are at most this part of a creator's followers.
const PEERS_PART: u64 = 20;
/// Chances that a followed creator is drawn from the own niche and language, and from the own niche. Assumptions.
const OWN_CELL: f64 = 0.7;
const OWN_NICHE: f64 = 0.2;

/// What is known of a creator before anything is planned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub community: Community,
    pub shape: Shape,
    pub started_s: i64,
}

impl Origin {
    /// Draws where a creator belongs, how its audience grew and since when.
    ///
    /// Those with orders are older than the oldest order.
    pub(super) fn draw(
        scenario: &Scenario,
        (seed, captured_s, opening_s): (u64, i64, i64),
        (index, has_orders): (u32, bool),
    ) -> Self {
        let mut rng = stream(seed, Stream::Creator, u64::from(index));
        let community = Community::draw(&mut rng);
        let drawn = Shape::draw(&scenario.organic.growth, &mut rng);
        let shape = if drawn == Shape::Young && has_orders { Shape::Steady } else { drawn };
        // Within the time in which there is anybody to follow; cut there, lest many begin at one instant.
        let most = (captured_s - opening_s) / DAY_S - 1;
        let days = shape.age_days();
        let days = days.start.min(most / 2).max(LEAST_DAYS)..days.end.min(most).max(LEAST_DAYS + 1);
        let started_s = captured_s - rng.random_range(days) * DAY_S - rng.random_range(0..DAY_S);
        Self { community, shape, started_s }
    }
}

/// Who follows whom among creators.
#[derive(Debug)]
pub(super) struct Peers {
    /// Where the followers of each creator begin in `followers`, and the end of the last.
    starts: Vec<u32>,
    followers: Vec<u32>,
}

/// Creators by language and niche, by niche, and all: each list from the largest down.
struct Circles {
    cells: Vec<Vec<u32>>,
    niches: Vec<Vec<u32>>,
    all: u32,
}

impl Peers {
    /// Draws whom each creator follows.
    ///
    /// # Cost
    /// Memory: 4 bytes an edge and a creator; while it is drawn about 40 bytes a creator and 12 an edge.
    pub(super) fn new(scenario: &Scenario, seed: u64, origins: &[Origin]) -> Self {
        let circles = Circles::new(origins);
        let organic = &scenario.organic;
        let n_closed = |degree: usize| (degree as f64 * organic.closure_share).round() as usize;
        let degrees: Vec<usize> = (0..origins.len())
            .into_par_iter()
            .map(|index| {
                let z = normal(&mut stream(seed, Stream::Peers, index as u64));
                let degree = organic.peers_followed * (DEGREE_SD * z - DEGREE_SD * DEGREE_SD / 2.0).exp();
                (degree.min(DEGREE_MAX).round() as usize).min(origins.len().saturating_sub(1) / 2)
            })
            .collect();
        let chosen: Vec<Vec<u32>> = degrees
            .par_iter()
            .enumerate()
            .map(|(index, &degree)| {
                let mut rng = stream(seed, Stream::Peers, (1 << 40) | index as u64);
                let mut followed = Vec::with_capacity(degree);
                circles.extend((index as u32, origins), (&mut followed, degree - n_closed(degree)), &mut rng);
                followed
            })
            .collect();
        let closed: Vec<Vec<u32>> = degrees
            .par_iter()
            .enumerate()
            .map(|(index, &degree)| {
                let mut rng = stream(seed, Stream::Peers, (2 << 40) | index as u64);
                let mut followed = chosen[index].clone();
                close((index as u32, &chosen), (&mut followed, degree), &mut rng);
                circles.extend((index as u32, origins), (&mut followed, degree), &mut rng);
                followed
            })
            .collect();
        Self::inverted(scenario, &closed)
    }

    fn inverted(scenario: &Scenario, followed: &[Vec<u32>]) -> Self {
        let mut edges: Vec<(u32, u32)> =
            (0u32..).zip(followed).flat_map(|(follower, list)| list.iter().map(move |&followed| (followed, follower))).collect();
        edges.par_sort_unstable();
        let mut starts = vec![0];
        let mut followers = Vec::with_capacity(edges.len());
        let mut edges = edges.into_iter().peekable();
        for index in 0..followed.len() as u32 {
            let most = (followers_of(scenario, index) / PEERS_PART) as usize;
            let before = followers.len();
            while let Some((_, follower)) = edges.next_if(|&(followed, _)| followed == index) {
                if followers.len() - before < most {
                    followers.push(follower);
                }
            }
            starts.push(followers.len() as u32);
        }
        Self { starts, followers }
    }

    /// The creators that follow a creator.
    pub(super) fn followers(&self, index: u32) -> &[u32] {
        &self.followers[self.starts[index as usize] as usize..self.starts[index as usize + 1] as usize]
    }
}

/// Adds friends of friends until `degree` are followed or ten times as many were tried.
fn close((index, chosen): (u32, &[Vec<u32>]), (followed, degree): (&mut Vec<u32>, usize), rng: &mut ChaCha8Rng) {
    let friends = &chosen[index as usize];
    if friends.is_empty() {
        return;
    }
    for _ in 0..10 * (degree - followed.len()) {
        if followed.len() == degree {
            return;
        }
        let theirs = &chosen[pick(rng, friends) as usize];
        if theirs.is_empty() {
            continue;
        }
        let found = pick(rng, theirs);
        if found != index && !followed.contains(&found) {
            followed.push(found);
        }
    }
}

impl Circles {
    fn new(origins: &[Origin]) -> Self {
        let mut cells = vec![Vec::new(); LANGUAGES.len() * NICHES.len()];
        let mut niches = vec![Vec::new(); NICHES.len()];
        for (index, origin) in (0u32..).zip(origins) {
            cells[Self::cell(origin)].push(index);
            niches[origin.community.niche].push(index);
        }
        Self { cells, niches, all: origins.len() as u32 }
    }

    fn cell(origin: &Origin) -> usize {
        origin.community.language() * NICHES.len() + origin.community.niche
    }

    /// Adds creators until `degree` are followed or ten times as many were tried.
    fn extend(&self, (index, origins): (u32, &[Origin]), (followed, degree): (&mut Vec<u32>, usize), rng: &mut ChaCha8Rng) {
        let origin = &origins[index as usize];
        for _ in 0..10 * degree.saturating_sub(followed.len()) {
            if followed.len() == degree {
                return;
            }
            let kind: f64 = rng.random();
            // The larger ones are followed more: places are drawn as the square of an even number.
            let place = rng.random::<f64>().powi(2);
            let from = |list: &[u32]| list[(place * list.len() as f64) as usize];
            let found = match kind {
                kind if kind < OWN_CELL => from(&self.cells[Self::cell(origin)]),
                kind if kind < OWN_CELL + OWN_NICHE => from(&self.niches[origin.community.niche]),
                _ => (place * f64::from(self.all)) as u32,
            };
            if found != index && !followed.contains(&found) {
                followed.push(found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const CREATORS: u32 = 2_500;

    fn peers(closure_share: f64) -> Peers {
        let mut scenario = Scenario { creators: CREATORS, ..Scenario::default() };
        scenario.organic.closure_share = closure_share;
        let origins: Vec<Origin> =
            (0..CREATORS).map(|index| Origin::draw(&scenario, (4, 1_780_000_000, 0), (index, false))).collect();
        Peers::new(&scenario, 4, &origins)
    }

    /// Share of the paths i → j → k that are closed by i → k.
    fn transitivity(peers: &Peers) -> f64 {
        let mut followed = vec![Vec::new(); CREATORS as usize];
        for target in 0..CREATORS {
            peers.followers(target).iter().for_each(|&follower| followed[follower as usize].push(target));
        }
        let sets: Vec<HashSet<u32>> = followed.iter().map(|list| list.iter().copied().collect()).collect();
        let (mut paths, mut closed) = (0u32, 0u32);
        for first in 0..CREATORS {
            let own = &followed[first as usize];
            for last in own.iter().flat_map(|&middle| &followed[middle as usize]).filter(|&&last| last != first) {
                paths += 1;
                closed += u32::from(sets[first as usize].contains(last));
            }
        }
        f64::from(closed) / f64::from(paths)
    }

    #[test]
    fn closure_raises_the_clustering_at_the_same_number_of_edges() {
        let (without, with) = (peers(0.0), peers(0.5));
        let (fewer, more) = (without.followers.len() as f64, with.followers.len() as f64);
        assert!((more / fewer - 1.0).abs() < 0.02, "{fewer} {more}");
        let (low, high) = (transitivity(&without), transitivity(&with));
        assert!(high > 1.3 * low, "{low} {high}");
    }

    #[test]
    fn nobody_follows_himself_or_anybody_twice_and_few_followers_are_creators() {
        let peers = peers(0.4);
        let scenario = Scenario { creators: CREATORS, ..Scenario::default() };
        for index in 0..CREATORS {
            let followers = peers.followers(index);
            assert!(!followers.contains(&index));
            assert!(followers.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(followers.len() as u64 <= followers_of(&scenario, index) / PEERS_PART);
        }
    }
}

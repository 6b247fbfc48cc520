//! Real deliveries in an organic graph: stars that were given to repositories, put where follows are.

use super::trial::Found;
use super::{Background, CoordinationSettings, Edge, trial};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal, optional};
use crate::error::Result;
use crate::graph::{EdgeTime, LockstepSettings};
use crate::tables::reference::Interaction;
use petgraph::unionfind::UnionFind;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Each repository's stars become follows of one creator, with their own minutes; only the whole is moved in time.
pub(super) fn fake_stars(
    backgrounds: &[Background],
    stars: &[Interaction],
    settings: &CoordinationSettings,
) -> Result<Vec<EvaluationTable>> {
    let once = once_a_second(stars);
    let mut table = EvaluationTable::new(
        "Real fake stars (starscout, detector labels) put into organic graphs: each repository becomes one creator, minutes kept; an account's stars in \
         one second are one star of a repository with two names",
        &[
            "background",
            "stars",
            "of accounts with two stars or more",
            "recall of these",
            "in reach",
            "recall of all",
            "edge precision",
            "groups",
        ],
    );
    let reach = in_reach(&once, &LockstepSettings::for_follows());
    for background in backgrounds {
        let drawn = splice(background, &once, settings.seed);
        let (found, several, groups) = trial::Field::survey(background)?.find(&drawn)?;
        let Found { recall, precision } = found;
        table.push([
            background.name.clone(),
            count(drawn.ordered.len()),
            count(several.1),
            optional((several.1 > 0).then(|| several.0 as f64 / several.1 as f64)),
            count(reach),
            decimal(recall),
            optional(precision),
            count(groups),
        ]);
    }
    Ok(vec![table, seldom_twice(stars, &once, reach)])
}

/// Why so few can be found: what the stars allow.
fn seldom_twice(stars: &[Interaction], once: &[Interaction], reach: usize) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "What the fake stars allow: who gave one star is in lockstep with nobody. In reach: what is left once accounts with one star, repositories \
         with one such account, and parts of fewer accounts or repositories than a group has are taken away, again and again",
        &["stars", "count", "of all"],
    );
    let degrees = degrees(once);
    let of = |least: usize| once.iter().filter(|star| degrees[&star.actor] >= least).count();
    let mut row = |name: &str, stars: usize, all: usize| {
        table.push([name.to_owned(), count(stars), decimal(stars as f64 / all.max(1) as f64)]);
    };
    row("in the table", stars.len(), stars.len());
    row("the same star under another name of its repository", stars.len() - once.len(), stars.len());
    row("left", once.len(), once.len());
    for least in [2, 3, 5] {
        row(&format!("of accounts with {least} or more"), of(least), once.len());
    }
    row("in reach", reach, once.len());
    table
}

/// Without an account's further stars in the same second: the same repository under an older name.
fn once_a_second(stars: &[Interaction]) -> Vec<Interaction> {
    let mut seen = BTreeSet::new();
    stars.iter().filter(|star| seen.insert((star.actor, star.at.ms()))).copied().collect()
}

fn degrees(stars: &[Interaction]) -> HashMap<u32, usize> {
    let mut degrees = HashMap::new();
    stars.iter().for_each(|star| *degrees.entry(star.actor).or_default() += 1);
    degrees
}

/// Stars that a group could hold at all: accounts with two or more on repositories with two such accounts or more, in connected parts that are large
/// enough.
fn in_reach(stars: &[Interaction], settings: &LockstepSettings) -> usize {
    let mut left: Vec<(u32, u32)> =
        stars.iter().map(|star| (star.actor, star.target)).collect::<BTreeSet<_>>().into_iter().collect();
    loop {
        let before = left.len();
        let (mut accounts, mut repositories) = (HashMap::<u32, u32>::new(), HashMap::<u32, u32>::new());
        for (account, repository) in &left {
            *accounts.entry(*account).or_default() += 1;
            *repositories.entry(*repository).or_default() += 1;
        }
        left.retain(|(account, repository)| accounts[account] >= 2 && repositories[repository] >= 2);
        if left.len() == before {
            break;
        }
    }
    parts(&left)
        .into_iter()
        .filter(|part| {
            let accounts: BTreeSet<u32> = part.iter().map(|edge| edge.0).collect();
            let repositories: BTreeSet<u32> = part.iter().map(|edge| edge.1).collect();
            accounts.len() >= settings.min_members && repositories.len() >= settings.min_columns
        })
        .map(|part| part.len())
        .sum()
}

/// Connected parts of a bipartite graph, as edges.
fn parts(edges: &[(u32, u32)]) -> Vec<Vec<(u32, u32)>> {
    let slots = |number: fn(&(u32, u32)) -> u32| edges.iter().map(number).max().map_or(0, |most| most as usize + 1);
    let (n_accounts, n_repositories) = (slots(|edge| edge.0), slots(|edge| edge.1));
    let mut sets: UnionFind<usize> = UnionFind::new(n_accounts + n_repositories);
    edges.iter().for_each(|&(account, repository)| {
        sets.union(account as usize, n_accounts + repository as usize);
    });
    let mut parts: BTreeMap<usize, Vec<(u32, u32)>> = BTreeMap::new();
    edges.iter().for_each(|edge| parts.entry(sets.find(edge.0 as usize)).or_default().push(*edge));
    parts.into_values().collect()
}

fn splice(background: &Background, stars: &[Interaction], seed: u64) -> super::delivery::Drawn {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut creators: Vec<u32> = (0..background.n_columns).collect();
    creators.shuffle(&mut rng);
    let mut repositories: BTreeMap<u32, u32> = BTreeMap::new();
    let mut accounts: HashMap<u32, u32> = HashMap::new();
    let (_, last_s) = background.span(0.0, 1.0);
    let newest_s = stars.iter().filter_map(|star| EdgeTime::from(star.at).seconds()).max().unwrap_or(0);
    let mut drawn = super::delivery::Drawn::default();
    for star in stars {
        let next = repositories.len() % creators.len().max(1);
        let column = *repositories.entry(star.target).or_insert_with(|| creators[next]);
        let next = background.n_accounts + accounts.len() as u32;
        let row = *accounts.entry(star.actor).or_insert(next);
        let Some(at_s) = EdgeTime::from(star.at).seconds() else { continue };
        drawn.ordered.push(Edge { row, column, at: EdgeTime::from_seconds(last_s.saturating_sub(newest_s - at_s)) });
    }
    drawn.n_accounts = background.n_accounts + accounts.len() as u32;
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    fn star(actor: u32, target: u32, second: i64) -> Interaction {
        Interaction { actor, target, at: Timestamp::from_ms((1_600_000_000 + second) * 1000).unwrap() }
    }

    #[test]
    fn a_star_under_two_names_counts_once() {
        let stars = [star(1, 1, 10), star(1, 2, 10), star(1, 3, 11), star(2, 2, 10)];
        assert_eq!(once_a_second(&stars), [stars[0], stars[2], stars[3]]);
    }

    #[test]
    fn five_accounts_on_three_repositories_are_in_reach_and_single_stars_are_not() {
        let block = (0..5).flat_map(|account| (0..3).map(move |repository| star(account, repository, 10)));
        // Two accounts that share two others are too few; an account with one star is nobody's fellow.
        let few = [star(7, 8, 1), star(7, 9, 1), star(6, 8, 1), star(6, 9, 1), star(5, 0, 1)];
        let stars: Vec<Interaction> = block.chain(few).collect();
        assert_eq!(in_reach(&stars, &LockstepSettings::for_follows()), 15);
    }
}

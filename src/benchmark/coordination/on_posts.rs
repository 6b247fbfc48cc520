//! Accounts that act together on posts: alarms where nobody ordered anything, deliveries of likes and comments, simulated markets.

use super::alarms::{Called, alarms_table};
use super::called_to_posts::called_to_posts;
use super::delivery::Drawn;
use super::markets::{Market, ratio};
use super::named_deliveries::over;
use super::posts::Posts;
use super::trial::{Found, called, pairs};
use super::{Background, CoordinationData, CoordinationSettings, Edge, World};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal_to};
use crate::domain::{AccountId, Label, LabelSubject};
use crate::error::Result;
use crate::graph::EdgeTime;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Seconds after the first action on a post within which a delivery to it begins.
const BEGINS_WITHIN_S: u32 = 86_400;
/// Accounts, posts (of as many creators) and density of what is delivered.
const BLOCKS: [(u32, u32, f64); 5] = [(25, 12, 0.9), (50, 20, 0.8), (200, 20, 0.8), (300, 40, 0.15), (1_000, 100, 0.05)];
/// Minutes within which each post's delivery comes, and whether people's accounts are used.
const WITHIN: [(f64, bool); 4] = [(10.0, false), (60.0, false), (1_440.0, false), (60.0, true)];

/// A service that acts on one post each of several creators.
#[derive(Debug, Clone, Copy)]
struct PostOrders {
    n_accounts: u32,
    n_posts: u32,
    density: f64,
    minutes: f64,
    by_people: bool,
}

impl PostOrders {
    fn draw(&self, posts: &Posts, seed: u64) -> Drawn {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let background = &posts.background;
        let mut taken = BTreeSet::new();
        let mut columns = background.wanted_columns(&mut rng);
        columns.retain(|&column| taken.insert(posts.owners[column as usize]));
        columns.truncate(self.n_posts as usize);
        let pool = self.pool(background, &mut rng);
        let mut drawn = Drawn { n_accounts: background.n_accounts + self.n_accounts, ..Drawn::default() };
        for column in columns {
            let begins_s = posts.first_s[column as usize].saturating_add(rng.random_range(0..BEGINS_WITHIN_S));
            for &row in &pool {
                if rng.random_bool(self.density) {
                    let after_s = (rng.random::<f64>() * self.minutes * 60.0) as u32;
                    drawn.ordered.push(Edge { row, column, at: EdgeTime::from_seconds(begins_s.saturating_add(after_s)) });
                }
            }
        }
        drawn
    }

    fn pool(&self, background: &Background, rng: &mut ChaCha8Rng) -> Vec<u32> {
        if !self.by_people {
            return (background.n_accounts..background.n_accounts + self.n_accounts).collect();
        }
        let mut acting: Vec<u32> = background.edges.iter().map(|edge| edge.row).collect();
        acting.sort_unstable();
        acting.dedup();
        acting.shuffle(rng);
        acting.truncate(self.n_accounts as usize);
        acting
    }
}

/// Alarms, deliveries, people called together, markets: a table each.
pub(super) fn on_posts(data: &CoordinationData, settings: &CoordinationSettings) -> Result<Vec<EvaluationTable>> {
    let worlds = data.engaged.first().into_iter().chain(&data.occasions);
    Ok(vec![
        alarms(data, settings)?,
        deliveries(data, settings)?,
        called_to_posts(worlds, settings)?,
        markets(&data.markets, settings.seed)?,
    ])
}

fn alarms(data: &CoordinationData, settings: &CoordinationSettings) -> Result<EvaluationTable> {
    let mut table = alarms_table(
        "Accounts that act together on posts, alarms where nobody ordered anything: creators with at least five members of a group over posts of three creators \
         or more; to meet: .01 of the creators at most. Intervals take creators as independent, which those of one world are not: the last column counts worlds",
        "actions a world",
    );
    for (world, n_worlds) in
        data.untouched.iter().map(|world| (world, 1)).chain(data.engaged.iter().map(|world| (world, settings.n_worlds)))
    {
        let mut called = Called::default();
        for seed in (settings.seed..).take(n_worlds as usize) {
            Posts::draw(world, seed)?.note(&mut called)?;
        }
        table.push(called.row(&world.name));
    }
    Ok(table)
}

fn deliveries(data: &CoordinationData, settings: &CoordinationSettings) -> Result<EvaluationTable> {
    let n_draws = settings.n_repeats.min(3);
    let caption = format!(
        "Deliveries of likes or comments to be found, one post each of as many creators as posts, beginning within a day of the first action on the post: means over \
         {n_draws} draws, 95 % bootstrap intervals over draws",
    );
    let columns = ["background", "accounts × posts at density", "accounts", "within", "edge recall", "edge precision", "F1"];
    let mut table = EvaluationTable::new(caption, &columns);
    for world in data.untouched.last().into_iter().chain(data.engaged.first()) {
        let posts = Posts::draw(world, settings.seed)?;
        let before = called(&posts.groups(&Drawn::default())?);
        for ((n_accounts, n_posts, density), (minutes, by_people)) in
            BLOCKS.into_iter().flat_map(|block| WITHIN.into_iter().map(move |within| (block, within)))
        {
            let orders = PostOrders { n_accounts, n_posts, density, minutes, by_people };
            let mut found = Vec::new();
            for seed in (settings.seed..).take(n_draws as usize) {
                let drawn = orders.draw(&posts, seed);
                found.push(Found::of(&pairs(&drawn.ordered), &called(&posts.groups(&drawn)?), &before));
            }
            table.push([
                format!("{} ({} actions)", world.name, count(posts.background.edges.len())),
                format!("{n_accounts} × {n_posts} at {}", decimal_to(density, 2)),
                if by_people { "people's, taken over" } else { "new" }.to_owned(),
                format!("{} min", decimal_to(minutes, 0)),
                over(&found, |found| Some(found.recall), settings),
                over(&found, |found| found.precision, settings),
                over(&found, |found| Some(found.f1()), settings),
            ]);
        }
    }
    Ok(table)
}

fn markets(markets: &[World], seed: u64) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
        "Simulated markets: creators called from what accounts do on posts alone. Ordered: with likes or comments from orders or a pod among those that the platform \
         counts; the export holds a sample of each post's",
        &[
            "scenario",
            "actions",
            "creators with ordered likes or comments",
            "called of them",
            "share",
            "other creators",
            "called of them",
            "accounts in groups",
            "of them fake",
        ],
    );
    for world in markets {
        let market = Market::draw(world, seed)?;
        let posts = Posts::of(&world.name, &market.dataset)?;
        let groups = posts.groups(&Drawn::default())?;
        let called: BTreeSet<&str> =
            posts.called(&groups).into_iter().map(|creator| market.dataset.name(AccountId(creator))).collect();
        let ordered = |is: bool| {
            let of = market.creators.iter().filter(move |truth| (truth.ordered_likes + truth.ordered_comments > 0) == is);
            of.map(|truth| truth.creator_id.as_str()).collect::<BTreeSet<&str>>()
        };
        let (with, without) = (ordered(true), ordered(false));
        let labels = market.labels(LabelSubject::Account);
        let members: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().map(|member| member.row)).collect();
        let fakes = members.iter().filter(|row| labels.get(&AccountId(**row)) == Some(&Label::Fake)).count();
        table.push([
            world.name.clone(),
            count(posts.background.edges.len()),
            count(with.len()),
            count(with.intersection(&called).count()),
            ratio(with.intersection(&called).count(), with.len()),
            count(without.len()),
            count(without.intersection(&called).count()),
            count(members.len()),
            ratio(fakes, members.len()),
        ]);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty posts of forty creators, each with 60 actions of 2,000 accounts within a week.
    fn posts() -> Posts {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let mut edges = Vec::new();
        for column in 0..40 {
            for _ in 0..60 {
                let at = EdgeTime::from_seconds(column * 50_000 + rng.random_range(0..604_800));
                edges.push(Edge { row: rng.random_range(0..2_000), column, at });
            }
        }
        let background = Background { name: "trial".into(), n_accounts: 2_000, n_columns: 40, edges };
        Posts { background, owners: (100..140).collect(), first_s: (0..40).map(|column| column * 50_000).collect() }
    }

    #[test]
    fn an_order_has_its_size_minutes_and_creators_and_is_called() {
        let posts = posts();
        let orders = PostOrders { n_accounts: 50, n_posts: 20, density: 0.8, minutes: 10.0, by_people: false };
        let drawn = orders.draw(&posts, 3);
        let columns: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.column).collect();
        assert_eq!(columns.len(), 20);
        for column in &columns {
            let times: Vec<u32> =
                drawn.ordered.iter().filter(|edge| edge.column == *column).filter_map(|edge| edge.at.seconds()).collect();
            assert!(times.iter().max().unwrap() - times.iter().min().unwrap() <= 600);
        }
        assert!((720..880).contains(&drawn.ordered.len()), "{}", drawn.ordered.len());
        let groups = posts.groups(&drawn).unwrap();
        assert_eq!(posts.called(&groups), columns.iter().map(|column| column + 100).collect());
        assert!(posts.groups(&Drawn::default()).unwrap().is_empty());
    }
}

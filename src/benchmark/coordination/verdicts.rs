//! What a whole audit says of creators to whom people were called together: the probability of inflation and the verdict, beside the same creators untouched.

use super::called_to_posts::{Call, PlantedOnPosts};
use super::gathering::Gathering;
use super::innocents::Planted;
use super::named_deliveries::over;
use super::posts::Posts;
use super::world::Population;
use super::{Background, CoordinationSettings, Edge, World};
use crate::audit::{AuditSettings, audit};
use crate::benchmark::figure::{count, decimal_to};
use crate::benchmark::{EvaluationTable, simulated_dataset};
use crate::domain::{AccountId, Dataset, EngagementKind, Verdict};
use crate::error::Result;
use crate::graph::FollowEdges;
use crate::model::AccountModel;
use crate::statistics::median;
use std::collections::{BTreeMap, BTreeSet};

/// Draws of each world at most: each is audited seven times.
const MOST_DRAWS: u32 = 3;

/// Probability of inflation and verdict of each creator.
type Judged = BTreeMap<AccountId, (f64, Verdict)>;

/// One creator of an occasion, before and after.
#[derive(Debug, Clone, Copy)]
struct Moved {
    before: (f64, Verdict),
    after: (f64, Verdict),
}

/// Creators of one kind of row, over all draws.
type Rows = BTreeMap<(usize, usize, usize), Vec<Moved>>;

/// Which of what was planted, occasion by occasion.
struct Plants {
    /// Place of the occasion among all, and what was drawn, each creator in one occasion only.
    occasions: Vec<(usize, Vec<Edge>)>,
    creators: Vec<AccountId>,
}

/// One row an occasion and plant.
pub(super) fn verdicts(worlds: &[World], settings: &CoordinationSettings) -> Result<EvaluationTable> {
    let n_draws = settings.n_repeats.min(MOST_DRAWS);
    let caption = format!(
        "What audits say of creators to whom people were called together, and of creators of deliveries of like shape: {n_draws} draws, all occasions in one world, each creator in one of \
         them at most. All who were called stand in the data, beside a sample of the others; followers and likes that the platform counts rise by them, histories do not. p: middle \
         probability of inflation by the shipped model, in the untouched world and with what was planted. 95 % bootstrap intervals over creators"
    );
    let columns = ["called to", "occasion", "planted", "creators", "p before", "p after", "fail before", "fail after"];
    let mut table = EvaluationTable::new(caption, &columns);
    let mut rows = Rows::new();
    for world in worlds {
        for seed in (settings.seed..).take(n_draws as usize) {
            let dataset = simulated_dataset(&world.scenario, seed)?;
            let before = judged(&dataset)?;
            for (kind, planted) in Planted::APART.into_iter().enumerate() {
                let (after, plants) = with_follows(&dataset, &world.name, planted, seed)?;
                note(&mut rows, (0, kind), &plants, (&before, &after));
            }
            for (kind, planted) in PlantedOnPosts::ALL.into_iter().enumerate() {
                let (after, plants) = with_engagements(&dataset, &world.name, planted, seed)?;
                note(&mut rows, (1, kind), &plants, (&before, &after));
            }
        }
    }
    for ((on, occasion, kind), moved) in &rows {
        let (to, name, planted) = match on {
            0 => ("creators", Gathering::ALL[*occasion].name(), Planted::APART[*kind].words()),
            _ => ("posts", Call::ALL[*occasion].name(), PlantedOnPosts::ALL[*kind].words()),
        };
        let p = |of: fn(&Moved) -> (f64, Verdict)| {
            median(&moved.iter().map(|moved| of(moved).0).collect::<Vec<_>>()).map_or_else(String::new, |p| decimal_to(p, 3))
        };
        let fails = |of: fn(&Moved) -> (f64, Verdict)| {
            over(moved, |moved| Some(f64::from(u8::from(of(moved).1 == Verdict::Fail))), settings)
        };
        table.push([
            to.to_owned(),
            name.to_owned(),
            planted.to_owned(),
            count(moved.len()),
            p(|moved| moved.before),
            p(|moved| moved.after),
            fails(|moved| moved.before),
            fails(|moved| moved.after),
        ]);
    }
    Ok(table)
}

fn judged(dataset: &Dataset) -> Result<Judged> {
    let audit = audit(dataset, &AccountModel::embedded()?, &AuditSettings::default())?;
    Ok(audit.creators.iter().filter_map(|score| Some((score.id, (score.p_fake?.get(), score.verdict)))).collect())
}

fn note(rows: &mut Rows, (on, kind): (usize, usize), plants: &Plants, (before, after): (&Judged, &Judged)) {
    for (occasion, edges) in &plants.occasions {
        let creators: BTreeSet<AccountId> = edges.iter().map(|edge| plants.creators[edge.column as usize]).collect();
        let moved = creators.iter().filter_map(|id| Some(Moved { before: *before.get(id)?, after: *after.get(id)? }));
        rows.entry((on, *occasion, kind)).or_default().extend(moved);
    }
}

fn with_follows(dataset: &Dataset, name: &str, planted: Planted, seed: u64) -> Result<(Judged, Plants)> {
    let (background, population) = (Background::of_follows(name, dataset)?, Population::of(dataset)?);
    let creators: Vec<AccountId> = FollowEdges::of(dataset).creators().collect();
    let draw = |place: usize, gathering| planted.draw(gathering, &background, &population, seed + 1_000 * place as u64).ordered;
    let drawn = Gathering::ALL.into_iter().enumerate().map(|(place, gathering)| draw(place, gathering)).collect();
    let plants = Plants::of(drawn, creators);
    let mut dataset = dataset.clone();
    for edge in plants.occasions.iter().flat_map(|(_, edges)| edges) {
        let (slot, creator) = (dataset.follows.follower.len(), plants.creators[edge.column as usize]);
        dataset.follows.follower.push(AccountId(edge.row));
        dataset.follows.followed.push(creator);
        if let Some(at) = edge.at.get() {
            dataset.follows.followed_at.set(slot, at.ms());
        }
        let followers = dataset.accounts.followers.get(creator.index()).unwrap_or(0);
        dataset.accounts.followers.set(creator.index(), followers + 1);
    }
    Ok((judged(&dataset)?, plants))
}

fn with_engagements(dataset: &Dataset, name: &str, planted: PlantedOnPosts, seed: u64) -> Result<(Judged, Plants)> {
    let (posts, population) = (Posts::of(name, dataset)?, Population::of(dataset)?);
    let creators: Vec<AccountId> = posts.owners.iter().map(|owner| AccountId(*owner)).collect();
    let draw = |place: usize, call: Call| call.draw(&posts, &population, planted, seed + 1_000 * place as u64).ordered;
    let drawn = Call::ALL.into_iter().enumerate().map(|(place, call)| draw(place, call)).collect();
    let plants = Plants::of(drawn, creators);
    let mut dataset = dataset.clone();
    for edge in plants.occasions.iter().flat_map(|(_, edges)| edges) {
        let slot = dataset.engagements.actor.len();
        dataset.engagements.actor.push(AccountId(edge.row));
        dataset.engagements.post.push(edge.column);
        dataset.engagements.creator.set(slot, plants.creators[edge.column as usize].0);
        dataset.engagements.kind.push(EngagementKind::Like);
        if let Some(at) = edge.at.get() {
            dataset.engagements.at.set(slot, at.ms());
        }
        let listed = dataset.posts.ids.find(dataset.engagements.post_ids.name(edge.column));
        if let Some((post, likes)) = listed.and_then(|post| Some((post as usize, dataset.posts.likes.get(post as usize)?))) {
            dataset.posts.likes.set(post, likes + 1);
        }
    }
    Ok((judged(&dataset)?, plants))
}

impl Plants {
    /// Leaves out of each occasion the creators of those before it.
    fn of(drawn: Vec<Vec<Edge>>, creators: Vec<AccountId>) -> Self {
        let mut taken = BTreeSet::new();
        let mut occasions = Vec::new();
        for (place, mut edges) in drawn.into_iter().enumerate() {
            edges.retain(|edge| !taken.contains(&creators[edge.column as usize]));
            taken.extend(edges.iter().map(|edge| creators[edge.column as usize]));
            occasions.push((place, edges));
        }
        Self { occasions, creators }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EdgeTime;

    #[test]
    fn a_creator_belongs_to_the_first_of_its_occasions() {
        let edge = |row: u32, column: u32| Edge { row, column, at: EdgeTime::MISSING };
        let creators = vec![AccountId(7), AccountId(8), AccountId(7)];
        let plants = Plants::of(vec![vec![edge(0, 0), edge(1, 0)], vec![edge(0, 1), edge(1, 2)]], creators);
        assert_eq!(plants.occasions, vec![(0, vec![edge(0, 0), edge(1, 0)]), (1, vec![edge(0, 1)])]);
    }
}

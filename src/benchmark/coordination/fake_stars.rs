//! Real deliveries in an organic graph: stars that were given to repositories, put where follows are.

use super::trial::Found;
use super::{Background, CoordinationSettings, Edge, trial};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal, optional};
use crate::error::Result;
use crate::graph::EdgeTime;
use crate::tables::reference::Interaction;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

/// Each repository's stars become follows of one creator, with their own minutes; only the whole is moved in time.
pub(super) fn fake_stars(
    backgrounds: &[Background],
    stars: &[Interaction],
    settings: &CoordinationSettings,
) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
        "Real fake stars (starscout, detector labels) put into organic graphs: each repository becomes one creator, minutes kept",
        &[
            "background",
            "stars",
            "of accounts with two stars or more",
            "recall of these",
            "recall of all",
            "edge precision",
            "groups",
        ],
    );
    for background in backgrounds {
        let drawn = splice(background, stars, settings.seed);
        let before = trial::Field::survey(background)?;
        let (found, several, groups) = before.find(&drawn)?;
        let Found { recall, precision } = found;
        table.push([
            background.name.clone(),
            count(drawn.ordered.len()),
            count(several.1),
            optional((several.1 > 0).then(|| several.0 as f64 / several.1 as f64)),
            decimal(recall),
            optional(precision),
            count(groups),
        ]);
    }
    Ok(table)
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

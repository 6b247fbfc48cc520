//! Blocks put into a graph without times, looked for by density alone.

use super::delivery::Begins;
use super::trial::{Field, Found};
use super::{Background, Camouflage, CoordinationSettings, Delivery};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal_to};
use crate::error::Result;
use crate::statistics::mean;

/// Accounts and posts of the blocks.
const SIZES: [(u32, u32); 4] = [(25, 12), (50, 20), (200, 20), (300, 40)];
/// Share of the pool that acts on each post.
const DENSITIES: [f64; 5] = [0.1, 0.2, 0.3, 0.5, 0.9];

/// One row a block, one column a camouflage: means over draws.
pub(super) fn untimed_blocks(background: &Background, settings: &CoordinationSettings) -> Result<EvaluationTable> {
    let mut columns = vec!["accounts × posts at density"];
    columns.extend(Camouflage::ALL.map(Camouflage::name));
    let caption = format!(
        "Without times, {} ({} likes by {} accounts on {} posts): edge recall / edge precision of FRAUDAR's densest block by camouflage, means over \
         {} draws of a block",
        background.name,
        count(background.edges.len()),
        count(background.n_accounts as usize),
        count(background.n_columns as usize),
        settings.n_repeats
    );
    let mut table = EvaluationTable::new(caption, &columns);
    let field = Field::unsurveyed(background);
    for (n_accounts, n_creators) in SIZES {
        for density in DENSITIES {
            let block =
                |camouflage| Delivery { n_accounts, n_creators, density, hours: 1.0, begins: Begins::Together, camouflage };
            let cells: Vec<String> = Camouflage::ALL
                .map(|camouflage| cell(&field, &block(camouflage), settings))
                .into_iter()
                .collect::<Result<_>>()?;
            table.push(std::iter::once(block(Camouflage::None).block_name()).chain(cells));
        }
    }
    Ok(table)
}

fn cell(field: &Field<'_>, block: &Delivery, settings: &CoordinationSettings) -> Result<String> {
    let draws = (settings.seed..).take(settings.n_repeats as usize);
    let found: Vec<Found> = draws.map(|seed| field.densest(block, seed)).collect::<Result<_>>()?;
    let figure = |read: fn(&Found) -> Option<f64>| {
        mean(&found.iter().filter_map(read).collect::<Vec<_>>()).map_or_else(|| ABSENT.to_owned(), |mean| decimal_to(mean, 2))
    };
    Ok(format!("{} / {}", figure(|found| Some(found.recall)), figure(|found| found.precision)))
}

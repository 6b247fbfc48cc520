//! Where groups are found and where not: density × size × delivery time × camouflage × background, whole.

use super::delivery::Begins;
use super::trial::{Field, Found};
use super::{Background, Camouflage, CoordinationSettings, Delivery};
use crate::benchmark::figure::decimal_to;
use crate::benchmark::world::{HeatBand, HeatMap};
use crate::benchmark::{EvaluationTable, figure::ABSENT};
use crate::error::Result;

/// Accounts and creators of the blocks.
const SIZES: [(u32, u32); 4] = [(25, 12), (200, 20), (300, 40), (1_000, 100)];
/// Share of the pool that follows each creator.
const DENSITIES: [f64; 5] = [0.05, 0.1, 0.2, 0.4, 0.8];
/// Hours of a delivery: an hour, a day, a week, a month.
const HOURS: [(f64, &str); 4] = [(1.0, "an hour"), (24.0, "a day"), (168.0, "a week"), (720.0, "a month")];

/// One table and one map a background and camouflage.
pub(super) fn phase_diagram(
    backgrounds: &[Background],
    settings: &CoordinationSettings,
) -> Result<(Vec<EvaluationTable>, Vec<HeatMap>)> {
    let (mut tables, mut maps) = (Vec::new(), Vec::new());
    for background in backgrounds {
        let field = Field::survey(background)?;
        for camouflage in Camouflage::ALL {
            let rows = rows(&field, camouflage, settings)?;
            maps.push(map(background, camouflage, &rows));
            tables.push(table(background, camouflage, &rows));
        }
    }
    Ok((tables, maps))
}

/// One block: what was found at each delivery time, and without times.
struct Row {
    block: Delivery,
    found: Vec<Found>,
    densest: Found,
}

fn rows(field: &Field<'_>, camouflage: Camouflage, settings: &CoordinationSettings) -> Result<Vec<Row>> {
    let blocks = SIZES.iter().flat_map(|&(n_accounts, n_creators)| {
        DENSITIES.map(|density| Delivery { n_accounts, n_creators, density, hours: 24.0, begins: Begins::Apart, camouflage })
    });
    let few = if settings.is_quick { 4 } else { 1 };
    blocks
        .step_by(few)
        .map(|block| {
            let timed = |(hours, _): &(f64, &str)| field.lockstep(&Delivery { hours: *hours, ..block }, settings.seed);
            Ok(Row {
                block,
                found: HOURS.iter().map(timed).collect::<Result<_>>()?,
                densest: field.densest(&block, settings.seed)?,
            })
        })
        .collect()
}

fn table(background: &Background, camouflage: Camouflage, rows: &[Row]) -> EvaluationTable {
    let mut columns = vec!["accounts × creators at density"];
    columns.extend(HOURS.map(|(_, name)| name));
    columns.push("densest block, no times");
    let caption = format!(
        "Phase diagram, {}, camouflage {}: edge recall / edge precision of one delivery a cell, by how long it takes for each creator",
        background.name,
        camouflage.name()
    );
    let mut table = EvaluationTable::new(caption, &columns);
    for row in rows {
        let cells = row.found.iter().chain([&row.densest]).map(cell);
        table.push(std::iter::once(row.block.block_name()).chain(cells));
    }
    table
}

fn cell(found: &Found) -> String {
    let precision = found.precision.map_or(ABSENT.replace("measured", "called"), |share| decimal_to(share, 2));
    format!("{} / {precision}", decimal_to(found.recall, 2))
}

/// F1 of edges: densities from left to right, delivery times from top to bottom within each size.
fn map(background: &Background, camouflage: Camouflage, rows: &[Row]) -> HeatMap {
    let bands = rows
        .chunk_by(|a, b| (a.block.n_accounts, a.block.n_creators) == (b.block.n_accounts, b.block.n_creators))
        .map(|of_size| HeatBand {
            name: format!("{} × {}", of_size[0].block.n_accounts, of_size[0].block.n_creators),
            rows: (HOURS.iter().enumerate())
                .map(|(at, (_, name))| ((*name).to_owned(), f1(of_size, |row| row.found[at])))
                .chain([("no times".to_owned(), f1(of_size, |row| row.densest))])
                .collect(),
        })
        .collect();
    HeatMap {
        name: format!("phase {} {}", background.name, camouflage.name())
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
            .replace("--", "-"),
        title: format!("{}; camouflage: {}", background.name, camouflage.name()),
        across: "F1 of edges, by density of the block".to_owned(),
        columns: DENSITIES.map(|density| decimal_to(density, 2)).to_vec(),
        bands,
    }
}

/// One slot a density; `None` where the block was not tried.
fn f1(of_size: &[Row], found: impl Fn(&Row) -> Found) -> Vec<Option<f64>> {
    let at = |density: &f64| of_size.iter().find(|row| row.block.density == *density);
    DENSITIES.iter().map(|density| at(density).map(|row| found(row).f1())).collect()
}

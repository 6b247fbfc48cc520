//! Where groups are found and where not: density × size × delivery time × camouflage × background, whole.

use super::trial::{Field, Found};
use super::{Background, Camouflage, CoordinationSettings, Delivery};
use crate::benchmark::figure::decimal_to;
use crate::benchmark::world::{Axis, Curve, Plot};
use crate::benchmark::{EvaluationTable, figure::ABSENT};
use crate::error::Result;

/// Accounts and creators of the blocks.
const SIZES: [(u32, u32); 5] = [(25, 12), (50, 20), (200, 20), (300, 40), (1_000, 100)];
/// Share of the pool that follows each creator.
const DENSITIES: [f64; 6] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.9];
/// Hours of a delivery: an hour, a day, a week, a month.
const HOURS: [(f64, &str); 4] = [(1.0, "an hour"), (24.0, "a day"), (168.0, "a week"), (720.0, "a month")];

/// One table a background and camouflage, and one plot a background.
pub(super) fn phase_diagram(
    backgrounds: &[Background],
    settings: &CoordinationSettings,
) -> Result<(Vec<EvaluationTable>, Vec<Plot>)> {
    let (mut tables, mut plots) = (Vec::new(), Vec::new());
    for (background, plot) in backgrounds.iter().zip(["phase-1", "phase-2", "phase-3", "phase-4"]) {
        let field = Field::survey(background)?;
        for camouflage in Camouflage::ALL {
            let rows = rows(&field, camouflage, settings)?;
            if camouflage == Camouflage::None {
                plots.push(picture(plot, &rows));
            }
            tables.push(table(background, camouflage, &rows));
        }
    }
    Ok((tables, plots))
}

/// One block: what was found at each delivery time, and without times.
struct Row {
    block: Delivery,
    found: Vec<Found>,
    densest: Found,
}

fn rows(field: &Field<'_>, camouflage: Camouflage, settings: &CoordinationSettings) -> Result<Vec<Row>> {
    let blocks = SIZES.iter().flat_map(|&(n_accounts, n_creators)| {
        DENSITIES.map(|density| Delivery { n_accounts, n_creators, density, hours: 24.0, camouflage })
    });
    let few = if settings.is_quick { 5 } else { 1 };
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

/// F1 by density for deliveries within a day, one curve a size.
fn picture(name: &'static str, rows: &[Row]) -> Plot {
    let day = HOURS.iter().position(|(hours, _)| *hours > 1.0).unwrap_or(0);
    let curves = rows
        .chunk_by(|a, b| (a.block.n_accounts, a.block.n_creators) == (b.block.n_accounts, b.block.n_creators))
        .map(|of_size| Curve {
            name: format!("{} × {}", of_size[0].block.n_accounts, of_size[0].block.n_creators),
            is_simulated: false,
            points: of_size.iter().map(|row| (row.block.density, row.found[day].f1())).collect(),
        })
        .collect();
    Plot {
        name,
        title: "Deliveries within a day, found",
        across: ("density", Axis::Linear),
        upright: ("F1 of edges", Axis::Linear),
        curves,
    }
}

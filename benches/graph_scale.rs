//! One whole run over a large graph, with times and peak memory; called by graph_peers.sh, which says how.

#![allow(clippy::print_stdout, reason = "prints its figures")]

#[path = "parts/edge_files.rs"]
mod edge_files;
#[path = "parts/figures.rs"]
mod figures;

use bonafide::Result;
use bonafide::graph::{BipartiteGraph, ColumnWeights, core_numbers, densest_block};
use edge_files::EdgeFiles;
use figures::Figures;
use std::path::{Path, PathBuf};

fn run(folder: PathBuf) -> Result<Figures> {
    let mut figures = Figures::default();
    let graph = figures.timed("build", || BipartiteGraph::build(&EdgeFiles::open(folder)?))?;
    figures.set("held_bytes", graph.held_bytes());
    let deepest = figures.timed("cores", || core_numbers(&graph).into_iter().max());
    figures.set("deepest", deepest);
    let block = figures.timed("fraudar", || densest_block(&graph, &ColumnWeights::logarithmic(&graph)));
    figures.set("density", block.density);
    figures.set("rows", block.rows);
    figures.set("columns", block.columns);
    Ok(figures)
}

fn main() -> Result<()> {
    match std::env::args().nth(1).filter(|folder| Path::new(folder).join("shape.txt").exists()) {
        Some(folder) => println!("{}", serde_json::json!(run(folder.into())?.0)),
        None => println!("graph_scale needs a folder of edges: see benches/graph_peers.sh"),
    }
    Ok(())
}

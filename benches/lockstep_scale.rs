//! Lockstep over 10^6, 10^7, 10^8 timed follows: time and peak memory an edge, each size in a process of its own.
//!
//! `cargo bench --bench lockstep_scale -- [EDGES | hostile-EDGES | crowd-EDGES]...`; the default is 1000000. Hostile: one account on every
//! creator, all times equal, half of them missing. Crowd: the same, with eight creators whom everybody follows.
//! `lockstep_scale write FOLDER EDGES` writes the edges for benches/lockstep_peers.py; `lockstep_scale one EDGES`, or one such folder, prints one run as
//! JSON.

#![allow(clippy::print_stdout, reason = "prints its figures")]

#[path = "parts/edge_files.rs"]
mod edge_files;
#[path = "parts/figures.rs"]
mod figures;
#[path = "parts/timed_world.rs"]
mod timed_world;

use bonafide::Result;
use bonafide::graph::{BipartiteGraph, EdgeBatch, EdgeSource, LockstepGroup, LockstepSettings, find_lockstep};
use edge_files::EdgeFiles;
use figures::Figures;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use timed_world::{Edges, TimedWorld};

/// All at one instant, every second time missing; account 0 acts on every column.
struct Hostile {
    n_rows: u32,
    n_columns: u32,
    edges_a_column: u32,
}

impl EdgeSource for Hostile {
    fn n_rows(&self) -> usize {
        self.n_rows as usize
    }

    fn n_columns(&self) -> usize {
        self.n_columns as usize
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut edges = Edges::default();
        for column in 0..self.n_columns {
            for place in 0..self.edges_a_column {
                let row = if place == 0 { 0 } else { rng.random_range(0..self.n_rows) };
                // 2^32 − 1 is missing.
                edges.push(row, column, if (place + column) % 2 == 0 { 1_000_000_000 } else { u32::MAX });
            }
            edges.give(visit)?;
        }
        Ok(())
    }
}

enum World {
    Timed(TimedWorld),
    Hostile(Hostile),
    Files(EdgeFiles),
}

impl World {
    /// `None` if the name is none of those above, and no folder of edges.
    fn named(name: &str) -> Option<Self> {
        if Path::new(name).join("shape.txt").exists() {
            return Some(Self::Files(EdgeFiles::open(name.into()).ok()?));
        }
        let (kind, n_edges) = name.rsplit_once('-').unwrap_or(("", name));
        let n_edges: u32 = n_edges.parse().ok()?;
        match kind {
            "" => Some(Self::Timed(TimedWorld::new(n_edges as usize))),
            "hostile" => Some(Self::Hostile(Hostile { n_rows: n_edges / 80, n_columns: n_edges / 8, edges_a_column: 8 })),
            "crowd" => Some(Self::Hostile(Hostile { n_rows: n_edges / 8, n_columns: 8, edges_a_column: n_edges / 8 })),
            _ => None,
        }
    }

    fn source(&self) -> &dyn EdgeSource {
        match self {
            Self::Timed(world) => world,
            Self::Hostile(world) => world,
            Self::Files(files) => files,
        }
    }

    /// Accounts in groups, how many of them belong to a service, and how many of a service were found.
    fn judge(&self, groups: &[LockstepGroup], figures: &mut Figures) {
        let mut found: Vec<u32> = groups.iter().flat_map(|group| &group.members).map(|member| member.row).collect();
        found.sort_unstable();
        found.dedup();
        figures.set("groups", groups.len());
        figures.set("members", found.as_slice());
        if let Self::Timed(world) = self {
            let sold = found.len() - found.partition_point(|&row| row < world.first_sold());
            figures.set("precision", sold as f64 / found.len() as f64);
            figures.set("recall", sold as f64 / (world.n_rows() - world.first_sold() as usize) as f64);
        }
    }
}

fn run(world: &World) -> Result<Figures> {
    let mut figures = Figures::default();
    figures.timed("stream", || world.source().replay(&mut |_| Ok(())))?;
    let graph = figures.timed("build", || BipartiteGraph::build(world.source()))?;
    figures.set("edges", graph.n_edges());
    let owners: Vec<u32> = (0..graph.n_columns() as u32).collect();
    let groups = figures.timed("lockstep", || find_lockstep(&graph, &owners, &LockstepSettings::for_follows()))?;
    world.judge(&groups, &mut figures);
    Ok(figures)
}

/// Three files of little-endian 32-bit numbers; times in seconds since 1990.
fn write(world: &World, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut rows, mut columns, mut times) = (create("rows.u32")?, create("columns.u32")?, create("times.u32")?);
    let mut n_edges = 0;
    world.source().replay(&mut |batch| {
        n_edges += batch.rows.len();
        for (at, (row, column)) in batch.rows.iter().zip(batch.columns).enumerate() {
            rows.write_all(&row.to_le_bytes())?;
            columns.write_all(&column.to_le_bytes())?;
            let at_s = batch.times.and_then(|times| times[at].seconds()).unwrap_or(u32::MAX);
            times.write_all(&at_s.to_le_bytes())?;
        }
        Ok(())
    })?;
    rows.flush()?;
    columns.flush()?;
    times.flush()?;
    let (n_rows, n_columns) = (world.source().n_rows(), world.source().n_columns());
    fs::write(folder.join("shape.txt"), format!("{n_rows} {n_columns} {n_edges}\n"))?;
    if let World::Timed(world) = world {
        fs::write(folder.join("first_sold.txt"), format!("{}\n", world.first_sold()))?;
    }
    Ok(())
}

/// One run in a process of its own, as lines of the table.
fn table(name: &str) -> Result<()> {
    let child = Command::new(std::env::current_exe()?).args(["one", name]).output()?;
    let Ok(figures) = serde_json::from_slice::<serde_json::Value>(&child.stdout) else {
        println!("{name} failed: {}", String::from_utf8_lossy(&child.stderr));
        return Ok(());
    };
    let number = |what: &str| figures[what].as_f64().unwrap_or(f64::NAN);
    let edges = number("edges");
    for step in ["stream", "build", "bursts", "pairs", "groups", "lockstep"] {
        let of = |what: &str| number(&format!("{step}_{what}"));
        if of("s").is_nan() {
            continue;
        }
        let (seconds, cpu, peak) = (of("s"), of("cpu_s"), of("peak_bytes"));
        println!("{name:>18} {step:>9} {seconds:9.2} {cpu:9.2} {:9.1} {:8.1}", 1e9 * seconds / edges, peak / edges);
    }
    println!(
        "{name:>18} {edges} edges, {} groups, {} members, precision {:.3}, recall {:.3}",
        figures["groups"],
        figures["members"].as_array().map_or(0, Vec::len),
        number("precision"),
        number("recall")
    );
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["one", name] => {
            if let Some(world) = World::named(name) {
                println!("{}", serde_json::json!(run(&world)?.0));
            }
        }
        ["write", folder, name] => {
            if let Some(world) = World::named(name) {
                write(&world, Path::new(folder))?;
            }
        }
        _ => {
            println!("{:>18} {:>9} {:>9} {:>9} {:>9} {:>8}", "edges", "step", "s", "cpu s", "ns/edge", "B/edge");
            for name in if words.is_empty() { &["1000000"][..] } else { &words } {
                table(name)?;
            }
        }
    }
    Ok(())
}

//! One whole run over a large graph, with times and peak memory; called by graph_peers.sh, which says how.

#![allow(clippy::print_stdout, reason = "prints its figures")]

use bonafide::Result;
use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeBatch, EdgeSource, core_numbers, densest_block};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Edges in two files of little-endian 32-bit numbers, read piece by piece.
struct EdgeFiles {
    folder: PathBuf,
    n_rows: usize,
    n_columns: usize,
}

impl EdgeSource for EdgeFiles {
    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let mut rows = Ids::open(&self.folder.join("rows.u32"))?;
        let mut columns = Ids::open(&self.folder.join("columns.u32"))?;
        loop {
            let rows = rows.next()?;
            if rows.is_empty() {
                return Ok(());
            }
            visit(EdgeBatch { rows, columns: columns.next()?, times: None })?;
        }
    }
}

struct Ids {
    file: File,
    bytes: Vec<u8>,
    ids: Vec<u32>,
}

impl Ids {
    fn open(path: &Path) -> Result<Self> {
        Ok(Self { file: File::open(path)?, bytes: vec![0; 1 << 16], ids: Vec::new() })
    }

    fn next(&mut self) -> Result<&[u32]> {
        let mut filled = 0;
        loop {
            match self.file.read(&mut self.bytes[filled..])? {
                0 => break,
                n => filled += n,
            }
        }
        self.ids.clear();
        let words = self.bytes[..filled].chunks_exact(4);
        self.ids.extend(words.map(|word| u32::from_le_bytes(word.try_into().expect("four bytes"))));
        Ok(&self.ids)
    }
}

/// Wall and processor seconds and the peak of memory so far, by what was done.
#[derive(Default)]
struct Figures(BTreeMap<String, serde_json::Value>);

impl Figures {
    fn timed<T>(&mut self, what: &str, run: impl FnOnce() -> T) -> T {
        let (started, used) = (Instant::now(), processor_seconds());
        let result = run();
        self.set(format!("{what}_s"), started.elapsed().as_secs_f64());
        self.set(format!("{what}_cpu_s"), processor_seconds() - used);
        self.set(format!("{what}_peak_bytes"), peak_bytes());
        result
    }

    fn set(&mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) {
        self.0.insert(name.into(), value.into());
    }
}

/// Processor time of all threads of this process; 0 where the system does not tell.
fn processor_seconds() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let texts = tasks.filter_map(|task| fs::read_to_string(task.path().join("schedstat")).ok());
    let nanoseconds = texts.filter_map(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.sum::<f64>() / 1e9
}

/// The most memory this process held; 0 where the system does not tell.
fn peak_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn run(folder: PathBuf) -> Result<Figures> {
    let shape = fs::read_to_string(folder.join("shape.txt"))?;
    let mut shape = shape.split_whitespace().map(|number| number.parse().unwrap_or(0));
    let (n_rows, n_columns) = (shape.next().unwrap_or(0), shape.next().unwrap_or(0));
    let mut figures = Figures::default();
    let graph = figures.timed("build", || BipartiteGraph::build(&EdgeFiles { folder, n_rows, n_columns }))?;
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

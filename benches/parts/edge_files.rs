//! Edges in files of little-endian 32-bit numbers, read piece by piece: `rows.u32`, `columns.u32`, where there are times `times.u32`
//! (seconds since 1990, 2^32 − 1 for missing), and `shape.txt` with the number of rows, columns and edges.

use bonafide::Result;
use bonafide::graph::{EdgeBatch, EdgeSource, EdgeTime};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

pub struct EdgeFiles {
    folder: PathBuf,
    n_rows: usize,
    n_columns: usize,
}

impl EdgeFiles {
    pub fn open(folder: PathBuf) -> Result<Self> {
        let shape = fs::read_to_string(folder.join("shape.txt"))?;
        let mut shape = shape.split_whitespace().map(|number| number.parse().unwrap_or(0));
        let (n_rows, n_columns) = (shape.next().unwrap_or(0), shape.next().unwrap_or(0));
        Ok(Self { folder, n_rows, n_columns })
    }
}

impl EdgeSource for EdgeFiles {
    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let mut rows = Numbers::open(&self.folder.join("rows.u32"))?;
        let mut columns = Numbers::open(&self.folder.join("columns.u32"))?;
        let times = self.folder.join("times.u32");
        let mut seconds = if times.exists() { Some(Numbers::open(&times)?) } else { None };
        let mut times = Vec::new();
        loop {
            let rows = rows.next()?;
            if rows.is_empty() {
                return Ok(());
            }
            if let Some(seconds) = &mut seconds {
                times.clear();
                times.extend(seconds.next()?.iter().map(|&at_s| EdgeTime::from_seconds(at_s)));
            }
            visit(EdgeBatch { rows, columns: columns.next()?, times: seconds.is_some().then_some(&times) })?;
        }
    }
}

struct Numbers {
    file: File,
    bytes: Vec<u8>,
    numbers: Vec<u32>,
}

impl Numbers {
    fn open(path: &Path) -> Result<Self> {
        Ok(Self { file: File::open(path)?, bytes: vec![0; 1 << 16], numbers: Vec::new() })
    }

    fn next(&mut self) -> Result<&[u32]> {
        let mut filled = 0;
        loop {
            match self.file.read(&mut self.bytes[filled..])? {
                0 => break,
                n => filled += n,
            }
        }
        self.numbers.clear();
        let words = self.bytes[..filled].chunks_exact(4);
        self.numbers.extend(words.map(|word| u32::from_le_bytes(word.try_into().expect("four bytes"))));
        Ok(&self.numbers)
    }
}

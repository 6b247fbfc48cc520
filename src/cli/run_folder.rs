//! The folder of a scoring run: made whole or not at all, and repeated by `verify`.

use super::Console;
use crate::audit::{Audit, AuditSettings, audit};
use crate::domain::{Dataset, Probability};
use crate::error::{Error, ErrorKind, Locate, Result};
use crate::model::{AccountModel, CreatorModel, TimingModel};
use crate::report::{ModelStamp, OutputFile, RunManifest, RunSettings, run_tables};
use crate::tables::{
    Format, ReadOptions, ReadOutcome, ReadProgress, RejectedRows, StagedFile, StagedFolder, TableWriter, read_dataset,
};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A dataset read and scored.
pub struct Scored {
    /// The dataset.
    pub dataset: Dataset,
    /// Rows that could not be read.
    pub rejected: RejectedRows,
    /// Everything said of it.
    pub audit: Audit,
    /// The model that said it.
    pub model: AccountModel,
    /// What the run was asked to do.
    pub settings: RunSettings,
}

/// Reads a dataset, with progress on a terminal.
pub fn read(folder: &Path, max_rejected_percent: f64, console: Console) -> Result<ReadOutcome> {
    let bar = console.progress("reading");
    let show = |progress: ReadProgress| {
        bar.set_length(progress.total_bytes);
        bar.set_position(progress.bytes);
    };
    let options = ReadOptions { max_rejected_percent, progress: Some(&show), ..ReadOptions::default() };
    let outcome = read_dataset(folder, &options);
    bar.finish_and_clear();
    outcome
}

/// The model asked for, or the one shipped.
pub fn account_model(file: Option<&Path>) -> Result<AccountModel> {
    match file {
        Some(file) => AccountModel::load(file),
        None => AccountModel::embedded(),
    }
}

/// Reads and scores a dataset.
pub fn score(folder: &Path, model: Option<&Path>, settings: RunSettings, console: Console) -> Result<Scored> {
    let model = account_model(model)?;
    let ReadOutcome { dataset, rejected } = read(folder, settings.max_rejected_percent, console)?;
    if dataset.creators.is_empty() {
        let detail = "the table creators holds no readable row".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "score", detail }).at_file(folder));
    }
    let audit =
        audit(&dataset, &model, &AuditSettings { seed: settings.seed, prior: settings.prior.and_then(Probability::new) })?;
    for warning in dataset.warnings.iter().chain(&audit.warnings) {
        console.note(&format!("note: {warning}"));
    }
    Ok(Scored { dataset, rejected, audit, model, settings })
}

/// Writes the tables of a run into a staged folder and gives their names, sizes and sums.
pub fn write_tables(scored: &mut Scored, staged: &StagedFolder, format: Format) -> Result<Vec<OutputFile>> {
    let mut files = Vec::new();
    for table in run_tables(&scored.dataset, &scored.audit) {
        let format = if table.always_parquet { Format::Parquet } else { format };
        let mut writer = TableWriter::create(staged.path(), table.name, table.schema, format)?;
        let mut rows = 0;
        for batch in table.batches {
            rows += batch.num_rows() as u64;
            writer.write(&batch)?;
        }
        files.push(output_file(staged, &writer.finish()?, rows)?);
    }
    for path in scored.rejected.write_into(staged.path())? {
        files.push(output_file(staged, &path, 0)?);
    }
    Ok(files)
}

/// Begins a file that must not exist yet, for a command that takes `--force`.
pub fn create_file(out: &Path) -> Result<StagedFile> {
    StagedFile::create(out).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists if out.is_file() => Error::invalid_argument(
            "--out",
            out.display(),
            "the file already exists: choose another name, or --force to replace it",
        ),
        _ => error,
    })
}

/// Writes a whole run folder.
pub fn write_run(scored: &mut Scored, out: StagedFolder, format: Format, started_at: String) -> Result<()> {
    let outputs = write_tables(scored, &out, format)?;
    let manifest = manifest(scored, outputs)?.with_times(started_at, now()).with_machine(machine());
    let path = out.path().join("run.json");
    let text = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from).at_file(&path)?;
    std::fs::write(&path, text).at_file(&path)?;
    out.commit()
}

/// What `run.json` says of a run, but for its times and its machine.
///
/// # Errors
/// The embedded model of times is damaged.
pub fn manifest(scored: &Scored, outputs: Vec<OutputFile>) -> Result<RunManifest> {
    let further = vec![ModelStamp::from(&CreatorModel::embedded()?), ModelStamp::from(&TimingModel::embedded()?)];
    Ok(RunManifest::new(&scored.dataset, &scored.model, &scored.settings, outputs).with_further_models(further))
}

/// Reads `run.json` of a run.
pub fn read_run_manifest(run: &Path) -> Result<RunManifest> {
    let path = run.join("run.json");
    let bytes = std::fs::read(&path).at_file(&path)?;
    RunManifest::parse(&bytes).at_file(&path)
}

fn output_file(staged: &StagedFolder, path: &Path, rows: u64) -> Result<OutputFile> {
    let name = path.strip_prefix(staged.path()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let bytes = std::fs::metadata(path).at_file(path)?.len();
    Ok(OutputFile { path: name, bytes, rows, sha256: sha256_file(path)? })
}

/// SHA-256 of a file in lower-case hexadecimal.
pub fn sha256_file(path: &Path) -> Result<String> {
    let mut file = File::open(path).at_file(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).at_file(path)? {
            0 => return Ok(hexadecimal(&hasher.finalize())),
            count => hasher.update(&buffer[..count]),
        }
    }
}

/// SHA-256 of bytes in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The present instant, RFC 3339.
pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// What a run may say of the machine it ran on: nothing that names it.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!("{} {}, {processors} processors", std::env::consts::OS, std::env::consts::ARCH)
}

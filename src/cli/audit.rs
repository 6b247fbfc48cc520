//! `bonafide audit`.

use super::args::{AuditArgs, ReportFormat};
use super::run_folder::{Scored, create_file, score, sha256_hex};
use super::score::outcome;
use super::{Console, Outcome};
use crate::domain::{AccountId, Dataset, nearest};
use crate::error::{Error, ErrorKind, Locate, Result};
use crate::model::AccountModel;
use crate::report::{CreatorReport, Market, Provenance, ReportSource, RunSettings, render_html, render_json, render_markdown};
use crate::scoring::count_of;
use crate::tables::StagedFile;
use std::io::Write;
use std::path::Path;

/// Renders the report of one creator.
///
/// # Errors
/// The dataset cannot be read, has no such creator, or the file cannot be written.
pub fn run(args: &AuditArgs, seed: u64, console: Console) -> Result<Outcome> {
    let format = args.format.map_or_else(|| format_of(&args.out, console.json()), Ok)?;
    let to_stdout = args.out.as_os_str() == "-";
    let staged = match (to_stdout, args.force) {
        (true, _) => None,
        (false, true) => Some(StagedFile::replace(&args.out)?),
        (false, false) => Some(create_file(&args.out)?),
    };
    let (max_rejected_percent, prior) = (args.reading.max_rejected, args.assumptions.prior);
    let settings = RunSettings { seed, max_rejected_percent, prior, ..RunSettings::default() };
    let scored = score(&args.dataset, args.model.model.as_deref(), settings, console)?;
    let creator = find_creator(&scored.dataset, &args.creator)?;
    let market = Market { countries: args.market.clone(), languages: args.market_language.clone() };
    let bytes = render(&scored, creator, &market, format)?;
    match staged {
        None => console.print_bytes(&bytes)?,
        Some(mut file) => {
            file.write_all(&bytes).at_file(&args.out)?;
            file.commit()?;
            console.note(&format!("report: {}", args.out.display()));
        }
    }
    Ok(outcome(&args.fail_on, &scored.audit, Some(creator)))
}

/// Renders one creator's report in one format.
pub fn render(scored: &Scored, creator: AccountId, market: &Market, format: ReportFormat) -> Result<Vec<u8>> {
    let explain = |id: AccountId| Some(scored.model.explain(&scored.audit.account_signals, id.index()));
    let provenance = provenance(scored);
    let source =
        ReportSource { dataset: &scored.dataset, audit: &scored.audit, provenance: &provenance, market, explain: &explain };
    let report = CreatorReport::assemble(&source, creator)?;
    match format {
        ReportFormat::Html => Ok(render_html(&report)),
        ReportFormat::Json => render_json(&report),
        ReportFormat::Markdown => Ok(render_markdown(&report)),
    }
}

fn provenance(scored: &Scored) -> Provenance {
    let sums: String = scored.dataset.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect();
    Provenance {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        model_name: AccountModel::NAME.to_owned(),
        model_sha256: scored.model.sha256().to_owned(),
        dataset_fingerprint: sha256_hex(sums.as_bytes()),
        seed: scored.settings.seed,
        suspicious_threshold: scored.model.suspicious_threshold(),
        measured: scored.model.measured_accuracy(),
    }
}

/// By the file's ending; standard output and a name without one get HTML, or JSON where that is asked for.
fn format_of(out: &Path, json: bool) -> Result<ReportFormat> {
    match out.extension().and_then(|extension| extension.to_str()) {
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some("json") => Ok(ReportFormat::Json),
        Some("md" | "markdown") => Ok(ReportFormat::Markdown),
        None => Ok(if json { ReportFormat::Json } else { ReportFormat::Html }),
        Some(_) => Err(Error::invalid_argument("--out", out.display(), "a name that ends in .html, .json or .md, or --format")),
    }
}

/// A creator by id, else by handle (with or without `@`, whatever its case).
fn find_creator(dataset: &Dataset, wanted: &str) -> Result<AccountId> {
    let ids = || dataset.creators.iter().map(|creator| creator.id);
    if let Some(id) = ids().find(|id| dataset.name(*id) == wanted) {
        return Ok(id);
    }
    let handle = wanted.trim_start_matches('@');
    let same = |id: &AccountId| dataset.accounts.handle.get(id.index()).is_some_and(|known| known.eq_ignore_ascii_case(handle));
    let mut matches = ids().filter(same);
    match (matches.next(), matches.next()) {
        (Some(id), None) => Ok(id),
        (Some(_), Some(_)) => Err(Error::invalid_argument("--creator", wanted, "a handle of one creator only, or a creator_id")),
        (None, _) => Err(not_found(dataset, wanted)),
    }
}

fn not_found(dataset: &Dataset, wanted: &str) -> Error {
    let some: Vec<&str> = dataset.creators.iter().take(5).map(|creator| dataset.name(creator.id)).collect();
    let count = dataset.creators.len();
    let handles = dataset.creators.iter().filter_map(|creator| dataset.accounts.handle.get(creator.id.index()));
    let known = dataset.creators.iter().map(|creator| dataset.name(creator.id)).chain(handles);
    let guess = nearest(wanted.trim_start_matches('@'), known).map(|name| format!(" did you mean `{name}`?")).unwrap_or_default();
    let hint = format!(";{guess} the dataset has {}, such as {}", count_of(count as u64, "creator"), some.join(", "));
    Error::new(ErrorKind::NotFound { what: "creator", name: wanted.to_owned(), hint })
}

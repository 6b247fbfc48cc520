//! `bonafide shortlist`.

use super::args::{ShortlistArgs, ShortlistFormat, ShortlistObjective};
use super::run_folder::{create_file, read_run_manifest};
use super::{Console, Outcome};
use crate::domain::{Platform, Tier};
use crate::error::{Error, Locate, Result};
use crate::report::{RunStamp, ShortlistReport, render_json, render_shortlist_html, render_shortlist_markdown};
use crate::selection::{Brief, Objective, PriceTable, REQUIRED_COLUMNS, Rates, SelectionInput, shortlist};
use crate::tables::{StagedFile, read_run_table, read_sketches};
use std::io::Write;
use std::path::Path;

/// Chooses the set of creators that is worth most for a budget.
///
/// # Errors
/// The run cannot be read or is of another version, nobody can be bought, or the file cannot be written.
pub fn run(args: &ShortlistArgs, seed: u64, console: Console) -> Result<Outcome> {
    let out = args.out.as_deref().map(|out| Ok::<_, Error>((out, format_of(out, args.format)?))).transpose()?;
    let staged = match (out, args.force) {
        (Some((out, _)), true) => Some(StagedFile::replace(out)?),
        (Some((out, _)), false) => Some(create_file(out)?),
        (None, _) => None,
    };
    let brief = brief(args, seed)?;
    let (input, stamp) = read_input(&args.run)?;
    let found = shortlist(&input, &brief)?;
    let report = ShortlistReport::assemble(&input, &brief, &found, stamp);
    if let (Some((out, format)), Some(mut file)) = (out, staged) {
        file.write_all(&render(&report, format)?).at_file(out)?;
        file.commit()?;
        console.note(&format!("shortlist: {}", out.display()));
    }
    if console.json() {
        console.print_bytes(&render_json(&report)?)?;
    } else {
        console.print(&report.render_text(console.width()))?;
    }
    Ok(Outcome::Done)
}

/// Creators and sketches of a run, and what it was made with.
pub fn read_input(run: &Path) -> Result<(SelectionInput, RunStamp)> {
    let manifest = read_run_manifest(run)?;
    let creators = read_run_table(run, "creators", &REQUIRED_COLUMNS)?;
    let input = SelectionInput::join(&creators, read_sketches(run)?).map_err(|error| error.at_file(run))?;
    let stamp =
        RunStamp { tool_version: manifest.tool_version, model_sha256: manifest.model.sha256, captured_at: manifest.captured_at };
    Ok((input, stamp))
}

fn render(report: &ShortlistReport, format: ShortlistFormat) -> Result<Vec<u8>> {
    match format {
        ShortlistFormat::Html => Ok(render_shortlist_html(report)),
        ShortlistFormat::Markdown => Ok(render_shortlist_markdown(report)),
        ShortlistFormat::Json => render_json(report),
        ShortlistFormat::Csv => Ok(report.render_csv()),
    }
}

fn format_of(out: &Path, asked: Option<ShortlistFormat>) -> Result<ShortlistFormat> {
    let by_ending = match out.extension().and_then(|extension| extension.to_str()) {
        Some("html" | "htm") => Some(ShortlistFormat::Html),
        Some("json") => Some(ShortlistFormat::Json),
        Some("md" | "markdown") => Some(ShortlistFormat::Markdown),
        Some("csv") => Some(ShortlistFormat::Csv),
        _ => None,
    };
    let expected = "a name that ends in .html, .md, .json or .csv, or --format";
    asked.or(by_ending).ok_or_else(|| Error::invalid_argument("--out", out.display(), expected))
}

fn brief(args: &ShortlistArgs, seed: u64) -> Result<Brief> {
    let (least, most) = args.k;
    Ok(Brief {
        budget: args.budget,
        currency: args.currency.clone(),
        objective: match args.objective {
            ShortlistObjective::Reach => Objective::Reach,
            ShortlistObjective::Engagements => Objective::Engagements,
        },
        is_cautious: !args.by_estimates,
        platforms: words(&args.platform, "--platform", Platform::from_word, Platform::WORDS)?,
        tiers: words(&args.tier, "--tier", Tier::from_word, Tier::WORDS)?,
        niches: args.niche.clone(),
        keywords: args.keywords.clone(),
        countries: args.country.clone(),
        languages: args.language.clone(),
        min_score: args.min_score,
        max_risk: args.max_risk,
        allows_insufficient: args.allow_insufficient,
        least,
        most,
        creator_share: args.per_creator_cap,
        per_category: args.max_per_category,
        per_country: args.max_per_country,
        include: args.include.clone(),
        exclude: args.exclude.clone(),
        like: args.like.clone(),
        min_likeness: args.min_likeness,
        against: args.against.clone(),
        prices: args
            .prices
            .as_deref()
            .map_or_else(|| Ok(PriceTable::default()), |file| PriceTable::parse(&text(file)?).at_file(file))?,
        rates: args.rates.as_deref().map_or_else(|| Ok(Rates::default()), |file| Rates::parse(&text(file)?).at_file(file))?,
        seed,
    })
}

fn text(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).at_file(file)
}

fn words<T>(given: &[String], argument: &str, read: fn(&str) -> Option<T>, known: &[&str]) -> Result<Vec<T>> {
    let word =
        |word: &String| read(word).ok_or_else(|| Error::invalid_argument(argument, word, format!("one of {}", known.join(", "))));
    given.iter().map(word).collect()
}

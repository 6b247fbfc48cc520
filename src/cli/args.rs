//! What the user typed: typed and validated, no input or output.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Calibrated, explained estimates of how much of a creator's audience is real.
#[derive(Debug, Parser)]
#[command(name = "bonafide", version, max_term_width = 110, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags that every command takes.
    #[command(flatten)]
    pub global: Global,
}

const EXIT_CODES: &str = "Results go to files or standard output, progress and messages to standard error.\n\
Exit codes: 0 done; 1 done, and --fail-on was met or `verify` found a difference; 2 could not be done.";

/// Flags that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Print results as JSON for other programs
    #[arg(long, global = true)]
    pub json: bool,
    /// Print no progress and no notes on standard error, only errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Threads to use; 0 means one a processor
    #[arg(long, global = true, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub threads: u16,
    /// Seed of everything random; the same seed gives the same bits (`verify` takes the seed of the run that it repeats)
    #[arg(long, global = true, default_value_t = super::sample::SAMPLE_SEED, value_name = "N")]
    pub seed: u64,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole job on the embedded sample, from any folder
    Demo(DemoArgs),
    /// Platform exports and public data sets into the tables that bonafide reads
    Import(ImportArgs),
    /// What is there, what is missing, what can be measured with it
    Check(CheckArgs),
    /// Score all creators and accounts of a dataset
    Score(ScoreArgs),
    /// One creator in depth, as HTML, JSON or Markdown
    Audit(AuditArgs),
    /// The set of creators that reaches most authentic people, each counted once, for a budget
    ///
    /// Trust comes first: creators whose verdict is fail or insufficient are no candidates; then what is asked for; then the price.
    Shortlist(Box<ShortlistArgs>),
    /// What changed between two runs, and what can be the reason
    Compare(CompareArgs),
    /// Repeat a run and compare it bit by bit; exit code 1 where something differs
    ///
    /// Settings and seed are those of the run; --seed is not used.
    Verify(VerifyArgs),
    /// Fit a model on labelled data
    Train(TrainArgs),
    /// Measure a model on labelled data
    Evaluate(EvaluateArgs),
    /// Show a model's card
    Model(ModelArgs),
    /// Write a labelled, invented platform export with known fraud
    Simulate(SimulateArgs),
    /// Print shell completions
    Completions(CompletionsArgs),
    /// Write manual pages
    Man(ManArgs),
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder for the sample, its run and its report, made by the command [default: a new folder for temporary files]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Show the report in the system's browser
    #[arg(long)]
    pub open: bool,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Format of the source; `list` names them all
    pub format: String,
    /// File or folder to import
    pub source: Option<PathBuf>,
    /// Handle of the account whose export it is, where neither the export nor its name says so
    #[arg(long, value_name = "HANDLE")]
    pub creator: Option<String>,
    /// Dataset folder to make; must not exist
    #[arg(long, value_name = "DATASET")]
    pub out: Option<PathBuf>,
    /// Format of the tables to write
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet)]
    pub tables: TableFormat,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Dataset folder
    pub dataset: PathBuf,
    /// Reading limits
    #[command(flatten)]
    pub reading: Reading,
}

/// How a dataset is read.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// Rejected rows allowed, in per cent of a table's rows
    #[arg(long, default_value_t = 1.0, value_name = "PERCENT", value_parser = percent)]
    pub max_rejected: f64,
}

/// Which account model scores.
#[derive(Debug, Clone, Args)]
pub struct ModelChoice {
    /// Account model to use instead of the one shipped
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

/// What is taken for granted.
#[derive(Debug, Clone, Args)]
pub struct Assumptions {
    /// Share of creators assumed to be inflated before anything is seen, between 0 and 1; it moves `p_fake`, not verdicts, except that nobody fails who is
    /// no likelier inflated than not [default: the creator model's, 0.2]
    #[arg(long, value_name = "SHARE", value_parser = open_share)]
    pub prior: Option<f64>,
}

/// Conditions that make the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A creator's verdict is fail
    Fail,
    /// A creator's verdict is review
    Review,
    /// A creator's verdict is insufficient
    Insufficient,
    /// A finding is a warning or critical
    Warning,
    /// A finding is critical (not in this version: none is)
    Critical,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Dataset folder
    pub dataset: PathBuf,
    /// Run folder to make; must not exist
    #[arg(long, value_name = "RUN")]
    pub out: PathBuf,
    /// Format of the run's tables
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet)]
    pub format: TableFormat,
    /// Reading limits
    #[command(flatten)]
    pub reading: Reading,
    /// Which model scores
    #[command(flatten)]
    pub model: ModelChoice,
    /// What is assumed
    #[command(flatten)]
    pub assumptions: Assumptions,
    /// Exit with 1 where any of these holds
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CONDITION")]
    pub fail_on: Vec<FailOn>,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Dataset folder
    pub dataset: PathBuf,
    /// Creator, by id or by handle
    #[arg(long, value_name = "ID")]
    pub creator: String,
    /// File to make; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Format [default: by the file's ending, else HTML]
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Countries of the campaign's market, as the data write them: how much of the audience is there
    #[arg(long, value_delimiter = ',', value_name = "COUNTRY")]
    pub market: Vec<String>,
    /// Languages of the campaign's market
    #[arg(long, value_delimiter = ',', value_name = "LANGUAGE")]
    pub market_language: Vec<String>,
    /// Reading limits
    #[command(flatten)]
    pub reading: Reading,
    /// Which model scores
    #[command(flatten)]
    pub model: ModelChoice,
    /// What is assumed
    #[command(flatten)]
    pub assumptions: Assumptions,
    /// Exit with 1 where any of these holds for the creator
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CONDITION")]
    pub fail_on: Vec<FailOn>,
}

/// What a shortlist's money is to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShortlistObjective {
    /// Authentic people, each once
    Reach,
    /// Likes and comments by authentic people on one post of each; they add up
    Engagements,
}

/// Format of a shortlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShortlistFormat {
    /// One self-contained page
    Html,
    /// Text for a ticket or a wiki
    #[value(alias = "md")]
    Markdown,
    /// Every number, for programs
    Json,
    /// The list alone, for spreadsheets
    Csv,
}

/// Arguments of `shortlist`.
#[derive(Debug, Args)]
pub struct ShortlistArgs {
    /// Run folder written by `score`
    pub run: PathBuf,
    /// Most that one post of each member may cost together
    #[arg(long, value_name = "AMOUNT")]
    pub budget: f64,
    /// Currency of the budget [default: the one in which all prices are]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// What the money is to buy
    #[arg(long, value_enum, default_value_t = ShortlistObjective::Reach)]
    pub objective: ShortlistObjective,
    /// Choose by the estimates, not by the lower ends of their intervals
    #[arg(long)]
    pub by_estimates: bool,
    /// Topics, as the column `category` has them
    #[arg(long, value_delimiter = ',', value_name = "TOPIC")]
    pub niche: Vec<String>,
    /// Words of which captions or biography must hold one
    #[arg(long, value_delimiter = ',', value_name = "WORD")]
    pub keywords: Vec<String>,
    /// Countries of creators
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    pub country: Vec<String>,
    /// Languages of creators
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    pub language: Vec<String>,
    /// Size classes: nano, micro, mid, macro, mega
    #[arg(long, value_delimiter = ',', value_name = "TIER")]
    pub tier: Vec<String>,
    /// Platforms
    #[arg(long, value_delimiter = ',', value_name = "PLATFORM")]
    pub platform: Vec<String>,
    /// Least lower end of the score's interval, 0 to 100
    #[arg(long, default_value_t = 0.0, value_name = "SCORE")]
    pub min_score: f64,
    /// Most probability that the audience was inflated (`p_fake`), 0 to 1; where the run has none, nobody is left
    #[arg(long, value_name = "SHARE")]
    pub max_risk: Option<f64>,
    /// Take creators whose verdict is insufficient too: the data could not have shown inflation
    #[arg(long)]
    pub allow_insufficient: bool,
    /// Number of members: `5`, `3..12`, `3..` or `..12`
    #[arg(long, default_value = "1..", value_name = "RANGE", value_parser = member_range)]
    pub k: (usize, Option<usize>),
    /// Creator that must be in, by id or handle; may be repeated
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub include: Vec<String>,
    /// Creator that must not be in, by id or handle; may be repeated
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub exclude: Vec<String>,
    /// Most that one creator may cost, as a part of the budget, 0 to 1
    #[arg(long, value_name = "SHARE")]
    pub per_creator_cap: Option<f64>,
    /// Most members of one topic
    #[arg(long, value_name = "N")]
    pub max_per_category: Option<usize>,
    /// Most members of one country
    #[arg(long, value_name = "N")]
    pub max_per_country: Option<usize>,
    /// Creator whom candidates must be like, in texts or audience, by id or handle
    #[arg(long, value_name = "ID")]
    pub like: Option<String>,
    /// Least likeness, 0 to 1: of texts (cosine), or the part of the audience that follows the other creator too
    #[arg(long, default_value_t = 0.1, value_name = "SHARE")]
    pub min_likeness: f64,
    /// Creator beside whom the set is put, by id or handle [default: the largest that the budget buys]
    #[arg(long, value_name = "ID")]
    pub against: Option<String>,
    /// Prices by size and platform for creators without one: CSV with platform (or *), tier, price, currency
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// What other currencies are worth in the campaign's: CSV with currency, rate
    #[arg(long, value_name = "FILE")]
    pub rates: Option<PathBuf>,
    /// Write the answer to this file too
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Format of the file [default: by its ending]
    #[arg(long, value_enum, requires = "out")]
    pub format: Option<ShortlistFormat>,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Run folder written by `score`, the earlier one
    #[arg(value_name = "RUN")]
    pub before: PathBuf,
    /// Run folder written by `score`, the later one
    #[arg(value_name = "RUN")]
    pub after: PathBuf,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Run folder written by `score`
    pub run: PathBuf,
    /// The dataset that it scored
    pub dataset: PathBuf,
    /// The model that it used, if not the one shipped
    #[command(flatten)]
    pub model: ModelChoice,
}

/// What can be trained and measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelName {
    /// The account model
    Accounts,
    /// The timing model
    Timing,
    /// The creator model
    Creators,
}

/// Where the public labelled data sets are.
#[derive(Debug, Clone, Args)]
pub struct LabelledData {
    /// Folder with the public data sets, as described in datasets/README.md
    #[arg(long, env = "BONAFIDE_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
}

/// What can be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrainSubject {
    /// The account model
    Accounts,
    /// The model of the times of an account's actions
    Timing,
    /// The bands of engagement by platform and size
    Bands,
    /// The creator model: needs the public data sets, and simulates markets
    Creators,
}

/// Arguments of `train`.
#[derive(Debug, Args)]
pub struct TrainArgs {
    /// What to fit
    #[arg(value_enum)]
    pub model: TrainSubject,
    /// Labelled data
    #[command(flatten)]
    pub labelled: LabelledData,
    /// With `train accounts`: move the shipped model towards your own labels, a dataset with a table `labels` of 200 accounts or more
    #[arg(long, value_name = "DATASET")]
    pub dataset: Option<PathBuf>,
    /// With --dataset: write whether yours is better than the shipped model as Markdown to this file too
    #[arg(long, value_name = "FILE", requires = "dataset")]
    pub report: Option<PathBuf>,
    /// With --dataset: write a reliability diagram and operating points of both as SVG into this new folder
    #[arg(long, value_name = "FOLDER", requires = "dataset")]
    pub plots: Option<PathBuf>,
    /// With --dataset: fewer resamples
    #[arg(long, requires = "dataset")]
    pub quick: bool,
    /// Artifact to make
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// What can be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvaluationSubject {
    /// The account model
    Accounts,
    /// How credible the simulated organic world is beside real data
    Simulation,
    /// What lists of followers tell without the times of follows
    FollowerMap,
    /// How well orders are found in histories of followers, and which causes the data favour in simulated worlds
    Growth,
    /// How well pods among creators are found in simulated worlds
    Pods,
    /// What comments say: spam that people labelled, copies, false alarms
    Comments,
    /// How well coordinated follows are found, and how often they are called where there are none
    Coordination,
    /// The creator model: probabilities and verdicts
    Creators,
    /// How well the times of an account's actions tell programs from people
    Timing,
    /// What sets of creators truly reach in simulated markets, beside what simple rules buy
    Shortlist,
    /// How well engagement's bands hold, and how well ordered likes are found in real series and simulated arrivals
    Engagement,
}

/// Parts of the evaluation of coordination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoordinationPart {
    /// What is called where nobody is known to have ordered anything
    Alarms,
    /// Deliveries that have a bar to meet
    Deliveries,
    /// People who were called together, beside deliveries of like shape
    Innocents,
    /// Creators called in simulated markets
    Markets,
    /// Accounts that act together on posts: alarms, deliveries, markets
    Posts,
    /// What group evidence does to scores
    Evidence,
    /// Verdicts on creators to whom people were called together
    Verdicts,
    /// Real fake stars in organic graphs
    Stars,
    /// Blocks in a graph without times
    Untimed,
    /// Where groups are found and where not
    Phase,
}

/// Arguments of `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// What is measured
    #[arg(value_enum, default_value_t = EvaluationSubject::Accounts)]
    pub subject: EvaluationSubject,
    /// Labelled data
    #[command(flatten)]
    pub labelled: LabelledData,
    /// With `evaluate accounts` and `evaluate creators`: measure the shipped model on a dataset of your own with a `labels` table instead
    #[arg(long, value_name = "DATASET")]
    pub dataset: Option<PathBuf>,
    /// With --dataset: write a reliability diagram and operating points as SVG into this new folder
    #[arg(long, value_name = "FOLDER", requires = "dataset")]
    pub plots: Option<PathBuf>,
    /// Parts of `evaluate coordination` to measure [default: all of them]; may be repeated
    #[arg(long, value_enum, value_name = "PART")]
    pub part: Vec<CoordinationPart>,
    /// With `evaluate coordination` and `evaluate shortlist`: the simulated worlds for choosing settings, not those whose figures are published
    #[arg(long)]
    pub tuning: bool,
    /// Scenario file of the simulation, or of the worlds beside the follower map and for pods [default: the ones described in datasets]
    #[arg(long, value_name = "FILE", conflicts_with = "dataset")]
    pub scenario: Option<PathBuf>,
    /// Write the tables as Markdown to this file too; for the simulation and for coordination, a folder to make for tables and plots
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Fewer repeats: quicker, with coarser intervals; not for publication
    #[arg(long)]
    pub quick: bool,
    /// Fit the likelihoods of causes on the tuning scenarios and write them to this file. Growth is then measured with them; engagement is measured
    /// without this option, with those that this build carries
    #[arg(long, value_name = "FILE")]
    pub fit: Option<PathBuf>,
}

/// Arguments of `model`.
#[derive(Debug, Args)]
pub struct ModelArgs {
    /// Which model
    #[arg(value_enum, default_value_t = ModelName::Accounts)]
    pub name: ModelName,
    /// The whole card: data, method, figures
    #[arg(long)]
    pub full: bool,
    /// An artifact other than the one shipped
    #[command(flatten)]
    pub model: ModelChoice,
}

/// Arguments of `simulate`.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// Dataset folder to make; must not exist
    #[arg(long, value_name = "DATASET")]
    pub out: PathBuf,
    /// Creators [default: the scenario's]
    #[arg(long, value_name = "N")]
    pub creators: Option<u32>,
    /// Accounts in all [default: the scenario's]
    #[arg(long, value_name = "N")]
    pub accounts: Option<u32>,
    /// Scenario file [default: that of the embedded sample]
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Leave out the vendors of a kind (bulk, drip, churn, pod, likes, comments, views); may be repeated
    #[arg(long, value_name = "KIND")]
    pub without_vendor: Vec<String>,
    /// Format of the tables to write
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet)]
    pub tables: TableFormat,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder to write one page a command into [default: the main page on standard output]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// Format of tables on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Apache Parquet
    Parquet,
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Ndjson,
}

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One self-contained page
    Html,
    /// Every number, for programs
    Json,
    /// Text for a ticket or a wiki
    #[value(alias = "md")]
    Markdown,
}

impl From<TableFormat> for crate::tables::Format {
    fn from(format: TableFormat) -> Self {
        match format {
            TableFormat::Parquet => Self::Parquet,
            TableFormat::Csv => Self::Csv,
            TableFormat::Ndjson => Self::Ndjson,
        }
    }
}

fn percent(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=100.0).contains(&value) { Ok(value) } else { Err("must lie between 0 and 100".to_owned()) }
}

/// A share that is neither none nor all.
fn open_share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err("must lie between 0 and 1, neither of them".to_owned()) }
}

/// `5`, `3..12`, `3..` or `..12`, ends included.
fn member_range(text: &str) -> Result<(usize, Option<usize>), String> {
    let number = |part: &str| part.parse::<usize>().map_err(|_| "not a number or a range such as 3..12".to_owned());
    let (least, most) = match text.split_once("..") {
        None => (number(text)?, Some(number(text)?)),
        Some(("", most)) => (1, Some(number(most)?)),
        Some((least, "")) => (number(least)?, None),
        Some((least, most)) => (number(least)?, Some(number(most.trim_start_matches('='))?)),
    };
    let is_sound = least >= 1 && most.is_none_or(|most| most >= least);
    if is_sound { Ok((least, most)) } else { Err("at least one member, and no more at least than at most".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn ranges_of_members_are_read_in_every_form() {
        let read = ["5", "3..12", "3..", "..12", "1.."].map(|text| member_range(text).unwrap());
        assert_eq!(read, [(5, Some(5)), (3, Some(12)), (3, None), (1, Some(12)), (1, None)]);
        assert!(["0", "4..3", "a..b", "..", "-1"].iter().all(|text| member_range(text).is_err()));
    }

    #[test]
    fn a_share_beyond_a_hundred_per_cent_is_refused() {
        assert!(Cli::try_parse_from(["bonafide", "check", "d", "--max-rejected", "101"]).is_err());
        assert!(Cli::try_parse_from(["bonafide", "check", "d", "--max-rejected", "NaN"]).is_err());
    }
}

//! Everything that a report of one creator says, as one structure of plain values: what the three renderers print and
//! what the JSON report is. Field names are stable; a change of meaning raises [`REPORT_VERSION`].

mod accounts;
mod audience;
mod comments;
mod comparison;
mod data;
mod engagement;
mod explanation;
mod findings;
mod follower_map;
mod group_facts;
mod groups;
mod hours;
mod identity;
mod letter;
mod measures;
mod places;
mod prose;
mod series;

pub use accounts::{AdditiveExplanation, Contribution, SuspiciousAccount, SuspiciousAccounts, ceiling_text};
pub use audience::{AudienceSection, ClassCount, CommonSign, Distribution, DistributionBin};
pub use comments::{CommentSection, CommentShare, RepeatedComment};
pub use comparison::{ComparisonRow, ComparisonSection};
pub use data::{DataSection, InputTable, Provenance};
pub use engagement::{ArrivalCurve, ArrivalPoint, EngagementBand, EngagementSection};
pub use explanation::{BlockText, CausesText, ExplanationSection, LOOKED_FOR, WeighedCauseText};
pub use findings::{FindingText, ReasonText};
pub use follower_map::{BatchText, FollowerMapSection, MapBound};
pub use groups::{GroupSection, GroupText};
pub use hours::{HourMap, HourSection, WEEKDAYS};
pub use identity::{Identity, VerdictText};
pub use letter::LetterText;
pub use measures::Measure;
pub use places::{Market, PlaceShare, PlaceTable, PlacesSection};
pub use series::{MarkedWindow, PostPoint, PostSection, SeriesPoint, TimeSeries};

use crate::audit::Audit;
use crate::domain::{AccountId, Creator, Dataset};
use crate::error::{Error, ErrorKind};
use crate::model::Explanation;
use crate::scoring::CreatorScore;
use serde::Serialize;

/// Version of the report's structure.
pub const REPORT_VERSION: u32 = 1;

/// What a report is assembled from.
pub struct ReportSource<'a> {
    /// The data.
    pub dataset: &'a Dataset,
    /// What was said of them.
    pub audit: &'a Audit,
    /// What the audit was made with.
    pub provenance: &'a Provenance,
    /// The market that is asked about; an empty one where none is.
    pub market: &'a Market,
    /// The model's additive explanation of an account (row of the signal table), where it can give one.
    pub explain: &'a dyn Fn(AccountId) -> Option<Explanation>,
}

/// The report of one creator. Shares are 0..=1, the score 0..=100, intervals 90 %, times RFC 3339 in UTC; what is `null`
/// was not measured.
#[derive(Debug, Clone, Serialize)]
pub struct CreatorReport {
    /// [`REPORT_VERSION`].
    pub report_version: u32,
    /// Who the report is about.
    pub creator: Identity,
    /// What a reader may conclude, and why.
    pub verdict: VerdictText,
    /// Percentage of what a sponsor would pay for that is authentic.
    pub score: Option<Measure>,
    /// The numbers beside the score, those that were measured.
    pub measures: Vec<Measure>,
    /// What stands before the reasons where none of them speaks of fakes.
    pub reasons_note: Option<String>,
    /// The three strongest reasons, the weightiest first.
    pub reasons: Vec<ReasonText>,
    /// What a reader should know beside them, though no rule judges it.
    pub remarks: Vec<ReasonText>,
    /// How the probability of inflation comes about, and what would change the verdict; null where no kind of evidence is measured.
    pub explanation: Option<ExplanationSection>,
    /// The sampled audience.
    pub audience: AudienceSection,
    /// Countries and languages of the followers; null where the data hold neither.
    pub places: Option<PlacesSection>,
    /// Accounts of the sampled audience that look most like fakes.
    pub suspicious_accounts: SuspiciousAccounts,
    /// Coordinated groups that act on the creator.
    pub groups: Option<GroupSection>,
    /// Its followers in the order in which they came, by when their accounts were made.
    pub follower_map: Option<FollowerMapSection>,
    /// Followers over time, as the platform counted them.
    pub follower_history: Option<TimeSeries>,
    /// When the sampled followers arrived.
    pub follow_times: Option<TimeSeries>,
    /// Likes and comments of the posts.
    pub posts: Option<PostSection>,
    /// What posts draw beside creators of the same size elsewhere, and when likes came.
    pub engagement: Option<EngagementSection>,
    /// What comments say.
    pub comments: Option<CommentSection>,
    /// Hours of the week at which accounts follow and engage.
    pub hours: Option<HourSection>,
    /// Beside creators of the same size in the same dataset.
    pub comparison: Option<ComparisonSection>,
    /// Every finding, the weightiest first.
    pub findings: Vec<FindingText>,
    /// What was not measured, and which data would allow it.
    pub not_measured: Vec<NotMeasuredText>,
    /// The draft of a letter to the creator; null where the verdict is `pass`.
    pub letter: Option<LetterText>,
    /// How the numbers come about.
    pub method: Vec<String>,
    /// The data that they rest on.
    pub data: DataSection,
    /// What they were made with.
    pub provenance: Provenance,
    /// What they cannot say.
    pub limits: Vec<String>,
    /// When this report should not be used.
    pub when_not_to_use: Vec<String>,
    /// Why the wording names no culprit.
    pub wording: String,
}

/// Something that was not measured.
#[derive(Debug, Clone, Serialize)]
pub struct NotMeasuredText {
    /// Name of the output column or signal.
    pub what: String,
    /// Why, and what data would allow it.
    pub why: String,
}

/// One creator with its score: what every section is made from.
struct Subject<'a> {
    source: &'a ReportSource<'a>,
    creator: &'a Creator,
    score: &'a CreatorScore,
    /// Followers in the dataset, each once, by id.
    followers: Vec<AccountId>,
}

impl CreatorReport {
    /// Gathers what is known of one creator.
    ///
    /// # Errors
    /// `NotFound` if the dataset lists no such creator.
    ///
    /// # Cost
    /// One pass over follows, posts and history, and a sort of the creator's part of each.
    pub fn assemble(source: &ReportSource<'_>, creator: AccountId) -> Result<Self, Error> {
        let subject = Subject::find(source, creator)?;
        let audience = audience::assemble(&subject);
        let findings = findings::assemble(&subject);
        let suspicious_accounts = accounts::assemble(&subject);
        let mut report = Self {
            report_version: REPORT_VERSION,
            creator: identity::assemble(&subject),
            verdict: identity::verdict(&subject),
            score: measures::score(&subject),
            measures: measures::others(&subject),
            reasons_note: (!findings.iter().any(findings::is_about_fakes)).then(|| prose::reasons_note(audience.is_conclusive)),
            reasons: findings::strongest(&findings, &audience),
            remarks: series::busiest_day_remark(&subject).into_iter().collect(),
            explanation: explanation::assemble(&subject),
            places: places::assemble(&subject),
            groups: groups::assemble(&subject),
            follower_map: follower_map::assemble(&subject),
            follower_history: series::follower_history(&subject),
            follow_times: series::follow_times(&subject),
            posts: series::posts(&subject),
            engagement: engagement::assemble(&subject),
            comments: comments::assemble(&subject),
            hours: hours::assemble(&subject),
            comparison: comparison::assemble(&subject),
            not_measured: not_measured(subject.score),
            method: prose::method(source.provenance),
            data: data::assemble(&subject),
            provenance: source.provenance.clone(),
            limits: prose::limits(source.provenance),
            when_not_to_use: prose::texts(prose::WHEN_NOT_TO_USE),
            wording: prose::WORDING.to_owned(),
            audience,
            suspicious_accounts,
            findings,
            letter: None,
        };
        report.letter = letter::assemble(&report);
        Ok(report)
    }
}

impl<'a> Subject<'a> {
    fn find(source: &'a ReportSource<'a>, id: AccountId) -> Result<Self, Error> {
        let creator = source.dataset.creators.iter().find(|creator| creator.id == id);
        let score = source.audit.creators.iter().find(|score| score.id == id);
        let (Some(creator), Some(score)) = (creator, score) else {
            let known = id.index() < source.dataset.n_accounts();
            let name = if known { source.dataset.name(id).to_owned() } else { id.0.to_string() };
            let hint = "; the table creators does not list it".to_owned();
            return Err(Error::new(ErrorKind::NotFound { what: "creator", name, hint }));
        };
        let follows = &source.dataset.follows;
        let edges = follows.follower.iter().zip(&follows.followed);
        let mut followers: Vec<AccountId> =
            edges.filter(|(follower, followed)| **followed == id && **follower != id).map(|(follower, _)| *follower).collect();
        followers.sort_unstable();
        followers.dedup();
        Ok(Self { source, creator, score, followers })
    }
}

fn not_measured(score: &CreatorScore) -> Vec<NotMeasuredText> {
    score.not_measured.iter().map(|gap| NotMeasuredText { what: gap.what.to_owned(), why: sentence(gap.why) }).collect()
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if clause.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

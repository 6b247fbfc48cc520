//! Who a report is about, and what it concludes.

use super::Subject;
use crate::domain::Verdict;
use crate::report::number;
use serde::Serialize;

/// Who the report is about. Texts are as the data have them; renderers make them harmless.
#[derive(Debug, Clone, Serialize)]
pub struct Identity {
    /// Id in the dataset.
    pub creator_id: String,
    /// Handle.
    pub handle: Option<String>,
    /// Name shown by the platform.
    pub display_name: Option<String>,
    /// Platform.
    pub platform: &'static str,
    /// Size class by followers: nano < 5,000 ≤ micro < 100,000 ≤ mid < 500,000 ≤ macro < 1,000,000 ≤ mega.
    pub tier: Option<&'static str>,
    /// Followers as the platform counts them.
    pub followers: Option<u64>,
    /// Topic, as given.
    pub category: Option<String>,
    /// Country, as given.
    pub country: Option<String>,
    /// Language, as given.
    pub language: Option<String>,
    /// The instant that the data describe.
    pub captured_at: Option<String>,
    /// Whether the dataset states that instant; if not, it is the newest time in the tables.
    pub captured_at_is_stated: bool,
}

/// What a reader may conclude, and why.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictText {
    /// `pass`, `review`, `fail` or `insufficient`.
    pub verdict: &'static str,
    /// The verdict in a few plain words.
    pub title: &'static str,
    /// Whom the numbers speak of, where that is not the audience.
    pub scope: Option<String>,
    /// Why it is what it is.
    pub reason: String,
    /// What it rests on.
    pub basis: String,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Identity {
    let (dataset, creator) = (subject.source.dataset, subject.creator);
    let slot = creator.id.index();
    let text = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
    Identity {
        creator_id: dataset.name(creator.id).to_owned(),
        handle: text(dataset.accounts.handle.get(slot)),
        display_name: text(dataset.accounts.display_name.get(slot)),
        platform: creator.platform.word(),
        tier: subject.score.tier.map(|tier| tier.word()),
        followers: subject.score.followers,
        category: text(creator.category.as_deref()),
        country: text(creator.country.as_deref()),
        language: text(creator.language.as_deref()),
        captured_at: subject.source.audit.captured_at.map(|at| at.to_string()),
        captured_at_is_stated: subject.source.audit.captured_at_is_stated,
    }
}

pub(super) fn verdict(subject: &Subject<'_>) -> VerdictText {
    let title = match subject.score.verdict {
        Verdict::Pass => "Inflation was looked for and not found",
        Verdict::Review => "Not clear either way: a person should look",
        Verdict::Fail => "Audience or engagement is inflated",
        Verdict::Insufficient => "The data cannot tell",
    };
    VerdictText {
        verdict: subject.score.verdict.word(),
        title,
        scope: super::prose::scope(subject.score),
        reason: subject.score.verdict_reason.clone(),
        basis: basis(subject),
    }
}

fn basis(subject: &Subject<'_>) -> String {
    let (score, sampling) = (subject.score, subject.score.sampling);
    if subject.followers.is_empty() {
        return "Rests on nothing: no follower is listed.".to_owned();
    }
    let known = score.followers.map_or_else(String::new, |all| format!(" of {}", number::count(all)));
    let sampled = number::count(subject.followers.len() as u64);
    let (measured, abstained) = (number::count(score.audience_measured_count), number::count(score.audience_abstained_count));
    format!(
        "Rests on {sampled}{known} followers in the data (sampling: {}); {measured} profiles measured, {abstained} of them without a decision.",
        sampling.word().replace('_', " ")
    )
}

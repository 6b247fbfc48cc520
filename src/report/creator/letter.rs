//! A letter to the creator: what the data show, in plain words, and what could be handed in.

use super::{CreatorReport, Identity};
use crate::domain::Timestamp;
use serde::Serialize;

/// Findings that a letter names: the weightiest.
const SAID: usize = 3;

/// A draft that a person completes and sends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LetterText {
    /// Its subject.
    pub subject: String,
    /// What it says before the requests.
    pub opening: Vec<String>,
    /// What would help, each a request.
    pub requests: Vec<String>,
    /// What it says after them.
    pub closing: Vec<String>,
}

/// Nothing where nothing is open.
pub(super) fn assemble(report: &CreatorReport) -> Option<LetterText> {
    let name = shown_name(&report.creator);
    let seen = match report.verdict.verdict {
        "pass" => return None,
        "insufficient" => vec![
            "The data that we have are not enough to say how much of your audience and of the reactions to your posts is authentic. That says nothing about you; it says that we have seen too little.".to_owned(),
        ],
        _ => seen(report),
    };
    let opening = [
        format!("Dear {name},"),
        "before we work with somebody we look at how authentic an audience and its reactions are. We looked at yours.".to_owned(),
    ];
    let day = report.creator.captured_at.as_deref().and_then(|at| at.get(..10));
    let data = day.map(|day| format!("All of it is from data of {day}.")).into_iter();
    Some(LetterText {
        subject: format!("Questions about the audience of {name}"),
        opening: opening.into_iter().chain(seen).chain(data).collect(),
        requests: requests(report),
        closing: vec![
            "Followers and reactions that are not authentic can come without your doing: accounts follow, like and comment to look ordinary, others may have paid for it, and a post that spreads brings many strangers at once. We do not say who caused it.".to_owned(),
            "If you think that we are wrong, tell us: a person will look at it again. You may ask for the report that this letter rests on.".to_owned(),
            "[name, company, date by which an answer helps]".to_owned(),
        ],
    })
}

fn seen(report: &CreatorReport) -> Vec<String> {
    let findings = || report.findings.iter().take(SAID);
    if findings().next().is_none() {
        return vec![report.verdict.reason.clone()];
    }
    let innocent: Vec<&str> = findings().filter_map(|finding| finding.benign_causes.first().copied()).collect();
    let may_be = (!innocent.is_empty()).then(|| format!("This can have ordinary causes, such as: {}.", innocent.join("; ")));
    let said = findings().map(|finding| format!("– {}", finding.statement));
    std::iter::once("This is what stands out:".to_owned()).chain(said).chain(may_be).collect()
}

fn requests(report: &CreatorReport) -> Vec<String> {
    let mut requests = vec![export(report.creator.platform).to_owned()];
    let windows = report.follower_history.iter().chain(&report.follow_times).flat_map(|series| &series.windows);
    let mut days: Vec<String> = windows.filter_map(|window| day(window.from_ms)).collect();
    days.sort_unstable();
    days.dedup();
    days.truncate(5);
    requests.push(if days.is_empty() {
        "What happened around the days with the most new followers: giveaways, advertisements, mentions by others, posts that spread, with links.".to_owned()
    } else {
        format!("What happened around {}: giveaways, advertisements, mentions by others, posts that spread, with links.", days.join(", "))
    });
    requests.push("The statistics that the platform shows you of your last posts: reach, likes by hour, and countries of your followers, as the platform's own export or as pictures of the screen.".to_owned());
    requests.push("Agencies or services that act for your account, and since when.".to_owned());
    requests
}

fn export(platform: &str) -> &'static str {
    match platform {
        "instagram" => {
            "Your account's own export (Accounts Centre, Your information and permissions, Export your information, as JSON, \"Followers and following\"): it holds the minute at which each follower came. You need not send messages or anything else in it."
        }
        "tiktok" => {
            "Your account's own export (Settings, Account, Download your data, as JSON), of it the list of followers with dates. You need not send anything else in it."
        }
        _ => {
            "Your account's own export from the platform, of it the list of followers with the times at which they came. You need not send anything else in it."
        }
    }
}

fn day(at_ms: i64) -> Option<String> {
    Some(Timestamp::from_ms(at_ms)?.to_string().chars().take(10).collect())
}

fn shown_name(creator: &Identity) -> String {
    creator.display_name.as_deref().or(creator.handle.as_deref()).unwrap_or(&creator.creator_id).to_owned()
}

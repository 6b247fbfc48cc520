//! Facts beside a group, in words: what would tell a service from people who were called together.

use super::ReportSource;
use crate::domain::{CoordinatedGroup, ShareEstimate};
use crate::report::number;
use crate::scoring::{Compared, GroupFacts, Spread};
use serde::Serialize;

/// One fact about a group. None of them decides.
#[derive(Debug, Clone, Serialize)]
pub struct GroupFactText {
    /// What was measured.
    pub name: &'static str,
    /// Unit of the values.
    pub unit: &'static str,
    /// What the members have.
    pub members: FactValue,
    /// What everybody else who follows the same creators has, where it can be compared.
    pub others: Option<FactValue>,
    /// Both in a sentence.
    pub statement: String,
    /// What it may tell, and what not.
    pub reading: &'static str,
}

/// A value with what it rests on.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FactValue {
    /// The value; of ages the middle one.
    pub value: f64,
    /// Lower end: of a share its 90 % interval, of ages the first quarter.
    pub low: Option<f64>,
    /// Upper end, likewise.
    pub high: Option<f64>,
    /// What it was counted over.
    pub sample_count: Option<u64>,
}

/// The facts that the data hold of each group.
pub(super) fn facts(source: &ReportSource<'_>, groups: &[&CoordinatedGroup]) -> Vec<Vec<GroupFactText>> {
    let (audit, threshold) = (source.audit, source.provenance.suspicious_threshold);
    let measured = GroupFacts::measure(source.dataset, &audit.accounts, groups, threshold);
    measured.into_iter().map(|facts| facts.map_or_else(Vec::new, in_words)).collect()
}

fn in_words(facts: GroupFacts) -> Vec<GroupFactText> {
    let found = [
        facts.instants_count.map(occasions),
        facts.actions.map(own_actions),
        ages(facts.age_days),
        shares(
            facts.looks_fake,
            ("profiles that look fake", "profile"),
            "Profiles that look alive prove no people: polished fakes have them too.",
        ),
        shares(
            facts.engages,
            ("accounts that act on these creators' posts", "account"),
            "Only actions in these data are counted. Most genuine followers act rarely; accounts that were sent seldom return.",
        ),
    ];
    found.into_iter().flatten().collect()
}

fn occasions(count: u64) -> GroupFactText {
    let plain = FactValue { value: count as f64, low: None, high: None, sample_count: None };
    GroupFactText {
        name: "separate occasions",
        unit: "occasions",
        members: plain,
        others: None,
        statement: format!("{}; times that overlap, on whichever creators, count as one.", number::count_of(count, "occasion")),
        reading: "People who are called together come at one time; a service comes whenever there is an order.",
    }
}

fn own_actions((own, all): (u64, u64)) -> GroupFactText {
    let share = own as f64 / all.max(1) as f64;
    GroupFactText {
        name: "share of the members' actions that is the group's",
        unit: "share",
        members: FactValue { value: share, low: None, high: None, sample_count: Some(all) },
        others: None,
        statement: format!(
            "{} of {} of that kind in the data ({}).",
            number::count(own),
            number::count_of(all, "action"),
            number::percent(share)
        ),
        reading: "People act on others as well. Only actions in these data are counted: where they hold few creators, the share is high for everybody.",
    }
}

fn ages(ages: Compared<Spread>) -> Option<GroupFactText> {
    let value = |spread: Spread| FactValue {
        value: spread.median,
        low: Some(spread.low),
        high: Some(spread.high),
        sample_count: Some(spread.sample_count),
    };
    let words = |spread: Spread| {
        let days = |days: f64| number::count(days.round() as u64);
        format!(
            "{} days in the middle, half of them {} to {} ({})",
            days(spread.median),
            days(spread.low),
            days(spread.high),
            number::count_of(spread.sample_count, "account")
        )
    };
    let members = ages.members?;
    Some(GroupFactText {
        name: "age of the accounts",
        unit: "days",
        members: value(members),
        others: ages.others.map(value),
        statement: beside(words(members), ages.others.map(words)),
        reading: "Accounts that were made to be sold are often of one age; so are those of a school year or of a platform's first weeks.",
    })
}

fn shares(shares: Compared<ShareEstimate>, (name, noun): (&'static str, &str), reading: &'static str) -> Option<GroupFactText> {
    let value = |share: ShareEstimate| FactValue {
        value: share.share,
        low: Some(share.interval.low()),
        high: Some(share.interval.high()),
        sample_count: Some(share.sample_count),
    };
    let words = |share: ShareEstimate| {
        format!(
            "{} of {} ({})",
            number::percent(share.share),
            number::count_of(share.sample_count, noun),
            number::share_interval_text(share.interval.low(), share.interval.high())
        )
    };
    let members = shares.members?;
    Some(GroupFactText {
        name,
        unit: "share",
        members: value(members),
        others: shares.others.map(value),
        statement: beside(words(members), shares.others.map(words)),
        reading,
    })
}

fn beside(members: String, others: Option<String>) -> String {
    match others {
        Some(others) => format!("{members}; of the other followers of these creators {others}."),
        None => format!("{members}."),
    }
}

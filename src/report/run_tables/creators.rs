//! `creators`: one row a creator.

use super::columns::Columns;
use super::{LIST_SEPARATOR, RunTable};
use crate::audit::Audit;
use crate::domain::{Creator, Dataset, Finding, ShareEstimate};
use crate::model::CreatorBlock;
use crate::report::verdict_change::change_statement;
use crate::scoring::{CreatorScore, Estimate};
use std::borrow::Cow;
use std::collections::HashMap;

type ShareOf = fn(&CreatorScore) -> Option<ShareEstimate>;
type EstimateOf = fn(&CreatorScore) -> Option<Estimate>;

pub(super) fn table<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let columns = identity(Columns::default(), dataset, audit);
    let columns = scores(columns, audit);
    let columns = remarks(columns, audit);
    let columns = explanation(columns, audit);
    let schema = columns.schema();
    RunTable { name: "creators", schema, always_parquet: false, batches: Box::new(columns.batches(audit.creators.len())) }
}

fn identity<'a>(columns: Columns<'a>, dataset: &'a Dataset, audit: &'a Audit) -> Columns<'a> {
    let creators = &dataset.creators;
    let text = move |of: fn(&Creator) -> Option<&str>| move |row: usize| of(&creators[row]).map(Cow::from);
    columns
        .text("creator_id", |row| Some(dataset.name(creators[row].id).into()))
        .text("handle", |row| dataset.accounts.handle.get(creators[row].id.index()).map(Cow::from))
        .text("platform", |row| Some(creators[row].platform.word().into()))
        .text("tier", |row| audit.creators[row].tier.map(|tier| tier.word().into()))
        .text("category", text(|creator| creator.category.as_deref()))
        .text("country", text(|creator| creator.country.as_deref()))
        .text("language", text(|creator| creator.language.as_deref()))
        .real("price", |row| creators[row].price)
        .text("currency", text(|creator| creator.currency.as_deref()))
        .count("followers", |row| audit.creators[row].followers)
        .time("captured_at", |_| audit.captured_at.map(|at| at.ms()))
}

fn scores<'a>(columns: Columns<'a>, audit: &'a Audit) -> Columns<'a> {
    let creators = &audit.creators;
    let audience: ShareOf = |score| score.audience_fake;
    let engagement: ShareOf = |score| score.engagement_fake;
    let of_score = estimate(columns, audit, ["score", "score_low", "score_high"], |score| score.score)
        .text("verdict", |row| Some(creators[row].verdict.word().into()))
        .real("p_fake", |row| creators[row].p_fake.map(|p| p.get()));
    let names = ["audience_fake_share", "audience_fake_share_low", "audience_fake_share_high"];
    let of_audience = share(of_score, audit, names, audience)
        .count("audience_sample_count", move |row| audience(&creators[row]).map(|share| share.sample_count))
        .real("audience_inactive_share", |row| creators[row].audience_inactive_share);
    let names = ["engagement_fake_share", "engagement_fake_share_low", "engagement_fake_share_high"];
    let of_engagement = share(of_audience, audit, names, engagement)
        .count("engagement_sample_count", move |row| engagement(&creators[row]).map(|share| share.sample_count));
    let names = ["likers_fake_share", "likers_fake_share_low", "likers_fake_share_high"];
    let of_likers = share(of_engagement, audit, names, |score| score.likers_fake);
    let names = ["commenters_fake_share", "commenters_fake_share_low", "commenters_fake_share_high"];
    let of_commenters = share(of_likers, audit, names, |score| score.commenters_fake);
    let names = ["authentic_followers", "authentic_followers_low", "authentic_followers_high"];
    estimate(of_commenters, audit, names, |score| score.authentic_followers)
        .real("engagement_rate", |row| creators[row].engagement_rate)
        .real("engagement_rate_percentile", |row| creators[row].engagement_rate_percentile)
        .count("coordinated_followers_count", |row| creators[row].coordinated_followers_count)
        .real("minimum_detectable_share", |row| creators[row].minimum_detectable_share)
}

fn remarks<'a>(columns: Columns<'a>, audit: &'a Audit) -> Columns<'a> {
    let mut by_creator: HashMap<u32, Vec<&'a Finding>> = HashMap::new();
    for finding in &audit.findings {
        by_creator.entry(finding.creator.0).or_default().push(finding);
    }
    let findings: Vec<(u64, Option<&'a str>)> = audit
        .creators
        .iter()
        .map(|score| by_creator.get(&score.id.0).map_or((0, None), |all| (all.len() as u64, Some(all[0].statement.as_str()))))
        .collect();
    let top: Vec<Option<&'a str>> = findings.iter().map(|(_, statement)| *statement).collect();
    let not_measured = |score: &CreatorScore| {
        let names: Vec<&str> = score.not_measured.iter().map(|missing| missing.what).collect();
        (!names.is_empty()).then(|| Cow::from(names.join(LIST_SEPARATOR)))
    };
    let p_fake = |row: usize| audit.creators[row].judgement.as_ref().and_then(|judged| judged.interval());
    columns
        .count("findings_count", move |row| Some(findings[row].0))
        .text("top_finding", move |row| top[row].map(Cow::from))
        .text("not_measured", move |row| not_measured(&audit.creators[row]))
        .real("p_fake_low", move |row| p_fake(row).map(|interval| interval.low()))
        .real("p_fake_high", move |row| p_fake(row).map(|interval| interval.high()))
}

/// Columns of the blocks' parts of the log-odds.
const BLOCK_COLUMNS: [(CreatorBlock, &str); 5] = [
    (CreatorBlock::Audience, "p_fake_audience_log_odds"),
    (CreatorBlock::Coordination, "p_fake_coordination_log_odds"),
    (CreatorBlock::Growth, "p_fake_growth_log_odds"),
    (CreatorBlock::Engagement, "p_fake_engagement_log_odds"),
    (CreatorBlock::Comments, "p_fake_comments_log_odds"),
];

/// What the probability consists of, what it is held against, and what would change the verdict.
fn explanation<'a>(columns: Columns<'a>, audit: &'a Audit) -> Columns<'a> {
    let judged = |row: usize| audit.creators[row].judgement.as_ref();
    let part = |row: usize, block: CreatorBlock| {
        let blocks = &audit.creators[row].explanation.as_ref()?.blocks;
        blocks.iter().find(|known| known.block == block).map(|known| known.log_odds)
    };
    let columns = columns
        .real("p_fake_log_odds", move |row| judged(row).map(|judged| judged.prediction.log_odds))
        .real("p_fake_base_log_odds", move |row| judged(row).map(|judged| judged.prediction.base));
    let columns =
        BLOCK_COLUMNS.into_iter().fold(columns, |columns, (block, name)| columns.real(name, move |row| part(row, block)));
    let reason = move |row: usize, place: usize| judged(row)?.reasons().get(place).map(|(id, _)| Cow::from(*id));
    columns
        .real("p_fake_fail_from", move |row| judged(row)?.prediction.fail_from)
        .real("p_fake_pass_below", move |row| judged(row)?.prediction.pass_below)
        .text("p_fake_reason_1", move |row| reason(row, 0))
        .text("p_fake_reason_2", move |row| reason(row, 1))
        .text("p_fake_reason_3", move |row| reason(row, 2))
        .text("verdict_changes", move |row| {
            let changes = &audit.creators[row].explanation.as_ref()?.changes;
            let told: Vec<String> = changes.iter().map(change_statement).collect();
            (!told.is_empty()).then(|| Cow::from(told.join(" ")))
        })
}

/// Point estimate, lower end, upper end.
fn share<'a>(columns: Columns<'a>, audit: &'a Audit, [point, low, high]: [&'static str; 3], of: ShareOf) -> Columns<'a> {
    let creators = &audit.creators;
    columns
        .real(point, move |row| of(&creators[row]).map(|share| share.share))
        .real(low, move |row| of(&creators[row]).map(|share| share.interval.low()))
        .real(high, move |row| of(&creators[row]).map(|share| share.interval.high()))
}

/// Point estimate, lower end, upper end.
fn estimate<'a>(columns: Columns<'a>, audit: &'a Audit, [point, low, high]: [&'static str; 3], of: EstimateOf) -> Columns<'a> {
    let creators = &audit.creators;
    columns
        .real(point, move |row| of(&creators[row]).map(|estimate| estimate.value))
        .real(low, move |row| of(&creators[row]).map(|estimate| estimate.interval.low()))
        .real(high, move |row| of(&creators[row]).map(|estimate| estimate.interval.high()))
}

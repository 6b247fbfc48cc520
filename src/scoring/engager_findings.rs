//! What the scores of those who like and comment propose as findings.

use super::engagers::EngagerShare;
use super::findings::{NOTICE_FAKE_SHARE, WARNING_FAKE_SHARE};
use super::proposal::Proposal;
use super::score::ScoredCreator;
use super::wording::{count_of, percent};
use crate::domain::{Dataset, Finding, Interval, Sampling, Severity};

/// Findings about one creator's likers and commenters, by the bounds that hold for followers. Nothing is said where the data could not carry it
/// ([`EngagerShare::is_conclusive`]).
pub fn engager_findings(dataset: &Dataset, creator: &ScoredCreator) -> Vec<Finding> {
    let engagers = &creator.engagers;
    let kinds = [
        ("engagement.likers_fake_share", "liked its posts", &engagers.likers),
        ("engagement.commenters_fake_share", "commented on its posts", &engagers.commenters),
    ];
    kinds.into_iter().filter_map(|kind| finding(dataset, creator, kind)).collect()
}

fn finding(
    dataset: &Dataset,
    creator: &ScoredCreator,
    (signal, acted, share): (&'static str, &str, &EngagerShare),
) -> Option<Finding> {
    let fake = share.estimate.filter(|_| share.is_conclusive)?;
    let severity = match fake.interval.low() {
        low if low >= WARNING_FAKE_SHARE => Severity::Warning,
        low if low >= NOTICE_FAKE_SHARE => Severity::Notice,
        _ => return None,
    };
    let newest = if dataset.manifest.engagements_sampling == Sampling::NewestFirst { ", of the newest listed," } else { "" };
    let statement = format!(
        "{} of the accounts that {acted}{newest} are estimated to be fake (90 % interval {} to {}), from the profiles of {}; fakes whose profiles look like people's are not seen.",
        percent(fake.share),
        percent(fake.interval.low()),
        percent(fake.interval.high()),
        count_of(fake.sample_count, "account")
    );
    let evidence = share.most_suspicious.iter().map(|&id| dataset.name(id).to_owned()).collect();
    let expected = Interval::new(0.0, NOTICE_FAKE_SHARE);
    let proposal = Proposal { signal, severity, value: Some(fake.share), expected, window: None, statement, evidence };
    Some(proposal.about(creator.score.id))
}

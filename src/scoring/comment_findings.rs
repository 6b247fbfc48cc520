//! What comments propose as findings.

use super::proposal::Proposal;
use super::wording::{count, count_of, percent};
use crate::domain::{Finding, Interval, Severity, ShareEstimate};
use crate::signals::{CommentMeasures, CreatorActivity};

/// Share of generic comments that the interval's lower end must reach: the market takes half for the mark at which "bells ring", and one to
/// three of twenty for harmless (HypeAuditor's help pages; a prior, not a measurement of ours).
const GENERIC_SHARE: f64 = 0.5;
/// The same for comments without a word, and for mentions alone.
const EMPTY_SHARE: f64 = 0.5;
/// The same for comments that promote something else: of the pages and videos of `bonafide evaluate comments` without labelled spam none reaches it.
const PROMOTION_SHARE: f64 = 0.2;
/// The same for repeated and copied comments. Likewise.
const COPY_SHARE: f64 = 0.1;
/// Share of copies from which it is a notice.
const COPY_NOTICE_SHARE: f64 = 0.25;
/// The same for disguised words.
const DISGUISED_SHARE: f64 = 0.1;
/// The same for other languages.
const FOREIGN_SHARE: f64 = 0.5;
/// log10 of the probability of as many repeated successions under shuffled order, and recurring share, from which the order is found.
const SAME_ORDER: (f64, f64) = (-6.0, 0.2);
/// Probability that two comments are by one account from which that is said.
const CONCENTRATION: f64 = 0.1;

/// Findings about one creator, none of them a warning: where few phrases are in use (simulated worlds are so), people repeat one another too, and no public data
/// label copies. `expected` is the band in which nothing is said: from 0 to the bound of the rule.
pub fn comment_findings(activity: &CreatorActivity<'_>, measured: &CommentMeasures) -> Vec<Finding> {
    let forms = [
        (measured.generic, "comments.generic_share", GENERIC_SHARE, "would fit under any post"),
        (measured.emoji_only, "comments.emoji_only_share", EMPTY_SHARE, "hold no word"),
        (measured.mention_only, "comments.mention_only_share", EMPTY_SHARE, "mention accounts and say nothing else"),
        (measured.promotion, "comments.promotion_share", PROMOTION_SHARE, "lead elsewhere or invite to another page"),
        (measured.disguised, "comments.disguised_share", DISGUISED_SHARE, "hold words that are written to deceive filters"),
    ];
    let of_form = forms.into_iter().filter_map(|(share, signal, bound, what)| form(share?, signal, bound, what));
    let others = [repeated(measured), copied(measured), same_order(measured), foreign(measured), concentration(measured)];
    of_form.chain(others.into_iter().flatten()).map(|proposal| proposal.about(activity.id())).collect()
}

fn proposal(signal: &'static str, severity: Severity, (value, bound): (f64, f64), statement: String) -> Proposal {
    let expected = Interval::new(0.0, bound);
    Proposal { signal, severity, value: Some(value), expected, window: None, statement, evidence: Vec::new() }
}

/// `412 of 1,000 comments (41 %, 90 % interval 39 % to 44 %)`; *longer* ones are those of four words or more that are compared.
fn of_all(share: ShareEstimate, what: &str) -> String {
    let part = (share.share * share.sample_count as f64).round() as u64;
    format!(
        "{} of {} ({}, 90 % interval {} to {})",
        count(part),
        count_of(share.sample_count, what),
        percent(share.share),
        percent(share.interval.low()),
        percent(share.interval.high())
    )
}

/// By itself no form says that a comment was not meant.
fn form(share: ShareEstimate, signal: &'static str, bound: f64, what: &str) -> Option<Proposal> {
    let statement = format!("{} {what}.", of_all(share, "comment"));
    (share.interval.low() >= bound).then(|| proposal(signal, Severity::Info, (share.share, bound), statement))
}

fn copy_severity(share: ShareEstimate) -> Option<Severity> {
    match share.interval.low() {
        low if low >= COPY_NOTICE_SHARE => Some(Severity::Notice),
        low if low >= COPY_SHARE => Some(Severity::Info),
        _ => None,
    }
}

fn repeated(measured: &CommentMeasures) -> Option<Proposal> {
    let share = measured.repeated?;
    let most = measured.most_repeated.first().map_or_else(String::new, |text| {
        format!(" The most frequent of them was written by {}.", count_of(text.accounts_count, "account"))
    });
    let statement = format!(
        "{} are, nearly word for word, what another account wrote under the same creator's posts too.{most} Why they say the same, the data do not tell.",
        of_all(share, "longer comment")
    );
    Some(proposal("comments.repeated_share", copy_severity(share)?, (share.share, COPY_SHARE), statement))
}

fn copied(measured: &CommentMeasures) -> Option<Proposal> {
    let share = measured.copied?;
    let statement = format!(
        "{} are, nearly word for word, what another account wrote under another creator's posts. Why they say the same, the data do not tell.",
        of_all(share, "longer comment")
    );
    Some(proposal("comments.copied_share", copy_severity(share)?, (share.share, COPY_SHARE), statement))
}

fn same_order(measured: &CommentMeasures) -> Option<Proposal> {
    let order = measured.same_order?;
    let share = order.recurring_share();
    let statement = format!(
        "At {} of {} ({}) where one account comments directly after another, the same two do so on another post too; the order of comments alone would make {:.1} such repetitions of {}, with a probability of 10^{:.0}.",
        count(order.recurring_count),
        count_of(order.successions_count, "place"),
        percent(share),
        order.expected_count,
        count(order.repeats_count),
        order.log10_p()
    );
    let is_clear = order.log10_p() <= SAME_ORDER.0 && share >= SAME_ORDER.1;
    is_clear.then(|| proposal("comments.same_order", Severity::Notice, (share, SAME_ORDER.1), statement))
}

fn foreign(measured: &CommentMeasures) -> Option<Proposal> {
    let language = measured.language?;
    let (most, in_it) = language.most_frequent?;
    let statement = format!(
        "{} whose language could be told are not in {}, the creator's language{}; the most frequent other is {} ({}). That is a fact about texts, not about where people live.",
        of_all(language.foreign, "longer comment"),
        language.of_creator.name(),
        if language.is_from_captions { " by its captions" } else { "" },
        most.name(),
        count(in_it)
    );
    let is_notable = language.foreign.interval.low() >= FOREIGN_SHARE;
    let values = (language.foreign.share, FOREIGN_SHARE);
    is_notable.then(|| proposal("comments.foreign_language_share", Severity::Info, values, statement))
}

fn concentration(measured: &CommentMeasures) -> Option<Proposal> {
    let probability = measured.concentration.filter(|probability| *probability >= CONCENTRATION)?;
    let statement = format!(
        "Two comments drawn by chance are by the same account with a probability of {}: {} were written by {}.",
        percent(probability),
        count_of(measured.comments_count, "comment"),
        count_of(measured.commenters_count, "account")
    );
    Some(proposal("comments.concentration", Severity::Info, (probability, CONCENTRATION), statement))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Dataset, DatasetBuilder, INTERVAL_LEVEL, Manifest, Table};
    use crate::signals::Activities;
    use crate::statistics::wilson;
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use std::sync::Arc;

    fn dataset() -> Dataset {
        let text = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
        let mut builder = DatasetBuilder::new(Manifest::default());
        let columns = vec![("creator_id", text("c")), ("platform", text("instagram"))];
        builder.push(Table::Creators, &RecordBatch::try_from_iter(columns).unwrap());
        builder.finish()
    }

    fn share(count: u64, n: u64) -> Option<ShareEstimate> {
        let interval = wilson(count, n, INTERVAL_LEVEL)?;
        Some(ShareEstimate { share: count as f64 / n as f64, interval, sample_count: n })
    }

    fn found(measured: &CommentMeasures) -> Vec<(&'static str, Severity, String)> {
        let dataset = dataset();
        let activities = Activities::gather(&dataset);
        let findings = comment_findings(&activities.of(0), measured);
        findings.into_iter().map(|finding| (finding.signal, finding.severity, finding.statement)).collect()
    }

    #[test]
    fn the_interval_decides_and_not_the_share() {
        let of = |count, n| found(&CommentMeasures { repeated: share(count, n), ..CommentMeasures::default() });
        assert!(of(10, 40).iter().all(|found| found.1 == Severity::Info) && of(10, 40).len() == 1 && of(6, 40).is_empty());
        let found = of(120, 300);
        assert_eq!((found[0].0, found[0].1), ("comments.repeated_share", Severity::Notice));
        // Wilson's formula in Python at z = 1.6449: .3546, .4472; for 10 of 40 from .156, for 6 of 40 from .080
        assert!(found[0].2.starts_with("120 of 300 longer comments (40 %, 90 % interval 35 % to 45 %)"), "{}", found[0].2);
    }

    #[test]
    fn forms_alone_are_told_and_no_more() {
        let measured = CommentMeasures { generic: share(90, 100), emoji_only: share(70, 100), ..CommentMeasures::default() };
        assert!(found(&measured).len() == 2 && found(&measured).iter().all(|found| found.1 == Severity::Info));
        assert!(found(&CommentMeasures::default()).is_empty());
    }
}

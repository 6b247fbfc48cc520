//! Copied comments, from rows to groups, findings and features.

use super::trial::{calibration, predictions};
use super::*;
use crate::domain::{DatasetBuilder, GroupKind, Manifest, Severity, Table};
use crate::signals::CREATOR_SIGNALS;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use ndarray::Array2;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

const N_CREATORS: usize = 8;
const LIST: [&str; 6] = [
    "this page has changed the way i cook for my family",
    "every morning i wait for what you publish next",
    "nobody explains old cameras as calmly as you do",
    "my sister showed me your garden and i stayed",
    "the colours in your kitchen make me want to paint",
    "i have learned more here than in three years of school",
];

/// Each creator has 120 people who write sentences of their own; twelve accounts write four sentences of one list each.
fn dataset(with_copies: bool, with_texts: bool) -> Dataset {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for creator in 0..N_CREATORS {
        for person in 0..120 {
            let words: Vec<String> =
                (0..8).map(|_| format!("w{}x", (0..5).map(|_| rng.random_range('a'..='z')).collect::<String>())).collect();
            rows.push((format!("p{}", creator * 60 + person), format!("post-{creator}"), words.join(" ")));
        }
    }
    for account in 0..if with_copies { 12 } else { 0 } {
        for number in 0..4 {
            let text = LIST[(account + number) % LIST.len()];
            rows.push((
                format!("copy-{account}"),
                format!("post-{}", (account + 2 * number) % 3),
                format!("{text} {}", ["!", "😍", ""][number % 3]),
            ));
        }
    }
    let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut push = |table, columns: Vec<(&str, ArrayRef)>| builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
    let names = |prefix: &str| texts((0..N_CREATORS).map(|creator| format!("{prefix}{creator}")).collect());
    push(Table::Creators, vec![("creator_id", names("c")), ("platform", texts(vec!["instagram".into(); N_CREATORS]))]);
    push(Table::Posts, vec![("post_id", names("post-")), ("creator_id", names("c"))]);
    let at: ArrayRef = Arc::new(
        TimestampMillisecondArray::from_iter_values((0..rows.len() as i64).map(|i| 1_600_000_000_000 + 60_000 * i))
            .with_timezone("UTC"),
    );
    let mut columns = vec![
        ("actor_id", texts(rows.iter().map(|row| row.0.clone()).collect())),
        ("post_id", texts(rows.iter().map(|row| row.1.clone()).collect())),
        ("kind", texts(vec!["comment".into(); rows.len()])),
        ("at", at),
    ];
    if with_texts {
        columns.push(("text", texts(rows.into_iter().map(|row| row.2).collect())));
    }
    push(Table::Engagements, columns);
    builder.finish()
}

fn audit_of(dataset: &Dataset) -> Audit {
    let signals = SignalTable::new(vec![&CREATOR_SIGNALS[0]], Array2::from_elem((dataset.n_accounts(), 1), f64::NAN));
    let predictions = predictions(dataset, |_| 0.0);
    Audit::from_evidence(dataset, AccountEvidence { signals, predictions, suspicious_threshold: 0.7, prevalence: calibration() })
        .unwrap()
}

fn feature(audit: &Audit, id: &str, row: usize) -> f64 {
    let column = CREATOR_SIGNALS.iter().position(|signal| signal.id == id).unwrap();
    audit.creator_signals.values()[[row, column]]
}

#[test]
fn accounts_that_write_from_one_list_become_a_group_with_its_creators() {
    let dataset = dataset(true, true);
    let audit = audit_of(&dataset);
    let groups: Vec<&CoordinatedGroup> = audit.groups.iter().filter(|group| group.kind == GroupKind::CommentCopies).collect();
    assert_eq!(groups.len(), 1);
    let group = groups[0];
    assert!(group.members.len() >= 11 && group.members.iter().all(|member| dataset.name(member.account).starts_with("copy-")));
    assert_eq!(group.targets.len(), 3);
    assert!(group.log10_p < -6.0 && (0.5..=1.0).contains(&group.density), "{group:?}");
    let found: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.signal == "coordination.comment_copies").collect();
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|finding| finding.severity == Severity::Notice && finding.evidence == [group.id.clone()]));
    assert_eq!(feature(&audit, "coordination.comment_copies", 0), found[0].value.unwrap());
    assert_eq!(feature(&audit, "coordination.comment_copies", 5), 0.0);
    assert!(feature(&audit, "comments.copied_share", 0) > 0.05 && feature(&audit, "comments.copied_share", 5) == 0.0);
}

#[test]
fn people_who_write_by_themselves_are_no_group_and_without_texts_nothing_is_measured() {
    let quiet = audit_of(&dataset(false, true));
    // The people of these rows comment in the order of their names, a minute apart: that is lockstep, and no copying.
    let copies = |audit: &Audit| audit.groups.iter().filter(|group| group.kind == GroupKind::CommentCopies).count();
    assert!(copies(&quiet) == 0 && quiet.findings.iter().all(|finding| !finding.signal.starts_with("comments.")));
    let bare = audit_of(&dataset(true, false));
    assert_eq!(copies(&bare), 0);
    let texts = CREATOR_SIGNALS.iter().filter(|signal| signal.id.ends_with("_share") && signal.id.starts_with("comments."));
    assert!(texts.map(|signal| feature(&bare, signal.id, 0)).all(f64::is_nan));
    assert!(feature(&bare, "coordination.comment_copies", 0).is_nan());
}

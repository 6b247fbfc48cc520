//! Comments of a small made-up dataset, measured.

use super::CommentMeasures;
use crate::domain::{Dataset, DatasetBuilder, Manifest, Table};
use crate::signals::Activities;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use std::sync::Arc;

/// (author, post, text); posts a1, a2 are of creator a, b1 of b.
type Row = (String, &'static str, String);

fn dataset(rows: &[Row], language: &str) -> Dataset {
    let texts = |values: Vec<&str>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut push = |table, columns: Vec<(&str, ArrayRef)>| builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
    let creators = vec![
        ("creator_id", texts(vec!["a", "b"])),
        ("platform", texts(vec!["instagram"; 2])),
        ("language", texts(vec![language; 2])),
    ];
    push(Table::Creators, creators);
    push(Table::Posts, vec![("post_id", texts(vec!["a1", "a2", "b1"])), ("creator_id", texts(vec!["a", "a", "b"]))]);
    let times: ArrayRef = Arc::new(
        TimestampMillisecondArray::from_iter_values((0..rows.len() as i64).map(|i| 1_600_000_000_000 + 60_000 * i))
            .with_timezone("UTC"),
    );
    let columns = vec![
        ("actor_id", texts(rows.iter().map(|row| row.0.as_str()).collect())),
        ("post_id", texts(rows.iter().map(|row| row.1).collect())),
        ("kind", texts(vec!["comment"; rows.len()])),
        ("at", times),
        ("text", texts(rows.iter().map(|row| row.2.as_str()).collect())),
    ];
    push(Table::Engagements, columns);
    builder.finish()
}

fn measured(rows: &[Row], language: &str) -> Vec<CommentMeasures> {
    let dataset = dataset(rows, language);
    let activities = Activities::gather(&dataset);
    (0..2).map(|row| CommentMeasures::of(&activities.of(row))).collect()
}

fn rows(post: &'static str, from: usize, texts: &[&str]) -> Vec<Row> {
    texts.iter().enumerate().map(|(i, text)| (format!("u{}", from + i), post, (*text).to_owned())).collect()
}

/// Forty sentences that have nothing in common.
fn sentences(from: usize) -> Vec<String> {
    let bits = |seed: usize, place: usize| ((seed as u64 * 64 + place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 20;
    let word = |bits: u64| (0..6).map(|letter| (b'a' + ((bits >> (5 * letter)) % 26) as u8) as char).collect::<String>();
    let sentence = |seed: usize| (0..8).map(|place| word(bits(seed, place))).collect::<Vec<_>>().join(" ");
    (from..from + 40).map(sentence).collect()
}

#[test]
fn forms_are_counted_by_hand() {
    let mut all = rows("a1", 0, &["so beautiful!!", "😍😍", "@tom @mia", "see https://example.org", "fr\u{200b}ee stuff here"]);
    all.extend(sentences(0).iter().enumerate().map(|(i, text)| (format!("v{i}"), "a1", text.clone())));
    all.extend(rows("a2", 100, &["nice", "🔥", "wow", "...", "lovely"]));
    let of = &measured(&all, "en")[0];
    let share = |estimate: Option<crate::domain::ShareEstimate>| estimate.map(|estimate| (estimate.share * 50.0).round() as u32);
    assert_eq!((of.texts_count, of.compared_count, of.commenters_count), (50, 40, 50));
    assert_eq!((share(of.generic), share(of.emoji_only), share(of.mention_only)), (Some(4), Some(3), Some(1)));
    assert_eq!((share(of.promotion), share(of.disguised)), (Some(1), Some(1)));
    assert_eq!((of.repeated.unwrap().share, of.copied, of.concentration), (0.0, None, Some(0.0)));
}

#[test]
fn copies_within_and_across_are_told_apart_and_ones_own_repetition_is_none() {
    let copy = |n: usize| format!("this account changed my whole life and money {}", ["soon", "now", "fast"][n % 3]);
    let mut all: Vec<Row> = sentences(0).iter().enumerate().map(|(i, text)| (format!("v{i}"), "a1", text.clone())).collect();
    all.extend((0..4).map(|n| (format!("c{n}"), "a1", copy(n))));
    all.extend((0..40).map(|i| (format!("w{i}"), "b1", sentences(100)[i].clone())));
    all.push(("c9".to_owned(), "b1", copy(0)));
    // The same person says the same under both.
    all.push(("v0".to_owned(), "b1", sentences(0)[0].clone()));
    let of = measured(&all, "en");
    assert_eq!((of[0].compared_count, of[1].compared_count), (44, 42));
    assert!((of[0].repeated.unwrap().share - 4.0 / 44.0).abs() < 1e-12 && of[1].repeated.unwrap().share == 0.0);
    assert!((of[0].copied.unwrap().share - 4.0 / 44.0).abs() < 1e-12, "{:?}", of[0].copied);
    assert!((of[1].copied.unwrap().share - 1.0 / 42.0).abs() < 1e-12, "{:?}", of[1].copied);
    assert_eq!((of[0].most_repeated[0].accounts_count, of[0].most_repeated[0].creators_count), (4, 2));
}

#[test]
fn concentration_is_simpsons_index() {
    // 60 comments, 20 by each of three accounts: 3·20·19 / (60·59)
    let all: Vec<Row> = (0..60).map(|i| (format!("u{}", i % 3), "a1", "hm".to_owned())).collect();
    let expected = 1_140.0 / 3_540.0;
    assert!((measured(&all, "en")[0].concentration.unwrap() - expected).abs() < 1e-12);
}

#[test]
fn other_languages_are_a_fact_about_texts() {
    let german = [
        "Ich habe seit Jahren nach genau so einem Rezept gesucht und bin wirklich froh darüber",
        "Wo hast du denn diese schöne Lampe gekauft, und gibt es sie noch irgendwo im Laden?",
        "Das Wetter war bei uns am Wochenende leider nicht so gut wie auf deinen Bildern hier",
    ];
    let all: Vec<Row> = (0..30).map(|i| (format!("u{i}"), "a1", german[i % 3].to_owned())).collect();
    let share = |language: &str| measured(&all, language)[0].language.map(|language| language.foreign.share);
    assert_eq!((share("de"), share("en"), share("xx")), (Some(0.0), Some(1.0), None));
}

#[test]
fn scripted_order_stands_out_and_unknown_order_does_not() {
    let accounts: Vec<String> = (0..12).map(|i| format!("u{i}")).collect();
    let scripted: Vec<Row> =
        ["a1", "a2"].iter().flat_map(|&post| accounts.iter().map(move |name| (name.clone(), post, "hm".to_owned()))).collect();
    let order = measured(&scripted, "en")[0].same_order.unwrap();
    assert_eq!((order.recurring_count, order.successions_count), (22, 22));
    assert!(order.log10_p() < -6.0);
}

#[test]
fn little_data_are_missing_and_never_zero() {
    for few in [vec![], rows("a1", 0, &["nice"]), rows("a1", 0, &["", "  ", "\u{202e}"])] {
        let of = &measured(&few, "en")[0];
        let ids = super::SIGNALS.iter().map(|signal| signal.id);
        assert!(ids.map(|id| of.value(id)).all(|value| value.is_none()), "{of:?}");
    }
    let equal: Vec<Row> =
        (0..100).map(|i| (format!("u{i}"), "a1", "the very same sentence of many words here".to_owned())).collect();
    assert_eq!(measured(&equal, "en")[0].repeated.unwrap().share, 1.0);
}

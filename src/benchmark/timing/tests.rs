use super::*;

/// Programs act every quarter of an hour or so day and night, people in sessions by day.
fn timelines() -> Vec<LabelledTimeline> {
    let of = |number: i64| {
        let is_fake = number % 3 == 0;
        let mut at_s: Vec<i64> = (0..220)
            .map(|turn| {
                let noise = (turn * 7_919 + number * 104_729) % 1_000;
                if is_fake { turn * 900 + noise } else { turn / 8 * 86_400 + 50_000 + turn % 8 * 40 + noise * 20 }
            })
            .collect();
        at_s.sort_unstable();
        LabelledTimeline { label: if is_fake { Label::Fake } else { Label::Genuine }, at_s }
    };
    (0..90).map(of).collect()
}

#[test]
fn every_protocol_gives_a_table_and_an_easy_world_is_ranked() {
    let settings = EvaluationSettings { n_bootstrap: 5, n_fold_repeats: 1, ..EvaluationSettings::quick(3) };
    let (fake, genuine): (Vec<_>, Vec<_>) = timelines().into_iter().partition(|user| user.label == Label::Fake);
    let named = |source, users: Vec<LabelledTimeline>| Named { source, data: users.into_iter().map(|user| user.at_s).collect() };
    let report = evaluate_timing(&timelines(), &[named("people", genuine), named("bots", fake)], &settings).unwrap();
    let begins = ["Ranking", "Precision", "The paper", "Short", "Each", "Hours"];
    assert_eq!(report.tables.len(), begins.len());
    for (table, word) in report.tables.iter().zip(begins) {
        assert!(table.caption.starts_with(word), "{}", table.caption);
        assert!(!table.rows.is_empty() && table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.caption);
    }
    assert!(
        report.tables[0].rows[0][3].starts_with("1.000") || report.tables[0].rows[0][3].starts_with(".99"),
        "{:?}",
        report.tables[0].rows
    );
}

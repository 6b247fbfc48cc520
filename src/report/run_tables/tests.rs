use super::*;
use crate::audit::trial;
use crate::domain::Sampling;
use crate::tables::{Format, TableWriter};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt64Type};
use arrow_array::{Array, StringArray};

/// The contract's columns, copied by hand, and behind them what was added since.
const CONTRACT: [(&str, &str); 5] = [
    (
        "creators",
        "creator_id, handle, platform, tier, category, country, language, price, currency, followers, captured_at, score, score_low, score_high, verdict, p_fake, audience_fake_share, audience_fake_share_low, audience_fake_share_high, audience_sample_count, audience_inactive_share, engagement_fake_share, engagement_fake_share_low, engagement_fake_share_high, engagement_sample_count, likers_fake_share, likers_fake_share_low, likers_fake_share_high, commenters_fake_share, commenters_fake_share_low, commenters_fake_share_high, authentic_followers, authentic_followers_low, authentic_followers_high, engagement_rate, engagement_rate_percentile, coordinated_followers_count, minimum_detectable_share, findings_count, top_finding, not_measured, p_fake_low, p_fake_high, p_fake_log_odds, p_fake_base_log_odds, p_fake_audience_log_odds, p_fake_coordination_log_odds, p_fake_growth_log_odds, p_fake_engagement_log_odds, p_fake_comments_log_odds, p_fake_fail_from, p_fake_pass_below, p_fake_reason_1, p_fake_reason_2, p_fake_reason_3, verdict_changes",
    ),
    (
        "accounts",
        "account_id, p_fake, p_fake_profile, class, group_id, reason_1, reason_2, reason_3, reason_1_log_odds, reason_2_log_odds, reason_3_log_odds, is_abstained, p_fake_low, p_fake_high, mutual_trust, p_automated",
    ),
    (
        "groups",
        "group_id, kind, members_count, targets_count, window_start, window_end, density, log10_p, creators, purity, instants_count, median_members_per_creator, expected_count, median_age_days",
    ),
    ("group_members", "group_id, account_id, first_at, last_at, actions_count"),
    (
        "findings",
        "creator_id, signal, severity, value, expected_low, expected_high, window_start, window_end, statement, benign_causes, evidence, weighed_causes",
    ),
];

fn with_tables(check: impl FnOnce(&Dataset, Vec<(&'static str, SchemaRef, Vec<RecordBatch>)>)) {
    let dataset = trial::dataset(Sampling::Random, false);
    let audit = trial::audit(&dataset);
    let tables = run_tables(&dataset, &audit).into_iter().map(|table| (table.name, table.schema, table.batches.collect()));
    check(&dataset, tables.collect());
}

fn texts<'a>(batch: &'a RecordBatch, column: &str) -> &'a StringArray {
    batch.column_by_name(column).unwrap().as_string()
}

#[test]
fn columns_are_those_of_the_contract() {
    with_tables(|_, tables| {
        let names: Vec<&str> = tables.iter().map(|(name, ..)| *name).collect();
        assert_eq!(names, ["creators", "accounts", "groups", "group_members", "findings", "features", "sketches"]);
        for (name, columns) in CONTRACT {
            let (_, schema, batches) = tables.iter().find(|(table, ..)| *table == name).unwrap();
            let found: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            assert_eq!(found.join(", "), columns, "{name}");
            assert!(batches.iter().all(|batch| batch.schema() == *schema));
        }
    });
}

#[test]
fn a_creator_has_its_numbers_and_nulls_where_nothing_was_measured() {
    with_tables(|_, tables| {
        let creators = &tables[0].2[0];
        let real = |column: &str| creators.column_by_name(column).unwrap().as_primitive::<Float64Type>().clone();
        assert_eq!(texts(creators, "creator_id").value(0), "inflated");
        assert_eq!(texts(creators, "verdict").value(0), "fail");
        assert!((real("score").value(0) - 100.0 * (1.0 - real("audience_fake_share").value(0))).abs() < 1e-9);
        assert!(
            !real("p_fake").is_null(0)
                && real("p_fake").is_null(3)
                && real("engagement_fake_share").is_null(0)
                && real("score").is_null(3)
        );
        let counts = creators.column_by_name("findings_count").unwrap().as_primitive::<UInt64Type>();
        assert_eq!((counts.value(0), counts.value(1)), (1, 0));
        assert!(texts(creators, "top_finding").value(0).contains("of the audience is estimated to be fake"));
        assert!(texts(creators, "not_measured").value(0).contains("engagement_fake_share; "));
    });
}

#[test]
fn the_parts_of_a_probability_add_up_in_the_run() {
    with_tables(|_, tables| {
        let creators = &tables[0].2[0];
        let real = |column: &str| creators.column_by_name(column).unwrap().as_primitive::<Float64Type>().clone();
        let parts: Vec<String> = ["base", "audience", "coordination", "growth", "engagement", "comments"]
            .map(|part| format!("p_fake_{part}_log_odds"))
            .to_vec();
        let of = |row: usize| {
            parts.iter().map(|part| real(part)).filter(move |part| !part.is_null(row)).map(move |part| part.value(row))
        };
        assert!(of(0).count() >= 2);
        assert!((of(0).sum::<f64>() - real("p_fake_log_odds").value(0)).abs() < 1e-9);
        assert_eq!(of(3).count(), 0, "nothing is measured of the last creator");
        let reasons = texts(creators, "p_fake_reason_1");
        assert!(reasons.value(0).starts_with("audience.fake_share") && reasons.is_null(3));
        assert!(texts(creators, "verdict_changes").value(0).contains("It would be "));
    });
}

#[test]
fn every_account_has_one_row_and_unmeasured_ones_are_empty() {
    with_tables(|dataset, tables| {
        let accounts = &tables[1].2[0];
        assert_eq!(accounts.num_rows(), dataset.n_accounts());
        let row = |name: &str| (0..accounts.num_rows()).find(|&row| texts(accounts, "account_id").value(row) == name).unwrap();
        let (fake, bare) = (row("f-inflated-3"), row("x-unseen-0"));
        assert_eq!(texts(accounts, "class").value(fake), "suspicious");
        assert_eq!(texts(accounts, "reason_1").value(fake), "audience.fake_share");
        let real = |column: &str| accounts.column_by_name(column).unwrap().as_primitive::<Float64Type>().value(fake);
        assert!(real("p_fake_low") < real("p_fake") && real("p_fake") < real("p_fake_high"));
        assert!(!accounts.column_by_name("is_abstained").unwrap().as_boolean().value(fake));
        let of_measured = ["p_fake", "p_fake_profile", "class", "reason_1", "reason_1_log_odds"];
        for column in of_measured.into_iter().chain(["group_id", "is_abstained", "p_fake_low", "p_fake_high"]) {
            assert!(accounts.column_by_name(column).unwrap().is_null(bare), "{column}");
        }
    });
}

#[test]
fn lists_are_one_text() {
    with_tables(|_, tables| {
        let findings = &tables[4].2[0];
        let evidence: Vec<&str> = texts(findings, "evidence").value(0).split(LIST_SEPARATOR).collect();
        assert_eq!(evidence.len(), 20);
        assert!(texts(findings, "benign_causes").value(0).contains(LIST_SEPARATOR));
    });
}

#[test]
fn tables_without_rows_keep_their_columns() {
    with_tables(|_, tables| {
        assert!(tables[2].2.is_empty() && tables[3].2.is_empty());
        let sketches = &tables[6].2[0];
        assert_eq!((sketches.num_rows(), sketches.column(1).null_count()), (4, 0));
        assert_eq!(tables[5].1.field(0).name(), "creator_id");
    });
}

#[test]
fn long_tables_come_in_batches() {
    let columns = columns::Columns::default().count("n", |row| Some(row as u64));
    let sizes: Vec<usize> = columns.batches(150_000).map(|batch| batch.num_rows()).collect();
    assert_eq!(sizes, [65_536, 65_536, 18_928]);
}

#[test]
fn every_table_can_be_written_in_every_format_and_twice_alike() {
    let dataset = trial::dataset(Sampling::Random, false);
    let audit = trial::audit(&dataset);
    for format in [Format::Parquet, Format::Csv, Format::Ndjson] {
        let write = || -> Vec<Vec<u8>> {
            let folder = tempfile::tempdir().unwrap();
            let written = run_tables(&dataset, &audit).into_iter().map(|table| {
                let format = if table.always_parquet { Format::Parquet } else { format };
                let mut writer = TableWriter::create(folder.path(), table.name, table.schema, format).unwrap();
                table.batches.for_each(|batch| writer.write(&batch).unwrap());
                std::fs::read(writer.finish().unwrap()).unwrap()
            });
            written.collect()
        };
        let (first, second) = (write(), write());
        assert_eq!(first, second);
        assert_eq!(first.len(), 7);
    }
}

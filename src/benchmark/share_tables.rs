//! Tables of what is stated of sets whose labels were never used: probabilities and shares.

use super::EvaluationTable;
use super::composition::Composition;
use super::figure::{Bar, count, decimal, decimal_to, optional, points, share, with_interval};
use super::known_sets::KnownSets;
use super::left_out::LeftOut;
use super::operating_point::Statements;
use super::plan::Protocol;
use super::settings::EvaluationSettings;

/// Calibration error of what is decided on, at most.
const MAX_ERROR: Bar = Bar::AtMost(0.08);
/// Share of accounts decided on, at least.
const MIN_COVERAGE: Bar = Bar::AtLeast(0.6);
/// Mean absolute error of a share, at most.
const MAX_SHARE_ERROR: Bar = Bar::AtMost(0.03);
/// Share of intervals that hold the truth.
const COVERAGE: std::ops::RangeInclusive<f64> = 0.87..=0.95;
/// Share of pairs of samples whose intervals overlap.
const MIN_OVERLAP: Bar = Bar::AtLeast(0.95);

/// Probabilities and shares stated of each left-out set, then pooled.
pub(super) fn operating_point(sets: &[LeftOut], settings: &EvaluationSettings, unmet: &mut Vec<String>) -> EvaluationTable {
    let caption = "Operating point under shift: what is stated of a left-out set as one audience, its labels never used. \
                   ECE: calibration error over bins of equal mass, sampling error taken off; raw: without regard to the set. \
                   Shares with their 90 % interval, other brackets 95 %. Pooled: at most 1,000 accounts a set; errors of sets \
                   may cancel there. To reach: pooled ECE of decided ≤ .080 with at least .600 decided on";
    let columns = [
        "left out",
        "n (fake)",
        "true share",
        "estimated share",
        "ECE raw",
        "ECE of all",
        "decided on",
        "ECE of decided",
        "precision at p ≥ .7",
        "recall",
    ];
    let mut table = EvaluationTable::new(caption, &columns);
    for set in sets {
        let (found, statements) = (set.stated.estimate, &set.stated.statements);
        let mut row =
            vec![set.title(), set.size(), decimal_to(set.stated.scored.fake_share(), 2), share(found.share, found.interval)];
        row.extend(statement_cells(statements, set.threshold, settings));
        table.push(row);
    }
    let with = |protocol: Protocol, is_wanted: &dyn Fn(&LeftOut) -> bool| -> Vec<&Statements> {
        let is_in = |set: &&LeftOut| (set.plan.protocol == Protocol::WholeSet || set.plan.protocol == protocol) && is_wanted(set);
        sets.iter().filter(is_in).map(|set| &set.stated.statements).collect()
    };
    for protocol in [Protocol::HalfGenuine, Protocol::Strict] {
        for (kinds, parts) in [("sold followers", with(protocol, &LeftOut::is_core)), ("all kinds", with(protocol, &|_| true))] {
            if parts.is_empty() {
                continue;
            }
            let name = format!("pooled: {kinds} ({})", protocol.words());
            let pool = Statements::pooled(&parts, settings);
            judge(&name, &pool, unmet);
            let n_fake = pool.labels.iter().filter(|&&label| label == crate::domain::Label::Fake).count();
            let mut row = vec![name, format!("{} ({})", count(pool.labels.len()), count(n_fake))];
            row.extend([decimal_to(n_fake as f64 / pool.labels.len() as f64, 2), String::new()]);
            row.extend(statement_cells(&pool, sets.first().map_or(0.7, |set| set.threshold), settings));
            table.push(row);
        }
    }
    table
}

fn statement_cells(statements: &Statements, threshold: f64, settings: &EvaluationSettings) -> [String; 6] {
    let (precision, recall) = statements.precision_and_recall(threshold);
    [
        optional(statements.raw_error()),
        optional(statements.error()),
        decimal_to(statements.coverage(), 2),
        with_interval(statements.kept_error(), statements.kept_error_interval(settings)),
        precision.map_or_else(|| "none called".to_owned(), decimal),
        optional(recall),
    ]
}

fn judge(name: &str, pool: &Statements, unmet: &mut Vec<String>) {
    if let Some(short) = pool.kept_error().and_then(|error| MAX_ERROR.shortfall(error)) {
        unmet.push(format!("calibration error of decided accounts, {name}: over by {short:.3}"));
    }
    if let Some(short) = MIN_COVERAGE.shortfall(pool.coverage()) {
        unmet.push(format!("share of accounts decided on, {name}: short by {short:.2}"));
    }
}

/// Estimated shares of composed audiences.
pub(super) fn composition(known: &KnownSets, sets: &[LeftOut], unmet: &mut Vec<String>) -> EvaluationTable {
    let caption = "Prevalence by composition: audiences of 100, 300, 1,000 and 2,000 accounts drawn at fake shares of 0, 5, 10, 20, \
                   35, 50 and 75 %. Error: mean distance to the share in the sample, in points; coverage: how often the 90 % \
                   interval holds the share of the population; width in points; raw: error of averaging probabilities without \
                   regard to the audience. To reach: error ≤ 3.0, coverage .87 to .95";
    let columns = ["regime", "set", "audiences", "error", "coverage", "width", "coverage at share 0", "raw error"];
    let mut table = EvaluationTable::new(caption, &columns);
    let left_out = |of: fn(&LeftOut) -> &Composition| -> Vec<(String, Composition)> {
        sets.iter().filter(|set| set.is_core()).map(|set| (set.title(), of(set).clone())).collect()
    };
    let regimes = [
        ("new accounts of known sets, calibrated on them", known.calibrated_on_them.clone()),
        ("new accounts of known sets, as shipped", known.as_shipped.clone()),
        ("whole set left out, each audience alone", left_out(|set| &set.composition)),
        ("whole set left out, its audiences as one dataset", left_out(|set| &set.composition_together)),
    ];
    for (regime, parts) in &regimes {
        for (name, part) in parts {
            table.push(composition_row(regime, name, part));
        }
        let all = Composition::joined(&parts.iter().map(|(_, part)| part).collect::<Vec<_>>());
        table.push(composition_row(regime, "mean", &all));
        if let Some(short) = all.error().and_then(|error| MAX_SHARE_ERROR.shortfall(error)) {
            unmet.push(format!("error of shares, {regime}: over by {:.1} points", 100.0 * short));
        }
        if let Some(coverage) = all.coverage().filter(|coverage| !COVERAGE.contains(coverage)) {
            let side = if coverage > *COVERAGE.end() { "wider than needed" } else { "too narrow" };
            unmet.push(format!("coverage of shares, {regime}: {} instead of .87 to .95 ({side})", decimal(coverage)));
        }
    }
    table
}

fn composition_row(regime: &str, name: &str, part: &Composition) -> [String; 8] {
    let in_points = |value: Option<f64>| value.map_or_else(String::new, points);
    [
        regime.to_owned(),
        name.to_owned(),
        count(part.len()),
        in_points(part.error()),
        optional(part.coverage()),
        in_points(part.width()),
        part.coverage_of_clean().map_or_else(String::new, |coverage| decimal_to(coverage, 2)),
        in_points(part.uncorrected_error()),
    ]
}

/// Pairs of disjoint samples of each left-out set.
pub(super) fn stability(sets: &[LeftOut], settings: &EvaluationSettings, unmet: &mut Vec<String>) -> EvaluationTable {
    let caption = format!(
        "Stability: {} pairs of disjoint random samples of a left-out set. To reach: intervals overlap in at least .950 of the pairs",
        settings.n_pairs
    );
    let columns = ["left out", "accounts a sample", "pairs that overlap", "width in points", "distance in points"];
    let mut table = EvaluationTable::new(caption, &columns);
    for set in sets.iter().filter(|set| set.is_core()) {
        for stability in &set.stability {
            table.push([
                set.title(),
                count(stability.size),
                decimal(stability.overlap),
                points(stability.width),
                points(stability.distance),
            ]);
            if let Some(short) = MIN_OVERLAP.shortfall(stability.overlap) {
                unmet.push(format!("overlap of two samples of {}: short by {short:.3}", set.title()));
            }
        }
    }
    table
}

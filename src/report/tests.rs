//! Whole reports: reviewed copies, and what holds for any text.

use super::fixture::{Fixture, Names};
use super::html_check::tags;
use super::neutral::is_deceptive;
use super::{
    CreatorReport, Market, Provenance, ReportSource, RunStamp, ShortlistReport, render_html, render_json, render_markdown,
    render_shortlist_html, render_shortlist_markdown,
};
use crate::audit::{AccountEvidence, Audit};
use crate::domain::AccountId;
use crate::model::AccountModel;
use crate::selection::{Brief, shortlist};
use crate::signals::measure_accounts;
use crate::tables::{ReadOptions, read_dataset};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn fixture() -> Fixture {
    Fixture::new(&Names::default())
}

/// Writes `src/report/golden/`: look at the pages before accepting a change (`INSTA_UPDATE=always cargo test --lib golden`).
#[test]
fn golden_reports_are_as_reviewed() {
    let report = fixture().report();
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_binary_snapshot!("creator_page.html", render_html(&report));
        insta::assert_binary_snapshot!("creator_text.md", render_markdown(&report));
        insta::assert_binary_snapshot!("creator_data.json", render_json(&report).unwrap());
    });
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (fixture().report(), fixture().report());
    assert_eq!(render_html(&one), render_html(&two));
    assert_eq!(render_markdown(&one), render_markdown(&two));
    assert_eq!(render_json(&one).unwrap(), render_json(&two).unwrap());
}

#[test]
fn contributions_add_up_in_every_explanation() {
    let report = fixture().report();
    assert_eq!(report.suspicious_accounts.accounts.len(), 20);
    for account in &report.suspicious_accounts.accounts {
        let explanation = account.explanation.as_ref().unwrap();
        let sum = explanation.base_log_odds + explanation.contributions.iter().map(|part| part.log_odds).sum::<f64>();
        assert!((sum - explanation.total_log_odds).abs() < 1e-9);
        assert!(account.p_fake_profile_low <= account.p_fake_profile && account.p_fake_profile <= account.p_fake_profile_high);
    }
}

#[test]
fn the_parts_of_the_probability_add_up_in_every_form() {
    let report = fixture().report();
    let section = report.explanation.as_ref().unwrap();
    let parts: f64 = section.blocks.iter().filter_map(|block| block.log_odds).sum();
    let sum = section.prior_log_odds + section.looked_for_log_odds + section.platform_shift_log_odds + parts;
    assert!((sum - section.total_log_odds).abs() < 1e-9);
    for block in section.blocks.iter().filter(|block| block.log_odds.is_some()) {
        let signals: f64 = block.signals.iter().map(|part| part.log_odds).sum();
        assert!((signals - block.log_odds.unwrap()).abs() < 1e-9 && block.signals.iter().all(|part| part.value.is_some()));
    }
    let missing = section.blocks.iter().filter(|block| block.words == "not measured").count();
    assert_eq!((section.blocks.len(), missing), (5, 3));
    let [page, text] = [render_html(&report), render_markdown(&report)].map(|bytes| String::from_utf8(bytes).unwrap());
    for said in ["raises the odds 3.0-fold", "It would be fail if", "a post that went viral", "4.0 times less likely"] {
        assert!(page.contains(said) && text.contains(said), "{said}");
    }
}

/// The report of the fixture's first creator after a change of its score, its findings left out.
fn changed(change: impl Fn(&mut crate::scoring::CreatorScore)) -> CreatorReport {
    let mut fixture = fixture();
    change(&mut fixture.audit.creators[0]);
    fixture.audit.findings.clear();
    fixture.report()
}

#[test]
fn an_insufficient_verdict_accuses_nobody() {
    let report = changed(|score| score.verdict = crate::domain::Verdict::Insufficient);
    assert!(report.audience.common_signs.is_empty() && report.reasons.is_empty() && report.audience.balance.is_none());
    assert!(report.reasons_note.as_deref().unwrap().starts_with("Nothing is concluded about fakes"));
    assert!(report.audience.statement.starts_with("Nothing is concluded from these classes"));
    assert!(report.suspicious_accounts.accuracy_note.as_deref().unwrap().starts_with("Nothing is concluded"));
    let page = String::from_utf8(render_html(&report)).unwrap();
    assert!(page.contains("class=\"score doubtful\"") && page.contains("class=\"pair doubtful\""));
}

#[test]
fn nothing_found_is_not_nothing_there() {
    let report = changed(|_| ());
    let said = "No fakes of the visible kinds stand out; fakes that look like people cannot be seen.";
    assert_eq!(report.reasons_note.as_deref(), Some(said));
    assert!(String::from_utf8(render_markdown(&report)).unwrap().contains(said));
    assert_eq!(fixture().report().reasons_note, None);
}

#[test]
fn sections_speak_of_those_that_are_listed() {
    use crate::domain::Sampling;
    let newest = changed(|score| score.sampling = Sampling::NewestFirst);
    assert_eq!(newest.verdict.scope.as_deref(), Some("Speaks of the 240 newest followers listed only, not of the audience."));
    let names: Vec<&str> = newest.score.iter().chain(&newest.measures).map(|measure| measure.name).collect();
    assert!(names.contains(&"fake share of the newest followers listed") && names.iter().all(|name| !name.contains("audience")));
    let short = changed(|score| {
        (score.sampling, score.is_list_short, score.followers) = (Sampling::Unknown, true, Some(20_000));
    });
    assert!(short.audience.sampling_note.contains("holds 240 of the 20,000 followers"), "{}", short.audience.sampling_note);
    let none = changed(|score| (score.sampling, score.audience_listed_count) = (Sampling::Complete, 0));
    assert_eq!(none.audience.sampling_note, "No follower is listed.");
}

#[test]
fn the_page_is_small_and_asks_for_nothing_from_outside() {
    let page = page(&Names::default());
    assert!(page.len() < 400_000, "{} bytes", page.len());
    check_page(&page);
}

#[test]
fn a_creator_that_the_dataset_does_not_list_is_an_error() {
    let fixture = fixture();
    let explain = |_| None;
    let source = ReportSource {
        dataset: &fixture.dataset,
        audit: &fixture.audit,
        provenance: &fixture.provenance,
        market: &Market::default(),
        explain: &explain,
    };
    let error = CreatorReport::assemble(&source, AccountId(77)).unwrap_err();
    assert!(matches!(error.kind(), crate::error::ErrorKind::NotFound { what: "creator", .. }), "{error}");
}

/// The shipped sample with the shipped model: every sum adds up to the value that the account was scored by, and every
/// page holds together.
#[test]
fn the_sample_gives_whole_reports() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/sample");
    let dataset = read_dataset(&folder, &ReadOptions::default()).unwrap().dataset;
    let model = AccountModel::embedded().unwrap();
    let signals = measure_accounts(&dataset, model.handles());
    let predictions = model.predict(&signals, &dataset.account_platforms());
    let evidence = AccountEvidence {
        signals,
        predictions,
        suspicious_threshold: model.suspicious_threshold(),
        prevalence: model.prevalence().clone(),
    };
    let audit = Audit::from_evidence(&dataset, evidence).unwrap();
    let provenance = Provenance { suspicious_threshold: model.suspicious_threshold(), ..fixture().provenance };
    let explain = |id: AccountId| Some(model.explain(&audit.account_signals, id.index()));
    let source =
        ReportSource { dataset: &dataset, audit: &audit, provenance: &provenance, market: &Market::default(), explain: &explain };
    for creator in dataset.creators.iter().step_by(13) {
        let report = CreatorReport::assemble(&source, creator.id).unwrap();
        for account in &report.suspicious_accounts.accounts {
            let id = AccountId(dataset.ids.find(&account.account_id).unwrap());
            let total = account.explanation.as_ref().unwrap().total_log_odds;
            assert!((total - audit.accounts.predictions.decisions[id.index()]).abs() < 1e-6);
        }
        let page = String::from_utf8(render_html(&report)).unwrap();
        check_page(&page);
        assert!(page.len() < 400_000, "{} bytes", page.len());
    }
}

/// A list with a batch, with exact times and with hidden ones.
#[test]
fn the_map_shows_batches_and_between_which_times_followers_came() {
    use crate::audit::arrivals_tests::{Known, audit_of, dataset};
    for (known, order) in [(Known::Times, "time"), (Known::Positions, "position")] {
        let dataset = dataset(known, 200);
        let (audit, provenance) = (audit_of(&dataset), fixture().provenance);
        let source = ReportSource {
            dataset: &dataset,
            audit: &audit,
            provenance: &provenance,
            market: &Market::default(),
            explain: &|_| None,
        };
        let report = CreatorReport::assemble(&source, dataset.creators[0].id).unwrap();
        let map = report.follower_map.as_ref().unwrap();
        assert_eq!((map.order, map.placed_count, map.batches_count), (order, 3_000, 1));
        let members = audit.groups[0].members.len();
        assert_eq!(map.points.iter().filter(|point| point.group_id.is_some()).count(), members);
        assert!(map.points.len() == members + 800 && map.bounds.len() == 60);
        assert!(map.points.is_sorted_by_key(|point| point.rank));
        let bounds = map
            .bounds
            .iter()
            .filter_map(|bound| Some((bound.not_before.as_ref()?, bound.estimate.as_ref()?, bound.not_after.as_ref()?)));
        assert!(bounds.clone().count() >= 50 && bounds.clone().all(|(from, at, to)| from <= at && at <= to));
        assert_eq!(known == Known::Times, bounds.clone().all(|(from, _, to)| from == to));
        assert_eq!(map.times_note.contains("hidden"), known == Known::Positions);
        assert!(map.statement.contains("where the rest of the list leads one to expect"), "{}", map.statement);
        assert!(report.groups.is_none(), "a batch is no group over several creators");
        let page = String::from_utf8(render_html(&report)).unwrap();
        check_page(&page);
        assert!(page.contains("Followers in the order in which they came") && page.len() < 400_000);
        assert!(String::from_utf8(render_markdown(&report)).unwrap().contains("| g1 |"));
    }
}

#[test]
fn a_group_stands_with_its_creators_minutes_and_what_would_tell_a_service() {
    let fixture = fixture();
    let report = fixture.report();
    let group = &report.groups.as_ref().unwrap().groups[0];
    assert!(group.statement.contains("2 other creators (creator_1 and creator_2)"), "{}", group.statement);
    let facts: Vec<(&str, f64)> = group.facts.iter().map(|fact| (fact.name, fact.members.value)).collect();
    assert_eq!(facts[0], ("separate occasions", 3.0));
    // Twelve members act on three creators each, and on nobody else.
    assert_eq!(facts[1].1, 1.0);
    assert!(group.facts.iter().any(|fact| fact.name.starts_with("profiles") && fact.others.is_some()));
    let page = String::from_utf8(render_html(&report)).unwrap();
    assert!(page.contains("Who acted on whom, to the minute") && page.contains("2024-06-01 00:10"));
    assert!(String::from_utf8(render_markdown(&report)).unwrap().contains("Who acted on whom"));
}

fn page(names: &Names) -> String {
    String::from_utf8(render_html(&Fixture::new(names).report())).unwrap()
}

/// Well-formed; known elements only; no handler, no style attribute, no address but anchors of the page; ids unique.
fn check_page(page: &str) {
    let tags = tags(page);
    let elements: BTreeSet<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
    for forbidden in ["script", "img", "iframe", "link", "object", "embed", "form", "a href"] {
        assert!(!elements.contains(forbidden), "{forbidden}");
    }
    let mut ids = BTreeSet::new();
    for (key, value) in tags.iter().flat_map(|tag| &tag.attributes) {
        assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
        assert!(key != "href" || value.starts_with('#'), "{value}");
        assert!(key != "id" || ids.insert(value.clone()), "id {value} twice");
    }
    let svgs = tags.iter().filter(|tag| tag.name == "svg");
    assert!(svgs.into_iter().all(|svg| svg.attributes.iter().any(|(key, _)| key == "aria-label" || key == "aria-hidden")));
    assert!(!page.chars().any(|c| c != '\n' && is_deceptive(c)), "an invisible character");
}

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='x",
    "\u{202e}gpj.exe\u{202d}",
    "a\u{200b}\u{feff}b",
    "](https://evil.example) [x](javascript:1)",
    "| a | b |\n|---|\n`x` ``y``",
    "</style></title><svg onload=x>",
    "&lt;b&gt; &#60; &",
    "=cmd|' /C calc'!A0",
    "\u{1b}[31m\u{7}\r\n## heading",
    "<!-- --> ]]> {{x}} ${x}",
];

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        any::<String>(),
        prop::sample::select(&HOSTILE[..]).prop_map(|text| text.repeat(400)),
    ]
}

fn hostile_names() -> impl Strategy<Value = Names> {
    [hostile(), hostile(), hostile(), hostile(), hostile(), hostile()].prop_map(
        |[handle, display_name, category, follower, account, warning]| Names {
            handle,
            display_name,
            category,
            follower,
            account,
            warning,
        },
    )
}

/// What is left of a text outside code spans.
fn outside_code(line: &str) -> String {
    let mut left = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        if rest[..at].ends_with('\\') {
            left.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        left.push_str(&rest[..at]);
        let run = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let fence = "`".repeat(run);
        let inside = &rest[at + run..];
        let end = closing(inside, &fence).unwrap_or_else(|| panic!("a code span without end: {line}"));
        rest = &inside[end + run..];
    }
    left + rest
}

/// Where a run of exactly as many backticks begins.
fn closing(text: &str, fence: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('`') {
        let start = from + at;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == fence.len() {
            return Some(start);
        }
        from = start + run;
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn no_name_escapes_into_the_page(names in hostile_names()) {
        let page = page(&names);
        check_page(&page);
        prop_assert!(page.len() < 500_000);
    }

    #[test]
    fn no_name_becomes_markup_in_markdown(names in hostile_names()) {
        let text = String::from_utf8(render_markdown(&Fixture::new(&names).report())).unwrap();
        prop_assert!(!text.chars().any(|c| c != '\n' && is_deceptive(c)));
        let mut columns = None;
        for line in text.lines() {
            let plain = outside_code(line);
            prop_assert!(!plain.contains('<') && !plain.replace("\\]", "").contains("]("), "{}", line);
            prop_assert!(!plain.contains("https:/"), "{}", line);
            let bars = plain.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert_eq!(bars, if line.starts_with('|') { columns.unwrap_or(bars) } else { 0 }, "{}", line);
            columns = line.starts_with('|').then_some(bars);
        }
    }

    #[test]
    fn no_name_of_a_shortlist_escapes(name in hostile(), other in hostile()) {
        let input = crate::selection::tests::input(|creators, _| {
            for (creator, name) in creators.iter_mut().zip([&name, &other].into_iter().cycle()) {
                creator.handle = Some(name.clone());
                creator.category = Some(other.clone());
                creator.country = Some(name.clone());
                creator.currency = Some("EUR".to_owned());
            }
            creators[6].price = None;
        });
        let niches = if other.trim().is_empty() { Vec::new() } else { vec![other.clone()] };
        let brief = Brief { budget: 300.0, niches, ..Brief::default() };
        let found = shortlist(&input, &brief).unwrap();
        let run = RunStamp { tool_version: "0".into(), model_sha256: name.clone(), captured_at: Some("2026-01-01T00:00:00Z".into()) };
        let report = ShortlistReport::assemble(&input, &brief, &found, run);
        check_page(&String::from_utf8(render_shortlist_html(&report)).unwrap());
        let text = String::from_utf8(render_shortlist_markdown(&report)).unwrap();
        prop_assert!(text.lines().all(|line| !outside_code(line).contains('<')), "{}", text);
        prop_assert!(!report.render_text(100).chars().any(|c| c != '\n' && is_deceptive(c)));
        let csv = report.render_csv();
        let mut rows = csv::Reader::from_reader(&csv[..]);
        for row in rows.records() {
            let row = row.unwrap();
            prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '@', '\t', '\r']) && (!cell.starts_with('-') || cell.parse::<f64>().is_ok())), "{:?}", row);
        }
    }

    #[test]
    fn json_keeps_every_name_exactly(names in hostile_names()) {
        let fixture = Fixture::new(&names);
        let json: serde_json::Value = serde_json::from_slice(&render_json(&fixture.report()).unwrap()).unwrap();
        if !names.handle.trim().is_empty() {
            prop_assert_eq!(json["creator"]["handle"].as_str(), Some(names.handle.as_str()));
        }
    }
}

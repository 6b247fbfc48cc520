//! The whole way from creators and lists to the set.

use super::*;
use crate::domain::{Interval, Platform, Tier, Verdict};
use crate::error::ErrorKind;
use crate::scoring::Estimate;
use crate::sketch::{AudienceBasis, BottomK, CreatorSketch, account_key};

fn estimate_of(value: f64, low: f64, high: f64) -> Estimate {
    Estimate { value, interval: Interval::new(low, high).unwrap() }
}

pub(crate) fn creator(id: &str, price: f64) -> RunCreator {
    RunCreator {
        id: id.to_owned(),
        handle: Some(format!("handle_{id}")),
        platform: Platform::Instagram,
        tier: Some(Tier::Nano),
        category: Some("beauty".to_owned()),
        country: Some("DE".to_owned()),
        language: Some("de".to_owned()),
        price: Some(price),
        currency: Some("EUR".to_owned()),
        followers: Some(1_000.0),
        score: Some(estimate_of(90.0, 85.0, 94.0)),
        verdict: Verdict::Review,
        p_fake: None,
        audience_fake: Some(estimate_of(0.1, 0.06, 0.15)),
        audience_sample_count: Some(100),
        engagement_fake: None,
        authentic_followers: None,
    }
}

pub(crate) fn sketch(people: std::ops::Range<u64>) -> CreatorSketch {
    let account = |item: u64| (account_key("instagram", &item.to_string()), 0.9);
    CreatorSketch {
        audience: Some(BottomK::of(people.clone().map(account), 4_096)),
        basis: AudienceBasis::Complete,
        engagers: Some(BottomK::of(people.clone().take(40).map(account), 4_096)),
        engagements_count: 50,
        authentic_engagements: 45.0,
        engagements_per_post: Some((people.end - people.start) as f64 / 10.0),
        engagements_deviation: Some(10.0),
        posts_count: 9,
        terms: vec![("skincare".to_owned(), 3), ("vegan".to_owned(), 1)],
        terms_count: 4,
        ..CreatorSketch::default()
    }
}

/// Six creators of 1,000 people each, the sixth with those of the first; a large one with those of the first four.
pub(crate) fn input(change: impl FnOnce(&mut Vec<RunCreator>, &mut Vec<CreatorSketch>)) -> SelectionInput {
    let ids = ["a", "b", "c", "d", "e", "f", "star"];
    let mut creators: Vec<RunCreator> = ids[..6].iter().map(|id| creator(id, 100.0)).collect();
    creators.push(RunCreator { followers: Some(4_000.0), tier: Some(Tier::Micro), ..creator("star", 500.0) });
    let mut sketches: Vec<CreatorSketch> = (0..5).map(|i| sketch(i * 1_000..(i + 1) * 1_000)).collect();
    sketches.push(sketch(0..1_000));
    sketches.push(sketch(0..4_000));
    change(&mut creators, &mut sketches);
    let named = creators.iter().map(|creator| creator.id.clone()).zip(sketches).collect();
    SelectionInput::new(creators, named).unwrap()
}

fn brief(budget: f64) -> Brief {
    Brief { budget, seed: 1, ..Brief::default() }
}

fn names<'a>(input: &'a SelectionInput, found: &Shortlist) -> Vec<&'a str> {
    let mut names: Vec<&str> = found.members.iter().map(|member| input.creators[member.candidate.row].id.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn five_small_ones_beat_the_star_and_nobody_is_bought_twice() {
    let input = input(|_, _| {});
    let found = shortlist(&input, &brief(500.0)).unwrap();
    // "a" and "f" have the same people: one of them is enough.
    assert_eq!(names(&input, &found), ["a", "b", "c", "d", "e"]);
    assert!((found.worth.value - 4_500.0).abs() < 1e-6, "{:?}", found.worth);
    assert!(found.worth.interval.low() < 4_500.0 && found.worth.interval.high() > 4_500.0);
    assert_eq!((found.cost, found.currency.as_deref(), found.gap), (500.0, Some("EUR"), 0.0));
    let star = found.one.as_ref().unwrap();
    assert_eq!((input.creators[star.rows[0]].id.as_str(), star.worth.unwrap().value.round()), ("star", 3_600.0));
    let missed = found.missed.iter().find(|missed| input.creators[missed.candidate.row].id == "f").unwrap();
    assert_eq!((missed.gain, missed.because), (0.0, MissedBecause::AddsNothing));
    assert!(found.curve.windows(2).all(|pair| pair[0].budget < pair[1].budget && pair[0].value <= pair[1].value + 1e-6));
}

#[test]
fn the_order_of_rows_and_the_number_of_threads_do_not_matter() {
    let turned = input(|creators, sketches| {
        creators.reverse();
        sketches.reverse();
    });
    let expected = shortlist(&input(|_, _| {}), &brief(350.0)).unwrap();
    assert_eq!(shortlist(&turned, &brief(350.0)).unwrap(), expected);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(pool.install(|| shortlist(&turned, &brief(350.0)).unwrap()), expected);
}

#[test]
fn trust_comes_first_and_everybody_removed_is_counted() {
    let input = input(|creators, _| {
        creators[0].verdict = Verdict::Fail;
        creators[1].verdict = Verdict::Insufficient;
        creators[2].score = Some(estimate_of(90.0, 50.0, 95.0));
        creators[3].price = None;
        creators[4].price = Some(0.0);
    });
    let found = shortlist(&input, &Brief { min_score: 60.0, ..brief(400.0) }).unwrap();
    assert_eq!(names(&input, &found), ["f"]);
    let expected =
        [Removal::Fail, Removal::Insufficient, Removal::LowScore, Removal::NotPriced, Removal::AbsurdPrice, Removal::OverBudget];
    assert_eq!(found.removed, expected.map(|removal| (removal, 1)));
    assert_eq!(found.unpriced.len(), 2);
    let all = shortlist(&input, &Brief { allows_insufficient: true, ..brief(400.0) }).unwrap();
    assert_eq!(names(&input, &all), ["b", "c", "f"]);
}

#[test]
fn a_risk_that_is_not_known_is_no_risk_of_nought() {
    let error = shortlist(&input(|_, _| {}), &Brief { max_risk: Some(0.1), ..brief(400.0) }).unwrap_err();
    assert!(error.to_string().contains("7 probability of inflation not known"), "{error}");
    let known =
        input(|creators, _| creators.iter_mut().enumerate().for_each(|(i, creator)| creator.p_fake = Some(0.05 * i as f64)));
    let found = shortlist(&known, &Brief { max_risk: Some(0.1), ..brief(1_000.0) }).unwrap();
    assert_eq!(names(&known, &found), ["a", "b", "c"]);
}

#[test]
fn fit_is_asked_of_country_topic_words_and_likeness() {
    let input = input(|creators, sketches| {
        creators[0].country = Some("at".to_owned());
        creators[1].category = None;
        sketches[2].terms = vec![("cars".to_owned(), 5)];
    });
    let asked = |change: fn(&mut Brief)| {
        let mut asked = Brief { most: Some(9), ..brief(1_200.0) };
        change(&mut asked);
        shortlist(&input, &asked).unwrap()
    };
    assert_eq!(names(&input, &asked(|brief| brief.countries = vec!["AT".to_owned()])), ["a"]);
    assert!(!names(&input, &asked(|brief| brief.niches = vec!["Beauty".to_owned()])).contains(&"b"));
    assert_eq!(names(&input, &asked(|brief| brief.keywords = vec!["cars".to_owned()])), ["c"]);
    let unlike = asked(|brief| (brief.like, brief.min_likeness) = (Some("c".to_owned()), 0.2));
    // Texts about other things; only the star's audience holds c's people, a quarter of its own.
    assert_eq!(names(&input, &unlike), ["c", "star"]);
}

#[test]
fn limits_of_number_category_and_price_hold() {
    let input = input(|creators, _| creators[0].category = Some("fitness".to_owned()));
    let found = shortlist(&input, &Brief { most: Some(1), ..brief(500.0) }).unwrap();
    assert_eq!(names(&input, &found), ["star"]);
    assert!(found.missed.iter().all(|missed| missed.because == MissedBecause::Number));
    let found = shortlist(&input, &Brief { least: 2, most: Some(2), ..brief(500.0) }).unwrap();
    assert_eq!((found.members.len(), found.cost), (2, 200.0));
    let found = shortlist(&input, &Brief { per_category: Some(1), ..brief(500.0) }).unwrap();
    assert_eq!(found.members.len(), 1, "the star has the people of both categories and belongs to one");
    let found = shortlist(&input, &Brief { creator_share: Some(0.25), ..brief(500.0) }).unwrap();
    assert!(found.removed.contains(&(Removal::OverCap, 1)));
    let error = shortlist(&input, &Brief { least: 9, ..brief(500.0) }).unwrap_err();
    assert!(error.to_string().starts_with("--k"), "{error}");
}

#[test]
fn currencies_need_a_rate() {
    let input = input(|creators, _| creators[0].currency = Some("usd".to_owned()));
    let error = shortlist(&input, &brief(500.0)).unwrap_err().to_string();
    assert!(error.contains("EUR, USD") && error.contains("--rates"), "{error}");
    let rates = Rates::parse("currency,rate\nusd,0.5\n").unwrap();
    let error = shortlist(&input, &Brief { currency: Some("eur".to_owned()), ..brief(500.0) }).unwrap_err().to_string();
    assert!(error.contains("USD") && error.contains("rate"), "{error}");
    let found = shortlist(&input, &Brief { currency: Some("eur".to_owned()), rates, ..brief(450.0) }).unwrap();
    assert_eq!((names(&input, &found), found.cost), (vec!["a", "b", "c", "d", "e"], 450.0));
}

#[test]
fn names_are_found_and_contradictions_refused() {
    let input = input(|creators, _| creators[5].verdict = Verdict::Insufficient);
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    let found = shortlist(&input, &Brief { include: named(&["@HANDLE_f"]), exclude: named(&["b"]), ..brief(300.0) }).unwrap();
    assert_eq!(names(&input, &found), ["c", "d", "f"]);
    let error = |brief: Brief| shortlist(&input, &brief).unwrap_err();
    assert!(
        error(Brief { include: named(&["a"]), exclude: named(&["handle_a"]), ..brief(300.0) }).to_string().contains("in both")
    );
    let unknown = error(Brief { exclude: named(&["handle_x"]), ..brief(300.0) });
    assert!(matches!(unknown.kind(), ErrorKind::NotFound { .. }) && unknown.to_string().contains("did you mean"), "{unknown}");
    assert!(error(Brief { include: named(&["star"]), ..brief(300.0) }).to_string().contains("costs more than the budget"));
}

#[test]
fn a_budget_below_the_cheapest_names_its_price() {
    let error = shortlist(&input(|_, _| {}), &brief(99.0)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotEnoughData { .. }));
    assert!(error.to_string().contains("7 costs more than the budget") && error.to_string().contains("asks 100"), "{error}");
}

#[test]
fn engagements_add_up_whoever_they_are_from() {
    let input = input(|_, _| {});
    let found = shortlist(&input, &Brief { objective: Objective::Engagements, ..brief(200.0) }).unwrap();
    // 100 a post, nine tenths of them by authentic people.
    assert!((found.worth.value - 180.0).abs() < 1e-9, "{:?}", found.worth);
    assert_eq!((found.members.len(), found.engagements), (2, Some(found.worth)));
}

#[test]
fn random_samples_are_scaled_and_say_so() {
    let input = input(|creators, sketches| {
        for (creator, sketch) in creators.iter_mut().zip(sketches) {
            (creator.followers, creator.authentic_followers) = (Some(50_000.0), Some(estimate_of(45_000.0, 42_500.0, 47_000.0)));
            (sketch.basis, sketch.sampling_share) = (AudienceBasis::Random, Some(0.02));
        }
    });
    let found = shortlist(&input, &Brief { most: Some(2), ..brief(500.0) }).unwrap();
    assert!(found.worth.value > 45_000.0 && found.worth.value < 90_000.0);
    assert!(found.notes.iter().any(|note| note.contains("random samples")) && found.shared_seen.unwrap() > 1_000.0);
    let listed = self::input(|_, sketches| sketches.iter_mut().for_each(|sketch| sketch.basis = AudienceBasis::Listed));
    let found = shortlist(&listed, &brief(500.0)).unwrap();
    assert!(found.notes[0].contains("nothing is carried over"));
}

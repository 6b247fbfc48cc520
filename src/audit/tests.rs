use super::trial::{self, audit, dataset, evidence};
use super::*;
use crate::domain::{AccountClass, AccountStatus, Sampling, Severity, Tier, Verdict};
use crate::scoring::CreatorScore;

fn creator<'a>(dataset: &Dataset, audit: &'a Audit, name: &str) -> &'a CreatorScore {
    audit.creators.iter().find(|score| dataset.name(score.id) == name).unwrap()
}

#[test]
fn an_inflated_audience_is_measured_and_found() {
    let dataset = dataset(Sampling::Random, false);
    let audit = audit(&dataset);
    let score = creator(&dataset, &audit, "inflated");
    let fake = score.audience_fake.unwrap();
    // 120 of 200 followers with a profile are fake; 10 more have none.
    assert!((fake.share - 0.6).abs() < 0.05 && fake.interval.contains(0.6), "{fake:?}");
    assert_eq!((fake.sample_count, score.audience_listed_count, score.audience_measured_count), (200, 210, 200));
    assert_eq!((score.followers, score.tier), (Some(10_000), Some(Tier::Micro)));
    assert!((score.score.unwrap().value - 100.0 * (1.0 - fake.share)).abs() < 1e-9);
    assert!((score.authentic_followers.unwrap().value - 10_000.0 * (1.0 - fake.share)).abs() < 1e-6);
    // Likes 100 to 103 and 10 comments a post: mean 111.5 over 10,000 followers.
    assert!((score.engagement_rate.unwrap() - 0.011_15).abs() < 1e-12);
    let judged = score.judgement.as_ref().unwrap();
    assert_eq!(score.verdict, Verdict::Fail);
    assert!(score.p_fake.unwrap().get() >= judged.prediction.fail_from.unwrap());
    let parts: f64 = judged.prediction.contributions.iter().map(|(_, part)| part).sum();
    assert!((judged.prediction.base + parts - score.p_fake.unwrap().log_odds()).abs() < 1e-9);
    assert!(score.verdict_reason.contains("at most 1.0 % of untouched creators are failed"), "{}", score.verdict_reason);
    assert!(score.verdict_reason.contains("10 of 210 listed followers have no profile"), "{}", score.verdict_reason);
    let found: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.creator == score.id).collect();
    assert_eq!((found[0].signal, found[0].severity), ("audience.fake_share", Severity::Warning));
    assert_eq!(found[0].evidence.len(), 20);
    assert!(found[0].evidence.iter().all(|id| id.starts_with("f-inflated-")));
}

#[test]
fn an_untouched_audience_gives_no_finding() {
    let dataset = dataset(Sampling::Random, false);
    let audit = audit(&dataset);
    let score = creator(&dataset, &audit, "untouched");
    let fake = score.audience_fake.unwrap();
    assert!(fake.share < 0.05 && fake.interval.low() < 0.01, "{fake:?}");
    assert!(audit.findings.iter().all(|finding| finding.creator != score.id));
    assert_eq!((score.followers, score.authentic_followers, score.engagement_rate), (None, None, None));
    assert!(score.not_measured.iter().any(|missing| missing.what == "authentic_followers"));
}

#[test]
fn too_few_or_unseen_followers_are_insufficient_and_never_real() {
    let dataset = dataset(Sampling::Random, false);
    let audit = audit(&dataset);
    let (tiny, unseen) = (creator(&dataset, &audit, "tiny"), creator(&dataset, &audit, "unseen"));
    assert_eq!((tiny.verdict, tiny.audience_fake.is_some()), (Verdict::Insufficient, true));
    assert_eq!((unseen.verdict, unseen.audience_fake, unseen.score), (Verdict::Insufficient, None, None));
    assert!(unseen.classes.is_empty());
    let signals: Vec<&str> =
        audit.findings.iter().filter(|finding| finding.creator == unseen.id).map(|finding| finding.signal).collect();
    assert_eq!(signals, ["audience.unmeasured"]);
    let bare = AccountIdOf(&dataset).named("x-unseen-0");
    assert_eq!((audit.accounts.p_fake(bare), audit.accounts.class(bare)), (None, None));
}

struct AccountIdOf<'a>(&'a Dataset);

impl AccountIdOf<'_> {
    fn named(&self, name: &str) -> crate::domain::AccountId {
        crate::domain::AccountId(self.0.ids.find(name).unwrap())
    }
}

#[test]
fn classes_count_every_measured_follower_once() {
    let dataset = dataset(Sampling::Random, false);
    let audit = audit(&dataset);
    let score = creator(&dataset, &audit, "inflated");
    assert_eq!(score.classes.iter().map(|class| class.count).sum::<u64>(), 200);
    let suspicious = score.classes.iter().find(|class| class.class == AccountClass::Suspicious).unwrap();
    assert!(suspicious.share.interval.contains(suspicious.share.value) && suspicious.count > 90);
}

#[test]
fn nothing_is_extrapolated_from_the_newest() {
    let newest = dataset(Sampling::NewestFirst, false);
    let audit = audit(&newest);
    let score = creator(&newest, &audit, "inflated");
    assert_eq!(score.authentic_followers, None);
    assert!(score.verdict_reason.contains("newest followers only"));
    let random = dataset(Sampling::Random, false);
    let wide = creator(&random, &trial::audit(&random), "inflated").audience_fake.unwrap().interval.width();
    assert!(score.audience_fake.unwrap().interval.width() < wide);
}

#[test]
fn unknown_sampling_is_said() {
    let unknown = dataset(Sampling::Unknown, false);
    let audit = audit(&unknown);
    let score = creator(&unknown, &audit, "inflated");
    assert!(score.not_measured.iter().any(|missing| missing.what == "sampling"));
    assert!(score.authentic_followers.is_some() && audit.warnings.iter().any(|warning| warning.contains("sampled")));
}

#[test]
fn scores_do_not_depend_on_the_order_of_rows_or_the_number_of_threads() {
    let (forward, backward) = (dataset(Sampling::Random, false), dataset(Sampling::Random, true));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let (first, second) = (audit(&forward), one.install(|| audit(&backward)));
    for (a, b) in first.creators.iter().zip(&second.creators) {
        assert_eq!(CreatorScore { id: b.id, ..a.clone() }, *b);
    }
    let told = |audit: &Audit| -> Vec<(String, Vec<String>)> {
        audit.findings.iter().map(|finding| (finding.statement.clone(), finding.evidence.clone())).collect()
    };
    assert_eq!(told(&first), told(&second));
    let bits = |audit: &Audit| -> Vec<u64> { audit.creator_signals.values().iter().map(|value| value.to_bits()).collect() };
    assert_eq!(bits(&first), bits(&second));
}

#[test]
fn features_hold_what_the_score_says() {
    let dataset = dataset(Sampling::Random, false);
    let audit = Audit::from_evidence(&dataset, evidence(&dataset)).unwrap();
    let column = |id: &str| audit.creator_signals.signals().iter().position(|signal| signal.id == id).unwrap();
    assert_eq!(
        audit.creator_signals.get(0, column("audience.fake_share")),
        audit.creators[0].audience_fake.map(|fake| fake.share)
    );
    assert_eq!(audit.creator_signals.get(0, column("audience.no_avatar_share")), Some(0.6));
    assert_eq!(audit.creator_signals.get(0, column("audience.unmeasured")), Some(10.0 / 210.0));
    assert_eq!(audit.creator_signals.get(3, column("audience.fake_share")), None);
}

/// Gives every follower of a creator this status.
fn with_status(mut dataset: Dataset, creator: &str, status: AccountStatus) -> Dataset {
    for id in
        dataset.account_ids().filter(|&id| dataset.name(id).contains(creator) && dataset.name(id) != creator).collect::<Vec<_>>()
    {
        dataset.accounts.status.set(id.index(), status);
    }
    dataset
}

#[test]
fn a_removed_audience_is_never_clean() {
    for (status, signal) in
        [(AccountStatus::Suspended, "audience.suspended_share"), (AccountStatus::Deleted, "audience.deleted_share")]
    {
        let before = dataset(Sampling::Random, false);
        let clean = creator(&before, &audit(&before), "untouched").audience_fake.unwrap();
        let dataset = with_status(before, "untouched", status);
        let audit = audit(&dataset);
        let score = creator(&dataset, &audit, "untouched");
        let fake = score.audience_fake.unwrap();
        assert_eq!((fake.share, fake.interval.low(), fake.interval.high()), (clean.share, clean.interval.low(), 1.0));
        assert_eq!((score.verdict, score.audience_inactive_share), (Verdict::Insufficient, None));
        assert!(score.score.unwrap().interval.low().abs() < 1e-9);
        let found: Vec<_> = audit.findings.iter().filter(|finding| finding.creator == score.id).collect();
        assert_eq!(
            found.iter().map(|finding| (finding.signal, finding.severity)).collect::<Vec<_>>(),
            [(signal, Severity::Notice)]
        );
    }
}

#[test]
fn nothing_is_carried_over_from_a_sample_too_small() {
    let mut dataset = dataset(Sampling::Random, false);
    let id = AccountIdOf(&dataset).named("tiny");
    dataset.accounts.followers.set(id.index(), 10_000);
    let audit = audit(&dataset);
    let score = creator(&dataset, &audit, "tiny");
    assert_eq!((score.followers, score.authentic_followers), (Some(10_000), None));
    let why = |what: &str| score.not_measured.iter().find(|missing| missing.what == what).unwrap().why;
    assert!(why("authentic_followers").contains("fewer than 50"));
    assert!(why("engagement_sample_count").contains("table engagements"));
}

#[test]
fn what_happened_after_the_capture_is_said() {
    let mut dataset = dataset(Sampling::Random, false);
    let captured = dataset.captured_at().unwrap().ms();
    for (i, id) in (0..7).map(|i| (i, AccountIdOf(&dataset).named(&format!("g-inflated-{i}")))).collect::<Vec<_>>() {
        let column = if i < 3 { &mut dataset.accounts.created_at } else { &mut dataset.accounts.last_active_at };
        column.set(id.index(), captured + i64::from(i != 6));
    }
    let said = "6 accounts created or active after captured_at, which cannot be; check dataset.toml";
    assert!(audit(&dataset).warnings.iter().any(|warning| warning == said));
}

#[test]
fn more_listed_than_counted_is_found_and_nothing_is_carried_over() {
    let mut dataset = dataset(Sampling::Random, false);
    let id = AccountIdOf(&dataset).named("inflated");
    dataset.accounts.followers.set(id.index(), 209);
    let audit = audit(&dataset);
    let score = creator(&dataset, &audit, "inflated");
    assert_eq!((score.followers, score.tier, score.authentic_followers), (Some(209), Some(Tier::of(209)), None));
    let missing = score.not_measured.iter().find(|missing| missing.what == "authentic_followers").unwrap();
    assert!(missing.why.contains("more followers are listed"));
    let found = audit.findings.iter().find(|finding| finding.signal == "audience.listed_more_than_counted").unwrap();
    assert_eq!((found.creator, found.value, found.severity), (id, Some(210.0 / 209.0), Severity::Notice));
    assert!(audit.warnings.iter().any(|warning| warning.starts_with("1 list with more followers")));
}

#[test]
fn a_complete_list_that_is_short_is_of_unknown_sampling() {
    let mut dataset = dataset(Sampling::Complete, false);
    let id = AccountIdOf(&dataset).named("inflated");
    let mut with = |followers: u64| {
        dataset.accounts.followers.set(id.index(), followers);
        let audit = audit(&dataset);
        (creator(&dataset, &audit, "inflated").clone(), audit.warnings)
    };
    // Listed are 210, which is 90 % of 233.3.
    let ((whole, _), (short, warnings)) = (with(233), with(234));
    assert_eq!((whole.sampling, whole.is_list_short), (Sampling::Complete, false));
    assert_eq!((short.sampling, short.is_list_short), (Sampling::Unknown, true));
    assert!(short.audience_fake.unwrap().interval.width() > whole.audience_fake.unwrap().interval.width());
    assert!(short.verdict_reason.contains("holds 210 of 234 followers"), "{}", short.verdict_reason);
    assert!(warnings.iter().any(|warning| warning.contains("but 1 list with less than 90 %")), "{warnings:?}");
}

#[test]
fn a_creator_without_a_profile_is_no_account_without_one() {
    let dataset = dataset(Sampling::Random, false);
    // 40 followers have none; of the creators only one has, and the other three do not count.
    let said: Vec<String> =
        audit(&dataset).warnings.into_iter().filter(|warning| warning.contains("without a profile")).collect();
    let all: usize = trial::AUDIENCES.iter().map(|(_, fake, genuine, bare)| fake + genuine + bare).sum();
    assert_eq!(said, [format!("40 of {} accounts without a profile: not scored, and not taken for real", all + 1)]);
}

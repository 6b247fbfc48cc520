//! A small synthetic dataset with an audit, for the tests of the renderers. No number in it means anything.

use crate::audit::Audit;
use crate::domain::{
    AccountClass, AccountId, CoordinatedGroup, Dataset, DatasetBuilder, Finding, GroupKind, GroupMember, GroupTarget, Interval,
    Manifest, Probability, Sampling, Severity, ShareEstimate, Table, Tier, Timestamp, Verdict, WeighedCause,
};
use crate::model::{
    AccountPredictions, CREATOR_INPUTS, CreatorBlock, CreatorPrediction, CreatorRates, Explanation, MeasuredAccuracy, Reason,
};
use crate::report::creator::{CreatorReport, Market, Provenance, ReportSource};
use crate::scoring::{
    AccountScores, AutomatedScores, BlockExplanation, ClassShare, CreatorExplanation, CreatorJudgement, CreatorScore, Estimate,
    NotMeasured, VerdictChange,
};
use crate::signals::{CommentMeasures, Signal, SignalTable, Trend};
use crate::sketch::CreatorSketch;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use ndarray::Array2;
use std::sync::Arc;

/// Texts that the tests replace by hostile ones.
#[derive(Debug)]
pub struct Names {
    /// Handle of the creator that is reported on.
    pub handle: String,
    /// Its display name.
    pub display_name: String,
    /// Its topic.
    pub category: String,
    /// Prefix of the followers' handles.
    pub follower: String,
    /// Prefix of the followers' ids.
    pub account: String,
    /// A warning about the data.
    pub warning: String,
}

impl Default for Names {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            handle: text("lena.bakes"),
            display_name: text("Lena Bakes 🥐"),
            category: text("food & drink"),
            follower: text("fan"),
            account: text("acc"),
            warning: text("follows: 3 rows name an account that the table accounts does not list"),
        }
    }
}

const N_CREATORS: usize = 5;
const N_FOLLOWERS: usize = 240;
const START_MS: i64 = 1_704_067_200_000;

static SIGNALS: [Signal; 4] = [
    signal("audience.following_ratio", "accounts followed per follower", "accounts per follower", Trend::Increasing),
    signal("audience.avatar", "own picture", "yes (1) or no (0)", Trend::Decreasing),
    signal("audience.handle_digits", "share of digits in the handle", "share", Trend::Increasing),
    signal("audience.posts", "posts", "posts", Trend::Decreasing),
];

const fn signal(id: &'static str, name: &'static str, unit: &'static str, trend: Trend) -> Signal {
    Signal {
        id,
        name,
        unit,
        meaning: "Sold followers give and do not receive.",
        measured: "a formula over columns",
        missing: "a column is missing",
        benign_causes: &["a new account", "a person who only reads"],
        source: "a paper",
        trend,
        band: None,
    }
}

/// The dataset and its audit.
pub struct Fixture {
    /// The data.
    pub dataset: Dataset,
    /// What is said of them.
    pub audit: Audit,
    /// What it was made with.
    pub provenance: Provenance,
}

impl Fixture {
    /// With the given texts.
    pub fn new(names: &Names) -> Self {
        let dataset = dataset(names);
        let audit = audit(&dataset);
        let provenance = Provenance {
            tool_version: "0.1.0".into(),
            model_name: "account-profile 1".into(),
            model_sha256: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".into(),
            dataset_fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            seed: 7,
            suspicious_threshold: 0.71,
            measured: Some(MeasuredAccuracy {
                precision: 0.61,
                recall: 0.54,
                coverage_without_fakes: 0.25,
                accused_without_biography: 0.2,
                accused_with_biography: 0.02,
            }),
        };
        Self { dataset, audit, provenance }
    }

    /// The report of the first creator.
    pub fn report(&self) -> CreatorReport {
        let explain = |id: AccountId| Some(explanation(&self.dataset, id));
        let source = ReportSource {
            dataset: &self.dataset,
            audit: &self.audit,
            provenance: &self.provenance,
            market: &Market { countries: vec!["at".into(), "de".into()], languages: Vec::new() },
            explain: &explain,
        };
        CreatorReport::assemble(&source, self.dataset.creators[0].id).unwrap()
    }
}

/// A number in 0..1 that looks random and is always the same.
fn chance(index: usize, stream: u64) -> f64 {
    let mut state = (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03);
    state = (state ^ (state >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state ^ (state >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn texts(values: impl Iterator<Item = String>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

fn counts(values: impl Iterator<Item = u64>) -> ArrayRef {
    Arc::new(UInt64Array::from_iter_values(values))
}

fn times(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(TimestampMillisecondArray::from_iter_values(values).with_timezone("UTC"))
}

fn push<const N: usize>(builder: &mut DatasetBuilder, table: Table, columns: [(&str, ArrayRef); N]) {
    assert!(columns.iter().all(|(_, column)| column.len() == columns[0].1.len()));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let summary = builder.summary_mut(table);
    summary.columns =
        batch.schema().fields().iter().filter_map(|f| table.column_index(f.name())).map(|i| table.columns()[i].name).collect();
    builder.push(table, &batch);
}

fn creator_name(index: usize) -> String {
    format!("1784140000000{index:04}")
}

fn country(names: &Names, follower: usize) -> Option<String> {
    match chance(follower, 9) {
        part if part < 0.4 => Some("AT".to_owned()),
        part if part < 0.6 => Some("de".to_owned()),
        part if part < 0.7 => Some(names.category.clone()),
        _ => None,
    }
}

fn dataset(names: &Names) -> Dataset {
    let manifest = Manifest {
        follows_sampling: Sampling::Random,
        captured_at: Timestamp::from_ms(START_MS + 180 * 86_400_000),
        ..Manifest::default()
    };
    let mut builder = DatasetBuilder::new(manifest);
    let all = || 0..N_CREATORS;
    push(
        &mut builder,
        Table::Creators,
        [
            ("creator_id", texts(all().map(creator_name))),
            ("platform", texts(all().map(|_| "instagram".into()))),
            ("category", texts(all().map(|_| names.category.clone()))),
            ("country", texts(all().map(|_| "AT".into()))),
        ],
    );
    let followers = || 0..N_FOLLOWERS;
    let handles = all().map(|index| if index == 0 { names.handle.clone() } else { format!("creator_{index}") });
    let shown = all().map(|index| if index == 0 { names.display_name.clone() } else { String::new() });
    push(
        &mut builder,
        Table::Accounts,
        [
            ("account_id", texts(all().map(creator_name).chain(followers().map(|i| format!("{}{i:05}", names.account))))),
            ("handle", texts(handles.chain(followers().map(|i| format!("{}{i}", names.follower))))),
            ("display_name", texts(shown.chain(followers().map(|i| format!("Name {i}"))))),
            ("country", Arc::new(StringArray::from_iter(all().map(|_| None).chain(followers().map(|i| country(names, i)))))),
            (
                "followers",
                counts(all().map(|i| 12_400 + 9_000 * i as u64).chain(followers().map(|i| (400.0 * chance(i, 1)) as u64))),
            ),
        ],
    );
    let arrival =
        |i: usize| if i.is_multiple_of(3) { 100 * 86_400_000 + (i as i64) * 60_000 } else { (chance(i, 2) * 1.5e10) as i64 };
    // What the members of the group do beside following the first creator.
    let grouped = || (1..3).flat_map(|creator| (0..N_GROUPED).map(move |member| (creator, member)));
    push(
        &mut builder,
        Table::Follows,
        [
            ("follower_id", texts(followers().chain(grouped().map(|(_, i)| i)).map(|i| format!("{}{i:05}", names.account)))),
            (
                "followed_id",
                texts(followers().map(|_| creator_name(0)).chain(grouped().map(|(creator, _)| creator_name(creator)))),
            ),
            (
                "followed_at",
                times(followers().map(|i| START_MS + arrival(i)).chain(grouped().map(|(creator, i)| grouped_at_ms(creator, i)))),
            ),
        ],
    );
    posts_and_history(&mut builder);
    let mut dataset = builder.finish();
    dataset.warnings.push(names.warning.clone());
    dataset
}

fn posts_and_history(builder: &mut DatasetBuilder) {
    let posts = || 0..18_usize;
    push(
        builder,
        Table::Posts,
        [
            ("post_id", texts(posts().map(|i| format!("post{i:02}")))),
            ("creator_id", texts(posts().map(|_| creator_name(0)))),
            ("published_at", times(posts().map(|i| START_MS + i as i64 * 9 * 86_400_000))),
            ("likes", counts(posts().map(|i| 300 + (500.0 * chance(i, 3)) as u64))),
            ("comments", counts(posts().map(|i| 5 + (40.0 * chance(i, 4)) as u64))),
            ("is_sponsored", Arc::new(arrow_array::BooleanArray::from_iter(posts().map(|i| Some(i % 6 == 5))))),
        ],
    );
    let weeks = || 0..26_u64;
    push(
        builder,
        Table::AudienceHistory,
        [
            ("creator_id", texts(weeks().map(|_| creator_name(0)))),
            ("at", times(weeks().map(|i| START_MS + i as i64 * 7 * 86_400_000))),
            ("followers", counts(weeks().map(|i| 10_200 + 60 * i + if i > 14 { 900 } else { 0 }))),
        ],
    );
}

fn log_odds(index: usize) -> f64 {
    let draw = chance(index, 5);
    if draw > 0.86 { 1.2 + 6.0 * chance(index, 6) } else { -4.2 + 3.6 * chance(index, 7) }
}

fn explanation(dataset: &Dataset, id: AccountId) -> Explanation {
    let _ = dataset;
    let total = log_odds(id.index()) + 1.1;
    Explanation { base_log_odds: -1.1, contributions: vec![0.5 * total, 0.3 * total, 0.3 * total, -0.1 * total] }
}

fn values(dataset: &Dataset) -> SignalTable {
    let row = |i: usize, j: usize| match j {
        0 => 1.0 + 80.0 * chance(i, 8),
        1 => {
            if chance(i, 9) > 0.5 {
                1.0
            } else {
                0.0
            }
        }
        2 => 0.6 * chance(i, 10),
        _ => (30.0 * chance(i, 11)).floor(),
    };
    SignalTable::new(SIGNALS.iter().collect(), Array2::from_shape_fn((dataset.n_accounts(), 4), |(i, j)| row(i, j)))
}

fn accounts(dataset: &Dataset) -> AccountScores {
    let all: Vec<usize> = (0..dataset.n_accounts()).collect();
    let p_fake: Vec<f64> = all.iter().map(|&i| Probability::from_log_odds(log_odds(i)).get()).collect();
    let reasons = |i: usize| {
        let parts = explanation(dataset, AccountId(i as u32)).contributions;
        [0, 1, 2].map(|column| Some(Reason { signal: column, log_odds: parts[usize::from(column)] as f32 }))
    };
    let predictions = AccountPredictions {
        log_odds: all.iter().map(|&i| log_odds(i)).collect(),
        log_odds_low: all.iter().map(|&i| log_odds(i) - 0.8).collect(),
        log_odds_high: all.iter().map(|&i| log_odds(i) + 0.8).collect(),
        decisions: all.iter().map(|&i| log_odds(i) + 1.1).collect(),
        is_abstained: all.iter().map(|i| i.is_multiple_of(17)).collect(),
        measured_count: all.iter().map(|i| if i % 40 == 39 { 0 } else { 4 }).collect(),
        reasons: all.iter().map(|&i| reasons(i)).collect(),
    };
    let class = |&p: &f64| if p >= 0.71 { AccountClass::Suspicious } else { AccountClass::Real };
    let mut class: Vec<AccountClass> = p_fake.iter().map(class).collect();
    for index in (0..class.len()).step_by(9) {
        class[index] = AccountClass::MassFollower;
    }
    AccountScores { predictions, p_fake_profile: p_fake.clone(), p_fake, class, ..AccountScores::default() }
}

fn classes(dataset: &Dataset, accounts: &AccountScores) -> Vec<ClassShare> {
    let order = [AccountClass::MassFollower, AccountClass::Influencer, AccountClass::Suspicious, AccountClass::Real];
    let followers = || dataset.follows.follower.iter().filter(|id| accounts.is_measured(**id));
    let share = |class| {
        let count = followers().filter(|id| accounts.class[id.index()] == class).count();
        let value = count as f64 / followers().count() as f64;
        let interval = Interval::new((value - 0.04).max(0.0), (value + 0.04).min(1.0)).unwrap();
        ClassShare { class, count: count as u64, share: Estimate { value, interval } }
    };
    order.into_iter().map(share).collect()
}

fn score(dataset: &Dataset, accounts: &AccountScores, index: usize) -> CreatorScore {
    let fake = 0.05 + 0.045 * index as f64 * (1.0 + chance(index, 12));
    let fake = if index == 0 { 0.143 } else { fake };
    let interval = Interval::new((fake - 0.035_f64).max(0.0), fake + 0.04).unwrap();
    let followers = 12_400 + 9_000 * index as u64;
    let scaled = |factor: f64| Interval::new(factor * (1.0 - interval.high()), factor * (1.0 - interval.low())).unwrap();
    CreatorScore {
        followers: Some(followers),
        tier: Some(Tier::of(followers)),
        score: Some(Estimate { value: 100.0 * (1.0 - fake), interval: scaled(100.0) }),
        verdict: Verdict::Review,
        verdict_reason:
            "The share is higher than that of most creators of this size, but its interval reaches what untouched creators carry."
                .into(),
        audience_fake: Some(ShareEstimate { share: fake, interval, sample_count: 234 }),
        audience_inactive_share: Some(0.08),
        authentic_followers: Some(Estimate { value: followers as f64 * (1.0 - fake), interval: scaled(followers as f64) }),
        engagement_rate: Some(0.0423),
        minimum_detectable_share: Some(0.06),
        p_fake: (index == 0).then(|| judgement().p_fake()),
        judgement: (index == 0).then(judgement),
        explanation: (index == 0).then(explained),
        classes: if index == 0 { classes(dataset, accounts) } else { vec![] },
        audience_listed_count: 240,
        sampling: Sampling::Random,
        audience_measured_count: 234,
        audience_abstained_count: 14,
        not_measured: vec![
            NotMeasured {
                what: "engagement_fake_share",
                why: "it needs at least 20 accounts with a profile (table accounts) that liked or commented",
            },
            NotMeasured {
                what: "coordinated_followers_count",
                why: "it needs followers of three creators or more with the times at which they followed (followed_at)",
            },
        ],
        ..CreatorScore::unmeasured(dataset.creators[index].id)
    }
}

/// A judgement of followers' profiles and of a history.
fn judgement() -> CreatorJudgement {
    let contributions = vec![("audience.fake_share_low", 0.6), ("audience.fake_share", 0.5), ("growth.ordered_odds", 1.4)];
    let value = |id: &str| match id {
        "audience.fake_share_low" => Some(0.108),
        "audience.fake_share" => Some(0.143),
        "growth.ordered_odds" => Some(1.2),
        _ => None,
    };
    let rates = CreatorRates { prior: 0.2, false_fail_rate: 0.01, false_pass_rate: 0.1, strong: 0.25, least_probability: 0.002 };
    CreatorJudgement {
        values: CREATOR_INPUTS.iter().map(|input| value(input.id)).collect(),
        prediction: CreatorPrediction {
            blocks: vec![CreatorBlock::Audience, CreatorBlock::Growth],
            log_odds: 0.7,
            base: -1.8,
            contributions,
            shift_sd: 1.1,
            untouched_median: -2.9,
            fail_from: Some(0.8),
            pass_below: Some(0.05),
            found_share: Some(0.8),
            rates,
        },
        unlike: Vec::new(),
        anchor_shift: 0.3,
        if_sent: None,
    }
}

fn explained() -> CreatorExplanation {
    let p = |p: f64| Probability::new(p).unwrap();
    let block = |block, log_odds, p_without| BlockExplanation {
        block,
        log_odds,
        p_without: p(p_without),
        verdict_without: Verdict::Review,
    };
    let changes = vec![
        VerdictChange::Signs {
            signal: "audience.fake_share",
            value: 0.143,
            needed: 0.223,
            others_count: 1,
            verdict: Verdict::Fail,
        },
        VerdictChange::Measured {
            block: CreatorBlock::Coordination,
            p: [p(0.31), p(0.97)],
            verdicts: [Verdict::Review, Verdict::Fail],
            interval: Interval::new(0.06, 0.78).unwrap(),
        },
    ];
    let blocks = vec![block(CreatorBlock::Audience, 1.1, 0.35), block(CreatorBlock::Growth, 1.4, 0.25)];
    CreatorExplanation { blocks, changes }
}

const N_GROUPED: usize = 12;

/// When a member of the group follows a creator.
fn grouped_at_ms(creator: usize, member: usize) -> i64 {
    1_717_200_000_000 + 86_400_000 * creator as i64 + 600_000 * member as i64
}

/// Twelve followers of the first creator that act on three creators within hours each.
fn group(dataset: &Dataset) -> CoordinatedGroup {
    let at = |creator: usize, member: usize| Timestamp::from_ms(grouped_at_ms(creator, member));
    let members = dataset.follows.follower.iter().take(N_GROUPED).enumerate().map(|(member, &account)| GroupMember {
        account,
        first_at: at(0, member),
        last_at: at(2, member),
        actions_count: 3,
        actions: (0..3).map(|creator| (creator as u32, at(creator, member))).collect(),
    });
    let target = |creator: usize| GroupTarget {
        creator: dataset.creators[creator].id,
        members_count: 12,
        first_at: at(creator, 0),
        last_at: at(creator, 11),
    };
    CoordinatedGroup {
        id: "g1".into(),
        kind: GroupKind::FollowLockstep,
        members: members.collect(),
        targets: (0..3).map(target).collect(),
        density: 1.0,
        log10_p: -21.4,
        purity: Some(0.9),
        batch: None,
    }
}

fn audit(dataset: &Dataset) -> Audit {
    let mut accounts = accounts(dataset);
    let groups = vec![group(dataset)];
    accounts.note_groups(&groups);
    let finding = Finding {
        creator: dataset.creators[0].id,
        signal: "audience.fake_share",
        severity: Severity::Warning,
        value: Some(0.143),
        expected: Interval::new(0.01, 0.09),
        window: None,
        statement: "An estimated 14.3 % of the audience is fake (90 % interval 10.8–18.3 %), against 1.0–9.0 % at untouched creators of this size.".into(),
        benign_causes: vec!["an old audience with many abandoned accounts", "a third party that sent followers"],
        weighed_causes: Vec::new(),
        evidence: vec!["acc00001".into(), "acc00007".into()],
    };
    let causes = [("accounts that somebody ordered", true, 1.0), ("a post that went viral", false, 4.0)];
    let gain = Finding {
        signal: "growth.gain",
        severity: Severity::Notice,
        value: Some(0.08),
        statement: "900 followers more than the weeks around lead one to expect came between 2024-04-08 and 2024-04-15 UTC."
            .into(),
        benign_causes: vec!["a viral post", "a giveaway"],
        weighed_causes: causes
            .map(|(phrase, is_ordered, odds_against)| WeighedCause { phrase, is_ordered, odds_against })
            .to_vec(),
        evidence: vec![],
        expected: None,
        ..finding.clone()
    };
    Audit {
        automated: AutomatedScores::default(),
        groups,
        captured_at: dataset.captured_at(),
        captured_at_is_stated: true,
        creators: (0..N_CREATORS).map(|index| score(dataset, &accounts, index)).collect(),
        account_signals: values(dataset),
        creator_signals: SignalTable::new(vec![], Array2::zeros((N_CREATORS, 0))),
        comments: vec![CommentMeasures::default(); N_CREATORS],
        sketches: vec![CreatorSketch::default(); N_CREATORS],
        accounts,
        findings: vec![finding, gain],
        warnings: vec![],
    }
}

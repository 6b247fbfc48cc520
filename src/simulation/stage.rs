//! The run of a simulation: some creators at a time from plan to rows, then the accounts that occurred.

use super::accounts::{AccountRow, account_row, creator_row};
use super::ahead::in_order;
use super::cast::{Actor, Cast};
use super::creators::{Plan, Story, assign_stories, followers_of, plan};
use super::engagements::{Engagement, draw_engagements};
use super::follows::{Audience, World, draw_audience};
use super::given::Given;
use super::history::{Point, points};
use super::market::Market;
use super::peers::{Origin, Peers};
use super::population::Population;
use super::rows;
use super::scenario::{FollowsSampling, SamplingPlan, Scenario};
use super::seed::{Stream, normal, stream};
use super::seen::Seen;
use super::testimony::{account_label, creator_label};
use super::truth::{CreatorTruth, Event, Order, Truth};
use crate::domain::{Label, LabelSubject, Manifest, Sampling, Table, Timestamp};
use crate::error::Result;
use arrow_array::{RecordBatch, StringArray};
use rand::RngExt;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Rows of follows and engagements that are made together.
const ROWS_AT_A_TIME: u64 = 65_536;
/// Creators of which rows are made together at most.
const CREATORS_AT_A_TIME: usize = 4_096;
/// Accounts whose rows are made together.
const ACCOUNTS_AT_A_TIME: usize = 16_384;

/// What a simulation gives back besides the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// What belongs into `dataset.toml`.
    pub manifest: Manifest,
    /// Every order, of creator after creator.
    pub orders: Vec<Order>,
    /// What happened to audiences without anybody ordering it, of creator after creator.
    pub events: Vec<Event>,
    /// What is true of each creator.
    pub creators: Vec<CreatorTruth>,
}

/// Receives the batches of a simulation, table by table mixed.
pub type Sink<'a> = &'a mut dyn FnMut(Table, RecordBatch) -> Result<()>;

/// Receives the truth, some creators at a time.
pub type TruthSink<'a> = &'a mut dyn FnMut(Truth) -> Result<()>;

/// What the export holds of one creator.
pub(super) struct Scene {
    pub plan: Plan,
    pub audience: Audience,
    pub engagements: Vec<Engagement>,
    pub history: Vec<Point>,
    /// Price of a sponsored post in dollars.
    pub price: Option<f64>,
}

/// What a creator's own profile shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    pub followers: u64,
    pub following: u64,
    pub posts: u64,
    pub last_post_s: Option<i64>,
}

/// The rows of some creators, ready to be handed over.
struct Part {
    batches: Vec<(Table, RecordBatch)>,
    truth: Truth,
    cards: Vec<Card>,
}

/// Simulates a scenario; the rows go to `sink` in batches, all batches of one table with the same columns.
///
/// A creator's label says whether anything was ordered for it, whoever ordered (one attacked by a third party is labelled fake
/// too; [`CreatorTruth::ordered`] and [`Order::ordered_by`] tell them apart). An account's label says whether it is in a
/// vendor's hands: made for a pool, or taken over.
///
/// # Errors
/// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an impossible scenario, else what `sink` returns.
///
/// # Cost
/// Time in proportion to rows and, with some 30 ns each, to all follows on the platform. Memory: some 2 bytes an organic
/// account, 20 bytes an exported account, 200 bytes a creator, and per thread the rows of 65 thousand follows or, if that is
/// more, of one creator; besides the truth that is given back.
///
/// # Examples
/// ```
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::simulation::{Scenario, simulate};
/// let scenario = Scenario::parse("creators = 5\naccounts = 2000\n[sampling]\nfollows_per_creator = 50")?;
/// let mut builder = DatasetBuilder::new(Manifest::default());
/// let simulated = simulate(&scenario, 7, &mut |table, batch| {
///     builder.push(table, &batch);
///     Ok(())
/// })?;
/// let dataset = builder.finish();
/// assert_eq!(dataset.creators.len(), 5);
/// assert_eq!(simulated.creators.len(), 5);
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn simulate(scenario: &Scenario, seed: u64, sink: Sink<'_>) -> Result<Simulated> {
    let (mut orders, mut events, mut creators) = (Vec::new(), Vec::new(), Vec::new());
    let manifest = simulate_with_truth(scenario, seed, sink, &mut |truth| {
        orders.extend(truth.orders);
        events.extend(truth.events);
        creators.extend(truth.creators);
        Ok(())
    })?;
    Ok(Simulated { manifest, orders, events, creators })
}

/// The same, with the whole truth streamed, so that memory does not grow with orders and their members.
///
/// # Errors
/// As [`simulate`].
///
/// # Cost
/// As [`simulate`].
pub fn simulate_with_truth(scenario: &Scenario, seed: u64, sink: Sink<'_>, truth_sink: TruthSink<'_>) -> Result<Manifest> {
    scenario.validate()?;
    let ground = Ground::new(scenario, seed)?;
    let world = ground.world(scenario, seed);
    let cast = Cast::new(scenario, seed);
    let seen = Seen::new(cast.len());
    let mut cards = Vec::with_capacity(ground.origins.len());
    let parts = parts_of(scenario);
    in_order(
        parts.len(),
        |part| perform(world, &cast, parts[part].clone(), &seen),
        |part| {
            let part = part?;
            cards.extend(part.cards);
            part.batches.into_iter().try_for_each(|(table, batch)| sink(table, batch))?;
            truth_sink(part.truth)
        },
    )?;
    emit_accounts(world, &cast, (&cards, &seen), sink)?;
    manifest(scenario, ground.captured_s)
}

/// What is drawn before any creator is planned.
struct Ground {
    captured_s: i64,
    population: Population,
    market: Market,
    stories: Vec<Story>,
    origins: Vec<Origin>,
    peers: Peers,
}

impl Ground {
    fn new(scenario: &Scenario, seed: u64) -> Result<Self> {
        let captured_s = scenario.captured_s()?;
        let mut population = Population::new(scenario, seed)?;
        let market = Market::open(scenario, (seed, captured_s))?;
        market.victims(scenario, (seed, captured_s)).for_each(|(index, at_s)| population.made_before(index, at_s));
        let stories = assign_stories(scenario, seed, &market.roles.of);
        let times = (seed, captured_s, population.opening_s());
        let roles = market.roles.of.par_iter().zip(0..scenario.creators);
        let origins: Vec<Origin> = roles.map(|(role, index)| Origin::draw(scenario, times, (index, role.is_some()))).collect();
        let peers = Peers::new(scenario, seed, &origins);
        Ok(Self { captured_s, population, market, stories, origins, peers })
    }

    fn world<'a>(&'a self, scenario: &'a Scenario, seed: u64) -> World<'a> {
        let Self { captured_s, population, market, stories, origins, peers } = self;
        World { scenario, seed, captured_s: *captured_s, population, market, stories, origins, peers }
    }
}

/// Runs a test in the world of a scenario.
#[cfg(test)]
pub(super) fn with_world(scenario: &Scenario, seed: u64, test: impl FnOnce(World<'_>)) {
    test(Ground::new(scenario, seed).unwrap().world(scenario, seed));
}

fn manifest(scenario: &Scenario, captured_s: i64) -> Result<Manifest> {
    Ok(Manifest {
        platform: Some(scenario.platform()?),
        captured_at: Timestamp::from_ms(captured_s * 1000),
        follows_sampling: scenario.sampling.follows.design(),
        engagements_sampling: Sampling::Random,
    })
}

/// Creators whose rows are made together; the cut does not depend on the number of threads.
fn parts_of(scenario: &Scenario) -> Vec<Range<u32>> {
    let sampling = &scenario.sampling;
    let per_post = sampling.likers_per_post.saturating_add(sampling.comments_per_post);
    let engagements = u64::from(sampling.posts_per_creator) * u64::from(per_post);
    let mut parts = Vec::new();
    let (mut start, mut rows) = (0, 0);
    for index in 0..scenario.creators {
        rows += sampling.follows_drawn(followers_of(scenario, index)) + engagements;
        if rows >= ROWS_AT_A_TIME || (index + 1 - start) as usize >= CREATORS_AT_A_TIME || index + 1 == scenario.creators {
            parts.push(start..index + 1);
            (start, rows) = (index + 1, 0);
        }
    }
    parts
}

fn perform(world: World<'_>, cast: &Cast, creators: Range<u32>, seen: &Seen) -> Result<Part> {
    let scenes: Vec<Scene> = creators.map(|index| stage(world, plan(world, index))).collect();
    for scene in &scenes {
        seen.add(cast.number(Actor::Creator(scene.plan.index)));
        scene.audience.follows.iter().for_each(|follow| seen.add(cast.number(follow.actor)));
        scene.engagements.iter().for_each(|engagement| seen.add(cast.number(engagement.actor)));
    }
    let mut truth = Truth::default();
    scenes.iter().try_for_each(|scene| truth.note(world, cast, scene))?;
    let cards = scenes.iter().map(|scene| Card::of(&scene.plan)).collect();
    Ok(Part { batches: batches(world, cast, &scenes), truth, cards })
}

fn stage(world: World<'_>, plan: Plan) -> Scene {
    let audience = draw_audience(world, &plan);
    let engagements = draw_engagements(world, &plan, &audience);
    let history = points(&world.scenario.sampling, &plan, &audience.presence);
    let price = price(world.seed, &plan);
    Scene { plan, audience, engagements, history, price }
}

/// Price of a sponsored post in dollars: ten for a thousand followers, give or take a third; unknown for a fifth. Assumption.
fn price(seed: u64, plan: &Plan) -> Option<f64> {
    let mut rng = stream(seed, Stream::Creator, (1 << 41) | u64::from(plan.index));
    let dollars = plan.followers() as f64 / 100.0 * (0.35 * normal(&mut rng)).exp();
    rng.random_bool(0.8).then(|| (dollars / 5.0).ceil() * 5.0)
}

fn batches(world: World<'_>, cast: &Cast, scenes: &[Scene]) -> Vec<(Table, RecordBatch)> {
    let platform = world.scenario.platform().map_or("", |platform| platform.word());
    let label = |scene: &Scene| (cast.account_id(Actor::Creator(scene.plan.index)), creator_label(&scene.plan));
    let labels: Vec<(u64, Label)> = scenes.iter().map(label).collect();
    vec![
        (Table::Creators, rows::creators(platform, cast, scenes)),
        (Table::Labels, rows::labels(LabelSubject::Creator, &labels)),
        (Table::Follows, rows::follows(cast, scenes, has_positions(&world.scenario.sampling))),
        (Table::Posts, rows::posts(cast, scenes)),
        (Table::Engagements, rows::engagements(cast, scenes)),
        (Table::AudienceHistory, rows::history(cast, scenes)),
    ]
}

/// Whether the export holds the platform's list from its top on, so that places in it are known.
fn has_positions(sampling: &SamplingPlan) -> bool {
    match sampling.follows {
        FollowsSampling::Complete | FollowsSampling::NewestFirst => true,
        FollowsSampling::Random => false,
    }
}

impl Card {
    fn of(plan: &Plan) -> Self {
        Self {
            followers: plan.followers(),
            following: plan.following_at(plan.captured_s),
            posts: plan.posts_at(plan.captured_s),
            last_post_s: plan.posts.last().map(|post| post.at_s),
        }
    }
}

/// The rows of some accounts, before their handles are made unique.
struct Accounts {
    handles: Vec<String>,
    rows: RecordBatch,
    labels: RecordBatch,
}

/// Accounts in the order of their ids, which says nothing of what they are; handles are made unique in that order.
fn emit_accounts(world: World<'_>, cast: &Cast, (cards, seen): (&[Card], &Seen), sink: Sink<'_>) -> Result<()> {
    let mut listed: Vec<u64> = seen.numbers().map(|number| cast.id(number)).collect();
    listed.par_sort_unstable();
    let mut given = Given::with_capacity(listed.len());
    let parts: Vec<&[u64]> = listed.chunks(ACCOUNTS_AT_A_TIME).collect();
    in_order(
        parts.len(),
        |part| accounts_of(world, cast, cards, parts[part]),
        |part| {
            let handles: Vec<String> = part.handles.into_iter().map(|handle| given.give(handle)).collect();
            sink(Table::Accounts, with_handles(&part.rows, &handles))?;
            sink(Table::Labels, part.labels)
        },
    )
}

fn accounts_of(world: World<'_>, cast: &Cast, cards: &[Card], ids: &[u64]) -> Accounts {
    let actors: Vec<Actor> = ids.iter().map(|&id| cast.actor(cast.number_of(id))).collect();
    let row = |(&id, &actor): (&u64, &Actor)| match actor {
        Actor::Creator(index) => creator_row(world, id, (index, cards[index as usize])),
        Actor::Organic(_) | Actor::Pool(..) => account_row(world, id, actor),
    };
    let mut profiles: Vec<AccountRow> = ids.iter().zip(&actors).map(row).collect();
    let rows = rows::accounts(&profiles);
    let handles = profiles.iter_mut().map(|profile| std::mem::take(&mut profile.handle)).collect();
    let labels: Vec<(u64, Label)> = ids.iter().zip(&actors).map(|(&id, &actor)| (id, account_label(world, actor))).collect();
    Accounts { handles, rows, labels: rows::labels(LabelSubject::Account, &labels) }
}

fn with_handles(rows: &RecordBatch, handles: &[String]) -> RecordBatch {
    let (place, _) = rows.schema_ref().column_with_name("handle").expect("accounts have handles");
    let mut columns = rows.columns().to_vec();
    columns[place] = Arc::new(StringArray::from_iter_values(handles));
    RecordBatch::try_new(rows.schema(), columns).expect("the new column has the type and length of the old one")
}

#[cfg(test)]
mod tests {
    use super::super::truth::OrderKind;
    use super::super::vendors::Vendor;
    use super::*;
    use crate::domain::{Dataset, DatasetBuilder, EngagementKind};
    use crate::error::{Error, ErrorKind};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, HashSet};

    fn small(more: &str) -> Scenario {
        let text = format!("creators = 12\naccounts = 4000\n{more}[sampling]\nfollows_per_creator = 150\n");
        let mut scenario = Scenario::parse(&text).unwrap();
        scenario.organic.followers_max = 20_000;
        scenario
    }

    fn batches(scenario: &Scenario, seed: u64, threads: usize) -> (Vec<(Table, RecordBatch)>, Simulated) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut batches = Vec::new();
            let simulated = simulate(scenario, seed, &mut |table, batch| {
                batches.push((table, batch));
                Ok(())
            });
            (batches, simulated.unwrap())
        })
    }

    fn world(scenario: &Scenario, seed: u64) -> (Dataset, Simulated) {
        let (batches, simulated) = batches(scenario, seed, 2);
        let mut builder = DatasetBuilder::new(simulated.manifest.clone());
        batches.iter().for_each(|(table, batch)| builder.push(*table, batch));
        (builder.finish(), simulated)
    }

    #[test]
    fn the_same_seed_gives_the_same_rows_on_one_and_two_threads_and_another_seed_others() {
        let one = batches(&small(""), 5, 1);
        assert_eq!(one, batches(&small(""), 5, 2));
        assert_ne!(one, batches(&small(""), 6, 2));
    }

    #[test]
    fn an_error_of_the_sink_ends_the_run() {
        let error = simulate(&small(""), 5, &mut |_, _| Err(Error::new(ErrorKind::AlreadyExists))).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::AlreadyExists));
    }

    #[test]
    fn ids_and_handles_are_unique_and_nothing_dangles() {
        let (dataset, _) = world(&small(""), 5);
        for (table, summary) in &dataset.summaries {
            assert_eq!((summary.merged, summary.replaced), (0, 0), "{table}");
        }
        assert_eq!(dataset.warnings, Vec::<String>::new());
        let handles: Vec<&str> = (0..dataset.n_accounts()).filter_map(|slot| dataset.accounts.handle.get(slot)).collect();
        assert_eq!(handles.len(), dataset.n_accounts(), "every account that occurs has a row");
        assert_eq!(handles.iter().collect::<HashSet<_>>().len(), handles.len());
    }

    #[test]
    fn nothing_happens_before_an_account_exists_or_after_the_capture() {
        let (dataset, _) = world(&small(""), 5);
        let captured = dataset.manifest.captured_at.unwrap().ms();
        let created = |slot: usize| dataset.accounts.created_at.get(slot).unwrap_or(0);
        for (slot, follower) in dataset.follows.follower.iter().enumerate() {
            let Some(at) = dataset.follows.followed_at.get(slot) else { continue };
            assert!(created(follower.index()) <= at && at <= captured);
            assert!(created(dataset.follows.followed[slot].index()) <= at);
        }
        for (slot, actor) in dataset.engagements.actor.iter().enumerate() {
            let at = dataset.engagements.at.get(slot).unwrap();
            assert!(created(actor.index()) <= at && at <= captured);
        }
        for slot in 0..dataset.n_accounts() {
            let last = dataset.accounts.last_active_at.get(slot).unwrap_or(captured);
            assert!(created(slot) <= last && last <= captured);
        }
    }

    #[test]
    fn the_truth_agrees_with_the_tables() {
        let (dataset, simulated) = world(&small("[orders]\ninflated_share = 0.4\nlikes_share = 1.0\n"), 8);
        let fake: HashSet<usize> = dataset
            .labels
            .iter()
            .filter(|row| row.subject == LabelSubject::Account && row.label == Label::Fake)
            .map(|row| row.id.index())
            .collect();
        let mut fakes: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (follower, followed) in dataset.follows.follower.iter().zip(&dataset.follows.followed) {
            let (all, pool) = fakes.entry(dataset.ids.name(followed.0)).or_default();
            *all += 1;
            *pool += u64::from(fake.contains(&follower.index()));
        }
        for creator in &simulated.creators {
            assert_eq!(fakes[creator.creator_id.as_str()], (creator.follows_in_export, creator.fakes_in_export));
        }
        let inflated: HashSet<&str> = simulated.orders.iter().map(|order| order.creator_id.as_str()).collect();
        let labelled: HashSet<&str> = dataset
            .labels
            .iter()
            .filter(|row| row.subject == LabelSubject::Creator && row.label == Label::Fake)
            .map(|row| dataset.ids.name(row.id.0))
            .collect();
        assert_eq!(inflated, labelled);
        assert!(simulated.orders.iter().any(|order| order.kind == OrderKind::Likes && order.in_export > 0));
    }

    #[test]
    fn a_complete_export_holds_every_follower_and_every_order_within_its_window() {
        let scenario = Scenario::parse(
            "creators = 6\naccounts = 20000\n[organic]\nfollowers_min = 1500\nfollowers_max = 4000\n[orders]\ninflated_share = 0.5\n\
             [sampling]\nfollows_per_creator = 5000\nuntimed_share = 0.0\n",
        )
        .unwrap();
        let (dataset, simulated) = world(&scenario, 3);
        for creator in &simulated.creators {
            assert_eq!(creator.follows_in_export, creator.followers);
        }
        let orders = simulated.orders.iter().filter(|order| order.kind == OrderKind::Followers);
        for order in orders {
            assert_eq!(order.in_export, order.kept);
            let window = order.window_start.ms()..=order.window_end.ms();
            let within = (0..dataset.follows.follower.len())
                .filter(|&slot| dataset.ids.name(dataset.follows.followed[slot].0) == order.creator_id)
                .filter(|&slot| window.contains(&dataset.follows.followed_at.get(slot).unwrap()))
                .count() as u64;
            assert!(within >= order.kept, "{within} of {}", order.kept);
        }
        for point in &dataset.history {
            let followers = simulated.creators.iter().find(|truth| truth.creator_id == dataset.ids.name(point.creator.0));
            if Some(point.at) == dataset.manifest.captured_at {
                assert_eq!(point.followers, followers.unwrap().followers);
            }
        }
    }

    #[test]
    fn a_burst_of_likes_keeps_its_window() {
        let (dataset, simulated) = world(&small("[orders]\nlikes_share = 1.0\n"), 5);
        for order in simulated.orders.iter().filter(|order| order.kind == OrderKind::Likes) {
            let post = order.post_id.as_deref().unwrap();
            let drawn = (0..dataset.engagements.actor.len())
                .filter(|&slot| dataset.engagements.post_ids.name(dataset.engagements.post[slot]) == post)
                .filter(|&slot| dataset.engagements.kind[slot] == EngagementKind::Like)
                .filter(|&slot| {
                    let at = dataset.engagements.at.get(slot).unwrap();
                    (order.window_start.ms()..=order.window_end.ms()).contains(&at)
                })
                .count() as u64;
            assert!(drawn >= order.in_export);
        }
    }

    #[test]
    fn a_world_without_vendors_posts_or_history_is_a_world() {
        let (dataset, simulated) = world(
            &Scenario::parse(
                "creators = 1\naccounts = 400\nvendors = []\npools = []\n[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\n[incidents]\nviral_share = 1.0\n\
                 [sampling]\nfollows_per_creator = 100\nposts_per_creator = 0\nhistory_weeks = 0\n",
            )
            .unwrap(),
            1,
        );
        assert_eq!((dataset.creators.len(), dataset.posts.ids.len(), simulated.orders.len()), (1, 0, 0));
        assert!(dataset.labels.iter().all(|row| row.label == Label::Genuine));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_valid_scenario_never_panics(
            (creators, seed) in (1u32..9, any::<u64>()),
            shares in prop::array::uniform4(0.0..=1.0f64),
            (sampled, posts, likers) in (1u32..80, 0u32..6, 0u32..6),
            (least, spread, pool) in (1u32..3_000, 0u32..3_000, 1u32..40_000),
            sds in prop::array::uniform3(0.0..3.0f64),
        ) {
            let mut scenario = Scenario { creators, accounts: 400, ..Scenario::default() };
            let (incidents, orders) = (&mut scenario.incidents, &mut scenario.orders);
            [orders.inflated_share, orders.attacked_share, incidents.viral_share, incidents.giveaway_share] = shares;
            [scenario.organic.activity_sd, scenario.organic.engagement_sd, scenario.organic.post_sd] = sds;
            (scenario.organic.followers_min, scenario.organic.followers_max) = (300, 6_000);
            scenario.sampling.follows_per_creator = sampled;
            (scenario.sampling.posts_per_creator, scenario.sampling.likers_per_post) = (posts, likers);
            scenario.pools[0].accounts = pool;
            if let Vendor::Bulk(vendor) = &mut scenario.vendors[0] {
                vendor.order = [least, least + spread];
            }
            match simulate(&scenario, seed, &mut |_, _| Ok(())) {
                Ok(simulated) => prop_assert_eq!(simulated.creators.len(), creators as usize),
                Err(error) => prop_assert!(matches!(error.kind(), ErrorKind::InvalidArgument { .. }), "{}", error),
            }
        }
    }
}

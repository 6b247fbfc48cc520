//! The run of a simulation: plans, then creator by creator, then the accounts that occurred.

use super::accounts::{AccountRow, account_row, creator_row};
use super::cast::{Actor, Cast};
use super::creators::{Plan, assign_stories, plan};
use super::engagements::{Engagement, draw_engagements};
use super::follows::{Audience, World, draw_audience};
use super::handles::make_unique;
use super::history::weekly;
use super::market::Market;
use super::population::Population;
use super::rows;
use super::scenario::Scenario;
use super::seed::{Stream, normal, stream};
use super::truth::{CreatorTruth, Order, Truth, account_label, creator_label};
use crate::domain::{Label, LabelSubject, Manifest, Sampling, Table, Timestamp};
use crate::error::Result;
use arrow_array::RecordBatch;
use fixedbitset::FixedBitSet;
use rand::RngExt;
use rayon::prelude::*;
use std::collections::HashSet;
use std::hash::BuildHasher;

/// Creators whose rows are held at a time.
const CREATORS_AT_A_TIME: usize = 16;
/// Accounts whose rows are held at a time.
const ACCOUNTS_AT_A_TIME: usize = 8_192;

/// What a simulation gives back besides the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// What belongs into `dataset.toml`.
    pub manifest: Manifest,
    /// Every order, of creator after creator.
    pub orders: Vec<Order>,
    /// What is true of each creator.
    pub creators: Vec<CreatorTruth>,
}

/// Receives the batches of a simulation, table by table mixed.
pub type Sink<'a> = &'a mut dyn FnMut(Table, RecordBatch) -> Result<()>;

/// Receives the truth, some creators at a time.
pub type TruthSink<'a> = &'a mut dyn FnMut(Truth) -> Result<()>;

/// The rows of one creator.
pub(super) struct Scene {
    pub plan: Plan,
    pub audience: Audience,
    pub engagements: Vec<Engagement>,
    pub history: Vec<(i64, u64)>,
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
/// Time in proportion to rows. Memory: about 32 bytes an organic account, 16 bytes an exported account, the plans of the
/// creators and the rows of sixteen creators.
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
    let (mut orders, mut creators) = (Vec::new(), Vec::new());
    let manifest = simulate_with_truth(scenario, seed, sink, &mut |truth| {
        orders.extend(truth.orders);
        creators.extend(truth.creators);
        Ok(())
    })?;
    Ok(Simulated { manifest, orders, creators })
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
    let captured_s = scenario.captured_s()?;
    let population = Population::new(scenario, seed)?;
    let market = Market::open(scenario, (seed, captured_s))?;
    let cast = Cast::new(scenario, seed);
    let stories = assign_stories(scenario, seed, &market.roles.of);
    let plans: Vec<Plan> = (0..scenario.creators)
        .into_par_iter()
        .zip(stories)
        .map(|creator| plan(scenario, (seed, captured_s), &market, creator))
        .collect();
    let world = World { scenario, seed, captured_s, population: &population, market: &market };
    emit_creators(world, &cast, &plans, sink)?;
    let mut seen = FixedBitSet::with_capacity(cast.len() as usize);
    for some in plans.chunks(CREATORS_AT_A_TIME) {
        let scenes: Vec<Scene> = some.par_iter().map(|plan| perform(world, plan)).collect();
        let mut truth = Truth::default();
        for scene in &scenes {
            emit_scene(&cast, scene, &mut seen, sink)?;
            truth.note(world, &cast, scene)?;
        }
        truth_sink(truth)?;
    }
    emit_accounts(world, &cast, (&plans, &seen), sink)?;
    manifest(scenario, captured_s)
}

fn manifest(scenario: &Scenario, captured_s: i64) -> Result<Manifest> {
    Ok(Manifest {
        platform: Some(scenario.platform()?),
        captured_at: Timestamp::from_ms(captured_s * 1000),
        follows_sampling: Sampling::Random,
        engagements_sampling: Sampling::Random,
    })
}

fn perform(world: World<'_>, plan: &Plan) -> Scene {
    let audience = draw_audience(world, plan);
    let engagements = draw_engagements(world, plan, &audience);
    let history = weekly(world.scenario, (world.seed, world.captured_s), plan);
    Scene { plan: plan.clone(), audience, engagements, history }
}

fn emit_creators(world: World<'_>, cast: &Cast, plans: &[Plan], sink: Sink<'_>) -> Result<()> {
    let platform = world.scenario.platform()?.word();
    for some in plans.chunks(ACCOUNTS_AT_A_TIME) {
        let prices: Vec<Option<f64>> = some.iter().map(|plan| price(world.seed, plan)).collect();
        sink(Table::Creators, rows::creators(platform, cast, some, &prices))?;
        let labels: Vec<(u64, Label)> =
            some.iter().map(|plan| (cast.account_id(Actor::Creator(plan.index)), creator_label(plan))).collect();
        sink(Table::Labels, rows::labels(LabelSubject::Creator, &labels))?;
    }
    Ok(())
}

/// Price of a sponsored post in dollars: ten for a thousand followers, give or take a third; unknown for a fifth. Assumption.
fn price(seed: u64, plan: &Plan) -> Option<f64> {
    let mut rng = stream(seed, Stream::Creator, (1 << 41) | u64::from(plan.index));
    let dollars = plan.followers() as f64 / 100.0 * (0.35 * normal(&mut rng)).exp();
    rng.random_bool(0.8).then(|| (dollars / 5.0).ceil() * 5.0)
}

fn emit_scene(cast: &Cast, scene: &Scene, seen: &mut FixedBitSet, sink: Sink<'_>) -> Result<()> {
    let follows = scene.audience.follows.iter().map(|follow| follow.actor);
    let actors = follows.chain(scene.engagements.iter().map(|engagement| engagement.actor));
    actors.for_each(|actor| seen.insert(cast.number(actor) as usize));
    sink(Table::Follows, rows::follows(cast, &scene.plan, &scene.audience))?;
    sink(Table::Posts, rows::posts(cast, &scene.plan))?;
    sink(Table::Engagements, rows::engagements(cast, &scene.plan, &scene.engagements))?;
    sink(Table::AudienceHistory, rows::history(cast, &scene.plan, &scene.history))
}

/// Accounts in the order of their ids, which says nothing of what they are; handles are made unique in that order.
fn emit_accounts(world: World<'_>, cast: &Cast, (plans, seen): (&[Plan], &FixedBitSet), sink: Sink<'_>) -> Result<()> {
    let creators = plans.iter().map(|plan| Actor::Creator(plan.index));
    let mut listed: Vec<(u64, Actor)> = creators
        .chain(seen.ones().map(|number| cast.actor(number as u64)))
        .map(|actor| (cast.account_id(actor), actor))
        .collect();
    listed.par_sort_unstable();
    let hasher = foldhash::fast::FixedState::default();
    let mut taken = HashSet::new();
    for some in listed.chunks(ACCOUNTS_AT_A_TIME) {
        let mut rows: Vec<AccountRow> = some
            .par_iter()
            .map(|&(id, actor)| match actor {
                Actor::Creator(index) => creator_row(world, id, &plans[index as usize]),
                Actor::Organic(_) | Actor::Pool(..) => account_row(world, id, actor),
            })
            .collect();
        for row in &mut rows {
            row.handle = make_unique(std::mem::take(&mut row.handle), &mut |name| !taken.insert(hasher.hash_one(name)));
        }
        sink(Table::Accounts, rows::accounts(&rows))?;
        let labels: Vec<(u64, Label)> = some.iter().map(|&(id, actor)| (id, account_label(world, actor))).collect();
        sink(Table::Labels, rows::labels(LabelSubject::Account, &labels))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::truth::OrderKind;
    use super::super::vendors::Vendor;
    use super::*;
    use crate::domain::{Dataset, DatasetBuilder, EngagementKind};
    use crate::error::{Error, ErrorKind};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn small(more: &str) -> Scenario {
        let text = format!("creators = 12\naccounts = 4000\n{more}[sampling]\nfollows_per_creator = 150\n");
        Scenario::parse(&text).unwrap()
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

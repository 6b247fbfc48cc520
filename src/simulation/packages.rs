//! Engagement that is ordered for single posts, and that of pods: planned, then drawn as far as the export holds it.

use super::creators::Plan;
use super::engagements::Engagement;
use super::follows::{Taken, World};
use super::market::Market;
use super::orders::PlannedOrder;
use super::posts::Post;
use super::roles::{Packages, Role};
use super::scenario::Scenario;
use super::seed::{Stream, pick, stream};
use super::truth::OrderKind;
use super::vendors::{Product, Vendor, pool_actor, sellers};
use crate::domain::EngagementKind;
use rand::RngExt;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Hypergeometric};

/// What is ordered for a post, beside what people do.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ordered {
    pub likes: u64,
    pub comments: u64,
    pub views: u64,
    /// Places of the packages among the creator's orders.
    orders: Vec<usize>,
}

/// Orders the engagement that goes with a creator's role, post by post.
pub(super) fn order_engagement(scenario: &Scenario, clock: (u64, i64), plan: &mut Plan, market: &Market) {
    order_for_role(scenario, clock, plan, market);
    for post in &mut plan.posts {
        // Whoever likes a video has seen it, ordered or not.
        post.views = post.views.map(|views| views.max(post.likes()));
    }
}

fn order_for_role(scenario: &Scenario, (seed, captured_s): (u64, i64), plan: &mut Plan, market: &Market) {
    let comments = Packages { comments: true, ..Packages::default() };
    let packages = match plan.role {
        Some(Role::Inflated(_, packages) | Role::Engagement(packages)) => packages,
        Some(Role::AttackedByComments) => comments,
        Some(Role::Pod(number)) => return super::pods::join(scenario, seed, (plan, number), &market.roles.pods),
        Some(Role::Attacked(_) | Role::Churn) | None => return,
    };
    let mut rng = stream(seed, Stream::Packages, u64::from(plan.index));
    let wanted = [(Product::Likes, packages.likes), (Product::Comments, packages.comments), (Product::Views, packages.views)];
    for (product, _) in wanted.into_iter().filter(|(_, is_wanted)| *is_wanted) {
        let vendor = pick(&mut rng, &sellers(&scenario.vendors, product));
        for nth in 0..plan.posts.len() {
            let post = &plan.posts[nth];
            let is_chosen = rng.random_bool(scenario.orders.posts_share) && (post.is_sponsored || !packages.sponsored_only);
            let is_recent = post.at_s > captured_s - (scenario.orders.days * 86_400.0) as i64;
            if is_chosen
                && is_recent
                && let Some(order) = package(scenario, captured_s, (plan, post), vendor, &mut rng)
            {
                plan.add_package(nth, order);
            }
        }
    }
}

/// A package for a post: at a constant rate from some minutes after it on, cut at the capture.
fn package(
    scenario: &Scenario,
    captured_s: i64,
    (plan, post): (&Plan, &Post),
    number: usize,
    rng: &mut ChaCha8Rng,
) -> Option<PlannedOrder> {
    let vendor = &scenario.vendors[number];
    let sale = vendor.package_sale()?;
    let pool = scenario.pool_number(sale.pool)?;
    let stock = scenario.pools[pool].stock(captured_s, post.at_s);
    let wanted = vendor.package_size((post.organic_likes, post.views), rng)?;
    // One account likes or comments once, but may view again.
    let whole = if vendor.product() == Product::Views { wanted } else { wanted.min(u64::from(stock)) };
    let took_s = sale.delivery_s(whole, rng);
    let start_s = post.at_s + rng.random_range(300..5_400);
    let end_s = (start_s + took_s).min(captured_s - 1);
    let size = (whole as f64 * (end_s - start_s) as f64 / took_s as f64) as u64;
    (end_s > start_s && size > 0 && stock > 0).then(|| PlannedOrder {
        kind: match vendor.product() {
            Product::Likes => OrderKind::Likes,
            Product::Views => OrderKind::Views,
            _ => OrderKind::Comments,
        },
        vendor: number,
        pool: Some(pool),
        first: rng.random_range(0..stock),
        stock,
        size,
        kept: size,
        start_s,
        end_s,
        post: Some(post.nth),
        ordered_by: plan.role.map_or(super::truth::OrderedBy::Creator, Role::ordered_by),
        refill_of: None,
    })
}

impl Plan {
    fn add_package(&mut self, nth_post: usize, order: PlannedOrder) {
        let ordered = &mut self.posts[nth_post].ordered;
        match order.kind {
            OrderKind::Likes => ordered.likes += order.size,
            OrderKind::Views => ordered.views += order.size,
            OrderKind::Comments | OrderKind::Followers | OrderKind::Churn | OrderKind::Pod => ordered.comments += order.size,
        }
        ordered.orders.push(self.orders.len());
        self.orders.push(order);
    }
}

/// Adds those of a post's ordered likes, comments or views that are among the `drawn` of all of them; gives back how many.
pub(super) fn deliver_engagement(
    world: World<'_>,
    (plan, post): (&Plan, &Post),
    (kind, drawn): (EngagementKind, u64),
    taken: &mut Taken,
    engagements: &mut Vec<Engagement>,
) -> u64 {
    let (wanted, all, ordered) = match kind {
        EngagementKind::Like => (OrderKind::Likes, post.likes(), post.ordered.likes),
        EngagementKind::View => (OrderKind::Views, post.viewed().unwrap_or(0), post.ordered.views),
        _ => (OrderKind::Comments, post.comments(), post.ordered.comments),
    };
    if ordered == 0 || drawn == 0 {
        return 0;
    }
    let key = (u64::from(plan.index) << 16 | u64::from(post.nth)) << 1 | u64::from(kind == EngagementKind::Like);
    let key = key | u64::from(kind == EngagementKind::View) << 48;
    let mut rng = stream(world.seed, Stream::Deliveries, key);
    let before = engagements.len();
    if let Some(Role::Pod(number)) = plan.role {
        let share = (drawn as f64 / all as f64).min(1.0);
        let reactions = super::pods::reactions(world, (plan, post), number, kind);
        let fresh = reactions.into_iter().filter(|reaction| rng.random_bool(share) && taken.insert(reaction.actor));
        engagements.extend(fresh);
        return (engagements.len() - before) as u64;
    }
    let (mut all_left, mut drawn_left) = (all, drawn);
    for &place in post.ordered.orders.iter().filter(|&&place| plan.orders[place].kind == wanted) {
        let size = plan.orders[place].size;
        let law = Hypergeometric::new(all_left, size, drawn_left).expect("the order and the draw are parts of all");
        let n = law.sample(&mut rng);
        (all_left, drawn_left) = (all_left - size, drawn_left - n);
        deliver(world, (plan, place), (post.nth, kind, n), taken, (engagements, &mut rng));
    }
    (engagements.len() - before) as u64
}

fn deliver(
    world: World<'_>,
    (plan, place): (&Plan, usize),
    (nth_post, kind, n): (u32, EngagementKind, u64),
    taken: &mut Taken,
    (engagements, rng): (&mut Vec<Engagement>, &mut ChaCha8Rng),
) {
    let order = &plan.orders[place];
    let Some(pool) = order.pool else { return };
    for nth in index::sample(rng, order.size as usize, n as usize) {
        let actor = pool_actor(world, pool, order.member(nth as u64));
        if !taken.insert(actor) {
            continue;
        }
        let text = match &world.scenario.vendors[order.vendor] {
            Vendor::Comments(vendor) => {
                let harms = plan.role == Some(Role::AttackedByComments);
                Some(vendor.text(world.seed, order.vendor, harms, rng))
            }
            _ => None,
        };
        let at_s = rng.random_range(order.start_s..order.end_s);
        engagements.push(Engagement { actor, nth_post, kind, at_s, text, order: Some(place as u32) });
    }
}

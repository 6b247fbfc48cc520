//! Which creators have orders, and of what kind.

use super::creators::followers_of;
use super::scenario::{Orders, Scenario};
use super::seed::{Stream, pick_weighted, stream};
use super::truth::OrderedBy;
use super::vendors::{Product, Vendor, sellers};
use crate::error::{Error, Result};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// What is ordered for a creator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Role {
    /// Ordered followers are this share of the audience; with them may come packages.
    Inflated(f64, Packages),
    /// Followers ordered by somebody else are this share of the audience.
    Attacked(f64),
    /// Harmful comments ordered by somebody else.
    AttackedByComments,
    /// Engagement alone.
    Engagement(Packages),
    /// A follow–unfollow service runs on the account.
    Churn,
    /// A place in a pod.
    Pod(u32),
}

/// Which packages of engagement are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Packages {
    pub likes: bool,
    pub comments: bool,
    pub views: bool,
    pub sponsored_only: bool,
}

impl Role {
    /// The word used in the truth.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Inflated(..) => "inflated",
            Self::Attacked(_) => "attacked",
            Self::AttackedByComments => "attacked_by_comments",
            Self::Engagement(_) => "engagement",
            Self::Churn => "churn",
            Self::Pod(_) => "pod",
        }
    }

    /// Who ordered.
    pub(super) fn ordered_by(self) -> OrderedBy {
        match self {
            Self::Attacked(_) | Self::AttackedByComments => OrderedBy::ThirdParty,
            Self::Inflated(..) | Self::Engagement(_) | Self::Churn | Self::Pod(_) => OrderedBy::Creator,
        }
    }

    /// Share of ordered followers in the audience.
    pub(super) fn strength(self) -> Option<f64> {
        match self {
            Self::Inflated(strength, _) | Self::Attacked(strength) => Some(strength),
            Self::AttackedByComments | Self::Engagement(_) | Self::Churn | Self::Pod(_) => None,
        }
    }
}

/// The roles of all creators.
#[derive(Debug)]
pub(super) struct Roles {
    /// By creator; `None` where nothing is ordered.
    pub of: Vec<Option<Role>>,
    /// The creators of each pod.
    pub pods: Vec<Vec<u32>>,
}

/// Gives roles to creators that are small enough, at random.
///
/// # Errors
/// There are fewer of them than are to have orders.
pub(super) fn assign_roles(scenario: &Scenario, seed: u64) -> Result<Roles> {
    let orders = &scenario.orders;
    let mut rng = stream(seed, Stream::Roles, 1);
    let count = |share: f64| (share * f64::from(scenario.creators)).round() as usize;
    let is_small = |index: &u32| followers_of(scenario, *index) <= orders.followers_max;
    let mut free: Vec<u32> = (0..scenario.creators).filter(is_small).collect();
    free.shuffle(&mut rng);
    let shares = [orders.inflated_share, orders.attacked_share, orders.engagement_share, orders.churn_share, orders.pod_share];
    let needed = shares.into_iter().map(count).sum::<usize>();
    if needed > free.len() {
        let expected = format!("so high that {needed} creators may have orders, not {}", free.len());
        return Err(Error::invalid_argument("orders.followers_max", orders.followers_max, expected));
    }
    let [inflated, attacked, engagement, churn, in_pods] = shares.map(|share| free.split_off(free.len() - count(share)));
    let pods = gather_pods(scenario, in_pods, &mut rng);
    let mut roles = Roles { of: vec![None; scenario.creators as usize], pods };
    roles.inflate(scenario, inflated, &mut rng);
    roles.attack(orders, attacked);
    engagement.into_iter().for_each(|index| {
        roles.of[index as usize] = Some(Role::Engagement(draw_some_packages(orders, &mut rng)));
    });
    churn.into_iter().for_each(|index| roles.of[index as usize] = Some(Role::Churn));
    for (number, pod) in (0u32..).zip(&roles.pods) {
        pod.iter().for_each(|&index| roles.of[index as usize] = Some(Role::Pod(number)));
    }
    Ok(roles)
}

impl Roles {
    fn inflate(&mut self, scenario: &Scenario, mut creators: Vec<u32>, rng: &mut ChaCha8Rng) {
        for strength in graded(&scenario.orders, creators.len()) {
            let place = place_for(scenario, &creators, strength);
            let packages = draw_packages(&scenario.orders, rng);
            self.of[creators.swap_remove(place) as usize] = Some(Role::Inflated(strength, packages));
        }
    }

    fn attack(&mut self, orders: &Orders, creators: Vec<u32>) {
        let n_by_comments = (orders.attacks_by_comments * creators.len() as f64).round() as usize;
        for (nth, index) in creators.into_iter().enumerate() {
            let role = if nth < n_by_comments { Role::AttackedByComments } else { Role::Attacked(orders.attack_strength) };
            self.of[index as usize] = Some(role);
        }
    }
}

/// Which packages go with ordered followers.
fn draw_packages(orders: &Orders, rng: &mut ChaCha8Rng) -> Packages {
    Packages {
        likes: rng.random_bool(orders.likes_share),
        comments: rng.random_bool(orders.comments_share),
        views: rng.random_bool(orders.views_share),
        sponsored_only: rng.random_bool(orders.sponsored_only_share),
    }
}

/// The same for creators that order engagement alone: one package at least, by the shares of the three.
fn draw_some_packages(orders: &Orders, rng: &mut ChaCha8Rng) -> Packages {
    let shares = [orders.likes_share, orders.comments_share, orders.views_share];
    let first = pick_weighted(rng, shares.into_iter());
    let drawn = draw_packages(orders, rng);
    Packages {
        likes: drawn.likes || first == 0,
        comments: drawn.comments || first == 1,
        views: drawn.views || first == 2,
        ..drawn
    }
}

/// Cuts creators into pods of allowed sizes; those left over at the end join the pods in turn.
fn gather_pods(scenario: &Scenario, mut creators: Vec<u32>, rng: &mut ChaCha8Rng) -> Vec<Vec<u32>> {
    let services = sellers(&scenario.vendors, Product::Pod);
    let mut pods = Vec::new();
    while !services.is_empty() {
        let Vendor::Pod(service) = &scenario.vendors[services[pods.len() % services.len()]] else { break };
        let [least, most] = service.members.map(|members| members as usize);
        if creators.len() < least {
            break;
        }
        let size = rng.random_range(least..=most.min(creators.len()));
        pods.push(creators.split_off(creators.len() - size));
    }
    let n_pods = pods.len().max(1);
    for (nth, index) in creators.into_iter().enumerate() {
        if let Some(pod) = pods.get_mut(nth % n_pods) {
            pod.push(index);
        }
    }
    pods
}

/// Strengths from the mildest to the strongest in geometric steps.
fn graded(orders: &Orders, n: usize) -> impl Iterator<Item = f64> + use<> {
    let (from, to) = (orders.strength_from, orders.strength_to);
    (0..n).map(move |step| if n > 1 { from * ((to / from).ln() * step as f64 / (n - 1) as f64).exp() } else { to })
}

/// The first creator (in random order) large enough for an order of this strength, else the largest.
fn place_for(scenario: &Scenario, creators: &[u32], strength: f64) -> usize {
    let sales = scenario.vendors.iter().filter_map(Vendor::sale);
    let least = sales.map(|sale| sale.order[0]).max().unwrap_or(0);
    let is_enough = |&index: &u32| followers_of(scenario, index) as f64 * strength >= f64::from(least);
    let largest = || creators.iter().enumerate().min_by_key(|&(_, &index)| index).map_or(0, |(place, _)| place);
    creators.iter().position(is_enough).unwrap_or_else(largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_kept_nobody_has_two_roles_and_orders_stay_with_small_creators() {
        let orders = Orders {
            attacked_share: 0.05,
            attacks_by_comments: 0.5,
            engagement_share: 0.1,
            churn_share: 0.05,
            pod_share: 0.3,
            ..Orders::default()
        };
        let pod = Vendor::Pod(super::super::vendors::Pod { members: [4, 6], ..Default::default() });
        let mut scenario = Scenario { creators: 100, orders, ..Scenario::default() };
        scenario.vendors.push(pod);
        let roles = assign_roles(&scenario, 4).unwrap();
        let count = |word: &str| roles.of.iter().flatten().filter(|role| role.word() == word).count();
        let words = ["inflated", "attacked", "attacked_by_comments", "engagement", "churn", "pod"];
        assert_eq!(words.map(count), [20, 2, 3, 10, 5, 30]);
        assert!((0u32..).zip(&roles.of).all(|(index, role)| role.is_none() || followers_of(&scenario, index) <= 20_000));
        assert_eq!(roles.pods.iter().map(Vec::len).sum::<usize>(), 30);
        assert!(roles.pods.iter().all(|pod| (4..=8).contains(&pod.len())));
    }

    #[test]
    fn too_few_small_creators_are_refused() {
        let mut scenario = Scenario::default();
        scenario.orders.followers_max = 2_100;
        let message = assign_roles(&scenario, 4).unwrap_err().to_string();
        assert!(message.starts_with("orders.followers_max is 2100"), "{message}");
    }
}

//! How well pods are found in simulated exports whose truth is known, and how often innocent circles are taken for pods.

mod innocents;
mod views;
mod worlds;

pub use innocents::Innocents;
pub use worlds::{PodEvaluation, evaluate_pod_worlds};

use crate::domain::{AccountId, Dataset, Label};
use crate::graph::{CreatorActions, PodSearch, PodSettings, find_pods};
use crate::simulation::CreatorTruth;
use crate::statistics::auc;
use std::collections::{BTreeMap, BTreeSet};

/// Which accounts really were in pods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PodTruth {
    /// The members of each pod.
    pub pods: Vec<Vec<AccountId>>,
}

impl PodTruth {
    /// The pods of a simulated export.
    pub fn of(creators: &[CreatorTruth], dataset: &Dataset) -> Self {
        let mut pods: BTreeMap<u32, Vec<AccountId>> = BTreeMap::new();
        for creator in creators {
            if let (Some(pod), Some(id)) = (creator.pod, dataset.ids.find(&creator.creator_id)) {
                pods.entry(pod).or_default().push(AccountId(id));
            }
        }
        Self { pods: pods.into_values().collect() }
    }
}

/// How well pods were found.
#[derive(Debug, Clone, PartialEq)]
pub struct PodAccuracy {
    /// Pods that there were.
    pub pods_true: usize,
    /// Pods found.
    pub pods_found: usize,
    /// Accounts in found pods.
    pub members_found: usize,
    /// Of the pairs of accounts in one found pod, the share that are in one true pod.
    pub pair_precision: Option<f64>,
    /// Of the pairs of accounts in one true pod, the share that are in one found pod.
    pub pair_recall: Option<f64>,
    /// Of the members found, the share that are in a true pod.
    pub member_precision: Option<f64>,
    /// Of the true members, the share found.
    pub member_recall: Option<f64>,
    /// Of the creators in no true pod, the share in a found one.
    pub false_creators: Option<f64>,
    /// AUC by creator: the depth of its ties, as a sign of being in a pod.
    pub auc: Option<f64>,
}

/// Finds the pods of a dataset and compares them with the truth.
///
/// # Missing
/// A precision without anything found, a recall without anything to find.
pub fn evaluate_pods(dataset: &Dataset, truth: &PodTruth) -> PodAccuracy {
    let actions = CreatorActions::of(dataset);
    accuracy(&actions, &find_pods(&actions, &PodSettings::default()), truth)
}

/// Compares what was found with the truth.
fn accuracy(actions: &CreatorActions, search: &PodSearch, truth: &PodTruth) -> PodAccuracy {
    let found: Vec<Vec<AccountId>> =
        search.pods.iter().map(|pod| pod.members.iter().map(|member| member.account).collect()).collect();
    let (found_pairs, true_pairs) = (pairs(&found), pairs(&truth.pods));
    let members = |pods: &[Vec<AccountId>]| pods.iter().flatten().copied().collect::<BTreeSet<_>>();
    let (found_members, true_members) = (members(&found), members(&truth.pods));
    let hits = found_members.intersection(&true_members).count();
    let shared_pairs = found_pairs.intersection(&true_pairs).count();
    let creators = || (0..actions.n_accounts() as u32).map(AccountId).filter(|id| actions.is_creator(*id));
    let outside = creators().filter(|id| !true_members.contains(id));
    let flagged = outside.clone().filter(|id| found_members.contains(id)).count();
    let depths: BTreeMap<AccountId, u32> = search.depths.iter().copied().collect();
    let scores: Vec<f64> = creators().map(|id| f64::from(depths.get(&id).copied().unwrap_or(0))).collect();
    let labels: Vec<Label> = creators().map(|id| if true_members.contains(&id) { Label::Fake } else { Label::Genuine }).collect();
    PodAccuracy {
        pods_true: truth.pods.len(),
        pods_found: found.len(),
        members_found: found_members.len(),
        pair_precision: ratio(shared_pairs, found_pairs.len()),
        pair_recall: ratio(shared_pairs, true_pairs.len()),
        member_precision: ratio(hits, found_members.len()),
        member_recall: ratio(hits, true_members.len()),
        false_creators: ratio(flagged, outside.count()),
        auc: auc(&scores, &labels),
    }
}

fn pairs(pods: &[Vec<AccountId>]) -> BTreeSet<(AccountId, AccountId)> {
    let pairs = |pod: &Vec<AccountId>| {
        let mut sorted = pod.clone();
        sorted.sort_unstable();
        let with_later = |at: usize| sorted[at + 1..].iter().map(|&other| (sorted[at], other)).collect::<Vec<_>>();
        (0..sorted.len()).flat_map(with_later).collect::<Vec<_>>()
    };
    pods.iter().flat_map(pairs).collect()
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{EdgeTime, PostOf};
    use crate::simulation::Scenario;

    #[test]
    fn compares_pairs_members_and_creators_with_the_truth() {
        let ids = |range: std::ops::Range<u32>| range.map(AccountId).collect::<Vec<_>>();
        let posts = (0..10).map(|id| PostOf { creator: AccountId(id), published: EdgeTime::MISSING }).collect();
        let actions = CreatorActions::new(10, posts, Vec::new(), ids(0..10));
        let search = PodSearch { depths: vec![(AccountId(0), 4), (AccountId(7), 3)], ..PodSearch::default() };
        let nothing = accuracy(&actions, &search, &PodTruth { pods: vec![ids(0..3)] });
        assert_eq!((nothing.pair_precision, nothing.pair_recall, nothing.false_creators), (None, Some(0.0), Some(0.0)));
        // Of the 21 comparisons, creator 0 wins 7; 1 and 2 tie with six each and lose to 7.
        assert_eq!(nothing.auc, Some((7.0 + 2.0 * 3.0) / 21.0));
        assert_eq!(pairs(&[ids(0..3), ids(2..4)]).len(), 4);
    }

    #[test]
    fn finds_the_pods_of_a_small_world_and_leaves_the_others_alone() {
        let scenario = Scenario::parse(include_str!("../../datasets/scenarios/tuning/pods.toml")).unwrap();
        let mut scenario = scenario.resized(Some(80), Some(20_000)).unwrap();
        scenario.sampling.posts_per_creator = 10;
        let found = worlds::PodWorld::draw(&scenario, 5).unwrap().whole();
        assert!(found.pair_recall.unwrap() > 0.95 && found.pair_precision.unwrap() > 0.95, "{found:?}");
        assert_eq!(found.false_creators, Some(0.0));
    }
}

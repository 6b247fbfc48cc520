//! What a circle of creators does, measured.

use super::circles::Circle;
use super::promptness::AudienceHours;
use super::{Pod, PodMember};
use crate::domain::{AccountId, Timestamp};
use crate::graph::creator_actions::{CreatorActions, PostAction};
use crate::graph::edge_time::EdgeTime;
use crate::graph::reciprocity::ReciprocityNull;
use crate::statistics::ln_poisson_tail;
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeSet;

const WEEK_S: u32 = 7 * 86_400;

/// Measures a circle against the null and its members' audiences.
pub(super) fn measure(actions: &CreatorActions, (null, hours): (&ReciprocityNull, &AudienceHours), circle: Circle) -> Pod {
    let creators = &circle.creators;
    let by_member: Vec<Vec<PostAction>> = creators.iter().map(|&member| among(actions, member, creators)).collect();
    let promptness = hours.compare(actions, creators, &by_member);
    let members = creators.iter().zip(&by_member).map(|(&account, own)| member(actions, account, creators, own)).collect();
    let mut times: Vec<u32> = by_member.iter().flatten().filter_map(|action| action.at.seconds()).collect();
    times.sort_unstable();
    Pod {
        members,
        density: density(actions, &by_member),
        log10_p: log10_p(null, actions.n_creators(), creators, by_member.iter().map(Vec::len).sum()),
        first_hour: promptness.first().copied(),
        promptest: promptness.into_iter().max_by(|a, b| a.t.total_cmp(&b.t).then(b.hours.cmp(&a.hours))),
        window: window(&times),
        busiest_week_share: busiest_week_share(&times),
        ties: circle.ties,
    }
}

/// What an account did on posts of the creators.
pub(super) fn among(actions: &CreatorActions, account: AccountId, creators: &[AccountId]) -> Vec<PostAction> {
    let is_among = |action: &&PostAction| creators.binary_search(&actions.creator(action)).is_ok();
    actions.by(account).iter().filter(is_among).copied().collect()
}

/// One account of a pod, from what it did on posts of the creators.
pub(super) fn member(actions: &CreatorActions, account: AccountId, creators: &[AccountId], own: &[PostAction]) -> PodMember {
    let times = || own.iter().filter_map(|action| action.at.seconds());
    let at = |seconds: Option<u32>| seconds.and_then(|seconds| EdgeTime::from_seconds(seconds).get());
    let posts: u32 = creators.iter().filter(|&&other| other != account).map(|&other| actions.posts_count(other)).sum();
    PodMember {
        account,
        is_creator: actions.is_creator(account),
        actions_count: own.len() as u64,
        participation: own.len() as f64 / f64::from(posts.max(1)),
        first_at: at(times().min()),
        last_at: at(times().max()),
    }
}

fn density(actions: &CreatorActions, by_member: &[Vec<PostAction>]) -> f64 {
    let met = |own: &Vec<PostAction>| own.iter().map(|action| actions.creator(action)).collect::<BTreeSet<_>>().len();
    let n = by_member.len() as f64;
    by_member.iter().map(met).sum::<usize>() as f64 / (n * (n - 1.0)).max(1.0)
}

/// The tail of the actions within the set, times the number of sets of that size (Bonferroni).
fn log10_p(null: &ReciprocityNull, n_creators: usize, creators: &[AccountId], count: usize) -> f64 {
    let pairs = || creators.iter().flat_map(|&from| creators.iter().filter(move |&&to| to != from).map(move |&to| (from, to)));
    let expected: f64 = pairs().map(|(from, to)| null.expected(from, to)).sum();
    let (all, n) = (n_creators as f64, creators.len() as f64);
    let ln_sets = ln_gamma(all + 1.0) - ln_gamma(n + 1.0) - ln_gamma((all - n).max(0.0) + 1.0);
    ((ln_poisson_tail(count as u64, expected) + ln_sets) / std::f64::consts::LN_10).min(0.0)
}

fn window(times: &[u32]) -> Option<(Timestamp, Timestamp)> {
    let at = |seconds: &u32| EdgeTime::from_seconds(*seconds).get();
    Some((at(times.first()?)?, at(times.last()?)?))
}

fn busiest_week_share(times: &[u32]) -> Option<f64> {
    let within = |start: usize| times[start..].partition_point(|&time| time - times[start] < WEEK_S);
    let most = (0..times.len()).map(within).max()?;
    Some(most as f64 / times.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_week_is_any_seven_days() {
        let day = 86_400;
        assert_eq!(busiest_week_share(&[0, day, 8 * day, 9 * day, 14 * day, 30 * day]), Some(0.5));
        assert_eq!(busiest_week_share(&[5, 5, 5]), Some(1.0));
        assert_eq!(busiest_week_share(&[]), None);
    }
}

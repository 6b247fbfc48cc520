//! Members of a pod whose own posts are not in the data: they are seen giving, not getting.

use super::measure::member;
use super::promptness::AudienceHours;
use super::{Pod, PodMember};
use crate::domain::AccountId;
use crate::graph::creator_actions::{CreatorActions, PostAction};
use crate::statistics::median;

/// Share of the median member's participation, and of the creators in the pod, that such an account must reach. Assumption.
const LIKE_A_MEMBER: f64 = 0.5;
/// Fewest actions on members' posts. Assumption.
const ACTIONS_MIN: usize = 5;
/// Probability that the audience's habits give so few late actions, at most. Assumption.
const CHANCE: f64 = 0.01;

/// Accounts that are no creators but act on half of a pod's creators as its members do: as often, and as promptly.
pub(super) fn members(actions: &CreatorActions, hours: &AudienceHours, pod: &Pod) -> Vec<PodMember> {
    let creators: Vec<AccountId> = pod.members.iter().map(|member| member.account).collect();
    let Some(usual) = median(&pod.members.iter().map(|member| member.participation).collect::<Vec<_>>()) else {
        return Vec::new();
    };
    let runs = actions.actions().chunk_by(|a, b| a.actor == b.actor).filter(|run| !actions.is_creator(run[0].actor));
    runs.filter_map(|run| {
        let own: Vec<PostAction> =
            run.iter().filter(|action| creators.binary_search(&actions.creator(action)).is_ok()).copied().collect();
        let met = own.chunk_by(|a, b| actions.creator(a) == actions.creator(b)).count();
        if own.len() < ACTIONS_MIN || (met as f64) < LIKE_A_MEMBER * creators.len() as f64 {
            return None;
        }
        let member = member(actions, run[0].actor, &creators, &own);
        let is_prompt = pod.promptest.is_none_or(|usual| hours.is_prompt(actions, (&creators, &own), usual.hours, CHANCE));
        (member.participation >= LIKE_A_MEMBER * usual && is_prompt).then_some(member)
    })
    .collect()
}

//! How soon members come after a post, beside the audience of that very creator.

use crate::domain::AccountId;
use crate::graph::creator_actions::{CreatorActions, PostAction};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use statrs::distribution::{Binomial, DiscreteCDF};
use std::collections::BTreeMap;

/// Hours after the post that are looked at: the first is what the market looks at, slower agreements show later.
pub(super) const HOURS: [u32; 4] = [1, 3, 6, 24];
/// Weight of the circle's pooled audience in a single creator's, in actions. Assumption.
const POOLED_ACTIONS: f64 = 10.0;
/// Fewest timed actions among members from which promptness is told. Assumption.
const ACTIONS_MIN: usize = 20;
/// Self-normalised sum from which members are clearly more prompt; never above √members. 2 is one chance in 44 of a normal variable.
const CLEAR: f64 = 2.0;

/// Members' actions within some hours of the post, beside their audiences'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promptness {
    /// The hours.
    pub hours: u32,
    /// Share of members' timed actions within them.
    pub share: f64,
    /// The same of the audiences of the creators acted on (accounts that are no creators), each weighted by members' actions there.
    pub audience_share: f64,
    /// Timed actions of members.
    pub timed_count: u64,
    /// Σ D_i / √Σ D_i² over members, D_i being the actions of i within the hours beyond what the audiences' shares would have: about
    /// normal if members are like the audience, and no single member can raise it above 1.
    pub t: f64,
}

impl Promptness {
    /// Whether late actions are at most this share of what the audiences' habits would have, clearly.
    pub(super) fn is_clear(&self, late_ratio: f64) -> bool {
        self.t >= CLEAR && 1.0 - self.share <= late_ratio * (1.0 - self.audience_share)
    }
}

/// How many of each creator's audience came within the hours.
pub(super) struct AudienceHours {
    by_creator: HashMap<AccountId, Hours, FixedState>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Hours {
    within: [f64; HOURS.len()],
    timed: f64,
}

impl Hours {
    fn add(&mut self, other: &Self, weight: f64) {
        self.timed += weight * other.timed;
        self.within.iter_mut().zip(other.within).for_each(|(sum, count)| *sum += weight * count);
    }
}

impl AudienceHours {
    pub(super) fn of(actions: &CreatorActions) -> Self {
        let mut by_creator: HashMap<AccountId, Hours, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        for action in actions.actions().iter().filter(|action| !actions.is_creator(action.actor)) {
            if let Some(delay_s) = actions.delay_s(action) {
                by_creator.entry(actions.creator(action)).or_default().add(&within(delay_s), 1.0);
            }
        }
        Self { by_creator }
    }

    /// Share of each creator's audience within each of the hours, leaning on that of all of them; empty where no audience is timed, or
    /// all of it came at once (times that are all equal).
    fn shares(&self, creators: &[AccountId]) -> BTreeMap<AccountId, [f64; HOURS.len()]> {
        let of = |creator: &AccountId| self.by_creator.get(creator).copied().unwrap_or_default();
        let mut pooled = Hours::default();
        creators.iter().for_each(|creator| pooled.add(&of(creator), 1.0));
        if pooled.within[0] == pooled.timed {
            return BTreeMap::new();
        }
        let share = |creator: &AccountId| {
            let mut own = of(creator);
            own.add(&pooled, POOLED_ACTIONS / pooled.timed);
            own.within.map(|count| count / own.timed)
        };
        creators.iter().map(|creator| (*creator, share(creator))).collect()
    }

    /// Members' promptness at each of the hours; one slice of actions a member, all on posts of the creators.
    ///
    /// # Missing
    /// Empty if fewer than 20 actions of members, or none of the audience, have a known delay.
    pub(super) fn compare(
        &self,
        actions: &CreatorActions,
        creators: &[AccountId],
        by_member: &[Vec<PostAction>],
    ) -> Vec<Promptness> {
        let shares = self.shares(creators);
        let timed: Vec<Vec<(u32, [f64; HOURS.len()])>> = by_member
            .iter()
            .map(|own| own.iter().filter_map(|act| Some((actions.delay_s(act)?, *shares.get(&actions.creator(act))?))).collect())
            .collect();
        let count = timed.iter().map(Vec::len).sum::<usize>();
        if count < ACTIONS_MIN {
            return Vec::new();
        }
        (0..HOURS.len()).map(|at| promptness(at, &timed, count as f64)).collect()
    }

    /// Whether one account's late actions are fewer than the audiences' habits would leave but with this chance.
    pub(super) fn is_prompt(
        &self,
        actions: &CreatorActions,
        (creators, own): (&[AccountId], &[PostAction]),
        hours: u32,
        chance: f64,
    ) -> bool {
        let shares = self.shares(creators);
        let Some(at) = HOURS.iter().position(|&known| known == hours) else { return false };
        let timed: Vec<(u32, f64)> =
            own.iter().filter_map(|act| Some((actions.delay_s(act)?, shares.get(&actions.creator(act))?[at]))).collect();
        let late = timed.iter().filter(|(delay_s, _)| !is_within(*delay_s, hours)).count() as u64;
        let late_share = timed.iter().map(|(_, share)| 1.0 - share).sum::<f64>() / timed.len().max(1) as f64;
        Binomial::new(late_share.clamp(0.0, 1.0), timed.len() as u64).is_ok_and(|law| law.cdf(late) <= chance)
    }
}

fn promptness(at: usize, timed: &[Vec<(u32, [f64; HOURS.len()])>], count: f64) -> Promptness {
    let (mut found, mut expected, mut squares) = (0.0, 0.0, 0.0);
    for own in timed {
        let own_found = own.iter().filter(|(delay_s, _)| is_within(*delay_s, HOURS[at])).count() as f64;
        let own_expected: f64 = own.iter().map(|(_, shares)| shares[at]).sum();
        found += own_found;
        expected += own_expected;
        squares += (own_found - own_expected).powi(2);
    }
    let t = if squares > 0.0 { (found - expected) / squares.sqrt() } else { 0.0 };
    Promptness { hours: HOURS[at], share: found / count, audience_share: expected / count, timed_count: count as u64, t }
}

fn is_within(delay_s: u32, hours: u32) -> bool {
    delay_s <= hours * 3600
}

fn within(delay_s: u32) -> Hours {
    Hours { within: HOURS.map(|hours| f64::from(u8::from(is_within(delay_s, hours)))), timed: 1.0 }
}

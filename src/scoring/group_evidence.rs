//! What a coordinated group and the profiles of its members say together: the update of its members' probabilities.

use super::account::AccountScores;
use super::class::classify;
use crate::domain::{AccountId, CoordinatedGroup, Dataset, GroupKind, Interval, Probability};
use crate::statistics::mean;
use std::collections::BTreeSet;

/// Measured profiles below which a group says nothing of its members: the smallest group has five.
const FEWEST: usize = 5;
/// Probabilities stay this far from 0 and 1.
const EDGE: f64 = 1e-4;

/// How much a group and the profiles of its members say together. The constants were stated before they were measured; the worlds for tuning do not tell them from
/// others near by (`models/coordination/README.md`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupEvidence {
    /// Share of the members that are fake where a service sent them. In the groups found in simulated markets it is .997 and more
    /// (`models/coordination/evaluation.md`); less is assumed, so that a profile can speak for its owner.
    pub fake_if_sent: f64,
    /// Profiles that count at most. Accounts made together look alike: they are no independent witnesses, and what the model gets wrong of one it gets
    /// wrong of all.
    pub witnesses: f64,
    /// Probability from which a group counts as sent by a service.
    pub borne_out: f64,
}

impl Default for GroupEvidence {
    fn default() -> Self {
        Self { fake_if_sent: 0.95, witnesses: 10.0, borne_out: 0.95 }
    }
}

/// Probability that a service sent a group, against that its members are people who were called together, from their profiles.
///
/// With p_i the probability of *fake* by profile, b that of everybody else, r_i the ratio of their odds and ρ = .95:
/// ln(service : called) = min(n, 10) · mean_i ln((ρ r_i + 1 − ρ)/(b r_i + 1 − b)), even odds before anything was seen.
///
/// That accounts came together says nothing here: people who were called together (a giveaway, a newsletter) come together too. Groups of
/// accounts whose profiles look like everybody else's, taken over or well kept, are therefore never borne out by this.
///
/// # Missing
/// `None` below five profiles.
///
/// # Source
/// Bayes' rule for a mixture of two kinds of groups; the cap on witnesses and the even odds are assumptions of ours.
///
/// # Examples
/// ```
/// use bonafide::scoring::probability_sent;
/// assert!(probability_sent(&[0.9; 20], 0.05).unwrap() > 0.99);
/// assert!(probability_sent(&[0.01; 20], 0.05).unwrap() < 0.01);
/// assert_eq!(probability_sent(&[0.9; 4], 0.05), None);
/// ```
pub fn probability_sent(profiles: &[f64], base: f64) -> Option<f64> {
    GroupEvidence::default().probability_sent(profiles, base)
}

impl GroupEvidence {
    /// As [`probability_sent`], with these constants.
    pub fn probability_sent(&self, profiles: &[f64], base: f64) -> Option<f64> {
        let base = base.clamp(EDGE, 1.0 - EDGE);
        let weight = |&p: &f64| {
            let ratio = odds_ratio(p, base);
            ((self.fake_if_sent * ratio + 1.0 - self.fake_if_sent) / (base * ratio + 1.0 - base)).ln()
        };
        let weights: Vec<f64> = profiles.iter().map(weight).collect();
        let log_odds = mean(&weights).filter(|_| profiles.len() >= FEWEST)? * self.witnesses.min(profiles.len() as f64);
        Some(Probability::from_log_odds(log_odds).get())
    }

    /// Probability that a member of a group that a service sent is fake: ρ r/(ρ r + 1 − ρ), its own profile still counting.
    fn probability_of_member(&self, profile: f64, base: f64) -> f64 {
        let ratio = odds_ratio(profile, base.clamp(EDGE, 1.0 - EDGE));
        self.fake_if_sent * ratio / (self.fake_if_sent * ratio + 1.0 - self.fake_if_sent)
    }
}

fn odds_ratio(p: f64, base: f64) -> f64 {
    let odds = |p: f64| p / (1.0 - p);
    odds(p.clamp(EDGE, 1.0 - EDGE)) / odds(base)
}

/// Creators on whom groups act in lockstep of which none is borne out as sent by a service ([`AccountScores::weigh_groups`]): a giveaway, a newsletter or a
/// company's people act so too.
///
/// # Cost
/// O(members).
pub fn undecided_targets(groups: &[CoordinatedGroup], accounts: &AccountScores) -> BTreeSet<AccountId> {
    let is_raised = |id: AccountId| accounts.raised_by_group.contains_key(&id);
    let is_borne_out = |group: &CoordinatedGroup| {
        let mut measured = group.members.iter().map(|member| member.account).filter(|id| accounts.is_measured(*id)).peekable();
        measured.peek().is_some() && measured.all(is_raised)
    };
    let (mut undecided, mut sent) = (BTreeSet::new(), BTreeSet::new());
    for group in groups.iter().filter(|group| is_lockstep(group.kind)) {
        let targets = group.targets.iter().map(|target| target.creator);
        if is_borne_out(group) { sent.extend(targets) } else { undecided.extend(targets) }
    }
    undecided.difference(&sent).copied().collect()
}

fn is_lockstep(kind: GroupKind) -> bool {
    matches!(kind, GroupKind::FollowLockstep | GroupKind::EngagementLockstep)
}

impl AccountScores {
    /// Updates the members of lockstep groups that their own profiles bear out as sent by a service, with the rule's probability or more; all other groups
    /// change nothing. `threshold` is the model's threshold of *suspicious*.
    ///
    /// # Cost
    /// O(accounts + members); nothing where there is no lockstep group.
    pub fn weigh_groups(&mut self, dataset: &Dataset, groups: &[CoordinatedGroup], threshold: f64, rule: &GroupEvidence) {
        let groups: Vec<&CoordinatedGroup> = groups.iter().filter(|group| is_lockstep(group.kind)).collect();
        if groups.is_empty() {
            return;
        }
        let others: Vec<f64> =
            dataset.account_ids().filter(|id| self.group_of(*id).is_none()).filter_map(|id| self.p_fake_profile(id)).collect();
        let Some(base) = mean(&others) else { return };
        for group in groups {
            let measured: Vec<(AccountId, f64)> =
                group.members.iter().filter_map(|member| Some((member.account, self.p_fake_profile(member.account)?))).collect();
            let profiles: Vec<f64> = measured.iter().map(|member| member.1).collect();
            let Some(sent) = rule.probability_sent(&profiles, base).filter(|sent| *sent >= rule.borne_out) else { continue };
            for (id, profile) in measured {
                let slot = id.index();
                let with_group = |profile: f64| sent * rule.probability_of_member(profile, base) + (1.0 - sent) * profile;
                let (low, high) = self.p_fake_interval(id).map_or((profile, profile), |of| (of.low(), of.high()));
                self.p_fake[slot] = self.p_fake[slot].max(with_group(profile));
                self.raised_by_group.extend(Interval::new(with_group(low), with_group(high)).map(|interval| (id, interval)));
                let (following, followers) = (dataset.accounts.following.get(slot), dataset.accounts.followers.get(slot));
                self.class[slot] = classify(following, followers, self.p_fake[slot], threshold);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{GroupMember, GroupTarget};

    #[test]
    fn by_hand() {
        // base .1: odds 1/9. Profiles of .5: ratio 9; (.95 · 9 + .05)/(.1 · 9 + .9) = 8.6/1.8; five of them.
        let expected = 1.0 / (1.0 + (8.6_f64 / 1.8).powi(-5));
        assert!((probability_sent(&[0.5; 5], 0.1).unwrap() - expected).abs() < 1e-12);
        // Thirty of them count as ten.
        assert_eq!(probability_sent(&[0.5; 30], 0.1), probability_sent(&[0.5; 10], 0.1));
        // 8.55/8.6.
        assert!((GroupEvidence::default().probability_of_member(0.5, 0.1) - 8.55 / 8.6).abs() < 1e-12);
    }

    #[test]
    fn a_third_of_visible_fakes_bears_out_a_group_and_everybody_s_profiles_do_not() {
        let mixed: Vec<f64> = (0..30).map(|k| if k % 3 == 0 { 0.95 } else { 0.03 }).collect();
        assert!(probability_sent(&mixed, 0.05).unwrap() > 0.95);
        let people: Vec<f64> = (0..30).map(|k| if k == 0 { 0.9 } else { 0.02 }).collect();
        assert!(probability_sent(&people, 0.05).unwrap() < 0.1);
    }

    fn group(kind: GroupKind, members: &[u32], targets: &[u32]) -> CoordinatedGroup {
        let member = |id: &u32| GroupMember {
            account: AccountId(*id),
            first_at: None,
            last_at: None,
            actions_count: 1,
            actions: Vec::new(),
        };
        let target = |id: &u32| GroupTarget { creator: AccountId(*id), members_count: 1, first_at: None, last_at: None };
        CoordinatedGroup {
            id: "g".into(),
            kind,
            members: members.iter().map(member).collect(),
            targets: targets.iter().map(target).collect(),
            density: 1.0,
            log10_p: -9.0,
            purity: None,
            batch: None,
        }
    }

    #[test]
    fn a_creator_is_undecided_where_no_group_on_it_is_borne_out() {
        let mut accounts = AccountScores::default();
        accounts.predictions.measured_count = vec![1, 1, 1, 1, 0];
        let raised = [0, 1].map(|id| (AccountId(id), Interval::new(0.5, 0.9).unwrap()));
        accounts.raised_by_group.extend(raised);
        let groups = [
            // Account 4 has no profile: it neither bears out nor speaks against.
            group(GroupKind::FollowLockstep, &[0, 1, 4], &[10, 11]),
            // One of its members belongs to a group that is borne out, the other does not.
            group(GroupKind::EngagementLockstep, &[1, 2], &[11, 12]),
            group(GroupKind::FollowLockstep, &[4], &[13]),
            group(GroupKind::Pod, &[2, 3], &[14]),
        ];
        let undecided: Vec<u32> = undecided_targets(&groups, &accounts).iter().map(|id| id.0).collect();
        assert_eq!(undecided, [12, 13]);
    }

    #[test]
    fn a_profile_still_speaks_for_its_owner() {
        let rule = GroupEvidence::default();
        let (bare, rich) = (rule.probability_of_member(0.3, 0.05), rule.probability_of_member(0.001, 0.05));
        assert!(bare > 0.99 && (0.2..0.4).contains(&rich), "{bare} {rich}");
    }
}

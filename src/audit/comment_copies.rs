//! Where comments in common become groups of named accounts.

use crate::domain::{AccountId, CoordinatedGroup, Dataset, GroupKind, GroupMember, GroupTarget, Timestamp};
use crate::signals::CommentCorpus;
use crate::text::{CopyGroup, Writing, find_copies};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest accounts of a group, as in every other kind.
const MIN_MEMBERS: usize = 5;
/// Seed of the shuffles that tell what common phrases yield; a constant, so that a run can be repeated.
const SEED: u64 = 0x636f_7069_6573;

/// Groups of accounts that write the same texts, the largest first; only comments long enough that two people hardly write them
/// independently count. Each member's actions are its comments that another member wrote too.
///
/// # Missing
/// No text, no group.
pub fn find_comment_copies(dataset: &Dataset, corpus: &CommentCorpus) -> Vec<CoordinatedGroup> {
    let rows: Vec<u32> =
        (0..dataset.engagements.actor.len() as u32).filter(|&row| is_compared(dataset, corpus, row as usize)).collect();
    let writing = |&row: &u32| {
        let row = row as usize;
        let place = dataset.engagements.creator.get(row)?;
        Some(Writing { author: dataset.engagements.actor[row].0, place, text: corpus.text(row)?.class })
    };
    let writings: Vec<Writing> = rows.iter().filter_map(writing).collect();
    find_copies(&writings, MIN_MEMBERS, SEED).iter().map(|group| named(dataset, group, &rows, &writings)).collect()
}

fn is_compared(dataset: &Dataset, corpus: &CommentCorpus, row: usize) -> bool {
    corpus.text(row).is_some_and(|text| text.has_substance) && dataset.engagements.creator.get(row).is_some()
}

fn named(dataset: &Dataset, group: &CopyGroup, rows: &[u32], writings: &[Writing]) -> CoordinatedGroup {
    let at = |number: u32| dataset.engagements.at.get(rows[number as usize] as usize).and_then(Timestamp::from_ms);
    let mut of_creator: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut of_member: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &number in &group.writings {
        let writing = &writings[number as usize];
        of_creator.entry(writing.place).or_default().push(number);
        of_member.entry(writing.author).or_default().push(number);
    }
    let creators: Vec<u32> = of_creator.keys().copied().collect();
    let target = |(&creator, numbers): (&u32, &Vec<u32>)| {
        let times = || numbers.iter().filter_map(|&number| at(number));
        let members: BTreeSet<u32> = numbers.iter().map(|&number| writings[number as usize].author).collect();
        let members_count = members.len() as u64;
        GroupTarget { creator: AccountId(creator), members_count, first_at: times().min(), last_at: times().max() }
    };
    let targets: Vec<GroupTarget> = of_creator.iter().map(target).collect();
    let member = |(&account, numbers): (&u32, &Vec<u32>)| {
        let place = |number: u32| creators.binary_search(&writings[number as usize].place).unwrap_or_default() as u32;
        let mut actions: Vec<(u32, Option<Timestamp>)> = numbers.iter().map(|&number| (place(number), at(number))).collect();
        actions.sort_unstable();
        let times = || actions.iter().filter_map(|action| action.1);
        GroupMember {
            account: AccountId(account),
            first_at: times().min(),
            last_at: times().max(),
            actions_count: actions.len() as u64,
            actions,
        }
    };
    let acted: u64 = targets.iter().map(|target| target.members_count).sum();
    CoordinatedGroup {
        id: String::new(),
        kind: GroupKind::CommentCopies,
        members: of_member.iter().map(member).collect(),
        targets,
        density: acted as f64 / (of_member.len() * of_creator.len()) as f64,
        log10_p: group.log10_p,
        purity: None,
        batch: None,
    }
}

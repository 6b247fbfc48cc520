//! A simulated world in the shapes in which real data come.

use crate::benchmark::figure::count;
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, Dataset, EngagementKind, Label, LabelSubject};
use crate::error::Result;
use crate::simulation::Scenario;
use crate::tables::reference::{PostCounts, PostSeries, Timeline};
use std::collections::BTreeMap;

/// The organic side of a simulated export: what vendors own or deliver is left out.
#[derive(Debug, Clone)]
pub struct SimulatedWorld {
    name: String,
    dataset: Dataset,
    accounts: Vec<AccountId>,
    creators: Vec<AccountId>,
}

impl SimulatedWorld {
    /// Simulates a scenario.
    ///
    /// # Errors
    /// Those of [`simulated_dataset`].
    ///
    /// # Cost
    /// The whole export in memory.
    pub fn draw(scenario: &Scenario, seed: u64) -> Result<Self> {
        let dataset = simulated_dataset(scenario, seed)?;
        let genuine = |subject: LabelSubject| {
            let rows = dataset.labels.iter().filter(move |row| row.subject == subject && row.label == Label::Genuine);
            rows.map(|row| row.id)
        };
        let creators: Vec<AccountId> = genuine(LabelSubject::Creator).collect();
        let mut publishes = vec![false; dataset.n_accounts()];
        dataset.creators.iter().for_each(|creator| publishes[creator.id.index()] = true);
        let accounts = genuine(LabelSubject::Account).filter(|id| !publishes[id.index()]).collect();
        Ok(Self { name: scenario.name.clone(), dataset, accounts, creators })
    }

    /// Size in words.
    pub(super) fn summary(&self) -> String {
        format!(
            "Scenario `{}`: {} creators whose audience nobody inflated, {} organic accounts, {} follows, {} engagements",
            self.name,
            count(self.creators.len()),
            count(self.accounts.len()),
            count(self.dataset.follows.follower.len()),
            count(self.dataset.engagements.actor.len())
        )
    }

    /// The export.
    pub(super) fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Organic accounts whose profile could be read, at most so many; they stand in the order of their ids, which is random.
    pub(super) fn profiles(&self, most: usize) -> Vec<usize> {
        let known = self.accounts.iter().map(|id| id.index()).filter(|&row| self.dataset.accounts.followers.get(row).is_some());
        known.take(most).collect()
    }

    /// Followers of each creator on the platform.
    pub(super) fn followers(&self) -> Vec<u64> {
        self.creators.iter().filter_map(|id| self.dataset.accounts.followers.get(id.index())).collect()
    }

    /// Creators followed by each organic account, as far as the export holds them.
    pub(super) fn followed(&self) -> Vec<u64> {
        let mut followed = vec![0; self.dataset.n_accounts()];
        self.dataset.follows.follower.iter().for_each(|id| followed[id.index()] += 1);
        self.accounts.iter().map(|id| followed[id.index()]).filter(|&count| count > 0).collect()
    }

    /// Posts of each creator, those with hidden likes left out.
    pub(super) fn series(&self) -> Vec<PostSeries> {
        let posts = &self.dataset.posts;
        let mut by_creator: BTreeMap<AccountId, Vec<PostCounts>> = BTreeMap::new();
        for (slot, &creator) in posts.creator.iter().enumerate() {
            let counts = (posts.published_at.get(slot), posts.likes.get(slot), posts.comments.get(slot));
            if let (Some(at_ms), Some(likes), Some(comments)) = counts {
                by_creator.entry(creator).or_default().push(PostCounts { at_s: at_ms / 1000, likes, comments });
            }
        }
        let series = self.creators.iter().filter_map(|id| {
            let mut posts = by_creator.remove(id)?;
            posts.sort_unstable_by_key(|post| post.at_s);
            let followers = self.dataset.accounts.followers.get(id.index()).filter(|&count| count > 0)?;
            Some(PostSeries { followers, posts })
        });
        series.collect()
    }

    /// When each organic account liked, commented or followed; those that were seen doing nothing have none.
    pub(super) fn actions(&self) -> Vec<Timeline> {
        let mut times: Vec<Timeline> = vec![Vec::new(); self.dataset.n_accounts()];
        let (acts, follows) = (&self.dataset.engagements, &self.dataset.follows);
        for (slot, actor) in acts.actor.iter().enumerate() {
            times[actor.index()].extend(acts.at.get(slot).map(|ms| ms / 1000));
        }
        for (slot, follower) in follows.follower.iter().enumerate() {
            times[follower.index()].extend(follows.followed_at.get(slot).map(|ms| ms / 1000));
        }
        sorted(self.accounts.iter().map(|id| std::mem::take(&mut times[id.index()])))
    }

    /// When each creator's posts were commented on.
    pub(super) fn comments_received(&self) -> Vec<Timeline> {
        let acts = &self.dataset.engagements;
        let mut times: Vec<Timeline> = vec![Vec::new(); self.dataset.n_accounts()];
        for (slot, _) in acts.kind.iter().enumerate().filter(|&(_, &kind)| kind == EngagementKind::Comment) {
            if let (Some(creator), Some(at_ms)) = (acts.creator.get(slot), acts.at.get(slot)) {
                times[creator as usize].push(at_ms / 1000);
            }
        }
        sorted(self.creators.iter().map(|id| std::mem::take(&mut times[id.index()])))
    }
}

fn sorted(timelines: impl Iterator<Item = Timeline>) -> Vec<Timeline> {
    let with_events = timelines.filter(|times| !times.is_empty());
    with_events
        .map(|mut times| {
            times.sort_unstable();
            times
        })
        .collect()
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A world of sixty creators, some with ordered followers.
    pub fn small() -> SimulatedWorld {
        let text = "creators = 60\naccounts = 3000\n[organic]\nfollowers_min = 200\nfollowers_max = 20000\n\
                    [orders]\ninflated_share = 0.1\nfollowers_max = 10000\n\
                    [sampling]\nfollows_per_creator = 200\nlikers_per_post = 12\ncomments_per_post = 12\n";
        SimulatedWorld::draw(&Scenario::parse(text).unwrap(), 3).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_organic_is_kept() {
        let world = testing::small();
        assert_eq!(world.creators.len(), 52, "six inflated and two attacked are left out");
        let fakes: Vec<AccountId> =
            world.dataset.labels.iter().filter(|row| row.label == Label::Fake).map(|row| row.id).collect();
        assert!(fakes.len() > 100 && fakes.iter().all(|id| !world.accounts.contains(id) && !world.creators.contains(id)));
        assert_eq!(world.followers().len(), world.creators.len());
        assert!(world.series().iter().all(|series| series.posts.is_sorted_by_key(|post| post.at_s)));
        assert!(world.actions().iter().all(|times| !times.is_empty() && times.is_sorted()));
        assert!(world.profiles(50).len() == 50 && world.followed().iter().all(|&count| count > 0));
    }
}

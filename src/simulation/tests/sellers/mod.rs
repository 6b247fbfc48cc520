//! The sellers' side as a whole: what the export and the truth say of one another.

mod leaks;
mod market;
mod refusals;
mod scenario_files;

use crate::domain::{Dataset, DatasetBuilder, Label, LabelSubject, Manifest};
use crate::simulation::{Order, OrderKind, Scenario, Truth, simulate_with_truth};
use std::collections::{BTreeMap, BTreeSet};

/// An export as read, with its truth.
struct Outcome {
    data: Dataset,
    truth: Truth,
}

fn run(scenario: &Scenario, seed: u64) -> Outcome {
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut truth = Truth::default();
    let manifest = simulate_with_truth(
        scenario,
        seed,
        &mut |table, batch| {
            builder.push(table, &batch);
            Ok(())
        },
        &mut |some| {
            truth.creators.extend(some.creators);
            truth.orders.extend(some.orders);
            truth.members.extend(some.members);
            Ok(())
        },
    );
    let mut data = builder.finish();
    data.manifest = manifest.unwrap();
    Outcome { data, truth }
}

impl Outcome {
    /// Members of each order in the export, by order id.
    fn members(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for member in &self.truth.members {
            members.entry(&member.order_id).or_default().push(&member.account_id);
        }
        members
    }

    fn orders(&self, kind: OrderKind) -> impl Iterator<Item = &Order> {
        self.truth.orders.iter().filter(move |order| order.kind == kind)
    }

    /// When each follower followed, in seconds, by creator and follower; untimed follows are left out.
    fn follows(&self) -> BTreeMap<(&str, &str), i64> {
        let follows = &self.data.follows;
        (0..follows.follower.len())
            .filter_map(|slot| {
                let pair = (self.data.name(follows.followed[slot]), self.data.name(follows.follower[slot]));
                Some((pair, follows.followed_at.get(slot)? / 1000))
            })
            .collect()
    }

    /// Ids of the accounts that are labelled fake.
    fn fakes(&self) -> BTreeSet<&str> {
        let rows = self.data.labels.iter();
        rows.filter(|row| row.subject == LabelSubject::Account && row.label == Label::Fake)
            .map(|row| self.data.name(row.id))
            .collect()
    }
}

/// A small world whose export holds every follow and every engagement, without fakes that nobody ordered.
fn complete(more: &str) -> Scenario {
    let text = format!(
        "creators = 16\naccounts = 8000\n{more}\n[organic]\nfollowers_min = 400\nfollowers_max = 1500\nbackground_fake_share = 0.0\n\
         posts_per_week = 7.0\n[sampling]\nfollows_per_creator = 2000\nposts_per_creator = 8\nlikers_per_post = 10000\n\
         comments_per_post = 10000\nuntimed_share = 0.0\nhistory_weeks = 40\n"
    );
    Scenario::parse(&text).unwrap()
}

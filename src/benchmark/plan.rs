//! Which rows a model is fitted on and which it is then measured on: what is left out, it never sees.

use crate::domain::{Label, Platform};
use crate::training::{LabelledRows, REFERENCE_DOMAINS};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// How much of the left-out set's own surroundings the model may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// The set has genuine accounts of its own: all of it is left out.
    WholeSet,
    /// A family of fakes whose genuine accounts other families share: no account of that collection is known.
    Strict,
    /// The same, but half of the genuine accounts are known, and the family's relatives of other domains; the other
    /// half of the genuine accounts is measured on.
    HalfGenuine,
    /// Only sets of other platforms are known.
    OtherPlatforms,
}

impl Protocol {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::WholeSet => "whole set",
            Self::Strict => "strict",
            Self::HalfGenuine => "half of genuine known",
            Self::OtherPlatforms => "other platforms only",
        }
    }
}

/// One model to fit, and what to measure it on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// Source of the fakes measured on.
    pub name: String,
    pub protocol: Protocol,
    pub train: Vec<usize>,
    pub test: Vec<usize>,
}

/// Every set with genuine accounts of its own, and every family of fakes, left out in turn.
pub(super) fn leave_out(rows: &LabelledRows, mut random: ChaCha8Rng) -> Vec<Plan> {
    let mut halves: Vec<(&'static str, BTreeSet<usize>)> = Vec::new();
    let mut plans = Vec::new();
    for source in rows.sources() {
        let own = rows.rows_of(&[source]);
        let (fake, genuine) = counts(rows, &own);
        if fake > 0 && genuine > 0 {
            plans.push(plan(rows, source, Protocol::WholeSet, own, |_| true));
        } else if let Some(home) = home_of(source).filter(|_| fake > 0) {
            let shared = rows.rows_of(&[home]);
            if !halves.iter().any(|(known, _)| *known == home) {
                let mut order = shared.clone();
                order.shuffle(&mut random);
                halves.push((home, order[..order.len() / 2].iter().copied().collect()));
            }
            let Some((_, half)) = halves.iter().find(|(known, _)| *known == home) else { continue };
            let relatives = collection(home);
            let all = [own.clone(), shared.clone()].concat();
            plans.push(plan(rows, source, Protocol::Strict, all, |row| !relatives.contains(&name_of(rows, row))));
            let rest: Vec<usize> = own.into_iter().chain(shared.into_iter().filter(|row| !half.contains(row))).collect();
            let domain = domain_of(source);
            plans.push(plan(rows, source, Protocol::HalfGenuine, rest, |row| !domain.contains(&name_of(rows, row))));
        }
    }
    plans.retain(|plan| !plan.train.is_empty() && !plan.test.is_empty());
    plans
}

/// Each set of sold followers, by a model that knows only other platforms.
pub(super) fn other_platforms(rows: &LabelledRows) -> Vec<Plan> {
    let platform = |row: usize| rows.platforms(&[row])[0];
    let core = REFERENCE_DOMAINS.iter().filter(|spec| spec.is_core);
    let mut plans: Vec<Plan> = core
        .map(|spec| {
            let sources: Vec<&str> = spec.fake.iter().copied().chain([spec.genuine]).collect();
            let test = rows.rows_of(&sources);
            let own: Option<Platform> = test.first().and_then(|&row| platform(row));
            plan(rows, spec.fake[0], Protocol::OtherPlatforms, test, |row| platform(row) != own)
        })
        .collect();
    plans.retain(|plan| !plan.train.is_empty() && !plan.test.is_empty());
    plans
}

fn plan(rows: &LabelledRows, name: &str, protocol: Protocol, test: Vec<usize>, may_know: impl Fn(usize) -> bool) -> Plan {
    let tested: BTreeSet<usize> = test.iter().copied().collect();
    let train = (0..rows.len()).filter(|row| !tested.contains(row) && may_know(*row)).collect();
    Plan { name: name.to_owned(), protocol, train, test }
}

fn name_of(rows: &LabelledRows, row: usize) -> &str {
    &rows.sources()[rows.source(row)]
}

fn counts(rows: &LabelledRows, members: &[usize]) -> (usize, usize) {
    let fake = members.iter().filter(|&&row| rows.labels()[row] == Label::Fake).count();
    (fake, members.len() - fake)
}

/// Source of the genuine accounts that a family of fakes is held against.
fn home_of(source: &str) -> Option<&'static str> {
    REFERENCE_DOMAINS.iter().find(|spec| spec.fake.contains(&source)).map(|spec| spec.genuine)
}

/// Sources of all domains that share these genuine accounts.
fn collection(home: &str) -> BTreeSet<&'static str> {
    let sharing = REFERENCE_DOMAINS.iter().filter(|spec| spec.genuine == home);
    sharing.flat_map(|spec| spec.fake.iter().copied().chain([spec.genuine])).collect()
}

/// Sources of fakes in the domain of a source.
fn domain_of(source: &str) -> BTreeSet<&'static str> {
    let own = REFERENCE_DOMAINS.iter().filter(|spec| spec.fake.contains(&source));
    own.flat_map(|spec| spec.fake.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::EvaluationSettings;
    use crate::benchmark::testing::{set, three_sets};

    fn rows() -> LabelledRows {
        let mut sets = three_sets();
        let families = [
            ("cresci:genuine_users", Label::Genuine, 40),
            ("cresci:fake_followers", Label::Fake, 30),
            ("cresci:spambots_1", Label::Fake, 20),
        ];
        sets.push(set("cresci-2017", Platform::X, &families));
        LabelledRows::gather(&sets)
    }

    fn sources(rows: &LabelledRows, members: &[usize]) -> BTreeSet<String> {
        members.iter().map(|&row| name_of(rows, row).to_owned()).collect()
    }

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn nothing_is_measured_on_what_was_known() {
        let rows = rows();
        let plans = leave_out(&rows, EvaluationSettings::quick(1).random(1, 0));
        assert_eq!(plans.len(), 3 + 2 * 2);
        for plan in plans.iter().chain(&other_platforms(&rows)) {
            let known: BTreeSet<usize> = plan.train.iter().copied().collect();
            assert!(plan.test.iter().all(|row| !known.contains(row)), "{}", plan.name);
            let (fake, genuine) = counts(&rows, &plan.test);
            assert!(fake > 0 && genuine > 0, "{}", plan.name);
        }
    }

    #[test]
    fn strict_knows_nothing_of_the_collection_and_half_knows_other_domains() {
        let rows = rows();
        let plans = leave_out(&rows, EvaluationSettings::quick(1).random(1, 0));
        let of = |protocol: Protocol| {
            plans.iter().find(|plan| plan.name == "cresci:fake_followers" && plan.protocol == protocol).unwrap()
        };
        assert_eq!(sources(&rows, &of(Protocol::Strict).train), names(&["srf", "instafake", "elsewhere"]));
        let half = of(Protocol::HalfGenuine);
        let known = ["srf", "instafake", "elsewhere", "cresci:genuine_users", "cresci:spambots_1"];
        assert_eq!(sources(&rows, &half.train), names(&known));
        let genuine = rows.rows_of(&["cresci:genuine_users"]).len();
        assert_eq!(counts(&rows, &half.test).1, genuine - genuine / 2);
    }

    #[test]
    fn another_platform_is_left_out_whole() {
        let rows = rows();
        let plans = other_platforms(&rows);
        let x = plans.iter().find(|plan| plan.name == "cresci:fake_followers").unwrap();
        assert_eq!(sources(&rows, &x.test), names(&["cresci:genuine_users", "cresci:fake_followers"]));
        assert_eq!(sources(&rows, &x.train), names(&["srf", "instafake"]));
    }
}

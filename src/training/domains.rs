//! Domains: what weighs the same in training, however many rows it has.

use super::labelled_rows::LabelledRows;
use crate::domain::Label;

/// A domain of the reference sets.
#[derive(Debug, Clone, Copy)]
pub struct DomainSpec {
    /// Its name.
    pub name: &'static str,
    /// Its weight against the others.
    pub weight: f64,
    /// Whether its fakes are of the kind that profiles show: sold followers. Only such domains calibrate scores; the
    /// others are bots that look like people.
    pub is_core: bool,
    /// Sources of its fakes, each with the same weight.
    pub fake: &'static [&'static str],
    /// Source of its genuine accounts; domains may share one.
    pub genuine: &'static str,
}

/// The domains of the public reference sets, weighed by how near they are to what the model is for.
pub const REFERENCE_DOMAINS: [DomainSpec; 7] = [
    DomainSpec { name: "srf", weight: 1.0, is_core: true, fake: &["srf"], genuine: "srf" },
    DomainSpec { name: "instafake", weight: 1.0, is_core: true, fake: &["instafake"], genuine: "instafake" },
    DomainSpec { name: "kaggle-instagram", weight: 1.0, is_core: true, fake: &["kaggle-instagram"], genuine: "kaggle-instagram" },
    DomainSpec {
        name: "cresci:fake_followers",
        weight: 1.0,
        is_core: true,
        fake: &["cresci:fake_followers"],
        genuine: "cresci:genuine_users",
    },
    DomainSpec {
        name: "cresci:social_spambots",
        weight: 0.5,
        is_core: false,
        fake: &["cresci:social_spambot_users_1", "cresci:social_spambot_users_2", "cresci:social_spambot_users_3"],
        genuine: "cresci:genuine_users",
    },
    DomainSpec {
        name: "cresci:spambots",
        weight: 0.5,
        is_core: false,
        fake: &["cresci:spambots_1", "cresci:spambots_2", "cresci:spambots_3", "cresci:spambots_4"],
        genuine: "cresci:genuine_users",
    },
    DomainSpec {
        name: "cresci-rtbust-2019",
        weight: 0.5,
        is_core: false,
        fake: &["twitter-v1:cresci-rtbust-2019"],
        genuine: "twitter-v1:cresci-rtbust-2019",
    },
];

/// A domain with its training rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Domain {
    pub name: String,
    pub is_core: bool,
    weight: f64,
    /// Rows of fakes, source by source.
    fake: Vec<Vec<usize>>,
    genuine: Vec<usize>,
}

impl Domain {
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.fake.iter().flatten().chain(&self.genuine).copied()
    }

    /// Half of the domain's weight on each class, evenly over the sources of fakes, then over rows.
    pub fn weighted_rows(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let of_source = self.weight / 2.0 / self.fake.len() as f64;
        let fake = self.fake.iter().flat_map(move |rows| rows.iter().map(move |&row| (row, of_source / rows.len() as f64)));
        let of_genuine = self.weight / 2.0 / self.genuine.len() as f64;
        fake.chain(self.genuine.iter().map(move |&row| (row, of_genuine)))
    }
}

/// The domains that have training rows of both classes: the reference domains, then every other source as a core
/// domain of its own.
pub(super) fn assemble(rows: &LabelledRows, train: &[usize]) -> Vec<Domain> {
    let select = |source: &str, label: Label| -> Vec<usize> {
        let is_wanted = |row: &usize| rows.sources()[rows.source(*row)] == source && rows.labels()[*row] == label;
        train.iter().copied().filter(is_wanted).collect()
    };
    let named = REFERENCE_DOMAINS.iter().map(|spec| Domain {
        name: spec.name.to_owned(),
        is_core: spec.is_core,
        weight: spec.weight,
        fake: spec.fake.iter().map(|source| select(source, Label::Fake)).filter(|rows| !rows.is_empty()).collect(),
        genuine: select(spec.genuine, Label::Genuine),
    });
    let is_known = |source: &str| REFERENCE_DOMAINS.iter().any(|spec| spec.genuine == source || spec.fake.contains(&source));
    let mut unknown: Vec<&String> = rows.sources().iter().filter(|source| !is_known(source)).collect();
    unknown.sort();
    let others = unknown.into_iter().map(|source| Domain {
        name: source.clone(),
        is_core: true,
        weight: 1.0,
        fake: vec![select(source, Label::Fake)].into_iter().filter(|rows| !rows.is_empty()).collect(),
        genuine: select(source, Label::Genuine),
    });
    named.chain(others).filter(|domain| !domain.fake.is_empty() && !domain.genuine.is_empty()).collect()
}

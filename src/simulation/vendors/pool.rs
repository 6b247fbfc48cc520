//! Pools of accounts, apart from who sells from them.

use crate::error::{Error, Result};
use crate::simulation::profiles::ProfileClass;
use crate::simulation::scenario::within;
use serde::Deserialize;

/// What the accounts of a pool are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolKind {
    /// Made together within hours, after one template of handles, and empty; sold soon after.
    Batch,
    /// Made long ago one by one, with a picture and some posts.
    Aged,
    /// Counts near those of real people.
    Polished,
    /// The three of them: 45, 35 and 20 % of the batches.
    Mixed,
    /// Accounts of real people, taken over: organic accounts of the same world that act for the vendor from some instant on.
    Hijacked,
}

/// Whom the accounts of a pool follow besides those they are paid for: the modes of FRAUDAR (Hooi et al., KDD 2016).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camouflage {
    /// Nobody.
    None,
    /// Creators at random, each as likely as another.
    Random,
    /// Creators at random in proportion to their followers.
    Biased,
    /// Whom the real owner follows: for hijacked pools, and only for them.
    Hijacked,
}

/// A kind of accounts in a pool.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolClass {
    /// Whether they are made by the batch; else they are as old as their profile says, and bought up by the batch.
    pub batch_made: bool,
    /// Their profiles.
    pub profile: ProfileClass,
}

/// Accounts that vendors sell from; several vendors may sell from one pool.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pool {
    /// Name, by which vendors refer to it; it appears in the truth only.
    pub name: String,
    /// What its accounts are.
    pub kind: PoolKind,
    /// How many there are.
    pub accounts: u32,
    /// Accounts made (or taken over) together: one class, one language, one template of handles. Assumption.
    pub batch: u32,
    /// Hours within which a batch is made (or taken over). Assumption.
    pub batch_h: f64,
    /// Days before the capture between which batches are made (or taken over): the last, the first. An order takes accounts
    /// that exist when it begins. Assumption.
    pub made_days: [f64; 2],
    /// Fewest and most digits that a batch's template puts behind a name. Assumption.
    pub template_digits: [u32; 2],
    /// Whom its accounts follow besides. Assumption.
    pub camouflage: Camouflage,
    /// Camouflage follows for each follow that was ordered, but never more than a quarter of a creator's followers; 0 for the
    /// modes `none` and `hijacked`. Assumption.
    pub camouflage_rate: f64,
    /// Relative share of this pool among the fake followers that everybody has and nobody ordered
    /// (`organic.background_fake_share`); 0 for a pool that has no part in them, as a hijacked one. Assumption.
    pub background_weight: f64,
    /// Kinds of accounts; those of the pool's kind where it is empty.
    pub classes: Vec<PoolClass>,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            name: "pool-1".into(),
            kind: PoolKind::Mixed,
            accounts: 15_000,
            batch: 200,
            batch_h: 6.0,
            made_days: [5.0, 720.0],
            template_digits: [1, 6],
            camouflage: Camouflage::None,
            camouflage_rate: 0.0,
            background_weight: 1.0,
            classes: Vec::new(),
        }
    }
}

impl Pool {
    /// The pool's number of accounts that exist for it alone: none of a hijacked one.
    pub(in crate::simulation) fn made_accounts(&self) -> u64 {
        if self.kind == PoolKind::Hijacked { 0 } else { u64::from(self.accounts) }
    }

    /// Its kinds of accounts.
    pub(in crate::simulation) fn kinds(&self) -> Vec<PoolClass> {
        if self.classes.is_empty() { classes_of(self.kind) } else { self.classes.clone() }
    }

    pub(in crate::simulation) fn validate(&self) -> Result<()> {
        let place = |name: &str| format!("{name} of pool {}", self.name);
        within(place("accounts"), f64::from(self.accounts), 1.0, 4e9)?;
        within(place("batch"), f64::from(self.batch), 1.0, 1e6)?;
        within(place("batch_h"), self.batch_h, 0.1, 24.0 * 30.0)?;
        within(place("made_days[0]"), self.made_days[0], 1.0, 3_000.0)?;
        within(place("made_days[1]"), self.made_days[1], self.made_days[0], 3_000.0)?;
        within(place("template_digits[0]"), f64::from(self.template_digits[0]), 1.0, 9.0)?;
        within(place("template_digits[1]"), f64::from(self.template_digits[1]), f64::from(self.template_digits[0]), 9.0)?;
        within(place("camouflage_rate"), self.camouflage_rate, 0.0, 100.0)?;
        within(place("background_weight"), self.background_weight, 0.0, 1e9)?;
        self.validate_camouflage()?;
        if self.kind == PoolKind::Hijacked {
            return Ok(());
        }
        let profiles: Vec<ProfileClass> = self.kinds().into_iter().map(|class| class.profile).collect();
        ProfileClass::validate_all(&place("classes"), &profiles)
    }

    fn validate_camouflage(&self) -> Result<()> {
        let place = |name: &str| format!("{name} of pool {}", self.name);
        let is_hijacked = self.kind == PoolKind::Hijacked;
        if is_hijacked && self.background_weight > 0.0 {
            let expected = "0, for hijacked accounts have a life of their own";
            return Err(Error::invalid_argument(place("background_weight"), self.background_weight, expected));
        }
        if is_hijacked && !self.classes.is_empty() {
            return Err(Error::invalid_argument(
                place("classes"),
                self.classes.len(),
                "none: hijacked accounts are organic ones",
            ));
        }
        if is_hijacked != (self.camouflage == Camouflage::Hijacked) {
            let expected = "`hijacked` for a hijacked pool, and for no other";
            return Err(Error::invalid_argument(place("camouflage"), format!("{:?}", self.camouflage), expected));
        }
        let follows_others = matches!(self.camouflage, Camouflage::Random | Camouflage::Biased);
        if follows_others != (self.camouflage_rate > 0.0) {
            let expected = "more than 0 for the modes random and biased, 0 for the others";
            return Err(Error::invalid_argument(place("camouflage_rate"), self.camouflage_rate, expected));
        }
        Ok(())
    }
}

/// Kinds of pool accounts, from hardly to well disguised.
///
/// Empty: fakes of instafake (n = 115) and Kaggle (n = 153) without posts. Aged: fakes of SRF (n = 65), instafake (n = 85) and
/// Kaggle (n = 135) with posts. Polished: counts near those of genuine accounts, by assumption.
///
/// # Source
/// Aggregates of SRF Data (2017), Akyon and Kalfaoglu (2019) and Kaggle free4ever1, computed 2026-11-22.
fn classes_of(kind: PoolKind) -> Vec<PoolClass> {
    let class = |batch_made, name: &str, weight, counts: [[f64; 2]; 3], shares: [f64; 4], age| PoolClass {
        batch_made,
        profile: ProfileClass {
            name: name.into(),
            weight,
            followers: counts[0],
            following: counts[1],
            posts: counts[2],
            correlation: [0.5, 0.2, 0.1],
            avatar: shares[0],
            private: shares[1],
            bio: shares[2],
            digits: shares[3],
            age,
        },
    };
    let empty = class(true, "empty", 0.45, [[2.6, 1.4], [6.3, 1.5], [0.0, 0.0]], [0.35, 0.38, 0.12, 0.65], [6.0, 0.5]);
    let aged = class(false, "aged", 0.35, [[4.2, 1.5], [6.8, 1.2], [1.9, 1.2]], [0.88, 0.25, 0.38, 0.50], [7.0, 0.6]);
    let polished = class(false, "polished", 0.2, [[5.1, 1.1], [6.7, 0.8], [3.0, 1.2]], [0.98, 0.35, 0.62, 0.22], [7.1, 0.6]);
    match kind {
        PoolKind::Batch => vec![empty],
        PoolKind::Aged => vec![aged],
        PoolKind::Polished => vec![polished],
        PoolKind::Mixed => vec![empty, aged, polished],
        PoolKind::Hijacked => Vec::new(),
    }
}

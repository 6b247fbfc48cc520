//! What a campaign asks for.

use super::prices::{PriceTable, Rates};
use crate::domain::{Platform, Tier};
use crate::error::{Error, Result};

/// What the money is to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Objective {
    /// Authentic people, each once.
    #[default]
    Reach,
    /// Likes and comments by authentic people on one post of each member; they add up.
    Engagements,
}

/// What a campaign asks for. Empty lists ask for nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Most that all posts may cost together.
    pub budget: f64,
    /// Currency of the budget.
    pub currency: Option<String>,
    /// What the money is to buy.
    pub objective: Objective,
    /// Whether the set is chosen by the lower ends of what each creator brings, not by the estimates.
    pub is_cautious: bool,
    /// Platforms.
    pub platforms: Vec<Platform>,
    /// Size classes.
    pub tiers: Vec<Tier>,
    /// Topics, as `creators` has them.
    pub niches: Vec<String>,
    /// Words of which captions or biography must hold one.
    pub keywords: Vec<String>,
    /// Countries of creators.
    pub countries: Vec<String>,
    /// Languages of creators.
    pub languages: Vec<String>,
    /// Least lower end of the score's interval, 0..=100.
    pub min_score: f64,
    /// Most probability that the audience was inflated.
    pub max_risk: Option<f64>,
    /// Whether creators whose verdict is `insufficient` may be bought.
    pub allows_insufficient: bool,
    /// Fewest members.
    pub least: usize,
    /// Most members.
    pub most: Option<usize>,
    /// Most that one creator may cost, as a part of the budget.
    pub creator_share: Option<f64>,
    /// Most members of one category.
    pub per_category: Option<usize>,
    /// Most members of one country.
    pub per_country: Option<usize>,
    /// Creators that must be in, by id or handle.
    pub include: Vec<String>,
    /// Creators that must not be in, by id or handle.
    pub exclude: Vec<String>,
    /// A creator whom candidates must be like, by id or handle.
    pub like: Option<String>,
    /// Least likeness: cosine of texts, or the part of its audience that follows that creator.
    pub min_likeness: f64,
    /// The creator beside whom the set is put, by id or handle; else the largest that the budget buys.
    pub against: Option<String>,
    /// Prices of creators without one.
    pub prices: PriceTable,
    /// What other currencies are worth.
    pub rates: Rates,
    /// Seed of everything drawn by chance.
    pub seed: u64,
}

impl Default for Brief {
    fn default() -> Self {
        Self {
            budget: 0.0,
            currency: None,
            objective: Objective::default(),
            is_cautious: true,
            platforms: Vec::new(),
            tiers: Vec::new(),
            niches: Vec::new(),
            keywords: Vec::new(),
            countries: Vec::new(),
            languages: Vec::new(),
            min_score: 0.0,
            max_risk: None,
            allows_insufficient: false,
            least: 1,
            most: None,
            creator_share: None,
            per_category: None,
            per_country: None,
            include: Vec::new(),
            exclude: Vec::new(),
            like: None,
            min_likeness: 0.1,
            against: None,
            prices: PriceTable::default(),
            rates: Rates::default(),
            seed: 0,
        }
    }
}

impl Brief {
    /// Refuses numbers that ask for nothing that could be done.
    ///
    /// # Errors
    /// `InvalidArgument`.
    pub fn check(&self) -> Result<()> {
        let refuse = |name: &str, value: String, expected: &str| Err(Error::invalid_argument(name, value, expected));
        if !(self.budget.is_finite() && self.budget > 0.0) {
            return refuse("--budget", self.budget.to_string(), "an amount above 0");
        }
        if !(0.0..=100.0).contains(&self.min_score) {
            return refuse("--min-score", self.min_score.to_string(), "a score between 0 and 100");
        }
        let is_share = |share: &f64| (0.0..=1.0).contains(share);
        for (name, share) in [
            ("--max-risk", self.max_risk),
            ("--per-creator-cap", self.creator_share),
            ("--min-likeness", Some(self.min_likeness)),
        ] {
            if let Some(share) = share.filter(|share| !is_share(share)) {
                return refuse(name, share.to_string(), "a share between 0 and 1");
            }
        }
        if self.most.is_some_and(|most| most < self.least || most == 0) {
            let range = format!("{}..{}", self.least, self.most.unwrap_or(0));
            return refuse("--k", range, "at least one member, and no more at least than at most");
        }
        if [self.per_category, self.per_country].contains(&Some(0)) {
            return refuse("--max-per-category or --max-per-country", "0".to_owned(), "at least 1");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_asked_for_is_refused() {
        let wrong = |change: fn(&mut Brief)| {
            let mut brief = Brief { budget: 100.0, ..Brief::default() };
            change(&mut brief);
            brief.check().unwrap_err().to_string()
        };
        assert!(wrong(|brief| brief.budget = f64::NAN).starts_with("--budget"));
        assert!(wrong(|brief| brief.budget = -1.0).starts_with("--budget"));
        assert!(wrong(|brief| brief.min_score = 101.0).starts_with("--min-score"));
        assert!(wrong(|brief| brief.max_risk = Some(1.5)).starts_with("--max-risk"));
        assert!(wrong(|brief| (brief.least, brief.most) = (5, Some(3))).starts_with("--k"));
        assert!(Brief { budget: 1.0, ..Brief::default() }.check().is_ok());
    }
}

//! What people do without a plan: buy from the top of one column until the money is gone.

use super::gate::Candidate;
use super::input::SelectionInput;
use super::offer::Offer;

/// The column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimpleRule {
    /// The highest score first.
    Score,
    /// The highest engagement rate first.
    EngagementRate,
    /// Most followers first.
    Followers,
}

impl SimpleRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Score, Self::EngagementRate, Self::Followers];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Score => "by score",
            Self::EngagementRate => "by engagement rate",
            Self::Followers => "by followers",
        }
    }

    fn key(self, input: &SelectionInput, row: usize) -> f64 {
        let (creator, sketch) = (&input.creators[row], &input.sketches[row]);
        let key = match self {
            Self::Score => creator.score.map(|score| score.value),
            Self::EngagementRate => {
                sketch.engagements_per_post.zip(creator.followers).map(|(count, followers)| count / followers)
            }
            Self::Followers => creator.followers,
        };
        key.filter(|key| !key.is_nan()).unwrap_or(f64::NEG_INFINITY)
    }
}

/// Places of the candidates that the rule buys: from the top, everybody who still fits.
pub fn bought_by(rule: SimpleRule, input: &SelectionInput, candidates: &[Candidate], offer: &Offer) -> Vec<usize> {
    let Ok(mut purse) = offer.purse() else { return Vec::new() };
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let key = |place: usize| rule.key(input, candidates[place].row);
    order.sort_by(|&a, &b| key(b).total_cmp(&key(a)).then(a.cmp(&b)));
    for place in order {
        if purse.fits(place) {
            purse.pay(place);
        }
    }
    purse.members
}

//! For whom something is ordered, and how much.

use super::within;
use crate::error::{Error, Result};
use crate::simulation::vendors::{Product, Vendor, sellers};
use serde::Deserialize;

/// Shares of creators for whom something is ordered, each rounded to whole creators; no creator belongs to two of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Orders {
    /// Share of creators with ordered followers. Assumption.
    pub inflated_share: f64,
    /// Share of ordered followers in the audience of the mildest case.
    pub strength_from: f64,
    /// The same for the strongest case; between them the steps are geometric.
    pub strength_to: f64,
    /// Share of creators whom a third party harms. Assumption.
    pub attacked_share: f64,
    /// Share of ordered followers in the audience of a creator attacked by followers. Assumption.
    pub attack_strength: f64,
    /// Share of the attacked creators that are attacked by harmful comments, not by followers. Assumption.
    pub attacks_by_comments: f64,
    /// Share of creators with ordered engagement and no ordered followers. Assumption.
    pub engagement_share: f64,
    /// Of the creators with ordered followers or engagement, the share that orders likes. Assumption.
    pub likes_share: f64,
    /// The same for comments. Assumption.
    pub comments_share: f64,
    /// The same for views. Assumption.
    pub views_share: f64,
    /// Share of a creator's posts (where so, of its sponsored posts) for which it orders a package. Assumption.
    pub posts_share: f64,
    /// Of the creators that order engagement, the share that does so for sponsored posts only. Assumption.
    pub sponsored_only_share: f64,
    /// Share of creators that let a follow–unfollow service run on their account. Assumption.
    pub churn_share: f64,
    /// Share of creators in pods. Assumption.
    pub pod_share: f64,
    /// Something is ordered only for creators with at most this many followers.
    pub followers_max: u64,
    /// Days before the capture within which everything is ordered and delivered.
    pub days: f64,
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            inflated_share: 0.2,
            strength_from: 0.05,
            strength_to: 0.6,
            attacked_share: 0.025,
            attack_strength: 0.25,
            attacks_by_comments: 0.0,
            engagement_share: 0.0,
            likes_share: 0.5,
            comments_share: 0.0,
            views_share: 0.0,
            posts_share: 0.5,
            sponsored_only_share: 0.0,
            churn_share: 0.0,
            pod_share: 0.0,
            followers_max: 20_000,
            days: 300.0,
        }
    }
}

impl Orders {
    /// Share of creators for whom anything is ordered.
    pub(in crate::simulation) fn share(&self) -> f64 {
        self.inflated_share + self.attacked_share + self.engagement_share + self.churn_share + self.pod_share
    }

    pub(super) fn validate(&self) -> Result<()> {
        for (name, share) in [
            ("orders.inflated_share", self.inflated_share),
            ("orders.attacked_share", self.attacked_share),
            ("orders.attacks_by_comments", self.attacks_by_comments),
            ("orders.engagement_share", self.engagement_share),
            ("orders.likes_share", self.likes_share),
            ("orders.comments_share", self.comments_share),
            ("orders.views_share", self.views_share),
            ("orders.posts_share", self.posts_share),
            ("orders.sponsored_only_share", self.sponsored_only_share),
            ("orders.churn_share", self.churn_share),
            ("orders.pod_share", self.pod_share),
        ] {
            within(name, share, 0.0, 1.0)?;
        }
        within("orders.strength_from", self.strength_from, 0.001, 0.95)?;
        within("orders.strength_to", self.strength_to, self.strength_from, 0.95)?;
        within("orders.attack_strength", self.attack_strength, 0.001, 0.95)?;
        // Creators with orders are at least 700 days old.
        within("orders.days", self.days, 7.0, 690.0)?;
        if self.share() > 1.0 {
            let expected = "at most 1 together with attacked_share, engagement_share, churn_share and pod_share";
            return Err(Error::invalid_argument("orders.inflated_share", self.inflated_share, expected));
        }
        let engagement = self.likes_share + self.comments_share + self.views_share;
        if self.engagement_share > 0.0 && engagement <= 0.0 {
            let expected = "0 where likes_share, comments_share and views_share are 0";
            return Err(Error::invalid_argument("orders.engagement_share", self.engagement_share, expected));
        }
        Ok(())
    }

    /// Refuses to order what nobody sells, and deliveries that do not fit into the time.
    pub(super) fn validate_sellers(&self, vendors: &[Vendor]) -> Result<()> {
        let packages = self.inflated_share + self.engagement_share;
        for (name, share, is_ordered, product, kinds) in [
            ("inflated_share", self.inflated_share, true, Product::Followers, "bulk or drip"),
            ("attacked_share", self.attacked_share, self.attacks_by_comments < 1.0, Product::Followers, "bulk or drip"),
            ("attacked_share", self.attacked_share, self.attacks_by_comments > 0.0, Product::Comments, "comments"),
            ("likes_share", self.likes_share, packages > 0.0, Product::Likes, "likes"),
            ("comments_share", self.comments_share, packages > 0.0, Product::Comments, "comments"),
            ("views_share", self.views_share, packages > 0.0, Product::Views, "views"),
            ("churn_share", self.churn_share, true, Product::Churn, "churn"),
            ("pod_share", self.pod_share, true, Product::Pod, "pod"),
        ] {
            if share > 0.0 && is_ordered && sellers(vendors, product).is_empty() {
                let expected = format!("0, since there is no vendor of kind {kinds}");
                return Err(Error::invalid_argument(format!("orders.{name}"), share, expected));
            }
        }
        vendors.iter().try_for_each(|vendor| {
            let (needed, limit) = (vendor.longest_days(), self.days - 2.0);
            if vendor.last_start_days() > self.days {
                let expected = format!("at most {limit}: orders are placed and delivered within orders.days");
                return Err(Error::invalid_argument(format!("longest delivery of vendor {}", vendor.name()), needed, expected));
            }
            Ok(())
        })
    }

    /// Orders of fewer kinds: what only vendors of that kind sold is ordered no more.
    pub(super) fn without(mut self, product: Product) -> Self {
        match product {
            Product::Followers => {
                self.inflated_share = 0.0;
                if self.attacks_by_comments < 1.0 {
                    self.attacked_share *= self.attacks_by_comments;
                    self.attacks_by_comments = if self.attacks_by_comments > 0.0 { 1.0 } else { 0.0 };
                }
            }
            Product::Churn => self.churn_share = 0.0,
            Product::Pod => self.pod_share = 0.0,
            Product::Likes => self.likes_share = 0.0,
            Product::Comments => {
                self.comments_share = 0.0;
                self.attacked_share *= 1.0 - self.attacks_by_comments;
                self.attacks_by_comments = 0.0;
            }
            Product::Views => self.views_share = 0.0,
        }
        if self.likes_share + self.comments_share + self.views_share <= 0.0 {
            self.engagement_share = 0.0;
        }
        self
    }
}

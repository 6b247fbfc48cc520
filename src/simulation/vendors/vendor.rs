//! The kinds of vendors behind one face.

use super::sale::{PackageSale, Sale};
use super::{Bulk, Churn, CommentPackages, Drip, LikePackages, Pod, Quality, ViewPackages};
use crate::error::Result;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Somebody who takes orders; `kind` in a scenario says which.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Vendor {
    /// Followers within minutes to a day.
    Bulk(Bulk),
    /// Followers over a week to a month.
    Drip(Drip),
    /// Follow–unfollow on the creator's own account.
    Churn(Churn),
    /// Pods of creators.
    Pod(Pod),
    /// Likes.
    Likes(LikePackages),
    /// Comments.
    Comments(CommentPackages),
    /// Views.
    Views(ViewPackages),
}

/// What somebody may want to order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulation) enum Product {
    Followers,
    Churn,
    Pod,
    Likes,
    Comments,
    Views,
}

impl Vendor {
    /// The words of the kinds, as scenarios give them.
    pub const KINDS: [&'static str; 7] = ["bulk", "drip", "churn", "pod", "likes", "comments", "views"];

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Bulk(vendor) => &vendor.name,
            Self::Drip(vendor) => &vendor.name,
            Self::Churn(vendor) => &vendor.name,
            Self::Pod(vendor) => &vendor.name,
            Self::Likes(vendor) => &vendor.name,
            Self::Comments(vendor) => &vendor.name,
            Self::Views(vendor) => &vendor.name,
        }
    }

    /// The word of its kind, one of [`Vendor::KINDS`].
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bulk(_) => "bulk",
            Self::Drip(_) => "drip",
            Self::Churn(_) => "churn",
            Self::Pod(_) => "pod",
            Self::Likes(_) => "likes",
            Self::Comments(_) => "comments",
            Self::Views(_) => "views",
        }
    }

    /// Name of the pool that it sells from, if from any.
    pub fn pool(&self) -> Option<&str> {
        self.sale().map(|sale| sale.pool).or_else(|| self.package_sale().map(|sale| sale.pool))
    }

    pub(in crate::simulation) fn product(&self) -> Product {
        match self {
            Self::Bulk(_) | Self::Drip(_) => Product::Followers,
            Self::Churn(_) => Product::Churn,
            Self::Pod(_) => Product::Pod,
            Self::Likes(_) => Product::Likes,
            Self::Comments(_) => Product::Comments,
            Self::Views(_) => Product::Views,
        }
    }

    /// Terms of a vendor of followers.
    pub(in crate::simulation) fn sale(&self) -> Option<Sale<'_>> {
        match self {
            Self::Bulk(vendor) => Some(vendor.sale()),
            Self::Drip(vendor) => Some(vendor.sale()),
            Self::Churn(_) | Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => None,
        }
    }

    /// Terms of a vendor of packages.
    pub(in crate::simulation) fn package_sale(&self) -> Option<PackageSale<'_>> {
        match self {
            Self::Likes(vendor) => Some(vendor.sale()),
            Self::Comments(vendor) => Some(vendor.sale()),
            Self::Views(vendor) => Some(vendor.sale()),
            Self::Bulk(_) | Self::Drip(_) | Self::Churn(_) | Self::Pod(_) => None,
        }
    }

    /// Seconds that one delivery of followers takes.
    pub(in crate::simulation) fn delivery_s(&self, rng: &mut ChaCha8Rng) -> i64 {
        match self {
            Self::Bulk(vendor) => vendor.delivery_s(rng),
            Self::Drip(vendor) => vendor.delivery_s(rng),
            Self::Churn(_) | Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => 0,
        }
    }

    /// Units in a package for a post with so many likes and views of people; `None` where there is nothing to add to.
    pub(in crate::simulation) fn package_size(&self, (likes, views): (u64, Option<u64>), rng: &mut ChaCha8Rng) -> Option<u64> {
        match self {
            Self::Likes(vendor) => Some(vendor.draw_size(likes, rng)),
            Self::Comments(vendor) => Some(vendor.draw_size(rng)),
            Self::Views(vendor) => views.map(|views| vendor.draw_size(views, rng)),
            Self::Bulk(_) | Self::Drip(_) | Self::Churn(_) | Self::Pod(_) => None,
        }
    }

    /// Members of its smallest pod; 0 where it has none.
    pub(in crate::simulation) fn least_members(&self) -> u32 {
        if let Self::Pod(pod) = self { pod.members[0] } else { 0 }
    }

    /// The quality that it claims, where it sells by the piece.
    pub(in crate::simulation) fn quality(&self) -> Option<Quality> {
        self.sale().map(|sale| sale.quality).or_else(|| self.package_sale().map(|sale| sale.quality))
    }

    /// Days before the capture by which its orders must begin, so that all of them are delivered in time.
    pub(in crate::simulation) fn last_start_days(&self) -> f64 {
        self.longest_days() + 2.0
    }

    /// Days that its longest delivery takes.
    pub(in crate::simulation) fn longest_days(&self) -> f64 {
        match self {
            Self::Churn(vendor) => vendor.days[1],
            Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => 0.0,
            Self::Bulk(_) | Self::Drip(_) => self.sale().map_or(0.0, |sale| sale.longest_days),
        }
    }

    pub(in crate::simulation) fn validate(&self) -> Result<()> {
        match self {
            Self::Bulk(vendor) => vendor.validate(),
            Self::Drip(vendor) => vendor.validate(),
            Self::Churn(vendor) => vendor.validate(),
            Self::Pod(vendor) => vendor.validate(),
            Self::Likes(vendor) => vendor.validate(),
            Self::Comments(vendor) => vendor.validate(),
            Self::Views(vendor) => vendor.validate(),
        }
    }
}

/// The vendors that sell a product, by their numbers.
pub(in crate::simulation) fn sellers(vendors: &[Vendor], product: Product) -> Vec<usize> {
    vendors.iter().enumerate().filter(|(_, vendor)| vendor.product() == product).map(|(number, _)| number).collect()
}

//! What the market asks: medians of real offers.
//!
//! Medians of `rent.csv` of vk_market (Kolomeets et al., guardeec/datasets, MIT; 1,656 offers of seven shops in 2021, roubles a
//! unit; action "participate" is a follow), computed 2026-11-23. A network has prices of its own where at least ten offers
//! were seen; elsewhere the median over all networks counts. The offers name no price for pods and follow–unfollow.
//! Prices do not always rise with the quality that a shop claims.

use crate::domain::Platform;
use serde::Deserialize;

/// Currency of the prices.
pub const CURRENCY: &str = "RUB";

/// What is sold by the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A follower.
    Follow,
    /// A like.
    Like,
    /// A comment.
    Comment,
    /// A view.
    View,
}

/// The quality that a vendor claims, in the words of the offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Accounts without pictures, many of them blocked soon.
    Low,
    /// Accounts with some content.
    Mid,
    /// Accounts that look real.
    High,
    /// Accounts of people, by the vendor's word.
    Live,
}

/// Median price of one unit and the number of offers behind it.
type Median = (f64, u32);

/// Over all networks, by action: low, mid, high, live.
const ALL: [(Action, [Median; 4]); 4] = [
    (Action::Follow, [(0.202, 60), (0.33, 235), (0.629, 131), (1.1, 221)]),
    (Action::Like, [(0.129, 40), (0.127, 109), (0.678, 119), (0.27, 68)]),
    (Action::Comment, [(0.415, 2), (0.69, 28), (0.813, 20), (1.826, 38)]),
    (Action::View, [(0.115, 29), (0.117, 102), (0.09, 103), (0.1, 97)]),
];

/// By network, where at least ten offers were seen.
const BY_NETWORK: [(Platform, Action, Quality, Median); 27] = [
    (Platform::Instagram, Action::Follow, Quality::Low, (0.169, 26)),
    (Platform::Instagram, Action::Follow, Quality::Mid, (0.259, 23)),
    (Platform::Instagram, Action::Follow, Quality::High, (0.49, 23)),
    (Platform::Instagram, Action::Follow, Quality::Live, (0.883, 33)),
    (Platform::Instagram, Action::Like, Quality::Low, (1.04, 23)),
    (Platform::Instagram, Action::Like, Quality::High, (0.328, 21)),
    (Platform::Instagram, Action::Comment, Quality::Mid, (0.69, 28)),
    (Platform::Instagram, Action::View, Quality::Mid, (0.04, 12)),
    (Platform::Instagram, Action::View, Quality::High, (0.05, 26)),
    (Platform::Instagram, Action::View, Quality::Live, (0.07, 17)),
    (Platform::Tiktok, Action::Follow, Quality::Low, (0.195, 13)),
    (Platform::Tiktok, Action::Follow, Quality::Mid, (0.298, 31)),
    (Platform::Tiktok, Action::Follow, Quality::Live, (1.558, 19)),
    (Platform::Tiktok, Action::Like, Quality::Mid, (0.124, 30)),
    (Platform::Tiktok, Action::Like, Quality::High, (0.644, 50)),
    (Platform::Tiktok, Action::View, Quality::High, (0.017, 12)),
    (Platform::Tiktok, Action::View, Quality::Live, (0.018, 20)),
    (Platform::Youtube, Action::Follow, Quality::Mid, (0.992, 14)),
    (Platform::Youtube, Action::Follow, Quality::High, (2.827, 42)),
    (Platform::Youtube, Action::Follow, Quality::Live, (2.785, 34)),
    (Platform::Youtube, Action::Like, Quality::Mid, (0.229, 37)),
    (Platform::Youtube, Action::Like, Quality::High, (1.05, 37)),
    (Platform::Youtube, Action::Comment, Quality::Live, (1.84, 12)),
    (Platform::Youtube, Action::View, Quality::Low, (0.337, 18)),
    (Platform::Youtube, Action::View, Quality::Mid, (0.21, 46)),
    (Platform::Youtube, Action::View, Quality::High, (0.284, 22)),
    (Platform::Youtube, Action::View, Quality::Live, (0.719, 33)),
];

/// Least and greatest price of so many units, in roubles, over the qualities that are claimed.
///
/// # Examples
/// ```
/// use bonafide::domain::Platform;
/// use bonafide::market::{Action, price_range};
/// assert_eq!(price_range(Platform::Instagram, Action::Follow, 1_000), (169.0, 883.0));
/// ```
pub fn price_range(platform: Platform, action: Action, units: u64) -> (f64, f64) {
    let prices = [Quality::Low, Quality::Mid, Quality::High, Quality::Live].map(|quality| unit_price(platform, action, quality));
    let of = |price: f64| (price * units as f64 * 100.0).round() / 100.0;
    (of(prices.into_iter().fold(f64::INFINITY, f64::min)), of(prices.into_iter().fold(0.0, f64::max)))
}

/// Roubles for one unit.
pub fn unit_price(platform: Platform, action: Action, quality: Quality) -> f64 {
    let own = BY_NETWORK.iter().find(|(network, sold, claimed, _)| (*network, *sold, *claimed) == (platform, action, quality));
    own.map_or(ALL[action as usize].1[quality as usize], |(.., median)| *median).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_without_enough_offers_has_the_price_of_all() {
        assert_eq!(unit_price(Platform::Instagram, Action::Follow, Quality::Mid), 0.259);
        assert_eq!(unit_price(Platform::Instagram, Action::Like, Quality::Mid), 0.127);
        assert_eq!(unit_price(Platform::Mastodon, Action::Comment, Quality::Live), 1.826);
    }

    #[test]
    fn the_rows_stand_in_the_order_of_the_actions() {
        assert!(ALL.iter().enumerate().all(|(place, (action, _))| *action as usize == place));
    }

    #[test]
    fn a_networks_own_price_rests_on_ten_offers_or_more() {
        assert!(BY_NETWORK.iter().all(|(.., (price, n))| *price > 0.0 && *n >= 10));
    }

    /// Every price of the tables, computed anew from the offers.
    #[test]
    fn the_medians_are_those_of_the_offers() {
        let Some(folder) = std::env::var_os("BONAFIDE_DATA") else {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: BONAFIDE_DATA is not set\n");
            return;
        };
        let mut reader = csv::Reader::from_path(std::path::Path::new(&folder).join("vk_market/rent.csv")).unwrap();
        let offers: Vec<[String; 4]> =
            reader.records().map(|row| [3, 5, 6, 2].map(|place| row.as_ref().unwrap().get(place).unwrap().to_owned())).collect();
        let median = |network: Option<&str>, action: Action, quality: Quality| {
            let action = match action {
                Action::Follow => "participate",
                Action::Like => "like",
                Action::Comment => "comment",
                Action::View => "view",
            };
            let quality = ["low", "mid", "high", "live"][quality as usize];
            let is_meant =
                |offer: &&[String; 4]| network.is_none_or(|n| offer[0] == n) && offer[1] == action && offer[2] == quality;
            let mut prices: Vec<f64> = offers.iter().filter(is_meant).map(|offer| offer[3].parse().unwrap()).collect();
            prices.sort_by(f64::total_cmp);
            let n = prices.len();
            ((prices[(n - 1) / 2] + prices[n / 2]) / 2.0, n as u32)
        };
        let is_close = |stated: Median, found: Median| (stated.0 - found.0).abs() <= 0.000_6 && stated.1 == found.1;
        for (action, stated) in ALL {
            for (stated, quality) in stated.into_iter().zip([Quality::Low, Quality::Mid, Quality::High, Quality::Live]) {
                assert!(is_close(stated, median(None, action, quality)), "{action:?} {quality:?}");
            }
        }
        for (network, action, quality, stated) in BY_NETWORK {
            assert!(is_close(stated, median(Some(network.word()), action, quality)), "{network} {action:?} {quality:?}");
        }
    }
}

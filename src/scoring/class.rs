//! The four classes that the market's reports use.

use crate::domain::AccountClass;

/// Accounts followed beyond which an account is a mass follower (contract).
pub const MASS_FOLLOWER_FOLLOWING: u64 = 1_500;
/// Followers beyond which an account is an influencer (contract).
pub const INFLUENCER_FOLLOWERS: u64 = 5_000;

/// The first that applies: following > 1,500 mass follower; followers > 5,000 influencer;
/// p_fake ≥ threshold suspicious; else real.
///
/// # Missing
/// A missing count decides nothing: the next class is tried.
///
/// # Examples
/// ```
/// use bonafide::domain::AccountClass;
/// use bonafide::scoring::classify;
/// assert_eq!(classify(Some(1_501), Some(9_000), 0.99, 0.7), AccountClass::MassFollower);
/// assert_eq!(classify(Some(1_500), Some(5_001), 0.99, 0.7), AccountClass::Influencer);
/// assert_eq!(classify(None, Some(5_000), 0.70, 0.7), AccountClass::Suspicious);
/// assert_eq!(classify(None, None, 0.69, 0.7), AccountClass::Real);
/// ```
pub fn classify(following: Option<u64>, followers: Option<u64>, p_fake: f64, threshold: f64) -> AccountClass {
    if following.is_some_and(|count| count > MASS_FOLLOWER_FOLLOWING) {
        AccountClass::MassFollower
    } else if followers.is_some_and(|count| count > INFLUENCER_FOLLOWERS) {
        AccountClass::Influencer
    } else if p_fake >= threshold {
        AccountClass::Suspicious
    } else {
        AccountClass::Real
    }
}

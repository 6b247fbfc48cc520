//! The table `features`: every creator signal, one row a creator.

use super::score::ScoredCreator;
use crate::domain::AccountClass;
use crate::signals::{CREATOR_SIGNALS, CreatorMeasures, SignalTable};
use ndarray::Array2;

/// Creator signals of all creators, in the given order; missing where a creator's data do not hold them.
///
/// # Shape
/// Creators × [`CREATOR_SIGNALS`], each column in its signal's unit.
///
/// # Panics
/// If there is not one measurement a creator.
pub fn creator_features(creators: &[ScoredCreator], measured: &[CreatorMeasures]) -> SignalTable {
    assert_eq!(creators.len(), measured.len(), "one measurement a creator");
    let mut values = Array2::from_elem((creators.len(), CREATOR_SIGNALS.len()), f64::NAN);
    for (row, creator) in creators.iter().enumerate() {
        for (column, signal) in CREATOR_SIGNALS.iter().enumerate() {
            if let Some(value) = feature(creator, signal.id).or_else(|| measured[row].value(signal.id)) {
                values[[row, column]] = value;
            }
        }
    }
    SignalTable::new(CREATOR_SIGNALS.iter().collect(), values)
}

fn feature(creator: &ScoredCreator, id: &str) -> Option<f64> {
    let (score, profile) = (&creator.score, &creator.profile);
    let class = |wanted: AccountClass| score.classes.iter().find(|share| share.class == wanted).map(|share| share.share.value);
    let part = |count: u64, all: u64| (all > 0).then(|| count as f64 / all as f64);
    match id {
        "audience.fake_share" => score.audience_fake.map(|fake| fake.share),
        "audience.fake_share_low" => score.audience_fake.map(|fake| fake.interval.low()),
        "audience.suspicious_share" => class(AccountClass::Suspicious),
        "audience.mass_follower_share" => class(AccountClass::MassFollower),
        "audience.influencer_share" => class(AccountClass::Influencer),
        "audience.real_share" => class(AccountClass::Real),
        "audience.unmeasured" => part(score.audience_listed_count - score.audience_measured_count, score.audience_listed_count),
        "audience.listed_more_than_counted" => {
            score.followers.and_then(|counted| part(score.audience_listed_count, counted)).filter(|ratio| *ratio > 0.0)
        }
        "audience.abstained_share" => part(score.audience_abstained_count, score.audience_measured_count),
        "audience.inactive_share" => profile.inactive_share,
        "audience.suspended_share" => profile.suspended_share,
        "audience.deleted_share" => profile.deleted_share,
        "audience.no_avatar_share" => profile.no_avatar_share,
        "audience.private_share" => profile.private_share,
        "audience.median_followers" => profile.median_followers,
        "audience.median_following" => profile.median_following,
        "audience.median_posts" => profile.median_posts,
        "audience.median_age_days" => profile.median_age_days,
        "audience.benford" => profile.benford_distance,
        "coordination.follow_lockstep" => {
            score.coordinated_followers_count.and_then(|grouped| part(grouped, score.audience_listed_count))
        }
        "coordination.engagement_lockstep" => {
            creator.engaged_in_lockstep.and_then(|engaged| part(engaged.grouped_count, engaged.engagers_count))
        }
        "coordination.comment_copies" => creator.copiers_count.map(|count| count as f64),
        "coordination.pod" => creator.pod_ties_count.map(|count| count as f64),
        "coordination.mutual_trust" => creator.median_trust,
        "timing.follow_batch" => creator.arrivals.batch_share(),
        "timing.follow_burst" => creator.arrivals.burst_share(),
        "engagement.rate" => score.engagement_rate,
        "engagement.fake_share" => score.engagement_fake.map(|fake| fake.share),
        "engagement.likers_fake_share" => score.likers_fake.map(|fake| fake.share),
        "engagement.commenters_fake_share" => score.commenters_fake.map(|fake| fake.share),
        _ => None,
    }
}

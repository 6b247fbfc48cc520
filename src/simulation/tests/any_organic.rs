//! Any valid organic side gives a world that holds together.

use super::super::scenario::{FollowsSampling, Granularity, GrowthMix, Purge};
use super::{organic, read};
use crate::error::ErrorKind;
use proptest::prelude::*;

fn growth() -> impl Strategy<Value = GrowthMix> {
    prop::array::uniform6(0.0..1.0f64).prop_map(|[steady, accelerating, stalled, seasonal, declining, young]| GrowthMix {
        steady: steady + 0.001,
        accelerating,
        stalled,
        seasonal,
        declining,
        young,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn totals_agree_whatever_the_parameters(
        (creators, seed, growth) in (1u32..7, any::<u64>(), growth()),
        design in prop::sample::select(vec![FollowsSampling::Complete, FollowsSampling::Random, FollowsSampling::NewestFirst]),
        granularity in prop::sample::select(vec![Granularity::Weekly, Granularity::Daily, Granularity::Hourly]),
        [community, circles, closure, posts, churn] in prop::array::uniform5(0.0..0.8f64),
        [branching, viral] in prop::array::uniform2(0.0..0.9f64),
        (circle_size, activity_sd, peers) in (2.0..300.0f64, 0.0..3.0f64, 0.0..50.0f64),
        (weekly_sd, season, ripples) in (0.0..2.0f64, 0.0..10.0f64, 0.0..20.0f64),
        (days_ago, share, weeks) in (0.0..4_000.0f64, 0.0..0.5f64, 0u32..6),
        events in prop::array::uniform4(0.0..0.5f64),
    ) {
        let mut scenario = organic((creators, 4_000), "[organic]\nfollowers_min = 100\nfollowers_max = 900\n");
        let organic = &mut scenario.organic;
        (organic.growth, organic.community_share, organic.circle_share, organic.closure_share) = (growth, community, circles, closure);
        (organic.post_follow_share, organic.churn_share, organic.branching, organic.viral_branching) = (posts, churn, branching, viral);
        (organic.circle_size, organic.activity_sd, organic.peers_followed) = (circle_size, activity_sd, peers);
        (organic.weekly_sd, organic.season, organic.ripples_per_year) = (weekly_sd, season, ripples);
        organic.purges = vec![Purge { days_ago, share }];
        let sampling = &mut scenario.sampling;
        (sampling.follows, sampling.history_granularity, sampling.history_weeks) = (design, granularity, weeks);
        (sampling.follows_per_creator, sampling.posts_per_creator) = (120, 4);
        let incidents = &mut scenario.incidents;
        [incidents.viral_share, incidents.giveaway_share, incidents.shoutout_share, incidents.press_share] = events;
        if let Err(error) = scenario.validate() {
            prop_assert!(matches!(error.kind(), ErrorKind::InvalidArgument { .. }), "{}", error);
            return Ok(());
        }
        let (dataset, simulated) = read(&scenario, seed);
        let captured = dataset.manifest.captured_at.unwrap();
        for truth in &simulated.creators {
            prop_assert_eq!(truth.follows_in_export, scenario.sampling.follows_drawn(truth.followers));
            let id = (0..dataset.creators.len()).map(|slot| dataset.creators[slot].id);
            let id = id.into_iter().find(|id| dataset.ids.name(id.0) == truth.creator_id).unwrap();
            prop_assert_eq!(dataset.accounts.followers.get(id.index()), Some(truth.followers));
            let last = dataset.history.iter().find(|point| point.creator == id && point.at == captured);
            prop_assert_eq!(last.unwrap().followers, truth.followers);
            prop_assert!(dataset.history.iter().filter(|point| point.creator == id).all(|point| point.at <= captured));
        }
        prop_assert!(dataset.summaries.values().all(|summary| summary.merged == 0));
    }
}

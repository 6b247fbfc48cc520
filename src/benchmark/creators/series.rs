//! Creators of whom only posts are known: real series of posts, as they are and with likes spliced in.

use super::audiences::{log_uniform, put};
use crate::benchmark::EvaluationSettings;
use crate::domain::Label;
use crate::model::{CREATOR_INPUTS, CreatorRow};
use crate::tables::reference::{EngagementData, PostSeries};
use crate::timing::engagement::{MIN_POSTS, PostExcess};
use rand::RngExt;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// How rows of real series are made, among the ways of making.
pub(super) const SPLICED: usize = 2;
/// Likes added to a post over its own, drawn evenly by the logarithm.
const ADDED: (f64, f64) = (0.3, 5.0);
/// Shares of the posts that they are added to.
const POSTS: [f64; 4] = [0.05, 0.2, 0.5, 1.0];
const STREAM: u32 = 71;

/// Which half of the series: one for fitting, one for reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Fitted,
    Reported,
}

/// Every series of a half as it is, and once with likes spliced in.
pub(super) fn spliced(data: &EngagementData, half: Half, settings: &EvaluationSettings) -> Vec<CreatorRow> {
    let sources = [("posts of instafake", &data.people), ("posts of ig_influencers_2020", &data.creators)];
    let of_source = |(place, (name, series)): (usize, (&str, &Option<Vec<PostSeries>>))| -> Vec<CreatorRow> {
        let long = series.iter().flatten().filter(|series| series.posts.len() >= MIN_POSTS);
        let own: Vec<&PostSeries> = long.skip(usize::from(half == Half::Reported)).step_by(2).collect();
        let of_one = |(draw, series): (usize, &&PostSeries)| {
            let mut random = settings.random(STREAM + place as u32, draw);
            let likes: Vec<u64> = series.posts.iter().map(|post| post.likes).collect();
            let (inflated, strength) = splice(&likes, &mut random);
            let row = |likes: &[u64], label: Label, strength: Option<f64>| {
                Some(CreatorRow {
                    fold: name.to_owned(),
                    donor: None,
                    making: SPLICED,
                    label,
                    strength,
                    values: values(likes, series)?,
                })
            };
            [row(&likes, Label::Genuine, None), row(&inflated, Label::Fake, Some(strength))]
        };
        own.par_iter().enumerate().flat_map_iter(of_one).flatten().collect()
    };
    sources.into_iter().enumerate().flat_map(of_source).collect()
}

/// The series with likes added to some posts, and the part of all likes that was added.
fn splice(likes: &[u64], random: &mut ChaCha8Rng) -> (Vec<u64>, f64) {
    let share = POSTS[random.random_range(0..POSTS.len())];
    let n = ((share * likes.len() as f64).round() as usize).clamp(1, likes.len());
    let added = log_uniform(ADDED, random);
    let mut inflated = likes.to_vec();
    for post in sample(random, likes.len(), n) {
        inflated[post] = (likes[post] as f64 * (1.0 + added)).round() as u64;
    }
    let (before, after): (u64, u64) = (likes.iter().sum(), inflated.iter().sum());
    (inflated, 1.0 - before as f64 / after.max(1) as f64)
}

fn values(likes: &[u64], series: &PostSeries) -> Option<Vec<f64>> {
    let likes: Vec<Option<u64>> = likes.iter().copied().map(Some).collect();
    let comments: Vec<Option<u64>> = series.posts.iter().map(|post| Some(post.comments)).collect();
    let excess = PostExcess::of(&likes, &comments)?;
    let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
    put(&mut values, "engagement.likes_excess", excess.top()?.1);
    put(&mut values, "engagement.likes_upper_tail", excess.upper_tail());
    Some(values)
}

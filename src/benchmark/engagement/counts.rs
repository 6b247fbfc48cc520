//! Warnings from the counts of real posts, and likes spliced into them.

use super::{ALARMS, EngagementEvaluation, RECALL, outcome, share_of};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal_to};
use crate::scoring::{LIKES_EXCESS_Z, LIKES_UPPER_TAIL};
use crate::statistics::quantile;
use crate::tables::reference::{EngagementData, PostSeries};
use crate::timing::engagement::{MIN_POSTS, PostExcess};
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;

/// Likes added to a post, as a share of its own.
const STRENGTHS: [f64; 5] = [0.1, 0.3, 1.0, 3.0, 10.0];
/// Posts that they are added to: so many, or a share of all.
const POSTS: [Posts; 5] = [Posts::Count(1), Posts::Count(3), Posts::Share(0.2), Posts::Share(0.5), Posts::Share(1.0)];

#[derive(Debug, Clone, Copy)]
enum Posts {
    Count(usize),
    Share(f64),
}

impl Posts {
    fn of(self, n: usize) -> usize {
        match self {
            Self::Count(count) => count.min(n),
            Self::Share(share) => ((share * n as f64) as usize).clamp(1, n),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Count(1) => "1 post".into(),
            Self::Count(count) => format!("{count} posts"),
            Self::Share(share) if share < 1.0 => format!("{} of the posts", decimal_to(share, 1)),
            Self::Share(_) => "all posts".into(),
        }
    }
}

/// Both tables.
pub(super) fn evaluate(data: &EngagementData, settings: &EngagementEvaluation) -> Vec<EvaluationTable> {
    let sources = [("instafake", &data.people), ("ig_influencers_2020", &data.creators)];
    let mut alarms = EvaluationTable::new(
        "Real series of posts as they are: creators with a warning from their counts. At most 3 % of those reported on may have one",
        &["source", "half", "creators", "one post", "upper tail", "either", "outcome", "z at 98.5 %", "tail at 98.5 %"],
    );
    let mut splices = EvaluationTable::new(
        "Likes spliced into real series of the half reported on, without comments: creators with a warning, by likes added to a post. Bar: .85 at +30 %",
        &["source", "spliced into", "creators", "+10 %", "+30 %", "+100 %", "+300 %", "+1,000 %", "outcome at +30 %"],
    );
    for (source, series) in sources {
        let Some(series) = series else { continue };
        let long: Vec<&PostSeries> = series.iter().filter(|series| series.posts.len() >= MIN_POSTS).collect();
        for (half, name) in [(0, "development"), (1, "reported")] {
            let own: Vec<&&PostSeries> = long.iter().skip(half).step_by(2).collect();
            alarms.push(as_they_are((source, name), &own));
        }
        let own: Vec<&&PostSeries> = long.iter().skip(1).step_by(2).collect();
        for posts in POSTS {
            splices.push(spliced(source, &own, posts, settings));
        }
    }
    vec![alarms, splices]
}

fn as_they_are((source, half): (&str, &str), series: &[&&PostSeries]) -> Vec<String> {
    let figures: Vec<(f64, f64)> = series.iter().filter_map(|series| figures(&likes(series), series)).collect();
    let n = figures.len();
    let one = figures.iter().filter(|of| of.0 >= LIKES_EXCESS_Z).count();
    let tail = figures.iter().filter(|of| of.1 >= LIKES_UPPER_TAIL).count();
    let either = figures.iter().filter(|of| is_called(**of)).count();
    let at = |values: Vec<f64>| quantile(&values, 0.985).map_or_else(String::new, |value| decimal_to(value, 2));
    vec![
        source.into(),
        half.into(),
        count(n),
        share_of(one, n),
        share_of(tail, n),
        share_of(either, n),
        outcome(ALARMS, either, n),
        at(figures.iter().map(|of| of.0).collect()),
        at(figures.iter().map(|of| of.1).collect()),
    ]
}

fn spliced(source: &str, series: &[&&PostSeries], posts: Posts, settings: &EngagementEvaluation) -> Vec<String> {
    let mut row = vec![source.to_owned(), posts.text(), count(series.len())];
    let mut at_bar = String::new();
    for strength in STRENGTHS {
        let (mut found, mut all) = (0, 0);
        for (place, series) in series.iter().enumerate() {
            for splice in 0..settings.n_splices {
                let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
                rng.set_stream(((place as u64) << 8) | splice as u64);
                let mut likes = likes(series);
                for post in sample(&mut rng, likes.len(), posts.of(likes.len())) {
                    likes[post] = (likes[post] as f64 * (1.0 + strength)).round() as u64;
                }
                all += 1;
                found += usize::from(figures(&likes, series).is_some_and(is_called));
            }
        }
        row.push(if all > 0 { crate::benchmark::figure::decimal(found as f64 / all as f64) } else { String::new() });
        if strength == 0.3 {
            at_bar = outcome(RECALL, found, all);
        }
    }
    row.push(at_bar);
    row
}

fn likes(series: &PostSeries) -> Vec<u64> {
    series.posts.iter().map(|post| post.likes).collect()
}

/// The post that stands out most, and the upper tail.
fn figures(likes: &[u64], series: &PostSeries) -> Option<(f64, f64)> {
    let likes: Vec<Option<u64>> = likes.iter().copied().map(Some).collect();
    let comments: Vec<Option<u64>> = series.posts.iter().map(|post| Some(post.comments)).collect();
    let excess = PostExcess::of(&likes, &comments)?;
    Some((excess.top()?.1, excess.upper_tail()))
}

fn is_called((z, tail): (f64, f64)) -> bool {
    z >= LIKES_EXCESS_Z || tail >= LIKES_UPPER_TAIL
}

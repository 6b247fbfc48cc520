//! Likes at a constant rate spliced into the simulated arrivals of creators for whom nothing was ordered.

use super::worlds::World;
use super::{EngagementEvaluation, RECALL, outcome, share_of};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::scoring::{
    ARRIVAL_EXCESS_SHARE, ARRIVAL_EXCESS_Z, ENGAGEMENT_CAUSES, engagement_likelihoods, is_excused, observe_engagement,
};
use crate::signals::{Activities, ArrivalMeasures, CreatorActivity, LikeTimes, like_times};
use crate::timing::engagement::HORIZON_S;
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Likes added to a post, as a share of its own, and the posts that they are added to.
const SPLICES: [(f64, usize); 7] = [(0.1, 1), (0.1, 5), (0.3, 1), (0.3, 5), (0.3, 12), (1.0, 1), (1.0, 5)];
/// Hours that a delivery takes, and after the post within which it begins.
const HOURS: (f64, f64) = (1.0, 24.0);
const BEGINS_H: f64 = 24.0;
/// Likes with a time on the middle post, from to.
const SIZES: [(usize, usize); 3] = [(20, 60), (60, 150), (150, usize::MAX)];

pub(super) fn table() -> EvaluationTable {
    EvaluationTable::new(
        "Likes at a constant rate (over 1 to 24 hours, from up to a day after the post) spliced into simulated arrivals: creators with a warning that \
         points at such a post, by likes with a time on their middle post. Bar: .85 at +30 %",
        &["world", "use", "added", "posts", "20 to 59 likes", "60 to 149", "150 and more", "outcome of the last"],
    )
}

/// Adds the rows of one world.
pub(super) fn splice(world: &World, (name, usage): (&str, &str), settings: &EngagementEvaluation, table: &mut EvaluationTable) {
    let activities = Activities::gather(&world.dataset);
    let untouched: Vec<(CreatorActivity<'_>, Vec<LikeTimes>)> = (0..activities.len())
        .into_par_iter()
        .map(|row| activities.of(row))
        .filter(|activity| world.is_untouched(activity))
        .map(|activity| (activity, like_times(&activity)))
        .collect();
    for (strength, posts) in SPLICES {
        let found: Vec<(usize, Option<bool>)> = untouched
            .par_iter()
            .enumerate()
            .map(|(place, (activity, times))| {
                let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
                rng.set_stream(place as u64);
                (middle(times), is_found(activity, times.clone(), (strength, posts), &mut rng))
            })
            .collect();
        let mut row = vec![name.to_owned(), usage.to_owned(), format!("+{:.0} %", 100.0 * strength), count(posts)];
        let mut last = String::new();
        for (from, to) in SIZES {
            let own: Vec<bool> = found.iter().filter(|of| (from..to).contains(&of.0)).filter_map(|of| of.1).collect();
            let hits = own.iter().filter(|is| **is).count();
            row.push(format!("{} (n = {})", share_of(hits, own.len()), count(own.len())));
            last = if strength == 0.3 { outcome(RECALL, hits, own.len()) } else { String::new() };
        }
        row.push(last);
        table.push(row);
    }
}

fn middle(times: &[LikeTimes]) -> usize {
    let mut sizes: Vec<usize> = times.iter().map(|post| post.delays_s.len()).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(0)
}

/// Times with a delivery to some posts, and the places of these; `None` with fewer posts observed for three days than that, or than three.
pub(super) fn spliced(
    mut times: Vec<LikeTimes>,
    (strength, posts): (f64, usize),
    rng: &mut ChaCha8Rng,
) -> Option<(Vec<LikeTimes>, Vec<usize>)> {
    let whole: Vec<usize> = (0..times.len()).filter(|&post| times[post].observed_s >= HORIZON_S).collect();
    if whole.len() < posts.max(3) {
        return None;
    }
    let mut touched = Vec::new();
    for place in sample(rng, whole.len(), posts) {
        let post = &mut times[whole[place]];
        let added = (strength * post.delays_s.len() as f64).round() as usize;
        let hours = HOURS.0 * (HOURS.1 / HOURS.0).powf(rng.random::<f64>());
        let from_s = 3_600.0 * BEGINS_H * rng.random::<f64>();
        post.delays_s.extend((0..added).map(|_| from_s + 3_600.0 * hours * rng.random::<f64>()));
        touched.push(whole[place]);
    }
    Some((times, touched))
}

/// Whether the window that stands out most is a warning, and lies on a post that was added to.
fn is_found(activity: &CreatorActivity<'_>, times: Vec<LikeTimes>, added: (f64, usize), rng: &mut ChaCha8Rng) -> Option<bool> {
    let (times, touched) = spliced(times, added, rng)?;
    let own = ArrivalMeasures::of(activity, &times)?;
    let Some((row, excess)) = own.widest else { return Some(false) };
    let odds = engagement_likelihoods().weigh(&observe_engagement(activity, row, Some(&own)), &ENGAGEMENT_CAUSES);
    let is_warning = !is_excused(&odds);
    let is_called = excess.z >= ARRIVAL_EXCESS_Z && excess.share >= ARRIVAL_EXCESS_SHARE;
    Some(is_warning && is_called && touched.contains(&excess.post))
}

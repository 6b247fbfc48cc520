//! Causes of posts whose likes came beyond the creator's own response: cases whose cause is known, likelihoods fitted to them, and answers held against them.

use super::arrivals::spliced;
use super::worlds::World;
use super::{EngagementEvaluation, share_of};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::error::Result;
use crate::scoring::{ARRIVAL_EXCESS_SHARE, ENGAGEMENT_CAUSES, engagement_likelihoods, observe_engagement};
use crate::signals::{Activities, ArrivalMeasures, CreatorActivity, like_times};
use crate::simulation::Scenario;
use crate::timing::causes::{Cause, CauseCase, CauseFit, CauseLikelihoods, CauseOdds};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// The cause of which no case is shown when likelihoods are fitted.
pub const NEVER_SHOWN: Cause = Cause::Giveaway;
/// Standard deviations from which a window is a case: fewer than a finding needs, as people leave few.
const CASE_Z: f64 = 4.0;
/// Part of a creator's likes from which its widest window counts as ordered.
const ORDERED_SHARE: f64 = 0.1;
/// Likes added to one post of creators for whom nothing was ordered: one case each.
const SPLICED: [f64; 2] = [0.3, 1.0];

/// Fits the likelihoods of causes on the windows that stand out in worlds whose truth is known.
///
/// # Errors
/// A scenario is not valid.
pub fn fit_engagement_causes(
    scenarios: &[Scenario],
    stated: &CauseLikelihoods,
    settings: &EngagementEvaluation,
) -> Result<(CauseLikelihoods, Vec<CauseCase>)> {
    let mut cases = Vec::new();
    for scenario in scenarios {
        let world = World::draw(scenario, settings)?;
        cases.extend(of_world(&world, &scenario.name, settings).into_iter().filter(|case| case.cause != NEVER_SHOWN));
    }
    Ok((CauseFit::default().fit(stated, &cases, &ENGAGEMENT_CAUSES), cases))
}

/// Windows that stand out in a world, each with its cause.
pub(super) fn of_world(world: &World, name: &str, settings: &EngagementEvaluation) -> Vec<CauseCase> {
    let activities = Activities::gather(&world.dataset);
    let of_row = |row: usize| {
        let activity = activities.of(row);
        let times = like_times(&activity);
        let is_untouched = world.is_untouched(&activity);
        let mut cases = Vec::new();
        let mut note = |own: Option<ArrivalMeasures>, cause: &dyn Fn(usize) -> Option<Cause>| {
            let Some((own, (post, excess))) = own.and_then(|own| Some((own.clone(), own.widest?))) else { return };
            if excess.z >= CASE_Z && excess.share >= ARRIVAL_EXCESS_SHARE {
                let evidence = observe_engagement(&activity, post, Some(&own));
                cases.extend(cause(post).map(|cause| CauseCase { source: name.to_owned(), cause, evidence }));
            }
        };
        let organic = |post: usize| organic_cause(world, &activity, post);
        let is_ordered = world.ordered_share(&activity) > ORDERED_SHARE;
        note(ArrivalMeasures::of(&activity, &times), &|post| match (is_untouched, is_ordered) {
            (true, _) => organic(post),
            (false, is_ordered) => is_ordered.then_some(Cause::Inflated),
        });
        for strength in SPLICED.into_iter().filter(|_| is_untouched) {
            let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
            rng.set_stream(row as u64);
            if let Some((times, touched)) = spliced(times.clone(), (strength, 1), &mut rng) {
                let is_touched = |post: usize| touched.iter().any(|&place| times[place].row == post);
                note(ArrivalMeasures::of(&activity, &times), &|post| is_touched(post).then_some(Cause::Inflated));
            }
        }
        cases
    };
    (0..activities.len()).into_par_iter().flat_map_iter(of_row).collect()
}

/// The event that the creator's middle post stands for in the simulator, else a small burst.
fn organic_cause(world: &World, activity: &CreatorActivity<'_>, row: usize) -> Option<Cause> {
    let posts: Vec<Option<usize>> = activity.posts().map(|post| post.row).collect();
    let is_middle = posts.get(posts.len() / 2) == Some(&Some(row));
    match world.truth(activity)?.story {
        "viral" if is_middle => Some(Cause::Viral),
        "giveaway" if is_middle => Some(Cause::Giveaway),
        _ => Some(Cause::Ripple),
    }
}

/// True causes (rows) and those with the highest odds (columns).
pub(super) fn confusion(cases: &[CauseCase]) -> EvaluationTable {
    const ANSWERS: [(&str, &[Cause]); 3] = [
        ("ordered", &[Cause::Inflated, Cause::Attack]),
        ("viral or giveaway", &[Cause::Viral, Cause::Giveaway]),
        ("mention, advertisement, small burst", &[Cause::Shoutout, Cause::Advertisement, Cause::Ripple]),
    ];
    let mut heads = vec!["true cause", "windows"];
    heads.extend(ANSWERS.iter().map(|(name, _)| *name));
    heads.push("told rightly whether ordered");
    let mut table = EvaluationTable::new(
        "Windows of likes that stand out in the reported worlds (four standard deviations and more): the true cause (rows) and the one with the highest odds (columns); \
         orders are those of the market and +30 % and +100 % spliced into one post. No giveaway was shown when the likelihoods were fitted",
        &heads,
    );
    let table_of = engagement_likelihoods();
    for cause in [Cause::Inflated, Cause::Viral, Cause::Giveaway, Cause::Ripple] {
        let own: Vec<Option<Cause>> = cases
            .iter()
            .filter(|case| case.cause == cause)
            .map(|case| table_of.weigh(&case.evidence, &ENGAGEMENT_CAUSES))
            .map(|odds: CauseOdds| odds.best())
            .collect();
        let to = |causes: &[Cause]| own.iter().flatten().filter(|best| causes.contains(best)).count();
        let name = if cause == Cause::Inflated { "ordered" } else { cause.word() };
        let right = own.iter().flatten().filter(|best| best.is_ordered() == cause.is_ordered()).count();
        let mut row = vec![name.to_owned(), count(own.len())];
        row.extend(ANSWERS.iter().map(|(_, causes)| count(to(causes))));
        row.push(share_of(right, own.len()));
        table.push(row);
    }
    table
}

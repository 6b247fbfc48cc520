//! What posts draw beside creators of the same size, and when likes came beside the creator's own response.

use super::Subject;
use crate::report::number;
use crate::signals::{Activities, ArrivalMeasures, BandBasis, CreatorActivity, EngagementMeasures, creator_signal, like_times};
use crate::timing::engagement::{HORIZON_S, ResponseLaw};
use serde::Serialize;

/// Points of the curves: hours after the post, closer together at its beginning.
const N_POINTS: usize = 48;

/// What posts draw beside others' and over time.
#[derive(Debug, Clone, Serialize)]
pub struct EngagementSection {
    /// What nine creators in ten of that platform and size draw.
    pub band: Option<EngagementBand>,
    /// When likes came.
    pub arrivals: Option<ArrivalCurve>,
}

/// Likes and comments of a post that creators of the same size draw: a share of the followers, and that many.
#[derive(Debug, Clone, Serialize)]
pub struct EngagementBand {
    /// Where this creator stands, in a sentence.
    pub statement: String,
    /// Lower end, middle and upper end of the rate.
    pub rate: [f64; 3],
    /// The same in likes and comments of a post.
    pub interactions: [f64; 3],
    /// Real creators that the band was fitted to; null for one taken from published tables.
    pub creators_count: Option<u64>,
    /// Data or tables.
    pub source: String,
}

/// Share of the likes of the first three days that had come, by time after the post.
#[derive(Debug, Clone, Serialize)]
pub struct ArrivalCurve {
    /// What it shows, in a sentence.
    pub statement: String,
    /// Likes with a time.
    pub likes_count: u64,
    /// Posts observed for three days.
    pub posts_count: u64,
    /// Post whose likes stand out most, if any is named.
    pub post_id: Option<String>,
    /// Hours after it between which they came.
    pub window_h: Option<[f64; 2]>,
    /// The curves.
    pub points: Vec<ArrivalPoint>,
}

/// One point of an [`ArrivalCurve`].
#[derive(Debug, Clone, Serialize)]
pub struct ArrivalPoint {
    /// Hours after the post.
    pub hours: f64,
    /// Share that had come over all posts.
    pub all: f64,
    /// Share by the fitted law.
    pub fitted: f64,
    /// Share that had come of the post that stands out.
    pub post: Option<f64>,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Option<EngagementSection> {
    let dataset = subject.source.dataset;
    let row = dataset.creators.iter().position(|creator| creator.id == subject.creator.id)?;
    let activities = Activities::gather(dataset);
    let activity = activities.of(row);
    let measured = EngagementMeasures::of(&activity);
    let section = EngagementSection {
        band: band(&activity, &measured),
        arrivals: measured.arrivals.as_ref().and_then(|own| arrivals(&activity, own)),
    };
    (section.band.is_some() || section.arrivals.is_some()).then_some(section)
}

fn band(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Option<EngagementBand> {
    let (rate, followers) = (measured.rate?, activity.followers?);
    let band = creator_signal("engagement.rate")?.band.and_then(|rule| rule(&activity.peers()))?;
    let ends = [band.interval.low(), band.median, band.interval.high()];
    let side = match rate {
        rate if rate < ends[0] => "below",
        rate if rate > ends[2] => "above",
        _ => "within",
    };
    let (basis, creators_count) = match band.basis {
        BandBasis::Fitted(creators) => (format!("{} real accounts", number::count(creators)), Some(creators)),
        BandBasis::Prior => ("published tables that disagree".to_owned(), None),
    };
    let statement = format!(
        "{} of the followers like or comment on the mean post, {side} the {} of nine in ten of that platform and size (by {basis}).",
        number::percent(rate),
        number::percent_range(ends[0], ends[2])
    );
    let interactions = ends.map(|share| share * followers as f64);
    Some(EngagementBand { statement, rate: ends, interactions, creators_count, source: band.source.to_owned() })
}

fn arrivals(activity: &CreatorActivity<'_>, own: &ArrivalMeasures) -> Option<ArrivalCurve> {
    let times = like_times(activity);
    let within = |delays: &[f64]| delays.iter().copied().filter(|delay| *delay <= HORIZON_S).collect::<Vec<f64>>();
    let whole: Vec<f64> =
        times.iter().filter(|post| post.observed_s >= HORIZON_S).flat_map(|post| within(&post.delays_s)).collect();
    let widest = own.widest.and_then(|(row, excess)| Some((times.iter().find(|post| post.row == row)?, excess)));
    let post = widest.map(|(post, _)| within(&post.delays_s));
    let come =
        |delays: &[f64], until: f64| delays.iter().filter(|&&delay| delay <= until).count() as f64 / delays.len().max(1) as f64;
    let point = |place: usize| {
        let until = HORIZON_S * (place as f64 / N_POINTS as f64).powi(2);
        ArrivalPoint {
            hours: until / 3_600.0,
            all: come(&whole, until),
            fitted: own.arrivals.response.share(until),
            post: post.as_ref().map(|delays| come(delays, until)),
        }
    };
    let hours = |seconds: f64| number::plain(seconds / 3_600.0);
    let law = match own.arrivals.response.law {
        ResponseLaw::PowerLaw { .. } => "a power law",
        ResponseLaw::LogNormal { .. } => "a log-normal law",
    };
    let stands_out = widest.map_or_else(String::new, |(_, excess)| {
        format!(
            " The post that stands out most had {} likes between hour {} and hour {}, where {} were to be expected ({} standard deviations).",
            number::count(excess.count),
            hours(excess.window_s.0),
            hours(excess.window_s.1),
            number::plain(excess.expected),
            number::plain(excess.z)
        )
    });
    let half = (0..=N_POINTS).map(point).find(|point| point.all >= 0.5).map_or(0.0, |point| point.hours);
    let statement = format!(
        "Half of the likes of the first three days came within {} hours; {law} fits them best (n = {} likes).{stands_out}",
        number::plain(half),
        number::count(own.arrivals.response.n_reactions as u64)
    );
    Some(ArrivalCurve {
        statement,
        likes_count: whole.len() as u64,
        posts_count: times.iter().filter(|post| post.observed_s >= HORIZON_S).count() as u64,
        post_id: widest.map(|(post, _)| activity.dataset.posts.ids.name(post.row as u32).to_owned()),
        window_h: widest.map(|(_, excess)| [excess.window_s.0 / 3_600.0, excess.window_s.1 / 3_600.0]),
        points: (0..=N_POINTS).map(point).collect(),
    })
}

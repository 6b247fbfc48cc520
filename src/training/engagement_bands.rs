//! Bands of engagement, fitted on real creators; published tables stand in for sizes of which there are no data.

use crate::domain::Platform;
use crate::signals::{
    BAND_LEVELS, BandPiece, CategoryShift, EngagementBands, PostCount, comments_per_like, likes_spread, mean_interactions,
};
use crate::statistics::{QuantileLine, mean};
use crate::tables::reference::{EngagementData, PostSeries, RankedCreator};
use std::collections::BTreeMap;

/// Creators below which nothing is fitted.
const MIN_CREATORS: usize = 100;
/// Share of the creators left outside the range of sizes on either side.
const EDGE: f64 = 0.02;
/// Creators worth of no effect that every category begins with.
const CATEGORY_PRIOR: f64 = 20.0;
/// Fewest creators of a category.
const MIN_CATEGORY: usize = 10;
/// Of the deciles of a normal distribution: Φ⁻¹ of [`BAND_LEVELS`].
const NORMAL: [f64; 9] = [-2.326_3, -1.644_9, -1.281_6, -0.674_5, 0.0, 0.674_5, 1.281_6, 1.644_9, 2.326_3];
/// Standard deviation of ln rate taken for published tables, which give the middle alone: about that of real creators above a million.
const PRIOR_SD: f64 = 1.0;

const PEOPLE: &str = "organic accounts of instafake (Akyon and Kalfaoglu 2019): ordinary people";
const CREATORS: &str = "ig_influencers_2020: creators of Indonesia";
const RANKED_YOUTUBE: &str = "hypeauditor_top1000, December 2022: the channels with most subscribers";
const RANKED_TIKTOK: &str = "hypeauditor_top1000, December 2022: creators listed for their engagement, of which ratios between counts are taken and no rate";
const PRIOR_INSTAGRAM: &str = "a prior: geometric mean of medians or averages published by HypeAuditor (2018), Statista (2021, 2023), trendHERO, Influship and Amsome, which disagree up to fourfold";
const PRIOR_TIKTOK: &str = "a prior: Influencer Marketing Factory 2025; other tables lie up to tenfold lower";

/// Fewest and most followers, and the middle of the engagement rate there, per platform: published tables.
const PRIORS: [(Platform, [u64; 2], f64, &str); 9] = [
    (Platform::Instagram, [1_000, 4_999], 0.044_8, PRIOR_INSTAGRAM),
    (Platform::Instagram, [5_000, 19_999], 0.029_8, PRIOR_INSTAGRAM),
    (Platform::Instagram, [20_000, 99_999], 0.027_6, PRIOR_INSTAGRAM),
    (Platform::Instagram, [100_000, 1_099_999], 0.021_2, PRIOR_INSTAGRAM),
    (Platform::Tiktok, [1_000, 99_999], 0.075, PRIOR_TIKTOK),
    (Platform::Tiktok, [100_000, 499_999], 0.051, PRIOR_TIKTOK),
    (Platform::Tiktok, [500_000, 999_999], 0.044_8, PRIOR_TIKTOK),
    (Platform::Tiktok, [1_000_000, 9_999_999], 0.039_8, PRIOR_TIKTOK),
    (Platform::Tiktok, [10_000_000, 1_000_000_000], 0.028_8, PRIOR_TIKTOK),
];

/// Figures of one creator, of which bands are made.
#[derive(Debug, Clone, PartialEq)]
pub struct BandCase {
    /// Followers.
    pub followers: u64,
    /// Value of the signal.
    pub value: f64,
}

/// All creators of one source for one signal.
#[derive(Debug, Clone, PartialEq)]
pub struct BandSample {
    /// Id of the signal.
    pub signal: &'static str,
    /// Where they publish.
    pub platform: Platform,
    /// Whether the logarithm of the value is described.
    pub is_log: bool,
    /// Data, year.
    pub source: &'static str,
    /// The creators.
    pub cases: Vec<BandCase>,
}

/// Every sample that the data allow.
///
/// # Missing
/// A creator without the figure, or with one that is 0 where its logarithm is described, is left out.
pub fn band_samples(data: &EngagementData) -> Vec<BandSample> {
    let mut samples = Vec::new();
    for (series, source) in [(&data.people, PEOPLE), (&data.creators, CREATORS)] {
        let Some(series) = series else { continue };
        let mut push = |signal, is_log, value: &dyn Fn(&PostSeries, &[PostCount]) -> Option<f64>| {
            let case =
                |series: &PostSeries| Some(BandCase { followers: series.followers, value: value(series, &counts(series))? });
            samples.push(sample((signal, is_log), Platform::Instagram, source, series.iter().filter_map(case)));
        };
        push("engagement.rate", true, &|series, posts| Some(mean_interactions(posts)? / series.followers as f64));
        push("engagement.comments_per_like", true, &|_, posts| comments_per_like(posts));
        push("engagement.likes_spread", false, &|_, posts| likes_spread(posts));
    }
    for (platform, source) in [(Platform::Youtube, RANKED_YOUTUBE), (Platform::Tiktok, RANKED_TIKTOK)] {
        let Some(ranked) = &data.ranked else { continue };
        let mut push = |signal, value: &dyn Fn(&RankedCreator) -> Option<f64>| {
            let case = |creator: &RankedCreator| Some(BandCase { followers: creator.followers, value: value(creator)? });
            let own = ranked.iter().filter(|creator| creator.platform == platform).filter_map(case);
            samples.push(sample((signal, true), platform, source, own));
        };
        if platform == Platform::Youtube {
            push("engagement.rate", &|creator| Some((creator.likes? + creator.comments?) as f64 / creator.followers as f64));
        }
        push("engagement.comments_per_like", &|creator| quotient(creator.comments?, creator.likes?));
        push("engagement.likes_per_view", &|creator| quotient(creator.likes?, creator.views?));
    }
    samples.retain(|sample| sample.cases.len() >= MIN_CREATORS);
    samples
}

/// Fits a line to each quantile of each sample; where sizes have no data, a published table stands.
///
/// # Missing
/// A sample through which no lines can be laid.
///
/// # Cost
/// Nine quantile lines a sample: a second for the data there are.
///
/// # Source
/// Quantile regression: Koenker and Bassett, 1978.
pub fn train_engagement_bands(data: &EngagementData) -> EngagementBands {
    let mut pieces: Vec<BandPiece> = band_samples(data).iter().filter_map(fit_piece).collect();
    pieces.extend(PRIORS.iter().map(|&(platform, followers, middle, source)| BandPiece {
        signal: "engagement.rate".into(),
        platform: platform.to_string(),
        followers,
        is_log: true,
        lines: NORMAL.iter().map(|z| [rounded(middle.ln() + PRIOR_SD * z), 0.0]).collect(),
        n_creators: 0,
        source: source.into(),
    }));
    EngagementBands { pieces, categories: categories(data.ranked.as_deref().unwrap_or_default()) }
}

/// The lines of one sample over the sizes that it holds.
pub fn fit_piece(sample: &BandSample) -> Option<BandPiece> {
    let mut sizes: Vec<u64> = sample.cases.iter().map(|case| case.followers).collect();
    sizes.sort_unstable();
    let edge = (sizes.len() as f64 * EDGE) as usize;
    let followers = [*sizes.get(edge)?, *sizes.get(sizes.len() - 1 - edge)?];
    let is_inside = |case: &&BandCase| (followers[0]..=followers[1]).contains(&case.followers);
    let inside: Vec<&BandCase> = sample.cases.iter().filter(is_inside).collect();
    let x: Vec<f64> = inside.iter().map(|case| (case.followers as f64).ln()).collect();
    let y: Vec<f64> = inside.iter().map(|case| if sample.is_log { case.value.ln() } else { case.value }).collect();
    let line = |level: f64| QuantileLine::fit(&x, &y, level).map(|line| [rounded(line.intercept), rounded(line.slope)]);
    let lines: Vec<[f64; 2]> = BAND_LEVELS.into_iter().filter_map(line).collect();
    (lines.len() == BAND_LEVELS.len()).then(|| BandPiece {
        signal: sample.signal.into(),
        platform: sample.platform.to_string(),
        followers,
        is_log: sample.is_log,
        lines,
        n_creators: inside.len() as u64,
        source: sample.source.into(),
    })
}

/// How far the engagement of a category lies from that of all creators of its list, a line through ln followers taken away.
fn categories(ranked: &[RankedCreator]) -> Vec<CategoryShift> {
    let mut shifts = Vec::new();
    for platform in [Platform::Youtube, Platform::Instagram] {
        let engagement = |creator: &RankedCreator| creator.engagement.or_else(|| Some(creator.likes? + creator.comments?));
        let cases: Vec<(f64, f64, Option<String>)> = ranked
            .iter()
            .filter(|creator| creator.platform == platform)
            .filter_map(|creator| Some((creator, engagement(creator).filter(|&count| count > 0)?)))
            .map(|(creator, count)| {
                let category = creator.category.as_ref().map(|name| name.to_lowercase());
                ((creator.followers as f64).ln(), (count as f64 / creator.followers as f64).ln(), category)
            })
            .collect();
        let (x, y): (Vec<f64>, Vec<f64>) = cases.iter().map(|case| (case.0, case.1)).unzip();
        let Some(middle) = QuantileLine::fit(&x, &y, 0.5) else { continue };
        let mut residuals: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (x, y, category) in &cases {
            if let Some(category) = category {
                residuals.entry(category).or_default().push(y - middle.at(*x));
            }
        }
        for (category, own) in residuals.iter().filter(|(_, own)| own.len() >= MIN_CATEGORY) {
            let (n, centre) = (own.len() as f64, mean(own).unwrap_or(0.0));
            shifts.push(CategoryShift {
                platform: platform.to_string(),
                category: (*category).to_owned(),
                ln_factor: rounded(centre * n / (n + CATEGORY_PRIOR)),
                n_creators: own.len() as u64,
            });
        }
    }
    shifts
}

fn sample(
    (signal, is_log): (&'static str, bool),
    platform: Platform,
    source: &'static str,
    cases: impl Iterator<Item = BandCase>,
) -> BandSample {
    let cases = cases.filter(|case| case.value.is_finite() && (!is_log || case.value > 0.0)).collect();
    BandSample { signal, platform, is_log, source, cases }
}

fn counts(series: &PostSeries) -> Vec<PostCount> {
    let count = |post: &crate::tables::reference::PostCounts| PostCount {
        likes: Some(post.likes),
        comments: Some(post.comments),
        views: None,
    };
    series.posts.iter().map(count).collect()
}

fn quotient(above: u64, below: u64) -> Option<f64> {
    (below > 0).then(|| above as f64 / below as f64)
}

/// Six decimals are kept.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::reference::PostCounts;

    #[test]
    fn a_band_holds_as_many_as_its_levels_say() {
        let series = |place: u64| {
            let followers = 1_000 + place * 37;
            let likes = followers / (8 + place * 7_919 % 90);
            let posts = (0..4).map(|post| PostCounts { at_s: post, likes, comments: likes / 50 + 1 }).collect();
            PostSeries { followers, posts }
        };
        let data = EngagementData { creators: Some((0..400).map(series).collect()), ..EngagementData::default() };
        let samples = band_samples(&data);
        assert_eq!(
            samples.iter().map(|sample| sample.signal).collect::<Vec<_>>(),
            ["engagement.rate", "engagement.comments_per_like"]
        );
        let piece = fit_piece(&samples[0]).unwrap();
        let below = |level: usize| {
            let inside =
                samples[0].cases.iter().filter(|case| (piece.followers[0]..=piece.followers[1]).contains(&case.followers));
            let is_below =
                |case: &&BandCase| case.value.ln() < piece.lines[level][0] + piece.lines[level][1] * (case.followers as f64).ln();
            inside.filter(is_below).count() as f64 / piece.n_creators as f64
        };
        for (level, share) in BAND_LEVELS.iter().enumerate() {
            assert!((below(level) - share).abs() < 0.01, "{share}: {}", below(level));
        }
    }

    #[test]
    fn without_data_the_published_tables_stand_alone() {
        let bands = train_engagement_bands(&EngagementData::default());
        assert!(bands.pieces.len() == PRIORS.len() && bands.pieces.iter().all(|piece| piece.n_creators == 0));
        assert!(bands.categories.is_empty());
    }
}

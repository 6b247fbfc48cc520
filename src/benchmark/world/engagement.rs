//! Likes and comments of creators: by size, across posts, against one another.

use super::comparison::{COLUMNS, Pair, high, low, middle, with_interval};
use super::line::Line;
use super::plot::{Axis, Curve, Plot};
use super::simulated::SimulatedWorld;
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::statistics::{mean, median, quantile, standard_deviation};
use crate::tables::reference::{PostSeries, ReferenceWorld};

/// Newest posts of a creator that count, so that long series say no more than short ones.
const NEWEST: usize = 24;
/// Fewest posts of a creator that counts.
const FEWEST: usize = 6;

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Part {
    if real.series.is_empty() {
        return Part::default();
    }
    let ours = measured(&simulated.series());
    let sets: Vec<Set<'_>> = real.series.iter().map(|set| (set.source, measured(&set.data))).collect();
    let mut rates = rate_table();
    sets.iter().for_each(|(source, creators)| rates.push(rate_row(source, creators, settings)));
    if sets.len() > 1 {
        let pooled: Vec<Measured> = sets.iter().flat_map(|(_, creators)| creators.iter().copied()).collect();
        rates.push(rate_row("all real", &pooled, settings));
    }
    rates.push(rate_row("simulated", &ours, settings));
    let caption = format!(
        "Counts of posts: medians and outer tenths over creators, each with its newest {NEWEST} posts, at least {FEWEST}. \
         Spread: standard deviation of ln(1 + likes) within a creator; comments a like: median over posts of \
         (comments + ½) / (likes + ½); step: correlation of ln(1 + likes) of a post and the next"
    );
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    for (source, creators) in &sets {
        for (name, of) in QUANTITIES {
            let (theirs, ours) = (values(creators, of), values(&ours, of));
            let names = [format!("{name}, {source}"), "lowest tenth below".to_owned(), "highest tenth above".to_owned()];
            let statistics = [(names[0].as_str(), middle as _), (names[1].as_str(), low as _), (names[2].as_str(), high as _)];
            Pair { real: &theirs, simulated: &ours }.push(&mut table, &statistics, settings);
        }
    }
    let plots = vec![
        size_plot(&sets, &ours),
        spread_plot(
            "post-spread",
            "Spread of a creator's likes from post to post",
            ("standard deviation of ln(1 + likes)", Axis::Linear),
            (&sets, &ours),
            |creator| creator.spread,
        ),
        spread_plot("comments-per-like", "Comments a like", ("comments a like", Axis::Log10), (&sets, &ours), |creator| {
            creator.comments_per_like.log10()
        }),
    ];
    Part { tables: vec![rates, table], plots, not_compared: Vec::new() }
}

/// What is measured of one creator.
#[derive(Debug, Clone, Copy)]
struct Measured {
    ln_followers: f64,
    ln_rate: f64,
    spread: f64,
    comments_per_like: f64,
    step: Option<f64>,
}

/// A source and its creators.
type Set<'a> = (&'a str, Vec<Measured>);
type Quantity = fn(&Measured) -> Option<f64>;
const QUANTITIES: [(&str, Quantity); 3] = [
    ("spread across posts", |creator| Some(creator.spread)),
    ("comments a like", |creator| Some(creator.comments_per_like)),
    ("step from post to post", |creator| creator.step),
];

fn values(creators: &[Measured], of: Quantity) -> Vec<f64> {
    creators.iter().filter_map(of).collect()
}

fn measured(series: &[PostSeries]) -> Vec<Measured> {
    series.iter().filter(|series| series.posts.len() >= FEWEST).filter_map(measure).collect()
}

fn measure(series: &PostSeries) -> Option<Measured> {
    let posts = &series.posts[series.posts.len().saturating_sub(NEWEST)..];
    let likes: Vec<f64> = posts.iter().map(|post| post.likes as f64).collect();
    let ln_likes: Vec<f64> = likes.iter().map(|likes| likes.ln_1p()).collect();
    let talk: Vec<f64> = posts.iter().map(|post| (post.comments as f64 + 0.5) / (post.likes as f64 + 0.5)).collect();
    let rate = mean(&likes)? / series.followers as f64;
    let centre = mean(&ln_likes)?;
    let off: Vec<f64> = ln_likes.iter().map(|likes| likes - centre).collect();
    let square: f64 = off.iter().map(|off| off * off).sum();
    let product: f64 = off.windows(2).map(|pair| pair[0] * pair[1]).sum();
    (rate > 0.0).then_some(Measured {
        ln_followers: (series.followers as f64).ln(),
        ln_rate: rate.ln(),
        spread: standard_deviation(&ln_likes)?,
        comments_per_like: median(&talk)?,
        step: (square > 0.0).then(|| product / square),
    })
}

fn points(creators: &[Measured]) -> Vec<(f64, f64)> {
    creators.iter().map(|creator| (creator.ln_followers, creator.ln_rate)).collect()
}

fn rate_table() -> EvaluationTable {
    let caption = "Engagement by size: ln(mean likes / followers) = intercept + slope ln(followers) over creators, least squares; \
                   spread about the line; where the middle four fifths of sizes lie";
    EvaluationTable::new(caption, &["creators", "n", "slope", "intercept", "spread", "followers, 10 % to 90 %"])
}

fn rate_row(name: &str, creators: &[Measured], settings: &WorldSettings) -> Vec<String> {
    let points = points(creators);
    let figure = |of: fn(&[(f64, f64)]) -> Option<f64>| {
        let interval = settings.bootstrap().over_rows(points.len(), |rows| {
            let drawn: Vec<(f64, f64)> = rows.iter().map(|&row| points[row]).collect();
            of(&drawn)
        });
        with_interval(of(&points), interval)
    };
    let sizes: Vec<f64> = creators.iter().map(|creator| creator.ln_followers).collect();
    let size = |share: f64| quantile(&sizes, share).map_or_else(String::new, |size| count(size.exp().round() as usize));
    vec![
        name.to_owned(),
        count(creators.len()),
        figure(|points| Some(Line::fit(points)?.slope)),
        figure(|points| Some(Line::fit(points)?.intercept)),
        figure(|points| Line::fit(points)?.spread(points)),
        format!("{} to {}", size(0.1), size(0.9)),
    ]
}

/// Medians of the rate over creators of about one size, ten sizes a set.
fn size_plot(sets: &[Set<'_>], ours: &[Measured]) -> Plot {
    let curve = |name: &str, is_simulated, creators: &[Measured]| {
        let mut by_size = points(creators);
        by_size.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at_a_time = by_size.len().div_ceil(10).max(1);
        let medians = by_size.chunks(at_a_time).filter_map(|some| {
            let (sizes, rates): (Vec<f64>, Vec<f64>) = some.iter().copied().unzip();
            Some((median(&sizes)? / std::f64::consts::LN_10, median(&rates)? / std::f64::consts::LN_10))
        });
        Curve { name: name.to_owned(), is_simulated, points: medians.collect() }
    };
    let mut curves: Vec<Curve> = sets.iter().map(|(source, creators)| curve(source, false, creators)).collect();
    curves.push(curve("simulated", true, ours));
    Plot {
        name: "engagement-by-size",
        title: "Engagement by size, medians",
        across: ("followers", Axis::Log10),
        upright: ("likes a post and follower", Axis::Log10),
        curves,
    }
}

fn spread_plot(
    name: &'static str,
    title: &'static str,
    across: (&'static str, Axis),
    (sets, ours): (&[Set<'_>], &[Measured]),
    of: fn(&Measured) -> f64,
) -> Plot {
    let curve = |name: &str, is_simulated, creators: &[Measured]| {
        let values: Vec<f64> = creators.iter().map(of).collect();
        Curve::distribution(name, is_simulated, &values)
    };
    let mut curves: Vec<Curve> = sets.iter().map(|(source, creators)| curve(source, false, creators)).collect();
    curves.push(curve("simulated", true, ours));
    Plot { name, title, across, upright: ("share of creators below", Axis::Linear), curves }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::reference::PostCounts;

    #[test]
    fn a_creator_is_measured_by_its_newest_posts() {
        let post =
            |nth: u64| PostCounts { at_s: nth as i64, likes: if nth < 10 { 1_000_000 } else { 40 + nth % 2 * 20 }, comments: 2 };
        let series = PostSeries { followers: 1_000, posts: (0..34).map(post).collect() };
        let found = measure(&series).unwrap();
        assert!((found.ln_rate - 0.05_f64.ln()).abs() < 1e-9);
        // Likes alternate between 40 and 60: their logs lie half their distance from the mean.
        assert!((found.spread - 0.5 * (61.0_f64 / 41.0).ln() * (24.0_f64 / 23.0).sqrt()).abs() < 1e-9);
        assert!((found.comments_per_like - 0.5 * (2.5 / 40.5 + 2.5 / 60.5)).abs() < 1e-9);
        assert!((found.step.unwrap() + 23.0 / 24.0).abs() < 1e-9);
        assert!(measured(&[PostSeries { followers: 9, posts: series.posts[..5].to_vec() }]).is_empty());
    }
}

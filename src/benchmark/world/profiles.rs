//! Profiles of genuine accounts: each number apart, and how they go together.

use super::account_features::genuine_rows;
use super::comparison::{Pair, estimate, figure, high, low, middle};
use super::plot::{Axis, Curve, Plot};
use super::simulated::SimulatedWorld;
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, with_interval};
use crate::domain::Dataset;
use crate::signals::Profile;
use crate::statistics::{mean, rank_correlation};
use crate::tables::reference::ReferenceWorld;
use crate::text::{HandleModel, HandleShape};

/// A number read from a profile.
type Read = fn(&Profile<'_>) -> Option<f64>;

fn flag(value: Option<bool>) -> Option<f64> {
    value.map(|is_set| f64::from(u8::from(is_set)))
}

fn shape(profile: &Profile<'_>) -> Option<HandleShape> {
    profile.handle().and_then(HandleShape::of)
}

/// Counts, compared by their quantiles.
const COUNTS: [(&str, Read); 5] = [
    ("followers", |profile| profile.followers()),
    ("following", |profile| profile.following()),
    ("posts", |profile| profile.posts()),
    ("length of the handle", |profile| profile.handle_length().map(|length| length as f64)),
    ("length of the biography", |profile| profile.bio_length().map(|length| length as f64)),
];

/// Shares and means.
const SHARES: [(&str, Read); 7] = [
    ("has a picture", |profile| flag(profile.has_avatar())),
    ("is private", |profile| flag(profile.is_private())),
    ("no posts", |profile| profile.posts().map(|posts| f64::from(u8::from(posts == 0.0)))),
    ("no biography", |profile| profile.bio_length().map(|length| f64::from(u8::from(length == 0)))),
    ("digits in the handle, mean share", |profile| {
        shape(profile).map(|shape| shape.digit_share()).or_else(|| profile.stated_digit_share())
    }),
    ("handle with a digit", |profile| {
        shape(profile)
            .map(|shape| shape.digit_share())
            .or_else(|| profile.stated_digit_share())
            .map(|share| f64::from(u8::from(share > 0.0)))
    }),
    ("handle with a dot or underscore", |profile| shape(profile).map(|shape| f64::from(u8::from(shape.separators > 0)))),
];

/// Pairs whose rank correlation is compared, by their place among the counts.
const PAIRS: [(usize, usize); 4] = [(0, 1), (0, 2), (1, 2), (2, 4)];

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Part {
    if real.profiles.is_empty() {
        return Part::default();
    }
    let mut sets: Vec<Set> = real.profiles.iter().map(|set| Set::read(set.source, &set.data, &genuine_rows(&set.data))).collect();
    sets.push(Set::read("simulated", simulated.dataset(), &simulated.profiles(settings.n_accounts)));
    let tables = vec![together(&sets, settings), apart(&sets)];
    let plots = [
        ("profile-followers", "Followers of genuine accounts", 0),
        ("profile-following", "Accounts followed", 1),
        ("profile-posts", "Posts", 2),
    ]
    .map(|(name, title, place)| plot(name, title, &sets, place));
    Part { tables, plots: plots.into(), not_compared: Vec::new() }
}

/// The profiles of a source, one column a number, NaN where missing.
struct Set {
    name: String,
    n: usize,
    counts: Vec<Vec<f64>>,
    shares: Vec<Vec<f64>>,
}

impl Set {
    fn read(name: &str, dataset: &Dataset, rows: &[usize]) -> Self {
        let (handles, platforms) = (HandleModel::default(), dataset.account_platforms());
        let ids: Vec<_> = dataset.account_ids().collect();
        let column = |read: Read| -> Vec<f64> {
            let value = |&row: &usize| read(&Profile::new(dataset, ids[row], platforms[row], &handles)).unwrap_or(f64::NAN);
            rows.iter().map(value).collect()
        };
        Self {
            name: name.to_owned(),
            n: rows.len(),
            counts: COUNTS.iter().map(|&(_, read)| column(read)).collect(),
            shares: SHARES.iter().map(|&(_, read)| column(read)).collect(),
        }
    }
}

fn known(column: &[f64]) -> Vec<f64> {
    column.iter().copied().filter(|value| value.is_finite()).collect()
}

/// A row a number, a column a source.
fn together(sets: &[Set], settings: &WorldSettings) -> EvaluationTable {
    let heads: Vec<String> = sets.iter().map(|set| format!("{}, n {}", set.name, count(set.n))).collect();
    let columns: Vec<&str> = std::iter::once("").chain(heads.iter().map(String::as_str)).collect();
    let caption = "Profiles of genuine accounts: median (lowest and highest tenth), shares, and Spearman's rank correlations, with 95 % \
                   intervals";
    let mut table = EvaluationTable::new(caption, &columns);
    for (place, (name, _)) in COUNTS.iter().enumerate() {
        table.push(row(name, sets, |set| quantiles(&set.counts[place], settings)));
    }
    for (place, (name, _)) in SHARES.iter().enumerate() {
        table.push(row(name, sets, |set| {
            let column = known(&set.shares[place]);
            if column.is_empty() { ABSENT.to_owned() } else { estimate(&column, mean, settings) }
        }));
    }
    for (a, b) in PAIRS {
        let name = format!("{} and {}, correlation", COUNTS[a].0, COUNTS[b].0);
        table.push(row(&name, sets, |set| correlation((&set.counts[a], &set.counts[b]), settings)));
    }
    table
}

fn row(name: &str, sets: &[Set], of: impl Fn(&Set) -> String) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(sets.iter().map(of)).collect()
}

fn quantiles(column: &[f64], settings: &WorldSettings) -> String {
    let column = known(column);
    match (low(&column), high(&column)) {
        (Some(low), Some(high)) => format!("{} ({} to {})", estimate(&column, middle, settings), figure(low), figure(high)),
        _ => ABSENT.to_owned(),
    }
}

fn correlation((a, b): (&[f64], &[f64]), settings: &WorldSettings) -> String {
    let pairs: Vec<(f64, f64)> =
        a.iter().copied().zip(b.iter().copied()).filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
    let of = |rows: &[usize]| {
        let (a, b): (Vec<f64>, Vec<f64>) = rows.iter().map(|&row| pairs[row]).unzip();
        rank_correlation(&a, &b)
    };
    let whole = of(&(0..pairs.len()).collect::<Vec<_>>());
    with_interval(whole, whole.and_then(|_| settings.bootstrap().over_rows(pairs.len(), of)))
}

/// Distances of the simulation from each source, and of the sources from one another.
fn apart(sets: &[Set]) -> EvaluationTable {
    let pairs: Vec<(usize, usize)> = (0..sets.len()).flat_map(|b| (0..b).map(move |a| (a, b))).rev().collect();
    let heads: Vec<String> = pairs.iter().map(|&(a, b)| format!("{} from {}", sets[b].name, sets[a].name)).collect();
    let columns: Vec<&str> = std::iter::once("").chain(heads.iter().map(String::as_str)).collect();
    let caption = "Distances of these distributions on the scale ln(1 + count): KS D, Wasserstein. Real sets from one another are the \
                   yardstick";
    let mut table = EvaluationTable::new(caption, &columns);
    for (place, (name, _)) in COUNTS.iter().enumerate() {
        let log = |set: &Set| -> Vec<f64> { known(&set.counts[place]).into_iter().map(f64::ln_1p).collect() };
        let cells = pairs.iter().map(|&(a, b)| {
            let (real, simulated) = (log(&sets[a]), log(&sets[b]));
            let [ks, area] = Pair { real: &real, simulated: &simulated }.distances();
            if ks == ABSENT { ks } else { format!("{ks}, {area}") }
        });
        table.push(std::iter::once((*name).to_owned()).chain(cells));
    }
    table
}

fn plot(name: &'static str, title: &'static str, sets: &[Set], place: usize) -> Plot {
    let curve = |set: &Set| {
        let logs: Vec<f64> = known(&set.counts[place]).into_iter().map(|value| (1.0 + value).log10()).collect();
        Curve::distribution(&set.name, set.name == "simulated", &logs)
    };
    Plot {
        name,
        title,
        across: ("1 + count", Axis::Log10),
        upright: ("share of accounts below", Axis::Linear),
        curves: sets.iter().map(curve).collect(),
    }
}

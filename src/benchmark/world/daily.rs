//! The hours and days at which people act.

use super::comparison::with_interval;
use super::plot::{Axis, Curve, Plot};
use super::simulated::SimulatedWorld;
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal};
use crate::tables::reference::{PostSeries, ReferenceWorld, Timeline};
use std::f64::consts::TAU;

const HOURS: usize = 24;
const COLUMNS: [&str; 6] =
    ["", "events, accounts", "first harmonic", "peak hour (UTC)", "share at weekends", "distance of the hours, shifted to fit"];

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Part {
    let caption = "Hours of the day (UTC): relative amplitude of the first harmonic of the profile over 24 hours, its peak, the share \
                   on Saturdays and Sundays (2/7 = .286 without a week), and the total variation distance from the real profile in \
                   the row above, the simulated one as it stands and shifted by whole hours to where it fits best (time zones differ)";
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    let mut plots = Vec::new();
    if let Some(tweets) = &real.post_times {
        let (theirs, ours) = (Days::of(&tweets.data), Days::of(&simulated.actions()));
        push(&mut table, (&format!("what people do, real: {}", tweets.source), &theirs), None, settings);
        push(&mut table, ("what people do, simulated: follows, likes, comments", &ours), Some(&theirs), settings);
        plots.push(plot("hours-people", "When people act", tweets.source, (&theirs, &ours)));
    }
    let posts = |series: &[PostSeries]| -> Vec<Timeline> {
        series.iter().map(|series| series.posts.iter().map(|post| post.at_s).collect()).collect()
    };
    let ours = Days::of(&posts(&simulated.series()));
    for set in &real.series {
        let theirs = Days::of(&posts(&set.data));
        push(&mut table, (&format!("when creators post, real: {}", set.source), &theirs), None, settings);
        push(&mut table, ("when creators post, simulated", &ours), Some(&theirs), settings);
    }
    let tables = if table.rows.is_empty() { Vec::new() } else { vec![table] };
    Part { tables, plots, not_compared: Vec::new() }
}

/// Events of each account by hour and by weekend.
struct Days {
    by_account: Vec<([f64; HOURS], f64)>,
}

impl Days {
    fn of(timelines: &[Timeline]) -> Self {
        let by_account = timelines.iter().map(|times| {
            let mut hours = [0.0; HOURS];
            let mut weekend = 0.0;
            for at_s in times {
                hours[(at_s.rem_euclid(86_400) / 3_600) as usize] += 1.0;
                // The first of January 1970 was a Thursday.
                weekend += f64::from(u8::from((at_s.div_euclid(86_400) + 3).rem_euclid(7) >= 5));
            }
            (hours, weekend)
        });
        Self { by_account: by_account.collect() }
    }

    /// The shares of the hours over some accounts, and the share at weekends.
    fn profile(&self, rows: impl Iterator<Item = usize>) -> Option<([f64; HOURS], f64)> {
        let (mut hours, mut weekend) = ([0.0; HOURS], 0.0);
        for row in rows {
            let (own, own_weekend) = &self.by_account[row];
            hours.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            weekend += own_weekend;
        }
        let events: f64 = hours.iter().sum();
        (events > 0.0).then(|| (hours.map(|hour| hour / events), weekend / events))
    }

    fn whole(&self) -> Option<([f64; HOURS], f64)> {
        self.profile(0..self.by_account.len())
    }
}

/// Relative amplitude of the first harmonic and the hour of its peak.
fn first_harmonic(shares: &[f64; HOURS]) -> (f64, f64) {
    let angle = |hour: usize| TAU * (hour as f64 + 0.5) / HOURS as f64;
    let cosine: f64 = shares.iter().enumerate().map(|(hour, share)| share * angle(hour).cos()).sum();
    let sine: f64 = shares.iter().enumerate().map(|(hour, share)| share * angle(hour).sin()).sum();
    (2.0 * cosine.hypot(sine), sine.atan2(cosine).rem_euclid(TAU) / TAU * HOURS as f64)
}

/// Total variation distance, as the profiles stand and with the second shifted to where it fits best.
fn distances(a: &[f64; HOURS], b: &[f64; HOURS]) -> (f64, f64) {
    let shifted = |shift: usize| (0..HOURS).map(|hour| (a[hour] - b[(hour + shift) % HOURS]).abs()).sum::<f64>() / 2.0;
    (shifted(0), (0..HOURS).map(shifted).fold(f64::INFINITY, f64::min))
}

fn push(table: &mut EvaluationTable, (name, days): (&str, &Days), against: Option<&Days>, settings: &WorldSettings) {
    let figure = |of: fn(&[f64; HOURS], f64) -> f64| {
        let over = |rows: &[usize]| days.profile(rows.iter().copied()).map(|(hours, weekend)| of(&hours, weekend));
        let whole = days.whole().map(|(hours, weekend)| of(&hours, weekend));
        with_interval(whole, settings.bootstrap().over_rows(days.by_account.len(), over))
    };
    let events: f64 = days.by_account.iter().flat_map(|(hours, _)| hours).sum();
    let distance = against.map_or_else(String::new, |against| match (against.whole(), days.whole()) {
        (Some((theirs, _)), Some((ours, _))) => {
            let (plain, shifted) = distances(&theirs, &ours);
            format!("{}, {}", decimal(plain), decimal(shifted))
        }
        _ => ABSENT.to_owned(),
    });
    table.push([
        name.to_owned(),
        format!("{}, {}", count(events as usize), count(days.by_account.len())),
        figure(|hours, _| first_harmonic(hours).0),
        days.whole().map_or(ABSENT.to_owned(), |(hours, _)| format!("{:.1}", first_harmonic(&hours).1)),
        figure(|_, weekend| weekend),
        distance,
    ]);
}

fn plot(name: &'static str, title: &'static str, source: &str, (theirs, ours): (&Days, &Days)) -> Plot {
    let curve = |name: &str, is_simulated, days: &Days| {
        let shares = days.whole().map_or([0.0; HOURS], |(hours, _)| hours);
        let points = shares.iter().enumerate().map(|(hour, share)| (hour as f64 + 0.5, share * HOURS as f64));
        Curve { name: name.to_owned(), is_simulated, points: points.collect() }
    };
    Plot {
        name,
        title,
        across: ("hour of the day, UTC", Axis::Hours),
        upright: ("events beside the mean hour", Axis::Linear),
        curves: vec![curve(source, false, theirs), curve("simulated", true, ours)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_gives_its_amplitude_and_peak() {
        let shares: [f64; HOURS] =
            std::array::from_fn(|hour| (1.0 + 0.4 * (TAU * (hour as f64 + 0.5 - 20.0) / 24.0).cos()) / 24.0);
        let (amplitude, peak) = first_harmonic(&shares);
        assert!((amplitude - 0.4).abs() < 1e-9 && (peak - 20.0).abs() < 1e-9, "{amplitude} {peak}");
    }

    #[test]
    fn a_shift_of_the_clock_is_found() {
        let mut a = [1.0 / 24.0; HOURS];
        a[3] += 0.5;
        let mut b = [1.0 / 24.0; HOURS];
        b[7] += 0.5;
        let (plain, shifted) = distances(&a, &b);
        assert!((plain - 0.5).abs() < 1e-9 && shifted < 1e-9);
    }

    #[test]
    fn hours_and_weekends_of_utc() {
        // Saturday, 3 January 1970, 05:00 and the Thursday before at 05:59:59.
        let days = Days::of(&[vec![2 * 86_400 + 5 * 3_600, 6 * 3_600 - 1]]);
        let (hours, weekend) = days.whole().unwrap();
        assert_eq!((hours[5], weekend), (1.0, 0.5));
    }
}

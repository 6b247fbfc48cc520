//! The follower map: rank in follow order against creation date, and how unusual each follower's place on it is.

use crate::statistics::quantile;

/// How the map is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowerMapSettings {
    /// Followers a window. The authors' 200.
    pub window: usize,
    /// Followers from one window to the next. The authors' 40.
    pub stride: usize,
    /// Bins of creation dates, from the oldest account to the newest possible at that rank. The authors' 12.
    pub bins: usize,
}

impl Default for FollowerMapSettings {
    fn default() -> Self {
        Self { window: 200, stride: 40, bins: 12 }
    }
}

/// The map of one list.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowerMap {
    /// One score a follower, in the order of the list: how far its bin is over-full where it stands, weighed over its windows;
    /// about 0 where the list is as everywhere else, above 1 rarely. `None` without a creation date.
    pub scores: Vec<Option<f64>>,
    /// First rank of each window, counted among followers with a date; a window holds [`FollowerMapSettings::window`] of them.
    pub starts: Vec<usize>,
    /// Accounts by window and bin, `bins` a window, oldest first.
    pub counts: Vec<u32>,
}

/// Followers at the start of the list whose newest possible creation date is the newest among them, since a running maximum of
/// few is noise. The authors' 10, and the one after.
const UNSETTLED: usize = 11;

/// Scores every follower by how over-full its creation-date bin is in the windows it stands in:
/// (count − median + sign(count − median)) / (IQR + 1), medians and quartiles over all windows of the list, weighed by
/// window/2 − |rank − centre| + 1. Bins split, at each rank, the time from the oldest account of the list to the newest that
/// could have followed by then (the running maximum) into equal parts.
///
/// An anomaly is one against the rest of the same list: a list that is strange throughout shows none.
///
/// # Shape
/// `created_at_ms`: oldest follower first, UTC milliseconds.
///
/// # Missing
/// `None` if fewer followers than a window have a date, a setting is 0, or the stride is longer than a window.
///
/// # Cost
/// O(F) for the counts, O(F/stride · bins · log F) for their quartiles; 16 bytes a follower and 4 · bins a window.
///
/// # Source
/// Zouzou and Varol, *Unsupervised detection of coordinated fake-follower campaigns on social media*, EPJ Data Science 2024, and
/// the authors' FollowerAnalyzer. Ours differs in three ways: a window holds 200 followers (theirs 201), strides are shortened
/// evenly to end with the list (theirs lengthened at random), and the oldest account is counted (theirs falls out of the bins).
pub fn draw_follower_map(created_at_ms: &[Option<i64>], settings: FollowerMapSettings) -> Option<FollowerMap> {
    let FollowerMapSettings { window, stride, bins } = settings;
    let dates: Vec<i64> = created_at_ms.iter().flatten().copied().collect();
    if stride == 0 || stride > window || bins == 0 || dates.len() < window {
        return None;
    }
    let bin_of = relative_bins(&dates, bins);
    let starts = window_starts(dates.len(), window, stride);
    let counts = window_counts(&bin_of, &starts, settings);
    let cells = cell_scores(&counts, bins);
    let mut first_window = 0;
    let mut dated = (0..dates.len()).map(|rank| {
        while starts[first_window] + window <= rank {
            first_window += 1;
        }
        let covering = starts[first_window..].iter().take_while(|&&start| start <= rank).enumerate();
        let (mut sum, mut weights) = (0.0, 0.0);
        for (place, &start) in covering {
            let centre = start as f64 + (window - 1) as f64 / 2.0;
            let weight = window as f64 / 2.0 - (rank as f64 - centre).abs() + 1.0;
            sum += weight * cells[(first_window + place) * bins + bin_of[rank]];
            weights += weight;
        }
        sum / weights
    });
    let scores = created_at_ms.iter().map(|created| created.and_then(|_| dated.next())).collect();
    Some(FollowerMap { scores, starts, counts })
}

/// The bin of each date, relative to the oldest of all and the newest so far.
fn relative_bins(dates: &[i64], bins: usize) -> Vec<usize> {
    let oldest = dates.iter().copied().min().unwrap_or(0);
    let mut newest = dates.iter().take(UNSETTLED).copied().max().unwrap_or(0);
    let bin = |&date: &i64| {
        newest = newest.max(date);
        let (part, whole) = (i128::from(date) - i128::from(oldest), i128::from(newest) - i128::from(oldest));
        // Bins are open on the left: the smallest k with part / whole ≤ (k + 1) / bins.
        if part == 0 { 0 } else { ((part * bins as i128 + whole - 1) / whole - 1) as usize }
    };
    dates.iter().map(bin).collect()
}

/// Starts from the first rank to that of the last window, as many as a stride asks for, evenly spread.
fn window_starts(n: usize, window: usize, stride: usize) -> Vec<usize> {
    let last = (n - window).div_ceil(stride);
    (0..=last).map(|place| (place * (n - window)).checked_div(last).unwrap_or(0)).collect()
}

/// Histograms by window, each from the one before it.
fn window_counts(bin_of: &[usize], starts: &[usize], settings: FollowerMapSettings) -> Vec<u32> {
    let mut counts = Vec::with_capacity(starts.len() * settings.bins);
    let mut current = vec![0_u32; settings.bins];
    let (mut from, mut to) = (starts[0], starts[0]);
    for &start in starts {
        for &bin in &bin_of[to..start + settings.window] {
            current[bin] += 1;
        }
        for &bin in &bin_of[from..start] {
            current[bin] -= 1;
        }
        (from, to) = (start, start + settings.window);
        counts.extend_from_slice(&current);
    }
    counts
}

/// How far each cell lies from its bin's median over the windows, in quartile ranges.
fn cell_scores(counts: &[u32], bins: usize) -> Vec<f64> {
    let mut scores = vec![0.0; counts.len()];
    for bin in 0..bins {
        let column: Vec<f64> = counts.iter().skip(bin).step_by(bins).map(|&count| f64::from(count)).collect();
        let quartile = |q| quantile(&column, q).unwrap_or(0.0);
        let (median, spread) = (quartile(0.5), quartile(0.75) - quartile(0.25));
        for (score, count) in scores.iter_mut().skip(bin).step_by(bins).zip(column) {
            let difference = count - median;
            let sign = if difference == 0.0 { 0.0 } else { difference.signum() };
            *score = (difference + sign) / (spread + 1.0);
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SMALL: FollowerMapSettings = FollowerMapSettings { window: 12, stride: 5, bins: 4 };

    /// 60 dates by a fixed rule, with a batch at ranks 30 to 39.
    fn small_list() -> Vec<i64> {
        let organic = |i: i64| if i % 3 > 0 { (i * 7_919) % 1_000 + i * 100 } else { (i * 104_729) % (i * 100 + 500) };
        (0..60).map(|i| if (30..40).contains(&i) { 2_900 + i - 30 } else { organic(i) }).collect()
    }

    fn scores(dates: &[i64], settings: FollowerMapSettings) -> Vec<f64> {
        let dates: Vec<Option<i64>> = dates.iter().copied().map(Some).collect();
        draw_follower_map(&dates, settings).unwrap().scores.into_iter().flatten().collect()
    }

    #[test]
    fn agrees_with_plain_loops_over_the_published_formulas() {
        // Computed in Python with nested loops over windows, bins and followers and exact fractions for the bins, on the same list.
        let expected = "3.0 -0.75 -0.75 1.2 -0.75 -0.75 2.65 -0.75 -0.75 1.47826087 -0.75 -0.75 1.6 -0.75 -0.642857143 1.40952381 -0.458333333 \
            -0.375 0.0 -0.107142857 0.011904762 0.194444444 0.25 0.305555556 0.380952381 0.428571429 0.5 0.0 0.535714286 \
            0.554347826 0.576086957 0.6125 0.6375 0.673913043 0.695652174 0.714285714 0.75 0.75 0.642857143 0.571428571 \
            0.458333333 0.375 0.291666667 0.071428571 -0.071428571 1.111111111 -0.375 -0.458333333 1.352380952 -0.583333333 \
            -0.652777778 1.4 -0.597222222 -0.569444444 1.275 -0.5 -0.5 -0.5 -0.5 -0.5";
        let expected = expected.split_whitespace().map(|score| score.parse::<f64>().unwrap());
        for (rank, (ours, theirs)) in scores(&small_list(), SMALL).iter().zip(expected).enumerate() {
            assert!((ours - theirs).abs() < 1e-8, "rank {rank}: {ours} {theirs}");
        }
    }

    #[test]
    fn followers_without_a_date_have_no_score_and_do_not_move_the_others() {
        let dates = small_list();
        let mut gappy: Vec<Option<i64>> = dates.iter().copied().map(Some).collect();
        gappy.insert(7, None);
        let map = draw_follower_map(&gappy, SMALL).unwrap();
        assert_eq!(map.scores[7], None);
        assert_eq!(map.scores.iter().flatten().copied().collect::<Vec<_>>(), scores(&dates, SMALL));
    }

    #[test]
    fn a_batch_of_one_age_stands_out_of_an_even_list() {
        // Every 37th date of an even spread, and 150 accounts of one day in the middle of 2,000.
        let organic = |rank: i64| (rank * 37 % 997) * (1_000 + rank) / 997;
        let dates: Vec<i64> =
            (0..2_000).map(|rank| if (900..1_050).contains(&rank) { 400 + rank % 3 } else { organic(rank) }).collect();
        let scores = scores(&dates, FollowerMapSettings::default());
        let (batch, rest): (Vec<_>, Vec<_>) = scores.iter().enumerate().partition(|(rank, _)| (900..1_050).contains(rank));
        let least = batch.iter().map(|(_, score)| **score).fold(f64::INFINITY, f64::min);
        assert!(least > 5.0 && rest.iter().filter(|(_, score)| **score > least).count() < 90, "{least}");
    }

    #[test]
    fn a_list_without_spread_has_no_anomaly_and_a_short_one_no_map() {
        assert!(scores(&[7; 500], FollowerMapSettings::default()).iter().all(|score| *score == 0.0));
        let short = [Some(1); 199];
        assert_eq!(draw_follower_map(&short, FollowerMapSettings::default()), None);
        assert_eq!(draw_follower_map(&[], FollowerMapSettings { window: 0, ..SMALL }), None);
    }

    proptest! {
        #[test]
        fn scores_do_not_depend_on_unit_or_origin_of_time(
            dates in proptest::collection::vec(0_i64..5_000, 12..150), scale in 1_i64..1_000, shift in -9_999_i64..9_999,
        ) {
            let moved: Vec<i64> = dates.iter().map(|date| date * scale + shift).collect();
            prop_assert_eq!(scores(&moved, SMALL), scores(&dates, SMALL));
        }

        #[test]
        fn windows_cover_every_rank_and_count_everybody_in_them(
            dates in proptest::collection::vec(any::<i32>(), 12..300), stride in 1_usize..30, bins in 1_usize..20,
        ) {
            let settings = FollowerMapSettings { window: 12, stride: stride.min(12), bins };
            let dates: Vec<Option<i64>> = dates.into_iter().map(|date| Some(i64::from(date))).collect();
            let map = draw_follower_map(&dates, settings).unwrap();
            prop_assert!(map.scores.iter().all(|score| score.is_some_and(f64::is_finite)));
            prop_assert_eq!((map.starts[0], map.starts.last().unwrap() + 12), (0, dates.len()));
            prop_assert!(map.counts.chunks(bins).all(|counts| counts.iter().sum::<u32>() == 12));
        }
    }
}

//! Lists put in order, each neighbour once.

use super::edge_time::EdgeTime;

/// Edges below which lists are not shared between threads.
const GRAIN: usize = 1 << 15;

/// Sorts each list, keeps each row once with its earliest known time, closes the gaps, and gives the number of edges merged away.
///
/// # Cost
/// O(d) for a list of d edges in order, O(d log d) else; in place but for 8 bytes an edge of the longest list with times.
pub(super) fn merge_lists(offsets: &mut [u32], rows: &mut Vec<u32>, times: Option<&mut Vec<EdgeTime>>) -> u64 {
    let n_lists = offsets.len() - 1;
    let mut kept = vec![0_u32; n_lists];
    let mut times = times;
    sort_lists(offsets, rows, times.as_deref_mut().map(Vec::as_mut_slice), &mut kept);
    let before = rows.len();
    let mut end = 0_usize;
    for (list, &kept) in kept.iter().enumerate() {
        let from = offsets[list] as usize..(offsets[list] + kept) as usize;
        offsets[list] = end as u32;
        if from.start != end {
            rows.copy_within(from.clone(), end);
            if let Some(times) = times.as_deref_mut() {
                times.copy_within(from, end);
            }
        }
        end += kept as usize;
    }
    offsets[n_lists] = end as u32;
    if end < before {
        rows.truncate(end);
        rows.shrink_to_fit();
        if let Some(times) = times {
            times.truncate(end);
            times.shrink_to_fit();
        }
    }
    (before - end) as u64
}

/// Halves the lists between threads until they are few, then takes one after the other.
fn sort_lists(offsets: &[u32], rows: &mut [u32], times: Option<&mut [EdgeTime]>, kept: &mut [u32]) {
    if rows.len() > GRAIN && kept.len() > 1 {
        let half = offsets.partition_point(|&offset| offset - offsets[0] < rows.len() as u32 / 2).clamp(1, kept.len() - 1);
        let split = (offsets[half] - offsets[0]) as usize;
        let (left, right) = rows.split_at_mut(split);
        let (left_kept, right_kept) = kept.split_at_mut(half);
        let (left_times, right_times) = match times.map(|times| times.split_at_mut(split)) {
            Some((left, right)) => (Some(left), Some(right)),
            None => (None, None),
        };
        rayon::join(
            || sort_lists(&offsets[..=half], left, left_times, left_kept),
            || sort_lists(&offsets[half..], right, right_times, right_kept),
        );
        return;
    }
    let mut times = times;
    for (list, kept) in kept.iter_mut().enumerate() {
        let range = (offsets[list] - offsets[0]) as usize..(offsets[list + 1] - offsets[0]) as usize;
        let times = times.as_deref_mut().map(|times| &mut times[range.clone()]);
        *kept = sort_list(&mut rows[range], times) as u32;
    }
}

/// Sorts one list and gives how many edges it keeps, at its start.
fn sort_list(rows: &mut [u32], times: Option<&mut [EdgeTime]>) -> usize {
    if rows.is_sorted_by(|a, b| a < b) {
        return rows.len();
    }
    let Some(times) = times else {
        rows.sort_unstable();
        return keep_first(rows, |_, _| {});
    };
    let mut pairs: Vec<(u32, EdgeTime)> = rows.iter().copied().zip(times.iter().copied()).collect();
    pairs.sort_unstable();
    for ((row, time), pair) in rows.iter_mut().zip(times.iter_mut()).zip(pairs) {
        (*row, *time) = pair;
    }
    keep_first(rows, |to, from| times[to] = times[from])
}

/// Keeps the first of equal rows and tells where each kept one moves from and to.
fn keep_first(rows: &mut [u32], mut moved: impl FnMut(usize, usize)) -> usize {
    let mut kept = 0;
    for at in 0..rows.len() {
        if kept == 0 || rows[kept - 1] != rows[at] {
            rows[kept] = rows[at];
            moved(kept, at);
            kept += 1;
        }
    }
    kept
}

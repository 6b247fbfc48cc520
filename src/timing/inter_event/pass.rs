//! One pass over rows sorted by actor: all measures of every account.

use super::measures::{ActorTimes, TimingMeasures};
use crate::error::{Error, Result};
use rayon::prelude::*;

/// Rows of one piece of work; pieces end where an actor ends.
const PIECE_ROWS: usize = 1 << 18;

/// Takes rows sorted by actor, then by time, in as many pieces as they come in, and hands on each actor when its rows have ended. It holds one
/// actor at a time: memory does not grow with the rows.
///
/// # Cost
/// O(rows), one thread; about 5 KB.
///
/// # Examples
/// ```
/// use bonafide::timing::TimingPass;
/// let mut pass = TimingPass::default();
/// let mut counts = Vec::new();
/// pass.push(&[3, 3], &[1_000, 2_000], &mut |actor, times| counts.push((actor, times.n_events()))).unwrap();
/// pass.push(&[3, 8], &[5_000, 9_000], &mut |actor, times| counts.push((actor, times.n_events()))).unwrap();
/// pass.finish(&mut |actor, times| counts.push((actor, times.n_events())));
/// assert_eq!(counts, [(3, 3), (8, 1)]);
/// ```
#[derive(Debug, Default)]
pub struct TimingPass {
    actor: Option<u32>,
    last_ms: i64,
    times: ActorTimes,
}

impl TimingPass {
    /// Takes the next rows: actors, and times in UTC milliseconds.
    ///
    /// # Errors
    /// `InvalidArgument` if there is not one time a row, or where rows are not sorted; what was handed on before stands.
    pub fn push(&mut self, actors: &[u32], at_ms: &[i64], done: &mut impl FnMut(u32, &ActorTimes)) -> Result<()> {
        if actors.len() != at_ms.len() {
            return Err(Error::invalid_argument("at_ms", at_ms.len(), "one time a row"));
        }
        for (&actor, &at) in actors.iter().zip(at_ms) {
            if self.actor != Some(actor) {
                if self.actor.is_some_and(|last| last > actor) {
                    return Err(Error::invalid_argument("actors", actor, "rows sorted by actor"));
                }
                self.hand_on(done);
                self.actor = Some(actor);
            } else if at < self.last_ms {
                return Err(Error::invalid_argument("at_ms", at, "the rows of an actor sorted by time"));
            }
            self.times.push(at);
            self.last_ms = at;
        }
        Ok(())
    }

    /// Hands on the last actor.
    pub fn finish(mut self, done: &mut impl FnMut(u32, &ActorTimes)) {
        self.hand_on(done);
    }

    fn hand_on(&mut self, done: &mut impl FnMut(u32, &ActorTimes)) {
        if let Some(actor) = self.actor.take() {
            done(actor, &self.times);
            self.times.clear();
        }
    }
}

/// The measures of every actor of rows sorted by actor, then by time; actors in the same order. On all threads: the rows of one actor stay on
/// one, so that their number does not change a bit.
///
/// # Shape
/// One time in UTC milliseconds a row; one entry an actor.
///
/// # Errors
/// As [`TimingPass::push`].
///
/// # Cost
/// O(rows), one pass; memory O(actors).
///
/// # Examples
/// ```
/// use bonafide::timing::measure_actors;
/// let measured = measure_actors(&[0, 0, 7], &[1_000, 2_000, 500]).unwrap();
/// assert_eq!(measured.iter().map(|(actor, times)| (*actor, times.n_events)).collect::<Vec<_>>(), [(0, 2), (7, 1)]);
/// assert!(measure_actors(&[7, 0], &[0, 0]).is_err());
/// ```
pub fn measure_actors(actors: &[u32], at_ms: &[i64]) -> Result<Vec<(u32, TimingMeasures)>> {
    map_actors(actors, at_ms, |times| times.measures())
}

/// The same with what is wanted of each actor instead of its measures.
///
/// # Errors
/// As [`TimingPass::push`].
pub fn map_actors<T: Send>(actors: &[u32], at_ms: &[i64], of: impl Fn(&ActorTimes) -> T + Sync) -> Result<Vec<(u32, T)>> {
    if actors.len() != at_ms.len() {
        return Err(Error::invalid_argument("at_ms", at_ms.len(), "one time a row"));
    }
    let pieces: Vec<Vec<(u32, T)>> = pieces(actors)
        .par_windows(2)
        .map(|bounds| {
            let (from, to) = (bounds[0], bounds[1]);
            if from > 0 && actors[from - 1] > actors[from] {
                return Err(Error::invalid_argument("actors", actors[from], "rows sorted by actor"));
            }
            let mut found = Vec::new();
            let mut pass = TimingPass::default();
            pass.push(&actors[from..to], &at_ms[from..to], &mut |actor, times| found.push((actor, of(times))))?;
            pass.finish(&mut |actor, times| found.push((actor, of(times))));
            Ok(found)
        })
        .collect::<Result<_>>()?;
    Ok(pieces.into_iter().flatten().collect())
}

/// Where pieces begin, and the end of the last: each begins with the first row of an actor.
fn pieces(actors: &[u32]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = PIECE_ROWS;
    while at < actors.len() {
        // Rows are sorted: the end of an actor is found by halving.
        let end = at + actors[at..].partition_point(|&actor| actor == actors[at - 1]);
        if end < actors.len() {
            starts.push(end);
        }
        at = end + PIECE_ROWS;
    }
    if !actors.is_empty() {
        starts.push(actors.len());
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::super::measures::TimingMeasure;
    use super::*;

    /// Rows of actors with 1 to 60 actions at uneven gaps, and one with many.
    fn rows() -> (Vec<u32>, Vec<i64>) {
        let (mut actors, mut at_ms) = (Vec::new(), Vec::new());
        for actor in 0..20_000_u32 {
            let n = if actor == 777 { 300_000 } else { u64::from(actor) * 7_919 % 60 + 1 };
            let mut at = 1_600_000_000_000 + i64::from(actor) * 1_000;
            for turn in 0..n {
                actors.push(actor * 3);
                at_ms.push(at);
                at += ((turn * turn * 7_919 + u64::from(actor)) % 90_000_000) as i64;
            }
        }
        (actors, at_ms)
    }

    #[test]
    fn neither_threads_nor_the_size_of_pieces_changes_a_bit() {
        let (actors, at_ms) = rows();
        let whole = measure_actors(&actors, &at_ms).unwrap();
        assert_eq!(whole.len(), 20_000);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let bits = |measured: &[(u32, TimingMeasures)]| -> Vec<(u32, u64, Vec<Option<u64>>)> {
            let of = |times: &TimingMeasures| {
                super::super::TIMING_MEASURES.map(|measure| times.get(measure).map(f64::to_bits)).to_vec()
            };
            measured.iter().map(|(actor, times)| (*actor, times.n_events, of(times))).collect()
        };
        assert_eq!(bits(&one.install(|| measure_actors(&actors, &at_ms)).unwrap()), bits(&whole));
        let mut found = Vec::new();
        let mut pass = TimingPass::default();
        for (actors, at_ms) in actors.chunks(977).zip(at_ms.chunks(977)) {
            pass.push(actors, at_ms, &mut |actor, times| found.push((actor, times.measures()))).unwrap();
        }
        pass.finish(&mut |actor, times| found.push((actor, times.measures())));
        assert_eq!(bits(&found), bits(&whole));
    }

    #[test]
    fn rows_that_are_not_sorted_are_refused_by_name() {
        let refused = |actors: &[u32], at_ms: &[i64]| measure_actors(actors, at_ms).unwrap_err().to_string();
        assert!(refused(&[2, 1], &[0, 0]).contains("sorted by actor"));
        assert!(refused(&[1, 1], &[5, 4]).contains("sorted by time"));
        assert!(refused(&[1, 1], &[5]).contains("one time a row"));
        let mut actors = vec![5; 3 * PIECE_ROWS];
        actors[2 * PIECE_ROWS..].fill(4);
        assert!(refused(&actors, &vec![0; actors.len()]).contains("sorted by actor"));
        assert!(measure_actors(&[], &[]).unwrap().is_empty());
    }

    #[test]
    fn times_at_the_ends_of_all_time_are_no_panic() {
        let at_ms: Vec<i64> = std::iter::repeat_n(i64::MIN, 15).chain([0; 5]).chain([i64::MAX; 15]).collect();
        let measured = measure_actors(&[u32::MAX; 35], &at_ms).unwrap();
        assert_eq!(measured[0].1.n_events, 35);
        assert!(measured[0].1.get(TimingMeasure::Burstiness).is_some_and(|value| (-1.0..=1.0).contains(&value)));
    }

    #[test]
    fn all_at_one_instant_and_short_histories_are_missing_not_zero() {
        let measured = measure_actors(&[1; 50], &[7_000; 50]).unwrap();
        let times = &measured[0].1;
        assert_eq!((times.n_events, times.get(TimingMeasure::Burstiness), times.get(TimingMeasure::Memory)), (50, None, None));
        assert_eq!(times.get(TimingMeasure::SimultaneousShare), Some(1.0));
        let short = measure_actors(&[1; 19], &(0..19).map(|at| at * 1_000).collect::<Vec<_>>()).unwrap();
        assert!(super::super::TIMING_MEASURES.iter().all(|&measure| short[0].1.get(measure).is_none()));
    }
}

//! Parts made ahead on all threads and handed over in order on this one.

use crate::error::Result;
use rayon::Yield;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::time::Duration;

/// How long to sleep while others make the part that is waited for.
const PATIENCE: Duration = Duration::from_micros(200);

/// Makes parts 0 to `n` on the threads of the current pool, at most some more than threads at a time, and hands each to `take`
/// on this thread, in order: one writes while the others compute.
///
/// # Errors
/// The first of `take`; no further part is begun then.
pub(super) fn in_order<T: Send>(n: usize, make: impl Fn(usize) -> T + Sync, mut take: impl FnMut(T) -> Result<()>) -> Result<()> {
    let ahead = rayon::current_num_threads() + 2;
    let make = &make;
    rayon::in_place_scope(|scope| {
        let mut begun = VecDeque::new();
        let mut next = 0;
        loop {
            while next < n && begun.len() < ahead {
                let (sender, receiver) = sync_channel(1);
                let part = next;
                // Nobody waits for a part once the run has failed.
                scope.spawn(move |_| drop(sender.send(make(part))));
                begun.push_back(receiver);
                next += 1;
            }
            let Some(first) = begun.pop_front() else { return Ok(()) };
            take(received(&first))?;
        }
    })
}

/// Waits for a part; where this thread is one of the pool's, it helps meanwhile.
fn received<T>(part: &Receiver<T>) -> T {
    loop {
        match part.try_recv() {
            Ok(made) => return made,
            Err(TryRecvError::Disconnected) => panic!("the thread that made a part of the simulation panicked"),
            Err(TryRecvError::Empty) => {}
        }
        if !matches!(rayon::yield_now(), Some(Yield::Executed))
            && let Ok(made) = part.recv_timeout(PATIENCE)
        {
            return made;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};

    fn on_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
    }

    #[test]
    fn parts_come_in_order_on_any_number_of_threads_also_outside_a_pool() {
        let run = || {
            let mut taken = Vec::new();
            let made = in_order(
                50,
                |part| part * part,
                |square| {
                    taken.push(square);
                    Ok(())
                },
            );
            made.map(|()| taken).unwrap()
        };
        let expected: Vec<usize> = (0..50).map(|part| part * part).collect();
        assert_eq!((on_threads(1, run), on_threads(3, run), run()), (expected.clone(), expected.clone(), expected));
    }

    #[test]
    fn the_first_error_ends_it() {
        let mut taken = 0;
        let outcome = in_order(
            1_000,
            |part| part,
            |part| {
                taken += 1;
                if part == 3 { Err(Error::new(ErrorKind::AlreadyExists)) } else { Ok(()) }
            },
        );
        assert!(outcome.is_err());
        assert_eq!(taken, 4);
    }
}

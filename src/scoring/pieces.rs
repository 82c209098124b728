//! Candidates in pieces that threads share. Which thread does which piece shows in no result: answers come back in
//! the order of the pieces.

use std::cmp::Ordering;
use std::num::NonZeroUsize;
use std::ops::Range;

use rayon::prelude::*;

/// How many candidates are in a piece.
const PIECE: usize = 8192;
/// How many jobs a thread gets: each starts its own engine's expressions, and the last to end is waited for.
const JOBS: usize = 8;

/// The most threads ever started, whatever is asked for.
const MOST_THREADS: usize = 256;

/// The candidates in pieces.
pub(super) fn pieces(candidates: usize) -> Vec<Range<usize>> {
    (0..candidates).step_by(PIECE).map(|start| start..(start + PIECE).min(candidates)).collect()
}

/// A list in pieces.
pub(super) fn of<T>(list: &[T]) -> Vec<&[T]> {
    list.chunks(PIECE).collect()
}

/// How many of so many threads have something to do: one piece of candidates is done sooner than threads start.
pub(super) fn threads_for(candidates: usize, threads: NonZeroUsize) -> NonZeroUsize {
    let most = candidates.div_ceil(PIECE).min(MOST_THREADS);
    NonZeroUsize::new(threads.get().min(most)).unwrap_or(NonZeroUsize::MIN)
}

/// Does `work` on so many threads, those of [`map_pieces`], [`fill_column`] and [`sort`]; one thread is the one that
/// asks.
pub(super) fn on_threads<T: Send>(threads: NonZeroUsize, work: impl FnOnce() -> T + Send) -> T {
    if threads == NonZeroUsize::MIN {
        return work();
    }
    in_pool(threads, work)
}

/// Does `work` in a pool of so many threads. Their number shows in no result.
pub(crate) fn in_pool<T: Send>(threads: NonZeroUsize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build() {
        Ok(pool) => pool.install(work),
        // A machine that gives no threads.
        Err(_) => work(),
    }
}

/// Whether so much is done by the thread that asks: there is none to share with, or handing it out takes longer than it.
fn alone(candidates: usize) -> bool {
    candidates <= PIECE || rayon::current_thread_index().is_none()
}

/// What `work` answers for each of `pieces`, with what `start` makes for it; that is made anew for each job.
pub(super) fn map_pieces<P: Send, S, T: Send>(
    pieces: Vec<P>,
    start: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, P) -> T + Sync + Send,
) -> Vec<T> {
    if pieces.len() < 2 || rayon::current_thread_index().is_none() {
        let mut started = start();
        return pieces.into_iter().map(|piece| work(&mut started, piece)).collect();
    }
    let least = pieces.len().div_ceil(JOBS * rayon::current_num_threads());
    pieces.into_par_iter().with_min_len(least).map_init(start, work).collect()
}

/// What `work` writes for the numbers of a column, a stretch of it at a time.
pub(super) fn fill_column<T: Default + Clone + Send>(
    column: &[f64],
    work: impl Fn(&[f64], &mut [T]) + Sync + Send,
) -> Vec<T> {
    let mut all = vec![T::default(); column.len()];
    if alone(column.len()) {
        work(column, &mut all);
    } else {
        let pieces = column.par_chunks(PIECE).zip(all.par_chunks_mut(PIECE));
        pieces.for_each(|(numbers, answers)| work(numbers, answers));
    }
    all
}

/// Does two things, at once where there are threads for them.
pub(super) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    match rayon::current_thread_index() {
        None => (one(), other()),
        Some(_) => rayon::join(one, other),
    }
}

/// Sorts; no two of `items` may be equal unless it doesn't matter which comes first.
pub(super) fn sort<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    if alone(items.len()) { items.sort_unstable_by(compare) } else { items.par_sort_unstable_by(compare) }
}

/// Does `work` on every run of items that `same` finds equal.
pub(super) fn each_run<T: Send>(
    items: &mut [T],
    same: impl Fn(&T, &T) -> bool + Sync + Send,
    work: impl Fn(&mut [T]) + Sync + Send,
) {
    match alone(items.len()) {
        true => items.chunk_by_mut(same).for_each(work),
        false => items.par_chunk_by_mut(same).for_each(work),
    }
}

/// The columns cut where the candidates are, for each piece its part of every column.
pub(super) fn cut<'a, T>(columns: &'a mut [Vec<T>], pieces: &[Range<usize>]) -> Vec<Vec<&'a mut [T]>> {
    let mut parts: Vec<Vec<&mut [T]>> = pieces.iter().map(|_| Vec::with_capacity(columns.len())).collect();
    for column in columns {
        for (part, slice) in parts.iter_mut().zip(column.chunks_mut(PIECE)) {
            part.push(slice);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_every_candidate_once_and_in_order() {
        for candidates in [0, 1, PIECE, PIECE + 1, 3 * PIECE - 1] {
            let all: Vec<usize> = pieces(candidates).into_iter().flatten().collect();
            assert_eq!(all, (0..candidates).collect::<Vec<usize>>());
        }
    }

    #[test]
    fn threads_change_no_answer() {
        let column: Vec<f64> = (0..40_000_u32).map(f64::from).collect();
        let work = || {
            let doubled = fill_column(&column, |numbers, doubled| {
                doubled.iter_mut().zip(numbers).for_each(|(doubled, number): (&mut f64, _)| *doubled = number * 2.0);
            });
            let sums = map_pieces(pieces(column.len()), || (), |(), range| range.sum::<usize>());
            (doubled, sums)
        };
        let alone = work();
        for threads in 2..5 {
            let threads = NonZeroUsize::new(threads).unwrap();
            assert_eq!(on_threads(threads, work), alone);
        }
    }
}

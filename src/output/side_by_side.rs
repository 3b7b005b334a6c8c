//! Pages are made side by side, on as many threads as the machine has room for.
//!
//! Jobs come in, pages go out, in the order of the jobs; or every mistake that kept one from being made, once.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::render::Page;
use super::template_error::TemplateError;

/// The making of one page; nothing for one that the plan does not have.
pub(super) type Job<'a> = Box<dyn Fn() -> Result<Option<Page>, TemplateError> + Sync + 'a>;

/// Does all jobs, on as many threads as the machine has room for. The answers stand in the order of
/// the jobs; of errors that are the same the first counts. Each page is shown as soon as it is made.
pub(super) fn side_by_side(
    jobs: &[Job<'_>],
    show: &(dyn Fn(&Page) + Sync),
) -> Result<Vec<Page>, Vec<TemplateError>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let make = |index: usize| {
            let made = jobs[index]();
            made.iter().flatten().for_each(show);
            (index, made)
        };
        mine.take_while(|index| *index < jobs.len()).map(make).collect::<Vec<_>>()
    };
    let mut made = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    made.sort_by_key(|(index, _)| *index);
    let (mut pages, mut wrong) = (Vec::new(), Vec::new());
    for (_, made) in made {
        match made {
            Ok(page) => pages.extend(page),
            Err(error) if wrong.iter().any(|known: &TemplateError| known.is_same(&error)) => {}
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(pages) } else { Err(wrong) }
}

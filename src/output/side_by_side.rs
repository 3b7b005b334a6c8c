//! Pages are made side by side, on as many threads as the machine has room for.
//!
//! Jobs come in, pages go out, in the order of the jobs; or every mistake that kept one from being made, once.

use super::render::Page;
use super::template_error::TemplateError;
use crate::view::on_all_cores;

/// The making of one page; nothing for one that the plan does not have.
pub(super) type Job<'a> = Box<dyn Fn() -> Result<Option<Page>, TemplateError> + Sync + 'a>;

/// Does all jobs, on as many threads as the machine has room for. The answers stand in the order of
/// the jobs; of errors that are the same the first counts. Each page is shown as soon as it is made.
pub(super) fn side_by_side(
    jobs: &[Job<'_>],
    show: &(dyn Fn(&Page) + Sync),
) -> Result<Vec<Page>, Vec<TemplateError>> {
    let made = on_all_cores(jobs, |job| {
        let made = job();
        made.iter().flatten().for_each(show);
        made
    });
    let (mut pages, mut wrong) = (Vec::new(), Vec::new());
    for made in made {
        match made {
            Ok(page) => pages.extend(page),
            Err(error) if wrong.iter().any(|known: &TemplateError| known.is_same(&error)) => {}
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(pages) } else { Err(wrong) }
}

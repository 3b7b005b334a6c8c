//! Which pages a plan has, and the making of each, on as many threads as the machine has room for.
//!
//! Views go in, pages come out in the order of the list; or every mistake that kept one from being made, once.

use minijinja::Environment;
use serde::Serialize;

use super::export::write_ics;
use super::render::{Page, render};
use super::template_error::TemplateError;
use crate::view::{OwnerPage, PlanPages, on_all_cores};

/// A page to be made.
pub(super) struct Job<'a> {
    /// Its path in the plan's folder, with `/`.
    pub(super) path: String,
    what: What<'a>,
}

#[derive(Clone, Copy)]
enum What<'a> {
    /// One of those that lead to one another.
    Linked(&'static str),
    Json,
    Phases,
    Owner(&'a OwnerPage),
    Markdown(&'a OwnerPage),
    Calendar(&'a OwnerPage),
}

/// The pages of a plan.
pub(super) fn jobs<'a>(pages: &'a PlanPages<'_>) -> Vec<Job<'a>> {
    let job = |path: &str, what: What<'a>| Job { path: path.to_owned(), what };
    let mut jobs: Vec<Job<'a>> =
        pages.linked().into_iter().map(|page| job(page.file, What::Linked(page.file))).collect();
    jobs.push(job("plan.json", What::Json));
    jobs.extend(pages.has_phases().then(|| job("timeline-phases.html", What::Phases)));
    for owner in pages.owners() {
        let path = |ending: &str| format!("owners/{}.{ending}", owner.file);
        jobs.push(job(&path("html"), What::Owner(owner)));
        jobs.push(job(&path("md"), What::Markdown(owner)));
        jobs.extend(pages.has_calendar(owner).then(|| job(&path("ics"), What::Calendar(owner))));
    }
    jobs
}

/// Does all jobs, and takes each page as soon as it is made. The answers stand in the order of
/// the jobs; of errors that are the same the first counts.
pub(super) fn side_by_side<Taken: Send>(
    pages: &PlanPages<'_>,
    environment: &Environment<'_>,
    take: &(impl Fn(Page) -> Taken + Sync),
) -> Result<Vec<Taken>, Vec<TemplateError>> {
    let made = on_all_cores(&jobs(pages), |job| {
        let text = job.what.text(environment, pages)?;
        Ok(text.map(|text| take(Page { path: job.path.clone(), text })))
    });
    let (mut all, mut wrong) = (Vec::with_capacity(made.len()), Vec::new());
    for made in made {
        match made {
            Ok(taken) => all.extend(taken),
            Err(error) if wrong.iter().any(|known: &TemplateError| known.is_same(&error)) => {}
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}

impl What<'_> {
    /// The text of the page; nothing when the plan turns out to have none.
    fn text(
        self,
        environment: &Environment<'_>,
        pages: &PlanPages<'_>,
    ) -> Result<Option<String>, TemplateError> {
        let text = match self {
            Self::Linked(file) => return linked(environment, file, pages),
            Self::Json => pages.json(),
            Self::Phases => return filled(environment, "timeline.html.j2", pages.timeline_of_phases()),
            Self::Owner(owner) => match owner.kind == "unassigned" {
                true => return filled(environment, "unassigned.html.j2", pages.unassigned()),
                false => render(environment, "owner.html.j2", owner)?,
            },
            Self::Markdown(owner) => render(environment, "owner.md.j2", owner)?,
            Self::Calendar(owner) => return Ok(pages.calendar(owner).map(|calendar| write_ics(&calendar))),
        };
        Ok(Some(text))
    }
}

/// One of the pages that lead to one another.
fn linked(
    environment: &Environment<'_>,
    file: &str,
    pages: &PlanPages<'_>,
) -> Result<Option<String>, TemplateError> {
    let template = format!("{file}.j2");
    match file {
        "index.html" => filled(environment, &template, Some(pages.index())),
        "run-sheet.html" => filled(environment, &template, Some(pages.run_sheet())),
        "timeline.html" => filled(environment, &template, Some(pages.timeline())),
        "rollback.html" => filled(environment, &template, pages.rollback()),
        "contacts.html" => filled(environment, &template, pages.contacts()),
        "questions.html" => filled(environment, &template, pages.questions()),
        "cards.html" => filled(environment, &template, pages.cards()),
        "walkthrough.html" => filled(environment, &template, pages.walkthrough()),
        _ => Ok(None),
    }
}

fn filled<View: Serialize>(
    environment: &Environment<'_>,
    template: &str,
    view: Option<View>,
) -> Result<Option<String>, TemplateError> {
    view.map(|view| render(environment, template, &view)).transpose()
}

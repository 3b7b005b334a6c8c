//! Which pages a plan has, and the making of each, on as many threads as the machine has room for.
//!
//! Views go in, pages come out in the order of the list; or every mistake that kept one from being made, once.

use serde::Serialize;

use super::export::write_ics;
use super::render::{Templates, render_to};
use super::template_error::TemplateError;
use crate::cores::{cores, with_room};
use crate::view::{OwnerPage, PlanPages};

/// More bytes than nearly every page has, and has for a step. Room that isn't written to costs nothing.
const ROOM: usize = 256 * 1024;
const ROOM_A_STEP: usize = 2 * 1024;

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

/// Does all jobs, those of `urgent` pages before the others and a `pause` after them, and takes each page as soon as it
/// is made. The answers stand in that order; of errors that are the same the first counts.
pub(super) fn side_by_side<Taken: Send>(
    pages: &PlanPages<'_>,
    templates: &Templates<'_>,
    urgent: impl Fn(&str) -> bool,
    pause: impl Fn(),
    take: &(impl Fn(&str, &[u8]) -> Taken + Sync),
) -> Result<Vec<Taken>, Vec<TemplateError>> {
    // One page after the other is written into the same memory, which never has to grow.
    let room = || Vec::with_capacity(ROOM + pages.steps() * ROOM_A_STEP);
    let make = |text: &mut Vec<u8>, job: &Job<'_>| {
        text.clear();
        let is_there = job.what.write(templates, pages, text)?;
        Ok(is_there.then(|| take(&job.path, text)))
    };
    let (first, others): (Vec<_>, Vec<_>) = jobs(pages).into_iter().partition(|job| urgent(&job.path));
    let made_first = with_room(cores(), &first, room, make);
    if !first.is_empty() {
        pause();
    }
    let made_then = with_room(cores(), &others, room, make);
    let (mut all, mut wrong) = (Vec::with_capacity(first.len() + others.len()), Vec::new());
    for made in made_first.into_iter().chain(made_then) {
        match made {
            Ok(taken) => all.extend(taken),
            Err(error) if wrong.iter().any(|known: &TemplateError| known.is_same(&error)) => {}
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}

impl What<'_> {
    /// Appends the text of the page; says whether the plan has one.
    fn write(
        self,
        templates: &Templates<'_>,
        pages: &PlanPages<'_>,
        to: &mut Vec<u8>,
    ) -> Result<bool, TemplateError> {
        let mut fill = Fill { templates, to };
        match self {
            Self::Linked("index.html") => fill.page("index.html.j2", Some(pages.index())),
            Self::Linked("run-sheet.html") => fill.page("run-sheet.html.j2", Some(pages.run_sheet())),
            Self::Linked("timeline.html") => fill.page("timeline.html.j2", Some(pages.timeline())),
            Self::Linked("rollback.html") => fill.page("rollback.html.j2", pages.rollback()),
            Self::Linked("contacts.html") => fill.page("contacts.html.j2", pages.contacts()),
            Self::Linked("questions.html") => fill.page("questions.html.j2", pages.questions()),
            Self::Linked("cards.html") => fill.page("cards.html.j2", pages.cards()),
            Self::Linked("walkthrough.html") => fill.page("walkthrough.html.j2", pages.walkthrough()),
            Self::Linked(_) => Ok(false),
            Self::Phases => fill.page("timeline.html.j2", pages.timeline_of_phases()),
            Self::Owner(owner) if owner.kind == "unassigned" => {
                fill.page("unassigned.html.j2", pages.unassigned())
            }
            Self::Owner(owner) => fill.page("owner.html.j2", Some(owner)),
            Self::Markdown(owner) => fill.page("owner.md.j2", Some(owner)),
            Self::Json => {
                pages.write_json(to);
                Ok(true)
            }
            Self::Calendar(owner) => {
                let text = pages.calendar(owner).map(|calendar| write_ics(&calendar));
                to.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
                Ok(text.is_some())
            }
        }
    }
}

/// Where a page goes.
struct Fill<'a> {
    templates: &'a Templates<'a>,
    to: &'a mut Vec<u8>,
}

impl Fill<'_> {
    fn page<View: Serialize>(&mut self, template: &str, view: Option<View>) -> Result<bool, TemplateError> {
        let Some(view) = view else { return Ok(false) };
        render_to(self.templates, template, &view, self.to)?;
        Ok(true)
    }
}

//! `tminus build --pdf`: the pages of a plan, printed.
//!
//! The pages are on the disk already, and stay whatever comes of it. All PDFs of a plan are printed into a
//! temporary folder, read back, and only then written beside the pages, or none of them.

use std::path::Path;
use std::time::Duration;

use super::browser::{Browser, Job, Trouble};
use super::look::Printing;
use super::{Outcome, messages, terminal};
use crate::output::{OutputError, Pdf, Printed, Written, pdfs, printable, write_pdfs};

/// Prints the pages of plans.
pub struct Printer {
    browser: Browser,
}

/// A plan whose pages were written.
pub struct Plan<'a> {
    /// The folder of all plans.
    pub output: &'a Path,
    /// The folder of its pages, from there.
    pub name: &'a str,
    /// The paths of its pages.
    pub pages: &'a [String],
    /// What all of them together are called.
    pub title: &'a str,
    /// What was done to its folder before.
    pub written: Written,
}

impl Printer {
    /// As the command line asks: none when it does not, or when there is no browser, which is said.
    pub fn new(printing: &Printing) -> (Option<Self>, Outcome) {
        if !printing.pdf {
            return (None, Outcome::Done);
        }
        let limit = Duration::from_secs(printing.browser_timeout);
        match Browser::find(printing.browser.as_deref(), limit) {
            Ok(browser) => (Some(Self { browser }), Outcome::Done),
            Err((message, help)) => {
                terminal::error(&message, &help);
                (None, Outcome::Environment)
            }
        }
    }

    /// Whether somebody has interrupted the program.
    pub fn is_interrupted(&self) -> bool {
        self.browser.is_interrupted()
    }

    /// Prints a plan's pages. What keeps them from being printed is said.
    pub fn print(&self, plan: &Plan<'_>) -> Outcome {
        let folder = plan.output.join(plan.name);
        let made = self.made(plan, &folder).and_then(|made| {
            let written = write_pdfs(plan.output, plan.name, &made);
            written
                .map(|written| (made.len(), written))
                .map_err(|OutputError { message, help }| (message, help))
        });
        match made {
            Ok((number, written)) => {
                let folder = folder.display().to_string();
                terminal::print(&messages::printed(&folder, number, written.unchanged))
            }
            Err(_) if self.is_interrupted() => Outcome::Interrupted,
            Err((message, help)) => {
                terminal::error(&message, &help);
                if plan.written.outdated > 0 {
                    terminal::remark(&messages::outdated(plan.written.outdated));
                }
                Outcome::Environment
            }
        }
    }

    /// The PDFs of a plan, or why there are none.
    fn made(&self, plan: &Plan<'_>, folder: &Path) -> Result<Vec<Pdf>, (String, String)> {
        let base = self.browser.scratch_folder(plan.output);
        let scratch = tempfile::Builder::new().prefix("tminus-printing-").tempdir_in(&base);
        let scratch = scratch.map_err(|error| messages::no_scratch(&base, &error))?;
        let pages = printable(plan.pages);
        let jobs: Vec<Job> = pages
            .iter()
            .enumerate()
            .map(|(index, page)| Job {
                page: folder.join(page),
                pdf: scratch.path().join(format!("{index}.pdf")),
            })
            .collect();
        let about = |index: usize, what: &Trouble| {
            let page = folder.join(&pages[index]);
            messages::not_printed(self.browser.program(), &page, what)
        };
        self.browser.print(&jobs, scratch.path()).map_err(|(index, trouble)| about(index, &trouble))?;
        let mut printed = Vec::new();
        for (index, (page, job)) in pages.iter().zip(&jobs).enumerate() {
            match Printed::read(page, &job.pdf) {
                Ok(one) => printed.push(one),
                Err(reason) => return Err(about(index, &Trouble::Ended(reason, String::new()))),
            }
        }
        Ok(pdfs(folder, &printed, plan.title))
    }
}

//! The pages of a plan are made, shown to those who look at them, and written – in this order.
//!
//! What keeps them from being made is said; what was there stays then.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::Compiled;
use crate::cli::arguments::Watch;
use crate::cli::build::{refuse, summary};
use crate::cli::load::Candidate;
use crate::cli::renderers::Renderers;
use crate::cli::serve::Site;
use crate::cli::{Outcome, messages, revision, terminal};
use crate::output::{OutputError, Page, Prints, Turn, Written, check_index, listed, write_index, write_plan};
use crate::source::Sources;
use crate::view::export::Revision;
use crate::view::{PlanLink, PlanPages};

/// In so much time a browser shows most pages.
const TO_SHOW: Duration = Duration::from_millis(100);

/// A plan as it was at some moment.
pub(super) struct Version {
    pub(super) plan: Candidate,
    pub(super) compiled: Compiled,
    pub(super) sources: Rc<Sources>,
}

/// How pages are made.
pub(super) struct Making<'a> {
    arguments: &'a Watch,
    revision: Revision,
    renderers: Result<Renderers, Outcome>,
    /// The templates are read apart from the plans, because they outlive them.
    templates: Sources,
    /// The places in the list of plans, by name.
    links: BTreeMap<String, PlanLink>,
    site: Option<Arc<Site>>,
}

impl<'a> Making<'a> {
    /// As the command line asks. What is wrong with it, or with the folder to write to, is said.
    pub(super) fn new(arguments: &'a Watch, site: Option<Arc<Site>>) -> Result<Self, Outcome> {
        let revision = revision::revision(None).map_err(|sentence| terminal::usage(&sentence))?;
        let renderers = Renderers::new(&arguments.look)?;
        check_index(&arguments.output).map_err(|error| refuse(&error))?;
        let (templates, links) = (Sources::new(), BTreeMap::new());
        Ok(Self { arguments, revision, renderers: Ok(renderers), templates, links, site })
    }

    /// Reads templates and logo again.
    pub(super) fn read_templates(&mut self) {
        self.templates = Sources::new();
        self.renderers = Renderers::new(&self.arguments.look);
    }

    /// The first pages of a plan, with the line that a build has for them; whether there are any.
    pub(super) fn first_pages(&mut self, version: &Version) -> bool {
        let done = self.pages(version);
        if let Some(done) = done {
            let index = self.arguments.output.join(&version.plan.name).join("index.html");
            let line = summary(&version.compiled, &index.display().to_string(), done);
            let _ = terminal::print(&line);
        }
        done.is_some()
    }

    /// The pages of a plan; nothing when they can't be made or written, which is said.
    pub(super) fn pages(&mut self, version: &Version) -> Option<Written> {
        let Version { plan, compiled, sources } = version;
        let look = self.arguments.look.page();
        let pages = PlanPages::present(compiled, sources, &plan.name, look, self.revision);
        let made = self.render(plan, &pages)?;
        if let Some(site) = &self.site {
            site.publish(&plan.name, &made);
        }
        match write_plan(&self.arguments.output, &plan.name, &plan.path, &made, Prints::Unasked) {
            Ok(done) => {
                if done.outdated > 0 {
                    terminal::remark(&messages::outdated(done.outdated));
                }
                self.links.insert(plan.name.clone(), pages.link);
                Some(done)
            }
            Err(error) => said(&error),
        }
    }

    /// The page that lists all plans.
    pub(super) fn list_of_plans(&mut self) {
        if self.links.is_empty() {
            return;
        }
        let (output, look) = (&self.arguments.output, self.arguments.look.page().look());
        let _turn = Turn::wait(output);
        let index = match listed(output, self.links.values().cloned().collect(), look) {
            Ok(index) => index,
            Err(error) => return said(&error).unwrap_or_default(),
        };
        let Ok(renderers) = &mut self.renderers else { return };
        let Ok(renderer) = renderers.of_all(&mut self.templates) else { return };
        match renderer.top_index(&index) {
            Ok(page) => {
                if let Some(site) = &self.site {
                    site.publish_one("index.html", &page);
                }
                if let Err(error) = write_index(output, index, &page) {
                    let _: Option<()> = said(&error);
                }
            }
            Err(error) => {
                let diagnostics = renderer.diagnostics(&[error], &mut self.templates);
                terminal::print_diagnostics(&diagnostics, &self.templates);
            }
        }
    }

    fn render(&mut self, plan: &Candidate, pages: &PlanPages<'_>) -> Option<Vec<Page>> {
        let site = self.site.as_deref();
        let shown = |path: &str, text: &[u8]| {
            let page = Page::new(path, text);
            if let Some(site) = site {
                site.publish_one(&format!("{}/{}", plan.name, page.path), &page.text);
            }
            page
        };
        // A browser shows now what it gets, and needs the cores for that; for other pages nobody waits.
        let pause = || std::thread::sleep(TO_SHOW);
        let is_open = |path: &str| site.is_some_and(|site| site.is_open(&format!("{}/{path}", plan.name)));
        let rendered = match &mut self.renderers {
            Ok(renderers) => match renderers.beside(&plan.path, &mut self.templates) {
                Ok(renderer) => renderer.each(pages, is_open, pause, &shown).map_err(|errors| {
                    let diagnostics = renderer.diagnostics(&errors, &mut self.templates);
                    terminal::print_diagnostics(&diagnostics, &self.templates);
                }),
                Err(_) => Err(()),
            },
            Err(_) => Err(()),
        };
        if rendered.is_err() {
            no_pages(&plan.path);
        }
        rendered.ok()
    }
}

fn no_pages(plan: &Path) {
    terminal::remark(&messages::no_pages(plan));
}

fn said<T>(error: &OutputError) -> Option<T> {
    refuse(error);
    None
}

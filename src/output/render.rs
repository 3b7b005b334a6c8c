//! The one file that names the template engine: views in, text of pages out.
//!
//! The templates are compiled in. Escaping follows a template's name; a field that does not exist is
//! an error, not an empty text.

use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

use crate::view::{PlanPages, TopIndex, markdown_escaped};

/// The built-in templates by name.
const TEMPLATES: [(&str, &str); 12] = [
    ("layout.html.j2", include_str!("../../templates/layout.html.j2")),
    ("parts.html.j2", include_str!("../../templates/parts.html.j2")),
    ("style.css", include_str!("../../templates/style.css")),
    ("index.html.j2", include_str!("../../templates/index.html.j2")),
    ("index.css", include_str!("../../templates/index.css")),
    ("plans.html.j2", include_str!("../../templates/plans.html.j2")),
    ("run-sheet.html.j2", include_str!("../../templates/run-sheet.html.j2")),
    ("run-sheet.css", include_str!("../../templates/run-sheet.css")),
    ("owner.html.j2", include_str!("../../templates/owner.html.j2")),
    ("owner.css", include_str!("../../templates/owner.css")),
    ("owner.md.j2", include_str!("../../templates/owner.md.j2")),
    ("timeline.html.j2", include_str!("../../templates/timeline.html.j2")),
];

/// The style and the script of the timeline, kept apart because they are long.
const TIMELINE: [(&str, &str); 2] = [
    ("timeline.css", include_str!("../../templates/timeline.css")),
    ("timeline.js", include_str!("../../templates/timeline.js")),
];

/// A page that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path in the plan's folder, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A template that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Which.
    pub template: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// Makes pages from views.
pub struct Renderer {
    environment: Environment<'static>,
}

impl Renderer {
    /// With the built-in templates.
    ///
    /// # Errors
    /// When a template does not parse.
    pub fn new() -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        });
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_formatter(|out, state, value| {
            match value.as_str().filter(|text| has_controls(text)) {
                Some(text) => {
                    let plain = text.replace(is_control, "\u{fffd}");
                    let safe = value.is_safe();
                    let plain = if safe { Value::from_safe_string(plain) } else { Value::from(plain) };
                    escape_formatter(out, state, &plain)
                }
                None => escape_formatter(out, state, value),
            }
        });
        environment.add_filter("markdown", markdown_escaped);
        for (name, source) in TEMPLATES.into_iter().chain(TIMELINE) {
            environment.add_template(name, source).map_err(|error| said(&error, name))?;
        }
        Ok(Self { environment })
    }

    /// All pages of a plan.
    ///
    /// # Errors
    /// When a template can't be rendered.
    pub fn plan(&self, pages: &PlanPages) -> Result<Vec<Page>, TemplateError> {
        let page = |path: String, text| Ok(Page { path, text: text? });
        let mut jobs: Vec<Job<'_>> = vec![
            Box::new(move || page("index.html".to_owned(), self.render("index.html.j2", &pages.index))),
            Box::new(move || {
                page("run-sheet.html".to_owned(), self.render("run-sheet.html.j2", &pages.run_sheet))
            }),
            Box::new(move || {
                page("timeline.html".to_owned(), self.render("timeline.html.j2", &pages.timeline))
            }),
            Box::new(move || page("plan.json".to_owned(), Ok(pages.json.clone()))),
        ];
        if let Some(timeline) = &pages.timeline_of_phases {
            jobs.push(Box::new(move || {
                page("timeline-phases.html".to_owned(), self.render("timeline.html.j2", timeline))
            }));
        }
        for owner in &pages.owners {
            let file = &owner.file;
            jobs.push(Box::new(move || {
                page(format!("owners/{file}.html"), self.render("owner.html.j2", owner))
            }));
            jobs.push(Box::new(move || page(format!("owners/{file}.md"), self.render("owner.md.j2", owner))));
        }
        side_by_side(&jobs)
    }

    /// The list of plans.
    ///
    /// # Errors
    /// When the template can't be rendered.
    pub fn top_index(&self, index: &TopIndex) -> Result<String, TemplateError> {
        self.render("plans.html.j2", index)
    }

    fn render(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        self.render_value(name, Value::from(Serde(view)))
    }

    fn render_value(&self, name: &str, value: Value) -> Result<String, TemplateError> {
        let template = self.environment.get_template(name).map_err(|error| said(&error, name))?;
        template.render(value).map_err(|error| said(&error, name))
    }
}

/// The making of one page.
type Job<'a> = Box<dyn Fn() -> Result<Page, TemplateError> + Sync + 'a>;

/// Does all jobs, on as many threads as the machine has room for. The answers stand in the order of
/// the jobs; of several errors the first counts.
fn side_by_side(jobs: &[Job<'_>]) -> Result<Vec<Page>, TemplateError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        mine.take_while(|index| *index < jobs.len()).map(|index| (index, jobs[index]())).collect::<Vec<_>>()
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
    made.into_iter().map(|(_, page)| page).collect()
}

/// A control character is no text: some act in a terminal that shows the page, and none is HTML.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

fn has_controls(text: &str) -> bool {
    // Every text of every page passes here: no branch a byte, so that many are looked at at once.
    let bytes = text.as_bytes();
    let white = |byte: u8| (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
    let in_ascii = |byte: u8| ((byte < 0x20) & !white(byte)) | (byte == 0x7f);
    let ascii = bytes.iter().fold(false, |found, byte| found | in_ascii(*byte));
    // Beyond ASCII they are two bytes.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    ascii | pairs.fold(false, |found, (first, second)| found | ((*first == 0xc2) & (*second < 0xa0)))
}

fn said(error: &minijinja::Error, name: &str) -> TemplateError {
    let message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    TemplateError { template: error.name().unwrap_or(name).to_owned(), line: error.line(), message }
}

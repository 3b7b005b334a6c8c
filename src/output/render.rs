//! Where the template engine is: views in, text of pages out.
//!
//! The templates are compiled in; those of somebody's own stand in the place of the ones with their names.
//! Escaping follows a template's name and can't be switched off; a field that does not exist is an error,
//! not an empty text. What somebody's own template may do is bounded: it sees views and the other
//! templates, comes to an end, and marks nothing as HTML that is not ours.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter,
};
use serde::Serialize;

use super::fields::Fields;
use super::jobs::{jobs, side_by_side};
use super::letters::{escaped_for_css, write_tenths, write_text, write_whole};
use super::policy::policy;
use super::template_error::{Mistake, TemplateError};
use crate::cores::on_all_cores;
use crate::diagnostic::Diagnostic;
use crate::source::{OwnTemplate, Sources};
use crate::view::{Brand, PlanPages, TopIndex, markdown_escaped};

/// The built-in templates by name.
const TEMPLATES: [(&str, &str); 24] = [
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
    ("unassigned.html.j2", include_str!("../../templates/unassigned.html.j2")),
    ("unassigned.css", include_str!("../../templates/unassigned.css")),
    ("rollback.html.j2", include_str!("../../templates/rollback.html.j2")),
    ("rollback.css", include_str!("../../templates/rollback.css")),
    ("contacts.html.j2", include_str!("../../templates/contacts.html.j2")),
    ("contacts.css", include_str!("../../templates/contacts.css")),
    ("questions.html.j2", include_str!("../../templates/questions.html.j2")),
    ("questions.css", include_str!("../../templates/questions.css")),
    ("cards.html.j2", include_str!("../../templates/cards.html.j2")),
    ("cards.css", include_str!("../../templates/cards.css")),
    ("walkthrough.html.j2", include_str!("../../templates/walkthrough.html.j2")),
    ("walkthrough.css", include_str!("../../templates/walkthrough.css")),
];

/// The style and the script of the timeline, kept apart because they are long.
const TIMELINE: [(&str, &str); 2] = [
    ("timeline.css", include_str!("../../templates/timeline.css")),
    ("timeline.js", include_str!("../../templates/timeline.js")),
];

/// The boxes that remember, on every page that has boxes.
const TICKS: [(&str, &str); 2] = [
    ("ticks.css", include_str!("../../templates/ticks.css")),
    ("ticks.js", include_str!("../../templates/ticks.js")),
];

/// The templates, compiled.
pub(super) type Templates<'a> = Environment<'a>;

/// A page that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path in the plan's folder, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Page {
    /// A page of this path and text.
    #[must_use]
    pub fn new(path: &str, text: &[u8]) -> Self {
        Self { path: path.to_owned(), text: String::from_utf8_lossy(text).into_owned() }
    }
}

/// The names and texts of the built-in templates and styles, in the order of their names.
#[must_use]
pub fn built_in_templates() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = TEMPLATES.into_iter().chain(TIMELINE).chain(TICKS).collect();
    all.sort_unstable();
    all
}

/// Makes pages from views.
pub struct Renderer {
    environment: Environment<'static>,
    own: Vec<OwnTemplate>,
}

impl Renderer {
    /// With the built-in templates.
    ///
    /// # Errors
    /// Every template that does not parse.
    pub fn new() -> Result<Self, Vec<Diagnostic>> {
        Self::with(&[], &mut Sources::new(), None)
    }

    /// With the built-in templates, somebody's `own` in the place of some, and a logo.
    ///
    /// # Errors
    /// Every template that does not parse.
    pub fn with(
        own: &[OwnTemplate],
        sources: &mut Sources,
        brand: Option<&Brand>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut environment = environment();
        // An address of data has no character that would mean anything in HTML.
        let brand = brand.map_or_else(String::new, |brand| brand.source.clone());
        environment.add_global("brand", Value::from_safe_string(brand));
        // Where exactly a mistake is costs memory, and the built-in ones have none.
        environment.set_debug(!own.is_empty());
        let mut wrong = Vec::new();
        for (name, built_in) in built_in_templates() {
            let added = match own.iter().find(|own| own.name == name) {
                Some(own) => environment.add_template_owned(name, sources.get(own.source).text.to_string()),
                None => environment.add_template(name, built_in),
            };
            wrong.extend(added.err().map(|error| said(&error, name, &Fields::default())));
        }
        let renderer = Self { environment, own: own.to_vec() };
        if wrong.is_empty() { Ok(renderer) } else { Err(renderer.diagnostics(&wrong, sources)) }
    }

    /// What is wrong with its templates, as diagnostics.
    #[must_use]
    pub fn diagnostics(&self, errors: &[TemplateError], sources: &mut Sources) -> Vec<Diagnostic> {
        errors.iter().map(|error| error.diagnostic(&self.own, sources)).collect()
    }

    /// The paths of all pages of a plan, in the plan's folder.
    #[must_use]
    pub fn paths(pages: &PlanPages<'_>) -> Vec<String> {
        jobs(pages).into_iter().map(|job| job.path).collect()
    }

    /// All pages of a plan.
    ///
    /// # Errors
    /// Every template that can't be rendered, once.
    pub fn plan(&self, pages: &PlanPages<'_>) -> Result<Vec<Page>, Vec<TemplateError>> {
        self.each(pages, |_| false, || (), &Page::new)
    }

    /// Something of each page of a plan – its path and its text –, taken as soon as it is made, by any thread;
    /// where templates of somebody's own may yet refuse another, as soon as all are made. Those that are `urgent` come
    /// first, then, if there are any, a `pause`, and then all others in the order of `paths`.
    ///
    /// # Errors
    /// Every template that can't be rendered, once.
    pub fn each<Taken: Send>(
        &self,
        pages: &PlanPages<'_>,
        urgent: impl Fn(&str) -> bool,
        pause: impl Fn(),
        take: &(impl Fn(&str, &[u8]) -> Taken + Sync),
    ) -> Result<Vec<Taken>, Vec<TemplateError>> {
        let environment = &self.bounded(|| Fields::of_plan(pages));
        if self.own.is_empty() {
            return side_by_side(pages, environment, urgent, pause, take);
        }
        let made = side_by_side(pages, environment, urgent, || (), &Page::new)?;
        Ok(on_all_cores(&made, |page| take(&page.path, page.text.as_bytes())))
    }

    /// The list of plans.
    ///
    /// # Errors
    /// When the template can't be rendered.
    pub fn top_index(&self, index: &TopIndex) -> Result<String, TemplateError> {
        let mut text = Vec::new();
        render_to(&self.bounded(|| Fields::of(index)), "plans.html.j2", index, &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Templates that are not ours get so much to do as the data asks for, many times over, and may mark as
    /// HTML what is our HTML, letter by letter.
    fn bounded(&self, fields: impl FnOnce() -> Fields) -> Environment<'static> {
        let mut environment = self.environment.clone();
        if !self.own.is_empty() {
            let fields = fields();
            environment.set_fuel(Some(LEAST_FUEL + FUEL_A_VALUE * fields.values));
            let ours = Arc::new(fields.markup);
            environment.add_filter("safe", move |value: &Value| safe(value, &ours));
        }
        environment
    }
}

/// What any page may use up: an instruction is 1, and so are 64 bytes of text.
const LEAST_FUEL: u64 = 1_000_000;
/// What it may use up beyond that for every value that it shows.
const FUEL_A_VALUE: u64 = 200;

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name {
        name if is_page(name) => AutoEscape::Html,
        name if is_style(name) => AutoEscape::Custom("css".into()),
        _ => AutoEscape::None,
    });
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_formatter(write_value);
    environment.add_filter("markdown", markdown_escaped);
    environment.add_filter("safe", |html: &str| Value::from_safe_string(html.to_owned()));
    environment.add_filter("policy", |scripts: &str| Value::from_safe_string(policy(scripts)));
    environment
}

fn is_page(template: &str) -> bool {
    template.ends_with(".html.j2")
}

fn is_style(template: &str) -> bool {
    template.ends_with(".css")
}

fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let as_it_is = match state.auto_escape() {
        AutoEscape::Html => value.is_safe(),
        AutoEscape::None if is_page(state.name()) => {
            let message = "escaping is switched off here, and a page must not do without it";
            return Err(minijinja::Error::new(ErrorKind::InvalidOperation, message));
        }
        _ if is_style(state.name()) => return Ok(out.write_str(&escaped_for_css(&value.to_string()))?),
        _ => true,
    };
    if let Some(text) = value.as_str() {
        return Ok(write_text(out, text, as_it_is)?);
    }
    match write_number(out, value) {
        Some(written) => Ok(written?),
        None => escape_formatter(out, state, value),
    }
}

/// Writes what is a number of few digits.
fn write_number(out: &mut Output<'_>, value: &Value) -> Option<std::fmt::Result> {
    if value.is_integer() {
        value.as_i64().map(|number| write_whole(out, number))
    } else if value.is_number() {
        write_tenths(out, f64::try_from(value.clone()).ok()?)
    } else {
        None
    }
}

/// The filter `safe` of templates that are not ours.
fn safe(value: &Value, ours: &BTreeSet<String>) -> Result<Value, minijinja::Error> {
    match value.as_str() {
        Some(_) if value.is_safe() => Ok(value.clone()),
        Some(text) if text.is_empty() || ours.contains(text) => Ok(Value::from_safe_string(text.to_owned())),
        _ => {
            let message = "`safe` is for fields that hold HTML, those whose names end in `_html`: \
                           this text would act on the page";
            Err(minijinja::Error::new(ErrorKind::InvalidOperation, message))
        }
    }
}

/// Appends the text of a page.
pub(super) fn render_to(
    environment: &Environment<'_>,
    name: &str,
    view: &impl Serialize,
    to: &mut Vec<u8>,
) -> Result<(), TemplateError> {
    let template = environment.get_template(name);
    let made = template.and_then(|template| template.render_captured_to(Value::from(Serde(view)), to));
    made.map(drop).map_err(|error| said(&error, name, &Fields::of(view)))
}

/// What the engine found, in our words. Of an error inside an error the inner one counts.
fn said(error: &minijinja::Error, name: &str, fields: &Fields) -> TemplateError {
    let inside = std::iter::successors(Some(error), |error| cause(error));
    let inner = inside.take_while(|error| error.line().is_some()).last().unwrap_or(error);
    let detail = inner.detail().unwrap_or_default();
    let word = |at: usize| detail.split(' ').nth(at).unwrap_or_default().to_owned();
    let last_word = || detail.rsplit(' ').next().unwrap_or_default().to_owned();
    let mistake = match inner.kind() {
        ErrorKind::OutOfFuel => Mistake::NeverEnds,
        ErrorKind::InvalidOperation if detail.starts_with("recursion limit") => Mistake::Circle,
        ErrorKind::SyntaxError => Mistake::Syntax(detail.to_owned()),
        ErrorKind::TemplateNotFound => {
            let names = built_in_templates().into_iter().map(|(name, _)| name);
            Mistake::unknown_template(detail, names)
        }
        ErrorKind::UnknownMethod => Mistake::UnknownWord("macro", last_word()),
        ErrorKind::UnknownFilter => Mistake::UnknownWord("filter", word(1)),
        ErrorKind::UnknownTest => Mistake::UnknownWord("test", word(1)),
        ErrorKind::UnknownFunction => Mistake::UnknownWord("function", word(0)),
        kind => match Mistake::unknown_field(detail, fields) {
            Some(mistake) => mistake,
            None if detail.is_empty() => Mistake::Other(kind.to_string()),
            None => Mistake::Other(detail.to_owned()),
        },
    };
    TemplateError {
        template: inner.name().unwrap_or(name).to_owned(),
        line: inner.line(),
        range: inner.range().filter(|range| !range.is_empty()),
        mistake,
    }
}

fn cause(error: &minijinja::Error) -> Option<&minijinja::Error> {
    std::error::Error::source(error)?.downcast_ref()
}

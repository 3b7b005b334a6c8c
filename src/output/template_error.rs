//! What is wrong with a template becomes a diagnostic of the rule `template`, at its line.
//!
//! What the engine found comes in, already told apart; the sentence and the way out are made here.

use std::ops::Range;

use super::fields::Fields;
use super::render::built_in_templates;
use crate::diagnostic::{Diagnostic, Rule, nearest, shown_list};
use crate::source::{OwnTemplate, Source, SourceId, Sources, Span};

/// A template that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Which.
    pub template: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The bytes in question, where they are known.
    pub range: Option<Range<usize>>,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// It does not parse.
    Syntax(String),
    /// It uses a field that there is not.
    UnknownField {
        /// As it is written, with what stands around it.
        written: String,
        /// The field that may be meant.
        near: Option<String>,
        /// The fields that there are, when they are few.
        fields: Vec<String>,
    },
    /// It includes, extends or imports a template that there is not.
    UnknownTemplate {
        /// The name.
        written: String,
        /// The name that may be meant.
        near: Option<String>,
    },
    /// It does so much more than the data asks for that it was stopped.
    NeverEnds,
    /// It includes or calls itself, again and again.
    Circle,
    /// It uses a filter, macro, function or test that there is not: which kind, and its name.
    UnknownWord(&'static str, String),
    /// Something else, in the engine's words.
    Other(String),
}

/// So many fields are listed at most.
const MOST_LISTED: usize = 12;

impl Mistake {
    /// From what the engine says of a value that is not there: ``… `head.titel` is undefined …``.
    pub(super) fn unknown_field(detail: &str, fields: &Fields) -> Option<Self> {
        let (before, _) = detail.split_once("` is undefined")?;
        let (_, written) = before.rsplit_once('`')?;
        let names = fields.beside(written);
        let last = written.rsplit('.').next().unwrap_or(written);
        let near = nearest(last, names.iter().copied()).map(str::to_owned);
        let few = if names.len() <= MOST_LISTED { names } else { Default::default() };
        let fields = few.into_iter().map(str::to_owned).collect();
        Some(Self::UnknownField { written: written.to_owned(), near, fields })
    }

    /// From what the engine says of a template that is not there: `… "stile.css" …`.
    pub(super) fn unknown_template<'a>(detail: &str, names: impl Iterator<Item = &'a str>) -> Self {
        let written = detail.split(['"', '\'']).nth(1).unwrap_or(detail);
        let near = nearest(written, names).map(str::to_owned);
        Self::UnknownTemplate { written: written.to_owned(), near }
    }

    fn message(&self) -> String {
        match self {
            Self::Syntax(detail) => format!("this template does not parse: {detail}"),
            Self::UnknownField { written, .. } => format!("`{written}` is no field that this template gets"),
            Self::UnknownTemplate { written, .. } => format!("there is no template `{written}`"),
            Self::NeverEnds => "this template does not come to an end".to_owned(),
            Self::Circle => "this template includes or calls itself without an end".to_owned(),
            Self::UnknownWord(kind, name) => format!("there is no {kind} `{name}`"),
            Self::Other(detail) => format!("this template can't be used: {detail}"),
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "not understood",
            Self::UnknownField { .. } => "no such field",
            Self::UnknownTemplate { .. } => "no such template",
            Self::NeverEnds | Self::Circle => "stopped here",
            Self::UnknownWord(..) => "not there",
            Self::Other(_) => "here",
        }
    }

    fn help(&self) -> String {
        match self {
            Self::UnknownField { written, near: Some(near), .. } => match written.rsplit_once('.') {
                Some((around, _)) => format!("write `{around}.{near}`"),
                None => format!("write `{near}`"),
            },
            Self::UnknownField { fields, .. } if !fields.is_empty() => {
                format!("use one of {}", shown_list(fields.iter().map(String::as_str)))
            }
            Self::UnknownTemplate { near: Some(near), .. } => format!("write `{near}`"),
            Self::UnknownTemplate { .. } => {
                let names = built_in_templates().into_iter().map(|(name, _)| format!("`{name}`"));
                format!("name one of the templates: {}", names.collect::<Vec<_>>().join(", "))
            }
            Self::NeverEnds => {
                "take out loops inside loops over the same list, and what includes itself".to_owned()
            }
            _ => "correct the line, or take the file away to use the built-in template".to_owned(),
        }
    }
}

impl TemplateError {
    /// Whether two errors are one: of a template that several pages use, each page finds it.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let place = |one: &Self| (one.template.clone(), one.line, one.range.clone(), one.mistake.message());
        place(self) == place(other)
    }

    /// As a diagnostic. A built-in template that fails, because of what somebody's own one gives it, is
    /// shown too.
    #[must_use]
    pub fn diagnostic(&self, own: &[OwnTemplate], sources: &mut Sources) -> Diagnostic {
        let is_own = own.iter().find(|own| own.name == self.template);
        let source = is_own.map_or_else(|| self.built_in(sources), |own| own.source);
        let one = Diagnostic::new(Rule::Template, self.span(source, sources), self.mistake.message())
            .label(self.mistake.label());
        if is_own.is_some() {
            return one.help(self.mistake.help());
        }
        let others = shown_list(own.iter().map(|own| own.name.as_str()));
        one.help(format!("keep in {others} what the built-in template `{}` takes from there", self.template))
    }

    fn built_in(&self, sources: &mut Sources) -> SourceId {
        let text = built_in_templates().into_iter().find(|(name, _)| *name == self.template);
        sources.add(Source::new(format!("{} (built in)", self.template), text.map_or("", |(_, text)| text)))
    }

    fn span(&self, source: SourceId, sources: &Sources) -> Span {
        let text = &sources.get(source).text;
        let known = self.range.clone().filter(|range| text.get(range.clone()).is_some());
        let range = known.unwrap_or_else(|| line(text, self.line.unwrap_or(1)));
        Span::new(source, range)
    }
}

/// A line without what is blank around it.
fn line(text: &str, number: usize) -> Range<usize> {
    let before = text.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum::<usize>();
    let line = text[before..].lines().next().unwrap_or_default();
    let blank = line.len() - line.trim_start().len();
    before + blank..(before + line.trim_end().len()).max(before + blank)
}

//! The words of an attribute block become typed attributes.
//!
//! Every word must be understood; what is not is an error at that word, with what was probably
//! meant. Names in them are looked up later.

mod kind;
mod read;

pub use kind::Kind;

use super::duration::Estimate;
use super::time::Time;
use crate::source::Span;

/// Something written, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Written<T> {
    pub(in crate::plan) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A reference to a step or phase, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The id, or the title.
    pub name: String,
    /// Whether it is a title in quotes.
    pub quoted: bool,
}

/// A link to another step, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    /// `after=`, `right-after=`, `with=` or `during=`.
    pub kind: Kind,
    /// What it names.
    pub target: Reference,
    /// What is added.
    pub lag: super::Duration,
    /// The reference in the text.
    pub span: Span,
}

/// The attributes of one item or heading.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// `#id`
    pub id: Option<Written<String>>,
    /// What is named by `@owner`, `in=`, `backup=`, `access=`, `uses=`, `stops=`, `starts=`, `locks=` and `only=`.
    pub names: WrittenNames,
    /// `30m`
    pub estimate: Option<Written<Estimate>>,
    /// Whether an estimate stands there, right or wrong.
    pub has_estimate: bool,
    /// `after=` and its kin.
    pub links: Vec<WrittenLink>,
    /// `at=`
    pub at: Option<Written<Time>>,
    /// `from=`
    pub from: Option<Written<Time>>,
    /// `by=`
    pub by: Option<Written<Time>>,
    /// `else=`
    pub no_go: Option<Written<Reference>>,
    /// `vars=`: names and texts for the plan that is linked to.
    pub vars: Vec<(Written<String>, String)>,
    /// The words with a dot.
    pub flags: Vec<Written<Kind>>,
    /// Every word understood, for the rules of where it may stand.
    pub words: Vec<Written<Kind>>,
}

impl Attributes {
    /// Where a flag stands.
    #[must_use]
    pub fn flag(&self, kind: Kind) -> Option<Span> {
        self.flags.iter().find(|flag| flag.value == kind).map(|flag| flag.span)
    }

    /// Whether a word of this kind stands there.
    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        self.words.iter().any(|word| word.value == kind)
    }

    /// Forgets every word of this kind.
    pub(in crate::plan) fn remove(&mut self, kind: Kind) {
        self.words.retain(|word| word.value != kind);
        self.flags.retain(|flag| flag.value != kind);
        self.links.retain(|link| link.kind != kind);
        match kind {
            Kind::Id => self.id = None,
            Kind::Estimate => (self.estimate, self.has_estimate) = (None, false),
            Kind::At => self.at = None,
            Kind::From => self.from = None,
            Kind::By => self.by = None,
            Kind::Else => self.no_go = None,
            Kind::Vars => self.vars.clear(),
            _ => self.names.0.retain(|(of, _)| *of != kind),
        }
    }
}

/// Names, each with the word that it stands behind.
#[derive(Debug, Clone, Default)]
pub struct WrittenNames(Vec<(Kind, Written<String>)>);

impl WrittenNames {
    pub(in crate::plan) fn add(&mut self, kind: Kind, name: Written<String>) {
        // Most steps name one.
        self.0.reserve_exact(usize::from(self.0.is_empty()));
        self.0.push((kind, name));
    }

    /// Those behind words of this kind.
    pub(in crate::plan) fn of(&self, kind: Kind) -> impl Iterator<Item = &Written<String>> + Clone {
        self.0.iter().filter(move |(of, _)| *of == kind).map(|(_, name)| name)
    }

    /// Only the first behind words of this kind stays.
    pub(in crate::plan) fn keep_first(&mut self, kind: Kind) {
        let mut seen = false;
        self.0.retain(|(of, _)| *of != kind || !std::mem::replace(&mut seen, true));
    }

    /// Takes over what holds for the whole plan where nothing else is said here.
    pub(in crate::plan) fn defaults(&mut self, whole: Self) {
        for kind in [Kind::Owner, Kind::Backup, Kind::Access, Kind::Uses, Kind::In] {
            if self.of(kind).next().is_none() {
                self.0.extend(whole.0.iter().filter(|(of, _)| *of == kind).cloned());
            }
        }
    }
}

/// Whether a text can be a handle or an id.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

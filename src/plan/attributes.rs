//! The words of an attribute block become typed attributes.
//!
//! Every word must be understood; what is not is an error at that word, with what was probably
//! meant. Names in them are looked up later.

use super::duration::{self, DurationError, Estimate};
use super::messages;
use super::parted::{self, First};
use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::document::{Braces, Value, Word, is_duration_like};
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
    pub(super) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A word of the language that may stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Id,
    Owner,
    Estimate,
    After,
    RightAfter,
    With,
    During,
    At,
    From,
    By,
    In,
    Backup,
    Access,
    Uses,
    Stops,
    Starts,
    Locks,
    Else,
    Only,
    Vars,
    Milestone,
    Gate,
    Hold,
    Unattended,
    Parallel,
    AnyOrder,
    InOrder,
    Late,
    Rollback,
    NoReturn,
}

impl Kind {
    const NAMED: [(&'static str, Self); 27] = [
        ("after=", Self::After),
        ("right-after=", Self::RightAfter),
        ("with=", Self::With),
        ("during=", Self::During),
        ("at=", Self::At),
        ("from=", Self::From),
        ("by=", Self::By),
        ("in=", Self::In),
        ("backup=", Self::Backup),
        ("access=", Self::Access),
        ("uses=", Self::Uses),
        ("stops=", Self::Stops),
        ("starts=", Self::Starts),
        ("locks=", Self::Locks),
        ("else=", Self::Else),
        ("only=", Self::Only),
        ("vars=", Self::Vars),
        (".milestone", Self::Milestone),
        (".gate", Self::Gate),
        (".hold", Self::Hold),
        (".unattended", Self::Unattended),
        (".parallel", Self::Parallel),
        (".any-order", Self::AnyOrder),
        (".in-order", Self::InOrder),
        (".late", Self::Late),
        (".rollback", Self::Rollback),
        (".no-return", Self::NoReturn),
    ];

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
    }

    /// The word as people write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "#id",
            Self::Owner => "@owner",
            Self::Estimate => "an estimate",
            _ => Self::NAMED.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name),
        }
    }

    /// Every word that has a fixed form.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().map(|(name, _)| *name)
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
    /// `@owner`
    pub owners: Vec<Written<String>>,
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
    /// `in=`
    pub window: Option<Written<String>>,
    /// `backup=`
    pub backup: Vec<Written<String>>,
    /// `access=`
    pub access: Vec<Written<String>>,
    /// `uses=`
    pub uses: Vec<Written<String>>,
    /// `stops=`
    pub stops: Vec<Written<String>>,
    /// `starts=`
    pub starts: Vec<Written<String>>,
    /// `locks=`
    pub locks: Vec<Written<String>>,
    /// `else=`
    pub no_go: Option<Written<Reference>>,
    /// `only=`
    pub only: Vec<Written<String>>,
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
    pub(super) fn remove(&mut self, kind: Kind) {
        self.words.retain(|word| word.value != kind);
        self.flags.retain(|flag| flag.value != kind);
        self.links.retain(|link| link.kind != kind);
        match kind {
            Kind::Id => self.id = None,
            Kind::Owner => self.owners.clear(),
            Kind::Estimate => (self.estimate, self.has_estimate) = (None, false),
            Kind::At => self.at = None,
            Kind::From => self.from = None,
            Kind::By => self.by = None,
            Kind::In => self.window = None,
            Kind::Backup => self.backup.clear(),
            Kind::Access => self.access.clear(),
            Kind::Uses => self.uses.clear(),
            Kind::Stops => self.stops.clear(),
            Kind::Starts => self.starts.clear(),
            Kind::Locks => self.locks.clear(),
            Kind::Else => self.no_go = None,
            Kind::Only => self.only.clear(),
            Kind::Vars => self.vars.clear(),
            _ => {}
        }
    }

    /// Reads the blocks of one item or heading.
    #[must_use]
    pub fn read(blocks: &[Braces], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut found = Self::default();
        let words: Vec<&Word> = blocks.iter().flat_map(|block| &block.words).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let parted = parted::parted(&words[at..]);
            at += parted.as_ref().map_or(1, |parted| parted.words);
            let is_whole = parted.as_ref().is_none_or(|parted| parted.first == First::Good);
            if let Some(parted) = parted {
                diagnostics.push(parted.diagnostic);
                found.has_estimate |= parted.kind == Kind::Estimate;
                if !is_whole && parted.kind != Kind::Estimate {
                    found.words.push(Written::new(parted.kind, word.span));
                }
            }
            if is_whole && let Err(diagnostic) = found.word(word) {
                diagnostics.push(*diagnostic);
            }
        }
        found
    }

    fn word(&mut self, word: &Word) -> Result<(), Box<Diagnostic>> {
        let text = word.text.as_str();
        if let Some(name) = text.strip_prefix('#') {
            self.once(Kind::Id, word)?;
            self.id = Some(Written::new(name_of(name, word)?, word.span));
        } else if let Some(handle) = text.strip_prefix('@') {
            self.owners.push(Written::new(name_of(handle, word)?, word.span));
            self.words.push(Written::new(Kind::Owner, word.span));
        } else if let Some(key) = &word.key {
            let kind = Kind::named(&format!("{key}=")).ok_or_else(|| messages::unknown_word(word))?;
            self.key(kind, word)?;
        } else if let Some(kind) = Kind::named(text).filter(|_| text.starts_with('.')) {
            self.once(kind, word)?;
            self.flags.push(Written::new(kind, word.span));
        } else if is_duration_like(text) {
            self.has_estimate = true;
            self.once(Kind::Estimate, word)?;
            let estimate = Estimate::parse(text).map_err(|error| messages::bad_estimate(word, &error))?;
            self.estimate = Some(Written::new(estimate, word.span));
        } else {
            self.has_estimate |= duration::mended(text).is_some();
            return Err(messages::unknown_word(word));
        }
        Ok(())
    }

    fn once(&mut self, kind: Kind, word: &Word) -> Result<(), Box<Diagnostic>> {
        if let Some(first) = self.words.iter().find(|known| known.value == kind) {
            return Err(messages::word_twice(word, first.span));
        }
        self.words.push(Written::new(kind, word.span));
        Ok(())
    }

    fn key(&mut self, kind: Kind, word: &Word) -> Result<(), Box<Diagnostic>> {
        let values = &word.values;
        let Some(first) = values.first() else { return Err(messages::empty_key(word)) };
        match kind {
            Kind::After | Kind::RightAfter | Kind::With | Kind::During => {
                self.words.push(Written::new(kind, word.span));
                self.links(kind, word)?;
            }
            Kind::At | Kind::From | Kind::By => {
                self.once(kind, word)?;
                single(word)?;
                let time = Time::parse(&first.name)
                    .map_err(|error| messages::bad_time(first.span, &first.name, &error))?;
                let place = match kind {
                    Kind::At => &mut self.at,
                    Kind::From => &mut self.from,
                    _ => &mut self.by,
                };
                *place = Some(Written::new(time, word.span));
            }
            Kind::In => {
                self.once(kind, word)?;
                single(word)?;
                self.window = Some(Written::new(first.name.clone(), first.span));
            }
            Kind::Else => {
                self.once(kind, word)?;
                single(word)?;
                self.no_go = Some(Written::new(reference(first), first.span));
            }
            Kind::Backup => {
                self.once(kind, word)?;
                for value in values {
                    let handle = value.name.strip_prefix('@').unwrap_or(&value.name);
                    self.backup.push(Written::new(name_of(handle, word)?, value.span));
                }
            }
            Kind::Vars => {
                self.once(kind, word)?;
                self.vars(word)?;
            }
            _ => {
                self.words.push(Written::new(kind, word.span));
                let names = values.iter().map(|value| Written::new(value.name.clone(), value.span));
                match kind {
                    Kind::Access => self.access.extend(names),
                    Kind::Uses => self.uses.extend(names),
                    Kind::Stops => self.stops.extend(names),
                    Kind::Starts => self.starts.extend(names),
                    Kind::Locks => self.locks.extend(names),
                    _ => self.only.extend(names),
                }
            }
        }
        Ok(())
    }

    /// `vars="region=eu, host=db-2"`
    fn vars(&mut self, word: &Word) -> Result<(), Box<Diagnostic>> {
        for pair in word.values.iter().flat_map(|value| value.name.split(',').map(move |pair| (value, pair)))
        {
            let (value, pair) = pair;
            let (name, text) = pair.split_once('=').ok_or_else(|| messages::bad_vars(word, pair.trim()))?;
            self.vars.push((Written::new(name.trim().to_owned(), value.span), text.trim().to_owned()));
        }
        Ok(())
    }

    /// Takes over what holds for the whole plan where nothing else is said here.
    pub(super) fn defaults(&mut self, whole: Self) {
        let default = |own: &mut Vec<Written<String>>, other| {
            if own.is_empty() {
                *own = other;
            }
        };
        default(&mut self.owners, whole.owners);
        default(&mut self.backup, whole.backup);
        default(&mut self.access, whole.access);
        default(&mut self.uses, whole.uses);
        self.window = self.window.take().or(whole.window);
        self.from = self.from.take().or(whole.from);
        self.by = self.by.take().or(whole.by);
        self.words.extend(whole.words);
        self.flags.extend(whole.flags);
    }

    fn links(&mut self, kind: Kind, word: &Word) -> Result<(), Box<Diagnostic>> {
        let one_only = matches!(kind, Kind::RightAfter | Kind::During);
        if one_only && (word.values.len() > 1 || self.links.iter().any(|link| link.kind == kind)) {
            return Err(messages::one_reference_only(word, kind));
        }
        for value in &word.values {
            let (target, lag) = if value.quoted {
                (value.name.as_str(), value.suffix.as_str())
            } else {
                value.name.find('+').map_or((value.name.as_str(), ""), |at| value.name.split_at(at))
            };
            let length = if lag.is_empty() {
                super::Duration::default()
            } else {
                let text = lag.strip_prefix('+').ok_or_else(|| messages::bad_lag(value, lag))?;
                super::Duration::parse(text).map_err(|error| match error {
                    DurationError::TooLong => messages::long_lag(value, text),
                    _ => messages::bad_lag(value, lag),
                })?
            };
            if one_only && !lag.is_empty() {
                return Err(messages::no_lag_here(value, kind, lag));
            }
            let target = Reference { name: target.to_owned(), quoted: value.quoted };
            self.links.push(WrittenLink { kind, target, lag: length, span: value.span });
        }
        Ok(())
    }
}

fn reference(value: &Value) -> Reference {
    Reference { name: value.name.clone(), quoted: value.quoted }
}

fn single(word: &Word) -> Result<(), Box<Diagnostic>> {
    if word.values.len() > 1 { Err(messages::one_value_only(word)) } else { Ok(()) }
}

/// A handle or id: letters, digits, `-` and `_`.
fn name_of(name: &str, word: &Word) -> Result<String, Box<Diagnostic>> {
    if is_name(name) { Ok(name.to_owned()) } else { Err(messages::unknown_word(word)) }
}

/// Whether a text can be a handle or an id.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

impl From<DurationError> for &'static str {
    fn from(error: DurationError) -> Self {
        match error {
            DurationError::NotOne => "this is no duration",
            DurationError::Mixed => "hours and minutes don't mix with days and weeks",
            DurationError::TooLong => "this is longer than ten years",
            DurationError::Shrinks => "the parts of a range must grow",
        }
    }
}

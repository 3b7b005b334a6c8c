//! The words of attribute blocks are read one by one: each is understood, or an error says what was
//! probably meant.

use super::{Attributes, Kind, Reference, Written, WrittenLink, is_name};
use crate::diagnostic::Diagnostic;
use crate::document::{Braces, Value, Word, is_duration_like};
use crate::plan::colons::{WhoIs, colons};
use crate::plan::duration::{self, Duration, DurationError, Estimate};
use crate::plan::messages;
use crate::plan::parted::{self, First};
use crate::plan::time::Time;

impl Attributes {
    /// Reads the blocks of one item or heading.
    #[must_use]
    pub(in crate::plan) fn read(
        blocks: &[Braces],
        who_is: WhoIs<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut found = Self::default();
        let words: Vec<&Word> = blocks.iter().flat_map(|block| &block.words).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if word.text.contains(':')
                && let Some(colons) = colons(&words[at..], who_is)
            {
                at += colons.words;
                diagnostics.push(colons.diagnostic);
                found.has_estimate |= colons.kinds.iter().any(|kind| kind.value == Kind::Estimate);
                found.words.extend(colons.kinds.into_iter().filter(|kind| kind.value != Kind::Estimate));
                continue;
            }
            let parted = parted::parted(&words[at..], who_is);
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
            self.names.add(Kind::Owner, Written::new(name_of(handle, word)?, word.span));
            self.words.push(Written::new(Kind::Owner, word.span));
        } else if let Some(key) = word.key() {
            let kind = Kind::keyed(key).ok_or_else(|| messages::unknown_word(word))?;
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
            self.has_estimate |= duration::mended(text).is_some() || duration::has_other_unit(text);
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
                    .map_err(|error| messages::bad_time_in_braces(first.span, &first.name, &error))?;
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
                self.names.add(kind, Written::new(first.name.clone(), first.span));
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
                    self.names.add(kind, Written::new(name_of(handle, word)?, value.span));
                }
            }
            Kind::Vars => {
                self.once(kind, word)?;
                self.vars(word)?;
            }
            _ => {
                self.words.push(Written::new(kind, word.span));
                for value in values {
                    self.names.add(kind, Written::new(value.name.clone(), value.span));
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
                Duration::default()
            } else {
                let text = lag.strip_prefix('+').ok_or_else(|| messages::bad_lag(value, lag))?;
                Duration::parse(text).map_err(|error| match error {
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

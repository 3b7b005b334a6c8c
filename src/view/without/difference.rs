//! The proposal, and what comes and goes with it: who takes what, the finish, errors and warnings.

use super::{ProposalView, moved};
use crate::check::without::{Fitness, Proposal};
use crate::diagnostic::{Diagnostic, Place, Rule, Severity};
use crate::plan::{NodeId, PersonId};
use crate::view::diagnosed::only_in;
use crate::view::presenter::Presenter;
use crate::view::words;
use crate::{Compiled, Without};

/// So many errors and warnings are shown before the others are counted.
const MOST_SHOWN: usize = 10;

impl Presenter<'_> {
    pub(super) fn proposal(
        &self,
        without: &Without,
        proposal: &Proposal,
        then: &Compiled,
        command: &str,
    ) -> ProposalView {
        let margins = self.margins(then);
        let finish = then.schedule.main.finish;
        let later = finish - self.schedule().main.finish;
        let subs: String =
            proposal.subs.iter().map(|sub| format!(" --sub {}", quoted(&sub.to_string()))).collect();
        ProposalView {
            how: how(proposal),
            takes: self.who_takes_what(without, proposal),
            uncovered: uncovered(without).into_iter().map(|step| self.number(step)).collect(),
            begin_later: self.begin_later(without, then),
            ends: format!(
                "the plan then {}ends {}, {}",
                self.begins(then),
                self.words.short(finish),
                moved(later)
            ),
            later_seconds: later,
            margins,
            new: self.only_in(&then.diagnostics, &self.compiled.diagnostics),
            gone: self.only_in(&self.compiled.diagnostics, &then.diagnostics),
            command: format!("{command}{subs}"),
        }
    }

    /// When a plan begins that counts backward, where that is another moment now.
    fn begins(&self, then: &Compiled) -> String {
        let (start, earlier) = (then.schedule.main.start, self.schedule().main.start);
        if start == earlier {
            return String::new();
        }
        format!("begins {}, {}, and ", self.words.short(start), moved(start - earlier))
    }

    fn who_takes_what(&self, without: &Without, proposal: &Proposal) -> Vec<String> {
        let mut takers: Vec<(PersonId, Vec<NodeId>)> = Vec::new();
        let mut put_down = None;
        let mut fewer: Vec<NodeId> = Vec::new();
        for (share, taker) in without.shares.iter().zip(&proposal.takers) {
            if share.best() == Fitness::Never {
                put_down = put_down.or(Some(*taker));
                continue;
            }
            match takers.iter_mut().find(|(person, _)| person == taker) {
                Some((_, steps)) if steps.last() == Some(&share.step) => {
                    if share.needs_somebody && fewer.last() != Some(&share.step) {
                        fewer.push(share.step);
                    }
                }
                Some((_, steps)) => steps.push(share.step),
                None => takers.push((*taker, vec![share.step])),
            }
        }
        let mut lines: Vec<String> = takers
            .iter()
            .map(|(person, steps)| format!("{} takes {}", self.names.full(*person), self.numbers(steps)))
            .collect();
        if !fewer.is_empty() {
            lines.push(format!("fewer people than planned do {}", self.numbers(&fewer)));
        }
        if let Some(taker) = put_down {
            let steps = uncovered(without);
            let it = if steps.len() == 1 { "it is" } else { "they are" };
            let name = self.names.full(taker);
            lines.push(format!(
                "nobody can take {}: {it} put down for {name} until that is settled",
                self.numbers(&steps)
            ));
        }
        lines
    }

    /// The steps of whoever drops out that begin later then, and by how much.
    fn begin_later(&self, without: &Without, then: &Compiled) -> Option<String> {
        let later = without.shares.iter().filter_map(|share| {
            let (now, then) = (self.placed(share.step)?, then.schedule.step(share.step)?);
            let by = then.start - now.start;
            (by > 0).then(|| format!("{} by {}", self.number(share.step), words::length(by)))
        });
        let mut later: Vec<String> = later.collect();
        if later.len() > MOST_SHOWN {
            let more = later.len() - MOST_SHOWN;
            later.truncate(MOST_SHOWN);
            later.push(format!("{more} more"));
        }
        (!later.is_empty()).then(|| format!("later than planned: {}", words::listed(&later)))
    }

    /// The windows whose margin changes, with both margins.
    fn margins(&self, then: &Compiled) -> Vec<String> {
        let then = Presenter::new(then, self.sources).head();
        let now = self.head();
        let both = now.windows.iter().zip(&then.windows).filter(|(now, then)| now.margin != then.margin);
        both.map(|(now, then)| format!("margin in {}: {}, and was {}", now.name, then.margin, now.margin))
            .collect()
    }

    /// Errors and warnings of one plan that another does not have at the same place.
    fn only_in(&self, here: &[Diagnostic], there: &[Diagnostic]) -> Vec<String> {
        let grave = |one: &&Diagnostic| one.severity != Severity::Note;
        let keyed = here.iter().filter(grave).map(|one| (self.key(one), one));
        let only = only_in(keyed, there.iter().filter(grave).map(|one| self.key(one)));
        let mut lines: Vec<String> = only.iter().take(MOST_SHOWN).map(|one| self.said(one)).collect();
        if only.len() > MOST_SHOWN {
            lines.push(format!("and {} more", only.len() - MOST_SHOWN));
        }
        lines
    }

    /// The same thing said about two plans of one text: files are read again, so their names count.
    fn key(&self, one: &Diagnostic) -> Key {
        match &one.place {
            Place::At(span) => (one.rule, self.sources.get(span.source).name.clone(), span.start()),
            Place::File(file) => (one.rule, file.clone(), 0),
            Place::CommandLine => (one.rule, one.message.clone(), usize::MAX),
        }
    }
}

/// The steps of which nobody can take a part.
fn uncovered(without: &Without) -> Vec<NodeId> {
    let never = without.shares.iter().filter(|share| share.best() == Fitness::Never);
    let mut steps: Vec<NodeId> = never.map(|share| share.step).collect();
    steps.dedup();
    steps
}

type Key = (Rule, String, usize);

fn how(proposal: &Proposal) -> String {
    let changes = match (proposal.tried, proposal.possible) {
        (_, 0) => "with nobody else to choose".to_owned(),
        (1, 1) => "then 1 change tried".to_owned(),
        (tried, possible) if tried == possible => format!("then {tried} changes tried"),
        (tried, possible) => format!("then {tried} of {possible} changes tried"),
    };
    format!("worked out step by step in run order, {changes}: ask those named in it")
}

/// A word of a command line, in quotes where a shell needs them.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@+,%".contains(c);
    if word.chars().all(plain) && !word.is_empty() {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

//! Who takes which step: first everybody's best candidate step by step in run order, then one round of
//! changes that are kept when they make the plan better.
//!
//! One of those who stand in gets everything that is not given to somebody else, so that nothing is left
//! with whoever drops out. How many plans are tried is bounded by the plan's size.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::candidates::Share;
use super::{Absentee, AbsenteeKind, Fitness};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{PersonId, Plan, Substitute};
use crate::schedule::{Moment, Schedule};

/// So many candidates of a step are tried in its turn.
const MOST_TRIED: usize = 3;

/// Who takes what, and the options that say so.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// By part: who takes it.
    pub takers: Vec<PersonId>,
    /// The substitutions that say so, all for one first.
    pub subs: Vec<Substitute>,
    /// How many changes were tried.
    pub tried: usize,
    /// How many there were to be tried.
    pub possible: usize,
}

/// How a plan gets on with a substitution; the less the better, the first first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tried {
    /// How many errors it has.
    pub errors: usize,
    /// When it ends.
    pub finish: Moment,
    /// When it begins: what counts back from a moment may have to begin earlier.
    pub start: Reverse<Moment>,
    /// How many warnings it has.
    pub warnings: usize,
}

impl Tried {
    /// What was found out about a plan.
    #[must_use]
    pub fn new(diagnostics: &[Diagnostic], start: Moment, finish: Moment) -> Self {
        let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        Self { errors, finish, start: Reverse(start), warnings }
    }
}

/// What is to be found out.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The plan as it is.
    pub plan: &'a Plan,
    /// Its schedule.
    pub schedule: &'a Schedule,
    /// Whoever drops out.
    pub absentee: &'a Absentee,
    /// What they had to do.
    pub shares: &'a [Share],
    /// Substitutions that hold anyway.
    pub already: &'a [Substitute],
}

/// Finds out who could take everything; nothing, when there is nobody else. At most `most` plans are tried.
pub fn propose(
    question: &Question<'_>,
    most: usize,
    try_with: &mut dyn FnMut(&[Substitute]) -> Tried,
) -> Option<Proposal> {
    let mut search = Search { question: *question, try_with, left: most };
    let greedy = search.step_by_step()?;
    let mut best = (search.judge(&greedy), greedy.clone());
    for taker in search.most_able() {
        let alone = search.mostly(taker, &greedy);
        if search.left > 0 && alone != best.1 {
            let judged = search.judge(&alone);
            if judged < best.0 {
                best = (judged, alone);
            }
        }
    }
    let (tried, possible) = search.one_round(&mut best);
    let subs = search.subs(&best.1);
    Some(Proposal { takers: best.1, subs, tried, possible })
}

struct Search<'a> {
    question: Question<'a>,
    try_with: &'a mut dyn FnMut(&[Substitute]) -> Tried,
    left: usize,
}

/// A plan's faults and, of two as good, the shorter command line.
type Judged = (Tried, usize);

impl Search<'_> {
    /// The best candidate of each part who is not given another at that time; what nobody can take goes
    /// to whoever takes most.
    fn step_by_step(&self) -> Option<Vec<PersonId>> {
        let mut until: HashMap<PersonId, Moment> = HashMap::new();
        let mut takers: Vec<Option<PersonId>> = Vec::new();
        for share in self.question.shares {
            let placed = self
                .question
                .schedule
                .step(share.step)
                .filter(|_| self.question.plan.node(share.step).way_back.is_none());
            let free = |person: &PersonId| {
                placed.is_none_or(|placed| until.get(person).is_none_or(|until| *until <= placed.start))
            };
            let ready = share.could.iter().filter(|candidate| candidate.fitness() < Fitness::Later);
            let first = ready.map(|candidate| candidate.person).find(free);
            let taker = first.or_else(|| share.could.first().map(|candidate| candidate.person));
            if let (Some(taker), Some(placed)) =
                (taker, placed.filter(|_| self.question.plan.node(share.step).occupies()))
            {
                let until = until.entry(taker).or_insert(Moment::ALWAYS);
                *until = placed.finish.max(*until);
            }
            takers.push(taker);
        }
        let everything = most_often(takers.iter().flatten().copied()).or_else(|| {
            let asked =
                self.question.shares.iter().flat_map(|share| share.could.iter().chain(&share.could_not));
            asked.map(|candidate| candidate.person).next()
        })?;
        Some(takers.into_iter().map(|taker| taker.unwrap_or(everything)).collect())
    }

    /// Everything that somebody could take is theirs; the rest stays as it was.
    fn mostly(&self, taker: PersonId, otherwise: &[PersonId]) -> Vec<PersonId> {
        let could = |share: &Share| share.could.iter().any(|candidate| candidate.person == taker);
        let shares = self.question.shares.iter().zip(otherwise);
        shares
            .map(|(share, other)| if could(share) || !share.needs_somebody { taker } else { *other })
            .collect()
    }

    /// The two who could take most shares.
    fn most_able(&self) -> Vec<PersonId> {
        let mut able: HashMap<PersonId, usize> = HashMap::new();
        for candidate in self.question.shares.iter().flat_map(|share| &share.could) {
            *able.entry(candidate.person).or_default() += 1;
        }
        let mut able: Vec<(PersonId, usize)> = able.into_iter().collect();
        able.sort_by_key(|(person, count)| (Reverse(*count), *person));
        able.into_iter().take(2).map(|(person, _)| person).collect()
    }

    /// One part after the other is given to another of its candidates; what makes the plan better stays.
    fn one_round(&mut self, best: &mut (Judged, Vec<PersonId>)) -> (usize, usize) {
        let mut tried = 0;
        let mut possible = 0;
        for (index, share) in self.question.shares.iter().enumerate() {
            for candidate in share.could.iter().take(MOST_TRIED) {
                if candidate.person == best.1[index] {
                    continue;
                }
                possible += 1;
                if self.left == 0 {
                    continue;
                }
                tried += 1;
                let mut changed = best.1.clone();
                changed[index] = candidate.person;
                let judged = self.judge(&changed);
                if judged < best.0 {
                    *best = (judged, changed);
                }
            }
        }
        (tried, possible)
    }

    fn judge(&mut self, takers: &[PersonId]) -> Judged {
        self.left = self.left.saturating_sub(1);
        let subs = self.subs(takers);
        ((self.try_with)(&subs), subs.len())
    }

    /// The substitutions that give every part to its taker: one for all, and the exceptions.
    fn subs(&self, takers: &[PersonId]) -> Vec<Substitute> {
        let handle = |person: PersonId| self.question.plan.roster.person(person).handle.value.as_str();
        let needed = self.question.shares.iter().zip(takers).filter(|(share, _)| share.needs_somebody);
        let Some(all) = most_often(needed.clone().map(|(_, taker)| *taker)).or(takers.first().copied())
        else {
            return Vec::new();
        };
        let mut outs: Vec<&str> = match self.question.absentee.kind {
            AbsenteeKind::Role => vec![self.question.absentee.handle.as_str()],
            _ => self.question.absentee.people.iter().map(|person| handle(*person)).collect(),
        };
        outs.dedup();
        // Whoever stood in already hands on what they got.
        let mut subs: Vec<Substitute> = self.question.already.to_vec();
        for sub in subs.iter_mut().filter(|sub| outs.contains(&sub.into.as_str())) {
            sub.into = handle(all).to_owned();
        }
        subs.extend(outs.iter().map(|out| Substitute::of_all(out, handle(all))));
        for (share, taker) in needed.filter(|(_, taker)| **taker != all) {
            let step = &self.question.plan.node(share.step).id;
            subs.push(Substitute::of_step(step, &share.handle, handle(*taker)));
        }
        subs
    }
}

/// Who comes most often; of equals the first to come.
fn most_often(people: impl Iterator<Item = PersonId>) -> Option<PersonId> {
    let mut counts: HashMap<PersonId, (usize, usize)> = HashMap::new();
    for (index, person) in people.enumerate() {
        counts.entry(person).or_insert((0, index)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, first))| (*count, Reverse(*first)));
    best.map(|(person, _)| person)
}

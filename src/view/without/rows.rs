//! The steps of whoever drops out, with who could take each of them and why others could not.

use super::{MOST_NAMED, WithoutStep};
use crate::check::Obstacle;
use crate::check::without::{Candidate, Fitness, Share, Standing};
use crate::plan::Owner;
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// The share at a place among all of whoever drops out: of several in one step each says whose it is.
    pub(super) fn without_step(&self, shares: &[Share], at: usize) -> WithoutStep {
        let share = &shares[at];
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut beside = beside.filter_map(|index| shares.get(index));
        let is_one_of_several = beside.any(|other| other.step == share.step);
        let who = self.who_could(share);
        let who = if is_one_of_several { format!("for {}: {who}", share.handle) } else { who };
        let node = self.plan().node(share.step);
        let handle =
            |candidate: &Candidate| self.plan().roster.handle(Owner::Person(candidate.person)).to_owned();
        WithoutStep {
            number: self.number(share.step),
            id: node.id.clone(),
            time: self.span_of(share),
            title: self.title(node),
            critical: self.is_critical(share.step),
            who,
            reasons: if share.best() < Fitness::Later { Vec::new() } else { self.why_nobody(share) },
            could: share.could.iter().map(handle).collect(),
        }
    }

    fn span_of(&self, share: &Share) -> String {
        let node = self.plan().node(share.step);
        let Some(placed) = self.placed(share.step) else { return String::new() };
        let start = if node.way_back.is_some() {
            self.time(node, placed.start)
        } else {
            self.words.short(placed.start)
        };
        format!("{start}–{}", self.end(node, placed))
    }

    /// Who could take a step, in a few words.
    fn who_could(&self, share: &Share) -> String {
        if !share.needs_somebody {
            return "nobody has to be there".to_owned();
        }
        let best = share.best();
        let Some(first) = share.could.first() else { return "nobody".to_owned() };
        if best == Fitness::Later {
            return "nobody is free then".to_owned();
        }
        let others = share.could[1..].iter().filter(|other| other.fitness() < Fitness::Later);
        let count = others.clone().count();
        let mut names: Vec<String> =
            others.take(MOST_NAMED - 1).map(|other| self.short_name(other.person)).collect();
        if count > names.len() {
            // The list of those who could is cut as well: it says how many there are at least.
            names.push(format!("{} more", count - names.len()));
        }
        let listed = match names.as_slice() {
            [] => String::new(),
            [last] => format!(", else {last}"),
            [most @ .., last] => format!(", else {} or {last}", most.join(", ")),
        };
        format!("{}{listed}", self.candidate(share, first))
    }

    /// Somebody who could, with what there is to know.
    fn candidate(&self, share: &Share, candidate: &Candidate) -> String {
        let mut notes: Vec<String> = Vec::new();
        match candidate.standing {
            Standing::Team => notes.push("of the team".to_owned()),
            Standing::Backup => notes.push("backup".to_owned()),
            Standing::Other => {}
        }
        notes.extend(candidate.obstacles.iter().map(|obstacle| self.obstacle(share, obstacle)));
        let name = self.short_name(candidate.person);
        if notes.is_empty() { name } else { format!("{name} ({})", notes.join(", ")) }
    }

    /// Why nobody can take it as it is planned, person by person.
    fn why_nobody(&self, share: &Share) -> Vec<String> {
        let all = share.could.iter().chain(&share.could_not);
        let mut lines: Vec<String> = all
            .take(MOST_NAMED)
            .map(|candidate| {
                let why: Vec<String> =
                    candidate.obstacles.iter().map(|obstacle| self.obstacle(share, obstacle)).collect();
                format!("{} is {}", self.short_name(candidate.person), words::listed(&why))
            })
            .collect();
        let count = share.could_count + share.could_not_count;
        if count > lines.len() {
            lines.push(format!("and {} more can't either", count - lines.len()));
        }
        if lines.is_empty() {
            lines.push("nobody else is in the plan".to_owned());
        }
        lines
    }

    /// What keeps somebody from a step.
    fn obstacle(&self, share: &Share, obstacle: &Obstacle) -> String {
        let start = self.placed(share.step).map_or(self.schedule().main.start, |placed| placed.start);
        match obstacle {
            Obstacle::Away(absence) => {
                format!("away until {}", self.words.deadline_of(start, absence.stretch.end))
            }
            Obstacle::Lacks(names) => format!("without {}", words::listed(names)),
            Obstacle::Busy { with, until } => {
                format!("busy with {} until {}", self.number(*with), self.words.end(start, *until))
            }
            Obstacle::OffDuty(from) if *from <= start => "off duty then".to_owned(),
            Obstacle::OffDuty(from) => format!("off duty from {}", self.words.end(start, *from)),
        }
    }
}

//! The main line as a project: phases and groups as summaries, steps, what they wait for, who does them.
//!
//! Project planners work every start out again from links and calendars. Here the calendar has 24 hours a day,
//! and each step that does not start when the last of its links allows is held at its planned time, so that
//! they come to the schedule they were given. Such programs know no zones: times are those of a
//! [`PlannerClock`], and so are lengths. Names in numbers come from ids: they stay when the plan changes around them.

use std::collections::HashSet;

use super::NoExport;
use super::links::Links;
use super::plain::clean;
use super::planner_clock::PlannerClock;
use crate::document::Mark;
use crate::plan::{NodeId, PersonId, StepKind};
use crate::schedule::{Moment, Placed};
use crate::source::short_number;
use crate::view::lags::How;
use crate::view::presenter::Presenter;

/// Names in numbers are below this.
const MOST_UIDS: u32 = 2_000_000;

/// A project. Its times are written `2026-12-05T22:00:00`.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The plan's title.
    pub title: String,
    /// Draft, version and zone.
    pub subject: String,
    /// When it begins.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// Phases, groups and steps in written order.
    pub tasks: Vec<ProjectTask>,
    /// Everybody who does something.
    pub people: Vec<ProjectPerson>,
    /// Who does what.
    pub assignments: Vec<Assignment>,
}

/// A phase, group or step.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectTask {
    /// Its name in numbers.
    pub uid: u32,
    /// How deep it stands, from 1.
    pub level: usize,
    /// Its title.
    pub title: String,
    /// Its number in run order, as it is called out; empty for phases and groups.
    pub number: String,
    /// Its id in the plan.
    pub id: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// How long it takes by the clock, in seconds.
    pub seconds: i64,
    /// How much work that is, in seconds.
    pub work: i64,
    /// Whether the estimate is assumed.
    pub assumed: bool,
    /// Whether it is a moment.
    pub milestone: bool,
    /// Whether there is something inside it.
    pub summary: bool,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is done.
    pub done: bool,
    /// What holds it at its time beside its links.
    pub constraint: Constraint,
    /// By when it must be finished.
    pub deadline: Option<String>,
    /// What it waits for and starts with.
    pub predecessors: Vec<Predecessor>,
    /// All there is to know.
    pub notes: String,
}

/// What holds a step at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// Nothing but its links.
    AsSoonAsPossible,
    /// It is pinned to its start.
    MustStartOn,
    /// It may start no earlier: somebody is busy, a window opens, a lock is held.
    StartNoEarlierThan,
}

/// Something before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predecessor {
    /// The name of it.
    pub uid: u32,
    /// How they hang together.
    pub link: LinkType,
    /// What is added, in seconds.
    pub lag: i64,
}

/// How two steps hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkType {
    /// One starts after the other has ended.
    FinishToStart,
    /// One starts no earlier than the other starts.
    StartToStart,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPerson {
    /// Their name in numbers.
    pub uid: u32,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Where mail reaches them.
    pub email: String,
    /// Where a call reaches them, and who steps in.
    pub notes: String,
}

/// Somebody's part in a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The step.
    pub task: u32,
    /// Who.
    pub person: u32,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// How much of their time it takes, from 0 to 1.
    pub units: f64,
    /// How much work it is, in seconds.
    pub work: i64,
}

impl Presenter<'_> {
    /// The main line as a project.
    ///
    /// # Errors
    /// When the plan has no date.
    pub fn project(&self) -> Result<Project, NoExport> {
        if !self.words.dated {
            return Err(NoExport::Undated);
        }
        let plan = self.plan();
        let main = &self.schedule().main;
        let clock = self.planner_clock();
        let people = plan.roster.people.iter().map(|person| person.handle.value.as_str());
        let planner = Planner {
            presenter: self,
            clock,
            links: Links::new(self),
            foot: self.text_foot(),
            steps: uids("step", plan.nodes.iter().map(|node| node.id.as_str())),
            people: uids("person", people),
        };
        let title = clean(&plan.title);
        let subject = self.diagram_title(Some(clock));
        let subject = subject.strip_prefix(&title).unwrap_or(&subject).trim_start_matches(" · ");
        let ids = || plan.ids().filter(|id| plan.node(*id).way_back.is_none());
        Ok(Project {
            subject: subject.to_owned(),
            title,
            start: planner.time(main.start),
            finish: planner.time(main.finish),
            tasks: ids().filter_map(|id| planner.task(id)).collect(),
            people: planner.people(),
            assignments: ids().flat_map(|id| planner.assignments(id)).collect(),
        })
    }
}

/// What a project is made with.
struct Planner<'a> {
    presenter: &'a Presenter<'a>,
    clock: PlannerClock,
    links: Links<'a>,
    foot: String,
    /// By node.
    steps: Vec<u32>,
    /// By person.
    people: Vec<u32>,
}

impl Planner<'_> {
    fn time(&self, moment: Moment) -> String {
        self.clock.shows(moment).format("%Y-%m-%dT%H:%M:%S").to_string()
    }

    fn task(&self, id: NodeId) -> Option<ProjectTask> {
        let presenter = self.presenter;
        let node = presenter.plan().node(id);
        let placed = presenter.placed(id);
        let (start, end) = self.lasts(id)?;
        let people = placed.filter(|_| node.occupies()).map_or(0, |placed| placed.people.len().max(1));
        let people = i64::try_from(people).unwrap_or(1);
        Some(ProjectTask {
            uid: self.steps[id.index()],
            level: presenter.plan().around(id).count() + 1,
            title: clean(&presenter.title(node)),
            number: placed.map(|_| presenter.number(id)).unwrap_or_default(),
            id: clean(&node.id),
            start: self.time(start),
            finish: self.time(end),
            seconds: self.clock.between(start, end),
            work: placed.map_or(0, |placed| self.work(placed) * people),
            assumed: placed.is_some_and(|placed| placed.assumed),
            milestone: node.step_kind() == StepKind::Milestone && start == end,
            summary: !node.is_step(),
            critical: placed.is_some_and(Placed::is_critical),
            done: node.mark == Some(Mark::Done),
            constraint: placed.map_or(Constraint::AsSoonAsPossible, |placed| self.constraint(id, placed)),
            deadline: placed.and_then(|placed| self.due(id, placed)).map(|due| self.time(due)),
            predecessors: self.predecessors(id),
            notes: if placed.is_some() { presenter.step_text(id, &self.foot) } else { String::new() },
        })
    }

    /// The work of one person at a step: of work that pauses what is done, of all else its length.
    fn work(&self, placed: &Placed) -> i64 {
        let whole = self.clock.between(placed.start, placed.finish);
        if placed.worked.is_some() { placed.seconds.min(whole) } else { whole }
    }

    /// A step that starts later than its links allow is held at its time; a pin holds in any case.
    fn constraint(&self, id: NodeId, placed: &Placed) -> Constraint {
        if self.presenter.plan().node(id).at.is_some() {
            return Constraint::MustStartOn;
        }
        let start = self.presenter.schedule().main.start;
        let after_start = self.clock.between(start, placed.start);
        let allowed = self.links.of(id).into_iter().filter_map(|link| {
            let (from, to) = self.lasts(link.from)?;
            let before = if link.how == How::After { to } else { from };
            Some(self.clock.between(start, before) + link.lag)
        });
        if allowed.max().unwrap_or(0) == after_start {
            Constraint::AsSoonAsPossible
        } else {
            Constraint::StartNoEarlierThan
        }
    }

    /// From when to when a step lasts, or what is inside a phase or group.
    fn lasts(&self, id: NodeId) -> Option<(Moment, Moment)> {
        match self.presenter.placed(id) {
            Some(placed) => Some((placed.start, placed.finish)),
            None => self.presenter.schedule().groups[id.index()].map(|stretch| (stretch.start, stretch.end)),
        }
    }

    /// The deadline, or the end of the window where that is earlier.
    fn due(&self, id: NodeId, placed: &Placed) -> Option<Moment> {
        let window = self.presenter.plan().node(id).window.as_ref();
        let window = window.and_then(|given| self.presenter.schedule().windows[given.value.index()]);
        placed.by.into_iter().chain(window.map(|stretch| stretch.end)).min()
    }

    fn predecessors(&self, id: NodeId) -> Vec<Predecessor> {
        let links = self.links.of(id).into_iter();
        let links = links.filter(|link| self.lasts(link.from).is_some());
        links
            .map(|link| Predecessor {
                uid: self.steps[link.from.index()],
                link: match link.how {
                    How::After => LinkType::FinishToStart,
                    How::With => LinkType::StartToStart,
                },
                lag: link.lag,
            })
            .collect()
    }

    fn people(&self) -> Vec<ProjectPerson> {
        let plan = self.presenter.plan();
        let involved = self.presenter.involved();
        let people = plan.roster.people.iter().enumerate().filter(|(index, _)| involved[*index]);
        people
            .map(|(index, person)| {
                let backup = plan.roster.stand_in_of(PersonId::new(index));
                let backup = backup.map(|backup| self.presenter.names.owner(plan, backup));
                let mut notes = vec![format!("@{}", person.handle.value)];
                notes.extend(person.phone.clone());
                notes.extend(backup.map(|backup| format!("stand-in: {backup}")));
                ProjectPerson {
                    uid: self.people[index],
                    name: clean(&person.name),
                    role: clean(person.role.as_deref().unwrap_or("")),
                    email: clean(person.email.as_deref().unwrap_or("")),
                    notes: clean(&notes.join(", ")),
                }
            })
            .collect()
    }

    fn assignments(&self, id: NodeId) -> Vec<Assignment> {
        let Some(placed) = self.presenter.placed(id) else { return Vec::new() };
        let length = self.clock.between(placed.start, placed.finish);
        // Of a step that nobody is busy with, its owner watches over it in no time.
        let work = if self.presenter.plan().node(id).occupies() { self.work(placed) } else { 0 };
        #[expect(clippy::cast_precision_loss, reason = "a plan is shorter than millions of years")]
        let units = if work == 0 { 0.0 } else { work as f64 / length as f64 };
        let person = |person: &PersonId| Assignment {
            task: self.steps[id.index()],
            person: self.people[person.index()],
            start: self.time(placed.start),
            finish: self.time(placed.finish),
            units,
            work,
        };
        placed.people.iter().map(person).collect()
    }
}

/// A number for each name, the same in every plan that has it; one that is taken leads to the next.
fn uids<'a>(kind: &str, names: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut taken = HashSet::new();
    let numbers = names.map(|name| {
        let mut number = short_number([kind, name], MOST_UIDS) + 1;
        while !taken.insert(number) {
            number = number % MOST_UIDS + 1;
        }
        number
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let first = uids("step", ["stop", "copy", "start"].into_iter());
        let second = uids("step", ["new", "start", "stop"].into_iter());
        assert_eq!((first[0], first[2]), (second[2], second[1]));
        let same = uids("step", ["stop", "stop"].into_iter());
        assert_ne!(same[0], same[1]);
        assert!(first.iter().all(|uid| (1..=MOST_UIDS).contains(uid)));
    }
}

//! One person's page: only their steps, whom to wait for and whom to tell.
//!
//! Teams, roles and the steps that nobody does yet have a page as well. Nobody's steps are looked
//! for twice: one walk over all steps says who has to do with which.

mod busy;
mod duties;
mod files;
mod hands;
mod lists;
mod own_clock;
mod steps;

use serde::Serialize;

use super::gate::BackOut;
use super::head::Head;
use super::inert;
use super::list::{List, Shared};
use super::people::Contact;
use super::presenter::{Presenter, Tag};
use super::ticking::Ticking;
use super::words;
use crate::cores::on_all_cores;
use crate::plan::{NodeId, Owner, PersonId, TeamId};
use crate::schedule::{Moment, shown_work};

/// The page of a person, a team or a role, or of the steps that nobody does yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerPage {
    /// The head of all pages.
    pub head: Shared<Head>,
    /// The file's name, without its ending.
    pub file: String,
    /// The file's name as a link.
    pub file_link: String,
    /// What stands at the foot of each sheet, as a string of CSS.
    pub stamp_css: String,
    /// Whose page it is.
    pub name: String,
    /// What they do.
    pub role: String,
    /// `person`, `team`, `role` or `unassigned`.
    pub kind: &'static str,
    /// When they are called first.
    pub first_call: String,
    /// The same on their own clock, where that shows another time.
    pub own_first_call: String,
    /// The same as a moment, for the lists of other pages.
    #[serde(skip)]
    pub first_start: Option<Moment>,
    /// Counts and times.
    pub facts: Vec<String>,
    /// The same for whoever it is about, with the end on their own clock.
    pub own_facts: Vec<String>,
    /// Who steps in for them.
    pub stands_in: String,
    /// Their zone, where it is not the plan's.
    pub own_zone: String,
    /// Their steps.
    pub steps: List<Shared<OwnerStep>>,
    /// Their steps on ways back.
    pub way_back: List<Shared<OwnerStep>>,
    /// Boxes of theirs inside other people's steps.
    pub ticks: Vec<OwnerTick>,
    /// Undos of theirs of other people's steps.
    pub undos: Vec<OwnerUndo>,
    /// Questions they find out about.
    pub questions: Vec<OwnerQuestion>,
    /// Steps for which they step in.
    pub backup_for: Vec<Shared<BackupStep>>,
    /// How many those are.
    pub backup_count: String,
    /// What its script knows of the plan; nothing where nobody can tick.
    pub ticking: Option<Ticking>,
}

/// A step on its owner's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerStep {
    /// A new day begins before it.
    pub day: String,
    /// The clocks were changed since the step before.
    pub clock_change: String,
    /// The date of its start; empty without one.
    pub date: String,
    /// Its number.
    pub number: String,
    /// Its id.
    pub id: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// T± of its start.
    pub t: String,
    /// Its start on the owner's own clock, where that shows another time.
    pub own_time: String,
    /// How long it takes.
    pub takes: String,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is a gate.
    pub gate: bool,
    /// Whether it is done already.
    pub done: bool,
    /// Its title as HTML.
    pub title_html: String,
    /// Its title as plain text.
    pub title: String,
    /// What it says, for the script to tell two versions apart.
    pub fingerprint: String,
    /// Its signs.
    pub tags: Vec<Tag>,
    /// The phase or group it stands in.
    pub phase: String,
    /// Who does it, on the page of a team or role.
    pub who: String,
    /// What must have happened first, and who says so.
    pub waits: Vec<Shared<Hand>>,
    /// What it begins together with.
    pub together: Vec<Shared<Hand>>,
    /// What begins together with it.
    pub joined: Vec<Shared<Hand>>,
    /// Whether there is no way back once it has begun.
    pub no_return: bool,
    /// Its details as HTML.
    pub details_html: String,
    /// Its details as Markdown, indented to stand inside its item.
    pub details_markdown: String,
    /// How one knows that it worked, as HTML.
    pub expects_html: Vec<String>,
    /// The same as plain text.
    pub expects: Vec<String>,
    /// How it is taken back, as HTML.
    pub undos_html: Vec<String>,
    /// The same as plain text.
    pub undos: Vec<String>,
    /// Whom to tell afterwards.
    pub tells: Vec<Shared<Hand>>,
    /// Who takes over, where it is not who does so in general.
    pub stands_in: String,
    /// The credentials that it needs.
    pub access: String,
    /// How far it may slip before anything breaks; empty for what is critical or done, on a way back, and as long as all
    /// lengths are assumed.
    pub slack: String,
    /// What a no-go leads to.
    pub no_go: String,
    /// Of a gate, until when one can turn back.
    pub back_out: Option<BackOut>,
}

/// A hand-over: a step and those who do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hand {
    /// The step's number and title; of a whole phase the title.
    pub step: String,
    /// The same as Markdown, with “no.” before the number.
    pub step_markdown: String,
    /// Of a step to begin with, how: `Begin together with`, `Begin 5 min after`, `Not before`; else empty.
    pub how: String,
    /// To wait for it, as a line of Markdown: `Wait for Ana, +49 30 1: no. 3 Stop the API`.
    pub wait_markdown: String,
    /// To tell of it afterwards, likewise: `Done? Tell Ana, +49 30 1: no. 5 Start the API`.
    pub tell_markdown: String,
    /// Names, each with the number to call.
    pub who: String,
    /// The same people; of many the first.
    pub people: Vec<Contact>,
    /// How many more there are: `and 3 more`; else empty.
    pub more: String,
    /// Whether it is the same person's own step.
    pub own: bool,
}

/// What somebody takes back of somebody else's step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerUndo {
    /// What is done, with how long it takes and by whom.
    pub text: String,
    /// The number of the step.
    pub number: String,
    /// The step's title.
    pub step: String,
    /// Who does the step.
    pub who: String,
}

/// A box inside somebody else's step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerTick {
    /// Its text.
    pub title: String,
    /// The number of the step.
    pub number: String,
    /// The step's title.
    pub step: String,
    /// When the step starts.
    pub start: String,
    /// Who does the step.
    pub who: String,
}

/// A question for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerQuestion {
    /// What is asked.
    pub text: String,
    /// By when; empty when it does not say.
    pub by: String,
}

/// A step for which somebody steps in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupStep {
    /// Its number.
    pub number: String,
    /// When it starts.
    pub start: String,
    /// Its title.
    pub title: String,
    /// For whom.
    pub who: String,
    /// The credentials that it needs.
    pub access: String,
    /// What keeps them from it: `you are away then`, `you lack access`; else empty.
    pub obstacle: &'static str,
}

/// Whose page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Person(PersonId),
    Team(TeamId),
    /// A role, by its place in the roster.
    Role(usize),
    Nobody,
}

impl Presenter<'_> {
    /// The pages of everybody who has something to do, of teams and roles, and of the steps that
    /// nobody does yet.
    #[must_use]
    pub fn owner_pages(&self) -> Vec<OwnerPage> {
        let plan = self.plan();
        let head = Shared::from(self.head());
        let involved = self.involved();
        let duties = self.duties();
        let people: Vec<usize> = (0..plan.roster.people.len()).filter(|index| involved[*index]).collect();
        let mut pages = on_all_cores(&people, |index| {
            let duties = &duties.people[*index];
            let person = PersonId::new(*index);
            let mut page = self.page(&head, Whose::Person(person), &duties.steps);
            page.ticks =
                duties.ticks.iter().filter_map(|(id, tick)| self.owner_tick(*id, tick, person)).collect();
            page.undos = duties.undos.iter().filter_map(|(id, undo)| self.owner_undo(*id, undo)).collect();
            let mut questions = duties.questions.clone();
            // As on the page of questions: those with a deadline first.
            questions.sort_by_key(|id| self.schedule().questions_by[id.index()].unwrap_or(Moment::NEVER));
            page.questions = questions.iter().map(|id| self.owner_question(*id)).collect();
            let backup_for = duties.backup_for.iter().filter_map(|id| self.backup_step(*id, person));
            page.backup_for = backup_for.map(Shared::from).collect();
            page.backup_count = words::count(page.backup_for.len(), "step");
            page
        });
        for (index, steps) in duties.teams.iter().enumerate().filter(|(_, steps)| !steps.is_empty()) {
            pages.push(self.page(&head, Whose::Team(TeamId::new(index)), steps));
        }
        for (index, (role, _)) in plan.roster.roles.iter().enumerate() {
            if let Some(steps) = duties.handles.get(role.value.as_str()) {
                pages.push(self.page(&head, Whose::Role(index), steps));
            }
        }
        if !duties.unassigned.is_empty() {
            pages.push(self.page(&head, Whose::Nobody, &duties.unassigned));
        }
        files::part_names(&mut pages);
        pages
    }

    fn page(&self, head: &Shared<Head>, whose: Whose, steps: &[NodeId]) -> OwnerPage {
        let plan = self.plan();
        let person = match whose {
            Whose::Person(person) => Some(person),
            _ => None,
        };
        let (file, name, role, kind) = match whose {
            Whose::Person(id) => {
                let person = plan.roster.person(id);
                (
                    person.handle.value.clone(),
                    self.names.full(id).to_owned(),
                    person.role.clone().unwrap_or_default(),
                    "person",
                )
            }
            Whose::Team(id) => {
                let handle = &plan.roster.team(id).handle.value;
                (handle.clone(), handle.clone(), self.members(id), "team")
            }
            Whose::Role(index) => {
                let (role, owner) = &plan.roster.roles[index];
                (role.value.clone(), role.value.clone(), self.meaning(*owner), "role")
            }
            Whose::Nobody => {
                ("unassigned".to_owned(), "Steps without an owner".to_owned(), String::new(), "unassigned")
            }
        };
        let main: Vec<NodeId> =
            steps.iter().copied().filter(|id| plan.node(*id).way_back.is_none()).collect();
        let back: Vec<NodeId> =
            steps.iter().copied().filter(|id| plan.node(*id).way_back.is_some()).collect();
        let first_start = main.first().and_then(|id| self.placed(*id)).map(|placed| placed.start);
        let stands_in =
            person.and_then(|id| plan.roster.stand_in_of(id)).map(|backup| self.names.owner(plan, backup));
        let ticks = kind != "unassigned";
        OwnerPage {
            ticking: ticks.then(|| self.ticking(head, &name, &format!("{kind} {file}"))),
            head: head.clone(),
            file_link: String::new(),
            stamp_css: inert::css_string(&self.stamp(&name)),
            file,
            name,
            role,
            kind,
            first_call: first_start.map(|start| self.words.short(start)).unwrap_or_default(),
            own_first_call: first_start.map(|first| self.own_time(first, person)).unwrap_or_default(),
            first_start,
            own_facts: self.facts(&main, &back, whose, person),
            facts: self.facts(&main, &back, whose, None),
            stands_in: stands_in.unwrap_or_default(),
            own_zone: self.own_zone(person),
            steps: self.owner_steps(&main, whose),
            way_back: self.owner_steps(&back, whose),
            ticks: Vec::new(),
            undos: Vec::new(),
            questions: Vec::new(),
            backup_for: Vec::new(),
            backup_count: String::new(),
        }
    }

    /// Who is in a team.
    fn members(&self, team: TeamId) -> String {
        let roster = &self.plan().roster;
        let members = roster.team(team).members.iter().map(|member| self.names.full(*member).to_owned());
        format!("team: {}", words::listed(&members.collect::<Vec<_>>()))
    }

    /// Whom a role means.
    fn meaning(&self, owner: Option<Owner>) -> String {
        let today = owner.map(|owner| self.names.full_owner(self.plan(), owner));
        format!("role: today {}", today.unwrap_or_else(|| "nobody".to_owned()))
    }

    /// Counts and times; with the end on the clock of a `person` who reads them.
    fn facts(&self, main: &[NodeId], back: &[NodeId], whose: Whose, person: Option<PersonId>) -> Vec<String> {
        let plan = self.plan();
        let placed = || main.iter().filter_map(|id| self.placed(*id).map(|placed| (plan.node(*id), placed)));
        let busy = busy::covered(
            placed()
                .filter(|(node, _)| node.occupies())
                .flat_map(|(_, placed)| busy::busy_in(placed))
                .collect(),
        );
        // Of steps without an owner nobody is busy, and nobody free.
        let is_free = if whose == Whose::Nobody { "over" } else { "free" };
        let mut facts = vec![words::count(main.len(), "step")];
        if busy > 0 {
            let busy = shown_work(busy);
            facts.push(if whose == Whose::Nobody {
                format!("{busy} of work")
            } else {
                format!("busy {busy}")
            });
        }
        if let Some(last) = placed().map(|(_, placed)| placed.finish).max() {
            facts.push(format!("{is_free} by {}", self.words.short(last)));
            let own = self.own_time(last, person);
            if !own.is_empty() {
                facts.push(format!("{is_free} by {own} for you"));
            }
        }
        if !back.is_empty() {
            facts.push(format!("{} on the way back", words::count(back.len(), "step")));
        }
        facts
    }
}

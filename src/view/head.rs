//! The head that every page of a plan shares: which plan, which version, when, and who decides.

use std::collections::HashSet;

use serde::Serialize;

use super::inert;
use super::page::PageLook;
use super::pages::PageLink;
use super::people::{Contact, PersonView, team_name, tel};
use super::presenter::Presenter;
use super::show::fitted;
use super::words;
use crate::diagnostic::{Draft, Severity};
use crate::plan::{NodeId, Owner, PersonId, Plan, StepKind, Toward};

/// So many columns of a title fit the foot of a sheet beside the rest.
const STAMP_TITLE: usize = 48;
/// So many columns of a name or variant.
const STAMP_NAME: usize = 28;

/// The head of a plan's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The plan's title.
    pub title: String,
    /// `DRAFT 3` or `FINAL`.
    pub draft: String,
    /// The variant; empty where the plan has none.
    pub variant: String,
    /// Which version this is, to be read aloud.
    pub hash: String,
    /// The zone with its offset from UTC.
    pub zone: String,
    /// Whether the plan has a date.
    pub dated: bool,
    /// When it begins.
    pub begins: String,
    /// T-0; empty where it has none.
    pub t0: String,
    /// When it ends.
    pub ends: String,
    /// How long it takes.
    pub length: String,
    /// The windows.
    pub windows: Vec<WindowView>,
    /// Who calls the steps, with the number to call.
    pub caller: String,
    /// The same as a contact; none where nobody calls.
    pub calls: Option<Contact>,
    /// Call links and channels.
    pub bridge: Vec<LinkView>,
    /// Who decides at gates.
    pub deciders: String,
    /// Who stands in for whom today.
    pub stand_ins: Vec<String>,
    /// What is taken to last longer or shorter than estimated, one sentence a step.
    pub as_if: Vec<String>,
    /// What is wrong with the plan, in a sentence; empty when nothing is.
    pub trouble: String,
    /// Title, draft and version for the foot of each sheet, as a string of CSS.
    pub stamp_css: String,
    /// How the pages lie on paper.
    pub page: PageLook,
    /// The pages of the plan, for links from each to the others.
    pub pages: Vec<PageLink>,
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WindowView {
    /// Its name.
    pub name: String,
    /// From when to when.
    pub span: String,
    /// What is left at its end as planned, and at worst where that differs: `+38 min, at worst −22 min`;
    /// empty when nothing lies in it.
    pub margin: String,
    /// Whether something in it ends after it.
    pub missed: bool,
    /// Whether something in it ends after it when every range takes its longest.
    pub at_risk: bool,
}

/// A text that may be a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// The text.
    pub text: String,
    /// Where it leads; empty when it is just a text.
    pub target: String,
}

impl LinkView {
    fn new(text: &str) -> Self {
        let is_link = !text.contains(char::is_whitespace) && super::html::is_safe_link(text);
        let target = match is_link {
            true => text.to_owned(),
            false if text.starts_with('+') => tel(text),
            false => String::new(),
        };
        Self { text: text.to_owned(), target }
    }
}

impl Presenter<'_> {
    /// The head of this plan's pages.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head.get_or_init(|| self.made_head()).clone()
    }

    fn made_head(&self) -> Head {
        let plan = self.plan();
        let schedule = self.schedule();
        let line = &schedule.main;
        let caller = plan.caller.as_ref().map(|caller| match caller.value {
            Owner::Person(person) => self.full_with_phone(person),
            Owner::Team(team) => team_name(plan, team),
        });
        Head {
            title: plan.title.clone(),
            draft: draft(plan),
            variant: plan.variant.clone().unwrap_or_default(),
            hash: self.compiled.version.name().to_owned(),
            zone: self.words.zone(line.start, line.finish),
            dated: schedule.dated,
            begins: self.words.full(line.start),
            t0: if schedule.dated && schedule.has_t0 { self.words.full(schedule.t0) } else { String::new() },
            ends: self.words.full(line.finish),
            length: words::length(line.finish - line.start),
            windows: self.windows(),
            caller: caller.unwrap_or_default(),
            calls: self.calls(),
            bridge: plan.header.bridge.iter().map(|text| LinkView::new(text)).collect(),
            deciders: self.deciders(),
            stand_ins: self.stand_ins(),
            as_if: self.as_if(),
            trouble: self.trouble(),
            stamp_css: inert::css_string(&self.stamp("")),
            page: self.page.look(),
            pages: self.page_links(),
        }
    }

    /// What stands at the foot of each sheet: title, copy, draft, variant, version, zone.
    pub(super) fn stamp(&self, copy: &str) -> String {
        let plan = self.plan();
        let main = &self.schedule().main;
        let mut parts = vec![fitted(&plan.title, STAMP_TITLE)];
        if !copy.is_empty() {
            parts.push(format!("copy for {}", fitted(copy, STAMP_NAME)));
        }
        parts.push(draft(plan));
        parts.extend(plan.variant.iter().map(|variant| fitted(variant, STAMP_NAME)));
        parts.push(self.compiled.version.name().to_owned());
        parts.push(self.words.zone(main.start, main.finish));
        if !self.trouble().is_empty() {
            parts.push("HAS ERRORS: do not work from it".to_owned());
        }
        parts.join(" · ")
    }

    fn calls(&self) -> Option<Contact> {
        let plan = self.plan();
        let owner = plan.caller.as_ref()?.value;
        let name = self.names.full_owner(plan, owner);
        Some(match owner {
            Owner::Person(person) => Contact::new(plan, person, &name),
            Owner::Team(_) => Contact { name, phone: String::new(), tel: String::new() },
        })
    }

    fn full_with_phone(&self, person: PersonId) -> String {
        let name = self.names.full(person);
        match &self.plan().roster.person(person).phone {
            Some(phone) => format!("{name} {phone}"),
            None => name.to_owned(),
        }
    }

    pub(super) fn windows(&self) -> Vec<WindowView> {
        let plan = self.plan();
        let all_margins = self.window_margins();
        let mut views = Vec::new();
        for (index, window) in plan.windows.iter().enumerate() {
            let Some(stretch) = self.schedule().windows[index] else { continue };
            let margins = all_margins[index];
            views.push(WindowView {
                name: window.name.clone(),
                span: format!(
                    "{} – {}",
                    self.words.short(stretch.start),
                    self.words.end(stretch.start, stretch.end)
                ),
                margin: margins.map(in_words).unwrap_or_default(),
                missed: margins.is_some_and(|(planned, _)| planned < 0),
                at_risk: margins.is_some_and(|(_, worst)| worst < 0),
            });
        }
        views
    }

    /// By window: seconds from the last end inside it to its own, as planned and at worst; nothing when no step lies in it.
    pub(super) fn window_margins(&self) -> Vec<Option<(i64, i64)>> {
        let windows = &self.schedule().windows;
        let mut margins = vec![None; windows.len()];
        for &id in &self.schedule().main.order {
            let Some(window) = &self.plan().node(id).window else { continue };
            let index = window.value.index();
            if let (Some(stretch), Some(placed)) = (windows[index], self.placed(id)) {
                let (planned, worst) = (stretch.end - placed.finish, stretch.end - placed.worst.end);
                let least: &mut (i64, i64) = margins[index].get_or_insert((planned, worst));
                *least = (least.0.min(planned), least.1.min(worst));
            }
        }
        margins
    }

    fn deciders(&self) -> String {
        let plan = self.plan();
        let mut names: Vec<String> = Vec::new();
        let mut known = vec![false; plan.roster.people.len()];
        for &id in &self.schedule().main.order {
            if plan.node(id).step_kind() == StepKind::Gate {
                for person in self.placed(id).into_iter().flat_map(|placed| &placed.people) {
                    if !std::mem::replace(&mut known[person.index()], true) {
                        names.push(self.names.full(*person).to_owned());
                    }
                }
            }
        }
        words::listed(&names)
    }

    fn stand_ins(&self) -> Vec<String> {
        let roster = &self.plan().roster;
        let stands = roster.people.iter().enumerate().filter(|(_, person)| !person.stands_in_for.is_empty());
        let mut lines: Vec<String> = stands
            .map(|(index, person)| {
                let others = person.stands_in_for.iter().map(|handle| self.known_as(handle));
                let others = words::listed(&others.collect::<Vec<_>>());
                format!("{} stands in for {others}", self.names.full(PersonId::new(index)))
            })
            .collect();
        for one in &self.plan().stand_ins {
            let title = self.title(self.plan().node(one.node));
            let number = self.number(one.node);
            let place =
                if number.is_empty() { format!("“{title}”") } else { format!("{number} {title}") };
            let (into, out) = (self.names.full(one.into), self.known_as(&one.out));
            lines.push(format!("{into} stands in for {out} at {place}"));
        }
        lines
    }

    /// The full name of whoever has a handle; of one that nobody has the handle.
    pub(super) fn known_as(&self, handle: &str) -> String {
        let people = &self.plan().roster.people;
        let place = people.iter().position(|person| person.handle.value == handle);
        place.map_or_else(|| handle.to_owned(), |index| self.names.full(PersonId::new(index)).to_owned())
    }

    /// What `--slip` asked for, in words.
    fn as_if(&self) -> Vec<String> {
        let plan = self.plan();
        let steps = plan.slips.iter().filter(|asked| plan.node(asked.node).is_step());
        steps
            .map(|asked| {
                let node = plan.node(asked.node);
                let by = asked.slip.by;
                let how = match (asked.slip.toward, node.step_kind()) {
                    (_, StepKind::Milestone) => format!("came {by} late"),
                    (Toward::Longer, _) => format!("took {by} longer"),
                    (Toward::Shorter, _)
                        if self.placed(asked.node).is_some_and(|it| it.finish <= it.start) =>
                    {
                        "took no time".to_owned()
                    }
                    (Toward::Shorter, _) => format!("took {by} less"),
                };
                format!("As if {} {how}", self.title(node))
            })
            .collect()
    }

    pub(super) fn trouble(&self) -> String {
        let errors = self.compiled.diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
        if errors == 0 {
            return String::new();
        }
        format!(
            "This plan has {}: times and owners on this page may be wrong. Do not work from it.",
            words::count(errors, "error")
        )
    }

    /// Everybody who does, decides, calls or stands in for something, in the order of the roster.
    pub(super) fn people(&self) -> Vec<PersonView> {
        let plan = self.plan();
        let involved = self.involved();
        let people = plan.roster.people.iter().enumerate().filter(|(index, _)| involved[*index]);
        people
            .map(|(index, person)| PersonView {
                handle: person.handle.value.clone(),
                name: self.names.full(PersonId::new(index)).to_owned(),
                role: person.role.clone().unwrap_or_default(),
                phone: person.phone.clone().unwrap_or_default(),
                tel: tel(person.phone.as_deref().unwrap_or_default()),
                email: person.email.clone().unwrap_or_default(),
                stands_in: plan
                    .roster
                    .stand_in_of(PersonId::new(index))
                    .map(|backup| self.names.owner(plan, backup))
                    .unwrap_or_default(),
            })
            .collect()
    }

    /// By person: whether they have anything to do with the plan.
    pub(super) fn involved(&self) -> Vec<bool> {
        self.involved.get_or_init(|| self.found_involved()).clone()
    }

    fn found_involved(&self) -> Vec<bool> {
        let plan = self.plan();
        let mut involved = vec![false; plan.roster.people.len()];
        let mut known = HashSet::new();
        let mut note = |owner: Owner| match owner {
            Owner::Person(person) => involved[person.index()] = true,
            Owner::Team(team) => {
                for member in &plan.roster.team(team).members {
                    involved[member.index()] = true;
                }
            }
        };
        for owner in plan.caller.iter().map(|given| given.value) {
            note(owner);
        }
        for id in self.all_steps() {
            let node = plan.node(id);
            let Some(placed) = self.placed(id) else { continue };
            for person in &placed.people {
                note(Owner::Person(*person));
            }
            for person in self.could_step_in(id, placed) {
                note(Owner::Person(person));
            }
            let large =
                plan.stand_ins(node, &placed.people).into_iter().filter(|owner| self.is_large(*owner));
            large.filter(|team| known.insert(*team)).for_each(&mut note);
            let ticks = self.ticks_of(id).flat_map(|tick| &tick.owners);
            let undos = node.step.iter().flat_map(|step| &step.undos).flat_map(|undo| &undo.owners);
            for given in ticks.chain(undos) {
                note(given.value);
            }
        }
        for question in plan.questions.iter().filter(|question| question.asked) {
            if let Some(given) = &question.who {
                note(given.value);
            }
        }
        involved
    }

    pub(super) fn ticks_of(&self, id: NodeId) -> impl Iterator<Item = &crate::plan::Tick> {
        let plan = self.plan();
        plan.node(id).step.iter().flat_map(|step| &step.ticks).map(|tick| &plan.ticks[tick.index()])
    }
}

/// What is left at the end of a window, as planned and at worst.
fn in_words((planned, worst): (i64, i64)) -> String {
    if planned == worst {
        words::margin(planned)
    } else {
        format!("{}, at worst {}", words::margin(planned), words::margin(worst))
    }
}

/// Which draft it is, as stamps have it: `DRAFT 3`, `FINAL`.
pub(super) fn draft(plan: &Plan) -> String {
    match plan.header.draft {
        Draft::Number(number) => format!("DRAFT {number}"),
        Draft::Final => "FINAL".to_owned(),
    }
}

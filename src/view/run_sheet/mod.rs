//! The run sheet: the whole script in run order, for the person who calls the steps.

mod room;
mod rows;
mod step;

use serde::Serialize;

use super::gate::BackOut;
use super::head::Head;
use super::list::List;
use super::people::{Contact, PersonView};
use super::presenter::{Presenter, Tag};
use super::ticking::Ticking;
use super::words;
use crate::plan::StepKind;

/// The run sheet of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunSheet {
    /// The head of all pages.
    pub head: Head,
    /// Everybody in the plan.
    pub people: Vec<PersonView>,
    /// What one should know before beginning: counts, questions.
    pub before: Vec<String>,
    /// The rows of the main line, in stretches.
    pub stretches: List<Stretch>,
    /// The ways back.
    pub ways_back: Vec<WayBack>,
    /// Whether any step has T± beside its clock.
    pub with_t: bool,
    /// Whether a pause stands behind any number of what is waited for.
    pub with_pauses: bool,
    /// Whether a system that is locked stands there.
    pub with_locks: bool,
    /// What its script knows of the plan.
    pub ticking: Ticking,
}

/// A way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayBack {
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub length: String,
    /// Which gates lead to it.
    pub leads_here: String,
    /// Its rows, in stretches.
    pub stretches: List<Stretch>,
}

/// Rows during which phase and day stay the same: a table of their own, so that each sheet of paper has both at its top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Where it stands on the page: the same as long as its phases are.
    pub place: String,
    /// The phase, with those around it; empty where no bar names one.
    pub title: String,
    /// Something to say beside it.
    pub note: String,
    /// Whether the phase has begun further up.
    pub again: bool,
    /// The day; empty where all is on one.
    pub day: String,
    /// Its rows.
    pub rows: List<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Row {
    /// The clocks change between the step before and the one after.
    Clock {
        /// How.
        text: String,
    },
    /// Prose that stands between the steps.
    Prose {
        /// The prose as HTML.
        html: String,
    },
    /// There is no way back after the step that follows.
    NoReturn {
        /// Its number.
        number: String,
    },
    /// A step.
    Step(Box<StepRow>),
    /// A dropped step.
    Dropped {
        /// Its title as HTML.
        title_html: String,
        /// Its id.
        id: String,
    },
}

/// A step's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// Its number.
    pub number: String,
    /// Its id.
    pub id: String,
    /// Its title as plain text.
    pub title: String,
    /// What it says, for the script to tell two versions apart.
    pub fingerprint: String,
    /// Whether it is a gate.
    pub gate: bool,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is done already.
    pub done: bool,
    /// Its place among steps that start together: `first`, `middle`, `last`, or empty.
    pub together: &'static str,
    /// What it looks like, in the words of the style sheet: all of the above, and whether it is `wide`.
    pub class: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// T± of its start.
    pub t: String,
    /// How long it takes.
    pub takes: String,
    /// Its title as HTML.
    pub title_html: String,
    /// Its signs.
    pub tags: Vec<Tag>,
    /// What it stands in that no bar above it names: groups, and a phase that goes on for a step or two.
    pub group: String,
    /// Its id, where the plan writes one.
    pub written_id: String,
    /// The credentials that it needs.
    pub access: String,
    /// How far it may slip before anything breaks; empty for what is critical or done, on a way back, and as long as all
    /// lengths are assumed.
    pub slack: String,
    /// Which systems it takes down or up: `stops shop`, `starts shop`.
    pub switches: Vec<String>,
    /// Whether there is nothing to say below its title.
    pub bare: bool,
    /// Its details as HTML.
    pub details_html: String,
    /// Whether its details stand below its line, in the full width: code, tables, images, gates, and text
    /// that takes fewer lines so.
    pub wide: bool,
    /// What one sees when it has worked, as HTML.
    pub expects_html: Vec<String>,
    /// How it is taken back, as HTML.
    pub undos_html: Vec<String>,
    /// Who does it; of many the first.
    pub who: String,
    /// All who do it, where `who` has not the room.
    pub everybody: String,
    /// Who decides a gate.
    pub decides: Vec<Contact>,
    /// Who decides when they can't.
    pub decides_else: Vec<Contact>,
    /// Who steps in.
    pub stands_in: String,
    /// What it waits for; empty where that is much.
    pub waits: String,
    /// What it waits for, where its column has not the room.
    pub many_waits: String,
    /// What a no-go leads to.
    pub no_go: String,
    /// Of a gate, until when one can turn back.
    pub back_out: Option<BackOut>,
}

impl StepRow {
    fn class(&self) -> String {
        let mut class = "step".to_owned();
        let words = [
            (self.critical, " critical"),
            (self.done, " is-done"),
            (self.gate, " gate"),
            (!self.together.is_empty(), " together "),
            (true, self.together),
            (self.wide, " is-wide"),
            (self.waits.starts_with("with "), " is-with"),
            (!self.many_waits.is_empty(), " is-crowded"),
        ];
        words.into_iter().filter(|(is_so, _)| *is_so).for_each(|(_, word)| class.push_str(word));
        class
    }

    fn is_bare(&self) -> bool {
        let texts = [&self.everybody, &self.many_waits, &self.details_html, &self.no_go];
        let lists = [self.expects_html.len(), self.undos_html.len(), self.decides.len()];
        texts.into_iter().all(String::is_empty) && lists == [0; 3] && self.back_out.is_none()
    }
}

impl Presenter<'_> {
    /// The run sheet of this plan.
    #[must_use]
    pub fn run_sheet(&self) -> RunSheet {
        let schedule = self.schedule();
        let led_to_by = self.led_to_by();
        let ways_back = schedule.ways_back.iter().map(|line| WayBack {
            title: self.title(self.plan().node(line.root)),
            length: words::length(line.finish - line.start),
            leads_here: self.leads_here(&led_to_by[line.root.index()]),
            stretches: self.stretches(line).into(),
        });
        let head = self.head();
        RunSheet {
            ticking: self.ticking(&head, "Run sheet", "run sheet"),
            head,
            people: self.people(),
            before: self.before_you_begin(),
            stretches: self.stretches(&schedule.main).into(),
            ways_back: ways_back.collect(),
            with_t: schedule.dated && schedule.has_t0,
            with_pauses: self.has_pauses(),
            with_locks: self.has_locks(),
        }
    }

    fn before_you_begin(&self) -> Vec<String> {
        let plan = self.plan();
        let order = &self.schedule().main.order;
        let people = self.involved().into_iter().filter(|involved| *involved).count();
        let gates = order.iter().filter(|id| plan.node(**id).step_kind() == StepKind::Gate).count();
        let mut facts = vec![words::count(order.len(), "step")];
        if people > 0 {
            facts.push(words::count(people, "person"));
        }
        if gates > 0 {
            facts.push(words::count(gates, "gate"));
        }
        facts.push(format!(
            "{} from start to finish",
            words::length(self.schedule().main.finish - self.schedule().main.start)
        ));
        let mut lines = vec![facts.join(" · ")];
        if self.lacks_estimates() {
            lines.push("No step has an estimate yet, so none is marked as critical.".to_owned());
        }
        for (question, by) in plan.questions.iter().zip(&self.schedule().questions_by) {
            if question.asked && question.answer.is_none() {
                let who = question.who.as_ref().map(|who| format!(" {}", self.names.owner(plan, who.value)));
                let by = by.map(|by| format!(", by {}", self.words.deadline(by)));
                lines.push(format!(
                    "Open question: {}{}{}",
                    question.text,
                    who.unwrap_or_default(),
                    by.unwrap_or_default()
                ));
            }
        }
        lines
    }
}

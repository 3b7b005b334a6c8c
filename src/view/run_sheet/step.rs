//! The row of one step: all that the caller says, asks and writes down.

use super::StepRow;
use super::room::Room;
use crate::plan::{NodeId, PersonId, StepKind, Undo};
use crate::schedule::Placed;
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::{html, words};

/// So many names fit a row; of more the first three stand there.
const MOST_NAMES: usize = 4;

/// So many letters of numbers fit a row.
const MOST_WAITS: usize = 40;

impl Presenter<'_> {
    /// The row of one step.
    pub(in crate::view) fn step_row(&self, id: NodeId, together: &'static str) -> Option<StepRow> {
        let mut row = self.rows.of(id, || self.made_row(id)).clone()?;
        row.together = together;
        row.class = row.class();
        Some(row)
    }

    fn made_row(&self, id: NodeId) -> Option<StepRow> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let details = self.details_html(id).to_owned();
        let expects: Vec<String> = step.expects.iter().map(|block| self.html.after_word(*block)).collect();
        let undos: Vec<String> = step.undos.iter().map(|undo| self.undo_html(undo)).collect();
        let gate = step.kind == StepKind::Gate;
        let (who, everybody) = self.who_in_short(id, placed);
        let room = Room::of(self.page.letters);
        let said = self.step_words(id);
        let waits = said.waits.clone();
        let (waits, many_waits) =
            if waits.chars().count() > MOST_WAITS { (String::new(), waits) } else { (waits, String::new()) };
        let wide = gate
            || !everybody.is_empty()
            || !many_waits.is_empty()
            || room.below_is_better(&self.title(node), &details, expects.iter().chain(&undos));
        let back_out = self.back_out(id);
        let done = node.mark == Some(crate::document::Mark::Done);
        let is_open = !done && node.way_back.is_none() && !placed.is_critical();
        let tags = self.tags_beside(back_out.as_ref(), node, placed);
        let mut row = StepRow {
            title: self.title(node),
            fingerprint: String::new(),
            number: self.number(id),
            id: node.id.clone(),
            gate,
            critical: self.marks_critical(node, placed),
            done,
            together: "",
            class: String::new(),
            start: self.time(node, placed.start),
            finish: if step.kind == StepKind::Milestone && placed.start == placed.finish {
                String::new()
            } else {
                said.finish.clone()
            },
            t: self.beside(node, placed.start),
            takes: said.takes.clone(),
            title_html: self.title_html(node),
            tags: tags.into_iter().filter(|tag| tag.word != "gate").collect(),
            group: String::new(),
            written_id: node.written_id.map(|_| node.id.clone()).unwrap_or_default(),
            access: Self::access(node),
            slack: if is_open { said.slack.clone() } else { String::new() },
            switches: [self.named_systems("stops", &step.stops), self.named_systems("starts", &step.starts)]
                .into_iter()
                .flatten()
                .collect(),
            wide,
            bare: false,
            details_html: details,
            expects_html: expects,
            undos_html: undos,
            who,
            everybody,
            decides: if gate { self.contacts(&placed.people) } else { Vec::new() },
            decides_else: if gate { self.stand_ins_of(id, placed) } else { Vec::new() },
            stands_in: self.stands_in(id, placed),
            waits,
            many_waits,
            no_go: step.no_go.as_ref().map(|given| self.no_go(given.value)).unwrap_or_default(),
            back_out,
        };
        row.bare = row.is_bare();
        row.fingerprint = self.step_fingerprint(node, placed, &row);
        Some(row)
    }

    /// Who does a step, as far as a row has room, and all of them where it has not.
    fn who_in_short(&self, id: NodeId, placed: &Placed) -> (String, String) {
        let all = self.step_words(id).who.clone();
        if placed.people.len() <= MOST_NAMES {
            return (all, String::new());
        }
        let first = &placed.people[..MOST_NAMES - 1];
        let names: Vec<&str> = first.iter().map(|person| self.names.person(*person)).collect();
        let more = placed.people.len() - first.len();
        (format!("{} and {more} more", names.join(", ")), all)
    }

    fn contacts(&self, people: &[PersonId]) -> Vec<Contact> {
        people.iter().map(|person| self.contact(*person)).collect()
    }

    /// How a step is taken back, with how long that takes and who does it.
    pub(in crate::view) fn undo_html(&self, undo: &Undo) -> String {
        let mut html = self.html.after_word(undo.block);
        html::escape(&self.undo_facts(undo), &mut html);
        html
    }

    /// The same as plain text.
    pub(in crate::view) fn undo_plain(&self, undo: &Undo) -> String {
        self.plain_after_word(undo.block) + &self.undo_facts(undo)
    }

    /// How long an undo takes and who does it, in brackets.
    fn undo_facts(&self, undo: &Undo) -> String {
        let estimate = undo.estimate.iter().map(|given| words::estimate(given.value, false));
        let owners = undo.owners.iter().map(|given| self.names.owner(self.plan(), given.value));
        let facts: Vec<String> = estimate.chain(owners).collect();
        if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) }
    }
}

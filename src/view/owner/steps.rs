//! The steps on an owner's page, each with what must have happened first and whom to tell after.

use super::{OwnerStep, Whose};
use crate::plan::{NodeId, PersonId};
use crate::view::list::{List, Shared};
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// Their steps, each made into a value once for the page and the list in Markdown.
    pub(super) fn owner_steps(&self, ids: &[NodeId], whose: Whose) -> List<Shared<OwnerStep>> {
        let mut day = None;
        // Whoever is first called after a clock change is told of it too.
        let mut before = self.schedule().main.start;
        let mut steps = Vec::new();
        for &id in ids {
            let Some(mut step) = self.owner_step(id, whose) else { continue };
            let own_day = self.placed(id).and_then(|placed| self.words.day(placed.start));
            if let Some(own_day) = own_day.filter(|_| self.plan().node(id).way_back.is_none()) {
                // Whoever has a plan of several days in hand is not left to guess the first.
                if day.map_or_else(|| self.spans_days(&self.schedule().main), |known| known != own_day) {
                    step.day = words::long_day(own_day);
                }
                day = Some(own_day);
                let start = self.placed(id).map_or(before, |placed| placed.start);
                step.clock_change = self.words.clock_change(before, start).unwrap_or_default();
                before = start;
            }
            steps.push(Shared::from(step));
        }
        steps.into()
    }

    fn owner_step(&self, id: NodeId, whose: Whose) -> Option<OwnerStep> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let row = self.step_row(id, "")?;
        let person = match whose {
            Whose::Person(person) => Some(person),
            _ => None,
        };
        let own_time = match node.way_back {
            None => self.own_time(placed.start, person),
            Some(_) => String::new(),
        };
        let usual = person.and_then(|person| plan.roster.stand_in_of(person));
        let usual = usual.map(|backup| self.names.owner(plan, backup));
        let others: Vec<PersonId> =
            placed.people.iter().copied().filter(|other| Some(*other) != person).collect();
        let who =
            if person.is_some() && others.is_empty() { String::new() } else { self.names.list(&others) };
        let phase = plan.around(id).next().map(|around| self.title(plan.node(around)));
        let date = self.words.day(placed.start).filter(|_| node.way_back.is_none()).map(words::short_day);
        Some(OwnerStep {
            day: String::new(),
            clock_change: String::new(),
            date: date.unwrap_or_default(),
            number: row.number,
            id: row.id,
            start: row.start,
            finish: row.finish,
            t: row.t,
            own_time,
            takes: row.takes,
            critical: row.critical,
            gate: row.gate,
            done: row.done,
            title_html: row.title_html,
            title: row.title,
            fingerprint: row.fingerprint,
            tags: self.tags_beside(row.back_out.as_ref(), node, placed),
            phase: phase.unwrap_or_default(),
            who,
            together: self.hands_beside(id, placed, person),
            joined: self.hands_joined(id, person),
            no_return: step.no_return.is_some(),
            waits: self.hands_before(id, placed, person),
            details_html: row.details_html,
            details_markdown: node.block.map(|block| self.markdown_details(block)).unwrap_or_default(),
            expects_html: row.expects_html,
            expects: step.expects.iter().map(|block| self.plain_after_word(*block)).collect(),
            undos_html: row.undos_html,
            undos: step.undos.iter().map(|undo| self.undo_plain(undo)).collect(),
            tells: self.hands_after(id, person),
            stands_in: if Some(&row.stands_in) == usual.as_ref() { String::new() } else { row.stands_in },
            access: row.access,
            slack: row.slack,
            no_go: row.no_go,
            back_out: row.back_out,
        })
    }
}

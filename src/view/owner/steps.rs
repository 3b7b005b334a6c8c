//! The steps on an owner's page, each with what must have happened first and whom to tell after.

use super::{Hand, OwnerStep, Whose};
use crate::plan::{NodeId, PersonId};
use crate::view::list::{List, Shared};
use crate::view::markdown::escaped;
use crate::view::people::Contact;
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
            together: placed.starts_with.iter().map(|other| self.hand(*other, person)).collect(),
            joined: self.told().joined[id.index()].iter().map(|other| self.hand(*other, person)).collect(),
            no_return: step.no_return.is_some(),
            waits: placed.waits_for.iter().map(|before| self.hand(*before, person)).collect(),
            details_html: row.details_html,
            details_markdown: node.block.map(|block| self.markdown_details(block)).unwrap_or_default(),
            expects_html: row.expects_html,
            expects: step.expects.iter().map(|block| self.plain_after_word(*block)).collect(),
            undos_html: row.undos_html,
            undos: step.undos.iter().map(|undo| self.undo_plain(undo)).collect(),
            tells: self.tells(id).iter().map(|next| self.hand(*next, person)).collect(),
            stands_in: if Some(&row.stands_in) == usual.as_ref() { String::new() } else { row.stands_in },
            access: row.access,
            no_go: row.no_go,
            back_out: row.back_out,
        })
    }

    /// A step to wait for or to tell of, with who does it.
    pub(in crate::view) fn hand(&self, id: NodeId, person: Option<PersonId>) -> Shared<Hand> {
        let people = self.placed(id).map(|placed| placed.people.as_slice()).unwrap_or_default();
        let hand = self.anybodys_hand(id);
        match person {
            Some(person) if people == [person] => Hand { own: true, ..Hand::clone(hand) }.into(),
            // Nobody calls themselves.
            Some(person) if people.contains(&person) => {
                let others = people.iter().copied().filter(|other| *other != person);
                let (who, people, more) = self.called(others.collect());
                Hand { who, people, more, ..Hand::clone(hand) }.into()
            }
            _ => hand.clone(),
        }
    }

    /// The same, whoever reads it.
    pub(in crate::view) fn anybodys_hand(&self, id: NodeId) -> &Shared<Hand> {
        self.hands.of(id, || self.made_hand(id).into())
    }

    fn made_hand(&self, id: NodeId) -> Hand {
        let node = self.plan().node(id);
        let people = self.placed(id).map(|placed| placed.people.as_slice()).unwrap_or_default();
        let (number, title) = match self.number(id) {
            group if group.is_empty() => (group, format!("all of “{}”", self.title(node))),
            number => (number, self.title(node)),
        };
        let escaped = escaped(&title);
        let (step, step_markdown) = if number.is_empty() {
            (title, escaped)
        } else {
            (format!("{number} {title}"), format!("no. {number} {escaped}"))
        };
        let (who, people, more) = self.called(people.to_vec());
        Hand { step, step_markdown, who, people, more, own: false }
    }

    /// People with the numbers to call, in a line and one by one; of many the first, and how many more.
    fn called(&self, mut people: Vec<PersonId>) -> (String, Vec<Contact>, String) {
        let mut more = String::new();
        if people.len() > 4 {
            more = format!("and {} more", people.len() - 3);
            people.truncate(3);
        }
        let mut said: Vec<&str> = people.iter().map(|person| self.with_phone(*person)).collect();
        said.extend(Some(more.as_str()).filter(|more| !more.is_empty()));
        (said.join("; "), people.iter().map(|person| self.contact(*person)).collect(), more)
    }

    /// Those who wait for a step, and for the phases of which it is a last step.
    pub(in crate::view) fn tells(&self, id: NodeId) -> Vec<NodeId> {
        let plan = self.plan();
        let mut next: Vec<NodeId> = self.told().next[id.index()].clone();
        for around in plan.around(id) {
            next.extend(&self.told().next[around.index()]);
        }
        if next.len() > 1 {
            let mut seen = std::collections::HashSet::new();
            next.retain(|id| seen.insert(*id));
        }
        next
    }
}

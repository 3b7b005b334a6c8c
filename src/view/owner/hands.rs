//! Hand-overs: for whom a step waits, with whom it begins, and who is told of it.

use super::Hand;
use crate::plan::{NodeId, PersonId};
use crate::schedule::Placed;
use crate::view::lags::{self, How};
use crate::view::list::Shared;
use crate::view::markdown::escaped;
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::told::held_by;
use crate::view::words;

/// So many milestones in a row are looked through for the people behind them.
const MOST_MILESTONES: usize = 8;

impl Presenter<'_> {
    /// Whom a step waits for: those of the steps before it, and those with whose end a milestone before it is reached.
    pub(in crate::view) fn hands_before(
        &self,
        id: NodeId,
        placed: &Placed,
        person: Option<PersonId>,
    ) -> Vec<Shared<Hand>> {
        let waits_for = self.heard_of(id);
        let reached = waits_for.iter().filter_map(|before| self.behind(*before));
        let mut hands: Vec<_> = reached.map(|reached| self.hand(reached, person)).collect();
        hands.append(&mut self.these_before(waits_for, id, placed, person));
        hands
    }

    /// What must be done before a step begins, with the pauses after that, and what is locked until then.
    pub(in crate::view) fn steps_before(
        &self,
        id: NodeId,
        placed: &Placed,
        person: Option<PersonId>,
    ) -> Vec<Shared<Hand>> {
        self.these_before(&placed.waits_for, id, placed, person)
    }

    fn these_before(
        &self,
        waits_for: &[NodeId],
        id: NodeId,
        placed: &Placed,
        person: Option<PersonId>,
    ) -> Vec<Shared<Hand>> {
        let waited = waits_for.iter().map(|before| {
            let hand = self.hand(*before, person);
            match self.lag_in_words(*before, id, How::After) {
                Some(lag) => hand.and(&format!(", and {lag} more")),
                None => hand,
            }
        });
        let held = held_by(placed).map(|other| {
            let systems = self.locked_by_both(id, other);
            self.hand(other, person).and(&format!(", which keeps {systems} until then"))
        });
        waited.chain(held).collect()
    }

    /// What a step begins with, and how.
    pub(in crate::view) fn hands_beside(
        &self,
        id: NodeId,
        placed: &Placed,
        person: Option<PersonId>,
    ) -> Vec<Shared<Hand>> {
        let hand = |other: &NodeId| {
            let lag = self.lag(*other, id, How::With).map_or(0, lags::seconds);
            let is_planned = self.placed(*other).is_some_and(|other| other.start + lag == placed.start);
            let how = match (is_planned, lag) {
                (true, 0) => "Begin together with".to_owned(),
                (true, lag) => format!("Begin {} after", words::length(lag)),
                // Something else keeps it longer.
                (false, 0) => "Not before".to_owned(),
                (false, lag) => format!("Not before {} after", words::length(lag)),
            };
            let hand = self.hand(*other, person);
            let hand = if is_planned && lag == 0 { hand } else { hand.and(" begins") };
            Shared::from(Hand { how, ..Hand::clone(&hand) })
        };
        placed.starts_with.iter().map(hand).collect()
    }

    /// Who is told when a step begins.
    pub(in crate::view) fn hands_joined(&self, id: NodeId, person: Option<PersonId>) -> Vec<Shared<Hand>> {
        let joined = self.told().joined[id.index()].iter();
        joined.map(|other| self.later(id, *other, How::With, person)).collect()
    }

    /// Who is told when a step is done.
    pub(in crate::view) fn hands_after(&self, id: NodeId, person: Option<PersonId>) -> Vec<Shared<Hand>> {
        let mut hands = Vec::new();
        let mut seen = std::collections::HashSet::new();
        // What is reached, at first the end of the step itself.
        let mut reached = vec![id];
        for _ in 0..MOST_MILESTONES {
            let tells = |from: NodeId| self.tells(from).into_iter().map(move |next| (from, next));
            let mut next: Vec<_> = reached.into_iter().flat_map(tells).collect();
            next.retain(|(from, next)| self.hears_from(*next, *from) && seen.insert(*next));
            hands.extend(next.iter().map(|(from, next)| self.later(*from, *next, How::After, person)));
            let milestones = next.into_iter().map(|(_, next)| next);
            reached = milestones.filter(|next| self.behind(*next).is_some()).collect();
        }
        let freed = self.told().freed[id.index()].iter().filter(|freed| !seen.contains(*freed));
        hands.extend(freed.map(|freed| {
            let systems = self.locked_by_both(id, *freed);
            self.hand(*freed, person).and(&format!(", which needs {systems}"))
        }));
        hands
    }

    /// Whether those who do a step that waits for another are told by whoever does that.
    fn hears_from(&self, id: NodeId, before: NodeId) -> bool {
        let (Some(placed), heard_of) = (self.placed(id), self.heard_of(id)) else { return true };
        if heard_of.len() == placed.waits_for.len() {
            return true;
        }
        let mut named = std::iter::once(before).chain(self.plan().around(before));
        let named = named.find(|named| placed.waits_for.contains(named));
        named.is_none_or(|named| heard_of.contains(&named))
    }

    /// A step that follows another, with the pause between them.
    fn later(&self, id: NodeId, next: NodeId, how: How, person: Option<PersonId>) -> Shared<Hand> {
        let hand = self.hand(next, person);
        match self.lag_in_words(id, next, how) {
            Some(lag) => hand.and(&format!(", {lag} later")),
            None => hand,
        }
    }

    /// The one step, done by somebody, with whose end a milestone is reached that nobody has to do.
    fn behind(&self, milestone: NodeId) -> Option<NodeId> {
        let mut at = milestone;
        for _ in 0..MOST_MILESTONES {
            let placed = self.placed(at)?;
            if !placed.people.is_empty() {
                return (at != milestone).then_some(at);
            }
            let is_reached = placed.start == placed.finish && !self.plan().node(at).needs_owner();
            let [before] = placed.waits_for[..] else { return None };
            if !is_reached || self.lag(before, at, How::After).is_some() || !placed.starts_with.is_empty() {
                return None;
            }
            at = before;
        }
        None
    }

    /// A step to wait for or to tell of, with who does it.
    pub(in crate::view) fn hand(&self, id: NodeId, person: Option<PersonId>) -> Shared<Hand> {
        let people = self.placed(id).map(|placed| &placed.people[..]).unwrap_or_default();
        let hand = self.anybodys_hand(id);
        match person {
            Some(person) if people == [person] => Hand { own: true, ..Hand::clone(hand) }.said().into(),
            // Nobody calls themselves.
            Some(person) if people.contains(&person) => {
                let others = people.iter().copied().filter(|other| *other != person);
                let (who, people, more) = self.called(others.collect());
                Hand { who, people, more, ..Hand::clone(hand) }.said().into()
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
        let people = self.placed(id).map(|placed| &placed.people[..]).unwrap_or_default();
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
        let (wait_markdown, tell_markdown, how) = Default::default();
        Hand { step, step_markdown, wait_markdown, tell_markdown, how, who, people, more, own: false }.said()
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

impl Shared<Hand> {
    /// The same with more said behind the step.
    fn and(&self, more: &str) -> Self {
        let mut hand = Hand::clone(self);
        hand.step.push_str(more);
        hand.step_markdown.push_str(&escaped(more));
        hand.said().into()
    }
}

impl Hand {
    /// With the lines that lists in Markdown have of it.
    fn said(mut self) -> Self {
        let (step, who) = (self.step_markdown.as_str(), escaped(&self.who));
        let line = |own: &str, called: &str, alone: &str| match who.as_str() {
            _ if self.own => [own, step].concat(),
            "" => [alone, step].concat(),
            who => [called, who, ": ", step].concat(),
        };
        let wait = line("After your ", "Wait for ", "Wait for ");
        let tell = line("Then your ", "Done? Tell ", "Then ");
        (self.wait_markdown, self.tell_markdown) = (wait, tell);
        self
    }
}

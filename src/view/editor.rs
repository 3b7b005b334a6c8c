//! What an editor shows beside a plan: the time and owner of a step behind its line, and when somebody points at
//! it why it starts then and how far it may slip.

use super::presenter::Presenter;
use super::words;
use crate::plan::{NodeId, Presence};
use crate::schedule::{Why, shown_length};

impl Presenter<'_> {
    /// `22:10–22:25 · Ana`: behind the line of a step that counts. The day is named where it is not the first.
    #[must_use]
    pub fn beside_line(&self, step: NodeId) -> Option<String> {
        let (node, placed) = (self.plan().node(step), self.placed(step)?);
        let first = self.words.day(self.schedule().main.start);
        let is_first = node.way_back.is_some() || self.words.day(placed.start) == first;
        let start = if is_first { self.time(node, placed.start) } else { self.words.short(placed.start) };
        let time = if placed.start == placed.finish {
            start
        } else {
            format!("{start}–{}", self.end(node, placed))
        };
        let who = self.who(placed);
        Some(if who.is_empty() { time } else { format!("{time} · {who}") })
    }

    /// What is said of a step in short, as paragraphs.
    #[must_use]
    pub fn step_in_short(&self, step: NodeId, why: Option<&Why>) -> Vec<String> {
        let node = self.plan().node(step);
        let mut said = match why {
            Some(why) => self.why_in_short(why),
            None => vec![self.title(node)],
        };
        if why.is_none() && node.presence != Presence::Here {
            said.push(match node.presence {
                Presence::LeftOut => "It is left out of this variant.".to_owned(),
                _ => "It is dropped, and takes no time.".to_owned(),
            });
        }
        if let Some(placed) = self.placed(step) {
            let stands_in = self.stands_in(step, placed);
            if !stands_in.is_empty() {
                said.push(format!("Steps in: {stands_in}."));
            }
        }
        said
    }

    /// What is said of a phase or group.
    #[must_use]
    pub fn group_in_short(&self, group: NodeId) -> Vec<String> {
        let node = self.plan().node(group);
        let mut said = vec![self.title(node)];
        if let Some(stretch) = self.schedule().groups.get(group.index()).copied().flatten() {
            let (start, end) = (self.time(node, stretch.start), self.time(node, stretch.end));
            let inside = group.index() + 1..node.end.index();
            let steps = inside.filter(|index| self.placed(NodeId::new(*index)).is_some()).count();
            let length = shown_length(stretch.end - stretch.start);
            said.push(format!("{start}–{end}, {length}, {}.", words::count(steps, "step")));
        }
        said
    }

    /// Who a handle stands for, with the role and the number to call; a team by its members.
    #[must_use]
    pub fn handle_in_short(&self, handle: &str) -> Option<String> {
        use crate::plan::{Handle, Owner};
        let roster = &self.plan().roster;
        let person = |id| {
            let person = roster.person(id);
            let name = self.names.full(id).to_owned();
            let facts = [Some(name), person.role.clone(), person.phone.clone(), person.email.clone()];
            facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(", ")
        };
        Some(match roster.means(handle)? {
            Handle::Person(id) => person(id),
            Handle::Team(id) => {
                let members: Vec<String> =
                    roster.team(id).members.iter().map(|member| person(*member)).collect();
                format!("one of: {}", members.join("; "))
            }
            Handle::Role(place) => match roster.roles.get(place)?.1? {
                Owner::Person(id) => format!("role: {}", person(id)),
                Owner::Team(id) => format!("role: the team {}", roster.team(id).handle.value),
            },
        })
    }
}

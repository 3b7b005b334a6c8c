//! Choices become a plan: valid, and with every part of the language that touches the schedule.

use proptest::prelude::*;

use crate::choices::{Choices, choices};
use crate::model::{Dates, Id, Kind, Length, Link, Model, Node, Owner, Person};

/// What a made-up plan may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// Clock times alone, links to steps alone, nothing dropped and nothing spanned: slack can be
    /// worked out by hand.
    Plain,
    /// As plain, and nobody and nothing is shared.
    Lonely,
    /// As lonely, and steps and phases may begin with whole phases; nothing follows directly.
    Begun,
}

impl Scope {
    fn is_lonely(self) -> bool {
        matches!(self, Self::Lonely | Self::Begun)
    }
}

/// Saturday, 2026-10-24 20:00 UTC: a clock change in Europe follows in the night.
const AUTUMN: i64 = 1_792_872_000;
/// Friday, 2026-12-04 06:00 UTC.
const WINTER: i64 = 1_796_364_000;
const ZONES: [&str; 4] = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"];

/// Made-up plans.
pub fn plans(scope: Scope) -> impl Strategy<Value = Model> {
    choices().prop_map(move |row| make(row, scope))
}

/// The plan that these choices make.
fn make(row: Vec<u16>, scope: Scope) -> Model {
    let mut choose = Choices::new(row);
    let mut maker = Maker { scope, moments: Vec::new(), model: header(&mut choose, scope) };
    let base = match maker.model.dates {
        Dates::Start(start) | Dates::Both(start, _) => start,
        Dates::T0(t0) => t0 - 4 * 3600,
        Dates::None => 0,
    };
    maker.moments = (0..40).map(|quarter| base + quarter * 900).collect();
    maker.phase(&mut choose, 0, 2);
    if maker.model.nodes.len() == 1 {
        maker.model.nodes.push(Node::new(Kind::Step, Some(0)));
    }
    part_strangers(&mut maker.model);
    maker.model
}

/// People who share no working hour do no work in days together.
fn part_strangers(model: &mut Model) {
    let regular = |person: &Person| person.zone.is_none() && person.hours != Some("22:00-06:00");
    let regular = |person: &Person| regular(person) && person.hours != Some("Sat 20:00-24:00");
    let all_regular = model.people.iter().all(regular);
    for id in 0..model.nodes.len() {
        let alone = model.owners(id).len() < 2;
        if matches!(model.nodes[id].length, Length::Work(_)) && !alone && !all_regular {
            model.nodes[id].length = Length::Clock(600);
        }
    }
}

fn header(choose: &mut Choices, scope: Scope) -> Model {
    let base = choose.one(&[WINTER, AUTUMN]);
    let dates = match choose.below(if scope.is_lonely() { 3 } else { 6 }) {
        0 | 1 => Dates::Start(base),
        2 => Dates::Both(base, base + 7200),
        3 | 4 => Dates::T0(base),
        _ => Dates::None,
    };
    let count = 1 + choose.below(5);
    let people: Vec<Person> = (0..count).map(|_| person(choose)).collect();
    let teams = (0..choose.below(3)).map(|_| members(choose, count)).collect();
    let dated = dates != Dates::None;
    let windows = if dated && choose.once_in(2) { vec![(base + 1800, base + 9000)] } else { Vec::new() };
    let closed = if choose.once_in(3) { vec!["2026-12-07", "2026-10-26..2026-10-27"] } else { Vec::new() };
    Model {
        dates,
        zone: choose.one(&ZONES),
        any_order_bullets: choose.once_in(4),
        roster: (0..count).collect(),
        people,
        teams,
        roles: (0..choose.below(2)).map(|role| role % count).collect(),
        locks: choose.below(3),
        down: Vec::new(),
        windows,
        closed,
        nodes: vec![Node::new(Kind::Phase(1), None)],
        prefix: "s",
    }
}

fn person(choose: &mut Choices) -> Person {
    Person {
        zone: if choose.once_in(4) { Some(choose.one(&ZONES)) } else { None },
        hours: match choose.below(6) {
            3 => Some("Mon-Fri 08:00-12:00"),
            4 => Some("22:00-06:00"),
            5 => Some("Sat 20:00-24:00"),
            _ => None,
        },
        away: if choose.once_in(6) { Some("2026-12-08..2026-12-09") } else { None },
    }
}

fn members(choose: &mut Choices, count: usize) -> Vec<usize> {
    let first = choose.below(count);
    (0..=choose.below(count)).map(|next| (first + next) % count).collect()
}

struct Maker {
    scope: Scope,
    /// Times that pins and bounds are taken from.
    moments: Vec<i64>,
    model: Model,
}

impl Maker {
    /// What stands inside a phase: a list, then phases.
    fn phase(&mut self, choose: &mut Choices, id: Id, depth: usize) {
        let list = if id == 0 { choose.below(3) } else { 1 + choose.below(5) };
        self.list(choose, id, list, 0);
        let phases = if depth > 4 { 0 } else { choose.below(if id == 0 { 5 } else { 3 }) };
        for _ in 0..phases {
            if choose.is_over() || self.model.nodes.len() > 50 {
                return;
            }
            let mut node = Node::new(Kind::Phase(depth), Some(id));
            self.attributes_of_group(choose, &mut node);
            self.model.nodes.push(node);
            let child = self.model.nodes.len() - 1;
            self.phase(choose, child, depth + 1);
        }
    }

    fn list(&mut self, choose: &mut Choices, id: Id, count: usize, depth: usize) {
        self.model.nodes[id].numbered = choose.once_in(2);
        for _ in 0..count {
            if self.model.nodes.len() > 60 {
                return;
            }
            if depth < 3 && self.model.nodes.len() < 55 && choose.once_in(8) {
                let mut node = Node::new(Kind::Group, Some(id));
                self.attributes_of_group(choose, &mut node);
                node.dropped = self.scope == Scope::All && choose.once_in(12);
                self.model.nodes.push(node);
                let child = self.model.nodes.len() - 1;
                let inside = 1 + choose.below(3);
                self.list(choose, child, inside, depth + 1);
            } else {
                let node = self.step(choose, id);
                self.model.nodes.push(node);
            }
        }
    }

    fn attributes_of_group(&mut self, choose: &mut Choices, node: &mut Node) {
        node.parallel = choose.once_in(4);
        node.any_order = choose.once_in(6);
        if choose.once_in(6) {
            node.owners = self.owners(choose);
        }
        if choose.once_in(12) {
            node.at = self.moment(choose);
        }
        if choose.once_in(12) {
            node.from = self.moment(choose);
        }
        if choose.once_in(12) {
            node.by = self.moment(choose);
        }
        if choose.once_in(12) {
            let link = choose.one(&[Link::After, Link::With]);
            self.link(choose, node, link);
            node.parallel |= link == Link::With;
        }
        if choose.once_in(12) && !self.model.windows.is_empty() {
            node.window = Some(0);
        }
        if self.scope == Scope::Begun && choose.once_in(2) {
            self.link(choose, node, Link::With);
            node.parallel = true;
        }
    }

    fn step(&mut self, choose: &mut Choices, parent: Id) -> Node {
        let mut node = Node::new(Kind::Step, Some(parent));
        node.length = Length::Clock(300 * (1 + choose.below(12) as i64));
        if choose.once_in(3) {
            node.wider = 300 * (1 + choose.below(8) as i64);
        }
        node.owners = self.owners(choose);
        match choose.below(16) {
            12 | 13 => node.kind = Kind::Milestone,
            14 => node.kind = Kind::Hold,
            15 => node.unattended = true,
            _ => {}
        }
        let plain = self.scope != Scope::All;
        if node.kind == Kind::Step && !node.unattended && !plain && choose.once_in(6) {
            node.length = Length::Work(1 + choose.below(3) as i64);
        }
        node.parallel = choose.once_in(if self.scope == Scope::Begun { 3 } else { 6 });
        node.late = !self.scope.is_lonely() && choose.once_in(8);
        node.dropped = !plain && choose.once_in(12);
        if node.kind != Kind::Milestone
            && self.model.locks > 0
            && !self.scope.is_lonely()
            && choose.once_in(4)
        {
            node.locks = vec![choose.below(self.model.locks)];
        }
        if choose.once_in(10) {
            node.from = self.moment(choose);
        }
        if choose.once_in(10) {
            node.by = self.moment(choose);
        }
        if choose.once_in(10) && !self.model.windows.is_empty() {
            node.window = Some(0);
        }
        match choose.below(18) {
            10 | 11 => self.link(choose, &mut node, Link::After),
            12 | 13 => {
                self.link(choose, &mut node, Link::After);
                self.link(choose, &mut node, Link::After);
            }
            14 if self.scope != Scope::Begun => self.link(choose, &mut node, Link::RightAfter),
            15 => self.link(choose, &mut node, Link::With),
            16 if !plain && node.kind == Kind::Step => self.link(choose, &mut node, Link::During),
            17 => node.at = self.moment(choose),
            _ => {}
        }
        node
    }

    fn owners(&self, choose: &mut Choices) -> Vec<Owner> {
        if self.scope.is_lonely() {
            return Vec::new();
        }
        let people = self.model.people.len();
        match choose.below(12) {
            0 => Vec::new(),
            8 if people > 1 => vec![Owner::Person(0), Owner::Person(people - 1)],
            9 if !self.model.teams.is_empty() => vec![Owner::Team(choose.below(self.model.teams.len()))],
            10 if !self.model.roles.is_empty() => vec![Owner::Role(0)],
            _ => vec![Owner::Person(choose.below(people))],
        }
    }

    /// A link to something that stands before, and is not around.
    fn link(&self, choose: &mut Choices, node: &mut Node, link: Link) {
        let model = &self.model;
        let around: Vec<Id> =
            std::iter::successors(node.parent, |around| model.nodes[*around].parent).collect();
        let begins = self.scope == Scope::Begun && link == Link::With;
        let steps_only = self.scope != Scope::All && link != Link::After && !begins;
        let fits = |id: &Id| !around.contains(id) && (!steps_only || model.nodes[*id].is_step());
        let spans = |id: &Id| model.nodes[*id].links.iter().any(|(link, ..)| *link == Link::During);
        let fits = |id: &Id| fits(id) && !(link == Link::RightAfter && spans(id));
        let targets: Vec<Id> = (1..model.nodes.len()).filter(fits).collect();
        if targets.is_empty() {
            return;
        }
        // The nearest first.
        let target = targets[targets.len() - 1 - choose.below(targets.len())];
        let has_lag = matches!(link, Link::After | Link::With) && choose.once_in(3);
        let lag = if has_lag { 300 * (1 + choose.below(6) as i64) } else { 0 };
        if !node.links.iter().any(|(_, known, _)| *known == target) {
            node.links.push((link, target, lag));
            if link == Link::During {
                // Nothing is written; the plan's default holds where what it spans is not there.
                node.length = Length::Clock(600);
            }
        }
    }

    fn moment(&self, choose: &mut Choices) -> Option<i64> {
        Some(choose.one(&self.moments))
    }
}

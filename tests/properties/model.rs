//! A plan as the tests think of it: a tree of phases, groups and steps, and the text it is written as.
//!
//! Times are seconds since 1970, or since T in a plan without a date. Every step stands on a line of
//! its own and has a written id.

use std::fmt::Write;

use chrono::{DateTime, Utc};

/// Names a phase, a group or a step: its place in written order.
pub type Id = usize;

/// What a plan counts its times from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// `start`, and everything from there.
    Start(i64),
    /// `t0` alone: backward from the pins.
    T0(i64),
    /// Both.
    Both(i64, i64),
    /// Neither.
    None,
}

/// A plan.
#[derive(Clone)]
pub struct Model {
    pub dates: Dates,
    pub zone: &'static str,
    pub any_order_bullets: bool,
    pub people: Vec<Person>,
    /// The order in which the roster is written.
    pub roster: Vec<usize>,
    /// Teams, by their members.
    pub teams: Vec<Vec<usize>>,
    /// Roles, by who has them.
    pub roles: Vec<usize>,
    /// How many systems there are to lock.
    pub locks: usize,
    /// Those that are down at first.
    pub down: Vec<usize>,
    /// Windows, by start and end.
    pub windows: Vec<(i64, i64)>,
    /// Days on which nobody works.
    pub closed: Vec<&'static str>,
    /// In written order; the plan itself is the first.
    pub nodes: Vec<Node>,
    /// What ids begin with.
    pub prefix: &'static str,
}

/// A plan that fails is shown as its text.
impl std::fmt::Debug for Model {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "\n{}", self.text())
    }
}

/// Somebody on the roster.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub zone: Option<&'static str>,
    pub hours: Option<&'static str>,
    pub away: Option<&'static str>,
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Person(usize),
    Team(usize),
    Role(usize),
}

/// How long a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Seconds by the clock.
    Clock(i64),
    /// Working days.
    Work(i64),
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The plan, or a heading at this depth from 2.
    Phase(usize),
    /// An item with steps inside.
    Group,
    Step,
    Milestone,
    Hold,
}

/// How a step or phase is linked to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    After,
    RightAfter,
    With,
    During,
}

/// A phase, a group or a step.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    pub parent: Option<Id>,
    /// Whether the list inside it (that it is the head of) is numbered.
    pub numbered: bool,
    pub length: Length,
    /// How much longer it takes at worst, in seconds; only of lengths by the clock.
    pub wider: i64,
    pub owners: Vec<Owner>,
    pub locks: Vec<usize>,
    pub uses: Vec<usize>,
    pub stops: Vec<usize>,
    pub starts: Vec<usize>,
    /// The kind, the node named, and the lag in seconds.
    pub links: Vec<(Link, Id, i64)>,
    pub at: Option<i64>,
    pub from: Option<i64>,
    pub by: Option<i64>,
    pub window: Option<usize>,
    pub parallel: bool,
    pub any_order: bool,
    pub late: bool,
    pub unattended: bool,
    pub dropped: bool,
}

impl Node {
    /// A node without anything special about it.
    pub fn new(kind: Kind, parent: Option<Id>) -> Self {
        Self {
            kind,
            parent,
            numbered: false,
            length: Length::Clock(600),
            wider: 0,
            owners: Vec::new(),
            locks: Vec::new(),
            uses: Vec::new(),
            stops: Vec::new(),
            starts: Vec::new(),
            links: Vec::new(),
            at: None,
            from: None,
            by: None,
            window: None,
            parallel: false,
            any_order: false,
            late: false,
            unattended: false,
            dropped: false,
        }
    }

    /// Whether it is a leaf: a step, a milestone or a hold.
    pub fn is_step(&self) -> bool {
        matches!(self.kind, Kind::Step | Kind::Milestone | Kind::Hold)
    }

    /// Whether it is a heading or the plan.
    pub fn is_phase(&self) -> bool {
        matches!(self.kind, Kind::Phase(_))
    }
}

impl Model {
    /// The id under which a node is written.
    pub fn name(&self, id: Id) -> String {
        format!("{}{id}", self.prefix)
    }

    /// What stands directly inside a node.
    pub fn children(&self, id: Id) -> Vec<Id> {
        (id + 1..self.nodes.len()).filter(|child| self.nodes[*child].parent == Some(id)).collect()
    }

    /// What a node stands in, from the inside out.
    pub fn around(&self, id: Id) -> Vec<Id> {
        std::iter::successors(self.nodes[id].parent, |around| self.nodes[*around].parent).collect()
    }

    /// The steps inside a node that are not dropped; itself, if it is one.
    pub fn steps(&self, id: Id) -> Vec<Id> {
        let inside = |step: &Id| *step == id || self.around(*step).contains(&id);
        let counts = |step: &Id| self.nodes[*step].is_step() && !self.is_dropped(*step);
        (id..self.nodes.len()).filter(counts).filter(inside).collect()
    }

    /// Whether a node is dropped, or stands inside something that is.
    pub fn is_dropped(&self, id: Id) -> bool {
        self.nodes[id].dropped || self.around(id).iter().any(|around| self.nodes[*around].dropped)
    }

    /// Who does a step: its own owners, else those of what it stands in.
    pub fn owners(&self, id: Id) -> &[Owner] {
        let own_first = std::iter::once(id).chain(self.around(id));
        let named = own_first.map(|id| self.nodes[id].owners.as_slice()).find(|list| !list.is_empty());
        named.unwrap_or_default()
    }

    /// Whether anything is pinned.
    pub fn has_pins(&self) -> bool {
        self.nodes.iter().any(|node| node.at.is_some())
    }

    /// Whether the plan has no start of its own, so that pins decide when it starts.
    pub fn starts_backward(&self) -> bool {
        matches!(self.dates, Dates::T0(_) | Dates::None)
    }

    /// Whether the plan has a date.
    pub fn is_dated(&self) -> bool {
        self.dates != Dates::None
    }

    /// The plan as text.
    pub fn text(&self) -> String {
        let mut text = self.front_matter();
        for id in 1..self.nodes.len() {
            self.write(id, &mut text);
        }
        text
    }

    fn front_matter(&self) -> String {
        let mut text = format!("---\ntitle: Made up\ntimezone: {}\n", self.zone);
        let (start, t0) = match self.dates {
            Dates::Start(start) => (Some(start), None),
            Dates::T0(t0) => (None, Some(t0)),
            Dates::Both(start, t0) => (Some(start), Some(t0)),
            Dates::None => (None, None),
        };
        for (key, time) in [("start", start), ("t0", t0)] {
            if let Some(time) = time {
                let _ = writeln!(text, "{key}: {}", absolute(time));
            }
        }
        if self.any_order_bullets {
            text.push_str("bullets: any-order\n");
        }
        text.push_str("people:\n");
        for &person in &self.roster {
            let about = &self.people[person];
            let _ = write!(text, "  p{person}: {{ name: Person {person}");
            if let Some(zone) = about.zone {
                let _ = write!(text, ", timezone: \"{zone}\"");
            }
            let facts = [("hours", about.hours), ("away", about.away)];
            for (key, value) in facts.into_iter().filter_map(|(key, value)| Some((key, value?))) {
                let _ = write!(text, ", {key}: [\"{value}\"]");
            }
            text.push_str(" }\n");
        }
        let handles =
            |list: &[usize]| list.iter().map(|one| format!("p{one}")).collect::<Vec<_>>().join(", ");
        let teams = self.teams.iter().enumerate().map(|(at, team)| format!("  t{at}: [{}]\n", handles(team)));
        section(&mut text, "teams", teams);
        let roles = self.roles.iter().enumerate().map(|(at, person)| format!("  r{at}: p{person}\n"));
        section(&mut text, "roles", roles);
        section(
            &mut text,
            "systems",
            (0..self.locks).map(|lock| {
                let state = if self.down.contains(&lock) { "down" } else { "up" };
                format!("  l{lock}: {state}\n")
            }),
        );
        let window = |(at, (start, end)): (usize, &(i64, i64))| {
            format!("  w{at}: {} .. {}\n", absolute(*start), absolute(*end))
        };
        section(&mut text, "windows", self.windows.iter().enumerate().map(window));
        section(&mut text, "closed", self.closed.iter().map(|day| format!("  - {day}\n")));
        text.push_str("---\n");
        text
    }

    fn write(&self, id: Id, text: &mut String) {
        let node = &self.nodes[id];
        let braces = self.braces(id);
        if let Kind::Phase(depth) = node.kind {
            let _ = write!(text, "\n{} Phase {id} {braces}\n\n", "#".repeat(depth));
            return;
        }
        let parent = &self.nodes[node.parent.expect("an item stands in something")];
        let depth = self.around(id).iter().filter(|around| self.nodes[**around].kind == Kind::Group).count();
        let marker = if parent.numbered { "1." } else { "-" };
        let mark = if node.dropped { '-' } else { ' ' };
        let _ = writeln!(text, "{}{marker} [{mark}] Item {id} {braces}", "   ".repeat(depth));
    }

    fn braces(&self, id: Id) -> String {
        let node = &self.nodes[id];
        let mut words = vec![format!("#{}", self.name(id))];
        words.extend(node.owners.iter().map(|owner| match owner {
            Owner::Person(person) => format!("@p{person}"),
            Owner::Team(team) => format!("@t{team}"),
            Owner::Role(role) => format!("@r{role}"),
        }));
        let spans = node.links.iter().any(|(link, ..)| *link == Link::During);
        match node.kind {
            Kind::Step | Kind::Hold if !spans => words.push(match node.length {
                Length::Clock(seconds) if node.wider > 0 => {
                    let planned = duration(seconds);
                    format!("{planned}..{planned}..{}", duration(seconds + node.wider))
                }
                Length::Clock(seconds) => duration(seconds),
                Length::Work(days) => format!("{days}d"),
            }),
            _ => {}
        }
        for (link, target, lag) in &node.links {
            let key = match link {
                Link::After => "after",
                Link::RightAfter => "right-after",
                Link::With => "with",
                Link::During => "during",
            };
            let lag = if *lag > 0 { format!("+{}", duration(*lag)) } else { String::new() };
            words.push(format!("{key}={}{lag}", self.name(*target)));
        }
        for (key, time) in [("at", node.at), ("from", node.from), ("by", node.by)] {
            words.extend(time.map(|time| format!("{key}={}", self.time(time))));
        }
        words.extend(node.window.map(|window| format!("in=w{window}")));
        let systems =
            [("locks", &node.locks), ("uses", &node.uses), ("stops", &node.stops), ("starts", &node.starts)];
        for (key, list) in systems.into_iter().filter(|(_, list)| !list.is_empty()) {
            let names: Vec<String> = list.iter().map(|system| format!("l{system}")).collect();
            words.push(format!("{key}={}", names.join(",")));
        }
        let flags = [
            (".milestone", node.kind == Kind::Milestone),
            (".hold", node.kind == Kind::Hold),
            (".parallel", node.parallel),
            (".any-order", node.any_order),
            (".late", node.late),
            (".unattended", node.unattended),
        ];
        words.extend(flags.iter().filter(|(_, holds)| *holds).map(|(flag, _)| (*flag).to_owned()));
        format!("{{{}}}", words.join(" "))
    }

    /// A time in braces: from T where there is one, else with its offset.
    fn time(&self, time: i64) -> String {
        let t0 = match self.dates {
            Dates::Start(_) => return absolute(time),
            Dates::T0(t0) | Dates::Both(_, t0) => t0,
            Dates::None => 0,
        };
        match time - t0 {
            0 => "T".to_owned(),
            before if before < 0 => format!("T-{}", duration(-before)),
            after => format!("T+{}", duration(after)),
        }
    }
}

fn section(text: &mut String, key: &str, lines: impl Iterator<Item = String>) {
    let lines: String = lines.collect();
    if !lines.is_empty() {
        let _ = write!(text, "{key}:\n{lines}");
    }
}

/// `2026-12-05T22:00+00:00`
pub fn absolute(time: i64) -> String {
    let time: DateTime<Utc> = DateTime::from_timestamp(time, 0).expect("a time of this century");
    time.format("%Y-%m-%dT%H:%M+00:00").to_string()
}

/// `90m`
pub fn duration(seconds: i64) -> String {
    if seconds % 60 == 0 { format!("{}m", seconds / 60) } else { format!("{seconds}s") }
}

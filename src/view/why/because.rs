//! The reasons of starts in words.

use super::{LAST_OF_CHAIN, LONGEST_CHAIN, Telling};
use crate::graph::{Cause, Waits};
use crate::plan::{Duration, Given, NodeId, Owner, PersonId};
use crate::schedule::{Because, Earlier, Hold, Wait};
use crate::view::words;

impl Telling<'_, '_> {
    // The chain.

    pub(super) fn chain(&self) -> Vec<String> {
        let chain = &self.why.chain;
        let all = chain.iter().map(|because| self.because(because));
        if chain.len() <= LONGEST_CHAIN {
            return all.collect();
        }
        let first = LONGEST_CHAIN - LAST_OF_CHAIN;
        let left_out = chain.len() - LONGEST_CHAIN;
        let mut lines: Vec<String> = all.clone().take(first).collect();
        lines.push(format!("… and so on for {}, down to:", words::count(left_out, "step")));
        lines.extend(all.skip(first + left_out));
        lines
    }

    /// `3. Migrate the schema starts 23:20 because it waits for …`
    fn because(&self, because: &Because) -> String {
        let start = self.at(because.start);
        let mut said = format!("{} starts {start} because {}", self.name(because.step), self.hold(because));
        if because.off_duty {
            said.push_str(", and working hours begin again");
        }
        let own = because.step == self.why.step;
        match self.assumed(because.step).filter(|_| !own) {
            Some(assumed) => format!("{said}. {assumed}."),
            None => format!("{said}."),
        }
    }

    /// What a step waited for last, in words that follow "because".
    fn hold(&self, because: &Because) -> String {
        self.hold_of(&because.hold, because)
    }

    fn hold_of(&self, hold: &Hold, because: &Because) -> String {
        let node = self.node(because.step);
        match hold {
            Hold::Start => self.start(because),
            Hold::Waits(waits) => {
                let alike = waits.chunk_by(is_alike);
                let waits: Vec<String> = alike.map(|waits| self.wait(waits, because)).collect();
                waits.join(", and ")
            }
            Hold::Spans(steps) => {
                let link = node.during().map(|link| {
                    let word = self.presenter.sources.text(link.span);
                    format!(" (`during={word}`, {})", self.presenter.line_of(link.span))
                });
                format!("it spans {}{}, which starts then", self.names(steps), link.unwrap_or_default())
            }
            Hold::Busy { people, steps } if people.is_empty() || steps.is_empty() => {
                "the time before is kept free for steps that lead to a fixed time".to_owned()
            }
            Hold::Busy { people, steps } => {
                let names: Vec<String> = people.iter().map(|who| self.owner(because.step, *who)).collect();
                let is = if people.len() == 1 { "is" } else { "are" };
                format!("{} {is} busy with {} until then", words::listed(&names), self.names(steps))
            }
            Hold::Locked { systems, steps } => {
                let systems: Vec<String> = systems
                    .iter()
                    .map(|system| format!("`{}`", self.presenter.plan().systems[system.index()].name))
                    .collect();
                let has = if steps.len() == 1 { "has" } else { "have" };
                format!("{} {has} {} locked until then", self.names(steps), words::listed(&systems))
            }
            Hold::Pin(around) => {
                let pinned = around.unwrap_or(because.step);
                let what = if *around == Some(pinned) { self.name(pinned) } else { "it".to_owned() };
                let written = self.node(pinned).at.as_ref().map(|at| format!(" ({})", self.written(at)));
                format!("{what} is pinned to that time{}", written.unwrap_or_default())
            }
            Hold::From(index) => match node.from.get(*index) {
                Some(from) => match from.inherited {
                    Some(around) => {
                        format!(
                            "nothing in {} may begin before that ({})",
                            self.name(around),
                            self.written(from)
                        )
                    }
                    None => format!("it may not begin before that ({})", self.written(from)),
                },
                None => "it may not begin before that".to_owned(),
            },
            Hold::Window => self.window(because.step),
            Hold::Late => self.late(because.step),
            Hold::Leads { follower, hold } => {
                let link = self
                    .node(*follower)
                    .links
                    .iter()
                    .find(|link| link.kind == crate::plan::LinkKind::RightAfter);
                let written = link.map(|link| {
                    let word = self.presenter.sources.text(link.span);
                    format!(" (`right-after={word}`, {})", self.presenter.line_of(link.span))
                });
                let inner = Because { step: *follower, ..because.clone() };
                format!(
                    "{} must follow at once{}, and for that one {}",
                    self.name(*follower),
                    written.unwrap_or_default(),
                    self.hold_of(hold, &inner)
                )
            }
        }
    }

    fn start(&self, because: &Because) -> String {
        let presenter = self.presenter;
        let plan = presenter.plan();
        if self.node(because.step).way_back.is_some() {
            return "the way back is called then".to_owned();
        }
        if because.start != presenter.schedule().main.start {
            return "the time before is kept free for steps that lead to a fixed time".to_owned();
        }
        let line = |span| presenter.line_of(span);
        match (&plan.header.start, &plan.header.t0) {
            (Some(start), _) => format!("the plan starts then (`start`, {})", line(start.span)),
            _ if plan.nodes.iter().any(|node| node.at.is_some() && node.way_back.is_none()) => {
                "the plan starts then, counted back so that every fixed time is met".to_owned()
            }
            (None, Some(t0)) => format!("the plan starts at T-0 (`t0`, {})", line(t0.span)),
            (None, None) => "the plan starts then".to_owned(),
        }
    }

    /// `it waits for 2. Stop the API (numbered list, line 25), which ends then`; several that are waited
    /// for in the same way are said as one.
    fn wait(&self, waits: &[Wait], because: &Because) -> String {
        let wait = &waits[0];
        let one = waits.len() == 1;
        let begins = matches!(wait.waits, Waits::With | Waits::During);
        let mut when = if wait.until == because.start { "then".to_owned() } else { self.at(wait.until) };
        let lag = wait.lag;
        let lagged = wait.lag != Duration::default();
        if lagged && !begins {
            when = format!("{when}, and {lag} more");
        }
        let steps: Vec<NodeId> = waits.iter().map(|wait| wait.step).collect();
        let (before, cause) = (self.names(&steps), self.cause(wait));
        let Some(around) = wait.all_of else {
            let each: Vec<String> =
                waits.iter().map(|wait| format!("{}{}", self.name(wait.step), self.cause(wait))).collect();
            let each = words::listed(&each);
            let (start, end) = if one { ("starts", "ends") } else { ("start", "end") };
            return match wait.waits {
                Waits::With | Waits::During if lagged => {
                    format!("it starts {lag} after {each}, which {start} {when}")
                }
                Waits::With | Waits::During => format!("it starts with {each}, which {start} {when}"),
                Waits::RightAfter if one && !lagged => {
                    format!("it follows {before} at once{cause}, when that ends")
                }
                _ => format!("it waits for {each}, which {end} {when}"),
            };
        };
        let whole = self.name(around);
        if begins {
            let start = if one { "starts" } else { "start" };
            let after = if lagged { format!("{lag} after") } else { "with".to_owned() };
            return format!("it starts {after} {whole}{cause}, of which {before} {start} first, {when}");
        }
        let waiting = match wait.into.filter(|_| !matches!(wait.cause, Cause::Written(..))) {
            Some(into) => format!("all of {} waits", self.name(into)),
            None => "it waits".to_owned(),
        };
        if one && self.is_alone(around, wait.step) {
            return format!("{waiting} for {whole}{cause}, which ends with {before}, {when}");
        }
        let end = if one { "ends" } else { "end" };
        format!("{waiting} for all of {whole}{cause}, of which {before} {end} last, {when}")
    }

    /// Whether nothing but one step counts in a phase.
    fn is_alone(&self, around: NodeId, step: NodeId) -> bool {
        let inside = around.index() + 1..self.node(around).end.index();
        inside.map(NodeId::new).all(|id| id == step || self.placed(id).is_none())
    }

    /// ` (numbered list, line 25)`, or the word that says it, with its line.
    fn cause(&self, wait: &Wait) -> String {
        let first = self.node(wait.all_of.unwrap_or(wait.step)).span;
        let line = |span| self.presenter.line_of(span);
        match wait.cause {
            Cause::NumberedList => format!(" (numbered list, {})", line(first)),
            Cause::BulletedList => format!(" (bulleted list, {})", line(first)),
            Cause::PageOrder => format!(" (page order, {})", line(first)),
            Cause::Inside => String::new(),
            Cause::Written(kind, span) => {
                format!(" (`{}{}`, {})", kind.word(), self.presenter.sources.text(span), line(span))
            }
        }
    }

    /// A word of the plan with its line, and the phase that hands it down.
    pub(super) fn written<T>(&self, given: &Given<T>) -> String {
        let presenter = self.presenter;
        let (word, line) = (presenter.sources.text(given.span), presenter.line_of(given.span));
        match given.inherited {
            Some(around) => format!("`{word}` on {}, {line}", self.name(around)),
            None => format!("`{word}`, {line}"),
        }
    }

    /// Who does a step; where that is handed down, from where.
    fn owner(&self, step: NodeId, person: PersonId) -> String {
        let plan = self.presenter.plan();
        let name = self.presenter.names.list(&[person]);
        let owners = &self.node(step).owners;
        let given = owners.iter().find(|given| match given.value {
            Owner::Person(own) => own == person,
            Owner::Team(team) => plan.roster.team(team).members.contains(&person),
        });
        match given.filter(|given| given.inherited.is_some()) {
            Some(given) => format!("{name} ({})", self.written(given)),
            None => name,
        }
    }

    fn window(&self, step: NodeId) -> String {
        let Some(given) = &self.node(step).window else { return "its window opens then".to_owned() };
        let name = &self.presenter.plan().windows[given.value.index()].name;
        let line = self.presenter.line_of(given.span);
        match given.inherited {
            Some(around) => {
                format!("its window `{name}` opens then (`in=` on {}, {line})", self.name(around))
            }
            None => format!("its window `{name}` opens then (`in=`, {line})"),
        }
    }

    /// What keeps a late step from being later still.
    fn late(&self, step: NodeId) -> String {
        let node = self.node(step);
        let line = node.step.as_ref().and_then(|step| step.late).map(|span| self.presenter.line_of(span));
        let said = format!("it is `.late` ({}): as late as can be", line.unwrap_or_default());
        let Some(placed) = self.placed(step) else { return said };
        let waiting = self.presenter.told().next[step.index()]
            .iter()
            .find(|id| self.placed(**id).is_some_and(|next| next.start == placed.finish));
        let window =
            node.window.as_ref().and_then(|given| self.presenter.schedule().windows[given.value.index()]);
        if let Some(waiting) = waiting {
            format!("{said} before {}, which begins when it ends", self.name(*waiting))
        } else if placed.by == Some(placed.finish) {
            format!("{said} before its deadline")
        } else if window.is_some_and(|window| window.end == placed.finish) {
            format!("{said} before its window closes")
        } else {
            format!("{said} without moving anything else")
        }
    }

    // What would have to change.

    pub(super) fn earlier(&self, earlier: &Earlier) -> String {
        let changes: Vec<String> = earlier.without.iter().map(|hold| self.without(hold)).collect();
        let changes = words::listed(&changes);
        let now = Because {
            step: self.why.step,
            start: self.placed(self.why.step).map_or(crate::schedule::Moment(0), |placed| placed.start),
            hold: earlier.still.clone(),
            off_duty: false,
        };
        match &earlier.then {
            Some(then) => {
                let start = self.at(then.start);
                format!(
                    "{}, it could start {start}; no earlier, because {}.",
                    capital(&changes),
                    self.hold(then)
                )
            }
            None if changes.is_empty() => match &earlier.still {
                Hold::Spans(steps) => {
                    format!("It starts whenever {} does: ask about that.", self.names(steps))
                }
                _ => self.only_with_the_plan(),
            },
            None => format!("Not even {changes}, because {}.", self.hold(&now)),
        }
    }

    /// What begins with the plan begins earlier with the plan alone.
    fn only_with_the_plan(&self) -> String {
        let plan = self.presenter.plan();
        if self.node(self.why.step).way_back.is_some() {
            return "No: it begins as soon as the way back is called.".to_owned();
        }
        let pinned = plan.nodes.iter().any(|node| node.at.is_some() && node.way_back.is_none());
        match &plan.header.start {
            Some(start) => {
                let line = self.presenter.line_of(start.span);
                format!("Only if the plan itself began earlier (`start`, {line}).")
            }
            None if pinned => {
                "Only if the plan itself began earlier: its start is counted back from the fixed \
                times, and `start:` in the front matter would set another."
                    .to_owned()
            }
            None => "Only if the plan itself began earlier.".to_owned(),
        }
    }

    /// A change of the plan that takes a hold away.
    fn without(&self, hold: &Hold) -> String {
        match hold {
            Hold::Waits(waits) => {
                let mut steps: Vec<NodeId> = waits.iter().map(|wait| wait.step).collect();
                steps.dedup();
                format!("without {}", self.names(&steps))
            }
            Hold::Busy { steps, .. } => format!("if somebody else did {}", self.names(steps)),
            Hold::Locked { steps, .. } => format!("if {} locked nothing", self.names(steps)),
            Hold::Pin(None) => "without its pin".to_owned(),
            Hold::Pin(Some(around)) => format!("without the pin of {}", self.name(*around)),
            Hold::From(_) => "without its `from=`".to_owned(),
            Hold::Window => "outside its window".to_owned(),
            Hold::Late => "without `.late`".to_owned(),
            Hold::Leads { follower, .. } => {
                format!("if {} did not have to follow at once", self.name(*follower))
            }
            Hold::Start => "if the plan began earlier".to_owned(),
            Hold::Spans(steps) => format!("without {}", self.names(steps)),
        }
    }
}

/// Whether two steps are waited for in the same way.
fn is_alike(a: &Wait, b: &Wait) -> bool {
    let written = |wait: &Wait| matches!(wait.cause, Cause::Written(..));
    let alike = (a.waits, a.lag, a.all_of, a.into) == (b.waits, b.lag, b.all_of, b.into);
    alike && if a.all_of.is_some() { a.cause == b.cause } else { written(a) == written(b) }
}

/// With a capital at the beginning, as a sentence has it.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! Why a step starts when it does, as a colleague would say it: the reasons back to the beginning, what
//! would let it start earlier, what breaks when it slips, and who waits for it.
//!
//! What comes in is the answer of `schedule`; what goes out is text for a terminal, with every step by the
//! number that is called out and every reason with the line on which it stands.

mod because;
mod later;

use super::presenter::Presenter;
use super::show::wrapped;
use super::words;
use crate::plan::{Node, NodeId, NodeKind, Presence};
use crate::schedule::{Moment, Placed, ReasonKind, Why, shown_length};
use crate::source::Span;

/// Of a longer chain the first and the last reasons are told.
const LONGEST_CHAIN: usize = 30;
const LAST_OF_CHAIN: usize = 4;

/// Whoever waits for a step is named up to this number.
const MOST_WAITING: usize = 12;

/// One answer in the making.
struct Telling<'a, 'b> {
    presenter: &'a Presenter<'b>,
    why: &'a Why,
    /// The day that need not be said again.
    day: Option<chrono::NaiveDate>,
}

impl Presenter<'_> {
    /// The answer as text, in so many columns. `around` is the phase or group that was asked about, where
    /// it was not the step itself.
    #[must_use]
    pub fn why(&self, why: &Why, around: Option<NodeId>, width: usize) -> String {
        let day = self.placed(why.step).and_then(|placed| self.words.day(placed.start));
        let telling = Telling { presenter: self, why, day };
        let mut out = self.why_head();
        telling.section("", &telling.opening(around), width, &mut out);
        telling.section("Why then", &telling.chain(), width, &mut out);
        let earlier: Vec<String> = why.earlier.iter().map(|earlier| telling.earlier(earlier)).collect();
        telling.section("To start earlier", &earlier, width, &mut out);
        telling.section("If it slips", &telling.later(), width, &mut out);
        telling.section("After it", &telling.after(), width, &mut out);
        out
    }

    /// The first sentence of each part of the answer, for those who only point at a step.
    pub(super) fn why_in_short(&self, why: &Why) -> Vec<String> {
        let day = self.placed(why.step).and_then(|placed| self.words.day(placed.start));
        let telling = Telling { presenter: self, why, day };
        let mut said = telling.opening(None);
        said.extend(telling.chain().into_iter().next());
        said.extend(telling.later().into_iter().next());
        said
    }

    /// A step itself; of a phase or group the first step inside to start, by number.
    #[must_use]
    pub fn first_step(&self, asked: NodeId) -> Option<NodeId> {
        let plan = self.plan();
        let line = plan.node(asked).way_back;
        let inside = (asked.index()..plan.node(asked).end.index().max(asked.index() + 1)).map(NodeId::new);
        let steps = inside.filter(|id| plan.node(*id).way_back == line);
        steps.filter_map(|id| Some((self.placed(id)?.number, id))).min().map(|(_, id)| id)
    }

    /// The answer for a step that does not count.
    #[must_use]
    pub fn why_not(&self, step: NodeId, width: usize) -> String {
        let node = self.plan().node(step);
        let (title, line) = (self.title(node), self.line_of(node.span));
        let said = match (&self.plan().variant, node.presence) {
            (Some(variant), Presence::LeftOut) => format!(
                "{title} ({line}) is left out of the variant {variant}: it has no time here, and what would \
                 wait for it waits for what it would wait for."
            ),
            (_, Presence::Here) => format!("{title} ({line}) holds no step that counts, so it has no time."),
            _ => format!(
                "{title} ({line}) is dropped: it takes no time, and what waited for it waits for what it \
                 waited for."
            ),
        };
        let mut out = self.why_head();
        out.push('\n');
        wrapped(&said, 0, width, &mut out);
        out
    }

    /// Which plan this is about, and what changes it.
    fn why_head(&self) -> String {
        let head = self.head();
        let mut out = format!("{}  {}  {}\n", head.title, head.draft, head.hash);
        if !head.variant.is_empty() {
            out.push_str(&format!("variant {}\n", head.variant));
        }
        for line in head.stand_ins.iter().chain(&head.as_if) {
            out.push_str(&format!("{line}\n"));
        }
        if !head.trouble.is_empty() {
            out.push_str(&format!("! {}\n", head.trouble));
        }
        out
    }

    /// `line 12`, with the file where the plan has several.
    fn line_of(&self, span: Span) -> String {
        let line = self.sources.position(span).line;
        if span.source == self.plan().document.source {
            return format!("line {line}");
        }
        let name = std::path::Path::new(&self.sources.get(span.source).name);
        let file = name.file_name().map(|file| file.to_string_lossy().into_owned());
        format!("{}, line {line}", file.unwrap_or_default())
    }
}

impl Telling<'_, '_> {
    fn section(&self, title: &str, lines: &[String], width: usize, out: &mut String) {
        out.push('\n');
        if !title.is_empty() {
            out.push_str(&format!("{title}\n"));
        }
        let indent = if title.is_empty() { 0 } else { 2 };
        for line in lines {
            wrapped(line, indent, width, out);
        }
    }

    fn node(&self, id: NodeId) -> &Node {
        self.presenter.plan().node(id)
    }

    fn placed(&self, id: NodeId) -> Option<&Placed> {
        self.presenter.placed(id)
    }

    /// A step as it is called out, `3. Migrate the schema`; a phase by its title in quotes.
    fn name(&self, id: NodeId) -> String {
        let title = self.presenter.title(self.node(id));
        match self.placed(id) {
            Some(_) => format!("{}. {title}", self.presenter.number(id)),
            None => format!("\"{title}\""),
        }
    }

    fn names(&self, ids: &[NodeId]) -> String {
        words::listed(&ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>())
    }

    /// A moment, with its day where that is another one than the step's.
    fn at(&self, moment: Moment) -> String {
        let words = self.presenter.words;
        if self.node(self.why.step).way_back.is_some() {
            words::signed(moment.0, 'R')
        } else if words.day(moment) == self.day {
            words.alone(moment)
        } else {
            words.short(moment)
        }
    }

    /// A deadline, with its day where that is another one.
    fn by(&self, moment: Moment) -> String {
        let midnight = self.presenter.words.deadline(moment);
        if midnight.ends_with("24:00") && self.node(self.why.step).way_back.is_none() {
            midnight
        } else {
            self.at(moment)
        }
    }

    fn who(&self, id: NodeId) -> String {
        self.placed(id).map(|placed| self.presenter.who(placed)).unwrap_or_default()
    }

    // What it is about.

    fn opening(&self, around: Option<NodeId>) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(around) = around {
            let kind = if self.node(around).kind == NodeKind::Phase { "phase" } else { "group" };
            lines.push(format!(
                "The {kind} {} begins with its first step, so this is about that.",
                self.name(around)
            ));
        }
        let Some(placed) = self.placed(self.why.step) else { return lines };
        let node = self.node(self.why.step);
        let who = self.who(self.why.step);
        let who = if who.is_empty() { String::new() } else { format!(" ({who})") };
        let start = if node.way_back.is_some() {
            format!("{} after the call", self.at(placed.start))
        } else {
            self.presenter.words.full(placed.start)
        };
        let finish = self.at(placed.finish);
        let name = self.name(self.why.step);
        // A deadline on the way may leave less than the end and the pins of the plan do.
        let breaks = self.why.later.breaks.first().map_or(placed.slack, |first| first.room);
        let slack = match (placed.slack, breaks) {
            (0, _) => "It is critical".to_owned(),
            (slack, first) if first <= 0 => {
                format!(
                    "It may not slip, though the plan would still end in time with {}",
                    shown_length(slack)
                )
            }
            (slack, first) if first < slack => format!(
                "It may slip {}; the plan would still end in time with {}",
                shown_length(first),
                shown_length(slack)
            ),
            (slack, _) => format!("It may slip {}", shown_length(slack)),
        };
        lines.push(if placed.start == placed.finish {
            format!("{name}{who} is at {start}. {slack}.")
        } else {
            format!("{name}{who} starts {start} and ends {finish}. {slack}.")
        });
        if placed.worst.start != placed.start || placed.worst.end != placed.finish {
            let (start, finish) = (self.at(placed.worst.start), self.at(placed.worst.end));
            lines.push(if start == finish {
                format!("When every range takes its longest, it is at {start}.")
            } else {
                format!("When every range takes its longest, it starts {start} and ends {finish}.")
            });
        }
        lines.extend(self.assumed(self.why.step).map(|said| format!("{said}.")));
        lines
    }

    /// That nobody has estimated a step.
    fn assumed(&self, id: NodeId) -> Option<String> {
        self.placed(id).filter(|placed| placed.assumed)?;
        let assumed = self.presenter.plan().assumed_seconds(self.node(id));
        Some(format!("Its {} is assumed: nobody has estimated it", shown_length(assumed)))
    }

    // Who waits.

    fn after(&self) -> Vec<String> {
        let Some(placed) = self.placed(self.why.step) else { return Vec::new() };
        let told = &self.presenter.told().next[self.why.step.index()];
        let starts = |id: &NodeId| {
            self.placed(*id)
                .map(|placed| placed.start)
                .or_else(|| self.presenter.schedule().groups[id.index()].map(|stretch| stretch.start))
        };
        let (then, later): (Vec<NodeId>, Vec<NodeId>) =
            told.iter().partition(|id| starts(id).is_some_and(|start| start <= placed.finish));
        let called = |id: &NodeId| {
            let who = self.who(*id);
            if who.is_empty() { self.name(*id) } else { format!("{} ({who})", self.name(*id)) }
        };
        let mut lines = Vec::new();
        if !then.is_empty() {
            let verb = if then.len() == 1 { "begins" } else { "begin" };
            lines.push(format!("Then {} {verb}.", listed_up_to(&then, called)));
        }
        let mut by_start: Vec<(Moment, Vec<NodeId>)> = Vec::new();
        for id in later {
            let Some(start) = starts(&id) else { continue };
            match by_start.iter_mut().find(|(known, _)| *known == start) {
                Some((_, ids)) => ids.push(id),
                None => by_start.push((start, vec![id])),
            }
        }
        by_start.sort();
        for (start, ids) in by_start.iter().take(MOST_WAITING) {
            let (wait, begin) = if ids.len() == 1 { ("waits", "begins") } else { ("wait", "begin") };
            lines.push(format!(
                "{} {wait} for it among other things, and {begin} {}.",
                listed_up_to(ids, called),
                self.at(*start)
            ));
        }
        lines.extend(self.freed());
        if lines.is_empty() {
            lines.push("Nothing waits for it.".to_owned());
        }
        lines
    }
}

impl Telling<'_, '_> {
    /// The steps that begin because somebody, or a system, is free again.
    fn freed(&self) -> Vec<String> {
        let step = self.why.step;
        let freed = |id: &NodeId| {
            let placed = self.placed(*id).filter(|placed| placed.reason.steps.contains(&step))?;
            let who = self.who(*id);
            let free = match placed.reason.kind {
                ReasonKind::Person => format!("when {who} is free again"),
                ReasonKind::Lock => "when what it locks is free again".to_owned(),
                _ => return None,
            };
            let who = if who.is_empty() { who } else { format!(" ({who})") };
            Some(format!("{}{who} begins {}, {free}.", self.name(*id), self.at(placed.start)))
        };
        self.presenter.all_steps().filter_map(|id| freed(&id)).take(MOST_WAITING).collect()
    }
}

/// Names, no more than anybody reads.
fn listed_up_to(ids: &[NodeId], called: impl Fn(&NodeId) -> String) -> String {
    let mut names: Vec<String> = ids.iter().take(MOST_WAITING).map(called).collect();
    if ids.len() > MOST_WAITING {
        names.push(format!("{} more", ids.len() - MOST_WAITING));
    }
    words::listed(&names)
}

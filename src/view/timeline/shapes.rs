//! How a step looks: its shape along the time, its signs, and everything about it in a sentence.

use super::measure::{LETTER, Tenths, extend_path, heavy_width, path, text_width};
use super::rows::Item;
use super::scale::Scale;
use crate::document::Mark;
use crate::plan::{NodeId, StepKind};
use crate::schedule::{Moment, Placed};
use crate::view::presenter::Presenter;
use crate::view::step_words::StepWords;
use crate::view::words;

/// The height of a bar.
pub(super) const BAR: f64 = 18.0;
/// Half the width of a gate that is too short for its time.
const GATE: f64 = 11.5;
/// Nothing is narrower.
const THINNEST: f64 = 3.0;
/// A pause of work in days is left open from this on, in seconds and in the picture.
const LONG_PAUSE: i64 = 86_400;
const WIDE_PAUSE: f64 = 5.0;

/// What a step looks like before it has a place.
#[derive(Debug, Clone)]
pub(super) struct Sketch {
    pub id: NodeId,
    pub kind: StepKind,
    pub number: String,
    pub number_width: f64,
    pub title: String,
    pub title_width: f64,
    pub start: Moment,
    pub finish: Moment,
    /// The shortest and the longest end, where they differ.
    pub range: Option<(Moment, Moment)>,
    /// Long pauses within it.
    pub pauses: Vec<(Moment, Moment)>,
    pub class: String,
}

/// Where a shape stands along the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub from: f64,
    pub to: f64,
    /// From its beginning, how much of it can be written on.
    pub inside: f64,
}

impl Presenter<'_> {
    /// The looks of a step; `beside` is said after its title.
    pub(super) fn sketch(&self, id: NodeId, beside: &str) -> Option<Sketch> {
        let placed = self.placed(id)?;
        let node = self.plan().node(id);
        let (number, title) = (self.number(id), self.title(node) + beside);
        let at = |seconds: i64| placed.start + seconds;
        let estimate = self.plan().estimate(node);
        let ranged = estimate.is_range() && !estimate.has_days() && placed.worked.is_none();
        let (least, most) = (estimate.least.seconds(), estimate.most.seconds());
        let own_length = placed.finish - placed.start == placed.seconds && node.during().is_none();
        Some(Sketch {
            id,
            kind: node.step_kind(),
            number_width: heavy_width(&number, LETTER),
            number,
            title_width: text_width(&title, LETTER),
            title,
            start: placed.start,
            finish: placed.finish,
            range: (ranged && own_length && least < most).then(|| (at(least), at(most))),
            pauses: pauses(placed),
            class: self.look(id, placed),
        })
    }

    /// The classes of a bar: a letter each, so that many bars stay light.
    fn look(&self, id: NodeId, placed: &Placed) -> String {
        let node = self.plan().node(id);
        let mut class = "b".to_owned();
        let mut add = |wanted: bool, letter: &str| {
            if wanted {
                class.push_str(letter);
            }
        };
        add(self.draws_critical(placed), " c");
        add(node.step.as_ref().is_some_and(|step| step.unattended.is_some()), " u");
        add(node.step_kind() == StepKind::Hold, " h");
        add(node.step_kind() == StepKind::Gate, " g");
        add(node.step_kind() == StepKind::Milestone, " m");
        add(placed.assumed, " a");
        add(node.mark == Some(Mark::Done), " d");
        class
    }

    /// Everything about a step in a sentence.
    pub(super) fn bar_name(&self, id: NodeId) -> &str {
        let said = self.step_words(id);
        said.sentence.get_or_init(|| self.sentence(id, said))
    }

    fn sentence(&self, id: NodeId, said: &StepWords) -> String {
        let node = self.plan().node(id);
        let Some(placed) = self.placed(id) else { return String::new() };
        let (number, title) = (self.number(id), self.title(node));
        let mut name = [&number, " ", &title, ": ", &said.start, " to ", &said.finish].concat();
        let mut say = |lead: &str, text: &str| {
            if !text.is_empty() {
                [", ", lead, text].iter().for_each(|part| name.push_str(part));
            }
        };
        say("", &said.who);
        say("takes ", if said.takes == "–" { "" } else { &said.takes });
        let signs = self.tags(node, placed).into_iter().filter(|tag| tag.class != "critical");
        signs.for_each(|tag| say("", &tag.word));
        say("", &said.slack);
        say("after ", &said.waits);
        let back_out = self.back_out(id).map(|back_out| back_out.time);
        say("latest back-out ", &back_out.unwrap_or_default());
        name
    }

    /// Who else does a step, to be said after its title.
    pub(super) fn others(&self, placed: &Placed, but: Option<crate::plan::PersonId>) -> String {
        let others = placed.people.iter().filter(|person| Some(**person) != but);
        let names: Vec<String> = others.map(|person| self.names.person(*person).to_owned()).collect();
        match (names.as_slice(), but) {
            ([], _) => String::new(),
            ([..], Some(_)) => format!(" (with {})", words::listed(&names)),
            ([..], None) => " · ".to_owned() + &words::listed(&names),
        }
    }
}

/// The long pauses of work in days.
fn pauses(placed: &Placed) -> Vec<(Moment, Moment)> {
    let Some(worked) = &placed.worked else { return Vec::new() };
    let pairs = worked.windows(2).map(|pair| (pair[0].end, pair[1].start));
    pairs.filter(|(from, to)| *to - *from >= LONG_PAUSE).collect()
}

impl Sketch {
    /// Where it stands on a scale.
    pub(super) fn extent(&self, scale: &Scale) -> Extent {
        let (start, end) = (scale.x(self.start), scale.x(self.finish));
        let (from, to) = match self.kind {
            StepKind::Gate if end - start < 2.0 * GATE => {
                let middle = (start + end) / 2.0;
                (middle - GATE, middle + GATE)
            }
            StepKind::Milestone => (start - 1.0, start.max(end) + 11.0),
            _ => (start, end.max(start + THINNEST)),
        };
        let open = self.open(scale).first().map_or(to, |(pause, _)| *pause);
        let fold = scale.folds_within(from, to).next().map_or(to, |part| part.x);
        let inside = match self.kind {
            StepKind::Milestone => 0.0,
            StepKind::Gate if to - from <= 2.0 * GATE => 21.0,
            StepKind::Gate => to - from - 8.0,
            _ => open.min(fold) - from,
        };
        Extent { from, to, inside }
    }

    /// The pauses that are wide enough to be seen.
    fn open(&self, scale: &Scale) -> Vec<(f64, f64)> {
        let places = self.pauses.iter().map(|(from, to)| (scale.x(*from), scale.x(*to)));
        places.filter(|(from, to)| to - from >= WIDE_PAUSE).collect()
    }

    /// What it needs of its lane.
    pub(super) fn item(&self, extent: Extent) -> Item<'_> {
        Item {
            from: extent.from,
            to: extent.to,
            inside: extent.inside,
            number_width: self.number_width,
            title: &self.title,
            title_width: self.title_width,
            whisker: self.range.is_some(),
        }
    }

    /// The shape as a path, its upper edge at `y`.
    pub(super) fn shape(&self, extent: Extent, scale: &Scale, y: f64) -> String {
        let (x, top, height) = (Tenths::of(extent.from), Tenths::of(y), Tenths::of(BAR));
        match self.kind {
            StepKind::Gate => {
                let (middle, half) = (Tenths::of(y + BAR / 2.0), Tenths::of(BAR / 2.0 + 1.0));
                let flat = Tenths::of((extent.to - extent.from - 2.0 * GATE).max(0.0));
                let side = Tenths::of(GATE);
                let upper = [("M", x), (" ", middle), ("l", side), (" -", half), ("h", flat)];
                let lower = [("l", side), (" ", half), ("l-", side), (" ", half), ("h-", flat)];
                path(&upper, "") + &path(&lower, "z")
            }
            StepKind::Milestone => {
                let pole = Tenths::of(extent.from + 1.0);
                path(&[("M", pole), (" ", top), ("v", height), ("v-", height)], "h10l-3 5l3 5h-10z")
            }
            _ => match self.open(scale).as_slice() {
                [] => {
                    // A thread of paper parts it from what follows, also where borders are heavy.
                    let thread = if self.class.contains(" c") { 2.6 } else { 1.2 };
                    let width = Tenths::of((extent.to - extent.from - thread).max(THINNEST - 1.0));
                    path(&[("M", x), (" ", top), ("h", width), ("v", height), ("h-", width)], "z")
                }
                pauses => with_pauses(extent, pauses, y),
            },
        }
    }

    /// What goes beyond the shape: a line from the shortest to the longest end.
    pub(super) fn whisker(&self, scale: &Scale, y: f64) -> String {
        let Some((least, most)) = self.range else { return String::new() };
        let (from, to) = (Tenths::of(scale.x(least)), Tenths::of(scale.x(most)));
        let top = Tenths::of(y + BAR + 1.2);
        let line = Tenths::of(y + BAR + 3.2);
        let ends = [("M", from), (" ", top), ("v4M", from), (" ", line), ("H", to), ("M", to), (" ", top)];
        path(&ends, "v4")
    }

    /// Where folded stretches tear it.
    pub(super) fn tears(&self, extent: Extent, scale: &Scale, y: f64) -> String {
        let folds = scale.folds_within(extent.from, extent.to);
        let tear = |part: &super::scale::Part| {
            let (x, top) = (Tenths::of(part.x + part.width / 2.0 - 4.0), Tenths::of(y - 1.0));
            path(&[("M", x), (" ", top)], "l3 5l-3 5l3 5l-3 5h6l3 -5l-3 -5l3 -5l-3 -5z")
        };
        folds.map(tear).collect()
    }
}

/// A bar that is open where its work pauses, held together by a line.
fn with_pauses(extent: Extent, pauses: &[(f64, f64)], y: f64) -> String {
    let (top, middle, height) = (Tenths::of(y), Tenths::of(y + BAR / 2.0), Tenths::of(BAR));
    let mut path = String::new();
    let mut from = extent.from;
    for (end, next) in pauses.iter().copied().chain([(extent.to, extent.to)]) {
        let (x, width) = (Tenths::of(from), Tenths::of((end - from).max(1.0)));
        extend_path(&mut path, &[("M", x), (" ", top), ("h", width), ("v", height), ("h-", width)], "z");
        if next > end {
            extend_path(&mut path, &[("M", Tenths::of(end)), (" ", middle), ("H", Tenths::of(next))], "");
        }
        from = next;
    }
    path
}

//! The timeline: who does what when, drawn to scale.
//!
//! A lane a person; bars as long as the steps take; names inside the bars where they fit and beside
//! them where not, on as many rows as it takes for no two to touch. Everything is counted here, in
//! the picture's own units; the template only draws. Linear in what is drawn, but for sorting.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use serde::Serialize;

use super::head::Head;
use super::presenter::Presenter;
use super::scale::{Fold, Mark, Scale};
use super::words;
use crate::plan::{NodeId, PersonId, StepKind};
use crate::schedule::Moment;

/// The width of the picture.
const WIDTH: f64 = 1108.0;
/// Where the lanes' names end and the time begins.
const LEFT: f64 = 148.0;
/// The room after the last moment.
const RIGHT: f64 = 14.0;
/// The height of a row of bars.
const ROW: f64 = 25.0;
/// The height of a bar.
const BAR: f64 = 16.0;
/// The room above and below the rows of a lane.
const PAD: f64 = 7.0;
/// The height of a letter in a name.
const LETTER: f64 = 10.5;
/// The longest name shown, in letters.
const LONGEST: usize = 40;
/// With more steps than this only what crosses lanes is joined by lines.
const MANY: usize = 120;
/// The height of a piece of the picture on one sheet of paper.
const SHEET: f64 = 600.0;

/// The timeline of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The head of all pages.
    pub head: Head,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Where the time begins, from the left.
    pub left: f64,
    /// Where the lanes begin, from the top.
    pub top: f64,
    /// Where the lanes end.
    pub bottom: f64,
    /// Times on the axis.
    pub axis: Vec<Mark>,
    /// Days above the times.
    pub days: Vec<Mark>,
    /// Quiet stretches that are folded.
    pub folds: Vec<Fold>,
    /// Windows, above the lanes.
    pub bands: Vec<Band>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Lines from step to step, as SVG paths.
    pub links: Vec<String>,
    /// The pieces for paper, when the picture is taller than a sheet.
    pub sheets: Vec<Sheet>,
    /// The same facts as a table.
    pub facts: Vec<Fact>,
}

/// A window or phase above the lanes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// Its name.
    pub label: String,
    /// Where the name stands.
    pub label_x: f64,
    /// Its name with its times.
    pub title: String,
    /// `window` or `phase`.
    pub class: &'static str,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// From the top.
    pub y: f64,
    /// How high.
    pub height: f64,
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// `critical`, and `unattended`, `hold`, `milestone`, `gate`, `assumed`, `done` as they apply.
    pub class: String,
    /// `bar` or `diamond`.
    pub shape: &'static str,
    /// The middle of a diamond.
    pub middle: f64,
    /// The text.
    pub label: String,
    /// Where the text stands.
    pub label_x: f64,
    /// The text's line.
    pub label_y: f64,
    /// `inside`, `right` or `left` of the bar.
    pub label_at: &'static str,
    /// How far the longest estimate reaches past the planned end; nothing is 0.
    pub whisker: f64,
    /// Everything about it in a sentence.
    pub title: String,
}

/// A piece of the picture for one sheet of paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// From the top.
    pub y: f64,
    /// How high.
    pub height: f64,
}

/// A row of the table below the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The number.
    pub number: String,
    /// The title.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// How long it takes.
    pub takes: String,
    /// How far it may slip; «critical» when not at all.
    pub slack: String,
    /// What it waits for.
    pub waits: String,
}

/// A bar before it has a row.
struct Draft {
    id: NodeId,
    x: f64,
    width: f64,
    /// What it covers with its name.
    from: f64,
    to: f64,
    label: String,
    label_x: f64,
    label_at: &'static str,
}

impl Presenter<'_> {
    /// The timeline of this plan.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let order = &self.schedule().main.order;
        let scale = self.scale();
        let mut bands = self.bands_above(&scale);
        let rows = bands.iter().map(|band| band.y).fold(0.0, f64::max);
        let t0 = self.schedule().has_t0.then_some(self.schedule().t0);
        let axis = scale.axis(self.words, t0);
        let axis_y = if bands.is_empty() { 16.0 } else { rows + 34.0 };
        let top = axis_y + if axis.days.is_empty() { 8.0 } else { 22.0 };
        let mut picture = Picture { y: top, lanes: Vec::new(), bars: Vec::new(), anchors: HashMap::new() };
        for (who, steps) in self.lanes(order) {
            self.lane(who, &steps, &scale, &mut picture);
        }
        let bottom = picture.y;
        for band in &mut bands {
            band.width = band.width.max(2.0);
        }
        let height = bottom + 46.0;
        Timeline {
            head: self.head(),
            width: WIDTH,
            height,
            left: LEFT,
            top,
            bottom,
            axis: axis.marks,
            days: axis.days,
            folds: axis.folds,
            bands,
            links: self.lines(order, &picture),
            sheets: sheets(&picture, top, bottom, height),
            lanes: picture.lanes,
            bars: picture.bars,
            facts: self.timeline_facts(order),
        }
    }

    fn scale(&self) -> Scale {
        let line = &self.schedule().main;
        let mut events: Vec<Moment> = vec![line.start, line.finish];
        for placed in line.order.iter().filter_map(|id| self.placed(*id)) {
            events.extend([placed.start, placed.finish]);
        }
        if self.schedule().has_t0 {
            events.push(self.schedule().t0.clamp(line.start, line.finish));
        }
        Scale::new(events, LEFT, WIDTH - RIGHT)
    }

    /// Windows and phases above the lanes, on rows where their names don't touch.
    fn bands_above(&self, scale: &Scale) -> Vec<Band> {
        let plan = self.plan();
        let line = &self.schedule().main;
        let mut bands: Vec<(Moment, Moment, String, &'static str)> = Vec::new();
        for (window, stretch) in plan.windows.iter().zip(&self.schedule().windows) {
            let Some(stretch) =
                stretch.filter(|stretch| stretch.start < line.finish && stretch.end > line.start)
            else {
                continue;
            };
            bands.push((stretch.start, stretch.end, format!("window {}", window.name), "window"));
        }
        let phases = plan.children(NodeId::new(0)).filter(|id| {
            plan.node(*id).kind == crate::plan::NodeKind::Phase && plan.node(*id).way_back.is_none()
        });
        for id in phases {
            if let Some(stretch) = self.schedule().groups[id.index()] {
                bands.push((stretch.start, stretch.end, self.title(plan.node(id)), "phase"));
            }
        }
        let mut rows: Vec<f64> = Vec::new();
        let mut views = Vec::new();
        for (start, end, label, class) in bands {
            let (shown_start, shown_end) = (start.max(line.start), end.min(line.finish));
            let (from, to) = (scale.x(shown_start), scale.x(shown_end));
            let label = shortened(&label, LONGEST);
            let reach = to.max(from + text_width(&label, LETTER) + 8.0);
            let from_label = if reach > WIDTH { WIDTH - (reach - from) } else { from };
            let row = rows.iter().position(|end| *end + 6.0 <= from_label).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(0.0);
            }
            rows[row] = reach.min(WIDTH);
            views.push(Band {
                x: round(from),
                y: 4.0 + row as f64 * 17.0,
                width: round(to - from),
                label_x: round(from_label + 4.0),
                title: format!("{label}: {} to {}", self.words.short(start), self.words.end(start, end)),
                label,
                class,
            });
        }
        views
    }

    /// Who has a lane, and which steps are in it, in run order; the steps of nobody last.
    fn lanes(&self, order: &[NodeId]) -> Vec<(Option<PersonId>, Vec<NodeId>)> {
        let mut by_person: HashMap<Option<PersonId>, Vec<NodeId>> = HashMap::new();
        for &id in order {
            let people = self.placed(id).map(|placed| placed.people.as_slice()).unwrap_or_default();
            if people.is_empty() {
                by_person.entry(None).or_default().push(id);
            }
            for person in people {
                by_person.entry(Some(*person)).or_default().push(id);
            }
        }
        let mut lanes: Vec<_> = by_person.into_iter().collect();
        lanes.sort_by_key(|(who, _)| (who.is_none(), *who));
        lanes
    }

    fn lane(&self, who: Option<PersonId>, steps: &[NodeId], scale: &Scale, picture: &mut Picture) {
        let drafts: Vec<Draft> = steps.iter().filter_map(|id| self.draft(*id, scale)).collect();
        let rows = rows_for(&drafts);
        let count = rows.iter().max().map_or(1, |last| last + 1);
        let top = picture.y;
        for (draft, row) in drafts.into_iter().zip(rows) {
            let y = top + PAD + row as f64 * ROW + (ROW - BAR) / 2.0;
            picture.anchors.entry(draft.id).or_insert((
                draft.x,
                draft.x + draft.width,
                y + BAR / 2.0,
                picture.lanes.len(),
            ));
            let bar = self.bar(draft, y, scale);
            picture.bars.extend(bar);
        }
        let height = 2.0 * PAD + count as f64 * ROW;
        let height = height.max(36.0);
        let (name, role) = match who {
            Some(person) => {
                let person = self.plan().roster.person(person);
                (person.name.clone(), person.role.clone().unwrap_or_default())
            }
            None => ("nobody yet".to_owned(), String::new()),
        };
        let (name, role) = (shortened(&name, 18), shortened(&role, 22));
        picture.lanes.push(Lane { y: round(top), height: round(height), name, role });
        picture.y += height;
    }

    /// Where a step's bar and its name stand along the time.
    fn draft(&self, id: NodeId, scale: &Scale) -> Option<Draft> {
        let placed = self.placed(id)?;
        let node = self.plan().node(id);
        let (x, end) = (scale.x(placed.start), scale.x(placed.finish));
        let width = (end - x).max(2.0);
        let label = format!("{} {}", self.number(id), shortened(&self.title(node), LONGEST));
        let text = text_width(&label, LETTER);
        let pointed = matches!(node.step_kind(), StepKind::Gate | StepKind::Milestone);
        let (shape_from, shape_to) =
            if pointed { (x + width / 2.0 - 10.0, x + width / 2.0 + 10.0) } else { (x, x + width) };
        let (shape_from, shape_to) = (shape_from.min(x), shape_to.max(x + width));
        let (label_x, label_at, from, to) = if !pointed && text + 8.0 <= width {
            (x + 4.0, "inside", shape_from, shape_to)
        } else if shape_to + 4.0 + text <= WIDTH {
            (shape_to + 4.0, "right", shape_from, shape_to + 4.0 + text)
        } else {
            (shape_from - 4.0, "left", (shape_from - 4.0 - text).max(0.0), shape_to)
        };
        Some(Draft { id, x, width, from, to: to + 6.0, label, label_x, label_at })
    }

    fn bar(&self, draft: Draft, y: f64, scale: &Scale) -> Option<Bar> {
        let node = self.plan().node(draft.id);
        let placed = self.placed(draft.id)?;
        let mut classes: Vec<&str> = Vec::new();
        if placed.is_critical() {
            classes.push("critical");
        }
        if node.step.as_ref().is_some_and(|step| step.unattended.is_some()) {
            classes.push("unattended");
        }
        match node.step_kind() {
            StepKind::Hold => classes.push("hold"),
            StepKind::Milestone => classes.push("milestone"),
            StepKind::Gate => classes.push("gate"),
            StepKind::Ordinary => {}
        }
        if placed.assumed {
            classes.push("assumed");
        }
        if node.mark == Some(crate::document::Mark::Done) {
            classes.push("done");
        }
        let pointed = matches!(node.step_kind(), StepKind::Gate | StepKind::Milestone);
        let longest = placed.estimate.most.seconds - placed.seconds;
        let whisker = if placed.estimate.is_range() && !placed.estimate.has_days() && longest > 0 && !pointed
        {
            scale.x(placed.finish + longest) - scale.x(placed.finish)
        } else {
            0.0
        };
        Some(Bar {
            x: round(draft.x),
            y: round(y),
            width: round(draft.width),
            height: BAR,
            class: classes.join(" "),
            shape: if pointed { "diamond" } else { "bar" },
            middle: round(draft.x + draft.width / 2.0),
            label: draft.label,
            label_x: round(draft.label_x),
            label_y: round(y + BAR / 2.0 + 3.7),
            label_at: draft.label_at,
            whisker: round(whisker),
            title: self.bar_title(draft.id),
        })
    }

    fn bar_title(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        let Some(placed) = self.placed(id) else { return String::new() };
        let mut title = format!(
            "{} {}: {} to {}",
            self.number(id),
            self.title(node),
            self.words.short(placed.start),
            self.words.end(placed.start, placed.finish)
        );
        if !placed.people.is_empty() {
            title.push_str(&format!(", {}", self.who(placed)));
        }
        title.push_str(&format!(", {}", self.slack(id)));
        title
    }

    /// How far a step may slip, in words.
    pub(super) fn slack(&self, id: NodeId) -> String {
        match self.placed(id) {
            Some(placed) if placed.is_critical() => "critical".to_owned(),
            Some(placed) => format!("may slip {}", words::length(placed.slack)),
            None => String::new(),
        }
    }

    /// Lines from each step to those that wait for it.
    fn lines(&self, order: &[NodeId], picture: &Picture) -> Vec<String> {
        let many = order.len() > MANY;
        let mut lines = Vec::new();
        for id in order {
            let (Some(placed), Some(to)) = (self.placed(*id), picture.anchors.get(id)) else { continue };
            for before in &placed.waits_for {
                let Some(from) = picture.anchors.get(before) else { continue };
                let touching = (from.2 - to.2).abs() < 1.0 && (from.1 - to.0).abs() < 1.0;
                if touching || (many && from.3 == to.3) {
                    continue;
                }
                lines.push(elbow((from.1, from.2), (to.0, to.2)));
            }
        }
        lines
    }

    fn timeline_facts(&self, order: &[NodeId]) -> Vec<Fact> {
        let placed = order.iter().filter_map(|id| self.placed(*id).map(|placed| (*id, placed)));
        placed
            .map(|(id, placed)| {
                let node = self.plan().node(id);
                Fact {
                    number: self.number(id),
                    title: self.title(node),
                    who: self.who(placed),
                    start: self.words.short(placed.start),
                    finish: self.words.end(placed.start, placed.finish),
                    takes: self.takes(node, placed),
                    slack: self.slack(id),
                    waits: self.waits(placed),
                }
            })
            .collect()
    }
}

/// What has been drawn so far.
struct Picture {
    /// Where the next lane begins.
    y: f64,
    lanes: Vec<Lane>,
    bars: Vec<Bar>,
    /// By step: start, end, middle line and lane of its first bar.
    anchors: HashMap<NodeId, (f64, f64, f64, usize)>,
}

/// The row of each bar, so that on no row two touch, names included.
fn rows_for(drafts: &[Draft]) -> Vec<usize> {
    let mut by_left: Vec<usize> = (0..drafts.len()).collect();
    by_left.sort_by(|a, b| drafts[*a].from.total_cmp(&drafts[*b].from));
    let mut rows = vec![0; drafts.len()];
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut taken: BinaryHeap<Reverse<(Fixed, usize)>> = BinaryHeap::new();
    let mut count = 0;
    for index in by_left {
        let draft = &drafts[index];
        while let Some(Reverse((_, row))) =
            taken.peek().filter(|Reverse((end, _))| end.0 <= draft.from).copied()
        {
            taken.pop();
            free.push(Reverse(row));
        }
        let row = free.pop().map_or_else(
            || {
                count += 1;
                count - 1
            },
            |Reverse(row)| row,
        );
        taken.push(Reverse((Fixed(draft.to), row)));
        rows[index] = row;
    }
    rows
}

/// A length that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Fixed(f64);

impl Eq for Fixed {}

impl PartialOrd for Fixed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fixed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A line that leaves a bar at its end and comes to another at its start.
fn elbow(from: (f64, f64), to: (f64, f64)) -> String {
    let turn = (to.0 - 5.0).max(from.0 + 2.0).min(to.0.max(from.0 + 2.0));
    format!("M{} {}H{}V{}H{}", round(from.0), round(from.1), round(turn), round(to.1), round(to.0))
}

/// Cuts a tall picture between rows, so that each piece fits a sheet.
fn sheets(picture: &Picture, top: f64, bottom: f64, height: f64) -> Vec<Sheet> {
    if bottom - top <= SHEET {
        return vec![Sheet { y: 0.0, height: round(height) }];
    }
    let mut cuts: Vec<f64> = Vec::new();
    for lane in &picture.lanes {
        cuts.push(lane.y);
        let rows = ((lane.height - 2.0 * PAD) / ROW).floor() as usize;
        cuts.extend((1..rows).map(|row| lane.y + PAD + row as f64 * ROW));
    }
    cuts.push(bottom);
    let mut sheets = Vec::new();
    let mut from = top;
    let mut last = top;
    for cut in cuts {
        if cut - from > SHEET && last > from {
            sheets.push(Sheet { y: round(from), height: round(last - from) });
            from = last;
        }
        last = cut;
    }
    sheets.push(Sheet { y: round(from), height: round(height - from) });
    sheets
}

/// How wide a text is, about, and rather too wide than too narrow.
pub(super) fn text_width(text: &str, letter: f64) -> f64 {
    let wide: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | 'I' | 't' | 'f' | 'r' | ' ' | '('
            | ')' => 0.36,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.9,
            c if c.is_ascii_uppercase() => 0.72,
            c if unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > 1 => 1.1,
            _ => 0.58,
        })
        .sum();
    wide * letter
}

/// A text of at most so many letters.
fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Tenths are fine enough.
pub(super) fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(from: f64, to: f64) -> Draft {
        Draft {
            id: NodeId::new(1),
            x: from,
            width: to - from,
            from,
            to,
            label: String::new(),
            label_x: 0.0,
            label_at: "right",
        }
    }

    #[test]
    fn names_that_would_touch_go_to_rows_of_their_own() {
        let drafts = [draft(0.0, 50.0), draft(10.0, 60.0), draft(50.0, 90.0), draft(55.0, 70.0)];
        assert_eq!(rows_for(&drafts), [0, 1, 0, 2]);
        // A name to the left of its bar reaches back.
        assert_eq!(rows_for(&[draft(0.0, 50.0), draft(60.0, 70.0), draft(40.0, 90.0)]), [0, 0, 1]);
    }

    #[test]
    fn long_names_are_shortened() {
        assert_eq!(shortened("Copy the orders", 8), "Copy th…");
        assert_eq!(shortened("Copy", 8), "Copy");
    }
}

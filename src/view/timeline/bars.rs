//! Bars: where a step stands along the time, where its name stands beside it, and how it looks.

use super::measure::{LETTER, round, shortened, text_width};
use super::scale::Scale;
use super::{Bar, LONGEST, WIDTH};
use crate::plan::{NodeId, StepKind};
use crate::schedule::Placed;
use crate::view::presenter::Presenter;

/// The height of a bar.
pub(super) const BAR: f64 = 16.0;

/// A bar before it has a row.
pub(super) struct Draft {
    pub id: NodeId,
    pub x: f64,
    pub width: f64,
    /// How far the longest estimate reaches past the planned end.
    pub whisker: f64,
    /// What it covers with its name.
    pub from: f64,
    pub to: f64,
    pub label: String,
    pub label_x: f64,
    pub label_at: &'static str,
}

impl Presenter<'_> {
    /// Where a step's bar and its name stand along the time.
    pub(super) fn draft(&self, id: NodeId, scale: &Scale) -> Option<Draft> {
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
        let whisker = if pointed { 0.0 } else { self.whisker(placed, scale) };
        let shape_to = shape_to.max(x + width + whisker);
        let (label_x, label_at, from, to) = if !pointed && text + 8.0 <= width {
            (x + 4.0, "inside", shape_from, shape_to)
        } else if shape_to + 4.0 + text <= WIDTH {
            (shape_to + 4.0, "right", shape_from, shape_to + 4.0 + text)
        } else {
            (shape_from - 4.0, "left", (shape_from - 4.0 - text).max(0.0), shape_to)
        };
        Some(Draft { id, x, width, whisker, from, to: to + 6.0, label, label_x, label_at })
    }

    fn whisker(&self, placed: &Placed, scale: &Scale) -> f64 {
        let longest = placed.estimate.most.seconds - placed.seconds;
        if placed.estimate.is_range() && !placed.estimate.has_days() && longest > 0 {
            scale.x(placed.finish + longest) - scale.x(placed.finish)
        } else {
            0.0
        }
    }

    pub(super) fn bar(&self, draft: Draft, y: f64) -> Option<Bar> {
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
            whisker: round(draft.whisker),
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
        if let Some(back_out) = self.back_out(id).filter(|back_out| !back_out.time.is_empty()) {
            title.push_str(&format!(", latest back-out {}", back_out.time));
        }
        title
    }
}

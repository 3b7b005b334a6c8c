//! Windows and phases, as bands above the lanes.

use super::measure::{LETTER, round, shortened, text_width};
use super::scale::Scale;
use super::{Band, LONGEST, WIDTH};
use crate::plan::NodeId;
use crate::schedule::Moment;
use crate::view::presenter::Presenter;

impl Presenter<'_> {
    /// Windows and phases above the lanes, on rows where their names don't touch.
    pub(super) fn bands_above(&self, scale: &Scale) -> Vec<Band> {
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
        let phases = plan
            .children(NodeId::new(0))
            .filter(|id| plan.node(*id).is_phase() && plan.node(*id).way_back.is_none());
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
}

//! Windows and phases, as bands above the lanes.

use super::layout::Layout;
use super::measure::{SMALL, round, shortened, text_width};
use super::scale::Scale;
use super::{Band, LanesBy};
use crate::plan::NodeId;
use crate::schedule::{Moment, Stretch};
use crate::view::presenter::Presenter;
use crate::view::words;

/// The height of a row of bands.
pub(super) const BAND: f64 = 18.0;
/// No more rows than this; bands that would need more are left out.
const MOST_ROWS: usize = 4;
/// The widest name beside a band.
const WIDEST: f64 = 190.0;
/// The same of a window, with its times.
const WIDEST_TIMES: f64 = 280.0;

/// A band before it has a place.
struct Sketch {
    stretch: Stretch,
    name: String,
    /// The same with less around it or in another order, for a band with less room: the last may be cut.
    shorter: Vec<String>,
    class: &'static str,
}

impl Sketch {
    /// As much as there is room for.
    fn label(&self, room: f64) -> String {
        let mut texts = std::iter::once(&self.name).chain(&self.shorter);
        let whole = texts.find(|text| shortened(text, SMALL, room).as_ref() == Some(text));
        let least = || shortened(self.shorter.last().unwrap_or(&self.name), SMALL, room).unwrap_or_default();
        whole.cloned().unwrap_or_else(least)
    }
}

impl Presenter<'_> {
    /// Windows and, where they are no lanes, the outer phases; on rows on which no two touch.
    pub(super) fn bands_above(&self, layout: &Layout, by: LanesBy) -> Vec<Band> {
        let mut sketches = self.window_bands(ends(&layout.scale).map(|(first, _)| first));
        if by == LanesBy::People {
            sketches.extend(self.phase_bands());
        }
        let mut rows: Vec<f64> = Vec::new();
        let mut bands = Vec::new();
        for sketch in sketches {
            let Some((mut band, end)) = self.band(&sketch, layout) else { continue };
            let row =
                rows.iter().position(|taken| *taken + 6.0 <= band.x.min(band.label_x)).unwrap_or(rows.len());
            if row == MOST_ROWS {
                continue;
            }
            if row == rows.len() {
                rows.push(0.0);
            }
            rows[row] = end;
            band.y = 2.0 + row as f64 * BAND;
            bands.push(band);
        }
        bands
    }

    /// `from` is where the picture begins: the axis says the days of what begins later.
    fn window_bands(&self, from: Option<Moment>) -> Vec<Sketch> {
        let windows = self.plan().windows.iter().zip(&self.schedule().windows);
        let band = |name: &str, stretch: Stretch| {
            let end = self.words.end(stretch.start, stretch.end);
            let is_earlier = from.is_some_and(|from| {
                stretch.start < from && self.words.day(stretch.start) < self.words.day(from)
            });
            let start =
                if is_earlier { self.words.short(stretch.start) } else { self.words.alone(stretch.start) };
            let times = format!("{start} – {end}");
            Sketch {
                stretch,
                name: format!("{} {times}", words::window(name)),
                // One looks for when it ends.
                shorter: vec![format!("“{name}” {times}"), format!("{times} “{name}”")],
                class: "window",
            }
        };
        windows.filter_map(|(window, stretch)| stretch.map(|stretch| band(&window.name, stretch))).collect()
    }

    fn phase_bands(&self) -> Vec<Sketch> {
        let plan = self.plan();
        let phases = plan
            .children(NodeId::new(0))
            .filter(|id| plan.node(*id).is_phase() && plan.node(*id).way_back.is_none());
        let band = |id: NodeId| {
            let stretch = self.schedule().groups[id.index()]?;
            Some(Sketch { stretch, name: self.title(plan.node(id)), shorter: Vec::new(), class: "phase" })
        };
        let mut bands: Vec<Sketch> = phases.filter_map(band).collect();
        bands.sort_by_key(|band| band.stretch.start);
        bands
    }

    /// The band with its name inside, or beside it; and where both end. None for one outside the picture.
    fn band(&self, sketch: &Sketch, layout: &Layout) -> Option<(Band, f64)> {
        let (scale, stretch) = (&layout.scale, sketch.stretch);
        let (first, last) = ends(scale)?;
        if stretch.start >= last || stretch.end <= first {
            return None;
        }
        let from = scale.x(stretch.start.max(first));
        let to = scale.x(stretch.end.min(last)).max(from + 2.0);
        let width = to - from;
        let widest = if sketch.class == "window" { WIDEST_TIMES } else { WIDEST };
        let label = sketch.label((width - 8.0).max(widest));
        let needed = text_width(&label, SMALL);
        let label_x = if needed + 8.0 <= width || to + 4.0 + needed > layout.width {
            (from + 4.0).min(layout.width - needed - 2.0).max(2.0)
        } else {
            to + 4.0
        };
        let end = to.max(label_x + needed);
        let title = format!(
            "{}: {} to {}",
            sketch.name,
            self.words.short(stretch.start),
            self.words.end(stretch.start, stretch.end)
        );
        let goes_on = stretch.end > last;
        Some((
            Band {
                x: round(from),
                y: 0.0,
                width: round(width),
                label,
                label_x: round(label_x),
                title: if sketch.class == "window" { sketch.name.clone() } else { title },
                class: sketch.class,
                goes_on,
            },
            end,
        ))
    }
}

/// The first and the last moment of a scale.
pub(super) fn ends(scale: &Scale) -> Option<(Moment, Moment)> {
    Some((scale.parts.first()?.start, scale.parts.last()?.end))
}

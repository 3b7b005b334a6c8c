//! Lines from each step to those that wait for it.

use super::lanes::{Picture, ROW};
use super::measure::Tenths;
use crate::plan::NodeId;
use crate::view::presenter::Presenter;

/// With more steps than this only what crosses lanes is joined by lines.
pub(super) const MANY: usize = 120;

impl Presenter<'_> {
    /// Lines from each step to those that wait for it.
    pub(super) fn lines(&self, order: &[NodeId], picture: &Picture) -> Vec<String> {
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
}

/// A line that leaves a bar at its end and comes to another at its start. Along the time it runs
/// between the rows, where no name stands.
fn elbow(from: (f64, f64), to: (f64, f64)) -> String {
    let (x, y, end_x, end_y) = (Tenths::of(from.0), Tenths::of(from.1), Tenths::of(to.0), Tenths::of(to.1));
    let (out, near) = (Tenths::of(from.0 + 2.5), Tenths::of(to.0 - 5.0));
    if near >= out && to.0 - from.0 < 13.5 {
        return format!("M{x} {y}H{near}V{end_y}H{end_x}");
    }
    let between = Tenths::of(if to.1 > from.1 + 1.0 { to.1 - ROW / 2.0 } else { to.1 + ROW / 2.0 });
    format!("M{x} {y}H{out}V{between}H{near}V{end_y}H{end_x}")
}

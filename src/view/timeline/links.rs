//! Lines from each step to those that wait for it.
//!
//! All lines to one step meet in a trunk just left of it and end in one arrow. Along the time a line runs
//! in its own row where nothing stands in the way, else between rows, where there are no bars and no
//! titles; across lanes it passes behind bars. In a large plan only what drives a start is drawn, in a
//! larger one only what is critical: the table names all.

use std::collections::HashMap;

use super::draw::{Picture, Place};
use super::layout::GUTTER;
use super::measure::{Tenths, path};
use super::{Area, Link};
use crate::plan::NodeId;
use crate::schedule::Placed;
use crate::view::presenter::Presenter;

/// Up to so many steps all lines are drawn; up to so many those that drive a start; and never more lines.
pub(super) const ALL: usize = 90;
const DRIVING: usize = 400;
pub(super) const MOST: usize = 1500;
/// How far left of a step its trunk stands, and the next one beside it.
const TRUNK: f64 = 6.0;
const BESIDE: f64 = 3.0;

/// Which lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Drawn {
    All,
    /// Those that a start waited for last.
    Driving,
    Critical,
}

/// A line to be drawn.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: Place,
    to: Place,
    critical: bool,
}

impl Presenter<'_> {
    /// Which lines are drawn. Of a plan without estimates nothing is critical.
    pub(super) fn lines_drawn(&self) -> Drawn {
        match self.schedule().main.order.len() {
            0..=ALL => Drawn::All,
            count if count <= DRIVING || self.lacks_estimates() => Drawn::Driving,
            _ => Drawn::Critical,
        }
    }

    /// The lines of a picture; when there are more than `MOST`, those of the first steps.
    pub(super) fn links(&self, order: &[NodeId], drawn: Drawn, picture: &Picture) -> Vec<Link> {
        let mut last_steps = HashMap::new();
        let mut trunks = Trunks::default();
        let mut links = Vec::new();
        for id in order {
            let Some(placed) = self.placed(*id) else { continue };
            let befores = self.befores(placed, &mut last_steps);
            let edge = |before| self.edge(before, *id, placed, drawn, picture).map(|edge| (before, edge));
            let edges: Vec<(NodeId, Edge)> = befores.into_iter().filter_map(edge).collect();
            let Some((_, first)) = edges.first() else { continue };
            let sources: Vec<NodeId> = edges.iter().map(|(before, _)| *before).collect();
            let shift = trunks.shift(first.to.from, sources);
            for critical in [false, true] {
                let own: Vec<Edge> =
                    edges.iter().map(|(_, edge)| *edge).filter(|edge| edge.critical == critical).collect();
                links.extend(link(&own, critical, shift, picture));
            }
            if links.len() > MOST {
                break;
            }
        }
        links
    }

    /// What a step waits for: steps; of a phase the last one to end.
    fn befores(&self, placed: &Placed, last_steps: &mut HashMap<NodeId, Option<NodeId>>) -> Vec<NodeId> {
        let mut last_step =
            |group: NodeId| *last_steps.entry(group).or_insert_with(|| self.last_inside(group));
        let step = |id: &NodeId| if self.placed(*id).is_some() { Some(*id) } else { last_step(*id) };
        placed.waits_for.iter().filter_map(step).collect()
    }

    /// The step of a phase or group that ends last.
    fn last_inside(&self, group: NodeId) -> Option<NodeId> {
        let end = self.schedule().groups[group.index()]?.end;
        let inside = (group.index() + 1..self.plan().node(group).end.index()).map(NodeId::new);
        inside.into_iter().find(|id| self.placed(*id).is_some_and(|placed| placed.finish == end))
    }

    fn edge(
        &self,
        before: NodeId,
        after: NodeId,
        placed: &Placed,
        drawn: Drawn,
        picture: &Picture,
    ) -> Option<Edge> {
        let first = self.placed(before)?;
        let drives = first.finish == placed.start || placed.reason.steps.contains(&before);
        let critical = drives && self.draws_critical(first) && self.draws_critical(placed);
        let (from, to) = nearest(picture.places.get(&before)?, picture.places.get(&after)?)?;
        let touching = from.row == to.row && (to.from - from.to).abs() < 1.5;
        let wanted = match drawn {
            Drawn::All => true,
            // Without estimates all may stand in one lane, and the lines are all that there is to see.
            Drawn::Driving => critical || (drives && (from.lane != to.lane || self.lacks_estimates())),
            Drawn::Critical => critical,
        };
        (wanted && !touching).then_some(Edge { from, to, critical })
    }
}

/// Of a step that stands in several lanes the places that are nearest to each other.
fn nearest(from: &[Place], to: &[Place]) -> Option<(Place, Place)> {
    let pairs = from.iter().take(8).flat_map(|from| to.iter().take(8).map(move |to| (*from, *to)));
    pairs.min_by_key(|(from, to)| from.row.abs_diff(to.row))
}

/// Trunks that stand at the same place and come from elsewhere stand beside each other.
#[derive(Default)]
struct Trunks {
    at: HashMap<Tenths, Vec<Vec<NodeId>>>,
}

impl Trunks {
    fn shift(&mut self, x: f64, sources: Vec<NodeId>) -> f64 {
        let known = self.at.entry(Tenths::of(x)).or_default();
        let place = known.iter().position(|others| *others == sources).unwrap_or(known.len());
        if place == known.len() && known.len() < 3 {
            known.push(sources);
        }
        BESIDE * (place % 3) as f64
    }
}

/// All lines of one kind to a step, as one path with one arrow.
fn link(edges: &[Edge], critical: bool, shift: f64, picture: &Picture) -> Option<Link> {
    let to = edges.first()?.to;
    let trunk = to.from - TRUNK - shift;
    let mut area = Area { left: trunk, top: f64::MAX, right: to.from, bottom: f64::MIN };
    let mut path = String::new();
    for edge in edges {
        path.push_str(&way(edge, trunk, picture, &mut area));
    }
    Some(Link { path, class: if critical { "k c" } else { "k" }, area })
}

/// The way of one line: from the end of its step to the trunk, along it, and to the right.
fn way(edge: &Edge, trunk: f64, picture: &Picture, area: &mut Area) -> String {
    let (from, to) = (&picture.rows[edge.from.row], &picture.rows[edge.to.row]);
    let (y, end) = (Tenths::of(from.middle), Tenths::of(to.middle));
    let (x, arrow) = (Tenths::of(trunk), Tenths::of(edge.to.from));
    // It leaves its step near the end; from a short one in the middle.
    let out = (edge.from.to - 3.0).max((edge.from.from + edge.from.to) / 2.0);
    let mut reach = |left: f64, top: f64, bottom: f64| {
        area.left = area.left.min(left);
        area.top = area.top.min(top);
        area.bottom = area.bottom.max(bottom);
    };
    reach(out.min(trunk), from.middle.min(to.middle), from.middle.max(to.middle));
    if edge.from.row == edge.to.row {
        if is_free(&from.taken, edge.from.to, edge.to.from) {
            return path(&[("M", Tenths::of(edge.from.to)), (" ", y), ("H", arrow)], "");
        }
    } else if trunk <= edge.from.to && trunk >= edge.from.from {
        // The step ends where the other begins: straight out of it.
        return path(&[("M", x), (" ", y), ("V", end), ("H", arrow)], "");
    } else if trunk > edge.from.to && is_free(&from.taken, edge.from.to, trunk) {
        return path(&[("M", Tenths::of(edge.from.to)), (" ", y), ("H", x), ("V", end), ("H", arrow)], "");
    }
    // Into the row from the side from which the line comes.
    let between = if edge.from.row <= edge.to.row {
        to.top + GUTTER / 2.0 - 2.0
    } else {
        picture.rows.get(edge.to.row + 1).map_or(to.bottom, |next| next.top + GUTTER / 2.0 - 2.0)
    };
    reach(out, between, between);
    let (out, between) = (Tenths::of(out), Tenths::of(between));
    path(&[("M", out), (" ", y), ("V", between), ("H", x), ("V", end), ("H", arrow)], "")
}

/// Whether nothing stands between two places of a row.
fn is_free(taken: &[(f64, f64)], from: f64, to: f64) -> bool {
    let next = taken.partition_point(|(begin, _)| *begin < from - 0.5);
    taken[next..].first().is_none_or(|(begin, _)| *begin >= to - 0.5)
}

#[cfg(test)]
mod tests {
    use super::super::draw::RowPlace;
    use super::*;

    fn picture(taken: &[(f64, f64)]) -> Picture {
        let row = |top: f64| RowPlace { top, middle: top + 20.0, bottom: top + 40.0, taken: taken.to_vec() };
        Picture { rows: vec![row(0.0), row(40.0), row(80.0)], ..Picture::default() }
    }

    fn edge(from: (f64, f64, usize), to: (f64, f64, usize)) -> Edge {
        let place = |(from, to, row): (f64, f64, usize)| Place { from, to, row, lane: row };
        Edge { from: place(from), to: place(to), critical: false }
    }

    #[test]
    fn lines_to_one_step_are_one_path_with_a_trunk() {
        let picture = picture(&[]);
        let edges = [edge((0.0, 50.0, 0), (100.0, 120.0, 1)), edge((0.0, 60.0, 2), (100.0, 120.0, 1))];
        let link = link(&edges, false, 0.0, &picture).expect("a line");
        assert_eq!(link.path, "M50 20H94V60H100M60 100H94V60H100");
        assert_eq!((link.area.left, link.area.top, link.area.bottom), (47.0, 20.0, 100.0));
    }

    #[test]
    fn a_line_goes_round_what_stands_in_its_row() {
        let picture = picture(&[(0.0, 50.0), (55.0, 80.0)]);
        let edges = [edge((0.0, 50.0, 0), (100.0, 120.0, 1))];
        assert_eq!(link(&edges, false, 0.0, &picture).expect("a line").path, "M47 20V42H94V60H100");
    }

    #[test]
    fn a_step_that_begins_where_another_ends_is_reached_straight() {
        let edges = [edge((0.0, 100.0, 0), (100.0, 120.0, 2))];
        assert_eq!(link(&edges, true, 3.0, &picture(&[])).expect("a line").path, "M91 20V100H100");
    }

    #[test]
    fn trunks_from_elsewhere_stand_beside_each_other() {
        let mut trunks = Trunks::default();
        let nodes = |ids: &[usize]| ids.iter().map(|id| NodeId::new(*id)).collect::<Vec<_>>();
        let shifts: Vec<f64> =
            [&[1, 2][..], &[1, 2], &[3], &[1, 2]].iter().map(|ids| trunks.shift(10.0, nodes(ids))).collect();
        assert_eq!(shifts, [0.0, 0.0, 3.0, 0.0]);
    }
}

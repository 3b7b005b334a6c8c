//! The main line as bars in time, a section a phase.
//!
//! Diagram programs know no zones, so times are those of a [`PlannerClock`], and the title says whose they are.

use std::collections::HashMap;

use super::plain::clean;
use super::planner_clock::PlannerClock;
use crate::plan::{NodeId, StepKind};
use crate::view::presenter::Presenter;

const A_DAY: i64 = 86_400;

/// Bars in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gantt {
    /// The plan's title, and whose times these are.
    pub title: String,
    /// How the axis writes times, in the signs of `strftime`.
    pub axis: &'static str,
    /// The sections in the order in which they begin.
    pub sections: Vec<GanttSection>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GanttSection {
    /// Its title.
    pub title: String,
    /// Its steps in run order.
    pub bars: Vec<GanttBar>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GanttBar {
    /// Its number, its title, and who does it.
    pub title: String,
    /// Its number.
    pub number: usize,
    /// When it starts: `2026-12-05 22:00:00`.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is a moment.
    pub milestone: bool,
    /// `done`, `active`, or nothing.
    pub state: Option<&'static str>,
}

impl Presenter<'_> {
    /// The main line as bars.
    #[must_use]
    pub fn gantt(&self) -> Gantt {
        let plan = self.plan();
        let main = &self.schedule().main;
        let clock = self.planner_clock();
        let mut places: HashMap<Option<NodeId>, usize> = HashMap::new();
        let mut sections: Vec<GanttSection> = Vec::new();
        for &id in &main.order {
            let phase = plan.around(id).find(|around| plan.node(*around).is_phase());
            let place = *places.entry(phase).or_insert_with(|| {
                let title = if phase.is_some() { self.phase_titles(id) } else { clean(&plan.title) };
                sections.push(GanttSection { title, bars: Vec::new() });
                sections.len() - 1
            });
            sections[place].bars.extend(self.gantt_bar(id, clock));
        }
        let length = main.finish - main.start;
        let axis = match (self.words.dated, length) {
            (_, ..=A_DAY) => "%H:%M",
            (true, ..=1_209_600) => "%m-%d %H:%M",
            (true, _) => "%m-%d",
            (false, _) => "day %-d %H:%M",
        };
        Gantt { title: self.diagram_title(Some(clock)), axis, sections }
    }

    /// The title of a diagram: plan, version, and whose times these are; without a clock the pages' own.
    pub(super) fn diagram_title(&self, clock: Option<PlannerClock>) -> String {
        let main = &self.schedule().main;
        let zone = match clock {
            Some(PlannerClock::Steady(_)) if self.words.dated => {
                format!("all times {}, as at the start", self.words.zone(main.start, main.start))
            }
            Some(PlannerClock::Steady(_)) => "times count from the beginning".to_owned(),
            Some(PlannerClock::Wall(_)) | None => self.words.zone(main.start, main.finish),
        };
        let plan = self.plan();
        let draft = crate::view::head::draft(plan);
        let mut parts = vec![plan.title.clone(), draft, self.compiled.version.name().to_owned(), zone];
        parts.extend(Some("HAS ERRORS".to_owned()).filter(|_| !self.trouble().is_empty()));
        clean(&parts.join(" · "))
    }

    fn gantt_bar(&self, id: NodeId, clock: PlannerClock) -> Option<GanttBar> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        let who = self.who(placed);
        let title = self.called_title(id);
        let time = |moment| clock.shows(moment).format("%Y-%m-%d %H:%M:%S").to_string();
        Some(GanttBar {
            title: if who.is_empty() { title } else { clean(&format!("{title} ({who})")) },
            number: placed.number,
            start: time(placed.start),
            finish: time(placed.finish),
            critical: placed.is_critical(),
            milestone: node.step_kind() == StepKind::Milestone && placed.start == placed.finish,
            state: match node.mark {
                Some(crate::document::Mark::Done) => Some("done"),
                Some(crate::document::Mark::Active) => Some("active"),
                _ => None,
            },
        })
    }
}

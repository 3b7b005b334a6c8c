//! A table with a row for each step, for spreadsheets and scripts that read text.
//!
//! Rows stand in run order, the main line first and then each way back. Values for programs are spelled as in
//! `plan.json`, values for people as on the pages.

use super::plain::clean;
use super::workbook::Cell;
use crate::plan::NodeId;
use crate::schedule::Moment;
use crate::view::json::{kind_name, offset_time, state_name, zoned_time};
use crate::view::presenter::Presenter;

/// The names of the columns.
const HEADS: [&str; 28] = [
    "number",
    "id",
    "title",
    "phase",
    "group",
    "way back",
    "kind",
    "state",
    "owners",
    "owner names",
    "team",
    "backup",
    "start",
    "finish",
    "minutes",
    "estimate",
    "assumed",
    "slack minutes",
    "critical",
    "waits for",
    "starts with",
    "unattended",
    "details",
    "expect",
    "undo",
    "access",
    "deadline",
    "may slip minutes",
];

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The names of its columns.
    pub heads: Vec<&'static str>,
    /// Its rows, each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
}

impl Presenter<'_> {
    /// The table of all steps.
    #[must_use]
    pub fn step_table(&self) -> Table {
        let rows = self.all_steps().filter_map(|id| self.table_row(id)).collect();
        Table { heads: HEADS.to_vec(), rows }
    }

    fn table_row(&self, id: NodeId) -> Option<Vec<Cell>> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let time = |moment: Moment| match node.way_back {
            Some(_) => offset_time(moment.0, 'R'),
            None if !self.words.dated => offset_time(moment.0, 'T'),
            None => zoned_time(moment, self.words.clock),
        };
        let way_back = node.way_back.map(|phase| self.title(plan.node(phase))).unwrap_or_default();
        let owners: Vec<&str> =
            placed.people.iter().map(|person| plan.roster.person(*person).handle.value.as_str()).collect();
        let names: Vec<&str> =
            placed.people.iter().map(|person| plan.roster.person(*person).name.as_str()).collect();
        let backups = plan.backups(node, &placed.people);
        let backups: Vec<&str> = backups.iter().map(|owner| plan.roster.handle(*owner)).collect();
        let ids = |nodes: &[NodeId]| {
            let ids: Vec<&str> = nodes.iter().map(|id| plan.node(*id).id.as_str()).collect();
            Cell::text(&ids.join(" "))
        };
        let access: Vec<&str> = node.access.iter().map(|given| given.value.as_str()).collect();
        let teams: Vec<&str> =
            placed.teams.iter().map(|team| plan.roster.team(*team).handle.value.as_str()).collect();
        Some(vec![
            Cell::exact(self.number(id)),
            Cell::text(&node.id),
            Cell::text(&self.title(node)),
            Cell::text(&self.phase_titles(id)),
            Cell::text(&self.group_of(id)),
            Cell::text(&way_back),
            Cell::exact(kind_name(step.kind)),
            Cell::exact(state_name(node.mark)),
            Cell::text(&owners.join(" ")),
            Cell::text(&names.join("; ")),
            Cell::text(&teams.join(" ")),
            Cell::text(&backups.join(" ")),
            Cell::exact(time(placed.start)),
            Cell::exact(time(placed.finish)),
            Cell::minutes(placed.seconds),
            Cell::exact(self.takes(node, placed).trim_matches(['~', '–'])),
            Cell::yes(placed.assumed),
            Cell::minutes(placed.slack),
            Cell::yes(placed.is_critical()),
            ids(&placed.waits_for),
            ids(&placed.starts_with),
            Cell::yes(step.unattended.is_some()),
            Cell::text(&node.block.map(|block| self.details_text(block)).unwrap_or_default()),
            Cell::text(&self.plain_items(step.expects.iter())),
            Cell::text(&self.plain_undos(step)),
            Cell::text(&access.join("; ")),
            Cell::exact(placed.by.map(time).unwrap_or_default()),
            Cell::minutes(if node.way_back.is_none() { self.room(id, placed) } else { placed.slack }),
        ])
    }

    /// The phase a step stands in, with those around it; on a way back without the way back itself.
    pub(super) fn phase_titles(&self, id: NodeId) -> String {
        self.phase_around(id).map(|(_, titles)| clean(titles)).unwrap_or_default()
    }

    /// The groups between a step and its phase.
    pub(super) fn group_of(&self, id: NodeId) -> String {
        let plan = self.plan();
        let groups = plan.around(id).take_while(|around| !plan.node(*around).is_phase());
        let mut groups: Vec<String> = groups.map(|around| self.title(plan.node(around))).collect();
        groups.reverse();
        clean(&groups.join(" › "))
    }
}

//! The sheets of a workbook: steps in run order with room for what really happened, questions, people.

use super::plain::clean;
use super::workbook::{Cell, Column, Look, Sheet, SheetRow};
use crate::plan::{NodeId, PersonId, StepKind, TeamId};
use crate::schedule::{Placed, shown_utc};
use crate::view::head::draft;
use crate::view::presenter::Presenter;

/// The columns of steps. What no step fills is left out, but for the three that are filled in on the night.
const STEPS: [(&str, f64); 19] = [
    ("No.", 5.0),
    ("Start", 16.0),
    ("Finish", 16.0),
    ("Clock", 16.0),
    ("T±", 11.0),
    ("Takes", 10.0),
    ("Step", 34.0),
    ("Details", 36.0),
    ("Expect", 18.0),
    ("Undo", 18.0),
    ("Owner", 12.0),
    ("Backup", 10.0),
    ("Waits for", 9.0),
    ("Signs", 11.0),
    ("Phase", 18.0),
    ("Actual start", 9.0),
    ("Actual finish", 9.0),
    ("Initials", 8.0),
    ("Id", 16.0),
];
/// Those of them that are filled in on the night.
const ON_THE_NIGHT: std::ops::Range<usize> = 15..18;

/// No cell of a spreadsheet holds more bytes than this, whatever they are.
const LONGEST_TEXT: usize = 32_000;

impl Presenter<'_> {
    /// The whole plan, its ways back at the end.
    pub(super) fn plan_sheet(&self, above: &Above) -> Sheet {
        self.step_sheet(above, "Plan", self.all_steps())
    }

    /// A sheet for everybody who has steps, for every team, and for the steps that nobody does yet.
    pub(super) fn owner_sheets(&self, above: &Above) -> Vec<Sheet> {
        let roster = &self.plan().roster;
        let duties = self.duties();
        let people = duties
            .people
            .iter()
            .enumerate()
            .map(|(index, duties)| (self.names.person(PersonId::new(index)).to_owned(), &duties.steps));
        let teams = duties.teams.iter().enumerate().map(|(index, steps)| {
            let team = roster.team(TeamId::new(index));
            (format!("team {}", team.handle.value), steps)
        });
        let nobody = std::iter::once(("No owner".to_owned(), &duties.unassigned));
        let all = people.chain(teams).chain(nobody).filter(|(_, steps)| !steps.is_empty());
        all.map(|(name, steps)| self.step_sheet(above, &name, steps.iter().copied())).collect()
    }

    fn step_sheet(&self, above: &Above, name: &str, steps: impl Iterator<Item = NodeId>) -> Sheet {
        let mut rows: Vec<SheetRow> = steps.filter_map(|id| self.sheet_row(above, id)).collect();
        let is_filled = |column: usize| rows.iter().any(|row| row.cells[column] != Cell::Empty);
        let stays: Vec<bool> =
            (0..STEPS.len()).map(|column| ON_THE_NIGHT.contains(&column) || is_filled(column)).collect();
        for row in &mut rows {
            let mut column = stays.iter();
            row.cells.retain(|_| column.next() == Some(&true));
        }
        let columns = STEPS.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(column, _)| *column);
        above.sheet(name, &columns.collect::<Vec<_>>(), rows)
    }

    fn sheet_row(&self, above: &Above, id: NodeId) -> Option<SheetRow> {
        let node = self.plan().node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let back = node.way_back.is_some();
        let time = |moment| match back {
            true => Cell::exact(self.time(node, moment)),
            false => Cell::time(self.words, moment),
        };
        let number = if back { Cell::exact(self.number(id)) } else { Cell::number(placed.number) };
        let signs: Vec<String> = self.tags(node, placed).into_iter().map(|tag| tag.word).collect();
        let mut phase = vec![self.phase_titles(id), self.group_of(id)];
        if let Some(way_back) = node.way_back {
            phase.insert(0, format!("way back: {}", self.title(self.plan().node(way_back))));
        }
        phase.retain(|part| !part.is_empty());
        let look = match step.kind {
            _ if node.mark == Some(crate::document::Mark::Done) => Look::Done,
            _ if back => Look::WayBack,
            StepKind::Gate => Look::Gate,
            _ if placed.is_critical() => Look::Critical,
            _ => Look::Plain,
        };
        let cells = vec![
            number,
            time(placed.start),
            time(placed.finish),
            if back || !above.clock_changes { Cell::Empty } else { Cell::text(&self.clock_at(placed)) },
            Cell::text(&self.beside(node, placed.start)),
            Cell::text(&self.takes(node, placed)),
            Cell::text(&self.title(node)),
            Cell::text(&node.block.map(|block| self.details_text(block)).unwrap_or_default()),
            Cell::text(&self.plain_items(step.expects.iter())),
            Cell::text(&self.plain_undos(step)),
            Cell::text(&self.who(placed)),
            Cell::text(&self.stands_in(id, placed)),
            Cell::text(&self.waits(id, placed)),
            Cell::text(&signs.join(", ")),
            Cell::text(&phase.join(" › ")),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text(&node.id),
        ];
        Some(SheetRow { cells, look, lines: 1 })
    }

    /// How far the clock is ahead of UTC while a step runs: a time of a spreadsheet does not say it.
    fn clock_at(&self, placed: &Placed) -> String {
        let clock = self.words.clock;
        let (start, finish) = (shown_utc(placed.start, clock), shown_utc(placed.finish, clock));
        if start == finish { start } else { format!("{start}, at the end {finish}") }
    }

    /// The questions, open ones first, if there are any.
    pub(super) fn question_sheet(&self, above: &Above) -> Option<Sheet> {
        const COLUMNS: [(&str, f64); 5] =
            [("Question", 60.0), ("Who", 18.0), ("By", 17.0), ("About", 40.0), ("Answer", 60.0)];
        let plan = self.plan();
        let by = &self.schedule().questions_by;
        let mut asked: Vec<_> =
            plan.questions.iter().zip(by).filter(|(question, _)| question.asked).collect();
        asked.sort_by_key(|(question, _)| question.answer.is_some());
        let rows = asked.into_iter().map(|(question, by)| {
            let who = question.who.as_ref().map(|who| self.names.owner(plan, who.value));
            let about = question.about.map(|about| self.title(plan.node(about)));
            let cells = vec![
                Cell::text(&question.text),
                Cell::text(&who.unwrap_or_default()),
                by.map_or(Cell::Empty, |by| Cell::time(self.words, by)),
                Cell::text(&about.unwrap_or_default()),
                Cell::text(question.answer.as_deref().unwrap_or("")),
            ];
            let look = if question.answer.is_some() { Look::Done } else { Look::Plain };
            SheetRow { cells, look, lines: 1 }
        });
        let rows: Vec<SheetRow> = rows.collect();
        (!rows.is_empty()).then(|| above.sheet("Questions", &COLUMNS, rows))
    }

    /// Everybody who has something to do with the plan, if there is anybody.
    pub(super) fn contact_sheet(&self, above: &Above) -> Option<Sheet> {
        const COLUMNS: [(&str, f64); 6] = [
            ("Name", 26.0),
            ("Role", 26.0),
            ("Phone", 20.0),
            ("Email", 30.0),
            ("Stands in", 18.0),
            ("Handle", 14.0),
        ];
        let rows = self.people().into_iter().map(|person| {
            let texts =
                [person.name, person.role, person.phone, person.email, person.stands_in, person.handle];
            SheetRow {
                cells: texts.iter().map(|text| Cell::text(text)).collect(),
                look: Look::Plain,
                lines: 1,
            }
        });
        let rows: Vec<SheetRow> = rows.collect();
        (!rows.is_empty()).then(|| above.sheet("Contacts", &COLUMNS, rows))
    }

    /// What the head of every page says.
    pub(super) fn about_sheet(&self, above: &Above) -> Sheet {
        const COLUMNS: [(&str, f64); 2] = [("What", 20.0), ("", 80.0)];
        let head = self.head();
        let mut facts = vec![
            ("Plan", head.title),
            ("Draft", head.draft),
            ("Variant", head.variant),
            ("Version", head.hash),
            ("Times", head.zone),
            ("Begins", head.begins),
            ("T-0", head.t0),
            ("Ends", head.ends),
            ("Takes", head.length),
            ("Caller", head.caller),
            ("Decides", head.deciders),
        ];
        for window in head.windows {
            let margin = Some(window.margin).filter(|margin| !margin.is_empty());
            let margin = margin.map(|margin| format!(", margin {margin}")).unwrap_or_default();
            facts.push(("Window", format!("{}: {}{margin}", window.name, window.span)));
        }
        facts.extend(head.bridge.into_iter().map(|link| ("Bridge", link.text)));
        facts.extend(head.stand_ins.into_iter().map(|line| ("Stands in", line)));
        facts.extend(head.as_if.into_iter().map(|line| ("What if", line)));
        facts.push(("Trouble", head.trouble));
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
        let row = |(name, text): (&str, String)| SheetRow {
            cells: vec![Cell::exact(name), Cell::text(&text)],
            look: Look::Plain,
            lines: 1,
        };
        above.sheet("About", &COLUMNS, facts.map(row).collect())
    }

    /// What stands above every table.
    pub(super) fn above(&self) -> Above {
        let main = &self.schedule().main;
        let zone = self.words.zone(main.start, main.finish);
        let plan = self.plan();
        let mut stamp = vec![plan.title.clone(), draft(plan)];
        stamp.extend(plan.variant.clone());
        stamp.push(self.compiled.version.name().to_owned());
        stamp.push(if self.words.dated { format!("all times {zone}") } else { format!("times {zone}") });
        let first = self.words.clock.offset(main.start);
        let is_another = |moment| self.words.clock.offset(moment) != first;
        let mut placed = main.order.iter().filter_map(|id| self.placed(*id));
        Above {
            stamp: clean(&stamp.join(" · ")),
            trouble: clean(&self.trouble()),
            clock_changes: self.words.dated
                && placed.any(|placed| is_another(placed.start) || is_another(placed.finish)),
        }
    }
}

/// What stands above every table.
pub(super) struct Above {
    stamp: String,
    trouble: String,
    /// Whether the plan's clock is changed while it runs.
    clock_changes: bool,
}

impl Above {
    fn sheet(&self, name: &str, columns: &[(&'static str, f64)], mut rows: Vec<SheetRow>) -> Sheet {
        for row in &mut rows {
            row.cells.iter_mut().for_each(shorten);
            let lines = row.cells.iter().zip(columns).map(|(cell, (_, width))| cell.lines(*width));
            row.lines = lines.max().unwrap_or(1);
        }
        Sheet {
            name: name.to_owned(),
            stamp: self.stamp.clone(),
            trouble: self.trouble.clone(),
            columns: columns.iter().map(|(head, width)| Column { head, width: *width }).collect(),
            rows,
        }
    }
}

/// A text that is too long for a spreadsheet ends with where the rest is.
fn shorten(cell: &mut Cell) {
    if let Cell::Text(text) = cell
        && text.len() > LONGEST_TEXT
    {
        let end = (0..=LONGEST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push_str("… (too long for a cell: the rest is on the run sheet)");
    }
}

impl Cell {
    /// A count.
    fn number(number: usize) -> Self {
        let number = u32::try_from(number).map(f64::from);
        number.map_or(Self::Empty, Self::Number)
    }
}

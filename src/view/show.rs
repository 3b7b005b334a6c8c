//! A plan as plain text, for the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::presenter::Presenter;
use super::timeline::round_times;
use super::words;
use crate::plan::{NodeId, Owner};
use crate::schedule::{Line, Moment};

/// A round time takes so many columns at least.
const A_ROUND_TIME: usize = 16;

/// What to show, and in how much room.
#[derive(Debug, Clone, Copy)]
pub struct ShowOptions<'a> {
    /// Only the steps of this person, team or role.
    pub owner: Option<&'a str>,
    /// Bars instead of owners and slack.
    pub timeline: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Presenter<'_> {
    /// The plan as text.
    #[must_use]
    pub fn show(&self, options: &ShowOptions<'_>) -> String {
        let mut out = self.show_head();
        let schedule = self.schedule();
        let lines = std::iter::once(&schedule.main).chain(&schedule.ways_back);
        for line in lines {
            let steps: Vec<NodeId> = line
                .order
                .iter()
                .copied()
                .filter(|id| options.owner.is_none_or(|owner| self.is_of(*id, owner)))
                .collect();
            if steps.is_empty() {
                continue;
            }
            out.push('\n');
            if line.root.index() != 0 {
                out.push_str(&format!(
                    "Way back: {} (counts from the call)\n",
                    self.title(self.plan().node(line.root))
                ));
            }
            if options.timeline {
                self.show_bars(line, &steps, options.width, &mut out);
            } else {
                self.show_rows(&steps, options.width, &mut out);
            }
        }
        if schedule.main.order.is_empty() {
            out.push_str("\nno steps\n");
        }
        out
    }

    fn show_head(&self) -> String {
        let head = self.head();
        let mut out = format!("{}  {}  {}\n", head.title, head.draft, head.hash);
        if !head.variant.is_empty() {
            out.push_str(&format!("variant {}\n", head.variant));
        }
        let t0 = if head.t0.is_empty() { String::new() } else { format!(" · T-0 {}", head.t0) };
        out.push_str(&format!("{}{t0} · ends {} · {}\n", head.begins, head.ends, head.zone));
        for window in &head.windows {
            let margin = if window.margin.is_empty() {
                String::new()
            } else {
                format!(" · margin {}", window.margin)
            };
            out.push_str(&format!("{} {}{margin}\n", words::window(&window.name), window.span));
        }
        for line in head.stand_ins.iter().chain(&head.as_if) {
            out.push_str(&format!("{line}\n"));
        }
        out.push_str(&format!("{}\n", self.readiness(None).line));
        if !head.trouble.is_empty() {
            out.push_str(&format!("! {}\n", head.trouble));
        }
        out
    }

    /// Whether a step is somebody's, or a team's or role's.
    fn is_of(&self, id: NodeId, handle: &str) -> bool {
        let plan = self.plan();
        let people = self.placed(id).map(|placed| &placed.people[..]).unwrap_or_default();
        people.iter().any(|person| plan.roster.person(*person).handle.value == handle)
            || self.is_for(id, handle)
            || plan.node(id).owners.iter().any(|given| match given.value {
                Owner::Team(team) => plan.roster.team(team).handle.value == handle,
                Owner::Person(_) => false,
            })
    }

    fn show_rows(&self, steps: &[NodeId], width: usize, out: &mut String) {
        let rows: Vec<[String; 6]> = steps.iter().filter_map(|id| self.cells(*id)).collect();
        let widths: Vec<usize> =
            (0..6).map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
        let title_width =
            width.saturating_sub(widths.iter().sum::<usize>() - widths[3] + 10).clamp(20, widths[3].max(20));
        let mut before = None;
        let mut phase = None;
        for (id, row) in steps.iter().zip(&rows) {
            self.show_bands(*id, &mut before, &mut phase, out);
            let [number, time, takes, title, who, slack] = row;
            let title = fitted(title, title_width);
            let line = format!(
                "{:>number_width$}  {}  {}  {}  {}  {slack}",
                number,
                padded(time, widths[1]),
                padded(takes, widths[2]),
                padded(&title, title_width.min(widths[3])),
                padded(who, widths[4]),
                number_width = widths[0],
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    fn show_bands(
        &self,
        id: NodeId,
        before: &mut Option<Moment>,
        phase: &mut Option<NodeId>,
        out: &mut String,
    ) {
        let plan = self.plan();
        let Some(placed) = self.placed(id) else { return };
        if plan.node(id).way_back.is_none() {
            let known = before.unwrap_or(self.schedule().main.start);
            let day = self.words.day(placed.start).map(words::long_day);
            let day = day.filter(|_| self.words.day(known) != self.words.day(placed.start));
            let change = self.words.clock_change(known, placed.start);
            for band in day.into_iter().chain(change) {
                out.push_str(&format!("-- {band} --\n"));
            }
            *before = Some(placed.start);
        }
        let around = plan.around(id).find(|around| plan.node(*around).is_phase());
        if around != *phase {
            let root = plan.node(id).way_back.unwrap_or(NodeId::new(0));
            let title = match around {
                Some(around) if around == root => self.title(plan.node(around)),
                Some(around) => self.phase_title(around, root),
                None => plan.title.clone(),
            };
            out.push_str(&format!("{title}\n"));
            *phase = around;
        }
    }

    fn cells(&self, id: NodeId) -> Option<[String; 6]> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        let finish = self.end(node, placed);
        let time = format!("{}–{finish}", self.time(node, placed.start));
        let who = self.who(placed);
        let who = if who.is_empty() { "–".to_owned() } else { fitted(&who, 24) };
        let slack = if node.way_back.is_some() { String::new() } else { self.slack(id) };
        Some([self.number(id), time, self.takes(node, placed), self.title(node), who, slack])
    }

    fn show_bars(&self, line: &Line, steps: &[NodeId], width: usize, out: &mut String) {
        let names: Vec<String> = steps
            .iter()
            .map(|id| format!("{} {}", self.number(*id), self.title(self.plan().node(*id))))
            .collect();
        let name_width = names.iter().map(|name| name.width()).max().unwrap_or(0).min(width / 3).max(10);
        let room = width.saturating_sub(name_width + 2).max(20);
        let span = (line.finish - line.start).max(1);
        let column = |moment: Moment| {
            let along = i128::from(moment - line.start) * room as i128 / i128::from(span);
            usize::try_from(along.clamp(0, room as i128)).unwrap_or(0)
        };
        out.push_str(&format!("{}  {}\n", " ".repeat(name_width), self.ruler(line, room, column)));
        for (id, name) in steps.iter().zip(&names) {
            let Some(placed) = self.placed(*id) else { continue };
            let from = column(placed.start).min(room - 1);
            let to = column(placed.finish).max(from + 1).min(room);
            let node = self.plan().node(*id);
            let unattended = node.step.as_ref().is_some_and(|step| step.unattended.is_some());
            let mark = match (self.draws_critical(placed), unattended) {
                (true, false) => '█',
                (false, false) => '▒',
                (_, true) => '░',
            };
            let bar: String = std::iter::repeat_n(mark, to - from).collect();
            out.push_str(&format!(
                "{}  {}{bar}\n",
                padded(&fitted(name, name_width), name_width),
                " ".repeat(from)
            ));
        }
        out.push_str(if self.lacks_estimates() {
            "▒ no estimates yet: none is critical  ░ runs by itself\n"
        } else {
            "█ critical  ▒ may slip  ░ runs by itself\n"
        });
    }
}

impl Presenter<'_> {
    /// What is written above bars: where a line of steps begins and ends, and round times between as far as there is
    /// room, each behind a stroke at its moment.
    fn ruler(&self, line: &Line, room: usize, column: impl Fn(Moment) -> usize) -> String {
        let first = self.plan().node(line.order[0]);
        let is_main = line.root.index() == 0;
        let end_of = |moment| {
            if is_main && self.spans_days(line) { self.words.short(moment) } else { self.time(first, moment) }
        };
        let mut ruler = format!("|{}", end_of(line.start));
        let finish = format!("{}|", end_of(line.finish));
        let end = room.saturating_sub(finish.width());
        // The times of a way back count from its call.
        let round = if is_main { room / A_ROUND_TIME } else { 0 };
        for (moment, said) in round_times(line.start, line.finish, round, self.words) {
            let at = column(moment);
            if at > ruler.width() && at + said.width() + 1 < end {
                ruler.push_str(&" ".repeat(at - ruler.width()));
                ruler.extend(["|", &said]);
            }
        }
        ruler.push_str(&" ".repeat(end.saturating_sub(ruler.width())));
        ruler + &finish
    }
}

/// A text cut to so many columns.
pub(super) fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        let own = c.width().unwrap_or(0);
        if used + own + 1 > width {
            break;
        }
        used += own;
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// A text filled up with spaces; letters may be two columns wide.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text broken into lines of so many columns, all but the first indented further.
pub(super) fn wrapped(text: &str, indent: usize, width: usize, out: &mut String) {
    let mut used = indent;
    out.push_str(&" ".repeat(indent));
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 && used + 1 + word.width() > width {
            let hanging = indent + 2;
            out.push('\n');
            out.push_str(&" ".repeat(hanging));
            used = hanging;
        } else if index > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word.width();
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_columns() {
        assert_eq!(fitted("Copy the orders", 8), "Copy th…");
        assert_eq!(fitted("日本語の手順", 7), "日本語…");
        assert_eq!(padded("日本", 6), "日本  ");
    }
}

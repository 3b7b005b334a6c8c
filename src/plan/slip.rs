//! `--slip copy=+40m`: the plan as if a step took so much longer.
//!
//! What the command line names becomes a step that counts and has a length of its own; all else is an
//! error about the command line. A phase is kept for `check` to answer, which knows the last step in it.

use super::duration::{Duration, DurationError, Estimate};
use super::ids::NodeId;
use super::node::{Node, NodeKind, Presence, StepKind};
use super::{Plan, PlanOptions, messages};
use crate::diagnostic::Diagnostic;

/// Which way a length changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// `+40m`
    Longer,
    /// `-10m`
    Shorter,
}

/// By how much a step takes longer than it is estimated at, or shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Which way.
    pub toward: Toward,
    /// How far.
    pub by: Duration,
}

/// A slip of the command line, and what it means in this plan.
#[derive(Debug, Clone)]
pub struct AskedSlip {
    /// The step as it was named.
    pub name: String,
    /// The step, phase or group that this is.
    pub node: NodeId,
    /// By how much.
    pub slip: Slip,
}

/// Whom a name on the command line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// One step, phase or group.
    One(NodeId),
    /// Several of one title.
    Several(Vec<NodeId>),
    /// Nothing.
    Nobody,
}

impl Slip {
    /// Reads `+40m`, `40m` or `-10m`.
    ///
    /// # Errors
    /// When it is no duration, or its kinds of units mix.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let (toward, length) = match text.strip_prefix(['-', '−']) {
            Some(length) => (Toward::Shorter, length),
            None => (Toward::Longer, text.strip_prefix('+').unwrap_or(text)),
        };
        let by = Duration::parse(length)?;
        if by.has_days() && by.seconds() != 0 {
            return Err(DurationError::Mixed);
        }
        Ok(Self { toward, by })
    }

    /// A number that grows, or shrinks and never below nothing.
    fn apply(self, part: i64, by: i64) -> i64 {
        match self.toward {
            Toward::Longer => part + by,
            Toward::Shorter => (part - by).max(0),
        }
    }

    /// A duration that has slipped; a week counts as so many days.
    fn of(self, part: Duration, week: i64) -> Duration {
        if !self.by.has_days() {
            let seconds = self.apply(part.seconds(), self.by.seconds());
            return Duration::new(part.weeks(), part.days(), seconds);
        }
        if self.toward == Toward::Longer {
            return part + self.by;
        }
        let days = |one: Duration| one.weeks() * week + one.days();
        Duration::new(0, self.apply(days(part), days(self.by)), part.seconds())
    }
}

impl std::fmt::Display for Slip {
    /// As the command line takes it: `+40m`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.toward == Toward::Longer { '+' } else { '-' };
        write!(formatter, "{sign}{}", self.by)
    }
}

impl Estimate {
    /// The estimate with all its values slipped; a week counts as so many days.
    fn slipped(self, slip: Slip, week: i64) -> Self {
        Self {
            least: slip.of(self.least, week),
            likely: self.likely.map(|likely| slip.of(likely, week)),
            most: slip.of(self.most, week),
        }
    }

    /// Whether it has a length at all.
    fn is_nothing(self) -> bool {
        self.most == Duration::default()
    }
}

impl Plan {
    /// What a step is planned with: as written, else the plan's default, and slipped as the command
    /// line says.
    #[must_use]
    pub fn estimate(&self, node: &Node) -> Estimate {
        let estimate = self.estimate_without_slip(node);
        let Some(slip) = node.step.as_ref().and_then(|step| step.slip) else { return estimate };
        estimate.slipped(slip, if node.passes_by_itself() { 7 } else { 5 })
    }

    /// The same without what the command line says.
    #[must_use]
    pub fn estimate_without_slip(&self, node: &Node) -> Estimate {
        if node.step_kind() == StepKind::Milestone {
            return Estimate::exactly(Duration::default());
        }
        let written = node.step.as_ref().and_then(|step| step.estimate.as_ref()).map(|given| given.value);
        written.unwrap_or_else(|| self.default_estimate(node))
    }

    /// What is assumed of a step that nobody has estimated: its own file's default, else the plan's.
    #[must_use]
    pub fn default_estimate(&self, node: &Node) -> Estimate {
        let default = self.scopes.of(node.part).estimate.as_ref().map(|estimate| estimate.value);
        default.unwrap_or(Estimate::exactly(Duration::of_seconds(600)))
    }

    /// What is assumed of a step that nobody has estimated, in seconds: without what the command line adds.
    #[must_use]
    pub fn assumed_seconds(&self, node: &Node) -> i64 {
        let by_itself = node.passes_by_itself();
        self.estimate_without_slip(node).planned(|part| {
            if by_itself { part.calendar_days() * 86_400 + part.seconds() } else { part.working_seconds() }
        })
    }

    /// Whom a name on the command line means: an id, with or without its `#`, or a title, with or
    /// without its quotes.
    #[must_use]
    pub fn named(&self, name: &str) -> Named {
        let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let id = name.strip_prefix('#').unwrap_or(name);
        if quoted.is_none()
            && let Some(found) = self.ids().find(|node| self.node(*node).id == id)
        {
            return Named::One(found);
        }
        let title = quoted.unwrap_or(name).trim();
        let mut found: Vec<NodeId> = self.ids().filter(|node| self.node(*node).title == title).collect();
        if found.iter().any(|node| self.node(*node).is_here()) {
            found.retain(|node| self.node(*node).is_here());
        }
        match found.as_slice() {
            [] => Named::Nobody,
            [one] => Named::One(*one),
            _ => Named::Several(found),
        }
    }

    /// Takes the slips of the command line into the plan, in their order.
    pub(super) fn take_slips(&mut self, options: &PlanOptions, diagnostics: &mut Vec<Diagnostic>) {
        for (name, slip) in &options.slips {
            match self.slipping(name, *slip) {
                Ok(node) => {
                    if let Some(step) = &mut self.nodes[node.index()].step {
                        step.slip = Some(*slip);
                    }
                    self.slips.push(AskedSlip { name: name.clone(), node, slip: *slip });
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }

    /// What slips, or why it can't.
    fn slipping(&self, name: &str, slip: Slip) -> Result<NodeId, Diagnostic> {
        let id = match self.named(name) {
            Named::One(id) => id,
            Named::Several(found) => {
                let ids = found.iter().map(|id| self.node(*id).id.as_str());
                return Err(messages::ambiguous_slip(name, slip, ids));
            }
            Named::Nobody => {
                return Err(messages::unknown_slip(name, slip, || {
                    self.ids().filter(|id| self.node(*id).is_step()).map(|id| self.node(id).id.as_str())
                }));
            }
        };
        let node = self.node(id);
        if self.slips.iter().any(|known| known.node == id) {
            return Err(messages::slip_twice(name, slip, node));
        }
        if node.presence != Presence::Here {
            return Err(messages::slip_of_nothing(name, slip, node));
        }
        if node.kind != NodeKind::Step {
            return Ok(id);
        }
        if let Some(link) = node.during() {
            return Err(messages::slip_of_span(name, slip, node, self.node(link.target)));
        }
        let estimate = self.estimate_without_slip(node);
        if node.step_kind() == StepKind::Milestone && slip.toward == Toward::Shorter {
            return Err(messages::slip_below_milestone(name, slip, node));
        }
        if !estimate.is_nothing() && estimate.has_days() != slip.by.has_days() {
            return Err(messages::slip_of_other_kind(name, slip, node, estimate));
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slipped(estimate: &str, slip: &str, week: i64) -> Estimate {
        Estimate::parse(estimate).unwrap().slipped(Slip::parse(slip).unwrap(), week)
    }

    #[test]
    fn all_values_of_a_range_grow_and_none_falls_below_nothing() {
        assert_eq!(slipped("20m..30m..1h", "+40m", 5), Estimate::parse("1h..1h10m..1h40m").unwrap());
        assert_eq!(slipped("20m..30m..1h", "-25m", 5), Estimate::parse("0m..5m..35m").unwrap());
        assert_eq!(slipped("2d", "1w", 5).most.working_seconds(), 7 * 8 * 3600);
    }

    #[test]
    fn a_week_is_as_long_as_what_slips_has_it() {
        assert_eq!(slipped("1w", "-2d", 5).most.days(), 3);
        assert_eq!(slipped("1w", "-2d", 7).most.days(), 5);
    }

    #[test]
    fn kinds_of_units_do_not_mix() {
        assert_eq!(Slip::parse("1d4h"), Err(DurationError::Mixed));
        assert_eq!(Slip::parse("soon"), Err(DurationError::NotOne));
        assert_eq!(Slip::parse("+-5m"), Err(DurationError::NotOne));
    }
}

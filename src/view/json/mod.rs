//! The compiled plan for other programs: schema 1.
//!
//! Fields may be added; those that are here keep their names and meaning. Times carry the plan
//! zone's offset; a plan without a date has times such as `T+00:30:00`, a way back `R+00:30:00`.

mod form;
mod lines;

pub use form::{
    DroppedJson, GateJson, GroupJson, PlanJson, QuestionJson, ReasonJson, StepJson, TickJson, UndoJson,
    WayBackJson,
};

use super::digits::{self, two_digits};
use super::markdown::plain_after_word;
use crate::Compiled;
use crate::diagnostic::Said;
use crate::document::Mark;
use crate::plan::{Node, NodeId, NodeKind, Owner, Plan, Step, StepKind, Tick};
use crate::schedule::{Clock, Line, Moment, Placed, Through, UndoStep, WaysBack, undos_of};
use crate::source::Sources;

/// The compiled plan as plain data.
#[must_use]
pub fn plan_json(compiled: &Compiled, sources: &Sources) -> PlanJson {
    let (plan, schedule) = (&compiled.plan, &compiled.schedule);
    let writer = Writer { compiled, sources, ways_back: WaysBack::new(plan, schedule) };
    let steps = schedule.main.order.iter().filter_map(|id| writer.step(*id, 'T'));
    let groups = plan.ids().filter(|id| !plan.node(*id).is_step());
    let dropped = plan
        .ids()
        .filter(|id| plan.node(*id).is_step() && plan.node(*id).presence == crate::plan::Presence::Dropped);
    PlanJson {
        schema: 1,
        title: plan.title.clone(),
        draft: plan.header.draft.to_string(),
        timezone: schedule.clock.zone().map(|zone| zone.name().to_owned()),
        variant: plan.variant.clone(),
        hash: compiled.version.name().to_owned(),
        start: writer.time(schedule.main.start, 'T'),
        finish: writer.time(schedule.main.finish, 'T'),
        worst_finish: writer.time(schedule.main.worst_finish, 'T'),
        t0: writer.time(schedule.t0, 'T'),
        steps: steps.collect(),
        groups: groups.filter_map(|id| writer.group(id)).collect(),
        dropped: dropped.map(|id| writer.dropped(plan.node(id))).collect(),
        ways_back: schedule.ways_back.iter().map(|line| writer.way_back(line)).collect(),
        questions: writer.questions(),
        diagnostics: compiled.diagnostics.iter().map(|one| Said::new(one, sources)).collect(),
    }
}

struct Writer<'a> {
    compiled: &'a Compiled,
    sources: &'a Sources,
    ways_back: WaysBack,
}

impl Writer<'_> {
    fn plan(&self) -> &Plan {
        &self.compiled.plan
    }

    /// A moment; `letter` is what a plan without a date, or a way back, counts from.
    fn time(&self, moment: Moment, letter: char) -> String {
        let schedule = &self.compiled.schedule;
        if letter == 'R' || !schedule.dated {
            offset_time(moment.0, letter)
        } else {
            zoned_time(moment, schedule.clock)
        }
    }

    fn line(&self, node: &Node) -> usize {
        self.sources.line(node.span)
    }

    fn step(&self, id: NodeId, letter: char) -> Option<StepJson> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.compiled.schedule.step(id)?;
        let mut phases: Vec<String> = plan.around(id).map(|around| plan.node(around).id.clone()).collect();
        phases.reverse();
        let ids = |nodes: &[NodeId]| nodes.iter().map(|id| plan.node(*id).id.clone()).collect();
        let teams: Vec<String> =
            placed.teams.iter().map(|team| plan.roster.team(*team).handle.value.clone()).collect();
        Some(StepJson {
            number: placed.number,
            id: node.id.clone(),
            title: node.title.clone(),
            file: self.sources.get(node.span.source).name.clone(),
            line: self.line(node),
            kind: kind_name(step.kind),
            state: state_name(node.mark),
            phases,
            owners: self.owners(placed),
            team: teams.first().cloned(),
            teams: if teams.len() > 1 { teams } else { Vec::new() },
            backup: plan
                .backups(node, &placed.people)
                .iter()
                .map(|owner| plan.roster.handle(*owner).to_owned())
                .collect(),
            start: self.time(placed.start, letter),
            finish: self.time(placed.finish, letter),
            worst_finish: self.time(placed.worst.end, letter),
            seconds: placed.seconds,
            assumed: placed.assumed,
            slack_seconds: placed.slack,
            critical: placed.is_critical(),
            unattended: step.unattended.is_some(),
            no_return: step.no_return.is_some(),
            waits_for: ids(&placed.waits_for),
            starts_with: ids(&placed.starts_with),
            reason: ReasonJson { kind: placed.reason.kind.name(), ids: ids(&placed.reason.steps) },
            ticks: step.ticks.iter().map(|tick| self.tick(&plan.ticks[tick.index()])).collect(),
            undos: undos_of(plan, &self.compiled.schedule, id).map(|undo| self.undo(step, &undo)).collect(),
            gate: self.gate(id),
        })
    }

    fn undo(&self, step: &Step, undo: &UndoStep) -> UndoJson {
        let plan = self.plan();
        let block = step.undos[undo.place].block;
        UndoJson {
            text: plain_after_word(&plan.document, block),
            owners: undo.owners.iter().map(|owner| plan.roster.handle(*owner).to_owned()).collect(),
            seconds: undo.seconds,
            assumed: undo.assumed,
            line: self.sources.line(plan.document.block(block).span),
        }
    }

    fn gate(&self, id: NodeId) -> Option<GateJson> {
        let plan = self.plan();
        let gate = self.ways_back.of_gate(plan, &self.compiled.schedule, id)?;
        let phase = match gate.way.through {
            Through::Phase(phase) => Some(phase),
            _ => None,
        };
        Some(GateJson {
            latest_back_out: gate.latest.map(|latest| self.time(latest, 'T')),
            way_back_seconds: gate.way.leads_back().then_some(gate.way.seconds),
            way_back: phase.map(|phase| plan.node(phase).id.clone()),
        })
    }

    fn owners(&self, placed: &Placed) -> Vec<String> {
        let roster = &self.plan().roster;
        placed.people.iter().map(|person| roster.person(*person).handle.value.clone()).collect()
    }

    fn tick(&self, tick: &Tick) -> TickJson {
        let plan = self.plan();
        TickJson {
            title: tick.title.clone(),
            state: match tick.mark {
                Mark::Dropped => "dropped",
                mark => state_name(Some(mark)),
            },
            owners: tick.owners.iter().map(|given| plan.roster.handle(given.value).to_owned()).collect(),
            line: self.sources.line(plan.document.block(tick.block).span),
        }
    }

    fn group(&self, id: NodeId) -> Option<GroupJson> {
        let plan = self.plan();
        let node = plan.node(id);
        if node.presence == crate::plan::Presence::LeftOut {
            return None;
        }
        let letter = if node.way_back.is_some() { 'R' } else { 'T' };
        let stretch = self.compiled.schedule.groups[id.index()];
        let parent = plan.around(id).next().map(|around| plan.node(around).id.clone());
        Some(GroupJson {
            id: node.id.clone(),
            title: node.title.clone(),
            kind: if node.kind == NodeKind::Phase { "phase" } else { "group" },
            boxed: node.mark.is_some(),
            parent,
            line: self.line(node),
            start: stretch.map(|stretch| self.time(stretch.start, letter)),
            finish: stretch.map(|stretch| self.time(stretch.end, letter)),
        })
    }

    fn dropped(&self, node: &Node) -> DroppedJson {
        DroppedJson { id: node.id.clone(), title: node.title.clone(), line: self.line(node) }
    }

    fn way_back(&self, line: &Line) -> WayBackJson {
        let node = self.plan().node(line.root);
        WayBackJson {
            id: node.id.clone(),
            title: node.title.clone(),
            seconds: line.finish - line.start,
            steps: line.order.iter().filter_map(|id| self.step(*id, 'R')).collect(),
        }
    }

    fn questions(&self) -> Vec<QuestionJson> {
        let plan = self.plan();
        let by = &self.compiled.schedule.questions_by;
        let asked = plan.questions.iter().zip(by).filter(|(question, _)| question.asked);
        asked
            .map(|(question, by)| QuestionJson {
                text: question.text.clone(),
                who: question.who.as_ref().map(|who| owner_name(plan, who.value)),
                by: by.map(|by| self.time(by, 'T')),
                step: question.about.map(|about| plan.node(about).id.clone()),
                line: self.sources.line(question.span),
                answer: question.answer.clone(),
                ticks: question.ticks.iter().map(|tick| self.tick(&plan.ticks[tick.index()])).collect(),
            })
            .collect()
    }
}

fn owner_name(plan: &Plan, owner: Owner) -> String {
    plan.roster.handle(owner).to_owned()
}

pub(super) fn kind_name(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Ordinary => "step",
        StepKind::Milestone => "milestone",
        StepKind::Gate => "gate",
        StepKind::Hold => "hold",
    }
}

pub(super) fn state_name(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Done) => "done",
        Some(Mark::Active) => "active",
        _ => "todo",
    }
}

/// `T+00:30:00`
pub(super) fn offset_time(seconds: i64, letter: char) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.unsigned_abs();
    format!("{letter}{sign}{:02}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60)
}

/// `2026-12-05T22:00:00-05:00`
pub(super) fn zoned_time(moment: Moment, clock: Clock) -> String {
    let (local, offset) = (clock.local(moment), clock.offset(moment));
    let minutes = (offset.unsigned_abs() / 60) as u32;
    let mut text = String::with_capacity(25);
    digits::date(&mut text, local.date());
    text.push('T');
    digits::time(&mut text, local.time());
    text.push(if offset < 0 { '-' } else { '+' });
    two_digits(&mut text, minutes / 60);
    text.push(':');
    two_digits(&mut text, minutes % 60);
    text
}

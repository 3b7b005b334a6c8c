//! The compiled plan for other programs: schema 1.
//!
//! Fields may be added; those that are here keep their names and meaning. Times carry the plan
//! zone's offset; a plan without a date has times such as `T+00:30:00`, a way back `R+00:30:00`.

use serde::Serialize;

use crate::Compiled;
use crate::diagnostic::Said;
use crate::document::Mark;
use crate::plan::{Node, NodeId, NodeKind, Owner, Plan, StepKind, Tick};
use crate::schedule::{Clock, Line, Moment, Placed};
use crate::source::Sources;

/// A compiled plan.
#[derive(Debug, Serialize)]
pub struct PlanJson {
    /// Version of this form: 1.
    pub schema: u32,
    /// Its title.
    pub title: String,
    /// `1`, `2`, … or `final`.
    pub draft: String,
    /// IANA name of its zone; null in a plan without a date.
    pub timezone: Option<String>,
    /// The chosen variant.
    pub variant: Option<String>,
    /// Which version this is.
    pub hash: String,
    /// When it starts.
    pub start: String,
    /// When its last step ends.
    pub finish: String,
    /// The same when every range takes its longest.
    pub worst_finish: String,
    /// T-0.
    pub t0: String,
    /// The steps in run order.
    pub steps: Vec<StepJson>,
    /// Phases and groups in written order.
    pub groups: Vec<GroupJson>,
    /// Dropped steps in written order.
    pub dropped: Vec<DroppedJson>,
    /// The ways back.
    pub ways_back: Vec<WayBackJson>,
    /// Questions, answered ones too.
    pub questions: Vec<QuestionJson>,
    /// Everything that was said about the plan.
    pub diagnostics: Vec<Said>,
}

impl PlanJson {
    /// The text of the JSON, ending in a line break.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// A step.
#[derive(Debug, Serialize)]
pub struct StepJson {
    /// Its number in run order.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title as plain text.
    pub title: String,
    /// The file it stands in.
    pub file: String,
    /// The line it stands on.
    pub line: usize,
    /// `step`, `milestone`, `gate` or `hold`.
    pub kind: &'static str,
    /// `todo`, `done` or `active`.
    pub state: &'static str,
    /// The phases and groups around it, outermost first.
    pub phases: Vec<String>,
    /// Handles of those who do it.
    pub owners: Vec<String>,
    /// The team from which somebody was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Handles of those who step in.
    pub backup: Vec<String>,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// When it ends if every range takes its longest, the order of people and locks kept.
    pub worst_finish: String,
    /// Its planned length in seconds; of work in days the working time.
    pub seconds: i64,
    /// Whether the estimate is assumed.
    pub assumed: bool,
    /// How far its start can slip, in seconds.
    pub slack_seconds: i64,
    /// Whether it can't slip at all.
    pub critical: bool,
    /// Whether it runs by itself.
    pub unattended: bool,
    /// Whether there is no way back after it.
    pub no_return: bool,
    /// The steps it directly waits for.
    pub waits_for: Vec<String>,
    /// The steps it starts with or spans.
    pub starts_with: Vec<String>,
    /// What it waited for last.
    pub reason: ReasonJson,
    /// The boxes inside it.
    pub ticks: Vec<TickJson>,
}

/// Why a step starts when it does.
#[derive(Debug, Serialize)]
pub struct ReasonJson {
    /// `start`, `step`, `person`, `lock`, `pin`, `from`, `window` or `late`.
    pub kind: &'static str,
    /// The steps that this was.
    pub ids: Vec<String>,
}

/// A box inside a step.
#[derive(Debug, Serialize)]
pub struct TickJson {
    /// Its text.
    pub title: String,
    /// `todo`, `done`, `active` or `dropped`.
    pub state: &'static str,
    /// Handles of those who do it, where it says so.
    pub owners: Vec<String>,
    /// The line it stands on.
    pub line: usize,
}

/// A phase or group.
#[derive(Debug, Serialize)]
pub struct GroupJson {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `phase` or `group`.
    pub kind: &'static str,
    /// Whether it begins with a box.
    pub boxed: bool,
    /// The phase or group around it.
    pub parent: Option<String>,
    /// The line it stands on.
    pub line: usize,
    /// When the first step inside starts; null where none counts.
    pub start: Option<String>,
    /// When the last step inside ends.
    pub finish: Option<String>,
}

/// A dropped step.
#[derive(Debug, Serialize)]
pub struct DroppedJson {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The line it stands on.
    pub line: usize,
}

/// A way back.
#[derive(Debug, Serialize)]
pub struct WayBackJson {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes, in seconds.
    pub seconds: i64,
    /// Its steps in run order.
    pub steps: Vec<StepJson>,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionJson {
    /// What is asked.
    pub text: String,
    /// The handle of who finds out.
    pub who: Option<String>,
    /// By when.
    pub by: Option<String>,
    /// The step it is about.
    pub step: Option<String>,
    /// The line it stands on.
    pub line: usize,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The boxes under it, when it is about no step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<TickJson>,
}

/// The compiled plan as plain data.
#[must_use]
pub fn plan_json(compiled: &Compiled, sources: &Sources) -> PlanJson {
    let writer = Writer { compiled, sources };
    let (plan, schedule) = (&compiled.plan, &compiled.schedule);
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
        hash: compiled.hash.clone(),
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
        self.sources.position(node.span).line
    }

    fn step(&self, id: NodeId, letter: char) -> Option<StepJson> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.compiled.schedule.step(id)?;
        let mut phases: Vec<String> = plan.around(id).map(|around| plan.node(around).id.clone()).collect();
        phases.reverse();
        let ids = |nodes: &[NodeId]| nodes.iter().map(|id| plan.node(*id).id.clone()).collect();
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
            team: placed.team.map(|team| plan.roster.team(team).handle.value.clone()),
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
            line: self.sources.position(plan.document.block(tick.block).span).line,
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
                line: self.sources.position(question.span).line,
                answer: question.answer.clone(),
                ticks: question.ticks.iter().map(|tick| self.tick(&plan.ticks[tick.index()])).collect(),
            })
            .collect()
    }
}

fn owner_name(plan: &Plan, owner: Owner) -> String {
    plan.roster.handle(owner).to_owned()
}

fn kind_name(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Ordinary => "step",
        StepKind::Milestone => "milestone",
        StepKind::Gate => "gate",
        StepKind::Hold => "hold",
    }
}

fn state_name(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Done) => "done",
        Some(Mark::Active) => "active",
        _ => "todo",
    }
}

/// `T+00:30:00`
fn offset_time(seconds: i64, letter: char) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.unsigned_abs();
    format!("{letter}{sign}{:02}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60)
}

/// `2026-12-05T22:00:00-05:00`
fn zoned_time(moment: Moment, clock: Clock) -> String {
    let offset = clock.offset(moment);
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    // As `Debug`, a date and time of chrono is ISO 8601 with a `T`.
    format!("{:?}{sign}{:02}:{:02}", clock.local(moment), minutes / 60, minutes % 60)
}

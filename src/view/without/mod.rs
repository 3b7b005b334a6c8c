//! Somebody drops out: the sentences of `tminus without`, and their text for the terminal.
//!
//! What comes in is what was found out about the plan without them; what goes out is plain data, and the
//! lines of the terminal. Long lists are cut, and say how much is left out.

mod difference;
mod rows;
mod text;

pub use difference::quoted;

use serde::Serialize;

use super::presenter::Presenter;
use super::words;
use crate::Without;
use crate::check::without::{AbsenteeKind, Loss};
use crate::plan::{NodeId, PersonId};

/// So many things of a kind are named before the others are counted.
const MOST_NAMED: usize = 5;

/// The plan without somebody.
#[derive(Debug, Clone, Serialize)]
pub struct WithoutView {
    /// The version of this form.
    pub schema: u32,
    /// Who drops out.
    pub name: String,
    /// The handle that was asked for.
    pub handle: String,
    /// The plan: title, draft, version.
    pub plan: String,
    /// How much they have to do, in a sentence.
    pub summary: String,
    /// Their steps.
    pub steps: Vec<WithoutStep>,
    /// What else they are in charge of.
    pub besides: Vec<String>,
    /// Who could take it; nothing when nobody could, or nothing is to do.
    pub proposal: Option<ProposalView>,
}

/// A step of somebody who drops out.
#[derive(Debug, Clone, Serialize)]
pub struct WithoutStep {
    /// The number.
    pub number: String,
    /// The id.
    pub id: String,
    /// When.
    pub time: String,
    /// The title.
    pub title: String,
    /// Whether it can't slip.
    pub critical: bool,
    /// Who takes it, in a few words.
    pub who: String,
    /// Why nobody can take it as it is planned, person by person.
    pub reasons: Vec<String>,
    /// The handles of those who could, the best first.
    pub could: Vec<String>,
}

/// A way to get on without somebody.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalView {
    /// How it was found, and that it is one.
    pub how: String,
    /// Who takes what.
    pub takes: Vec<String>,
    /// The numbers of the steps that nobody can take.
    pub uncovered: Vec<String>,
    /// Which of those steps begin later then; nothing when none does.
    pub begin_later: Option<String>,
    /// When the plan ends then.
    pub ends: String,
    /// How many seconds later than planned.
    pub later_seconds: i64,
    /// The windows whose margin changes.
    pub margins: Vec<String>,
    /// Errors and warnings that come.
    pub new: Vec<String>,
    /// Errors and warnings that go.
    pub gone: Vec<String>,
    /// The command line that makes this plan.
    pub command: String,
}

/// Everybody by how much their loss would hurt.
#[derive(Debug, Clone, Serialize)]
pub struct LossView {
    /// The version of this form.
    pub schema: u32,
    /// What the order means, and how it was worked out.
    pub how: String,
    /// The worst first.
    pub people: Vec<LossRow>,
}

/// Somebody, and what their loss means.
#[derive(Debug, Clone, Serialize)]
pub struct LossRow {
    /// The name.
    pub name: String,
    /// The handle.
    pub handle: String,
    /// What it means, in a few words.
    pub facts: String,
}

impl Presenter<'_> {
    /// The plan without somebody. `command` is the command line without the substitutions.
    #[must_use]
    pub fn without(&self, without: &Without, command: &str) -> WithoutView {
        let head = self.head();
        // Of a step that several of them do there is a share each.
        let mut theirs: Vec<NodeId> = without.shares.iter().map(|share| share.step).collect();
        theirs.dedup();
        let critical = theirs.iter().filter(|step| self.is_critical(**step)).count();
        let back = theirs.iter().filter(|step| self.plan().node(**step).way_back.is_some()).count();
        let steps = theirs.len() - back;
        let name = self.absent_name(without);
        let summary = match (steps, critical) {
            (0, _) if back == 0 => format!("{name} has no steps"),
            (0, _) => format!("{} on ways back, and no others", words::count(back, "step")),
            (_, 0) => format!("{}, none of them critical", words::count(steps, "step")),
            (1, _) => "1 step, and it is critical".to_owned(),
            (all, critical) if all == critical => format!("{all} steps, all of them critical"),
            _ => format!("{}, {critical} of them critical", words::count(steps, "step")),
        };
        // The list of everybody counts the main line alone: both name the same number.
        let summary =
            if back == 0 || steps == 0 { summary } else { format!("{summary}; {back} more on ways back") };
        WithoutView {
            schema: 1,
            plan: format!("{} · {} · {}", head.title, head.draft, head.hash),
            handle: without.absentee.handle.clone(),
            summary,
            steps: (0..without.shares.len()).map(|at| self.without_step(&without.shares, at)).collect(),
            besides: self.besides(without),
            proposal: without
                .proposal
                .as_ref()
                .map(|(proposal, then)| self.proposal(without, proposal, then, command)),
            name,
        }
    }

    /// Everybody by how much their loss would hurt.
    #[must_use]
    pub fn losses(&self, losses: &[Loss]) -> LossView {
        let tried = losses.iter().filter(|loss| loss.tried.is_some()).count();
        let order = "by steps that nobody else can take, then by how much later the plan ends or earlier it begins, by steps \
                     for which nobody is free, and by critical steps";
        let how = if tried < losses.len() {
            format!("{order}; the finish was worked out for the first {tried} of {} people", losses.len())
        } else {
            order.to_owned()
        };
        LossView { schema: 1, how, people: losses.iter().map(|loss| self.loss(loss)).collect() }
    }

    fn loss(&self, loss: &Loss) -> LossRow {
        let person = self.plan().roster.person(loss.person);
        let mut facts = vec![format!("{}, {} critical", words::count(loss.steps, "step"), loss.critical)];
        match loss.nobody {
            0 => {}
            1 => facts.push("1 that nobody else can take".to_owned()),
            more => facts.push(format!("{more} that nobody else can take")),
        }
        if loss.later > 0 {
            facts.push(format!("{} for which nobody is free", loss.later));
        }
        if let Some(tried) = loss.tried {
            let begins = match tried.start {
                0 => String::new(),
                start => format!("begins {} and ", moved(start)),
            };
            facts.push(format!("the plan {begins}ends {}", moved(tried.finish)));
            if tried.errors > 0 {
                facts.push(format!("{} more", words::count(tried.errors, "error")));
            }
        }
        LossRow {
            name: self.names.full(loss.person).to_owned(),
            handle: person.handle.value.clone(),
            facts: facts.join("; "),
        }
    }

    fn absent_name(&self, without: &Without) -> String {
        let handle = &without.absentee.handle;
        match (without.absentee.kind, without.absentee.people.as_slice()) {
            (AbsenteeKind::Person, [person]) => self.names.full(*person).to_owned(),
            (AbsenteeKind::Team, people) => format!("team {handle} ({})", self.names.list(people)),
            (_, [person]) => format!("{handle} ({})", self.names.person(*person)),
            _ => handle.clone(),
        }
    }

    /// What else they are in charge of, a sentence each.
    fn besides(&self, without: &Without) -> Vec<String> {
        let (plan, duties) = (self.plan(), &without.duties);
        let mut lines = Vec::new();
        if duties.calls {
            lines.push("calls the steps: agree on another caller".to_owned());
        }
        for question in duties.questions.iter().take(MOST_NAMED) {
            let by = self.schedule().questions_by[question.index()];
            let by = by.map(|by| format!(", by {}", self.words.deadline(by))).unwrap_or_default();
            lines.push(format!("is to answer: {}{by}", plan.questions[question.index()].text));
        }
        lines.extend(more(duties.questions.len(), "open question"));
        for tick in duties.ticks.iter().take(MOST_NAMED) {
            let tick = &plan.ticks[tick.index()];
            let step = tick.step.map(|step| self.named_step(step)).unwrap_or_default();
            lines.push(format!("ticks “{}” within {step}", tick.title));
        }
        lines.extend(more(duties.ticks.len(), "tick"));
        let list = |steps: &[NodeId], what: &str| {
            (!steps.is_empty()).then(|| format!("{what} {}", self.numbers(steps)))
        };
        lines.extend(list(&duties.undos, "takes back"));
        lines.extend(list(&duties.stands_in, "is the backup for"));
        lines
    }

    pub(super) fn is_critical(&self, id: NodeId) -> bool {
        self.plan().node(id).way_back.is_none() && self.placed(id).is_some_and(|placed| placed.is_critical())
    }

    /// A step as it is called out, with its title.
    fn named_step(&self, id: NodeId) -> String {
        format!("{} {}", self.number(id), self.title(self.plan().node(id)))
    }

    /// Steps by their numbers, the first of them.
    fn numbers(&self, steps: &[NodeId]) -> String {
        let mut numbers: Vec<String> = steps.iter().take(4 * MOST_NAMED).map(|id| self.number(*id)).collect();
        if steps.len() > numbers.len() {
            numbers.push(format!("{} more", steps.len() - numbers.len()));
        }
        words::listed(&numbers)
    }

    fn short_name(&self, person: PersonId) -> String {
        self.names.person(person).to_owned()
    }
}

/// How many of a list were left out.
fn more(count: usize, what: &str) -> Option<String> {
    (count > MOST_NAMED).then(|| format!("… and {} more", words::count(count - MOST_NAMED, what)))
}

/// How far a finish moves, to follow "ends".
fn moved(seconds: i64) -> String {
    match seconds {
        0 => "as planned".to_owned(),
        later if later > 0 => format!("{} later", words::length(later)),
        earlier => format!("{} earlier", words::length(earlier)),
    }
}

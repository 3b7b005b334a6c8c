//! The form of a compiled plan for other programs: what each field is called and means.

use serde::Serialize;

use super::lines;
use crate::diagnostic::Said;

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
        let mut text = Vec::new();
        self.write(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    /// Appends the text.
    pub fn write(&self, to: &mut Vec<u8>) {
        lines::write(self, to);
        to.push(b'\n');
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
    /// The team from which somebody was chosen; of several the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// All of them, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<String>,
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
    /// How it is taken back, in written order; not there where nothing says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undos: Vec<UndoJson>,
    /// Of a gate of the main line, until when one can turn back there.
    #[serde(flatten)]
    pub gate: Option<GateJson>,
}

/// How a step is taken back.
#[derive(Debug, Serialize)]
pub struct UndoJson {
    /// What to do.
    pub text: String,
    /// Handles of those who do it.
    pub owners: Vec<String>,
    /// Its planned length in seconds.
    pub seconds: i64,
    /// Whether that is assumed.
    pub assumed: bool,
    /// The line it stands on.
    pub line: usize,
}

/// What a gate has beside what other steps have.
#[derive(Debug, Serialize)]
pub struct GateJson {
    /// The last moment at which one can still turn back; null without a way back, or without a window
    /// and a `by=`.
    pub latest_back_out: Option<String>,
    /// How long the way back takes from its end, in seconds; null where none leads back.
    pub way_back_seconds: Option<i64>,
    /// The phase of the way back, if `else=` names one.
    pub way_back: Option<String>,
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

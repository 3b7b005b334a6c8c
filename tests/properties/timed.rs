//! The answer to a made-up plan, read back: where each step stands, by the model's names.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde_json::Value;

use crate::answer::{Answer, answer};
use crate::model::{Id, Kind, Link, Model};

/// Where a step stands.
#[derive(Debug, Clone)]
pub struct Timed {
    pub number: u64,
    pub start: i64,
    pub finish: i64,
    pub worst_finish: i64,
    pub slack: i64,
    pub people: Vec<usize>,
    pub critical: bool,
    pub seconds: i64,
    pub reason: String,
    pub reason_ids: Vec<Id>,
    pub waits_for: Vec<String>,
}

/// A model, what the program made of it, and its steps by their place in the text.
pub struct Case {
    pub model: Model,
    pub text: String,
    pub answer: Answer,
    pub steps: BTreeMap<Id, Timed>,
    pub start: i64,
    pub finish: i64,
    pub t0: i64,
}

impl Case {
    /// Compiles a model.
    pub fn new(model: Model) -> Self {
        let text = model.text();
        let answer = answer(&text);
        let json = &answer.json;
        let by_name: BTreeMap<String, Id> = (0..model.nodes.len()).map(|id| (model.name(id), id)).collect();
        let mut steps = BTreeMap::new();
        for step in list(&json["steps"]) {
            let id = by_name[words(&step["id"])];
            let people =
                list(&step["owners"]).iter().map(|one| words(one)[1..].parse().expect("a number")).collect();
            let reason = &step["reason"];
            let timed = Timed {
                number: step["number"].as_u64().expect("a number"),
                start: time(&step["start"]),
                finish: time(&step["finish"]),
                worst_finish: time(&step["worst_finish"]),
                slack: step["slack_seconds"].as_i64().expect("a number"),
                people,
                critical: step["critical"].as_bool().expect("yes or no"),
                seconds: step["seconds"].as_i64().expect("a number"),
                reason: words(&reason["kind"]).to_owned(),
                reason_ids: list(&reason["ids"]).iter().map(|id| by_name[words(id)]).collect(),
                waits_for: list(&step["waits_for"]).iter().map(|id| words(id).to_owned()).collect(),
            };
            assert!(steps.insert(id, timed).is_none(), "s{id} stands twice in the answer\n{text}");
        }
        let (start, finish, t0) = (time(&json["start"]), time(&json["finish"]), time(&json["t0"]));
        Self { model, text, answer, steps, start, finish, t0 }
    }

    /// The places of a rule's diagnostics, by step or phase.
    pub fn said(&self, rule: &str) -> Vec<Id> {
        let all = list(&self.answer.json["diagnostics"]);
        let mut ids: Vec<Id> = all
            .iter()
            .filter(|one| one["rule"] == rule)
            .map(|one| self.on_line(one["line"].as_u64().expect("a line")))
            .collect();
        ids.sort_unstable();
        ids
    }

    fn on_line(&self, line: u64) -> Id {
        let line = self.text.lines().nth(usize::try_from(line).expect("small") - 1).expect("a line");
        let opening = format!("{{#{}", self.model.prefix);
        let id = line.split(&opening).nth(1).and_then(|rest| rest.split([' ', '}']).next());
        id.and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no step on {line:?}"))
    }

    /// Whether a step spans another (and that one is not dropped).
    pub fn spans(&self, id: Id) -> Option<Id> {
        let links = &self.model.nodes[id].links;
        let during = links.iter().find(|(link, target, _)| *link == Link::During && self.is_live(*target));
        during.map(|(_, target, _)| *target)
    }

    /// Whether something that counts is inside a node.
    pub fn is_live(&self, id: Id) -> bool {
        !self.model.steps(id).is_empty()
    }

    /// Whether something inside a node is dropped.
    pub fn has_dropped(&self, id: Id) -> bool {
        let inside = |one: &Id| self.model.around(*one).contains(&id);
        (id + 1..self.model.nodes.len()).filter(inside).any(|one| self.model.is_dropped(one))
    }

    /// Whether a step takes the time of those who do it.
    pub fn occupies(&self, id: Id) -> bool {
        let node = &self.model.nodes[id];
        node.kind == Kind::Step && !node.unattended && self.spans(id).is_none()
    }

    /// The window, inherited or not.
    pub fn window(&self, id: Id) -> Option<(i64, i64)> {
        let mut own_first = std::iter::once(id).chain(self.model.around(id));
        own_first.find_map(|id| self.model.nodes[id].window).map(|window| self.model.windows[window])
    }

    /// The first start inside a node.
    pub fn start_of(&self, id: Id) -> i64 {
        self.model.steps(id).iter().map(|step| self.steps[step].start).min().expect("a step")
    }

    /// The last finish inside a node.
    pub fn finish_of(&self, id: Id) -> i64 {
        self.model.steps(id).iter().map(|step| self.steps[step].finish).max().expect("a step")
    }
}

/// A JSON list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A JSON string.
pub fn words(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Seconds since 1970, or since T.
pub fn time(value: &Value) -> i64 {
    let text = words(value);
    if let Some(offset) = text.strip_prefix('T') {
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        let parts = offset[1..].split(':').map(|part| part.parse::<i64>().expect("a number"));
        return sign * parts.fold(0, |all, part| all * 60 + part);
    }
    DateTime::parse_from_rfc3339(text).expect("a time").timestamp()
}

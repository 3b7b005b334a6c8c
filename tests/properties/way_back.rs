//! The way back from every gate of a made-up plan, worked out again by adding up: what has begun by
//! its end, how long the undos of that take, and whether that is past its deadline.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;

use crate::answer::{answer, cases};
use crate::choices::{Choices, choices};

/// What the plan assumes where an undo has no duration, in minutes.
const ASSUMED: i64 = 7;

/// A step of the made-up plan, by its id.
#[derive(Debug, Clone, Default)]
struct Step {
    is_gate: bool,
    no_return: bool,
    /// Minutes of its undos.
    undos: Vec<i64>,
    /// Minutes from the start by which it ends.
    by: Option<i64>,
    /// Whether its no-go leads to the phase.
    to_phase: bool,
}

/// A plan in minutes from T, with its way back of so many minutes.
#[derive(Clone)]
struct Made {
    text: String,
    steps: BTreeMap<String, Step>,
    phase: i64,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "\n{}", self.text)
    }
}

fn make(row: Vec<u16>) -> Made {
    let mut choices = Choices::new(row);
    let mut text = format!("---\nestimate: {ASSUMED}m\n---\n\n");
    let mut steps = BTreeMap::new();
    let phase = 1 + choices.below(40) as i64;
    while !choices.is_over() {
        let id = format!("s{}", steps.len());
        let mut step = Step::default();
        let minutes = 1 + choices.below(30);
        let mut braces = format!("#{id} {minutes}m");
        if choices.once_in(3) {
            braces.push_str(" .parallel");
        }
        if choices.once_in(3) {
            step.is_gate = true;
            step.by = choices.once_in(2).then(|| 20 + choices.below(200) as i64);
            step.to_phase = choices.once_in(3);
            braces.push_str(" .gate");
            braces.push_str(if step.to_phase { " else=back" } else { "" });
        } else if choices.once_in(8) {
            step.no_return = true;
            braces.push_str(" .no-return");
        }
        if let Some(by) = step.by {
            write!(braces, " by=T+{by}m").expect("a text takes what is written");
        }
        writeln!(text, "- [ ] Step {id} {{{braces}}}").expect("a text takes what is written");
        for number in 0..choices.below(3) {
            let minutes = choices.once_in(2).then(|| 1 + choices.below(30) as i64);
            let length = minutes.map(|minutes| format!(" {{{minutes}m}}")).unwrap_or_default();
            writeln!(text, "  - undo: take {id} back, part {number}{length}")
                .expect("a text takes what is written");
            step.undos.push(minutes.unwrap_or(ASSUMED));
        }
        steps.insert(id, step);
    }
    write!(text, "\n## Back {{#back .rollback}}\n\n- [ ] Restore {{{phase}m}}\n")
        .expect("a text takes what is written");
    Made { text, steps, phase }
}

/// `T+01:30:00` in minutes.
fn minutes(value: &serde_json::Value) -> i64 {
    let text = value.as_str().expect("a time");
    let (sign, clock) = text[1..].split_at(1);
    let parts: Vec<i64> = clock.split(':').map(|part| part.parse().expect("a number")).collect();
    let all = parts[0] * 60 + parts[1];
    if sign == "-" { -all } else { all }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_latest_back_out_leaves_time_for_the_way_back(made in choices().prop_map(make)) {
        let answer = answer(&made.text);
        let list = answer.json["steps"].as_array().expect("steps");
        let planned: BTreeMap<&str, (i64, i64)> = list
            .iter()
            .map(|step| (step["id"].as_str().expect("an id"), (minutes(&step["start"]), minutes(&step["finish"]))))
            .collect();
        for json in list {
            let id = json["id"].as_str().expect("an id");
            let step = &made.steps[id];
            prop_assert_eq!(json.get("latest_back_out").is_some(), step.is_gate);
            if !step.is_gate {
                continue;
            }
            let (_, finish) = planned[id];
            let begun = || made.steps.iter().filter(|(other, _)| planned[other.as_str()].0 < finish);
            let no_return = begun().any(|(_, other)| other.no_return);
            let undos: i64 = begun().flat_map(|(_, other)| &other.undos).sum();
            let any = begun().any(|(_, other)| !other.undos.is_empty());
            let takes = if step.to_phase { Some(made.phase) } else { (any && !no_return).then_some(undos) };
            prop_assert_eq!(json["way_back_seconds"].as_i64(), takes.map(|takes| takes * 60), "{}", id);
            let latest = takes.and_then(|takes| Some(step.by? - takes));
            let shown = Some(&json["latest_back_out"]).filter(|shown| !shown.is_null()).map(minutes);
            prop_assert_eq!(shown, latest, "{}", id);
            let line = json["line"].as_u64().expect("a line");
            let said = answer.json["diagnostics"].as_array().expect("diagnostics").iter();
            let said = said.filter(|one| one["rule"] == "gate-too-late" && one["line"].as_u64() == Some(line));
            let late = latest.is_some_and(|latest| finish > latest);
            prop_assert_eq!(said.count(), usize::from(late), "{}", id);
        }
    }
}

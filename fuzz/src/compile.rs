//! Any plan compiles to a schedule: twice to the same answer, with sentences that all forms can show, with steps
//! that end after they begin and begin after what they wait for, and with an answer to every "why then".

use std::collections::HashSet;

use serde_json::Value;
use tminus::Compiled;
use tminus::diagnostic::{
    Diagnostic, Report, render_github, render_gitlab, render_human, render_human_others, render_short, sarif,
};
use tminus::source::Sources;
use tminus::view::json::plan_json;
use tminus::view::{Presenter, ShowOptions};

use super::input::Input;
use super::parse::all_inside;

/// Of so many steps it is asked why they start when they do.
const MOST_ASKED: usize = 3;

pub fn hold(text: &str) {
    let input = Input::read(text);
    let (compiled, sources) = input.compile();
    let json = plan_json(&compiled, &sources).to_text();
    let (again, its_sources) = input.compile();
    assert_eq!(json, plan_json(&again, &its_sources).to_text(), "compiled twice, two answers");
    all_inside(&compiled.diagnostics, &sources);
    is_said(&compiled.diagnostics, &sources);
    let _: Value = serde_json::from_str(&json).expect("the compiled plan is JSON");
    keeps_time(&compiled);
    is_shown(&input, &compiled, &sources);
}

/// Every form has a word for every diagnostic.
fn is_said(diagnostics: &[Diagnostic], sources: &Sources) {
    for one in diagnostics {
        assert!(!one.message.trim().is_empty(), "{one:?} says nothing");
        let others = render_human_others(&[one, one], sources, false);
        for said in others.into_iter().chain([render_human(one, sources, true)]) {
            assert!(said.contains(one.rule.name()), "{said}");
        }
    }
    assert_eq!(render_short(diagnostics, sources).lines().count(), diagnostics.len());
    assert_eq!(render_github(diagnostics, sources).lines().count(), diagnostics.len());
    let report = serde_json::to_value(Report::new(diagnostics, sources)).expect("a report is JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(diagnostics.len()));
    let log = sarif(diagnostics, sources);
    let results = log["runs"][0]["results"].as_array().map_or(0, Vec::len);
    assert!(results <= diagnostics.len());
    let quality = serde_json::to_value(render_gitlab(diagnostics, sources)).expect("a report is JSON");
    let prints: HashSet<&Value> =
        quality.as_array().into_iter().flatten().map(|issue| &issue["fingerprint"]).collect();
    assert_eq!(prints.len(), quality.as_array().map_or(0, Vec::len), "two findings with one fingerprint");
}

/// Numbers run in order, and nothing ends before it begins.
fn keeps_time(compiled: &Compiled) {
    let schedule = &compiled.schedule;
    for line in std::iter::once(&schedule.main).chain(&schedule.ways_back) {
        let mut before = 0;
        for placed in line.order.iter().filter_map(|id| schedule.step(*id)) {
            assert!(placed.number > before, "{} comes after {before}", placed.number);
            before = placed.number;
            assert!(placed.start <= placed.finish && placed.seconds >= 0, "{placed:?}");
            assert!(line.finish >= placed.finish, "the line ends before {placed:?}");
        }
    }
}

/// Everything that a terminal shows of a plan.
fn is_shown(input: &Input, compiled: &Compiled, sources: &Sources) {
    let presenter = Presenter::new(compiled, sources);
    for timeline in [false, true] {
        assert!(!presenter.show(&ShowOptions { owner: None, timeline, width: 80 }).is_empty());
    }
    let _ = presenter.rollback_from_gates();
    let asked = compiled.schedule.main.order.iter().rev().take(MOST_ASKED);
    for why in asked.filter_map(|id| compiled.why(&input.options, *id)) {
        assert!(!presenter.why(&why, None, 80).is_empty());
    }
}

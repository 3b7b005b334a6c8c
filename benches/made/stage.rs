//! The stages one by one, as `tminus::compile` calls them.

use tminus::check;
use tminus::diagnostic::Diagnostic;
use tminus::document::Document;
use tminus::graph::Graph;
use tminus::plan::{Plan, PlanOptions};
use tminus::schedule::{Schedule, ScheduleOptions, WaysBack};
use tminus::source::{SourceId, Sources};

pub fn document(sources: &mut Sources, source: SourceId) -> Document {
    Document::load(source, sources, &mut Vec::new())
}

pub fn plan(document: Document, sources: &Sources) -> Plan {
    // A sample has no roster in a file of its own.
    Plan::resolve(document, &[None], sources, &PlanOptions::default(), &mut Vec::new())
}

/// The main line first, then the ways back.
pub fn graphs(plan: &Plan) -> (Graph, Vec<Graph>) {
    let ways_back = plan.ways_back().map(|phase| Graph::link_way_back(plan, phase, &mut Vec::new()));
    (Graph::link(plan, &mut Vec::new()), ways_back.collect())
}

pub fn schedule(plan: &Plan, (main, ways_back): &(Graph, Vec<Graph>)) -> Schedule {
    Schedule::assign(plan, main, ways_back, &ScheduleOptions::default(), &mut Vec::new())
}

pub fn review(
    plan: &Plan,
    (graph, back): &(Graph, Vec<Graph>),
    schedule: &Schedule,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let placeholders = &check::placeholders(plan);
    let ways_back = &WaysBack::new(plan, schedule);
    let subject = check::Subject { plan, graph, back, schedule, ways_back, sources, placeholders };
    check::review(&subject, &mut diagnostics);
    diagnostics
}

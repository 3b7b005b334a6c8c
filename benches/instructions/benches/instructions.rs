//! How many instructions the stages take that run on one thread, and the two floors.
//!
//! The numbers are the same on a busy machine. What runs on several threads (view, render) is counted whole,
//! as a process, by `cargo bench --bench whole -- --instructions`.

#[path = "../../made/mod.rs"]
mod made;
#[path = "../../made/stage.rs"]
mod stage;

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use tminus::Compiled;
use tminus::cli::sample::Staffing::{Named, Nobody};
use tminus::diagnostic::Diagnostic;
use tminus::document::Document;
use tminus::graph::Graph;
use tminus::plan::Plan;
use tminus::schedule::Schedule;
use tminus::source::{SourceId, Sources};

use made::Case;

type Graphs = (Graph, Vec<Graph>);
type Bare = petgraph::graph::DiGraph<i64, ()>;

/// What the later stages take.
struct Made {
    plan: Plan,
    graphs: Graphs,
    schedule: Schedule,
    sources: Sources,
}

fn text(case: Case) -> String {
    case.text()
}

fn sources(case: Case) -> (Sources, SourceId) {
    case.sources()
}

fn document_of(case: Case) -> (Document, Sources) {
    let (mut sources, source) = case.sources();
    (stage::document(&mut sources, source), sources)
}

fn made_of(case: Case) -> Made {
    let (Compiled { plan, schedule, .. }, sources) = case.compiled();
    Made { graphs: stage::graphs(&plan), plan, schedule, sources }
}

fn bare_graph(case: Case) -> Bare {
    made::bare_graph(&case.compiled().0)
}

const SMALL: Case = Case { steps: 1_000, staffing: Named };
const SMALL_OF_NOBODY: Case = Case { steps: 1_000, staffing: Nobody };
const LARGE: Case = Case { steps: 10_000, staffing: Named };

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = text)]
fn floor_html(text: String) -> String {
    black_box(made::floor_html(&text))
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = bare_graph)]
fn floor_passes(graph: Bare) -> i64 {
    black_box(made::floor_passes(&graph))
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = sources)]
fn document((mut sources, source): (Sources, SourceId)) -> (Document, Sources) {
    (black_box(stage::document(&mut sources, source)), sources)
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = document_of)]
fn plan((document, sources): (Document, Sources)) -> (Plan, Sources) {
    (black_box(stage::plan(document, &sources)), sources)
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = made_of)]
fn graph(made: Made) -> (Graphs, Made) {
    (black_box(stage::graphs(&made.plan)), made)
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = made_of)]
fn schedule(made: Made) -> (Schedule, Made) {
    (black_box(stage::schedule(&made.plan, &made.graphs)), made)
}

#[library_benchmark]
#[benches::all(args = [SMALL, SMALL_OF_NOBODY, LARGE], setup = made_of)]
fn check(made: Made) -> (Vec<Diagnostic>, Made) {
    (black_box(stage::review(&made.plan, &made.graphs, &made.schedule, &made.sources)), made)
}

library_benchmark_group!(
    name = stages,
    benchmarks = [floor_html, floor_passes, document, plan, graph, schedule, check]
);

main!(library_benchmark_groups = stages);

//! Every stage by itself, the whole, and the two floors, at four sizes with people and without.
//!
//! `cargo bench --bench stages`; `cargo bench --bench stages -- schedule` for one of them. Values that a
//! stage takes are made before the clock runs.

#[path = "../made/mod.rs"]
mod made;
#[path = "../made/stage.rs"]
mod stage;

use divan::Bencher;
use tminus::cli::sample::Staffing;
use tminus::output::{Prints, Renderer, write_plan};
use tminus::view::export::Revision;
use tminus::view::{PageOptions, PlanPages};
use tminus::{Compiled, Options};

use made::Case;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CASES: [Case; 8] = [
    Case { steps: 100, staffing: Staffing::Named },
    Case { steps: 100, staffing: Staffing::Nobody },
    Case { steps: 1_000, staffing: Staffing::Named },
    Case { steps: 1_000, staffing: Staffing::Nobody },
    Case { steps: 10_000, staffing: Staffing::Named },
    Case { steps: 10_000, staffing: Staffing::Nobody },
    Case { steps: 100_000, staffing: Staffing::Named },
    Case { steps: 100_000, staffing: Staffing::Nobody },
];

fn main() {
    divan::main();
}

#[divan::bench(args = CASES, max_time = 2)]
fn floor_html(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench_local(|| made::floor_html(&text));
}

#[divan::bench(args = CASES, max_time = 2)]
fn floor_passes(bencher: Bencher<'_, '_>, case: Case) {
    let graph = made::bare_graph(&case.compiled().0);
    bencher.bench_local(|| made::floor_passes(&graph));
}

#[divan::bench(args = CASES, max_time = 2)]
fn document(bencher: Bencher<'_, '_>, case: Case) {
    let sources = || case.sources();
    bencher.with_inputs(sources).bench_local_refs(|(sources, source)| stage::document(sources, *source));
}

#[divan::bench(args = CASES, max_time = 2)]
fn plan(bencher: Bencher<'_, '_>, case: Case) {
    let (mut sources, source) = case.sources();
    let document = stage::document(&mut sources, source);
    bencher.with_inputs(|| document.clone()).bench_local_values(|document| stage::plan(document, &sources));
}

#[divan::bench(args = CASES, max_time = 2)]
fn graph(bencher: Bencher<'_, '_>, case: Case) {
    let (Compiled { plan, .. }, _) = case.compiled();
    bencher.bench_local(|| stage::graphs(&plan));
}

#[divan::bench(args = CASES, max_time = 2)]
fn schedule(bencher: Bencher<'_, '_>, case: Case) {
    let (Compiled { plan, .. }, _) = case.compiled();
    let graphs = stage::graphs(&plan);
    bencher.bench_local(|| stage::schedule(&plan, &graphs));
}

#[divan::bench(args = CASES, max_time = 2)]
fn check(bencher: Bencher<'_, '_>, case: Case) {
    let (Compiled { plan, schedule, .. }, sources) = case.compiled();
    let graphs = stage::graphs(&plan);
    bencher.bench_local(|| stage::review(&plan, &graphs, &schedule, &sources));
}

#[divan::bench(args = CASES, max_time = 2)]
fn pages(bencher: Bencher<'_, '_>, case: Case) {
    let (compiled, sources) = case.compiled();
    let renderer = Renderer::new().expect("the built-in templates are right");
    bencher.bench_local(|| {
        let (page, revision) = (PageOptions::default(), Revision::default());
        let pages = PlanPages::present(&compiled, &sources, "sample", page, revision);
        renderer.plan(&pages).expect("the built-in templates are right")
    });
}

#[divan::bench(args = CASES, max_time = 2)]
fn write(bencher: Bencher<'_, '_>, case: Case) {
    let (compiled, sources) = case.compiled();
    let pages =
        PlanPages::present(&compiled, &sources, "sample", PageOptions::default(), Revision::default());
    let renderer = Renderer::new().expect("the built-in templates are right");
    let pages = renderer.plan(&pages).expect("the built-in templates are right");
    let file = std::path::Path::new("sample.md");
    bencher.with_inputs(|| tempfile::tempdir().expect("a temporary folder")).bench_local_refs(|folder| {
        write_plan(folder.path(), "sample", file, &pages, Prints::Unasked).expect("room on the disk")
    });
}

/// From the text to pages that are not on the disk yet.
#[divan::bench(args = CASES, max_time = 2)]
fn whole(bencher: Bencher<'_, '_>, case: Case) {
    let renderer = Renderer::new().expect("the built-in templates are right");
    bencher.with_inputs(|| case.sources()).bench_local_refs(|(sources, source)| {
        let compiled = tminus::compile(sources, *source, &Options::default());
        let (page, revision) = (PageOptions::default(), Revision::default());
        let pages = PlanPages::present(&compiled, sources, "sample", page, revision);
        renderer.plan(&pages).expect("the built-in templates are right")
    });
}

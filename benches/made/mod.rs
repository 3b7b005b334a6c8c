//! Which samples the benches take, and the floors.
//!
//! Two floors stand beside the stages: pulldown-cmark turning the same file into HTML, which is less than
//! reading a plan, and a pass forward and one backward over the bare graph, which is less than scheduling it.

use std::fmt;
use std::num::NonZeroU32;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use pulldown_cmark::{Options as MarkdownOptions, Parser, html};
use tminus::cli::sample::{Sample, Staffing};
use tminus::source::{Source, SourceId, Sources};
use tminus::{Compiled, Options};

/// Which sample.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub steps: u32,
    pub staffing: Staffing,
}

impl fmt::Display for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = match self.staffing {
            Staffing::Named => "people",
            Staffing::Nobody => "nobody",
        };
        write!(out, "{} {people}", self.steps)
    }
}

impl Case {
    pub fn text(self) -> String {
        let steps = NonZeroU32::new(self.steps).unwrap_or(NonZeroU32::MIN);
        Sample { title: "\"Sample\"".to_owned(), steps, staffing: self.staffing }.text()
    }

    pub fn sources(self) -> (Sources, SourceId) {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("sample.md", self.text()));
        (sources, source)
    }

    pub fn compiled(self) -> (Compiled, Sources) {
        let (mut sources, source) = self.sources();
        let compiled = tminus::compile(&mut sources, source, &Options::default());
        (compiled, sources)
    }
}

/// The first floor: the file as HTML, by the parser that tminus has too.
pub fn floor_html(text: &str) -> String {
    let options = MarkdownOptions::ENABLE_TABLES
        | MarkdownOptions::ENABLE_TASKLISTS
        | MarkdownOptions::ENABLE_STRIKETHROUGH
        | MarkdownOptions::ENABLE_FOOTNOTES
        | MarkdownOptions::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, Parser::new_ext(text, options));
    out
}

/// The graph of a plan with nothing but lengths.
pub fn bare_graph(compiled: &Compiled) -> DiGraph<i64, ()> {
    let graph = &compiled.graph;
    let mut bare = DiGraph::new();
    for vertex in graph.vertices() {
        let step = graph.step(vertex).and_then(|step| compiled.schedule.step(step));
        bare.add_node(step.map_or(0, |placed| placed.seconds));
    }
    for vertex in graph.vertices() {
        for (after, _) in graph.after(vertex) {
            bare.add_edge(NodeIndex::new(vertex.index()), NodeIndex::new(after.index()), ());
        }
    }
    bare
}

/// The second floor: earliest starts forward, latest ones backward, and the sum of what lies between.
pub fn floor_passes(graph: &DiGraph<i64, ()>) -> i64 {
    let order = petgraph::algo::toposort(graph, None).unwrap_or_default();
    let mut early = vec![0i64; graph.node_count()];
    for &at in &order {
        let before = graph.neighbors_directed(at, Direction::Incoming);
        early[at.index()] = before.map(|one| early[one.index()] + graph[one]).max().unwrap_or(0);
    }
    let finish = order.iter().map(|at| early[at.index()] + graph[*at]).max().unwrap_or(0);
    let mut late = vec![0i64; graph.node_count()];
    for &at in order.iter().rev() {
        let after = graph.neighbors_directed(at, Direction::Outgoing);
        let latest = after.map(|one| late[one.index()]).min().unwrap_or(finish);
        late[at.index()] = latest - graph[at];
    }
    late.iter().zip(&early).map(|(late, early)| late - early).sum()
}

//! Where a mistake that was reported already leaves it open who stops, starts or waits for what: what
//! follows from it stays silent.

use std::collections::HashMap;

use crate::check::{Places, Subject};
use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::plan::{NodeId, Plan, SystemId};
use crate::source::{Sources, Span};

/// Near names are looked for so often: each unknown name is compared with every system.
const MOST_COMPARED: usize = 100;

/// What is not certain.
pub(in crate::check) struct Doubt {
    /// By system.
    systems: Vec<bool>,
    /// By node.
    steps: Vec<bool>,
}

impl Doubt {
    pub(in crate::check) fn after(subject: &Subject<'_>, diagnostics: &[Diagnostic]) -> Self {
        let plan = subject.plan;
        let mut doubt =
            Self { systems: vec![false; plan.systems.len()], steps: vec![false; plan.nodes.len()] };
        let lost = lost_links(subject.sources, diagnostics);
        for graph in std::iter::once(subject.graph).chain(subject.back) {
            graph.circular().iter().for_each(|id| doubt.steps[id.index()] = true);
        }
        for id in plan.ids() {
            let node = plan.node(id);
            let around = node.parent.is_some_and(|parent| doubt.steps[parent.index()]);
            doubt.steps[id.index()] |= around || lost.any_in(node.span);
            if let (true, Some(step)) = (doubt.steps[id.index()], &node.step) {
                for given in step.stops.iter().chain(&step.starts) {
                    doubt.systems[given.value.index()] = true;
                }
            }
        }
        for system in meant(plan, subject.sources, diagnostics) {
            doubt.systems[system.index()] = true;
        }
        doubt
    }

    /// Whether a word that was not understood may have stopped or started it, or ordered who does.
    pub(super) fn of_system(&self, system: SystemId) -> bool {
        self.systems[system.index()]
    }

    /// Whether what it waits for was not understood, or made a circle.
    pub(super) fn of_step(&self, node: NodeId) -> bool {
        self.steps[node.index()]
    }
}

/// Links that name nothing, and words that may have been links.
fn lost_links(sources: &Sources, diagnostics: &[Diagnostic]) -> Places {
    let is_lost = |one: &&Diagnostic| match one.rule {
        Rule::UnknownReference | Rule::AmbiguousReference => true,
        Rule::Attribute => one.span().is_some_and(|span| sources.text(span).contains('=')),
        _ => false,
    };
    Places::at(diagnostics.iter().filter(is_lost).filter_map(Diagnostic::span))
}

/// The systems that words which were not understood, or stand where they can't, may have meant. That a use
/// was lost says nothing about who stops and starts.
fn meant(plan: &Plan, sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<SystemId> {
    let names: HashMap<&str, usize> =
        plan.systems.iter().enumerate().map(|(index, system)| (system.name.as_str(), index)).collect();
    let mut found = Vec::new();
    let mut compared = 0;
    for one in diagnostics {
        let Some(span) = one.span() else { continue };
        match one.rule {
            Rule::UnknownSystem if key_before(sources, span) != "uses" && compared < MOST_COMPARED => {
                compared += 1;
                let systems = plan.systems.iter().map(|system| system.name.as_str());
                found.extend(nearest(sources.text(span), systems).map(|name| names[name]));
            }
            Rule::Attribute | Rule::AttributePlace => {
                let values = sources.text(span).split_once('=').map_or("", |(_, values)| values);
                found.extend(values.split(',').filter_map(|name| names.get(name)));
            }
            _ => {}
        }
    }
    found.into_iter().map(SystemId::new).collect()
}

/// The key of the word in braces that a value stands in.
fn key_before(sources: &Sources, value: Span) -> &str {
    let before = &sources.get(value.source).text[..value.start()];
    let begin = before.rfind(|c: char| c.is_whitespace() || c == '{').map_or(0, |at| at + 1);
    before[begin..].split_once('=').map_or("", |(key, _)| key)
}

//! Names in attributes become ids: owners, windows, systems, variants, and the steps that `after=`
//! and its kin mean.

use std::collections::{HashMap, HashSet};

use super::attributes::{Attributes, Kind, Written};
use super::ids::{NodeId, SystemId, WindowId};
use super::messages;
use super::names::{Names, Suggestions};
use super::node::{Given, Link, LinkKind, Node, NodeKind, Owner};
use super::outline::Outline;
use super::roster::Roster;
use super::{System, Window};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What the front matter declares, and those who are asked.
pub(super) struct Declared<'a> {
    pub(super) windows: Vec<Window>,
    /// Nothing without a list of systems.
    pub(super) systems: Option<Vec<System>>,
    pub(super) variants: &'a [Written<String>],
    pub(super) roster: &'a mut Roster,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

pub(super) struct Lookup<'a> {
    pub(super) windows: Vec<Window>,
    window_ids: HashMap<String, WindowId>,
    near_windows: Suggestions,
    systems_declared: bool,
    pub(super) systems: Vec<System>,
    system_ids: HashMap<String, SystemId>,
    near_systems: Suggestions,
    variants: &'a [Written<String>],
    variant_names: HashSet<&'a str>,
    near_variants: Suggestions,
    roster: &'a mut Roster,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(declared: Declared<'a>) -> Self {
        let Declared { windows, systems, variants, roster, diagnostics } = declared;
        let systems_declared = systems.is_some();
        let systems = systems.unwrap_or_default();
        let mut window_ids = HashMap::new();
        for (index, window) in windows.iter().enumerate() {
            window_ids.entry(window.name.clone()).or_insert(WindowId::new(index));
        }
        let mut system_ids = HashMap::new();
        for (index, system) in systems.iter().enumerate() {
            system_ids.entry(system.name.clone()).or_insert(SystemId::new(index));
        }
        Self {
            windows,
            window_ids,
            near_windows: Suggestions::default(),
            systems_declared,
            systems,
            system_ids,
            near_systems: Suggestions::default(),
            variants,
            variant_names: variants.iter().map(|variant| variant.value.as_str()).collect(),
            near_variants: Suggestions::default(),
            roster,
            diagnostics,
        }
    }

    /// Looks up every name of every node.
    pub(super) fn nodes(&mut self, outline: &mut Outline) {
        let names = Names::assign(&mut outline.nodes, self.diagnostics);
        let all = std::mem::take(&mut outline.attributes);
        for (index, attributes) in all.into_iter().enumerate() {
            self.variants(&attributes.only);
            let links = self.links(&attributes, &names, &outline.nodes, NodeId::new(index));
            let no_go = self.no_go(&attributes, &names, &outline.nodes);
            let node = &mut outline.nodes[index];
            node.links = links;
            node.owners = self.owners(&attributes.owners);
            node.backup = self.backups(&attributes.backup);
            node.access = attributes.access.iter().cloned().map(Given::written).collect();
            node.uses = self.systems(&attributes.uses);
            node.window = attributes.window.as_ref().and_then(|window| self.window(window));
            node.at = attributes.at.map(Given::written);
            node.from = attributes.from.into_iter().map(Given::written).collect();
            node.by = attributes.by.into_iter().map(Given::written).collect();
            if let Some(step) = &mut node.step {
                step.stops = self.systems(&attributes.stops);
                step.starts = self.systems(&attributes.starts);
                step.locks = self.systems(&attributes.locks);
                step.no_go = no_go;
            }
        }
    }

    fn links(&mut self, attributes: &Attributes, names: &Names, nodes: &[Node], own: NodeId) -> Vec<Link> {
        let mut links = Vec::new();
        for written in &attributes.links {
            let kind = match written.kind {
                Kind::RightAfter => LinkKind::RightAfter,
                Kind::With => LinkKind::With,
                Kind::During => LinkKind::During,
                _ => LinkKind::After,
            };
            match names.find(&written.target, written.span, nodes) {
                Ok(target) if nodes[target.index()].way_back != nodes[own.index()].way_back => {
                    self.diagnostics.push(messages::other_line(written.span, &nodes[target.index()]));
                }
                Ok(target) => links.push(Link { kind, target, lag: written.lag, span: written.span }),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        links
    }

    fn no_go(&mut self, attributes: &Attributes, names: &Names, nodes: &[Node]) -> Option<Given<NodeId>> {
        let written = attributes.no_go.as_ref()?;
        match names.find(&written.value, written.span, nodes) {
            Ok(target) if nodes[target.index()].kind == NodeKind::Phase => {
                Some(Given::here(target, written.span))
            }
            Ok(target) => {
                self.diagnostics.push(messages::no_go_to_step(written.span, &nodes[target.index()]));
                None
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    fn owners(&mut self, written: &[Written<String>]) -> Vec<Given<Owner>> {
        let mut owners: Vec<Given<Owner>> = Vec::new();
        for one in written {
            if let Some(owner) = self.roster.look_up(&one.value, one.span, self.diagnostics)
                && !owners.iter().any(|known| known.value == owner)
            {
                owners.push(Given::here(owner, one.span));
            }
        }
        owners
    }

    /// Backups are taken as written: a substitute stands in for an owner, not for a stand-in.
    fn backups(&mut self, written: &[Written<String>]) -> Vec<Given<Owner>> {
        let mut backups = Vec::new();
        for one in written {
            let found = self.roster.look_up_as_written(&one.value, one.span, self.diagnostics);
            backups.extend(found.map(|owner| Given::here(owner, one.span)));
        }
        backups
    }

    fn window(&mut self, written: &Written<String>) -> Option<Given<WindowId>> {
        match self.window_ids.get(&written.value) {
            Some(id) => Some(Given::here(*id, written.span)),
            None => {
                let names = self.near_windows.among(self.windows.iter().map(|window| window.name.as_str()));
                self.diagnostics.push(messages::unknown_window(written.span, &written.value, names));
                None
            }
        }
    }

    /// Without a list of systems, each one that is named exists.
    fn systems(&mut self, written: &[Written<String>]) -> Vec<Given<SystemId>> {
        let mut found = Vec::new();
        for one in written {
            found.extend(self.system(&one.value, one.span).map(|id| Given::here(id, one.span)));
        }
        found
    }

    fn system(&mut self, name: &str, span: Span) -> Option<SystemId> {
        if let Some(id) = self.system_ids.get(name) {
            return Some(*id);
        }
        if self.systems_declared {
            let names = self.near_systems.among(self.systems.iter().map(|system| system.name.as_str()));
            self.diagnostics.push(messages::unknown_system(span, name, names));
            return None;
        }
        let id = SystemId::new(self.systems.len());
        self.systems.push(System { name: name.to_owned(), down: false, span });
        self.system_ids.insert(name.to_owned(), id);
        Some(id)
    }

    fn variants(&mut self, only: &[Written<String>]) {
        for one in only {
            if !self.variant_names.contains(one.value.as_str()) {
                let names =
                    self.near_variants.among(self.variants.iter().map(|variant| variant.value.as_str()));
                self.diagnostics.push(messages::unknown_variant(one.span, &one.value, names));
            }
        }
    }
}

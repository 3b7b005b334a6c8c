//! Names in attributes become ids: owners, windows, systems, variants, and the steps that `after=`
//! and its kin mean.

use super::attributes::{Attributes, Kind, Written};
use super::ids::{NodeId, SystemId, WindowId};
use super::messages;
use super::names::Names;
use super::node::{Given, Link, LinkKind, Node, NodeKind, Owner};
use super::outline::Outline;
use super::roster::Roster;
use super::{System, Window};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(super) struct Lookup<'a> {
    pub(super) windows: Vec<Window>,
    pub(super) systems_declared: bool,
    pub(super) systems: Vec<System>,
    pub(super) variants: &'a [Written<String>],
    pub(super) roster: &'a mut Roster,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Lookup<'_> {
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
        match self.windows.iter().position(|window| window.name == written.value) {
            Some(index) => Some(Given::here(WindowId::new(index), written.span)),
            None => {
                let names = self.windows.iter().map(|window| window.name.as_str());
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
        if let Some(index) = self.systems.iter().position(|system| system.name == name) {
            return Some(SystemId::new(index));
        }
        if self.systems_declared {
            let names = self.systems.iter().map(|system| system.name.as_str());
            self.diagnostics.push(messages::unknown_system(span, name, names));
            return None;
        }
        self.systems.push(System { name: name.to_owned(), down: false, span });
        Some(SystemId::new(self.systems.len() - 1))
    }

    fn variants(&mut self, only: &[Written<String>]) {
        for one in only {
            if !self.variants.iter().any(|variant| variant.value == one.value) {
                let names = self.variants.iter().map(|variant| variant.value.as_str());
                self.diagnostics.push(messages::unknown_variant(one.span, &one.value, names));
            }
        }
    }
}

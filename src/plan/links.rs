//! Names in attributes become ids: owners, windows, systems, variants, and the steps that `after=`
//! and its kin mean.

use std::collections::{HashMap, HashSet};

use super::attributes::{Kind, Written};
use super::ids::{NodeId, SystemId, WindowId};
use super::messages;
use super::names::{Names, Suggestions};
use super::node::{Given, Link, LinkKind, Node, NodeKind, Owner};
use super::outline::{Named, Outline};
use super::roster::Roster;
use super::{Header, Scopes, System, Time, Window};
use crate::diagnostic::Diagnostic;
use crate::document::PartId;
use crate::source::Span;

pub(super) struct Lookup<'a> {
    scopes: &'a Scopes,
    pub(super) windows: Vec<Window>,
    /// By file: the windows of that name.
    window_ids: HashMap<(PartId, String), WindowId>,
    near_windows: Suggestions,
    /// By file: the names of windows whose times are wrong.
    misread_windows: HashSet<(PartId, &'a str)>,
    /// By file: the names of its list of systems, if it has one.
    declared_systems: Vec<Option<HashSet<&'a str>>>,
    /// A system of one name is one system, whichever file names it.
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
    pub(super) fn new(
        headers: &'a [Header],
        scopes: &'a Scopes,
        roster: &'a mut Roster,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let variants = &headers[0].variants;
        let mut lookup = Self {
            scopes,
            windows: Vec::new(),
            window_ids: HashMap::new(),
            near_windows: Suggestions::default(),
            misread_windows: HashSet::new(),
            declared_systems: Vec::new(),
            systems: Vec::new(),
            system_ids: HashMap::new(),
            near_systems: Suggestions::default(),
            variants,
            variant_names: variants.iter().map(|variant| variant.value.as_str()).collect(),
            near_variants: Suggestions::default(),
            roster,
            diagnostics,
        };
        for (index, header) in headers.iter().enumerate() {
            lookup.declare(PartId::new(index), header);
        }
        lookup
    }

    fn declare(&mut self, part: PartId, header: &'a Header) {
        self.misread_windows.extend(header.misread_windows.iter().map(|name| (part, name.as_str())));
        for window in &header.windows {
            let (name, from, to) = window.value.clone();
            let id = self.add_window(Window { name: name.clone(), from, to, span: window.span });
            self.window_ids.entry((part, name)).or_insert(id);
        }
        let names = header.systems.as_ref().map(|systems| {
            for system in systems {
                let (name, down) = system.value.clone();
                self.add_system(System { name, down, span: system.span });
            }
            systems.iter().map(|system| system.value.0.as_str()).collect()
        });
        self.declared_systems.push(names);
    }

    /// A plan that stands in another several times brings one window, and not several.
    fn add_window(&mut self, window: Window) -> WindowId {
        let zone = self.scopes.zone_at(window.span);
        let same = |known: &Window| {
            (&known.name, known.from, known.to) == (&window.name, window.from, window.to)
                && self.scopes.zone_at(known.span) == zone
        };
        if self.scopes.part_at(window.span) != PartId::ROOT
            && let Some(known) = self.windows.iter().position(same)
        {
            return WindowId::new(known);
        }
        self.windows.push(window);
        WindowId::new(self.windows.len() - 1)
    }

    fn add_system(&mut self, system: System) -> SystemId {
        if let Some(known) = self.system_ids.get(&system.name) {
            return *known;
        }
        let id = SystemId::new(self.systems.len());
        self.system_ids.insert(system.name.clone(), id);
        self.systems.push(system);
        id
    }

    /// Looks up every name of every node.
    pub(super) fn nodes(&mut self, outline: &mut Outline) {
        let is_title = |written: &Named| {
            let links = written.links.iter().map(|link| &link.target);
            links.chain(written.no_go.iter().map(|no_go| &no_go.value)).any(|named| named.quoted)
        };
        let by_title = outline.named.iter().any(is_title);
        let names = Names::assign(&mut outline.nodes, &outline.holders, by_title, self.diagnostics);
        let all = std::mem::take(&mut outline.named);
        for (index, named) in all.into_iter().enumerate() {
            let of = |kind| named.names.of(kind);
            self.variants(of(Kind::Only));
            let links = self.links(&named, &names, &outline.nodes, NodeId::new(index));
            let no_go = self.no_go(&named, &names, &outline.nodes, NodeId::new(index));
            let node = &mut outline.nodes[index];
            node.links = links;
            node.owners = self.owners(of(Kind::Owner));
            node.backup = self.backups(of(Kind::Backup));
            node.access = of(Kind::Access).cloned().map(Given::written).collect();
            node.uses = self.systems(of(Kind::Uses));
            node.window = of(Kind::In).next().and_then(|window| self.window(window));
            if let Some(step) = &mut node.step {
                step.stops = self.systems(of(Kind::Stops));
                step.starts = self.systems(of(Kind::Starts));
                step.locks = self.systems(of(Kind::Locks));
                step.no_go = no_go;
            }
        }
    }

    fn links(&mut self, named: &Named, names: &Names, nodes: &[Node], own: NodeId) -> Box<[Link]> {
        let mut links = Vec::with_capacity(named.links.len());
        for written in &named.links {
            let kind = match written.kind {
                Kind::RightAfter => LinkKind::RightAfter,
                Kind::With => LinkKind::With,
                Kind::During => LinkKind::During,
                _ => LinkKind::After,
            };
            match names.find(&written.target, written.span, nodes, nodes[own.index()].part) {
                Ok(target) if nodes[target.index()].way_back != nodes[own.index()].way_back => {
                    self.diagnostics.push(messages::other_line(written.span, &nodes[target.index()]));
                }
                Ok(target) => links.push(Link { kind, target, lag: written.lag, span: written.span }),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        links.into()
    }

    fn no_go(&mut self, named: &Named, names: &Names, nodes: &[Node], own: NodeId) -> Option<Given<NodeId>> {
        let written = named.no_go.as_ref()?;
        match names.find(&written.value, written.span, nodes, nodes[own.index()].part) {
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

    fn owners<'b>(
        &mut self,
        written: impl Iterator<Item = &'b Written<String>> + Clone,
    ) -> Box<[Given<Owner>]> {
        let mut owners: Vec<Given<Owner>> = Vec::with_capacity(written.clone().count());
        for one in written {
            if let Some(owner) = self.roster.look_up(&one.value, one.span, self.diagnostics)
                && (self.roster.remembers_handles() || !owners.iter().any(|known| known.value == owner))
            {
                owners.push(Given::here(owner, one.span));
            }
        }
        owners.into()
    }

    /// Backups are taken as written: a substitute stands in for an owner, not for a stand-in.
    fn backups<'b>(
        &mut self,
        written: impl Iterator<Item = &'b Written<String>> + Clone,
    ) -> Box<[Given<Owner>]> {
        let mut backups = Vec::with_capacity(written.clone().count());
        for one in written {
            let found = self.roster.look_up_as_written(&one.value, one.span, self.diagnostics);
            backups.extend(found.map(|owner| Given::here(owner, one.span)));
        }
        backups.into()
    }

    fn window(&mut self, written: &Written<String>) -> Option<Given<WindowId>> {
        let visible: Vec<PartId> = self.scopes.outward(self.scopes.part_at(written.span)).collect();
        let found = visible.iter().find_map(|part| self.window_ids.get(&(*part, written.value.clone())));
        if let Some(id) = found {
            return Some(Given::here(*id, written.span));
        }
        // That its times are wrong was said already.
        if visible.iter().any(|part| self.misread_windows.contains(&(*part, written.value.as_str()))) {
            return None;
        }
        let seen = |window: &&Window| visible.contains(&self.scopes.part_at(window.span));
        let names = self.windows.iter().filter(seen).map(|window| window.name.as_str());
        let names = self.near_windows.among(names);
        self.diagnostics.push(messages::unknown_window(written.span, &written.value, names));
        None
    }

    /// Without a list of systems, each one that is named exists.
    fn systems<'b>(
        &mut self,
        written: impl Iterator<Item = &'b Written<String>> + Clone,
    ) -> Box<[Given<SystemId>]> {
        let mut found = Vec::with_capacity(written.clone().count());
        for one in written {
            found.extend(self.system(&one.value, one.span).map(|id| Given::here(id, one.span)));
        }
        found.into()
    }

    fn system(&mut self, name: &str, span: Span) -> Option<SystemId> {
        if name.contains(':') && Time::parse(name).is_ok() {
            self.diagnostics.push(messages::time_for_system(span, name));
            return None;
        }
        let part = self.scopes.part_at(span);
        let lists =
            || self.scopes.outward(part).filter_map(|part| self.declared_systems[part.index()].as_ref());
        if lists().next().is_none() || lists().any(|names| names.contains(name)) {
            return Some(self.add_system(System { name: name.to_owned(), down: false, span }));
        }
        let names = self.systems.iter().map(|system| system.name.as_str());
        let visible = names.filter(|name| lists().any(|list| list.contains(name)));
        let diagnostic = messages::unknown_system(span, name, self.near_systems.among(visible));
        self.diagnostics.push(diagnostic);
        None
    }

    fn variants<'b>(&mut self, only: impl Iterator<Item = &'b Written<String>>) {
        for one in only {
            if !self.variant_names.contains(one.value.as_str()) {
                let names =
                    self.near_variants.among(self.variants.iter().map(|variant| variant.value.as_str()));
                self.diagnostics.push(messages::unknown_variant(one.span, &one.value, names));
            }
        }
    }
}

//! Every place of a plan at which a name stands: ids, handles, systems, windows, variants, and where each is
//! declared.
//!
//! What comes in is a compiled plan; what goes out are places in the first source of each file, in order. Names
//! into which a variable goes are known by what they mean, and marked, since they can't be written otherwise.

use super::project::Project;
use crate::document::{Entry, Node as Tree, NodeValue, Word, parse_yaml};
use crate::plan::{Header, NodeId};
use crate::source::Span;

/// What a name is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// A phase, group or step, by the place at which it is declared.
    Step(Span),
    Handle(String),
    System(String),
    Window(String),
    Variant(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Declared,
    Named,
}

/// How a name is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Letter by letter: another may stand there.
    Plain,
    /// By a title: it says what it says.
    Title,
    /// With a variable in it.
    Variable,
}

/// A name at a place.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    pub(super) name: Name,
    pub(super) role: Role,
    pub(super) form: Form,
}

/// All of them.
pub(super) struct Names {
    all: Vec<Occurrence>,
}

impl Names {
    pub(super) fn of(project: &Project) -> Self {
        let mut collector = Collector { project, all: Vec::new() };
        collector.nodes();
        collector.words();
        collector.front_matter();
        let mut all = collector.all;
        all.sort_by_key(|one| (one.span, one.role == Role::Named));
        all.dedup_by_key(|one| one.span);
        Self { all }
    }

    /// The name at a byte of a file; between two the one that begins there.
    pub(super) fn at(&self, place: Span) -> Option<&Occurrence> {
        let (source, at) = (place.source, place.start());
        let touches = |one: &&Occurrence| {
            one.span.source == source && (one.span.start()..=one.span.end()).contains(&at)
        };
        self.all.iter().filter(touches).max_by_key(|one| (one.role == Role::Named, one.span.start()))
    }

    /// The name that has exactly this place.
    pub(super) fn exactly(&self, place: Span) -> Option<&Occurrence> {
        let found = self.all.binary_search_by_key(&place, |one| one.span).ok()?;
        self.all.get(found)
    }

    /// Where a name stands.
    pub(super) fn places<'a>(&'a self, name: &'a Name) -> impl Iterator<Item = &'a Occurrence> {
        self.all.iter().filter(move |one| one.name == *name)
    }
}

struct Collector<'a> {
    project: &'a Project,
    all: Vec<Occurrence>,
}

impl Collector<'_> {
    fn add(&mut self, span: Span, name: Name, role: Role, form: Form) {
        let span = self.project.original(span);
        self.all.push(Occurrence { span, name, role, form });
    }

    fn text(&self, span: Span) -> &str {
        self.project.sources.text(span)
    }

    /// Where a phase, group or step is declared: its id, else its line.
    fn declared(&self, id: NodeId) -> Span {
        let node = self.project.compiled.plan.node(id);
        let span = match node.written_id {
            Some(span) => span.part(1.min(span.len())..span.len()),
            None => node.span,
        };
        self.project.original(span)
    }

    // Ids.

    fn nodes(&mut self) {
        let project = self.project;
        let plan = &project.compiled.plan;
        for id in plan.ids() {
            let node = plan.node(id);
            let declared = self.declared(id);
            let form = match node.written_id {
                None => Form::Title,
                Some(_) if self.text(declared).contains("{{") => Form::Variable,
                Some(_) => Form::Plain,
            };
            self.add(declared, Name::Step(declared), Role::Declared, form);
            for link in &node.links {
                self.reference(link.span, link.target);
            }
            if let Some(no_go) = node.step.as_ref().and_then(|step| step.no_go.as_ref()) {
                self.reference(no_go.span, no_go.value);
            }
        }
    }

    /// `db/copy+30m`: a step, and the links to the plans that it stands in.
    fn reference(&mut self, span: Span, target: NodeId) {
        let text = self.text(span);
        if let Some(title) = text.strip_prefix('"') {
            let length = title.find('"').unwrap_or(title.len());
            let inner = span.part(1..1 + length);
            self.add(inner, Name::Step(self.declared(target)), Role::Named, Form::Title);
            return;
        }
        let length = text.find('+').unwrap_or(text.len());
        let is_variable = text[..length].contains("{{");
        if is_variable {
            self.add(span.part(0..length), Name::Step(self.declared(target)), Role::Named, Form::Variable);
            return;
        }
        let written: Vec<(usize, usize)> = text[..length]
            .split('/')
            .scan(0, |at, part| {
                let from = *at;
                *at += part.len() + 1;
                Some((from, from + part.len()))
            })
            .collect();
        let mut means = Some(target);
        for (from, to) in written.into_iter().rev() {
            let Some(node) = means else { break };
            let name = Name::Step(self.declared(node));
            let form = if self.project.compiled.plan.node(node).written_id.is_some() {
                Form::Plain
            } else {
                Form::Title
            };
            self.add(span.part(from..to), name, Role::Named, form);
            means = self.holder(node);
        }
    }

    /// The step that holds the plan in which another stands.
    fn holder(&self, id: NodeId) -> Option<NodeId> {
        let plan = &self.project.compiled.plan;
        let part = plan.node(id).part;
        plan.around(id).find(|around| plan.node(*around).holds == Some(part))
    }

    // Words in braces.

    fn words(&mut self) {
        let document = &self.project.compiled.plan.document;
        for id in &self.project.compiled.plan.attributed {
            for word in document.block(*id).braces().iter().flat_map(|braces| &braces.words) {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &Word) {
        if word.text.starts_with('@') {
            self.named(word.span, &word.text, Name::Handle);
            return;
        }
        let name: fn(String) -> Name = match word.key() {
            Some("backup") => Name::Handle,
            Some("uses" | "stops" | "starts" | "locks") => Name::System,
            Some("in") => Name::Window,
            Some("only") => Name::Variant,
            _ => return,
        };
        for value in &word.values {
            self.named(value.span, &value.name, name);
        }
    }

    /// A name in braces; `text` has its variables filled in.
    fn named(&mut self, span: Span, text: &str, name: fn(String) -> Name) {
        let written = self.text(span);
        let form = if written.contains("{{") { Form::Variable } else { Form::Plain };
        let (from, to) = inside(written);
        let text = text.trim_start_matches('@').to_owned();
        self.add(span.part(from..to), name(text), Role::Named, form);
    }

    // Front matter, and files of people.

    fn front_matter(&mut self) {
        let project = self.project;
        for part in &project.compiled.plan.document.parts {
            for entry in &part.front.entries {
                self.entry(entry);
            }
            let file = Header::roster_file(&part.front)
                .map(|(path, _)| project.sources.folder(part.source).join(path))
                .and_then(|path| project.source_of(&crate::source::real_path(&path)));
            if let Some(source) = file {
                let tree = parse_yaml(source, &project.sources, &mut Vec::new());
                self.people(&tree);
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry.key.as_str() {
            "people" => self.people(&entry.value),
            "teams" => {
                for team in map(&entry.value) {
                    self.scalar(team.key_span, &team.key, Name::Handle, Role::Declared);
                    self.list(&team.value, Name::Handle, Role::Named);
                }
            }
            "roles" => {
                for role in map(&entry.value) {
                    self.scalar(role.key_span, &role.key, Name::Handle, Role::Declared);
                    self.list(&role.value, Name::Handle, Role::Named);
                }
            }
            "caller" => self.list(&entry.value, Name::Handle, Role::Named),
            "variants" => self.list(&entry.value, Name::Variant, Role::Declared),
            "systems" => {
                self.list(&entry.value, Name::System, Role::Declared);
                self.keys(&entry.value, Name::System);
            }
            "windows" => self.keys(&entry.value, Name::Window),
            _ => {}
        }
    }

    fn people(&mut self, tree: &Tree) {
        self.keys(tree, Name::Handle);
        let facts = map(tree).iter().flat_map(|person| map(&person.value));
        for fact in facts.filter(|fact| fact.key == "backup") {
            self.list(&fact.value, Name::Handle, Role::Named);
        }
    }

    fn keys(&mut self, tree: &Tree, name: fn(String) -> Name) {
        for entry in map(tree) {
            self.scalar(entry.key_span, &entry.key, name, Role::Declared);
        }
    }

    fn list(&mut self, tree: &Tree, name: fn(String) -> Name, role: Role) {
        match &tree.value {
            NodeValue::Text(text) => self.scalar(tree.span, text, name, role),
            NodeValue::List(list) => {
                for one in list {
                    if let Some(text) = one.text() {
                        self.scalar(one.span, text, name, role);
                    }
                }
            }
            _ => {}
        }
    }

    fn scalar(&mut self, span: Span, text: &str, name: fn(String) -> Name, role: Role) {
        let (from, to) = inside(self.text(span));
        let span = span.part(from..to);
        let form = if self.text(span) == text { Form::Plain } else { Form::Variable };
        self.add(span, name(text.to_owned()), role, form);
    }
}

fn map(tree: &Tree) -> &[Entry] {
    match &tree.value {
        NodeValue::Map(entries) => entries,
        _ => &[],
    }
}

/// The bytes of a name without its `@` and its quotes.
fn inside(written: &str) -> (usize, usize) {
    let open = written.len() - written.trim_start_matches(['@', '"', '\'']).len();
    let close = written.trim_end_matches(['"', '\'']).len();
    (open.min(close), close)
}

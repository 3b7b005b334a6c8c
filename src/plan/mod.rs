//! A document becomes a [`Plan`]: phases, groups and steps with everything they inherit, people,
//! windows and systems, every name looked up.
//!
//! Knows no dates and no order: times stay as they are written, and what waits for what is `graph`'s.
//! Promised: any document gives a plan, every step of the text is in it once, and every value knows
//! where it was written.

mod attributes;
mod called;
mod canonical;
mod colons;
mod duration;
mod header;
mod hours;
mod ids;
mod inherit;
mod links;
mod meant_key;
mod meant_length;
mod meant_time;
mod meant_word;
mod meant_zone;
mod messages;
mod names;
mod node;
mod outline;
mod parted;
mod person;
mod places;
mod reference;
mod roster;
mod scope;
mod several;
mod slip;
mod substitute;
mod time;
mod variables;
mod weekday;

pub use attributes::{Written, is_name};
pub use canonical::{Canonical, canonical};
pub use duration::{Duration, DurationError, Estimate, WORKING_DAY, mended as mended_duration};
pub use header::Header;
pub use hours::Hours;
pub use ids::{NodeId, PersonId, QuestionId, SystemId, TeamId, TickId, WindowId};
pub use meant_length::{length_or_time, meant_length};
pub use meant_time::meant_time;
pub use meant_word::sign_of_other;
pub use meant_zone::place_zones;
pub use names::slug;
pub use node::{
    Arrangement, Given, Link, LinkKind, ListPlace, Node, NodeKind, Owner, Presence, Question, Step, StepKind,
    Tick, Undo,
};
pub use outline::{Mode, Role};
pub use person::{Handle, Person, RawPerson, Team};
pub use places::{Holder, words_on};
pub use reference::Reference;
pub use roster::Roster;
pub use scope::{Scope, Scopes};
pub use slip::{AskedSlip, Named, Slip, Toward};
pub use substitute::{StandIn, Substitute};
pub use time::{Time, TimeError, shown_utc};

use crate::diagnostic::{Diagnostic, Levels};
use crate::document::{BlockId, Document, Node as Tree, PartId};
use crate::source::{SourceId, Sources, Span};

/// What the command line says about a plan's people, variables and variant.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// `--variant`
    pub variant: Option<String>,
    /// `--var name=text`
    pub vars: Vec<(String, String)>,
    /// `--sub ana=raj`, `--sub copy:ana=raj`
    pub subs: Vec<Substitute>,
    /// `--slip copy=+40m`
    pub slips: Vec<(String, Slip)>,
}

/// A file of people.
#[derive(Debug, Clone)]
pub struct RosterFile {
    /// The file.
    pub source: SourceId,
    /// What is in it.
    pub tree: Tree,
}

/// A window that was agreed.
#[derive(Debug, Clone)]
pub struct Window {
    /// Its name.
    pub name: String,
    /// When it opens.
    pub from: Time,
    /// When it closes.
    pub to: Time,
    /// Where its times are written.
    pub span: Span,
}

/// A system.
#[derive(Debug, Clone)]
pub struct System {
    /// Its name.
    pub name: String,
    /// Whether it is down at first.
    pub down: bool,
    /// Where it is named first.
    pub span: Span,
}

/// A plan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The text it was made from, variables filled in.
    pub document: Document,
    /// Its title.
    pub title: String,
    /// What the front matter of its own file says.
    pub header: Header,
    /// What holds inside each of its files.
    pub scopes: Scopes,
    /// Phases, groups and steps in written order; the first is the whole plan.
    pub nodes: Vec<Node>,
    /// The headings and items whose braces hold attributes.
    pub attributed: Vec<BlockId>,
    /// The boxes inside steps.
    pub ticks: Vec<Tick>,
    /// The questions.
    pub questions: Vec<Question>,
    /// What a block inside a step or question stands for.
    pub roles: Vec<Option<Role>>,
    /// Prose for the index page.
    pub background: Vec<BlockId>,
    /// How its steps were found.
    pub mode: Mode,
    /// People, teams and roles.
    pub roster: Roster,
    /// Who calls the steps.
    pub caller: Option<Given<Owner>>,
    /// The windows.
    pub windows: Vec<Window>,
    /// The systems.
    pub systems: Vec<System>,
    /// The variant it was compiled for.
    pub variant: Option<String>,
    /// What takes longer or shorter than estimated, as the command line says.
    pub slips: Vec<AskedSlip>,
    /// Who stands in at single steps and phases, as the command line says.
    pub stand_ins: Vec<StandIn>,
    /// How loud each rule is.
    pub levels: Levels,
}

/// Every word with a fixed form that may stand in braces: `after=`, `.gate` and so on.
pub fn words_of_braces() -> impl Iterator<Item = &'static str> {
    attributes::Kind::words()
}

impl Plan {
    /// Makes the plan of a document. `rosters` are the files of people, one for each file of the plan
    /// that names one.
    #[must_use]
    pub fn resolve(
        mut document: Document,
        rosters: &[Option<RosterFile>],
        sources: &Sources,
        options: &PlanOptions,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let tree = |index: usize| rosters.get(index).and_then(|file| Some(&file.as_ref()?.tree));
        let parts = document.parts.iter().enumerate();
        let mut headers: Vec<Header> =
            parts.map(|(index, part)| Header::read(&part.front, tree(index), diagnostics)).collect();
        scope::ignored_keys(&headers, diagnostics);
        let scopes = Scopes::new(&document, &headers, rosters);
        variables::fill(&mut document, &headers, &scopes, options, diagnostics);
        let variant = choose_variant(&headers[0], options, diagnostics);
        let subs = substitute::of_everything(&headers, options);
        let mut roster = Roster::new(&headers, &scopes, &subs, diagnostics);
        roster.remember_handles(!options.subs.is_empty());
        let mut outline = outline::outline(&document, variant.as_deref(), &mut roster, diagnostics);
        let caller = headers[0].caller.as_ref().and_then(|caller| {
            roster
                .look_up(&caller.value, caller.span, diagnostics)
                .map(|owner| Given::here(owner, caller.span))
        });
        let mut lookup = links::Lookup::new(&headers, &scopes, &mut roster, diagnostics);
        lookup.nodes(&mut outline);
        let (windows, systems) = (lookup.windows, lookup.systems);
        inherit::inherit(&mut outline.nodes);
        substitute::report_unknown(&headers, options, &roster, diagnostics);
        let header = headers.swap_remove(0);
        let title = title(&document, &header, &outline, sources);
        let levels = Levels::new(header.draft, header.lints.clone());
        let no_steps = !outline.nodes.iter().any(Node::is_step);
        if no_steps {
            diagnostics.push(messages::no_steps(document.source, sources));
        } else if outline.mode != Mode::Boxes {
            let is_own = |node: &&Node| node.is_step() && node.part == PartId::ROOT;
            let first = outline.nodes.iter().find(is_own).map_or(outline.nodes[0].span, |node| node.span);
            diagnostics.push(messages::no_boxes(first, outline.mode));
        }
        for (index, node) in outline.nodes.iter().enumerate().filter(|(_, node)| node.holds.is_some()) {
            if !outline.nodes[index..node.end.index()].iter().any(Node::is_step) {
                diagnostics.push(messages::plan_without_steps(node));
            }
        }
        let mut plan = Self {
            title,
            header,
            scopes,
            nodes: outline.nodes,
            attributed: outline.attributed,
            ticks: outline.ticks,
            questions: outline.questions,
            roles: outline.roles,
            background: {
                // Found section by section, and read in the order of the text.
                let mut blocks = outline.background;
                blocks.sort_unstable();
                blocks
            },
            mode: outline.mode,
            roster,
            caller,
            windows,
            systems,
            variant,
            slips: Vec::new(),
            stand_ins: Vec::new(),
            levels,
            document,
        };
        plan.keep_other_title(outline.only_title);
        plan.take_substitutes(options, diagnostics);
        plan.take_slips(options, diagnostics);
        plan
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The ids of all phases, groups and steps in written order, without that of the whole plan.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (1..self.nodes.len()).map(NodeId::new)
    }

    /// The ids of the steps that count, in written order, those of ways back included.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        self.ids().filter(|id| self.node(*id).is_step() && self.node(*id).is_here())
    }

    /// The `.rollback` phases that count.
    pub fn ways_back(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.ids().filter(|id| self.node(*id).way_back == Some(*id) && self.node(*id).is_here())
    }

    /// The nodes directly inside one, in written order.
    pub fn children(&self, parent: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(parent).end.index();
        let mut next = parent.index() + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let id = NodeId::new(next);
                next = self.node(id).end.index().max(next + 1);
                id
            })
        })
    }

    /// The nodes around one, innermost first, without the whole plan.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).parent, |parent| self.node(*parent).parent)
            .filter(|id| id.index() != 0)
    }

    /// Who steps in for those who do a step: as written on it, else as the people's own entries say.
    #[must_use]
    pub fn backups(&self, node: &Node, owners: &[PersonId]) -> Vec<Owner> {
        let mut backups = self.named_backups(node, owners);
        // Whoever does it can't step in.
        backups.retain(|backup| !matches!(backup, Owner::Person(person) if owners.contains(person)));
        backups
    }

    /// Who could step in: the backups, and where a step of a team has none, nor the one who was chosen for it, the
    /// others of the team.
    #[must_use]
    pub fn stand_ins(&self, node: &Node, owners: &[PersonId]) -> Vec<Owner> {
        let mut stand_ins = self.backups(node, owners);
        for owner in node.owners.iter().map(|given| given.value).filter(|_| node.backup.is_empty()) {
            let Owner::Team(team) = owner else { continue };
            let (chosen, others): (Vec<PersonId>, Vec<PersonId>) =
                self.roster.team(team).members.iter().partition(|member| owners.contains(member));
            let could = others.iter().any(|other| !self.roster.drops_out(*other));
            let alone = chosen.iter().any(|one| self.backups(node, &[*one]).is_empty());
            if could && alone && !stand_ins.contains(&owner) {
                stand_ins.push(owner);
            }
        }
        stand_ins
    }

    /// The backups, with those who do the step themselves.
    #[must_use]
    pub fn named_backups(&self, node: &Node, owners: &[PersonId]) -> Vec<Owner> {
        let mut backups: Vec<Owner> = if node.backup.is_empty() {
            owners.iter().filter_map(|owner| self.roster.stand_in_of(*owner)).collect()
        } else {
            node.backup.iter().map(|given| given.value).collect()
        };
        let mut seen = Vec::new();
        backups.retain(|backup| {
            let drops_out = matches!(backup, Owner::Person(person) if self.roster.drops_out(*person));
            let new = !seen.contains(backup);
            seen.push(*backup);
            new && !drops_out
        });
        backups
    }

    /// The only H1 is background when the front matter gives the plan another title: nothing is lost.
    fn keep_other_title(&mut self, only_title: Option<BlockId>) {
        let Some(block) = only_title else { return };
        let crate::document::BlockKind::Heading(heading) = &self.document.block(block).kind else { return };
        if heading.title.plain() != self.title && !heading.title.is_empty() {
            self.background.insert(0, block);
        }
    }
}

/// The title in the front matter, else the only H1, else the file's name.
fn title(document: &Document, header: &Header, outline: &outline::Outline, sources: &Sources) -> String {
    if let Some(title) = header.title.as_ref().map(|title| title.trim()).filter(|title| !title.is_empty()) {
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let heading = outline.only_title.and_then(|id| match &document.block(id).kind {
        crate::document::BlockKind::Heading(heading) => Some(heading.title.plain()),
        _ => None,
    });
    heading.filter(|title| !title.is_empty()).unwrap_or_else(|| {
        let name = &sources.get(document.source).name;
        let stem = std::path::Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_else(|| name.clone())
    })
}

fn choose_variant(
    header: &Header,
    options: &PlanOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let names = || header.variants.iter().map(|variant| variant.value.as_str());
    let first = header.variants.first().map(|variant| variant.value.clone());
    match &options.variant {
        Some(wanted) if names().any(|name| name == wanted) => Some(wanted.clone()),
        Some(wanted) => {
            diagnostics.push(messages::unknown_variant_option(wanted, names()));
            first
        }
        None => first,
    }
}

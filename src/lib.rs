//! tminus, a compiler for launch plans: a Markdown checklist in; run sheet, owner lists and a
//! timeline out.
//!
//! The pipeline, top to bottom: text is parsed into a [`document`], resolved into a [`plan`], linked
//! into a [`graph`], assigned to a [`schedule`], reviewed by [`check`], presented as a [`view`], and
//! rendered by [`output`]. [`lsp`] answers editors.

pub mod check;
pub mod cli;
mod cores;
pub mod diagnostic;
pub mod document;
pub mod graph;
pub mod lsp;
pub mod output;
pub mod plan;
pub mod schedule;
pub mod source;
pub mod view;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::Staff;
use check::without::{Absentee, Duties, Loss, Moved, Proposal, Question, Share, Tried, propose};
use diagnostic::{Diagnostic, LevelOptions};
use document::{Document, Earlier, Part, PartId};
use graph::Graph;
use plan::{Canonical, Header, NodeId, Plan, PlanOptions, RosterFile, Substitute};
use schedule::{Schedule, ScheduleOptions, WaysBack, Why};
use source::{Attachment, AttachmentError, Border, Link, SourceId, Sources, Version};

/// So many nodes are worth a thread.
const MANY: usize = 300;

/// What the command line says about a plan.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// People, variables, variant.
    pub plan: PlanOptions,
    /// Start and T-0.
    pub schedule: ScheduleOptions,
    /// How loud the rules are.
    pub levels: LevelOptions,
}

/// A plan with everything that was found out about it.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The plan.
    pub plan: Plan,
    /// What waits for what on the main line.
    pub graph: Graph,
    /// When everything happens.
    pub schedule: Schedule,
    /// Everything to be said about it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The words in it that stand for something still to be written.
    pub placeholders: Vec<check::Placeholder>,
    /// Which version this is: the text and the options.
    pub version: Version,
}

/// A part of the work, in the order in which a plan travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Mending, where that is asked for.
    Fix,
    /// Files to text.
    Read,
    /// Text to blocks, with the files that it names.
    Document,
    /// Blocks to steps and people.
    Plan,
    /// What waits for what.
    Graph,
    /// When everything happens.
    Schedule,
    /// Advice, and how loud it is.
    Check,
    /// What pages say, their texts, and their way to the disk.
    Pages,
    /// The page that lists all plans, to the disk.
    Write,
    /// PDFs of them.
    Pdf,
    /// What is said in the terminal.
    Report,
}

/// Whoever wants to know when a stage is over. Stages know no clock; who asks may.
pub type Watcher<'a> = &'a mut dyn FnMut(Stage);

/// Compiles one plan. Never fails: what is wrong is in the diagnostics.
#[must_use]
pub fn compile(sources: &mut Sources, source: SourceId, options: &Options) -> Compiled {
    compile_watched(sources, source, options, &mut |_| {})
}

/// The same; `passed` is told of every stage when it is over.
#[must_use]
pub fn compile_watched(
    sources: &mut Sources,
    source: SourceId,
    options: &Options,
    passed: Watcher<'_>,
) -> Compiled {
    let mut diagnostics = Vec::new();
    let document = Document::load(source, sources, &mut diagnostics);
    compile_document(document, diagnostics, sources, options, passed)
}

/// Compiles a plan whose text has changed, for one who will do so again. `earlier` is what was
/// [taken](Document::take_earlier) out of the plan before, and decides only how long it takes.
#[must_use]
pub fn compile_again(
    sources: &mut Sources,
    source: SourceId,
    options: &Options,
    earlier: Option<Earlier>,
) -> Compiled {
    let mut diagnostics = Vec::new();
    let document = Document::load_again(source, sources, earlier, &mut diagnostics);
    compile_document(document, diagnostics, sources, options, &mut |_| {})
}

fn compile_document(
    document: Document,
    mut diagnostics: Vec<Diagnostic>,
    sources: &mut Sources,
    options: &Options,
    passed: Watcher<'_>,
) -> Compiled {
    let rosters = load_rosters(&document, sources, &mut diagnostics);
    load_images(&document, sources);
    let files = document.parts.iter().map(|part| part.source);
    let files = files.chain(rosters.iter().flatten().map(|roster| roster.source));
    let texts = files.map(|id| Arc::clone(&sources.get(id).text));
    let version = Version::of(texts.chain([options.text().into()]).collect());
    passed(Stage::Document);
    let plan = Plan::resolve(document, &rosters, sources, &options.plan, &mut diagnostics);
    passed(Stage::Plan);
    // Words are looked for in the text, which knows no order.
    let ((graph, back), placeholders) = cores::both(
        plan.nodes.len() > MANY,
        || {
            let graph = Graph::link(&plan, &mut diagnostics);
            let back = plan.ways_back().map(|phase| Graph::link_way_back(&plan, phase, &mut diagnostics));
            (graph, back.collect::<Vec<_>>())
        },
        || check::placeholders(&plan),
    );
    passed(Stage::Graph);
    let schedule = Schedule::assign(&plan, &graph, &back, &options.schedule, &mut diagnostics);
    passed(Stage::Schedule);
    let subject = check::Subject {
        plan: &plan,
        graph: &graph,
        back: &back,
        schedule: &schedule,
        ways_back: &WaysBack::new(&plan, &schedule),
        sources,
        placeholders: &placeholders,
    };
    check::review(&subject, &mut diagnostics);
    diagnostic::drop_consequences(&mut diagnostics);
    plan.levels.overridden(&options.levels, &mut diagnostics).settle(&mut diagnostics);
    diagnostic::locate(&mut diagnostics, sources);
    document::say_once(&mut diagnostics, sources);
    passed(Stage::Check);
    Compiled { plan, graph, schedule, diagnostics, placeholders, version }
}

/// How the attribute blocks of a plan, and of the plans in it, are written.
#[must_use]
pub fn canonical(sources: &mut Sources, source: SourceId) -> Canonical {
    let mut diagnostics = Vec::new();
    let written = Document::load(source, sources, &mut diagnostics);
    let plan = Plan::resolve(written.clone(), &[], sources, &PlanOptions::default(), &mut diagnostics);
    diagnostic::locate(&mut diagnostics, sources);
    document::say_once(&mut diagnostics, sources);
    plan::canonical(&plan, &written, sources, diagnostics)
}

/// Compiles one plan of a folder: who is needed in an earlier one at the same time is said too. One that is alone has
/// no `bookings`.
#[must_use]
pub fn compile_beside(
    bookings: Option<&mut check::Bookings>,
    sources: &mut Sources,
    source: SourceId,
    options: &Options,
    passed: Watcher<'_>,
) -> Compiled {
    let mut compiled = compile_watched(sources, source, options, passed);
    let mut found = Vec::new();
    if let Some(bookings) = bookings {
        bookings.add(&compiled.plan, &compiled.schedule, &mut found);
    }
    if !found.is_empty() {
        compiled.diagnostics.append(&mut found);
        let levels = compiled.plan.levels.overridden(&options.levels, &mut Vec::new());
        levels.settle(&mut compiled.diagnostics);
    }
    passed(Stage::Check);
    compiled
}

/// The files below the folder `within` that steps of a plan are links to.
#[must_use]
pub fn linked_files(source: SourceId, within: &Path, sources: &mut Sources) -> Vec<PathBuf> {
    let document = Document::parse(source, sources, &mut Vec::new());
    files_of(&document, within, sources)
}

/// The same of a plan that is parsed.
#[must_use]
pub fn files_of(document: &Document, within: &Path, sources: &mut Sources) -> Vec<PathBuf> {
    let folder = sources.folder(document.source);
    let links = document.plan_links(PartId::ROOT);
    let files = links.into_iter().filter_map(|link| {
        let target = Link { folder: folder.clone(), target: link.target };
        let linked = sources.follow(&target, within, link.span).ok()?;
        sources.file(linked).map(Path::to_path_buf)
    });
    files.collect()
}

impl Compiled {
    /// Why a step starts when it does, and what breaks when it slips. `options` are those it was compiled
    /// with.
    #[must_use]
    pub fn why(&self, options: &Options, step: NodeId) -> Option<Why> {
        self.asked(options, step, false)
    }

    /// The same in short: not why what it waited for starts when it does, nor what it would take to start earlier, and of
    /// what breaks the first.
    #[must_use]
    pub fn why_in_short(&self, options: &Options, step: NodeId) -> Option<Why> {
        self.asked(options, step, true)
    }

    fn asked(&self, options: &Options, step: NodeId, in_short: bool) -> Option<Why> {
        let back = self.plan.node(step).way_back;
        let back = back.map(|phase| Graph::link_way_back(&self.plan, phase, &mut Vec::new()));
        let graph = back.as_ref().unwrap_or(&self.graph);
        Why::ask(&self.plan, graph, &self.schedule, &options.schedule, step, in_short)
    }
}

/// A plan without somebody.
#[derive(Debug, Clone)]
pub struct Without {
    /// Whoever drops out.
    pub absentee: Absentee,
    /// What they had to do, and who else could.
    pub shares: Vec<Share>,
    /// What else they are in charge of.
    pub duties: Duties,
    /// Who takes it, and the plan that this makes; nothing when nobody else is there or nothing is to do.
    pub proposal: Option<(Proposal, Compiled)>,
}

/// Finds out how a plan gets on without somebody; at most `most` plans are tried.
pub fn without(
    sources: &mut Sources,
    source: SourceId,
    options: &Options,
    compiled: &Compiled,
    absentee: Absentee,
    most: usize,
) -> Without {
    let (plan, schedule) = (&compiled.plan, &compiled.schedule);
    let staff = Staff::new(plan, schedule);
    let shares = check::without::shares(plan, schedule, sources, &staff, &absentee);
    let with = |subs: &[Substitute], sources: &mut Sources| {
        let plan = PlanOptions { subs: subs.to_vec(), ..options.plan.clone() };
        compile(sources, source, &Options { plan, ..options.clone() })
    };
    let question =
        Question { plan, schedule, absentee: &absentee, shares: &shares, already: &options.plan.subs };
    let proposal = propose(&question, most, &mut |subs| tried(&with(subs, sources)));
    let proposal = proposal.map(|proposal| {
        let compiled = with(&proposal.subs, sources);
        (proposal, compiled)
    });
    let duties = check::without::duties(plan, schedule, &absentee);
    Without { absentee, shares, duties, proposal }
}

/// Everybody by how much their loss would hurt. How the plan gets on without them is tried of `most` people, with
/// `plans.0` plans each, and of the first with `plans.1`, so that nothing better is found for them afterwards.
pub fn losses(
    sources: &mut Sources,
    source: SourceId,
    options: &Options,
    compiled: &Compiled,
    most: usize,
    plans: (usize, usize),
) -> Vec<Loss> {
    let (plan, schedule) = (&compiled.plan, &compiled.schedule);
    let staff = Staff::new(plan, schedule);
    let now = tried(compiled);
    check::without::rank(plan, schedule, &staff, most, &mut |absentee, is_first| {
        let plans = if is_first { plans.1 } else { plans.0 };
        let (_, then) = without(sources, source, options, compiled, absentee, plans).proposal?;
        let then = tried(&then);
        Some(Moved {
            start: then.start.0 - now.start.0,
            finish: then.finish - now.finish,
            errors: then.errors.saturating_sub(now.errors),
        })
    })
}

fn tried(compiled: &Compiled) -> Tried {
    let main = &compiled.schedule.main;
    Tried::new(&compiled.diagnostics, main.start, main.finish)
}

/// Whether a file found by searching a folder is a plan: it has a plan's front matter, or a box.
#[must_use]
pub fn is_plan(source: SourceId, sources: &Sources) -> bool {
    Document::would_be_plan(source, sources)
}

/// The roster files that `people` names, one a file of the plan.
fn load_rosters(
    document: &Document,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<RosterFile>> {
    let border = sources.border(document.source);
    document.parts.iter().map(|part| load_roster(part, &border, sources, diagnostics)).collect()
}

fn load_roster(
    part: &Part,
    border: &Border,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RosterFile> {
    let (path, span) = Header::roster_file(&part.front)?;
    let path = sources.folder(part.source).join(Path::new(path));
    match sources.read_roster(&path, border) {
        Ok(source) => Some(RosterFile { source, tree: document::parse_yaml(source, sources, diagnostics) }),
        Err(error) => {
            diagnostics.push(source::roster_unread(span, &path, &error, sources.wrong_bytes(&path)));
            None
        }
    }
}

/// What became of the images that a plan shows, in the order of the text.
pub fn images<'a>(
    compiled: &'a Compiled,
    sources: &'a Sources,
) -> impl Iterator<Item = Option<&'a Result<Attachment, AttachmentError>>> {
    let images = compiled.plan.document.images().filter(|(target, _)| source::is_local(target));
    images.map(|(target, span)| {
        sources.attachment(&Link { folder: sources.folder(span.source), target: target.to_owned() })
    })
}

fn load_images(document: &Document, sources: &mut Sources) {
    for (target, span) in document.images() {
        if source::is_local(target) {
            sources.attach(&Link { folder: sources.folder(span.source), target: target.to_owned() });
        }
    }
}

impl Options {
    /// Whether every plan is compiled as it is written; levels change only what is said about it.
    #[must_use]
    pub fn ask_for_nothing(&self) -> bool {
        self.text().is_empty()
    }

    /// The options as one text, for the fingerprint: those that change what anybody does, and when. Levels
    /// change only what is said about it.
    fn text(&self) -> String {
        let mut words: Vec<String> =
            self.plan.variant.iter().map(|variant| format!("variant={variant}")).collect();
        words.extend(self.plan.vars.iter().map(|(name, text)| format!("var {name}={text}")));
        words.extend(self.plan.subs.iter().map(|sub| format!("sub {sub}")));
        words.extend(self.plan.slips.iter().map(|(name, slip)| format!("slip {name}={slip}")));
        words.extend(self.schedule.start.iter().map(|start| format!("start={start:?}")));
        words.extend(self.schedule.t0.iter().map(|t0| format!("t0={t0:?}")));
        words.join("\n")
    }
}

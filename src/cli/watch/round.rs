//! One round: plans are read and compiled, compared with what they were, and what is different is said.
//!
//! Promised: a round in which nothing is different says nothing and writes nothing; every line is said
//! before any page is made; a file that is emptied while it is read, to be written anew, is not taken for empty.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::interest::Interest;
use super::pages::{Making, Version};
use super::{messages, other_files};
use crate::cli::arguments::Watch;
use crate::cli::load::{self, Candidate};
use crate::cli::said::Said;
use crate::cli::serve::Site;
use crate::cli::{Outcome, messages as common, misfit, terminal};
use crate::diagnostic::{Diagnostic, Place, Rule, has_errors};
use crate::source::{Sources, templates_beside};
use crate::view::{Change, Presenter};
use crate::{Compiled, Options};

/// Plans as they are known.
pub struct Watching<'a> {
    arguments: &'a Watch,
    options: Options,
    making: Making<'a>,
    /// By the folder of their pages.
    plans: BTreeMap<String, Known>,
    /// What can't be read, as it was said last.
    unreadable: Vec<Diagnostic>,
    /// Every path at which the last round looked for a file.
    asked: HashSet<PathBuf>,
    /// Those at which it found something that is not empty.
    filled: HashSet<PathBuf>,
}

/// A plan, as the last round found it.
struct Known {
    version: Version,
    /// Whether its file was there.
    there: bool,
    /// Whether its pages are those of a version without errors.
    sound: bool,
    /// Whether its pages are still to be made, because they could not be written.
    owed: bool,
}

/// What a round found at once.
struct Found {
    plans: Vec<(Candidate, Compiled)>,
    unreadable: Vec<Diagnostic>,
    sources: Rc<Sources>,
}

impl<'a> Watching<'a> {
    /// Nothing is read yet. What is wrong with the command line is said.
    pub fn new(arguments: &'a Watch, site: Option<Arc<Site>>) -> Result<Self, Outcome> {
        let options = load::options(&arguments.plan).map_err(|sentence| terminal::usage(&sentence))?;
        let making = Making::new(arguments, site)?;
        let (plans, unreadable) = (BTreeMap::new(), Vec::new());
        let (asked, filled) = (HashSet::new(), HashSet::new());
        Ok(Self { arguments, options, making, plans, unreadable, asked, filled })
    }

    /// The round that is a build. Without any plan there is nothing to watch.
    pub fn first_round(&mut self) -> Result<(), Outcome> {
        let found = self.find();
        self.remember(&found.sources);
        terminal::print_diagnostics(&found.unreadable, &found.sources);
        let outcome = terminal::outcome(&found.unreadable);
        if found.plans.is_empty() {
            if found.unreadable.is_empty() {
                terminal::error(&common::no_plans(&self.arguments.paths), common::NO_PLANS_HELP);
                return Err(Outcome::Usage);
            }
            return Err(outcome);
        }
        let refused = found
            .plans
            .iter()
            .find_map(|(plan, compiled)| misfit::refused(&plan.path, compiled, &found.sources));
        if let Some(refused) = refused {
            return Err(refused);
        }
        self.unreadable = found.unreadable;
        let mut said = Said::default();
        for (plan, compiled) in found.plans {
            terminal::print_diagnostics(said.news(&compiled.diagnostics, &found.sources), &found.sources);
            let version = Version { plan, compiled, sources: Rc::clone(&found.sources) };
            let written = self.making.first_pages(&version);
            let sound = written && !has_errors(&version.compiled.diagnostics);
            let name = version.plan.name.clone();
            self.plans.insert(name, Known { version, there: true, sound, owed: !written });
        }
        self.making.list_of_plans();
        Ok(())
    }

    /// A round after changes at these paths, which were of interest. Where a file is empty or gone that was not, whoever
    /// writes may put something there in a moment: unless it is `sure` that nobody does, nothing is said or made, and
    /// the answer is no.
    pub fn round(&mut self, touched: &HashSet<PathBuf>, interest: &Interest, sure: bool) -> bool {
        let found = self.find();
        if !sure && self.has_lost_one(&found) {
            return false;
        }
        self.remember(&found.sources);
        let is_named = |file: &PathBuf| touched.iter().any(|path| path.file_name() == file.file_name());
        let anew = interest.has_template(touched) || other_files(self.arguments).any(is_named);
        if anew {
            self.making.read_templates();
        }
        self.say_unreadable(&found);
        let names: HashSet<String> = found.plans.iter().map(|(plan, _)| plan.name.clone()).collect();
        self.say_gone(&names, &found);
        let mut to_make = Vec::new();
        let mut said = Said::default();
        for (plan, compiled) in found.plans {
            let name = plan.name.clone();
            let version = Version { plan, compiled, sources: Rc::clone(&found.sources) };
            let is_other = self.take(version, &mut said);
            if is_other || anew || self.plans.get(&name).is_some_and(|known| known.owed) {
                to_make.push(name);
            }
        }
        if !to_make.is_empty() {
            let booked = self.plans.iter().filter(|(_, known)| known.there && is_double_booked(known));
            let booked: Vec<String> = booked.map(|(name, _)| name.clone()).collect();
            to_make.extend(booked.into_iter().filter(|name| !to_make.contains(name)).collect::<Vec<_>>());
        }
        self.make(&to_make, anew);
        true
    }

    /// What decides what the pages say.
    pub fn interest(&self) -> Interest {
        let named = self.arguments.look.templates.clone();
        let plans = self.plans.values().map(|known| known.version.plan.path.as_path());
        let folders: HashSet<PathBuf> = match named {
            Some(folder) => HashSet::from([folder]),
            None => plans.clone().map(templates_beside).collect(),
        };
        let files = self.asked.iter().chain(other_files(self.arguments)).map(PathBuf::as_path);
        let templates = folders.iter().map(PathBuf::as_path);
        Interest::new(&self.arguments.paths, &self.arguments.output, files.chain(plans), templates)
    }

    /// The folders of pages of all plans.
    pub fn folders(&self) -> Vec<String> {
        self.plans.keys().cloned().collect()
    }

    fn find(&mut self) -> Found {
        let mut sources = Sources::new();
        let loaded = load::load(&self.arguments.paths, &self.arguments.output, &mut sources);
        let mut bookings = load::bookings(&loaded.plans);
        let mut plans = Vec::new();
        for plan in loaded.plans {
            let bookings = bookings.get_mut(&plan.shared_folder());
            let compiled =
                crate::compile_beside(bookings, &mut sources, plan.source, &self.options, &mut |_| {});
            plans.push((plan, compiled));
        }
        Found { plans, unreadable: loaded.unreadable, sources: Rc::new(sources) }
    }

    /// Whether a file is empty or gone in which the last round found something.
    fn has_lost_one(&self, found: &Found) -> bool {
        let filled: HashSet<&Path> = found.sources.filled().collect();
        let mut asked = found.sources.asked();
        let plans = self.plans.values().filter(|known| known.there);
        let mut plans = plans.map(|known| known.version.plan.path.as_path());
        asked.any(|path| self.filled.contains(&path) && !filled.contains(path.as_path()))
            || plans.any(|path| self.filled.contains(path) && !filled.contains(path))
    }

    fn remember(&mut self, sources: &Sources) {
        self.asked = sources.asked().collect();
        self.filled = sources.filled().map(Path::to_path_buf).collect();
    }

    /// Says what can't be read and could before; a plan that is gone has a line of its own.
    fn say_unreadable(&mut self, found: &Found) {
        let is_known = |one: &Diagnostic| {
            let file = match &one.place {
                Place::File(file) => Path::new(file),
                _ => return false,
            };
            !file.exists() && self.plans.values().any(|known| known.version.plan.path == file)
        };
        // A round numbers files anew: their names stand in the sentences.
        let was_said = |one: &Diagnostic| self.unreadable.iter().any(|said| said.message == one.message);
        let news = found.unreadable.iter().filter(|one| !was_said(one) && !is_known(one));
        terminal::print_diagnostics(news, &found.sources);
        self.unreadable = found.unreadable.clone();
    }

    fn say_gone(&mut self, names: &HashSet<String>, found: &Found) {
        for (name, known) in &mut self.plans {
            if !known.there || names.contains(name) {
                continue;
            }
            known.there = false;
            let path = &known.version.plan.path;
            let is_refused = |one: &Diagnostic| match &one.place {
                Place::File(file) => Path::new(file) == path,
                Place::At(span) => Path::new(&found.sources.get(span.source).name) == path,
                Place::CommandLine => false,
            };
            let what = match path.exists() {
                false => messages::GONE,
                true if found.unreadable.iter().any(is_refused) => messages::UNREADABLE,
                true => messages::NO_PLAN,
            };
            let _ = terminal::print(&messages::about(path, what));
        }
    }

    /// Says what is different about a plan, but for what others of this round have `said`; whether its pages have to be
    /// made.
    fn take(&mut self, version: Version, said: &mut Said) -> bool {
        let name = version.plan.name.clone();
        let path = version.plan.path.clone();
        let Some(known) = self.plans.get_mut(&name).filter(|known| known.version.plan.path == path) else {
            let _ = terminal::print(&messages::about(&path, messages::NEW));
            let found = said.news(&version.compiled.diagnostics, &version.sources);
            terminal::print_diagnostics(found, &version.sources);
            self.plans.insert(name, Known { version, there: true, sound: false, owed: false });
            return true;
        };
        let change = change(&known.version, &version);
        let back = !std::mem::replace(&mut known.there, true);
        let stays = known.sound && has_errors(&version.compiled.diagnostics);
        let clashes = clashes_since(&known.version, &version);
        known.version = version;
        let mut facts = Vec::new();
        facts.extend(back.then(|| messages::BACK.to_owned()));
        facts.extend((!change.is_nothing()).then(|| change.line()));
        // Its own text says nothing of them, so they are no change of the plan.
        let clashes = clashes.filter(|_| change.is_nothing());
        facts.extend(clashes.as_ref().map(|_| messages::OTHER_CLASHES.to_owned()));
        facts.extend((stays && !change.is_nothing()).then(|| messages::PAGES_STAY.to_owned()));
        if facts.is_empty() {
            return false;
        }
        let _ = terminal::print(&messages::about(&path, &facts.join("; ")));
        let sources = &known.version.sources;
        terminal::print_diagnostics(said.news(&change.new, sources), sources);
        terminal::print_diagnostics(clashes.iter().flatten(), sources);
        !change.is_nothing() || clashes.is_some()
    }

    fn make(&mut self, names: &[String], anew: bool) {
        let mut written = 0;
        let mut any = false;
        for name in names {
            let Some(known) = self.plans.get_mut(name) else { continue };
            let said = &known.version.compiled.diagnostics;
            let errors = has_errors(said);
            if (known.sound && errors) || said.iter().any(misfit::is_misfit) {
                continue;
            }
            let done = self.making.pages(&known.version);
            known.owed = done.is_none();
            if let Some(done) = done {
                known.sound = !errors;
                written += done.written;
                any = true;
            }
        }
        if any {
            self.making.list_of_plans();
        }
        if anew && written > 0 {
            terminal::remark(&messages::templates(written));
        }
    }
}

fn change(before: &Version, now: &Version) -> Change {
    let before = Presenter::new(&before.compiled, &before.sources);
    Presenter::new(&now.compiled, &now.sources).change(&before)
}

/// Whether its pages speak of other plans.
fn is_double_booked(known: &Known) -> bool {
    clashes(&known.version).next().is_some()
}

/// What is said of who is needed in other plans at the same time.
fn clashes(version: &Version) -> impl Iterator<Item = &Diagnostic> {
    version.compiled.diagnostics.iter().filter(|one| one.rule == Rule::DoubleBooked)
}

/// What of that is new, where any of it is another than before.
fn clashes_since(before: &Version, now: &Version) -> Option<Vec<Diagnostic>> {
    let said = |version| clashes(version).map(|one| one.message.clone()).collect::<HashSet<String>>();
    let (then, now_said) = (said(before), said(now));
    (then != now_said).then(|| clashes(now).filter(|one| !then.contains(&one.message)).cloned().collect())
}

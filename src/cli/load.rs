//! From paths and options to compiled plans.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::arguments::PlanArguments;
use super::{Outcome, messages, misfit, terminal};
use crate::check::Bookings;
use crate::diagnostic::Diagnostic;
use crate::plan::{PlanOptions, Time};
use crate::schedule::ScheduleOptions;
use crate::source::{Found, SourceId, Sources, find_candidates, portable_name};
use crate::{Compiled, Options};

/// The options of a command line, or a sentence on what is wrong with them.
pub fn options(arguments: &PlanArguments) -> Result<Options, String> {
    let time = |name: &str, text: &Option<String>| match text.as_deref() {
        None => Ok(None),
        Some("now") if name == "start" => Ok(Some(Time::Now(terminal::now()))),
        Some(text) => Time::parse_absolute(text)
            .map(Some)
            .map_err(|error| messages::bad_time_option(name, text, &error)),
    };
    let start = time("start", &arguments.start)?;
    let t0 = time("t0", &arguments.t0)?;
    if let Some(name) = twice(arguments.subs.iter().map(|sub| &sub.0)) {
        return Err(messages::option_twice("sub", name));
    }
    if let Some(name) = twice(arguments.vars.iter().map(|(name, _)| name)) {
        return Err(messages::option_twice("var", name));
    }
    if let Some(name) = twice(arguments.slips.iter().map(|(name, _)| name)) {
        return Err(messages::option_twice("slip", name));
    }
    let plan = PlanOptions {
        variant: arguments.variant.clone(),
        vars: arguments.vars.clone(),
        subs: arguments.subs.iter().map(|(_, sub)| sub.clone()).collect(),
        slips: arguments.slips.clone(),
    };
    Ok(Options { plan, schedule: ScheduleOptions { start, t0 }, levels: arguments.levels.0.clone() })
}

fn twice<'a>(names: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let mut seen = std::collections::HashSet::new();
    let mut names = names;
    names.find(|name| !seen.insert(name.as_str())).map(String::as_str)
}

/// A plan that was found, not compiled yet.
pub struct Candidate {
    /// Its file.
    pub path: PathBuf,
    /// Its text.
    pub source: SourceId,
    /// The folder of its pages, with `/`.
    pub name: String,
    /// The folder that was searched, when it was found so.
    folder: Option<PathBuf>,
}

impl Candidate {
    /// The folder whose plans are looked at together.
    pub fn shared_folder(&self) -> PathBuf {
        let own = || self.path.parent().unwrap_or(Path::new("")).to_path_buf();
        self.folder.clone().unwrap_or_else(own)
    }
}

/// By folder: who is where in its plans, of which none was looked at so far. A plan that is alone needs to know nothing
/// of others.
pub fn bookings(plans: &[Candidate]) -> HashMap<PathBuf, Bookings> {
    let mut known = HashSet::new();
    let folders = plans.iter().map(Candidate::shared_folder);
    folders
        .filter(|folder| !known.insert(folder.clone()))
        .map(|folder| (folder, Bookings::default()))
        .collect()
}

/// What a search found.
pub struct Loaded {
    /// The plans, in order.
    pub plans: Vec<Candidate>,
    /// Files that could not be read.
    pub unreadable: Vec<Diagnostic>,
}

/// Reads the plans at these paths. Below a folder only files that are plans count; a file named
/// outright always does.
pub fn load(paths: &[PathBuf], output: &Path, sources: &mut Sources) -> Loaded {
    let (found, refused) = find_candidates(paths, output);
    paths.iter().filter(|path| path.is_dir()).for_each(|path| sources.searched(path));
    let mut loaded = Loaded { plans: Vec::new(), unreadable: refused };
    for one in found {
        match sources.read_named(&one.path) {
            Ok(source) if one.below.is_none() || crate::is_plan(source, sources) => {
                let name = page_folder(&one);
                loaded.plans.push(Candidate { path: one.path, source, name, folder: one.below });
            }
            Ok(_) => {}
            Err(diagnostic) => loaded.unreadable.push(diagnostic),
        }
    }
    loaded.plans.sort_by(|one, other| one.path.cmp(&other.path));
    leave_out_inner(&mut loaded.plans, sources);
    part_names(&mut loaded.plans);
    loaded
}

/// A plan found by searching is left out when it stands in another; of plans that stand in each other the
/// one whose path sorts first is kept. The plans are in the order of their paths.
fn leave_out_inner(plans: &mut Vec<Candidate>, sources: &mut Sources) {
    if plans.len() < 2 || plans.iter().all(|plan| plan.folder.is_none()) {
        return;
    }
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    for (index, plan) in plans.iter().enumerate() {
        places.extend(sources.file(plan.source).map(|file| (file.to_path_buf(), index)));
    }
    let mut links: Vec<Vec<usize>> = Vec::new();
    for plan in &*plans {
        let linked = crate::linked_files(plan.source, &plan.shared_folder(), sources);
        links.push(linked.iter().filter_map(|file| places.get(file).copied()).collect());
    }
    let mut inner = vec![false; plans.len()];
    for root in 0..plans.len() {
        if inner[root] {
            // What stands in it stands in the one around it, which came first or is still to come.
            continue;
        }
        let tree = plans[root].path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut open = vec![root];
        let mut seen = HashSet::from([root]);
        while let Some(at) = open.pop() {
            for &one in &links[at] {
                if plans[one].path.starts_with(&tree) && seen.insert(one) {
                    inner[one] = true;
                    open.push(one);
                }
            }
        }
    }
    let mut index = 0;
    plans.retain(|plan| {
        index += 1;
        plan.folder.is_none() || !inner[index - 1]
    });
}

/// The plan's path below the folder that was given, without `.md`; alone, its file's name.
fn page_folder(found: &Found) -> String {
    let path = match &found.below {
        Some(below) => found.path.strip_prefix(below).unwrap_or(&found.path).to_path_buf(),
        None => found.path.file_name().map(PathBuf::from).unwrap_or_default(),
    };
    let is_markdown = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    let path = if is_markdown { path.with_extension("") } else { path };
    // `..md` without its ending is the folder itself, and `...md` the one above: no names for pages.
    let named = path.components().filter(|part| matches!(part, Component::Normal(_)));
    let parts: Vec<String> =
        named.map(|part| portable_name(&part.as_os_str().to_string_lossy()).into_owned()).collect();
    if parts.is_empty() { "plan".to_owned() } else { parts.join("/") }
}

/// Plans of one name from two places get folders of their own.
fn part_names(plans: &mut [Candidate]) {
    let mut taken = std::collections::HashSet::new();
    for plan in plans {
        let base = plan.name.clone();
        let mut number = 2;
        while !taken.insert(plan.name.to_lowercase()) {
            plan.name = format!("{base}-{number}");
            number += 1;
        }
    }
}

/// Compiles the one plan at a path; what keeps it from being compiled, or from being the plan that is asked
/// for, is printed.
pub fn load_one(path: &Path, arguments: &PlanArguments) -> Result<(Compiled, Sources), Outcome> {
    let options = options(arguments).map_err(|sentence| terminal::usage(&sentence))?;
    load_fitting(path, &options)
}

/// The same with options that were read.
pub fn load_fitting(path: &Path, options: &Options) -> Result<(Compiled, Sources), Outcome> {
    let (compiled, sources) = compile_one(path, options)?;
    match misfit::refused(path, &compiled, &sources) {
        Some(refused) => Err(refused),
        None => Ok((compiled, sources)),
    }
}

/// The same, whether its options fit it or not.
pub fn compile_one(path: &Path, options: &Options) -> Result<(Compiled, Sources), Outcome> {
    if path.is_dir() {
        return Err(terminal::usage(&messages::folder_for_plan(path)));
    }
    let mut sources = Sources::new();
    match sources.read_plan(path) {
        Ok(source) => {
            let compiled = crate::compile(&mut sources, source, options);
            Ok((compiled, sources))
        }
        Err(diagnostic) => {
            terminal::print_diagnostics(&[diagnostic], &sources);
            Err(Outcome::Environment)
        }
    }
}

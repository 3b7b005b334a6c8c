//! An input becomes the files of a plan and the words of a command line.
//!
//! It is the plan's text. A line `==> NAME` begins another file, which the plan may link to or name as its roster;
//! `==> options` begins words as on the command line. Every file lies in a folder that is on no disk.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tminus::plan::{Slip, Substitute, Time};
use tminus::source::{SourceId, Sources};
use tminus::{Compiled, Options};

const FOLDER: &str = "/no-such-folder/made-up";

/// A plan that can be compiled again and again.
pub struct Input {
    /// By path; the first is the plan's.
    files: Vec<(PathBuf, Arc<str>)>,
    pub options: Options,
}

impl Input {
    pub fn read(text: &str) -> Self {
        let mut parts = vec![("plan.md".to_owned(), String::new())];
        for line in text.split_inclusive('\n') {
            match line.strip_prefix("==> ") {
                Some(name) => parts.push((name.trim().to_owned(), String::new())),
                None => parts.last_mut().expect("there is a first part").1.push_str(line),
            }
        }
        let mut input = Self { files: Vec::new(), options: Options::default() };
        for (name, text) in parts {
            if name == "options" {
                input.options = options(&text);
            } else {
                input.files.push((PathBuf::from(FOLDER).join(name), text.into()));
            }
        }
        input
    }

    /// The text of the plan's own file.
    pub fn plan(&self) -> &str {
        &self.files[0].1
    }

    /// The same with another text of the plan's own file.
    pub fn with_plan(&self, text: &str) -> Self {
        let mut files = self.files.clone();
        files[0].1 = text.into();
        Self { files, options: self.options.clone() }
    }

    /// The files, none of them compiled.
    pub fn sources(&self) -> (Sources, SourceId) {
        // Of several files with one name the first counts, as the plan's own must.
        let open: HashMap<PathBuf, Arc<str>> = self.files.iter().rev().cloned().collect();
        let mut sources = Sources::over(open);
        let plan = sources.read_named(&self.files[0].0).expect("the plan is among the open files");
        (sources, plan)
    }

    pub fn compile(&self) -> (Compiled, Sources) {
        let (mut sources, plan) = self.sources();
        let compiled = tminus::compile(&mut sources, plan, &self.options);
        (compiled, sources)
    }
}

/// What is no option, or a wrong one, is passed over.
fn options(text: &str) -> Options {
    let mut options = Options::default();
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        option(pair[0], pair[1], &mut options);
    }
    options
}

fn option(name: &str, value: &str, options: &mut Options) -> Option<()> {
    let (plan, schedule) = (&mut options.plan, &mut options.schedule);
    match name {
        "--variant" => plan.variant = Some(value.to_owned()),
        "--start" => schedule.start = Some(Time::parse_absolute(value).ok()?),
        "--t0" => schedule.t0 = Some(Time::parse_absolute(value).ok()?),
        "--var" => {
            let (name, text) = value.split_once('=')?;
            plan.vars.push((name.to_owned(), text.to_owned()));
        }
        "--slip" => {
            let (step, by) = value.rsplit_once('=')?;
            plan.slips.push((step.to_owned(), Slip::parse(by).ok()?));
        }
        "--sub" => {
            let (left, into) = value.rsplit_once('=')?;
            let (step, out) = left.rsplit_once(':').map_or((None, left), |(step, out)| (Some(step), out));
            let step = step.map(str::to_owned);
            // As on the command line, which asks for both names.
            if out.trim().is_empty() || into.trim().is_empty() {
                return None;
            }
            plan.subs.push(Substitute { step, out: out.to_owned(), into: into.to_owned() });
        }
        _ => {}
    }
    Some(())
}

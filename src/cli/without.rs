//! `tminus without`: how a plan gets on without somebody.

use super::arguments::{Form, PlanArguments, Without};
use super::{Outcome, load, messages, terminal};
use crate::check::without::{Absentee, Fitness};
use crate::plan::Plan;
use crate::source::{SourceId, Sources};
use crate::view::{Presenter, quoted};
use crate::{Compiled, Options};

/// So many steps may be compiled again, in all the plans that are tried together …
const MOST_STEPS: usize = 300_000;
/// … when everybody is asked about, so many in all …
const MOST_STEPS_OF_ALL: usize = 100_000;
/// … and so many plans at least and at most.
const FEWEST_PLANS: usize = 6;
const MOST_PLANS: usize = 60;

pub fn run(arguments: &Without) -> Outcome {
    let (compiled, sources) = match load::load_one(&arguments.path, &arguments.plan) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let options = match load::options(&arguments.plan) {
        Ok(options) => options,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let steps = compiled.schedule.main.order.len().max(1);
    let source = compiled.plan.document.source;
    let most = (MOST_STEPS / steps).clamp(FEWEST_PLANS, MOST_PLANS);
    let mut asking = Asking { arguments, compiled, sources, source, options, most };
    let Some(name) = arguments.name.as_deref().map(|name| name.trim_start_matches('@')) else {
        return asking.everybody();
    };
    match who(&asking.compiled.plan, name) {
        Ok(absentee) => asking.without(absentee),
        Err((sentence, help)) => {
            terminal::error(&sentence, &help);
            Outcome::Usage
        }
    }
}

/// Whoever a word means: by handle, else by name, all of it or one of its parts; else what to say.
fn who(plan: &Plan, word: &str) -> Result<Absentee, (String, String)> {
    if let Some(absentee) = Absentee::named(plan, word) {
        return Ok(absentee);
    }
    match plan.roster.called(word).as_slice() {
        [] => {
            let names = plan.roster.people.iter().map(|person| (&*person.handle.value, &*person.name));
            Err(messages::nobody_called(word, plan.roster.handles(), names))
        }
        [one] => Absentee::named(plan, one).ok_or_else(|| messages::several_people(word, [*one].into_iter())),
        several => Err(messages::several_people(word, several.iter().copied())),
    }
}

struct Asking<'a> {
    arguments: &'a Without,
    compiled: Compiled,
    sources: Sources,
    source: SourceId,
    options: Options,
    most: usize,
}

impl Asking<'_> {
    /// The plan without somebody; an error when it then has errors, or nobody can take what they do.
    fn without(&mut self, absentee: Absentee) -> Outcome {
        let Self { compiled, sources, source, options, most, .. } = self;
        let without = crate::without(sources, *source, options, compiled, absentee, *most);
        let view = Presenter::new(compiled, sources).without(&without, &command(self.arguments));
        let printed = match self.arguments.format {
            Form::Json => json(&view),
            Form::Human => terminal::print(&view.text(terminal::width())),
        };
        let outcome = match &without.proposal {
            Some(_) if without.shares.iter().any(|share| share.best() == Fitness::Never) => {
                Outcome::PlanErrors
            }
            Some((_, then)) => terminal::outcome(&then.diagnostics),
            None if without.shares.is_empty() => Outcome::Done,
            None => Outcome::PlanErrors,
        };
        outcome.max(printed)
    }

    /// Everybody by how much their loss would hurt, then the plan without the first of them.
    fn everybody(&mut self) -> Outcome {
        let Self { compiled, sources, source, options, most, .. } = self;
        let people = (*most / 2).max(3);
        let steps = compiled.schedule.main.order.len().max(1);
        let each = (MOST_STEPS_OF_ALL / steps / people).clamp(1, *most);
        let losses = crate::losses(sources, *source, options, compiled, people, (each, *most));
        let view = Presenter::new(compiled, sources).losses(&losses);
        let printed = match self.arguments.format {
            Form::Json => return json(&view).max(terminal::outcome(&compiled.diagnostics)),
            Form::Human => terminal::print(&view.text()),
        };
        let Some(worst) = losses.first() else { return printed };
        let absentee = Absentee::person(&compiled.plan, worst.person);
        let printed = printed.max(terminal::print("\n"));
        printed.max(self.without(absentee))
    }
}

fn json(view: &impl serde::Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(view).unwrap_or_default();
    terminal::print_json(&format!("{text}\n"))
}

/// The command line that makes the plan, but for those who stand in.
fn command(arguments: &Without) -> String {
    let PlanArguments { slips, start, t0, variant, vars, .. } = &arguments.plan;
    let mut words = vec!["tminus build".to_owned(), quoted(&arguments.path.display().to_string())];
    let mut option = |name: &str, value: String| words.push(format!("--{name} {}", quoted(&value)));
    slips.iter().for_each(|(step, slip)| option("slip", format!("{step}={slip}")));
    start.iter().for_each(|start| option("start", start.clone()));
    t0.iter().for_each(|t0| option("t0", t0.clone()));
    variant.iter().for_each(|variant| option("variant", variant.clone()));
    vars.iter().for_each(|(name, text)| option("var", format!("{name}={text}")));
    words.join(" ")
}

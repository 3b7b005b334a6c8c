//! What `--slip` asks for and the plan can't give.

use crate::diagnostic::{Diagnostic, Rule, nearest, shown_list};
use crate::plan::duration::Estimate;
use crate::plan::node::Node;
use crate::plan::slip::{Slip, Toward};

/// The option as it was meant.
fn option(name: &str, slip: Slip) -> String {
    format!("--slip {name}={slip}")
}

fn about(name: &str, slip: Slip, said: &str) -> Diagnostic {
    Diagnostic::about_command_line(Rule::Substitute, format!("{said} (from `{}`)", option(name, slip)))
}

pub(in crate::plan) fn unknown_slip<'a, Ids: Iterator<Item = &'a str>>(
    name: &str,
    slip: Slip,
    ids: impl Fn() -> Ids,
) -> Diagnostic {
    let diagnostic = about(name, slip, &format!("the plan has no step called `{name}`"));
    match nearest(name.trim_start_matches('#'), ids()) {
        Some(near) => diagnostic.help(format!("write `{}`", option(near, slip))),
        None if ids().next().is_none() => diagnostic.help("leave the option out: the plan has no steps"),
        None if is_number(name) => diagnostic.help(name_the_number(name)),
        None => {
            diagnostic.help(format!("name a step by its id or its title in quotes: {}", shown_list(ids())))
        }
    }
}

/// Whether a step was named as it is called out: `12`, on a way back `R3`.
pub(super) fn is_number(name: &str) -> bool {
    let digits = name.strip_prefix(['R', 'r']).unwrap_or(name);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn name_the_number(name: &str) -> String {
    format!(
        "numbers change when times do, so name a step by its id, or by its title in quotes: `tminus why PLAN {name}` \
         says which one is {name} as the plan is written"
    )
}

pub(in crate::plan) fn ambiguous_slip<'a>(
    name: &str,
    slip: Slip,
    ids: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    about(name, slip, &format!("`{name}` could mean several steps"))
        .help(format!("name the one that is meant by its id: {}", shown_list(ids)))
}

pub(in crate::plan) fn slip_twice(name: &str, slip: Slip, node: &Node) -> Diagnostic {
    about(name, slip, &format!("\"{}\" slips twice, and only one can hold", node.title))
        .help("give one `--slip` a step, with the sum of both")
}

pub(in crate::plan) fn slip_of_nothing(name: &str, slip: Slip, node: &Node) -> Diagnostic {
    let why = if node.presence == crate::plan::Presence::Dropped {
        "is dropped"
    } else {
        "is left out of this variant"
    };
    about(name, slip, &format!("\"{}\" {why}, so it takes no time that could change", node.title))
        .help("slip a step that is in the plan")
}

pub(in crate::plan) fn slip_of_span(name: &str, slip: Slip, node: &Node, target: &Node) -> Diagnostic {
    about(
        name,
        slip,
        &format!("\"{}\" lasts exactly as long as \"{}\", which it spans", node.title, target.title),
    )
    .help(format!("slip that in its place: `{}`", option(&target.id, slip)))
}

pub(in crate::plan) fn slip_below_milestone(name: &str, slip: Slip, node: &Node) -> Diagnostic {
    about(name, slip, &format!("\"{}\" is a milestone and takes no time, so it can't take less", node.title))
        .help("slip what leads to it")
}

pub(in crate::plan) fn slip_of_other_kind(
    name: &str,
    slip: Slip,
    node: &Node,
    estimate: Estimate,
) -> Diagnostic {
    let title = &node.title;
    let (said, example) = if estimate.has_days() {
        (format!("\"{title}\" is estimated in days, and hours and minutes don't mix with them"), "1d")
    } else {
        (format!("\"{title}\" is estimated by the clock, and days don't mix with that"), "8h")
    };
    let sign = if slip.toward == Toward::Shorter { "-" } else { "+" };
    about(name, slip, &said)
        .help(format!("write it in the same units, such as `--slip {name}={sign}{example}`"))
}

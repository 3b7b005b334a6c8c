//! What the levels themselves have to say to people.

use super::{Diagnostic, Override, Rule, nearest};

/// The nearest rule to a name that no rule has.
#[must_use]
pub fn nearest_rule(name: &str) -> Option<&'static str> {
    nearest(name, Rule::ALL.iter().map(|rule| rule.name()))
}

pub(super) fn unknown_rule_option(wanted: Override, name: &str) -> Diagnostic {
    let message = format!("there is no rule `{name}` (from `--{wanted} {name}`)");
    let diagnostic = Diagnostic::about_command_line(Rule::UnknownRule, message);
    match nearest_rule(name) {
        Some(near) => diagnostic.help(format!("write `--{wanted} {near}`")),
        None => diagnostic.help("run `tminus explain` for the list of rules"),
    }
}

//! `tminus explain`: what a rule means.

use super::arguments::Explain;
use super::{Outcome, terminal};
use crate::diagnostic::{Level, Rule, explanation, nearest_rule};

pub fn run(arguments: &Explain) -> Outcome {
    let Some(name) = &arguments.rule else {
        return terminal::print(&list());
    };
    match Rule::named(name) {
        Some(rule) => terminal::print(explanation(rule)),
        None => {
            let help = match nearest_rule(name) {
                Some(near) => format!("did you mean `tminus explain {near}`?"),
                None => "run `tminus explain` for the list of rules".to_owned(),
            };
            terminal::error(&format!("there is no rule `{name}`"), &help);
            Outcome::Usage
        }
    }
}

/// Every rule with its level and the headline of its explanation.
fn list() -> String {
    let mut text = String::new();
    for rule in Rule::ALL {
        let level = match rule.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::FromDraft3 => "warning from draft 3",
            Level::ByDraft => "by draft",
            Level::Note => "note",
        };
        let headline = explanation(*rule).lines().next().unwrap_or("");
        let headline = headline.split_once(": ").map_or(headline, |(_, headline)| headline);
        text.push_str(&format!("{:<24} {:<21} {headline}\n", rule.name(), level));
    }
    text
}

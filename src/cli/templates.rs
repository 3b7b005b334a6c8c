//! `tminus templates`: the built-in templates, to start from.

use super::arguments::Templates;
use super::{Outcome, messages, terminal};
use crate::output::{built_in_templates, write_templates};

pub fn run(arguments: &Templates) -> Outcome {
    let names: Vec<&str> = built_in_templates().into_iter().map(|(name, _)| name).collect();
    if let Some(name) = arguments.names.iter().find(|name| !names.contains(&name.as_str())) {
        let (message, help) = messages::unknown_template(name, &names);
        terminal::error(&message, &help);
        return Outcome::Usage;
    }
    match write_templates(&arguments.folder, &arguments.names) {
        Ok(done) => {
            terminal::print(&messages::templates_written(&arguments.folder, done.written, done.unchanged))
        }
        Err(error) => {
            terminal::error(&error.message, &error.help);
            Outcome::Environment
        }
    }
}

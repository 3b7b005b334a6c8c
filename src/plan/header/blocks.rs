//! The keys with a block of their own: draft, variables, lints, systems and windows.

use super::Reader;
use crate::diagnostic::{Draft, Override, Rule};
use crate::document::{Entry, NodeValue};
use crate::plan::attributes::Written;
use crate::plan::messages;

impl Reader<'_> {
    // The keys that are more than a value.

    pub(super) fn draft(&mut self, entry: &Entry) {
        let Some(text) = self.text(entry) else { return };
        match text.as_str() {
            "final" => self.header.draft = Draft::Final,
            number => match number.parse::<u32>() {
                Ok(number) if number > 0 => self.header.draft = Draft::Number(number),
                _ => self.say(messages::not_one_of(
                    entry.value.span,
                    "draft",
                    number,
                    &["1", "2", "3", "final"],
                )),
            },
        }
    }

    pub(super) fn vars(&mut self, entry: &Entry) {
        let mut vars = Vec::new();
        for var in self.map(entry, "a map from a name to a text") {
            let value = match &var.value.value {
                NodeValue::Empty => None,
                NodeValue::Text(text) if text.is_empty() || text == "null" => None,
                NodeValue::Text(text) if text.contains(['\n', '\r']) => {
                    self.say(messages::variable_of_lines(var.value.span, &var.key));
                    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                NodeValue::Text(text) => Some(text.clone()),
                NodeValue::List(_) | NodeValue::Map(_) => {
                    self.say(messages::wrong_type(var.value.span, &var.key, "a text of one line"));
                    None
                }
            };
            vars.push(Written::new((var.key, value), var.key_span));
        }
        self.header.vars = Some(vars);
    }

    pub(super) fn lints(&mut self, entry: &Entry) {
        for lint in self.map(entry, "a map from a rule to `allow`, `warn` or `deny`") {
            let Some(rule) = Rule::named(&lint.key) else {
                self.say(messages::unknown_rule(lint.key_span, &lint.key));
                continue;
            };
            let word = lint.value.text().unwrap_or("");
            match Override::named(word) {
                Some(level) => self.header.lints.push((rule, level)),
                None => {
                    self.say(messages::not_one_of(
                        lint.value.span,
                        &lint.key,
                        word,
                        &["allow", "warn", "deny"],
                    ));
                }
            }
        }
    }

    pub(super) fn systems(&mut self, entry: &Entry) {
        let mut systems: Vec<Written<(String, bool)>> = Vec::new();
        match &entry.value.value {
            NodeValue::Map(map) => {
                for system in map {
                    let down = match system.value.text() {
                        Some("down") => true,
                        Some("up") => false,
                        None if matches!(system.value.value, NodeValue::Empty) => false,
                        other => {
                            let (span, words) = (system.value.span, ["up", "down"]);
                            let said = match other {
                                Some(other) => messages::not_one_of(span, &system.key, other, &words),
                                None => messages::not_a_word(span, &system.key, &words),
                            };
                            self.say(said);
                            false
                        }
                    };
                    systems.push(Written::new((system.key.clone(), down), system.key_span));
                }
            }
            _ => {
                for name in self.names(entry, "a list of names, or a map from a name to `up` or `down`") {
                    systems.push(Written::new((name.value, false), name.span));
                }
            }
        }
        self.header.systems = Some(systems);
    }

    pub(super) fn windows(&mut self, entry: &Entry) {
        for window in self.map(entry, "a map from a name to `TIME .. TIME`") {
            if let Some(range) = self.range(&window.value) {
                let (from, to) = range.value;
                self.header.windows.push(Written::new((window.key, from, to), window.value.span));
            } else {
                self.header.misread_windows.push(window.key);
            }
        }
    }
}

//! The options that say how loud rules are: `--deny`, `--warn`, `--allow` and `--strict`.
//!
//! They are three options with one order: of several about one rule the last on the line holds, so they
//! are read by their places on the line, which clap's derived structs forget.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::diagnostic::{LevelOptions, Override, Warnings};

const OVERRIDES: [(&str, Override, &str); 3] = [
    ("deny", Override::Deny, "This rule is an error; several with commas, or the option again"),
    ("warn", Override::Warn, "This rule is a warning"),
    ("allow", Override::Allow, "This rule is silent"),
];

/// The options on levels, in the order of the line.
#[derive(Debug, Clone, Default)]
pub struct LevelArguments(pub LevelOptions);

impl Args for LevelArguments {
    fn augment_args(command: Command) -> Command {
        let overrides = OVERRIDES.map(|(name, _, help)| {
            Arg::new(name)
                .long(name)
                .value_name("RULE")
                .value_delimiter(',')
                .value_parser(NonEmptyStringValueParser::new())
                .action(ArgAction::Append)
                .help_heading("Levels")
                .help(help)
        });
        let strict = Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help_heading("Levels")
            .help("Warnings are errors");
        command.args(overrides).arg(strict)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut placed: Vec<(usize, Override, String)> = Vec::new();
        for (name, wanted, _) in OVERRIDES {
            let places = matches.indices_of(name).into_iter().flatten();
            let rules = matches.get_many::<String>(name).into_iter().flatten();
            placed.extend(places.zip(rules).map(|(place, rule)| (place, wanted, rule.trim().to_owned())));
        }
        placed.sort_by_key(|(place, ..)| *place);
        let overrides = placed.into_iter().map(|(_, wanted, rule)| (wanted, rule)).collect();
        let warnings = if matches.get_flag("strict") { Warnings::AreErrors } else { Warnings::Stay };
        Ok(Self(LevelOptions { overrides, warnings }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

//! The command line, as clap reads it.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::levels::LevelArguments;
use super::look::{Look, Printing};
use super::serve::ServeAddress;
use super::values;
use crate::plan::{Slip, Substitute};

/// Compiles launch plans: a Markdown checklist in; run sheet, owner lists and a timeline out.
#[derive(Debug, Parser)]
#[command(name = "tminus", version, max_term_width = 96, disable_help_subcommand = true)]
#[command(after_help = "Start with `tminus new`, then `tminus build` the file it makes. \
    Exit status: 0 done, 1 the plan has errors, 2 wrong usage, 3 a file, the disk or no browser.")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the pages of plans: run sheet, owner lists, timeline
    Build(Build),
    /// Make the pages again whenever a plan changes, and say what the change did
    Watch(Watch),
    /// Say what is wrong with plans, and nothing else
    Check(Check),
    /// Write the braces of plans in one order and spelling, and touch nothing else
    Fmt(Fmt),
    /// Show a plan in the terminal
    Show(Show),
    /// Show the way back: from a step, or from every gate
    Rollback(Rollback),
    /// Say why a step starts when it does, and what breaks when it slips
    Why(Why),
    /// Say how a plan gets on when somebody drops out: who could take what they do
    Without(Without),
    /// Write a compiled plan for other programs: JSON, tables, calendars, diagrams
    Export(Export),
    /// Answer an editor, by the Language Server Protocol on the standard streams
    Lsp(Lsp),
    /// Make a first plan, with comments that explain it
    New(New),
    /// Write the built-in templates of the pages into a folder, to start from
    Templates(Templates),
    /// Explain a rule, or list all rules
    Explain(Explain),
    /// Print the script with which a shell completes words of this program
    Completions(Completions),
    /// Write the manual into a folder, for `man`
    Man(Manual),
}

/// What changes how a plan is compiled.
#[derive(Debug, Clone, Default, Args)]
pub struct PlanArguments {
    /// Raj has every step of Ana's (or of a role or team): `--sub ana=raj`; her part of one step, or of
    /// those in a phase: `--sub copy:ana=raj`
    #[arg(long = "sub", value_name = "A=B", value_parser = values::stand_in, help_heading = "Plan")]
    pub subs: Vec<(String, Substitute)>,
    /// The step takes so much longer: `--slip copy=+40m` (or less: `-10m`)
    #[arg(long = "slip", value_name = "STEP=+TIME", value_parser = values::slip, help_heading = "Plan")]
    pub slips: Vec<(String, Slip)>,
    /// The plan starts then: `2026-12-05 22:00`, or `now`
    #[arg(long, value_name = "TIME", help_heading = "Plan")]
    pub start: Option<String>,
    /// T-0 is then: `2026-12-06 00:00`
    #[arg(long, value_name = "TIME", help_heading = "Plan")]
    pub t0: Option<String>,
    /// Compile this variant; without it, the first
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new(), help_heading = "Plan")]
    pub variant: Option<String>,
    /// Give a variable another text: `--var host=db-2`
    #[arg(long = "var", value_name = "NAME=TEXT", value_parser = values::variable, help_heading = "Plan")]
    pub vars: Vec<(String, String)>,
    #[command(flatten)]
    pub levels: LevelArguments,
}

#[derive(Debug, Args)]
pub struct Build {
    /// Plans, or folders in which to look for them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "pages")]
    pub output: PathBuf,
    /// Of the calendars: a number that grows with every version you give away
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=2_147_483_647))]
    pub revision: Option<u32>,
    /// Say at the end how long each stage took
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub printing: Printing,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Watch {
    /// Plans, or folders in which to look for them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "pages")]
    pub output: PathBuf,
    /// Show the pages to browsers on this machine, and load them anew when they change; at an address of
    /// your own with `--serve=8080` or `--serve=127.0.0.1:8080`
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "", value_parser = ServeAddress::parse)]
    pub serve: Option<ServeAddress>,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Templates {
    /// The folder to write to; named `templates` and beside a plan, it acts there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Only these: what is not written stays the built-in one
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Plans, or folders in which to look for them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// For people, or for programs
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Write into the plans what is certain to be meant, and check them then
    #[arg(long)]
    pub fix: bool,
    /// Say at the end how long each stage took
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Plans, or folders in which to look for them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// List the files that would change, and write nothing
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines of the plan
    Human,
    /// A line each, for editors
    Short,
    /// Schema 1
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change
    Github,
    /// A Code Quality report, which GitLab shows beside the lines of a change
    Gitlab,
    /// SARIF 2.1.0, for code scanning and dashboards
    Sarif,
}

#[derive(Debug, Args)]
pub struct Show {
    /// The plan
    #[arg(value_name = "PLAN")]
    pub path: PathBuf,
    /// Only the steps of this person, team or role
    #[arg(long, value_name = "HANDLE", value_parser = NonEmptyStringValueParser::new())]
    pub owner: Option<String>,
    /// Draw the steps as bars
    #[arg(long)]
    pub timeline: bool,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Rollback {
    /// The plan
    #[arg(value_name = "PLAN")]
    pub path: PathBuf,
    /// From where: an id, a number such as `12`, or a title in quotes; without it, from every gate
    #[arg(value_name = "STEP", value_parser = NonEmptyStringValueParser::new())]
    pub step: Option<String>,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Why {
    /// The plan
    #[arg(value_name = "PLAN")]
    pub path: PathBuf,
    /// The step: its number, its id, or its title in quotes
    #[arg(value_name = "STEP", value_parser = NonEmptyStringValueParser::new())]
    pub step: String,
    #[command(flatten)]
    pub plan: PlanArguments,
}

#[derive(Debug, Args)]
pub struct Without {
    /// The plan
    #[arg(value_name = "PLAN")]
    pub path: PathBuf,
    /// Who drops out: a person (by handle or name), a role or a team; without it, everybody by how much their loss would hurt
    #[arg(value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub name: Option<String>,
    /// For people, or for programs
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Form,
    #[command(flatten)]
    pub plan: PlanArguments,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Lines to read
    Human,
    /// JSON
    Json,
}

#[derive(Debug, Args)]
pub struct Export {
    /// The form
    #[arg(value_name = "FORMAT")]
    pub format: ExportFormat,
    /// The plan
    #[arg(value_name = "PLAN")]
    pub path: PathBuf,
    /// The file to write; without it, or with `-`, the export is printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Of `mermaid`: boxes and arrows, in the place of bars in time
    #[arg(long)]
    pub graph: bool,
    /// Of `ics`: a number that grows with every version you give away
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=2_147_483_647))]
    pub revision: Option<u32>,
    #[command(flatten)]
    pub plan: PlanArguments,
}

impl Export {
    /// The file that is named to be written.
    pub fn to_file(&self) -> Option<&std::path::Path> {
        self.output.as_deref().filter(|file| *file != "-")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The compiled plan, schema 1
    Json,
    /// A table with a row for each step
    Csv,
    /// A workbook: the plan, a sheet for everybody, questions, contacts
    Xlsx,
    /// A calendar with an event for each step
    Ics,
    /// A diagram for Git hosts and wikis
    Mermaid,
    /// A graph for Graphviz
    Dot,
    /// The XML of Microsoft Project
    Msproject,
}

impl ExportFormat {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
            Self::Mermaid => "mermaid",
            Self::Dot => "dot",
            Self::Msproject => "msproject",
        }
    }
}

#[derive(Debug, Args)]
pub struct Lsp {
    /// Some editors add it; it changes nothing, since the standard streams are used anyway
    #[arg(long)]
    pub stdio: bool,
    /// Some editors add it: the number of their process, with which this one ends
    #[arg(long = "clientProcessId", value_name = "ID")]
    pub client: Option<u32>,
}

#[derive(Debug, Args)]
pub struct New {
    /// What the launch is called, or the file to write when it ends in `.md` ("Big move" or `big-move.md`);
    /// without it "My launch", or of a sample what it is
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Make up a whole plan of so many steps, 1 to 100000, to try tminus with: the same every time
    #[arg(long, value_name = "N", value_parser = values::sample_steps)]
    pub sample: Option<NonZeroU32>,
    /// Of a sample: name nobody, as in a first draft
    #[arg(long, requires = "sample")]
    pub no_people: bool,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule, such as `pin-missed`; without one, all rules are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Manual {
    /// The folder to write to, such as `~/.local/share/man/man1`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

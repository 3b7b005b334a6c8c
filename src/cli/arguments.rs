//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::levels::LevelArguments;
use super::messages;
use crate::plan::{Slip, Substitute};
use crate::view::{Letters, PageOptions, Paper};

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
    Lsp,
    /// Make a first plan, with comments that explain it
    New(New),
    /// Write the built-in templates of the pages into a folder, to start from
    Templates(Templates),
    /// Explain a rule, or list all rules
    Explain(Explain),
}

/// What changes how a plan is compiled.
#[derive(Debug, Clone, Default, Args)]
pub struct PlanArguments {
    /// Raj has every step of Ana's (or of a role or team): `--sub ana=raj`; her part of one step, or of
    /// those in a phase: `--sub copy:ana=raj`
    #[arg(long = "sub", value_name = "A=B", value_parser = stand_in, help_heading = "Plan")]
    pub subs: Vec<(String, Substitute)>,
    /// The step takes so much longer: `--slip copy=+40m` (or less: `-10m`)
    #[arg(long = "slip", value_name = "STEP=+TIME", value_parser = slip, help_heading = "Plan")]
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
    #[arg(long = "var", value_name = "NAME=TEXT", value_parser = variable, help_heading = "Plan")]
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
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub plan: PlanArguments,
}

/// What changes how pages look, and nothing that they say.
#[derive(Debug, Clone, Default, Args)]
pub struct Look {
    /// Print on these sheets; without it, on those in the printer
    #[arg(long, value_name = "SIZE", help_heading = "Pages")]
    pub paper: Option<PaperSize>,
    /// Larger letters, on paper and screen: 14 pt on the pages of owners
    #[arg(long, help_heading = "Pages")]
    pub large: bool,
    /// Make the pages with the templates in this folder; without it, with those in `templates` beside the
    /// plan, if there are any
    #[arg(long, value_name = "DIR", help_heading = "Pages")]
    pub templates: Option<PathBuf>,
    /// A logo for the head of every page: PNG, JPEG, WebP, GIF, AVIF or SVG
    #[arg(long, value_name = "FILE", help_heading = "Pages")]
    pub brand: Option<PathBuf>,
    /// Print the pages too: a PDF each, and `all.pdf` with all of them. Needs Chromium, Chrome or Edge
    #[arg(long, help_heading = "Pages")]
    pub pdf: bool,
    /// The browser that prints, by its name or path; without it, one at the usual places
    #[arg(long, value_name = "PATH", requires = "pdf", help_heading = "Pages")]
    pub browser: Option<PathBuf>,
    /// How long it may take for a page
    #[arg(long, value_name = "SECONDS", default_value = "60", requires = "pdf", help_heading = "Pages")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub browser_timeout: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl Look {
    /// What is asked of the pages.
    pub fn page(&self) -> PageOptions {
        let paper = match self.paper {
            None => Paper::Printers,
            Some(PaperSize::A4) => Paper::A4,
            Some(PaperSize::Letter) => Paper::Letter,
        };
        PageOptions { paper, letters: if self.large { Letters::Large } else { Letters::Usual } }
    }
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
    /// Who drops out: a person, a role or a team; without it, everybody by how much their loss would hurt
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
pub struct New {
    /// What the launch is called
    #[arg(value_name = "NAME", default_value = "My launch")]
    pub name: String,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule, such as `pin-missed`; without one, all rules are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// `A=B` or `STEP:A=B`: who drops out, and who stands in; with it what can't be given twice. A title
/// may hold a `:` or `=` itself.
fn stand_in(text: &str) -> Result<(String, Substitute), String> {
    let (left, into) = text.rsplit_once('=').ok_or("write it as A=B, without spaces")?;
    let (step, out) = left.rsplit_once(':').map_or((None, left), |(step, out)| (Some(step.trim()), out));
    let name = |side: &str| side.trim().trim_start_matches('@').to_owned();
    if step == Some("") {
        return Err("write it as A=B, or as STEP:A=B with a step before the `:`".to_owned());
    }
    match (name(out), name(into)) {
        (out, _) if out.is_empty() => {
            Err(messages::needs_name(text, "a first name before", ", of who drops out"))
        }
        (_, into) if into.is_empty() => {
            Err(messages::needs_name(text, "a second name after", ", of who stands in"))
        }
        (out, into) => {
            let asked = step.map_or_else(|| out.clone(), |step| format!("{step}:{out}"));
            Ok((asked, Substitute { step: step.map(str::to_owned), out, into }))
        }
    }
}

/// `NAME=TEXT`; the text may be anything.
fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=TEXT, without spaces around the `=`")?;
    if name.trim().is_empty() {
        return Err(messages::needs_name(text, "the name of a variable before", ""));
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// `STEP=+TIME`: which step, and how much longer it takes; a title may hold a `=` itself.
fn slip(text: &str) -> Result<(String, Slip), String> {
    let (step, by) = text.rsplit_once('=').ok_or("write it as STEP=+40m, without spaces around the `=`")?;
    if step.trim().is_empty() {
        return Err(messages::needs_name(text, "a step before", ", by its id or its title"));
    }
    let by = Slip::parse(by.trim()).map_err(|error| messages::bad_slip(by, &error))?;
    Ok((step.trim().to_owned(), by))
}

//! Other programs with the same plans, as far as each can read them; those that are not installed are left out.
//!
//! pandoc reads the very file. TaskJuggler and PlantUML get the steps with their lengths and what they wait for,
//! without people, systems and calendars: less than tminus has to do. Each writes one page or picture.

use std::fmt::Write as _;
use std::path::Path;

use tminus::Compiled;
use tminus::cli::sample::Staffing;
use tminus::plan::NodeId;
use tminus::schedule::Placed;

use crate::Wishes;
use crate::made::Case;
use crate::process::{self, Usage};
use crate::samples::{PROGRAM, middle};

const SIZES: [u32; 3] = [100, 300, 1_000];

/// What a program took; nothing where it was not there or failed.
pub struct Measured {
    pub case: Case,
    /// tminus first.
    pub usages: Vec<(&'static str, Option<Usage>)>,
}

pub fn measure(folder: &Path, wishes: &Wishes) -> Result<Vec<Measured>, String> {
    let sizes = SIZES.into_iter().filter(|steps| *steps <= wishes.most);
    sizes.map(|steps| one(folder, Case { steps, staffing: Staffing::Named }, wishes)).collect()
}

fn one(folder: &Path, case: Case, wishes: &Wishes) -> Result<Measured, String> {
    eprintln!("{case}: other programs");
    let compiled = case.compiled().0;
    let files = [
        ("plan.md", case.text()),
        ("plan.tjp", for_taskjuggler(&compiled)),
        ("plan.puml", for_plantuml(&compiled)),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).map_err(|error| error.to_string())?;
    }
    let programs: [(&'static str, &str, &[&str]); 5] = [
        ("tminus build", PROGRAM, &["build", "plan.md"]),
        ("tminus check", PROGRAM, &["check", "plan.md"]),
        (
            "pandoc",
            "pandoc",
            &["-f", "gfm", "-s", "--metadata", "title=plan", "plan.md", "-o", "pandoc.html"],
        ),
        ("TaskJuggler", "tj3", &["--silent", "--force-reports", "plan.tjp"]),
        ("PlantUML", "plantuml", &["-tsvg", "plan.puml"]),
    ];
    let mut runs: Vec<Vec<Usage>> = vec![Vec::new(); programs.len()];
    for round in 0..wishes.runs.min(3) {
        for (index, (name, program, arguments)) in programs.iter().enumerate() {
            // What failed once is not asked again.
            if runs[index].len() < round {
                continue;
            }
            match process::run(Path::new(program), arguments, folder) {
                Ok(usage) => runs[index].push(usage),
                Err(sentence) => eprintln!("{name} is left out: {}", sentence.trim()),
            }
        }
        let _ = std::fs::remove_dir_all(folder.join("pages"));
    }
    let usages = programs
        .iter()
        .zip(runs)
        .map(|((name, ..), runs)| (*name, (!runs.is_empty()).then(|| middle(&runs))));
    Ok(Measured { case, usages: usages.collect() })
}

/// The steps of the main line, in an order in which each comes after what it waits for.
fn steps(compiled: &Compiled) -> Vec<(NodeId, &Placed)> {
    let order = compiled.schedule.main.order.iter();
    order.filter_map(|step| Some((*step, compiled.schedule.step(*step)?))).collect()
}

fn minutes(placed: &Placed) -> i64 {
    (placed.finish - placed.start) / 60
}

/// A title without what would act in the other languages.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric() || " ,.-".contains(*c)).collect()
}

fn for_taskjuggler(compiled: &Compiled) -> String {
    let mut text = String::from(
        "project plan \"Plan\" 2027-03-01 +2y {\n  timezone \"Europe/Berlin\"\n  timingresolution 5min\n}\n\
         flags shown\n",
    );
    for (step, placed) in steps(compiled) {
        let title = plain(&compiled.plan.node(step).title);
        let _ = writeln!(text, "task s{} \"{} {title}\" {{", step.index(), placed.number);
        // Its clock has steps of five minutes; a length must be one at least.
        let length = (minutes(placed) + 4) / 5 * 5;
        let _ = if length == 0 {
            writeln!(text, "  milestone")
        } else {
            writeln!(text, "  duration {length}min")
        };
        let waits: Vec<String> =
            placed.waits_for.iter().map(|before| format!("!s{}", before.index())).collect();
        let _ = if waits.is_empty() {
            writeln!(text, "  start ${{projectstart}}")
        } else {
            writeln!(text, "  depends {}", waits.join(", "))
        };
        text.push_str("}\n");
    }
    text.push_str(
        "taskreport \"taskjuggler\" {\n  formats html\n  columns no, name, start, end, duration, chart\n}\n",
    );
    text
}

fn for_plantuml(compiled: &Compiled) -> String {
    let mut text = String::from("@startgantt\n");
    for (step, placed) in steps(compiled) {
        let name = |step: NodeId| format!("s{}", step.index());
        let title = plain(&compiled.plan.node(step).title);
        // It knows days only: five minutes are one.
        let _ = writeln!(
            text,
            "[{} {title}] as [{}] lasts {} days",
            placed.number,
            name(step),
            (minutes(placed) / 5).max(1)
        );
        for before in &placed.waits_for {
            let _ = writeln!(text, "[{}] starts at [{}]'s end", name(step), name(*before));
        }
    }
    text.push_str("@endgantt\n");
    text
}

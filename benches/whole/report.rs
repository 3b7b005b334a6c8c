//! What was measured, as tables of Markdown, and into the page about it.
//!
//! A table in the page stands between two comments with its name; all else in the page is left alone.

use std::fmt::Write as _;
use std::path::Path;

use tminus::cli::sample::Staffing;

use crate::Wishes;
use crate::process::Usage;
use crate::{others, samples};

pub fn machine(wishes: &Wishes) -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let busy = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let busy =
        busy.split_whitespace().next().map_or(String::new(), |load| format!(", load {load} when it ended"));
    format!(
        "Measured with {processors} processors ({} {}){busy}; medians of {} interleaved runs.\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        wishes.runs
    )
}

pub fn whole(measured: &[samples::Measured]) -> String {
    let mut table = String::from(
        "| plan | text | floor, CPU | `check` | `build` | `build`, wall | peak: floor | `check` | `build` |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for one in measured {
        let ratio = |usage: &Usage| format!("× {:.1}", usage.cpu / one.floor.cpu);
        let _ = writeln!(
            table,
            "| {} | {:.0} KB | {:.1} ms | {} | {} | {:.0} ms | {:.0} MB | {:.0} MB | {:.0} MB |",
            name(one.case),
            one.size,
            one.floor.cpu,
            ratio(&one.check),
            ratio(&one.build),
            one.build.wall,
            one.floor.peak,
            one.check.peak,
            one.build.peak
        );
    }
    table
}

/// A row a stage, a column a plan: ratios to the HTML of the same text.
pub fn stages(measured: &[samples::Measured]) -> String {
    let columns: Vec<_> = measured.iter().filter(|one| one.case.staffing == Staffing::Named).collect();
    let mut table = String::from("| stage |");
    for one in &columns {
        let _ = write!(table, " {} steps |", one.case.steps);
    }
    let _ = write!(table, "\n|---|{}\n", "---:|".repeat(columns.len()));
    let row = |table: &mut String, name: &str, value: &dyn Fn(&samples::Measured) -> String| {
        let cells: Vec<String> = columns.iter().map(|one| value(one)).collect();
        let _ = writeln!(table, "| {name} | {} |", cells.join(" | "));
    };
    row(&mut table, "*the first floor: HTML*", &|one| format!("{:.2} ms", one.html));
    row(&mut table, "*the second: two passes*", &|one| format!("× {:.2}", one.passes / one.html));
    for (index, (stage, _)) in columns.first().map_or(&[][..], |one| &one.stages).iter().enumerate() {
        let spent = |one: &samples::Measured| one.stages.get(index).map_or(0.0, |(_, spent)| *spent);
        row(&mut table, stage, &|one| format!("× {:.2}", spent(one) / one.html));
    }
    let schedule = |one: &samples::Measured| {
        let spent = one.stages.iter().find(|(name, _)| name == "schedule");
        spent.map_or(0.0, |(_, spent)| *spent) / one.passes
    };
    row(&mut table, "*schedule to the second floor*", &|one| format!("× {:.1}", schedule(one)));
    table
}

pub fn instructions(measured: &[samples::Measured]) -> String {
    let mut table = String::from(
        "| plan | floor, million | `check`, million | `check` | `build`, million | `build` |\n|---|---:|---:|---:|---:|---:|\n",
    );
    for one in measured {
        let Some([floor, check, build]) = one.instructions else { continue };
        let _ = writeln!(
            table,
            "| {} | {floor:.1} | {check:.1} | × {:.1} | {build:.1} | × {:.1} |",
            name(one.case),
            check / floor,
            build / floor
        );
    }
    table
}

pub fn others(measured: &[others::Measured]) -> String {
    let mut table = String::from(
        "| plan | program | CPU | to `tminus build` | wall | peak |\n|---|---|---:|---:|---:|---:|\n",
    );
    for one in measured {
        let Some((_, Some(ours))) = one.usages.first() else { continue };
        for (program, usage) in &one.usages {
            let case = name(one.case);
            let _ = match usage {
                Some(usage) => writeln!(
                    table,
                    "| {case} | {program} | {:.0} ms | × {:.2} | {:.0} ms | {:.0} MB |",
                    usage.cpu,
                    usage.cpu / ours.cpu,
                    usage.wall,
                    usage.peak
                ),
                None => writeln!(table, "| {case} | {program} | not there, or failed | | | |"),
            };
        }
    }
    table
}

fn name(case: crate::made::Case) -> String {
    let people = if case.staffing == Staffing::Named { "people" } else { "nobody" };
    format!("{} steps, {people}", case.steps)
}

/// Puts the tables into the page.
pub fn write(page: &Path, tables: &[(&str, String)]) -> Result<(), String> {
    let mut text = std::fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))?;
    for (name, table) in tables {
        let (begin, end) = (format!("<!-- measured: {name} -->\n"), format!("<!-- end: {name} -->"));
        let from = text.find(&begin).map(|at| at + begin.len());
        let to = text.find(&end);
        let (Some(from), Some(to)) = (from, to.filter(|to| Some(*to) >= from)) else {
            return Err(format!("{} has no place for the table `{name}`", page.display()));
        };
        text.replace_range(from..to, &format!("\n{table}\n"));
    }
    std::fs::write(page, text).map_err(|error| format!("{}: {error}", page.display()))
}

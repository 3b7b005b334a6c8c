//! Samples of all sizes: the program, the floor, and what each stage says about itself.

use std::path::Path;

use tminus::cli::sample::Staffing;

use crate::Wishes;
use crate::made::{self, Case};
use crate::process::{self, Usage, median, timed};

/// The program, as this bench was built with it.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tminus");

const SIZES: [u32; 4] = [100, 1_000, 10_000, 100_000];

/// Instructions of more steps would take too long to count.
const MOST_COUNTED: u32 = 10_000;

/// What was found out about one sample; medians.
pub struct Measured {
    pub case: Case,
    /// The length of its text, in KB.
    pub size: f64,
    pub floor: Usage,
    pub check: Usage,
    pub build: Usage,
    /// Every stage of the build with its milliseconds.
    pub stages: Vec<(String, f64)>,
    /// Milliseconds of the floors without a process around them.
    pub html: f64,
    pub passes: f64,
    /// Instructions of the floor, `check` and `build`, in millions.
    pub instructions: Option<[f64; 3]>,
}

pub fn measure(folder: &Path, wishes: &Wishes) -> Result<Vec<Measured>, String> {
    let sizes = SIZES.into_iter().filter(|steps| *steps <= wishes.most);
    let cases =
        sizes.flat_map(|steps| [Staffing::Named, Staffing::Nobody].map(|staffing| Case { steps, staffing }));
    cases.map(|case| one(folder, case, wishes)).collect()
}

fn one(folder: &Path, case: Case, wishes: &Wishes) -> Result<Measured, String> {
    eprintln!("{case}");
    let text = case.text();
    std::fs::write(folder.join("plan.md"), &text).map_err(|error| error.to_string())?;
    let bare = made::bare_graph(&case.compiled().0);
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let (mut floors, mut checks, mut builds) = (Vec::new(), Vec::new(), Vec::new());
    let (mut html, mut passes) = (Vec::new(), Vec::new());
    for run in 0..wishes.runs {
        floors.push(process::run(&this, &["floor", "plan.md", "floor.html"], folder)?);
        checks.push(process::run(Path::new(PROGRAM), &["check", "plan.md"], folder)?);
        html.push(timed(|| made::floor_html(&text)));
        passes.push(timed(|| made::floor_passes(&bare)));
        // Every build writes all of its pages, and into a folder of its own: some file systems pass over the places of
        // files that were deleted a moment ago, one by one, whenever they create another.
        let pages = format!("pages-{run}");
        builds.push(process::run(
            Path::new(PROGRAM),
            &["build", "--timings", "plan.md", "-o", &pages],
            folder,
        )?);
    }
    let counted = wishes.instructions && case.steps <= MOST_COUNTED;
    let instructions = counted.then(|| count(&this, folder)).transpose()?;
    Ok(Measured {
        case,
        size: text.len() as f64 / 1024.0,
        floor: middle(&floors),
        check: middle(&checks),
        stages: stages(&builds),
        build: middle(&builds),
        html: median(html),
        passes: median(passes),
        instructions,
    })
}

fn count(this: &Path, folder: &Path) -> Result<[f64; 3], String> {
    let program = Path::new(PROGRAM);
    let floor = process::instructions(this, &["floor", "plan.md", "floor.html"], folder)?;
    let check = process::instructions(program, &["check", "plan.md"], folder)?;
    let build = process::instructions(program, &["build", "plan.md"], folder)?;
    std::fs::remove_dir_all(folder.join("pages")).map_err(|error| error.to_string())?;
    Ok([floor, check, build].map(|count| count / 1e6))
}

pub fn middle(runs: &[Usage]) -> Usage {
    Usage {
        wall: median(runs.iter().map(|run| run.wall)),
        cpu: median(runs.iter().map(|run| run.cpu)),
        peak: median(runs.iter().map(|run| run.peak)),
        said: String::new(),
    }
}

/// The rows of `--timings`, in their order.
fn stages(builds: &[Usage]) -> Vec<(String, f64)> {
    let tables: Vec<Vec<(String, f64)>> = builds.iter().map(|build| rows(&build.said)).collect();
    let names = tables.first().map_or(&[][..], Vec::as_slice).iter().map(|(name, _)| name.clone());
    let of = |name: &str| {
        let rows = tables.iter().flatten().filter(|(other, _)| other == name);
        median(rows.map(|(_, spent)| *spent))
    };
    names.map(|name| (name.clone(), of(&name))).collect()
}

fn rows(said: &str) -> Vec<(String, f64)> {
    let table = said.lines().skip_while(|line| !line.starts_with("stage ")).skip(1);
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
    };
    table.filter_map(row).collect()
}

//! Whole processes: `tminus build` and `check`, the floor, and other programs with the same plans.
//!
//! `cargo bench --bench whole` prints tables; with `-- --write` they take the place of those in
//! docs/performance.md. Runs are interleaved and medians taken, so that a machine that grows slower meanwhile
//! harms all alike. More options: `--runs N`, `--most STEPS`, `--instructions` (needs Valgrind), `--alone`
//! (without other programs).
#![cfg_attr(not(unix), expect(unused, reason = "what processes use up is asked of Unix"))]
#![expect(clippy::disallowed_methods, reason = "benches start programs, and read the clock")]

#[path = "../made/mod.rs"]
mod made;

mod others;
mod process;
mod report;
mod samples;

use std::path::PathBuf;
use std::process::ExitCode;

/// The allocator of the program, so that the floor has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the command line asks for.
struct Wishes {
    runs: usize,
    most: u32,
    instructions: bool,
    others: bool,
    write: bool,
}

impl Wishes {
    /// The wishes, or a sentence on what is wrong with them.
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut wishes = Self { runs: 5, most: 100_000, instructions: false, others: true, write: false };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number = || {
                let text = rest.next().ok_or(format!("`{argument}` needs a number"))?;
                text.parse::<u32>().map_err(|_| format!("`{argument} {text}` is no number"))
            };
            match argument.as_str() {
                // Cargo says so itself.
                "--bench" => {}
                "--runs" => wishes.runs = number()?.max(1) as usize,
                "--most" => wishes.most = number()?,
                "--instructions" => wishes.instructions = true,
                "--alone" => wishes.others = false,
                "--write" => wishes.write = true,
                other => return Err(format!("`{other}` is no option of this bench")),
            }
        }
        Ok(wishes)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("floor") => process::floor(&arguments[1..]),
        Some("measure") => process::measure(&arguments[1..]),
        _ => match Wishes::read(&arguments).and_then(|wishes| all(&wishes)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                eprintln!("error: {sentence}");
                ExitCode::FAILURE
            }
        },
    }
}

fn all(wishes: &Wishes) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let measured = samples::measure(folder.path(), wishes)?;
    let mut tables = vec![("machine", report::machine(wishes)), ("whole", report::whole(&measured))];
    tables.push(("stages", report::stages(&measured)));
    if wishes.instructions {
        tables.push(("instructions", report::instructions(&measured)));
    }
    if wishes.others {
        tables.push(("others", report::others(&others::measure(folder.path(), wishes)?)));
    }
    for (_, table) in &tables {
        println!("{table}");
    }
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    if wishes.write { report::write(&page, &tables) } else { Ok(()) }
}

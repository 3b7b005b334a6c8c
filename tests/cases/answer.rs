//! A case becomes the answer of the program: it is compiled in a folder of its own, and the machine output is
//! told in tables that people can read.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::case_file::{CaseFile, Part};
use super::said;

/// What the program answers.
pub struct Answer {
    parts: Vec<(Part, String)>,
}

impl Answer {
    /// Compiles the case's plan; an exit status that does not fit what is said is an answer too.
    pub fn of(case: &CaseFile) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for (name, bytes) in case.files() {
            let path = folder.path().join(name);
            let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
            parent.and_then(|()| fs::write(&path, bytes)).map_err(|error| format!("{name}: {error}"))?;
        }
        let plan = case.plan().unwrap_or("plan.md");
        let run = |words: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
            command.args(words).arg(plan).args(case.options()).current_dir(folder.path());
            command.env_remove("CLICOLOR_FORCE").output().map_err(|error| error.to_string())
        };
        let export = run(&["export", "json"])?;
        let json: Value = serde_json::from_slice(&export.stdout)
            .map_err(|_| format!("no plan came out:\n{}", String::from_utf8_lossy(&export.stderr)))?;
        fits(&export, &json["diagnostics"])?;
        let human = if case.expects(Part::Human) {
            without_summary(&String::from_utf8_lossy(&run(&["check"])?.stderr)).to_owned()
        } else {
            String::new()
        };
        let of_folder =
            if case.expects(Part::Folder) { folder_answer(case, folder.path())? } else { String::new() };
        let parts = vec![
            (Part::Header, header(&json)),
            (Part::Steps, run_order(&json)),
            (Part::Titles, titles(&json)),
            (Part::Ticks, ticks(&json)),
            (Part::Groups, groups(&json)),
            (Part::Questions, questions(&json)),
            (Part::Diagnostics, said::diagnostics(&json["diagnostics"], case)),
            (Part::Folder, of_folder),
            (Part::Human, human),
        ];
        Ok(Self { parts })
    }

    /// One part of it.
    pub fn part(&self, part: Part) -> &str {
        self.parts.iter().find(|(own, _)| *own == part).map_or("", |(_, text)| text)
    }
}

/// What is said when the folder itself is checked, its files named as the case names them.
fn folder_answer(case: &CaseFile, folder: &Path) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
    command.args(["check", "--format", "json", "."]).args(case.options()).current_dir(folder);
    let output = command.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).replace("\"./", "\"");
    let json: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    fits(&output, &json["diagnostics"])?;
    Ok(said::diagnostics(&json["diagnostics"], case))
}

/// An error means exit status 1 (3 for a file that can't be read), and nothing else does.
fn fits(output: &Output, diagnostics: &Value) -> Result<(), String> {
    let errors: Vec<&Value> = list(diagnostics).filter(|one| one["severity"] == "error").collect();
    let unreadable = errors.iter().any(|one| one["rule"] == "unreadable");
    let wanted = if unreadable { 3 } else { i32::from(!errors.is_empty()) };
    match output.status.code() {
        Some(code) if code == wanted => Ok(()),
        code => Err(format!("the exit status is {code:?}, and {wanted} would fit the diagnostics")),
    }
}

/// Every diagnostic ends in an empty line; what follows the last of them counts them.
fn without_summary(text: &str) -> &str {
    text.rfind("\n\n").map_or("", |end| &text[..=end])
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

fn words(value: &Value) -> String {
    list(value).map(|one| one.as_str().unwrap_or("?")).collect::<Vec<_>>().join(" ")
}

fn header(json: &Value) -> String {
    let mut lines = String::new();
    for key in ["title", "draft", "timezone", "variant", "start", "finish", "t0"] {
        if let Some(value) = json[key].as_str() {
            lines.push_str(&format!("{key}: {value}\n"));
        }
    }
    lines
}

fn run_order(json: &Value) -> String {
    let offset = offset(text(json, "start"));
    let mut lines = table(list(&json["steps"]).map(|step| row(step, offset)).collect());
    for dropped in list(&json["dropped"]) {
        lines.push_str(&format!("dropped: {}\n", text(dropped, "id")));
    }
    for way in list(&json["ways_back"]) {
        lines.push_str(&format!("way back: {}, {}\n", text(way, "id"), length(&way["seconds"])));
        lines.push_str(&table(list(&way["steps"]).map(|step| row(step, offset)).collect()));
    }
    lines
}

/// Number, id, time, length, who, slack, what it waits for, why it starts then, what else it is.
fn row(step: &Value, offset: &str) -> Vec<String> {
    let assumed = if step["assumed"] == true { "~" } else { "" };
    let slack = if step["critical"] == true {
        "critical".to_owned()
    } else {
        format!("slack {}", length(&step["slack_seconds"]))
    };
    let named = |word: &str, key: &str| {
        let ids = words(&step[key]);
        if ids.is_empty() { String::new() } else { format!("{word} {ids}") }
    };
    let reason = format!("{} {}", text(&step["reason"], "kind"), words(&step["reason"]["ids"]));
    let waits = [named("after", "waits_for"), named("with", "starts_with")];
    vec![
        step["number"].to_string(),
        text(step, "id").to_owned(),
        stretch(text(step, "start"), text(step, "finish"), offset),
        format!("{assumed}{}", length(&step["seconds"])),
        owners(step),
        slack,
        waits.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        format!("because {}", reason.trim_end()),
        marks(step),
    ]
}

fn owners(step: &Value) -> String {
    let mut parts = vec![words(&step["owners"])];
    if let Some(team) = step["team"].as_str() {
        parts.push(format!("of {team}"));
    }
    if list(&step["backup"]).next().is_some() {
        parts.push(format!("backup {}", words(&step["backup"])));
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }
}

fn marks(step: &Value) -> String {
    let kind = Some(text(step, "kind")).filter(|kind| *kind != "step");
    let state = Some(text(step, "state")).filter(|state| *state != "todo");
    let flags = [("unattended", "unattended"), ("no_return", "no-return")];
    let flags = flags.into_iter().filter(|(key, _)| step[*key] == true).map(|(_, word)| word);
    kind.into_iter().chain(state).chain(flags).collect::<Vec<_>>().join(" ")
}

/// `2026-12-05 22:00 – 22:10`; the date and the offset of a finish only where they differ; `T+0:10 – T+0:20`.
fn stretch(start: &str, finish: &str, plan_offset: &str) -> String {
    let (Some((first, from)), Some((last, to))) = (dated(start, plan_offset), dated(finish, plan_offset))
    else {
        return format!("{} – {}", undated(start), undated(finish));
    };
    if first == last { format!("{first} {from} – {to}") } else { format!("{first} {from} – {last} {to}") }
}

/// Date and clock time of `2026-12-05T22:00:00-05:00`.
fn dated<'a>(time: &'a str, plan_offset: &str) -> Option<(&'a str, String)> {
    let (date, clock) = time.split_once('T').filter(|(date, _)| date.len() == 10)?;
    let own = offset(time);
    let zone = if own == plan_offset { "" } else { own };
    Some((date, format!("{}{zone}", without_zero_seconds(&clock[..8]))))
}

/// `T+26:00:00` becomes `T+26:00`, `R+00:30:20` becomes `R+0:30:20`.
fn undated(time: &str) -> String {
    let (sign, clock) = time.split_at(2);
    let short = without_zero_seconds(clock);
    format!("{sign}{}", short.strip_prefix('0').unwrap_or(short))
}

fn without_zero_seconds(clock: &str) -> &str {
    clock.strip_suffix(":00").unwrap_or(clock)
}

fn offset(time: &str) -> &str {
    time.get(19..).unwrap_or("")
}

/// `1h30m`, `20s`, `0m`.
fn length(seconds: &Value) -> String {
    let all = seconds.as_i64().unwrap_or(-1);
    let parts = [(all / 3600, "h"), (all / 60 % 60, "m"), (all % 60, "s")];
    let text: String = parts
        .iter()
        .filter(|(number, _)| *number != 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if text.is_empty() { "0m".to_owned() } else { text }
}

/// Line, id and title of every step, dropped ones too, in the order of the text.
fn titles(json: &Value) -> String {
    let lines = |key: &str| {
        list(&json[key])
            .map(|one| format!("{}: {}: \"{}\"\n", one["line"], text(one, "id"), text(one, "title")))
            .collect::<Vec<_>>()
    };
    let mut all = lines("steps");
    all.extend(lines("dropped"));
    all.sort_by_key(|line| line.split(':').next().and_then(|number| number.parse::<u32>().ok()));
    all.concat()
}

fn ticks(json: &Value) -> String {
    let mut lines = String::new();
    for step in list(&json["steps"]) {
        for tick in list(&step["ticks"]) {
            let owners = list(&tick["owners"]).map(|one| format!(" @{}", one.as_str().unwrap_or("?")));
            lines.push_str(&format!(
                "{}: {}: {}{}\n",
                text(step, "id"),
                text(tick, "state"),
                text(tick, "title"),
                owners.collect::<String>()
            ));
        }
    }
    lines
}

fn groups(json: &Value) -> String {
    let offset = offset(text(json, "start"));
    let row = |group: &Value| {
        let around = group["parent"].as_str().map_or(String::new(), |parent| format!("in {parent}"));
        let when = match (group["start"].as_str(), group["finish"].as_str()) {
            (Some(start), Some(finish)) => stretch(start, finish, offset),
            _ => "never".to_owned(),
        };
        let title = format!("\"{}\"", text(group, "title"));
        vec![text(group, "id").to_owned(), text(group, "kind").to_owned(), when, title, around]
    };
    table(list(&json["groups"]).map(row).collect())
}

fn questions(json: &Value) -> String {
    let mut lines = String::new();
    for question in list(&json["questions"]) {
        lines.push_str(&format!("{}: {}\n", question["line"], text(question, "text")));
        for key in ["who", "by", "step", "answer"] {
            if let Some(value) = question[key].as_str() {
                lines.push_str(&format!("    {key}: {value}\n"));
            }
        }
    }
    lines
}

/// Rows with their columns in line.
fn table(rows: Vec<Vec<String>>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut lines = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        lines.push_str(cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ").trim_end());
        lines.push('\n');
    }
    lines
}

//! Diagnostics of the machine output become lines: place, rule, level and headline, then the word they point
//! at, the other places, the help and the fix.

use serde_json::Value;

use super::case_file::CaseFile;

/// The diagnostics as text.
pub fn diagnostics(list: &Value, case: &CaseFile) -> String {
    list.as_array().into_iter().flatten().map(|one| diagnostic(one, case)).collect()
}

/// Whether a block of diagnostics has one of this rule.
pub fn names_rule(block: &str, rule: &str) -> bool {
    block.lines().filter(|line| !line.starts_with(' ')).any(|line| {
        let before_headline = line.split(": ").next().unwrap_or("");
        before_headline.split(' ').any(|word| word == rule)
    })
}

fn diagnostic(one: &Value, case: &CaseFile) -> String {
    let text = |key: &str| one[key].as_str().unwrap_or("");
    let place = place(one, case);
    let mut lines = format!("{place} {} {}: {}\n", text("rule"), text("severity"), text("message"));
    let word = pointed_at(one, case);
    let label = text("label");
    match (word.as_deref(), label) {
        (None, _) => {}
        (Some(word), "") => lines.push_str(&format!("    at: {word}\n")),
        (Some(word), label) => lines.push_str(&format!("    at: {word} -- {label}\n")),
    }
    for other in one["related"].as_array().into_iter().flatten() {
        let message = other["message"].as_str().unwrap_or("");
        let file = other["file"].as_str().filter(|file| Some(*file) != case.plan());
        let file = file.map_or_else(String::new, |file| format!("{file}:"));
        lines.push_str(&format!("    see {file}{}:{}: {message}\n", other["line"], other["column"]));
    }
    for help in one["help"].as_array().into_iter().flatten() {
        lines.push_str(&format!("    help: {}\n", help.as_str().unwrap_or("")));
    }
    for change in one["fix"].as_array().into_iter().flatten() {
        let old = pointed_at(change, case).unwrap_or_default();
        lines.push_str(&format!("    fix: {old} -> {}\n", change["text"].as_str().unwrap_or("")));
    }
    lines
}

/// `8:12`, with the file's name unless it is the plan's.
fn place(one: &Value, case: &CaseFile) -> String {
    let Some(file) = one["file"].as_str() else { return "command line".to_owned() };
    match (one["line"].as_u64(), one["column"].as_u64()) {
        (Some(line), Some(column)) if Some(file) == case.plan() => format!("{line}:{column}"),
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        _ => file.to_owned(),
    }
}

/// What the span covers, as far as its first line goes.
fn pointed_at(one: &Value, case: &CaseFile) -> Option<String> {
    let file = one["file"].as_str()?;
    let bytes = case.files().find(|(name, _)| *name == file)?.1;
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let number = |key: &str| one[key].as_u64().and_then(|number| usize::try_from(number).ok());
    let line = text.trim_start_matches('\u{feff}').lines().nth(number("line")? - 1).unwrap_or("");
    let from = number("column")? - 1;
    let is_one_line = number("line") == number("end_line");
    let to = if is_one_line { number("end_column")? - 1 } else { usize::MAX };
    Some(line.chars().skip(from).take(to.saturating_sub(from)).collect())
}

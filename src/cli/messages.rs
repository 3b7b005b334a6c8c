//! What the program itself says to people.

use std::path::{Path, PathBuf};

use super::browser::Trouble;
use crate::diagnostic::{indented_by, nearest, shown_list};
use crate::plan::{DurationError, Plan, TimeError, meant_time};

pub(super) fn bad_time_option(name: &str, text: &str, error: &TimeError) -> String {
    let now = if name == "start" { ", or `now`" } else { "" };
    let form = match meant_time(text, false) {
        Some(meant) => format!("write `--{name} \"{meant}\"`"),
        None => format!("write it like `--{name} \"2026-12-05 22:00\"`{now}"),
    };
    match error {
        _ if text.trim().is_empty() => format!("`--{name}` needs a time: {form}"),
        TimeError::NotOne => format!("`--{name} {text}` is no time: {form}"),
        TimeError::NotThere => format!("`--{name} {text}`: no calendar or clock has that time"),
        TimeError::TooFar => {
            format!("`--{name} {text}` is too far away: plans lie between the years 1970 and 8999")
        }
    }
}

pub(super) fn bad_epoch(name: &str, text: &str) -> String {
    format!("`{name}={text}` is no time: it counts the seconds since 1970, such as `1796500000`")
}

pub(super) fn only_for(option: &str, format: &str, given: &str) -> String {
    format!("`{option}` is for `export {format}`, and this is `export {given}`")
}

pub(super) fn no_text(format: &str) -> String {
    format!("a file of `{format}` is no text for a terminal: name a file, such as `-o plan.{format}`")
}

/// A plan without a date where a date is needed.
pub(super) fn undated(format: &str) -> (String, String) {
    let sentence = format!("the plan has no date, and `export {format}` needs one");
    let help = "write `start` or `t0` into its front matter, or say when: `--start \"2026-12-05 22:00\"`";
    (sentence, help.to_owned())
}

pub(super) fn does_not_fit(format: &str, reason: &str) -> String {
    format!("the plan does not fit into `{format}`: {reason}")
}

/// A name on the command line that nobody can have.
pub fn no_handle(name: &str) -> String {
    format!("`{name}` can't be anybody's handle: letters, digits, `-` and `_` make one")
}

pub(super) fn needs_name(text: &str, which: &str, whose: &str) -> String {
    format!("`{text}` needs {which} its `=`{whose}")
}

pub(super) fn bad_slip(text: &str, error: &DurationError) -> String {
    match error {
        DurationError::Mixed => {
            format!("`{text}` mixes days with hours or minutes: write one kind, such as `+1d` or `+40m`")
        }
        DurationError::TooLong => format!("`{text}` is longer than ten years: write less, such as `+40m`"),
        DurationError::NotOne | DurationError::Shrinks => {
            format!("`{text}` is no length of time: write `+40m`, `1h30m` or `-10m`")
        }
    }
}

pub(super) fn slip_without_length(text: &str) -> String {
    format!("`{text}` needs a length of time after its `=`: write `+40m` for longer, or `-10m` for shorter")
}

pub(super) fn bad_sample(most: u32) -> String {
    format!("a sample has 1 to {most} steps: write a whole number, such as `--sample 1000`")
}

pub(super) fn option_twice(option: &str, name: &str) -> String {
    format!("`--{option} {name}=…` is given twice, and only one can hold")
}

/// `names` are handles, each with the name that goes with it.
pub(super) fn nobody_called<'a>(
    name: &str,
    handles: impl Iterator<Item = &'a str>,
    names: impl Iterator<Item = (&'a str, &'a str)>,
) -> (String, String) {
    let handles: Vec<&str> = handles.collect();
    let names: Vec<(&str, &str)> = names.collect();
    let near_name = || {
        let near = nearest(name, names.iter().map(|(_, name)| *name))?;
        names.iter().find(|(_, name)| *name == near).map(|(handle, _)| *handle)
    };
    let help = match nearest(name, handles.iter().copied()).or_else(near_name) {
        Some(near) => format!("did you mean `{near}`?"),
        None if handles.is_empty() => "the plan names nobody".to_owned(),
        None => format!("name one of {}", shown_list(handles)),
    };
    (format!("the plan has nobody called `{name}`"), help)
}

/// What is not checked of a plan with variants.
pub(super) fn other_variants(plan: &Plan) -> Option<String> {
    let chosen = plan.variant.as_ref()?;
    let names = plan.header.variants.iter().map(|variant| variant.value.as_str());
    let others: Vec<String> =
        names.filter(|name| name != chosen).map(|name| format!("`--variant {name}`")).collect();
    (!others.is_empty())
        .then(|| format!("this is the variant `{chosen}`; check {} as well", others.join(" and ")))
}

pub(super) fn several_people<'a>(name: &str, handles: impl Iterator<Item = &'a str>) -> (String, String) {
    let help = format!("name the one that is meant by the handle: {}", shown_list(handles));
    (format!("`{name}` could mean several people"), help)
}

pub(super) fn folder_for_plan(path: &Path) -> String {
    format!("`{}` is a folder: name one plan in it", path.display())
}

pub(super) fn unknown_step<'a>(
    word: &str,
    ids: impl Iterator<Item = &'a str>,
    titles: impl Iterator<Item = &'a str>,
) -> (String, String) {
    let ids: Vec<&str> = ids.collect();
    let help = match (nearest(word.trim_start_matches('#'), ids.iter().copied()), nearest(word, titles)) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(near)) => format!("did you mean \"{near}\"?"),
        (None, None) if ids.is_empty() => "the plan has no steps".to_owned(),
        (None, None) => {
            format!("name a step by its number, by its title in quotes, or by its id: {}", shown_list(ids))
        }
    };
    (format!("the plan has no step called `{word}`"), help)
}

pub(super) fn several_steps<'a>(word: &str, ids: impl Iterator<Item = &'a str>) -> (String, String) {
    let help = format!("name the one that is meant by its id: {}", shown_list(ids));
    (format!("`{word}` could mean several steps"), help)
}

pub(super) fn id_and_number(word: &str, own: &str, other: &str) -> (String, String) {
    let help = format!("write `#{word}` for \"{own}\", or the title in quotes for \"{other}\"");
    (format!("`{word}` is the id of \"{own}\" and the number of \"{other}\""), help)
}

pub(super) fn no_such_number(word: &str, last: usize) -> (String, String) {
    let help = match last {
        0 => "the plan has no steps".to_owned(),
        1 => "the plan has one step, number 1".to_owned(),
        _ => format!("the steps have the numbers 1 to {last}"),
    };
    (format!("the plan has no step number {word}"), help)
}

pub(super) fn dropped_step(title: &str) -> (String, String) {
    (format!("\"{title}\" was dropped, so it never begins"), "name a step that is planned".to_owned())
}

pub(super) fn left_out_step(title: &str) -> (String, String) {
    let help = "name a step of this variant, or choose another with `--variant`".to_owned();
    (format!("this variant leaves \"{title}\" out"), help)
}

pub(super) fn lost(reason: &std::io::Error) -> String {
    // The system's number for it says nothing to people.
    let reason = reason.to_string();
    let reason = reason.split_once(" (os error").map_or(reason.as_str(), |(words, _)| words);
    format!("the answer can't be written: {reason}")
}

pub(super) const LOST_HELP: &str = "check where the output goes, and how much room is left there";

pub(super) fn nothing_found(plans: usize) -> String {
    if plans == 1 { "no mistakes found".to_owned() } else { format!("no mistakes found in {plans} plans") }
}

/// The count of what was found, with how much of it needs nobody to mend it.
pub(super) fn with_mends(said: &str, certain: usize) -> String {
    match certain {
        0 => said.to_owned(),
        1 => format!("{said}; `--fix` mends one of them"),
        _ => format!("{said}; `--fix` mends {certain} of them"),
    }
}

/// What was mended where.
/// What became of a file whose braces are written anew.
pub(super) fn written_anew(file: &str, changes: usize) -> String {
    match changes {
        1 => format!("{file}: 1 line of braces written anew"),
        _ => format!("{file}: {changes} lines of braces written anew"),
    }
}

/// How many plans have their braces as `tminus fmt` writes them.
pub(super) fn nothing_to_write(plans: usize) -> String {
    match plans {
        1 => "1 plan, nothing to write anew".to_owned(),
        _ => format!("{plans} plans, nothing to write anew"),
    }
}

/// A file with mends that lies where nobody asked for any.
pub(super) fn left_outside(file: &str) -> String {
    format!(
        "{file}: lies outside of what was named, and is left as it is; name a folder around it and the plan to \
         mend both"
    )
}

pub(super) fn mended(file: &str, line: usize, old: &str, new: &str) -> String {
    if let Some(spaces) = indented_by(old, new) {
        return format!("{file}:{line}: {spaces} put in front");
    }
    // One mend, one line: the end of a line is shown as a sign.
    let shown = |text: &str| text.replace("\r\n", "⏎").replace('\n', "⏎");
    format!("{file}:{line}: `{}` → `{}`", shown(old), shown(new))
}

pub(super) fn no_plans(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    format!("there is no plan in {}", names.join(" or "))
}

pub(super) const NO_PLANS_HELP: &str = "a plan is an `.md` file with at least one box (`- [ ] Stop the API`) or a front matter of its own; \
`tminus new` makes one";

pub(super) fn unknown_template(name: &str, names: &[&str]) -> (String, String) {
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "name some of {}",
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    (format!("there is no template called `{name}`"), help)
}

/// What was written where.
pub(super) fn templates_written(folder: &Path, written: usize, unchanged: usize) -> String {
    let folder = folder.display();
    match (written, unchanged) {
        (0, 1) => format!("{folder}: the built-in template is there already\n"),
        (0, _) => format!("{folder}: the built-in templates are there already\n"),
        (1, _) => format!(
            "{folder}: 1 template written. Change it, and delete it to have the built-in one again.\n"
        ),
        _ => format!(
            "{folder}: {written} templates written. Keep those that you change, and delete the others: \
             for them the built-in ones are used.\n"
        ),
    }
}

/// What was done to a folder of the manual.
pub(super) fn manual_written(folder: &Path, written: usize, unchanged: usize) -> String {
    let folder = folder.display();
    match (written, unchanged) {
        (0, _) => format!("{folder}: the manual of this version is there already\n"),
        (1, _) => format!("{folder}: 1 page of the manual written\n"),
        _ => format!("{folder}: {written} pages of the manual written\n"),
    }
}

/// What is left of a plan whose templates are wrong.
pub(super) fn no_pages(plan: &Path) -> String {
    format!("no pages of `{}` were made, because of its templates", plan.display())
}

pub(super) fn misfit(plan: &Path) -> String {
    format!("nothing was made of `{}`: the command line does not fit it", plan.display())
}

pub(super) fn no_browser() -> (String, String) {
    (
        "there is no browser to print with".to_owned(),
        "install Chromium, Chrome or Edge, or name one with `--browser`; the pages are there, and print from any browser"
            .to_owned(),
    )
}

pub(super) fn no_such_browser(named: &Path) -> (String, String) {
    (
        format!("there is no browser `{}`", named.display()),
        "name the program itself, such as `--browser /usr/bin/chromium`".to_owned(),
    )
}

pub(super) fn no_scratch(folder: &Path, error: &std::io::Error) -> (String, String) {
    (
        format!("there is no room to print in `{}`: {error}", folder.display()),
        "check who may write there, and how much room is left".to_owned(),
    )
}

/// Why a plan has no PDFs.
pub(super) fn not_printed(browser: &Path, page: &Path, trouble: &Trouble) -> (String, String) {
    let (browser, page) = (browser.display(), page.display());
    let retry = "the pages are there; open one in a browser and print it, or name another with `--browser`"
        .to_owned();
    match trouble {
        Trouble::NotStarted(reason) => {
            (format!("no PDFs were made: `{browser}` can't be started: {reason}"), retry)
        }
        Trouble::Ended(how, words) if words.is_empty() => {
            (format!("no PDFs were made: `{browser}` did not print `{page}` ({how})"), retry)
        }
        Trouble::Ended(how, words) => {
            (format!("no PDFs were made: `{browser}` did not print `{page}` ({how}): {words}"), retry)
        }
        Trouble::TooLong(seconds) => (
            format!(
                "no PDFs were made: `{browser}` was still printing `{page}` after {seconds} s, and was stopped"
            ),
            "give it longer with `--browser-timeout`, or name another with `--browser`".to_owned(),
        ),
        Trouble::Stopped => (format!("no PDFs were made: `{browser}` was stopped"), retry),
    }
}

/// What was printed.
pub(super) fn printed(folder: &str, number: usize, unchanged: usize) -> String {
    let same = if unchanged == 0 { String::new() } else { format!(" ({unchanged} unchanged)") };
    format!("{folder}: {number} PDFs, those for the night in `all.pdf`{same}\n")
}

/// PDFs that would be taken for those of the present plan.
pub(super) fn outdated(number: usize) -> String {
    match number {
        1 => "1 PDF of an earlier version was removed".to_owned(),
        _ => format!("{number} PDFs of an earlier version were removed"),
    }
}

//! Lists that were written as something else.

use crate::diagnostic::{Diagnostic, Rule};
use crate::document::as_list;
use crate::plan::Hours;
use crate::plan::meant_time::{meant_range, meant_time};
use crate::source::Span;

/// `away: 2026-12-07`: one value where a list belongs, which is read as a list of one; or several in one text, which are
/// read as a list of these.
pub(in crate::plan) fn text_for_a_list(
    span: Span,
    key: &str,
    wanted: &str,
    text: &str,
    values: &[&str],
) -> Diagnostic {
    // Days and times of another habit would be the next mistake.
    let has_times = matches!(key, "away" | "closed");
    let meant = |value: &&str| {
        let meant = if has_times { meant_range(value).or_else(|| meant_time(value, false)) } else { None };
        meant.unwrap_or_else(|| (*value).to_owned())
    };
    let said = Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` must be {wanted}")).label(
        match values.len() {
            1 => "one value, and no list",
            _ => "several values in one text, and no list",
        },
    );
    match as_list(&values.iter().map(meant).collect::<Vec<_>>()) {
        Some(list) => as_written(said.help(format!("write `{key}: {list}`")), span, text, list),
        None => said.help(format!("write it as a list in brackets: `{key}: [one, another]`")),
    }
}

/// `[ana raj]`: an item of a list that is several.
pub(in crate::plan) fn several_in_an_item(span: Span, text: &str, values: &[&str]) -> Diagnostic {
    let list = values.join(", ");
    let said = format!("`{text}` are {} handles in one text", values.len());
    let said = Diagnostic::new(Rule::FrontMatter, span, said).label("not one handle");
    as_written(said.help(format!("write them apart: `{list}`")), span, text, list)
}

/// With the mend where the text stands without quotes: inside of them nothing would become a list.
fn as_written(said: Diagnostic, span: Span, text: &str, list: String) -> Diagnostic {
    if span.range().len() == text.len() { said.edit(span, text, list) } else { said }
}

/// `access: db, vault` between the brackets of somebody's entry: `vault` is a key to YAML. `values` are all of them, as far
/// as they are texts.
pub(in crate::plan) fn values_as_keys(span: Span, list: &str, key: &str, values: &[&str]) -> Diagnostic {
    let said = format!("`{key}` is one more value of `{list}`, and stands as a key of its own");
    let diagnostic =
        Diagnostic::new(Rule::FrontMatter, span, said).label("between `{` and `}` a comma ends a value");
    diagnostic.help(match as_list(values) {
        Some(values) => format!("write `{list}: {values}`"),
        None => format!("write a list in brackets: `{list}: [one, another]`"),
    })
}

pub(in crate::plan) fn bad_hours(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` are no hours"))
        .label("not understood")
        .help("write them like `09:00-17:00` or `Mon-Fri 09:00-17:00`")
}

/// Several stretches of hours in one text: all of the value, or an item of a list.
pub(in crate::plan) fn several_hours(span: Span, text: &str, hours: &[Hours], is_item: bool) -> Diagnostic {
    let hours: Vec<String> = hours.iter().map(Hours::to_string).collect();
    let said = Diagnostic::new(
        Rule::FrontMatter,
        span,
        format!("`{text}` are {} stretches of hours in one text", hours.len()),
    )
    .label("no list");
    let Some(list) = as_list(&hours) else { return said };
    if is_item {
        let items = list.trim_matches(['[', ']']).to_owned();
        as_written(said.help(format!("write them apart: `{items}`")), span, text, items)
    } else {
        as_written(said.help(format!("write `hours: {list}`")), span, text, list)
    }
}

/// `[Mon,Wed 07:00-09:00]`
pub(in crate::plan) fn hours_in_parts(span: Span, text: &str, hours: Hours) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` stands apart from its hours"))
        .label("between `[` and `]` a comma ends an item")
        .help(format!("write days with a comma in quotes: `\"{hours}\"`"))
}

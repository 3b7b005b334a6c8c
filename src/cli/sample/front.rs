//! The front matter of a sample, and what stands before its phases.

use super::crew::Crews;
use super::place::Places;
use super::{Sample, Staffing};

/// The day on which a holiday falls.
const HOLIDAY: &str = "2027-03-29";

pub(super) fn front_matter(sample: &Sample, places: &Places, crews: &Crews, prepares: bool) -> String {
    let first = places.weekend(0);
    let start =
        if prepares { format!("{} 09:00", first.wednesday) } else { format!("{} 22:00", first.saturday) };
    let mut text = format!(
        "---\ntitle: {}\ntimezone: Europe/Berlin\nstart: {start}\nt0: {} 22:00\n",
        sample.title, first.saturday
    );
    text.push_str(match crews.staffing() {
        Staffing::Named => "draft: 2\n",
        Staffing::Nobody => "draft: 1\n",
    });
    if let Some(caller) = crews.caller() {
        text.push_str(&format!("caller: {caller}\n"));
    }
    text.push_str("bridge: https://meet.example.com/move\n");
    section(&mut text, "people", crews.roster());
    section(&mut text, "teams", crews.teams());
    let systems: Vec<String> = places
        .region_endings()
        .into_iter()
        .map(|ending| format!("  - shop{ending}\n  - stock{ending}\n"))
        .collect();
    section(&mut text, "systems", systems);
    section(&mut text, "windows", (0..places.weekends()).map(|index| window(places, index)));
    text.push_str(&format!("closed: [{HOLIDAY}]\nvars:\n  release: 4.2.0\n  previous: 4.1.7\n---\n"));
    text
}

fn section(text: &mut String, name: &str, lines: impl IntoIterator<Item = String>) {
    let lines: String = lines.into_iter().collect();
    if !lines.is_empty() {
        text.push_str(&format!("{name}:\n{lines}"));
    }
}

fn window(places: &Places, index: u32) -> String {
    let weekend = places.weekend(index);
    format!("  {}: {} 22:00 .. {} 04:00\n", weekend.window, weekend.saturday, weekend.sunday)
}

pub(super) fn introduction(places: &Places) -> String {
    let first = places.of(0);
    let what = match places.sites {
        1 => format!("The {} shop of {} moves to the new system.", first.quarter, first.city),
        sites => format!("{sites} shops move to the new system, on {} weekends.", places.weekends()),
    };
    format!(
        "\n## Worth knowing\n\n{what} Until the decision of the night the old shop can be started again. All of \
         this is made up, to try tminus with.\n\n| What | Where |\n|---|---|\n| Status page | \
         https://status.example.com |\n| Duty desk of the card processor | +1 555 0190 |\n"
    )
}

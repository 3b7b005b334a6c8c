//! What the signs of a picture mean: a line for each sign that is in it.

use super::{Bar, LegendItem, Timeline};

/// The signs of bars: a class, what is drawn in the legend, and what it means.
const SIGNS: [(&str, &str, &str); 8] = [
    ("c", "c", "critical: late here is late at the end"),
    ("", "", "has slack"),
    ("u", "u", "runs by itself"),
    ("a", "a", "estimate assumed"),
    ("h", "h", "pause"),
    ("d", "d", "done"),
    ("g", "g", "gate: go or no-go"),
    ("m", "m", "milestone"),
];

/// The legend of a picture.
pub(super) fn legend(timeline: &Timeline) -> Vec<LegendItem> {
    let bars = || timeline.parcels.iter().flat_map(|parcel| &parcel.bars);
    let is = |bar: &Bar, letter: &str| bar.class.split(' ').skip(1).any(|class| class == letter);
    let has = |letter: &str| match letter {
        // Beside no critical one it says nothing.
        "" => bars().any(|bar| is(bar, "c")) && bars().any(|bar| !is(bar, "c")),
        letter => bars().any(|bar| is(bar, letter)),
    };
    let mut items: Vec<LegendItem> = SIGNS
        .iter()
        .filter(|(letter, ..)| has(letter))
        .map(|(_, class, text)| LegendItem { sign: "bar", class, text: (*text).to_owned() })
        .collect();
    let mut add = |wanted: bool, sign: &'static str, text: &str| {
        if wanted {
            items.push(LegendItem { sign, class: "", text: text.to_owned() });
        }
    };
    add(timeline.ranges, "range", "shortest to longest");
    add(!timeline.folds.is_empty(), "fold", "quiet stretch folded");
    add(!timeline.enlarged.is_empty(), "enlarged", "more room for the same time");
    add(
        timeline.lanes.iter().any(|lane| lane.span.is_some()),
        "phase",
        "from the phase's beginning to its end",
    );
    add(timeline.across.iter().any(|line| line.class == "back"), "back-out", "latest back-out");
    let links = timeline.parcels.iter().any(|parcel| !parcel.links.is_empty());
    add(links, "link", timeline.links_mean);
    items
}

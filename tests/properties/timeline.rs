//! The timeline of any plan can be read: every step is in it, nothing that is written touches anything
//! else, and on paper every piece shows what lies in it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tminus::view::{Area, Bar, Timeline};

use crate::answer::{Answer, answer, cases};
use crate::make::{Scope, plans};

/// What touches by less than this does not touch.
const HAIR: f64 = 0.2;

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn the_timeline_of_any_plan_can_be_read(plan in plans(Scope::All)) {
        check(&answer(&plan.text()))?;
    }

    #[test]
    fn the_timeline_of_a_crowd_can_be_read(plan in crowds()) {
        check(&answer(&plan))?;
    }
}

/// Plans of many steps in little time, by few people, with titles of any length.
fn crowds() -> impl Strategy<Value = String> {
    let step = (
        0..4_usize,
        prop::sample::select(vec!["1m", "5m", "10m..25m", "45m", "3h", "2d", "90m"]),
        1..90_usize,
        0..12_usize,
    );
    prop::collection::vec(step, 1..90).prop_map(|steps| {
        let mut text = "---\nstart: 2027-03-01 09:00\ntimezone: Europe/Berlin\nt0: 2027-03-01 12:00\n\
                        systems: [api]\nwindows: {night: 2027-03-01 10:00 .. 2027-03-01 14:00}\n---\n## One\n"
            .to_owned();
        for (index, (owner, length, letters, sign)) in steps.iter().enumerate() {
            let title: String = "Stop the 日本 queue, then wait ".chars().cycle().take(*letters).collect();
            let sign = match sign {
                0 if !length.ends_with('d') => ".gate",
                1 => ".unattended",
                2 | 3 => ".parallel",
                4 => "stops=api",
                5 => "starts=api",
                _ => "",
            };
            if index % 20 == 19 {
                text.push_str(&format!("\n## Phase {index}\n\n- [ ] Reached {{.milestone}}\n"));
            }
            text.push_str(&format!("- [ ] {title} {{#s{index} @p{owner} {length} {sign}}}\n"));
        }
        text
    })
}

fn check(answer: &Answer) -> Result<(), TestCaseError> {
    let pages = answer.pages();
    check_timeline(answer, &pages.timeline())?;
    pages.timeline_of_phases().iter().try_for_each(|timeline| check_timeline(answer, timeline))
}

fn check_timeline(answer: &Answer, timeline: &Timeline) -> Result<(), TestCaseError> {
    let bars: Vec<&Bar> = timeline.parcels.iter().flat_map(|parcel| &parcel.bars).collect();
    every_step_is_there(answer, timeline, &bars)?;
    nothing_touches(timeline, &bars)?;
    what_is_earlier_stands_further_left(answer, &bars)?;
    pieces_show_what_lies_in_them(timeline)
}

fn every_step_is_there(answer: &Answer, timeline: &Timeline, bars: &[&Bar]) -> Result<(), TestCaseError> {
    let schedule = &answer.compiled.schedule;
    let mut wanted = BTreeMap::new();
    for id in &schedule.main.order {
        let placed = schedule.step(*id).expect("a step of the line has a place");
        let lanes = if timeline.by == "people" { placed.people.len().max(1) } else { 1 };
        wanted.insert(id.index(), lanes);
    }
    let mut found = BTreeMap::new();
    for bar in bars {
        *found.entry(bar.step).or_insert(0) += 1;
    }
    prop_assert_eq!(found, wanted);
    let numbers: BTreeSet<&str> =
        timeline.facts.iter().flat_map(|part| part.rows.iter()).map(|fact| fact.number.as_str()).collect();
    prop_assert_eq!(numbers.len(), schedule.main.order.len(), "the table has every step once");
    Ok(())
}

fn nothing_touches(timeline: &Timeline, bars: &[&Bar]) -> Result<(), TestCaseError> {
    let whole = Area { left: 0.0, top: 0.0, right: timeline.width, bottom: timeline.height };
    for (index, bar) in bars.iter().enumerate() {
        let lane = &timeline.lanes[bar.lane];
        prop_assert!(is_inside(bar.area, whole), "{} leaves the picture: {:?}", bar.number, bar.area);
        let rows = Area { top: lane.y, bottom: lane.y + lane.height, ..whole };
        let written = bar.label_area.unwrap_or(bar.area);
        prop_assert!(is_inside(bar.area, rows) && is_inside(written, rows), "{bar:?} leaves its lane");
        prop_assert!(
            bar.label_at != "in" || is_inside(written, bar.area),
            "{} is wider than its bar",
            bar.number
        );
        for other in &bars[index + 1..] {
            let pairs = [
                (Some(bar.area), Some(other.area)),
                (bar.label_area, other.label_area),
                (bar.label_area, Some(other.area)),
                (Some(bar.area), other.label_area),
            ];
            for (one, two) in pairs {
                let (Some(one), Some(two)) = (one, two) else { continue };
                prop_assert!(!overlap(one, two), "{} and {}: {one:?} {two:?}", bar.number, other.number);
            }
        }
        let line = hangs_on(bar);
        let crossed = bars.iter().find(|other| {
            let written = other.label_area.filter(|_| other.step != bar.step || other.lane != bar.lane);
            written.zip(line).is_some_and(|(label, line)| overlap(label, line))
        });
        let crossed = crossed.map(|other| &other.number);
        prop_assert!(crossed.is_none(), "the line of {} crosses {:?}", bar.number, crossed);
        let beside = bar.label_area.filter(|_| bar.label_at != "in");
        prop_assert!(
            beside.is_none_or(|label| !overlap(label, bar.area)),
            "{} stands on its bar",
            bar.number
        );
    }
    // How long folded stretches are stands in a row of its own.
    for folds in [false, true] {
        let row: Vec<_> = timeline.axis.iter().filter(|mark| (mark.class == "fold") == folds).collect();
        let is_apart = row.windows(2).all(|pair| pair[0].label_x + 8.0 < pair[1].label_x);
        prop_assert!(is_apart, "times touch");
    }
    Ok(())
}

/// The line from a bar to its title, where that stands lower than directly below it.
fn hangs_on(bar: &Bar) -> Option<Area> {
    let label = bar.label_area.filter(|label| label.top > bar.area.bottom + 10.0)?;
    let x = bar.area.left + 0.5;
    Some(Area { left: x - HAIR, top: bar.area.bottom, right: x + HAIR, bottom: label.bottom - 2.5 })
}

fn what_is_earlier_stands_further_left(answer: &Answer, bars: &[&Bar]) -> Result<(), TestCaseError> {
    let schedule = &answer.compiled.schedule;
    let plain = bars.iter().filter(|bar| !bar.class.contains(" g") && !bar.class.contains(" m"));
    let mut starts: Vec<_> = plain
        .filter_map(|bar| {
            let placed = schedule.step(tminus::plan::NodeId::new(bar.step))?;
            Some((placed.start, bar.area.left))
        })
        .collect();
    starts.sort_by_key(|(start, _)| *start);
    let is_in_order = starts.windows(2).all(|pair| {
        pair[0].1 <= pair[1].1 + HAIR && (pair[0].0 != pair[1].0 || (pair[0].1 - pair[1].1).abs() < HAIR)
    });
    prop_assert!(is_in_order);
    Ok(())
}

fn pieces_show_what_lies_in_them(timeline: &Timeline) -> Result<(), TestCaseError> {
    for piece in &timeline.pieces {
        let frame = Area {
            left: piece.x,
            top: piece.y,
            right: piece.x + piece.width,
            bottom: piece.y + piece.height,
        };
        for parcel in &timeline.parcels {
            let areas = |bar: &Bar| [Some(bar.area), bar.label_area];
            let bars = parcel.bars.iter().flat_map(areas).flatten().any(|area| overlap(area, frame));
            let shown = piece.bars.iter().any(|shown| shown.id == parcel.id);
            prop_assert!(!bars || shown, "{} lacks the bars of {}", piece.title, parcel.id);
            let lines = parcel.links.iter().any(|link| overlap(link.area, frame));
            let shown = piece.lines.contains(&parcel.id);
            prop_assert!(!lines || shown, "{} lacks the lines of {}", piece.title, parcel.id);
            // What is written is whole on a sheet that writes it.
            let owns = piece.bars.iter().any(|shown| shown.id == parcel.id && shown.class.is_empty());
            for label in parcel.bars.iter().filter_map(|bar| bar.label_area).filter(|_| owns) {
                let is_whole = label.left >= frame.left - HAIR && label.right <= frame.right + HAIR;
                prop_assert!(is_whole, "{} cuts a title: {label:?}", piece.title);
            }
        }
    }
    // Side by side and below each other they cover the picture.
    if let (Some(first), Some(last)) = (timeline.pieces.first(), timeline.pieces.last()) {
        prop_assert!(first.x < HAIR && (first.y - timeline.top).abs() < HAIR);
        prop_assert!((last.x + last.width - timeline.width).abs() < HAIR);
        prop_assert!((last.y + last.height - timeline.height).abs() < HAIR);
    }
    Ok(())
}

fn is_inside(one: Area, whole: Area) -> bool {
    one.left >= whole.left - HAIR
        && one.right <= whole.right + HAIR
        && one.top >= whole.top - HAIR
        && one.bottom <= whole.bottom + HAIR
}

fn overlap(one: Area, two: Area) -> bool {
    one.left + HAIR < two.right
        && two.left + HAIR < one.right
        && one.top + HAIR < two.bottom
        && two.top + HAIR < one.bottom
}

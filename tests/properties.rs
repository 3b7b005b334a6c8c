//! Properties: what must hold for every text, for every plan, and for every harmless edit of a plan.
//!
//! Texts and plans are made up at random; the answer (the JSON view) is checked again by rules that
//! are written down apart from the program. `PROPTEST_CASES` raises the number of cases.

#[path = "properties/answer.rs"]
mod answer;
#[path = "properties/choices.rs"]
mod choices;
#[path = "properties/edits.rs"]
mod edits;
#[path = "properties/exports.rs"]
mod exports;
#[path = "properties/fixes.rs"]
mod fixes;
#[path = "properties/fmt.rs"]
mod fmt;
#[path = "properties/late.rs"]
mod late;
#[path = "properties/linked.rs"]
mod linked;
#[path = "properties/make.rs"]
mod make;
#[path = "properties/model.rs"]
mod model;
#[path = "properties/order.rs"]
mod order;
#[path = "properties/schedule.rs"]
mod schedule;
#[path = "properties/slack.rs"]
mod slack;
#[path = "properties/systems.rs"]
mod systems;
#[path = "properties/text.rs"]
mod text;
#[path = "properties/timed.rs"]
mod timed;
#[path = "properties/timeline.rs"]
mod timeline;
#[path = "properties/way_back.rs"]
mod way_back;
#[path = "properties/why.rs"]
mod why;
#[path = "properties/worktime.rs"]
mod worktime;
#[path = "properties/worst.rs"]
mod worst;

//! Properties: what must hold for every text, for every plan, and for every harmless edit of a plan.
//!
//! Texts and plans are made up at random; the answer (the JSON view) is checked again by rules that
//! are written down apart from the program. `PROPTEST_CASES` raises the number of cases.

#[path = "properties/answer.rs"]
mod answer;
#[path = "properties/text.rs"]
mod text;

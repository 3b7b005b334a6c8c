//! Sticky notes: every step a card, eight on a sheet, for the first session with everybody in it.
//!
//! A card has what one needs to find its place on a wall, and blanks for what nobody knows yet. A title
//! that would not fit is cut; its number leads to the whole of it.

use serde::Serialize;

use super::head::Head;
use super::list::List;
use super::presenter::Presenter;
use super::words::{self, cut};
use crate::document::Mark;
use crate::plan::{NodeId, StepKind};

/// So many cards go on a sheet.
const ON_A_SHEET: usize = 8;
/// Titles up to so many characters are written large …
const LARGE: usize = 46;
/// … and up to so many in the middle size.
const MIDDLE: usize = 110;
/// So many characters of a title fit on a card.
const ROOM: usize = 240;
/// What is said of a point of no return.
pub(super) const NO_RETURN: &str = "no way back after it";
/// Names of those who do it up to so many characters are written as large as the rest …
const SHORT_WHO: usize = 30;
/// … and up to so many in small letters.
const WHO: usize = 90;

/// The cards of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cards {
    /// The head of all pages.
    pub head: Head,
    /// How many there are, and on how many sheets.
    pub facts: String,
    /// The cards, sheet by sheet.
    pub sheets: List<CardSheet>,
}

/// What stands on one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardSheet {
    /// Its cards, eight at most.
    pub cards: List<Card>,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The step's number.
    pub number: String,
    /// Its id, where one is written.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How the title fits: a class that ends in large, middle or small.
    pub size: &'static str,
    /// The phase it stands in.
    pub phase: String,
    /// What it is, where it is not an ordinary step: `done`, `gate`, `pause`, `milestone`, `no way back after it`.
    pub kind: String,
    /// Who does it; empty where nobody does yet.
    pub who: String,
    /// Whether their names need small letters.
    pub who_is_long: bool,
    /// Whether somebody has to do it.
    pub needs_owner: bool,
    /// How long it takes; empty where nobody has said.
    pub takes: String,
    /// What it waits for.
    pub after: String,
    /// Whether it belongs to a way back.
    pub way_back: bool,
}

impl Presenter<'_> {
    /// A card for every step, in run order, those of ways back last; none for a plan without steps.
    #[must_use]
    pub fn cards(&self) -> Option<Cards> {
        let cards: Vec<Card> = self.all_steps().filter_map(|id| self.card(id)).collect();
        if cards.is_empty() {
            return None;
        }
        let (count, count_of_sheets) = (cards.len(), cards.len().div_ceil(ON_A_SHEET));
        let mut cards = cards.into_iter();
        let sheet = |_| CardSheet { cards: cards.by_ref().take(ON_A_SHEET).collect() };
        Some(Cards {
            head: self.head(),
            facts: format!("{} on {}", words::count(count, "card"), words::count(count_of_sheets, "sheet")),
            sheets: (0..count_of_sheets).map(sheet).collect(),
        })
    }

    fn card(&self, id: NodeId) -> Option<Card> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let said = self.step_words(id);
        let title = cut(&self.title(node), ROOM);
        let kind = match step.kind {
            _ if node.mark == Some(Mark::Done) => "done",
            _ if node.mark == Some(Mark::Active) => "under way",
            _ if step.no_return.is_some() => NO_RETURN,
            StepKind::Gate => "gate",
            StepKind::Hold => "pause",
            StepKind::Milestone => "milestone",
            StepKind::Ordinary if step.unattended.is_some() => "runs by itself",
            StepKind::Ordinary => "",
        };
        let phase = self.phase_around(id).map(|(phase, titles)| match titles {
            // Directly inside the way back.
            "" => self.title(plan.node(phase)),
            _ => titles.to_owned(),
        });
        Some(Card {
            number: self.number(id),
            id: node.written_id.map(|_| node.id.clone()).unwrap_or_default(),
            size: size(&title),
            title,
            phase: phase.map(|phase| cut(&phase, MIDDLE)).unwrap_or_default(),
            kind: kind.to_owned(),
            who: cut(&said.who, WHO),
            who_is_long: said.who.chars().count() > SHORT_WHO,
            needs_owner: node.needs_owner(),
            takes: if placed.assumed { String::new() } else { said.takes.clone() },
            after: cut(&said.waits, LARGE),
            way_back: node.way_back.is_some(),
        })
    }
}

fn size(title: &str) -> &'static str {
    match title.chars().count() {
        length if length <= LARGE => "title-large",
        length if length <= MIDDLE => "title-middle",
        _ => "title-small",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_small() {
        assert_eq!(
            (size("Stop the API"), size(&"ä".repeat(47)), size(&"x".repeat(111))),
            ("title-large", "title-middle", "title-small")
        );
    }
}

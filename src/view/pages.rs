//! Which pages a plan has, and whom each of them is for.
//!
//! One list, so that a page is made exactly when others lead to it: a plan without a way back has no
//! page for one. Pages of single owners are not in it; the overview lists them.

use serde::Serialize;

use super::presenter::Presenter;
use crate::schedule::Moment;

/// A page of a plan, as the others lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// Its file in the plan's folder.
    pub file: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Whom it is for, and what they find there.
    pub purpose: &'static str,
}

/// What is handed out on paper, in this order: pages, and the folder of those of owners.
pub const HANDED_OUT: [&str; 6] =
    ["index.html", "run-sheet.html", "owners/", "timeline.html", "rollback.html", "contacts.html"];

const OVERVIEW: PageLink =
    PageLink { file: "index.html", name: "Overview", purpose: "everybody: the plan at a glance" };
const RUN_SHEET: PageLink = PageLink {
    file: "run-sheet.html",
    name: "Run sheet",
    purpose: "whoever calls the steps: the whole script in run order, with room to write; prints in landscape",
};
const TIMELINE: PageLink = PageLink {
    file: "timeline.html",
    name: "Timeline",
    purpose: "everybody: who does what when, drawn to scale",
};
const ROLLBACK: PageLink = PageLink {
    file: "rollback.html",
    name: "Way back",
    purpose: "whoever decides, and whoever calls the way back: from every gate, and from any step; prints in landscape",
};
const CONTACTS: PageLink = PageLink {
    file: "contacts.html",
    name: "Contacts",
    purpose: "everybody: phones, stand-ins, who holds which credential, who is called when; prints in landscape",
};
const QUESTIONS: PageLink = PageLink {
    file: "questions.html",
    name: "Questions",
    purpose: "those who have to find something out: one list each, with room for the answers",
};
const ANSWERS: PageLink = PageLink {
    file: "questions.html",
    name: "Questions",
    purpose: "everybody: what was asked, and the answers; none is open",
};
const CARDS: PageLink = PageLink {
    file: "cards.html",
    name: "Cards",
    purpose: "the first session: every step a card to hang on a wall and move, eight on a sheet",
};
const WALKTHROUGH: PageLink = PageLink {
    file: "walkthrough.html",
    name: "Walkthrough",
    purpose: "the review: the last step first, and what must be true for each to work",
};

impl Presenter<'_> {
    /// The pages of this plan, the overview first.
    #[must_use]
    pub fn page_links(&self) -> Vec<PageLink> {
        let mut links = vec![OVERVIEW, RUN_SHEET, TIMELINE];
        links.extend(self.has_way_back().then_some(ROLLBACK));
        links.extend(self.has_contacts().then_some(CONTACTS));
        let questions = if self.has_open_questions() { QUESTIONS } else { ANSWERS };
        links.extend(self.has_questions().then_some(questions));
        if self.has_steps() {
            links.extend([CARDS, WALKTHROUGH]);
        }
        links
    }

    /// Whether the plan says anywhere how to turn back.
    pub(super) fn has_way_back(&self) -> bool {
        self.schedule().ways_back.iter().any(|line| !line.order.is_empty()) || self.has_undos()
    }

    pub(super) fn has_undos(&self) -> bool {
        !self.ways_back().written_before(Moment::NEVER).is_empty()
    }

    /// Whether anybody is named anywhere.
    pub(super) fn has_contacts(&self) -> bool {
        !self.plan().roster.people.is_empty()
    }

    pub(super) fn has_questions(&self) -> bool {
        self.plan().questions.iter().any(|question| question.asked)
    }

    fn has_open_questions(&self) -> bool {
        self.plan().questions.iter().any(|question| question.asked && question.answer.is_none())
    }

    pub(super) fn has_steps(&self) -> bool {
        self.all_steps().next().is_some()
    }
}

//! All that a diary or a planner shows of a step besides its times: one text of several lines.
//!
//! The same whoever reads it: somebody who has it from two files must not find two texts.

use super::plain::clean;
use crate::plan::NodeId;
use crate::view::list::Shared;
use crate::view::owner::Hand;
use crate::view::presenter::Presenter;

impl Presenter<'_> {
    /// A step's title after the number by which it is called.
    pub(super) fn called_title(&self, id: NodeId) -> String {
        clean(&self.anybodys_hand(id).step)
    }

    /// Which plan and version a text is of, and what is wrong with it: made once for all steps.
    pub(super) fn text_foot(&self) -> String {
        clean([self.stamp(""), self.trouble()].join("\n").trim_end())
    }

    /// What to know about a step, a paragraph each.
    pub(super) fn step_text(&self, id: NodeId, foot: &str) -> String {
        let node = self.plan().node(id);
        let (Some(step), Some(placed)) = (&node.step, self.placed(id)) else { return String::new() };
        let mut text = Joined { text: self.when_and_who(id), between: "\n\n" };
        if step.no_return.is_some() {
            text.add(&["No way back once this has begun"]);
        }
        Self::add_hands(&mut text, "", &self.hands_beside(id, placed, None));
        Self::add_hands(&mut text, "Wait for: ", &self.hands_before(id, placed, None));
        text.add_after("", &node.block.map(|block| self.details_text(block)).unwrap_or_default());
        text.add_after("Expect: ", &self.plain_items(step.expects.iter()));
        text.add_after("Undo: ", &self.plain_undos(step));
        if let Some(back) = self.back_out(id) {
            let words = [back.time, back.text, back.warning];
            let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
            text.add_after(&format!("{}: ", back.label), &words.join("; "));
        }
        if let Some(no_go) = &step.no_go {
            text.add_after("On a no-go: ", &self.no_go(no_go.value));
        }
        Self::add_hands(&mut text, "When this begins, tell: ", &self.hands_joined(id, None));
        Self::add_hands(&mut text, "Then tell: ", &self.hands_after(id, None));
        text.add_after("Bridge: ", &self.plan().header.bridge.join(", "));
        text.add_after("", foot);
        clean(text.text.trim_end())
    }

    /// Steps to wait for or to tell of, a line each.
    fn add_hands(text: &mut Joined, word: &str, hands: &[Shared<Hand>]) {
        let mut lines = Joined { text: String::new(), between: "\n" };
        for hand in hands {
            let (how, colon) = (hand.how.as_str(), if hand.how.is_empty() { "" } else { ": " });
            match hand.who.as_str() {
                "" => lines.add(&[word, how, colon, &hand.step]),
                who => lines.add(&[word, how, colon, &hand.step, " (", who, ")"]),
            }
        }
        text.add_after("", &lines.text);
    }

    /// `Sat 22:10–22:15 · 5m · Ana, stand-in: Raj · critical`
    fn when_and_who(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        let Some(placed) = self.placed(id) else { return String::new() };
        let said = self.step_words(id);
        let mut facts = Joined { text: self.words.full(placed.start), between: " · " };
        if placed.finish != placed.start {
            facts.text.extend(["–", &said.finish]);
        }
        facts.add_after("", &self.words.beside(placed.start).unwrap_or_default());
        facts.add_after("", if said.takes == "–" { "" } else { &said.takes });
        facts.add_after("by ", &said.who);
        facts.add_after("stand-in: ", &self.stands_in(id, placed));
        facts.add_after("access: ", &Self::access(node));
        for tag in self.tags(node, placed) {
            facts.add_after("", &tag.word);
        }
        facts.text
    }
}

/// Texts that are put together.
struct Joined {
    text: String,
    /// What stands between two of them.
    between: &'static str,
}

impl Joined {
    /// One more, which has these parts.
    fn add(&mut self, parts: &[&str]) {
        if !self.text.is_empty() {
            self.text.push_str(self.between);
        }
        self.text.extend(parts.iter().copied());
    }

    /// A text after what it is called; an empty one is left out.
    fn add_after(&mut self, word: &str, text: &str) {
        if !text.is_empty() {
            self.add(&[word, text]);
        }
    }
}

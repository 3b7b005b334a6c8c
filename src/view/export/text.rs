//! All that a diary or a planner shows of a step besides its times: one text of several lines.
//!
//! The same whoever reads it: somebody who has it from two files must not find two texts.

use super::plain::clean;
use crate::plan::NodeId;
use crate::view::presenter::Presenter;

impl Presenter<'_> {
    /// A step's title after the number by which it is called.
    pub(super) fn called_title(&self, id: NodeId) -> String {
        clean(&format!("{} {}", self.number(id), self.title(self.plan().node(id))))
    }

    /// Which plan and version a text is of, and what is wrong with it: made once for all steps.
    pub(super) fn text_foot(&self) -> String {
        clean([self.stamp(""), self.trouble()].join("\n").trim_end())
    }

    /// What to know about a step, a paragraph each.
    pub(super) fn step_text(&self, id: NodeId, foot: &str) -> String {
        let node = self.plan().node(id);
        let (Some(step), Some(placed)) = (&node.step, self.placed(id)) else { return String::new() };
        let mut parts = vec![self.when_and_who(id)];
        let hands = |word: &str, steps: &[NodeId]| {
            let lines =
                steps.iter().map(|step| self.anybodys_hand(*step)).map(|hand| match hand.who.as_str() {
                    "" => format!("{word}: {}", hand.step),
                    who => format!("{word}: {} ({who})", hand.step),
                });
            lines.collect::<Vec<_>>().join("\n")
        };
        if step.no_return.is_some() {
            parts.push("No way back once this has begun".to_owned());
        }
        parts.push(hands("Begin together with", &placed.starts_with));
        parts.push(hands("Wait for", &placed.waits_for));
        parts.push(node.block.map(|block| self.details_text(block)).unwrap_or_default());
        let line = |word: &str, text: String| match text.as_str() {
            "" => text,
            _ => format!("{word}: {text}"),
        };
        parts.push(line("Expect", self.plain_items(step.expects.iter())));
        parts.push(line("Undo", self.plain_items(step.undos.iter().map(|undo| &undo.block))));
        if let Some(back) = self.back_out(id) {
            let words = [back.time, back.text, back.warning];
            let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
            parts.push(line(back.label, words.join("; ")));
        }
        let no_go = step.no_go.as_ref().map(|given| self.no_go(given.value));
        parts.push(line("On a no-go", no_go.unwrap_or_default()));
        parts.push(hands("When this begins, tell", &self.told().joined[id.index()]));
        parts.push(hands("Then tell", &self.tells(id)));
        parts.push(line("Bridge", self.plan().header.bridge.join(", ")));
        parts.push(foot.to_owned());
        parts.retain(|part| !part.trim().is_empty());
        clean(parts.join("\n\n").trim_end())
    }

    /// `Sat 22:10–22:15 · 5m · Ana, stand-in: Raj · critical`
    fn when_and_who(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        let Some(placed) = self.placed(id) else { return String::new() };
        let said = self.step_words(id);
        let mut start = self.words.full(placed.start);
        if placed.finish != placed.start {
            start = format!("{start}–{}", said.finish);
        }
        let (who, backup) = (&said.who, self.stands_in(id, placed));
        let mut facts = vec![start];
        facts.extend(self.words.beside(placed.start));
        facts.push(said.takes.clone());
        facts.push(if who.is_empty() { String::new() } else { format!("by {who}") });
        facts.push(if backup.is_empty() { String::new() } else { format!("stand-in: {backup}") });
        facts.extend(self.tags(node, placed).into_iter().map(|tag| tag.word));
        facts.retain(|fact| !matches!(fact.as_str(), "" | "–"));
        facts.join(" · ")
    }
}

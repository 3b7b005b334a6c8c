//! `tminus without` on a terminal.

use unicode_width::UnicodeWidthStr;

use super::{LossView, ProposalView, WithoutStep, WithoutView};
use crate::view::show::{fitted, padded};

/// So many people are listed; JSON has all of them.
const MOST_PEOPLE: usize = 30;

impl WithoutView {
    /// The lines of the terminal.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut out = format!("Without {}\n{}\n\n{}\n", self.name, self.plan, self.summary);
        if !self.steps.is_empty() {
            out.push('\n');
            steps(&self.steps, width, &mut out);
        }
        if !self.besides.is_empty() {
            out.push_str(&format!("\nBesides, {}\n", self.name));
            self.besides.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
        }
        match &self.proposal {
            Some(proposal) => proposal_text(proposal, &mut out),
            None if self.steps.is_empty() => {}
            None => out.push_str("\nNobody else is in the plan: name those who could help in `people`.\n"),
        }
        out
    }
}

impl LossView {
    /// The lines of the terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = "Whose loss would hurt most\n".to_owned();
        if self.people.is_empty() {
            out.push_str("nobody has a step\n");
            return out;
        }
        out.push_str(&format!("({})\n\n", self.how));
        let number = self.people.len().to_string().width();
        let name = self.people.iter().map(|row| row.name.width()).max().unwrap_or(0).min(30);
        for (index, row) in self.people.iter().enumerate().take(MOST_PEOPLE) {
            let shown = padded(&fitted(&row.name, name), name);
            out.push_str(&format!("{:>number$}  {shown}  {}\n", index + 1, row.facts));
        }
        if self.people.len() > MOST_PEOPLE {
            out.push_str(&format!("and {} more\n", self.people.len() - MOST_PEOPLE));
        }
        out
    }
}

fn steps(steps: &[WithoutStep], width: usize, out: &mut String) {
    let widest =
        |text: fn(&WithoutStep) -> &str| steps.iter().map(|step| text(step).width()).max().unwrap_or(0);
    let (number, time) = (widest(|step| &step.number), widest(|step| &step.time));
    let title = widest(|step| &step.title).min(width.saturating_sub(number + time + 40).max(20));
    for step in steps {
        let critical = if step.critical { "critical" } else { "" };
        let line = format!(
            "{:>number$}  {}  {}  {critical:<8}  {}",
            step.number,
            padded(&step.time, time),
            padded(&fitted(&step.title, title), title),
            step.who
        );
        out.push_str(&format!("{}\n", line.trim_end()));
        for reason in &step.reasons {
            out.push_str(&format!("{}    {reason}\n", " ".repeat(number)));
        }
    }
}

fn proposal_text(proposal: &ProposalView, out: &mut String) {
    out.push_str(&format!("\nProposal ({})\n", proposal.how));
    let ends = std::iter::once(&proposal.ends);
    for line in proposal.takes.iter().chain(&proposal.begin_later).chain(ends).chain(&proposal.margins) {
        out.push_str(&format!("  {line}\n"));
    }
    if proposal.new.is_empty() {
        out.push_str(if proposal.uncovered.is_empty() {
            "  nothing goes wrong that does not go wrong already\n"
        } else {
            "  no other error or warning comes with it\n"
        });
    }
    for (heading, lines) in [("New", &proposal.new), ("Gone", &proposal.gone)] {
        if !lines.is_empty() {
            out.push_str(&format!("\n{heading}\n"));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
        }
    }
    out.push_str(&format!("\nTo see that plan\n  {}\n", proposal.command));
}

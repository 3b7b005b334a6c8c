//! Diagrams in the language of Mermaid, which Git hosts and wikis draw: bars in time, or boxes and arrows.
//!
//! Whatever is not a letter, a digit or one of a few harmless signs is written as its number (`#58;`), which
//! Mermaid shows as the sign it is: so no title can say anything in that language.

use crate::view::export::{Arrow, Gantt, GanttBar, Network, NetworkPart, NetworkStep, Shape, Weight};

/// Writes bars in time.
#[must_use]
pub fn write_gantt(gantt: &Gantt) -> String {
    let mut out = String::from("gantt\n");
    out.push_str(&format!("    title {}\n", label(&gantt.title)));
    out.push_str("    dateFormat YYYY-MM-DD HH:mm:ss\n");
    out.push_str(&format!("    axisFormat {}\n", gantt.axis));
    for section in &gantt.sections {
        out.push_str(&format!("    section {}\n", label(&section.title)));
        section.bars.iter().for_each(|bar| push_bar(&mut out, bar));
    }
    out
}

fn push_bar(out: &mut String, bar: &GanttBar) {
    let mut words: Vec<String> = Vec::new();
    words.extend(bar.critical.then(|| "crit".to_owned()));
    words.extend(bar.state.map(str::to_owned));
    words.extend(bar.milestone.then(|| "milestone".to_owned()));
    words.push(format!("n{}", bar.number));
    words.push(bar.start.clone());
    words.push(if bar.milestone { "0d".to_owned() } else { bar.finish.clone() });
    out.push_str(&format!("    {} :{}\n", label(&bar.title), words.join(", ")));
}

/// Writes boxes and arrows.
#[must_use]
pub fn write_graph(network: &Network) -> String {
    let mut out = String::from("flowchart TB\n");
    out.push_str("    classDef critical stroke-width:4px\n    classDef done stroke-dasharray:2 4\n");
    let mut depth = 1;
    for part in &network.parts {
        let indent = "    ".repeat(depth.min(20));
        match part {
            NetworkPart::Begin { key, title } => {
                out.push_str(&format!("{indent}subgraph g{key}[\"{}\"]\n", label(title)));
                depth += 1;
            }
            NetworkPart::End => {
                depth -= 1;
                out.push_str(&format!("{}end\n", "    ".repeat(depth.min(20))));
            }
            NetworkPart::Step(step) => out.push_str(&format!("{indent}{}\n", boxed(step))),
        }
    }
    let arrows = network.arrows.iter();
    arrows.for_each(|arrow| out.push_str(&format!("    {}\n", drawn(arrow))));
    out
}

fn boxed(step: &NetworkStep) -> String {
    let (open, close) = match step.shape {
        Shape::Step => ("[", "]"),
        Shape::Gate => ("{", "}"),
        Shape::Milestone => ("([", "])"),
        Shape::Waiting => ("(", ")"),
    };
    let class = match (step.critical, step.done) {
        (_, true) => ":::done",
        (true, false) => ":::critical",
        (false, false) => "",
    };
    format!("n{}{open}\"{}<br/>{}\"{close}{class}", step.number, label(&step.title), label(&step.facts))
}

fn drawn(arrow: &Arrow) -> String {
    let line = match arrow.weight {
        Weight::Critical => "==>",
        Weight::Waits => "-->",
        Weight::With => "-.->",
    };
    let from = arrow.from_all.map_or_else(|| format!("n{}", arrow.from), |group| format!("g{group}"));
    let words = if arrow.label.is_empty() { String::new() } else { format!("|\"{}\"|", label(&arrow.label)) };
    format!("{from} {line}{words} n{}", arrow.to)
}

/// A text that says nothing in Mermaid's language.
fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_alphanumeric() => out.push(c),
            ' ' | '.' | ',' | '?' | '!' | '-' | '/' | '(' | ')' | '\'' | '·' | '–' | '−' | '›' => {
                out.push(c)
            }
            '\n' | '\t' => out.push(' '),
            _ => out.push_str(&format!("#{};", u32::from(c))),
        }
    }
    if out.trim().is_empty() { "#8230;".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_says_anything() {
        assert_eq!(
            label("1 Stop: \"x\"; end # %% [y]"),
            "1 Stop#58; #34;x#34;#59; end #35; #37;#37; #91;y#93;"
        );
        assert_eq!(label("a\nsection b"), "a section b");
        assert_eq!(label(""), "#8230;");
        assert_eq!(label("Zähler 数"), "Zähler 数");
    }
}

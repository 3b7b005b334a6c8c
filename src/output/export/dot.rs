//! A graph in the language of Graphviz, phases as clusters.
//!
//! A text stands in quotes, with quotes and backslashes written so that they come back, and with its `&` as an
//! entity: Graphviz reads entities everywhere.

use crate::view::export::{Arrow, Network, NetworkPart, NetworkStep, Shape, Weight};

/// Writes boxes and arrows.
#[must_use]
pub fn write_dot(network: &Network) -> String {
    let mut out = String::from("digraph plan {\n");
    out.push_str(&format!(
        "    label={}; labelloc=t; compound=true; newrank=true;\n",
        quoted(&network.title)
    ));
    out.push_str("    fontname=\"Helvetica\"; node [fontname=\"Helvetica\", shape=box]; ");
    out.push_str("edge [fontname=\"Helvetica\", fontsize=10];\n");
    let mut depth = 1;
    for part in &network.parts {
        let indent = "    ".repeat(depth.min(20));
        match part {
            NetworkPart::Begin { key, title } => {
                out.push_str(&format!("{indent}subgraph cluster_{key} {{\n"));
                out.push_str(&format!("{indent}    label={}; style=rounded;\n", quoted(title)));
                depth += 1;
            }
            NetworkPart::End => {
                depth -= 1;
                out.push_str(&format!("{}}}\n", "    ".repeat(depth.min(20))));
            }
            NetworkPart::Step(step) => out.push_str(&format!("{indent}{}\n", boxed(step))),
        }
    }
    let arrows = network.arrows.iter();
    arrows.for_each(|arrow| out.push_str(&format!("    {}\n", drawn(arrow))));
    out.push_str("}\n");
    out
}

fn boxed(step: &NetworkStep) -> String {
    let shape = match step.shape {
        Shape::Step => "box",
        Shape::Gate => "diamond",
        Shape::Milestone => "ellipse",
        Shape::Waiting => "box",
    };
    let mut styles = Vec::new();
    if step.shape == Shape::Waiting {
        styles.push("rounded");
    }
    if step.critical {
        styles.push("bold");
    }
    if step.done {
        styles.push("dashed");
    }
    let around = if step.critical { 2 } else { 1 };
    let text = format!("{}\n{}", step.title, step.facts);
    format!(
        "n{} [label={}, shape={shape}, peripheries={around}, style={}];",
        step.number,
        quoted(text.trim_end()),
        quoted(&styles.join(","))
    )
}

fn drawn(arrow: &Arrow) -> String {
    let mut facts = Vec::new();
    match arrow.weight {
        Weight::Critical => facts.push("penwidth=2.5".to_owned()),
        Weight::Waits => {}
        Weight::With => facts.push("style=dashed".to_owned()),
    }
    if !arrow.label.is_empty() {
        facts.push(format!("label={}", quoted(&arrow.label)));
    }
    if let Some(group) = arrow.from_all {
        facts.push(format!("ltail=cluster_{group}"));
    }
    let facts = if facts.is_empty() { String::new() } else { format!(" [{}]", facts.join(", ")) };
    format!("n{} -> n{}{facts};", arrow.from, arrow.to)
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_where_it_ends() {
        assert_eq!(quoted("a \"b\" \\N &lt; c\nd"), "\"a \\\"b\\\" \\\\N &amp;lt; c\\nd\"");
    }
}

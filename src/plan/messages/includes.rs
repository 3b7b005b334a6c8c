//! Plans in plans.

use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Refusal, Word};
use crate::plan::node::Node;
use crate::source::Span;

pub(in crate::plan) fn refused_plan(span: Span, target: &str, refusal: &Refusal) -> Diagnostic {
    let message = match refusal {
        Refusal::Missing(_) => format!("there is no plan `{target}` to stand here"),
        Refusal::Outside => {
            format!("the plan `{target}` lies outside the folder of the plan it should stand in")
        }
        Refusal::Circle => format!("the plan `{target}` can't stand in itself"),
        Refusal::TooMany => "there are more than 1,000 plans in this one".to_owned(),
        Refusal::TooLarge => "the plans in this one are larger than 512 MB together".to_owned(),
        Refusal::TooOften => {
            "the plans that stand in this one several times are larger than 16 MB together".to_owned()
        }
        Refusal::Unreadable { why, .. } => why.clone(),
    };
    if let Refusal::Missing(Some(near)) = refusal {
        return Diagnostic::new(Rule::Include, span, message)
            .label("stands as a step without contents")
            .help(format!("write `{near}`, which is there"));
    }
    let help = match refusal {
        Refusal::Missing(_) => "check the path: it starts from the folder of this file",
        Refusal::Outside => "move it into that folder, or below it",
        Refusal::Circle => "take one of the links of the circle out",
        Refusal::TooMany | Refusal::TooLarge | Refusal::TooOften => "build some of them on their own",
        Refusal::Unreadable { help, .. } => help,
    };
    let diagnostic =
        Diagnostic::new(Rule::Include, span, message).label("stands as a step without contents").help(help);
    let diagnostic = match refusal {
        Refusal::Unreadable { at: Some(at), .. } => diagnostic.related(*at, "here it stops being text"),
        _ => diagnostic,
    };
    diagnostic.help("take the braces away if it is a step of its own that only names a file")
}

pub(in crate::plan) fn plan_without_steps(node: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::NoSteps,
        node.span,
        format!("the plan \"{}\" that is linked here has no steps", node.title),
    )
    .label("nothing stands in it")
    .help("write a step in that file as `- [ ] Stop the API`")
}

pub(in crate::plan) fn ignored_key(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(Rule::IgnoredKey, span, format!("`{key}` counts only in a plan that is built on its own"))
        .label("the plan around this one says when it begins")
        .help("write `at=` or `from=` on the link to this plan if it must begin at a certain time")
}

pub(in crate::plan) fn two_descriptions(span: Span, handle: &str, first: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::FrontMatter,
        span,
        format!("`{handle}` is described in two plans, and not in the same words"),
    )
    .label("described otherwise here")
    .related(first, "first here")
    .help("describe each person once, in a file that both plans name as `people: people.yaml`")
    .help("give one of them another handle if they are two people")
}

pub(in crate::plan) fn bad_vars(word: &Word, pair: &str) -> Box<Diagnostic> {
    let message = format!("`{pair}` sets no variable");
    Box::new(
        Diagnostic::new(Rule::Attribute, word.span, message)
            .label("no `=` in it")
            .help("write it like `vars=\"region=eu, host=db-2\"`"),
    )
}

//! Where a word may stand. One that stands elsewhere is an error that says where it belongs.

use super::attributes::{Attributes, Kind, Written};
use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What carries an attribute block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The only H1: the whole plan.
    Title,
    /// A heading with steps below it.
    Phase,
    /// An item with steps inside it.
    Group,
    /// A step that is a link to another plan.
    PlanLink,
    /// A step.
    Step,
    /// A decision.
    Gate,
    /// A point in time.
    Milestone,
    /// A planned pause.
    Hold,
    /// A box inside a step.
    Tick,
    /// A question.
    Question,
    /// An `undo:` item.
    Undo,
}

impl Holder {
    /// As messages call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "the plan's title",
            Self::Phase => "a phase",
            Self::Group => "a group",
            Self::PlanLink => "a link to a plan",
            Self::Step => "a step",
            Self::Gate => "a gate",
            Self::Milestone => "a milestone",
            Self::Hold => "a hold",
            Self::Tick => "a box inside a step",
            Self::Question => "a question",
            Self::Undo => "an `undo:`",
        }
    }

    fn allows(self, kind: Kind) -> bool {
        use Kind::*;
        match self {
            Self::Title => {
                matches!(kind, Owner | Backup | Access | Uses | In | From | By | AnyOrder | InOrder)
            }
            Self::PlanLink if kind == Vars => true,
            Self::Phase | Self::Group | Self::PlanLink => {
                let common = matches!(
                    kind,
                    Id | Owner
                        | Backup
                        | Access
                        | Uses
                        | In
                        | After
                        | With
                        | At
                        | From
                        | By
                        | Parallel
                        | AnyOrder
                        | InOrder
                        | Only
                );
                common || (kind == Rollback && self == Self::Phase)
            }
            Self::Step | Self::Hold => !matches!(kind, Else | AnyOrder | InOrder | Rollback | Vars),
            Self::Gate => !matches!(kind, AnyOrder | InOrder | Rollback | Vars),
            Self::Milestone => !matches!(kind, Else | AnyOrder | InOrder | Rollback | Vars | Estimate),
            Self::Tick => kind == Owner,
            Self::Question => matches!(kind, Owner | By | Only),
            Self::Undo => matches!(kind, Owner | Estimate),
        }
    }
}

/// The words with a fixed form that may be written on something, beside those that stand on it already.
pub fn words_on(holder: Holder, beside: &[&str]) -> impl Iterator<Item = &'static str> {
    let kind = |word: &&str| Kind::of(word, word.split_once('=').map(|(key, _)| key));
    let beside: Vec<Kind> = beside.iter().filter_map(kind).collect();
    Kind::words().filter(move |word| {
        let Some(kind) = Kind::of(word, word.strip_suffix('=')) else { return false };
        let is_fit = |other: &Kind| if *other == kind { kind.adds_up() } else { !clash(*other, kind) };
        holder.allows(kind) && beside.iter().all(is_fit)
    })
}

/// Whether two words can't stand beside one another.
fn clash(one: Kind, other: Kind) -> bool {
    use Kind::*;
    let is_kind = |kind| matches!(kind, Gate | Milestone | Hold);
    let clash = |one: Kind, other: Kind| {
        matches!(
            (one, other),
            (During, Estimate | At) | (RightAfter, At) | (Milestone, Estimate) | (AnyOrder, InOrder)
        )
    };
    clash(one, other) || clash(other, one) || (is_kind(one) && is_kind(other))
}

/// Reports every word that can't stand on this holder, and takes it out.
pub(super) fn check(attributes: &mut Attributes, holder: Holder, diagnostics: &mut Vec<Diagnostic>) {
    let mut wrong: Vec<Written<Kind>> =
        attributes.words.iter().filter(|word| !holder.allows(word.value)).cloned().collect();
    for word in &wrong {
        diagnostics.push(messages::wrong_place(word.span, word.value, holder));
    }
    wrong.extend(beside_each_other(attributes, diagnostics));
    match holder {
        Holder::Gate => one_owner(attributes, messages::two_deciders, diagnostics),
        Holder::Question => one_owner(attributes, messages::two_who_find_out, diagnostics),
        _ => {}
    }
    for word in wrong {
        attributes.remove(word.value);
    }
}

/// Reports the second owner of what has one, and takes out all but the first.
fn one_owner(
    attributes: &mut Attributes,
    message: fn(Span, Span) -> Diagnostic,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let owners: Vec<Span> = attributes.names.of(Kind::Owner).map(|owner| owner.span).take(2).collect();
    if let [first, second] = owners.as_slice() {
        diagnostics.push(message(*second, *first));
        attributes.names.keep_first(Kind::Owner);
    }
}

/// Reports fixed times on a way back, which begins whenever it is called, and takes them out.
pub(super) fn check_way_back(attributes: &mut Attributes, diagnostics: &mut Vec<Diagnostic>) {
    for kind in [Kind::At, Kind::From] {
        if let Some(word) = attributes.words.iter().find(|word| word.value == kind) {
            diagnostics.push(messages::time_on_way_back(word.span, kind));
            attributes.remove(kind);
        }
    }
}

/// Words that can't stand beside one another.
fn beside_each_other(attributes: &Attributes, diagnostics: &mut Vec<Diagnostic>) -> Vec<Written<Kind>> {
    let mut wrong = Vec::new();
    let mut clash = |kept: Kind, dropped: Kind| {
        let find = |kind| attributes.words.iter().find(|word| word.value == kind);
        if let Some(kept) = find(kept)
            && let Some(dropped) = find(dropped)
        {
            diagnostics.push(messages::not_beside(dropped.span, dropped.value, kept.span, kept.value));
            wrong.push(dropped.clone());
        }
    };
    clash(Kind::During, Kind::Estimate);
    clash(Kind::During, Kind::At);
    clash(Kind::RightAfter, Kind::At);
    let is_kind = |word: &&Written<Kind>| matches!(word.value, Kind::Gate | Kind::Milestone | Kind::Hold);
    let mut kinds = attributes.words.iter().filter(is_kind);
    if let Some(first) = kinds.next() {
        for other in kinds {
            diagnostics.push(messages::not_beside(other.span, other.value, first.span, first.value));
            wrong.push(other.clone());
        }
    }
    wrong
}

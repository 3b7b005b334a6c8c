//! Names of things inside a plan.

use crate::source::id;

id! {
    /// A phase, group or step.
    NodeId;
    /// Somebody.
    PersonId;
    /// A team.
    TeamId;
    /// A system.
    SystemId;
    /// A window.
    WindowId;
    /// A box inside a step.
    TickId;
    /// A question.
    QuestionId;
}

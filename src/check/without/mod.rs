//! Somebody drops out: what they have to do, who else could, and how well the plan gets on without them.
//!
//! What comes in is a compiled plan and whoever drops out; what goes out are plain facts. Nothing is
//! compiled here: the search for a proposal asks a function to try a substitution, and gets its answer.

mod candidates;
mod duties;
mod propose;
mod rank;

pub use super::people::Fitness;
pub use candidates::{Candidate, Share, Standing, shares};
pub use duties::{Duties, duties};
pub use propose::{Proposal, Question, Tried, propose};
pub use rank::{Loss, Moved, rank};

use crate::plan::{Handle, Owner, PersonId, Plan};

/// Whoever drops out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absentee {
    /// The handle that was asked for.
    pub handle: String,
    /// What that is.
    pub kind: AbsenteeKind,
    /// Everybody who is not there any more, or not for this.
    pub people: Vec<PersonId>,
}

/// What a handle stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenteeKind {
    /// Somebody, with all that they do.
    Person,
    /// A duty: only what is written for the role.
    Role,
    /// Every member, with all that they do.
    Team,
}

impl Absentee {
    /// Whoever a handle means.
    #[must_use]
    pub fn named(plan: &Plan, handle: &str) -> Option<Self> {
        let (kind, people) = match plan.roster.means(handle)? {
            Handle::Person(person) => (AbsenteeKind::Person, vec![person]),
            Handle::Team(team) => (AbsenteeKind::Team, plan.roster.team(team).members.clone()),
            Handle::Role(role) => {
                let holder = match plan.roster.roles[role].1 {
                    Some(Owner::Person(person)) => vec![person],
                    _ => Vec::new(),
                };
                (AbsenteeKind::Role, holder)
            }
        };
        Some(Self { handle: handle.to_owned(), kind, people })
    }

    /// Somebody, with all that they do.
    #[must_use]
    pub fn person(plan: &Plan, person: PersonId) -> Self {
        let handle = plan.roster.person(person).handle.value.clone();
        Self { handle, kind: AbsenteeKind::Person, people: vec![person] }
    }
}

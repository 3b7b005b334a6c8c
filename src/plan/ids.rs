//! Names of things inside a plan, as numbers that can't be mixed up.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl $name {
                /// The id of the thing at this place of its list.
                #[must_use]
                pub fn new(index: usize) -> Self {
                    Self(u32::try_from(index).expect("a text of 512 MB names fewer than 2^32 things"))
                }

                /// The place in its list.
                #[must_use]
                pub fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

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

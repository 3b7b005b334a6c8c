//! Names of things, as numbers that can't be mixed up.

/// Makes ids: each is the place of a thing in the list of its kind.
///
/// They count from one inside, so that "none" takes no room of its own: plans have many thousands of them.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(std::num::NonZeroU32);

            impl $name {
                /// The id of the thing at this place of its list: fewer than 2³² − 1 stand before it.
                #[must_use]
                pub fn new(index: usize) -> Self {
                    let number = u32::try_from(index + 1).ok().and_then(std::num::NonZeroU32::new);
                    Self(number.expect("files are at most 512 MB, and name fewer than 2^32 things"))
                }

                /// The place in its list.
                #[must_use]
                pub fn index(self) -> usize {
                    self.0.get() as usize - 1
                }
            }
        )*
    };
}

pub(crate) use id;

//! How pages lie on paper: the size of the sheets, and of the letters.
//!
//! What is asked for on the command line comes in; words for the style sheets go out. Nothing of it
//! changes what a page says, so it is no part of a plan's fingerprint.

use serde::Serialize;

/// The sheets to print on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// Whatever lies in the printer.
    #[default]
    Printers,
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// The size of the letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// To be read at arm's length.
    #[default]
    Usual,
    /// For tired eyes and bad light: 14 pt on an owner's page.
    Large,
}

/// What may be asked of the pages of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// The sheets.
    pub paper: Paper,
    /// The letters.
    pub letters: Letters,
}

/// The same in the words of the style sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageLook {
    /// The `size` of sheets that lie on their side.
    pub landscape: &'static str,
    /// The `size` of upright sheets.
    pub portrait: &'static str,
    /// The class of the whole page: `large`, or empty.
    pub class: &'static str,
}

impl PageOptions {
    /// How a page says it.
    #[must_use]
    pub fn look(self) -> PageLook {
        let (landscape, portrait) = match self.paper {
            Paper::Printers => ("landscape", "portrait"),
            Paper::A4 => ("A4 landscape", "A4 portrait"),
            Paper::Letter => ("letter landscape", "letter portrait"),
        };
        let class = match self.letters {
            Letters::Usual => "",
            Letters::Large => "large",
        };
        PageLook { landscape, portrait, class }
    }
}

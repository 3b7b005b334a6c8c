//! The options of the commands that make pages: how those look, and whether they are printed too.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::view::{Letters, PageOptions, Paper};

/// What changes how pages look, and nothing that they say.
#[derive(Debug, Clone, Default, Args)]
pub struct Look {
    /// Print on these sheets; without it, on those in the printer
    #[arg(long, value_name = "SIZE", help_heading = "Pages")]
    pub paper: Option<PaperSize>,
    /// Larger letters, on paper and screen: 14 pt on the pages of owners
    #[arg(long, help_heading = "Pages")]
    pub large: bool,
    /// Make the pages with the templates in this folder; without it, with those in `templates` beside the
    /// plan, if there are any
    #[arg(long, value_name = "DIR", help_heading = "Pages")]
    pub templates: Option<PathBuf>,
    /// A logo for the head of every page: PNG, JPEG, WebP, GIF, AVIF or SVG
    #[arg(long, value_name = "FILE", help_heading = "Pages")]
    pub brand: Option<PathBuf>,
}

/// Whether pages are printed too, and by what.
#[derive(Debug, Clone, Default, Args)]
pub struct Printing {
    /// Print the pages too: a PDF each, and `all.pdf` with those for the night. Needs Chromium, Chrome or Edge
    #[arg(long, help_heading = "Pages")]
    pub pdf: bool,
    /// The browser that prints, by its name or path; without it, one at the usual places
    #[arg(long, value_name = "PATH", requires = "pdf", help_heading = "Pages")]
    pub browser: Option<PathBuf>,
    /// How long it may take for a page
    #[arg(long, value_name = "SECONDS", default_value = "60", requires = "pdf", help_heading = "Pages")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub browser_timeout: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl Look {
    /// What is asked of the pages.
    pub fn page(&self) -> PageOptions {
        let paper = match self.paper {
            None => Paper::Printers,
            Some(PaperSize::A4) => Paper::A4,
            Some(PaperSize::Letter) => Paper::Letter,
        };
        PageOptions { paper, letters: if self.large { Letters::Large } else { Letters::Usual } }
    }
}

//! Who is needed in two plans at once, of those that are open.
//!
//! Compiled plans come in, and what `tminus check` says of them when it looks at all of them together goes out, beside
//! the lines. Plans of one folder of the workspace are compared, and beyond its folders those that lie beside each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::diagnostics::{Files, shown};
use super::documents::Documents;
use super::position::Encoding;
use super::project::{Project, location};
use super::protocol::{Location, Related};
use crate::check::Bookings;
use crate::source::{SourceId, Span};

/// When open plans are compared with each other. No key waits for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Compare {
    /// They are, as they stand.
    #[default]
    Done,
    /// When nobody types.
    InPause,
    /// Before mistakes are shown.
    AtOnce,
}

/// What is said of these plans, which are in order of their files.
pub(super) fn by_file(
    plans: &[(&Path, &Project)],
    folders: &[PathBuf],
    documents: &Documents,
    encoding: Encoding,
) -> Files {
    let mut files = Files::new();
    let mut together: BTreeMap<&Path, Vec<&Project>> = BTreeMap::new();
    for (file, project) in plans.iter().filter(|(file, _)| file.is_absolute()) {
        let folder = folders.iter().find(|folder| file.starts_with(folder)).map(PathBuf::as_path);
        together.entry(folder.or(file.parent()).unwrap_or(file)).or_default().push(project);
    }
    for plans in together.into_values().filter(|plans| plans.len() > 1) {
        Beside::new(plans).add(documents, encoding, &mut files);
    }
    files
}

/// Plans side by side, whose sources are counted through.
struct Beside<'a> {
    plans: Vec<&'a Project>,
    /// By plan: the number of its first source.
    first: Vec<usize>,
}

impl<'a> Beside<'a> {
    fn new(plans: Vec<&'a Project>) -> Self {
        let count = |sum: &mut usize, plan: &&Project| {
            let first = *sum;
            *sum += plan.sources.iter().count();
            Some(first)
        };
        let first = plans.iter().scan(0, count).collect();
        Self { plans, first }
    }

    fn add(&self, documents: &Documents, encoding: Encoding, files: &mut Files) {
        let place = |span| {
            let (plan, span) = self.own(span);
            location(self.plans[plan], documents, encoding, span)
        };
        let mut bookings = Bookings::default();
        for (index, plan) in self.plans.iter().enumerate() {
            let compiled = &plan.compiled;
            let mut found = Vec::new();
            let counted = |span| self.counted(index, span);
            bookings.add_at(&compiled.plan, &compiled.schedule, counted, &mut found);
            compiled.plan.levels.settle(&mut found);
            for mut one in found {
                let others = std::mem::take(&mut one.related).into_iter();
                let others =
                    others.filter_map(|(span, message)| Some(Related { location: place(span)?, message }));
                let others = others.collect();
                one.change_spans(&|span| self.own(span).1);
                let at = one.span().and_then(|span| location(plan, documents, encoding, span));
                let Some(Location { uri, range }) = at else { continue };
                let said = shown(&one, plan, range, others, documents, encoding);
                files.entry(uri).or_default().push(said);
            }
        }
    }

    fn counted(&self, plan: usize, span: Span) -> Span {
        Span::new(SourceId::new(self.first[plan] + span.source.index()), span.range())
    }

    /// The plan in which something stands, and the place among its own sources.
    fn own(&self, span: Span) -> (usize, Span) {
        let source = span.source.index();
        let plan = self.first.partition_point(|first| *first <= source).saturating_sub(1);
        (plan, Span::new(SourceId::new(source - self.first[plan]), span.range()))
    }
}

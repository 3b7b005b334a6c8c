//! The plans that a plan links to, read and put together into one document.
//!
//! Files are read by `source`, as it is asked here. A link is followed when it could be a plan's, and
//! `plan` decides whether a step takes in what it leads to. Promised: circles end, and so does a plan
//! of very many.

use std::collections::{HashMap, HashSet};

use super::{Document, Linked, PartId, PlanLink, Refusal};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::source::{Link, LinkedError, ReadError, SourceId, Sources};

/// The most plans that may stand in one.
const MOST_PLANS: usize = 1000;

/// For so many missing files a folder is looked through for what may be meant.
const MOST_NEIGHBOURS: usize = 20;

/// The most bytes that all of them may have together: as many as one file may have.
const LARGEST: usize = crate::source::LARGEST as usize;

/// The most that those may have together which stand in the plan again.
const LARGEST_AGAIN: usize = 16 * 1024 * 1024;

impl Document {
    /// Parses a plan and all that it links to.
    #[must_use]
    pub fn load(source: SourceId, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::parse(source, sources, diagnostics).load_links(sources, diagnostics)
    }

    /// Parses all that it links to.
    pub(super) fn load_links(self, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let taken = Taken { all: sources.get(self.source).text.len(), again: 0 };
        let mut loading =
            Loading { document: self, sources, diagnostics, taken, missing: 0, plans: HashMap::new() };
        let mut next = 0;
        while next < loading.document.parts.len() {
            loading.part(PartId::new(next));
            next += 1;
        }
        loading.document
    }
}

/// What is wrong with a file that stands in the plan several times is said once.
pub fn say_once(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    let mut said = HashSet::new();
    diagnostics.retain(|one| match one.place {
        Place::At(span) if sources.get(span.source).linked_at.is_some() => {
            let file = sources.get(span.source).name.clone();
            said.insert((one.rule, file, span.range(), one.message.clone()))
        }
        _ => true,
    });
}

/// How many bytes have come in.
#[derive(Debug)]
struct Taken {
    /// Of all plans, each as often as it stands there.
    all: usize,
    /// Of those that stood there before.
    again: usize,
}

impl Taken {
    /// With one more plan.
    fn and(&self, bytes: usize, again: bool) -> Self {
        Self { all: self.all + bytes, again: self.again + if again { bytes } else { 0 } }
    }

    fn is_allowed(&self) -> Result<(), Refusal> {
        match self {
            Self { all, .. } if *all > LARGEST => Err(Refusal::TooLarge),
            Self { again, .. } if *again > LARGEST_AGAIN => Err(Refusal::TooOften),
            _ => Ok(()),
        }
    }
}

struct Loading<'a> {
    document: Document,
    sources: &'a mut Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
    taken: Taken,
    /// How many files there were none of.
    missing: usize,
    /// Which files are plans, as far as they were looked at.
    plans: HashMap<String, bool>,
}

impl Loading<'_> {
    fn part(&mut self, part: PartId) {
        for link in self.document.plan_links(part) {
            let linked = self.follow(&link, part);
            let linked = linked.unwrap_or_else(Linked::Refused);
            self.document.linked.insert(link.item, linked);
        }
    }

    fn follow(&mut self, link: &PlanLink, around: PartId) -> Result<Linked, Refusal> {
        let within = self.sources.folder(self.document.source);
        let folder = self.sources.folder(link.span.source);
        let target = Link { folder, target: link.target.clone() };
        let source = self
            .sources
            .follow(&target, &within, link.span)
            .map_err(|error| self.refusal(error, &link.target))?;
        if self.is_around(source, around) {
            return Err(Refusal::Circle);
        }
        let file = self.sources.get(source);
        if self.plans.get(&file.name) == Some(&false) {
            return Ok(Linked::NoPlan);
        }
        let again = self.plans.contains_key(&file.name);
        let with_this = self.taken.and(file.text.len(), again);
        if again {
            self.has_room(&with_this)?;
        }
        let mut said = Vec::new();
        let document = Document::parse(source, self.sources, &mut said);
        self.plans.insert(file.name.clone(), document.is_plan());
        if !document.is_plan() {
            return Ok(Linked::NoPlan);
        }
        self.has_room(&with_this)?;
        self.taken = with_this;
        self.diagnostics.append(&mut said);
        Ok(Linked::Plan(self.document.append(document, around)))
    }

    /// Whether one more plan may come in, with which they are so large.
    fn has_room(&self, with_this: &Taken) -> Result<(), Refusal> {
        if self.document.parts.len() > MOST_PLANS { Err(Refusal::TooMany) } else { with_this.is_allowed() }
    }

    /// Whether a file is one of those that the link stands in.
    fn is_around(&self, source: SourceId, part: PartId) -> bool {
        let mut parts = std::iter::successors(Some(part), |part| self.document.part(*part).around);
        parts.any(|part| self.sources.is_same_file(self.document.part(part).source, source))
    }

    fn refusal(&mut self, error: LinkedError, target: &str) -> Refusal {
        match error {
            LinkedError::Outside => Refusal::Outside,
            LinkedError::Unreadable(path, ReadError::Missing) => {
                self.missing += 1;
                let names = if self.missing > MOST_NEIGHBOURS {
                    Vec::new()
                } else {
                    Sources::plan_files_beside(&path)
                };
                let folder = target.rfind('/').map_or(0, |slash| slash + 1);
                let near = nearest(&target[folder..], names.iter().map(String::as_str));
                Refusal::Missing(near.map(|near| format!("{}{near}", &target[..folder])))
            }
            LinkedError::Unreadable(path, error) => {
                let (why, help) = crate::source::sentence(&path, &error);
                Refusal::Unreadable { why, help, at: self.sources.wrong_bytes(&path) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_there_again_counts_twice() {
        const MB: usize = 1024 * 1024;
        let plan = Taken { all: 100 * MB, again: 0 };
        let large = plan.and(412 * MB, false);
        assert_eq!(large.is_allowed(), Ok(()));
        assert_eq!(large.and(1, false).is_allowed(), Err(Refusal::TooLarge));
        let often = plan.and(10 * MB, true).and(6 * MB, true);
        assert_eq!(often.is_allowed(), Ok(()));
        assert_eq!(often.and(1, true).is_allowed(), Err(Refusal::TooOften));
        assert_eq!(often.and(300 * MB, false).is_allowed(), Ok(()));
    }
}

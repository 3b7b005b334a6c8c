//! Which templates a plan's pages are made with, and the logo on them.
//!
//! The templates of a folder are read once, and what is wrong with them is said once, however many plans
//! lie beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::look::Look;
use super::{Outcome, terminal};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::output::{Renderer, built_in_templates};
use crate::source::{Sources, TemplateFolder, brand_sentence, read_brand, templates_beside};
use crate::view::Brand;

/// The renderers of a build, by the folder of their templates; the built-in ones alone have none.
pub struct Renderers {
    named: Option<PathBuf>,
    brand: Option<Brand>,
    made: BTreeMap<Option<PathBuf>, Result<Renderer, Outcome>>,
    /// The built-in templates, which are read while plans are; until they are asked for.
    early: Option<JoinHandle<Result<Renderer, Vec<Diagnostic>>>>,
    /// Of each folder that may hold templates, the renderer it led to.
    known: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl Renderers {
    /// Of a command line; why there are none is said.
    pub fn new(look: &Look) -> Result<Self, Outcome> {
        let brand = look.brand.as_ref().map(|path| {
            read_brand(path).map(|image| Brand::new(&image)).map_err(|error| {
                let (message, help) = brand_sentence(path, &error);
                terminal::error(&message, &help);
                Outcome::Environment
            })
        });
        let brand = brand.transpose()?;
        let (made, known) = (BTreeMap::new(), BTreeMap::new());
        let early = look.templates.is_none().then(|| {
            let brand = brand.clone();
            std::thread::spawn(move || Renderer::with(&[], &mut Sources::new(), brand.as_ref()))
        });
        Ok(Self { named: look.templates.clone(), brand, made, early, known })
    }

    /// For a plan: the folder that was named, else the one beside the plan, else the built-in ones.
    pub fn beside(&mut self, plan: &Path, sources: &mut Sources) -> Result<&Renderer, Outcome> {
        let folder = self.named.clone().unwrap_or_else(|| templates_beside(plan));
        let key = match self.known.get(&folder) {
            Some(key) => key.clone(),
            None => self.read(folder, sources),
        };
        self.get(&key)
    }

    /// For the list of all plans: what all of them have in common.
    pub fn of_all(&mut self, sources: &mut Sources) -> Result<&Renderer, Outcome> {
        let mut keys = self.known.values();
        let first = keys.next().cloned().flatten();
        let key = if keys.all(|key| *key == first) { first } else { None };
        self.make(key.clone(), &[], sources);
        self.get(&key)
    }

    fn read(&mut self, folder: PathBuf, sources: &mut Sources) -> Option<PathBuf> {
        let come_by = if self.named.is_some() { TemplateFolder::Named } else { TemplateFolder::Beside };
        let names: Vec<&str> = built_in_templates().into_iter().map(|(name, _)| name).collect();
        let found = sources.read_templates(&folder, come_by, &names);
        let is_plain = found.templates.is_empty() && !has_errors(&found.diagnostics);
        let key = (!is_plain).then(|| folder.clone());
        self.known.insert(folder, key.clone());
        let broken = terminal::outcome(&found.diagnostics);
        terminal::print_diagnostics(&found.diagnostics, sources);
        self.make(key.clone(), &found.templates, sources);
        if broken != Outcome::Done {
            self.made.insert(key.clone(), Err(broken));
        }
        key
    }

    /// Makes a renderer, unless it is there; what is wrong with its templates is said.
    fn make(&mut self, key: Option<PathBuf>, own: &[crate::source::OwnTemplate], sources: &mut Sources) {
        let brand = self.brand.as_ref();
        let early = &mut self.early;
        self.made.entry(key).or_insert_with(|| {
            let early = if own.is_empty() { early.take() } else { None };
            let made = match early {
                Some(early) => early.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                None => Renderer::with(own, sources, brand),
            };
            made.map_err(|diagnostics| {
                terminal::print_diagnostics(&diagnostics, sources);
                terminal::outcome(&diagnostics)
            })
        });
    }

    fn get(&self, key: &Option<PathBuf>) -> Result<&Renderer, Outcome> {
        match self.made.get(key) {
            Some(made) => made.as_ref().map_err(|outcome| *outcome),
            None => Err(Outcome::Environment),
        }
    }
}

//! Text in braces at the end of a step or heading that was meant as attributes: `{10min}`, `{gate}`, `{after copy}`,
//! `{ana}`.
//!
//! Promised: ordinary text stays silent. Every word must be explained as an attribute in another spelling, and a
//! word that could be anybody's (`{in progress}`, `{name}`) only counts as one when it is a name of the plan.

use std::collections::{HashMap, HashSet};

use super::{Subject, messages};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::{Block, Braces, Word};
use crate::plan::{Plan, length_or_time, meant_length, sign_of_other, words_of_braces};

/// More words than these are a sentence.
const MOST_WORDS: usize = 6;
/// So many words of a person's name are looked at.
const MOST_NAMES: usize = 3;
/// A key with fewer letters is near too many words.
const SHORTEST_SLIP: usize = 4;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let blocks = &subject.plan.document.blocks;
    let mut texts = blocks.iter().flat_map(Block::texts_in_braces).peekable();
    if texts.peek().is_none() {
        return;
    }
    let names = Names::of(subject.plan);
    for braces in texts {
        if let [word] = braces.words.as_slice()
            && let Some((length, time)) = length_or_time(&word.text)
        {
            diagnostics.push(messages::length_or_time(braces.span, length, time));
        } else if let Some(meant) = meant(braces, &names) {
            diagnostics.push(messages::almost_attributes(braces.span, &meant));
        }
    }
}

/// The names of a plan that braces may hold, to be looked up once for each word.
struct Names<'a> {
    steps: HashSet<&'a str>,
    titles: HashSet<&'a str>,
    windows: HashSet<&'a str>,
    systems: HashSet<&'a str>,
    variants: HashSet<&'a str>,
    access: HashSet<&'a str>,
    /// By their small letters, and by those of the names of people.
    handles: HashMap<String, &'a str>,
}

impl<'a> Names<'a> {
    fn of(plan: &'a Plan) -> Self {
        let nodes = || plan.ids().map(|id| plan.node(id));
        let access = plan.roster.people.iter().flat_map(|person| &person.access);
        let named = plan
            .roster
            .people
            .iter()
            .map(|person| (person.name.to_lowercase(), person.handle.value.as_str()));
        let handles = plan.roster.handles().map(|handle| (handle.to_lowercase(), handle));
        Self {
            steps: nodes().map(|node| node.id.as_str()).collect(),
            titles: nodes().map(|node| node.title.as_str()).collect(),
            windows: plan.windows.iter().map(|window| window.name.as_str()).collect(),
            systems: plan.systems.iter().map(|system| system.name.as_str()).collect(),
            variants: plan.header.variants.iter().map(|variant| variant.value.as_str()).collect(),
            access: access.map(|one| one.value.as_str()).collect(),
            handles: named.chain(handles).collect(),
        }
    }
}

/// The attributes that were meant, when every word is near one.
fn meant(braces: &Braces, names: &Names<'_>) -> Option<String> {
    if braces.words.len() > MOST_WORDS {
        return None;
    }
    let mut rest = braces.words.as_slice();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (attribute, taken) = duration(rest)
            .or_else(|| flag(rest))
            .or_else(|| keyed(rest, names))
            .or_else(|| other_key(rest, names))
            .or_else(|| misspelt_key(rest, names))
            .or_else(|| owner(rest, names))?;
        found.push(attribute);
        rest = &rest[taken..];
    }
    Some(format!("{{{}}}", found.join(" ")))
}

/// `10min`, `10 minutes`, `~10m`, `1h 30min`, `10-20 min`, `1,5h`, `half an hour`.
fn duration(words: &[Word]) -> Option<(String, usize)> {
    meant_length(&words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>())
}

/// `gate`, `Any order`, `no_return`.
fn flag(words: &[Word]) -> Option<(String, usize)> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
    let mut flags = words_of_braces().filter(|word| word.starts_with('.'));
    flags.find_map(|flag| {
        let taken = 1 + usize::from(flag.contains('-') && words.first()?.text.len() < flag.len() - 2);
        let written: String = words.get(..taken)?.iter().map(|word| plain(&word.text)).collect();
        (written == plain(&flag[1..])).then(|| (flag.to_owned(), taken))
    })
}

/// `after copy`, `after: copy, page`, `by 22:00`, `backup raj`, `in = night`.
fn keyed(words: &[Word], names: &Names<'_>) -> Option<(String, usize)> {
    let first = words.first()?.text.as_str();
    let (key, glued) = first.split_once(':').unwrap_or((first, ""));
    let key = words_of_braces().find(|word| word.strip_suffix('=') == Some(&key.to_lowercase()))?;
    let mut values: Vec<String> = Vec::new();
    let mut taken = 1;
    if glued.is_empty() {
        for word in &words[1..] {
            if !values.is_empty() && !word.after_comma {
                break;
            }
            taken += 1;
            // `in = night`, `in =night`
            let sign = usize::from(taken == 2 && word.text.starts_with('='));
            if word.text.len() > sign {
                values.push(value(key, &word.text[sign..], names)?);
            }
        }
    } else {
        values.push(value(key, glued, names)?);
    }
    (!values.is_empty()).then(|| (format!("{key}{}", values.join(",")), taken))
}

/// `owner: Kim`, `owner=kim`, `duration: 20 min`: as other lists have it.
fn other_key(words: &[Word], names: &Names<'_>) -> Option<(String, usize)> {
    let first = words.first()?.text.as_str();
    let (key, glued) = first.split_once([':', '=']).unwrap_or((first, ""));
    let sign = sign_of_other(&key.to_lowercase())?;
    let apart = usize::from(glued.is_empty());
    let begins = (apart == 0).then_some(glued);
    let values: Vec<&str> =
        begins.into_iter().chain(words[1..].iter().map(|word| word.text.as_str())).collect();
    let (meant, count) = match sign {
        "#" => return None,
        "" => meant_length(&values)?,
        "@" => (1..=values.len().min(MOST_NAMES))
            .rev()
            .find_map(|count| Some((handle(values[..count].join(" ").trim_matches('"'), names)?, count)))?,
        key => (format!("{key}{}", value(key, values.first()?, names)?), 1),
    };
    Some((meant, apart + count))
}

/// `afer=copy`.
fn misspelt_key(words: &[Word], names: &Names<'_>) -> Option<(String, usize)> {
    let word = words.first()?;
    let key = word.key().filter(|key| key.len() >= SHORTEST_SLIP)?;
    let keys = words_of_braces().filter_map(|word| word.strip_suffix('='));
    let near = nearest(key, keys.filter(|near| near.len() >= SHORTEST_SLIP))?;
    let written = &word.text[key.len() + 1..];
    Some((format!("{near}={}", value(&format!("{near}="), written, names)?), 1))
}

/// A handle of the plan without its `@`.
fn owner(words: &[Word], names: &Names<'_>) -> Option<(String, usize)> {
    handle(&words.first()?.text, names).map(|handle| (handle, 1))
}

/// A value that this key can have, as it would be written; nothing that the plan does not know.
fn value(key: &str, written: &str, names: &Names<'_>) -> Option<String> {
    let known = |is_known: bool| is_known.then(|| written.to_owned());
    match key {
        "after=" | "right-after=" | "with=" | "during=" | "else=" => {
            let id = written.trim_start_matches('#');
            let is_known = names.steps.contains(id) || names.titles.contains(written.trim_matches('"'));
            is_known.then(|| id.to_owned())
        }
        "at=" | "from=" | "by=" => {
            let rest = written.strip_prefix('T').unwrap_or(written).trim_start_matches(['+', '-']);
            known(rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
        }
        "in=" => known(names.windows.contains(written)),
        "backup=" => handle(written, names),
        "uses=" | "stops=" | "starts=" | "locks=" => known(names.systems.contains(written)),
        "only=" => known(names.variants.contains(written)),
        "access=" => known(names.access.contains(written)),
        _ => None,
    }
}

fn handle(written: &str, names: &Names<'_>) -> Option<String> {
    let name = written.trim_start_matches(['@', '＠']).to_lowercase();
    names.handles.get(&name).map(|handle| format!("@{handle}"))
}

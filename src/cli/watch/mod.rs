//! `tminus watch`: the pages are made again whenever a plan changes, and a line says what the change did.
//!
//! The first round is a build. After it each burst of changes is a round: everything is read and compiled
//! again, the line comes before the pages, and only pages of plans that changed are made. Promised: it ends
//! on an interrupt, with what it was at done, and on nothing else.

mod events;
mod interest;
mod messages;
mod pages;
mod round;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::Watch;
use super::serve::{ServeAddress, Server, Site};
use super::{Outcome, interrupt, terminal};
use crate::view::page_address;
use events::Events;
use interest::Interest;
use round::Watching;

pub fn run(arguments: &Watch) -> Outcome {
    if let Some(address) = loose_address(arguments) {
        return terminal::usage(&messages::loose_address(&address));
    }
    let server = match arguments.serve.map(bind).transpose() {
        Ok(server) => server,
        Err(outcome) => return outcome,
    };
    let site = server.as_ref().map(|_| Arc::new(Site::new(&arguments.output, terminal::unique_number())));
    let mut watching = match Watching::new(arguments, site.clone()) {
        Ok(watching) => watching,
        Err(outcome) => return outcome,
    };
    let mut events = match Events::new() {
        Ok(events) => events,
        Err(reason) => return refuse(messages::no_watcher(&reason)),
    };
    // From here on an interrupt is no accident: it ends what has no other end.
    interrupt::flag();
    // What happens while the plans are read for the first time must not be missed.
    let first = Interest::new(&arguments.paths, &arguments.output, [], []);
    if let Err((folder, reason)) = events.watch(&first.folders) {
        return refuse(messages::not_watched(&folder, &reason));
    }
    match watching.first_round() {
        Ok(()) => {}
        Err(outcome) => return outcome,
    }
    let mut welcome = Some((server, site));
    loop {
        let interest = watching.interest();
        match events.watch(&interest.folders) {
            // What happened in a new folder before it was watched is seen now.
            Ok(true) => {
                watching.round(&HashSet::new(), &interest, true);
            }
            Ok(false) => {}
            Err((folder, reason)) => return refuse(messages::not_watched(&folder, &reason)),
        }
        if let Some((server, site)) = welcome.take() {
            say_hello(arguments, server, site, &watching.folders());
        }
        match events.burst(&interest) {
            Some(mut burst) => {
                while !watching.round(&burst.paths, &interest, burst.is_old()) {
                    events.wait_on(&mut burst, &interest);
                }
            }
            None => return Outcome::Done,
        }
    }
}

fn bind(address: ServeAddress) -> Result<Server, Outcome> {
    Server::bind(address).map_err(|(address, error)| refuse(messages::no_address(address, &error)))
}

/// An address that stands behind `--serve` with a space, and so as a plan.
fn loose_address(arguments: &Watch) -> Option<String> {
    arguments.serve.filter(|address| *address == ServeAddress::Usual)?;
    let names = arguments.paths.iter().filter(|path| !path.exists()).filter_map(|path| path.to_str());
    names.map(str::to_owned).find(|name| matches!(ServeAddress::parse(name), Ok(ServeAddress::At(_))))
}

fn refuse((message, help): (String, String)) -> Outcome {
    terminal::error(&message, &help);
    Outcome::Environment
}

/// Where the pages are, and what is watched.
fn say_hello(arguments: &Watch, server: Option<Server>, site: Option<Arc<Site>>, plans: &[String]) {
    if let (Some(server), Some(site)) = (server, site) {
        if let Some(address) = server.address() {
            if !address.ip().is_loopback() {
                terminal::remark(&messages::exposed(address));
            }
            let page = match plans {
                [plan] => format!("{}/index.html", page_address(plan)),
                _ => String::new(),
            };
            let _ = terminal::print(&messages::pages_at(address, &page));
        }
        server.start(site);
    }
    terminal::remark(&messages::watching(&arguments.paths, plans.len()));
}

/// Files of interest that no plan names.
fn other_files(arguments: &Watch) -> impl Iterator<Item = &PathBuf> {
    arguments.look.brand.iter()
}

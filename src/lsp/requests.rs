//! Which request is answered by which capability.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;
use serde_json::{Value, json};

use super::project::Place;
use super::protocol::{Actions, AtPlace, FindReferences, InDocument, InRange, Rename};
use super::session::{Fault, Session, understood};
use super::wire::code;
use super::{actions, completion, formatting, hover, inlay_hints, references, rename, symbols};

/// Answers a request. Should we make a mistake, the request is lost and not the session.
pub(super) fn answer(session: &mut Session, method: &str, params: Value) -> Result<Value, Fault> {
    let answered = catch_unwind(AssertUnwindSafe(|| dispatch(session, method, params)));
    answered.unwrap_or_else(|_| {
        session.forget_projects();
        Err(Fault {
            code: code::INTERNAL,
            message: format!("`{method}` went wrong: this is a mistake of tminus"),
        })
    })
}

fn dispatch(session: &mut Session, method: &str, params: Value) -> Result<Value, Fault> {
    match method {
        "textDocument/hover" => {
            let asked: AtPlace = understood(params)?;
            let markdown = session.client().markdown;
            at(session, &asked.text_document.uri, |place| hover::hover(place, asked.position, markdown))
        }
        "textDocument/inlayHint" => {
            let asked: InRange = understood(params)?;
            at(session, &asked.text_document.uri, |place| json!(inlay_hints::inlay_hints(place, asked.range)))
        }
        "textDocument/completion" => {
            let asked: AtPlace = understood(params)?;
            let uri = &asked.text_document.uri;
            if let Some((place, now)) = session.roster(uri) {
                return Ok(completion::in_roster(&place, &now, asked.position));
            }
            if let Some((place, now, changed)) = session.recent_place(uri, asked.position) {
                return Ok(completion::completion(&place, &now, asked.position, changed));
            }
            Ok(session.meant_place(uri)?.map_or(Value::Null, |place| {
                completion::completion(&place, place.source(), asked.position, usize::MAX)
            }))
        }
        "textDocument/definition" => {
            let asked: AtPlace = understood(params)?;
            at(session, &asked.text_document.uri, |place| {
                value(references::definition(place, asked.position))
            })
        }
        "textDocument/references" => {
            let asked: FindReferences = understood(params)?;
            let declarations = asked.context.include_declaration;
            at(session, &asked.text_document.uri, |place| {
                value(references::references(place, asked.position, declarations))
            })
        }
        "textDocument/prepareRename" => {
            let asked: AtPlace = understood(params)?;
            or_refused(session, &asked.text_document.uri, |place| rename::prepare(place, asked.position))
        }
        "textDocument/rename" => {
            let asked: Rename = understood(params)?;
            or_refused(session, &asked.text_document.uri, |place| {
                rename::rename(place, asked.position, &asked.new_name).map(value)
            })
        }
        "textDocument/documentSymbol" => {
            let asked: InDocument = understood(params)?;
            let nested = session.client().nested;
            at(session, &asked.text_document.uri, |place| {
                let symbols = symbols::document_symbols(place);
                json!(if nested { symbols } else { symbols::one_by_one(symbols, &asked.text_document.uri) })
            })
        }
        "textDocument/codeAction" => {
            let asked: Actions = understood(params)?;
            let only = asked.context.only.as_deref();
            let place = session.meant_place(&asked.text_document.uri)?;
            Ok(place.map_or(Value::Null, |place| json!(actions::code_actions(&place, asked.range, only))))
        }
        "textDocument/formatting" => {
            let asked: InDocument = understood(params)?;
            let uri = &asked.text_document.uri;
            if session.place(uri)?.is_none() {
                return Ok(json!([]));
            }
            let (root, file) = session.files(uri)?;
            Ok(value(formatting::formatting(&root, &file, session.documents(), session.encoding())))
        }
        _ => Err(Fault { code: code::NO_METHOD, message: format!("`{method}` is not known here") }),
    }
}

/// An answer about a place; null for what is no plan.
fn at(session: &mut Session, uri: &str, ask: impl FnOnce(&Place<'_>) -> Value) -> Result<Value, Fault> {
    Ok(session.place(uri)?.map_or(Value::Null, |place| ask(&place)))
}

/// The same for what may be refused with a reason.
fn or_refused(
    session: &mut Session,
    uri: &str,
    ask: impl FnOnce(&Place<'_>) -> Result<Value, String>,
) -> Result<Value, Fault> {
    let refused = |message| Fault { code: code::REFUSED, message };
    match session.place(uri)? {
        Some(place) => ask(&place).map_err(refused),
        None => Err(refused("this is no plan".to_owned())),
    }
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

//! What an editor says of itself at the beginning, and what it is offered.
//!
//! Its capabilities come in; what goes out is what it understands, so that it is sent nothing else, and the answer to
//! `initialize`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::position::Encoding;
use super::protocol::Initialize;
use super::uri;
use crate::source::real_path;

/// Files in which plans and people stand, as editors name them.
const WATCHED: [&str; 3] = ["**/*.md", "**/*.yaml", "**/*.yml"];

/// An editor. One that does not say what it shows is shown all: places beside a mistake, Markdown, nested outlines. What it
/// would have to answer is only asked of one that says it can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    /// In what it counts columns.
    pub(super) encoding: Encoding,
    /// Whether it wants to know of which version of a text mistakes are shown.
    pub(super) versions: bool,
    /// Whether it shows places that have to do with a mistake.
    pub(super) related: bool,
    /// Whether it shows Markdown in what pops up.
    pub(super) markdown: bool,
    /// Whether its outlines are nested.
    pub(super) nested: bool,
    /// Whether it tells of files that change when it is asked to.
    watches: bool,
    /// Whether it asks what can be renamed before it renames.
    prepares: bool,
}

impl Default for Client {
    fn default() -> Self {
        Self::of(&Value::Null)
    }
}

impl Client {
    pub(super) fn of(capabilities: &Value) -> Self {
        let text = &capabilities["textDocument"];
        let formats = text["hover"]["contentFormat"].as_array();
        let is = |value: &Value| value == &Value::Bool(true);
        let is_no_less = |value: &Value| value != &Value::Bool(false);
        Self {
            encoding: Encoding::agreed(capabilities),
            versions: is(&text["publishDiagnostics"]["versionSupport"]),
            related: is_no_less(&text["publishDiagnostics"]["relatedInformation"]),
            markdown: formats.is_none_or(|formats| formats.iter().any(|format| format == "markdown")),
            nested: is_no_less(&text["documentSymbol"]["hierarchicalDocumentSymbolSupport"]),
            watches: is(&capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"]),
            prepares: is(&text["rename"]["prepareSupport"]),
        }
    }

    /// The answer to `initialize`.
    pub(super) fn offer(self) -> Value {
        let rename = if self.prepares { json!({ "prepareProvider": true }) } else { json!(true) };
        json!({
            "serverInfo": { "name": "tminus", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": self.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "hoverProvider": true,
                "inlayHintProvider": true,
                "completionProvider": { "triggerCharacters": ["@", "=", ",", ".", "{", "\"", "/"] },
                "definitionProvider": true,
                "referencesProvider": true,
                "renameProvider": rename,
                "documentSymbolProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.tminus"] },
                "documentFormattingProvider": true,
            },
        })
    }

    /// The request to tell of files that change, for an editor that does so only when it is asked to.
    pub(super) fn watch(self) -> Option<Value> {
        let watchers: Vec<Value> = WATCHED.iter().map(|glob| json!({ "globPattern": glob })).collect();
        let registration = json!({
            "id": "tminus-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.watches.then(|| {
            json!({
                "id": "tminus-files",
                "method": "client/registerCapability",
                "params": { "registrations": [registration] },
            })
        })
    }
}

/// The folders of the workspace.
pub(super) fn folders(params: &Initialize) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let folders = folders.chain(&params.root_uri);
    folders.map(|folder| real_path(&uri::path(folder))).collect()
}

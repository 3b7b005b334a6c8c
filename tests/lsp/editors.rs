//! What editors can and what they can't: how they start the program, and what they are sent.

use std::process::{Command, Stdio};

use serde_json::json;

use super::client::Client;

#[test]
fn what_editors_add_on_the_command_line_changes_nothing() {
    for arguments in
        [&["--stdio"][..], &["--stdio", "--clientProcessId=1"], &["--clientProcessId", "4000000000"]]
    {
        let mut client = Client::start_with(arguments);
        let answer = client.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(answer["serverInfo"]["name"], "tminus", "{arguments:?}");
        client.goodbye();
    }
}

/// It may be gone without the stream being closed, where somebody between the two keeps that open.
#[cfg(target_os = "linux")]
#[test]
fn the_program_ends_with_its_editor() {
    let start = || Command::new("sleep").arg("600").stdin(Stdio::null()).spawn().expect("a process");
    let (mut first, mut second) = (start(), start());
    let mut by_message = Client::start();
    by_message.ask("initialize", json!({ "processId": first.id(), "capabilities": {} }));
    let mut by_argument = Client::start_with(&["--stdio", &format!("--clientProcessId={}", second.id())]);
    by_argument.ask("initialize", json!({ "processId": null, "capabilities": {} }));
    for editor in [&mut first, &mut second] {
        editor.kill().and_then(|()| editor.wait()).expect("it ends");
    }
    for client in [by_message, by_argument] {
        assert_eq!(client.wait_for_end(), 1);
    }
}

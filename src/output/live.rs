//! A page as it is shown while somebody works on the plan: with a script that renews it when it changes.
//!
//! The text of a page comes in, as it lies on the disk; what goes out is for a browser alone. Promised: the
//! policy of the page stays, and lets run one script more, which may ask the place where the page comes from
//! and no other.

use super::policy::{SHOW, hash};

/// The script, as it stands on the page: that is what its hash is of.
const SCRIPT: &str = include_str!("live.js");

/// The page with the script; `version` comes back in what the script asks for.
#[must_use]
pub fn live(page: &str, version: u64) -> String {
    let element = format!("<script data-live=\"{version}\">{SCRIPT}</script>\n");
    let mut text = with_policy(page);
    let end = text.rfind("</body>").unwrap_or(text.len());
    text.insert_str(end, &element);
    text
}

/// A page that says a sentence and waits to be there.
#[must_use]
pub fn live_sentence(sentence: &str, version: u64) -> String {
    let mut said = String::new();
    crate::view::escape(sentence, &mut said);
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{SHOW}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>tminus</title>\n</head>\n\
         <body>\n<p>{said}</p>\n<p><a href=\"/\">All plans</a></p>\n</body>\n</html>\n"
    );
    live(&page, version)
}

/// The policy that the page itself has, widened; a page of somebody's own templates may have none.
fn with_policy(page: &str) -> String {
    let Some(start) = page.find(SHOW) else { return page.to_owned() };
    let (before, policy) = page.split_at(start);
    let end = policy.find('"').unwrap_or(SHOW.len());
    let (policy, after) = policy.split_at(end);
    let own = format!("'sha256-{}'", hash(SCRIPT));
    let policy = match policy.contains("script-src") {
        true => format!("{policy} {own}"),
        false => format!("{policy}; script-src {own}"),
    };
    format!("{before}{policy}; connect-src 'self'{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::policy::policy;

    fn page(scripts: &str) -> String {
        let policy = policy(scripts);
        format!(
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head><body>{scripts}</body>"
        )
    }

    #[test]
    fn the_policy_allows_one_script_more_and_nothing_else() {
        let own = format!("'sha256-{}'", hash(SCRIPT));
        let plain = live(&page(""), 7);
        assert!(plain.contains(&format!("{SHOW}; script-src {own}; connect-src 'self'\"")), "{plain}");
        assert!(plain.contains(&format!("<script data-live=\"7\">{SCRIPT}</script>\n</body>")), "{plain}");
        let scripted = live(&page("<script>1</script>"), 7);
        let hashes = scripted.matches("sha256-").count();
        assert!(hashes == 2 && scripted.contains(&format!(" {own}; connect-src 'self'\"")), "{scripted}");
    }

    #[test]
    fn the_script_can_stand_in_a_page() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"), "it would end before its end");
    }

    #[test]
    fn a_sentence_stays_a_sentence() {
        let text = live_sentence("no page `<script>`", 0);
        assert!(text.contains("&lt;script&gt;") && text.matches("<script").count() == 1, "{text}");
    }
}

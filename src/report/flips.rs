//! What is said about defaults that could overturn a verdict.

use super::page::{Page, Tone};
use super::words::Words;
use crate::experiment::{Flip, Flips, Outcome, Side};
use crate::measure::Verdict;

/// `mail fails if channel.mail.touches > 1.75`.
///
/// ```
/// use staffwright::experiment::{Flip, Side};
/// use staffwright::measure::Verdict;
/// let flip = Flip {
///     path: "channel.mail.touches".into(),
///     value: "1".into(),
///     range: "1 to 3".into(),
///     promise: "mail".into(),
///     verdict: Verdict::Met,
///     becomes: Verdict::Missed,
///     side: Side::Above,
///     threshold: "1.75".into(),
/// };
/// assert_eq!(staffwright::report::flips::sentence(&flip), "mail fails if channel.mail.touches > 1.75");
/// ```
#[must_use]
pub fn sentence(flip: &Flip) -> String {
    format!("{} if {} {}", effect(flip), flip.path, threshold(flip))
}

/// The same in both languages.
#[must_use]
pub fn words(flip: &Flip) -> Words {
    let effect = match flip.becomes {
        Verdict::Met => "wird gehalten",
        Verdict::Missed | Verdict::Undecided => "wird verfehlt",
    };
    let german = format!(
        "{} {effect}, wenn {} {}",
        flip.promise,
        flip.path,
        threshold(flip)
    );
    Words::of(sentence(flip), german)
}

fn effect(flip: &Flip) -> String {
    match flip.becomes {
        Verdict::Met => format!("{} is kept", flip.promise),
        Verdict::Missed | Verdict::Undecided => format!("{} fails", flip.promise),
    }
}

fn threshold(flip: &Flip) -> String {
    let sign = match flip.side {
        Side::Below => '<',
        Side::Above => '>',
    };
    format!("{sign} {}", flip.threshold)
}

/// What one default could overturn, for tables: empty where nothing.
#[must_use]
pub fn overturns(outcome: &Outcome, path: &str) -> String {
    let flips = outcome.flips.iter().flat_map(|f| &f.flips);
    let own = flips.filter(|flip| flip.path == path);
    let said: Vec<String> = own
        .map(|flip| format!("{} if {}", effect(flip), threshold(flip)))
        .collect();
    said.join("; ")
}

/// All of them, as text; empty where it was not asked for.
pub(super) fn text(flips: Option<&Flips>, page: &Page) -> String {
    let Some(flips) = flips else {
        return String::new();
    };
    let tried = match flips.tried.len() {
        0 => "no default has a range that a promise could depend on".to_owned(),
        n => format!(
            "{n} default{} at both ends of {} range, {} replications each",
            if n == 1 { "" } else { "s" },
            if n == 1 { "its" } else { "their" },
            flips.replications
        ),
    };
    let mut out = String::new();
    if flips.flips.is_empty() {
        out.push_str(&page.wrap(&format!("no default overturns a verdict ({tried})"), 0));
    } else {
        let head = format!("defaults that overturn a verdict ({tried}):");
        out.push_str(&page.wrap(&head, 0));
    }
    for flip in &flips.flips {
        let text = format!(
            "{} ({} taken, may be {})",
            sentence(flip),
            flip.value,
            flip.range
        );
        let tone = match flip.becomes {
            Verdict::Met => Tone::Good,
            Verdict::Missed | Verdict::Undecided => Tone::Bad,
        };
        out.push_str(&page.paint(tone, page.wrap(&text, 2).trim_end()));
        out.push('\n');
    }
    for not in &flips.not_tried {
        out.push_str(&page.wrap(&format!("not tried: {}: {}", not.path, not.why), 2));
    }
    out
}

//! The sentences of a promise.

use super::{FormError, duration, number, share};
use crate::scenario::model::{Every, Population, PromiseEvent};

/// A promise's target, read word by word.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Share that must be kept, as a fraction.
    pub share: f64,
    /// Words that select contacts (channels, topics, languages, priorities), in written order; empty: all.
    pub of: Vec<String>,
    /// What is timed.
    pub event: PromiseEvent,
    /// Limit in seconds.
    pub within_s: f64,
    /// Whether the limit runs in business hours only.
    pub business_hours: bool,
}

const EXAMPLES: &str = "write it like \"80% of phone within 20s\" or \"90% of mail first reply within 4 business hours\"";

/// `SHARE [of WORDS] [answered | first reply | resolved] within DURATION`, where the duration may be in `business hours`
/// or `business days` (of eight hours).
///
/// ```
/// use staffwright::scenario::{forms::target, model::PromiseEvent};
/// let mail = target("90% of mail first reply within 4 business hours").unwrap();
/// assert_eq!((mail.share, mail.within_s, mail.business_hours), (0.9, 14_400.0, true));
/// assert_eq!((mail.of, mail.event), (vec!["mail".to_string()], PromiseEvent::FirstReply));
/// ```
///
/// # Errors
/// A sentence of another build, with the part that is missing.
pub fn target(text: &str) -> Result<Target, FormError> {
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bad = |why: String| FormError::new(why, EXAMPLES);
    if let Some((share, seconds)) = slashed(&clean) {
        return Err(FormError::new(
            format!("\"{clean}\" does not say of what"),
            format!("write \"{share}% of phone within {seconds}s\""),
        ));
    }
    let Some((head, limit)) = clean.split_once(" within ") else {
        let other = [" in ", " under ", " inside "]
            .iter()
            .find(|w| clean.contains(**w));
        return Err(match other {
            Some(word) => FormError::new(
                format!("\"{clean}\" does not say `within`"),
                format!("write \"{}\"", clean.replacen(*word, " within ", 1)),
            ),
            None => bad(format!("\"{clean}\" has no time limit")),
        });
    };
    let (share_text, rest) = head.split_once(' ').unwrap_or((head, ""));
    let share = share(share_text)
        .map_err(|e| FormError::new(format!("the share of \"{clean}\": {}", e.why), e.help))?;
    let mut words: Vec<String> = rest
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_string)
        .collect();
    let event = event(&mut words);
    if words.first().is_some_and(|w| w == "of") {
        words.remove(0);
        if words.is_empty() {
            return Err(bad(format!("\"{clean}\" does not say of what")));
        }
    } else if let Some(word) = words.first() {
        return Err(FormError::new(
            format!("\"{word}\" is not expected here in \"{clean}\""),
            EXAMPLES,
        ));
    }
    let (within_s, business_hours) = within(limit)
        .map_err(|e| FormError::new(format!("the limit of \"{clean}\": {}", e.why), e.help))?;
    Ok(Target {
        share,
        of: words,
        event,
        within_s,
        business_hours,
    })
}

/// `80/20`, as planners say it.
fn slashed(text: &str) -> Option<(&str, &str)> {
    let (share, seconds) = text.split_once('/')?;
    let digits = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    (digits(share) && digits(seconds)).then_some((share, seconds))
}

/// Takes the words that say what is timed off the end.
fn event(words: &mut Vec<String>) -> PromiseEvent {
    let ends = |words: &[String], tail: &[&str]| {
        words.len() >= tail.len() && words[words.len() - tail.len()..].iter().eq(tail.iter())
    };
    for (tail, event) in [
        (&["first", "reply"][..], PromiseEvent::FirstReply),
        (&["resolved"][..], PromiseEvent::Resolution),
        (&["answered"][..], PromiseEvent::Answer),
    ] {
        if ends(words, tail) {
            words.truncate(words.len() - tail.len());
            return event;
        }
    }
    PromiseEvent::Answer
}

/// Business days count eight business hours.
fn within(text: &str) -> Result<(f64, bool), FormError> {
    if !text.contains("business") {
        let limit = duration(text)?;
        if limit <= 0.0 {
            return Err(FormError::new(
                format!("\"{text}\" is no time at all"),
                "write a limit longer than nothing",
            ));
        }
        return Ok((limit, false));
    }
    let (value, rest) = number(text)?;
    let hours = match rest.split_whitespace().collect::<Vec<_>>()[..] {
        ["business", "hours" | "hour"] => value,
        ["business", "days" | "day"] => value * 8.0,
        ["business", "minutes" | "minute"] => value / 60.0,
        _ => {
            return Err(FormError::new(
                format!("\"{text}\" is not a limit"),
                "write it like \"4 business hours\" or \"2 business days\"",
            ));
        }
    };
    Ok((hours * 3600.0, true))
}

/// Who counts for a promise of `within_s` seconds.
///
/// # Errors
/// Any other words.
pub fn population(text: &str, within_s: f64) -> Result<Population, FormError> {
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.as_str() {
        "offered" => Ok(Population::Offered),
        "answered" => Ok(Population::Answered),
        "credited" => Ok(Population::Credited),
        "offered less short abandons" | "offered less abandoned" => {
            Ok(Population::LessShort { short_s: within_s })
        }
        _ => match clean.strip_prefix("offered less abandoned within ") {
            Some(limit) => Ok(Population::LessShort {
                short_s: duration(limit)?,
            }),
            None => Err(FormError::new(
                format!("\"{clean}\" does not say who counts"),
                "write \"offered\", \"answered\", \"credited\" or \"offered less abandoned within 5s\"",
            )),
        },
    }
}

/// Share of judging periods in which a promise must hold: `90% of weeks`.
///
/// # Errors
/// Any other words, or a share above 100 %.
pub fn hold(text: &str) -> Result<(f64, Every), FormError> {
    let help = "write it like \"90% of weeks\"";
    let Some((part, periods)) = text.trim().split_once(" of ") else {
        return Err(FormError::new(
            format!("\"{text}\" does not say of which periods"),
            help,
        ));
    };
    let every = match periods.trim() {
        "intervals" => Every::Interval,
        "days" => Every::Day,
        "weeks" => Every::Week,
        "months" => Every::Month,
        other => {
            return Err(FormError::new(
                format!("\"{other}\" are not judging periods"),
                "write intervals, days, weeks or months, like \"90% of weeks\"",
            ));
        }
    };
    Ok((share(part)?, every))
}

//! The codes of all diagnostics, each with a paragraph for `staffwright explain CODE`.
//!
//! Codes are stable: scripts may rely on them.

/// A code and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// As it is printed, e.g. `unknown-key`.
    pub code: &'static str,
    /// Why it is a mistake and how to go on.
    pub explanation: &'static str,
}

/// Codes that say something is missing; not reported while a part of the document could not be read.
const ABSENCES: [&str; 6] = [
    "missing-key",
    "missing-measured",
    "no-contract",
    "unreachable-stream",
    "unknown-name",
    "never-staffed",
];

/// Whether a diagnostic makes sense only when the whole document could be read.
#[must_use]
pub fn needs_whole_document(code: &str) -> bool {
    ABSENCES.contains(&code)
}

/// The paragraph behind a code.
///
/// ```
/// use staffwright::scenario::codes::explain;
/// assert!(explain("not-a-whole").unwrap().contains("100%"));
/// assert_eq!(explain("no-such-code"), None);
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    CODES.iter().find(|c| c.code == code).map(|c| c.explanation)
}

const fn code(code: &'static str, explanation: &'static str) -> Code {
    Code { code, explanation }
}

/// All codes, by name.
#[rustfmt::skip]
pub const CODES: &[Code] = &[
    code("always-limited", "An overflow by the length of the queue widens a choice. A route needs a team that takes contacts however short the queue is."),
    code("answer-on-deferred", "Nobody waits on the line for an e-mail, so a promise on a deferred channel must say what is timed: `first reply` or `resolved`."),
    code("bad-cell", "A cell of a data file is not of the kind its column takes. Numbers may have a decimal comma, dates are 2027-01-11 or 11.01.2027, times 07:30, days Mon to Sun."),
    code("bad-date", "A scenario starts at the local midnight of a day, written 2027-01-11 without quotation marks."),
    code("bad-horizon", "`start` and `length` give no stretch of time that can be played: it must last at least a day and lie within the years of the calendar."),
    code("bad-speeds", "`speed` lists how fast each conversation goes on with 1, 2, 3, ... open side by side. Alone it goes at 100%, and more conversations never make one faster."),
    code("bad-table", "A measured distribution is a table of quantiles: shares ascending from 0 to 1 and durations that never fall."),
    code("bands-not-ascending", "Price bands begin at ascending monthly volumes; each price holds from its `above` on."),
    code("base-in-include", "An included file is taken over as if its tables stood in the including file. Only the scenario itself is based on another one."),
    code("break-outside-shift", "A break must end before its shift does, also when it is taken as late as `to` allows."),
    code("data-file-format", "A note, not a mistake: encoding, delimiter, decimal comma and order of dates of a data file were detected as stated. Check that it is what you meant."),
    code("decide-over-time", "An optimizer finds one number of heads, or one share of a route, for the whole scenario. A team whose heads or shrinkage change on a date by `[[from]]`, and a route that does, keeps what is written; decide others, or compare scenarios."),
    code("duplicate-row", "Two rows of a data file speak of the same day and interval, so it is not clear which one holds."),
    code("empty-file", "A data file begins with a line that names its columns."),
    code("empty-profile", "A profile says how a week's volume spreads over the week. It needs at least one interval with a positive weight for each channel it is used for."),
    code("empty-promise", "A promise that covers no contacts can neither be kept nor missed. The words after `of` name channels, topics, languages, priorities or segments; all of them must hold."),
    code("empty-range", "A range goes from the lesser to the greater value."),
    code("empty-route", "No stream of demand matches the route's `when`: nothing would ever go this way."),
    code("event-on-replay", "Counts and time stamps that are replayed exactly are what happened, events included. A factor would have nothing random to act on; contacts can be added, and a history replayed as Poisson counts can be multiplied."),
    code("file-too-large", "Files are read into memory, so their size is bounded. A scenario is a short text; measured data are summed per interval."),
    code("freelance-pay", "Freelancers are paid by the duty they turn up for, so their pay is a wage per hour."),
    code("groups-over-time", "What single heads know is said for the heads a team has from the start or from a date of `[[from]]` on. Where heads fall by `ramp` or are decided, each group of the same skills is a team of its own."),
    code("groups-without-people", "Skills of single heads need a roster that says who works when: placed by the program, or spells of single agents."),
    code("helper-no-person", "A specialist who is pulled in joins the owner of a contact, so the helper's team has people. Automation takes contacts as a team of its own: let work end in its tier."),
    code("hidden-route", "A warning: of the routes that cover a contact the first holds whose hours it is. One that holds at all hours hides what is written behind it; routes of some hours belong before it."),
    code("hours-in-order", "Each span of `hours_in` goes from its first to its last day, and none overlaps another."),
    code("idle-team", "A team that no work can reach would be paid for nothing. Either nothing is handed to its tier, or it has the skill for no stream."),
    code("include-cycle", "Files that name each other as `base` or `include` have no beginning. The message names them in a round."),
    code("latent-measured", "A warning: latent demand is of hours that the written volume was not measured in, but the profile has weight in them. Their customers are in the volume already, and would come twice. Give these hours no weight in the profile, or no latent demand."),
    code("latent-replayed", "A warning: latent demand of more opening hours is added to a written weekly volume. Arrivals that are replayed, as counts or as time stamps, are played as they were measured; nobody is added to them. State the volume by the week, or add an event with a number of contacts."),
    code("leads-of-nobody", "`leads_of` makes the leads of teams a team that takes escalations. Each of these teams must have a `lead` and be our own: a vendor's superiors are the vendor's business."),
    code("leads-twice", "Somebody who leads takes the escalations of one pool. Let several teams be led by one pool, or give each pool teams of its own."),
    code("like-cycle", "Tables that are `like` each other never say anything themselves."),
    code("lost-keys", "A note, not a mistake: a key that is stated replaces the key of the base, or of the sibling named by `like`, whole. What the old value said and the new one does not is listed, so that nothing is lost unseen."),
    code("meaningless-key", "The key speaks of something that does not exist on this kind of channel, for example patience where nobody waits. It would be ignored, which could mislead."),
    code("minimum-unit", "A minimum is in the unit that is billed: seats and hours where people's time is, units a month for work done."),
    code("missing-column", "A data file lacks a column that is needed. Column names are compared without regard to case and blanks."),
    code("missing-file", "A path leads to no file. Paths in a scenario are relative to the file they are written in, not to where the program is started."),
    code("missing-key", "Volume, handle time, outcomes, shrinkage, pay and roster are never assumed, and neither is anything else without an honest default. Write \"none\" where there is none."),
    code("missing-measured", "Calls counted by a telephone system include redials and customers who came back. To know how many people called first, the shares that were measured at the same time are needed. They are never taken from the simulated organisation, so that every compared organisation meets the same people."),
    code("missing-rows", "A note, not a mistake: intervals without a row in a requirement need nobody. Check that none was forgotten."),
    code("mixed-currencies", "All money of a scenario is in one currency, because no exchange rate is assumed."),
    code("names-itself", "A channel that sends its contacts to itself, or yields to itself, never comes to an end."),
    code("never-staffed", "Nothing can ever put people on this team: it has no heads, no roster and no lever in `[decide]`. Work that reaches only this team waits for ever."),
    code("no-actuals", "What happened can only be held against a run of the same time: no row of the file lies between the scenario's start and end, its warm-up apart."),
    code("no-contract", "People of our own are employed under a contract, which says their hours and pay. People of a vendor are not: name the `vendor`."),
    code("no-counts", "A replayed file holds no counts for this stream inside the scenario's horizon."),
    code("no-first-contacts", "By the measured shares, redials and returns would make up all contacts, so that nobody ever called first."),
    code("no-next-site", "At the end of a shift tickets pass to the teams of other sites. With one site there is nobody to pass them to."),
    code("no-on-call-shift", "What being on call is paid, and how soon work begins, is said by the shift: `standby` and `responds`."),
    code("no-people-to-bill", "Automation has no people whose hours or heads could be billed: price it per contact, resolved contact or handled minute."),
    code("no-share", "A lever on a route's share needs an entry of the route with `share` for that team."),
    code("no-skill-on-route", "A route names a team that has the skill for none of its contacts; they would never go there."),
    code("no-streams", "A choice of contacts (`when`) must match some stream of demand: a topic on a channel in a language. Only streams with a share of the demand exist."),
    code("no-tickets", "Tickets wait for others and outlive a shift; calls and chats do not. The rule needs a channel of kind \"deferred\"."),
    code("no-tier-to-promote", "People are promoted from teams of another tier; at the tier named nobody else works."),
    code("nobody-calls", "Those on call are called by customers on the line whom the team serves, or by the contacts that `when` chooses. Somebody whom nothing calls would be paid for nothing."),
    code("nobody-hired", "A ceiling on hires by language holds for teams of the site that hire and work in the language; there is none."),
    code("not-a-file", "A folder, a pipe or a device was named where a file is expected."),
    code("not-a-whole", "Shares of a whole are written as the whole: they sum to 100%, and the message prints their sum. Nothing is filled up or scaled silently."),
    code("not-over-time", "`[[from]]` changes what customers ask for and when one is open for them, how many people there are, what they know, cost and are kept from work by, vendors' prices, routes, tools and the hours spent on causes from a date on. Everything else holds for the whole scenario: compare two scenarios to see what another value would do."),
    code("not-text", "A data file holds bytes that are no text, such as an Excel workbook. Save the sheet as CSV."),
    code("not-utf8", "A scenario is UTF-8 text. The place of the first byte that is not UTF-8 is shown; editors can save a file with another encoding. Data files may also be Windows-1252."),
    code("nothing-left", "Shrinkage is in shares of paid hours that add up. At 100% nobody is ever on queue."),
    code("nothing-released", "`release` says what becomes of heads that a `[[from]]` takes away; none does."),
    code("nothing-removed", "An entry of `remove` matches nothing, so it is probably misspelt, or was meant for another base."),
    code("nothing-to-swarm", "A swarm takes the place of a hand-off into its tier. No contact is handed there."),
    code("nowhere-astray", "A contact goes astray when a team gets it that cannot work on it. Where every team of the tier is right for every contact, `misrouted` needs the name of a team that cannot."),
    code("off-grid", "Starts of a requirement lie on the grid of `interval` minutes, counted from midnight."),
    code("on-call-shift", "A shift with `standby` is time in which people can be called; a shift of work has none. A team works the ones in `shifts` and is on call in the ones of `on_call`."),
    code("on-call-times", "Somebody is on call from one time to another. Another time is another shift."),
    code("one-helper", "One specialist joins the owner of a contact. The time several would spend is written as the helper time of one."),
    code("open-on-holiday", "The channel is open on days on which every site of the teams that serve it is closed."),
    code("out-of-range", "The value lies outside of what is possible here."),
    code("over-a-whole", "The shares of a route's lot are shares of the same customers and cannot exceed 100% together."),
    code("people-and-heads", "A warning: a file of people names more or fewer than `heads` says are on the payroll under that contract. Heads beyond those named are handed shifts as people to be hired; where a plan has fewer heads, all who are named share its shifts."),
    code("published-without-shifts", "A published roster is changed shift by shift, so its file says how many heads work which shift on which day. Numbers of agents over time, or spells of single agents, are no shifts."),
    code("ragged-row", "Every row of a data file has one field per column. Text that contains the delimiter stands in quotation marks."),
    code("ramp-before-notice", "A vendor's heads cannot change before its contract allows: heads go down only after the notice, and none change inside the time for which the forecast is locked. Notice is given at the scenario's start at the earliest."),
    code("ramp-too-fast", "A vendor can hire and train, or let go, only so many heads a week, as its `ramp` says."),
    code("release-to-itself", "People who are not needed any more in a team can go to another one, not to the same."),
    code("rest-of-nobody", "Rest after a call delays the next duty of who was called. The roster must say whose duties there are."),
    code("second-is-first", "Four eyes see more than two only if they belong to two people: an approval, and work done twice, name a team that does not do the work itself."),
    code("shift-against-rules", "The rules of work named by the contract forbid this shift: it is too long, or lacks the breaks the law asks for."),
    code("shift-outside-hours", "A shift lies mostly outside the opening hours of every channel its team serves. Shifts are in the site's local time, or in the team's `clock`; opening hours are in the scenario's zone."),
    code("split-counts", "Exact counts are whole numbers of contacts. They can be split by a share only as Poisson means, or by a column of the file."),
    code("stage-cycle", "A customer's topics follow each other to an end: none may lead back to where it came from. How often a customer asks about one topic is said by `contacts`."),
    code("stage-replayed", "Measured counts contain every contact there was, those that another topic led to included. A topic that others lead to needs a weekly volume, of those who begin there; it may be 0."),
    code("student-hours", "Working students keep their status with at most 20 hours a week in term; more is possible outside of term, as `hours_in` says."),
    code("syntax", "The file is not TOML at this place. What stands behind the place may be the consequence of something before it, such as a missing quotation mark."),
    code("tier-to-itself", "Work handed to the tier it is at would never leave it. Name another tier, or a team."),
    code("too-few-speakers", "Every head speaks at least one of the languages; the counts of all languages together reach the number of heads at least."),
    code("too-long", "Around a cycle no shift can be longer than the cycle itself: its agents would relieve themselves."),
    code("too-many-files", "A scenario is made of a few files. Files that include each other in many ways multiply."),
    code("too-many-on-call", "Who is on call is one of the heads of the team."),
    code("too-many-shifts", "Every start, length, break and day is a decision of its own. A coarser `step` gives nearly the same plans from far fewer."),
    code("too-many-speakers", "At most all heads of a team speak a language, and its groups have no more heads than the team."),
    code("too-many-teams", "More teams than can be played. Join teams with the same skills, site and tier."),
    code("too-many-tenures", "Tenures at the start are those of heads who are there; there cannot be more of them than `heads` has."),
    code("translation-on-voice", "Translation tools work on what is written. Where all contacts in a language are calls, nobody can use one."),
    code("two-conditions", "An entry of a route states one condition: a share of the customers, a length of the queue, or an expected wait. Entries of the same team add up."),
    code("two-effects", "An event either multiplies the volume or adds a number of contacts. Two events may overlap."),
    code("two-groupings", "`languages` counts speakers, `groups` lists heads with their skills. Either says who knows what."),
    code("two-latent", "Latent demand is stated by the hours of the week in which it would come. Hours that overlap would bring the same customers twice."),
    code("two-pays", "Pay is either a salary or a wage."),
    code("two-periods", "`hold` and `every` must name the same judging period."),
    code("two-scales", "A learning curve has one scale, in contacts or in months of a full-timer's contacts."),
    code("two-volumes", "A volume is a weekly mean (`per_week`, or `customers` times how often each asks), replayed counts (`history`) or replayed time stamps (`trace`), and not two of them."),
    code("unknown-end", "Work ends resolved, returns, or goes on to a tier or a team."),
    code("unknown-holidays", "The calendar of holidays is not known. Write \"none\" where there are none."),
    code("unknown-interval", "The length of the counted intervals cannot be seen from a file with a single start: state `interval`."),
    code("unknown-key", "The language has no such key at this place. It would be ignored, which could mislead; so it is an error. `staffwright schema` prints the whole language for editors."),
    code("unknown-lever", "Only heads of teams and shares of routes can be decided, each by its dotted path."),
    code("unknown-name", "A reference to a table that does not exist. The tables of a scenario refer to each other by their names."),
    code("unknown-part", "Handle time is made of conversation, search, system and repeated steps. A tool changes one of these parts."),
    code("unknown-path", "A dotted path leads nowhere. Paths walk through tables by their keys, `team.berlin.heads.full-time`; an entry of a route is named by its team, `route.english.to.manila.share`."),
    code("unknown-roster", "A roster file is told by its columns: `week, day, shift, heads`, or `start, agents`, or `agent, start, end`."),
    code("unknown-tier", "Tiers are numbered from 1 without gaps, and at each of them a team must work."),
    code("unknown-word", "Only certain words stand here; the message lists them."),
    code("unknown-zone", "Time zones are named after places, like \"Europe/Berlin\". Abbreviations such as CET do not say which rules they follow."),
    code("unreachable-stream", "Customers write or call, but no team at that tier has the skill for their channel, topic and language: they would wait for ever."),
    code("unreadable-file", "The file is there but cannot be read."),
    code("unused-column", "A note, not a mistake: a column of a data file has a name that is not known here and is left alone."),
    code("unused-engineering", "The file says how long engineering takes, but no work is handed there: `engineering` stands among no topic's or tier's ends."),
    code("vendor-on-call", "A vendor's people on call are billed by the unit of the vendor's price, beside what `standby` costs. What our own people are paid for a call, and the rest of their contracts, do not hold for them."),
    code("vendor-promise", "A vendor's own promise covers whatever its people answer, so it is a share and a time to answer, nothing else."),
    code("which-contract", "There are several contracts, so heads must say under which of them they work: `heads = { full-time = 60 }`."),
    code("wrong-form", "Quantities with a unit are written in a closed grammar: \"20s\", \"80%\", \"EUR 14/h\", \"40h/week\", \"-4 points\"."),
    code("wrong-tier", "A route sends contacts of one tier to a team that works at another."),
    code("wrong-type", "The value is of another kind than expected. Bare numbers are counts only; a quantity with a unit is text in quotation marks."),
    code("wrong-unit", "The quantity is right but per another unit than expected here."),
    code("wrong-value", "The value is of the right kind but cannot be used here."),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::fs;
    use std::path::Path;

    /// Words in quotation marks that look like codes, in files that report diagnostics.
    fn codes_in(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                codes_in(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let calls = ["error(", "warning(", "note(", "code: "];
            for call in calls {
                for after in text.split(call).skip(1) {
                    let Some(rest) = after.trim_start().strip_prefix('"') else {
                        continue;
                    };
                    let word = rest.split('"').next().unwrap();
                    let known_shape = word.contains('-') || word == "syntax";
                    if known_shape
                        && word
                            .chars()
                            .all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
                    {
                        found.push(word.to_string());
                    }
                }
            }
        }
    }

    #[test]
    fn every_code_in_use_is_explained_and_the_list_is_in_order() {
        let mut found = Vec::new();
        for folder in ["src/scenario", "src/optimize"] {
            codes_in(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
                &mut found,
            );
        }
        assert!(found.len() > 60);
        for code in found {
            assert!(explain(&code).is_some(), "{code} is not explained");
        }
        assert!(CODES.windows(2).all(|w| w[0].code < w[1].code));
    }
}

//! From files to a checked scenario.
//!
//! A scenario is one small TOML file, and what it names. [`load`] reads it, checks everything and gives a [`Scenario`]:
//! indexes instead of names, seconds instead of `"5m30s"`, defaults filled in and listed as assumptions; or all its
//! mistakes at once.
//!
//! # A scenario, from top to bottom
//!
//! A file reads as demand, channels, topics, promises, sites, contracts, shifts, people, partners, routes, and what may
//! change. This is about the least one can say:
//!
//! ```
//! use staffwright::scenario::{self, model::Volume};
//! let text = r#"
//! start  = 2027-01-11                  # local midnight in `zone`
//! length = "4 weeks"
//! zone   = "Europe/Berlin"             # of every time of day that is not inside a site's shift
//!
//! [demand]                             # holds for every topic that does not say otherwise
//! counted  = "every contact"           # redials and returns are in the counts; first contacts are worked out from:
//! measured = { abandoned = "6%", redial = "35%", returns = "17%" }
//!
//! [channel.phone]
//! kind = "live"                        # or "concurrent" (chat), "deferred" (mail)
//! open = "Mon-Fri 08:00-20:00"
//!
//! [topic.orders]
//! per_week = 2_000
//! handle   = "6m"                      # mean per call, wrap included
//! ends     = { resolved = "83%", returns = "17%" }
//!
//! [promise.phone]
//! target = "80% of phone within 20s"
//! every  = "week"
//! hold   = "90% of weeks"
//!
//! [contract.full-time]
//! hours = "40h/week"
//! pay   = { salary = "EUR 42_000/year", on_cost = "22%" }
//!
//! [shift.day]
//! start  = { from = "08:00", to = "11:30", step = "30m" }
//! length = "8h30m"
//! breaks = [{ length = "30m", from = "3h", to = "5h", paid = false }]
//!
//! [team.berlin]
//! heads     = 14                       # people on the payroll; not seats, not FTE
//! shifts    = ["day"]
//! roster    = "fit"                    # placed to the load, by the contract's rules
//! shrinkage = { leave = "10%", sick = "6%", training = "3%" }
//! "#;
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("orders.toml");
//! std::fs::write(&path, text)?;
//!
//! let scenario = scenario::load(&path).map_err(|mistakes| format!("{:?}", mistakes.items))?;
//! let stream = scenario.streams.iter().find(|s| s.name == "orders/phone").ok_or("no calls")?;
//! // 1 - 0.06 * 0.35 - 0.94 * 0.17 of the counted calls are first contacts.
//! assert!(matches!(stream.volume, Volume::Weekly { first_per_week, .. } if (first_per_week - 1_638.4).abs() < 1e-9));
//! // What was not said was assumed, with its source.
//! assert!(scenario.assumptions.iter().any(|a| a.path == "channel.phone.patience"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules of the language
//!
//! - **A quantity with a unit is a string with its unit** (`"20s"`, `"80%"`, `"EUR 14/h"`); bare numbers are counts. The
//!   [forms] are closed.
//! - **Shares of a whole are written as the whole** and sum to 100 %; a mistake prints the sum.
//! - **References are names**, and one dotted [path] (`team.berlin.heads.full-time`) serves `[set]`, `[decide]`, values
//!   given on the command line and every message.
//! - **Nothing that matters is assumed silently.** Volume, handle time, outcomes, shrinkage, pay and rosters are never
//!   defaulted. Other keys have defaults from a named set with range and source, in the table of [keys]; each one that is
//!   used is listed in [`Scenario::assumptions`].
//! - **What could mislead is a word in the file**: `counted`, a promise's `of`, `every` and `hold`, `paid`, `per`.
//! - **A variant is a short file**: `base`, `include`, `like`, `[set]`, `remove`; see [compose].
//!
//! # Customers
//!
//! `[demand]` and `[topic.*]` say how many contacts come, on which channels, in which languages. Topics are crossed with
//! channels, languages, `[priority]` classes and `[segment]`s of customers (contract classes, regions, products, marketing
//! channels) as independent shares into **streams** named `topic/channel/language`, `/priority` and `/segment` where there are several.
//! A stream's name is the key of its customers' draws, so organisations compared on the same demand meet the same people,
//! and renaming a team changes none of them. `profile` spreads a week over its hours (in the customers' own time),
//! `busyness` makes some days heavier than others, `history` replays measured counts instead. With `counted = "every
//! contact"` redials and returns are taken out once, see [`Counted`].
//!
//! `handle` is the mean per work item by channel, and by `tier2`, `tier3` where work is handed on; a table says more about
//! its distribution: `{ mean = "6m", family = "gamma", cv = "80%" }` or measured quantiles `{ table = "service.csv" }`
//! (columns `p`, `seconds`). `ends` says what comes of the work: `resolved`, `returns` later, a tier, or a team by name.
//!
//! Volumes move: `growth = "3%/month"`, `[event.*]` (a factor that fades, or so many contacts), `[problem.*]` (hours spent on
//! causes), and `[[from]]` dates on which volumes, shares, handle times, outcomes, opening hours, patience, habits, what
//! topics lead to, heads and what they know, pay, shrinkage, attrition, vendors' prices, routes, tools and the hours on
//! causes change. `trace` replays time stamps. `[deflection.*]` is self-service; `[language.*] unserved` and `[channel.*] offered = false` say what those do
//! who are not served, `latent` how many more would ask, and `latent_hours` how many in hours that are not open today.
//! `leads_to` of a topic is a customer's life: the topics that follow. A channel's `leaves_for`, `callback`, `chaser`, `also`, `closed`
//! and `looked_at` say what its customers do beside waiting. Each is told in full by the file of that name in the reader,
//! and by `staffwright explain` of its keys.
//!
//! # People
//!
//! A `[team.*]` works at one `tier` (1 unless said), at one `site`, under some contracts or for a `vendor`. `skills` choose
//! its streams; `factor` says how well it works on them. A `roster` is `"fit"`, `"even"`, `"none"`, or a CSV file: duties
//! (`week, day, shift, heads`), agents on queue (`start, agents`, perhaps `end`), or spells of single agents (`agent, start,
//! end`). `[route.*]` narrows where contacts go: entries with `share` draw a lot that stays the customer's, the rest goes to
//! the entries without, and `after` widens the choice with time in queue. Contacts that no route names go to every team
//! with the skill.
//!
//! # Contracts of one's own people
//!
//! ```toml
//! [contract.student]                   # at most 20 hours a week in term; ramps as slowly as the hours are few
//! hours     = "20h/week"
//! student   = true
//! hours_in  = [{ from = 2027-02-15, to = 2027-04-11, hours = "40h/week" }]
//! pay       = { wage = "EUR 15/h" }
//! attrition = "80%"                    # a turnover of its own
//! notice    = "28 days"
//! factor    = { handle = "110%", resolved = "-3 points" }
//! [contract.freelancer]                # paid for the duties they turn up for, without leave or sick pay
//! hours     = "30h/week"
//! pay       = { wage = "EUR 28/h" }
//! freelance = { shows_up = "85%", call_out = "4h" }
//! [team.berlin]                        # shares add up; sickness falls in seasons and in waves that a zone shares
//! shrinkage = { leave = "11%", coaching = "2%", sick = { share = "6%", spell = "4 days", season = { peak = "Feb", swing = "40%" }, waves = "30%" } }
//! lead      = { span = 12, salary = "EUR 58_000/year", counted = "staffed hour" }
//! ```
//!
//! `[tool.*]` changes a part of handle times (a topic's `parts`), has a `price` per head, a `lag` and `outages`; content
//! with `authoring` saves nothing before it is written.
//!
//! `[breadth]` makes teams that serve many channels and topics slower, and those that hold fewer topics than they serve
//! resolve less; `[coordination]` takes hours from every head by team size and topics. Both are off unless written.
//!
//! # People over time
//!
//! ```toml
//! [team.berlin]
//! learning  = { start = "41%", months = 9.2 }            # or `contacts`; month 1 at 53 % of month 12, first year 67 %
//! attrition = { rate = "30%", early = { factor = 2, until = "90 days" }, occupancy = { above = "85%" } }
//! hiring    = { lead = "34 days", cost = "EUR 3_000", most = "3 heads/month" }
//! class     = { length = "40 days", every = "14 days", size = 12, drop_out = "10%" }
//! mentoring = { hours = "4h/week", until = "90 days" }
//! [team.experts]
//! promotes  = { from_tier = 1, after = "365 days" }
//! ```
//!
//! A roster has positions; people occupy them and change only at the local midnight of the site. A position whose
//! person has left works no shift until a newcomer has come and been trained, and everything this costs is paid. Over
//! less than eight weeks people are held as they are, unless `people = "change"`; tenures at the start are those that
//! attrition leaves in the long run, unless `tenure` is given. See [`roster`](crate::roster) and `sim`.
//!
//! # Partners
//!
//! ```toml
//! [vendor.bpo]
//! price    = "EUR 14/h"
//! per      = "logged-in hour"          # scheduled hour, handled minute, contact, resolved contact, FTE month
//! bands    = [{ above = 4_000, price = "EUR 13/h" }]     # by calendar month
//! minimum  = { seats = 20, hours = "40h/week" }          # or { units = 3_000 } a month
//! ramp     = { up = "6 heads/week", down = "4 heads/month", notice = "90 days" }
//! training = { length = "4 weeks", price = "EUR 10/h" }
//! forecast = { lock = "6 weeks", band = "10%" }          # in a month outside the band its promise is void
//! promise  = { target = "80% within 30s", pays = "10%" } # of the month's bill
//! [team.manila]
//! vendor   = "bpo"
//! heads    = 30
//! ramp     = { from = 0, begins = "6 weeks" }            # as fast as the contract allows, unless `over` is said
//! [vendor.bot]                         # automation: no agents, any number at once
//! price    = "EUR 0.90/contact"
//! per      = "resolved contact"
//! capacity = "unlimited"
//! [site.cebu]                          # a site of one's own abroad
//! zone = "Asia/Manila"
//! lead_time = "120 days"
//! setup = "EUR 180_000"
//! management = "EUR 9_000/month"
//! ```
//!
//! # From text to scenario
//!
//! [source] reads files, [parse] makes trees of [node]s that remember where each value was written, [compose] makes one
//! document of several files, [keys] finds unknown keys, and one reader for each kind of table makes the [model] and notes
//! [diagnostic]s. No reader stops at a mistake.

pub mod actuals;
pub mod arrivals;
pub mod codes;
pub mod compose;
pub mod csv_cell;
pub mod csv_table;
pub mod diagnostic;
pub mod forms;
pub mod keys;
mod load;
pub mod model;
pub mod node;
pub mod parse;
pub mod path;
pub mod print;
mod read;
pub mod render;
pub mod schema;
pub mod source;
pub mod suggest;
#[cfg(test)]
pub mod testing;

pub use load::{Loaded, load, load_checked, load_with};
pub use model::{ChannelKind, Scenario};
pub use read::{Counted, HANDLE_SIGMA, Measured};

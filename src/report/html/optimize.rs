//! The report of a plan.

use super::assumptions::{assumptions, provenance};
use super::page::{Block, Report, Section};
use super::run::{details, promises, title};
use super::table::{Cell, Table};
use crate::measure::Unit;
use crate::optimize::{Delta, Plan, TeamPlan, TodayPromise, Understaffed};
use crate::report::chart::{self, Choice, Picture, Plane, changed, step_name};
use crate::report::figure::{self, plain};
use crate::report::words::Words;
use crate::stats::Estimate;

/// Where the proof stands in the plan's JSON.
const PROOF: &str = "/proof";

/// Lays a plan out.
#[must_use]
pub fn optimize(plan: &Plan) -> Report {
    let proof = &plan.proof;
    let mut sections = vec![
        promises(proof, PROOF),
        staff(plan),
        choice(plan),
        why(plan),
        forecast(plan),
    ];
    if let Some(mix) = &plan.mix {
        sections.insert(2, super::mix::mix(mix, &plan.currency));
    }
    if let Some(short) = &plan.understaffed {
        sections.insert(1, understaffed(short));
    }
    sections.extend(details(proof, PROOF));
    sections.push(assumptions(&proof.assumptions));
    sections.push(provenance(&[(&plan.scenario, &proof.provenance)]));
    Report::new(
        title(proof),
        Words::of("plan", "Plan"),
        lead(plan),
        sections,
    )
}

fn lead(plan: &Plan) -> Words {
    let proved = if plan.proved {
        Words::of(
            "Proved: every promise is met on random numbers the search never saw. ",
            "Bewiesen: Alle Zusagen sind mit Zufallszahlen gehalten, die die Suche nie sah. ",
        )
    } else {
        Words::of(
            "Not proved: see the promises. ",
            "Nicht bewiesen: siehe Zusagen. ",
        )
    };
    let (cost, over) = (
        plain(Unit::Money, plan.cost, &plan.currency),
        plain(Unit::Share, plan.gap, ""),
    );
    proved.then(&Words::of(
        format!(
            "The planned people cost {}, {} above what no roster can beat.",
            cost.en, over.en
        ),
        format!(
            "Die geplanten Menschen kosten {}, {} über dem, was kein Dienstplan unterbieten kann.",
            cost.de, over.de
        ),
    ))
}

/// What an understaffed plan leaves undone: the rules that clash and the hours that pay for it.
fn understaffed(short: &Understaffed) -> Section {
    let rule = |rule: &crate::optimize::Rule| {
        vec![
            Cell::text(rule.path.clone()),
            Cell::text(rule.text.clone()),
            Cell::text(rule.relaxation.clone()),
        ]
    };
    let rules = Table {
        caption: Words::of(
            "Rules that cannot all hold; to relax any one of them is enough",
            "Regeln, die nicht alle gelten können; eine zu lockern genügt",
        ),
        head: vec![
            Words::of("rule", "Regel"),
            Words::of("it says", "sie sagt"),
            Words::of("smallest relaxation", "kleinste Lockerung"),
        ],
        rows: short.rules.iter().map(rule).collect(),
    };
    let hour = |(i, hour): (usize, &crate::optimize::ShortHour)| {
        let place = |key: &str| format!("/understaffed/hours/{i}/{key}");
        let number = |value, key: &str| Cell::number(Unit::Count, value, "", place(key));
        let in_time = match hour.in_time {
            Some(share) => Cell::number(Unit::Share, share, "", place("in_time")),
            None => Cell::estimate(Unit::Share, None, "", place("in_time")),
        };
        vec![
            Cell::text(format!("{} {}", hour.day, hour.from)),
            Cell::text(hour.teams.join(", ")),
            number(hour.agents, "agents"),
            number(hour.missing, "missing"),
            number(hour.offered, "offered"),
            in_time,
        ]
    };
    let hours = Table {
        caption: Words::of(
            "Hours of the week with most agents missing",
            "Stunden der Woche, in denen am meisten fehlen",
        ),
        head: vec![
            Words::of("hour", "Stunde"),
            Words::of("teams", "Teams"),
            Words::of("on queue", "in der Leitung"),
            Words::of("missing", "fehlen"),
            Words::of("contacts", "Kontakte"),
            Words::of("in time", "rechtzeitig"),
        ],
        rows: short.hours.iter().enumerate().map(hour).collect(),
    };
    Section::new(
        "understaffed",
        Words::of("Understaffed, as asked", "Unterbesetzt, wie verlangt"),
        vec![Block::Table(rules), Block::Table(hours)],
    )
}

/// Heads and shifts, and what changes against today.
fn staff(plan: &Plan) -> Section {
    let group = |list: &'static str, teams: &[TeamPlan]| -> Vec<Vec<Cell>> {
        let one = |(i, team): (usize, &TeamPlan)| {
            let place = format!("/plan/{list}/{i}");
            let heads = |value: u32, key: &str| {
                Cell::number(Unit::Count, f64::from(value), "", format!("{place}/{key}"))
            };
            let hours = format!("{place}/shift_hours_per_week");
            vec![
                Cell::text(team.name.clone()),
                heads(team.heads_today, "heads_today"),
                heads(team.heads, "heads"),
                Cell::number(Unit::Hours, team.shift_hours_per_week, "", hours),
                Cell::figure(team.shifts.len().to_string()),
            ]
        };
        teams.iter().enumerate().map(one).collect()
    };
    let mut rows = group("teams", &plan.plan.teams);
    rows.extend(group("vendors", &plan.plan.vendors));
    let heads = Table {
        caption: Words::of(
            "The plan: people on the payroll and their shifts",
            "Der Plan: Köpfe und ihre Schichten",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("heads today", "Köpfe heute"),
            Words::of("heads planned", "Köpfe geplant"),
            Words::of("shift hours a week", "Schichtstunden je Woche"),
            Words::of("kinds of shift", "Arten von Schichten"),
        ],
        rows,
    };
    let mut blocks = vec![Block::Table(heads)];
    if let Some(delta) = &plan.delta {
        blocks.push(Block::Table(beside(plan, delta)));
    }
    Section::new("plan", Words::of("The plan", "Der Plan"), blocks)
}

/// The plan beside today and, where it was asked for, beside what the usual spreadsheet would have asked for.
fn beside(plan: &Plan, delta: &Delta) -> Table {
    let currency = &plan.currency;
    let baseline = plan.baseline.as_ref();
    let mut head = vec![
        Words::of("figure", "Kennzahl"),
        Words::of(
            format!("today ({})", delta.scenario_today),
            format!("heute ({})", delta.scenario_today),
        ),
        Words::of("planned", "geplant"),
    ];
    if baseline.is_some() {
        head.push(Words::of("spreadsheet", "Tabelle"));
    }
    let row = |name: Words, unit, cells: [(f64, &str); 2], sheet: Option<Cell>| {
        let cells =
            cells.map(|(value, key)| Cell::number(unit, value, currency, format!("/delta/{key}")));
        let sheet = baseline.map(|_| sheet.unwrap_or_else(|| Cell::figure("-")));
        std::iter::once(Cell::text(name))
            .chain(cells)
            .chain(sheet)
            .collect::<Vec<Cell>>()
    };
    let heads = baseline.map(|b| {
        Cell::number(
            Unit::Count,
            f64::from(b.heads),
            "",
            "/baseline/heads".into(),
        )
    });
    let everything =
        spreadsheet_cost(plan).map(|cost| Cell::figure(plain(Unit::Money, cost.value, currency)));
    let mut rows = vec![
        row(
            Words::term("heads"),
            Unit::Count,
            [
                (f64::from(delta.heads_today), "heads_today"),
                (f64::from(delta.heads), "heads"),
            ],
            heads,
        ),
        row(
            Words::of(
                "hours on duty, unpaid breaks apart",
                "Stunden im Dienst, ohne unbezahlte Pausen",
            ),
            Unit::Hours,
            [(delta.hours_today, "hours_today"), (delta.hours, "hours")],
            None,
        ),
        row(
            Words::of("hours paid by contract", "nach Vertrag bezahlte Stunden"),
            Unit::Hours,
            [
                (delta.paid_hours_today, "paid_hours_today"),
                (delta.paid_hours, "paid_hours"),
            ],
            None,
        ),
        row(
            Words::of("cost of everything", "Kosten insgesamt"),
            Unit::Money,
            [(delta.cost_today, "cost_today"), (delta.cost, "cost")],
            everything,
        ),
    ];
    if let Some(saved) = baseline.and_then(|b| b.saving.as_ref()) {
        let cell = Cell::estimate(
            Unit::Money,
            Some(saved),
            currency,
            "/baseline/saving".into(),
        );
        rows.push(vec![
            Cell::text(Words::of(
                "the plan costs less by",
                "der Plan kostet weniger",
            )),
            Cell::figure(figure::plain(
                Unit::Money,
                delta.cost_today - delta.cost,
                currency,
            )),
            Cell::figure(""),
            cell,
        ]);
    }
    for (p, promise) in plan.proof.promises.iter().enumerate() {
        let other = |list: &[TodayPromise], place: &str| {
            let found = list.iter().position(|t| t.name == promise.name)?;
            let value = list[found].value?;
            let json = format!("{place}/{found}/value");
            Some(Cell::number(Unit::Share, value, "", json))
        };
        let none = || Cell::figure("-");
        let mut cells = vec![
            Cell::text(format!("{}: {}", promise.name, promise.target)),
            other(&delta.today, "/delta/today").unwrap_or_else(none),
            Cell::estimate(
                Unit::Share,
                promise.value.as_ref(),
                "",
                format!("/proof/promises/{p}/value"),
            ),
        ];
        cells.extend(
            baseline.map(|b| other(&b.promises, "/baseline/promises").unwrap_or_else(none)),
        );
        rows.push(cells);
    }
    Table {
        caption: Words::of(
            "On the same customers: today, the plan, and where it was asked for the usual spreadsheet (Erlang C for every skill alone)",
            "Bei denselben Kunden: heute, der Plan und, wo verlangt, die übliche Tabelle (Erlang C je Fertigkeit allein)",
        ),
        head,
        rows,
    }
}

/// What everything would cost with the spreadsheet's roster.
fn spreadsheet_cost(plan: &Plan) -> Option<Estimate> {
    let saving = plan.baseline.as_ref()?.saving?;
    let cost = plan.proof.cost.total?.value;
    Some(Estimate {
        value: cost + saving.value,
        low: cost + saving.low,
        high: cost + saving.high,
        periods: None,
    })
}

/// Points of a hundred by which the promise that is kept worst stands above what was promised.
fn margin<'a>(
    plan: &Plan,
    values: impl Iterator<Item = (&'a str, Option<f64>)>,
) -> Option<(usize, f64)> {
    let above = values.filter_map(|(name, value)| {
        let found = plan.proof.promises.iter().position(|p| p.name == name)?;
        Some((found, 100.0 * (value? - plan.proof.promises[found].share)))
    });
    above.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Cost against service: today, the plan and the spreadsheet, and the rounds that led to the plan.
fn choice(plan: &Plan) -> Section {
    let things = |en: &str, de: &str| Words::of(en, de);
    let plane = Plane {
        name: "cost-and-service",
        currency: &plan.currency,
        paid_for: Words::of("over the horizon, everything", "im Zeitraum, alles"),
        service: Words::of(
            "points above the promise kept worst",
            "Punkte über der am schlechtesten gehaltenen Zusage",
        ),
        unit: Unit::Points,
        things: things("rosters", "Dienstplänen"),
    };
    let choice = |name: &str, cost: Estimate, service: Estimate| Choice {
        name: name.to_owned(),
        cost,
        service,
        dominated_by: None,
    };
    let listed = |list: &[TodayPromise]| {
        margin(plan, list.iter().map(|t| (t.name.as_str(), t.value))).map(|m| m.1)
    };
    let mut rosters = Vec::new();
    if let Some((service, delta)) = plan
        .delta
        .as_ref()
        .and_then(|d| Some((listed(&d.today)?, d)))
    {
        let cost = Estimate::exact(delta.cost_today);
        rosters.push(choice(
            &delta.scenario_today,
            cost,
            Estimate::exact(service),
        ));
    }
    let sheet = plan.baseline.as_ref().and_then(|b| listed(&b.promises));
    if let Some((service, cost)) = sheet.zip(spreadsheet_cost(plan)) {
        rosters.push(choice("spreadsheet", cost, Estimate::exact(service)));
    }
    let proved = plan.proof.promises.iter();
    let worst = margin(
        plan,
        proved.map(|p| (p.name.as_str(), p.value.as_ref().map(|v| v.value))),
    );
    if let Some(((p, _), cost)) = worst.zip(plan.proof.cost.total) {
        let promise = &plan.proof.promises[p];
        let above = |v: f64| 100.0 * (v - promise.share);
        if let Some(value) = promise.value {
            let service = Estimate {
                value: above(value.value),
                low: above(value.low),
                high: above(value.high),
                periods: None,
            };
            rosters.push(choice("plan", cost, service));
        }
    }
    chart::judge(&mut rosters);
    let mut rounds: Vec<Choice> = plan
        .rounds
        .iter()
        .filter_map(|round| {
            let values = round
                .promises
                .iter()
                .map(|p| (p.name.as_str(), Some(p.value)));
            let (_, service) = margin(plan, values)?;
            let name = format!("round {}", round.round);
            let cost = Estimate::exact(round.cost);
            Some(choice(&name, cost, Estimate::exact(service)))
        })
        .collect();
    chart::judge(&mut rounds);
    let search = Plane {
        name: "rounds-of-the-search",
        paid_for: Words::of(
            "over the horizon, planned people",
            "im Zeitraum, geplante Menschen",
        ),
        things: things("rounds of the search", "Runden der Suche"),
        ..plane.clone()
    };
    let pictures = [
        chart::pareto(&rosters, &plane),
        chart::pareto(&rounds, &search),
    ];
    Section::new(
        "choice",
        Words::of("Cost and service", "Kosten und Service"),
        vec![Block::Pictures(pictures.into_iter().flatten().collect())],
    )
}

/// What one more head in a team would buy of each promise.
fn one_more(plan: &Plan) -> Table {
    let promises: Vec<&str> = plan
        .proof
        .promises
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    let rows = plan.why.teams.iter().enumerate().map(|(i, team)| {
        let rises = promises.iter().map(|name| {
            let found = team.one_more.iter().position(|(n, _)| n == name);
            found.map_or_else(
                || Cell::figure("-"),
                |j| {
                    let place = format!("/why/teams/{i}/one_more/{j}/1");
                    Cell::number(Unit::Share, team.one_more[j].1, "", place)
                },
            )
        });
        std::iter::once(Cell::text(team.name.clone()))
            .chain(rises)
            .collect()
    });
    let mut head = vec![Words::of("one more head in", "ein Kopf mehr in")];
    head.extend(promises.iter().map(|name| Words::same(*name)));
    Table {
        caption: Words::of(
            "What one more head would add to each promise, by formula",
            "Was ein Kopf mehr zu jeder Zusage hinzufügte, nach Formel",
        ),
        head,
        rows: rows.collect(),
    }
}

/// What a promise aims at in the mean, and what a point of it costs.
fn worth(plan: &Plan) -> Table {
    let rows = plan.why.promises.iter().enumerate().map(|(i, promise)| {
        let place = |key: &str| format!("/why/promises/{i}/{key}");
        let point = promise.per_point.map_or_else(
            || Cell::figure("-"),
            |money| Cell::number(Unit::Money, money, &plan.currency, place("per_point")),
        );
        vec![
            Cell::text(promise.name.clone()),
            Cell::number(Unit::Share, promise.aim, "", place("aim")),
            point,
        ]
    });
    Table {
        caption: Words::of(
            "What the plan aims at so that promises hold in their periods, and what one more point would cost over the horizon",
            "Worauf der Plan zielt, damit Zusagen in ihren Zeiträumen halten, und was ein Punkt mehr im Zeitraum kostete",
        ),
        head: vec![
            Words::of("promise", "Zusage"),
            Words::of("aimed at", "angestrebt"),
            Words::of("a point more", "ein Punkt mehr"),
        ],
        rows: rows.collect(),
    }
}

/// Why these numbers: the bridge, and each team's way from load to heads.
fn why(plan: &Plan) -> Section {
    let steps = &plan.why.bridge;
    let rows = steps.iter().enumerate().map(|(i, step)| {
        let before = if i == 0 { step.fte } else { steps[i - 1].fte };
        let place = format!("/why/bridge/{i}/fte");
        vec![
            Cell::text(step_name(step.step)),
            Cell::figure(if i == 0 {
                Words::default()
            } else {
                changed(step.fte - before)
            }),
            Cell::number(Unit::Count, step.fte, "", place),
        ]
    });
    let table = Table {
        caption: Words::of(
            "From the planner's spreadsheet to the plan, each step with one more effect in it",
            "Von der Tabelle zum Plan, jeder Schritt mit einem Effekt mehr",
        ),
        head: vec![
            Words::of("step", "Schritt"),
            Words::of("change", "Änderung"),
            Words::of("FTE", "VZÄ"),
        ],
        rows: rows.collect(),
    };
    let mut blocks = vec![
        Block::Pictures(chart::bridge(steps).into_iter().collect()),
        Block::Table(table),
    ];
    blocks.push(Block::Table(teams(plan)));
    blocks.push(Block::Table(one_more(plan)));
    blocks.push(Block::Table(worth(plan)));
    if !plan.why.binding.is_empty() {
        let list = plan.why.binding.join("; ");
        blocks.push(Block::Text(Words::of(
            format!("What holds the plan up: {list}."),
            format!("Was den Plan hält: {list}."),
        )));
    }
    for note in &plan.why.notes {
        blocks.push(Block::Text(Words::same(note.clone())));
    }
    Section::new(
        "why",
        Words::of("Why this number", "Warum diese Zahl"),
        blocks,
    )
}

fn teams(plan: &Plan) -> Table {
    let rows = plan.why.teams.iter().enumerate().map(|(i, team)| {
        let number =
            |unit, value, key: &str| Cell::number(unit, value, "", format!("/why/teams/{i}/{key}"));
        vec![
            Cell::text(team.name.clone()),
            number(Unit::Hours, team.load_h, "load_h"),
            number(Unit::Hours, team.erlang_h, "erlang_h"),
            number(Unit::Count, team.simulation_factor, "simulation_factor"),
            number(Unit::Hours, team.on_queue_h, "on_queue_h"),
            number(Unit::Share, team.on_queue_share, "on_queue_share"),
            number(Unit::Hours, team.scheduled_h, "scheduled_h"),
            number(Unit::Share, team.at_work_share, "at_work_share"),
            number(Unit::Count, f64::from(team.heads), "heads"),
        ]
    });
    Table {
        caption: Words::of(
            "From load to heads, in hours of an average week",
            "Von der Last zu den Köpfen, in Stunden einer Durchschnittswoche",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("work", "Arbeit"),
            Words::of("by formula", "nach Formel"),
            Words::of("factor learned", "gelernter Faktor"),
            Words::of("on queue", "in der Leitung"),
            Words::of("share on queue", "Anteil in der Leitung"),
            Words::of("shift hours", "Schichtstunden"),
            Words::of("share at work", "Anteil anwesend"),
            Words::of("heads", "Köpfe"),
        ],
        rows: rows.collect(),
    }
}

/// Plan against simulation.
fn forecast(plan: &Plan) -> Section {
    let forecast = &plan.why.forecast;
    let mut pictures: Vec<Picture> = Vec::new();
    if let Some(series) = &plan.proof.series {
        let week = &series.week;
        let service = forecast.promises.iter();
        pictures.extend(service.filter_map(|p| chart::planned_service(p, week)));
        for team in &forecast.teams {
            let simulated = week.teams.iter().find(|t| t.name == team.name);
            pictures.extend(simulated.and_then(|s| chart::planned_agents(team, s, week.per_day)));
        }
    }
    let rows = forecast.promises.iter().enumerate().map(|(i, promise)| {
        let share = |value: Option<f64>, key: &str| {
            let place = format!("/why/forecast/promises/{i}/{key}");
            match value {
                Some(value) => Cell::number(Unit::Share, value, "", place),
                None => Cell::estimate(Unit::Share, None, "", place),
            }
        };
        vec![
            Cell::text(promise.name.clone()),
            share(promise.planned, "planned"),
            share(promise.simulated, "simulated"),
        ]
    });
    let table = Table {
        caption: Words::of(
            "Promises: expected by the corrected formulas, and simulated",
            "Zusagen: nach korrigierten Formeln erwartet, und simuliert",
        ),
        head: vec![
            Words::of("promise", "Zusage"),
            Words::of("expected", "erwartet"),
            Words::of("simulated", "simuliert"),
        ],
        rows: rows.collect(),
    };
    Section::new(
        "forecast",
        Words::of("Plan and simulation", "Plan und Simulation"),
        vec![Block::Pictures(pictures), Block::Table(table)],
    )
}

//! Crossover maps and tornado charts, from a sweep file to the picture.

use super::support::{Bench, SHOP};
use std::fs;

/// `lean` pays nothing but wages, `grand` has an overhead and cheaper people: it wins once volume carries the overhead.
fn structures(bench: &Bench) {
    let alone = SHOP.replace("\"90% of weeks\"", "\"70% of weeks\"");
    bench.write("lean.toml", &alone);
    let grand = alone.replace("EUR 40_000/year", "EUR 28_000/year");
    bench.write(
        "grand.toml",
        &format!("{grand}\n[overhead]\noffice = \"EUR 9_000/month\"\n"),
    );
}

const MAP: &str = r#"
title        = "Lean or grand?"
scenarios    = ["lean.toml", "grand.toml"]
replications = 12
[staff]
replications = 6
[design]
kind = "grid"
[dimension.volume]
scale = ["50%", "100%", "400%"]
paths = ["topic.*.per_week", "team.*.heads.*"]
[dimension.patience]
values = ["2m", "4m"]
path   = "channel.phone.patience.mean"
[map]
across = "volume"
up     = "patience"
"#;

#[test]
fn a_map_says_who_wins_where_and_where_the_border_runs() {
    let bench = Bench::new("");
    structures(&bench);
    bench.write("map.toml", MAP);
    let said = bench.said("all @map.toml --out @out --quiet");
    let rows: Vec<&str> = said
        .lines()
        .filter(|l| l.starts_with("2m") || l.starts_with("4m"))
        .collect();
    // The winners come first, then everybody's own table.
    for row in &rows[..2] {
        let (lean, grand) = (row.find("lean"), row.find("grand"));
        assert!(lean.is_some() && grand.is_some() && lean < grand, "{said}");
    }
    assert!(
        said.contains("lean gives way to grand at about volume"),
        "{said}"
    );
    assert!(said.contains("heads"), "{said}");
    let svg = fs::read_to_string(bench.path("out").join("map.svg")).unwrap();
    assert!(
        svg.starts_with("<svg") && svg.contains("<title>Of 6 cells "),
        "{svg:.300}"
    );
    // The heads that were found are in the table: four times the callers need less than four times the people.
    let mut table = csv::Reader::from_path(bench.path("out").join("merged.csv")).unwrap();
    let names = table.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let (set, volume, heads) = (at("set"), at("volume"), at("heads"));
    let teams: Vec<(f64, f64)> = table
        .records()
        .map(Result::unwrap)
        .filter(|r| &r[set] == "team")
        .map(|r| (r[volume].parse().unwrap(), r[heads].parse().unwrap()))
        .collect();
    let most = |v: f64| {
        teams
            .iter()
            .filter(|t| t.0 == v)
            .map(|t| t.1)
            .fold(0.0, f64::max)
    };
    assert!(
        most(400.0) > 2.0 * most(100.0) && most(400.0) < 4.0 * most(100.0),
        "{teams:?}"
    );
}

/// The crossovers that a sweep wrote.
fn crossovers(bench: &Bench, out: &str) -> serde_json::Value {
    let text = fs::read_to_string(bench.path(out).join("crossovers.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_crossover_says_where_it_would_lie_were_judgements_others() {
    let bench = Bench::new("");
    structures(&bench);
    let sweep = |minutes: u32| {
        let set = format!(
            "[set]\n\"coordination.colleague\" = \"{minutes}m\"\n\"coordination.topic\" = \"{minutes}m\"\n[map]"
        );
        MAP.replace("[\"2m\", \"4m\"]", "[\"2m\"]")
            .replace("[map]", &set)
    };
    bench.write("map.toml", &sweep(10));
    let said = bench.said("all @map.toml --out @out --quiet");
    let object = crossovers(&bench, "out");
    let crossover = &object["crossovers"][0];
    let shifts = crossover["shifts"].as_array().unwrap();
    // Coordination is stated: halved and doubled; the cap is not: added.
    let moved: Vec<_> = shifts.iter().map(|s| (&s["what"], &s["moved"])).collect();
    assert_eq!(
        moved,
        [
            (&"coordination".into(), &"halved".into()),
            (&"coordination".into(), &"doubled".into()),
            (&"knowledge_cap".into(), &"added".into()),
        ]
    );
    // Doubled is what a sweep of its own finds that states twice as much.
    bench.write("map.toml", &sweep(20));
    bench.said("all @map.toml --out @doubled --quiet");
    let doubled = crossovers(&bench, "doubled");
    let found = &doubled["crossovers"][0]["crossing"];
    assert!(found.as_f64().is_some(), "{doubled:#}");
    assert_eq!(&shifts[1]["crossing"], found);
    assert_ne!(&crossover["crossing"], found);
    // Where there is one topic, knowing half of the topics is knowing it.
    assert_eq!(shifts[2]["crossing"], crossover["crossing"]);
    // It is printed and in the report, and nothing is played twice.
    let told = "with twice the hours of coordination at about volume";
    assert!(said.contains("how far judgements move them"), "{said}");
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(told), "{flat}");
    let page = fs::read_to_string(bench.path("out").join("report.html")).unwrap();
    assert!(page.contains(told));
    let again = bench.said("merge @out --quiet");
    assert!(again.contains("(0 of them played now)"), "{again}");
}

#[test]
fn levels_contend_and_choose_where_a_map_says_so() {
    let bench = Bench::new("");
    structures(&bench);
    let sweep = MAP
        .replace("[\"lean.toml\", \"grand.toml\"]", "[\"lean.toml\"]")
        .replace("[map]", "[dimension.pay]\nchoices = [{ name = \"dear\", set = { \"contract.full.pay.on_cost\" = \"20%\" } }, \
            { name = \"cheap\", set = { \"contract.full.pay.on_cost\" = \"10%\" } }]\n[map]\nbetween = \"pay\"");
    bench.write("map.toml", &sweep);
    let said = bench.said("all @map.toml --out @out --quiet");
    assert!(
        said.contains("cheap EUR") && !said.contains("dear EUR"),
        "{said}"
    );
    bench.write(
        "map.toml",
        &sweep.replace("between = \"pay\"", "choose = [\"pay\"]"),
    );
    let said = bench.said("all @map.toml --out @chosen --quiet");
    assert!(
        said.contains("lean EUR") && said.contains("pay cheap") && !said.contains("pay dear"),
        "{said}"
    );
}

#[test]
fn a_tornado_sorts_what_matters() {
    let bench = Bench::new("");
    bench.write(
        "tornado.toml",
        r#"
title        = "What moves the shop?"
scenarios    = ["one.toml"]
replications = 10
[design]
kind = "one-at-a-time"
[dimension.patience]
values = ["170s", "190s"]
path   = "channel.phone.patience.mean"
[dimension.handle]
values = ["4m", "6m"]
path   = "topic.orders.handle"
[dimension.rent]
values = ["EUR 100/month", "EUR 200/month"]
path   = "site.berlin.rent_per_seat"
[tornado]
metrics = ["service_level", "cost_total"]
"#,
    );
    let said = bench.said("all @tornado.toml --out @out --quiet");
    let first = said.find("service level is").unwrap();
    let handle = said[first..].find("handle").unwrap();
    let patience = said[first..].find("patience").unwrap();
    assert!(handle < patience, "{said}");
    // What cannot touch the figure changes nothing, on the same customers to the last digit.
    let rent = said.lines().find(|l| l.starts_with("rent")).unwrap();
    assert!(
        rent.contains("0.00 points") && rent.ends_with("no"),
        "{rent}"
    );
    for metric in ["service-level", "cost-total"] {
        let svg = fs::read_to_string(bench.path(&format!("out/tornado-one-{metric}.svg"))).unwrap();
        assert!(svg.contains("<title>"), "{metric}");
    }
}

#[test]
fn every_bundled_sweep_can_be_planned() {
    let bench = Bench::new("");
    let mut count = 0;
    for entry in fs::read_dir("scenarios/sweeps").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let out = format!("plan-{count}");
        let mut command = bench.command("plan");
        command.arg(&path).arg("--out").arg(bench.path(&out));
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}: {errors}",
            path.display()
        );
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("planned "),
            "{}",
            path.display()
        );
        count += 1;
    }
    assert!(count >= 9, "{count}");
}

#[test]
fn mistakes_of_views_say_what_to_write() {
    let bench = Bench::new("");
    structures(&bench);
    for (was, becomes, part) in [
        (
            "up     = \"patience\"",
            "up     = \"patients\"",
            "no dimension `patients`",
        ),
        (
            "up     = \"patience\"",
            "up     = \"volume\"",
            "there twice",
        ),
        (
            "kind = \"grid\"",
            "kind = \"one-at-a-time\"",
            "kind = \"grid\"",
        ),
        ("[map]", "[map]\nleast = \"beauty\"", "no metric `beauty`"),
        (
            "[staff]",
            "promises = [\"chat\"]\n[staff]",
            "makes no promise `chat`",
        ),
        (
            "\"topic.*.per_week\"",
            "\"topics.*.per_week\"",
            "meets nothing",
        ),
        (
            "[map]",
            "[dimension.more]\nchoices = [{ name = \"a\", only = { lena = { \"a.b\" = 1 } } }]\n[map]\nbetween = \"more\"",
            "no scenario `lena`",
        ),
    ] {
        assert!(MAP.contains(was), "{was}");
        bench.write("map.toml", &MAP.replacen(was, becomes, 1));
        let output = bench.sweep("plan @map.toml --out @out");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{becomes}: {errors}");
        assert!(errors.contains(part), "{becomes}: {errors}");
    }
}

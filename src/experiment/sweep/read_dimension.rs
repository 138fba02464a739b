//! Reading the dimensions of a sweep file.

use super::dimension::{Apply, Change, Dimension, Level, Range};
use super::quantity::Quantity;
use super::row::{FIRST_COLUMNS, MIDDLE_COLUMNS, number_columns};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Value;

/// A dimension as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDimension {
    path: Option<String>,
    #[serde(default)]
    paths: Vec<String>,
    values: Option<Value>,
    scale: Option<Value>,
    choices: Option<Vec<RawChoice>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    name: String,
    number: Option<f64>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    only: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Reads one dimension.
///
/// # Errors
/// A sentence with the remedy.
pub fn dimension(name: &str, raw: RawDimension) -> Result<Dimension, String> {
    let is_taken = FIRST_COLUMNS.contains(&name)
        || MIDDLE_COLUMNS.contains(&name)
        || number_columns().iter().any(|c| c == name);
    if is_taken {
        return Err(format!(
            "`{name}` is a column of every result; choose another name"
        ));
    }
    let paths: Vec<String> = raw.path.into_iter().chain(raw.paths).collect();
    let range = match (raw.values, raw.scale, raw.choices) {
        (Some(values), None, None) => range(&values, Apply::Set(paths))?,
        (None, Some(scale), None) => {
            let range = range(&scale, Apply::Scale(paths))?;
            only_factors(&range)?;
            range
        }
        (None, None, Some(choices)) if paths.is_empty() => listed(
            choices
                .into_iter()
                .map(choice)
                .collect::<Result<Vec<_>, _>>()?,
        )?,
        (None, None, Some(_)) => {
            return Err("choices name their paths themselves; leave `paths` out".into());
        }
        _ => {
            return Err(
                "write one of: values = [...], scale = [...] (with `paths`), or choices = [{ name, set }]"
                    .into(),
            );
        }
    };
    Ok(Dimension {
        name: name.to_string(),
        range,
    })
}

fn choice(raw: RawChoice) -> Result<Level, String> {
    let paths = raw.only.values().chain([&raw.set]);
    if let Some(path) = paths.flat_map(BTreeMap::keys).find(|p| !p.contains('.')) {
        return Err(format!(
            "choice `{}`: `{path}` is no path; write it in quotation marks, like \"channel.phone.open\"",
            raw.name
        ));
    }
    let only = raw.only.into_iter();
    Ok(Level {
        label: raw.name,
        number: raw.number.map(|n| (n, String::new())),
        change: Change::Choice {
            set: raw.set.into_iter().collect(),
            only: only
                .map(|(scenario, set)| (scenario, set.into_iter().collect()))
                .collect(),
        },
    })
}

fn listed(levels: Vec<Level>) -> Result<Range, String> {
    let mut labels: Vec<&str> = levels.iter().map(|l| l.label.as_str()).collect();
    labels.sort_unstable();
    if labels.is_empty() {
        return Err("the list is empty; name at least one level".into());
    }
    match labels.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("`{}` is there twice; take one away", pair[0])),
        None => Ok(Range::Listed(levels)),
    }
}

/// A list of values, or `{ from, to, step }`.
fn range(value: &Value, apply: Apply) -> Result<Range, String> {
    let (Apply::Set(paths) | Apply::Scale(paths)) = &apply;
    if paths.is_empty() {
        return Err("say which value varies, like path = \"team.berlin.heads.full-time\"".into());
    }
    match value {
        Value::Array(values) => listed(values.iter().map(|v| apply.level_of(v)).collect()),
        Value::Table(table) => between(table, apply),
        other => Err(format!(
            "`{other}` is no range; write a list, or {{ from = \"10%\", to = \"50%\", step = \"10%\" }}"
        )),
    }
}

fn between(table: &toml::Table, apply: Apply) -> Result<Range, String> {
    if let Some(key) = table
        .keys()
        .find(|k| !["from", "to", "step"].contains(&k.as_str()))
    {
        return Err(format!("a range has `from`, `to` and `step`, not `{key}`"));
    }
    let quantity = |key: &str| {
        table.get(key).map(|value| {
            Quantity::read(value).ok_or_else(|| {
                format!(
                    "{key}: `{value}` holds no single number; write it like 10, \"10%\" or \"20s\""
                )
            })
        })
    };
    let end = |key: &str| quantity(key).ok_or_else(|| format!("a range needs `{key}`"))?;
    let (from, to) = (end("from")?, end("to")?);
    let step = quantity("step").transpose()?;
    let units = [Some(&to), step.as_ref()].into_iter().flatten();
    if let Some(other) = units.map(Quantity::unit).find(|u| *u != from.unit()) {
        return Err(format!(
            "one unit, please: `from` is in `{}`, another in `{other}`",
            from.unit()
        ));
    }
    if to.number <= from.number {
        return Err(format!("`to` must lie above `from` ({})", from.label()));
    }
    if step.as_ref().is_some_and(|s| s.number <= 0.0) {
        return Err("`step` must lie above 0".into());
    }
    Ok(Range::Between {
        from,
        to,
        step: step.map(|s| s.number),
        apply,
    })
}

/// Factors are numbers or shares.
fn only_factors(range: &Range) -> Result<(), String> {
    let bad = |unit: &str| !matches!(unit, "" | "%");
    let wrong = match range {
        Range::Listed(levels) => levels
            .iter()
            .any(|l| l.number.as_ref().is_none_or(|(_, unit)| bad(unit))),
        Range::Between { from, .. } => bad(&from.unit()),
    };
    if wrong {
        return Err("scale multiplies: write factors like \"120%\" or 1.2".into());
    }
    Ok(())
}

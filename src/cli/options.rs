//! Options that every command which simulates has in common.

use super::Failure;
use super::args::parse_share;
use crate::experiment::Settings;
use crate::report::Page;
use crate::report::files::Locale;
use crate::report::words::Language;
use clap::{Args, ColorChoice, ValueEnum};
use std::path::PathBuf;

/// What to simulate and how long.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Simulation")]
pub struct SimulationArgs {
    /// Seed: the same seed gives the same figures to the last digit
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// Replications; the most, with --precision [default: 20; compare: at most 80]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub replications: Option<u64>,
    /// Number of the first replication; a plan's proof names its own
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    pub first_replication: u64,
    /// Go on until promises (in points) and cost (relative) are known this well
    #[arg(long, value_name = "SHARE", value_parser = parse_precision)]
    pub precision: Option<f64>,
    /// Confidence of intervals
    #[arg(long, default_value = "95%", value_name = "SHARE", value_parser = parse_confidence)]
    pub confidence: f64,
    /// Threads to simulate on [default: all]; figures do not depend on it
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Change a value of the scenario by its path, such as team.berlin.heads=40
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = parse_set)]
    pub sets: Vec<(String, String)>,
}

impl SimulationArgs {
    /// As the experiment room reads them.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            seed: self.seed,
            first: self.first_replication,
            replications: self.replications.unwrap_or(usual.replications),
            precision: self.precision,
            confidence: self.confidence,
            series: false,
        }
    }

    /// Does `work` on as many threads as asked for.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the threads cannot be started.
    pub fn on_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
        on_threads(self.threads, work)
    }
}

/// Does `work` on a number of threads, all by default.
///
/// # Errors
/// [`Failure::Internal`] when the threads cannot be started.
pub fn on_threads<T: Send>(
    threads: Option<u16>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads.unwrap_or(0)))
        .build();
    let pool = pool.map_err(|e| Failure::Internal(format!("cannot start threads: {e}")))?;
    Ok(pool.install(work))
}

/// What to print, and where.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Also write the results into this directory: JSON, CSV tables, a spreadsheet, calendars of shifts
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language and numbers of --out: en, or de (German reports and charts, CSV with 1,5 and columns by `;`)
    #[arg(long, value_name = "LOCALE", value_enum, default_value_t)]
    pub locale: LocaleArg,
    /// Say everything: all figures, streams, defaults
    #[arg(long, short)]
    pub verbose: bool,
    /// No progress, no warnings
    #[arg(long, short)]
    pub quiet: bool,
    /// Exit with code 3 unless every promise is met
    #[arg(long)]
    pub gate: bool,
}

/// Language of reports and charts, and how numbers are written into CSV files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LocaleArg {
    /// Reports in the reader's language; CSV with 1.5, columns by commas
    #[default]
    En,
    /// German reports and charts; CSV with 1,5, columns by semicolons
    De,
}

impl LocaleArg {
    /// The language that was asked for; the reader's own where none was.
    #[must_use]
    pub fn language(self) -> Option<Language> {
        match self {
            Self::En => None,
            Self::De => Some(Language::German),
        }
    }
}

impl From<LocaleArg> for Locale {
    fn from(locale: LocaleArg) -> Self {
        match locale {
            LocaleArg::En => Self::En,
            LocaleArg::De => Self::De,
        }
    }
}

impl OutputArgs {
    /// The page that standard output is.
    #[must_use]
    pub fn page(&self, color: ColorChoice) -> Page {
        page(color, self.verbose)
    }
}

/// The page that standard output is: as wide as the terminal, or as `COLUMNS` says.
#[must_use]
pub fn page(color: ColorChoice, verbose: bool) -> Page {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = comfy_table::Table::new().width().map(usize::from);
    let piped = Page::piped();
    Page {
        width: terminal.or_else(columns).unwrap_or(piped.width).max(40),
        color: super::data_in_color(color),
        verbose,
    }
}

fn parse_precision(text: &str) -> Result<f64, String> {
    positive(parse_share(text)?, "a precision", "1%")
}

fn parse_confidence(text: &str) -> Result<f64, String> {
    let share = positive(parse_share(text)?, "a confidence", "95%")?;
    if share < 1.0 {
        Ok(share)
    } else {
        Err("no interval is certain; write 99.9% or less".to_owned())
    }
}

fn positive(share: f64, what: &str, example: &str) -> Result<f64, String> {
    if share > 0.0 {
        Ok(share)
    } else {
        Err(format!("{what} must be above 0%; write it like {example}"))
    }
}

/// A path and a value, `team.berlin.heads=40`.
///
/// # Errors
/// What to write instead.
pub fn parse_set(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() && !value.trim().is_empty() => {
            Ok((path.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write a path and a value, such as team.berlin.heads=40".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_shares_are_refused() {
        assert_eq!(parse_confidence("99%"), Ok(0.99));
        assert!(parse_confidence("100%").is_err() && parse_confidence("0%").is_err());
        assert_eq!(parse_precision("1%"), Ok(0.01));
        assert!(parse_precision("0%").is_err());
    }

    #[test]
    fn changes_are_paths_and_values() {
        let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
        assert_eq!(parse_set("team.a.heads = 4"), pair("team.a.heads", "4"));
        assert_eq!(parse_set("a.b=x=y"), pair("a.b", "x=y"));
        assert!(parse_set("team").is_err() && parse_set("=4").is_err() && parse_set("a=").is_err());
    }
}

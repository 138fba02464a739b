//! `staffwright init`: a commented scenario to start from, with its data files, in a folder of its own.

use super::Failure;
use super::scenario_file::pretty;
use crate::scenario::schema::schema;
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Arguments of `staffwright init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The shape of organisation that is nearest to yours
    #[arg(value_enum)]
    pub structure: Structure,
    /// Folder to write into, made if need be [default: named after the structure]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// The bundled organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Structure {
    /// One flat pool, everyone does everything
    Startup,
    /// Teams by language, channel and phase, leads, specialists, two sites
    ScaleUp,
    /// Three tiers, several sites, a vendor, open round the clock
    Enterprise,
}

/// A file of a bundled scenario: its name, what it holds, its text.
type Bundled = (&'static str, &'static str, &'static str);

/// The schema that editors complete and check by, and the line that tells them to.
const SCHEMA: &str = "staffwright.schema.json";
const DIRECTIVE: &str = "#:schema ./staffwright.schema.json\n";

const DEMAND: Bundled = (
    "demand.toml",
    "the customers: volumes, channels, languages, handle times, promises",
    include_str!("../../scenarios/demand.toml"),
);
const PROFILE: Bundled = (
    "profile.csv",
    "how a week's volume spreads over its hours",
    include_str!("../../scenarios/profile.csv"),
);

/// In the bundle the customers lie beside the organisations' folders; here they lie in the folder.
const BESIDE: &str = "include = [\"../demand.toml\"]";
const INSIDE: &str = "include = [\"demand.toml\"]";

impl Structure {
    /// Its name, as it is typed.
    fn name(self) -> &'static str {
        match self {
            Self::Startup => "startup",
            Self::ScaleUp => "scale-up",
            Self::Enterprise => "enterprise",
        }
    }

    fn files(self) -> [Bundled; 3] {
        let organisation = match self {
            Self::Startup => include_str!("../../scenarios/startup/scenario.toml"),
            Self::ScaleUp => include_str!("../../scenarios/scale-up/scenario.toml"),
            Self::Enterprise => include_str!("../../scenarios/enterprise/scenario.toml"),
        };
        let what = "the organisation: opening hours, teams, shifts, contracts, routes, prices";
        [("scenario.toml", what, organisation), DEMAND, PROFILE]
    }
}

/// Writes the scenario and says what to type next. Nothing that is there is overwritten.
///
/// # Errors
/// [`Failure::BadInput`] naming the files that exist, or the file that cannot be written.
pub fn run(args: &InitArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let default = PathBuf::from(args.structure.name());
    let dir = args.dir.as_ref().unwrap_or(&default);
    let files = args.structure.files();
    let names = files.iter().map(|f| f.0).chain([SCHEMA]);
    let there: Vec<&str> = names.filter(|f| dir.join(f).exists()).collect();
    if !there.is_empty() {
        return Err(Failure::BadInput(format!(
            "{} holds {} already, and nothing is overwritten; name another folder: staffwright init {} DIR",
            dir.display(),
            there.join(", "),
            args.structure.name(),
        )));
    }
    fs::create_dir_all(dir).map_err(|e| cannot(dir, &e))?;
    for (name, what, text) in files {
        let text = text.replace(BESIDE, INSIDE);
        let directive = if name.ends_with(".toml") {
            DIRECTIVE
        } else {
            ""
        };
        write_new(dir, name, &format!("{directive}{text}"))?;
        writeln!(out, "wrote {}: {what}", dir.join(name).display())?;
    }
    write_new(dir, SCHEMA, &(pretty(&schema()) + "\n"))?;
    let what = "what editors complete and check by";
    writeln!(out, "wrote {}: {what}", dir.join(SCHEMA).display())?;
    let scenario = shell_word(&dir.join("scenario.toml"));
    let plan = shell_word(&dir.join("plan"));
    write!(
        out,
        "\n\
         Change the figures to yours; every mistake, and what to write instead:\n  \
         staffwright check {scenario}\n\
         What customers feel and what it costs:\n  \
         staffwright run {scenario}\n\
         What it takes to keep every promise:\n  \
         staffwright optimize {scenario} --out {plan}\n"
    )?;
    Ok(())
}

fn write_new(dir: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = dir.join(name);
    let file = fs::File::create_new(&path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|e| cannot(&path, &e))
}

fn cannot(path: &Path, why: &io::Error) -> Failure {
    Failure::BadInput(format!("cannot write {}: {why}", path.display()))
}

/// A path as it must be typed: in quotation marks where a shell would take it apart.
fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_organisation_includes_its_customers_from_its_own_folder() {
        for structure in [
            Structure::Startup,
            Structure::ScaleUp,
            Structure::Enterprise,
        ] {
            let [(_, _, organisation), ..] = structure.files();
            assert_eq!(organisation.matches(BESIDE).count(), 1, "{structure:?}");
            assert!(!organisation.replace(BESIDE, INSIDE).contains("\"../"));
        }
    }

    #[test]
    fn paths_are_typed_so_that_a_shell_reads_one_word() {
        assert_eq!(shell_word(Path::new("a/b.toml")), "a/b.toml");
        assert_eq!(shell_word(Path::new("my plan/b.toml")), "'my plan/b.toml'");
        assert_eq!(shell_word(Path::new("it's")), "'it'\\''s'");
    }
}

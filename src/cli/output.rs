//! JSON to standard output, and results to files.

use super::Failure;
use super::options::OutputArgs;
use crate::experiment::Difference;
use crate::experiment::sweep::write_whole;
use crate::report::files::{Part, files};
use crate::report::html::{self, Report};
use crate::report::words::Language;
use serde::Serialize;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Prints one JSON object.
///
/// # Errors
/// [`Failure::Output`] when it cannot be written.
pub fn print_json(value: &impl Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Writes one JSON object to a file of a directory, which is made where it is missing.
///
/// # Errors
/// [`Failure::BadInput`] naming the path that cannot be written.
pub fn write_json(dir: &Path, name: &str, value: &impl Serialize) -> Result<(), Failure> {
    write_file(dir, name, &mut |file| {
        serde_json::to_writer_pretty(&mut *file, value)?;
        writeln!(file)
    })
}

/// Writes the tables, calendars and the spreadsheet of what was played into a directory.
///
/// # Errors
/// [`Failure::BadInput`] naming the path that cannot be written.
pub fn write_files(
    dir: &Path,
    parts: &[Part<'_>],
    differences: &[Difference],
    output: &OutputArgs,
) -> Result<(), Failure> {
    let (files, without) = files(parts, differences, output.locale.into());
    if let Some(why) = without.filter(|_| !output.quiet) {
        eprintln!("results.xlsx is left out: {why}; the CSV files hold the same");
    }
    for file in &files {
        write_file(dir, &file.name, &mut |out| out.write_all(&file.bytes))?;
    }
    Ok(())
}

/// Writes `report.html`, and its charts as SVG into a folder `charts` beside it; both in German where the locale is.
///
/// # Errors
/// As [`write_json`]; [`Failure::Internal`] where the page cannot be put together.
pub fn write_report(dir: &Path, report: &Report, output: &OutputArgs) -> Result<(), Failure> {
    let locale = output.locale;
    let page = html::render(report, locale.language())
        .map_err(|e| Failure::Internal(format!("cannot put the report together: {e:#}")))?;
    write_file(dir, "report.html", &mut |out| {
        out.write_all(page.as_bytes())
    })?;
    let charts = dir.join("charts");
    for picture in report.pictures() {
        let svg = picture.file(locale.language().unwrap_or(Language::English));
        let name = format!("{}.svg", picture.name);
        write_file(&charts, &name, &mut |out| out.write_all(svg.as_bytes()))?;
    }
    if !output.quiet {
        eprintln!("open {} in a browser", dir.join("report.html").display());
    }
    Ok(())
}

/// Writes a file of a directory, which is made where it is missing: beside first and then renamed, so that no half of
/// a result is ever found under its name.
fn write_file(
    dir: &Path,
    name: &str,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let path = dir.join(name);
    let written = fs::create_dir_all(dir).and_then(|()| write_whole(&path, write));
    written.map_err(|e| Failure::BadInput(format!("cannot write {}: {e}", path.display())))
}

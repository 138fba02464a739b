//! JSON to standard output and to files.

use super::Failure;
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

/// Writes one JSON object to a file of a directory, which is made where it is missing: beside first and then renamed,
/// so that no half of a result is ever found under its name.
///
/// # Errors
/// [`Failure::BadInput`] naming the path that cannot be written.
pub fn write_json(dir: &Path, name: &str, value: &impl Serialize) -> Result<(), Failure> {
    let path = dir.join(name);
    let wrong = |e: io::Error| Failure::BadInput(format!("cannot write {}: {e}", path.display()));
    fs::create_dir_all(dir).map_err(wrong)?;
    let beside = dir.join(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create(&beside).and_then(|file| {
        let mut file = io::BufWriter::new(file);
        serde_json::to_writer_pretty(&mut file, value)?;
        writeln!(file)?;
        file.into_inner()?.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&beside, &path));
    if renamed.is_err() {
        // The half file is of no use; if it cannot be removed either, there is nothing better to say than the cause.
        let _ = fs::remove_file(&beside);
    }
    renamed.map_err(wrong)
}

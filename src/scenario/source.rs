//! The files a scenario is made of: read with limits, decoded, kept for messages.

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::node::Span;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Largest scenario document that is read, in bytes. Measured data belongs into data files.
pub const DOCUMENT_LIMIT: u64 = 10_000_000;
/// Data files of this size or more are refused, in bytes.
pub const DATA_LIMIT: u64 = 100_000_000;

/// One file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path as messages show it.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its text, decoded, without a byte-order mark.
    pub text: String,
    /// How it was encoded: `UTF-8`, `UTF-8 with BOM`, `windows-1252`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: &'static str,
}

/// All files read so far; [`Span::file`] is an index into them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text that is at hand and gives its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        let name = name.into();
        self.push(Source {
            path: PathBuf::from(&name),
            name,
            text: text.into(),
            encoding: "UTF-8",
        })
    }

    fn push(&mut self, source: Source) -> u32 {
        self.files.push(source);
        // Fewer files than 2^32 fit into memory.
        (self.files.len() - 1) as u32
    }

    /// All files in the order they were read.
    #[must_use]
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// A file by its index.
    #[must_use]
    pub fn get(&self, file: u32) -> Option<&Source> {
        self.files.get(file as usize)
    }

    /// The text at a place; empty where there is none.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|s| s.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// Line and column of a place, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let before = self
            .get(span.file)
            .and_then(|s| s.text.get(..span.start as usize))
            .unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// The whole line on which a place begins.
    #[must_use]
    pub fn line_of(&self, span: Span) -> Span {
        let text = self.get(span.file).map_or("", |s| s.text.as_str());
        let at = text.floor_char_boundary(span.start as usize);
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        Span {
            file: span.file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// Where a path written in a file leads: paths are relative to the file they stand in.
    #[must_use]
    pub fn resolve(&self, written_in: u32, path: &str) -> PathBuf {
        let folder = self
            .get(written_in)
            .and_then(|s| s.path.parent())
            .unwrap_or(Path::new(""));
        normal(&folder.join(path))
    }

    /// Reads a scenario document: UTF-8, with or without byte-order mark. Mistakes are noted at `at`, the place that
    /// names the file, or nowhere if it was named on the command line. A file is read once.
    pub fn read_document(
        &mut self,
        path: &Path,
        at: Option<Span>,
        diagnostics: &mut Diagnostics,
    ) -> Option<u32> {
        if let Some(known) = self.files.iter().position(|s| s.path == path) {
            return Some(known as u32);
        }
        let bytes = read_limited(path, Use::Document, at, diagnostics)?;
        let (bytes, encoding) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => (rest.to_vec(), "UTF-8 with BOM"),
            None => (bytes, "UTF-8"),
        };
        let source = |text| Source {
            name: path.display().to_string(),
            path: path.to_path_buf(),
            text,
            encoding,
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.push(source(text))),
            Err(error) => {
                // The text up to the bad byte is kept as it is, so its place is the same in the readable copy.
                let start = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[start];
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let utf16 = error.as_bytes().starts_with(b"\xFF\xFE")
                    || error.as_bytes().starts_with(b"\xFE\xFF");
                let file = self.push(source(text));
                let end = start + char::REPLACEMENT_CHARACTER.len_utf8();
                diagnostics.push(not_utf8(
                    byte,
                    utf16,
                    Span {
                        file,
                        start: start as u32,
                        end: end as u32,
                    },
                ));
                None
            }
        }
    }

    /// Reads a data file: UTF-8 or UTF-16 by its byte-order mark, UTF-8 where it is valid, else Windows-1252.
    pub fn read_data(
        &mut self,
        path: &Path,
        at: Option<Span>,
        diagnostics: &mut Diagnostics,
    ) -> Option<u32> {
        if let Some(known) = self.files.iter().position(|s| s.path == path) {
            return Some(known as u32);
        }
        let bytes = read_limited(path, Use::Data, at, diagnostics)?;
        let marked = encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, length)| {
            (
                encoding.name(),
                encoding
                    .decode_without_bom_handling(&bytes[length..])
                    .0
                    .into_owned(),
            )
        });
        if marked.is_none() && bytes.contains(&0) || bytes.starts_with(b"PK\x03\x04") {
            diagnostics.push(not_text(path, bytes.starts_with(b"PK"), at));
            return None;
        }
        let (encoding, text) = match marked {
            Some(("UTF-8", text)) => ("UTF-8 with BOM", text),
            Some(marked) => marked,
            None => match String::from_utf8(bytes) {
                Ok(text) => ("UTF-8", text),
                Err(error) => (
                    "windows-1252",
                    encoding_rs::WINDOWS_1252
                        .decode_without_bom_handling(error.as_bytes())
                        .0
                        .into_owned(),
                ),
            },
        };
        Some(self.push(Source {
            name: path.display().to_string(),
            path: path.to_path_buf(),
            text,
            encoding,
        }))
    }
}

/// What a file is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Document,
    Data,
}

/// A path without `.` and, as far as the text allows, without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let last_is_name = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if last_is_name => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Reads the bytes of a regular file whose size was looked at first.
fn read_limited(
    path: &Path,
    purpose: Use,
    at: Option<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let limit = if purpose == Use::Document {
        DOCUMENT_LIMIT
    } else {
        DATA_LIMIT
    };
    match open(path, limit) {
        Ok(bytes) => Some(bytes),
        Err(why) => {
            diagnostics.push(unread(path, &why, purpose, at));
            None
        }
    }
}

enum Unread {
    Missing,
    Folder,
    /// A pipe, a socket or a device: reading it could wait for ever.
    Special,
    TooLarge(u64),
    Refused(String),
}

fn open(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    let refused = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Unread::Missing,
        std::io::ErrorKind::PermissionDenied => Unread::Refused("you may not read it".into()),
        _ => Unread::Refused(e.to_string()),
    };
    let meta = fs::metadata(path).map_err(refused)?;
    if meta.is_dir() {
        return Err(Unread::Folder);
    }
    if !meta.is_file() {
        return Err(Unread::Special);
    }
    if meta.len() >= limit {
        return Err(Unread::TooLarge(meta.len()));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // It may have grown since its size was asked for.
    let read = fs::File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(refused)?;
    if read as u64 >= limit {
        Err(Unread::TooLarge(read as u64))
    } else {
        Ok(bytes)
    }
}

fn unread(path: &Path, why: &Unread, purpose: Use, at: Option<Span>) -> Diagnostic {
    let name = path.display();
    let (code, message, help) = match why {
        Unread::Missing => {
            let near = similar(path).map(|n| format!("did you mean `{n}`?"));
            let rule = if at.is_some() {
                "paths are relative to the file they are written in"
            } else {
                "give the path of a scenario file"
            };
            (
                "missing-file",
                format!("there is no file `{name}`"),
                near.unwrap_or_else(|| rule.to_string()),
            )
        }
        Unread::Folder => {
            let inner = path.join("scenario.toml");
            let help = if purpose == Use::Document && inner.is_file() {
                format!("did you mean `{}`?", inner.display())
            } else {
                "name a file inside it".to_string()
            };
            (
                "not-a-file",
                format!("`{name}` is a folder, not a file"),
                help,
            )
        }
        Unread::Special => (
            "not-a-file",
            format!("`{name}` is a pipe or a device, not a file"),
            "save its contents in a file first".to_string(),
        ),
        Unread::TooLarge(size) => {
            let limit = if purpose == Use::Document {
                DOCUMENT_LIMIT
            } else {
                DATA_LIMIT
            };
            let help = if purpose == Use::Document {
                "a scenario is a short text; put measured data into CSV files and name them in it"
            } else {
                "keep only the columns and the period that are needed, or sum the rows per interval"
            };
            (
                "file-too-large",
                format!(
                    "`{name}` has {} MB; the limit is {} MB",
                    size.div_ceil(1_000_000),
                    limit / 1_000_000
                ),
                help.to_string(),
            )
        }
        Unread::Refused(reason) => (
            "unreadable-file",
            format!("`{name}` cannot be read: {reason}"),
            "check its permissions".to_string(),
        ),
    };
    Diagnostic {
        code,
        severity: Severity::Error,
        message,
        places: at
            .map(|span| (span, "named here".to_string()))
            .into_iter()
            .collect(),
        help: Some(help),
    }
}

/// A file of a similar name in the same folder.
fn similar(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let names = fs::read_dir(folder)
        .ok()?
        .take(10_000)
        .filter_map(|e| e.ok()?.file_name().into_string().ok());
    let near = super::suggest::nearest(name, names.collect::<Vec<_>>().iter().map(String::as_str))?
        .to_string();
    Some(path.with_file_name(near).display().to_string())
}

fn not_utf8(byte: u8, utf16: bool, span: Span) -> Diagnostic {
    let (as_1252, _) =
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    let message = if utf16 {
        "this file is UTF-16; a scenario is UTF-8 text".to_string()
    } else {
        format!("the byte 0x{byte:02X} is not UTF-8, which a scenario must be")
    };
    let label = if utf16 {
        "a byte-order mark of UTF-16".to_string()
    } else {
        format!("in Windows-1252 this would be `{as_1252}`")
    };
    Diagnostic {
        code: "not-utf8",
        severity: Severity::Error,
        message,
        places: vec![(span, label)],
        help: Some("save the file with the encoding UTF-8".into()),
    }
}

fn not_text(path: &Path, zip: bool, at: Option<Span>) -> Diagnostic {
    let what = if zip {
        "looks like an Excel workbook"
    } else {
        "holds bytes that are no text"
    };
    Diagnostic {
        code: "not-text",
        severity: Severity::Error,
        message: format!("`{}` {what}; a data file is CSV", path.display()),
        places: at
            .map(|span| (span, "named here".to_string()))
            .into_iter()
            .collect(),
        help: Some("save the sheet as \"CSV UTF-8\"".into()),
    }
}

//! The document as a tree that remembers where every value was written.

/// A stretch of one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// Index into the list of source files.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// What TOML can say.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string; quantities with a unit are strings.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date or date-time, as written.
    Date(String),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table in written order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its entries, in the order they were written (a composed file's own entries after its base's).
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }
}

impl Value {
    /// What it is, for messages: `a string`, `a table`, ...
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a point",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

//! The results of a sweep as one table: CSV for people, Parquet for DuckDB, Polars and pandas.
//!
//! One row per run and metric set, in the order of the manifest. The same results give the same bytes, however the
//! sweep was cut, interrupted or repeated.

use crate::experiment::sweep::{
    FIRST_COLUMNS, Header, MIDDLE_COLUMNS, Manifest, Merged, Record, Run, number_columns,
};
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

/// Values of one column, for some rows.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    Count(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
}

impl Column {
    fn text(&mut self, value: Option<String>) {
        if let Self::Text(values) = self {
            values.push(value);
        }
    }

    fn number(&mut self, value: Option<f64>) {
        if let Self::Number(values) = self {
            values.push(value);
        }
    }

    fn count(&mut self, value: u64) {
        if let Self::Count(values) = self {
            values.push(i64::try_from(value).ok());
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Count(v) => v.len(),
            Self::Number(v) => v.len(),
            Self::Text(v) => v.len(),
        }
    }

    fn cell(&self, row: usize) -> String {
        match self {
            Self::Count(v) => v[row].map(|n| n.to_string()),
            Self::Number(v) => v[row].map(|x| x.to_string()),
            Self::Text(v) => v[row].clone(),
        }
        .unwrap_or_default()
    }
}

/// Rows in memory at a time, and in a row group of the Parquet file.
const BATCH: usize = 8192;

/// Names of all columns.
fn names(header: &Header) -> Vec<String> {
    let first = FIRST_COLUMNS.map(str::to_string);
    let dimensions = header.dimensions.iter().map(|d| d.name.clone());
    let middle = MIDDLE_COLUMNS.map(str::to_string);
    first
        .into_iter()
        .chain(dimensions)
        .chain(middle)
        .chain(number_columns())
        .collect()
}

/// An empty batch: a dimension is a column of numbers where all its levels are.
fn empty(header: &Header) -> Vec<Column> {
    let count = || Column::Count(Vec::new());
    let text = || Column::Text(Vec::new());
    let dimensions = header.dimensions.iter().map(|d| match d.unit {
        Some(_) => Column::Number(Vec::new()),
        None => text(),
    });
    let mut columns = vec![count(), text(), text()];
    columns.extend(dimensions);
    columns.extend([count(), count(), text(), text(), text(), text()]);
    columns.extend(number_columns().iter().map(|_| Column::Number(Vec::new())));
    columns
}

/// Adds the rows of a run; one that could not be played has one row that says why.
fn push(columns: &mut [Column], manifest: &Manifest, number: usize, run: &Run, record: Record) {
    let header = &manifest.header;
    let dimensions = header.dimensions.len();
    let none = |set: &str| crate::experiment::sweep::Row {
        set: set.to_string(),
        name: String::new(),
        verdict: None,
        numbers: Vec::new(),
    };
    let rows = if record.infeasible.is_some() {
        vec![none("overall")]
    } else {
        record.rows
    };
    for row in rows {
        columns[0].count(number as u64);
        columns[1].text(Some(run.id.to_string()));
        columns[2].text(Some(header.scenarios[run.scenario].name.clone()));
        for d in 0..dimensions {
            let level = manifest.level(run, d);
            columns[3 + d].number(level.and_then(|l| l.number));
            columns[3 + d].text(level.map(|l| l.label.clone()));
        }
        let middle = &mut columns[3 + dimensions..];
        middle[0].count(header.protocol.seed);
        middle[1].count(record.replications);
        middle[2].text(record.infeasible.clone());
        middle[3].text(Some(row.set));
        middle[4].text(Some(row.name));
        middle[5].text(row.verdict);
        let numbers = row.numbers.iter().copied().chain(std::iter::repeat(None));
        for (column, value) in middle[6..].iter_mut().zip(numbers) {
            column.number(value);
        }
    }
}

/// Walks over all results in batches of rows.
fn in_batches(
    merged: &Merged,
    each: &mut dyn FnMut(&[Column]) -> io::Result<()>,
) -> io::Result<()> {
    let mut columns = empty(&merged.manifest.header);
    for (number, pair) in merged.records().enumerate() {
        let (run, record) = pair?;
        push(&mut columns, &merged.manifest, number + 1, run, record);
        if columns[0].len() >= BATCH {
            each(&columns)?;
            columns = empty(&merged.manifest.header);
        }
    }
    if columns[0].len() > 0 {
        each(&columns)?;
    }
    Ok(())
}

/// Writes the results as CSV, with a header line.
///
/// # Errors
/// When results cannot be read or the table cannot be written.
pub fn write_csv(merged: &Merged, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(names(&merged.manifest.header))?;
    in_batches(merged, &mut |columns| {
        for row in 0..columns[0].len() {
            writer.write_record(columns.iter().map(|c| c.cell(row)))?;
        }
        Ok(())
    })?;
    writer.flush()
}

/// Writes the results as Parquet; the units of dimensions are in the file's metadata as `unit.NAME`.
///
/// # Errors
/// When results cannot be read or the table cannot be written.
pub fn write_parquet(merged: &Merged, out: &mut dyn Write) -> io::Result<()> {
    let header = &merged.manifest.header;
    let schema = schema(header).map_err(io::Error::other)?;
    let units = header.dimensions.iter().filter_map(|d| {
        let unit = d.unit.clone().filter(|u| !u.is_empty())?;
        Some(KeyValue::new(format!("unit.{}", d.name), unit))
    });
    let title = KeyValue::new("title".to_string(), header.title.clone());
    let properties = WriterProperties::builder()
        .set_created_by(format!("staffwright {}", header.version))
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(std::iter::once(title).chain(units).collect()))
        .build();
    // The writer wants to own what it writes to, and to send it; the bytes go on from there in order.
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))
        .map_err(io::Error::other)?;
    in_batches(merged, &mut |columns| {
        let mut group = writer.next_row_group().map_err(io::Error::other)?;
        for column in columns {
            write_column(&mut group, column).map_err(io::Error::other)?;
        }
        group.close().map_err(io::Error::other)?;
        let bytes = writer.inner_mut();
        out.write_all(bytes)?;
        bytes.clear();
        Ok(())
    })?;
    let rest = writer.into_inner().map_err(io::Error::other)?;
    out.write_all(&rest)
}

fn schema(header: &Header) -> parquet::errors::Result<Arc<Type>> {
    let fields = names(header)
        .into_iter()
        .zip(empty(header))
        .map(|(name, column)| {
            let builder = match column {
                Column::Count(_) => Type::primitive_type_builder(&name, Physical::INT64),
                Column::Number(_) => Type::primitive_type_builder(&name, Physical::DOUBLE),
                Column::Text(_) => Type::primitive_type_builder(&name, Physical::BYTE_ARRAY)
                    .with_converted_type(ConvertedType::UTF8),
            };
            let field = builder.with_repetition(Repetition::OPTIONAL).build()?;
            Ok(Arc::new(field))
        })
        .collect::<parquet::errors::Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("sweep")
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(schema))
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    column: &Column,
) -> parquet::errors::Result<()> {
    let Some(mut writer) = group.next_column()? else {
        return Ok(());
    };
    match column {
        Column::Count(values) => {
            let (there, levels) = split(values, |n| *n);
            writer
                .typed::<Int64Type>()
                .write_batch(&there, Some(&levels), None)?;
        }
        Column::Number(values) => {
            let (there, levels) = split(values, |x| *x);
            writer
                .typed::<DoubleType>()
                .write_batch(&there, Some(&levels), None)?;
        }
        Column::Text(values) => {
            let (there, levels) = split(values, |t| ByteArray::from(t.as_bytes().to_vec()));
            writer
                .typed::<ByteArrayType>()
                .write_batch(&there, Some(&levels), None)?;
        }
    }
    writer.close()
}

/// The values that are there, and for every row whether one is.
fn split<T, U>(values: &[Option<T>], convert: impl Fn(&T) -> U) -> (Vec<U>, Vec<i16>) {
    let there = values.iter().flatten().map(convert).collect();
    let levels = values.iter().map(|v| i16::from(v.is_some())).collect();
    (there, levels)
}

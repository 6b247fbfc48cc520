//! The table `sketches` of a run: writing and reading, always Parquet.

use crate::error::{Error, ErrorKind, Locate, Result};
use crate::sketch::{AudienceBasis, BottomK, CreatorSketch};
use arrow_array::builder::{Float64Builder, ListBuilder, StringBuilder, UInt32Builder, UInt64Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Columns in order. The first four are the contract's.
const COLUMNS: [(&str, Kind); 20] = [
    ("creator_id", Kind::Text),
    ("account_hashes", Kind::Counts),
    ("account_weights", Kind::Reals),
    ("total_weight", Kind::Real),
    ("accounts_count", Kind::Count),
    ("basis", Kind::Text),
    ("sampling_share", Kind::Real),
    ("unmeasured_count", Kind::Count),
    ("engager_hashes", Kind::Counts),
    ("engager_weights", Kind::Reals),
    ("engagers_weight", Kind::Real),
    ("engagers_count", Kind::Count),
    ("engagements_count", Kind::Count),
    ("authentic_engagements", Kind::Real),
    ("engagements_per_post", Kind::Real),
    ("engagements_deviation", Kind::Real),
    ("posts_count", Kind::Count),
    ("terms", Kind::Texts),
    ("term_counts", Kind::SmallCounts),
    ("terms_count", Kind::Count),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Real,
    Count,
    Texts,
    Reals,
    Counts,
    SmallCounts,
}

impl Kind {
    fn data_type(self) -> DataType {
        let list = |item: DataType| DataType::List(Arc::new(Field::new("item", item, true)));
        match self {
            Self::Text => DataType::Utf8,
            Self::Real => DataType::Float64,
            Self::Count => DataType::UInt64,
            Self::Texts => list(DataType::Utf8),
            Self::Reals => list(DataType::Float64),
            Self::Counts => list(DataType::UInt64),
            Self::SmallCounts => list(DataType::UInt32),
        }
    }
}

/// The columns of the table.
pub fn sketches_schema() -> SchemaRef {
    let fields: Vec<Field> = COLUMNS.iter().map(|(name, kind)| Field::new(*name, kind.data_type(), true)).collect();
    Arc::new(Schema::new(fields))
}

/// Sketches of creators as one batch.
///
/// # Shape
/// One id a sketch.
///
/// # Panics
/// Where there are not as many ids as sketches.
pub fn sketches_batch(ids: &[&str], sketches: &[CreatorSketch]) -> RecordBatch {
    let count = |of: fn(&CreatorSketch) -> u64| -> ArrayRef { Arc::new(UInt64Array::from_iter_values(sketches.iter().map(of))) };
    let real =
        |of: fn(&CreatorSketch) -> Option<f64>| -> ArrayRef { Arc::new(sketches.iter().map(of).collect::<Float64Array>()) };
    let of_set = |of: fn(&CreatorSketch) -> Option<&BottomK>| -> [ArrayRef; 4] {
        let sets = || sketches.iter().map(of);
        [
            lists(sets(), UInt64Builder::new(), |builder, set| set.kept().iter().for_each(|one| builder.append_value(one.key))),
            lists(sets(), Float64Builder::new(), |builder, set| {
                set.kept().iter().for_each(|one| builder.append_value(one.weight))
            }),
            Arc::new(sets().map(|set| set.map(BottomK::total_weight)).collect::<Float64Array>()),
            Arc::new(sets().map(|set| set.map(BottomK::count)).collect::<UInt64Array>()),
        ]
    };
    let terms = || sketches.iter().map(|sketch| (!sketch.terms.is_empty()).then_some(&sketch.terms));
    let bases: StringArray = sketches.iter().map(|sketch| Some(sketch.basis.word())).collect();
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(ids.iter().map(|id| Some(*id)).collect::<StringArray>())];
    arrays.extend(of_set(|sketch| sketch.audience.as_ref()));
    arrays.extend([Arc::new(bases) as ArrayRef, real(|sketch| sketch.sampling_share), count(|sketch| sketch.unmeasured_count)]);
    arrays.extend(of_set(|sketch| sketch.engagers.as_ref()));
    arrays.extend([
        count(|sketch| sketch.engagements_count),
        real(|sketch| Some(sketch.authentic_engagements)),
        real(|sketch| sketch.engagements_per_post),
        real(|sketch| sketch.engagements_deviation),
        count(|sketch| sketch.posts_count),
        lists(terms(), StringBuilder::new(), |builder, terms| terms.iter().for_each(|(term, _)| builder.append_value(term))),
        lists(terms(), UInt32Builder::new(), |builder, terms| terms.iter().for_each(|(_, count)| builder.append_value(*count))),
        count(|sketch| sketch.terms_count),
    ]);
    RecordBatch::try_new(sketches_schema(), arrays).expect("arrays were made after the schema, of one length")
}

fn lists<T, B: arrow_array::builder::ArrayBuilder>(
    values: impl Iterator<Item = Option<T>>,
    items: B,
    mut fill: impl FnMut(&mut B, T),
) -> ArrayRef {
    let mut builder = ListBuilder::new(items);
    for value in values {
        let is_there = value.is_some();
        if let Some(value) = value {
            fill(builder.values(), value);
        }
        builder.append(is_there);
    }
    Arc::new(builder.finish())
}

/// Reads the sketches of a run with the ids of their creators.
///
/// # Errors
/// `MissingTable` where the run has none, `MissingColumn` where it was written before sketches were, `Malformed` for anything else.
pub fn read_sketches(run: &Path) -> Result<Vec<(String, CreatorSketch)>> {
    let path = run.join("sketches.parquet");
    if !path.is_file() {
        let why = "the shortlist counts each person once by it; score the dataset again";
        return Err(Error::new(ErrorKind::MissingTable { table: "sketches", why }).at_file(run));
    }
    let malformed = |error: &dyn std::fmt::Display| Error::malformed("a table of sketches", error).at_file(&path);
    let file = File::open(&path).at_file(&path)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| malformed(&error))?;
    check_columns(reader.schema()).map_err(|error| error.at_file(&path))?;
    let mut found = Vec::new();
    for batch in reader.build().map_err(|error| malformed(&error))? {
        let rows = Rows { batch: batch.map_err(|error| malformed(&error))? };
        for row in 0..rows.batch.num_rows() {
            let sketch =
                rows.sketch(row).ok_or_else(|| malformed(&"sizes or weights that no sketch has").at_row(row as u64 + 1))?;
            found.push((rows.text(0, row).unwrap_or_default().to_owned(), sketch));
        }
    }
    Ok(found)
}

fn check_columns(schema: &Schema) -> Result<()> {
    let found: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    for (place, (name, kind)) in COLUMNS.iter().enumerate() {
        let Some(field) = schema.fields().get(place).filter(|field| field.name() == name) else {
            let hint = "; the run was written by another version: score the dataset again".to_owned();
            return Err(Error::new(ErrorKind::MissingColumn { column: (*name).to_owned(), found: found.join(", "), hint }));
        };
        if !is_like(field.data_type(), &kind.data_type()) {
            return Err(Error::malformed("a table of sketches", format!("column `{name}` is {}", field.data_type())));
        }
    }
    Ok(())
}

/// Equal but for the name of a list's items.
fn is_like(a: &DataType, b: &DataType) -> bool {
    match (a, b) {
        (DataType::List(a), DataType::List(b)) => a.data_type() == b.data_type(),
        _ => a == b,
    }
}

/// One batch, by the places of [`COLUMNS`].
struct Rows {
    batch: RecordBatch,
}

impl Rows {
    fn sketch(&self, row: usize) -> Option<CreatorSketch> {
        let words: Vec<String> = self.list(17, row).map_or_else(Vec::new, |list| {
            list.as_string::<i32>().iter().map(|word| word.unwrap_or_default().to_owned()).collect()
        });
        let counts: Vec<u32> =
            self.list(18, row).map_or_else(Vec::new, |list| list.as_primitive::<UInt32Type>().values().to_vec());
        let is_number = |value: f64| value.is_finite() && value >= 0.0;
        let sketch = CreatorSketch {
            audience: self.set(1, row).ok()?,
            basis: self.text(5, row).and_then(AudienceBasis::from_word)?,
            sampling_share: self.real(6, row),
            unmeasured_count: self.count(7, row)?,
            engagers: self.set(8, row).ok()?,
            engagements_count: self.count(12, row)?,
            authentic_engagements: self.real(13, row)?,
            engagements_per_post: self.real(14, row),
            engagements_deviation: self.real(15, row),
            posts_count: self.count(16, row)?,
            terms_count: self.count(19, row)?,
            terms: if words.len() == counts.len() { words.into_iter().zip(counts).collect() } else { return None },
        };
        let numbers = [sketch.engagements_per_post, sketch.engagements_deviation, Some(sketch.authentic_engagements)];
        let has_share = sketch.sampling_share.is_none_or(|share| share > 0.0 && share <= 1.0);
        let is_sound = numbers.into_iter().flatten().all(is_number) && has_share;
        (is_sound && (sketch.basis == AudienceBasis::Random) == sketch.sampling_share.is_some()).then_some(sketch)
    }

    /// A set in four columns; `Err` where they do not fit together.
    fn set(&self, first: usize, row: usize) -> Result<Option<BottomK>, ()> {
        let (Some(keys), Some(weights)) = (self.list(first, row), self.list(first + 1, row)) else { return Ok(None) };
        let (total, count) = (self.real(first + 2, row).ok_or(())?, self.count(first + 3, row).ok_or(())?);
        let (keys, weights) = (keys.as_primitive::<UInt64Type>(), weights.as_primitive::<Float64Type>());
        if keys.null_count() + weights.null_count() > 0 {
            return Err(());
        }
        BottomK::from_parts(keys.values(), weights.values(), count, total).map(Some).ok_or(())
    }

    fn column(&self, place: usize, row: usize) -> Option<&ArrayRef> {
        Some(self.batch.column(place)).filter(|column| !column.is_null(row))
    }

    fn list(&self, place: usize, row: usize) -> Option<ArrayRef> {
        self.column(place, row).map(|column| column.as_list::<i32>().value(row))
    }

    fn text(&self, place: usize, row: usize) -> Option<&str> {
        self.column(place, row).map(|column| column.as_string::<i32>().value(row))
    }

    fn real(&self, place: usize, row: usize) -> Option<f64> {
        self.column(place, row).map(|column| column.as_primitive::<Float64Type>().value(row))
    }

    fn count(&self, place: usize, row: usize) -> Option<u64> {
        self.column(place, row).map(|column| column.as_primitive::<UInt64Type>().value(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Format, TableWriter};

    fn examples() -> Vec<CreatorSketch> {
        let set = |from: u64, n: u64, size| {
            BottomK::of((from..from + n).map(|item| (item.wrapping_mul(0x9e37_79b9_7f4a_7c15), 0.5)), size)
        };
        vec![
            CreatorSketch {
                audience: Some(set(0, 50, 10)),
                basis: AudienceBasis::Random,
                sampling_share: Some(0.25),
                unmeasured_count: 3,
                engagers: Some(set(9, 4, 10)),
                engagements_count: 7,
                authentic_engagements: 3.5,
                engagements_per_post: Some(120.0),
                engagements_deviation: None,
                posts_count: 1,
                terms: vec![("art".into(), 2), ("vegan".into(), 1)],
                terms_count: 9,
            },
            CreatorSketch::default(),
        ]
    }

    fn write(folder: &Path, batch: &RecordBatch) {
        let mut writer = TableWriter::create(folder, "sketches", batch.schema(), Format::Parquet).unwrap();
        writer.write(batch).unwrap();
        writer.finish().unwrap();
    }

    #[test]
    fn what_is_written_reads_back() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &sketches_batch(&["a", "b"], &examples()));
        let read = read_sketches(place.path()).unwrap();
        let [first, second]: [CreatorSketch; 2] = examples().try_into().unwrap();
        assert_eq!(read, vec![("a".to_owned(), first), ("b".to_owned(), second)]);
    }

    #[test]
    fn absent_older_and_damaged_tables_are_told_apart() {
        let place = tempfile::tempdir().unwrap();
        let kind = || read_sketches(place.path()).unwrap_err();
        assert!(matches!(kind().kind(), ErrorKind::MissingTable { table: "sketches", .. }));
        let batch = sketches_batch(&["a", "b"], &examples());
        write(place.path(), &batch.project(&[0, 1, 2, 3]).unwrap());
        assert!(kind().to_string().contains("score the dataset again"), "{}", kind());
        std::fs::write(place.path().join("sketches.parquet"), b"PAR1 nonsense").unwrap();
        assert!(matches!(kind().kind(), ErrorKind::Malformed { .. }));
        std::fs::remove_file(place.path().join("sketches.parquet")).unwrap();
        let mut columns = batch.columns().to_vec();
        columns[4] = Arc::new(UInt64Array::from(vec![Some(1), None]));
        write(place.path(), &RecordBatch::try_new(batch.schema(), columns).unwrap());
        assert!(matches!(kind().kind(), ErrorKind::Malformed { .. }), "fewer accounts than are kept");
    }
}

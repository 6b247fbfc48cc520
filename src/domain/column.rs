//! Columns with missing values, indexed by dense id.

use fixedbitset::FixedBitSet;
use std::fmt;

/// Values of one field, one slot an id; a slot may be missing. Grows on `set`.
///
/// # Examples
/// ```
/// use bonafide::domain::Column;
/// let mut followers = Column::default();
/// followers.set(2, 17_u64);
/// assert_eq!((followers.get(2), followers.get(0), followers.get(99)), (Some(17), None, None));
/// ```
#[derive(Clone, Default)]
pub struct Column<T> {
    values: Vec<T>,
    present: FixedBitSet,
}

impl<T: Copy + Default> Column<T> {
    /// The value of a slot; `None` where it is missing or was never set.
    pub fn get(&self, index: usize) -> Option<T> {
        self.present.contains(index).then(|| self.values[index])
    }

    /// Sets the value of a slot.
    pub fn set(&mut self, index: usize, value: T) {
        if index >= self.values.len() {
            self.values.resize(index + 1, T::default());
        }
        if index >= self.present.len() {
            self.present.grow(self.values.capacity());
        }
        self.values[index] = value;
        self.present.insert(index);
    }

    /// Sets or clears the value of a slot.
    pub fn put(&mut self, index: usize, value: Option<T>) {
        match value {
            Some(value) => self.set(index, value),
            None => self.clear(index),
        }
    }

    /// Makes a slot missing.
    pub fn clear(&mut self, index: usize) {
        if index < self.present.len() {
            self.present.set(index, false);
        }
    }

    /// How many slots hold a value.
    pub fn present_count(&self) -> usize {
        self.present.count_ones(..)
    }

    /// Whether no slot holds a value.
    pub fn is_absent(&self) -> bool {
        self.present.is_clear()
    }
}

impl<T: Copy + Default + fmt::Debug> fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.present.maximum().map_or(0, |last| last + 1);
        f.debug_list().entries((0..end).map(|index| self.get(index))).finish()
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Column<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(iter: I) -> Self {
        let mut column = Self::default();
        for (index, value) in iter.into_iter().enumerate() {
            if let Some(value) = value {
                column.set(index, value);
            }
        }
        column
    }
}

/// Texts of one field, one slot an id, in one buffer. Replacing a text leaves the old bytes unused.
///
/// # Examples
/// ```
/// use bonafide::domain::TextColumn;
/// let mut bio = TextColumn::default();
/// bio.set(1, "tea & bikes");
/// assert_eq!((bio.get(1), bio.get(0)), (Some("tea & bikes"), None));
/// ```
#[derive(Clone, Default)]
pub struct TextColumn {
    bytes: String,
    spans: Column<(u64, u32)>,
}

impl TextColumn {
    /// The text of a slot; `None` where it is missing.
    pub fn get(&self, index: usize) -> Option<&str> {
        let (start, length) = self.spans.get(index)?;
        let start = start as usize;
        self.bytes.get(start..start + length as usize)
    }

    /// Sets the text of a slot (cut at 4 GiB).
    pub fn set(&mut self, index: usize, text: &str) {
        let start = self.bytes.len() as u64;
        self.bytes.push_str(text);
        self.spans.set(index, (start, u32::try_from(text.len()).unwrap_or(u32::MAX)));
    }

    /// Sets or clears the text of a slot.
    pub fn put(&mut self, index: usize, text: Option<&str>) {
        match text {
            Some(text) => self.set(index, text),
            None => self.spans.clear(index),
        }
    }

    /// How many slots hold a text.
    pub fn present_count(&self) -> usize {
        self.spans.present_count()
    }

    /// Whether no slot holds a text.
    pub fn is_absent(&self) -> bool {
        self.spans.is_absent()
    }
}

impl fmt::Debug for TextColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.spans.present.maximum().map_or(0, |last| last + 1);
        f.debug_list().entries((0..end).map(|index| self.get(index))).finish()
    }
}

impl<'a> FromIterator<Option<&'a str>> for TextColumn {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(iter: I) -> Self {
        let mut column = Self::default();
        for (index, text) in iter.into_iter().enumerate() {
            if let Some(text) = text {
                column.set(index, text);
            }
        }
        column
    }
}

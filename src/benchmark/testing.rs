//! Invented labelled sets.

use crate::domain::{DatasetBuilder, Label, Manifest, Platform, Table};
use crate::training::LabelledSet;
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use std::sync::Arc;

/// A family of a set: its label and how many accounts it has.
pub(super) type Family = (&'static str, Label, usize);

/// A set of families; fakes follow more, are followed less and rarely have a picture, with plenty of exceptions.
pub(super) fn set(name: &str, platform: Platform, families: &[Family]) -> LabelledSet {
    let mut builder = DatasetBuilder::new(Manifest { platform: Some(platform), ..Manifest::default() });
    for (family, label, n) in families {
        let ids: Vec<String> = (0..*n).map(|i| format!("{family}-{}-{i}", label.word())).collect();
        let is_fake = *label == Label::Fake;
        // Spread without chance: a stride that is no divisor walks through all values.
        let spread = |i: usize, stride: usize| ((i * stride + family.len()) % 97) as u64;
        let counts = |of: &dyn Fn(usize) -> u64| Arc::new(UInt64Array::from_iter_values((0..*n).map(of))) as ArrayRef;
        let texts = |texts: Vec<String>| Arc::new(StringArray::from(texts)) as ArrayRef;
        let handles =
            (0..*n).map(|i| if is_fake { format!("x{}q{i}", spread(i, 31)) } else { format!("anna{}", "b".repeat(i % 7)) });
        let avatars: Vec<bool> = (0..*n).map(|i| spread(i, 13) < if is_fake { 40 } else { 90 }).collect();
        let accounts = RecordBatch::try_from_iter([
            ("account_id", texts(ids.clone())),
            ("handle", texts(handles.collect())),
            ("has_avatar", Arc::new(BooleanArray::from(avatars)) as ArrayRef),
            ("followers", counts(&|i| spread(i, 17) * if is_fake { 2 } else { 9 })),
            ("following", counts(&|i| spread(i, 23) * if is_fake { 20 } else { 6 })),
            ("posts", counts(&|i| spread(i, 29) / if is_fake { 8 } else { 1 })),
            ("bio_length", counts(&|i| spread(i, 37) / 2)),
        ]);
        builder.push(Table::Accounts, &accounts.unwrap());
        let labels = RecordBatch::try_from_iter([
            ("subject", texts(vec!["account".to_owned(); *n])),
            ("id", texts(ids)),
            ("label", texts(vec![label.word().to_owned(); *n])),
            ("source", texts(vec![(*family).to_owned(); *n])),
        ]);
        builder.push(Table::Labels, &labels.unwrap());
    }
    LabelledSet { name: name.to_owned(), dataset: builder.finish() }
}

/// Three sets with both classes, two of them with the names of sets that have protocols of their own, one on another platform.
pub(super) fn three_sets() -> Vec<LabelledSet> {
    [("srf", Platform::Instagram), ("instafake", Platform::Instagram), ("elsewhere", Platform::X)]
        .into_iter()
        .map(|(name, platform)| set(name, platform, &[(name, Label::Fake, 60), (name, Label::Genuine, 80)]))
        .collect()
}

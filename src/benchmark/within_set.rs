//! The additive model fitted within one labelled set: more signals than generalise between sets, and one pair.

use crate::domain::Label;
use crate::error::Result;
use crate::model::{AdditiveModel, AdditiveParams, Ramps, Scale, TrainingRow};
use crate::signals::{SignalTable, Trend};
use crate::text::HandleModel;
use crate::training::LabelledRows;
use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, Axis};

const SURPRISE: &str = "audience.handle_surprise";

type Column = (&'static str, Scale, &'static [f64], Trend);

/// The signals taken as measured, with their knots.
const SIGNALS: [Column; 13] = [
    ("audience.avatar", Scale::Linear, &[0.0, 1.0], Trend::Decreasing),
    ("audience.followers", Scale::Log1p, &[0.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 10_000.0], Trend::Decreasing),
    ("audience.following", Scale::Log1p, &[0.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 2_000.0, 7_500.0], Trend::Free),
    ("audience.posts", Scale::Log1p, &[0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0], Trend::Decreasing),
    ("audience.following_ratio", Scale::Log, &E_POWERS, Trend::Increasing),
    ("audience.bio_length", Scale::Log1p, &[0.0, 1.0, 20.0, 60.0, 150.0], Trend::Decreasing),
    ("audience.handle_digits", Scale::Linear, &[0.0, 0.1, 0.2, 0.3, 0.45, 0.7], Trend::Increasing),
    (SURPRISE, Scale::Linear, &[2.0, 2.4, 2.8, 3.2, 3.8], Trend::Increasing),
    ("audience.private", Scale::Linear, &[0.0, 1.0], Trend::Free),
    ("audience.handle_length", Scale::Linear, &[4.0, 8.0, 12.0, 16.0, 22.0], Trend::Free),
    ("audience.handle_trailing_digits", Scale::Linear, &[0.0, 1.0, 2.0, 4.0, 6.0], Trend::Increasing),
    ("audience.handle_separators", Scale::Linear, &[0.0, 1.0, 2.0, 3.0], Trend::Free),
    ("audience.handle_evenness", Scale::Linear, &[0.7, 0.85, 0.95, 1.0], Trend::Free),
];
/// e⁻² to e⁵: the knots of a ratio, one a unit of its logarithm.
const E_POWERS: [f64; 8] = [
    0.135_335_283_236_612_7,
    0.367_879_441_171_442_3,
    1.0,
    std::f64::consts::E,
    7.389_056_098_930_65,
    20.085_536_923_187_668,
    54.598_150_033_144_236,
    148.413_159_102_576_6,
];
/// ln(1 + following) − ln(1 + posts), the same of followers, and how many of posts, biography and picture are lacking.
const DERIVED: [(&[f64], Trend); 3] = [
    (&[-3.0, -1.0, 1.0, 3.0, 5.0], Trend::Increasing),
    (&[-3.0, -1.0, 1.0, 3.0], Trend::Decreasing),
    (&[0.0, 1.0, 2.0, 3.0], Trend::Increasing),
];
/// Knots of the pair: few posts, and many followed.
const PAIR_POSTS: [f64; 4] = [0.0, 3.0, 30.0, 300.0];
const PAIR_FOLLOWING: [f64; 4] = [30.0, 300.0, 1_000.0, 3_000.0];
const N_PAIR: usize = (PAIR_POSTS.len() - 1) * (PAIR_FOLLOWING.len() - 1);

/// One labelled set with everything measured that does not depend on a split.
pub(super) struct OwnSet<'a> {
    values: Array2<f64>,
    handles: Vec<Option<&'a str>>,
    labels: Vec<Label>,
}

impl<'a> OwnSet<'a> {
    pub(super) fn new(rows: &'a LabelledRows, members: &[usize]) -> Result<Self> {
        let table = rows.table(members, &HandleModel::default());
        let n_columns = SIGNALS.len() + DERIVED.len() + N_PAIR;
        let mut values = Array2::from_elem((members.len(), n_columns), f64::NAN);
        for (row, mut slots) in values.rows_mut().into_iter().enumerate() {
            slots.iter_mut().zip(cells(&table, row)?).for_each(|(slot, value)| *slot = value);
        }
        Ok(Self {
            values,
            handles: members.iter().map(|&row| rows.handle(row)).collect(),
            labels: members.iter().map(|&row| rows.labels()[row]).collect(),
        })
    }

    pub(super) fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Rows with one and the same profile share a number.
    pub(super) fn groups(&self) -> Vec<u64> {
        let mut known = std::collections::BTreeMap::new();
        let key =
            |row: usize| (self.values.row(row).iter().map(|value| value.to_bits()).collect::<Vec<u64>>(), self.handles[row]);
        (0..self.labels.len())
            .map(|row| {
                let next = known.len() as u64;
                *known.entry(key(row)).or_insert(next)
            })
            .collect()
    }

    /// Decision values of the rows `test` by a model fitted on the rows `train`, handle statistics included.
    ///
    /// # Errors
    /// As the fit of [`AdditiveParams`].
    pub(super) fn decisions(&self, train: &[usize], test: &[usize]) -> Result<Vec<f64>> {
        let genuine = train.iter().filter(|&&row| self.labels[row] == Label::Genuine);
        let handles = HandleModel::fit(genuine.filter_map(|&row| self.handles[row]));
        let rows = train.iter().map(|&row| TrainingRow { label: self.labels[row], domain: 0, weight: 1.0 });
        let targets = Array1::from_iter(rows);
        let known = |row: usize| {
            let handle = self.handles[row]?;
            if self.labels[row] == Label::Genuine { handles.surprise_left_out(handle) } else { handles.surprise(handle) }
        };
        let records = self.records(train, known);
        let model: AdditiveModel = AdditiveParams::new(terms()?).check()?.fit(&DatasetBase::new(records, targets))?;
        Ok(model.predict(&self.records(test, |row| handles.surprise(self.handles[row]?))).to_vec())
    }

    fn records(&self, rows: &[usize], surprise: impl Fn(usize) -> Option<f64>) -> Array2<f64> {
        let column = SIGNALS.iter().position(|(id, ..)| *id == SURPRISE).expect("the surprise is among the signals");
        let mut records = self.values.select(Axis(0), rows);
        for (place, &row) in rows.iter().enumerate() {
            records[[place, column]] = surprise(row).unwrap_or(f64::NAN);
        }
        records
    }
}

/// One term a column; products of the pair are numbers within 0..=1, whose only ramp is themselves.
fn terms() -> Result<Vec<Ramps>> {
    let signals = SIGNALS.iter().map(|&(_, scale, knots, trend)| Ramps::new(scale, knots, trend));
    let derived = DERIVED.iter().map(|&(knots, trend)| Ramps::new(Scale::Linear, knots, trend));
    let pair = (0..N_PAIR).map(|_| Ramps::new(Scale::Linear, &[0.0, 1.0], Trend::Increasing));
    signals.chain(derived).chain(pair).collect()
}

fn cells(table: &SignalTable, row: usize) -> Result<Vec<f64>> {
    let value = |id: &str| table.column_of(id).and_then(|column| table.get(row, column));
    let mut cells: Vec<Option<f64>> = SIGNALS.iter().map(|(id, ..)| value(id).filter(|_| *id != SURPRISE)).collect();
    let [followers, following, posts] = ["audience.followers", "audience.following", "audience.posts"].map(value);
    let log_ratio = |above: Option<f64>| Some(above?.ln_1p() - posts?.ln_1p());
    let lacks = |id: &str| value(id).map(|value| f64::from(u8::from(value == 0.0)));
    let empty = || Some(lacks("audience.posts")? + lacks("audience.bio_length")? + lacks("audience.avatar")?);
    cells.extend([log_ratio(following), log_ratio(followers), empty()]);
    let few = ramps(&PAIR_POSTS)?.map(posts, |ramp| 1.0 - ramp);
    let many = ramps(&PAIR_FOLLOWING)?.map(following, |ramp| ramp);
    cells.extend(few.iter().flat_map(|few| many.iter().map(|many| Some((*few)? * (*many)?))));
    Ok(cells.into_iter().map(|cell| cell.unwrap_or(f64::NAN)).collect())
}

/// Ramps of one side of the pair.
struct Side(Ramps);

fn ramps(knots: &[f64]) -> Result<Side> {
    Ok(Side(Ramps::new(Scale::Log1p, knots, Trend::Free)?))
}

impl Side {
    fn map(&self, value: Option<f64>, of: impl Fn(f64) -> f64) -> Vec<Option<f64>> {
        let mut out = vec![0.0; self.0.count()];
        let Some(value) = value else { return vec![None; out.len()] };
        self.0.fill(value, &mut out);
        out.into_iter().map(|ramp| Some(of(ramp))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::testing::three_sets;
    use crate::statistics::auc;

    #[test]
    fn ranks_rows_that_it_was_not_fitted_on() {
        let rows = LabelledRows::gather(&three_sets()[..1]);
        let members: Vec<usize> = (0..rows.len()).collect();
        let set = OwnSet::new(&rows, &members).unwrap();
        let (train, test): (Vec<usize>, Vec<usize>) = members.iter().partition(|&&row| row % 2 == 0);
        let labels: Vec<Label> = test.iter().map(|&row| set.labels()[row]).collect();
        let area = auc(&set.decisions(&train, &test).unwrap(), &labels).unwrap();
        assert!(area > 0.9, "{area}");
        assert_eq!(set.groups().len(), members.len());
    }

    #[test]
    fn derived_columns_by_hand() {
        let rows = LabelledRows::gather(&three_sets()[..1]);
        let table = rows.table(&[0], &HandleModel::default());
        let value = |id: &str| table.get(0, table.column_of(id).unwrap()).unwrap();
        let cells = cells(&table, 0).unwrap();
        let (followers, following, posts) = (value("audience.followers"), value("audience.following"), value("audience.posts"));
        let derived = &cells[SIGNALS.len()..SIGNALS.len() + DERIVED.len()];
        assert!((derived[0] - ((1.0 + following) / (1.0 + posts)).ln()).abs() < 1e-12);
        assert!((derived[1] - ((1.0 + followers) / (1.0 + posts)).ln()).abs() < 1e-12);
        assert!(cells[SIGNALS.len() + DERIVED.len()..].iter().all(|product| (0.0..=1.0).contains(product)));
        assert_eq!(cells.len(), SIGNALS.len() + DERIVED.len() + N_PAIR);
    }
}

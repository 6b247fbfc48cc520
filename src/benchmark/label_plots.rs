//! Pictures of how well labels are told: reliability and operating points.

use super::world::{Axis, Curve, Plot};
use crate::domain::Label;
use crate::statistics::{reliability, roc};

/// Most bins of a reliability diagram, and fewest cases in one.
const BINS: (usize, usize) = (10, 20);
/// Most points of a curve of operating points; beyond it thinned, ends kept.
const N_POINTS: usize = 200;

/// Probabilities beside labels, under a name.
pub(super) struct Stated<'a> {
    pub name: String,
    pub probabilities: &'a [f64],
    pub labels: &'a [Label],
}

/// Where probabilities lie beside what was observed, and what thresholds find beside whom they accuse. A curve needs both classes, and two bins of
/// twenty; where none has that, there is no plot.
pub(super) fn label_plots(stated: &[Stated<'_>]) -> Vec<Plot> {
    let observed: Vec<Curve> = stated.iter().filter_map(reliability_curve).collect();
    let found: Vec<Curve> = stated.iter().filter_map(roc_curve).collect();
    let diagonal = |name: &str| Curve { name: name.to_owned(), is_simulated: false, points: vec![(0.0, 0.0), (1.0, 1.0)] };
    let plot = |name, title, (across, upright), curves: Vec<Curve>, beside: Curve| {
        let curves = curves.into_iter().chain([beside]).collect();
        Plot { name, title, across: (across, Axis::Linear), upright: (upright, Axis::Linear), curves }
    };
    let mut plots = Vec::new();
    if !observed.is_empty() {
        let axes = ("stated probability", "share that is fake");
        plots.push(plot("reliability", "Probabilities beside what was observed", axes, observed, diagonal("as stated")));
    }
    if !found.is_empty() {
        let axes = ("share of genuine ones called fake", "share of fakes found");
        plots.push(plot("roc", "What thresholds find, and whom they accuse", axes, found, diagonal("by chance")));
    }
    plots
}

fn reliability_curve(stated: &Stated<'_>) -> Option<Curve> {
    let n_bins = (stated.labels.len() / BINS.1).min(BINS.0);
    let bins = reliability(stated.probabilities, stated.labels, n_bins);
    let points: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.stated, bin.observed)).collect();
    let name = format!("{} (n = {})", stated.name, stated.labels.len());
    (n_bins >= 2 && points.len() >= 2).then_some(Curve { name, is_simulated: false, points })
}

fn roc_curve(stated: &Stated<'_>) -> Option<Curve> {
    let all: Vec<(f64, f64)> =
        roc(stated.probabilities, stated.labels).iter().map(|point| (1.0 - point.specificity, point.sensitivity)).collect();
    let last = all.len().checked_sub(1).filter(|last| *last > 0)?;
    let kept = all.len().min(N_POINTS);
    let points = (0..kept).map(|slot| all[slot * last / (kept - 1)]).collect();
    Some(Curve { name: stated.name.clone(), is_simulated: false, points })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    #[test]
    fn curves_hold_what_was_stated_and_observed() {
        let probabilities: Vec<f64> = (0..40).map(|row| if row < 20 { 0.1 } else { 0.8 }).collect();
        let labels: Vec<Label> =
            (0..40).map(|row| if row % 20 < if row < 20 { 5 } else { 18 } { Fake } else { Genuine }).collect();
        let plots = label_plots(&[Stated { name: "all".into(), probabilities: &probabilities, labels: &labels }]);
        assert_eq!(plots.iter().map(|plot| plot.name).collect::<Vec<_>>(), ["reliability", "roc"]);
        let rounded = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
            points.iter().map(|(x, y)| ((x * 1e9).round() / 1e9, (y * 1e9).round() / 1e9)).collect()
        };
        // 5 of 20 and 18 of 20 are fake.
        assert_eq!(rounded(&plots[0].curves[0].points), [(0.1, 0.25), (0.8, 0.9)]);
        // Of 23 fakes 18 lie at .8, of 17 genuine ones 2.
        assert_eq!(rounded(&plots[1].curves[0].points)[1], ((2e9_f64 / 17.0).round() / 1e9, (18e9_f64 / 23.0).round() / 1e9));
        assert_eq!(plots[1].curves[0].points[2], (1.0, 1.0));
    }

    #[test]
    fn one_class_and_few_cases_give_no_picture() {
        let stated = |labels: &'static [Label]| Stated { name: "all".into(), probabilities: &[0.5, 0.6], labels };
        assert!(label_plots(&[stated(&[Fake, Fake])]).is_empty());
        assert_eq!(label_plots(&[stated(&[Fake, Genuine])]).len(), 1);
    }
}

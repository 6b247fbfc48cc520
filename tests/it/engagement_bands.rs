//! The bands of engagement that ship are those that the data give.

use crate::real_data;
use bonafide::signals::EngagementBands;
use bonafide::tables::reference::load_engagement_data;
use bonafide::training::train_engagement_bands;

#[test]
fn the_shipped_bands_are_fitted_anew_from_the_data() {
    let Some(folder) = real_data::folder("engagement_bands") else { return };
    let fitted = train_engagement_bands(&load_engagement_data(&folder).unwrap());
    let shipped = EngagementBands::embedded().unwrap();
    assert_eq!(fitted.pieces.len(), shipped.pieces.len());
    for (fitted, shipped) in fitted.pieces.iter().zip(&shipped.pieces) {
        assert_eq!(
            (&fitted.signal, fitted.followers, fitted.n_creators),
            (&shipped.signal, shipped.followers, shipped.n_creators)
        );
        for (own, printed) in fitted.lines.iter().flatten().zip(shipped.lines.iter().flatten()) {
            assert!((own - printed).abs() < 1e-3, "{} of {}: {own} against {printed}", shipped.signal, shipped.platform);
        }
    }
    assert_eq!(fitted.categories.len(), shipped.categories.len());
}

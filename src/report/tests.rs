//! Whole reports: reviewed copies, and what holds for any text.

use super::fixture::{Fixture, Names};
use super::render_html;

#[test]
fn writes_a_page_to_look_at() {
    std::fs::write(std::env::temp_dir().join("bonafide-report.html"), render_html(&Fixture::new(&Names::default()).report()))
        .unwrap();
}

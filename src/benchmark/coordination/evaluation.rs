//! The parts of the evaluation, each measured when it is asked for.

use super::{
    Background, CoordinationData, CoordinationSettings, alarms, evidence, fake_stars, innocents, markets, named_deliveries,
    on_posts, phase_diagram, untimed, verdicts,
};
use crate::benchmark::{EvaluationReport, EvaluationTable, HeatMap};
use crate::error::Result;
use crate::scoring::GroupEvidence;

/// A part of the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoordinationPart {
    /// What is called where nobody is known to have ordered anything.
    Alarms,
    /// Deliveries that have a bar to meet.
    Deliveries,
    /// People who were called together, beside deliveries of like shape.
    Innocents,
    /// Creators called in simulated markets.
    Markets,
    /// Accounts that act together on posts: alarms, deliveries, markets.
    Posts,
    /// What group evidence does to scores.
    Evidence,
    /// Verdicts on creators to whom people were called together.
    Verdicts,
    /// Real fake stars in organic graphs.
    Stars,
    /// Blocks in a graph without times.
    Untimed,
    /// Where groups are found and where not.
    Phase,
}

impl CoordinationPart {
    /// All of them, as they are published.
    pub const ALL: [Self; 10] = [
        Self::Deliveries,
        Self::Alarms,
        Self::Innocents,
        Self::Markets,
        Self::Posts,
        Self::Evidence,
        Self::Verdicts,
        Self::Stars,
        Self::Untimed,
        Self::Phase,
    ];
}

/// Measures how well lockstep groups are found and how often they are called where there are none.
#[derive(Debug)]
pub struct CoordinationEvaluation<'a> {
    data: &'a CoordinationData,
    settings: CoordinationSettings,
    /// Drawn when first needed.
    backgrounds: Vec<Background>,
    tables: Vec<EvaluationTable>,
    maps: Vec<HeatMap>,
    notes: Vec<String>,
}

impl<'a> CoordinationEvaluation<'a> {
    /// Begins with nothing measured.
    pub fn new(data: &'a CoordinationData, settings: CoordinationSettings) -> Self {
        let notes = vec![format!("Seed {}. The same data, scenarios and seed give the same figures.", settings.seed)];
        Self { data, settings, backgrounds: Vec::new(), tables: Vec::new(), maps: Vec::new(), notes }
    }

    /// Measures one part.
    ///
    /// # Missing
    /// What needs data that are not there is named in a note.
    ///
    /// # Errors
    /// Those of simulating a world and of building a graph.
    pub fn measure(&mut self, part: CoordinationPart) -> Result<()> {
        let settings = self.settings;
        match part {
            CoordinationPart::Alarms => {
                self.draw_backgrounds()?;
                let seeds = (settings.seed, settings.n_worlds);
                self.tables.push(alarms::alarms(&self.backgrounds, &self.data.dense, seeds)?);
            }
            CoordinationPart::Deliveries => {
                self.draw_backgrounds()?;
                self.tables.push(named_deliveries::named_deliveries(self.backgrounds.iter(), &settings)?);
                // Dense lists cost most: fewer draws.
                let dense = self.data.dense.first().map(|world| world.draw(settings.seed)).transpose()?;
                let fewer = CoordinationSettings { n_repeats: settings.n_repeats.min(3), ..settings };
                self.tables.push(named_deliveries::named_deliveries(dense.iter(), &fewer)?);
            }
            CoordinationPart::Innocents => self.tables.extend(innocents::innocents(&self.data.occasions, &settings)?),
            CoordinationPart::Markets => self.tables.extend(markets::markets(&self.data.markets, settings.seed)?),
            CoordinationPart::Posts => self.tables.extend(on_posts::on_posts(self.data, &settings)?),
            CoordinationPart::Evidence => {
                let rules = if settings.is_choosing { evidence::rules_for_tuning() } else { vec![GroupEvidence::default()] };
                let worlds = (self.data.occasions.as_slice(), self.data.markets.as_slice());
                self.tables.extend(evidence::evidence(worlds, &rules, &settings)?);
            }
            CoordinationPart::Verdicts => self.tables.push(verdicts::verdicts(&self.data.occasions, &settings)?),
            CoordinationPart::Stars => match &self.data.stars {
                Some(stars) => {
                    self.draw_backgrounds()?;
                    self.tables.extend(fake_stars::fake_stars(&self.backgrounds, stars, &settings)?);
                }
                None => self.notes.push("Not measured: starscout is not in the data folder.".to_owned()),
            },
            CoordinationPart::Phase => {
                let mut backgrounds = Vec::new();
                for world in &self.data.mapped {
                    backgrounds.push(world.draw(settings.seed)?);
                }
                backgrounds.extend(self.week());
                let (tables, maps) = phase_diagram::phase_diagram(&backgrounds, &settings)?;
                self.tables.extend(tables);
                self.maps.extend(maps);
            }
            CoordinationPart::Untimed => match &self.data.likes {
                Some(likes) => {
                    let background = Background::of_likes("ig_coliking_2017, real", likes);
                    self.tables.push(untimed::untimed_blocks(&background, &settings)?);
                }
                None => self.notes.push("Not measured: ig_coliking_2017 is not in the data folder.".to_owned()),
            },
        }
        Ok(())
    }

    /// Everything measured.
    pub fn finish(mut self) -> (EvaluationReport, Vec<HeatMap>) {
        if self.data.week.is_none() {
            self.notes.push("Not measured: higgs_twitter is not in the data folder.".to_owned());
        }
        self.notes.extend([
            "An edge is called if its account is a member of a group and it is one of the member's actions in the group's bursts. Precision leaves out what is \
             called in the untouched background too: that stands in the table of alarms, and whether it is wrong is not known for higgs_twitter, a real \
             week of retweets, mentions and replies."
                .to_owned(),
            "Everything but higgs_twitter, starscout and ig_coliking_2017 is simulated; the settings of the detector were not chosen on these scenarios.".to_owned(),
        ]);
        let title = "Coordinated follows, found and not found".to_owned();
        (EvaluationReport { title, tables: self.tables, notes: self.notes }, self.maps)
    }

    fn draw_backgrounds(&mut self) -> Result<()> {
        if self.backgrounds.is_empty() {
            for world in &self.data.untouched {
                self.backgrounds.push(world.draw(self.settings.seed)?);
            }
            self.backgrounds.extend(self.week());
        }
        Ok(())
    }

    fn week(&self) -> Option<Background> {
        self.data.week.as_ref().map(|week| Background::of_interactions("higgs_twitter, real", week))
    }
}

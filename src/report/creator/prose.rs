//! The sentences that stand in every report.

use super::Provenance;
use crate::domain::Sampling;
use crate::report::number;

/// Why the wording names no culprit.
pub const WORDING: &str = "This report says what the data show about an audience. It does not say who caused it: fake followers are \
also sent by third parties, left behind by earlier campaigns or owners, and collected by every account with reach.";

/// What the numbers cannot say.
pub const LIMITS: &[&str] = &[
    "The numbers speak of the sampled accounts, as they were when the data were captured; what came or went later is not in them.",
    "Everybody has some fake followers. A small fake share is not a finding, and no single account is proof of anything.",
    "A profile is weak evidence: new, shy and purely reading people look like cheap fakes, and carefully furnished fakes look like people. The interval allows for that as far as labelled data could teach it.",
    "The model learned from public labelled accounts of a few platforms and years. On platforms, languages or kinds of fake that it has not seen it may be wrong in ways that the interval does not hold; where an account is too unlike what it knows, it abstains.",
    "Inactive is not fake: accounts that have done nothing for long are reported apart.",
];

/// When the report should not be used.
pub const WHEN_NOT_TO_USE: &[&str] = &[
    "As the only ground for rejecting, paying less or accusing a creator. A person should look, and the creator should be heard.",
    "As proof in a legal dispute, or to act against a single account of the audience.",
    "To rank creators whose intervals overlap.",
    "On private persons who offer no sponsored work.",
];

/// Constant sentences as owned texts.
pub fn texts(sentences: &[&str]) -> Vec<String> {
    sentences.iter().map(|sentence| (*sentence).to_owned()).collect()
}

/// How the numbers come about, step by step.
pub fn method(provenance: &Provenance) -> Vec<String> {
    vec![
        "Each follower's profile is measured by platform-neutral signals: counts and their ratios, picture, biography, shape of the handle, age. What is missing stays missing and counts neither way.".to_owned(),
        format!(
            "A fitted model ({}) turns the measured signals into log-odds of fake by adding one contribution a signal, and calibrates the sum on accounts that it was not fitted on. Any account's contributions can be read in this report.",
            provenance.model_name
        ),
        format!(
            "Accounts are classed by the first rule that applies: mass follower (follows more than 1,500), influencer (more than 5,000 followers), suspicious (probability of fake of {} or more), real.",
            number::percent(provenance.suspicious_threshold)
        ),
        "The fake share of the audience is estimated from the probabilities of the whole sample, not by counting classes. Its 90 % interval holds sampling error, the model's error and the error of its calibration.".to_owned(),
        "The score is 100 × (1 − fake share), averaged over audience and engagement where both were measured. The verdict asks whether the data could have shown inflation at all before it says anything else.".to_owned(),
    ]
}

/// What a sampling design allows.
pub fn sampling_note(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Complete => "Every follower is in the data: nothing is extrapolated.",
        Sampling::Random => "A uniform random sample: what holds for it holds for all followers, within the interval.",
        Sampling::NewestFirst => "Only the newest followers are in the data: nothing is extrapolated to the others.",
        Sampling::Unknown => {
            "It is not known how the followers were sampled: the numbers describe the sample, and may not hold for all followers."
        }
    }
}

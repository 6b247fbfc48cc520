//! The sentences that stand in every report.

use super::Provenance;
use crate::domain::Sampling;
use crate::report::number;
use crate::scoring::{CreatorScore, NOTICE_FAKE_SHARE, SCORE_MEANING, WARNING_FAKE_SHARE};

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
            "Accounts are classed by the first rule that applies: mass follower (follows more than 1,500), influencer (more than 5,000 followers), suspicious (probability of fake of {} or more), and the rest, which the tables call real.",
            number::percent(provenance.suspicious_threshold)
        ),
        "The fake share of the audience is estimated from the probabilities of the whole sample, not by counting classes. Its 90 % interval holds sampling error, the model's error and the error of its calibration.".to_owned(),
        "The fake shares of likers, of commenters and of engagement are estimated likewise from the profiles of those who liked and commented. Of engagement each account weighs as the likes and comments that it stands for, and its interval is that of a sample as small as such weights make it.".to_owned(),
        format!("{SCORE_MEANING} Both are taken to err together, so its interval is the mean of theirs. The verdict asks whether the data could have shown inflation at all before it says anything else."),
        format!(
            "A fake share becomes a finding where the lower end of its interval reaches {} (notice) or {} (warning), and never where the verdict is insufficient.",
            number::percent(NOTICE_FAKE_SHARE),
            number::percent(WARNING_FAKE_SHARE)
        ),
    ]
}

/// What the list of followers allows.
pub fn sampling_note(score: &CreatorScore) -> String {
    let listed = number::count(score.audience_listed_count);
    match score.sampling {
        _ if score.audience_listed_count == 0 => "No follower is listed.".to_owned(),
        Sampling::Complete => "Every follower is listed: nothing is extrapolated.".to_owned(),
        Sampling::Random => "A uniform random sample: what holds for it holds for all followers, within the interval.".to_owned(),
        Sampling::NewestFirst => {
            format!("Only the {listed} newest followers are listed: every number here speaks of these, and of no others.")
        }
        Sampling::Unknown if score.is_list_short => format!(
            "The list is stated to be complete but holds {listed} of the {} followers that the platform counts. How these came to be listed is not known: the numbers describe them, and may not hold for the others.",
            number::count(score.followers.unwrap_or_default())
        ),
        Sampling::Unknown => {
            "It is not known how the followers were sampled: the numbers describe the sample, and may not hold for all followers."
                .to_owned()
        }
    }
}

/// Who likes and comments, and what their list allows.
pub fn engagers_note(score: &CreatorScore, sampling: Sampling) -> Option<String> {
    let kinds = [("who liked", score.likers_fake), ("who commented", score.commenters_fake)];
    let said: Vec<String> = kinds
        .into_iter()
        .filter_map(|(who, fake)| {
            let fake = fake?;
            let range = number::share_interval_text(fake.interval.low(), fake.interval.high());
            let accounts = number::count_of(fake.sample_count, "account");
            Some(format!("Of those {who}, {} are estimated to be fake ({range}, n = {accounts}).", number::percent(fake.share)))
        })
        .collect();
    (!said.is_empty()).then(|| format!("{} {}", said.join(" "), engagements_note(sampling)))
}

fn engagements_note(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Complete => "Likes and comments are stated to be listed whole.",
        Sampling::Random => "Likes and comments are a random sample: accounts that act often are likelier to be in it.",
        Sampling::NewestFirst => {
            "Only the newest likes and comments are listed: these shares speak of those who made them, and of nobody else."
        }
        Sampling::Unknown => {
            "It is not known how likes and comments were sampled: these shares describe those listed, and may not hold for others."
        }
    }
}

/// Whom the numbers speak of, where that is not the audience.
pub fn scope(score: &CreatorScore) -> Option<String> {
    let is_part = score.sampling == Sampling::NewestFirst && score.audience_listed_count > 0;
    is_part.then(|| format!("Speaks of {} only, not of the audience.", score.spoken_of()))
}

/// What stands before the reasons where none of them is about fakes.
pub fn reasons_note(is_conclusive: bool) -> String {
    match is_conclusive {
        true => "No fakes of the visible kinds stand out; fakes that look like people cannot be seen.",
        false => "Nothing is concluded about fakes: the data cannot tell, for the reason given above.",
    }
    .to_owned()
}

/// What the numbers cannot say, with what was measured of the model.
pub fn limits(provenance: &Provenance) -> Vec<String> {
    let mut limits = texts(LIMITS);
    if let Some(measured) = &provenance.measured {
        limits.push(format!(
            "On audiences without any fake, drawn from labelled followers (SRF 2017, left out of training), the 90 % interval {}: an estimated share below about 7 points is no finding.",
            match measured.coverage_without_fakes {
                0.0 => "never held 0".to_owned(),
                share => format!("held 0 in {} of cases", number::percent(share)),
            }
        ));
        limits.push(format!(
            "False accusations are uneven: of genuine accounts without a biography up to {} were called fake in labelled sets left out, against up to {} of those with one; new and private accounts fare worse too.",
            number::percent(measured.accused_without_biography),
            number::percent(measured.accused_with_biography)
        ));
        limits.push("The model's list of signals was chosen with the figures of left-out sets in view: elsewhere it may do a little worse than they say.".to_owned());
    }
    limits
}

/// How far the accounts called fake are.
pub fn accuracy_note(provenance: &Provenance, is_conclusive: bool) -> Option<String> {
    let measured = provenance.measured?;
    let opening =
        if is_conclusive { "No account is proof." } else { "Nothing is concluded about this audience, and no account is proof." };
    Some(format!(
        "{opening} Of labelled followers at their natural share of fakes (SRF 2017, left out of training), {} of those called fake were, and {} of the fakes were called.",
        number::percent(measured.precision),
        number::percent(measured.recall)
    ))
}

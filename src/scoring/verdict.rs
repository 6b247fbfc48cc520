//! What a reader may conclude, and why.

use super::creator::CreatorScore;
use super::creator_judgement::CreatorJudgement;
use super::wording::{count, count_of, percent};
use crate::domain::{Sampling, ShareEstimate, Verdict};
use crate::signals::creator_signal;

/// Measured followers below which nothing is concluded: with 50, one account moves the share by 2 points.
pub const MIN_MEASURED_COUNT: u64 = 50;
/// Share of the listed followers that must have a profile: below half, those without decide the outcome.
pub const MIN_MEASURED_SHARE: f64 = 0.5;
/// Share of the measured followers that the model may abstain on: above half, the model knows too little of them.
pub const MAX_ABSTAINED_SHARE: f64 = 0.5;
/// Largest minimum detectable share with which something may be concluded: the market takes an audience that is
/// credible by less than 75 % for a sign of fraud, so a sample must at least be able to show a quarter.
pub const MAX_DETECTABLE_SHARE: f64 = 0.25;

/// `fail` where the creator model's probability reaches the threshold that keeps false accusations rare, whatever else is missing; else `insufficient`
/// where the data could not have shown inflation or are too unlike what the models know; else `pass` where the probability lies below the lower threshold
/// and the list is not of the newest followers alone; else `review`. With the reason in plain sentences.
///
/// Without followers whose profiles are known, what posts, history and others' actions show decides alone, where it could have shown inflation: at
/// least half of the strongly inflated creators of whom the same was measured must reach the threshold of `fail`.
pub fn decide(score: &CreatorScore) -> (Verdict, String) {
    let judgement = score.judgement.as_ref();
    let reason = if judgement.is_some_and(CreatorJudgement::is_failed) { None } else { insufficiency(score) };
    let verdict = verdict_of(judgement, reason.is_none(), score.sampling);
    let mut text = reason.unwrap_or_else(|| in_words(score));
    if let Some(judged) = judgement.filter(|_| verdict != Verdict::Insufficient) {
        text = [judgement_in_words(judged, verdict), text].join(" ").trim_end().to_owned();
    }
    if verdict != Verdict::Insufficient && score.audience_measured_count == 0 {
        text.push_str(" No follower's profile is known: followers who were ordered long ago and do nothing would not show.");
    }
    let unmeasured = score.audience_listed_count - score.audience_measured_count;
    if verdict != Verdict::Insufficient && score.audience_fake.is_some() && unmeasured > 0 {
        let (unmeasured, listed) = (count(unmeasured), count_of(score.audience_listed_count, "listed follower"));
        text.push_str(&format!(" {unmeasured} of {listed} have no profile and are left out of it."));
    }
    match score.sampling {
        Sampling::NewestFirst => text.push_str(&newest_in_words(score)),
        Sampling::Unknown if score.is_list_short => {
            let (listed, followers) = (count(score.audience_listed_count), count(score.followers.unwrap_or_default()));
            text.push_str(&format!(" The list is stated to be complete but holds {listed} of {followers} followers: this holds for the whole audience only if those are like a random sample."));
        }
        Sampling::Unknown if score.audience_listed_count > 0 => {
            text.push_str(" How followers were sampled is not stated: this holds for the whole audience only if the sample is like a random one.");
        }
        _ => {}
    }
    (verdict, text)
}

/// The verdict that follows from a judgement, from whether the data suffice, and from how followers were sampled.
pub(super) fn verdict_of(judgement: Option<&CreatorJudgement>, is_sufficient: bool, sampling: Sampling) -> Verdict {
    match judgement {
        Some(judged) if judged.is_failed() => Verdict::Fail,
        _ if !is_sufficient => Verdict::Insufficient,
        Some(judged) if judged.is_passed() && sampling != Sampling::NewestFirst => Verdict::Pass,
        _ => Verdict::Review,
    }
}

/// Whether the data could have shown inflation, and are like what the models know.
pub(super) fn is_sufficient(score: &CreatorScore) -> bool {
    insufficiency(score).is_none()
}

/// The probability, its interval, and the threshold that it is held against.
fn judgement_in_words(judged: &CreatorJudgement, verdict: Verdict) -> String {
    let (p, rates) = (judged.p_fake().get(), judged.prediction.rates);
    let range = judged.interval().map_or_else(String::new, |interval| {
        format!(" (90 % interval {} to {})", percent(interval.low()), percent(interval.high()))
    });
    let of_threshold = match (verdict, judged.prediction.fail_from, judged.prediction.pass_below) {
        (Verdict::Fail, Some(from), _) => {
            format!(
                " That reaches {}, from which at most {} of untouched creators are failed.",
                percent(from),
                percent(rates.false_fail_rate)
            )
        }
        (Verdict::Pass, _, Some(below)) => {
            format!(
                " That lies below {}, under which at most {} of creators lie for whom {} or more of followers, likes or comments were ordered.",
                percent(below),
                percent(rates.false_pass_rate),
                percent(rates.strong)
            )
        }
        (_, Some(from), Some(below)) => format!(" Between {} and {} nothing is decided.", percent(below), percent(from)),
        _ => " With what is measured, nothing can be decided at the stated rates of error.".to_owned(),
    };
    let blocks: Vec<&str> = judged.prediction.blocks.iter().map(|block| block.word()).collect();
    let anchored = if judged.anchor_shift > 0.0 {
        " The creators of this platform score higher than known ones as a whole; that much is taken off."
    } else {
        ""
    };
    let sent = judged.if_sent.as_ref().map_or_else(String::new, |sent| {
        format!(
            " Accounts act on this creator together, and their profiles do not tell whether a service sent them or people were called together, as by a giveaway: they are taken for people; if a service sent them, the probability is {}.",
            percent(sent.p_fake().get())
        )
    });
    let names: Vec<&str> = judged.reasons().iter().filter_map(|(id, _)| creator_signal(id)).map(|signal| signal.name).collect();
    let raised = if names.is_empty() { String::new() } else { format!(" It is raised most by: {}.", names.join("; ")) };
    format!(
        "The probability that audience or engagement was inflated, by whomever, is {}{range}, from {}.{of_threshold}{raised}{sent}{anchored}",
        percent(p),
        blocks.join(", ")
    )
}

/// What a list of the newest followers says of the others: nothing, but for a bound where all followers are counted.
fn newest_in_words(score: &CreatorScore) -> String {
    let mut text = " The list holds the newest followers only: nothing is said of the others.".to_owned();
    let listed = score.audience_listed_count;
    let counted = score.followers.filter(|followers| *followers > listed && listed > 0);
    if let Some((followers, fake)) = counted.zip(score.audience_fake) {
        let part = listed as f64 / followers as f64;
        let (least, most) = (part * fake.interval.low(), 1.0 - part * (1.0 - fake.interval.high()));
        let (listed, followers) = (count(listed), count(followers));
        let (least, most) = (percent(least), percent(most));
        text.push_str(&format!(
            " They are {listed} of {followers}: of all, {least} to {most} may be fake, whatever the others are."
        ));
    }
    text
}

fn in_words(score: &CreatorScore) -> String {
    let Some(fake) = score.audience_fake else { return String::new() };
    format!(
        "{}, from {}. That speaks of fakes that show in their profiles; others are not seen.",
        estimate(score, fake),
        count_of(fake.sample_count, "follower")
    )
}

/// The estimated share, whom it speaks of, and its interval.
pub(super) fn estimate(score: &CreatorScore, fake: ShareEstimate) -> String {
    let verb = if score.sampling == Sampling::NewestFirst { "are" } else { "is" };
    format!(
        "{} of {} {verb} estimated to be fake (90 % interval {} to {})",
        percent(fake.share),
        score.spoken_of(),
        percent(fake.interval.low()),
        percent(fake.interval.high())
    )
}

/// The first reason for which nothing can be concluded.
fn insufficiency(score: &CreatorScore) -> Option<String> {
    if let Some(judged) = score.judgement.as_ref().filter(|judged| judged.is_unlike()) {
        return Some(unlike_in_words(judged));
    }
    if score.audience_measured_count == 0 {
        return without_followers(score);
    }
    let (listed, measured) = (score.audience_listed_count, score.audience_measured_count);
    if score.removed.is_large_part() {
        let (removed, known) = (count(score.removed.all()), count(score.removed.known));
        return Some(format!(
            "{removed} of {known} followers with a known status are suspended or deleted: the estimated share speaks only of what profiles show, while the platform has removed that many."
        ));
    }
    if measured < MIN_MEASURED_COUNT {
        return Some(format!(
            "Only {} with a profile; at least {MIN_MEASURED_COUNT} are needed.",
            count_of(measured, "follower")
        ));
    }
    if (measured as f64) < MIN_MEASURED_SHARE * listed as f64 {
        return Some(format!(
            "Only {} of {} listed followers have a profile; those without could change the outcome.",
            count(measured),
            count(listed)
        ));
    }
    let abstained = score.audience_abstained_count;
    if abstained as f64 > MAX_ABSTAINED_SHARE * measured as f64 {
        return Some(format!(
            "The model does not decide on {} of {} followers: their profiles hold too little or are too unlike those it knows.",
            count(abstained),
            count(measured)
        ));
    }
    if score.is_incomplete {
        return Some(
            "The profiles lack too many of the fields that the model needs; its scores of them are hardly told apart.".to_owned(),
        );
    }
    if score.is_unlike_training {
        return Some("The audience's profiles are too unlike those that the model was calibrated on.".to_owned());
    }
    match score.minimum_detectable_share {
        Some(share) if share <= MAX_DETECTABLE_SHARE => None,
        Some(share) => Some(format!(
            "A sample of {} tells a fake share from none reliably only from {} on; {} must be told.",
            count_of(measured, "follower"),
            percent(share),
            percent(MAX_DETECTABLE_SHARE)
        )),
        None => Some(format!("A sample of {} could not show any fake share.", count_of(measured, "follower"))),
    }
}

/// In what the creators of the platform are unlike known ones.
fn unlike_in_words(judged: &CreatorJudgement) -> String {
    let names: Vec<&str> = judged.unlike.iter().filter_map(|id| creator_signal(id)).map(|signal| signal.name).collect();
    if names.is_empty() {
        return "The creators of this platform as a whole score so much higher than known ones that nothing is concluded: either untouched creators are otherwise here, or most of these are inflated.".to_owned();
    }
    format!(
        "Three quarters of the creators of this platform lie above what 95 % of known untouched creators do not exceed ({}): either untouched creators are otherwise here, or most of these are inflated; nothing is concluded.",
        names.join("; ")
    )
}

/// Why nothing follows of a creator of whose followers no profile is known; `None` where what else was measured could have shown inflation.
fn without_followers(score: &CreatorScore) -> Option<String> {
    let judgement = score.judgement.as_ref();
    if judgement.is_some_and(CreatorJudgement::could_find) {
        return None;
    }
    let mut text = match score.audience_listed_count {
        0 => "No follower is listed: the table follows holds none of this creator.".to_owned(),
        listed => {
            format!("None of the {} has a profile: the table accounts holds no row of them.", count_of(listed, "listed follower"))
        }
    };
    if let Some(share) = judgement.and_then(|judged| judged.prediction.found_share) {
        let found = percent(share);
        text.push_str(&format!(" Of strongly inflated creators of whom the same was measured, {found} would have been found."));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, Interval, ShareEstimate};
    use crate::model::{CREATOR_INPUTS, CreatorModel};
    use crate::scoring::RemovedFollowers;

    fn score(listed: u64, measured: u64, abstained: u64, detectable: Option<f64>) -> CreatorScore {
        let interval = Interval::new(0.08, 0.17).unwrap();
        CreatorScore {
            audience_fake: Some(ShareEstimate { share: 0.12, interval, sample_count: measured }),
            audience_listed_count: listed,
            audience_measured_count: measured,
            audience_abstained_count: abstained,
            minimum_detectable_share: detectable,
            sampling: Sampling::Random,
            ..CreatorScore::unmeasured(AccountId(0))
        }
    }

    fn check(score: &CreatorScore, verdict: Verdict, phrase: &str) {
        let (found, reason) = decide(score);
        assert_eq!(found, verdict, "{reason}");
        assert!(reason.contains(phrase), "{reason}");
    }

    #[test]
    fn says_why_nothing_can_be_concluded() {
        check(&score(0, 0, 0, None), Verdict::Insufficient, "No follower is listed");
        check(&score(80, 0, 0, None), Verdict::Insufficient, "None of the 80 listed followers");
        check(&score(49, 49, 0, Some(0.1)), Verdict::Insufficient, "Only 49 followers with a profile");
        check(&score(200, 99, 0, Some(0.1)), Verdict::Insufficient, "Only 99 of 200");
        check(&score(100, 100, 51, Some(0.1)), Verdict::Insufficient, "51 of 100");
        check(&score(100, 100, 0, Some(0.26)), Verdict::Insufficient, "only from 26 %");
        check(&score(100, 100, 0, None), Verdict::Insufficient, "could not show");
        check(&CreatorScore { is_incomplete: true, ..score(100, 100, 0, Some(0.1)) }, Verdict::Insufficient, "lack too many");
        check(&CreatorScore { is_unlike_training: true, ..score(100, 100, 0, Some(0.1)) }, Verdict::Insufficient, "too unlike");
    }

    #[test]
    fn concludes_nothing_where_the_platform_removed_a_large_part() {
        let with = |suspended: u64, deleted: u64| CreatorScore {
            removed: RemovedFollowers { suspended, deleted, known: 100 },
            ..score(100, 100, 0, Some(0.1))
        };
        check(&with(0, 100), Verdict::Insufficient, "100 of 100 followers with a known status are suspended or deleted");
        check(&with(20, 13), Verdict::Insufficient, "speaks only of what profiles show");
        check(&with(20, 12), Verdict::Review, "12 % of the audience");
    }

    #[test]
    fn counts_are_separated_by_thousands() {
        let short = CreatorScore {
            sampling: Sampling::Unknown,
            is_list_short: true,
            followers: Some(20_000),
            ..score(3_000, 3_000, 0, Some(0.1))
        };
        check(&short, Verdict::Review, "holds 3,000 of 20,000 followers");
        check(&short, Verdict::Review, ", from 3,000 followers.");
    }

    #[test]
    fn reviews_what_was_measured_and_says_what_was_left_out() {
        check(
            &score(110, 100, 50, Some(0.25)),
            Verdict::Review,
            "12 % of the audience is estimated to be fake (90 % interval 8.0 % to 17 %)",
        );
        check(&score(110, 100, 0, Some(0.1)), Verdict::Review, "10 of 110 listed followers have no profile");
        let newest = CreatorScore { sampling: Sampling::NewestFirst, ..score(100, 100, 0, Some(0.1)) };
        check(&newest, Verdict::Review, "newest followers only");
        check(&newest, Verdict::Review, "12 % of the 100 newest followers listed are estimated to be fake");
        // a tenth of all, 8 % to 17 % of it: .008, and .9 + .017
        let counted = CreatorScore { followers: Some(1_000), ..newest };
        check(&counted, Verdict::Review, "They are 100 of 1,000: of all, 0.8 % to 92 % may be fake");
    }

    /// A creator without a listed follower, of whom growth alone is known.
    fn by_growth(odds: f64, found_share: f64) -> CreatorScore {
        let model = CreatorModel::embedded().unwrap();
        let value = |id: &str| if id == "growth.ordered_odds" { odds } else { f64::NAN };
        let values: Vec<f64> = CREATOR_INPUTS.iter().map(|input| value(input.id)).collect();
        let mut prediction = model.predict(&values).unwrap();
        (prediction.found_share, prediction.fail_from, prediction.pass_below) = (Some(found_share), Some(0.5), Some(0.1));
        let judgement = Some(CreatorJudgement {
            values: values.iter().map(|value| Some(*value).filter(|value| !value.is_nan())).collect(),
            prediction,
            anchor_shift: 0.0,
            if_sent: None,
            unlike: Vec::new(),
        });
        CreatorScore { judgement, ..CreatorScore::unmeasured(AccountId(0)) }
    }

    #[test]
    fn decides_without_followers_only_where_inflation_would_have_been_found() {
        check(&by_growth(6.0, 0.9), Verdict::Fail, "No follower's profile is known");
        check(&by_growth(6.0, 0.1), Verdict::Fail, "reaches 50 %");
        check(&by_growth(-4.0, 0.9), Verdict::Pass, "followers who were ordered long ago");
        check(&by_growth(-4.0, 0.49), Verdict::Insufficient, "49 % would have been found");
        let listed = CreatorScore { audience_listed_count: 80, ..by_growth(-4.0, 0.49) };
        check(&listed, Verdict::Insufficient, "None of the 80 listed followers");
    }

    #[test]
    fn a_group_that_may_have_been_called_together_neither_fails_nor_lets_pass() {
        let sent = by_growth(6.0, 0.9).judgement.unwrap().prediction;
        let with = |odds: f64| {
            let mut score = by_growth(odds, 0.9);
            score.judgement.as_mut().unwrap().if_sent = Some(sent.clone());
            score
        };
        let quiet = with(-4.0);
        check(&quiet, Verdict::Review, "people were called together");
        check(&quiet, Verdict::Review, &format!("if a service sent them, the probability is {}", percent(sent.p_fake().get())));
        let (alone, both) = (by_growth(-4.0, 0.9).judgement.unwrap(), quiet.judgement.unwrap());
        assert_eq!(both.p_fake(), alone.p_fake());
        assert_eq!(both.interval().unwrap().low(), alone.interval().unwrap().low());
        assert!(both.interval().unwrap().high() >= sent.p_fake().get());
        check(&with(6.0), Verdict::Fail, "reaches 50 %");
    }

    #[test]
    fn concludes_nothing_on_a_platform_unlike_all_known() {
        let with = |unlike: Vec<&'static str>, anchor_shift: f64| {
            let mut score = by_growth(6.0, 0.9);
            let judged = score.judgement.as_mut().unwrap();
            (judged.unlike, judged.anchor_shift) = (unlike, anchor_shift);
            score
        };
        check(&with(vec!["growth.ordered_odds"], 0.0), Verdict::Insufficient, "Three quarters of the creators");
        check(&with(Vec::new(), 2.1), Verdict::Insufficient, "as a whole score so much higher");
        check(&with(Vec::new(), 1.9), Verdict::Fail, "that much is taken off");
    }
}

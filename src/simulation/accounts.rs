//! Rows of the table `accounts`: profiles as the platform shows them, with what it hides missing.

use super::cast::Actor;
use super::follows::World;
use super::handles::{HandleStyle, biography, handle_and_name};
use super::profiles::Profile;
use super::seed::{Stream, normal, stream};
use super::stage::Card;
use super::vendors::pool_member;
use super::words::{LANGUAGES, Language};
use crate::domain::AccountStatus;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const DAY_S: i64 = 86_400;
/// Share of organic accounts deleted or suspended by the capture. Assumption.
const ORGANIC_GONE_SHARE: f64 = 0.008;
/// The same for pool accounts. Assumption.
const POOL_GONE_SHARE: f64 = 0.03;

/// One row; everything but the handle may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct AccountRow {
    pub id: u64,
    pub handle: String,
    pub display_name: Option<String>,
    pub bio: Option<String>,
    pub has_avatar: Option<bool>,
    pub followers: Option<u64>,
    pub following: Option<u64>,
    pub posts: Option<u64>,
    pub is_private: Option<bool>,
    pub is_verified: Option<bool>,
    pub is_business: Option<bool>,
    pub external_url: Option<String>,
    pub created_s: Option<i64>,
    pub last_active_s: Option<i64>,
    pub language: Option<&'static str>,
    pub country: Option<&'static str>,
    pub status: Option<AccountStatus>,
}

/// What decides a row besides its profile.
struct Bearer {
    created_s: i64,
    language: &'static Language,
    country: &'static str,
    style: HandleStyle,
    gone_share: f64,
    /// Mean and standard deviation of ln(days since last seen).
    idle: [f64; 2],
}

/// The row of an organic or a pool account.
///
/// # Panics
/// For a creator: see [`creator_row`].
pub(super) fn account_row(world: World<'_>, id: u64, actor: Actor) -> AccountRow {
    match actor {
        Actor::Creator(_) => unreachable!("creators have rows of their own"),
        Actor::Organic(index) => {
            let (person, mut rng) = world.population.person(world.scenario, world.seed, index);
            let profile = person.class.draw(person.activity, &mut rng);
            let language = &LANGUAGES[person.community.language()];
            let (style, idle) = (HandleStyle::Own, [2.0, 1.7]);
            let (created_s, country) = (person.created_s, person.community.place().country);
            let bearer = Bearer { created_s, language, country, style, gone_share: ORGANIC_GONE_SHARE, idle };
            profile_row(world, id, (profile, bearer), &mut rng)
        }
        Actor::Pool(number, index) => {
            let mut member = pool_member(world, number, index);
            let activity = member.activity();
            let profile = member.class.draw(activity, &mut member.rng);
            let language = &LANGUAGES[member.place.language];
            let (style, idle) = (member.style, [3.6, 1.4]);
            let (created_s, country) = (member.created_s, member.place.country);
            let bearer = Bearer { created_s, language, country, style, gone_share: POOL_GONE_SHARE, idle };
            profile_row(world, id, (profile, bearer), &mut member.rng)
        }
    }
}

fn profile_row(world: World<'_>, id: u64, (profile, bearer): (Profile, Bearer), rng: &mut ChaCha8Rng) -> AccountRow {
    let (handle, display_name) = handle_and_name(bearer.language, bearer.style, profile.has_digits, rng);
    if rng.random_bool(bearer.gone_share) {
        let status = if rng.random_bool(0.5) { AccountStatus::Suspended } else { AccountStatus::Deleted };
        return AccountRow { id, handle, status: Some(status), ..AccountRow::default() };
    }
    if rng.random_bool(world.scenario.sampling.unfetched_share) {
        return AccountRow { id, handle, display_name: Some(display_name), ..AccountRow::default() };
    }
    let is_open = !profile.is_private;
    let bio = if profile.has_bio { biography(bearer.language, rng) } else { String::new() };
    let has_link = is_open && rng.random_bool(if profile.has_bio { 0.1 } else { 0.01 });
    let idle_s = ((bearer.idle[0] + bearer.idle[1] * normal(rng)).exp() * DAY_S as f64) as i64;
    let last_active_s = (world.captured_s - idle_s).max(bearer.created_s);
    AccountRow {
        id,
        external_url: has_link.then(|| format!("https://{}.example", handle.replace(['.', '_'], "-"))),
        handle,
        display_name: Some(display_name),
        has_avatar: Some(profile.has_avatar),
        followers: Some(profile.followers),
        following: Some(profile.following),
        posts: Some(profile.posts),
        is_private: Some(profile.is_private),
        is_verified: Some(is_open && profile.followers > 5_000 && rng.random_bool(0.08)),
        is_business: Some(is_open && profile.posts > 30 && rng.random_bool(0.15)),
        created_s: rng.random_bool(0.85).then_some(bearer.created_s),
        // Seen in posts and comments; to the day, as exports give it.
        last_active_s: (is_open && rng.random_bool(0.8)).then(|| day_end(last_active_s, world.captured_s)),
        language: (is_open && !bio.is_empty()).then_some(bearer.language.code),
        country: rng.random_bool(0.12).then_some(bearer.country),
        bio: Some(bio),
        status: Some(AccountStatus::Active),
    }
}

/// The row of a creator's own profile.
pub(super) fn creator_row(world: World<'_>, id: u64, (index, card): (u32, Card)) -> AccountRow {
    let mut rng = stream(world.seed, Stream::Creator, (1 << 40) | u64::from(index));
    let origin = world.origins[index as usize];
    let place = origin.community.place();
    let language = &LANGUAGES[place.language];
    let (handle, display_name) = handle_and_name(language, HandleStyle::Own, false, &mut rng);
    AccountRow {
        id,
        external_url: rng.random_bool(0.6).then(|| format!("https://{}.example", handle.replace(['.', '_'], "-"))),
        handle,
        display_name: Some(display_name),
        bio: Some(biography(language, &mut rng)),
        has_avatar: Some(true),
        followers: Some(card.followers),
        following: Some(card.following),
        posts: Some(card.posts),
        is_private: Some(false),
        is_verified: Some(card.followers > 50_000 && rng.random_bool(0.5)),
        is_business: Some(rng.random_bool(0.7)),
        created_s: Some(origin.started_s),
        last_active_s: card.last_post_s,
        language: Some(language.code),
        country: Some(place.country),
        status: Some(AccountStatus::Active),
    }
}

/// The end of the day of an instant, but not after the capture.
fn day_end(at_s: i64, captured_s: i64) -> i64 {
    ((at_s + DAY_S - 1).div_euclid(DAY_S) * DAY_S).min(captured_s)
}

use crate::simulation::{Scenario, simulate};
use proptest::prelude::*;

const POOL: &str = "[[pools]]\nname = 'p'\naccounts = 20000\n";
const BULK: &str = "[[vendors]]\nkind = 'bulk'\nname = 'v'\npool = 'p'\n";
const LIKES: &str = "[[vendors]]\nkind = 'likes'\nname = 'l'\npool = 'p'\n";

/// A scenario of the pool, the vendors and something more.
fn market(more: &str) -> String {
    format!("{POOL}{BULK}{more}\n{LIKES}")
}

#[test]
fn what_is_impossible_is_refused_with_the_parameter_and_the_reason() {
    let pod = "[orders]\npod_share = 0.2\n[[vendors]]\nkind = 'pod'\nname = 'c'\nmembers = [10, 50]\n";
    let churn = "[orders]\nchurn_share = 0.2\n[[vendors]]\nkind = 'churn'\nname = 'c'\n";
    let hijacked = "[[pools]]\nname = 'h'\nkind = 'hijacked'\naccounts = 900\ncamouflage = 'hijacked'\n";
    let cases: [(String, &str, &str); 30] = [
        (market("order = [10, 30000]"), "largest order of vendor v", "at most the 20000 accounts of pool p"),
        (market("order = [0, 10]"), "order[0] of vendor v", "from 1"),
        (market("order = [50, 10]"), "order[1] of vendor v", "from 50"),
        (
            format!("{POOL}[[vendors]]\nkind = 'drip'\nname = 'v'\npool = 'p'\norder = [5, 9]\n{LIKES}"),
            "order[0] of vendor v is 5",
            "20000",
        ),
        (market("hours = [0.0, 0.0]"), "hours[0] of vendor v", "from 0.01"),
        (market("hours = [5.0, 2.0]"), "hours[1] of vendor v", "from 5"),
        (market("hours = [nan, 2.0]"), "hours[0] of vendor v is NaN", "a number"),
        (market("drop_off = 1.0"), "drop_off of vendor v", "0 to 0.9"),
        (market("half_life_days = 0.0"), "half_life_days of vendor v", "from 0.1"),
        (format!("{POOL}[[vendors]]\nkind = 'bulk'\nname = 'v'\npool = 'q'\n{LIKES}"), "pool of vendor v is q", "(p)"),
        (format!("{POOL}{BULK}{BULK}{LIKES}"), "a name in vendors is v", "different"),
        (format!("{POOL}{POOL}{BULK}{LIKES}"), "a name in pools is p", "different"),
        (format!("[[pools]]\nname = ' '\n{BULK}{LIKES}"), "a name in pools", "a name that"),
        (
            format!("[[pools]]\nname = 'p'\naccounts = 9000\n{BULK}{LIKES}"),
            "orders.followers_max is 20000",
            "12000 followers that stay and for those that drop off: v would deliver 13334, but p has 9000",
        ),
        (format!("{POOL}made_days = [0.5, 200.0]\n{BULK}{LIKES}"), "made_days[0] of pool p", "from 1"),
        (format!("{POOL}made_days = [2.5, 400.0]\nbatch = 20000\n{BULK}{LIKES}"), "orders.followers_max", "v would deliver"),
        (format!("{POOL}camouflage = 'random'\n{BULK}{LIKES}"), "camouflage_rate of pool p", "more than 0"),
        (format!("{POOL}camouflage = 'hijacked'\n{BULK}{LIKES}"), "camouflage of pool p", "for a hijacked pool"),
        (format!("{hijacked}{POOL}{BULK}{LIKES}"), "background_weight of pool h", "life of their own"),
        (format!("{hijacked}background_weight = 0.0\naccounts = 15000\n{POOL}{BULK}{LIKES}"), "", "duplicate key"),
        (
            format!("[orders]\ndays = 20.0\n{POOL}[[vendors]]\nkind = 'drip'\nname = 'v'\npool = 'p'\n{LIKES}"),
            "longest delivery of vendor v",
            "orders.days",
        ),
        (format!("[orders]\ndays = 700.0\n{}", market("")), "orders.days", "to 690"),
        (format!("[orders]\nviews_share = 0.1\n{}", market("")), "orders.views_share", "no vendor of kind views"),
        (format!("[orders]\ninflated_share = 0.7\nattacked_share = 0.4\n{}", market("")), "orders.inflated_share", "at most 1"),
        (format!("{pod}{}", market("")), "members[0] of vendor c is 10", "at most 8, the creators in pods"),
        (format!("{pod}participation = 1.5\n{}", market("")), "participation of vendor c", "to 1"),
        (format!("{churn}follow_back = 1.2\n{}", market("")), "follow_back of vendor c", "0 to 1"),
        (format!("{churn}leave = -0.1\n{}", market("")), "leave of vendor c", "0 to 1"),
        (format!("{churn}days = [10.0, 20.0]\n{}", market("")), "days[0] of vendor c", "from 24"),
        (format!("{}size = [5, 2]\n", market("")), "size[1] of vendor l", "from 5"),
    ];
    for (text, name, reason) in cases {
        let message = Scenario::parse(&text).expect_err(&text).to_string();
        assert!(message.starts_with(name) && message.contains(reason), "{message}\n{text}");
    }
    Scenario::parse(&market("")).unwrap();
}

#[test]
fn unknown_words_are_refused_with_those_that_are_known() {
    for (text, known) in [
        ("[[vendors]]\nkind = 'auction'\nname = 'v'\n", "drip"),
        ("[[vendors]]\nkind = 'bulk'\nname = 'v'\nhour = [1.0, 2.0]\n", "hours"),
        ("[[pools]]\nname = 'p'\nkind = 'rented'\n", "hijacked"),
        ("[orders]\ninflated = 0.1\n", "inflated_share"),
    ] {
        let message = Scenario::parse(text).unwrap_err().to_string();
        assert!(message.contains(known), "{message}");
    }
}

#[test]
fn a_world_made_smaller_loses_what_no_longer_fits() {
    let text = format!(
        "creators = 200\naccounts = 40000\n[orders]\npod_share = 0.1\n{POOL}{BULK}{LIKES}[[pools]]\nname = 'h'\nkind = 'hijacked'\naccounts = 4000\n\
         camouflage = 'hijacked'\nbackground_weight = 0.0\n[[vendors]]\nkind = 'drip'\nname = 'd'\npool = 'h'\norder = [100, 2000]\n\
         [[vendors]]\nkind = 'pod'\nname = 'c'\n"
    );
    let scenario = Scenario::parse(&text).unwrap();
    let small = scenario.clone().resized(Some(6), Some(4_000)).unwrap();
    let names: Vec<&str> = small.vendors.iter().map(|vendor| vendor.name()).collect();
    assert_eq!((names, small.orders.pod_share, small.pools.len()), (vec!["v", "l"], 0.0, 1), "nobody sells the taken ones");
    assert_eq!(scenario.clone().resized(None, Some(50_000)).unwrap().pools[1].accounts, 5_000, "their share is kept");
    assert_eq!(scenario.clone().without("drip").unwrap().pools.len(), 1);
    assert_eq!(scenario.clone().resized(None, None).unwrap(), scenario);
}

#[test]
fn a_size_given_beside_a_file_is_checked_and_not_that_of_the_file() {
    let hijacked =
        "[[pools]]\nname = 'h'\nkind = 'hijacked'\naccounts = 3000\ncamouflage = 'hijacked'\nbackground_weight = 0.0\n";
    let scenario = Scenario::read(&format!("accounts = 500\n{}{hijacked}", market(""))).unwrap();
    assert!(scenario.validate().unwrap_err().to_string().starts_with("accounts is 500; at least four times"));
    let tiny = Scenario::read(&format!("[[pools]]\nname = 'p'\naccounts = 900\n{BULK}{LIKES}")).unwrap();
    let message = tiny.resized(None, None).unwrap_err().to_string();
    assert!(message.starts_with("largest order of vendor v is 3000; at most the 900"), "nothing is left out: {message}");
    let scenario = Scenario { pools: scenario.pools[..1].to_vec(), ..scenario };
    scenario.clone().resized(None, Some(14_000)).unwrap();
    let message = scenario.resized(None, Some(900)).unwrap_err().to_string();
    assert!(message.starts_with("accounts is 900; at least four times"), "{message}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_valid_market_never_panics(
        seed in any::<u64>(),
        shares in prop::array::uniform8(0.0..=1.0f64),
        (least, spread, accounts, batch) in (5u32..150, 0u32..150, 400u32..600, 1u32..50),
        (drop_off, half_life, refill) in (0.0..=0.6f64, 0.1..50.0f64, 0.0..40.0f64),
        (hours, slowest, order_days) in (0.01..60.0f64, 0.0..1.0f64, 16.0..300.0f64),
        (rate, followed, back, leave) in (0.01..5.0f64, 1.0..500.0f64, 0.0..=1.0f64, 0.0..=1.0f64),
        (members, templates) in (2u32..5, 1u32..4),
    ) {
        let [inflated, attacked, by_comments, engagement, packages, sponsored, churn, pod] = shares;
        let days = 1.0 + slowest * (order_days - 4.0).min(150.0);
        let pod_share = if pod > 0.5 { 0.25 } else { 0.0 };
        let pool = format!("accounts = {accounts}\nbatch = {batch}\nmade_days = [{order_days}, 400.0]\n");
        let order = format!("order = [{least}, {}]\ndrop_off = {drop_off}\nhalf_life_days = {half_life}\n", least + spread);
        let text = format!(
            "creators = 8\naccounts = 1200\n[organic]\nfollowers_min = 100\nfollowers_max = 280\n[sampling]\nfollows_per_creator = 300\n\
             posts_per_creator = 4\nhistory_weeks = 8\n[orders]\ndays = {order_days}\ninflated_share = {}\nattacked_share = {}\n\
             attacks_by_comments = {by_comments}\nengagement_share = {}\nchurn_share = {}\npod_share = {pod_share}\nlikes_share = {packages}\n\
             comments_share = {packages}\nviews_share = {packages}\nsponsored_only_share = {sponsored}\n\
             [[pools]]\nname = 'a'\n{pool}camouflage = 'biased'\ncamouflage_rate = {rate}\n\
             [[pools]]\nname = 'h'\nkind = 'hijacked'\ncamouflage = 'hijacked'\nbackground_weight = 0.0\n{pool}\
             [[vendors]]\nkind = 'bulk'\nname = 'b'\npool = 'a'\nhours = [0.01, {hours}]\n{order}refill_days = {refill}\n\
             [[vendors]]\nkind = 'drip'\nname = 'd'\npool = 'h'\ndays = [1.0, {days}]\n{order}\
             [[vendors]]\nkind = 'churn'\nname = 'c'\nper_day = [1.0, {followed}]\nphase_days = [1.0, 4.0]\ndays = [8.0, {}]\n\
             follow_back = {back}\nleave = {leave}\n[[vendors]]\nkind = 'pod'\nname = 'p'\nmembers = [2, {members}]\n\
             [[vendors]]\nkind = 'likes'\nname = 'l'\npool = 'a'\nsize = [1, {accounts}]\n\
             [[vendors]]\nkind = 'comments'\nname = 't'\npool = 'a'\nsize = [1, {accounts}]\ntemplates = {templates}\n\
             [[vendors]]\nkind = 'views'\nname = 'v'\npool = 'a'\n",
            inflated / 4.0, attacked / 5.0, engagement / 6.0, churn / 8.0, order_days - 3.0,
        );
        let simulated = Scenario::parse(&text).and_then(|scenario| simulate(&scenario, seed, &mut |_, _| Ok(())));
        prop_assert_eq!(simulated.unwrap().creators.len(), 8);
    }
}

//! The accounts that look most like fakes, each with the whole sum of its evidence.

use super::elements::{self, name};
use crate::report::chart::contribution_bar;
use crate::report::creator::{AdditiveExplanation, Contribution, SuspiciousAccount, SuspiciousAccounts, ceiling_text};
use crate::report::number;
use maud::{Markup, html};

/// At most twenty accounts.
pub fn section(accounts: &SuspiciousAccounts) -> Markup {
    let content = html! {
        p { (accounts.statement) }
        @if let Some(note) = &accounts.accuracy_note { p { (note) } }
        @if !accounts.accounts.is_empty() {
            p.quiet {
                "The bracket is the 90 % interval of the probability."
                span.screen { " Each sum can be checked: base and contributions add up to the decision value, which calibration turns into a probability. " (ceiling_text(accounts.ceiling_log_odds)) }
            }
        }
        ol.accounts { @for account in &accounts.accounts { (card(account)) } }
    };
    elements::section("accounts", "Accounts that look most like fakes", &content)
}

fn card(account: &SuspiciousAccount) -> Markup {
    let range = number::percent_range(account.p_fake_profile_low, account.p_fake_profile_high);
    html! {
        li {
            p.who {
                span { (name(account.handle.as_deref().unwrap_or(&account.account_id))) }
                span.chance { b { (number::percent(account.p_fake)) } @if !account.is_raised_by_group { " " span.quiet { "(" (range) ")" } } }
            }
            p.id { (name(&account.account_id)) ", " (account.class.replace('_', " ")) }
            ul.because {
                @if let Some(group) = account.group_text() { li { (group) } }
                @if let Some(p) = account.p_automated {
                    li { "times like a program's: " b { (number::percent(p)) } " " span.quiet { "(stands apart, changes no other number)" } }
                }
                @for reason in &account.reasons { (because(reason)) }
            }
            @if let Some(explanation) = &account.explanation { (sum(account, explanation)) }
        }
    }
}

fn because(reason: &Contribution) -> Markup {
    let side = if reason.log_odds > 0.0 { "for" } else { "against" };
    html! { li class=(side) { (reason.name) ": " b { (reason.value_text) } " " span.quiet { (number::log_odds(reason.log_odds)) } } }
}

fn sum(account: &SuspiciousAccount, explanation: &AdditiveExplanation) -> Markup {
    let largest = explanation.contributions.iter().map(|part| part.log_odds.abs()).fold(0.0, f64::max);
    let total = number::log_odds(explanation.total_log_odds);
    let calibrated = number::log_odds(explanation.calibrated_log_odds);
    let probability = number::percent(account.p_fake_profile);
    html! {
        details {
            summary { "Whole sum (" (account.measured_signals_count) " signals measured)" }
            table.sum {
                caption { "Contributions to the decision value, in log-odds; to the right speaks for fake" }
                thead { tr { th scope="col" { "signal" } th scope="col" { "measured" } th.number scope="col" { "log-odds" } th.bar scope="col" { "" } } }
                tbody {
                    tr { th scope="row" { "base (nothing measured)" } td {} td.number { (number::log_odds(explanation.base_log_odds)) } td.bar {} }
                    @for part in &explanation.contributions {
                        tr {
                            th scope="row" { (part.name) }
                            td { (part.value_text) }
                            td.number { (number::log_odds(part.log_odds)) }
                            td.bar { (contribution_bar(part.log_odds, largest)) }
                        }
                    }
                    tr.total { th scope="row" { "sum" } td {} td.number { (total) } td.bar {} }
                    tr.total { th scope="row" { "after calibration" } td { "probability " (probability) } td.number { (calibrated) } td.bar {} }
                }
            }
        }
    }
}

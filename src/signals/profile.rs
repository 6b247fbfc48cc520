//! One account's profile as the measuring functions see it.

use crate::domain::{AccountId, Dataset, Platform, Timestamp};
use crate::text::HandleModel;

/// A view of one row of the accounts, with the context that signals need.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    dataset: &'a Dataset,
    id: AccountId,
    platform: Option<Platform>,
    handles: &'a HandleModel,
}

impl<'a> Profile<'a> {
    /// The profile of an account.
    pub fn new(dataset: &'a Dataset, id: AccountId, platform: Option<Platform>, handles: &'a HandleModel) -> Self {
        Self { dataset, id, platform, handles }
    }

    /// Where the account is, if known.
    pub fn platform(&self) -> Option<Platform> {
        self.platform
    }

    /// What is known of genuine handles.
    pub fn handles(&self) -> &'a HandleModel {
        self.handles
    }

    /// Its handle, if given and not empty.
    pub fn handle(&self) -> Option<&'a str> {
        self.dataset.accounts.handle.get(self.id.index()).filter(|handle| !handle.is_empty())
    }

    /// The name it shows; an empty one is a value.
    pub fn display_name(&self) -> Option<&'a str> {
        self.dataset.accounts.display_name.get(self.id.index())
    }

    /// Words of the name it shows.
    pub fn display_name_words(&self) -> Option<u64> {
        let counted = || self.dataset.accounts.display_name_words.get(self.id.index());
        self.display_name().map(|name| name.split_whitespace().count() as u64).or_else(counted)
    }

    /// Characters of its biography.
    pub fn bio_length(&self) -> Option<u64> {
        let accounts = &self.dataset.accounts;
        let text = accounts.bio.get(self.id.index());
        text.map(|bio| bio.chars().count() as u64).or_else(|| accounts.bio_length.get(self.id.index()))
    }

    /// Characters of its handle.
    pub fn handle_length(&self) -> Option<u64> {
        let counted = || self.dataset.accounts.handle_length.get(self.id.index());
        self.handle().map(|handle| handle.chars().count() as u64).or_else(counted)
    }

    /// Share of digits in a handle that is itself not given: from its counts, else as the source gives it.
    pub fn stated_digit_share(&self) -> Option<f64> {
        let accounts = &self.dataset.accounts;
        let (digits, length) = (accounts.handle_digit_count.get(self.id.index()), accounts.handle_length.get(self.id.index()));
        let counted = digits.zip(length).filter(|&(_, length)| length > 0).map(|(digits, length)| digits as f64 / length as f64);
        counted.or_else(|| accounts.handle_digit_share.get(self.id.index())).filter(|share| (0.0..=1.0).contains(share))
    }

    /// Accounts that follow it.
    pub fn followers(&self) -> Option<f64> {
        self.dataset.accounts.followers.get(self.id.index()).map(|count| count as f64)
    }

    /// Accounts that it follows.
    pub fn following(&self) -> Option<f64> {
        self.dataset.accounts.following.get(self.id.index()).map(|count| count as f64)
    }

    /// Posts it has published, as its platform counts them.
    pub fn posts(&self) -> Option<f64> {
        self.dataset.accounts.posts.get(self.id.index()).map(|count| count as f64)
    }

    /// Whether it has a picture of its own.
    pub fn has_avatar(&self) -> Option<bool> {
        self.dataset.accounts.has_avatar.get(self.id.index())
    }

    /// Whether it links elsewhere.
    pub fn has_external_url(&self) -> Option<bool> {
        self.dataset.accounts.has_external_url.get(self.id.index())
    }

    /// Whether it hides its posts.
    pub fn is_private(&self) -> Option<bool> {
        self.dataset.accounts.is_private.get(self.id.index())
    }

    /// Whether the platform vouches for it.
    pub fn is_verified(&self) -> Option<bool> {
        self.dataset.accounts.is_verified.get(self.id.index())
    }

    /// Whether it is a business account.
    pub fn is_business(&self) -> Option<bool> {
        self.dataset.accounts.is_business.get(self.id.index())
    }

    /// Days from its creation to the capture, at least one; `None` where it was not made before the capture.
    pub fn age_days(&self) -> Option<f64> {
        let days = self.days_to_capture(self.dataset.accounts.created_at.get(self.id.index()));
        days.filter(|&days| days > 0.0).map(|days| days.max(1.0))
    }

    /// Days from its last activity to the capture.
    pub fn idle_days(&self) -> Option<f64> {
        self.days_to_capture(self.dataset.accounts.last_active_at.get(self.id.index()))
    }

    fn days_to_capture(&self, at_ms: Option<i64>) -> Option<f64> {
        let at = at_ms.and_then(Timestamp::from_ms)?;
        let captured = self.dataset.account_captured_at(self.id)?;
        (captured >= at).then(|| captured.days_since(at))
    }
}

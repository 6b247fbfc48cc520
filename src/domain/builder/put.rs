//! Writes the rows of a batch into columns, at the slots of their ids.

use super::rows::{Rows, Texts, Values};
use crate::domain::dataset::{Accounts, Posts};
use crate::domain::vocabulary::{AccountStatus, PostKind};
use crate::domain::{Column, TextColumn};
use arrow_array::ArrayAccessor;

/// Writes rows of a batch into the slots of their ids.
pub(super) fn put_accounts(accounts: &mut Accounts, rows: &Rows<'_>, kept: &[(usize, usize)]) {
    let (urls, has_url) = (rows.texts("external_url"), rows.flags("has_external_url"));
    let statuses = rows.texts("status");
    for &(row, id) in kept {
        accounts.listed.set(id, true);
        let url = urls.get(row).map(|url| !url.trim().is_empty());
        accounts.has_external_url.put(id, url.or_else(|| has_url.get(row)));
        accounts.status.put(id, statuses.get(row).and_then(AccountStatus::from_word));
    }
    // The columns are apart, so two threads may fill them.
    rayon::join(
        || {
            put_texts(&mut accounts.handle, rows.texts("handle"), kept);
            put_texts(&mut accounts.display_name, rows.texts("display_name"), kept);
            put_texts(&mut accounts.bio, rows.texts("bio"), kept);
            put_texts(&mut accounts.language, rows.texts("language"), kept);
            put_texts(&mut accounts.country, rows.texts("country"), kept);
        },
        || {
            put(&mut accounts.has_avatar, rows.flags("has_avatar"), kept);
            put(&mut accounts.followers, rows.counts("followers"), kept);
            put(&mut accounts.following, rows.counts("following"), kept);
            put(&mut accounts.posts, rows.counts("posts"), kept);
            put(&mut accounts.is_private, rows.flags("is_private"), kept);
            put(&mut accounts.is_verified, rows.flags("is_verified"), kept);
            put(&mut accounts.is_business, rows.flags("is_business"), kept);
            put(&mut accounts.created_at, rows.times("created_at"), kept);
            put(&mut accounts.last_active_at, rows.times("last_active_at"), kept);
            put(&mut accounts.handle_length, rows.counts("handle_length"), kept);
            put(&mut accounts.handle_digit_count, rows.counts("handle_digit_count"), kept);
            put(&mut accounts.handle_digit_share, rows.reals("handle_digit_share"), kept);
            put(&mut accounts.display_name_words, rows.counts("display_name_words"), kept);
            put(&mut accounts.bio_length, rows.counts("bio_length"), kept);
            put(&mut accounts.captured_at, rows.times("captured_at"), kept);
        },
    );
}

pub(super) fn put_posts(posts: &mut Posts, rows: &Rows<'_>, kept: &[(usize, usize)]) {
    let kinds = rows.texts("kind");
    for &(row, id) in kept {
        posts.kind.put(id, kinds.get(row).and_then(PostKind::from_word));
    }
    put(&mut posts.published_at, rows.times("published_at"), kept);
    put_texts(&mut posts.caption, rows.texts("caption"), kept);
    put(&mut posts.likes, rows.counts("likes"), kept);
    put(&mut posts.comments, rows.counts("comments"), kept);
    put(&mut posts.shares, rows.counts("shares"), kept);
    put(&mut posts.saves, rows.counts("saves"), kept);
    put(&mut posts.views, rows.counts("views"), kept);
    put(&mut posts.is_sponsored, rows.flags("is_sponsored"), kept);
}

fn put<A: ArrayAccessor + Copy>(column: &mut Column<A::Item>, values: Values<A>, kept: &[(usize, usize)])
where
    A::Item: Copy + Default,
{
    for &(row, id) in kept {
        column.put(id, values.get(row));
    }
}

fn put_texts(column: &mut TextColumn, values: Texts<'_>, kept: &[(usize, usize)]) {
    for &(row, id) in kept {
        column.put(id, values.get(row));
    }
}

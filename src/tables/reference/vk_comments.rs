//! Kolomeets et al. 2022: comments on news pages of VK, one CSV a page in one archive. The world beside real data reads who and when; texts are read apart.

use super::Timeline;
use super::archive::for_each_file;
use crate::domain::Timestamp;
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Times of comments, by who wrote and by where.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CommentTimes {
    pub by_user: Vec<Timeline>,
    pub by_page: Vec<Timeline>,
}

/// Reads every CSV of the archive. Rows whose time cannot be read are left out: texts with stray quotes tear some apart.
pub(super) fn read(path: &Path) -> Result<CommentTimes> {
    let mut by_user: BTreeMap<Vec<u8>, Timeline> = BTreeMap::new();
    let mut by_page = Vec::new();
    for_each_file(path, &mut |name, content| {
        if !name.ends_with(".csv") {
            return Ok(());
        }
        let mut page = Vec::new();
        read_page(content, &mut |user, at_s| {
            by_user.entry(user.to_vec()).or_default().push(at_s);
            page.push(at_s);
        })?;
        page.sort_unstable();
        by_page.push(page);
        Ok(())
    })?;
    let mut by_user: Vec<Timeline> = by_user.into_values().collect();
    by_user.iter_mut().for_each(|times| times.sort_unstable());
    Ok(CommentTimes { by_user, by_page })
}

/// One comment on a news page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageComment {
    /// Number of the page, in the order of the archive.
    pub page: u32,
    /// Number of the user, by first appearance.
    pub user: u32,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// Reads every comment with its text; `None` where the archive is not there. Rows whose time cannot be read are left out, as above.
///
/// # Errors
/// An archive that is there and is damaged or something else.
pub fn load_page_comments(root: &Path) -> Result<Option<Vec<PageComment>>> {
    let path = root.join("vk_market/mkwm2022_comments.tar.xz");
    if !path.exists() {
        return Ok(None);
    }
    let (mut users, mut comments, mut page) = (BTreeMap::new(), Vec::new(), 0);
    for_each_file(&path, &mut |name, content| {
        if !name.ends_with(".csv") {
            return Ok(());
        }
        read_rows(content, &mut |row| {
            let n_users = users.len() as u32;
            let user = *users.entry(row.user.to_vec()).or_insert(n_users);
            comments.push(PageComment { page, user, at: row.at, text: String::from_utf8_lossy(row.text).into_owned() });
        })?;
        page += 1;
        Ok(())
    })?;
    Ok(Some(comments))
}

/// One row of a page, as it stands.
struct PageRow<'a> {
    user: &'a [u8],
    at: Timestamp,
    text: &'a [u8],
}

fn read_page(content: &mut dyn Read, each: &mut dyn FnMut(&[u8], i64)) -> Result<()> {
    read_rows(content, &mut |row| each(row.user, row.at.ms() / 1000))
}

fn read_rows(content: &mut dyn Read, each: &mut dyn FnMut(PageRow<'_>)) -> Result<()> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(content);
    let malformed = |error: csv::Error| Error::malformed("CSV", error);
    let header = rows.byte_headers().map_err(malformed)?.clone();
    let place = |column: &str| {
        header.iter().position(|name| name == column.as_bytes()).ok_or_else(|| {
            let found = header.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(", ");
            Error::new(ErrorKind::MissingColumn { column: column.to_owned(), found, hint: String::new() })
        })
    };
    let (user, time, text) = (place("user_id_hashed")?, place("datetime")?, place("text")?);
    let mut row = csv::ByteRecord::new();
    while rows.read_byte_record(&mut row).map_err(malformed)? {
        let at = row.get(time).and_then(|at| std::str::from_utf8(at).ok());
        if let (Some(user), Some((at, _))) = (row.get(user), at.and_then(|at| Timestamp::parse(at.trim()).ok())) {
            each(PageRow { user, at, text: row.get(text).unwrap_or_default() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::archive::testing::archive;
    use super::*;

    #[test]
    fn texts_are_kept_by_page_and_user() {
        let folder = tempfile::tempdir().unwrap();
        assert!(load_page_comments(folder.path()).unwrap().is_none());
        std::fs::create_dir(folder.path().join("vk_market")).unwrap();
        let page = "text,user_id_hashed,datetime\n\"hi, you\",b,2022-02-22 14:40:15\nho,a,torn\n";
        let bytes =
            archive(&[("p.csv", page.as_bytes()), ("q.csv", b"text,user_id_hashed,datetime\nha,b,2022-02-22 14:40:16\n")]);
        std::fs::write(folder.path().join("vk_market/mkwm2022_comments.tar.xz"), bytes).unwrap();
        let found = load_page_comments(folder.path()).unwrap().unwrap();
        let said: Vec<(u32, u32, &str)> =
            found.iter().map(|comment| (comment.page, comment.user, comment.text.as_str())).collect();
        assert_eq!(said, [(0, 0, "hi, you"), (1, 0, "ha")]);
    }

    #[test]
    fn times_are_kept_by_user_and_by_page() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("comments.tar.xz");
        let page = "text,user_id_hashed,war,datetime,media\nhi,b,0.1,2022-02-22 14:40:15,P\nho,a,0.1,2022-02-22 14:40:10,P\nhm,b,0.1,torn,P\n";
        let other = "text,user_id_hashed,war,datetime,media\nhi,b,0.1,2022-02-22 14:40:20,Q\n";
        std::fs::write(&path, archive(&[("p.csv", page.as_bytes()), ("q.csv", other.as_bytes())])).unwrap();
        let at = 1_645_540_810;
        let expected =
            CommentTimes { by_user: vec![vec![at], vec![at + 5, at + 10]], by_page: vec![vec![at, at + 5], vec![at + 10]] };
        assert_eq!(read(&path).unwrap(), expected);
        std::fs::write(&path, archive(&[("p.csv", b"text,user\n")])).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("user_id_hashed"));
    }
}

//! Alberto et al. 2015 (UCI): comments under five music videos on YouTube, labelled by hand; one CSV a video.

use crate::domain::Label;
use crate::error::{Error, ErrorKind, Result};
use crate::tables::import::csv_rows::CsvRows;
use crate::tables::import::source::{files, stem};
use std::path::Path;

/// Where the set stands below the folder of public data.
const FOLDER: &str = "youtube_spam_uci";

/// A comment that people judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledComment {
    /// Under which video: the file's name.
    pub video: String,
    /// Its text, as a reader saw it.
    pub text: String,
    /// *Fake* for spam.
    pub label: Label,
}

/// Reads the labelled comments, in the order of files and rows; `None` where the set is not there.
///
/// # Errors
/// A set that is there and is damaged or something else.
pub fn load_labelled_comments(root: &Path) -> Result<Option<Vec<LabelledComment>>> {
    let folder = root.join(FOLDER);
    if !folder.exists() {
        return Ok(None);
    }
    let mut comments = Vec::new();
    for file in files(&folder, &["csv"])? {
        let mut rows = CsvRows::open(&file, &["CONTENT", "CLASS"])?;
        while rows.step()? {
            let label = match rows.text("CLASS").as_deref() {
                Some("1") => Label::Fake,
                Some("0") => Label::Genuine,
                other => {
                    let error = Error::malformed("a labelled comment", format!("CLASS is {other:?}, not 0 or 1"));
                    return Err(error.at_file(&file));
                }
            };
            let text = as_seen(&rows.field("CONTENT").unwrap_or_default());
            comments.push(LabelledComment { video: stem(&file), text, label });
        }
    }
    if comments.is_empty() {
        let detail = "no labelled comment".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "read the labelled comments", detail }));
    }
    Ok(Some(comments))
}

/// The text without the markup in which the site's interface wrapped it.
fn as_seen(raw: &str) -> String {
    const ENTITIES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>').filter(|_| is_tag(&rest[open..])) else {
            text.push('<');
            rest = &rest[open + 1..];
            continue;
        };
        text.push(' ');
        rest = &rest[open + close + 1..];
    }
    text.push_str(rest);
    ENTITIES.iter().fold(text, |text, (entity, seen)| text.replace(entity, seen)).trim().to_owned()
}

fn is_tag(text: &str) -> bool {
    ["<br", "<a ", "</a", "<b>", "</b", "<i>", "</i"].iter().any(|tag| text.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_they_were_seen() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load_labelled_comments(folder.path()).unwrap(), None);
        let set = folder.path().join(FOLDER);
        std::fs::create_dir(&set).unwrap();
        let head = "\nCOMMENT_ID,AUTHOR,DATE,CONTENT,CLASS\n";
        let rows = "1,a,,\"<a href=\"\"http://x.y\"\">2:19</a> it&#39;s &lt;3<br />best\",0\n2,b,,5 < 6 > 4,1\n";
        std::fs::write(set.join("V1.csv"), format!("{head}{rows}")).unwrap();
        let comment = |text: &str, label| LabelledComment { video: "V1".into(), text: text.into(), label };
        let expected = vec![comment("2:19  it's <3 best", Label::Genuine), comment("5 < 6 > 4", Label::Fake)];
        assert_eq!(load_labelled_comments(folder.path()).unwrap(), Some(expected));
        std::fs::write(set.join("V1.csv"), format!("{head}1,a,,x,2\n")).unwrap();
        assert!(load_labelled_comments(folder.path()).unwrap_err().to_string().contains("V1.csv"));
    }
}

//! Praise that fits under anything.

use super::comment::Comment;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of a comment that may all be stock; longer ones say something in the way they are put together.
const MAX_WORDS: u32 = 6;

/// Words that praise by themselves, by language: English, German, Spanish, Portuguese, French, Italian, Dutch, Polish, Turkish, Indonesian, Russian,
/// Arabic, Hindi (also in Latin letters), Japanese, Korean, Chinese.
const PRAISE: [&str; 16] = [
    "nice wow cool love loved lovely beautiful amazing awesome great good best perfect gorgeous stunning pretty cute sweet super fantastic incredible wonderful \
     brilliant excellent fire lit dope goals queen king slay yes yess bravo congrats congratulations omg yum yummy goat legend iconic masterpiece stunner \
     hot handsome inspiring",
    "schön toll super geil hammer klasse wunderschön liebe hübsch süß mega krass cool perfekt spitze traumhaft stark stabil ehre genial",
    "bonito bonita hermoso hermosa guapo guapa bello bella lindo linda genial increíble precioso precioso preciosa encanta amo excelente maravilla divino \
     divina espectacular top felicidades",
    "linda lindo maravilhosa maravilhoso perfeita perfeito amei amo top show incrível gata gato diva parabéns maravilha demais lacrou arrasou sensacional",
    "beau belle magnifique superbe génial génia incroyable adore sublime canon jolie joli parfait parfaite bravo merveilleux trop",
    "bello bella bellissimo bellissima stupendo stupenda fantastico fantastica meraviglia meravigliosa bravo brava splendida splendido adoro",
    "mooi mooie prachtig geweldig leuk leuke lekker knap top schitterend",
    "piękne piękna pięknie super cudo cudnie śliczna ślicznie świetne ekstra kocham bosko sztos",
    "güzel güzelsin harika süper mükemmel muhteşem efsane bayıldım aşkım kral maşallah",
    "keren mantap mantul cantik ganteng bagus lucu gemes hebat kece cakep manis kerennn",
    "круто класс супер красиво красивая красивый красота огонь топ шикарно прекрасно молодец молодцы люблю обожаю милота бомба браво супер красотка",
    "جميل جميلة رائع رائعة روعة حلو حلوة تحفة قمر ماشاءالله مبدع",
    "सुंदर बढ़िया शानदार मस्त वाह nice badhiya mast sundar wah zabardast",
    "かわいい 可愛い すごい 素敵 最高 綺麗 きれい いいね 素晴らしい かっこいい",
    "예뻐요 예쁘다 최고 멋져요 멋있어요 대박 귀여워 좋아요 사랑해",
    "好看 漂亮 好美 太美了 可爱 棒 厉害 真棒 美 好棒",
];

/// Words that carry nothing beside them.
const FILLERS: [&str; 16] = [
    "so very really this that is it its you your youre are look looks looking the a an and i im too much always just such what how one ever of my me we all as \
     as vibes pic picture photo shot post content work job video song style outfit dear bro sis babe girl man guys keep up going thanks thank for sharing in",
    "so sehr richtig das ist du bist ein eine einfach echt voll wie immer bild foto und ich es so dich dein gut",
    "que qué muy tan estás eres es como siempre me te foto la el mi tu y lo todo mejor",
    "que muito tão é você está como sempre foto a o meu minha bom boa sempre e tudo mais",
    "si très tellement tu es c est cest photo la le ma mon j jadore et toujours comme",
    "che sei molto così è sempre foto la il mia mio ti come tutto",
    "zo heel erg wat een je bent dit is foto jij en",
    "jak bardzo to jest zawsze ale tak i ty zdjęcie",
    "çok bu ne kadar sen ve her zaman",
    "banget sekali kak bang kakak mas mbak yang ini selalu nya bgt",
    "очень как так ты вы всегда фото какая какой какое это и просто самая самый",
    "جدا ما شاء الله والله انت",
    "bahut bhai didi aap hai kya बहुत है",
    "とても",
    "너무 정말 진짜",
    "太 真 好",
];

static PRAISING: LazyLock<HashSet<String>> = LazyLock::new(|| keys(&PRAISE));
static STOCK: LazyLock<HashSet<String>> = LazyLock::new(|| keys(&FILLERS).union(&PRAISING).cloned().collect());

fn keys(lists: &[&str]) -> HashSet<String> {
    lists.iter().flat_map(|list| list.split_whitespace()).map(|word| Comment::read(word).key).collect()
}

/// Whether a comment is praise that fits under any post: up to six words, all of them from a short list of our own (16 languages), at least one
/// of which praises. Emojis beside them do not matter; a mention, number or link makes it say something.
///
/// In languages that the list does not hold, only how often a text is written can tell; see the comments of a dataset in `signals`.
///
/// # Cost
/// One look-up a word.
///
/// # Examples
/// ```
/// use bonafide::text::{Comment, is_stock_praise};
/// assert!(["So beautiful!! 😍", "that is amaaazing", "очень красиво", "muito top"].iter().all(|text| is_stock_praise(&Comment::read(text))));
/// assert!(["so", "love the lamp", "😍", "@anna nice"].iter().all(|text| !is_stock_praise(&Comment::read(text))));
/// ```
pub fn is_stock_praise(comment: &Comment) -> bool {
    let is_bare = comment.mention_count + comment.number_count + comment.contact_count == 0;
    let is_short = (1..=MAX_WORDS).contains(&comment.word_count);
    is_bare
        && is_short
        && comment.key.split(' ').all(|word| STOCK.contains(word))
        && comment.key.split(' ').any(|word| PRAISING.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_stock(text: &str) -> bool {
        is_stock_praise(&Comment::read(text))
    }

    #[test]
    fn praise_of_many_languages_is_known_and_what_says_something_is_not() {
        for text in [
            "Wow",
            "WOOOW!!!",
            "love this so much",
            "wunderschön",
            "¡Qué bonito!",
            "que linda",
            "trop belle",
            "sei bellissima",
            "prachtig",
            "çok güzel",
            "keren banget kak",
            "Красота!",
            "روعة",
            "かわいい",
            "예뻐요",
            "太美了",
        ] {
            assert!(is_stock(text), "{text}");
        }
        for text in [
            "where is this?",
            "love from Brazil",
            "great lens for the price",
            "schönes Wetter heute",
            "первый",
            "wow 1000 likes",
            "",
            "!!!",
            "love love love love love love love",
        ] {
            assert!(!is_stock(text), "{text}");
        }
    }
}

//! A file's bytes → its characters: which encoding they are in, or the place of the first byte that
//! fits none.
//!
//! `b"\xc7\xa7\xcd\xf2"` → `千万`, `gb18030`

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

/// Why a file's bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty")]
    Empty,
    #[error("not a text file: byte {at} is {byte:#04x}")]
    Binary {
        /// Offset of the first byte that no text holds.
        at: usize,
        byte: u8,
    },
    #[error(
        "neither UTF-8 nor GB18030 nor Big5: the first bad byte is {byte:#04x} at offset {at} (line {line})"
    )]
    Encoding { at: usize, byte: u8, line: usize },
    #[error("not {0}, which it was said to be")]
    NotAsSaid(&'static str),
    #[error("no encoding is called {0:?}: utf-8, gb18030, gbk, big5, utf-16le, utf-16be, …")]
    UnknownEncoding(String),
    #[error("the file is larger than {} MiB", Decoded::MOST >> 20)]
    TooLarge,
}

/// The characters of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Everything, the byte order mark included, line ends as they are.
    pub raw: String,
    pub encoding: &'static str,
    /// Another encoding that fits nearly as well: the guess may be wrong.
    pub doubt: Option<&'static str>,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
}

impl Decoded {
    /// Most bytes a single file may have.
    pub const MOST: usize = 1 << 30;
}

/// An encoding that the user names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named(&'static Encoding);

impl std::str::FromStr for Named {
    type Err = ReadError;

    /// By any label of the WHATWG Encoding Standard: `gbk`, `GB2312`, `big5`, `utf-16le`, …
    fn from_str(label: &str) -> Result<Self, ReadError> {
        let found = Encoding::for_label(label.as_bytes());
        // GBK is read as its superset, so that no character of a newer file is lost.
        let found = found.map(|e| if e == encoding_rs::GBK { GB18030 } else { e });
        found.map(Self).ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))
    }
}

impl Named {
    fn name(self) -> &'static str {
        name(self.0)
    }
}

/// As the dataset spells it.
fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "gb18030" => "gb18030",
        "Big5" => "big5",
        other => other,
    }
}

/// Decodes strictly. Without a named encoding: UTF-8 first, then UTF-16 if a byte order mark says so, then
/// GB18030 or Big5, whichever reads as ordinary Chinese.
pub fn decode(bytes: &[u8], said: Option<Named>) -> Result<Decoded, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.len() > Decoded::MOST {
        return Err(ReadError::TooLarge);
    }
    let (raw, encoding, doubt) = match said {
        Some(said) => {
            let text = strictly(said.0, bytes).filter(|text| !text.contains('\0'));
            (text.ok_or(ReadError::NotAsSaid(said.name()))?, said.name(), None)
        }
        None => characters(bytes)?,
    };
    if raw.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ReadError::Empty);
    }
    Ok(Decoded { raw, encoding, doubt, sha256: hexadecimal(&Sha256::digest(bytes)) })
}

/// The text of a record that was decoded with the file around it.
pub fn decoded(raw: String, encoding: &'static str) -> Result<Decoded, ReadError> {
    if raw.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let sha256 = hexadecimal(&Sha256::digest(raw.as_bytes()));
    Ok(Decoded { raw, encoding, doubt: None, sha256 })
}

type Read = (String, &'static str, Option<&'static str>);

fn characters(bytes: &[u8]) -> Result<Read, ReadError> {
    for (mark, encoding) in [(&b"\xff\xfe"[..], UTF_16LE), (&b"\xfe\xff"[..], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark)
            && let Some(text) = strictly(encoding, rest)
            && !text.contains('\0')
        {
            return Ok((format!("\u{feff}{text}"), name(encoding), None));
        }
    }
    refuse_binary(bytes)?;
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), "utf-8", None)),
        Err(error) => error,
    };
    if !is_damaged_utf8(bytes)
        && let Some(read) = double_byte(bytes)
    {
        return Ok(read);
    }
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let line = 1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count();
    Err(ReadError::Encoding { at, byte, line })
}

/// GB18030 or Big5: the one in which more characters are ordinary ones. Read in the wrong one of the two,
/// a text scatters over the rare characters.
fn double_byte(bytes: &[u8]) -> Option<Read> {
    /// Hundredths of the characters that must be ordinary.
    const ENOUGH: usize = 80;
    /// How near the other may come before the guess is doubtful.
    const NEAR: usize = 10;
    let mut fitting: Vec<(usize, &'static Encoding, String)> =
        [(GB18030, ordinary_gb as Ordinary), (BIG5, ordinary_big5)]
            .into_iter()
            .filter_map(|(encoding, ordinary)| {
                Some((share(bytes, ordinary), encoding, strictly(encoding, bytes)?))
            })
            .collect();
    fitting.sort_by_key(|(share, ..)| std::cmp::Reverse(*share));
    let runner_up = fitting.get(1).map(|(share, encoding, _)| (*share, name(encoding)));
    let (best, encoding, text) = fitting.into_iter().next().filter(|(share, ..)| *share >= ENOUGH)?;
    let doubt = runner_up.filter(|(share, _)| share + NEAR >= best).map(|(_, name)| name);
    Some((text, name(encoding), doubt))
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// A NUL byte, or many control bytes, mean that this is no text.
fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    let odd = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let nul = bytes.iter().position(|&b| b == 0);
    let dense = bytes.iter().filter(|&&b| odd(b)).count() * 20 > bytes.len();
    let at = nul.or_else(|| if dense { bytes.iter().position(|&b| odd(b)) } else { None });
    match at {
        Some(at) => Err(ReadError::Binary { at, byte: bytes.get(at).copied().unwrap_or_default() }),
        None => Ok(()),
    }
}

/// Whether most high bytes stand in sound UTF-8 sequences of three: then the file is UTF-8 with a
/// wound, not another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let sound: usize = bytes
        .utf8_chunks()
        .flat_map(|chunk| chunk.valid().chars())
        .map(|c| if c.len_utf8() >= 3 { c.len_utf8() } else { 0 })
        .sum();
    sound * 4 > high * 3
}

/// Whether a lead and a trail byte are an ordinary character of an encoding.
type Ordinary = fn(u8, u8) -> bool;

/// Punctuation and the characters of GB 2312.
fn ordinary_gb(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xa1..=0xa3 | 0xb0..=0xf7) && trail >= 0xa1
}

/// Punctuation and the first, frequent level of Big5.
fn ordinary_big5(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xa1..=0xc6) && matches!(trail, 0x40..=0x7e | 0xa1..=0xfe)
}

/// Hundredths of the double bytes that are ordinary characters.
fn share(bytes: &[u8], ordinary: Ordinary) -> usize {
    let (mut pairs, mut common, mut at) = (0usize, 0usize, 0usize);
    while let Some(&lead) = bytes.get(at) {
        if lead.is_ascii() {
            at += 1;
            continue;
        }
        let trail = bytes.get(at + 1).copied().unwrap_or_default();
        pairs += 1;
        common += usize::from(ordinary(lead, trail));
        at += 2;
    }
    (common * 100).checked_div(pairs).unwrap_or(0)
}

/// `[0x0a, 0xff]` → `0aff`
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        let plain = decode("全市12户\r\n".as_bytes(), None).unwrap();
        assert_eq!((plain.raw.as_str(), plain.encoding), ("全市12户\r\n", "utf-8"));
        assert_eq!(decode("\u{feff}全市".as_bytes(), None).unwrap().raw, "\u{feff}全市");
        assert_eq!(plain.sha256.len(), 64);
    }

    #[test]
    fn gb18030_is_recognised() {
        let bytes = gbk("二〇一二年，全镇有工厂36家，其中新办5家。");
        let read = decode(&bytes, None).unwrap();
        assert_eq!((read.encoding, read.raw.chars().count()), ("gb18030", 22));
    }

    #[test]
    fn big5_is_told_from_gb18030() {
        for text in [
            "民國九十五年全縣工廠三十六家，產值五億元。",
            "河東縣去年糧食總產量達到12萬噸，比上年增長百分之三。",
        ] {
            let bytes = BIG5.encode(text).0.into_owned();
            let read = decode(&bytes, None).unwrap();
            assert_eq!((read.encoding, read.raw.as_str(), read.doubt), ("big5", text, None));
        }
        let simplified = gbk("河东县去年粮食总产量达到12万吨，比上年增长百分之三，其中水稻占七成。");
        assert_eq!(decode(&simplified, None).unwrap().encoding, "gb18030");
    }

    #[test]
    fn a_named_encoding_is_taken_or_refused() {
        let utf16: Vec<u8> = "产值5亿元".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, Some("utf-16le".parse().unwrap())).unwrap().raw, "产值5亿元");
        let said = Some("gbk".parse().unwrap());
        assert_eq!(decode(&gbk("全镇"), said).unwrap().encoding, "gb18030");
        assert_eq!(decode(b"\xff\xff", said), Err(ReadError::NotAsSaid("gb18030")));
        assert!("klingon".parse::<Named>().is_err());
    }

    #[test]
    fn utf16_with_a_mark() {
        let bytes: Vec<u8> = "\u{feff}产值5亿元".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = decode(&bytes, None).unwrap();
        assert_eq!((read.raw.as_str(), read.encoding), ("\u{feff}产值5亿元", "utf-16le"));
    }

    #[test]
    fn empty_and_binary() {
        assert_eq!(decode(b"", None), Err(ReadError::Empty));
        assert_eq!(decode(b" \n\t", None), Err(ReadError::Empty));
        assert_eq!(decode("\u{feff}\n".as_bytes(), None), Err(ReadError::Empty));
        assert_eq!(decode(b"PK\x03\x04\0\0", None), Err(ReadError::Binary { at: 4, byte: 0 }));
        assert_eq!(decode(b"\x01\x02\x03abc", None), Err(ReadError::Binary { at: 0, byte: 1 }));
    }

    #[test]
    fn damaged_utf8_names_the_byte() {
        let mut bytes = "第一行\n产量增加，销量增加".as_bytes().to_vec();
        bytes[13] = 0xff;
        let error = decode(&bytes, None).unwrap_err();
        assert_eq!(error, ReadError::Encoding { at: 13, byte: 0xff, line: 2 });
        assert!(error.to_string().contains("offset 13 (line 2)"));
        // Cut in the middle of a character.
        let whole = "财政收入增长".as_bytes();
        assert!(matches!(decode(&whole[..16], None), Err(ReadError::Encoding { at: 15, .. })));
    }

    #[test]
    fn latin1_is_not_taken_for_chinese() {
        assert!(matches!(
            decode(b"caf\xe9 cr\xe8me br\xfbl\xe9e", None),
            Err(ReadError::Encoding { at: 3, .. })
        ));
    }
}

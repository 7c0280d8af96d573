//! A file's bytes → its characters: which encoding they are in, or the place of the first byte that
//! fits none.
//!
//! `b"\xc7\xa7\xcd\xf2"` → `千万`, `gb18030`

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
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
    #[error("neither UTF-8 nor GB18030: the first bad byte is {byte:#04x} at offset {at} (line {line})")]
    Encoding { at: usize, byte: u8, line: usize },
    #[error("the file is larger than {} MiB", Decoded::MOST >> 20)]
    TooLarge,
}

/// The characters of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Everything, the byte order mark included, line ends as they are.
    pub raw: String,
    pub encoding: &'static str,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
}

impl Decoded {
    /// Most bytes a single file may have.
    pub const MOST: usize = 1 << 30;
}

/// Decodes strictly: UTF-8 first, then UTF-16 if a byte order mark says so, then GB18030 if what
/// comes out looks like Chinese.
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.len() > Decoded::MOST {
        return Err(ReadError::TooLarge);
    }
    let (raw, encoding) = characters(bytes)?;
    if raw.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ReadError::Empty);
    }
    Ok(Decoded { raw, encoding, sha256: hexadecimal(&Sha256::digest(bytes)) })
}

fn characters(bytes: &[u8]) -> Result<(String, &'static str), ReadError> {
    for (mark, encoding, name) in
        [(&b"\xff\xfe"[..], UTF_16LE, "utf-16le"), (&b"\xfe\xff"[..], UTF_16BE, "utf-16be")]
    {
        if let Some(rest) = bytes.strip_prefix(mark)
            && let Some(text) = strictly(encoding, rest)
            && !text.contains('\0')
        {
            return Ok((format!("\u{feff}{text}"), name));
        }
    }
    refuse_binary(bytes)?;
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), "utf-8")),
        Err(error) => error,
    };
    if !is_damaged_utf8(bytes)
        && is_plausible_gbk(bytes)
        && let Some(text) = strictly(GB18030, bytes)
    {
        return Ok((text, "gb18030"));
    }
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let line = 1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count();
    Err(ReadError::Encoding { at, byte, line })
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

/// Whether nearly all double bytes lie where GBK keeps ordinary characters and punctuation. Another
/// encoding read as GBK scatters over the rare regions.
fn is_plausible_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut common, mut at) = (0usize, 0usize, 0usize);
    while let Some(&lead) = bytes.get(at) {
        if lead.is_ascii() {
            at += 1;
            continue;
        }
        let trail = bytes.get(at + 1).copied().unwrap_or_default();
        pairs += 1;
        common += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xf7) && trail >= 0xa1);
        at += 2;
    }
    pairs > 0 && common * 10 >= pairs * 8
}

fn hexadecimal(bytes: &[u8]) -> String {
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
        let plain = decode("全市12户\r\n".as_bytes()).unwrap();
        assert_eq!((plain.raw.as_str(), plain.encoding), ("全市12户\r\n", "utf-8"));
        assert_eq!(decode("\u{feff}全市".as_bytes()).unwrap().raw, "\u{feff}全市");
        assert_eq!(plain.sha256.len(), 64);
    }

    #[test]
    fn gb18030_is_recognised() {
        let bytes = gbk("二〇一二年，全镇有工厂36家，其中新办5家。");
        let read = decode(&bytes).unwrap();
        assert_eq!((read.encoding, read.raw.chars().count()), ("gb18030", 22));
    }

    #[test]
    fn utf16_with_a_mark() {
        let bytes: Vec<u8> = "\u{feff}产值5亿元".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = decode(&bytes).unwrap();
        assert_eq!((read.raw.as_str(), read.encoding), ("\u{feff}产值5亿元", "utf-16le"));
    }

    #[test]
    fn empty_and_binary() {
        assert_eq!(decode(b""), Err(ReadError::Empty));
        assert_eq!(decode(b" \n\t"), Err(ReadError::Empty));
        assert_eq!(decode("\u{feff}\n".as_bytes()), Err(ReadError::Empty));
        assert_eq!(decode(b"PK\x03\x04\0\0"), Err(ReadError::Binary { at: 4, byte: 0 }));
        assert_eq!(decode(b"\x01\x02\x03abc"), Err(ReadError::Binary { at: 0, byte: 1 }));
    }

    #[test]
    fn damaged_utf8_names_the_byte() {
        let mut bytes = "第一行\n产量增加，销量增加".as_bytes().to_vec();
        bytes[13] = 0xff;
        let error = decode(&bytes).unwrap_err();
        assert_eq!(error, ReadError::Encoding { at: 13, byte: 0xff, line: 2 });
        assert!(error.to_string().contains("offset 13 (line 2)"));
        // Cut in the middle of a character.
        let whole = "财政收入增长".as_bytes();
        assert!(matches!(decode(&whole[..16]), Err(ReadError::Encoding { at: 15, .. })));
    }

    #[test]
    fn latin1_is_not_taken_for_chinese() {
        assert!(matches!(decode(b"caf\xe9 cr\xe8me br\xfbl\xe9e"), Err(ReadError::Encoding { at: 3, .. })));
    }
}

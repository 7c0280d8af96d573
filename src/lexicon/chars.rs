//! Maps keyed by characters, for look-ups at every character of a text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are single characters. They come from our own files, so that nobody can choose
/// them to collide: one multiplication is hash enough.
pub(super) type ByChar<T> = HashMap<char, T, BuildHasherDefault<CharHasher>>;

/// The same by two characters in a row.
pub(super) type ByChars<T> = HashMap<(char, char), T, BuildHasherDefault<CharHasher>>;

/// Spreads a character's code over all bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CharHasher(u64);

impl Hasher for CharHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, code: u32) {
        self.0 = (self.0 ^ u64::from(code)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}

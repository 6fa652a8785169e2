//! Where a byte is in the text, in characters.

/// From byte offsets to character positions. Offsets come in ascending order but for a few, so
/// counting goes on from the last one.
pub(super) struct Places<'a> {
    pub(super) source: &'a str,
    byte: usize,
    character: u32,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, byte: 0, character: 0 }
    }

    pub(super) fn character(&mut self, byte: usize) -> u32 {
        if byte < self.byte {
            (self.byte, self.character) = (0, 0);
        }
        let between = self.source.get(self.byte..byte).unwrap_or_default();
        self.character += between.chars().count() as u32;
        self.byte = byte;
        self.character
    }
}

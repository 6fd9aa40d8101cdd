//! From byte offsets to what people and other programs count in.

/// Translates byte offsets of one text into code points.
pub struct CodePoints {
    /// Code points before each block of `BLOCK` bytes, or nothing for pure ASCII.
    before: Vec<usize>,
    bytes: Vec<u8>,
}

const BLOCK: usize = 256;

impl CodePoints {
    /// Prepares the translation for `text`, in one pass.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                before: Vec::new(),
                bytes: Vec::new(),
            };
        }
        let bytes = text.as_bytes().to_vec();
        let mut before = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            before.push(count);
            count += starts(block);
        }
        Self { before, bytes }
    }

    /// The number of code points before `offset`, which must be a character boundary of the text.
    pub fn at(&self, offset: usize) -> usize {
        if self.before.is_empty() {
            return offset;
        }
        let block = (offset / BLOCK).min(self.before.len() - 1);
        self.before[block] + starts(&self.bytes[block * BLOCK..offset.min(self.bytes.len())])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn code_points_are_counted_across_blocks() {
        for text in ["plain", "", &"“é” 𝒳 word ".repeat(200)] {
            let points = CodePoints::of(text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(offset), count);
            }
            assert_eq!(points.at(text.len()), text.chars().count());
        }
    }
}

//! Small whole numbers in a row, as narrow as they are.

/// Whole numbers by place, 0 where none was set. Each takes a byte as long as none is above 255.
#[derive(Clone, Debug)]
pub enum Codes {
    /// None above 255.
    Bytes(Vec<u8>),
    /// None above 65,535.
    Pairs(Vec<u16>),
    /// Any.
    Words(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

impl Codes {
    /// How many places there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(codes) => codes.len(),
            Self::Pairs(codes) => codes.len(),
            Self::Words(codes) => codes.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number in a place.
    pub fn get(&self, place: usize) -> u32 {
        match self {
            Self::Bytes(codes) => codes.get(place).copied().map_or(0, u32::from),
            Self::Pairs(codes) => codes.get(place).copied().map_or(0, u32::from),
            Self::Words(codes) => codes.get(place).copied().unwrap_or(0),
        }
    }

    /// Puts a number in a place.
    pub fn set(&mut self, place: usize, code: u32) {
        self.widen_for(code);
        match self {
            Self::Bytes(codes) => put(codes, place, code as u8),
            Self::Pairs(codes) => put(codes, place, code as u16),
            Self::Words(codes) => put(codes, place, code),
        }
    }

    /// Puts a number behind the others.
    pub fn push(&mut self, code: u32) {
        self.set(self.len(), code);
    }

    fn widen_for(&mut self, code: u32) {
        match self {
            Self::Bytes(codes) if code > u32::from(u8::MAX) => {
                *self = Self::Pairs(codes.iter().copied().map(u16::from).collect());
                self.widen_for(code);
            }
            Self::Pairs(codes) if code > u32::from(u16::MAX) => {
                *self = Self::Words(codes.iter().copied().map(u32::from).collect());
            }
            _ => {}
        }
    }
}

fn put<T: Clone + Default>(codes: &mut Vec<T>, place: usize, code: T) {
    if place >= codes.len() {
        codes.resize(place + 1, T::default());
    }
    codes[place] = code;
}

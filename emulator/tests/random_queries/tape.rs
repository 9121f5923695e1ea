//! Numbers from which everything random is decided: a shorter tape of smaller numbers makes a simpler test, so that what fails
//! can be made smaller without knowing what it is.

/// A tape that is read once. Behind its end there are zeros.
pub struct Tape<'t> {
    numbers: &'t [u16],
}

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u16]) -> Self {
        Self { numbers }
    }

    /// A number below `count`, or 0.
    pub fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.numbers.split_first() else {
            return 0;
        };
        self.numbers = rest;
        usize::from(*first) % count.max(1)
    }

    pub fn one_of<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }

    /// True once in so many times. Behind the end: false.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }
}

//! How much is looked at, counted in tests only: what must grow with what is written, and not with its square, is measured by
//! it, for times depend on the machine.

/// Counts that something was looked at so many times.
#[inline]
pub fn count(looks: usize) {
    #[cfg(test)]
    tests::LOOKS.with(|all| all.set(all.get() + looks));
    #[cfg(not(test))]
    let _ = looks;
}

#[cfg(test)]
pub mod tests {
    use std::cell::Cell;

    thread_local! {
        pub(super) static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    /// Asserts that four times as much of something takes no more than five times as many looks.
    pub fn grows_with_what_is_written(name: &str, mut of: impl FnMut(usize)) {
        let mut looks = |size: usize| {
            let before = LOOKS.with(Cell::get);
            of(size);
            LOOKS.with(Cell::get) - before
        };
        let (few, many) = (looks(200), looks(800));
        assert!(few > 0, "{name}: nothing is counted");
        assert!(many <= 5 * few, "{name}: {few} looks at 200, {many} at 800");
    }
}

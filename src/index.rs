//! Types of indices: the index of a section is no index of an item, and each list is asked with its own.

/// Makes a type of indices, and lets lists of some elements be asked with it.
macro_rules! index_type {
    ($(#[$about:meta])* $name:ident of $($element:ty),+ $(,)?) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index of the first element.
            pub const FIRST: Self = Self(0);

            /// The index of the element at `place`. No list is longer than a text has bytes, and that fits (see
            /// [`crate::source::decode::MAX_BYTES`]).
            pub const fn new(place: usize) -> Self {
                Self(place as u32)
            }

            /// The place of the element in its list.
            pub const fn place(self) -> usize {
                self.0 as usize
            }

            /// The index that an element gets which is added to a list.
            pub const fn next<T>(list: &[T]) -> Self {
                Self::new(list.len())
            }

            /// The indices of a list.
            pub fn all<T>(list: &[T]) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone + use<T> {
                Self::first(list.len())
            }

            /// The indices of a list, to be gone through by several threads.
            pub fn in_parallel<T>(list: &[T]) -> impl rayon::iter::IndexedParallelIterator<Item = Self> + use<T> {
                use rayon::prelude::*;
                (0..list.len()).into_par_iter().map(Self::new)
            }

            /// The indices of the elements at some places.
            pub fn range(
                places: std::ops::Range<usize>,
            ) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (places.start as u32..places.end as u32).map(Self)
            }

            /// The first `count` indices.
            pub fn first(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..count as u32).map(Self)
            }

            /// The elements of a list with their indices.
            pub fn each<T>(list: &[T]) -> impl DoubleEndedIterator<Item = (Self, &T)> + ExactSizeIterator + Clone {
                list.iter().enumerate().map(|(place, element)| (Self::new(place), element))
            }
        }

        $(indexed_by!($name, $element);)+
    };
}

/// Lets lists of an element be asked with a type of indices.
macro_rules! indexed_by {
    ($name:ty, $element:ty) => {
        impl std::ops::Index<$name> for [$element] {
            type Output = $element;

            fn index(&self, index: $name) -> &Self::Output {
                &self[index.place()]
            }
        }

        impl std::ops::IndexMut<$name> for [$element] {
            fn index_mut(&mut self, index: $name) -> &mut Self::Output {
                &mut self[index.place()]
            }
        }

        impl std::ops::Index<$name> for Vec<$element> {
            type Output = $element;

            fn index(&self, index: $name) -> &Self::Output {
                &self.as_slice()[index.place()]
            }
        }

        impl std::ops::IndexMut<$name> for Vec<$element> {
            fn index_mut(&mut self, index: $name) -> &mut Self::Output {
                &mut self.as_mut_slice()[index.place()]
            }
        }
    };
}

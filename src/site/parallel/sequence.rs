//! Aligns pieces of two texts that no shared address ties together, as translations are aligned sentence by sentence: by
//! their lengths (Gale and Church, "A program for aligning sentences in bilingual corpora", 1993), and here also by what
//! kind of block they are and by the figures in them.

use std::ops::Range;

/// What a piece shows of itself to one who knows neither language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// What kind of block it is.
    pub block: Block,
    /// The width of its text in columns of a terminal, in which a Chinese character counts twice.
    pub width: usize,
    /// The figures in it, at most [`MAX_FIGURES`], the least first.
    pub figures: Vec<u64>,
    /// The first digits in it, at most [`MAX_LEAD`].
    pub lead: String,
    /// The digits of the number under which it is quoted, if it is quoted under one: pieces that are quoted otherwise
    /// say other things.
    pub number: Option<String>,
}

/// The kinds of blocks that do not stand for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading,
    /// A table.
    Table,
    /// A picture, a card, a block of code.
    Object,
    /// All else.
    Text,
}

/// How many figures of a piece are compared.
pub const MAX_FIGURES: usize = 32;

/// How many digits a piece begins with are kept, to tell whether it has the number of another.
pub const MAX_LEAD: usize = 12;

/// What it costs to leave a piece without a counterpart.
const ALONE: u32 = 50;
/// What it costs to set two pieces beside one.
const TWO_FOR_ONE: u32 = 25;
/// What is added where the one is, say, a table and the other none.
const OTHER_BLOCK: u32 = 60;
/// What is added at most for lengths that differ, and for figures that do.
const OTHER_WIDTH: u32 = 60;
const OTHER_FIGURES: u32 = 40;

/// How many pairs are compared at most in one gap before only those near the diagonal are.
const MAX_PAIRS: usize = 1 << 16;
/// How far from the diagonal pieces are compared at least.
const MIN_REACH: usize = 32;

/// One step of an alignment: how many pieces of the one and of the other text it takes.
const STEPS: [(usize, usize); 5] = [(1, 1), (0, 1), (1, 0), (2, 1), (1, 2)];

/// Aligns the pieces `one` with the pieces `other`; `scale` is how wide the whole of each text is. Every piece is in one of
/// the pairs, in the order of the texts; a range is empty for what stands alone.
pub fn align(one: &[Feature], other: &[Feature], scale: [usize; 2]) -> Vec<[Range<usize>; 2]> {
    let mut chosen = Band::new(one.len(), other.len());
    // The costs of the row that is being filled and of the two before it.
    let mut costs: [Vec<u32>; 3] = [const { Vec::new() }; 3];
    for left in 0..=one.len() {
        costs.rotate_right(1);
        costs[0] = vec![u32::MAX; chosen.width];
        for right in chosen.columns(left) {
            if left == 0 && right == 0 {
                costs[0][chosen.offset(0, 0)] = 0;
                continue;
            }
            for (step, &(taken, matched)) in STEPS.iter().enumerate() {
                let (Some(from), Some(start)) = (left.checked_sub(taken), right.checked_sub(matched)) else { continue };
                if !chosen.columns(from).contains(&start) {
                    continue;
                }
                let before = costs[taken][chosen.offset(from, start)];
                let here = cost(&one[from..left], &other[start..right], scale);
                let Some(sum) = here.and_then(|here| before.checked_add(here)) else { continue };
                let at = chosen.offset(left, right);
                if sum < costs[0][at] {
                    costs[0][at] = sum;
                    chosen.steps[left * chosen.width + at] = step as u8;
                }
            }
        }
    }
    let (mut left, mut right) = (one.len(), other.len());
    let mut pairs = Vec::new();
    while left > 0 || right > 0 {
        let step = chosen.steps[left * chosen.width + chosen.offset(left, right)];
        let (taken, matched) = STEPS[usize::from(step)];
        pairs.push([left - taken..left, right - matched..right]);
        left -= taken;
        right -= matched;
    }
    pairs.reverse();
    pairs
}

/// What it costs to set these beside each other; nothing where it cannot be.
fn cost(one: &[Feature], other: &[Feature], scale: [usize; 2]) -> Option<u32> {
    if one.is_empty() || other.is_empty() {
        return Some(ALONE);
    }
    let is_plain = |feature: &Feature| feature.block == Block::Text && feature.number.is_none();
    let extra = if one.len() + other.len() > 2 {
        if !one.iter().chain(other).all(is_plain) {
            return None;
        }
        TWO_FOR_ONE
    } else {
        if !may_be_one(&one[0], &other[0]) {
            return None;
        }
        if one[0].block == other[0].block { 0 } else { OTHER_BLOCK }
    };
    let width =
        |side: &[Feature], scale: usize| side.iter().map(|feature| feature.width).sum::<usize>() as u64 * scale as u64;
    let (left, right) = (width(one, scale[1]), width(other, scale[0]));
    let width = part(OTHER_WIDTH, left.abs_diff(right), left + right);
    let (mut left, mut right) = ([0; 2 * MAX_FIGURES], [0; 2 * MAX_FIGURES]);
    let (left, right) = (figures(one, &mut left), figures(other, &mut right));
    let all = (left.len() + right.len()) as u64;
    Some(extra + width + part(OTHER_FIGURES, all - 2 * shared(left, right), all))
}

/// The figures of one or two pieces, the least first. There are so many pairs to compare that two are put together in `room`.
fn figures<'a>(pieces: &'a [Feature], room: &'a mut [u64; 2 * MAX_FIGURES]) -> &'a [u64] {
    let [one, other] = pieces else { return &pieces[0].figures };
    let (first, len) = (one.figures.len(), one.figures.len() + other.figures.len());
    room[..first].copy_from_slice(&one.figures);
    room[first..len].copy_from_slice(&other.figures);
    room[..len].sort_unstable();
    &room[..len]
}

/// Whether two pieces may be quoted under one number: under the same, or under none, or where the one begins with the number
/// of the other, which its language does not know for one: 【仓单1】, [Receipt 1].
fn may_be_one(one: &Feature, other: &Feature) -> bool {
    let begins = |feature: &Feature, number: &str| !number.is_empty() && feature.lead.starts_with(number);
    match (&one.number, &other.number) {
        (Some(number), Some(beside)) => number == beside,
        (Some(number), None) => begins(other, number),
        (None, Some(number)) => begins(one, number),
        (None, None) => true,
    }
}

/// `most`, in proportion of `part` to `whole`.
fn part(most: u32, part: u64, whole: u64) -> u32 {
    (u64::from(most) * part).checked_div(whole).map_or(0, |part| part as u32)
}

/// How many figures two sorted lists have in common.
fn shared(one: &[u64], other: &[u64]) -> u64 {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        left += usize::from(a <= b);
        right += usize::from(b <= a);
        count += u64::from(a == b);
    }
    count
}

/// The step that was chosen at every place of the table that is filled: all of a small one, of a large one a band around
/// its diagonal.
struct Band {
    rows: usize,
    columns: usize,
    reach: usize,
    width: usize,
    steps: Vec<u8>,
}

impl Band {
    fn new(rows: usize, columns: usize) -> Self {
        // Each row's band reaches into that of the next.
        let reach = (MAX_PAIRS / (rows + 1)).max(MIN_REACH).max(columns / rows.max(1));
        let width = (2 * reach + 1).min(columns + 1);
        Self { rows, columns, reach, width, steps: vec![0; (rows + 1) * width] }
    }

    /// The first column of a row, which goes from the first to the last as the rows do.
    fn first(&self, row: usize) -> usize {
        if self.width > self.columns {
            return 0;
        }
        let middle = row * self.columns / self.rows.max(1);
        middle.saturating_sub(self.reach).min(self.columns + 1 - self.width)
    }

    fn columns(&self, row: usize) -> Range<usize> {
        let first = self.first(row);
        first..first + self.width
    }

    fn offset(&self, row: usize, column: usize) -> usize {
        column - self.first(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(width: usize, figures: &[u64]) -> Feature {
        Feature { block: Block::Text, width, figures: figures.to_vec(), lead: String::new(), number: None }
    }

    fn quoted(number: &str) -> Feature {
        Feature { number: Some(number.to_owned()), ..text(20, &[]) }
    }

    fn aligned(one: &[Feature], other: &[Feature]) -> Vec<(Range<usize>, Range<usize>)> {
        align(one, other, [1, 1]).into_iter().map(|[left, right]| (left, right)).collect()
    }

    #[test]
    fn a_text_with_nothing_beside_it_stands_alone() {
        assert_eq!(aligned(&[], &[]), []);
        assert_eq!(aligned(&[text(9, &[])], &[]), [(0..1, 0..0)]);
        assert_eq!(aligned(&[], &[text(9, &[]), text(9, &[])]), [(0..0, 0..1), (0..0, 1..2)]);
    }

    #[test]
    fn what_one_text_says_in_two_paragraphs_stands_beside_the_one_of_the_other() {
        let one = [text(100, &[1]), text(40, &[2]), text(60, &[3]), text(80, &[])];
        let other = [text(90, &[1]), text(100, &[2, 3]), text(85, &[])];
        assert_eq!(aligned(&one, &other), [(0..1, 0..1), (1..3, 1..2), (3..4, 2..3)]);
    }

    #[test]
    fn a_paragraph_too_many_stands_alone_where_the_figures_say_so() {
        let one = [text(50, &[1]), text(50, &[2]), text(50, &[3])];
        let other = [text(50, &[1]), text(50, &[3])];
        assert_eq!(aligned(&one, &other), [(0..1, 0..1), (1..2, 1..1), (2..3, 1..2)]);
    }

    #[test]
    fn what_is_quoted_under_another_number_never_corresponds() {
        assert_eq!(aligned(&[quoted("11")], &[quoted("12")]), [(0..1, 0..0), (1..1, 0..1)]);
        assert_eq!(aligned(&[quoted("4")], &[quoted("4")]), [(0..1, 0..1)]);
        assert_eq!(aligned(&[quoted("4")], &[text(20, &[])]), [(0..1, 0..0), (1..1, 0..1)]);
    }

    #[test]
    fn a_table_stands_beside_a_table() {
        let table = Feature { block: Block::Table, ..text(60, &[]) };
        let one = [text(60, &[]), table.clone()];
        assert_eq!(aligned(&one, &[table]), [(0..1, 0..0), (1..2, 0..1)]);
    }

    #[test]
    fn texts_of_many_pieces_are_compared_along_the_diagonal_and_lose_none() {
        let one: Vec<Feature> = (0..30_000).map(|n| text(20 + n % 7, &[n as u64])).collect();
        let other: Vec<Feature> = one.iter().filter(|feature| feature.figures[0] % 1_000 != 0).cloned().collect();
        let pairs = aligned(&one, &other);
        assert_eq!(pairs.iter().map(|(left, _)| left.len()).sum::<usize>(), one.len());
        assert_eq!(pairs.iter().map(|(_, right)| right.len()).sum::<usize>(), other.len());
        let alone = pairs.iter().filter(|(_, right)| right.is_empty()).count();
        assert_eq!(alone, 30);
    }
}

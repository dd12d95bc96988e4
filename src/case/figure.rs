//! The key figures of a case, and every place where they stand.

pub mod mention;

use std::collections::HashMap;

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use crate::config::Config;
use crate::document::{AmountId, Document, DocumentId};
use crate::language::amount_lexicon::AmountLexicon;
use crate::source::Sources;
use mention::{Names, mentions, rounds_to};

/// A key figure: what casefile.yaml says of it is [`Config::figures`] at the same index.
#[derive(Debug)]
pub struct Figure {
    /// The code of its unit.
    pub unit: SmolStr,
    /// Where it stands: documents and indices into their amounts, in reading order.
    pub places: Vec<(DocumentId, AmountId)>,
}

/// The figures of `config`, which have those `names` in each language, with every amount in `documents` that is one of them to the last digit, or that a word such as
/// 约 rounds where the figure is named.
pub fn of(
    config: &Config,
    names: &[Names],
    documents: &[Document],
    sources: &Sources,
    words: &AmountLexicon,
) -> Vec<Figure> {
    let mut figures: Vec<Figure> =
        config.figures.iter().map(|figure| Figure { unit: figure.unit_code(words), places: Vec::new() }).collect();
    if figures.is_empty() {
        return figures;
    }
    let mut of_value: HashMap<(SmolStr, &BigDecimal), Vec<usize>> = HashMap::new();
    for (figure, (own, declared)) in figures.iter().zip(&config.figures).enumerate() {
        of_value.entry((own.unit.clone(), &declared.value)).or_default().push(figure);
    }
    for (at, document) in DocumentId::each(documents) {
        for (index, amount) in AmountId::each(&document.amounts) {
            for &figure in of_value.get(&(amount.unit.clone(), &amount.value)).into_iter().flatten() {
                figures[figure].places.push((at, index));
            }
        }
        let names = &names[document.language.place()];
        for mention in mentions(config, names, document, sources.get(document.source), words) {
            let amount = &document.amounts[mention.amount];
            let declared = &config.figures[mention.figure].value;
            if amount.approximate && amount.value != *declared && rounds_to(declared, &amount.value) {
                figures[mention.figure].places.push((at, mention.amount));
            }
        }
    }
    for figure in &mut figures {
        figure.places.sort_unstable();
        figure.places.dedup();
    }
    figures
}

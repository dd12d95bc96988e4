//! The key figures of a case, and every place where they stand.

use smol_str::SmolStr;

use crate::config::Config;
use crate::document::Document;
use crate::language::lexicon::Lexicon;

/// A key figure: what casefile.yaml says of it is [`Config::figures`] at the same index.
#[derive(Debug)]
pub struct Figure {
    /// The code of its unit.
    pub unit: SmolStr,
    /// Where it stands: documents and indices into their amounts, in reading order.
    pub places: Vec<(u32, u32)>,
}

/// The figures of `config` with every amount in `documents` that is one of them to the last digit.
pub fn of(config: &Config, documents: &[Document], lexicon: &Lexicon) -> Vec<Figure> {
    let mut figures: Vec<Figure> = config
        .figures
        .iter()
        .map(|figure| Figure { unit: figure.unit_code(&lexicon.amounts), places: Vec::new() })
        .collect();
    if figures.is_empty() {
        return figures;
    }
    for (document, at) in documents.iter().zip(0..) {
        for (amount, index) in document.amounts.iter().zip(0..) {
            for (figure, declared) in figures.iter_mut().zip(&config.figures) {
                if amount.unit == figure.unit && amount.value == declared.value {
                    figure.places.push((at, index));
                }
            }
        }
    }
    figures
}

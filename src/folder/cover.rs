//! What the list of exhibits covers of pictures, as it is written behind `cover:`.

use std::collections::BTreeMap;

use serde_saphyr::Spanned;

use crate::Message;
use crate::diagnostic::Code;
use crate::source::exhibit::cover::Rect;
use crate::source::{Source, SourceId, Span};
use crate::yaml;
use crate::yaml::written::Written;

/// How a rectangle is written.
pub const HELP: Message = Message::fixed(
    "`cover: [{rect: [10, 20, 30, 5]}]`: how far from the left and from the top, how wide and how high, in \
         per cent of the picture; of a PDF with the page, `{page: 2, rect: […]}`",
    "`cover: [{rect: [10, 20, 30, 5]}]`：依次为距左边、距上边、宽、高，以图片的百分比计；PDF 还要写页码，`{page: 2, rect: […]}`",
);

/// What is wrong with what is written, and where.
pub type Fault = (Span, Message);

/// Reads what stands behind `cover:`; `range` is what of the source is YAML.
///
/// # Errors
/// The first thing that is no rectangle within the picture.
pub fn read(cover: &Spanned<Written>, source: &Source, range: Span) -> Result<Vec<Rect>, Fault> {
    let fault = |at: &Spanned<Written>, message: Message| Err((yaml::span_of(at, source, range), message));
    let Written::List(entries) = &cover.value else {
        return fault(
            cover,
            message!(
                en: "this is no list of what is covered",
                zh: "这里应是遮盖范围的清单"
            ),
        );
    };
    let mut rects = Vec::with_capacity(entries.len());
    for entry in entries {
        let Written::Map(fields) = &entry.value else {
            return fault(
                entry,
                message!(
                    en: "this names no rectangle",
                    zh: "没有写矩形"
                ),
            );
        };
        let mut found = None;
        let mut page = None;
        for (key, value) in fields {
            match key.as_str() {
                "rect" => match rect(value, source, range) {
                    Some(rect) if rect.is_in_fractions() => {
                        return fault(
                            value,
                            message!(
                                en: "this covers a hundredth of the picture each way, or less: it seems to be \
                                     written in fractions",
                                zh: "遮盖的长宽都不到图片的百分之一：看来写成了小数"
                            ),
                        );
                    }
                    Some(rect) => found = Some(rect),
                    None => {
                        return fault(
                            value,
                            message!(
                                en: "this is no rectangle within the picture",
                                zh: "矩形不在图片之内"
                            ),
                        );
                    }
                },
                "page" => {
                    let number = Written::text(value, source, range).and_then(|number| number.trim().parse().ok());
                    page = number.filter(|page| *page > 0);
                    if page.is_none() {
                        return fault(value, message!(en: "this is the number of no page", zh: "这不是页码"));
                    }
                }
                _ => {
                    return fault(
                        value,
                        message!(
                            en: "only `rect` and `page` are known here",
                            zh: "这里只能写 `rect` 和 `page`"
                        ),
                    );
                }
            }
        }
        match found {
            Some(rect) => rects.push(rect.on_page(page)),
            None => return fault(entry, message!(en: "this names no rectangle", zh: "没有写矩形")),
        }
    }
    if rects.is_empty() {
        return fault(cover, message!(en: "nothing is covered", zh: "没有遮盖任何部分"));
    }
    Ok(rects)
}

fn rect(value: &Spanned<Written>, source: &Source, range: Span) -> Option<Rect> {
    let Written::List(numbers) = &value.value else { return None };
    let number = |number| Written::text(number, source, range)?.trim().trim_end_matches('%').parse::<f64>().ok();
    let numbers: Vec<f64> = numbers.iter().filter_map(number).collect();
    Rect::new(numbers.try_into().ok()?)
}

/// What the list of exhibits in `folder` covers of each file, by its path from the case folder. What is not written as it should
/// be is told when the list is read.
pub(super) fn wanted(list: &Source, folder: &str) -> BTreeMap<String, Vec<Rect>> {
    let mut wanted: BTreeMap<String, Vec<Rect>> = BTreeMap::new();
    if !list.text.contains("cover") {
        return wanted;
    }
    let range = Span::new(0, list.text.len());
    let Ok(written) = yaml::read::<Spanned<Written>>(list, SourceId(0), range, Code::BadExhibits) else {
        return wanted;
    };
    let entries = match written.value {
        Written::Map(mut fields) => fields.pop().map(|(_, entries)| entries.value),
        other => Some(other),
    };
    let Some(Written::List(entries)) = entries else { return wanted };
    let of = |fields: &[(String, Spanned<Written>)], key: &str| fields.iter().position(|(name, _)| name == key);
    let mut add = |fields: &[(String, Spanned<Written>)]| {
        let (Some(file), Some(cover)) = (of(fields, "file"), of(fields, "cover")) else { return };
        let name = Written::text(&fields[file].1, list, range);
        if let (Some(name), Ok(rects)) = (name, read(&fields[cover].1, list, range)) {
            let path = format!("{folder}{}", name.trim().trim_start_matches("./").replace('\\', "/"));
            wanted.entry(path).or_default().extend(rects);
        }
    };
    for entry in &entries {
        let Written::Map(fields) = &entry.value else { continue };
        add(fields);
        let files = of(fields, "files").map(|at| &fields[at].1.value);
        for file in
            files.into_iter().flat_map(|files| if let Written::List(files) = files { files.as_slice() } else { &[] })
        {
            if let Written::Map(fields) = &file.value {
                add(fields);
            }
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rects(text: &str) -> Result<Vec<Rect>, Message> {
        let source = Source::new("exhibits.yaml", text.to_owned());
        let range = Span::new(0, text.len());
        let written = yaml::read::<Spanned<Written>>(&source, SourceId(0), range, Code::BadExhibits).unwrap();
        read(&written, &source, range).map_err(|(_, message)| message)
    }

    #[test]
    fn what_is_covered_lies_within_the_picture() {
        assert_eq!(rects("[{rect: [10, 20.5, 30, 5]}, {page: 1, rect: [0, 0, 100, 100]}]").unwrap().len(), 2);
        let thin = rects("[{rect: [0, 50, 100, 0.2]}]").unwrap();
        assert!(thin[0].is_lost_in((500, 400)) && !thin[0].is_lost_in((500, 500)));
        for text in [
            "[]",
            "1",
            "[1]",
            "[{page: 1}]",
            "[{rect: [1, 2, 3]}]",
            "[{rect: [90, 0, 20, 1]}]",
            "[{rect: [0, 0, 0, 1]}]",
            "[{rect: [0.09, 0.12, 0.24, 0.17]}]",
            "[{rect: [0, 0, 1, 1]}]",
            "[{page: 0, rect: [0, 0, 10, 10]}]",
            "[{page: x, rect: [0, 0, 10, 10]}]",
        ] {
            assert!(rects(text).is_err(), "{text}");
        }
    }
}

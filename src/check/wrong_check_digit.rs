//! C606: a number whose check digit is wrong.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::document::identifier::{Check, IdentifierKind};
use crate::site::Site;

/// Finds codes and addresses that were mistyped or made up.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let wrong = this.identifiers.iter().filter(|identifier| identifier.check == Check::Wrong);
    let finding = |identifier: &crate::document::Identifier| {
        let what = match identifier.kind {
            IdentifierKind::Company => {
                message!(en: "the check digit of this code is wrong", zh: "这个代码的校验码有误")
            }
            _ => message!(en: "the checksum of this address is wrong", zh: "这个地址的校验值有误"),
        };
        let help = message!(en: "compare it with where you have it from", zh: "请与来源核对");
        Diagnostic::at(Code::WrongCheckDigit, this.source, identifier.span, what).help(help)
    };
    wrong.map(finding).collect()
}

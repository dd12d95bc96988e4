//! Fields of documents, which the program that opens them works out (ECMA-376, part 1, section 17.16; RTF, "Fields").

/// Fields that ask another program, run something, or take in what lies elsewhere. The other fields that there are, about eighty,
/// are numbers, dates, names and places of the document itself.
const ACTING: &[&str] = &["DDE", "DDEAUTO", "LINK", "DATABASE", "CONTROL", "HTMLACTIVEX", "PRINT"];

/// Fields that do so if they name what lies on another machine. Pictures are only shown.
const INCLUDING: &[&str] = &["INCLUDE", "INCLUDETEXT", "IMPORT"];

/// The instructions of the fields of a document, which may lie within each other.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The instructions of those that have begun, the innermost last.
    open: Vec<String>,
    is_active: bool,
}

impl Fields {
    /// A field begins.
    pub(super) fn begin(&mut self) {
        self.open.push(String::new());
    }

    /// More of the instruction of the innermost field; without one, of a field whose beginning is damaged.
    pub(super) fn instruct(&mut self, text: &str) {
        if self.open.is_empty() {
            self.begin();
        }
        if let Some(instruction) = self.open.last_mut() {
            instruction.push_str(text);
        }
    }

    /// The innermost field ends, or its instruction does.
    pub(super) fn end(&mut self) {
        if let Some(instruction) = self.open.pop() {
            self.is_active |= is_active_instruction(&instruction);
        }
    }

    /// Whether one of them acts.
    pub(super) fn any_active(mut self) -> bool {
        while !self.open.is_empty() {
            self.end();
        }
        self.is_active
    }
}

/// Whether an instruction is one of a field that acts.
pub(super) fn is_active_instruction(instruction: &str) -> bool {
    let instruction = instruction.trim_start();
    let end = instruction.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(instruction.len());
    let (name, rest) = instruction.split_at(end);
    let is = |names: &[&str]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    is(ACTING) || (is(INCLUDING) && is_elsewhere(rest))
}

fn is_elsewhere(arguments: &str) -> bool {
    // Backslashes of paths are written twice.
    let arguments = arguments.replace("\\\\", "\\");
    arguments.split(['"', ' ']).any(super::is_elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_ask_run_or_fetch_act_and_others_do_not() {
        for acting in [
            " DDEAUTO c:\\\\cmd.exe",
            "dde excel a b",
            "LINK Excel.Sheet.8 \"a.xls\"",
            "INCLUDETEXT \"https://h.example/a.docx\"",
            "INCLUDETEXT \"\\\\\\\\h.example\\\\a\"",
        ] {
            assert!(is_active_instruction(acting), "{acting}");
        }
        for still in [
            " PAGE ",
            "HYPERLINK \"https://h.example/DDE\"",
            "REF DDE \\h",
            "INCLUDEPICTURE \"https://h.example/a.png\"",
            "INCLUDETEXT \"C:\\\\a.docx\"",
            "",
        ] {
            assert!(!is_active_instruction(still), "{still}");
        }
    }

    #[test]
    fn an_instruction_is_read_without_the_fields_within_it() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct("DDE");
        fields.begin();
        fields.instruct(" PAGE ");
        fields.end();
        fields.instruct("AUTO c:");
        assert!(fields.any_active());
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct("PAGE");
        fields.end();
        fields.begin();
        fields.instruct("LINKS");
        assert!(!fields.any_active());
    }
}

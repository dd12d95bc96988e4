//! The words of English; what stands in programs and formats in Latin letters is among them.

pub mod citation {
    pub const LETTERS_BEFORE: &str = "";
    pub const LETTERS_AFTER_NUMERAL: &str = "";
    pub const COUNTERS: &str = "";
    pub const CAPITALS_BEFORE: &[&str] = &[
        "see", "the", "in", "at", "and", "also", "as", "attached", "cf", "under", "per", "from", "to", "of",
        "with", "this", "both", "a", "compare", "annexed", "by", "on", "our", "my", "id", "or", "if", "while",
        "that", "is", "are",
    ];
    pub const SENTENCE_OPENERS: &[&str] = &[
        "however", "moreover", "further", "furthermore", "therefore", "thus", "accordingly", "finally",
        "nevertheless", "first", "second", "third", "indeed", "similarly", "likewise", "additionally", "again",
        "consequently", "otherwise", "addition", "instead", "conversely", "here", "reading", "contrary",
    ];
    pub const LETTERS_BEFORE_PARAGRAPH: &str = "";
    pub const JOINTS: &[&str] = &[];
    pub const THROUGH: &[&str] = &["to"];
}

pub mod label {
    pub const PARTS: &str = "";
    pub const LOCATORS: &str = "";
    pub const AROUND_NUMBER: &str = "";
    pub const NO_KINDS: &[&str] = &[];
}

pub mod front_matter {
    pub const KEYS: &[(&str, &str)] = &[];
    pub const YES: &[&str] = &["true", "yes", "on", "y", "1"];
    pub const NO: &[&str] = &["false", "no", "off", "n", "0"];
    pub const NONE: &[&str] = &["none", "no"];
}

pub mod publicity {
    pub const WITHHOLDS: &[&str] = &[
        "drafts", "private", "privat", "hidden", "unlisted", "unpublished", "secret", "confidential",
        "protected", "encrypt", "encrypted", "restricted", "internal", "embargo",
    ];
    pub const VISIBILITY: &[&str] = &["visibility", "visible"];
    pub const OPENNESS: &[&str] = &["ispublic", "is_public", "is-public"];
    pub const ACCESS: &[&str] = &["access", "audience"];
    pub const EVERYBODY: &[&str] = &["public", "everyone", "everybody", "all", "open", "world"];
    pub const NOT_YET: &[&str] = &[
        "draft", "private", "hidden", "unlisted", "unpublished", "secret", "confidential", "internal",
        "restricted", "members", "wip", "never", "later", "none", "pending",
    ];
    pub const STATES: &[&str] = &[
        "status", "state", "stage", "post_status", "type", "layout", "sensitivity", "classification",
        "permission", "permissions",
    ];
    pub const TAGS: &[&str] = &["draft", "drafts", "private", "unlisted", "unpublished", "wip"];
    pub const TAG_KEYS: &[&str] = &["tags", "tag", "categories", "category"];
    pub const ASKING: &[&str] = &[];
    pub const PASSWORDS: &[&str] = &["password"];
    pub const TELLING: &[&str] = &["draft", "drafts", "published", "publish", "unlisted", "visibility"];
    pub const WITHHELD_NAMES: &[&str] = &[
        "private", "hidden", "secret", "confidential", "draft", "drafts", "unpublished", "redacted",
        "withhold", "withheld", "non-public",
    ];
    pub const DRAFT_FOLDERS: &[&str] = &["_drafts", "_draft"];
    pub const STAMPS: &[&str] = &["DRAFT", "PRIVATE"];
    pub const KEPT_BACK: &[&str] = &["private"];
    pub const KEPT_BACK_AT_HEAD: &[&str] = &["draft", "hidden", "secret", "confidential", "unpublished"];
    pub const FORBIDDING: &[&str] = &["do not publish", "not for publication"];
    pub const REMOVED: &[&str] = &["redacted", "withheld", "removed", "censored"];
    pub const MAY_HIDE: &[&str] = &[
        "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "heimu",
        "spoiler", "spoilers", "blackout", "blacked-out", "censored", "censor", "redact", "mask", "masked",
        "no-display", "nodisplay", "blur", "blurred",
    ];
}

pub mod callout {
    pub const NOTES: &[&str] = &["note", "info", "abstract", "summary", "tldr", "example", "quote", "cite"];
    pub const TIPS: &[&str] = &["tip", "hint", "success", "check", "done"];
    pub const IMPORTANT: &[&str] = &["important", "todo", "question", "help", "faq"];
    pub const WARNINGS: &[&str] = &["warning", "attention"];
    pub const CAUTIONS: &[&str] = &["caution", "failure", "fail", "missing", "danger", "error", "bug"];
}

pub mod layout {
    pub const UNFINISHED: &str = "";
    pub const FINISHED: &[&str] = &[];
    pub const CLOSINGS: &[&str] = &[
        "yours faithfully", "yours sincerely", "yours truly", "very truly yours", "sincerely",
        "sincerely yours", "regards", "best regards", "kind regards", "with kind regards", "respectfully",
        "respectfully submitted", "so ordered", "it is so ordered", "best wishes", "faithfully",
    ];
}

pub mod suit {
    pub const BETWEEN_PARTIES: &[&str] = &["and", "v", "v.", "vs", "vs."];
    pub const ROLES: &[&str] = &[];
    pub const VERBS: &str = "";
}

pub mod files {
    pub const WIKI_NAMESPACES: &[&str] = &["File", "Image", "Category"];
    pub const COPIES: &[&str] = &["copyof", "copy"];
}

pub mod amount {
    pub const COUNTED_BEHIND: &[&str] = &["kg", "km"];
    pub const MONEY: &str = "";
    pub const READS_ON: &str = "";
}

pub mod mask {
    pub const SURNAMES: &str = "";
    pub const BEFORE_NAMES: &[&str] = &[];
    pub const INSTITUTIONS: &[&str] = &[];
    pub const DIVISIONS: &str = "";
    pub const FACTORS: &[&str] = &[];
    pub const COMMON_SURNAMES: &str = "";
}

pub mod url {
    pub const HOST_ENDINGS: &[&str] = &[];
    pub const OF_THE_SENTENCE: &[&str] = &[];
    pub const COUNTING: &str = "";
}

pub mod outline {
    pub const PARTS_OF_DAY: &[&str] = &[];
    pub const COUNTED: &str = "";
    pub const AROUND_NUMBERS: &str = "";
}

pub mod identifier {
    pub const JOINERS: &[&str] = &["and", "or"];
    pub const COUNTED: &str = "";
    pub const INTRODUCING: &str = "";
}

pub mod sum {
    pub const NO_UNITS: &[&str] = &["hundred", "dozen", "score"];
    pub const NUMERALS: &str = "";
    pub const GOES_ON: &str = "";
    pub const CHANGES_NUMBER: &[&str] = &[];
    pub const INTEREST: &[&str] = &[];
    pub const NO_INTEREST: &[&str] = &[];
    pub const DAYS: &[&str] = &["day", "night"];
}

pub mod time {
    pub const MEASURES: &[&str] = &[];
    pub const MEASURING: &str = "";
}

pub mod order {
    pub const COUNTED: &str = "";
}

pub mod party {
    pub const GENERIC: &[&str] = &[];
}

pub mod stance {
    pub const POINTING: &[&str] = &[];
    pub const BEHIND_SPEAKER: &str = "";
    pub const OPENS_SPEECH: &[&str] = &["that "];
    pub const NO_SPEECH: &str = "";
    pub const OF_TIMES: &str = "";
    pub const ENDS_ADVERBIAL: &str = "";
}

pub mod exhibit {
    pub const ORIGINALS: &[&str] = &["true", "yes", "original"];
    pub const DUPLICATES: &[&str] = &["false", "no", "copy"];
}

pub mod front_page {
    pub const SAYS_NOTHING: &[&str] = &[
        "todo", "tbd", "pending", "coming soon", "see below", "to be continued", "work in progress",
    ];
    pub const UPDATED: &[&str] = &["last updated", "updated", "last modified", "published on", "posted on"];
    pub const DISCLAIMERS: &[&str] = &["disclaimer", "legal notice"];
    pub const TELLERS: &[&str] = &["version", "side", "according to", "alleged", "defendant", "respondent"];
    pub const OF_DATES: &str = "";
    pub const OF_PERSONS: &[&str] = &[];
    pub const INTRODUCING: &[&str] = &[];
    pub const OTHER_SIDE: &[&str] = &[];
}

pub mod privacy {
    pub const CARDS: &[&str] = &[
        "card", "card no", "card number", "debit card", "credit card", "bank card", "unionpay", "visa",
        "mastercard", "pan",
    ];
    pub const ACCOUNTS: &[&str] = &["account", "acct", "a/c", "iban", "payee"];
    pub const IDENTITIES: &[&str] = &[
        "identity card", "identity card no", "identity card number", "id card", "id card no", "id card number",
        "id number", "identity number", "citizen id", "national id", "resident identity",
    ];
    pub const TRAVEL: &[&str] = &[
        "passport", "passport no", "passport number", "home return permit", "travel permit", "travel document",
    ];
    pub const PHONES: &[&str] = &[
        "tel", "telephone", "phone", "mobile", "cell", "cellphone", "call", "whatsapp", "wechat", "sms",
        "contact", "fax",
    ];
    pub const OTHER_NUMBERS: &[&str] = &[
        "QQ", "order", "order no", "order id", "order number", "invoice", "tracking", "ticket", "transaction",
        "txid", "trade", "trade id", "reference", "ref", "serial", "serial no", "block", "height", "hash",
        "timestamp", "sku", "isbn", "issn", "doi", "amount", "total", "balance", "price", "uid", "user id",
        "id", "case no", "case number", "docket", "version", "build", "imei", "imsi", "iccid", "message id",
        "msg id", "nonce", "seed", "volume", "position", "qty", "quantity", "vin", "ein", "ssn", "patent",
    ];
    pub const KEYS: &[&str] = &[
        "private key", "privatekey", "private_key", "private-key", "privkey", "secret key", "secretkey",
        "secret_key",
    ];
    pub const KEY_FILLERS: &[&str] = &["hex", " is "];
    pub const MNEMONICS: &[&str] = &[];
    pub const MNEMONIC_FILLERS: &str = "";
    pub const TRAVEL_SIGNS: &[&str] = &["assport", "ASSPORT", "ermit", "ravel document"];
    pub const COUNTED: &str = "";
    pub const NOBODY: &[&str] = &[
        "microsoft office user", "microsoft", "office", "administrator", "admin", "user", "windows user",
        "author", "unknown", "anonymous", "(anonymous)", "untitled", "root", "owner", "pc", "guest",
        "python-docx", "openpyxl", "apache poi", "un-named", "wps office", "wps", "libreoffice", "openoffice",
        "google", "adobe", "reportlab", "xlsxwriter", "docx4j", "null", "none", "un-named author",
    ];
}

pub mod address {
    pub const NAMED_STREETS: &[&str] = &[];
    pub const FORMS_OF_ADDRESS: &[&str] = &[];
    pub const HOME: &[&str] = &[];
    pub const BUSINESS: &[&str] = &[];
    pub const OF_BUSINESS: &[&str] = &[];
    pub const REGIONS: &[&str] = &[];
    pub const STREETS: &[&str] = &[];
    pub const ENDS: &[&str] = &[];
    pub const INTRODUCING: &str = "";
    pub const OPENING: &str = "";
    pub const UNIT_SIGNS: &[&str] = &[];
    pub const DOOR_SIGNS: &[&str] = &[];
    pub const MANY: &[&str] = &[];
    pub const DAY_SIGNS: &[&str] = &[];
    pub const COUNTS: &str = "";
}

pub mod names {
    pub const GIVEN: &str = "";
    pub const BEFORE_SURNAMES: &[(char, &str)] = &[];
    pub const FAMILY: &[&str] = &["urname", "amily", "irst", "ast"];
}

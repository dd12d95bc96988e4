//! Words that are read in every case, whatever its languages: an author of English may well call a folder 草稿. What is read
//! only in the languages of a case stands in its tables (`templates/language/`).
//!
//! Each language has its lists in a file of its own; a language more is such a file and its name in the first line of the
//! declaration. Grammar that is no list of words stays where it is read: that 年, 月 and 日 end the parts of a date, that 第
//! makes an ordinal and 的 an attribute. The numerals are in [`super::chinese`].

#[rustfmt::skip]
mod en;
#[rustfmt::skip]
mod zh;

/// The entries of several lists, one behind the other.
const fn joined<T: Copy, const N: usize>(lists: &[&[T]], filler: T) -> [T; N] {
    let mut all = [filler; N];
    let (mut at, mut list) = (0, 0);
    while list < lists.len() {
        let mut entry = 0;
        while entry < lists[list].len() {
            all[at] = lists[list][entry];
            at += 1;
            entry += 1;
        }
        list += 1;
    }
    all
}

/// Declares a list: `words`, the `letters` of a text, `pairs` of words, or `sets` of letters behind a letter.
macro_rules! list {
    ($group:ident $name:ident words $($language:ident)+; $(#[doc = $doc:literal])+) => { list!(@ $group $name &'static str, "", $($language)+; $(#[doc = $doc])+); };
    ($group:ident $name:ident pairs $($language:ident)+; $(#[doc = $doc:literal])+) => {
        list!(@ $group $name (&'static str, &'static str), ("", ""), $($language)+; $(#[doc = $doc])+);
    };
    ($group:ident $name:ident sets $($language:ident)+; $(#[doc = $doc:literal])+) => {
        list!(@ $group $name (char, &'static str), (' ', ""), $($language)+; $(#[doc = $doc])+);
    };
    ($group:ident $name:ident letters $($language:ident)+; $(#[doc = $doc:literal])+) => {
        $(#[doc = $doc])+
        pub const $name: &str = {
            const LEN: usize = 0 $( + super::$language::$group::$name.len() )+;
            const BYTES: [u8; LEN] = super::joined(&[$( super::$language::$group::$name.as_bytes() ),+], 0);
            match std::str::from_utf8(&BYTES) {
                Ok(letters) => letters,
                Err(_) => unreachable!(),
            }
        };
    };
    (@ $group:ident $name:ident $entry:ty, $filler:expr, $($language:ident)+; $(#[doc = $doc:literal])+) => {
        $(#[doc = $doc])+
        pub const $name: &[$entry] = {
            const LEN: usize = 0 $( + super::$language::$group::$name.len() )+;
            const ALL: [$entry; LEN] = super::joined(&[$( super::$language::$group::$name ),+], $filler);
            &ALL
        };
    };
}

/// Declares the lists, by what they are for. Each holds what every language has in its file, which must name each.
macro_rules! lists {
    (languages: $languages:tt; $( #[doc = $about:literal] $group:ident { $( $(#[doc = $doc:literal])+ $name:ident: $kind:ident; )+ } )+) => {
        $(
            #[doc = $about]
            pub mod $group {
                $( lists!(@ $languages $group $name $kind $(#[doc = $doc])+); )+
            }
        )+
    };
    (@ [$($language:ident)+] $group:ident $name:ident $kind:ident $(#[doc = $doc:literal])+) => {
        list!($group $name $kind $($language)+; $(#[doc = $doc])+);
    };
}

lists! {
    languages: [zh en];

    /// How labels are cited in running text.
    citation {
        /// Chinese letters that may stand right before a citation. Others make another word of it (地图2), or tell of
        /// another's list
        /// (被告证据3).
        LETTERS_BEFORE: letters;
        /// Chinese letters that may follow a Chinese numeral: 证据一中, but not 证据一致.
        LETTERS_AFTER_NUMERAL: letters;
        /// What is counted by the number before it: 附件3份 are three.
        COUNTERS: letters;
        /// Words in capitals that may stand before an English citation; others tell of another's list (Trial Exhibit
        /// 3).
        CAPITALS_BEFORE: words;
        /// Words with which a sentence goes on to a paragraph: “However, paragraph 2 says”.
        SENTENCE_OPENERS: words;
        /// More letters that may stand right before the number of a paragraph.
        LETTERS_BEFORE_PARAGRAPH: letters;
        /// What joins two numbers of one citation.
        JOINTS: words;
        /// What stands between the first and the last label of a range.
        THROUGH: words;
    }
    /// What stands in labels.
    label {
        /// What parts of an exhibit are called, behind 第 and their number.
        LOCATORS: letters;
        /// What is counted with 第 and cited by its number: articles, pages.
        PARTS: letters;
        /// What may stand around the number of a label in the name of a file.
        AROUND_NUMBER: letters;
        /// What stands before a number and is the kind of no label.
        NO_KINDS: words;
    }
    /// Front matter: its keys, and how they say yes and no.
    front_matter {
        /// Keys of ours in the words of a language.
        KEYS: pairs;
        /// How a value says yes.
        YES: words;
        /// How a value says no.
        NO: words;
        /// How a value says that there is nothing.
        NONE: words;
    }
    /// By what authors and other tools say that a text is not for everybody.
    publicity {
        /// Keys that keep a document from readers, in some tool or in the mind of an author.
        WITHHOLDS: words;
        /// Keys whose value names who may see a document.
        VISIBILITY: words;
        /// Keys that ask whether a document is for everybody.
        OPENNESS: words;
        /// Keys whose value names who may use a document, in whatever sense.
        ACCESS: words;
        /// Values of those that mean everybody.
        EVERYBODY: words;
        /// Values that keep a document from readers, whatever the key.
        NOT_YET: words;
        /// Keys of which a value may say so among much else.
        STATES: words;
        /// Tags by which authors sort out what is not for everybody yet.
        TAGS: words;
        /// Keys of tags.
        TAG_KEYS: words;
        /// With what keys begin that ask: 是否公开.
        ASKING: words;
        /// Keys of the password without which nobody may read.
        PASSWORDS: words;
        /// Keys that tell of publication in a line of the text too.
        TELLING: words;
        /// What braces, classes, files and folders are called that are meant to keep a text from readers.
        WITHHELD_NAMES: words;
        /// What tools call the folder of drafts.
        DRAFT_FOLDERS: words;
        /// What is set before or behind the name of a file that is not for everybody.
        STAMPS: words;
        /// What says in brackets that the text is not for readers, that before it as well.
        KEPT_BACK: words;
        /// What says so only at the head of a text: the title of a paper may end with `（草稿）`.
        KEPT_BACK_AT_HEAD: words;
        /// What says so within a sentence.
        FORBIDDING: words;
        /// What stands where something was taken out.
        REMOVED: words;
        /// Classes that hide what they hold from the eye, or till it is touched.
        MAY_HIDE: words;
    }
    /// What call-outs are called, by what they mean.
    callout {
        /// What adds to the text.
        NOTES: words;
        /// What helps.
        TIPS: words;
        /// What must not be missed.
        IMPORTANT: words;
        /// What asks for care.
        WARNINGS: words;
        /// What does harm.
        CAUTIONS: words;
    }
    /// How lines end and begin that belong together or stand apart.
    layout {
        /// In what letters a line of Chinese ends that something must follow.
        UNFINISHED: letters;
        /// Words that end in such a letter and may end a line.
        FINISHED: words;
        /// With what a letter or paper ends.
        CLOSINGS: words;
    }
    /// The parties to a contract or a suit, as its papers list them.
    suit {
        /// What stands between dashes and the names of the parties to a suit.
        BETWEEN_PARTIES: words;
        /// What a party is called where the parties are listed.
        ROLES: words;
        /// Letters of a sentence that says what a party did; a list gives its name.
        VERBS: letters;
    }
    /// The names of files.
    files {
        /// What stands in the links of a wiki to pictures and groups of pages, before the colon.
        WIKI_NAMESPACES: words;
        /// What is put into the name of a copy: by systems, and by people who put a version aside.
        COPIES: words;
    }
    /// What stands behind numbers.
    amount {
        /// What is counted by a number that `>` says is exceeded.
        COUNTED_BEHIND: words;
        /// With what letters units of money begin.
        MONEY: letters;
        /// What makes the number before it a year, a day or a time.
        READS_ON: letters;
    }
    /// Names of which letters were left out, and factors that asterisks multiply.
    mask {
        /// The surnames that most people in China have.
        SURNAMES: letters;
        /// What a name follows without a space between.
        BEFORE_NAMES: words;
        /// What ends the name of an institution.
        INSTITUTIONS: words;
        /// What ends a part of an address.
        DIVISIONS: letters;
        /// What is multiplied in a sum that is told in words.
        FACTORS: words;
        /// The commonest surnames, but for those that are words of their own: 和, 于, 向, 时, 都, 应.
        COMMON_SURNAMES: letters;
    }
    /// What stands in and behind addresses on the web.
    url {
        /// Endings of names of hosts in Chinese.
        HOST_ENDINGS: words;
        /// With these the sentence goes on, not the address: no name of a page begins so.
        OF_THE_SENTENCE: words;
        /// Letters that tell the members of a series apart.
        COUNTING: letters;
    }
    /// What stands behind numbers that are no marks of an outline.
    outline {
        /// Parts of the day, before which a month and a day stand.
        PARTS_OF_DAY: words;
        /// What is counted: `1-2 天` is no item.
        COUNTED: letters;
        /// Letters around the number of an article or item.
        AROUND_NUMBERS: letters;
    }
    /// Numbers that identify.
    identifier {
        /// What joins two numbers of a list.
        JOINERS: words;
        /// What follows a number that counts something.
        COUNTED: letters;
        /// What may stand between a word that says what a number is and the number.
        INTRODUCING: letters;
    }
    /// Sums that are told in words.
    sum {
        /// How words begin that make the number before them a date, a time, a share, or a part of a longer number.
        NO_UNITS: words;
        /// Numbers in words: 2个月双倍 is four times.
        NUMERALS: letters;
        /// How words end behind a day that still belong to it.
        GOES_ON: letters;
        /// What makes the number behind it another than it is: an ordinal, a bound, a share.
        CHANGES_NUMBER: words;
        /// Units of a rate of interest, behind a number.
        INTEREST: words;
        /// Words that begin as those do.
        NO_INTEREST: words;
        /// What days are counted in.
        DAYS: words;
    }
    /// What stands beside dates.
    time {
        /// Units behind a number that looks like a date.
        MEASURES: words;
        /// Letters with which units begin behind such a number.
        MEASURING: letters;
    }
    /// How names are sorted.
    order {
        /// What follows a numeral that counts: 第一章, 一审, 十月.
        COUNTED: letters;
    }
    /// The names of parties.
    party {
        /// What names of companies have in common.
        GENERIC: words;
    }
    /// How answers and positions are told.
    stance {
        /// What points back, at the end of the words before a marker or at the start of those it is in.
        POINTING: words;
        /// Letters between who answers and the verb.
        BEHIND_SPEAKER: letters;
        /// What follows a verb of speech right before what is said.
        OPENS_SPEECH: words;
        /// What makes another word of 说 and 称, or a thing of what was said: 说法, 称重, 表示了歉意, 主张的.
        NO_SPEECH: letters;
        /// Letters of a date or time with which a sentence begins.
        OF_TIMES: letters;
        /// Letters in which an adverbial ends: 在5月3日的邮件中.
        ENDS_ADVERBIAL: letters;
    }
    /// What lists of exhibits say.
    exhibit {
        /// How an exhibit is said to be an original.
        ORIGINALS: words;
        /// How it is said to be a copy.
        DUPLICATES: words;
    }
    /// What the front page leaves out.
    front_page {
        /// Paragraphs that say nothing of the case.
        SAYS_NOTHING: words;
        /// How a line begins that tells when the page was written.
        UPDATED: words;
        /// How a paragraph begins that says what the page is not answerable for, or how to read it.
        DISCLAIMERS: words;
        /// What follows a heading in brackets where another tells it.
        TELLERS: words;
        /// Letters of which a date consists.
        OF_DATES: letters;
        /// What stands in the description of a person.
        OF_PERSONS: words;
        /// What ends the words before a colon: 如下.
        INTRODUCING: words;
        /// The other side, which is no “对 …”.
        OTHER_SIDE: words;
    }
    /// What stands around numbers and secrets that are private.
    privacy {
        /// Words before the number of a bank card.
        CARDS: words;
        /// Words before the number of an account, which may be that of a card.
        ACCOUNTS: words;
        /// Words before the number of an identity card.
        IDENTITIES: words;
        /// Words before the number of a passport or of a permit to travel.
        TRAVEL: words;
        /// Words before a telephone number.
        PHONES: words;
        /// Words before the number of something else: an order, a transaction, an amount.
        OTHER_NUMBERS: words;
        /// Words right before 64 hexadecimal digits that make them a key. Without such a word they are the hash of a
        /// transaction or
        /// the sum of a file, of which a dossier is full.
        KEYS: words;
        /// What may stand between those words and the digits.
        KEY_FILLERS: words;
        /// Words that say that the words of a key follow.
        MNEMONICS: words;
        /// What may stand between those and the words of the key.
        MNEMONIC_FILLERS: letters;
        /// What is part of every word that says so.
        TRAVEL_SIGNS: words;
        /// What follows a number that counts something.
        COUNTED: letters;
        /// Names that programs and systems write where nobody told them one.
        NOBODY: words;
    }
    /// How the addresses of homes are written, and those of others.
    address {
        /// Words before an address that say that somebody lives there.
        HOME: words;
        /// Words in or behind an address that make it one of an office, a shop or an authority.
        BUSINESS: words;
        /// Words before an address, in the same line, that make it one of an office.
        OF_BUSINESS: words;
        /// Parts of a country, behind whose name the address goes on.
        REGIONS: words;
        /// What streets, villages and estates are called at their end.
        STREETS: words;
        /// What streets are called whose houses are numbered.
        NAMED_STREETS: words;
        /// What follows the name of a person to whom something is sent.
        FORMS_OF_ADDRESS: words;
        /// What an address ends in, or its first number does.
        ENDS: words;
        /// What may stand between a word for a home and the address.
        INTRODUCING: letters;
        /// What an address does not begin with.
        OPENING: letters;
        /// What follows the number of a part of a house.
        UNIT_SIGNS: words;
        /// What follows the number of a house, or of what may be one.
        DOOR_SIGNS: words;
        /// Those that also count many: 五户, 共12栋.
        MANY: words;
        /// Those that also follow a day of the month.
        DAY_SIGNS: words;
        /// Letters before a number that counts many.
        COUNTS: letters;
    }
    /// The names of persons.
    names {
        /// Characters that end given names, and begin few words that stand behind a name.
        GIVEN: letters;
        /// What stands before a surname and makes a word with it.
        BEFORE_SURNAMES: sets;
        /// What the heads of columns of family names and given names say.
        FAMILY: words;
    }
}

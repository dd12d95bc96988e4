//! The table of codes. Each entry's doc comment is what `casefile check --explain` prints.

use super::Level;

/// Declares [`Code`] so that documentation, identifier, name and level of a code stand in one place.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $id:literal $name:literal $level:ident; )+) => {
        /// A kind of finding. Codes are never reused or renumbered.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $variant, )+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[ $( Code::$variant, )+ ];

            /// The stable identifier, such as `C301`.
            pub fn id(self) -> &'static str {
                match self { $( Code::$variant => $id, )+ }
            }

            /// The kebab-case name, such as `unresolved-label`.
            pub fn name(self) -> &'static str {
                match self { $( Code::$variant => $name, )+ }
            }

            /// The level it has unless casefile.yaml sets another.
            pub fn default_level(self) -> Level {
                match self { $( Code::$variant => Level::$level, )+ }
            }

            /// The full explanation, Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $( Code::$variant => concat!($($doc, "\n"),+), )+ }
            }
        }
    };
}

impl Code {
    /// Whether it tells of something private, which only `privacy: allow:` lets pass, with a reason.
    pub fn is_of_privacy(self) -> bool {
        matches!(
            self,
            Self::IdentityNumber
                | Self::CardNumber
                | Self::SecretKey
                | Self::TravelDocument
                | Self::MobileNumber
                | Self::HomeAddress
                | Self::UnseenInFile
                | Self::DoubtfulCard
                | Self::TellingMetadata
        )
    }
}

codes! {
    /// A file of the case cannot be read.
    ///
    /// The operating system refused. Look at the file's permissions.
    UnreadableFile = "C101" "unreadable-file" Error;

    /// A text file is not UTF-8.
    ///
    /// Old editors on Windows save Chinese as GB18030 (GBK), some programs save UTF-16. Both are
    /// recognised so that the message can say how to convert. Nothing is converted silently:
    /// a wrong guess would put other characters into evidence.
    NotUtf8 = "C102" "not-utf8" Error;

    /// A text file holds a NUL character.
    ///
    /// It is shown as U+FFFD, as CommonMark demands. Usually the file was damaged on its way.
    NulCharacter = "C103" "nul-character" Warning;

    /// Quotes or lists are nested too deeply.
    ///
    /// More than 100 levels do not occur in real documents. The file is shown whole, as plain text.
    TooDeep = "C104" "too-deep" Warning;

    /// The case has no document.
    ///
    /// A case needs at least one file that ends in `.md`, in `content/` or in the case folder itself.
    NoContent = "C105" "no-content" Error;

    /// A document has no text.
    EmptyDocument = "C106" "empty-document" Warning;

    /// A text holds a character that turns the direction of writing, and that nobody sees.
    ///
    /// Such characters (U+202E and others, Unicode Standard Annex 9) can make `gpj.exe` read as `exe.jpg`, or one account
    /// number as another. The pages show them by their code points, so that the text reads as it is written. Take them
    /// out, unless a text in Arabic or Hebrew needs them.
    BidiControl = "C107" "bidi-control" Warning;

    /// Letters or digits of a document are not on its page.
    ///
    /// Every letter and digit of a source is shown, once and in its order. What is not shown on purpose (comments, front
    /// matter, the targets of links, marks of Markdown) is known and not reported. Of two targets of one
    /// name, `[1]: address`, the second is shown nowhere: give it a name of its own.
    LostText = "C110" "lost-text" Warning;

    /// The rows, the head and the line of dashes of a table do not agree.
    ///
    /// A row has more cells than the head, or the head another number than the line of dashes below it, or there is no
    /// such line.
    ///
    /// Markdown drops what is too much, or makes no table. Nothing is lost here: a bar in code or brackets, or the last of
    /// them, is shown as text. Write `\\|` for a bar that is text.
    UnevenTable = "C111" "uneven-table" Warning;

    /// An item of a list is indented, but not far enough to belong to the item above it.
    ///
    /// What belongs to an item is indented to where its words begin: three spaces below `1. `, two below `- `. Markdown takes
    /// an item between the two for the next of the list above.
    BetweenLevels = "C112" "between-levels" Warning;

    /// A line right below a table or a quotation, which Markdown takes for a row or part of it.
    ///
    /// Both end at a blank line. Leave one, or write the line between bars if it is a row, behind `> ` if it is quoted.
    GluedLine = "C113" "glued-line" Warning;

    /// A line begins with `##` and no space, so that it is no heading.
    ///
    /// The same is told of text right above `---` or `===` that Markdown would make a heading, though it has several lines,
    /// is a sentence or a total, or the document writes its headings with `##`.
    NoHeading = "C114" "no-heading" Warning;

    /// Markdown stands where it is not read, as a rule in a block of HTML.
    ///
    /// From a tag at the start of a line on, Markdown is text up to the next empty line: `**`, the bars of a table and the
    /// marks of a list stand on the page. Leave an empty line before it, and one after it.
    ///
    /// The same is told of `**` that Markdown leaves in a text, for a space stands inside or an empty line between the two.
    UnreadMarkdown = "C115" "unread-markdown" Warning;

    /// Markup of another tool stands in the text.
    ///
    /// `{% include %}`, `{{< youtube >}}`, `[TOC]`, `:::`, `!!! note`, `{: .class }`, marks of a merge and the like mean nothing
    /// here and stand on the page as they are. Told once for each kind and document. What has a plain meaning is read and
    /// not reported: links and pictures in double brackets, call-outs, Hugo's figures, paths with spaces.
    ForeignMarkup = "C121" "foreign-markup" Warning;

    /// Text is hidden from readers, and left out of the site.
    ///
    /// `%%…%%` of Obsidian, comments of other tools, and HTML that is not shown (`hidden`, `display: none`, `<template>`): its
    /// author never saw these words on a page. They are on no page, in no search and in no data of the site.
    HiddenText = "C122" "hidden-text" Warning;

    /// What begins a comment or hides text is never ended.
    ///
    /// After `<!--` without `-->`, or `%%` without another, other programs show nothing up to the end of the document. Where it
    /// should end is not known: to hide the rest would lose it, and to show it would publish what was perhaps hidden. A pair of
    /// `%%` stands in one paragraph, or on lines of its own.
    UnendedComment = "C123" "unended-comment" Error;

    /// Text is shown that a style or a class may hide on other sites, or that words in brackets mark as not for readers.
    ///
    /// `【不公开】` and the like keep nothing back: write `{private}`. A class such as `sr-only` or `spoiler` means what the
    /// style sheet of another site says, and black ground may be decoration. Here the text is seen. What is plainly hidden
    /// is left out and reported as C122.
    SeenText = "C124" "seen-text" Warning;

    /// casefile.yaml is not what it should be.
    ///
    /// Broken YAML, a key given twice, a value of the wrong type, or YAML that unfolds without end.
    BadConfig = "C201" "bad-config" Error;

    /// The front matter of a document is not what it should be.
    ///
    /// Front matter stands between two lines of `---` at the very start of a document. What is meant as front matter here
    /// is not written so that it can be read.
    BadFrontMatter = "C202" "bad-front-matter" Error;

    /// A key is not known.
    ///
    /// A mistyped key would be silently without effect, so it is refused.
    UnknownKey = "C203" "unknown-key" Error;

    /// A language is named that is no language tag, or a party, rule or language that does not exist.
    UnknownName = "C204" "unknown-name" Error;

    /// Two documents claim the same address.
    ///
    /// An address is claimed by a `slug` in the front matter, or by a name that is one: `statement.md`, and
    /// `slug: statement` in another file. Rename one, or give it a `slug` of its own. Names that merely come to the same
    /// in lower-case ASCII, such as `立场.md` and `li-chang.md`, are kept apart without that.
    ClashingPath = "C205" "clashing-path" Error;

    /// A path leads out of the case folder.
    ///
    /// Only what lies in the case folder can be published with it.
    PathOutsideCase = "C206" "path-outside-case" Error;

    /// exhibits.yaml is not what it should be.
    ///
    /// Broken YAML, a value of the wrong type, two exhibits of one number, or a value that says nothing. Exhibits are a
    /// list in `exhibits/exhibits.yaml`; each has at least a `number`.
    BadExhibits = "C207" "bad-exhibits" Error;

    /// An entry of the front matter is not used.
    ///
    /// A key that neither casefile nor another common tool knows, a value that its key cannot have, a key given twice, a
    /// line that is no entry, or front matter in the midst of a document. Keys of Jekyll, Hugo, Hexo, Obsidian, Pandoc,
    /// Docusaurus, GitBook, VuePress, MkDocs and Zola are passed over
    /// without a finding.
    UnusedFrontMatter = "C208" "unused-front-matter" Warning;

    /// What nearly says that a text is not for everybody has no effect.
    ///
    /// `draft: ture`, `private: yes`, `visibility: privat`, `{Private}` or `<div hiden>` in the text, `draft: true` anywhere but at
    /// the very start, or a folder `drafts` or file `letter.draft.md` whose document does not say `draft: false`. Nobody can take back what was
    /// published because a word was mistyped, so nothing is published until it is settled. `draft: true`, `published: false`,
    /// `publish: false` and a folder `_drafts` keep a document out of the site.
    UnclearPublicity = "C209" "unclear-publicity" Error;

    /// Settings are not read, because of their name or because of where they lie.
    ///
    /// They are read from `casefile.yaml` in the case folder, and from `exhibits.yaml` in the folder `exhibits` of the
    /// content. Were `casefile.yml` or `content/casefile.yaml` passed over, a case that says `unlisted: true` there would be
    /// public.
    UnreadSettings = "C220" "unread-settings" Error;

    /// A text in the settings ends at a number sign.
    ///
    /// In YAML, `title: order #3` is the text `order` and a comment. Put the text in quotation marks. A comment is not
    /// reported where a space follows its `#`.
    CutText = "C221" "cut-text" Warning;

    /// The number of an identity card would be published.
    ///
    /// A Chinese resident identity number (GB 11643: region, date and check digit), however it is written, in a text, a title, a
    /// file name or inside a file. Nobody can take it back. Take it out, or list it under `privacy: allow:` in casefile.yaml
    /// with the reason.
    IdentityNumber = "C230" "identity-number" Error;

    /// The number of a bank card would be published.
    ///
    /// Known by the word before it, by how its digits are grouped or by its issuer, with the check digit. Take it out, or list
    /// it under `privacy: allow:` in casefile.yaml with the reason.
    CardNumber = "C231" "card-number" Error;

    /// A key to money or to a machine would be published.
    ///
    /// A private key, the words of one (BIP 39), or the password of a program for a service. What was published once is no key any
    /// more: make a new one, and move what the old one opened.
    SecretKey = "C232" "secret-key" Error;

    /// The number of a passport or of a permit to travel would be published.
    ///
    /// Known by the word beside it. Take it out, or list it under `privacy: allow:` in casefile.yaml with the reason.
    TravelDocument = "C233" "travel-document" Warning;

    /// A mobile number would be published.
    ///
    /// Told once for each file. Take out those of people who need not be called; list the others under `privacy: allow:` in
    /// casefile.yaml with the reason.
    MobileNumber = "C234" "mobile-number" Warning;

    /// The address of a home would be published.
    ///
    /// A Chinese address down to the door, or one behind a word such as 住址. Told once for each file. Offices, shops and
    /// authorities are left alone.
    HomeAddress = "C235" "home-address" Warning;

    /// A file is published with text that is not seen on opening it.
    ///
    /// Comments, deletions that a program only marks, hidden text, sheets and layers, what older versions of a PDF say that it still
    /// holds: whoever has the file can bring them out. Save it without them, or list it under `privacy: allow:` in casefile.yaml as a `file`, with the reason.
    UnseenInFile = "C236" "unseen-in-file" Warning;

    /// What is called the number of a bank card would be published, though its check digit is wrong.
    ///
    /// It may be mistyped, or invented for an example. Take it out, or list it under `privacy: allow:` in casefile.yaml with
    /// the reason.
    DoubtfulCard = "C237" "doubtful-card" Warning;

    /// A withheld name stands where it cannot be replaced.
    ///
    /// In an address, in the name of a file, in a label, an id or a slug, other words would lead elsewhere or name something
    /// else. Choose names that do not tell, or withhold the whole address.
    WithheldInName = "C240" "withheld-in-name" Error;

    /// The case withholds something, and everybody can read its sources.
    ///
    /// Found where `--public-sources` is given, as the workflow of `casefile init` does in a public repository. What the site
    /// leaves out stands in the sources, and in their history. Keep them private.
    PublicSources = "C241" "public-sources" Error;

    /// What is withheld of a document is not withheld of its translation.
    ///
    /// A document is private, or sections, items or paragraphs of it are, and the same document in another language has no
    /// mark at all. Mark both; where the translation never had the passage, turn the rule off under `rules:`.
    WithheldInOneLanguage = "C242" "withheld-in-one-language" Error;

    /// A withheld name is replaced where it may be a part of something else.
    ///
    /// 王明 in 王明珠, Victoria in Victorian, Rose in “prices rose”; or two neighbouring cells make up a withheld name. Told once
    /// for each name and file. Where it is something else, let that pass under `privacy: allow:` in casefile.yaml, with what
    /// stands around the name: `{text: 王明珠, reason: somebody else}`.
    WithheldInWord = "C243" "withheld-in-word" Warning;

    /// A label is cited that nothing defines.
    ///
    /// Looked for in the same document, then in the other documents of the same language, then in
    /// the other languages. The place is marked on the page.
    UnresolvedLabel = "C301" "unresolved-label" Warning;

    /// A label is cited that several other documents define.
    ///
    /// Say which by citing the title: `【《补充材料》注1-1】` or `["Supplement" Note 1-1]`. Until then
    /// the page offers them, a dozen at the most.
    AmbiguousLabel = "C302" "ambiguous-label" Warning;

    /// A label is defined twice in one document.
    ///
    /// The first definition counts, the later one is read as a reference to it.
    ShadowedLabel = "C303" "shadowed-label" Warning;

    /// A label is defined but never cited.
    ///
    /// Off by default: links and exhibits are often listed without being cited.
    UncitedLabel = "C304" "uncited-label" Off;

    /// A label is defined only in another language.
    ///
    /// The reference leads there. Usually the translation lacks a note.
    ForeignLabel = "C305" "foreign-label" Warning;

    /// A bracket 【 is opened and never closed.
    ///
    /// Only reported where a label follows: `【注1-1` is text, and what it cites is lost.
    UnclosedBracket = "C306" "unclosed-bracket" Warning;

    /// A link leads to a page or file that is not in the case.
    BrokenLink = "C401" "broken-link" Warning;

    /// A link leads to a place on a page that is not there.
    ///
    /// The link leads to the page instead.
    BrokenAnchor = "C402" "broken-anchor" Warning;

    /// An image is not in the case, or is none.
    ///
    /// A box with the image's name and description stands in its place. A drawing (SVG) that cannot be read as XML is none.
    MissingImage = "C403" "missing-image" Warning;

    /// A link uses a scheme that can run code or reach into the reader's machine.
    ///
    /// Only `http`, `https`, `mailto` and `tel` are linked. The text stays and is marked.
    UnsafeLink = "C404" "unsafe-link" Warning;

    /// An image would be loaded from elsewhere.
    ///
    /// Pages load nothing from other hosts, so that nobody learns who reads them. The image is
    /// shown as a link. Save it in the case to show it.
    RemoteImage = "C405" "remote-image" Warning;

    /// Chinese letters follow the path of a bare URL at once.
    ///
    /// The URL ends where the first character stands that is not legal in one (RFC 3986). If that is
    /// not where it should end, put the URL between `<` and `>`.
    CutUrl = "C406" "cut-url" Warning;

    /// Raw HTML was removed.
    ///
    /// Scripts, event handlers, frames, forms and styles never reach the page. The numbers of an `<ol>` that begins inside a
    /// line of text do not either.
    RemovedHtml = "C407" "removed-html" Warning;

    /// A GitBook block or an element of HTML lacks its beginning or its end.
    ///
    /// An element that may hold Markdown (`<table>`, `<details>`, `<ul>`, `<blockquote>` and the like) reaches to its end, over
    /// blank lines, if both its tags are in blocks of HTML beside each other: at the start of a line, in the same item or quote.
    UnbalancedBlock = "C408" "unbalanced-block" Warning;

    /// A block of code is never closed.
    ///
    /// All that follows in the document is shown as code, without labels and links.
    OpenFence = "C409" "open-fence" Warning;

    /// A URL holds a `%` that is no percent-encoding.
    ///
    /// After `%` stand two hexadecimal digits (RFC 3986, section 2.1). Usually a character was lost when the URL was copied,
    /// and the link leads nowhere.
    MalformedUrl = "C411" "malformed-url" Warning;

    /// A URL holds a space.
    ///
    /// Between `<` and `>` or between round brackets a URL goes on after the space, but a browser would not follow it
    /// there.
    SpaceInUrl = "C412" "space-in-url" Warning;

    /// A link uses `http` that uses `https` elsewhere.
    ///
    /// Whoever follows it can be shown something else on the way.
    InsecureLink = "C413" "insecure-link" Warning;

    /// A mail address and a web address are taken for each other.
    ///
    /// The words of the link are a web address and it opens a mail, or the other way round, or `mailto:` stands before what
    /// is no mailbox.
    MailMismatch = "C414" "mail-mismatch" Warning;

    /// A link shows another address than the one it leads to.
    ///
    /// Readers who look at the address before they follow it are misled. A host alone, a missing scheme and an address cut
    /// off by an ellipsis are no other address.
    MisleadingLink = "C415" "misleading-link" Warning;

    /// The name of a host mixes scripts, or its letters pass for Latin ones.
    ///
    /// `а` of the Cyrillic alphabet looks like `a`. Judged by Unicode Technical Standard 39; Chinese beside Latin letters is
    /// nothing unusual.
    MixedScriptHost = "C416" "mixed-script-host" Warning;

    /// Two links differ by a letter or two.
    ///
    /// One of them is probably mistyped: `evldence` for `evidence`, `1` for `l`. Differences of digits, of languages (`/zh/`,
    /// `/en/`), of endings, of short parts and of identifiers, and the members of a series are left alone.
    NearUrl = "C417" "near-url" Warning;

    /// One label stands for two links.
    ///
    /// 【链接1】 is one address in one document, or in one language, and another one elsewhere; or the same words
    /// lead in two sentences of one document to two addresses of one host. Words that stand alone in a cell or at the end of
    /// a line, or that lead to more than two addresses, are left alone.
    SharedLabel = "C418" "shared-label" Warning;

    /// A document is missing in one of the case's languages.
    ///
    /// A page in that language says so and leads to the document as it is.
    MissingTranslation = "C501" "missing-translation" Warning;

    /// A folder is named like a language that casefile.yaml does not list.
    UnlistedLanguage = "C502" "unlisted-language" Warning;

    /// A folder is called by a language, but not by its tag.
    ///
    /// `zh` and `en` are folders of languages: what lies in both under one name is one document. What lies in `中文` or
    /// `chinese` stands alone.
    UntaggedFolder = "C503" "untagged-folder" Warning;

    /// A section has no counterpart in the translation of its document.
    ///
    /// Sections correspond by number, label or id, else by their order where there are as many.
    UntranslatedSection = "C504" "untranslated-section" Warning;

    /// A sum is wrong.
    ///
    /// It was recomputed exactly. Between dollar signs `≈` allows for rounding and `=` does not; in running text, as in
    /// `3150元/月×2个月-300元=6000元`, a result of `×` or `÷` may be rounded too. What can be read in another way, such as
    /// dates, ranges and units that do not go together, is left alone.
    WrongSum = "C601" "wrong-sum" Warning;

    /// Text between dollar signs is not valid mathematics.
    ///
    /// It is shown as written.
    InvalidMath = "C602" "invalid-math" Warning;

    /// A declared figure is given another value.
    ///
    /// The name of a figure of casefile.yaml stands in a sentence with another amount of its unit. A word such as 约 or
    /// “about” covers what rounding or cutting off digits changes.
    WrongFigure = "C603" "wrong-figure" Warning;

    /// The same number stands with two units.
    ///
    /// `1200.50 USDT` in one place and `1200.50 USD` in another: one of them is probably a slip. Only numbers of four
    /// digits and more that are not round are compared.
    TwoUnits = "C604" "two-units" Warning;

    /// An amount differs from a declared figure by one digit, or by two transposed.
    NearFigure = "C605" "near-figure" Warning;

    /// A check digit or a checksum is wrong.
    ///
    /// In a unified social credit code (GB 32100), or in the address of a wallet. It was mistyped, or made up.
    WrongCheckDigit = "C606" "wrong-check-digit" Warning;

    /// The total of a table is not what its column comes to.
    ///
    /// In a row headed 合计 or Total. A column is added up if every cell above is empty or an amount of one unit; not where
    /// a subtotal stands between, and not prices, rates and balances.
    WrongTotal = "C607" "wrong-total" Warning;

    /// Two things on one page would have the same address.
    ///
    /// The later one gets a suffix. A number given twice is the usual cause.
    ClashingAnchor = "C701" "clashing-anchor" Warning;

    /// A numbered item is out of sequence.
    ///
    /// After `3-4-6` comes `3-4-7`, `3-4-6-1`, `3-5` or `4`; `3-5-7` is probably a slip. Quoted by number,
    /// a slip misleads.
    OutOfSequence = "C702" "out-of-sequence" Warning;

    /// A bracket looks like a citation and was not read as one.
    ///
    /// What it seems to cite is defined: 【3号证据】 where there is an exhibit 3. The kind stands before the number, 【证据3】,
    /// and where in it behind, 【证据3第2页】.
    UnreadCitation = "C740" "unread-citation" Warning;

    /// Where positions stand, something looks like a claim or an answer and was not read as one.
    ///
    /// Entries of a list without numbers below a party's heading, a table of what the parties hold, 房东说… of somebody whom
    /// neither casefile.yaml nor a heading names, a denial without a name, an answer in a claim's own words. One finding tells of
    /// all in a document.
    UnreadClaim = "C720" "unread-claim" Warning;

    /// A party is named that is not known.
    ///
    /// A heading above claims, the name before 对此有争议, 回应 or a colon, or `{by=…}` beside a number; or an answer names nobody:
    /// 并非如此, 我不同意. Parties stand in casefile.yaml, with `aliases` for the other names they go by; without it the headings of
    /// the positions name them.
    UnknownParty = "C801" "unknown-party" Warning;

    /// An answer has no claim that it could answer.
    OrphanAnswer = "C802" "orphan-answer" Warning;

    /// Positions in which no claim was found.
    ///
    /// A claim is an item such as `1-1，…`, a numbered paragraph or an entry of an ordered list under a heading that names a
    /// party.
    NoClaims = "C803" "no-claims" Warning;

    /// A claim is disputed in one language and not in another.
    StandingDiffers = "C804" "standing-differs" Warning;

    /// What stands in `{by=…}` beside a number is not understood.
    ///
    /// After the party stands `disputes`, `accepts`, `supports` or `remarks`. Until it is corrected it is text, and who speaks is
    /// inferred.
    UnclearStance = "C805" "unclear-stance" Warning;

    /// A time is none, can be read in two ways, or is not known.
    ///
    /// There is no month 13 and no 30 February; 04/05/2031 is in April or in May, unless another date of the document
    /// tells. In a timeline, entries that look dated and were not read are reported together: what they say depends on a
    /// day that is not known, as after 几天后 or “before July”. They are no events until they are corrected.
    UnclearTime = "C811" "unclear-time" Warning;

    /// A time zone is none.
    ///
    /// Zones are offsets (`+08:00`), names of the tz database (`Asia/Shanghai`), or words of the language tables (北京时间).
    UnknownZone = "C812" "unknown-zone" Warning;

    /// Times name no zone, and the case has none.
    ///
    /// Set `time_zone` in casefile.yaml, or write the zone beside the time. Reported once in a document.
    TimeWithoutZone = "C813" "time-without-zone" Warning;

    /// An event stands before an earlier one.
    ///
    /// Compared within a section, in the direction that most events of the document follow.
    EventOutOfOrder = "C814" "event-out-of-order" Warning;

    /// A time is told exactly that is only approximate elsewhere.
    ///
    /// 凌晨1:00左右 in one place and 01:00:00 in another: the exact one promises what nobody knows.
    FalsePrecision = "C815" "false-precision" Warning;

    /// The same event has two different times.
    ///
    /// The same words in one language, or the events that stand for each other in two languages. Words that come again in
    /// one timeline on another day at another hour are left alone: a text message may come twice.
    TwoTimes = "C816" "two-times" Warning;

    /// exhibits.yaml names a file that is not there.
    ///
    /// The exhibit has its page, which says so. The file is looked for in the folder of the list.
    MissingExhibit = "C901" "missing-exhibit" Warning;

    /// The file of an exhibit is not the one whose sum was recorded.
    ///
    /// It was changed, or exchanged, after its SHA-256 sum was written into exhibits.yaml. The page of the exhibit says so.
    ChangedExhibit = "C902" "changed-exhibit" Warning;

    /// An exhibit is cited nowhere.
    ///
    /// Neither a label nor a link nor an image in any document leads to it.
    UncitedExhibit = "C903" "uncited-exhibit" Warning;

    /// A file says where, with what or by whom it was made.
    ///
    /// A PDF, a document of an office program, sound or a film is published as it is. Save it without its properties, or list it
    /// under `privacy: allow:` in casefile.yaml as a `file`, with the reason. Of pictures:
    ///
    /// In Exif, XMP or IPTC data, or it holds a smaller picture of its own, or something stands behind its end. Pictures
    /// are published as copies without all that, unless casefile.yaml says `strip_metadata: false`; then this is told. It
    /// is also told where nothing can be removed, and the picture is not published.
    TellingMetadata = "C904" "telling-metadata" Warning;

    /// The ending of a file's name says that it is something else than it is.
    ///
    /// What a file is, its first bytes tell. Readers are told on the page of the exhibit.
    LyingExtension = "C905" "lying-extension" Warning;

    /// A file lies among the exhibits and is not described.
    ///
    /// It is not published unless a document links to it. Describe it in exhibits.yaml.
    UndescribedFile = "C906" "undescribed-file" Warning;

    /// The file of an exhibit cannot be shown.
    ///
    /// It is empty, or a picture that is damaged or too large to be made small. It is offered as a download.
    DamagedExhibit = "C907" "damaged-exhibit" Warning;

    /// Two exhibits have the same file.
    ///
    /// Named twice, or two files that are the same byte by byte.
    SharedExhibit = "C908" "shared-exhibit" Warning;

    /// The file of an exhibit holds a script, or something that acts by itself.
    ///
    /// Readers are warned. All but a PDF gets `.txt` at the end of its name, so that nothing runs it.
    ActingExhibit = "C909" "acting-exhibit" Warning;

    /// A drawing is published without something that it holds.
    ///
    /// Of an SVG a copy is published that only shows something: without scripts, handlers, animation, HTML
    /// (`foreignObject`) and what lies elsewhere.
    CutDrawing = "C910" "cut-drawing" Warning;
}

impl Code {
    /// The code of that identifier or name.
    pub fn find(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.id().eq_ignore_ascii_case(text) || code.name() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_names_are_unique_and_found() {
        for &code in Code::ALL {
            assert_eq!(Code::find(code.id()), Some(code));
            assert_eq!(Code::find(code.name()), Some(code));
        }
    }

    #[test]
    fn every_code_explains_itself_in_a_sentence() {
        for code in Code::ALL {
            let first = code.explanation().lines().next().unwrap().trim();
            assert!(first.ends_with('.'), "{}: {first}", code.id());
        }
    }
}

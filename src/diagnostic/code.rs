//! The table of codes. Each entry's doc comment is what `casefile check --explain` prints in English; the paragraphs behind its
//! level are the same in Chinese.

use super::Level;
use crate::Lang;

/// Declares [`Code`] so that documentation in both languages, identifier, name and level of a code stand in one place.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $id:literal $name:literal $level:ident $first:literal $($zh:literal)*; )+) => {
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

            /// The full explanation in a language, Markdown.
            pub fn explanation(self, lang: Lang) -> &'static str {
                match self {
                    $( Code::$variant => lang.choose(concat!($($doc, "\n"),+), concat!($first, "\n" $(, "\n", $zh, "\n")*)), )+
                }
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
    UnreadableFile = "C101" "unreadable-file" Error
        "案卷中有文件无法读取。"
        "操作系统拒绝打开它。请检查文件的权限。";

    /// A text file is not UTF-8.
    ///
    /// Old editors on Windows save Chinese as GB18030 (GBK), some programs save UTF-16. Both are
    /// recognised so that the message can say how to convert. Nothing is converted silently:
    /// a wrong guess would put other characters into evidence.
    NotUtf8 = "C102" "not-utf8" Error
        "文本文件不是 UTF-8 编码。"
        "Windows 上的旧编辑器把中文存为 GB18030（GBK），有些程序存为 UTF-16。这两种都能认出，提示中会说明怎样转换。\
         程序不会悄悄转换：一旦猜错，证据里的字就变了。";

    /// A text file holds a NUL character.
    ///
    /// It is shown as U+FFFD, as CommonMark demands. Usually the file was damaged on its way.
    NulCharacter = "C103" "nul-character" Warning
        "文本文件中有 NUL 字符。"
        "按 CommonMark 的规定显示为 U+FFFD。多半是文件在传输中损坏了。";

    /// Quotes or lists are nested too deeply.
    ///
    /// More than 100 levels do not occur in real documents. The file is shown whole, as plain text.
    TooDeep = "C104" "too-deep" Warning
        "引用或列表嵌套得太深。"
        "真实的文件不会超过 100 层。文件会按纯文本完整显示。";

    /// The case has no document.
    ///
    /// A case needs at least one file that ends in `.md`, in `content/` or in the case folder itself.
    NoContent = "C105" "no-content" Error
        "案卷中没有文件。"
        "案卷至少要有一个以 `.md` 结尾的文件，放在 `content/` 中，或直接放在案卷文件夹中。";

    /// A document has no text.
    EmptyDocument = "C106" "empty-document" Warning
        "文件没有正文。";

    /// A text holds a character that turns the direction of writing, and that nobody sees.
    ///
    /// Such characters (U+202E and others, Unicode Standard Annex 9) can make `gpj.exe` read as `exe.jpg`, or one account
    /// number as another. The pages show them by their code points, so that the text reads as it is written. Take them
    /// out, unless a text in Arabic or Hebrew needs them.
    BidiControl = "C107" "bidi-control" Warning
        "文字中有看不见的字符，会改变书写方向。"
        "这类字符（U+202E 等，见 Unicode 标准附件 9）能让 `gpj.exe` 看似 `exe.jpg`，或让一个账号看似另一个账号。页\
         面上会显示它们的编号，使文字照实际的样子显示。除非阿拉伯文或希伯来文需要，请删去。";

    /// Letters or digits of a document are not on its page.
    ///
    /// Every letter and digit of a source is shown, once and in its order. What is not shown on purpose (comments, front
    /// matter, the targets of links, marks of Markdown) is known and not reported. Of two targets of one
    /// name, `[1]: address`, the second is shown nowhere: give it a name of its own.
    LostText = "C110" "lost-text" Warning
        "文件中的文字或数字没有出现在页面上。"
        "源文件的每个字和数字都应按次序显示一次。有意不显示的内容（注释、文件开头的设置、链接的目标、Markdown 的标记）\
         是已知的，不会报告。两个链接目标同名时（`[1]: 地址`），后一个不会显示：请给它另取一个名称。";

    /// The rows, the head and the line of dashes of a table do not agree.
    ///
    /// A row has more cells than the head, or the head another number than the line of dashes below it, or there is no
    /// such line.
    ///
    /// Markdown drops what is too much, or makes no table. Nothing is lost here: a bar in code or brackets, or the last of
    /// them, is shown as text. Write `\\|` for a bar that is text.
    UnevenTable = "C111" "uneven-table" Warning
        "表格的各行、表头和横线行的格数不一致。"
        "有一行的格数比表头多，或表头与其下横线行的格数不同，或没有横线行。"
        "Markdown 会丢掉多出的格，或不成表格。这里什么也不会丢：代码或括号中的竖线，或多出的竖线，按文字显示。作为\
         文字的竖线请写 `\\|`。";

    /// An item of a list is indented, but not far enough to belong to the item above it.
    ///
    /// What belongs to an item is indented to where its words begin: three spaces below `1. `, two below `- `. Markdown takes
    /// an item between the two for the next of the list above.
    BetweenLevels = "C112" "between-levels" Warning
        "列表的一项有缩进，但还不足以属于上面那一项。"
        "属于某一项的内容，要缩进到那一项文字开始的位置：`1. ` 之下缩进三个空格，`- ` 之下缩进两个。介于两者之间的，\
         Markdown 会当作上一层列表的下一项。";

    /// A line right below a table or a quotation, which Markdown takes for a row or part of it.
    ///
    /// Both end at a blank line. Leave one, or write the line between bars if it is a row, behind `> ` if it is quoted.
    GluedLine = "C113" "glued-line" Warning
        "表格或引用之后紧接着的一行，被 Markdown 当作它的一行或一部分。"
        "表格和引用都以空行结束。请空一行；如果它是表格的一行，请写在竖线之间，如果属于引用，请在前面写 `> `。";

    /// A line begins with `##` and no space, so that it is no heading.
    ///
    /// The same is told of text right above `---` or `===` that Markdown would make a heading, though it has several lines,
    /// is a sentence or a total, or the document writes its headings with `##`.
    NoHeading = "C114" "no-heading" Warning
        "一行以 `##` 开头却没有空格，因此不是标题。"
        "文字紧接在 `---` 或 `===` 之上，Markdown 会把它当作标题；如果它有好几行、是完整的句子或合计，或本文的标题\
         都用 `##`，也会这样提示。";

    /// Markdown stands where it is not read, as a rule in a block of HTML.
    ///
    /// From a tag at the start of a line on, Markdown is text up to the next empty line: `**`, the bars of a table and the
    /// marks of a list stand on the page. Leave an empty line before it, and one after it.
    ///
    /// The same is told of `**` that Markdown leaves in a text, for a space stands inside or an empty line between the two.
    UnreadMarkdown = "C115" "unread-markdown" Warning
        "Markdown 写在不会读取它的地方，多半在 HTML 块中。"
        "一行以 HTML 标签开头之后，直到下一个空行，Markdown 都只是文字：`**`、表格的竖线、列表的标记都会照样显示。\
         请在它前后各空一行。"
        "`**` 因里面有空格或中间有空行而没有生效时，也会这样提示。";

    /// Markup of another tool stands in the text.
    ///
    /// `{% include %}`, `{{< youtube >}}`, `[TOC]`, `:::`, `!!! note`, `{: .class }`, marks of a merge and the like mean nothing
    /// here and stand on the page as they are. Told once for each kind and document. What has a plain meaning is read and
    /// not reported: links and pictures in double brackets, call-outs, Hugo's figures, paths with spaces.
    ForeignMarkup = "C121" "foreign-markup" Warning
        "文中有其他工具的标记。"
        "`{% include %}`、`{{< youtube >}}`、`[TOC]`、`:::`、`!!! note`、`{: .class }`、合并版本留下的标记等，在这\
         里没有意义，会照样显示。每份文件中每种只提示一次。意思明白的会照读，不作提示：双方括号的链接和图片、提示框、\
         Hugo 的图片、带空格的路径。";

    /// Text is hidden from readers, and left out of the site.
    ///
    /// `%%…%%` of Obsidian, comments of other tools, and HTML that is not shown (`hidden`, `display: none`, `<template>`): its
    /// author never saw these words on a page. They are on no page, in no search and in no data of the site.
    HiddenText = "C122" "hidden-text" Warning
        "有文字对读者隐藏，不会出现在网站上。"
        "Obsidian 的 `%%…%%`、其他工具的注释，以及不显示的 HTML（`hidden`、`display: none`、`<template>`）：作者从\
         未在页面上见过这些文字。它们不会出现在任何页面、搜索或数据中。";

    /// What begins a comment or hides text is never ended.
    ///
    /// After `<!--` without `-->`, or `%%` without another, other programs show nothing up to the end of the document. Where it
    /// should end is not known: to hide the rest would lose it, and to show it would publish what was perhaps hidden. A pair of
    /// `%%` stands in one paragraph, or on lines of its own.
    UnendedComment = "C123" "unended-comment" Error
        "注释或隐藏的文字有开头，没有结尾。"
        "只有 `<!--` 没有 `-->`，或只有一个 `%%`，其他程序会隐藏其后直到文末的全部内容。应在何处结束无从得知：隐藏\
         其余部分会丢失内容，显示出来又可能公开本想隐藏的内容。一对 `%%` 应在同一段中，或各占一行。";

    /// Text is shown that a style or a class may hide on other sites, or that words in brackets mark as not for readers.
    ///
    /// `【不公开】` and the like keep nothing back: write `{private}`. A class such as `sr-only` or `spoiler` means what the
    /// style sheet of another site says, and black ground may be decoration. Here the text is seen. What is plainly hidden
    /// is left out and reported as C122.
    SeenText = "C124" "seen-text" Warning
        "有文字显示出来，而在其他网站上样式可能会隐藏它，或括号中的字样表示不给读者看。"
        "`【不公开】` 之类不能隐去任何内容：请写 `{private}`。`sr-only`、`spoiler` 一类的样式名是什么意思，取决于另\
         一个网站的样式表；黑底也可能只是装饰。在这里这些文字看得见。明显隐藏的内容不会公布，并以 C122 报告。";

    /// casefile.yaml is not what it should be.
    ///
    /// Broken YAML, a key given twice, a value of the wrong type, or YAML that unfolds without end.
    BadConfig = "C201" "bad-config" Error
        "casefile.yaml 的内容不对。"
        "YAML 有误、同一个键写了两次、值的类型不对，或 YAML 无限展开。";

    /// The front matter of a document is not what it should be.
    ///
    /// Front matter stands between two lines of `---` at the very start of a document. What is meant as front matter here
    /// is not written so that it can be read.
    BadFrontMatter = "C202" "bad-front-matter" Error
        "文件开头的设置写法不对。"
        "文件开头的设置写在两行 `---` 之间。这里看来想写这种设置，但写法使它无法读取。";

    /// A key is not known.
    ///
    /// A mistyped key would be silently without effect, so it is refused.
    UnknownKey = "C203" "unknown-key" Error
        "有不认识的键。"
        "键名写错，就会不声不响地不起作用，因此不予接受。";

    /// A language is named that is no language tag, or a party, rule or language that does not exist.
    UnknownName = "C204" "unknown-name" Error
        "写的语言不是语言标签，或所写的当事方、规则、语言不存在。";

    /// Two pages claim the same address.
    ///
    /// An address is claimed by a `slug` in the front matter, or by a name that is one: `statement.md`, and
    /// `slug: statement` in another file. Rename one, or give it a `slug` of its own. Names that merely come to the same
    /// in lower-case ASCII, such as `立场.md` and `li-chang.md`, are kept apart without that. The pages that casefile makes
    /// of the case, such as `exhibits`, keep their names. No page is lost: until one is renamed, the second has another
    /// address.
    ClashingPath = "C205" "clashing-path" Error
        "两个页面要用同一个地址。"
        "地址来自文件开头的设置中的 `slug`，或本身可作地址的文件名：一份叫 `statement.md`，另一份写了 `slug: statement`。\
         请给其中一份改名，或另写 `slug`。只是转成小写字母后相同的名称，例如 `立场.md` 和 `li-chang.md`，会自动区分。\
         casefile 为案卷生成的页面（例如 `exhibits`）保留自己的名称。页面不会丢失：改名之前，后一页另有地址。";

    /// A path leads out of the case folder.
    ///
    /// Only what lies in the case folder can be published with it.
    PathOutsideCase = "C206" "path-outside-case" Error
        "路径通向案卷文件夹之外。"
        "只有案卷文件夹中的内容才能一同公布。";

    /// exhibits.yaml is not what it should be.
    ///
    /// Broken YAML, a value of the wrong type, two exhibits of one number, or a value that says nothing. Exhibits are a
    /// list in `exhibits/exhibits.yaml`; each has at least a `number`.
    BadExhibits = "C207" "bad-exhibits" Error
        "exhibits.yaml 的内容不对。"
        "YAML 有误、值的类型不对、两份证据同一编号，或值没有意义。证据以清单形式写在 `exhibits/exhibits.yaml` 中，\
         每份至少有 `number`。";

    /// An entry of the front matter is not used.
    ///
    /// A key that neither casefile nor another common tool knows, a value that its key cannot have, a key given twice, a
    /// line that is no entry, or front matter in the midst of a document. Keys of Jekyll, Hugo, Hexo, Obsidian, Pandoc,
    /// Docusaurus, GitBook, VuePress, MkDocs and Zola are passed over
    /// without a finding.
    UnusedFrontMatter = "C208" "unused-front-matter" Warning
        "文件开头的设置中有一项没有使用。"
        "casefile 和其他常用工具都不认识的键、不合该键的值、写了两次的键、无法识别的行，或写在文件中间的这类设置。\
         Jekyll、Hugo、Hexo、Obsidian、Pandoc、Docusaurus、GitBook、VuePress、MkDocs 和 Zola 的键会略过，不作提示。";

    /// What nearly says that a text is not for everybody has no effect.
    ///
    /// `draft: ture`, `private: yes`, `visibility: privat`, `{Private}` or `<div hiden>` in the text, `draft: true` anywhere but at
    /// the very start, or a folder `drafts` or file `letter.draft.md` whose document does not say `draft: false`. Nobody can take back what was
    /// published because a word was mistyped, so nothing is published until it is settled. `draft: true`, `published: false`,
    /// `publish: false` and a folder `_drafts` keep a document out of the site.
    UnclearPublicity = "C209" "unclear-publicity" Error
        "似乎表示不给所有人看的写法没有起作用。"
        "正文中的 `draft: ture`、`private: yes`、`visibility: privat`、`{Private}` 或 `<div hiden>`，不在文件开头的 \
         `draft: true`，或 `drafts` 文件夹、`letter.draft.md` 一类的文件而文中没有写 `draft: false`。因一字之误公开\
         的内容，谁也收不回来，所以在改好之前什么也不公布。`draft: true`、`published: false`、`publish: false` 和 \
         `_drafts` 文件夹使文件不进入网站。";

    /// Settings are not read, because of their name or because of where they lie.
    ///
    /// They are read from `casefile.yaml` in the case folder, and from `exhibits.yaml` in the folder `exhibits` of the
    /// content. Were `casefile.yml` or `content/casefile.yaml` passed over, a case that says `unlisted: true` there would be
    /// public.
    UnreadSettings = "C220" "unread-settings" Error
        "设置因文件名或位置不对而没有读取。"
        "设置写在案卷文件夹的 `casefile.yaml` 中，证据写在内容的 `exhibits` 文件夹的 `exhibits.yaml` 中。如果略过 \
         `casefile.yml` 或 `content/casefile.yaml`，其中写着 `unlisted: true` 的案卷就会公开。";

    /// A text in the settings ends at a number sign.
    ///
    /// In YAML, `title: order #3` is the text `order` and a comment. Put the text in quotation marks. A comment is not
    /// reported where a space follows its `#`.
    CutText = "C221" "cut-text" Warning
        "设置中的文字在井号处中断。"
        "在 YAML 中，`title: order #3` 只有文字 `order`，后面是注释。请给文字加引号。`#` 之后有空格的是注释，不作提\
         示。";

    /// The number of an identity card would be published.
    ///
    /// A Chinese resident identity number (GB 11643: region, date and check digit), however it is written, in a text, a title, a
    /// file name or inside a file. Nobody can take it back. Take it out, or list it under `privacy: allow:` in casefile.yaml
    /// with the reason.
    IdentityNumber = "C230" "identity-number" Error
        "身份证号码会公开。"
        "居民身份证号码（GB 11643：地区、日期和校验位），不论怎样书写，也不论在正文、标题、文件名还是文件内部。公开\
         后谁也收不回来。请删去，或在 casefile.yaml 的 `privacy: allow:` 中列出并写明理由。";

    /// The number of a bank card would be published.
    ///
    /// Known by the word before it, by how its digits are grouped or by its issuer, with the check digit. Take it out, or list
    /// it under `privacy: allow:` in casefile.yaml with the reason.
    CardNumber = "C231" "card-number" Error
        "银行卡号会公开。"
        "根据前面的词、数字的分组或发卡机构，以及校验位来识别。请删去，或在 casefile.yaml 的 `privacy: allow:` 中列\
         出并写明理由。";

    /// A key to money or to a machine would be published.
    ///
    /// A private key, the words of one (BIP 39), or the password of a program for a service. What was published once is no key any
    /// more: make a new one, and move what the old one opened.
    SecretKey = "C232" "secret-key" Error
        "支配钱款或登录机器的密钥会公开。"
        "私钥、助记词（BIP 39），或程序访问服务所用的口令。公开过一次，密钥就不再安全：请换一个新的，并转移旧密钥所\
         能支配的一切。";

    /// The number of a passport or of a permit to travel would be published.
    ///
    /// Known by the word beside it. Take it out, or list it under `privacy: allow:` in casefile.yaml with the reason.
    TravelDocument = "C233" "travel-document" Warning
        "护照或出入境证件号码会公开。"
        "根据旁边的词来识别。请删去，或在 casefile.yaml 的 `privacy: allow:` 中列出并写明理由。";

    /// A mobile number would be published.
    ///
    /// Told once for each file. Take out those of people who need not be called; list the others under `privacy: allow:` in
    /// casefile.yaml with the reason.
    MobileNumber = "C234" "mobile-number" Warning
        "手机号码会公开。"
        "每个文件只提示一次。不需要联系的人，请删去其号码；其余的在 casefile.yaml 的 `privacy: allow:` 中列出并写明\
         理由。";

    /// The address of a home would be published.
    ///
    /// A Chinese address down to the door, or one behind a word such as 住址. Told once for each file. Offices, shops and
    /// authorities are left alone.
    HomeAddress = "C235" "home-address" Warning
        "住址会公开。"
        "写到门牌的中国地址，或“住址”一类的词之后的地址。每个文件只提示一次。办公场所、商店和机关的地址不作提示。";

    /// A file is published with text that is not seen on opening it.
    ///
    /// Comments, deletions that a program only marks, hidden text, sheets and layers, what older versions of a PDF say that it still
    /// holds: whoever has the file can bring them out. Save it without them, or list it under `privacy: allow:` in casefile.yaml as a `file`, with the reason.
    UnseenInFile = "C236" "unseen-in-file" Warning
        "公布的文件中有打开时看不到的文字。"
        "批注、只作了标记的删除、隐藏的文字、工作表和图层、PDF 中仍保留的旧版本：拿到文件的人都能找出来。请去掉后另\
         存，或在 casefile.yaml 的 `privacy: allow:` 中作为 `file` 列出并写明理由。";

    /// What is called the number of a bank card would be published, though its check digit is wrong.
    ///
    /// It may be mistyped, or invented for an example. Take it out, or list it under `privacy: allow:` in casefile.yaml with
    /// the reason.
    DoubtfulCard = "C237" "doubtful-card" Warning
        "被称为银行卡号的号码会公开，但校验位有误。"
        "可能是写错了，或是编来举例的。请删去，或在 casefile.yaml 的 `privacy: allow:` 中列出并写明理由。";

    /// A withheld name stands where it cannot be replaced.
    ///
    /// In an address, in the name of a file, in a label, an id or a slug, other words would lead elsewhere or name something
    /// else. Choose names that do not tell, or withhold the whole address.
    WithheldInName = "C240" "withheld-in-name" Error
        "要隐去的名称出现在不能替换的地方。"
        "在地址、文件名、标签、id 或 slug 中，换了文字就会通向别处，或指另一个对象。请选用不透露它的名称，或隐去整\
         个地址。";

    /// The case withholds something, or its files say more than the site does, and everybody can read its sources.
    ///
    /// Found where `--public-sources` is given, as the workflow of `casefile init` does in a public repository. What the site
    /// leaves out stands in the sources, and in their history. Keep them private.
    PublicSources = "C241" "public-sources" Error
        "案卷隐去了内容，而源文件人人可读。"
        "在加了 `--public-sources` 时检查；`casefile init` 生成的发布流程在公开的仓库中会这样做。网站隐去的内容，源\
         文件和它的历史记录里都有。请不要公开源文件。";

    /// What is withheld of a document is not withheld of its translation.
    ///
    /// A document is private, or sections, items or paragraphs of it are, and the same document in another language has no
    /// mark at all. Mark both; where the translation never had the passage, turn the rule off under `rules:`.
    WithheldInOneLanguage = "C242" "withheld-in-one-language" Error
        "一份文件隐去的内容，在译文中没有隐去。"
        "一份文件是私有的，或其中的章节、条目、段落是私有的，而同一文件的另一种语言完全没有标记。请两边都标明；译文\
         中从来没有这段内容的，请在 `rules:` 中关闭这条规则。";

    /// A withheld name is replaced where it may be a part of something else.
    ///
    /// 王明 in 王明珠, Victoria in Victorian, Rose in “prices rose”; or two neighbouring cells make up a withheld name. Told once
    /// for each name and file. Where it is something else, let that pass under `privacy: allow:` in casefile.yaml, with what
    /// stands around the name: `{text: 王明珠, reason: somebody else}`.
    WithheldInWord = "C243" "withheld-in-word" Warning
        "要隐去的名称被替换之处，可能是别的词的一部分。"
        "例如“王明珠”中的“王明”，Victorian 中的 Victoria；或表格中相邻两格合起来是要隐去的名称。每个名称在每个文件\
         中只提示一次。如果是别的东西，请连同前后文字列在 casefile.yaml 的 `privacy: allow:` 中：\
         `{text: 王明珠, reason: 另一个人}`。";

    /// A label is cited that nothing defines.
    ///
    /// Looked for in the same document, then in the other documents of the same language, then in
    /// the other languages. The place is marked on the page.
    UnresolvedLabel = "C301" "unresolved-label" Warning
        "引用的标签没有定义。"
        "先在同一文件中找，再在同一语言的其他文件中找，然后在其他语言中找。页面上会标出这一处。";

    /// A label is cited that several other documents define.
    ///
    /// Say which by citing the title: `【《补充材料》注1-1】` or `["Supplement" Note 1-1]`. Until then
    /// the page offers them, a dozen at the most.
    AmbiguousLabel = "C302" "ambiguous-label" Warning
        "引用的标签在其他几份文件中都有定义。"
        "请用标题说明是哪一份：`【《补充材料》注1-1】` 或 `[\"Supplement\" Note 1-1]`。在此之前，页面会列出各个可能，\
         最多十二个。";

    /// A label is defined twice in one document.
    ///
    /// The first definition counts, the later one is read as a reference to it.
    ShadowedLabel = "C303" "shadowed-label" Warning
        "同一标签在一份文件中定义了两次。"
        "以第一个为准，后一个按引用处理。";

    /// A label is defined but never cited.
    ///
    /// Off by default: links and exhibits are often listed without being cited.
    UncitedLabel = "C304" "uncited-label" Off
        "标签有定义，但没有引用。"
        "默认关闭：链接和证据常常只列出而不引用。";

    /// A label is defined only in another language.
    ///
    /// The reference leads there. Usually the translation lacks a note.
    ForeignLabel = "C305" "foreign-label" Warning
        "标签只在另一种语言中有定义。"
        "引用会通向那里。多半是译文少了一条注。";

    /// A bracket 【 is opened and never closed.
    ///
    /// Only reported where a label follows: `【注1-1` is text, and what it cites is lost.
    UnclosedBracket = "C306" "unclosed-bracket" Warning
        "【 有开头，没有结尾。"
        "只在其后是标签时提示：`【注1-1` 只是文字，所引用的内容就丢了。";

    /// A link leads to a page or file that is not in the case.
    BrokenLink = "C401" "broken-link" Warning
        "链接通向案卷中没有的页面或文件。";

    /// A link leads to a place on a page that is not there.
    ///
    /// The link leads to the page instead.
    BrokenAnchor = "C402" "broken-anchor" Warning
        "链接通向页面中没有的位置。"
        "链接改为通向这一页。";

    /// An image is not in the case, or is none.
    ///
    /// A box with the image's name and description stands in its place. A drawing (SVG) that cannot be read as XML is none.
    MissingImage = "C403" "missing-image" Warning
        "图片不在案卷中，或不是图片。"
        "原处会显示一个框，写着图片的名称和说明。不能按 XML 读取的图形（SVG）不算图片。";

    /// A link uses a scheme that can run code or reach into the reader's machine.
    ///
    /// Only `http`, `https`, `mailto` and `tel` are linked. The text stays and is marked.
    UnsafeLink = "C404" "unsafe-link" Warning
        "链接的方式会运行代码，或触及读者的电脑。"
        "只有 `http`、`https`、`mailto` 和 `tel` 会成为链接。文字保留，并作标记。";

    /// An image would be loaded from elsewhere.
    ///
    /// Pages load nothing from other hosts, so that nobody learns who reads them. The image is
    /// shown as a link. Save it in the case to show it.
    RemoteImage = "C405" "remote-image" Warning
        "图片要从别处加载。"
        "页面不从其他网站加载任何内容，因此没有人会知道谁在阅读。图片显示为链接。要显示它，请存进案卷。";

    /// Chinese letters follow the path of a bare URL at once.
    ///
    /// The URL ends where the first character stands that is not legal in one (RFC 3986). If that is
    /// not where it should end, put the URL between `<` and `>`.
    CutUrl = "C406" "cut-url" Warning
        "网址后面紧跟着汉字。"
        "网址到第一个不合规定的字符（RFC 3986）为止。如果不应在那里结束，请用 `<` 和 `>` 括住网址。";

    /// Raw HTML was removed.
    ///
    /// Scripts, event handlers, frames, forms and styles never reach the page. The numbers of an `<ol>` that begins inside a
    /// line of text do not either.
    RemovedHtml = "C407" "removed-html" Warning
        "去掉了 HTML。"
        "脚本、事件处理、框架、表单和样式不会进入页面。写在一行文字中的 `<ol>` 的编号也不会显示。";

    /// A GitBook block or an element of HTML lacks its beginning or its end.
    ///
    /// An element that may hold Markdown (`<table>`, `<details>`, `<ul>`, `<blockquote>` and the like) reaches to its end, over
    /// blank lines, if both its tags are in blocks of HTML beside each other: at the start of a line, in the same item or quote.
    UnbalancedBlock = "C408" "unbalanced-block" Warning
        "GitBook 的块或 HTML 元素缺开头或结尾。"
        "可以含有 Markdown 的元素（`<table>`、`<details>`、`<ul>`、`<blockquote>` 等）可以越过空行直到结尾，条件是\
         首尾两个标签都在相邻的 HTML 块中：位于行首，在同一条目或引用中。";

    /// A block of code is never closed.
    ///
    /// All that follows in the document is shown as code, without labels and links.
    OpenFence = "C409" "open-fence" Warning
        "代码块没有结束。"
        "其后的全部内容都会按代码显示，没有标签和链接。";

    /// A URL holds a `%` that is no percent-encoding.
    ///
    /// After `%` stand two hexadecimal digits (RFC 3986, section 2.1). Usually a character was lost when the URL was copied,
    /// and the link leads nowhere.
    MalformedUrl = "C411" "malformed-url" Warning
        "网址中有不成编码的 `%`。"
        "`%` 之后应有两位十六进制数字（RFC 3986 第 2.1 节）。多半是复制网址时丢了字符，链接打不开。";

    /// A URL holds a space.
    ///
    /// Between `<` and `>` or between round brackets a URL goes on after the space, but a browser would not follow it
    /// there.
    SpaceInUrl = "C412" "space-in-url" Warning
        "网址中有空格。"
        "在 `<` 和 `>` 之间，或在圆括号之间，网址在空格之后还有内容，但浏览器不会照此打开。";

    /// A link uses `http` that uses `https` elsewhere.
    ///
    /// Whoever follows it can be shown something else on the way.
    InsecureLink = "C413" "insecure-link" Warning
        "这个链接用 `http`，在别处用 `https`。"
        "打开它的人在途中可能看到被换过的内容。";

    /// A mail address and a web address are taken for each other.
    ///
    /// The words of the link are a web address and it opens a mail, or the other way round, or `mailto:` stands before what
    /// is no mailbox.
    MailMismatch = "C414" "mail-mismatch" Warning
        "邮箱地址与网址混淆了。"
        "链接的文字是网址，打开的却是邮件，或者相反；或 `mailto:` 后面不是邮箱。";

    /// A link shows another address than the one it leads to.
    ///
    /// Readers who look at the address before they follow it are misled. A host alone, a missing scheme and an address cut
    /// off by an ellipsis are no other address.
    MisleadingLink = "C415" "misleading-link" Warning
        "链接显示的地址与通向的地址不同。"
        "先看地址再打开的读者会被误导。只写主机名、省略开头的 https，或用省略号截短的地址，不算不同。";

    /// The name of a host mixes scripts, or its letters pass for Latin ones.
    ///
    /// `а` of the Cyrillic alphabet looks like `a`. Judged by Unicode Technical Standard 39; Chinese beside Latin letters is
    /// nothing unusual.
    MixedScriptHost = "C416" "mixed-script-host" Warning
        "主机名混用了不同的字母，或其中的字母看似拉丁字母。"
        "西里尔字母 `а` 看起来就像 `a`。按 Unicode 技术标准 39 判断；汉字与拉丁字母并用并不奇怪。";

    /// Two links differ by a letter or two.
    ///
    /// One of them is probably mistyped: `evldence` for `evidence`, `1` for `l`. Differences of digits, of languages (`/zh/`,
    /// `/en/`), of endings, of short parts and of identifiers, and the members of a series are left alone.
    NearUrl = "C417" "near-url" Warning
        "两个链接只差一两个字母。"
        "其中一个多半写错了：`evldence` 与 `evidence`，`1` 与 `l`。数字、语言（`/zh/`、`/en/`）、结尾、短的部分、编\
         号和同一系列之间的差别不作提示。";

    /// One label stands for two links.
    ///
    /// 【链接1】 is one address in one document, or in one language, and another one elsewhere; or the same words
    /// lead in two sentences of one document to two addresses of one host. Words that stand alone in a cell or at the end of
    /// a line, or that lead to more than two addresses, are left alone.
    SharedLabel = "C418" "shared-label" Warning
        "同一标签代表两个链接。"
        "【链接1】在一份文件或一种语言中是一个地址，在别处是另一个；或同一文件的两句话中，同样的文字通向同一网站的\
         两个地址。单独占一格或在行末的文字，以及通向两个以上地址的文字，不作提示。";

    /// A document is missing in one of the case's languages.
    ///
    /// A page in that language says so and leads to the document as it is.
    MissingTranslation = "C501" "missing-translation" Warning
        "案卷的一种语言缺少某份文件。"
        "那种语言的页面会说明这一点，并通向现有的文件。";

    /// A folder is named like a language that casefile.yaml does not list.
    UnlistedLanguage = "C502" "unlisted-language" Warning
        "有文件夹以语言命名，而 casefile.yaml 没有列出这种语言。";

    /// A folder is called by a language, but not by its tag.
    ///
    /// `zh` and `en` are folders of languages: what lies in both under one name is one document. What lies in `中文` or
    /// `chinese` stands alone.
    UntaggedFolder = "C503" "untagged-folder" Warning
        "文件夹用了语言的名称，而不是语言标签。"
        "`zh` 和 `en` 是语言文件夹：两者中同名的是同一份文件。`中文` 或 `chinese` 中的文件则各自独立。";

    /// A section has no counterpart in the translation of its document.
    ///
    /// Sections correspond by number, label or id, else by their order where there are as many.
    UntranslatedSection = "C504" "untranslated-section" Warning
        "有一节在译文中没有对应。"
        "各节按编号、标签或 id 对应；没有这些而节数相同时，按次序对应。";

    /// A sum is wrong.
    ///
    /// It was recomputed exactly. Between dollar signs `≈` allows for rounding and `=` does not; in running text, as in
    /// `3150元/月×2个月-300元=6000元`, a result of `×` or `÷` may be rounded too. What can be read in another way, such as
    /// dates, ranges and units that do not go together, is left alone.
    WrongSum = "C601" "wrong-sum" Warning
        "算式有误。"
        "已精确验算。在美元符号之间，`≈` 容许取整，`=` 不容许；在正文中，如 `3150元/月×2个月-300元=6000元`，`×` 和 \
         `÷` 的结果也可以取整。可以有别的读法的，例如日期、范围和不相配的单位，不作提示。";

    /// Text between dollar signs is not valid mathematics.
    ///
    /// It is shown as written.
    InvalidMath = "C602" "invalid-math" Warning
        "美元符号之间不是有效的算式。"
        "按原样显示。";

    /// A declared figure is given another value.
    ///
    /// The name of a figure of casefile.yaml stands in a sentence with another amount of its unit. A word such as 约 or
    /// “about” covers what rounding or cutting off digits changes.
    WrongFigure = "C603" "wrong-figure" Warning
        "关键数字写成了另一个值。"
        "casefile.yaml 中某个关键数字的名称，在一句话里与同单位的另一个数额一起出现。“约”一类的词容许取整或舍去尾数。";

    /// The same number stands with two units.
    ///
    /// `1200.50 USDT` in one place and `1200.50 USD` in another: one of them is probably a slip. Only numbers of four
    /// digits and more that are not round are compared.
    TwoUnits = "C604" "two-units" Warning
        "同一个数用了两种单位。"
        "一处是 `1200.50 USDT`，另一处是 `1200.50 USD`：其中一个多半写错了。只比较四位以上而且不是整数的数。";

    /// An amount differs from a declared figure by one digit, or by two transposed.
    NearFigure = "C605" "near-figure" Warning
        "数额与某个关键数字只差一位，或有两位颠倒。";

    /// A check digit or a checksum is wrong.
    ///
    /// In a unified social credit code (GB 32100), or in the address of a wallet. It was mistyped, or made up.
    WrongCheckDigit = "C606" "wrong-check-digit" Warning
        "校验位或校验值有误。"
        "在统一社会信用代码（GB 32100）或钱包地址中。可能写错了，或是编造的。";

    /// The total of a table is not what its column comes to.
    ///
    /// In a row headed 合计 or Total. A column is added up if every cell above is empty or an amount of one unit; not where
    /// a subtotal stands between, and not prices, rates and balances.
    WrongTotal = "C607" "wrong-total" Warning
        "表格的合计与该列之和不符。"
        "在以“合计”或 Total 开头的一行。上面各格都是空的，或都是同一单位的数额，才会相加；中间有小计的不加，单价、\
         比率和余额也不加。";

    /// Two things on one page would have the same address.
    ///
    /// The later one gets a suffix. A number given twice is the usual cause.
    ClashingAnchor = "C701" "clashing-anchor" Warning
        "同一页上有两处会用同一个地址。"
        "后一处会加上后缀。多半是同一编号用了两次。";

    /// A numbered item is out of sequence.
    ///
    /// After `3-4-6` comes `3-4-7`, `3-4-6-1`, `3-5` or `4`; `3-5-7` is probably a slip. Quoted by number,
    /// a slip misleads.
    OutOfSequence = "C702" "out-of-sequence" Warning
        "条目的编号不连续。"
        "`3-4-6` 之后应是 `3-4-7`、`3-4-6-1`、`3-5` 或 `4`；`3-5-7` 多半是笔误。别人按编号引用，编号错了就会误导。";

    /// A bracket looks like a citation and was not read as one.
    ///
    /// What it seems to cite is defined: 【3号证据】 where there is an exhibit 3. The kind stands before the number, 【证据3】,
    /// and where in it behind, 【证据3第2页】.
    UnreadCitation = "C740" "unread-citation" Warning
        "括号像是引用，但没有读作引用。"
        "它所指的内容有定义：有证据 3 时写了【3号证据】。种类写在编号之前，如【证据3】；在其中何处，写在编号之后，\
         如【证据3第2页】。";

    /// Where positions stand, something looks like a claim or an answer and was not read as one.
    ///
    /// Entries of a list without numbers below a party's heading, a table of what the parties hold, 房东说… of somebody whom
    /// neither casefile.yaml nor a heading names, a denial without a name, an answer in a claim's own words. One finding tells of
    /// all in a document.
    UnreadClaim = "C720" "unread-claim" Warning
        "在写各方立场的地方，有内容像是主张或答复，但没有读作主张或答复。"
        "某一方的标题之下没有编号的列表、各方说法的表格、casefile.yaml 和标题都没有写到的人“房东说……”、没有写明谁说\
         的否认、用主张原话写的答复。每份文件合并提示一次。";

    /// A party is named that is not known.
    ///
    /// A heading above claims, the name before 对此有争议, 回应 or a colon, or `{by=…}` beside a number; or an answer names nobody:
    /// 并非如此, 我不同意. Parties stand in casefile.yaml, with `aliases` for the other names they go by; without it the headings of
    /// the positions name them.
    UnknownParty = "C801" "unknown-party" Warning
        "写到的当事方不认识。"
        "主张上面的标题、“对此有争议”“回应”或冒号之前的名称，或编号旁的 `{by=…}`；或答复没有写明是谁：“并非如此”“我\
         不同意”。当事方写在 casefile.yaml 中，别的称呼写在 `aliases` 中；没有写的，以各方立场的标题为准。";

    /// An answer has no claim that it could answer.
    OrphanAnswer = "C802" "orphan-answer" Warning
        "答复没有可以答复的主张。";

    /// Positions in which no claim was found.
    ///
    /// A claim is an item such as `1-1，…`, a numbered paragraph or an entry of an ordered list under a heading that names a
    /// party.
    NoClaims = "C803" "no-claims" Warning
        "各方立场中没有找到主张。"
        "主张是写明当事方的标题之下的条目，例如 `1-1，…`，或编号的段落，或编号列表的一项。";

    /// A claim is disputed in one language and not in another.
    StandingDiffers = "C804" "standing-differs" Warning
        "同一主张在一种语言中有争议，在另一种语言中没有。";

    /// What stands in `{by=…}` beside a number is not understood.
    ///
    /// After the party stands `disputes`, `accepts`, `supports` or `remarks`. Until it is corrected it is text, and who speaks is
    /// inferred.
    UnclearStance = "C805" "unclear-stance" Warning
        "编号旁的 `{by=…}` 无法识别。"
        "当事方之后写 `disputes`（有争议）、`accepts`（认可）、`supports`（支持）或 `remarks`（另述）。改正之前它只\
         是文字，谁在说话由程序推断。";

    /// A time is none, can be read in two ways, or is not known.
    ///
    /// There is no month 13 and no 30 February; 04/05/2031 is in April or in May, unless another date of the document
    /// tells. In a timeline, entries that look dated and were not read are reported together: what they say depends on a
    /// day that is not known, as after 几天后 or “before July”. They are no events until they are corrected.
    UnclearTime = "C811" "unclear-time" Warning
        "时间不存在、有两种读法，或无从得知。"
        "没有 13 月，也没有 2 月 30 日；04/05/2031 可以是四月，也可以是五月，除非文中另一个日期说明了写法。在时间线\
         中，看似写了日期而没有读出的条目合并提示：它们指哪一天，取决于另一个不知道的日子，例如“几天后”。改正之前，\
         它们不算事件。";

    /// A time zone is none.
    ///
    /// Zones are offsets (`+08:00`), names of the tz database (`Asia/Shanghai`), or words of the language tables (北京时间).
    UnknownZone = "C812" "unknown-zone" Warning
        "时区不存在。"
        "时区可写时差（`+08:00`）、时区库中的名称（`Asia/Shanghai`），或语言表中的词（北京时间）。";

    /// Times name no zone, and the case has none.
    ///
    /// Set `time_zone` in casefile.yaml, or write the zone beside the time. Reported once in a document.
    TimeWithoutZone = "C813" "time-without-zone" Warning
        "时间没有写时区，案卷也没有设定。"
        "请在 casefile.yaml 中设 `time_zone`，或在时间旁写明时区。每份文件只提示一次。";

    /// An event stands before an earlier one.
    ///
    /// Compared within a section, in the direction that most events of the document follow.
    EventOutOfOrder = "C814" "event-out-of-order" Warning
        "一件事排在更早的事之前。"
        "在同一节内，按文中多数事件的先后方向比较。";

    /// A time is told exactly that is only approximate elsewhere.
    ///
    /// 凌晨1:00左右 in one place and 01:00:00 in another: the exact one promises what nobody knows.
    FalsePrecision = "C815" "false-precision" Warning
        "时间写得很确切，在别处却只是大约。"
        "一处写“凌晨1:00左右”，另一处写 01:00:00：确切的写法说出了没有人知道的事。";

    /// The same event has two different times.
    ///
    /// The same words in one language, or the events that stand for each other in two languages. Words that come again in
    /// one timeline on another day at another hour are left alone: a text message may come twice.
    TwoTimes = "C816" "two-times" Warning
        "同一件事有两个不同的时间。"
        "同一语言中文字相同的事，或两种语言中相互对应的事。同一时间线上另一天另一时刻再次出现的同样文字不作提示：同\
         一条短信可能来两次。";

    /// exhibits.yaml names a file that is not there.
    ///
    /// The exhibit has its page, which says so. The file is looked for in the folder of the list.
    MissingExhibit = "C901" "missing-exhibit" Warning
        "exhibits.yaml 写了一个不存在的文件。"
        "证据仍有自己的页面，并说明这一点。文件在清单所在的文件夹中寻找。";

    /// The file of an exhibit is not the one whose sum was recorded.
    ///
    /// It was changed, or exchanged, after its SHA-256 sum was written into exhibits.yaml. The page of the exhibit says so.
    ChangedExhibit = "C902" "changed-exhibit" Warning
        "证据的文件与登记的校验值不符。"
        "SHA-256 校验值写进 exhibits.yaml 之后，文件被改过或换过。证据的页面会说明这一点。";

    /// An exhibit is cited nowhere.
    ///
    /// Neither a label nor a link nor an image in any document leads to it.
    UncitedExhibit = "C903" "uncited-exhibit" Warning
        "没有一处引用这份证据。"
        "没有标签、链接或图片通向它。";

    /// A file says where, with what or by whom it was made.
    ///
    /// PDF, documents of office programs, sound and films are published as copies without it. What is signed, locked or of a format
    /// that cannot be cleaned is not published. Save it without its properties, or list it under `privacy: allow:` in casefile.yaml as a
    /// `file`, with the reason. Of pictures:
    ///
    /// In Exif, XMP or IPTC data, or it holds a smaller picture of its own, or something stands behind its end. Pictures
    /// are published as copies without all that, unless casefile.yaml says `strip_metadata: false`; then this is told. It
    /// is also told where nothing can be removed, and the picture is not published.
    TellingMetadata = "C904" "telling-metadata" Warning
        "文件透露了它是在哪里、用什么或由谁制作的。"
        "公布的 PDF、办公文档、录音或录像是去掉这些信息的副本。有签名、有密码或格式无法清理的，不公布。请去掉文件属性后另\
         存，或在 casefile.yaml 的 `privacy: allow:` 中作为 `file` 列出并写明理由。关于图片："
        "这些信息在 Exif、XMP 或 IPTC 数据中，或图片另含一张缩小的图片，或图片结束之后还有内容。公布的图片是去掉这\
         一切的副本，除非 casefile.yaml 写了 `strip_metadata: false`；这时才会提示。无法去除时也会提示，图片不公布。";

    /// The ending of a file's name says that it is something else than it is.
    ///
    /// What a file is, its first bytes tell. Readers are told on the page of the exhibit.
    LyingExtension = "C905" "lying-extension" Warning
        "文件名的结尾与内容不符。"
        "文件是什么，看开头的几个字节就知道。证据的页面会告诉读者。";

    /// A file lies among the exhibits and is not described.
    ///
    /// It is not published unless a document links to it. Describe it in exhibits.yaml.
    UndescribedFile = "C906" "undescribed-file" Warning
        "证据文件夹中有没有登记的文件。"
        "除非有文件链接到它，否则不公布。请在 exhibits.yaml 中登记。";

    /// The file of an exhibit cannot be shown.
    ///
    /// It is empty, or a picture that is damaged or too large to be made small. It is offered as a download.
    DamagedExhibit = "C907" "damaged-exhibit" Warning
        "证据的文件无法显示。"
        "它是空的，或是已损坏、太大而无法缩小的图片。读者仍可下载。";

    /// Two exhibits have the same file.
    ///
    /// Named twice, or two files that are the same byte by byte.
    SharedExhibit = "C908" "shared-exhibit" Warning
        "两份证据是同一个文件。"
        "写了两次，或两个文件逐字节相同。";

    /// The file of an exhibit may act by itself: it holds a script, macros, an object, or parts that are not known.
    ///
    /// Readers are warned. All but a PDF gets `.txt` at the end of its name, so that nothing runs it.
    ActiveExhibit = "C909" "acting-exhibit" Warning
        "证据的文件可能自行运行：含有脚本、宏、嵌入的对象，或无法辨认的部分。"
        "网站会提醒读者。除 PDF 外，文件名末尾都会加上 `.txt`，以免被运行。";

    /// A drawing is published without something that it holds.
    ///
    /// Of an SVG a copy is published that only shows something: without scripts, handlers, animation, HTML
    /// (`foreignObject`) and what lies elsewhere.
    CutDrawing = "C910" "cut-drawing" Warning
        "公布的图形去掉了其中的一些内容。"
        "公布的 SVG 副本只供观看：没有脚本、事件处理、动画、HTML（`foreignObject`），也不加载别处的内容。";
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
            let first = |lang| code.explanation(lang).lines().next().unwrap().trim();
            assert!(first(Lang::En).ends_with('.'), "{}: {}", code.id(), first(Lang::En));
            assert!(first(Lang::Zh).ends_with('。'), "{}: {}", code.id(), first(Lang::Zh));
        }
    }
}

//! Writes an invented bilingual case folder of any size, for measuring `casefile` on it.
//!
//! `cargo bench --bench corpus -- --pairs 500 --out DIR` writes the same bytes every time and
//! everywhere, so a measurement can be repeated without keeping megabytes of text.

#![expect(clippy::disallowed_methods, reason = "a case on disk is what it makes")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::{array, env, fs, io};

const USAGE: &str = "\
usage: cargo bench --bench corpus -- --pairs N --out DIR

Writes DIR/casefile.yaml and N pages in each language: DIR/content/zh/page-0001.md,
DIR/content/en/page-0001.md and so on. DIR must not hold a case already.
";

const CONFIG: &str = "\
title:
  zh: 虚构的测量案卷
  en: An invented case to measure
languages: [zh, en]
";

/// The same passage in both languages, in the order of [`LANGUAGES`].
type Passage = [String; 2];
/// A passage to be: every `{slot}` stands for words that [`Author::draw`] chooses.
type Template = [&'static str; 2];

const LANGUAGES: Template = ["zh", "en"];
const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// What a page is lengthened to before its notes, which add a good kilobyte.
const BODY_BYTES: usize = 6_700;
const NOTES: usize = 8;
const TABLE_ROWS: usize = 5;
/// The section, counted from zero, whose feature announces the table.
const TABLE_SECTION: usize = 1;

/// The item numbers of each section: twenty items on every page, in five sections or in six.
const OUTLINES: [&[&[&str]]; 2] = [&[FOUR; 5], &[FOUR, THREE, THREE, FOUR, THREE, THREE]];
const FOUR: &[&str] = &["1-1", "1-1-1", "1-2", "2-1"];
const THREE: &[&str] = &["1-1", "1-1-1", "2-1"];

/// The volume makes a title unique, without which it could not be cited.
const TITLE: Template = ["{name}{noun}第{volume}卷", "{name} {noun} volume {volume}"];
const SECTION: Template =
    ["关于{adjective}{noun}\n\n{sentence}\n{sentence}\n", "On the {adjective} {noun}\n\n{sentence}\n{sentence}\n"];
const SUBSECTION: Template = ["{place}的{goods}\n\n{sentence}\n\n", "The {goods} at the {place}\n\n{sentence}\n\n"];
const TABLE_HEAD: Template = [
    "\n| 单号 | 日期 | 货物 | 金额 |\n|---|---|---|---:|\n",
    "\n| Order | Date | Goods | Amount |\n|---|---|---|---:|\n",
];
const TABLE_ROW: Template = ["| {order} | {date} | {goods} | {amount} |\n"; 2];

/// What every page has once, one for each of its first five sections.
#[rustfmt::skip]
const FEATURES: [Template; 5] = [
    ["{actor}于 {time} (北京时间) 写下的经过与【《{title}》注{note}】相互印证。\n",
     "What the {actor} wrote down at {time} (Beijing time) agrees with [\"{title}\" Note {note}].\n"],
    ["单据全文见 https://example.com/orders/{order}，各笔款项列于下表。\n",
     "The papers are at https://example.com/orders/{order} and the payments in the table below.\n"],
    ["扣除已退部分，{rival}尚欠{firm} ${subtraction}$ 克朗。\n",
     "After what was returned, {rival} still owes {firm} ${subtraction}$ crowns.\n"],
    ["{goods}的去向见[另一卷]({file}#s2)及公告 https://example.com/notices/{order}，至今未改。\n",
     "For the {goods} see [part two]({file}#s2) and the https://example.com/notices/{order} page.\n"],
    ["{actor}称之为**“{adjective}{noun}”**，{rival}可写信到 {order}@example.org 说明。\n",
     "To the {actor} it is **“the {noun}”**; {rival} may write to {order}@example.org about it.\n"],
];

#[rustfmt::skip]
const SENTENCES: [Template; 12] = [
    ["{date}，{actor}在{place}{verb}了{adjective}{noun}。",
     "On {date} the {actor} {verb} the {adjective} {noun} at the {place}."],
    ["{firm}的{actor}因{reason}{verb}了{noun}（单号 {order}）。",
     "The {actor} of {firm} {verb} the {noun} because of {reason} (order {order})."],
    ["{firm}向{rival}支付 {amount} 克朗，用于在{place}购买{goods}。",
     "{firm} paid {rival} {amount} crowns for {goods} at the {place}."],
    ["{actor}与{actor}在{place}清点{goods}，发现{adjective}{noun}。",
     "The {actor} and the {actor} counted {goods} at the {place} and found the {adjective} {noun}."],
    ["单号 {order} 的{goods}至今存放在{place}，{noun}由{actor}保管。",
     "The {goods} under order {order} stayed at the {place} while the {actor} kept the {noun}."],
    ["{rival}称{adjective}{noun}因{reason}被{actor}{verb}。",
     "{rival} says that the {actor} {verb} the {adjective} {noun} because of {reason}."],
    ["{adjective}{noun}写明金额 {amount} 克朗，与{actor}的{noun}一致。",
     "The {adjective} {noun} states {amount} crowns and agrees with the {noun} of the {actor}."],
    ["自{date}起，{firm}的{goods}因{reason}改由{place}发往{place}。",
     "From {date} the {goods} of {firm} went from the {place} to the {place} because of {reason}."],
    ["{actor}先{verb}{noun}，再{verb}{adjective}{noun}，并通知{rival}。",
     "The {actor} first {verb} the {noun}, then {verb} the {adjective} {noun} and told {rival}."],
    ["{firm}要求{rival}退还 {amount} 克朗，并交出{adjective}{noun}。",
     "{firm} asks {rival} to return {amount} crowns and to hand over the {adjective} {noun}."],
    ["没有{adjective}{noun}，{actor}无法在{place}提取{goods}。",
     "Without the {adjective} {noun} the {actor} could not collect {goods} at the {place}."],
    ["{goods}的{adjective}{noun}经{actor}{verb}后送交{rival}，单号 {order}。",
     "The {adjective} {noun} for {goods}, {verb} by the {actor}, went to {rival} as order {order}."],
];

/// The words for the slots, `slot: 中文=English, …;`. Names are put together from syllables.
const WORDS: &str = "
actor: 会计=bookkeeper, 船长=captain, 仓管员=storekeeper, 公证人=notary, 译员=translator, 出纳=cashier,
  报关员=customs broker, 审计员=auditor, 保险员=underwriter, 货代=forwarder, 律师=lawyer, 书记员=clerk,
  测量员=surveyor, 化验员=assayer, 司机=driver, 经纪人=broker, 托运人=consignor, 收货人=consignee,
  承运人=carrier, 值班员=watchman, 工程师=engineer, 采购员=buyer, 销售员=seller, 调度员=dispatcher,
  档案员=archivist, 邮递员=courier, 检验员=inspector, 摄影师=photographer, 董事=director, 秘书=secretary,
  股东=shareholder, 受托人=trustee, 房东=landlord, 租户=tenant, 调解员=mediator, 仲裁员=arbitrator,
  记者=reporter, 证人=witness, 程序员=programmer, 客服=support agent, 合规员=compliance officer;
noun: 仓单=warehouse receipt, 提单=bill of lading, 发票=invoice, 合同=contract, 账本=ledger, 信函=letter,
  银行流水=bank statement, 录音=recording, 截图=screenshot, 传真=fax, 备忘录=memorandum, 租约=lease,
  对账单=reconciliation, 报价单=quotation, 采购单=purchase order, 装箱单=packing list, 保单=policy,
  授权书=mandate, 委托书=power of attorney, 公证书=certificate, 检验报告=survey, 鉴定书=expert opinion,
  日志=log, 会议纪要=protocol, 欠条=bond, 支票=cheque, 汇票=draft, 存折=passbook, 图纸=drawing,
  照片=photograph, 库存表=inventory, 通知=notice, 声明=declaration, 申请表=application, 封条=seal,
  回执=acknowledgement, 印模=stamp, 标签=tag, 样品=sample, 凭单=voucher, 章程=charter, 决议=resolution,
  担保函=guarantee, 结算单=settlement, 考勤表=timesheet, 许可证=licence, 快照=snapshot, 证言=testimony;
goods: 锡锭=tin ingots, 茶砖=brick tea, 羊毛=wool, 玻璃=glass, 纸浆=pulp, 轴承=bearings, 水泵=pumps, 灯泡=lamps,
  钟表=clocks, 棉纱=cotton yarn, 丝绸=silk, 陶瓷=porcelain, 咖啡=coffee, 可可=cocoa, 胡椒=pepper, 食盐=salt,
  蜂蜜=honey, 橄榄油=olive oil, 木材=timber, 竹席=bamboo mats, 软木=cork, 沥青=bitumen, 油漆=paint,
  染料=dyes, 肥皂=soap, 蜡烛=candles, 皮革=leather, 毛毯=blankets, 帆布=canvas, 绳索=rope, 水泥=cement,
  铜线=copper wire, 铝板=aluminium sheet, 钢筋=steel rods, 砖块=bricks, 瓷砖=tiles, 电缆=cables,
  电池=batteries, 芯片=chips, 镜头=lenses, 显微镜=microscopes, 收音机=radios, 自行车=bicycles, 齿轮=gears,
  轮胎=tyres, 发动机=engines, 阀门=valves, 滤网=filters, 纱布=gauze, 种子=seeds, 大米=rice, 面粉=flour;
verb: 签署=signed, 撤回=withdrew, 复印=copied, 封存=sealed, 核对=checked, 退回=returned, 提交=submitted,
  扣留=withheld, 涂改=altered, 翻译=translated, 公证=notarised, 销毁=destroyed, 补交=supplied, 转交=conveyed,
  登记=registered, 冻结=blocked, 放行=released, 拒收=refused, 接收=received, 查阅=consulted, 邮寄=posted,
  拍摄=photographed, 上传=uploaded, 下载=downloaded, 删除=deleted, 恢复=restored, 抵押=pledged, 转让=assigned,
  更正=corrected, 质疑=questioned, 承认=admitted, 引用=quoted, 摘录=excerpted, 比对=compared, 起草=drafted,
  修订=revised, 批准=approved, 驳回=rejected, 搁置=shelved, 重印=reprinted, 锁定=locked, 开启=opened,
  编录=catalogued, 装订=bound, 遗失=lost, 找回=recovered, 保存=preserved, 出示=produced, 评估=appraised;
adjective: 未盖章的=unstamped, 破损的=torn, 第二份=second, 原始=original, 逾期的=overdue, 空白=blank,
  匿名=anonymous, 临时=provisional, 手写=handwritten, 双语=bilingual, 加密=encrypted, 过期的=expired,
  完整的=complete, 残缺的=incomplete, 重复的=repeated, 迟到的=late, 月度=monthly, 年度=annual, 内部=internal,
  公开=public, 秘密=secret, 最终=final, 初步=preliminary, 补充=supplementary, 电子=electronic, 纸质=paper,
  彩色=coloured, 模糊的=blurred, 清晰的=legible, 有效的=valid, 无效的=void, 独立=independent, 联合=joint,
  海运=seaborne, 空运=airborne, 跨境=cross-border, 本地=local, 外国=foreign, 旧版=superseded, 新版=current;
place: 北码头=north quay, 南仓库=south warehouse, 老车站=old station, 河口=estuary, 灯塔=lighthouse,
  盐场=salt works, 磨坊=mill, 集市=market hall, 铁桥=iron bridge, 渡口=ferry landing, 邮局=post office,
  电报局=telegraph office, 海关楼=customs house, 粮库=granary, 冷库=cold store, 印刷厂=printing works,
  砖窑=brick kiln, 玻璃厂=glassworks, 茶园=tea garden, 果园=orchard, 采石场=quarry, 水厂=waterworks,
  电站=power station, 机房=server room, 档案室=record office, 法庭=courtroom, 会议厅=assembly hall,
  图书馆=library, 旅馆=inn, 银行大厅=banking hall, 交易所=exchange, 拍卖行=auction house, 船坞=dockyard;
reason: 暴雨=heavy rain, 停电=a power cut, 罢工=a strike, 汇率变动=the exchange rate, 台风=a typhoon,
  系统升级=a system upgrade, 密码错误=a wrong password, 地址不详=an unclear address, 审计要求=the audit,
  重量不符=a wrong weight, 数量短缺=a shortage, 包装破损=damaged packing, 迟延付款=late payment,
  节日休假=the holiday, 航线关闭=a closed route, 保险到期=lapsed cover, 签名不一致=differing signatures,
  账户冻结=a frozen account, 网络中断=a network failure, 误译=a mistranslation, 质量问题=poor quality,
  价格争议=a quarrel over price, 税率调整=a new tariff, 仓库搬迁=a removal, 人员离职=a resignation;
syllable: 洛=lo, 维=vi, 卡=ka, 塔=ta, 米=mi, 诺=no, 瑞=re, 萨=sa, 伦=lun, 达=da, 菲=fe, 格=ge, 林=lin, 莫=mo,
  纳=na, 佩=pe, 奎=qui, 罗=ro, 苏=su, 特=te, 乌=u, 沃=vo, 泽=ze, 贝=be, 科=co, 多=do, 法=fa, 哈=ha, 吉=ji";

static VOCABULARY: LazyLock<BTreeMap<&str, Vec<Template>>> = LazyLock::new(|| {
    let lists = WORDS.split(';').filter_map(|list| list.split_once(':'));
    let slots = lists.map(|(slot, entries)| {
        let words = entries.split(',').filter_map(|entry| entry.trim().split_once('='));
        (slot.trim(), words.map(Template::from).collect())
    });
    slots.collect()
});

/// `SplitMix64`: a few lines, and the same numbers on every machine.
#[derive(Default)]
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Writes one page in both languages at once, so that they tell the same story.
#[derive(Default)]
struct Author {
    pages: usize,
    page: usize,
    /// Each page has a sequence of its own: its title is known without writing the others.
    random: Random,
    /// The few companies a page is about, on the one side and on the other.
    firms: [Passage; 2],
    rivals: [Passage; 2],
    references: usize,
    text: Passage,
}

impl Author {
    fn new(page: usize, pages: usize) -> Self {
        Author { pages, page, random: Random(page as u64), ..Author::default() }
    }

    fn write_page(mut self) -> Passage {
        self.write(["# "; 2]);
        self.write(TITLE);
        self.write(["\n"; 2]);
        self.firms = [self.draw("name"), self.draw("name")];
        self.rivals = [self.draw("name"), self.draw("name")];
        for (section, items) in self.random.pick(&OUTLINES).iter().enumerate() {
            self.write_section(section, items);
        }
        self.write_closing();
        self.write_notes();
        self.text
    }

    fn write_section(&mut self, section: usize, items: &[&str]) {
        let digit = section + 1;
        self.number("\n##", NUMERALS[section], &digit.to_string());
        self.write(SECTION);
        if let Some(&feature) = FEATURES.get(section) {
            self.write(feature);
        }
        if section == TABLE_SECTION {
            self.write(TABLE_HEAD);
            self.write(TABLE_ROW.map(|row| row.repeat(TABLE_ROWS)));
        }
        for items in items.chunk_by(|one, next| one[..1] == next[..1]) {
            let subsection = &items[0][..1];
            self.number("\n###", subsection, &format!("{digit}-{subsection}"));
            self.write(SUBSECTION);
            for item in items {
                self.write_item(item);
            }
        }
    }

    fn write_item(&mut self, item: &str) {
        let nested = item.len() > "1-1".len();
        self.number(if nested { "  -" } else { "-" }, item, item);
        self.write(match item {
            "1-1" => ["{sentence}{references}\n", "{sentence} {references}\n"],
            "1-2" => ["{sentence}\n"; 2],
            _ => ["{sentence}{reference}\n", "{sentence} {reference}\n"],
        });
    }

    /// Translations differ in length: each language takes as many sentences as its page needs.
    fn write_closing(&mut self) {
        self.write(["\n"; 2]);
        while self.text.iter().any(|text| text.len() < BODY_BYTES) {
            let line = self.fill(["{sentence}\n"; 2]);
            for (text, line) in self.text.iter_mut().zip(line) {
                if text.len() < BODY_BYTES {
                    text.push_str(&line);
                }
            }
        }
    }

    fn write_notes(&mut self) {
        self.write(["\n---\n"; 2]);
        for note in 1..=NOTES {
            self.write([format!("\n【注1-{note}】"), format!("\n[Note 1-{note}] ")]);
            self.write(["{sentence}\n"; 2]);
        }
    }

    fn number(&mut self, mark: &str, zh: &str, en: &str) {
        self.write([format!("{mark} {zh}，"), format!("{mark} {en}, ")]);
    }

    fn write(&mut self, template: [impl Into<String>; 2]) {
        let passage = self.fill(template);
        for (text, addition) in self.text.iter_mut().zip(passage) {
            text.push_str(&addition);
        }
    }

    /// A slot that stands twice gets two fillings, in the same order in both languages.
    fn fill(&mut self, template: [impl Into<String>; 2]) -> Passage {
        let mut passage = template.map(Into::into);
        while let Some((_, rest)) = passage[0].split_once('{') {
            let slot: String = rest.chars().take_while(|&letter| letter != '}').collect();
            let words = self.draw(&slot);
            let slot = format!("{{{slot}}}");
            passage = array::from_fn(|side| passage[side].replacen(&slot, &words[side], 1));
        }
        passage
    }

    fn draw(&mut self, slot: &str) -> Passage {
        let same = |text: String| [text.clone(), text];
        match slot {
            "firm" => self.random.pick(&self.firms).clone(),
            "rival" => self.random.pick(&self.rivals).clone(),
            "sentence" => {
                let template = *self.random.pick(&SENTENCES);
                self.fill(template)
            }
            "reference" => self.cite(1),
            "references" => self.cite(2),
            "name" => {
                let [zh, en] = self.fill(["{syllable}{syllable}{syllable}"; 2]);
                [zh, en[..1].to_uppercase() + &en[1..]]
            }
            "volume" => same((self.page + 1).to_string()),
            "title" => Author::new(self.other_page(), self.pages).fill(TITLE),
            "file" => same(file_name(self.other_page(), self.pages)),
            "note" => same(format!("1-{}", self.random.below(NOTES) + 1)),
            "order" => {
                let [_, series] = self.draw("syllable").map(|word| word.to_uppercase());
                same(format!("{series}-{}", 100_000 + self.random.below(900_000)))
            }
            "date" => {
                let [year, month, day] = [3, 12, 28].map(|limit| self.random.below(limit) + 1);
                let zh = format!("{}年{month}月{day}日", 2028 + year);
                [zh, format!("{}-{month:02}-{day:02}", 2028 + year)]
            }
            "time" => {
                let [_, date] = self.draw("date");
                let [hour, minute, second] = [24, 60, 60].map(|limit| self.random.below(limit));
                same(format!("{date} {hour:02}:{minute:02}:{second:02}"))
            }
            "amount" => same(money(1_000 + self.random.below(9_000_000))),
            "subtraction" => {
                let whole = 10_000 + self.random.below(9_000_000);
                let part = 1 + self.random.below(whole - 1);
                let [whole, part, rest] = [whole, part, whole - part].map(money);
                same(format!("{whole} - {part} = {rest}"))
            }
            word => self.random.pick(&VOCABULARY[word]).map(String::from),
        }
    }

    /// Goes through the notes in turn, so that every one of them is cited.
    fn cite(&mut self, count: usize) -> Passage {
        let cited = self.references..self.references + count;
        self.references = cited.end;
        let notes: Vec<_> = cited.map(|nth| format!("1-{}", nth % NOTES + 1)).collect();
        let kind = if count == 1 { "Note" } else { "Notes" };
        [format!("【注{}】", notes.join("，注")), format!("[{kind} {}]", notes.join(", "))]
    }

    /// Any page but this one, if there is another.
    fn other_page(&mut self) -> usize {
        let others = (self.pages - 1).max(1);
        (self.page + 1 + self.random.below(others)) % self.pages
    }
}

/// Whole cents, because a sum that is to be checked must be exact.
fn money(cents: usize) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// As wide as the last number needs, so that the names sort like the numbers.
fn file_name(page: usize, pages: usize) -> String {
    let width = pages.to_string().len().max(4);
    format!("page-{:0width$}.md", page + 1)
}

/// Returns how many bytes it wrote.
fn write_case(out: &Path, pages: usize) -> io::Result<usize> {
    let folders = LANGUAGES.map(|language| out.join("content").join(language));
    for folder in &folders {
        fs::create_dir_all(folder)?;
    }
    fs::write(out.join("casefile.yaml"), CONFIG)?;
    let mut bytes = CONFIG.len();
    for page in 0..pages {
        let texts = Author::new(page, pages).write_page();
        for (folder, text) in folders.iter().zip(texts) {
            fs::write(folder.join(file_name(page, pages)), &text)?;
            bytes += text.len();
        }
    }
    Ok(bytes)
}

/// Nothing is asked for when cargo runs every bench, so that is no mistake.
fn run(arguments: &[&str]) -> Result<String, String> {
    let (pairs, out) = match *arguments {
        [] => return Ok(USAGE.into()),
        ["--pairs", pairs, "--out", out] | ["--out", out, "--pairs", pairs] => (pairs, out),
        _ => return Err(format!("these arguments do not fit\n\n{USAGE}")),
    };
    let Some(pairs) = pairs.parse().ok().filter(|&pairs| pairs > 0) else {
        return Err(format!("--pairs is a whole number above zero, not `{pairs}`\n\n{USAGE}"));
    };
    // Pages left over from a larger corpus would spoil the measurement of a smaller one.
    if Path::new(out).join("content").exists() {
        return Err(format!("{out} holds a case already: name another folder\n"));
    }
    let bytes = write_case(Path::new(out), pairs).map_err(|error| format!("{out}: {error}\n"))?;
    Ok(format!("{} files, {bytes} bytes\n", 1 + pairs * LANGUAGES.len()))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let own = arguments.iter().map(String::as_str);
    match run(&own.filter(|&argument| argument != "--bench").collect::<Vec<_>>()) {
        Ok(message) => {
            print!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprint!("error: {message}");
            ExitCode::from(2)
        }
    }
}

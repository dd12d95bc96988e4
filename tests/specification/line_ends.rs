//! Lines keep their ends where they are the author's, and flow where an editor wrapped them.

use crate::support::{Fixture, Page, built, page_of};

/// The lines of the one paragraph of a text, as a reader sees them.
fn lines(text: &str) -> Vec<String> {
    let page = page_of(&format!("# 记录\n\n{text}\n"));
    lines_at(&page, "article > p")
}

fn lines_at(page: &Page, selector: &str) -> Vec<String> {
    let html = page.html(selector).replace("<br>", "\u{1}");
    let text: String = scraper::Html::parse_fragment(&html).root_element().text().collect();
    // What the program says of a sum is no part of the line.
    let text = text.replace(" ✓", "");
    text.split('\u{1}').map(|line| line.trim_matches('\n').replace('\n', " ")).collect()
}

fn stay(paragraphs: &[&str]) {
    for text in paragraphs {
        let written = text.replace("**", "").replace('`', "").replace("\\\n", "\n").replace("<br>", "");
        let written: Vec<_> = written.lines().collect();
        assert_eq!(lines(text), written, "the lines of\n{text}");
    }
}

fn flow(paragraphs: &[&str]) {
    for text in paragraphs {
        assert_eq!(lines(text).len(), 1, "one line of\n{text}");
    }
}

#[test]
fn names_of_parties_heads_of_messages_and_lines_in_bold_stay_lines() {
    stay(&[
        "BETWEEN:\nANN WRITER\n- and -\nTHE SHOP LTD",
        "原告：张三\n- 与 -\n被告：李四",
        "Ann, [04.05.31 10:00]\nhello, this is what I wrote to them\nand this",
    ]);
    assert_eq!(
        page_of("# 记录\n\n**一、基本情况**\n张三付款。\n**二、请求**\n退款。\n")
            .texts("article > p, section > p")
            .len(),
        2
    );
}

#[test]
fn the_turns_of_a_conversation_stay_lines() {
    stay(&[
        "店家：货已经发了。\n我：单号是多少？\n店家：明天给你。",
        "客服:您好，请问有什么可以帮您？\n顾客:我要退款。",
        "客服小林（10:02）：请稍等。\n我（10:05）：已经等了三天。",
        "甲说：货没有到。\n乙说：早就签收了，是你家门卫签的。",
        "问：谁签收的？\n答：不知道。\n问：有没有底单？\n答：没有。",
        "“款什么时候退？”\n“下周。”",
        "[10:02] 店家 不退\n[10:05] 我 那我投诉",
        "Agent: We will not ship.\nMe: Then refund me.\nAgent: No.",
        "shop: hello\nbuyer: where is my parcel\nshop: lost",
        "Agent (10:02): Please wait.\nMe (10:09): I have waited for a week.",
        "Q: Who signed for it?\nA: I do not know.",
        "Agent: We looked into it and the parcel was handed over at the gate on the second of March.\nMe: To whom?\nAgent: I cannot tell.\nThe system does not say.\nMe: Then look again.",
    ]);
}

#[test]
fn fields_stay_lines() {
    stay(&[
        "申请人：甲\n被申请人：乙\n日期：2031年3月1日",
        "**报告日期**：2031年5月4日\n**报告方**：甲",
        "**案由：** 买卖合同纠纷\n**标的：** 五千元",
        "电话:010-0000\n地址:某市某路1号",
        "收货人：\n地址：\n电话：",
        "统一社会信用代码: 无\n法定代表人: 甲\n成立日期: 2031年9月25日",
        "订单编号：20310304\n商品名称：可折叠的户外用大号蓝色防水野营帐篷一顶，附地钉、绳索和收纳袋，两年内保修，不含运费\n金额：1200元",
        "Date: 4 May 2031\nFrom: the shop\nSubject: your parcel",
        "**Case ID**: 31-77\n**Filed by**: A. Writer\n**Status**: open",
        "Order No. 31-77: paid\nOrder No. 31-78: not paid",
        "Buyer – A. Writer\nSeller – The Shop Ltd",
        "Hash: `0xabc`\nBlock: `1203`",
    ]);
}

#[test]
fn entries_that_are_marked_stay_lines() {
    stay(&[
        "（一）退款；\n（二）赔偿；\n（三）道歉。",
        "1、甲公司\n2、乙公司",
        "一、返还货款五千元\n二、赔偿损失",
        "①收据\n②录音\n③聊天记录",
        "(1) the receipt\n(2) the recording\n(3) the letters",
        "(a) the refund,\n(b) the costs.",
        "第一条　双方同意解除合同\n第二条　乙方退还货款",
        "3.1 The goods were late.\n3.2 The goods were broken.",
        "• receipt\n• recording",
        "✅ 收据\n❌ 合同",
        "-收据\n-录音",
        "甲、返还\n乙、赔偿",
        "Exhibit 3 the receipt, as handed over at the counter on the day of the purchase\nExhibit 4 the recording, of which there is a transcript in the appendix",
        "【付款】三月一日，现金\n【收据】三月二日，手写",
        "https://example.com/a\nhttps://example.org/b",
        "　　第一段。\n　　第二段，接着说。",
        "&emsp;&emsp;第一段话。\n&emsp;&emsp;第二段话。".replace("&emsp;", "\u{2003}").as_str(),
    ]);
}

#[test]
fn dated_lines_stay_lines() {
    stay(&[
        "2031年3月1日，签合同。\n2031年3月5日，付定金。\n2031年3月9日，对方失联。",
        "2031-05-04 10:02 付款\n2031-05-04 10:30 店家关门",
        "3月1日付款\n3月2日催货\n3月5日报警",
        "10:02 She pays.\n10:30 The shop closes.",
        "4 May 2031 She pays.\n5 May 2031 The shop closes.",
        "（2031年3月1日）签订合同，约定三十日内交货，逾期按日支付违约金\n（2031年4月2日）货物仍未交付，甲方第一次书面催告，乙方没有答复",
    ]);
}

#[test]
fn what_is_set_apart_stays_lines() {
    stay(&[
        "Jane Roe\n12 Long Street\nHarbour Town\nTel. 555 0100",
        "The Shop Ltd.\nUnit 4, Dock Road\nHarbour Town",
        "Yours faithfully,\nA. Writer",
        "Findings:\nThe parcel was handed to nobody, and the shop has known that since the second of March.",
        "a1b2c3\nd4e5f6",
        "3 × 200 = 600\n2 × 150 = 300",
        "Deposit $100\nFreight $20\nTotal $120",
        "此致\n某某市某某区人民法院",
        "某某市公安局\n网络安全支队",
        "张三\n李四\n王五",
        "我方已付清全部货款。\n对方至今没有发货，也没有退款。",
        "事情是这样的，我在网上看到一家店卖帐篷，价格比别家便宜一半\n于是下了单\n后来店就没了",
        "床前没有月光，\n地上没有霜，\n举头看账单，\n低头空荡荡。",
        "中国某某银行股份有限公司某某支行 0000000000000001\n中国另一银行股份有限公司另一支行 0000000000000002",
    ]);
}

#[test]
fn lines_narrower_than_any_editor_sets_them_stay_lines() {
    stay(&[
        "Ann 10:06 AM\nhello\nBob 10:07 AM\nno",
        "Ann, 10:06\nhello there\nBob, 10:07\nno way",
        "Ann 10:06 a.m.\nhello there",
        "Dear Sir,\nI write to complain.\nYours faithfully,\nAnn",
        "Ann Writer\nDirector\ncc: Bob; Carol",
        "paid on the fourth of May\nto the shop in Harbour Town\nby bank transfer",
        "we agreed on three hundred and twenty\nand they sent two\nthen nothing at all",
        "IN THE HIGH COURT OF JUSTICE\nBETWEEN\nANN WRITER, Claimant\nand\nTHE TENT SHOP LIMITED, Defendant",
        "We ask that the money be paid back within fourteen days of this letter, as the law says.\nYours faithfully,\nAnn",
        "Ann Writer, of 12 Quay Lane, Harbour Town\nv\nThe Tent Shop Limited, of the same town",
    ]);
    flow(&[
        "The court has read the papers of both sides and finds for the buyer in all points, and it is\nso ordered.",
        "How the shop answers is told on the page for buyers, which says what is done with a\n[complaint](https://example.com/what/is/done/with/a/complaint)\nand how long it takes.",
        "The picture of the receipt stands at the address\nbelow\nhttps://example.com/a/very/long/path/that/has/no/place/to/break",
        "Each line of this letter was set to\nforty columns, as some programs for\nmail set them on a narrow screen.",
        "The parcel went to the\ndepot and came back.",
    ]);
}

#[test]
fn what_ends_a_line_in_other_programs_ends_it_here() {
    let page = page_of("# 记录\n\n经理：你好\u{2028}我：没货\u{2029}经理：等等\u{b}我：好\n");
    assert_eq!(lines_at(&page, "article > p"), ["经理：你好", "我：没货", "经理：等等", "我：好"]);
}

#[test]
fn what_an_editor_wrapped_flows() {
    flow(&[
        "我于二〇三一年三月一日在这家店里买了一顶帐篷，价格是一千二百元，当天\n就付了款。店家说三天之内发货，可是过了两个星期，帐篷还没有送到，打电话\n也没有人接。",
        "甲方于二〇三一年三月一日向乙方支付定金五\n千元，乙方出具收据，但此后一直没有发货，也\n没有退款。",
        "店家在公告里说，本次促销的全部商品一经售出，概不退换，但是并没有在下\n单页面写明。",
        "我们在网站（见 https://example.com/very/long/path/that/cannot/be/broken ）\n上看到的说明是，收到货以后七天之内可以无条件退换，运费由店家承担，而店\n家后来说不是。",
        "第一，货没有送到，运单号查询不到任何一条记录，店家也从来没有说过是哪一\n家公司送的。第二，款没有退，店家先说三天，后说七天，再后来说要等到下个\n月。",
        "他们答复说：仓库那天夜里着了火，所有的货都烧掉了，保险公司还没有赔，所\n以现在不能退款。我问：为什么不早说？他们没有回答，只是重复说要等，等到\n保险公司赔了再说。",
        "　　本案的争议在于，店家有没有在约定的日子以前发货，以及买家在没有收到\n货的时候能不能要求退款，双方对此各有各的说法，材料里也各有各的证据，现\n分别写在下面。",
        "We bought the tent on the first of March and paid on the same day; the shop\nsaid that it would be sent within three days, but it never came.",
        "The reason is simple: nobody had looked at the address, and so the parcel\nwent to the old one. The answer: send it again.",
        "We met the owner of the shop twice.\nShe said that she knew nothing of it.",
        "In the words of the shop\nthis was nobody's fault.",
        "The parcel, which had been sent on 4 May 2031, came back to the depot on\n9 May 2031 and was sent out again a week later.",
        "See the appendix for what the court of Harbour Town and Judge\nPaul Tall said of it in the first hearing, which lasted an hour.",
    ]);
}

#[test]
fn between_chinese_letters_a_wrapped_line_leaves_no_space() {
    let text = "我于二〇三一年三月一日在这家店里买了一顶 Orion 牌的帐篷，价格是一千二\n百元，当天就付了款，店家给了一张收据，收据的上面盖着章，写着\nOrion 的字样。";
    let joined = text.replace("二\n百", "二百").replace('\n', " ");
    assert_eq!(lines(text), [joined]);
}

#[test]
fn a_line_that_the_author_ended_twice_has_one_end() {
    assert_eq!(lines("申请人：甲<br>\n日期：三月一日"), ["申请人：甲", "日期：三月一日"]);
    assert_eq!(lines("申请人：甲  \n日期：三月一日\n案由：买卖"), ["申请人：甲", "日期：三月一日", "案由：买卖"]);
}

#[test]
fn lines_of_raw_html_end_where_their_author_ended_them_if_they_are_units() {
    for (html, place, expected) in [
        (
            "<details>\n<summary>合同</summary>\n甲方：张三\n乙方：某店\n</details>",
            "details > div",
            vec!["甲方：张三", "乙方：某店"],
        ),
        ("<p align=\"right\">\n张三\n2031年5月4日\n</p>", "article > p", vec!["张三", "2031年5月4日"]),
        ("<table><tr><td>\n经理：在吗\n<b>我</b>：在\n</td></tr></table>", "td", vec!["经理：在吗", "我：在"]),
        ("<div>甲方于三月一日<br>\n付款。</div>", "article > div", vec!["甲方于三月一日", "付款。"]),
    ] {
        assert_eq!(lines_at(&page_of(&format!("# 题\n\n{html}\n")), place), expected, "{html}");
    }
    let wrapped = "<div>\n这是一段很长的文字，编辑器每行只能放这么多的字所以换行，\n读的人也看得出来这是同一句话里的内容，没有写别的。\n</div>";
    let page = page_of(&format!("# 题\n\n{wrapped}\n"));
    assert!(page.text("article > div").contains("所以换行，读的人"), "{}", page.html("article > div"));
    let page = page_of("# 题\n\n<pre>\n甲：一\n  乙\n丙</pre>\n");
    assert!(page.html("pre").contains("甲：一\n  乙\n丙"), "{}", page.html("pre"));
}

#[test]
fn lines_within_emphasis_and_links_keep_their_ends_with_the_others() {
    assert_eq!(lines("**申请人：甲\n日期：三月一日**\n案由：买卖"), ["申请人：甲", "日期：三月一日", "案由：买卖"]);
    assert_eq!(lines("申请人：[甲\n日期：三月一日](#ji-lu)"), ["申请人：甲", "日期：三月一日"]);
}

#[test]
fn paragraphs_of_lists_quotes_and_footnotes_keep_their_lines_too() {
    let page = page_of(
        "- 申请人：甲\n  日期：三月一日\n\n> 店家：没有货。\n> 我：退款。\n\n文[^1]。\n\n[^1]: 时间：三月\n    地点：店里\n",
    );
    assert_eq!(lines_at(&page, "article li p, article ul li"), ["申请人：甲", "日期：三月一日"]);
    assert_eq!(lines_at(&page, "article blockquote"), ["店家：没有货。", "我：退款。"]);
    assert_eq!(page.all("article br").len(), 3);
}

#[test]
fn columns_set_apart_with_spaces_keep_them() {
    let page = page_of("项目      金额\n定金      100\n运费      20\n");
    assert_eq!(page.all("p.lines br").len(), 2);
    assert!(page.html("p.lines").contains("定金      100"));
}

#[test]
fn the_front_page_and_the_page_for_paper_keep_the_lines_too() {
    let built = Fixture::new(&[(
        "content/zh/overview.md",
        "# 概述\n\n## 事件经过\n\n他们说，货不发了。\n款也不退。\n\n## 其他\n\n文。\n",
    )])
    .built();
    assert!(built.page("zh/index.html").html(".happened").contains("货不发了。<br>款也不退。"));
    assert!(built.text("zh/print.html").contains("货不发了。<br>款也不退。"));
}

#[test]
fn an_outline_number_that_begins_a_line_is_an_item_still() {
    let built = built("# 立场\n\n## 1，甲\n\n1-1，没有收到货。\n1-2，没有收到退款。\n");
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("article [id*=claim]", "id"), ["s1-claim-1-1", "s1-claim-1-2"]);
    assert_eq!(page.all("article br").len(), 1);
}

#[test]
fn several_lines_above_a_rule_are_no_title() {
    let page = page_of("# 记录\n\n申请人：甲\n日期：三月一日\n---\n");
    assert!(page.all("article h2").is_empty());
    assert_eq!(page.all("article p br").len(), 1);
}

#[test]
fn a_line_that_breaks_off_goes_on_in_the_next_whatever_that_begins_with() {
    flow(&["2031年3月1日，签了合同，当时说好在\n2031年3月5日付定金。"]);
    stay(&["3月1日，找到店里，他们不在\n3月2日，又去了一次"]);
}

#[test]
fn two_short_lines_are_no_evidence_of_an_editor() {
    stay(&[
        "2031-05-04 09:12:33 张三\n你好，款到了吗",
        "甲方（出借人）张三，身份证号略\n乙方（借款人）李四，身份证号略",
        "原告张三，男，一九八〇年生，汉族，住上海市某区某某路某号某室\n被告李四，女，一九八一年生，汉族，住上海市某区某某路某号某室",
        "借到人民币伍万元整，一个月内还清\n借款人 李四",
        "日期        金额      余额\n2031-05-04  1,200.00  3\n合计        1,500.00  7",
    ]);
    flow(&["他在三月四日来到本市，向公司的前台提交了全部的书面材料，并要求当日\n答复，对方没有接受。"]);
}

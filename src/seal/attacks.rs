//! Names as somebody would write them who wants them to pass, each in another way.

use data_encoding::BASE64;
use encoding_rs::GB18030;

use super::Seal;
use super::tests::zipped;
use crate::withhold::Secrets;

#[test]
fn a_name_is_found_however_a_stranger_would_write_it() {
    let seal = Seal::new(&Secrets {
        names: vec!["林晓芸".to_owned(), "Quilla Brandt".to_owned(), "199 0000 0001".to_owned(), "国强".to_owned()],
        ..Secrets::default()
    })
    .unwrap();
    let mail = |head: &str, body: &str| {
        format!("From: a@example.com\nTo: b@example.com\nSubject: x\nDate: Mon, 1 Jan 2031 00:00:00 +0000\n{head}\n\n{body}\n").into_bytes()
    };
    let s = |t: &str| t.as_bytes().to_vec();
    let hex: String = "林晓芸".bytes().map(|b| format!("{b:02x}")).collect();
    let gbk = |t: &str| GB18030.encode(t).0.into_owned();
    let gz = |t: &[u8]| {
        let mut g = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut g, t).unwrap();
        g.finish().unwrap()
    };
    let zl = |t: &[u8]| {
        let mut g = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut g, t).unwrap();
        g.finish().unwrap()
    };
    let pngz = |kind: &[u8], body: Vec<u8>| {
        let chunk = [kind, &body[..]].concat();
        [
            &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"[..],
            b"\x3a\x7e\x9b\x55",
            &(body.len() as u32).to_be_bytes()[..],
            &chunk,
            b"\0\0\0\0",
            b"\0\0\0\0IEND\xaeB`\x82",
        ]
        .concat()
    };
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("ruby", "zh/a.html", s("<p><ruby>林<rt>lín</rt>晓<rt>xiǎo</rt>芸<rt>yún</rt></ruby>")),
        (
            "ruby rp",
            "zh/a.html",
            s("<p><ruby>林<rp>(</rp><rt>lín</rt><rp>)</rp>晓<rp>(</rp><rt>x</rt><rp>)</rp>芸</ruby>"),
        ),
        ("sup between", "zh/a.html", s("<p>林<sup>1</sup>晓<sup>[2]</sup>芸")),
        ("sup empty", "zh/a.html", s("<p>林<sup></sup>晓芸")),
        ("footnote a", "zh/a.html", s("<p>林<sup><a href=\"#fn1\">1</a></sup>晓芸")),
        ("svg numeric", "files/a.svg", s("<svg><text>&#26519;&#26195;&#33464;</text></svg>")),
        ("svg hex", "files/a.svg", s("<svg><text>&#x6797;&#x6653;&#x82b8;</text></svg>")),
        ("svg named entity", "files/a.svg", s("<svg><text>Quilla&nbsp;Brandt</text></svg>")),
        ("svg named letters", "files/a.svg", s("<!DOCTYPE svg [<!ENTITY n \"林晓芸\">]><svg><text>&n;</text></svg>")),
        ("svg entity in parts", "files/a.svg", s("<!DOCTYPE svg [<!ENTITY n \"晓\">]><svg><text>林&n;芸</text></svg>")),
        (
            "svg tspan x",
            "files/a.svg",
            s("<svg><text><tspan x='1'>林</tspan><tspan x='2'>晓</tspan><tspan x='3'>芸</tspan></text></svg>"),
        ),
        (
            "svg texts apart",
            "files/a.svg",
            s("<svg><text x='1'>林</text><text x='2'>晓</text><text x='3'>芸</text></svg>"),
        ),
        ("svg txt", "files/a.svg.txt", s("<svg><text>&#26519;&#26195;&#33464;</text></svg>")),
        ("html txt numeric no tags", "files/a.txt", s("&#26519;&#26195;&#33464;")),
        ("soft hyphen", "zh/a.html", s("<p>林\u{ad}晓\u{ad}芸")),
        ("shy entity", "zh/a.html", s("<p>林&shy;晓&shy;芸")),
        ("zwj", "zh/a.html", s("<p>林\u{200d}晓\u{200b}芸")),
        ("zwnj entity", "zh/a.html", s("<p>林&zwnj;晓&#8203;芸")),
        ("wbr", "zh/a.html", s("<p>林<wbr>晓<wbr>芸")),
        ("comment between", "zh/a.html", s("<p>林<!-- x -->晓芸")),
        ("word joiner", "zh/a.html", s("<p>林\u{2060}晓\u{feff}芸")),
        ("variation selector", "zh/a.html", s("<p>林\u{fe00}晓\u{e0100}芸")),
        ("full width latin", "zh/a.html", s("<p>Ｑｕｉｌｌａ　Ｂｒａｎｄｔ")),
        ("math bold latin", "zh/a.html", s("<p>𝐐𝐮𝐢𝐥𝐥𝐚 𝐁𝐫𝐚𝐧𝐝𝐭")),
        ("combining", "zh/a.html", s("<p>Qu\u{301}illa Brandt")),
        ("accent", "zh/a.html", s("<p>Quílla Brandt")),
        ("traditional", "zh/a.html", s("<p>林曉芸 國強")),
        ("trad2", "zh/a.html", s("<p>國強")),
        ("radical", "zh/a.html", s("<p>⽊林晓芸")),
        ("compat ideograph", "zh/a.html", s("<p>\u{f9f4}晓芸")),
        (
            "percent twice",
            "zh/a.html",
            s("<a href=\"https://a.example/?q=%25E6%259E%2597%25E6%2599%2593%25E8%258A%25B8\">"),
        ),
        ("percent gbk", "zh/a.html", s("<a href=\"https://a.example/?q=%C1%D6%CF%FE%DC%BF\">")),
        ("js escapes", "search/1.js", s("\"\\u6797\\u6653\\u82b8\"")),
        ("json es6", "files/a.json", s("\"\\u{6797}\\u{6653}\\u{82b8}\"")),
        ("json nested", "files/a.json", s("{\"a\":\"{\\\"b\\\":\\\"\\\\u6797\\\\u6653\\\\u82b8\\\"}\"}")),
        ("json solidus", "files/a.json", s("{\"a\":\"Quilla\\/Brandt\"}")),
        ("css escapes", "files/a.css", s("a:after{content:\"\\6797\\6653\\82b8\"}")),
        ("css escapes spaced", "files/a.css", s("a:after{content:\"\\6797 \\6653 \\82b8 \"}")),
        ("css in html", "zh/a.html", s("<style>a:after{content:\"\\6797\\6653\\82b8\"}</style>")),
        ("digits dots", "zh/a.html", s("<p>199.0000.0001")),
        ("digits wide", "zh/a.html", s("<p>１９９－００００－０００１")),
        ("digits +86", "zh/a.html", s("<p>+8619900000001")),
        ("digits tel", "zh/a.html", s("<a href=\"tel:+86-199-0000-0001\">")),
        ("digits spans", "zh/a.html", s("<p>199<span>0000</span><b>0001</b>")),
        ("digits circled", "zh/a.html", s("<p>①⑨⑨⓪⓪⓪⓪⓪⓪⓪①")),
        ("mail x raw", "files/a.eml.txt", mail("X-Author: 林晓芸", "x")),
        (
            "mail x rfc2047 b",
            "files/a.eml.txt",
            mail(&format!("X-Author: =?UTF-8?B?{}?=", BASE64.encode("林晓芸".as_bytes())), "x"),
        ),
        ("mail x rfc2047 q", "files/a.eml.txt", mail("X-Author: =?UTF-8?Q?=E6=9E=97=E6=99=93=E8=8A=B8?=", "x")),
        (
            "mail x rfc2047 gbk",
            "files/a.eml.txt",
            mail(&format!("X-Author: =?GB2312?B?{}?=", BASE64.encode(&gbk("林晓芸"))), "x"),
        ),
        (
            "mail x rfc2047 split",
            "files/a.eml.txt",
            mail(
                &format!(
                    "X-Author: =?UTF-8?B?{}?=\n =?UTF-8?B?{}?=",
                    BASE64.encode("林".as_bytes()),
                    BASE64.encode("晓芸".as_bytes())
                ),
                "x",
            ),
        ),
        (
            "mail from split",
            "files/a.eml.txt",
            mail(
                &format!(
                    "Reply-To: =?UTF-8?B?{}?=\n =?UTF-8?B?{}?= <x@e.example>",
                    BASE64.encode("林".as_bytes()),
                    BASE64.encode("晓芸".as_bytes())
                ),
                "x",
            ),
        ),
        (
            "mail qp",
            "files/a.eml.txt",
            mail(
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
                "=E6=9E=97=E6=99=93=\n=E8=8A=B8",
            ),
        ),
        (
            "mail b64 gbk",
            "files/a.eml.txt",
            mail(
                "Content-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: base64",
                &BASE64.encode(&gbk("你好林晓芸")),
            ),
        ),
        (
            "mail param 2231",
            "files/a.eml.txt",
            mail(
                "Content-Type: application/x; name*=UTF-8''%E6%9E%97%E6%99%93%E8%8A%B8.txt\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename*=UTF-8''%E6%9E%97%E6%99%93%E8%8A%B8.txt",
                "AAAA",
            ),
        ),
        (
            "mail html qp",
            "files/a.eml.txt",
            mail(
                "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: quoted-printable",
                "<p>=C1=D6<b>=CF=FE</b>=DC=BF",
            ),
        ),
        ("qp in txt", "files/a.txt", s("=E6=9E=97=E6=99=93=E8=8A=B8")),
        (
            "b64 utf16",
            "files/a.txt",
            s(&BASE64.encode(&"xx林晓芸".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ),
        ("hex", "files/a.txt", s(&hex)),
        ("gz in zip", "files/a.zip", zipped("a.gz", &gz("林晓芸".as_bytes()))),
        ("png ztxt", "files/a.png", pngz(b"zTXt", [&b"Author\0\0"[..], &zl(&gbk("林晓芸"))].concat())),
        ("png itxt z", "files/a.png", pngz(b"iTXt", [&b"Author\0\x01\0\0\0"[..], &zl("林晓芸".as_bytes())].concat())),
        ("zip comment", "files/a.zip", {
            let mut z = zipped("a", b"");
            let n = z.len();
            z[n - 2] = 9;
            z.extend_from_slice("林晓芸".as_bytes());
            z
        }),
        ("csv cells", "files/a.csv", s("林,晓芸\n")),
        ("yaml", "files/a.yaml.txt", s("name: \"\\u6797\\u6653\\u82b8\"")),
        ("punycode", "files/a.txt", s("www.xn--1jv01al90d.example")),
        ("html attr", "zh/a.html", s("<p title='林&#x6653;芸'>")),
        ("vertical lines", "zh/a.html", s("<p>林<br>晓<br>芸")),
        ("dots between", "zh/a.html", s("<p>林·晓·芸 林.晓.芸 林-晓-芸")),
        ("case", "zh/a.html", s("<p>qUILLA bRANDT")),
        ("underscore", "zh/a.html", s("<p>quilla_brandt quilla-brandt quillabrandt")),
        ("camel", "zh/a.html", s("<p>QuillaBrandt")),
        ("possessive", "zh/a.html", s("<p>Quilla Brandt's")),
        ("big5", "files/a.txt", encoding_rs::BIG5.encode("聊天記錄：林曉芸").0.into_owned()),
        (
            "utf16 txt",
            "files/a.txt",
            [&b"\xff\xfe"[..], &"林晓芸".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat(),
        ),
        ("latex pdf", "files/a.rtf", b"{\\rtf1\\ansi\\u26519 ?\\u26195 ?\\u33464 ?}".to_vec()),
        ("ics fold", "files/a.ics.txt", s("BEGIN:VCALENDAR\nSUMMARY:林晓\n 芸\n")),
        ("vcf fold", "files/a.vcf.txt", s("BEGIN:VCARD\nFN:林晓\n 芸\nEND:VCARD")),
        ("srt", "files/a.srt.txt", s("1\n00:00:01,000 --> 00:00:02,000\n<i>林</i>晓芸\n")),
        ("html template", "zh/a.html", s("<template><p>林晓芸</template>")),
        (
            "data uri percent",
            "zh/a.html",
            s(
                "<img src=\"data:image/svg+xml,%3Csvg%3E%3Ctext%3E%26%2326519%3B%26%2326195%3B%26%2333464%3B%3C/text%3E%3C/svg%3E\">",
            ),
        ),
    ];
    for (kind, path, bytes) in &cases {
        assert!(seal.look(path, bytes).is_some(), "{kind}");
    }
    assert!(cases.len() >= 40);
}

//! The address at which a site stands.

use crate::Message;

/// The address of a site with a slash at its end.
///
/// # Errors
/// What is wrong with `text`, and what to do about it: a site has an absolute address without query and fragment.
pub fn base_url(text: &str) -> Result<String, (Message, Message)> {
    let text = text.trim();
    let fault =
        |what: Message, help: Message| Err((message!(en: "`{text}` {what}", zh: "`{text}` {what}"; what), help));
    let example = message!(en: "such as `https://example.com/case/`", zh: "例如 `https://example.com/case/`");
    if !text.contains("://") {
        let plain = text.trim_start_matches('/');
        let whole = url::Url::parse(&format!("https://{plain}")).is_ok_and(|url| url.host_str().is_some());
        let help =
            if whole { message!(en: "write `https://{plain}`", zh: "请写成 `https://{plain}`") } else { example };
        return fault(
            message!(
                en: "is no whole address: it does not begin with `https://`",
                zh: "不是完整的网址：没有以 `https://` 开头"
            ),
            help,
        );
    }
    let Ok(url) = url::Url::parse(text) else {
        return fault(message!(en: "is no address", zh: "不是网址"), example);
    };
    if !matches!(url.scheme(), "https" | "http") {
        return fault(
            message!(en: "is no address of a site", zh: "不是网站的地址"),
            message!(
                en: "a site is reached by `https://`, or by `http://`",
                zh: "网站的地址以 `https://` 或 `http://` 开头"
            ),
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return fault(
            message!(en: "has a query or a fragment", zh: "带有查询或片段"),
            message!(
                en: "leave out what follows `?` or `#`: pages are added at the end",
                zh: "请去掉 `?` 或 `#` 及其后的部分：各页的地址会接在末尾"
            ),
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return fault(
            message!(en: "names a user", zh: "带有用户名"),
            message!(
                en: "leave out what stands before `@`: everybody would read it",
                zh: "请去掉 `@` 之前的部分：否则人人都能看到"
            ),
        );
    }
    if text.contains(|c: char| c.is_whitespace() || "\"<>".contains(c)) {
        return fault(message!(en: "is no address", zh: "不是网址"), example);
    }
    if url.path().ends_with(".html") || url.path().ends_with(".htm") {
        return fault(
            message!(en: "is the address of a page", zh: "是某一页的地址"),
            message!(
                en: "leave out the page: the site stands in the folder before it",
                zh: "请去掉页名：网站位于它前面的文件夹"
            ),
        );
    }
    Ok(format!("{}/", url.as_str().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_ends_with_one_slash_and_may_have_a_path() {
        for (written, read) in [
            ("https://example.com", "https://example.com/"),
            ("https://example.com/case", "https://example.com/case/"),
            ("https://example.com/a/project//", "https://example.com/a/project/"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("https://案.example.com/案卷/", "https://xn--dyv.example.com/%E6%A1%88%E5%8D%B7/"),
        ] {
            assert_eq!(base_url(written).as_deref(), Ok(read), "{written}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_told_with_what_to_write() {
        for (written, help) in [
            ("example.com/case", "write `https://example.com/case`"),
            ("//example.com", "write `https://example.com`"),
            ("example.com:8080", "write `https://example.com:8080`"),
            ("", "such as `https://example.com/case/`"),
            ("https://", "such as `https://example.com/case/`"),
            ("ftp://example.com/", "a site is reached by `https://`, or by `http://`"),
            ("https://example.com/?a=b", "leave out what follows `?` or `#`: pages are added at the end"),
            ("https://example.com/#top", "leave out what follows `?` or `#`: pages are added at the end"),
            ("https://me:word@example.com/", "leave out what stands before `@`: everybody would read it"),
            ("https://example.com/a b", "such as `https://example.com/case/`"),
            ("https://example.com/zh/index.html", "leave out the page: the site stands in the folder before it"),
        ] {
            assert_eq!(base_url(written).map_err(|(_, help)| help.en().to_owned()), Err(help.to_owned()), "{written}");
        }
    }
}

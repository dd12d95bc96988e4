//! The help of the command line in Chinese. In English it stands as doc comments beside what it explains; that each has its
//! counterpart here, a test demands.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// What the program and its commands do.
const COMMANDS: &[(&str, &str)] = &[
    ("casefile", "把一个文件夹的双语 Markdown 案卷制作成相互链接的证据网站。"),
    ("init", "建立一个小案卷，供您由此写起"),
    ("serve", "在浏览器中显示网站，并随编辑更新"),
    ("build", "制作网站"),
    ("check", "只检查案卷，不制作网站"),
    ("zip", "把网站制作成可自行验证的 zip，以便交付"),
    ("single", "把全部案卷制作成一个可用浏览器打开的文件，便于发送"),
    ("verify", "检查 zip 或其解压后的文件夹是否完整"),
    ("secret", "显示一个不可猜测的文件夹名，供 casefile.yaml 的 `secret_path` 使用"),
    ("schema", "显示 JSON Schema：case.json 的，或作者所写文件的"),
    ("completions", "显示命令行的自动补全脚本"),
    ("man", "显示手册页"),
];

/// What the arguments of each command mean; those of the first name are for all commands.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("casefile", "root", "案卷的文件夹"),
    ("casefile", "quiet", "只显示问题和错误"),
    ("casefile", "color", "输出是否用颜色"),
    ("casefile", "lang", "程序用哪种语言说话；默认为系统的语言，否则为案卷的第一种语言"),
    ("init", "folder", "文件夹；没有就新建"),
    ("serve", "port", "端口；写 0 则任选一个空闲端口"),
    ("serve", "interface", "在这台电脑的哪个地址上提供网站"),
    ("serve", "edition", "给谁看：`public` 隐去案卷指明要隐去的内容，`full` 全部显示"),
    ("serve", "open", "在浏览器中打开网站"),
    ("build", "output_dir", "网站放在哪里；相对路径从案卷文件夹算起。默认放在 `public`，完整版放在 `full`"),
    ("build", "edition", "给谁看：`public` 隐去案卷指明要隐去的内容，`full` 供接收人使用，不得公开"),
    ("build", "public_sources", "案卷若隐去任何内容就拒绝制作：源文件人人可读"),
    ("build", "base_url", "网站将来的网址，代替 casefile.yaml 的 `base_url`"),
    ("build", "strict", "有警告也拒绝制作"),
    ("build", "force", "不论输出文件夹里有什么，都替换它"),
    ("check", "strict", "把警告当作错误"),
    ("check", "edition", "给谁看：`public` 隐去案卷指明要隐去的内容，`full` 供接收人使用，不得公开"),
    ("check", "public_sources", "案卷若隐去任何内容就拒绝：源文件人人可读"),
    ("check", "format", "怎样显示发现的问题"),
    ("check", "inferred", "显示程序认为是谁说了什么、事情在何时发生、关键数字在何处"),
    ("check", "sealed", "在做好的网站（一个文件夹）的每个文件、每个字节中，搜索案卷要隐去的内容"),
    ("check", "explain", "解释一个代码或规则，或列出全部"),
    (
        "zip",
        "output",
        "zip 放在哪里；相对路径从案卷文件夹算起。默认为 `dossier.zip`；casefile.yaml 有 `as_of` 时名称中带上它",
    ),
    ("zip", "base_url", "网站将来的网址，代替 casefile.yaml 的 `base_url`"),
    ("zip", "edition", "给谁看：`public` 隐去案卷指明要隐去的内容，`full` 供接收人使用，不得公开"),
    ("zip", "public_sources", "案卷若隐去任何内容就拒绝制作：源文件人人可读"),
    (
        "zip",
        "sign",
        "用这个 minisign 私钥给 tagmanifest-sha256.txt 签名；有密码时会询问，标准输入不是终端时从标准输入读取",
    ),
    (
        "zip",
        "time_stamp",
        "附上 tagmanifest-sha256.txt 的时间戳，即 `.tsr` 文件（RFC 3161）或 `.ots` 文件（OpenTimestamps）",
    ),
    ("zip", "strict", "有警告也拒绝制作"),
    ("zip", "force", "即使原有文件不是 casefile 制作的，也替换它"),
    (
        "single",
        "output",
        "文件放在哪里；相对路径从案卷文件夹算起。默认为 `dossier.html`；casefile.yaml 有 `as_of` 时名称中带上它",
    ),
    ("single", "edition", "给谁看：`public` 隐去案卷指明要隐去的内容，`full` 供接收人使用，不得公开"),
    ("single", "public_sources", "案卷若隐去任何内容就拒绝制作：源文件人人可读"),
    ("single", "strict", "有警告也拒绝制作"),
    ("single", "force", "即使原有文件不是 casefile 制作的，也替换它"),
    ("verify", "path", "zip，或其解压后的文件夹"),
    ("verify", "against", "列出与另一个版本（zip 或文件夹）相比的变化"),
    ("verify", "key", "要求有这个 minisign 公钥的签名：公钥文件，或公钥本身"),
    ("schema", "of", "哪一种"),
    ("completions", "shell", "哪一种 shell"),
    ("man", "command", "某个命令的手册页，代替整个程序的手册页"),
];

/// The command with its help in Chinese.
pub(super) fn in_chinese(command: Command) -> Command {
    let program = translated(command, "").disable_version_flag(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    program.arg(version).mut_subcommands(|command| translated(command, "casefile "))
}

fn translated(command: Command, before: &str) -> Command {
    let name = command.get_name().to_owned();
    let about = COMMANDS.iter().find(|(of, _)| *of == name).map_or("", |(_, zh)| *zh);
    let mut usage = format!("{before}{name} [选项]");
    let (mut has_positionals, has_subcommands) = (false, command.has_subcommands());
    for positional in command.get_positionals() {
        has_positionals = true;
        let value = positional.get_value_names().and_then(|names| names.first()).map_or("PATH", |name| name.as_str());
        usage.push_str(&if positional.is_required_set() { format!(" <{value}>") } else { format!(" [{value}]") });
    }
    if has_subcommands {
        usage.push_str(" <命令>");
    }
    let mut template = "{about-with-newline}\n用法：{usage}\n".to_owned();
    if has_subcommands {
        template.push_str("\n命令：\n{subcommands}\n");
    }
    if has_positionals {
        template.push_str("\n参数：\n{positionals}\n");
    }
    template.push_str("\n选项：\n{options}\n");
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    command
        .about(about)
        .mut_args(|argument| explained(argument, &name))
        .override_usage(usage)
        .help_template(template)
        .disable_help_flag(true)
        .arg(help)
}

/// An argument with its help, and with what it takes and what it is without being named.
fn explained(argument: Arg, command: &str) -> Arg {
    let Some(zh) = of_argument(command, argument.get_id().as_str()) else { return argument };
    if !argument.get_action().takes_values() {
        return argument.help(zh);
    }
    let named = |of: &str, values: Vec<String>| (!values.is_empty()).then(|| format!("{of}：{}", values.join("、")));
    let values = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let more: Vec<String> = [named("可选", values), named("默认", defaults)].into_iter().flatten().collect();
    let help = if more.is_empty() { zh.to_owned() } else { format!("{zh}（{}）", more.join("；")) };
    argument.help(help).hide_possible_values(true).hide_default_value(true)
}

fn of_argument(command: &str, id: &str) -> Option<&'static str> {
    let of = |wanted: &str| ARGUMENTS.iter().find(|(of, own, _)| *of == wanted && *own == id);
    of(command).or_else(|| of("casefile")).map(|(.., zh)| *zh)
}

/// What is wrong with a command line, in Chinese.
pub(super) fn refusal(error: &clap::Error) -> String {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (argument, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let mut words = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值"),
        ErrorKind::InvalidValue => format!("`{value}` 不能用于 {argument}"),
        ErrorKind::ValueValidation => format!("`{value}` 不能用于 {argument}"),
        ErrorKind::UnknownArgument => format!("没有参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand => "请写一个命令".to_owned(),
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} 只能写一次"),
            prior => format!("{argument} 不能与 {prior} 同时使用"),
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        // What is asked for, such as the help, has no fault.
        _ => return error.render().ansi().to_string(),
    };
    let values = told(ContextKind::ValidValue);
    if !values.is_empty() {
        words.push_str(&format!("\n可选：{values}"));
    }
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(told);
    if let Some(meant) = meant.iter().find(|meant| !meant.is_empty()) {
        words.push_str(&format!("\n是否指 {meant}？"));
    }
    format!("错误：{words}\n\n详见 `--help`\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::super::Arguments;
    use super::*;

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        let program = Arguments::command();
        let mut wanted = BTreeSet::new();
        for command in std::iter::once(&program).chain(program.get_subcommands()) {
            let name = command.get_name();
            assert!(command.get_about().is_some_and(|about| !about.to_string().is_empty()), "{name}");
            assert!(COMMANDS.iter().any(|(of, _)| *of == name), "{name} has no Chinese");
            for argument in command.get_arguments() {
                let id = argument.get_id().to_string();
                assert!(argument.get_help().is_some(), "{name} {id}");
                assert!(of_argument(name, &id).is_some(), "{name} {id} has no Chinese");
                wanted.insert((name.to_owned(), id));
            }
        }
        let said = ARGUMENTS.iter().map(|(command, id, _)| ((*command).to_owned(), (*id).to_owned()));
        let said: BTreeSet<_> = said.collect();
        assert_eq!(said.difference(&wanted).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    }

    #[test]
    fn the_help_and_what_is_wrong_are_in_chinese() {
        let program = || in_chinese(Arguments::command());
        let help = program().render_help().to_string();
        assert!(help.contains("用法：casefile [选项] <命令>") && help.contains("显示帮助"), "{help}");
        assert!(!help.contains("Usage") && !help.contains("Print"), "{help}");
        let wrong = |line: &str| refusal(&program().try_get_matches_from(line.split(' ')).unwrap_err());
        assert!(wrong("casefile biuld").contains("没有命令 biuld\n是否指 build？"), "{}", wrong("casefile biuld"));
        assert!(wrong("casefile build --bas-url x").contains("是否指 --base-url？"));
        assert!(wrong("casefile check --format xml").contains("可选：human、json、github"));
        assert!(wrong("casefile verify").contains("缺少参数 <PATH>"));
    }
}

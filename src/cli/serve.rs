//! `casefile serve`

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;

use super::terminal::settled_lang;
use super::{Invocation, Outcome};
use crate::edition::Edition;
use crate::serve::{self, Said, Server};
use crate::{Error, Message, of_system};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; 0 takes any that is free.
    #[arg(short, long, default_value_t = 8080, value_name = "PORT")]
    port: u16,

    /// The address of this machine to listen on.
    #[arg(short = 'i', long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDR")]
    interface: IpAddr,

    /// For whom: `public` withholds what the case says, `full` shows all of it.
    #[arg(long, value_enum, default_value_t, value_name = "EDITION")]
    edition: Edition,

    /// Open the site in the browser.
    #[arg(short = 'O', long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let listener = serve::bind(SocketAddr::new(self.interface, self.port))?;
        let address = listener.local_addr().map_err(|error| {
            let error = of_system(&error);
            Error::Usage(message!(en: "cannot serve: {error}", zh: "无法预览：{error}"; error))
        })?;
        let quiet = invocation.quiet;
        let server = Server::new(&invocation.root, self.edition, settled_lang(), move |said| match said {
            Said::Summary(_) if quiet => {}
            Said::Summary(what) | Said::Findings(what) => errln!("{}", what.trim_end()),
        })?;
        if let Some(warning) = too_open(address) {
            say!(warning);
        }
        let url = format!("http://{address}/");
        outln!("{url}");
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            let error = of_system(&error);
            say!(
                en: "warning: no browser could be opened: {error}\nhelp: open {url} yourself",
                zh: "警告：无法打开浏览器：{error}\n建议：请自行打开 {url}"; error
            );
        }
        server.run(listener)?;
        Ok(Outcome::Done)
    }
}

/// What to say of an address at which others can reach the site.
fn too_open(address: SocketAddr) -> Option<Message> {
    (!address.ip().is_loopback()).then(|| {
        message!(
            en: "warning: everybody who can reach this machine can read the case at {address}\nhelp: leave out \
                 `--interface` to serve it to this machine alone",
            zh: "警告：凡能连到这台电脑的人，都能在 {address} 阅读案卷\n建议：去掉 `--interface`，就只供这台电脑使用"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_others_can_reach_is_warned_of() {
        let warned = |address: &str| too_open(address.parse().unwrap()).is_some();
        assert!(["0.0.0.0:80", "192.0.2.1:8080", "[::]:80", "[2001:db8::1]:80"].into_iter().all(warned));
        assert!(!["127.0.0.1:80", "127.8.0.1:80", "[::1]:80"].into_iter().any(warned));
    }
}

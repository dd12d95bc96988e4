//! The address at which a build of a case will be published.

use crate::config::Config;
use crate::edition::{Edition, Medium, Purpose};

/// Where a build of a case stands, as far as it may tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its address without the folder that nobody can guess, with a slash at its end.
    pub base_url: Option<String>,
    /// The folder that nobody can guess in which it is put: small letters and digits.
    pub secret_path: Option<String>,
}

impl Standing {
    /// Where a build for that purpose stands.
    pub(super) fn of(config: &Config, purpose: &Purpose) -> Self {
        let base_url = |told: &Option<String>| told.clone().or_else(|| config.base_url.clone());
        match (&purpose.medium, purpose.edition) {
            // What is not for publication stands nowhere on the web.
            (_, Edition::Full) | (Medium::Served, _) => Self::default(),
            (Medium::Online(told), Edition::Public) => {
                Self { base_url: base_url(told), secret_path: config.secret_path.clone() }
            }
            // Whoever is handed files need not learn the address of the site, and a folder nobody can guess would hide it.
            (Medium::Handed(_), Edition::Public) if config.secret_path.is_some() => Self::default(),
            (Medium::Handed(told), Edition::Public) => Self { base_url: base_url(told), secret_path: None },
        }
    }

    /// Where the pages stand, with a slash at its end.
    pub fn address(&self) -> Option<String> {
        let base = self.base_url.as_ref()?;
        Some(self.secret_path.as_ref().map_or_else(|| base.clone(), |folder| format!("{base}{folder}/")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_published_at_the_address_of_the_case_tells_nothing_of_it() {
        let config = |secret: Option<&str>| Config {
            base_url: Some("https://example.com/x/".to_owned()),
            secret_path: secret.map(str::to_owned),
            ..Config::default()
        };
        let address = |secret, edition, medium| Standing::of(&config(secret), &Purpose { edition, medium }).address();
        let (plain, secret) = (None, Some("4k9q2m7x1v8c5b3n6z0a"));
        let public = Edition::Public;
        assert_eq!(address(plain, public, Medium::Online(None)).as_deref(), Some("https://example.com/x/"));
        let whole = "https://example.com/x/4k9q2m7x1v8c5b3n6z0a/";
        assert_eq!(address(secret, public, Medium::Online(None)).as_deref(), Some(whole));
        let told = Some("https://example.org/".to_owned());
        assert_eq!(address(plain, public, Medium::Online(told.clone())), told);
        assert_eq!(address(plain, public, Medium::Handed(None)).as_deref(), Some("https://example.com/x/"));
        assert_eq!(address(secret, public, Medium::Handed(told)), None);
        assert_eq!(address(plain, public, Medium::Served), None);
        assert_eq!(address(plain, Edition::Full, Medium::Online(None)), None);
    }
}

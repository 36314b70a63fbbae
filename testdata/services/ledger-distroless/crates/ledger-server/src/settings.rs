//! Settings come from the environment. The database's URL is a secret: it comes from a file that the
//! environment names, or, where an orchestrator injects it, from the environment.

use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;

pub struct Settings {
    pub listen: SocketAddr,
    pub database_ca: PathBuf,
    pub database_url: String,
}

impl Settings {
    pub fn from_env() -> anyhow::Result<Self> {
        let listen = variable("LEDGER_LISTEN")?;
        Ok(Self {
            listen: listen.parse().context("LEDGER_LISTEN")?,
            database_ca: variable("LEDGER_DATABASE_CA")?.into(),
            database_url: database_url()?,
        })
    }
}

fn database_url() -> anyhow::Result<String> {
    let Ok(path) = env::var("LEDGER_DATABASE_URL_FILE") else {
        return variable("LEDGER_DATABASE_URL");
    };
    let url = std::fs::read_to_string(&path).context(path)?;
    Ok(url.trim_end().to_owned())
}

fn variable(name: &str) -> anyhow::Result<String> {
    env::var(name).with_context(|| name.to_owned())
}

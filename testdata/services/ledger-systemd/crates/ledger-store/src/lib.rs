//! The store: every entry is one transaction.

use std::path::Path;

use anyhow::Context;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use ledger_core::Entry;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;
use uuid::Uuid;

#[derive(Clone)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Connects with TLS; the server's certificate must chain to the authority in `ca`.
    pub fn connect(url: &str, ca: &Path) -> anyhow::Result<Self> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(ca)? {
            roots.add(certificate?)?;
        }
        let tls = ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let manager = Manager::from_config(
            url.parse().context("database url")?,
            MakeRustlsConnect::new(tls),
            ManagerConfig {
                recycling_method: RecyclingMethod::Fast,
            },
        );
        let pool = Pool::builder(manager).max_size(16).build()?;
        Ok(Self { pool })
    }

    pub async fn ready(&self) -> anyhow::Result<()> {
        self.pool.get().await?.simple_query("select 1").await?;
        Ok(())
    }

    pub async fn insert(&self, entry: &Entry) -> anyhow::Result<()> {
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        transaction
            .execute(
                "insert into entry (id, posted_at, memo) values ($1, $2, $3)",
                &[&entry.id, &entry.posted_at, &entry.memo],
            )
            .await?;
        for posting in &entry.postings {
            transaction
                .execute(
                    "insert into posting (entry, account, minor_units) values ($1, $2, $3)",
                    &[&entry.id, &posting.account, &posting.minor_units],
                )
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    pub async fn balance(&self, account: Uuid) -> anyhow::Result<i64> {
        let row = self
            .pool
            .get()
            .await?
            .query_one(
                "select coalesce(sum(minor_units), 0)::bigint from posting where account = $1",
                &[&account],
            )
            .await?;
        Ok(row.try_get(0)?)
    }
}

use ledger_core::Entry;
use sqlx::postgres::{PgPool, PgPoolOptions};
use uuid::Uuid;

#[derive(Clone)]
pub struct Store {
    pool: PgPool,
}

impl Store {
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(50)
            .connect(url)
            .await?;
        Ok(Self { pool })
    }

    pub async fn insert(&self, entry: &Entry) -> anyhow::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("insert into entry (id, posted_at, memo) values ($1, $2, $3)")
            .bind(entry.id)
            .bind(entry.posted_at)
            .bind(&entry.memo)
            .execute(&mut *tx)
            .await?;
        for posting in &entry.postings {
            sqlx::query("insert into posting (entry, account, minor_units) values ($1, $2, $3)")
                .bind(entry.id)
                .bind(posting.account)
                .bind(posting.minor_units)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub async fn balance(&self, account: Uuid) -> anyhow::Result<i64> {
        let sum = "select coalesce(sum(minor_units), 0)::bigint from posting where account = $1";
        Ok(sqlx::query_scalar(sum)
            .bind(account)
            .fetch_one(&self.pool)
            .await?)
    }
}

mod api;

use ledger_store::Store;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::from_default_env())
        .init();

    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL");
    tracing::info!("connecting to {url}");
    let store = Store::connect(&url).await?;
    axum::Server::bind(&"0.0.0.0:8080".parse()?)
        .serve(api::router(store).into_make_service())
        .await?;
    Ok(())
}

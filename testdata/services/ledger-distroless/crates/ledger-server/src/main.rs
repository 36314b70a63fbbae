mod api;
mod settings;
mod store;

use anyhow::Context;
use settings::Settings;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::from_default_env())
        .init();

    let settings = Settings::from_env()?;
    let store = Store::connect(&settings.database_url, &settings.database_ca)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listen on {}", settings.listen))?;
    tracing::info!(listen = %settings.listen, "ready");

    let mut terminate = signal(SignalKind::terminate())?;
    axum::serve(listener, api::router(store))
        .with_graceful_shutdown(async move {
            terminate.recv().await;
        })
        .await?;
    Ok(())
}

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use ledger_core::{Entry, Posting};
use serde::{Deserialize, Serialize};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use uuid::Uuid;

use crate::store::Store;

#[derive(Deserialize)]
struct NewEntry {
    memo: String,
    postings: Vec<Posting>,
}

#[derive(Serialize)]
struct Balance {
    account: Uuid,
    minor_units: i64,
}

pub fn router(store: Store) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/entries", post(insert))
        .route("/accounts/{account}/balance", get(balance))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(5),
        ))
        .layer(RequestBodyLimitLayer::new(64 * 1024))
        .layer(TraceLayer::new_for_http())
        .with_state(store)
}

async fn ready(State(store): State<Store>) -> Result<&'static str, StatusCode> {
    store.ready().await.map_err(internal)?;
    Ok("ready")
}

async fn insert(
    State(store): State<Store>,
    Json(new): Json<NewEntry>,
) -> Result<(StatusCode, Json<Entry>), (StatusCode, String)> {
    let entry = Entry::new(new.memo, new.postings)
        .map_err(|e| (StatusCode::UNPROCESSABLE_ENTITY, e.to_string()))?;
    store
        .insert(&entry)
        .await
        .map_err(|e| (internal(e), String::new()))?;
    Ok((StatusCode::CREATED, Json(entry)))
}

async fn balance(
    State(store): State<Store>,
    Path(account): Path<Uuid>,
) -> Result<Json<Balance>, StatusCode> {
    let minor_units = store.balance(account).await.map_err(internal)?;
    Ok(Json(Balance {
        account,
        minor_units,
    }))
}

fn internal(error: anyhow::Error) -> StatusCode {
    tracing::error!(error = format!("{error:#}"), "request");
    StatusCode::INTERNAL_SERVER_ERROR
}

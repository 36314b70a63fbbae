FROM rust:1.84-slim
RUN cargo install sqlx-cli --no-default-features --features postgres,rustls
COPY migrations /migrations
WORKDIR /migrations
ENTRYPOINT ["sqlx", "migrate", "run", "--source", "."]

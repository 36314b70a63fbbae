FROM debian AS parent
ONBUILD ARG TOKEN=hunter2hunter2
ONBUILD ENV MODE=release
ONBUILD USER app
ONBUILD RUN --mount=type=bind,from=tools,target=/t \
    cargo build --release
ONBUILD COPY --from=tools /x /y
FROM alpine AS tools
FROM parent
RUN echo $MODE
FROM parent AS last
USER root
USER nobody

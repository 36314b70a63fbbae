# hadolint global ignore=DL3006
# check=skip=FromAsCasing
ARG VERSION=1.4 BASE
# VERSION: what is built
ARG VERSION
FROM debian:12 as Build
MAINTAINER team@example.com
WORKDIR src
COPY a b dest
COPY app-$VERSION $TARGETARCH/ ${UNSET:-x}/
ENV LANG C.UTF-8
ENV ROOT=/srv BIN=$ROOT/bin PATH=/opt:$PATH
RUN make && \

    make install
CMD make test
CMD exec make run

from --platform=linux/amd64 ${BASE} AS build
ADD --chown=1:1 https://example.com/a.tar.gz https://github.com/example/app.git#0123456789abcdef0123456789abcdef01234567 /src/
ADD app.jar rootfs.tar.xz /srv/
ADD app.jar /srv/
EXPOSE 22 80:8080/TCP 70000 9-1 $PORT http 53/quic

FROM --platform=$TARGETPLATFORM alpine:3.22 AS context
LABEL org.opencontainers.image.licenses="MIT OR Apache-2.0" Upper=1 com.docker.x=1 a..b=1 version=$NOWHERE revision=0123456789
HEALTHCHECK CMD check --all
HEALTHCHECK CMD check || exit 1
COPY --from=0 / /
COPY --from=busybox /bin/sh /bin/sh
COPY --from=build /srv /srv
COPY --from=ghcr.io/example/tool:2 /tool /tool
RUN --mount=from=golang,target=/go make
ENV LONGVARIABLE=1 OTHER=2
WORKDIR $LONGVARIABEL
ENTRYPOINT ["/app"]

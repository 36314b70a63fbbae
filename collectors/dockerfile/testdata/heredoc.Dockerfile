FROM debian
RUN <<EOF
set -e
  export API_KEY=Zm9vYmFyYmF6cXV4
cargo install --locked cross
EOF
RUN <<-"EOS"
	rustup default stable
		cargo build
	EOS
RUN python3 <<PY && cargo test
print("x")
PY
RUN <<EOF
#!/usr/bin/env python3
print("cargo build")
EOF
COPY <<one <<two /etc/
RUSTFLAGS
one
b
two
RUN cat <<EOF > .cargo/config.toml
[build]
# target-cpu=native is not for us
rustflags = ["-C", "target-cpu=native"]
EOF
RUN mkdir x && \
  cat <<EOF | tee y && cargo bench
z
EOF
RUN ["cargo", "build", "--locked"]
ENTRYPOINT cargo run

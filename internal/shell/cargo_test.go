package shell

import (
	"fmt"
	"testing"
)

func TestCargo(t *testing.T) {
	for text, want := range map[string]string{
		"cargo build --release --locked":                   "+ build locked resolves",
		"cargo b --frozen":                                 "+ build locked resolves",
		"cargo +nightly-2024-01-01 test":                   "+nightly-2024-01-01 test resolves",
		"cargo run -- --locked":                            "+ run resolves",
		"cargo --locked build":                             "+ build locked resolves",
		"cargo --color always build":                       "+ build resolves",
		"cargo --version":                                  "+ ",
		"cargo fmt --check":                                "+ fmt",
		"cargo install --list":                             "+ install",
		"cargo install cargo-chef --locked":                "+ install locked resolves",
		"cargo install cargo-deny --version 0.16.1":        "+ install resolves",
		"cargo install --help":                             "+ install",
		"cargo chef prepare --recipe-path r.json":          "+ chef",
		"cargo chef cook --release":                        "+ chef resolves",
		"cargo update":                                     "+ update updates",
		"cargo update -p a --precise 1.2.3":                "+ update",
		"cargo generate-lockfile":                          "+ generate-lockfile updates",
		"cargo rustc -- -C target-cpu=native":              `+ rustc resolves "-C target-cpu=native"`,
		"RUSTFLAGS='-C target-cpu=native' cargo build":     `+ build resolves "-C target-cpu=native"`,
		"cargo build --config 'build.rustflags=[\"-Ca\"]'": `+ build resolves "build.rustflags=[\"-Ca\"]"`,
		"cross build --locked":                             "+ build locked resolves",
		"/usr/local/cargo/bin/cargo build":                 "+ build resolves",
		"rustup run nightly cargo build":                   "+nightly build resolves",
		"sudo -E cargo build --locked || true":             "+ build locked resolves mayfail",
		"cargo nextest list":                               "+ nextest",
		"cargo nextest run --locked":                       "+ nextest locked resolves",
		"cargo audit":                                      "+ audit",
		"cargo build --help":                               "+ build",
		"time cargo build; echo done":                      "+ build resolves",
		"find . -name Cargo.toml | xargs -n 1 cargo build": "+ build resolves",
		"PATH=/x:$PATH cargo test":                         "+ test resolves",
	} {
		s, err := Parse(text, nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := ""
		for _, c := range Cargo(s.Commands) {
			got += "+" + c.Toolchain + " " + c.Subcommand
			for _, f := range []struct {
				on   bool
				name string
			}{{c.Locked, "locked"}, {c.Resolves, "resolves"}, {c.Updates, "updates"}, {c.MayFail, "mayfail"}} {
				if f.on {
					got += " " + f.name
				}
			}
			if c.Rustflags != "" {
				got += fmt.Sprintf(" %q", c.Rustflags)
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestRustup(t *testing.T) {
	const url = "https://sh.rustup.rs"
	for text, want := range map[string]string{
		"rustup default stable": "default stable:moving moving",
		"rustup default 1.82.0": "default 1.82.0:exact",
		"rustup default":        "",
		"rustup default 1.82":   "default 1.82:moving moving",
		"rustup toolchain install nightly-2024-10-17 --profile minimal":  "toolchain install nightly-2024-10-17:dated",
		"rustup toolchain install --profile minimal nightly -c rust-src": "toolchain install nightly:moving moving",
		"rustup install nightly":                                                "toolchain install nightly:moving moving",
		"rustup update":                                                         "update stable:moving moving",
		"rustup override set beta":                                              "override set beta:moving moving",
		"rustup component add clippy":                                           "component add",
		"rustup component add --toolchain nightly clippy":                       "component add nightly:moving moving",
		"rustup target add wasm32-unknown-unknown":                              "target add",
		"rustup run nightly cargo test":                                         "run nightly:moving moving",
		"rustup +nightly target add x":                                          "target add nightly:moving moving",
		"rustup show":                                                           "",
		"rustup default $V":                                                     "default $V:unknown",
		"curl -sSf " + url + " | sh -s -- -y":                                   "init stable:moving moving",
		"curl -sSf " + url + " | sh -s -- -y --default-toolchain 1.82.0":        "init 1.82.0:exact",
		"curl -sSf " + url + " | sh -s -- -y --default-toolchain=none":          "init none:custom",
		"curl " + url + " -o rustup.sh && sh rustup.sh -y":                      "init stable:moving moving",
		"curl " + url + " > /tmp/r.sh; chmod +x /tmp/r.sh; /tmp/r.sh -y":        "init stable:moving moving",
		"bash <(curl -s " + url + ") -y":                                        "init stable:moving moving",
		`sh -c "$(curl -s ` + url + `)" -- -y`:                                  "init stable:moving moving",
		"wget https://x/rustup-init; ./rustup-init -y --default-toolchain beta": "init beta:moving moving",
		"curl -s https://get.example | sh":                                      "",
		"rustup toolchain install 1.82.0-x86_64-unknown-linux-gnu":              "toolchain install 1.82.0-x86_64-unknown-linux-gnu:exact",
		"rustup toolchain link mine /x && rustup default mine":                  "default mine:custom",
	} {
		s, err := Parse(text, nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := ""
		for _, r := range Rustup(s.Commands) {
			if got != "" {
				got += "; "
			}
			got += r.Action
			for _, c := range r.Toolchains {
				got += " " + c.Name + ":" + c.Kind
			}
			if r.Moving {
				got += " moving"
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

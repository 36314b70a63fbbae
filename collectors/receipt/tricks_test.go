package receipt

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// tricks are commands with what is made of them.
var tricks = map[string]string{
	"./cargo¦clippy":                                         "opaque",
	"tools/bin/cargo¦test":                                   "opaque",
	"cargo¦fmt¦--all¦--¦-l":                                  "does nothing",
	"cargo¦nextest¦list":                                     "does nothing",
	"cargo¦deny¦list":                                        "does nothing",
	"cargo¦llvm-cov¦report":                                  "does nothing",
	"cargo¦miri¦setup":                                       "does nothing",
	"true":                                                   "idle",
	"sh¦-c¦echo cargo test":                                  "idle",
	"sh¦-c¦! cargo test":                                     "masked",
	"sh¦-c¦cargo test & wait":                                "masked",
	"sh¦-c¦true || cargo test":                               "masked",
	"sh¦-c¦exit 0; cargo test":                               "masked",
	"sh¦-c¦trap 'exit 0' EXIT; cargo test":                   "masked",
	"sh¦-nc¦cargo test":                                      "masked",
	"sh¦-n¦-c¦cargo test":                                    "masked",
	"sh¦-c¦cargo() { true; }; cargo test":                    "masked",
	"bash¦-c¦alias cargo=true; cargo test":                   "masked",
	"sh¦-c¦if false; then cargo fmt --check; fi":             "masked",
	"sh¦-c¦for x in ; do cargo fmt --check; done":            "masked",
	"sh¦-c¦PATH=./bin:$PATH; cargo test":                     "masked",
	"env¦PATH=bin:/usr/bin¦cargo¦test":                       "masked",
	"env¦RUSTFLAGS=-Awarnings¦cargo¦clippy":                  "masked",
	"sh¦-c¦RUSTFLAGS='-A warnings' cargo clippy":             "masked",
	"cargo¦--config¦build.rustflags=[\"-Awarnings\"]¦clippy": "masked",
	"cargo¦--config¦alias.clippy=\"version\"¦clippy":         "masked",
	"cargo¦clippy¦--¦-Awarnings":                             "masked",
	"env¦CARGO_ALIAS_CLIPPY=version¦cargo¦clippy":            "masked",
	"env¦RUSTC_WRAPPER=./fake¦cargo¦test":                    "masked",
	"gofmt¦-l¦.":                                             "masked",
	"trivy¦fs¦--exit-code¦0¦.":                               "masked",
	"cargo¦test¦transfers":                                   "narrowed",
	"cargo¦test¦-p¦api":                                      "narrowed",
	"cargo¦test¦--¦--ignored":                                "narrowed",
	"cargo¦test¦--¦transfers":                                "narrowed",
	"cargo¦test¦--manifest-path¦/tmp/ok/Cargo.toml":          "narrowed",
	"cargo¦nextest¦run¦-E¦test(a)":                           "narrowed",
	"cargo¦nextest¦run¦--no-tests=pass":                      "narrowed",
	"cargo¦clippy¦-p¦api":                                    "narrowed",
	"cargo¦clippy¦--no-deps":                                 "narrowed",
	"cargo¦fmt¦--check¦--¦src/a.rs":                          "narrowed",
	"cargo¦deny¦check¦licenses":                              "narrowed",
	"cargo¦audit¦-f¦other/Cargo.lock":                        "narrowed",
	"trivy¦fs¦--severity¦CRITICAL¦.":                         "narrowed",
	"trivy¦fs¦--ignore-unfixed¦.":                            "narrowed",
	"cargo¦test¦--workspace¦--all-features¦--locked¦-j¦4":    "",
	"cargo¦test¦--workspace¦--features¦a,b¦--¦--test-threads¦1¦--nocapture": "",
	"cargo¦clippy¦--workspace¦--no-deps¦--all-targets":                      "",
	"cargo¦nextest¦run¦--workspace¦--profile¦ci":                            "",
	"cargo¦deny¦--all-features¦check":                                       "",
	"cargo¦fmt¦--all¦--check¦--¦--config¦max_width=100":                     "",
	"cargo¦--config¦net.offline=true¦test":                                  "",
	"sh¦-ec¦export PATH=$HOME/.cargo/bin:$PATH; cargo test":                 "",
	"bash¦-ec¦(cd api && cargo test)":                                       "",
	"env¦RUSTC_WRAPPER=sccache¦cargo¦test":                                  "",
	"/usr/local/cargo/bin/cargo¦test":                                       "",
	"trivy¦fs¦--exit-code¦1¦.":                                              "",
}

// TestTricks has commands that end with 0 whatever the check would say, or check something else.
func TestTricks(t *testing.T) {
	for command, want := range tricks {
		c := Command{Argv: strings.Split(command, "¦")}
		interpret(&c)
		got := ""
		switch {
		case len(c.Masked) > 0:
			got = "masked"
		case c.Idle:
			got = "idle"
		case c.Opaque:
			got = "opaque"
		case len(c.Does) == 0:
			got = "does nothing"
		case len(c.Narrowed) > 0:
			got = "narrowed"
		}
		if got != want {
			t.Errorf("%s: %q, want %q: %+v", command, got, want, c)
		}
	}
}

// TestUnformatted has configuration of rustfmt with which a check of formats looks at nothing.
func TestUnformatted(t *testing.T) {
	fsys := fstest.MapFS{
		"rustfmt.toml":             {Data: []byte("max_width = 100\n")},
		"crates/api/.rustfmt.toml": {Data: []byte("disable_all_formatting = true\n")},
		"gen/rustfmt.toml":         {Data: []byte("ignore = ['src']\n")},
		"bad/rustfmt.toml":         {Data: []byte("ignore = [\n")},
	}
	c := Command{Argv: []string{"cargo", "fmt", "--check"}}
	interpret(&c)
	unformatted(fsys, &c)
	if diff := cmp.Diff([]string{"crates/api/.rustfmt.toml has disable_all_formatting"}, c.Masked); diff != "" {
		t.Error(diff)
	}
	if len(c.Narrowed) != 1 || c.Narrowed[0].Name != "gen/rustfmt.toml ignore = src" {
		t.Error(c.Narrowed)
	}
	c = Command{Argv: []string{"cargo", "test"}}
	interpret(&c)
	if unformatted(fsys, &c); len(c.Masked)+len(c.Narrowed) > 0 {
		t.Error(c)
	}
}

package workflow

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	tree := os.DirFS("testdata")
	n := 0
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".golden.json") || strings.HasPrefix(name, "fuzz/") {
			return err
		}
		n++
		got, err := facttest.Golden(Collector, tree, name)
		if err != nil {
			return err
		}
		golden := filepath.Join("testdata", strings.TrimSuffix(name, filepath.Ext(name))+".golden.json")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				return err
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			return err
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, raw := range []string{"hunter2", "glpat-Xy12", "9f8e7d6c5b", "sup3r-s3cret"} {
			if bytes.Contains(got, []byte(raw)) {
				t.Errorf("%s: the secret %q is in the facts", name, raw)
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
}

func TestMatch(t *testing.T) {
	for path, want := range map[string]string{
		".github/workflows/ci.yml": github, "a/b/.github/workflows/x.yaml": github, ".gitea/workflows/x.yml": github,
		".forgejo/workflows/x.yml": github, ".github/ci.yml": "", "workflows/ci.yml": "", ".github/workflows/x.json": "",
		".github/workflows/sub/x.yml": "", ".gitlab-ci.yml": gitlab, "x/.gitlab-ci.yaml": gitlab, "rust.gitlab-ci.yml": gitlab,
		".gitlab/ci/build.yml": gitlab, ".gitlab-ci/build.yml": gitlab, "ci/build.yml": "", "action.yml": "",
	} {
		if got := formatOf(path, nil); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if formatOf("x/action.yaml", []byte("name: x\nruns:\n  using: composite")) != action || formatOf("action.yml", []byte("a: b")) != "" {
		t.Error("an action is told by its content")
	}
}

func TestRoot(t *testing.T) {
	for path, want := range map[string]string{
		".github/workflows/ci.yml": "", "a/b/.github/workflows/ci.yml": "a/b", ".gitlab-ci.yml": "", "x/.gitlab-ci.yml": "x",
		"x/.gitlab/ci/y.yml": "x", ".github/actions/setup/action.yml": "", "setup/action.yml": "setup",
	} {
		if got := rootOf(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// one collects a workflow with the given jobs.
func one(t *testing.T, jobs string) *Workflow {
	t.Helper()
	const path = ".github/workflows/ci.yml"
	docs, err := Collector.Collect(t.Context(), fstest.MapFS{path: {Data: []byte("on: push\njobs:\n" + jobs)}}, path)
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	w := docs[0].Facts.(Workflow)
	return &w
}

func TestToolchains(t *testing.T) {
	for _, test := range []struct{ name, job, want string }{
		{"ref", "{steps: [{uses: dtolnay/rust-toolchain@1.82.0}]}", "action 1.82.0 exact"},
		{"minor ref", "{steps: [{uses: dtolnay/rust-toolchain@1.82}]}", "action 1.82 moving"},
		{"yaml float", "{steps: [{uses: dtolnay/rust-toolchain@v1, with: {toolchain: 1.80}}]}", "action 1.8 moving"},
		{"commit", "{steps: [{uses: dtolnay/rust-toolchain@11bd71901bbe5b1630ceea73d27597364c9af683}]}", "action  unknown"},
		{"commit and input", "{steps: [{uses: dtolnay/rust-toolchain@11bd71901bbe5b1630ceea73d27597364c9af683, with: {toolchain: 1.82.0}}]}", "action 1.82.0 exact"},
		{"file", "{steps: [{uses: actions-rust-lang/setup-rust-toolchain@v1}]}", "action  file"},
		{
			"two", "{steps: [{uses: actions-rust-lang/setup-rust-toolchain@v1, with: {toolchain: 'nightly-2024-10-17, stable'}}]}",
			"action nightly-2024-10-17 dated; action stable moving",
		},
		{"env", "{env: {RUSTUP_TOOLCHAIN: beta}}", "env beta moving"},
		{"container", "{container: 'rust:1.82.0-slim'}", "image 1.82.0 exact"},
		{"mirror", "{container: {image: 'mirror.example/library/rust:1'}}", "image 1 moving"},
		{"digest", "{container: 'rust:1.82@sha256:1111111111111111111111111111111111111111111111111111111111111111'}", "image 1.82 moving pinned"},
		{"distribution tag", "{container: 'rust:slim-bookworm'}", "image stable moving"},
		{"other image", "{container: 'node:22'}", ""},
		{"rustup", "{steps: [{run: 'rustup default 1.82.0 && rustup update'}]}", "rustup 1.82.0 exact; rustup stable moving"},
		{"installer", "{steps: [{run: 'curl -sSf https://sh.rustup.rs | sh -s -- -y --default-toolchain 1.82.0'}]}", "rustup 1.82.0 exact"},
		{"plus", "{steps: [{run: 'cargo +nightly build'}]}", "cargo nightly moving"},
		{"plus fmt", "{steps: [{run: 'cargo +nightly fmt'}]}", "cargo nightly moving extra"},
		{
			"plus matrix", "{strategy: {matrix: {v: [1.82.0, beta]}}, steps: [{run: 'cargo +${{ matrix.v }} test'}]}",
			"cargo 1.82.0 exact; cargo beta moving extra",
		},
		{
			"matrix", "{strategy: {matrix: {v: [stable, beta]}}, steps: [{uses: 'dtolnay/rust-toolchain@master', with: {toolchain: '${{ matrix.v }}'}}]}",
			"action stable moving; action beta moving",
		},
		{
			"matrix with a fixed one", "{strategy: {matrix: {v: [1.82.0, beta]}}, steps: [{uses: 'dtolnay/rust-toolchain@master', with: {toolchain: '${{ matrix.v }}'}}]}",
			"action 1.82.0 exact; action beta moving extra",
		},
		{
			"matrix of mappings", "{strategy: {matrix: {m: [{v: 1.82.0, os: x}]}}, steps: [{uses: 'dtolnay/rust-toolchain@master', with: {toolchain: '${{ matrix.m.v }}'}}]}",
			"action 1.82.0 exact",
		},
		{"expression", "{steps: [{uses: 'dtolnay/rust-toolchain@master', with: {toolchain: '${{ inputs.v }}'}}]}", "action ${{ inputs.v }} unknown"},
		{"may fail", "{continue-on-error: true, steps: [{uses: dtolnay/rust-toolchain@beta}, {run: cargo test}]}", "action beta moving extra"},
		{"fmt job", "{steps: [{uses: dtolnay/rust-toolchain@nightly}, {run: cargo fmt --check}]}", "action nightly moving extra"},
		{"install a tool", "{steps: [{uses: dtolnay/rust-toolchain@stable}, {run: cargo install --locked cargo-audit}, {run: cargo audit}]}", "action stable moving extra"},
		{"nothing chosen", "{steps: [{uses: actions/checkout@v4}, {run: cargo test --locked}]}", "runner  file"},
		{"nothing chosen and nothing kept", "{steps: [{run: cargo fmt --check}]}", ""},
		{"chosen elsewhere", "{steps: [{uses: ./.github/actions/setup}, {run: cargo test --locked}]}", ""},
		{"another image", "{container: ci-image, steps: [{run: cargo test --locked}]}", ""},
		{"install itself", "{steps: [{uses: dtolnay/rust-toolchain@stable}, {run: cargo install --path . --locked}]}", "action stable moving"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range one(t, "  a: "+test.job).Toolchains {
				text := c.Source + " " + c.Channel + " " + c.Kind
				if c.Pinned {
					text += " pinned"
				}
				if c.Extra {
					text += " extra"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMayFail(t *testing.T) {
	for _, test := range []struct {
		step string
		want bool
	}{
		{"{run: cargo audit}", false},
		{"{run: cargo audit || true}", true},
		{"{run: cargo audit | tee x}", true},
		{"{run: cargo audit | tee x, shell: bash}", false},
		{"{run: cargo audit | tee x, shell: sh}", true},
		{"{run: 'set -o pipefail; cargo audit | tee x'}", false},
		{"{run: 'set +e; cargo audit; true'}", true},
		{"{run: 'cargo audit; echo done', shell: 'bash {0}'}", true},
		{"{run: 'cargo audit; echo done', shell: 'bash -eo pipefail {0}'}", false},
		{"{run: \"cargo audit\\necho done\", shell: pwsh}", true},
		{"{run: \"echo start\\ncargo audit\", shell: pwsh}", false},
		{"{run: 'cargo audit && echo fine'}", false},
		{"{run: 'if cargo audit; then echo fine; fi'}", true},
	} {
		steps := one(t, "  a: {steps: ["+test.step+"]}").Jobs[0].Steps
		if got := steps[0].Cargo[0].MayFail; got != test.want {
			t.Errorf("%s: got %v", test.step, got)
		}
	}
}

func TestSecrets(t *testing.T) {
	for _, test := range []struct {
		job  string
		want int
	}{
		{"{env: {DB_PASSWORD: hunter2-hunter2-h}}", 1},
		{"{env: {DB_PASSWORD: '${{ secrets.DB_PASSWORD }}'}}", 0},
		{"{env: {DB_PASSWORD_FILE: /run/secrets/db}}", 0},
		{"{steps: [{uses: x/y@v1, with: {token: '${{ github.token }}', password: hunter2-hunter2-h}}]}", 1},
		{"{steps: [{uses: actions/cache@v4, with: {key: \"cargo-${{ hashFiles('**/Cargo.lock') }}\", restore-keys: cargo-}}]}", 0},
		{"{container: {image: x, credentials: {username: ci, password: hunter2-hunter2-h}}}", 1},
		{"{services: {db: {image: postgres, env: {POSTGRES_PASSWORD: postgres}}}, env: {PGPASSWORD: postgres}}", 0},
		{"{services: {db: {image: postgres, env: {POSTGRES_PASSWORD: postgres}}}, env: {API_TOKEN: tok-5e8f7a6b5c4d3e2f1a0b}}", 1},
		{"{services: {db: {image: x, env: {TOKEN: ghp_0123456789abcdefghijABCDEFGHIJ012345}}}}", 1},
		{"{steps: [{run: 'export DB_PASSWORD=hunter2-hunter2-h; echo $DB_PASSWORD'}]}", 1},
		{"{steps: [{run: 'curl -H \"Authorization: Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345\" https://example.org'}]}", 1},
		{"{steps: [{uses: x/y@v1, with: {server-password: OSSRH_PASSWORD}}]}", 0},
		{"{steps: [{uses: x/y@v1, with: {config: \"access-tokens = github.com=${{ secrets.X }}\"}}]}", 0},
		{"{env: {DATABASE_URL: 'postgres://app:hunter2-hunter2-h@${{ vars.HOST }}/x'}}", 1},
		{"{env: {DATABASE_URL: 'postgres://app:${{ secrets.PW }}@db/x'}}", 0},
		{"{steps: [{run: 'DB_PASSWORD=${{ secrets.X }} cargo test'}]}", 0},
	} {
		w := one(t, "  a: "+test.job)
		if len(w.Secrets) != test.want {
			t.Errorf("%s: got %+v", test.job, w.Secrets)
		}
	}
}

func FuzzCollect(f *testing.F) {
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".json") {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata", name))
		f.Add(data)
		f.Add(append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("jobs: \x00"))
	f.Add([]byte("jobs: " + strings.Repeat("{a: ", 200)))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("a: {extends: b}\nb: {extends: a}\nscript: [[[[]]]]"))
	f.Add([]byte("jobs: {a: {strategy: {matrix: {x: [{}, [], null]}}, container: rust:${{ matrix.x }}, steps: [{run: ''}, {run: [1]}]}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{".github/workflows/x.yml", ".gitlab-ci.yml", "action.yml"} {
			if _, err := facttest.Golden(Collector, fstest.MapFS{name: {Data: data}}, name); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestPasswordsOfServicesInTheWorkflow(t *testing.T) {
	const path = ".github/workflows/ci.yml"
	text := "on: push\nenv: {DATABASE_URL: 'postgres://postgres:throwaway-pw@localhost/x', PGPASSWORD: throwaway-pw}\n" +
		"jobs: {a: {services: {db: {image: postgres, env: {POSTGRES_PASSWORD: throwaway-pw}}}}}"
	docs, err := Collector.Collect(t.Context(), fstest.MapFS{path: {Data: []byte(text)}}, path)
	if err != nil {
		t.Fatal(err)
	}
	if found := docs[0].Facts.(Workflow).Secrets; len(found) != 0 {
		t.Errorf("got %+v", found)
	}
}

func TestExpressionsInScripts(t *testing.T) {
	w := one(t, "  a:\n    env: {CARGO: cargo, FLAGS: --locked}\n    steps:\n"+
		"      - run: echo ü; ${{ env.CARGO }} build ${{env.FLAGS}} ${{ env.UNKNOWN }}\n")
	c := w.Jobs[0].Steps[0].Cargo
	if len(c) != 1 || c[0].Subcommand != "build" || !c[0].Locked {
		t.Errorf("got %+v", c)
	}
}

func TestFolder(t *testing.T) {
	for job, want := range map[string]string{
		"{steps: [{run: cargo test}]}":                                                                            "",
		"{steps: [{run: cargo test, working-directory: ./rust/}]}":                                                "rust",
		"{defaults: {run: {working-directory: a}}, steps: [{run: cargo test}]}":                                   "a",
		"{defaults: {run: {working-directory: a}}, steps: [{run: 'cd b && cargo test && cd c'}]}":                 "a/b",
		"{steps: [{run: 'cd $X; cargo test'}]}":                                                                   "",
		"{steps: [{run: 'cd ../..; cargo test'}]}":                                                                "",
		"{steps: [{run: echo, working-directory: x}, {run: cargo test, working-directory: '${{ matrix.dir }}'}]}": "",
	} {
		w := one(t, "  a: "+job)
		if len(w.Toolchains) != 1 || w.Toolchains[0].Folder != want {
			t.Errorf("%s: got %+v", job, w.Toolchains)
		}
	}
}

// TestHostile holds what a small file can stand for within bounds.
func TestHostile(t *testing.T) {
	var b strings.Builder
	b.WriteString(".t:\n  variables:\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "    V%d: x\n", i)
	}
	for i := range 3000 {
		fmt.Fprintf(&b, "j%d: {extends: .t}\n", i)
	}
	var deep strings.Builder
	for i := range 30 {
		fmt.Fprintf(&deep, "j%d: {extends: [j%d]}\n", i, i+1)
	}
	for text, want := range map[string]string{
		b.String():    "the jobs take over more than 200000 variables and lines; the rest was not read",
		deep.String(): "more than 11 levels below",
		"default: {before_script: &s [" + strings.Repeat("a,", 2000) + "]}\n" + strings.Repeat("x: {script: *s}\n", 1): "",
		"a: {extends: b}\nb: {extends: a}": "extends itself",
	} {
		_, err := Collector.Collect(t.Context(), fstest.MapFS{".gitlab-ci.yml": {Data: []byte(text)}}, ".gitlab-ci.yml")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.40q: got %v, want %q", text, err, want)
		}
	}
}

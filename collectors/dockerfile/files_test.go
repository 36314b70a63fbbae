package dockerfile

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// judge collects a Dockerfile among other files, with the tables that the gate ships with.
func judge(t *testing.T, name string, files map[string]string) Dockerfile {
	t.Helper()
	tree := fstest.MapFS{}
	for f, text := range files {
		tree[f] = &fstest.MapFile{Data: []byte(text)}
	}
	docs, err := New(Options{Tables: shipped}).Collect(context.Background(), tree, name)
	if len(docs) == 0 {
		t.Fatal(err)
	}
	return docs[0].Facts.(Dockerfile)
}

func TestContextFolder(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Dockerfile", "FROM debian:12\nCOPY . .", ". .dockerignore"},
		{"docker/Dockerfile", "FROM debian:12\nCOPY src /src", ". .dockerignore"},
		{"docker/Dockerfile", "FROM debian:12\nCOPY run.sh /", "docker "},
		{"docker/Dockerfile", "FROM debian:12\nCOPY . /", "docker "},
		{"docker/Dockerfile", "FROM debian:12\nCOPY run.sh src Cargo.toml /", ". .dockerignore"},
		{"docker/web.Dockerfile", "FROM debian:12\nCOPY src /src", ". docker/web.Dockerfile.dockerignore"},
		{"docker/Dockerfile", "FROM debian:12\nARG X\nCOPY $X/a --from=b / /", "docker "},
	} {
		f := judge(t, c.name, map[string]string{
			c.name: c.text, "src/main.rs": "", "Cargo.toml": "", "docker/run.sh": "", ".dockerignore": "docs\n",
			"docker/web.Dockerfile.dockerignore": "target\n",
		})
		if got := f.Context.Folder + " " + f.Context.Ignore; got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestIgnored(t *testing.T) {
	for ignore, want := range map[string]string{
		"":                          "",
		"target\n":                  "target/release/app ./target",
		"/target/ # x\n":            "",
		"\r\n # comment\r\n/target": "target/release/app ./target",
		"*\n":                       "target/release/app ./target *.toml . a.txt",
		"**\n!a.txt\n":              "",
		"*.txt":                     "a.txt",
		"*.txt\n!b.txt\n":           "",
		"**/*":                      "target/release/app ./target *.toml . a.txt",
	} {
		f := judge(t, "Dockerfile", map[string]string{
			"Dockerfile":    "FROM debian:12\nCOPY target/release/app ./target *.toml . a.txt /x/\nADD https://example.com/a.txt /\nCOPY --from=b a.txt /",
			".dockerignore": ignore,
		})
		var got []string
		for _, c := range f.Stages[0].Copies {
			got = append(got, c.Ignored...)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", ignore, got, want)
		}
	}
}

func TestIgnoreFileErrors(t *testing.T) {
	for text, want := range map[string]string{
		"a\n[\n":                             ".dockerignore:2: syntax error in pattern: correct the pattern; docker build refuses it too",
		"\x00":                               ".dockerignore:1: a NUL byte in a text file: save the file as UTF-8 text",
		strings.Repeat("x\n", maxPatterns+1): fmt.Sprintf(".dockerignore:%d: more patterns than can be judged: name folders instead of files", maxPatterns+1),
	} {
		tree := fstest.MapFS{"Dockerfile": {Data: []byte("FROM debian:12\nCOPY a /")}, ".dockerignore": {Data: []byte(text)}}
		docs, err := New(Options{}).Collect(context.Background(), tree, "Dockerfile")
		if len(docs) != 1 || err == nil || err.Error() != want {
			t.Errorf("%.20q: %d documents, %v", text, len(docs), err)
		}
	}
}

func TestPatternSpans(t *testing.T) {
	tree := fstest.MapFS{"a/Dockerfile": {Data: []byte("FROM debian:12\n")}, "a/.dockerignore": {Data: []byte("# c\n\n .git \n!ä\n")}}
	docs, err := New(Options{}).Collect(context.Background(), tree, "a/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	span := docs[0].Locate([]any{"context", "patterns", 1})
	if got := fmt.Sprint(span); got != "{a/.dockerignore 4 1 4 3}" {
		t.Error(got)
	}
	if fmt.Sprint(docs[0].Files) != "[a/.dockerignore]" {
		t.Error(docs[0].Files)
	}
}

func TestEntries(t *testing.T) {
	key := "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"Dockerfile", nil, ".git:history"},
		{"a/Dockerfile", nil, ""},
		{"a/Dockerfile", map[string]string{"a/.git/HEAD": ""}, ".git:history:found"},
		{"a/Dockerfile", map[string]string{"a/.env": "PORT=1\n"}, ""},
		{"a/Dockerfile", map[string]string{"a/.env": "API_TOKEN=opensesame-4711-kq\n"}, ".env:environment:found"},
		{"a/Dockerfile", map[string]string{"a/.gitignore": "/.env\n"}, ".env:environment"},
		{"a/Dockerfile", map[string]string{"a/.gitignore": "/.env\n", "a/.env": "TOKEN=opensesame-4711-kq"}, ".env:environment:found"},
		{"a/Dockerfile", map[string]string{"a/Cargo.toml": "", "a/package.json": ""}, "target:build node_modules:build"},
		{"a/Dockerfile", map[string]string{"a/Cargo.toml": "", "a/.dockerignore": "target"}, "target:build:excluded"},
		{"a/Dockerfile", map[string]string{"a/id_rsa": key, "a/tls-key.pem": "-----BEGIN PUBLIC KEY-----"}, "id_rsa:key:found"},
		{"a/Dockerfile", map[string]string{"a/deploy/prod.key": "-----BEGIN PRIVATE KEY-----", "a/deploy/dev.key": "abc"}, "deploy/prod.key:key:found"},
	} {
		files := map[string]string{c.name: "FROM debian:12\nCOPY . /src"}
		for k, v := range c.files {
			files[k] = v
		}
		var got []string
		for _, e := range judge(t, c.name, files).Context.Entries {
			s := e.Name + ":" + e.Kind
			if e.Found {
				s += ":found"
			}
			if e.Excluded {
				s += ":excluded"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: got %q, want %q", c.files, got, c.want)
		}
	}
}

func TestSensitive(t *testing.T) {
	for name, want := range map[string]string{
		"id_rsa": "key", ".ssh/id_ed25519": "key", "id_rsa.pub": "", "deploy/.ssh": "key", "server.key": "key", "tls/tls-key.pem": "key",
		"privkey.pem": "key", "private_key.pem": "key", "public_key.pem": "", "cert.pem": "", "ca.crt": "", "release.gpg.key": "",
		"nodesource.key": "", "config/master.key": "key", "keystore.p12": "key", "keyboard.json": "", "src/key.rs": "", "idle.txt": "",
		".env": "environment", ".env.production": "environment", ".env.example": "", "app/.env.sample": "", "env": "",
		".npmrc": "credentials", ".netrc": "credentials", ".aws/credentials": "credentials", "credentials": "",
		".docker/config.json": "credentials", "config.json": "", ".cargo/credentials.toml": "credentials", ".cargo/config.toml": "",
		"kubeconfig": "credentials", "deploy/prod.kubeconfig": "credentials", ".kube": "credentials",
		".git": "history", ".gitignore": "", "src/.git/": "history",
	} {
		if got := sensitiveKind(strings.TrimSuffix(name, "/")); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestInside looks at folders of the context, and at what an exception of the ignore file brings back.
func TestInside(t *testing.T) {
	key := "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
	files := map[string]string{
		"conf/tls/prod.key": key, "conf/tls/prod.pem": "-----BEGIN CERTIFICATE-----\n", "conf/testdata/server.key": key,
		"conf/.env": "DB_PASSWORD=opensesame-4711\n", "conf/app.toml": "port = 1\n", "out/app": "", "out/keep/x": "",
	}
	for text, want := range map[string]string{
		"COPY conf /etc/app/":                            "conf/.env conf/tls/prod.key",
		"COPY conf/tls/* /etc/app/":                      "conf/tls/prod.key",
		"COPY conf/app.toml conf/testdata /etc/app/":     "conf/testdata/server.key",
		"COPY --exclude=*.key conf /etc/app/":            "",
		"COPY out /x":                                    "",
		"COPY out/app /x":                                "ignored out/app",
		"COPY out/keep/x /x":                             "",
		"COPY --from=debian:12 conf /etc/app/":           "",
		"COPY conf/tls /etc/app/\nCOPY conf/tls /etc/b/": "conf/tls/prod.key",
	} {
		all := map[string]string{"Dockerfile": "FROM debian:12\n" + text, ".dockerignore": "out\n!out/keep\n"}
		for name, content := range files {
			all[name] = content
		}
		var got []string
		c := judge(t, "Dockerfile", all).Stages[0].Copies[0]
		for _, s := range c.Sensitive {
			got = append(got, s.Name)
		}
		for _, name := range c.Ignored {
			got = append(got, "ignored "+name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestSecretText(t *testing.T) {
	for _, c := range []struct {
		kind, text string
		want       bool
	}{
		{"credentials", "registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n", false},
		{"credentials", "//registry.npmjs.org/:_authToken=c72bdf65c9ca68ca012e5becfddfd1882eec0ed5\n", true},
		{"credentials", "machine example.com login me password opensesame\n", true},
		{"credentials", "machine example.com login me password $PASSWORD\n", false},
		{"environment", "# API_TOKEN=\nPORT=8080\n", false},
		{"environment", "export DB_PASSWORD='opensesame-4711'\n", true},
		{"key", "-----BEGIN CERTIFICATE-----\n", false},
		{"key", "-----BEGIN EC PRIVATE KEY-----\n", true},
		{"key", "\n", false},
	} {
		if got := secretText(c.kind, c.text); got != c.want {
			t.Errorf("%s %q: got %t", c.kind, c.text, got)
		}
	}
}

// TestKeys looks at keys whose names alone say little.
func TestKeys(t *testing.T) {
	for text, want := range map[string]string{
		"COPY local.crt local.key /etc/nginx/":           "local.key",
		"COPY local.key /etc/ssl/private/":               "local.key",
		"COPY --from=b /certs/local.key /etc/nginx/tls/": "/certs/local.key",
		"COPY nodesource.key /etc/apt/keyrings/":         "",
		"COPY a.pub.key a.gpg.key /etc/ssl/":             "",
		"COPY en.key /app/":                              "",
	} {
		var got []string
		for _, s := range judge(t, "Dockerfile", map[string]string{"Dockerfile": "FROM debian:12 AS b\nFROM b\n" + text}).Stages[1].Copies[0].Sensitive {
			got = append(got, s.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	for b.Loop() {
		tables, err := shipped()
		if err != nil {
			b.Fatal(err)
		}
		newBases(tables.Bases)
		newSystems(tables)
	}
}

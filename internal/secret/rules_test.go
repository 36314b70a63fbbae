package secret

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/zricethezav/gitleaks/v8/config"
)

// TestRulesComplete decodes the whole configuration and holds that the light scan reads the same
// keywords from it, and that every rule that needs no path compiles.
func TestRulesComplete(t *testing.T) {
	var source struct{ Rules []ruleSource }
	if _, err := toml.Decode(config.DefaultConfig, &source); err != nil {
		t.Fatal(err)
	}
	set := scanRules(config.DefaultConfig)
	got := make(map[string][]string)
	for _, r := range set.rules {
		usable := r.ready()
		i := slices.IndexFunc(source.Rules, func(s ruleSource) bool { return strings.HasPrefix(r.block, "[[rules]]\nid = \""+s.ID+"\"") })
		if i < 0 {
			t.Fatalf("no rule for block %.60q", r.block)
		}
		if s := source.Rules[i]; !usable && s.Path == "" {
			t.Errorf("%s does not compile", s.ID)
		}
		got[source.Rules[i].ID] = r.keywords
	}
	want := make(map[string][]string)
	for _, s := range source.Rules {
		own := slices.ContainsFunc(ownRules, func(id string) bool { return id == `id = "`+s.ID+`"` })
		if len(s.Keywords) == 0 && s.Regex != "" {
			t.Errorf("%s has no keywords: it would never be asked", s.ID)
		}
		if own || len(s.Keywords) == 0 {
			continue
		}
		for i := range s.Keywords {
			s.Keywords[i] = strings.ToLower(s.Keywords[i])
		}
		want[s.ID] = s.Keywords
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(set.global()) == 0 {
		t.Error("the global allowlist is gone")
	}
}

func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, token := range []string{githubToken, awsKey, stripeKey} {
				if e := Variable("FOO", token); !e.Secret.Found {
					t.Errorf("%+v", e)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkVariable(b *testing.B) {
	for name, v := range map[string][2]string{
		"path":    {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"},
		"word":    {"RUST_LOG", "info"},
		"url":     {"BASE_URL", "https://ledger.corp/api/v1"},
		"sha256":  {"NODE_SHA256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		"ref":     {"DB_PASSWORD", "${DB_PASSWORD}"},
		"token":   {"FOO", githubToken},
		"default": {"DB_PASSWORD", "postgres"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Variable(v[0], v[1])
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && ", 8) +
		`curl -fsSLo x.tgz "https://nodejs.org/dist/v20.1.0/node-v20.1.0-linux-x64.tar.gz" && echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 x.tgz" | sha256sum -c -`
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text)
	}
}

package bundles

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/bundles/vm"
)

// loadPlanned makes a built-in bundle of rules that have a plan.
func loadPlanned(t *testing.T, files map[string]string) (*Bundle, fstest.MapFS) {
	t.Helper()
	fsys := fstest.MapFS{}
	for file, text := range files {
		fsys[file] = &fstest.MapFile{Data: []byte(text)}
	}
	b, err := Load(Options{}, Tree{Name: "b", FS: fsys, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	text, left, err := b.Plan(context.Background(), "toy")
	if err != nil || left != nil {
		t.Fatal(err, left)
	}
	fsys[planFile("toy")] = &fstest.MapFile{Data: text}
	if b, err = Load(Options{Timeout: time.Second}, Tree{Name: "b", FS: fsys, BuiltIn: true}); err != nil {
		t.Fatal(err)
	}
	return b, fsys
}

func TestPlanned(t *testing.T) {
	b, fsys := loadPlanned(t, map[string]string{"toy/root.rego": goodRule})
	found, err := b.Eval(context.Background(), input(b, "root"))
	if err != nil || len(found) != 1 || found[0].Message != `runs as "root"` {
		t.Fatalf("got %v, %v", found, err)
	}
	s := b.sets["toy"][0]
	if s.program == nil || s.compiler != nil {
		t.Error("the plan was left aside")
	}
	// The metadata of the plan is that of the source.
	got, err := b.Rule("toy/root")
	if err != nil {
		t.Fatal(err)
	}
	want, err := readMetadata(b.names["toy/root"])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// A plan of another text is left aside, and so is one that is damaged.
	for name, change := range map[string]func(){
		"stale": func() {
			fsys["toy/root.rego"] = &fstest.MapFile{Data: []byte(strings.Replace(goodRule, "runs as", "is run as", 1))}
		},
		"damaged": func() { fsys[planFile("toy")] = &fstest.MapFile{Data: []byte("16:sallyport plan 2 0 ")} },
	} {
		change()
		b, err := Load(Options{}, Tree{Name: "b", FS: fsys, BuiltIn: true})
		if err != nil {
			t.Fatal(err)
		}
		found, err := b.Eval(context.Background(), input(b, "root"))
		if err != nil || len(found) != 1 || !strings.HasSuffix(found[0].Message, ` as "root"`) || b.sets["toy"][0].program != nil {
			t.Errorf("%s: got %v, %v", name, found, err)
		}
	}
}

// A rule that errs in the machine is asked of OPA: the same errors, the rule named, the others sound.
func TestPlannedErrors(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"builtin error": {"deny contains {\"at\": [], \"msg\": \"m\"} if to_number(input.user) == 1\n", "eval_builtin_error"},
		"runs away": {
			"deny contains {\"at\": [], \"msg\": \"m\"} if {\n\tsome x in numbers.range(1, 100000)\n\tsome y in numbers.range(1, 100000)\n\tx * y == 0 - count(input.user)\n}\n",
			"not done after 1s",
		},
		"conflict": {
			"deny contains {\"at\": [], \"msg\": f} if input.user == \"root\"\n\nf := \"a\" if input.user == \"root\"\n\nf := \"b\" if input.path == \"a\"\n",
			"eval_conflict_error",
		},
		"unknown key": {"deny contains {\"at\": [], \"msg\": \"m\", \"sev\": \"low\"} if input.user == \"root\"\n", "unknown key"},
		// The index of OPA sees that the rule cannot hold, and the machine does not: OPA has the last word.
		"index": {"deny contains {\"at\": [], \"msg\": \"m\"} if {\n\tto_number(input.user) == 1\n\tinput.path == \"other\"\n}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b, _ := loadPlanned(t, map[string]string{"toy/root.rego": goodRule, "toy/r.rego": meta + "package policies.toy.r\n\n" + c.body})
			found, err := b.Eval(context.Background(), input(b, "root"))
			switch {
			case c.want == "" && err != nil:
				t.Errorf("got %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), "toy/r:") || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %s", err, c.want)
			}
			if len(found) != 1 || found[0].Rule.Name != "toy/root" {
				t.Errorf("got %v", found)
			}
		})
	}
}

// A run that is stopped says so of each rule that it did not come to.
func TestPlannedStops(t *testing.T) {
	b, _ := loadPlanned(t, map[string]string{"toy/root.rego": goodRule})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := b.Eval(ctx, input(b, "root")); err == nil {
		t.Error("no error")
	}
}

// What rules can read is kept, and nothing else.
func TestReach(t *testing.T) {
	doc := toy{Path: "a", User: "root", Items: []toyItem{{Name: "x", N: 1, Free: map[string]any{"k": "v"}}, {Name: "y", Free: map[string]any{}}}}
	for body, want := range map[string]string{
		`input.user == "root"`:                                    `{"user":"root"}`,
		`count(input.items) == 2`:                                 `{"items":[{},{}]}`,
		`some item in input.items; item.n == 1`:                   `{"items":[{"n":1},{"n":0}]}`,
		`input.items[0].free.k == "v"`:                            `{"items":[{"free":{"k":"v"}},{"free":{}}]}`,
		`count(input.items[0].free) == 1`:                         `{"items":[{"free":{"k":"v"}},{"free":{}}]}`,
		`name(input.items[_]) == "x"`:                             `{"items":[{"name":"x"},{"name":"y"}]}`,
		`{item | some item in input.items; item.n == 1} != set()`: `{"items":[{"free":{"k":"v"},"n":1,"name":"x"},{"free":{},"n":0,"name":"y"}]}`,
		`input.items[0] == input.items[1]`:                        `{"items":[{"free":{"k":"v"},"n":1,"name":"x"},{"free":{},"n":0,"name":"y"}]}`,
		`json.marshal(input.items[0].free) == "{}"`:               `{"items":[{"free":{"k":"v"}},{"free":{}}]}`,
	} {
		rule := meta + "package policies.toy.r\n\ndeny contains {\"at\": [], \"msg\": \"m\"} if {\n" + strings.ReplaceAll(body, "; ", "\n") + "\n}\n"
		if strings.Contains(body, "name(") {
			rule += "\nname(item) := item.name\n"
		}
		b, _ := loadPlanned(t, map[string]string{"toy/r.rego": rule})
		s := b.sets["toy"][0]
		if err := s.ready(); err != nil {
			t.Fatal(err)
		}
		if got := s.shape.Keep(vm.View(doc)); got != want {
			t.Errorf("%s: got %s\nwant %s", body, got, want)
		}
	}
}

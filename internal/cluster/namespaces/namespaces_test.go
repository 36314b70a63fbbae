package namespaces

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/metadata/fake"
	clienttesting "k8s.io/client-go/testing"
)

func namespace(name, tier string) *metav1.PartialObjectMetadata {
	return &metav1.PartialObjectMetadata{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"}, ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"tier": tier}},
	}
}

// running returns a cache over a client that knows the namespace apps.
func running(t *testing.T) (*Cache, *fake.FakeMetadataClient) {
	t.Helper()
	scheme := fake.NewTestScheme()
	if err := metav1.AddMetaToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	client := fake.NewSimpleMetadataClient(scheme, namespace("apps", "apps"))
	c, err := newCache(client)
	if err != nil {
		t.Fatal(err)
	}
	go c.Run(t.Context())
	for range 500 {
		if c.Synced() {
			return c, client
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the cache does not sync")
	return nil, nil
}

func TestLabels(t *testing.T) {
	c, client := running(t)
	calls := 0
	client.PrependReactor("get", "namespaces", func(clienttesting.Action) (bool, runtime.Object, error) { calls++; return false, nil, nil })

	if got, err := c.Labels(t.Context(), "apps"); err != nil || got["tier"] != "apps" || calls != 0 {
		t.Errorf("a namespace of the watch: %v %v, asked %d times", got, err, calls)
	}
	if _, err := c.Labels(t.Context(), "new"); err == nil || calls != 1 {
		t.Errorf("a namespace that is nowhere has labels; asked %d times", calls)
	}
}

// Labels that may have changed unheard are asked for, and where nobody answers they are not known.
func TestStale(t *testing.T) {
	c, client := running(t)
	client.PrependReactor("get", "namespaces", func(clienttesting.Action) (bool, runtime.Object, error) { return true, nil, errors.New("no route") })
	now := time.Now()
	c.now = func() time.Time { return now }
	c.failed()
	if _, err := c.Labels(t.Context(), "apps"); err != nil {
		t.Errorf("the watch has just failed: %v", err)
	}
	now = now.Add(grace)
	c.failed()
	if _, err := c.Labels(t.Context(), "apps"); err == nil {
		t.Error("the labels of a watch that has failed for long count")
	}
	now = now.Add(quiet + time.Second)
	if _, err := c.Labels(t.Context(), "apps"); err != nil {
		t.Errorf("the watch is heard again: %v", err)
	}
}

// TestMetrics holds that what is known grows old from the first failure of the watch on, and that lookups are counted.
func TestMetrics(t *testing.T) {
	c, client := running(t)
	client.PrependReactor("get", "namespaces", func(action clienttesting.Action) (bool, runtime.Object, error) {
		if name := action.(clienttesting.GetAction).GetName(); name == "asked" {
			return true, namespace(name, "web"), nil
		}
		return true, nil, errors.New("no route")
	})
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	c.now = func() time.Time { return now }
	for _, name := range []string{"apps", "apps", "asked", "nowhere"} {
		_, _ = c.Labels(t.Context(), name)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	expect := func(when, stamp, age string) {
		t.Helper()
		w := httptest.NewRecorder()
		promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
		problems, err := promlint.New(strings.NewReader(w.Body.String())).Lint()
		if err != nil || len(problems) > 0 {
			t.Error(problems, err)
		}
		var lines []string
		for line := range strings.Lines(w.Body.String()) {
			if !strings.HasPrefix(line, "#") {
				lines = append(lines, strings.TrimPrefix(strings.TrimSpace(line), "sallyport_namespace"))
			}
		}
		want := []string{
			"_cache_age_seconds " + age, "_cache_last_sync_timestamp_seconds " + stamp, `_lookups_total{result="asked"} 1`, `_lookups_total{result="known"} 2`,
			`_lookups_total{result="unknown"} 1`, "s 1",
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	expect("heard", "1.795176e+09", "0")
	c.failed()
	now = now.Add(30 * time.Second)
	c.failed()
	expect("failing", "1.795176e+09", "30")
	now = now.Add(quiet)
	expect("heard again", "1.79517615e+09", "0")

	never, err := newCache(client)
	if err != nil {
		t.Fatal(err)
	}
	if at := never.current(now); !at.IsZero() {
		t.Errorf("a cache that never listed was current at %s", at)
	}
}

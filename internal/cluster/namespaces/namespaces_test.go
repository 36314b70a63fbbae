package namespaces

import (
	"errors"
	"testing"
	"time"

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

// Package namespaces knows the labels of a cluster's namespaces, which bindings select by.
package namespaces

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// resource is what is watched.
var resource = schema.GroupVersionResource{Version: "v1", Resource: "namespaces"}

const (
	// grace is how long what was last heard counts while the watch fails.
	grace = time.Minute
	// quiet is the time without a failure after which the watch is heard again: failures come at least every half minute.
	quiet = 2 * time.Minute
)

// A Cache keeps the labels of all namespaces by one watch. It is safe for concurrent use.
type Cache struct {
	client   metadata.Interface
	informer cache.SharedIndexInformer
	// first and last are when the watch began to fail and when it failed last, in nanoseconds of Unix time.
	first, last atomic.Int64
	started     time.Time
	now         func() time.Time
	looked      [3]atomic.Int64 // lookups, by what became of them: known, asked, unknown
}

// What became of a lookup.
const (
	wasKnown = iota
	wasAsked
	wasUnknown
)

// New prepares a cache, which knows nothing until it runs.
func New(config *rest.Config) (*Cache, error) {
	// Reviews wait for what is asked here, so that the client's own brake, of five requests a second, is no option.
	config = rest.CopyConfig(config)
	config.QPS, config.Burst = 200, 400
	client, err := metadata.NewForConfig(config)
	if err != nil {
		return nil, fmt.Errorf("namespaces: %w", err)
	}
	return newCache(client)
}

func newCache(client metadata.Interface) (*Cache, error) {
	c := &Cache{client: client, started: time.Now(), now: time.Now}
	c.informer = metadatainformer.NewFilteredMetadataInformer(client, resource, "", 0, cache.Indexers{}, nil).Informer()
	if err := c.informer.SetTransform(labelsOnly); err != nil {
		return nil, err
	}
	err := c.informer.SetWatchErrorHandlerWithContext(func(context.Context, *cache.Reflector, error) { c.failed() })
	return c, err
}

func (c *Cache) failed() {
	now := c.now()
	if now.Sub(time.Unix(0, c.last.Swap(now.UnixNano()))) > quiet {
		c.first.Store(now.UnixNano())
	}
}

// stale tells whether the watch has failed for a while, so that labels may have changed unheard.
func (c *Cache) stale() bool {
	now := c.now()
	first, failing := c.failing(now)
	return failing && now.Sub(first) >= grace
}

// failing tells whether the watch fails, and since when.
func (c *Cache) failing(now time.Time) (first time.Time, is bool) {
	return time.Unix(0, c.first.Load()), now.Sub(time.Unix(0, c.last.Load())) < quiet
}

// labelsOnly drops what nobody asks for.
func labelsOnly(object any) (any, error) {
	m, err := meta.Accessor(object)
	if err != nil {
		return object, nil // a tombstone
	}
	return &metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{
		Name: m.GetName(), Labels: m.GetLabels(), ResourceVersion: m.GetResourceVersion(),
	}}, nil
}

// Run watches until the context ends.
func (c *Cache) Run(ctx context.Context) { c.informer.RunWithContext(ctx) }

// Synced tells whether all namespaces have been listed.
func (c *Cache) Synced() bool { return c.informer.HasSynced() }

// Labels are those of a namespace. One that the watch has not told of yet is asked for; where the watch is not heard, all are.
func (c *Cache) Labels(ctx context.Context, namespace string) (map[string]string, error) {
	if c.informer.HasSynced() && !c.stale() {
		if object, ok, err := c.informer.GetStore().GetByKey(namespace); err == nil && ok {
			c.looked[wasKnown].Add(1)
			return object.(*metav1.PartialObjectMetadata).Labels, nil
		}
	}
	object, err := c.client.Resource(resource).Get(ctx, namespace, metav1.GetOptions{})
	if err != nil {
		c.looked[wasUnknown].Add(1)
		return nil, fmt.Errorf("the labels of namespace %s: %w", namespace, err)
	}
	c.looked[wasAsked].Add(1)
	return object.Labels, nil
}

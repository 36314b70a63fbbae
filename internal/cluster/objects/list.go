package objects

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"net/http"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"

	"sallyport/internal/syntax"
)

const (
	// pageSize is how many objects a page has. Objects have some KB, and up to 1.5 MB.
	pageSize = 250
	// pageBytes is the size from which the next page has fewer objects.
	pageBytes = 8 << 20
	// depth bounds the nesting of an answer.
	depth = 500
	// tries is how often a request is sent that an API server cannot answer at the moment.
	tries = 6
)

// A Lister reads objects page by page.
type Lister struct {
	client rest.Interface
	// Namespace restricts lists to one; "" is all. Selector is a label selector.
	Namespace, Selector string
	// wait is the time before the second try; it doubles.
	wait time.Duration
}

// NewLister speaks to the API server of a configuration.
func NewLister(config *rest.Config) (*Lister, error) {
	own := rest.CopyConfig(config)
	own.NegotiatedSerializer = scheme.Codecs.WithoutConversion() // of errors; objects are taken as they are
	client, err := rest.UnversionedRESTClientFor(own)
	if err != nil {
		return nil, fmt.Errorf("the API server: %w", err)
	}
	return &Lister{client: client, wait: 500 * time.Millisecond}, nil
}

// An Item is an object as the API server sent it, with what identifies it.
type Item struct {
	Object map[string]any
	UID    string
}

// A page is a list as far as it is looked at.
type page struct {
	items         []any
	next, version string
	remaining     int64 // after this page; -1 where the API server does not say
	size          int   // in bytes
}

// List hands the objects of a resource to each, and returns the resource version to watch from. Objects that are there all the time come
// exactly once. remaining is how many more there are, -1 where the API server does not say.
func (l *Lister) List(ctx context.Context, r Resource, each func(item Item, remaining int64) error) (version string, err error) {
	var known []uint64       // hashes of the UIDs so far
	var seen map[uint64]bool // set once the list had to be taken up again
	token, limit := "", pageSize
	for {
		p, err := l.page(ctx, r, token, limit)
		var expired *expiredError
		if errors.As(err, &expired) && (expired.token != "" || token != "") {
			token, seen = expired.token, map[uint64]bool{}
			for _, h := range known {
				seen[h] = true
			}
			continue
		}
		if err != nil {
			return "", fmt.Errorf("the %s were not all judged: %w", r, err)
		}
		for i, v := range p.items {
			object, ok := v.(map[string]any)
			if !ok {
				return "", fmt.Errorf("the %s were not all judged: an item of the list is no object", r)
			}
			item := r.item(object)
			h := maphash.String(seed, item.UID)
			if p.items[i] = nil; seen[h] {
				continue
			}
			known = append(known, h)
			left := p.remaining
			if left >= 0 {
				left += int64(len(p.items) - i - 1)
			}
			if err := each(item, left); err != nil {
				return "", err
			}
		}
		if token = p.next; token == "" {
			return p.version, nil
		}
		if p.size > pageBytes {
			limit = max(limit*pageBytes/p.size, 5)
		}
	}
}

var seed = maphash.MakeSeed()

// item completes an object: those in lists leave out what the list says.
func (r Resource) item(object map[string]any) Item {
	if object["kind"] == nil || object["apiVersion"] == nil {
		object["kind"], object["apiVersion"] = r.Kind, r.Version
		if r.Group != "" {
			object["apiVersion"] = r.Group + "/" + r.Version
		}
	}
	meta, _ := object["metadata"].(map[string]any)
	uid, _ := meta["uid"].(string)
	return Item{Object: object, UID: uid}
}

// An expiredError is that the list has changed too long ago for its next page; token is for one that goes on all the same.
type expiredError struct{ token string }

func (e *expiredError) Error() string { return "the list has expired" }

// page asks for a page, again while the API server is busy or not there.
func (l *Lister) page(ctx context.Context, r Resource, token string, limit int) (*page, error) {
	wait := l.wait
	for try := 1; ; try++ {
		p, err := l.ask(ctx, r, token, limit)
		if err == nil || try == tries || !passing(err) {
			return p, err
		}
		if seconds, ok := apierrors.SuggestsClientDelay(err); ok {
			wait = max(wait, time.Duration(seconds)*time.Second)
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
		case <-time.After(wait):
		}
		wait *= 2
	}
}

// passing tells of errors that may be gone the next time.
func passing(err error) bool {
	var expired *expiredError
	if errors.As(err, &expired) {
		return false
	}
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		return !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
	}
	return apierrors.IsTooManyRequests(err) || apierrors.IsServerTimeout(err) || apierrors.IsTimeout(err) || status.Status().Code >= http.StatusInternalServerError
}

func (l *Lister) ask(ctx context.Context, r Resource, token string, limit int) (*page, error) {
	namespace := ""
	if r.Namespaced {
		namespace = l.Namespace
	}
	req := l.client.Get().AbsPath(r.path(namespace)).Param("limit", strconv.Itoa(limit)).SetHeader("Accept", "application/json").MaxRetries(0)
	if token != "" {
		req = req.Param("continue", token)
	}
	if l.Selector != "" {
		req = req.Param("labelSelector", l.Selector)
	}
	answer := req.Do(ctx)
	body, _ := answer.Raw()
	err := answer.Error() // has what the API server says about it; that of Raw has not
	if apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
		var status apierrors.APIStatus
		errors.As(err, &status)
		return nil, &expiredError{token: status.Status().ListMeta.Continue}
	}
	if err != nil {
		return nil, clear(err)
	}
	return read(body)
}

// read decodes a list, as strictly as reviews are decoded.
func read(body []byte) (*page, error) {
	v, err := syntax.Values("the answer of the API server", body, depth)
	if err != nil {
		return nil, err
	}
	list, _ := v.(map[string]any)
	meta, ok := list["metadata"].(map[string]any)
	items, isList := list["items"].([]any)
	if !ok || !isList && list["items"] != nil {
		return nil, errors.New("the answer of the API server is no list")
	}
	p := &page{items: items, size: len(body), remaining: -1}
	p.next, _ = meta["continue"].(string)
	p.version, _ = meta["resourceVersion"].(string)
	if n, err := strconv.ParseInt(fmt.Sprint(meta["remainingItemCount"]), 10, 64); err == nil {
		p.remaining = n
	} else if p.next == "" {
		p.remaining = 0
	}
	return p, nil
}

// clear shortens what people cannot use, and keeps what callers ask of the error.
func clear(err error) error {
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Reason == metav1.StatusReasonForbidden {
		return fmt.Errorf("%w (grant list and watch on it, or leave it out with --resource)", err)
	}
	return err
}

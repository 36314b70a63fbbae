package objects

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"sallyport/internal/syntax"
)

// ErrExpired is that the changes since a version are not known any more: the resource must be listed again.
var ErrExpired = errors.New("the changes since then are not known any more")

// A Change is what happened to an object.
type Change struct {
	Item
	// Deleted is true for one that is gone; otherwise it is new or has changed.
	Deleted bool
}

// Watch hands the changes of a resource since a version to each, until the API server ends the watch, which it does every few
// minutes. It returns the version to go on from.
func (l *Lister) Watch(ctx context.Context, r Resource, version string, each func(Change) error) (string, error) {
	namespace := ""
	if r.Namespaced {
		namespace = l.Namespace
	}
	req := l.client.Get().AbsPath(r.path(namespace)).Param("watch", "1").Param("allowWatchBookmarks", "true").
		Param("resourceVersion", version).Param("timeoutSeconds", "290").SetHeader("Accept", "application/json").MaxRetries(0)
	if l.Selector != "" {
		req = req.Param("labelSelector", l.Selector)
	}
	body, err := req.Stream(ctx)
	if apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
		return version, ErrExpired
	}
	if err != nil {
		return version, clear(err)
	}
	defer body.Close()
	events := json.NewDecoder(body)
	for {
		var event struct {
			Type   string
			Object json.RawMessage
		}
		switch err := events.Decode(&event); {
		case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
			return version, nil
		case err != nil:
			return version, err
		}
		next, err := l.event(r, event.Type, event.Object, each)
		if err != nil {
			return version, err
		}
		version = next
	}
}

// event handles one change, and returns its version.
func (l *Lister) event(r Resource, kind string, object []byte, each func(Change) error) (string, error) {
	v, err := syntax.Values("a change of "+r.String(), object, depth)
	if err != nil {
		return "", err
	}
	o, ok := v.(map[string]any)
	if !ok {
		return "", fmt.Errorf("a change of %s is about no object", r)
	}
	meta, _ := o["metadata"].(map[string]any)
	version, _ := meta["resourceVersion"].(string)
	switch kind {
	case "BOOKMARK":
		return version, nil
	case "ADDED", "MODIFIED", "DELETED":
		return version, each(Change{Item: r.item(o), Deleted: kind == "DELETED"})
	}
	if fmt.Sprint(o["code"]) == fmt.Sprint(http.StatusGone) {
		return "", ErrExpired
	}
	return "", fmt.Errorf("the watch of %s: %v", r, o["message"])
}

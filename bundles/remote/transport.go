package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/keys"
	"github.com/open-policy-agent/opa/v1/logging"
	"github.com/open-policy-agent/opa/v1/plugins/rest"

	"sallyport/bundles"
)

// maxAnswer bounds what is read of an answer to anything but GET, in bytes.
const maxAnswer = 1 << 20

// bounded puts the limits on every request: OPA bounds single files of a bundle, and waits for a body forever.
type bounded struct {
	base    http.RoundTripper
	timeout time.Duration
}

// RoundTrip implements http.RoundTripper. The whole body is read and looked at before OPA sees it.
func (t *bounded) RoundTrip(req *http.Request) (*http.Response, error) {
	if r := req.Response; r != nil && r.Request != nil && r.Request.URL.Scheme == "https" && req.URL.Scheme != "https" {
		return nil, refusedf("source", "redirected from https to %s://%s", req.URL.Scheme, req.URL.Host)
	}
	ctx, cancel := context.WithTimeout(req.Context(), t.timeout+waits(req))
	defer cancel()
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	var known *Error
	switch {
	case errors.As(err, &known):
		return nil, known
	case err != nil:
		return nil, &Error{Reason: "source", Err: err}
	}
	defer resp.Body.Close()
	limit := int64(maxAnswer)
	if req.Method == http.MethodGet {
		limit = bundles.MaxSize
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, &Error{Reason: "source", Err: fmt.Errorf("after %d bytes: %w", len(body), err)}
	case int64(len(body)) > limit:
		return nil, refusedf("content", "the answer has more than %d MiB", limit>>20)
	}
	if req.Method == http.MethodGet && bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		if _, err := bundles.Unpack(bytes.NewReader(body)); err != nil {
			return nil, &Error{Reason: "content", Err: err}
		}
	}
	if err := pinned(req, resp); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// CloseIdleConnections is what http.Client looks for.
func (t *bounded) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

var waiting = regexp.MustCompile(`\bwait=([0-9]{1,6})\b`)

// waits is how long a long poll may last.
func waits(req *http.Request) time.Duration {
	if m := waiting.FindStringSubmatch(req.Header.Get("Prefer")); m != nil {
		seconds, _ := strconv.Atoi(m[1])
		return time.Duration(seconds) * time.Second
	}
	return 0
}

// pinned holds a registry to the digest that was asked for. OPA believes the header that answers.
func pinned(req *http.Request, resp *http.Response) error {
	want := path.Base(req.URL.Path)
	got := resp.Header.Get("Docker-Content-Digest")
	if req.Method == http.MethodHead && strings.HasPrefix(want, "sha256:") && resp.StatusCode == http.StatusOK && got != want {
		return refusedf("content", "the registry answers with %s where %s was asked for", got, want)
	}
	return nil
}

// service is the authentication of one of OPA's services, with our limits around it. OPA finds it by its name, among the
// manager's plugins.
type service struct {
	limits bounded
	config []byte
	keys   map[string]*keys.Config
	logger logging.Logger
	inner  rest.HTTPAuthPlugin
	ready  func() // tells the manager, whose reports list it

	mu      sync.Mutex
	clients map[int64]*http.Client // by the seconds that a server may take until it answers
}

// open reads the service's own configuration.
func (a *service) open() error {
	client, err := rest.New(a.config, a.keys, rest.Logger(a.logger))
	if err != nil {
		return err
	}
	if a.inner == nil {
		a.inner, err = client.Config().AuthPlugin(nil)
	}
	return err
}

// NewClient implements rest.HTTPAuthPlugin. OPA asks for a client each time that it asks a registry: of its own, each would
// keep a connection.
func (a *service) NewClient(c rest.Config) (*http.Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if client := a.clients[*c.ResponseHeaderTimeoutSeconds]; client != nil {
		return client, nil
	}
	client, err := a.inner.NewClient(c)
	if err != nil {
		return nil, err
	}
	base := client.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	client.Transport = &bounded{base: base, timeout: a.limits.timeout}
	if a.clients == nil {
		a.clients = map[int64]*http.Client{}
	}
	a.clients[*c.ResponseHeaderTimeoutSeconds] = client
	return client, nil
}

// Prepare implements rest.HTTPAuthPlugin.
func (a *service) Prepare(req *http.Request) error { return a.inner.Prepare(req) }

// Start, Stop and Reconfigure implement plugins.Plugin.
func (a *service) Start(context.Context) error {
	a.ready()
	return nil
}

// Stop does nothing: decisions that wait are sent later.
func (a *service) Stop(context.Context) {}

// close lets go of connections.
func (a *service) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, client := range a.clients {
		client.CloseIdleConnections()
	}
}

// Reconfigure does nothing.
func (a *service) Reconfigure(context.Context, any) {}

package kube

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// While the server is down, Fail admits nothing, and Ignore everything.
func TestDown(t *testing.T) {
	for policy, status := range map[string]int{"Fail": http.StatusInternalServerError, "Ignore": http.StatusCreated} {
		t.Run(policy, func(t *testing.T) {
			w, ns := serving(t, "", registration{policy: policy, seconds: 2})
			must(t, w.terminate())
			expect(t, create(t, shared.client, ns, "pods", pod("bad", privileged), ""), status)
			w.start()
			w.inForce(ns)
		})
	}
}

// A certificate that the API server does not trust is as good as none.
func TestWrongCertificate(t *testing.T) {
	other, err := newAuthority("another")
	must(t, err)
	for policy, status := range map[string]int{"Fail": http.StatusInternalServerError, "Ignore": http.StatusCreated} {
		t.Run(policy, func(t *testing.T) {
			w := newWebhook(t, "").start()
			ns := shared.client.namespace(t, nil)
			w.register(ns, registration{policy: policy, ca: other.pem})
			if policy == "Fail" {
				w.waitFor("the webhook is asked", func() bool {
					return create(t, shared.client, ns, "pods", pod("probe", nil), "?dryRun=All").status != http.StatusCreated
				})
			}
			expect(t, create(t, shared.client, ns, "pods", pod("bad", privileged), ""), status)
		})
	}
}

// A server that does not answer in time: the API server gives up, and its policy counts.
func TestSlow(t *testing.T) {
	for policy, status := range map[string]int{"Fail": http.StatusInternalServerError, "Ignore": http.StatusCreated} {
		t.Run(policy, func(t *testing.T) {
			w, ns := serving(t, "", registration{policy: policy, seconds: 1})
			must(t, w.terminate())
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", w.port))
			must(t, err)
			defer l.Close() // which nobody accepts from
			start := time.Now()
			expect(t, create(t, shared.client, ns, "pods", pod("bad", privileged), ""), status)
			if took := time.Since(start); took < 900*time.Millisecond {
				t.Errorf("answered after %s", took)
			}
		})
	}
}

// The API server finds the webhook by a Service as well.
func TestService(t *testing.T) {
	w := newWebhook(t, "").start()
	_, _, err := shared.client.do(http.MethodPost, "/api/v1/namespaces", map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": "sallyport"}})
	must(t, err)
	status, body, err := shared.client.do(http.MethodPost, "/api/v1/namespaces/sallyport/services", map[string]any{
		"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": "webhook"}, "spec": map[string]any{"type": "ExternalName", "externalName": "localhost"},
	})
	must(t, err)
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{service: true})
	w.inForce(ns)
	expect(t, create(t, shared.client, ns, "pods", pod("good", nil), ""), http.StatusCreated)
}

// Only the API server may ask, where client certificates are asked for.
func TestClientCertificates(t *testing.T) {
	_, ns := serving(t, "", registration{}, "--client-ca", shared.path("ca.crt"), "--client-name", "apiserver-to-webhook")
	expect(t, create(t, shared.client, ns, "pods", pod("good", nil), ""), http.StatusCreated)

	w, other := newWebhook(t, "", "--client-ca", shared.path("ca.crt"), "--client-name", "somebody-else").start(), shared.client.namespace(t, nil)
	w.register(other, registration{})
	w.waitFor("the webhook is asked", func() bool {
		return create(t, shared.client, other, "pods", pod("good", nil), "?dryRun=All").status != http.StatusCreated
	})
	resp, err := w.direct().Post(w.url("/validate"), "application/json", strings.NewReader("{}"))
	if err == nil {
		resp.Body.Close()
		if resp.StatusCode < 400 {
			t.Errorf("a client without a certificate is answered with %d", resp.StatusCode)
		}
	}
}

// An update of an object that is as large as the API server takes: the review has more than 12 MB.
func TestLarge(t *testing.T) {
	_, ns := serving(t, "", registration{seconds: 30})
	data := strings.Repeat("<", 1<<20-1000)
	object := func(text string) map[string]any {
		return map[string]any{"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "large"}, "data": map[string]any{"text": text}}
	}
	expect(t, create(t, shared.client, ns, "configmaps", object(data), ""), http.StatusCreated)
	status, body, err := shared.client.do(http.MethodPut, "/api/v1/namespaces/"+ns+"/configmaps/large", object(data+"<"))
	must(t, err)
	if status != http.StatusOK {
		t.Errorf("%d %.500s", status, body)
	}
}

// load sends good and bad pods from several clients until stop, and fails on each wrong decision. lost says which other answers may come.
func load(t *testing.T, ns string, lost func(reply) bool) (stop func() (decisions, losses int)) {
	t.Helper()
	var decided, losses atomic.Int64
	done := make(chan struct{})
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				want, security := http.StatusCreated, map[string]any(nil)
				if (n+i)%2 == 0 {
					want, security = http.StatusForbidden, privileged
				}
				r := create(t, shared.client, ns, "pods", pod(fmt.Sprintf("load-%d-%d", i, n), security), "?dryRun=All")
				switch {
				case r.status == want:
					decided.Add(1)
				case lost(r):
					losses.Add(1)
				default:
					t.Errorf("status %d, not %d: %s", r.status, want, r.message())
				}
			}
		})
	}
	return func() (int, int) {
		close(done)
		all.Wait()
		return int(decided.Load()), int(losses.Load())
	}
}

func never(reply) bool { return false }

// Certificate, configuration and rules change under load, and every request is decided rightly.
func TestRotation(t *testing.T) {
	bundle := t.TempDir()
	rule := func(i int) {
		out, err := exec.Command(filepath.Join(sallyportBin, "sallyport"), "new", "rule", fmt.Sprintf("kubernetes/further_%d", i), "--bundle", bundle).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	rule(0)
	w, ns := serving(t, "fail_on = \"high\"\n", registration{}, "--bundle", bundle, "--bundle-poll", "200ms")
	stop := load(t, ns, never)
	for i := range 5 {
		must(t, w.ca.write(w.dir, "tls", subject{name: fmt.Sprintf("webhook-%d", i), dns: []string{"webhook.sallyport.svc"}}))
		must(t, os.WriteFile(filepath.Join(w.dir, "sallyport.toml"), []byte(fmt.Sprintf("fail_on = \"high\" # %d\n", i)), 0o600))
		rule(i + 1)
		time.Sleep(500 * time.Millisecond)
	}
	w.waitFor("the last certificate is served", func() bool {
		conn, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", w.port), &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			return false
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].Subject.CommonName == "webhook-4"
	})
	decisions, _ := stop()
	if decisions < 100 {
		t.Errorf("only %d decisions under load", decisions)
	}
	t.Logf("%d decisions", decisions)
}

// A bad configuration and a bad certificate replace nothing.
func TestBadRotation(t *testing.T) {
	w, ns := serving(t, "", registration{})
	must(t, os.WriteFile(filepath.Join(w.dir, "sallyport.toml"), []byte("fail_on = \"never\"\n"), 0o600))
	must(t, os.WriteFile(filepath.Join(w.dir, "tls.crt"), []byte("no certificate"), 0o600))
	w.waitFor("both are refused", func() bool {
		return strings.Contains(w.log.String(), "config refused") && strings.Contains(w.log.String(), "certificate refused")
	})
	expect(t, create(t, shared.client, ns, "pods", pod("bad", privileged), ""), http.StatusForbidden)
	expect(t, create(t, shared.client, ns, "pods", pod("good", nil), ""), http.StatusCreated)
}

// A rolling update, as a Deployment makes it: the new server is up before the old one ends. No request is lost.
func TestRestart(t *testing.T) {
	w, ns := serving(t, "", registration{})
	front := newFront(t, w.port)
	w.unregister()
	w.port = front.port
	w.register(ns, registration{})
	w.inForce(ns)
	stop := load(t, ns, never)
	for range 3 {
		time.Sleep(300 * time.Millisecond)
		next := newWebhook(t, "")
		next.ca = w.ca
		must(t, next.ca.write(next.dir, "tls", subject{name: "webhook", dns: []string{"webhook.sallyport.svc"}}))
		next.start()
		front.to(next.port)
		must(t, w.terminate())
		next.port, w = front.port, next
	}
	decisions, _ := stop()
	t.Logf("%d decisions", decisions)
	if decisions < 50 {
		t.Errorf("only %d decisions under load", decisions)
	}
}

// A front passes connections on to a port that changes, as a Service does.
type front struct {
	port   int
	target atomic.Int64
}

func newFront(t *testing.T, target int) *front {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	f := &front{port: l.Addr().(*net.TCPAddr).Port}
	f.to(target)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go f.pass(conn)
		}
	}()
	return f
}

func (f *front) to(port int) { f.target.Store(int64(port)) }

func (f *front) pass(conn net.Conn) {
	defer conn.Close()
	other, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", f.target.Load()))
	if err != nil {
		return
	}
	defer other.Close()
	ended := make(chan struct{}, 2)
	go func() { _, _ = io.Copy(other, conn); ended <- struct{}{} }()
	go func() { _, _ = io.Copy(conn, other); ended <- struct{}{} }()
	<-ended
}

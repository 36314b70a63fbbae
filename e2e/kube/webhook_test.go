package kube

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A webhook is a running sallyport serve, and its configuration in the API server.
type webhook struct {
	t     *testing.T
	name  string
	ca    *authority
	dir   string
	port  int
	args  []string
	cmd   *exec.Cmd
	ended chan error
	log   *lockedBuffer
}

// A lockedBuffer collects what a program writes.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newWebhook makes certificates and a configuration, and starts nothing.
func newWebhook(t *testing.T, config string, args ...string) *webhook {
	t.Helper()
	ca, err := newAuthority("webhook")
	must(t, err)
	port, err := freePort()
	must(t, err)
	w := &webhook{t: t, ca: ca, dir: t.TempDir(), port: port, log: &lockedBuffer{}}
	w.name = strings.ToLower(strings.ReplaceAll(t.Name(), "/", "-")) + fmt.Sprintf("-%d.sallyport.example", time.Now().UnixNano()%1e9)
	w.name = strings.ReplaceAll(w.name, "_", "-")
	must(t, ca.write(w.dir, "tls", subject{name: "webhook", dns: []string{"webhook.sallyport.svc"}}))
	must(t, os.WriteFile(filepath.Join(w.dir, "sallyport.toml"), []byte(config), 0o600))
	w.args = append([]string{
		"serve", "--listen", fmt.Sprintf("127.0.0.1:%d", port), "--tls-cert", filepath.Join(w.dir, "tls.crt"), "--tls-key", filepath.Join(w.dir, "tls.key"),
		"--config", filepath.Join(w.dir, "sallyport.toml"), "--kubeconfig", shared.path("kubectl.config"), "--shutdown-delay", "300ms",
	}, args...)
	t.Cleanup(func() {
		w.unregister()
		w.kill()
		if t.Failed() {
			t.Logf("the log of the server:\n%s", w.log)
		}
	})
	return w
}

// start runs the server until it is ready.
func (w *webhook) start() *webhook {
	w.t.Helper()
	w.cmd = exec.Command(filepath.Join(sallyportBin, "sallyport"), w.args...)
	w.cmd.Stdout, w.cmd.Stderr = w.log, w.log
	must(w.t, w.cmd.Start())
	w.ended = make(chan error, 1)
	go func(cmd *exec.Cmd, ended chan error) { ended <- cmd.Wait() }(w.cmd, w.ended)
	w.waitFor("the server is ready", func() bool {
		resp, err := w.direct().Get(w.url("/readyz"))
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return w
}

// direct is a client of the server itself.
func (w *webhook) direct() *http.Client {
	roots := x509.NewCertPool()
	roots.AddCert(w.ca.cert)
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
}

func (w *webhook) url(path string) string { return fmt.Sprintf("https://127.0.0.1:%d%s", w.port, path) }

func (w *webhook) waitFor(what string, done func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
		select {
		case err := <-w.ended:
			w.t.Fatalf("%s: the server has ended: %v\n%s", what, err, w.log)
		default:
		}
	}
	w.t.Fatalf("%s: not within 30 seconds\n%s", what, w.log)
}

// terminate ends the server as Kubernetes does, and waits for it.
func (w *webhook) terminate() error {
	w.t.Helper()
	must(w.t, w.cmd.Process.Signal(syscall.SIGTERM))
	return <-w.ended
}

func (w *webhook) kill() {
	if w.cmd != nil && w.cmd.ProcessState == nil {
		_ = w.cmd.Process.Kill()
	}
}

// A registration is what the API server is told about the webhook; zero values are those of most tests.
type registration struct {
	policy  string // Fail
	seconds int    // 10
	service bool   // clientConfig.service instead of url
	ca      []byte
	labels  map[string]string // of the namespaces
	scope   string            // Namespaced
	// selector are labels of the namespaces that the webhook is asked about; nil is the one namespace of the test.
	selector map[string]string
	// port is where the API server finds the webhook; 0 is the server's own.
	port       int
	conditions []any
}

// register tells the API server about the webhook, for the namespaces with the label test=NAME of the namespace, and waits until it is asked.
func (w *webhook) register(ns string, r registration) {
	w.t.Helper()
	if r.policy == "" {
		r.policy = "Fail"
	}
	if r.seconds == 0 {
		r.seconds = 10
	}
	if r.scope == "" {
		r.scope = "Namespaced"
	}
	if r.ca == nil {
		r.ca = w.ca.pem
	}
	if r.selector == nil {
		r.selector = map[string]string{"kubernetes.io/metadata.name": ns}
	}
	if r.port == 0 {
		r.port = w.port
	}
	client := map[string]any{"caBundle": r.ca, "url": fmt.Sprintf("https://127.0.0.1:%d/validate", r.port)}
	if r.service {
		client = map[string]any{"caBundle": r.ca, "service": map[string]any{"namespace": "sallyport", "name": "webhook", "path": "/validate", "port": r.port}}
	}
	status, body, err := shared.client.do(http.MethodPost, "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", map[string]any{
		"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": map[string]any{"name": w.name},
		"webhooks": []any{map[string]any{
			"name": "validate.sallyport.example", "clientConfig": client, "failurePolicy": r.policy, "timeoutSeconds": r.seconds, "sideEffects": "None",
			"admissionReviewVersions": []string{"v1"},
			"namespaceSelector":       map[string]any{"matchLabels": r.selector},
			"matchConditions":         r.conditions,
			"rules": []any{map[string]any{
				"apiGroups": []string{"*"}, "apiVersions": []string{"*"}, "resources": []string{"*/*"},
				"operations": []string{"CREATE", "UPDATE", "DELETE", "CONNECT"}, "scope": r.scope,
			}},
		}},
	})
	must(w.t, err)
	if status != http.StatusCreated {
		w.t.Fatalf("the webhook configuration: %d %s", status, body)
	}
}

// inForce waits until the API server asks the webhook: a pod that no rule lets through is denied.
func (w *webhook) inForce(ns string) {
	w.t.Helper()
	w.waitFor("the webhook is asked", func() bool {
		r := create(w.t, shared.client, ns, "pods", pod("probe", map[string]any{"privileged": true}), "?dryRun=All")
		return r.status == http.StatusForbidden
	})
}

func (w *webhook) unregister() {
	_, _, _ = shared.client.do(http.MethodDelete, "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/"+w.name, nil)
}

// create sends a new object of the core group.
func create(t *testing.T, c *client, ns, resource string, object any, query string) reply {
	t.Helper()
	body, err := encode(object)
	must(t, err)
	path := "/api/v1/namespaces/" + ns + "/" + resource
	if group, name, ok := strings.Cut(resource, "/"); ok {
		path = "/apis/" + group + "/v1/namespaces/" + ns + "/" + name
	}
	r, err := c.send(http.MethodPost, path+query, "application/json", body)
	must(t, err)
	return r
}

// pod has one container that passes every rule but for what the security context changes.
func pod(name string, security map[string]any) map[string]any {
	context := map[string]any{
		"runAsNonRoot": true, "runAsUser": 10001, "runAsGroup": 10001, "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false, "privileged": false,
		"capabilities": map[string]any{"drop": []string{"ALL"}}, "seccompProfile": map[string]any{"type": "RuntimeDefault"},
	}
	for k, v := range security {
		context[k] = v
	}
	if context["privileged"] == true {
		context["allowPrivilegeEscalation"] = true
	}
	return map[string]any{
		"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": name, "labels": map[string]string{"app": name}},
		"spec": podSpec(context),
	}
}

func podSpec(context map[string]any) map[string]any {
	return map[string]any{
		"automountServiceAccountToken": false, "enableServiceLinks": false,
		"securityContext": map[string]any{"runAsNonRoot": true, "fsGroup": 10001, "seccompProfile": map[string]any{"type": "RuntimeDefault"}},
		"containers": []any{map[string]any{
			"name": "app", "image": "registry.example/app@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1",
			"securityContext": context,
			"resources": map[string]any{
				"requests": map[string]any{"cpu": "100m", "memory": "64Mi", "ephemeral-storage": "64Mi"}, "limits": map[string]any{"cpu": "1", "memory": "64Mi", "ephemeral-storage": "64Mi"},
			},
			"livenessProbe":  map[string]any{"httpGet": map[string]any{"path": "/livez", "port": 8080}},
			"readinessProbe": map[string]any{"httpGet": map[string]any{"path": "/readyz", "port": 8080}},
		}},
	}
}

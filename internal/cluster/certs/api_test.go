package certs

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	admission "k8s.io/api/admissionregistration/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const (
	secretPath  = "/api/v1/namespaces/gate/secrets/cert"
	webhookPath = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/gate"
)

// An api is as much of an API server as the certificate needs: objects with versions, by path.
type api struct {
	mu      sync.Mutex
	objects map[string]map[string]any
	version int
	down    bool
	bundles [][]byte // each caBundle that was written
}

func newAPI(t *testing.T) (*api, kubernetes.Interface) {
	t.Helper()
	a := &api{objects: map[string]map[string]any{}}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	client, err := kubernetes.NewForConfig(&rest.Config{Host: server.URL, QPS: -1, ContentConfig: rest.ContentConfig{ContentType: "application/json"}})
	if err != nil {
		t.Fatal(err)
	}
	return a, client
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.down {
		a.refuse(w, http.StatusServiceUnavailable, meta.StatusReasonServiceUnavailable)
		return
	}
	path := r.URL.Path
	if r.Method == http.MethodGet {
		if a.objects[path] == nil {
			a.refuse(w, http.StatusNotFound, meta.StatusReasonNotFound)
			return
		}
		a.answer(w, a.objects[path])
		return
	}
	var object map[string]any
	if err := json.NewDecoder(r.Body).Decode(&object); err != nil {
		a.refuse(w, http.StatusBadRequest, meta.StatusReasonBadRequest)
		return
	}
	metadata := object["metadata"].(map[string]any)
	if r.Method == http.MethodPost {
		path += "/" + metadata["name"].(string)
		if a.objects[path] != nil {
			a.refuse(w, http.StatusConflict, meta.StatusReasonAlreadyExists)
			return
		}
	} else if a.objects[path] == nil || a.objects[path]["metadata"].(map[string]any)["resourceVersion"] != metadata["resourceVersion"] {
		a.refuse(w, http.StatusConflict, meta.StatusReasonConflict)
		return
	}
	a.put(path, object)
	a.answer(w, object)
}

func (a *api) put(path string, object map[string]any) {
	a.version++
	object["metadata"].(map[string]any)["resourceVersion"] = strconv.Itoa(a.version)
	a.objects[path] = object
	if path == webhookPath {
		a.bundles = append(a.bundles, a.webhook().Webhooks[0].ClientConfig.CABundle)
	}
}

func (*api) answer(w http.ResponseWriter, object map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(object)
}

func (*api) refuse(w http.ResponseWriter, code int32, reason meta.StatusReason) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(int(code))
	_ = json.NewEncoder(w).Encode(meta.Status{TypeMeta: meta.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: "Failure", Reason: reason, Code: code})
}

// register creates the webhook's configuration.
func (a *api) register(caBundle []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	text, _ := json.Marshal(admission.ValidatingWebhookConfiguration{
		TypeMeta:   meta.TypeMeta{Kind: "ValidatingWebhookConfiguration", APIVersion: "admissionregistration.k8s.io/v1"},
		ObjectMeta: meta.ObjectMeta{Name: "gate"},
		Webhooks: []admission.ValidatingWebhook{
			{Name: "a.gate.example", ClientConfig: admission.WebhookClientConfig{CABundle: caBundle}},
			{Name: "b.gate.example"},
		},
	})
	var object map[string]any
	_ = json.Unmarshal(text, &object)
	a.put(webhookPath, object)
}

func read[T any](a *api, path string) *T {
	var value T
	text, _ := json.Marshal(a.objects[path])
	_ = json.Unmarshal(text, &value)
	return &value
}

func (a *api) webhook() *admission.ValidatingWebhookConfiguration {
	return read[admission.ValidatingWebhookConfiguration](a, webhookPath)
}

func (a *api) secret() *core.Secret {
	a.mu.Lock()
	defer a.mu.Unlock()
	return read[core.Secret](a, secretPath)
}

func (a *api) bundle() []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.webhook().Webhooks[0].ClientConfig.CABundle
}

func (a *api) remove(path string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.objects, path)
}

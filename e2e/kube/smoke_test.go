package kube

import (
	"net/http"
	"testing"
)

func TestServes(t *testing.T) {
	ns := shared.client.namespace(t, nil)
	status, body, err := shared.client.do(http.MethodPost, "/api/v1/namespaces/"+ns+"/configmaps", map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "c"},
	})
	must(t, err)
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
}

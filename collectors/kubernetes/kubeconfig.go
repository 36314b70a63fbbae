package kubernetes

import (
	"strings"

	"sallyport/internal/secret"
)

// A Cluster is a cluster of a kubeconfig (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/).
type Cluster struct {
	// Name is the cluster's name in the file.
	Name string `json:"name"`
	// Server is the address of the API server.
	Server string `json:"server"`
	// Insecure is true where its certificate is not verified, or where it is reached without TLS.
	Insecure bool `json:"insecure"`
	// At leads to the cluster, from the facts.
	At []any `json:"at"`
}

// credentials are the fields of a kubeconfig's users that are secrets.
var credentials = []string{"token", "password", "client-key-data"}

func (b *builder) kubeconfig(object map[string]any) {
	for i, item := range b.list(object, []any{"object"}, "clusters") {
		m, _ := within(item, []any{"cluster"}).(map[string]any)
		c := Cluster{Name: text(within(item, []any{"name"})), Server: text(m["server"]), At: []any{"object", "clusters", i, "cluster"}}
		c.Insecure = m["insecure-skip-tls-verify"] == true || strings.HasPrefix(c.Server, "http://")
		b.facts.Clusters = append(b.facts.Clusters, c)
	}
	for i, item := range b.list(object, []any{"object"}, "users") {
		m, _ := within(item, []any{"user"}).(map[string]any)
		for _, key := range credentials {
			value := words(m[key])
			if value == "" {
				continue
			}
			e, raw := confidential(key, value)
			if key == "client-key-data" {
				if plain, encoded := decoded(value); encoded && strings.Contains(plain, "PRIVATE KEY") {
					e = Entry{Name: key, Encoded: true, Secret: secret.Verdict{Found: true, Reason: "name", Masked: secret.Mask(value)}}
					raw = []string{value, plain}
				}
			}
			e.At = []any{"object", "users", i, "user", key}
			b.secrets = append(b.secrets, raw...)
			b.facts.Entries = append(b.facts.Entries, e)
		}
	}
}

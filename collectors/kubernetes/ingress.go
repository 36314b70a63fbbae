package kubernetes

import (
	"maps"
	"slices"
	"strings"
)

// An Ingress is a way from outside to services (Kubernetes API reference, IngressSpec).
type Ingress struct {
	// Class is ingressClassName, or the annotation of earlier versions.
	Class string `json:"class"`
	// Hosts are those of its rules, in order; a default backend is one without a name.
	Hosts []Host `json:"hosts"`
	// Snippets are the annotations that hold configuration of the proxy as text.
	Snippets []string `json:"snippets"`
}

// A Host is a host of an Ingress.
type Host struct {
	// Name is the host; "" is every host that no other rule names.
	Name string `json:"name"`
	// Wild is true for one without a name, and for *.example.com.
	Wild bool `json:"wild"`
	// Encrypted is true where the Ingress has a certificate for it, or an annotation says where the proxy has one.
	Encrypted bool `json:"encrypted"`
	// Paths are the paths below it.
	Paths []string `json:"paths"`
	// At leads to its rule, from the facts.
	At []any `json:"at"`
}

// certificates are the annotations that say where the proxy has its certificates from.
var certificates = []string{
	"alb.ingress.kubernetes.io/certificate-arn", "networking.gke.io/managed-certificates", "ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/certmap", "appgw.ingress.kubernetes.io/appgw-ssl-certificate", "nginx.ingress.kubernetes.io/ssl-passthrough",
	"haproxy.org/ssl-passthrough", "ingress.kubernetes.io/ssl-passthrough",
}

// snippets are the parts of annotations' names that hold a proxy's own configuration.
var snippets = []string{
	"nginx.ingress.kubernetes.io/server-snippet", "nginx.ingress.kubernetes.io/configuration-snippet", "nginx.ingress.kubernetes.io/stream-snippet",
	"nginx.ingress.kubernetes.io/auth-snippet", "nginx.ingress.kubernetes.io/modsecurity-snippet", "nginx.org/server-snippets",
	"nginx.org/location-snippets", "haproxy.org/backend-config-snippet", "haproxy-ingress.github.io/config-backend",
}

func (b *builder) ingress(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	at := []any{"object", "spec"}
	x := Ingress{Class: text(spec["ingressClassName"]), Hosts: []Host{}, Snippets: noTexts}
	if x.Class == "" {
		x.Class = b.facts.Annotations["kubernetes.io/ingress.class"]
	}
	for _, key := range slices.Sorted(maps.Keys(b.facts.Annotations)) {
		if slices.Contains(snippets, key) {
			x.Snippets = append(slices.Clip(x.Snippets), key)
		}
	}
	covered := b.certified(spec, at)
	for _, key := range []string{"defaultBackend", "backend"} {
		if spec[key] != nil {
			x.Hosts = append(x.Hosts, Host{Wild: true, Encrypted: covered(""), Paths: []string{"/"}, At: []any{"object", "spec", key}})
		}
	}
	for i, item := range b.list(spec, at, "rules") {
		m, _ := item.(map[string]any)
		h := Host{Name: text(m["host"]), Paths: noTexts, At: []any{"object", "spec", "rules", i}}
		h.Wild, h.Encrypted = h.Name == "" || strings.HasPrefix(h.Name, "*"), covered(h.Name)
		list, _ := within(m, []any{"http", "paths"}).([]any)
		for _, p := range list {
			path, _ := p.(map[string]any)
			h.Paths = append(h.Paths, text(path["path"]))
		}
		x.Hosts = append(x.Hosts, h)
	}
	b.facts.Ingresses = []Ingress{x}
}

// certified tells of a host whether the proxy has a certificate for it.
func (b *builder) certified(spec map[string]any, at []any) func(host string) bool {
	all := slices.ContainsFunc(certificates, func(key string) bool { return b.facts.Annotations[key] != "" }) ||
		b.facts.Annotations["kubernetes.io/ingress.allow-http"] == "false" ||
		b.facts.Annotations["traefik.ingress.kubernetes.io/router.tls"] == "true" ||
		b.facts.Annotations["traefik.ingress.kubernetes.io/router.entrypoints"] == "websecure"
	names := map[string]bool{}
	for _, item := range b.list(spec, at, "tls") {
		m, _ := item.(map[string]any)
		hosts := scalars(m["hosts"])
		all = all || len(hosts) == 0
		for _, host := range hosts {
			names[host] = true
		}
	}
	return func(host string) bool {
		if all || names[host] || host == "" && len(names) > 0 {
			return true
		}
		_, parent, _ := strings.Cut(host, ".")
		return names["*."+parent]
	}
}

// A Gateway is a listener of a Gateway of the Gateway API or of Istio, or a Route of OpenShift.
type Gateway struct {
	// Name is the listener's or the port's name; "" for a Route.
	Name string `json:"name"`
	// Protocol is HTTP, HTTPS, TLS, TCP and so on.
	Protocol string `json:"protocol"`
	// Encrypted is true where it speaks TLS, passes it on, or sends everybody to where it does.
	Encrypted bool `json:"encrypted"`
	// Plain is true where it speaks HTTP without TLS.
	Plain bool `json:"plain"`
	// At leads to it, from the facts.
	At []any `json:"at"`
}

func (b *builder) gateway(object map[string]any, list, name string) {
	spec := b.mapping(object, []any{"object"}, "spec")
	for i, item := range b.list(spec, []any{"object", "spec"}, list) {
		m, _ := item.(map[string]any)
		outer := m
		if list == "servers" {
			m, _ = m["port"].(map[string]any)
		}
		g := Gateway{Name: text(m[name]), Protocol: strings.ToUpper(text(m["protocol"])), At: []any{"object", "spec", list, i}}
		tls, _ := outer["tls"].(map[string]any)
		g.Encrypted = tls["httpsRedirect"] == true || slices.Contains([]string{"HTTPS", "TLS", "GRPCS"}, g.Protocol)
		g.Plain = !g.Encrypted && slices.Contains([]string{"HTTP", "HTTP2", "GRPC", "GRPC-WEB"}, g.Protocol)
		b.facts.Gateways = append(b.facts.Gateways, g)
	}
}

func (b *builder) route(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	tls, _ := spec["tls"].(map[string]any)
	g := Gateway{Protocol: "HTTP", Encrypted: len(tls) > 0, Plain: len(tls) == 0, At: []any{"object", "spec"}}
	if g.Encrypted && text(tls["insecureEdgeTerminationPolicy"]) == "Allow" {
		g.Encrypted, g.Plain = false, true
	}
	b.facts.Gateways = []Gateway{g}
}

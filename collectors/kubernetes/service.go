package kubernetes

import (
	"net/netip"
	"slices"
	"strings"
)

// A Service is a way to pods (Kubernetes API reference, ServiceSpec).
type Service struct {
	// Type is ClusterIP, NodePort, LoadBalancer or ExternalName.
	Type string `json:"type"`
	// Ports are what it listens on.
	Ports []ServicePort `json:"ports"`
	// Selector are the labels of its pods; empty where somebody else says where it leads.
	Selector map[string]string `json:"selector"`
	// ExternalIPs are addresses that are taken for the service wherever a node sees them.
	ExternalIPs []string `json:"external_ips"`
	// ExternalName is the name that an ExternalName service stands for.
	ExternalName string `json:"external_name"`
	// Leads is where that name leads that no application means: loopback, metadata, address or api; "" otherwise.
	Leads string `json:"leads"`
	// Internal is true for a load balancer that an annotation keeps offInternet of the provider's network.
	Internal bool `json:"internal"`
	// SourceRanges are the networks that a load balancer lets in; empty where it lets in everybody.
	SourceRanges []string `json:"source_ranges"`
}

// A ServicePort is a port of a service.
type ServicePort struct {
	// Name is the port's name; "" for none.
	Name string `json:"name"`
	// Number is the port that it listens on, and NodePort that of the nodes; 0 where nothing is said.
	Number   int64 `json:"number"`
	NodePort int64 `json:"node_port"`
	// Target is the pod's port, a name or a number; "" is the same number.
	Target string `json:"target"`
	// Protocol is TCP, UDP or SCTP.
	Protocol string `json:"protocol"`
}

// offInternet are the annotations that keep a load balancer off the Internet, by the documentation of the providers' controllers.
var offInternet = map[string][]string{
	"service.beta.kubernetes.io/aws-load-balancer-internal":              {"true", "0.0.0.0/0"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme":                {"internal"},
	"service.beta.kubernetes.io/azure-load-balancer-internal":            {"true"},
	"service.beta.kubernetes.io/openstack-internal-load-balancer":        {"true"},
	"service.beta.kubernetes.io/oci-load-balancer-internal":              {"true"},
	"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": {"intranet"},
	"cloud.google.com/load-balancer-type":                                {"Internal"},
	"networking.gke.io/load-balancer-type":                               {"Internal"},
	"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type":     {"private"},
	"service.kubernetes.io/qcloud-loadbalancer-internal-subnetid":        nil,
	"service.beta.kubernetes.io/cce-load-balancer-internal-vpc":          {"true"},
}

func (b *builder) service(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	at := []any{"object", "spec"}
	s := Service{
		Type: text(spec["type"]), Ports: []ServicePort{}, Selector: texts(spec["selector"]), ExternalIPs: scalars(spec["externalIPs"]),
		ExternalName: text(spec["externalName"]), SourceRanges: scalars(spec["loadBalancerSourceRanges"]),
	}
	if s.Type == "" {
		s.Type = "ClusterIP"
	}
	if v := b.facts.Annotations["service.beta.kubernetes.io/load-balancer-source-ranges"]; v != "" && len(s.SourceRanges) == 0 {
		s.SourceRanges = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
	}
	if slices.ContainsFunc(s.SourceRanges, everywhere) {
		s.SourceRanges = noTexts
	}
	s.Internal = internal(b.facts.Annotations)
	if s.Type == "ExternalName" {
		s.Leads = leads(strings.ToLower(strings.TrimSuffix(s.ExternalName, ".")))
	}
	for i, item := range b.list(spec, at, "ports") {
		m, _ := item.(map[string]any)
		p := ServicePort{Name: text(m["name"]), Target: words(m["targetPort"]), Protocol: text(m["protocol"])}
		where := []any{"object", "spec", "ports", i}
		p.Number, p.NodePort = b.number(m, where, "port"), b.number(m, where, "nodePort")
		if p.Protocol == "" {
			p.Protocol = "TCP"
		}
		s.Ports = append(s.Ports, p)
	}
	b.facts.Services = []Service{s}
}

func internal(annotations map[string]string) bool {
	for key, value := range annotations {
		values, known := offInternet[key]
		if known && (values == nil || slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, value) })) {
			return true
		}
	}
	// The AWS load balancer controller makes internal ones by default.
	const aws = "service.beta.kubernetes.io/aws-load-balancer-"
	kind := annotations[aws+"type"]
	return (kind == "external" || kind == "nlb-ip") && annotations[aws+"scheme"] == ""
}

// everywhere tells whether a network is all addresses.
func everywhere(network string) bool {
	p, err := netip.ParsePrefix(network)
	return err == nil && p.Bits() == 0
}

// leads says what a name is that a service must not stand for: names of this kind turn a way out into a way in.
func leads(name string) string {
	address, err := netip.ParseAddr(name)
	switch {
	case err == nil && address.IsLoopback(), name == "localhost", strings.HasSuffix(name, ".localhost"), name == "localhost.localdomain":
		return "loopback"
	case err == nil && address.IsLinkLocalUnicast(), name == "metadata.google.internal", name == "instance-data.ec2.internal":
		return "metadata"
	case err == nil:
		return "address"
	case name == "kubernetes.default" || name == "kubernetes.default.svc" || strings.HasPrefix(name, "kubernetes.default.svc."):
		return "api"
	}
	return ""
}

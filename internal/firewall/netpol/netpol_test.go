package netpol

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

const head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n"

// outline writes the rules of a chain, one a line, with the verdict that ends each.
func outline(set *firewall.Ruleset, chain int) string {
	var all []string
	for _, r := range set.Chains[chain].Rules {
		all = append(all, r.Text)
	}
	return strings.Join(all, "; ")
}

func TestDirections(t *testing.T) {
	for _, c := range []struct{ spec, ingress, egress string }{
		{"  podSelector: {}\n", "replies; closed, because the policy p selects the pods; other protocols are undefined", "replies"},
		{"  podSelector: {}\n  egress: []\n", "replies; closed, because the policy p selects the pods; other protocols are undefined", "replies"},
		{"  podSelector: {}\n  policyTypes: [Egress]\n  ingress: [{}]\n", "replies", "replies; closed, because the policy p selects the pods; other protocols are undefined"},
		{"  podSelector: {}\n  egress: [{}]\n", "replies; closed, because the policy p selects the pods; other protocols are undefined", "replies; p allows everything to everywhere; closed, because the policy p selects the pods; other protocols are undefined"},
		{"  podSelector: {}\n  ingress: [{from: []}]\n", "replies; p allows everything from everywhere; closed, because the policy p selects the pods; other protocols are undefined", "replies"},
		{
			"  podSelector: {}\n  ingress:\n  - from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {podSelector: {matchLabels: {app: web}}}]\n    ports: [{port: 80}, {port: 1000, endPort: 1010, protocol: UDP}, {protocol: SCTP}, {port: http}]\n",
			"replies; p allows TCP/80, UDP/1000-1010, SCTP, TCP/http from 10.0.0.0/8 but not 10.1.0.0/16, pods labelled app=web of the namespace shop; closed, because the policy p selects the pods; other protocols are undefined", "replies",
		},
	} {
		pods, err := Read(fstest.MapFS{"p.yaml": {Data: []byte(head + c.spec)}}, "p.yaml")
		if err != nil || len(pods) != 1 {
			t.Errorf("%s: %v", c.spec, err)
			continue
		}
		if got := outline(pods[0].Ruleset, 0); got != c.ingress {
			t.Errorf("%singress: %s\nwant %s", c.spec, got, c.ingress)
		}
		if got := outline(pods[0].Ruleset, 1); got != c.egress {
			t.Errorf("%segress: %s\nwant %s", c.spec, got, c.egress)
		}
	}
}

func TestSelectors(t *testing.T) {
	req := func(text string) selector {
		p := &parser{file: "p"}
		policies, err := Parse("p", []byte(head+"  podSelector: "+text))
		if err != nil {
			t.Fatal(text, err, p)
		}
		return policies[0].selector
	}
	expr := func(key, op, values string) string {
		return fmt.Sprintf("{matchExpressions: [{key: %s, operator: %s%s}]}", key, op, values)
	}
	for _, c := range []struct {
		of, to string
		want   int
	}{
		{"{matchLabels: {a: x}}", "{}", implied},
		{"{}", "{matchLabels: {a: x}}", possible},
		{"{matchLabels: {a: x}}", "{matchLabels: {a: x, b: y}}", possible},
		{"{matchLabels: {a: x, b: y}}", "{matchLabels: {a: x}}", implied},
		{"{matchLabels: {a: x}}", "{matchLabels: {a: y}}", excluded},
		{"{matchLabels: {a: x}}", expr("a", "In", ", values: [x, y]"), implied},
		{"{matchLabels: {a: x}}", expr("a", "NotIn", ", values: [y]"), implied},
		{"{matchLabels: {a: x}}", expr("a", "NotIn", ", values: [x]"), excluded},
		{"{matchLabels: {a: x}}", expr("a", "Exists", ""), implied},
		{expr("a", "DoesNotExist", ""), expr("a", "NotIn", ", values: [x]"), implied},
		{expr("a", "DoesNotExist", ""), expr("a", "Exists", ""), excluded},
		{expr("a", "NotIn", ", values: [x]"), expr("a", "Exists", ""), possible},
	} {
		if got := relation(req(c.of), req(c.to)); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.of, c.to, got, c.want)
		}
	}
}

// TestUnion is about pods that several policies select, for sure or maybe.
func TestUnion(t *testing.T) {
	text := head + "  podSelector: {matchLabels: {app: db}}\n  ingress: [{ports: [{port: 5432}]}]\n" +
		"---\n" + strings.Replace(head, "name: p", "name: all", 1) + "  podSelector: {}\n  policyTypes: [Ingress, Egress]\n" +
		"---\n" + strings.Replace(head, "name: p", "name: tier", 1) + "  podSelector: {matchLabels: {tier: back}}\n  ingress: [{ports: [{port: 9100}]}]\n" +
		"---\n" + strings.Replace(head, "namespace: shop", "namespace: other", 1) + "  podSelector: {}\n  ingress: [{}]\n"
	policies, err := Parse("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	pods := Selected(policies)
	var names []string
	for _, p := range pods {
		names = append(names, p.Namespace+"/"+p.Selector+" "+strings.Join(p.Policies, "+"))
	}
	if got, want := strings.Join(names, "; "), "other/ p; shop/ all; shop/app=db p+all; shop/tier=back all+tier"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := outline(pods[2].Ruleset, 0), "replies; p allows TCP/5432 from everywhere; tier allows TCP/9100 from everywhere; closed, because the policy p selects the pods; other protocols are undefined"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if when, ok := pods[2].Ruleset.Chains[0].Rules[2].Steps[0].(firewall.When); !ok {
		t.Error("what a policy allows that maybe selects the pods is not unknown")
	} else if u, ok := when.Expr.(firewall.Unknown); !ok || u.Why != "whether the pods are labelled tier=back too (policy tier)" || u.At.Line == 0 {
		t.Errorf("%+v", when)
	}
	if set := For(policies, Pod{Namespace: "shop", Labels: map[string]string{"app": "web"}}); outline(set, 0) != "replies; closed, because the policy all selects the pods; other protocols are undefined" {
		t.Error(outline(set, 0))
	}
	if set := For(policies, Pod{Namespace: "nowhere"}); set != nil {
		t.Error("no policy selects the pod")
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ spec, want string }{
		{"  podSelecter: {}\n", `p.yaml:5:3: "podSelecter" is no field here`},
		{"  policyTypes: [ingress]\n", `p.yaml:5:17: "ingress" is neither Ingress nor Egress`},
		{"  ingress: [{from: [{}]}]\n", "a peer is either an ipBlock"},
		{"  ingress: [{from: [{ipBlock: {cidr: 10.0.0.1}}]}]\n", `"10.0.0.1" is no network`},
		{"  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]\n", "11.0.0.0/16 is not a part of 10.0.0.0/8"},
		{"  ingress: [{ports: [{port: 0}]}]\n", `"0" is no port`},
		{"  ingress: [{ports: [{endPort: 10}]}]\n", "endPort without port"},
		{"  ingress: [{ports: [{port: 20, endPort: 10}]}]\n", "endPort is below port"},
		{"  ingress: [{ports: [{protocol: ICMP}]}]\n", `"ICMP" is not TCP, UDP or SCTP`},
		{"  ingress: {}\n", "a list is expected here"},
		{"  podSelector: {matchExpressions: [{key: a, operator: In}]}\n", "an expression is a key"},
		{"  ingress: [\n", "p.yaml:"},
	} {
		_, err := Read(fstest.MapFS{"p.yaml": {Data: []byte(head + c.spec)}}, "p.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.spec, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + "  podSelector: {}\n  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80, endPort: 90}]}]\n")
	f.Add("\ufeff" + strings.ReplaceAll(head, "\n", "\r\n"))
	f.Add("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n" + head)
	f.Add(strings.Repeat("[", 3000) + "\x00")
	f.Add("kind: List\napiVersion: v1\nitems:\n- kind: NetworkPolicy\n  apiVersion: networking.k8s.io/v1\n  spec:\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Read(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
		var mistake *fact.Error
		if err != nil && !errors.As(err, &mistake) {
			t.Fatalf("an error without a place: %v", err)
		}
	})
}

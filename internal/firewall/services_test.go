package firewall

import "testing"

func TestService(t *testing.T) {
	for _, c := range []struct {
		name, protocol string
		port           uint16
		ok             bool
	}{
		{"ssh", "tcp", 22, true},
		{"ssh", "udp", 0, false},
		{"ssh", "", 22, true},
		{"domain", "udp", 53, true},
		{"www", "tcp", 80, true},
		{"bootps", "", 67, true},
		{"postgresql", "tcp", 5432, true},
		{"shell", "tcp", 514, true},
		{"syslog", "udp", 514, true},
		{"nosuch", "", 0, false},
	} {
		if port, ok := Service(c.name, c.protocol); port != c.port || ok != c.ok {
			t.Errorf("%s/%s is %d, %v", c.name, c.protocol, port, ok)
		}
	}
}

func TestProtocolNumber(t *testing.T) {
	for name, want := range map[string]uint8{"tcp": 6, "UDP": 17, "icmp": 1, "ipv6-icmp": 58, "icmpv6": 58, "esp": 50, "ospf": 89, "hopopt": 0} {
		if n, ok := ProtocolNumber(name); n != want || !ok {
			t.Errorf("%s is %d, %v", name, n, ok)
		}
	}
	if _, ok := ProtocolNumber("tpc"); ok {
		t.Error("tpc is a protocol")
	}
}

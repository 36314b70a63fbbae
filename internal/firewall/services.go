package firewall

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// The registered names that Debian's services(5) and protocols(5) know; the numbers are IANA's. A line of services.txt is
// name, port and the protocols that have it, the first of them first; a line of protocols.txt is name and number.
var (
	//go:embed services.txt
	servicesText string
	//go:embed protocols.txt
	protocolsText string
)

type service struct{ name, protocol string }

var services = sync.OnceValue(func() map[service]uint16 {
	all := make(map[service]uint16)
	for line := range strings.Lines(servicesText) {
		f := strings.Fields(line)
		port, _ := strconv.ParseUint(f[1], 10, 16)
		for _, protocol := range append(strings.Split(f[2], ","), "") {
			if _, known := all[service{f[0], protocol}]; !known {
				all[service{f[0], protocol}] = uint16(port)
			}
		}
	}
	return all
})

var protocols = sync.OnceValue(func() map[string]uint8 {
	all := make(map[string]uint8)
	for line := range strings.Lines(protocolsText) {
		f := strings.Fields(line)
		number, _ := strconv.ParseUint(f[1], 10, 8)
		all[f[0]] = uint8(number)
	}
	return all
})

// Service is the port of a service's name, as services(5) has it for a protocol: "tcp", "udp", "sctp"; for "" the port of
// whichever protocol has that name, TCP's first.
func Service(name, protocol string) (port uint16, ok bool) {
	port, ok = services()[service{name, protocol}]
	return port, ok
}

// ProtocolNumber is the number of a transport protocol's name, in lower or upper case, as protocols(5) has it.
func ProtocolNumber(name string) (number uint8, ok bool) {
	number, ok = protocols()[strings.ToLower(name)]
	return number, ok
}

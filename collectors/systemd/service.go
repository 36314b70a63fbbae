package systemd

import (
	"slices"
	"strings"
)

// Service is how a service runs: systemd.service(5), and its limits by systemd.exec(5) and
// systemd.resource-control(5). The texts are as typed, and "" where nothing is set.
type Service struct {
	// Restart is when it is started again: "no" where nothing valid is set.
	Restart string `json:"restart"`
	// WatchdogSec and TimeoutStopSec are spans of time.
	WatchdogSec    string `json:"watchdog_sec"`
	TimeoutStopSec string `json:"timeout_stop_sec"`
	// MemoryMax and TasksMax bound the service as a whole.
	MemoryMax string `json:"memory_max"`
	TasksMax  string `json:"tasks_max"`
	// LimitCore is LimitCORE=: how much of the memory a crash writes to disk.
	LimitCore string `json:"limit_core"`
	// LoadsCredentials is true where LoadCredential= or its like hand secrets over.
	LoadsCredentials bool `json:"loads_credentials"`
}

func (b *builder) service(n node) Service {
	header := b.unit.header("Service")
	for _, name := range []string{"restart", "watchdog_sec", "timeout_stop_sec", "memory_max", "tasks_max", "limit_core", "loads_credentials"} {
		n.key(name).at(header)
	}
	s := Service{
		Restart:        b.choice(n.key("restart"), "Service", "Restart", "no", "always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog"),
		WatchdogSec:    b.text(n.key("watchdog_sec"), "Service", "WatchdogSec"),
		TimeoutStopSec: b.text(n.key("timeout_stop_sec"), "Service", "TimeoutStopSec"),
		MemoryMax:      b.text(n.key("memory_max"), "Service", "MemoryMax"),
		TasksMax:       b.text(n.key("tasks_max"), "Service", "TasksMax"),
		LimitCore:      b.text(n.key("limit_core"), "Service", "LimitCORE"),
	}
	if s.Restart == "" {
		s.Restart = "no"
	}
	for _, key := range []string{"LoadCredential", "LoadCredentialEncrypted", "SetCredentialEncrypted", "ImportCredential"} {
		s.LoadsCredentials = s.LoadsCredentials || lastValue(b.unit, "Service", key) != ""
	}
	return s
}

// Ignored is a value that systemd cannot read and leaves out: what was set before it stays in effect.
type Ignored struct {
	// Name is the setting, Value what stands there, and Expected what may.
	Name     string `json:"name"`
	Value    string `json:"value"`
	Expected string `json:"expected"`
}

// ignored are the settings with a few known values that have another. Newer versions of systemd know further values
// of some settings, all of them words: those are not told.
func (b *builder) ignored(n node) []Ignored {
	list := []Ignored{}
	for _, e := range b.unit.entries {
		if e.section != "Service" || e.value == "" || e.key == "DynamicUser" {
			continue
		}
		_, isBoolean := boolean(e.value)
		expected := choices[e.key]
		if slices.Contains(booleans, e.key) {
			expected = []string{"yes", "no"}
		}
		boolish := slices.Contains(expected, "yes")
		if expected == nil || boolish && isBoolean || slices.Contains(expected, e.value) || newer(e) {
			continue
		}
		n.index(len(list)).entry(e)
		list = append(list, Ignored{Name: e.key, Value: e.value, Expected: strings.Join(expected, ", ")})
	}
	return list
}

// newer tells whether a value is one that versions after 252 know.
func newer(e *entry) bool {
	switch e.key {
	case "PrivateTmp":
		return e.value == "disconnected"
	case "PrivateUsers":
		return e.value == "self" || e.value == "identity" || e.value == "full" || e.value == "managed"
	case "ProtectControlGroups":
		return e.value == "private" || e.value == "strict"
	case "ProtectHostname":
		return strings.HasPrefix(e.value, "private") || strings.HasPrefix(e.value, "yes:")
	}
	return false
}

package systemd

import (
	"cmp"
	"slices"
	"strings"
)

// Service is how a service runs: systemd.service(5), and its bounds by systemd.exec(5) and systemd.resource-control(5).
type Service struct {
	// Restart is when it is started again: "no" where nothing valid is set.
	Restart string `json:"restart"`
	// RestartSec, WatchdogSec, TimeoutStartSec, TimeoutStopSec and RuntimeMaxSec are spans of time. WatchdogSec= of 0
	// switches the watchdog off, and a timeout of 0 is none.
	RestartSec      Amount `json:"restart_sec"`
	WatchdogSec     Amount `json:"watchdog_sec"`
	TimeoutStartSec Amount `json:"timeout_start_sec"`
	TimeoutStopSec  Amount `json:"timeout_stop_sec"`
	RuntimeMaxSec   Amount `json:"runtime_max_sec"`
	// StartLimitIntervalSec and StartLimitBurst bound how often it is started: 5 times in 10 seconds where they are not
	// set, and without a bound where one of them is 0.
	StartLimitIntervalSec Amount `json:"start_limit_interval_sec"`
	StartLimitBurst       Amount `json:"start_limit_burst"`
	// MemoryMax, MemoryHigh, MemorySwapMax, TasksMax and CPUQuota bound the service as a whole.
	MemoryMax     Amount `json:"memory_max"`
	MemoryHigh    Amount `json:"memory_high"`
	MemorySwapMax Amount `json:"memory_swap_max"`
	TasksMax      Amount `json:"tasks_max"`
	CPUQuota      Amount `json:"cpu_quota"`
	// LimitCore, LimitNofile, LimitNproc, LimitMemlock and LimitFsize bound each process. LimitCore is how much of the
	// memory a crash writes to disk.
	LimitCore    Limit `json:"limit_core"`
	LimitNofile  Limit `json:"limit_nofile"`
	LimitNproc   Limit `json:"limit_nproc"`
	LimitMemlock Limit `json:"limit_memlock"`
	LimitFsize   Limit `json:"limit_fsize"`
	// OnDemand is what starts it whenever it is needed, as far as the unit says so: a socket unit, a connection, D-Bus; or
	// "another unit" where a packaged unit is not to be enabled by itself. It is "" for others.
	OnDemand string `json:"on_demand"`
	// LoadsCredentials is true where LoadCredential= or its like hand secrets over.
	LoadsCredentials bool `json:"loads_credentials"`
}

func (b *builder) service(n node, section string) Service {
	if n.spans != nil {
		for _, name := range serviceFields {
			n.key(name).at(b.unit.header(section))
		}
	}
	own := func(name, setting string) Amount { return b.amount(n.key(name), b.unit.all(section, setting)) }
	bound := func(name, setting string) Limit {
		return b.limit(n.key(name), b.unit.all(section, setting), limits[setting])
	}
	s := Service{
		Restart:               b.choice(n.key("restart"), "Service", "Restart", choices["Restart"]...),
		RestartSec:            own("restart_sec", "RestartSec"),
		WatchdogSec:           own("watchdog_sec", "WatchdogSec"),
		TimeoutStartSec:       b.amount(n.key("timeout_start_sec"), b.unit.either("TimeoutStartSec", "TimeoutSec")),
		TimeoutStopSec:        b.amount(n.key("timeout_stop_sec"), b.unit.either("TimeoutStopSec", "TimeoutSec")),
		RuntimeMaxSec:         own("runtime_max_sec", "RuntimeMaxSec"),
		StartLimitIntervalSec: b.amount(n.key("start_limit_interval_sec"), b.unit.either("StartLimitIntervalSec", "StartLimitInterval")),
		StartLimitBurst:       b.amount(n.key("start_limit_burst"), b.unit.either("StartLimitBurst")),
		MemoryMax:             own("memory_max", "MemoryMax"),
		MemoryHigh:            own("memory_high", "MemoryHigh"),
		MemorySwapMax:         own("memory_swap_max", "MemorySwapMax"),
		TasksMax:              own("tasks_max", "TasksMax"),
		CPUQuota:              own("cpu_quota", "CPUQuota"),
		LimitCore:             bound("limit_core", "LimitCORE"),
		LimitNofile:           bound("limit_nofile", "LimitNOFILE"),
		LimitNproc:            bound("limit_nproc", "LimitNPROC"),
		LimitMemlock:          bound("limit_memlock", "LimitMEMLOCK"),
		LimitFsize:            bound("limit_fsize", "LimitFSIZE"),
	}
	if s.Restart == "" {
		s.Restart = "no"
	}
	s.OnDemand = b.onDemand(n.key("on_demand"))
	for _, key := range credentialSettings {
		s.LoadsCredentials = s.LoadsCredentials || lastValue(b.unit, section, key) != ""
	}
	return s
}

// onDemand finds what starts a service again when it has ended: what it requires and what its output is.
func (b *builder) onDemand(n node) string {
	if b.unit.kind != "service" || b.unit.masked || b.unit.partial {
		return ""
	}
	for _, at := range [][2]string{{"Service", "Sockets"}, {"Unit", "Requires"}, {"Unit", "BindsTo"}, {"Install", "Also"}} {
		for _, e := range b.unit.all(at[0], at[1]) {
			for _, name := range strings.Fields(e.value) {
				if strings.HasSuffix(name, ".socket") {
					n.entry(e)
					return name
				}
			}
		}
	}
	enabled := lastValue(b.unit, "Install", "WantedBy") != "" || lastValue(b.unit, "Install", "RequiredBy") != ""
	switch {
	case lastValue(b.unit, "Service", "StandardInput") == "socket":
		n.entry(latest(b.unit.all("Service", "StandardInput")))
		return "a connection"
	case !enabled && b.unit.busName():
		n.entry(latest(b.unit.all("Service", "BusName")))
		return "D-Bus"
	case !enabled && packaged(b.unit.path):
		return "another unit"
	}
	return ""
}

var serviceFields = strings.Fields(`restart restart_sec watchdog_sec timeout_start_sec timeout_stop_sec runtime_max_sec start_limit_interval_sec
	start_limit_burst memory_max memory_high memory_swap_max tasks_max cpu_quota limit_core limit_nofile limit_nproc limit_memlock limit_fsize
	on_demand loads_credentials`)

// either are the assignments of settings that mean the same, wherever they stand, in order.
func (u *unit) either(keys ...string) []*entry {
	var list []*entry
	for _, e := range u.entries {
		if slices.Contains(keys, e.key) {
			list = append(list, e)
		}
	}
	return list
}

// amount is what the last valid assignment says.
func (b *builder) amount(n node, entries []*entry) Amount {
	a := Amount{Value: -1}
	for _, e := range entries {
		m := measures[e.key]
		if e.value == "" && m.resets {
			a = Amount{Value: -1}
			n.entry(e)
		} else if got, ok := m.read(e.value); ok {
			a = got
			n.entry(e)
		}
	}
	return a
}

func (b *builder) limit(n node, entries []*entry, half func(string) (float64, bool)) Limit {
	l := Limit{Soft: -1, Hard: -1}
	for _, e := range entries {
		if e.value == "" {
			l = Limit{Soft: -1, Hard: -1}
			n.entry(e)
		} else if got, ok := limit(e.value, half); ok {
			l = got
			n.entry(e)
		}
	}
	return l
}

// Ignored is a value that systemd cannot read and leaves out: what was set before it stays in effect.
type Ignored struct {
	// Name is the setting, Value what stands there, or the word of a list, and Expected what may, or the nearest that may.
	Name     string `json:"name"`
	Value    string `json:"value"`
	Expected string `json:"expected"`
}

// ignored are the settings with a few known values, booleans, sizes and spans that have another, and the wrong words of lists. Newer
// versions of systemd know further values of some settings, all of them words: those are not told.
func (b *builder) ignored(n node) []Ignored {
	list := []Ignored{}
	for _, e := range b.unit.entries {
		r := readings[e.key]
		if r == nil || e.value == "" || e.key == "DynamicUser" || e.section == "Install" || e.key == "Type" && e.section != "Service" {
			continue
		}
		if r.list == nil {
			if !r.takes(e) {
				n.index(len(list)).entry(e)
				list = append(list, Ignored{Name: e.key, Value: e.value, Expected: r.expected})
			}
			continue
		}
		for _, w := range b.unit.wrongWords(e, r.list) {
			n.index(len(list)).part(e, w.from, w.to)
			one := Ignored{Name: e.key, Value: w.text, Expected: r.list.expected}
			if r.list.names != nil && len(list) < maxNearest {
				one.Expected = cmp.Or(meant(w.text, r.list.names()), one.Expected)
			}
			list = append(list, one)
		}
	}
	return list
}

// A reading says what values a setting takes: one of a few words, what a measure or a limit reads, or a list.
type reading struct {
	list    *listed
	words   []string
	measure func(string) (Amount, bool)
	limit   func(string) (float64, bool)
	// expected is what it takes, for people.
	expected string
}

// readings are those of all settings of which the values are judged.
var readings = func() map[string]*reading {
	all := map[string]*reading{}
	for name, words := range choices {
		all[name] = &reading{words: words, expected: alternatives(words)}
	}
	for name := range isSwitch {
		all[name] = &reading{words: yesNo, expected: alternatives(yesNo)}
	}
	for name, half := range limits {
		all[name] = &reading{limit: half, expected: "a limit such as 1024 or 512:1024, or infinity"}
	}
	for name, words := range map[string]string{
		"Type": "simple exec forking oneshot dbus notify notify-reload idle", "KillMode": "control-group mixed process none",
		"OOMPolicy": "continue stop kill", "ExitType": "main cgroup",
	} {
		all[name] = &reading{words: strings.Fields(words), expected: alternatives(strings.Fields(words))}
	}
	for name, list := range lists {
		all[name] = &reading{list: &list}
	}
	for name, m := range measures {
		all[name] = &reading{measure: m.read, expected: m.expected}
	}
	return all
}()

// takes tells whether systemd can read a value.
func (r *reading) takes(e *entry) (ok bool) {
	switch {
	case r.measure != nil:
		_, ok = r.measure(e.value)
	case r.limit != nil:
		_, ok = limit(e.value, r.limit)
	case slices.Contains(r.words, e.value):
		return true
	default:
		_, is := boolean(e.value)
		ok = is && slices.Contains(r.words, "yes") || newer(e)
	}
	return ok
}

// alternatives joins words: "no, yes or strict".
func alternatives(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

var yesNo = []string{"yes", "no"}

// isSwitch has the settings that are booleans, in whatever section.
var isSwitch = func() map[string]bool {
	all := map[string]bool{}
	for _, name := range append(strings.Fields(`PrivateIPC RemainAfterExit GuessMainPID NonBlocking SendSIGKILL SendSIGHUP IgnoreSIGPIPE MountAPIVFS
		SyslogLevelPrefix CPUSchedulingResetOnFork Accept Writable KeepAlive NoDelay ReusePort Transparent FreeBind Broadcast PassCredentials
		PassSecurity RemoveOnStop FlushPending Persistent WakeSystem RemainAfterElapse MakeDirectory DefaultDependencies
		RefuseManualStart RefuseManualStop StopWhenUnneeded IgnoreOnIsolate AllowIsolate CPUAccounting MemoryAccounting TasksAccounting
		IOAccounting IPAccounting`), booleans...) {
		all[name] = true
	}
	return all
}()

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

package systemd

import (
	"fmt"
	"testing"
)

func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{
		"MemoryMax=512M":                            "536870912",
		"MemoryMax=1G 512M":                         "1610612736",
		"MemoryMax=1.5K":                            "1536",
		"MemoryMax=512M\nMemoryMax=512MB":           "536870912 ignored",
		"MemoryMax=0":                               "unset ignored",
		"MemoryMax=50%":                             "50%",
		"MemoryMax=101%":                            "unset ignored",
		"MemoryMax=infinity":                        "infinite",
		"MemoryMax=1G\nMemoryMax=":                  "unset",
		"TasksMax=0x10":                             "16",
		"TasksMax=12.5%":                            "12.5%",
		"TasksMax=0":                                "unset ignored",
		"CPUQuota=200%":                             "200%",
		"CPUQuota=2":                                "unset ignored",
		"WatchdogSec=0":                             "0",
		"WatchdogSec=1min 30":                       "90",
		"WatchdogSec=1.5h":                          "5400",
		"WatchdogSec=30\nWatchdogSec=":              "30",
		"WatchdogSec=30 # s":                        "unset ignored",
		"TimeoutStopSec=0":                          "infinite",
		"TimeoutSec=5\nTimeoutStopSec=7ms":          "0.007",
		"TimeoutStopSec=7\nTimeoutSec=5":            "5",
		"StartLimitInterval=30":                     "30",
		"[Unit]\nStartLimitIntervalSec=1d":          "86400",
		"LimitCORE=0":                               "0:0",
		"LimitCORE=0:infinity":                      "0:-1",
		"LimitCORE=infinity":                        "-1:-1",
		"LimitCORE=2:1":                             "unset ignored",
		"LimitCORE=1K:1M":                           "1024:1.048576e+06",
		"LimitNOFILE=1024:524288":                   "1024:524288",
		"LimitNOFILE=64K":                           "unset ignored",
		"LimitNOFILE=0\nLimitNOFILE=":               "unset",
		"[Unit]\nStartLimitBurst=-1":                "unset ignored",
		"[Unit]\nStartLimitBurst=0\n[Service]\nA=1": "0",
	} {
		f, err := collectText(t, "[Service]\nExecStart=/bin/app\n"+text+"\n")
		if err != nil {
			t.Error(err)
		}
		got := "unset"
		r := f.Running
		for _, l := range []Limit{r.LimitCore, r.LimitNofile} {
			if l.Set {
				got = fmt.Sprintf("%g:%g", l.Soft, l.Hard)
			}
		}
		for _, a := range []Amount{r.MemoryMax, r.TasksMax, r.CPUQuota, r.WatchdogSec, r.TimeoutStopSec, r.StartLimitIntervalSec, r.StartLimitBurst} {
			switch {
			case a.Infinite:
				got = "infinite"
			case a.Percent:
				got = fmt.Sprintf("%g%%", a.Value)
			case a.Set:
				got = fmt.Sprintf("%.10g", a.Value)
			}
		}
		if len(f.Ignored) > 0 {
			got += " ignored"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestSpans holds spans of time against what systemd-analyze timespan of version 252 says.
func TestSpans(t *testing.T) {
	for text, want := range map[string]float64{
		"90": 90, "5min": 300, "1h 30min": 5400, "1.5": 1.5, "5 6": 11, "12.34 .56": 12.9, "1y": 31557600, "1M": 2629800, "5ms": 0.005, "+5": 5,
		"5s6m": 365, ".5": 0.5, "1 s": 1, " 2w ": 1209600, "infinity x": -1, "": -1, "-1": -1, "12.34.56": -1, "3.": -1, "3.+1": -1, "3. 1": -1, "5ss": -1,
		"99999999999999999999": -1, "18446744073710": -1, "3.sec": -1,
	} {
		if got, ok := secondsOf(text); ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, ok, want)
		}
	}
}

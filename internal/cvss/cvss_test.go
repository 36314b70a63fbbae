package cvss

import "testing"

func TestRate(t *testing.T) {
	for vector, want := range map[string]string{
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H":                    "critical",
		"CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H":                    "medium",
		"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N": "high",
		"AV:N/AC:L/Au:N/C:N/I:N/A:P":                                      "medium",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N":                    "none",
		"CVSS:3.1/AV:N": "unknown", "CVSS:4.0/x": "unknown", "": "unknown", "CVSS:3.0/": "unknown",
	} {
		if _, got := Rate(vector); got != want {
			t.Errorf("%s: got %s, want %s", vector, got, want)
		}
	}
}

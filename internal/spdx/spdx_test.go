package spdx

import "testing"

func TestValid(t *testing.T) {
	for text, want := range map[string]bool{
		"MIT": true, "mit": true, "Apache-2.0 OR MIT": true, "(MIT AND BSD-3-Clause) OR GPL-2.0-only": true,
		"GPL-2.0-only WITH Classpath-exception-2.0": true, "Apache-2.0+": true, "GPL-2.0": true,
		"LicenseRef-acme AND MIT": true, "DocumentRef-a:LicenseRef-b": true,
		"": false, "not-spdx": false, "MIT OR": false, "OR MIT": false, "(MIT": false, "MIT)": false, "MIT MIT": false,
		"GPL-2.0-only WITH": false, "GPL-2.0-only WITH none": false, "(MIT) WITH Classpath-exception-2.0": false,
		"Apache 2.0": false, "LicenseRef-": false, "DocumentRef-a": false, "()": false,
	} {
		if got := Valid(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

package spdx

import (
	"fmt"
	"strings"
	"testing"
)

func TestAlternatives(t *testing.T) {
	for text, want := range map[string]string{
		"MIT":                                   "[[MIT]]",
		"mit OR apache-2.0":                     "[[MIT] [Apache-2.0]]",
		"MIT/Apache-2.0":                        "[[MIT] [Apache-2.0]]",
		"MIT AND (ISC OR Zlib)":                 "[[MIT ISC] [MIT Zlib]]",
		"MIT OR ISC AND OpenSSL":                "[[MIT] [ISC OpenSSL]]",
		"(MIT OR Apache-2.0) AND Unicode-3.0":   "[[MIT Unicode-3.0] [Apache-2.0 Unicode-3.0]]",
		"Apache-2.0 WITH LLVM-exception OR MIT": "[[Apache-2.0 WITH LLVM-exception] [MIT]]",
		"GPL-2.0+":                              "[[GPL-2.0+]]",
		"Apache-2.0+":                           "[[Apache-2.0+]]",
		"LicenseRef-acme":                       "[[LicenseRef-acme]]",
		"DocumentRef-a:LicenseRef-b":            "[[DocumentRef-a:LicenseRef-b]]",
		"nonsense":                              `"nonsense" is no license expression of SPDX`,
		"MIT OR":                                `"MIT OR" is no license expression of SPDX`,
		strings.Repeat("(MIT OR ISC) AND ", 9) + "MIT": "too many alternatives",
		strings.Repeat("MIT OR ", 70) + "MIT":          "too many alternatives",
		strings.Repeat("MIT AND ", 300) + "MIT":        "too many alternatives",
		strings.Repeat("x", 90):                        `"` + strings.Repeat("x", 80) + `..." is no license expression of SPDX`,
	} {
		got, err := Alternatives(text)
		said := fmt.Sprint(got)
		if err != nil {
			said = err.Error()
		}
		if said != want {
			t.Errorf("%s: got %s, want %s", text, said, want)
		}
	}
}

func TestOf(t *testing.T) {
	for _, test := range []struct {
		text, file string
		set        bool
		want       string
	}{
		{"MIT", "", true, "expression"},
		{"MIT", "LICENSE", true, "expression"},
		{"", "LICENSE", false, "file"},
		{" ", "", true, "empty"},
		{"", "", false, "none"},
		{"ours", "", true, "unreadable"},
	} {
		if got := Of(test.text, test.set, test.file); got.State != test.want || got.Alternatives == nil {
			t.Errorf("%+v: got %+v", test, got)
		}
	}
}

func FuzzAlternatives(f *testing.F) {
	for _, text := range []string{"MIT/Apache-2.0", "((MIT)) AND ISC", "(", "MIT WITH", strings.Repeat("(", 5000), "\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if all, err := Alternatives(text); err == nil && (len(all) == 0 || len(all) > maxAlternatives) {
			t.Errorf("%q: %v", text, all)
		}
	})
}

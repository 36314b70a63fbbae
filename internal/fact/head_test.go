package fact

import (
	"testing"
	"testing/fstest"
)

func TestHead(t *testing.T) {
	for data, want := range map[string]string{
		"":                                   "",
		"a":                                  "a",
		"kind: Pod\r\n":                      "kind: Pod\r\n",
		"# a\rkind: Pod\r\n":                 "# a\nkind: Pod\n",
		"# a\u0085kind:\u2028Pod\u2029":      "# a\nkind:\nPod\n",
		"\xff\xfek\x00i\x00n\x00d\x00\r\x00": "\ufeffkind\n",
		"\xfe\xff\x00k\x00i\x00n\x00d":       "\ufeffkind",
		"k\x00i\x00n\x00d\x00":               "kind",
		"\x00k\x00i\x00n":                    "kin",
		"\x7fELF\x02\x01\x01\x00":            "\x7fELF\x02\x01\x01\x00",
	} {
		got, err := Head(fstest.MapFS{"a": {Data: []byte(data)}}, "a")
		if err != nil || string(got) != want {
			t.Errorf("%q: got %q, %v", data, got, err)
		}
	}
}

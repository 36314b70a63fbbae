package nftables

import (
	"encoding/json"
	"testing"
)

// The parser takes what encoding/json takes.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,-2.5e+3,"x\u00e9\n",true,false,null,{}]}`, `[]`, `[1,]`, `{"a"}`, `{"a":1,}`, `01`, `"\x"`, "\"\t\"", `[1 2]`, ` [ ] `, `nul`, `-`, `{"a":1,"a":2}`, `"é" x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var v any
		good := json.Unmarshal([]byte(text), &v) == nil
		func() {
			defer func() {
				if r, ok := recover().(refusal); ok {
					if good && r.err.Msg[:9] == "the JSON " && r.err.Msg != "the JSON is nested too deep" {
						t.Errorf("%q is refused: %s", text, r.err.Msg)
					}
					good = true
				}
			}()
			j := newJSONText(text)
			j.value(0)
			if j.peek() != 0 {
				j.broken()
			}
			if !good && j.at == len(text) {
				t.Errorf("%q is taken", text)
			}
		}()
	})
}

package listen

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

func collected(text string) ([]fact.Document, error) {
	return collect(context.Background(), fstest.MapFS{"sallyport.toml": {Data: []byte(text)}}, "sallyport.toml")
}

func TestPorts(t *testing.T) {
	docs, err := collected("fail_on = 'high'\n[[listen]]\nport = 8080\n\n[[listen]]\nport = '8000-8010'\nprotocol = 'udp'\ncomment = 'media'\n")
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	want := Facts{Path: "sallyport.toml", Ports: []Port{
		{Name: "tcp/8080", Protocol: "tcp", First: 8080, Last: 8080},
		{Name: "udp/8000-8010", Protocol: "udp", First: 8000, Last: 8010, Comment: "media"},
	}}
	if diff := cmp.Diff(want, docs[0].Facts); diff != "" {
		t.Error(diff)
	}
	if at := docs[0].Locate(fact.Path{"ports", 1}); at.Line != 5 {
		t.Errorf("the second stands in line %d", at.Line)
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[[listen]]\nport = 0\n":                         "sallyport.toml:1:1: listen: port is 0",
		"[[listen]]\nport = '80-'\n":                     "",
		"[[listen]]\nport = '90-80'\n":                   "not one from 1 to 65535",
		"[[listen]]\n":                                   "listen: port is <nil>",
		"[[listen]]\nport = 80\nprotocol = 'icmp'\n":     "protocol is icmp",
		"[[listen]]\nport = 1\n[[listen]]\nport = 'x'\n": "sallyport.toml:3:1",
	} {
		_, err := collected(text)
		if want == "" && err == nil {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	if docs, err := collected("fail_on = 'high'\n"); len(docs) > 0 || err != nil {
		t.Error(docs, err)
	}
}

func FuzzCollect(f *testing.F) {
	f.Add("[[listen]]\nport = 80\n")
	f.Add("listen = [1, 'a', {port = '1-2'}]\r\n")
	f.Add("\xef\xbb\xbf[[listen]]\x00")
	f.Fuzz(func(t *testing.T, text string) {
		docs, _ := collected(text)
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Fatal(err)
			}
		}
	})
}

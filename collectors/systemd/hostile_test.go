package systemd

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// counted is a text of n lines that differ in a number.
func counted(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// TestHostile collects long units made to take quadratic time. It has no clock: with the cost of a
// quadratic reading it would run into the time limit of go test.
func TestHostile(t *testing.T) {
	const n = 100_000
	for name, unit := range map[string]string{
		"words":       "Environment=" + strings.Repeat("A=b ", n) + "\nExecStart=/bin/a " + strings.Repeat("a ", n),
		"expansions":  "ExecStart=/bin/a " + strings.Repeat("$(", n) + strings.Repeat("${", n),
		"urls":        "ExecStart=/bin/a " + strings.Repeat("://", n) + strings.Repeat("://a:b@", n/8),
		"passwords":   "ExecStart=/bin/a \\\n" + strings.ReplaceAll(counted(n/20, "--password hunter%07d"), "\n", " \\\n"),
		"secrets":     counted(n/20, "Environment=DB_PASSWORD=hunter%07d"),
		"commands":    "ReadWritePaths=" + strings.Repeat("/a ", n/3) + "\nExecStart=/bin/a " + strings.Repeat("; /bin/b ", n/9),
		"continued":   "ExecStart=/bin/a \\\n" + strings.Repeat("x \\\n", n),
		"unknown":     counted(n/10, "ProtectX%d=1"),
		"sections":    counted(n/10, "[Serv%d]\nA=1"),
		"resets":      strings.Repeat("ExecStart=/bin/a\nExecStart=\n", n/10),
		"backslashes": "ExecStart=" + strings.Repeat(`\`, n) + "\n" + strings.Repeat("\\\n", n),
		"long line":   "ExecStart=/bin/a " + strings.Repeat("a", maxLine),
	} {
		t.Run(name, func(t *testing.T) {
			docs, err := collect(context.Background(), fstest.MapFS{"app.service": {Data: []byte("[Service]\n" + unit + "\n")}}, "app.service")
			if len(docs) != 1 {
				t.Fatal(err)
			}
			if err := facttest.Whole(docs[0].Facts); err != nil {
				t.Error(err)
			}
			docs[0].Locate(fact.Path{"exec", 0})
		})
	}
}

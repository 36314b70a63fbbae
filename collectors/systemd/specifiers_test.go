package systemd

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestSpecifiers holds where specifiers are known, and where they stay.
func TestSpecifiers(t *testing.T) {
	const unit = `[Unit]
Description=Queue %i of %p
[Service]
User=q-%i
StateDirectory=%p/%i
ReadWritePaths=-%S/%p/x
Environment=SOCKET=%t/%n.sock HALF=50%% HOST=%H
EnvironmentFile=-%E/%N
LoadCredential=%i:%E/keys/%I
WorkingDirectory=%T
ExecStart=/usr/bin/%p --shard %i --rate 9%% --home %h
`
	for name, test := range map[string]struct{ file, text, want string }{
		"plain": {
			"queue.service", unit,
			"Queue  of queue|q-|queue/|/var/lib/queue/x|SOCKET=/run/queue.service.sock HALF=50% HOST=%H|/etc/queue|:/etc/keys/|/usr/bin/queue --shard  --rate 9% --home /root",
		},
		"template": {
			"queue@.service", unit,
			"Queue %i of queue|q-%i|queue/%i|/var/lib/queue/x|SOCKET=/run/%n.sock HALF=50% HOST=%H|/etc/%N|%i:/etc/keys/%I|/usr/bin/queue --shard %i --rate 9% --home /root",
		},
		"instance": {
			"queue@blue-1.service", unit,
			"Queue blue-1 of queue|q-blue-1|queue/blue-1|/var/lib/queue/x|SOCKET=/run/queue@blue-1.service.sock HALF=50% HOST=%H|/etc/queue@blue-1|blue-1:/etc/keys/blue/1|/usr/bin/queue --shard blue-1 --rate 9% --home /root",
		},
		"user's manager": {
			"usr/lib/systemd/user/queue.service", "[Service]\nUser=%u\nStateDirectory=%p\nReadWritePaths=%S/a\nExecStart=%h/bin/%p\n",
			"|%u|queue|%S/a|||%h/bin/queue",
		},
		"no specifier":    {"queue.service", "[Service]\nExecStart=/bin/queue\nEnvironment=A=%p%z\n", "||||A=%p%z||/bin/queue"},
		"drop-in of many": {"queue-.service.d/10-all.conf", "[Service]\nStateDirectory=%p\nReadWritePaths=%S/a\n", "||%p|/var/lib/a|||"},
	} {
		t.Run(name, func(t *testing.T) {
			docs, _ := New(Options{}).Collect(context.Background(), fstest.MapFS{test.file: {Data: []byte(test.text)}}, test.file)
			f := docs[0].Facts.(Unit)
			if diff := cmp.Diff(test.want, strings.Join(resolved(&f), "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// resolved are facts in which specifiers may stand.
func resolved(f *Unit) []string {
	var paths, variables, files, commands []string
	for _, p := range f.Filesystem.ReadWritePaths {
		paths = append(paths, p.Name)
	}
	for _, v := range f.Environment {
		variables = append(variables, v.Name+"="+v.Value)
	}
	for _, file := range f.EnvironmentFiles {
		files = append(files, file.Name)
	}
	for _, c := range f.LoadedCredentials {
		files = append(files, c.Name+":"+c.Path)
	}
	for _, c := range f.Exec {
		commands = append(commands, strings.Join(c.Argv, " "))
	}
	list := []string{f.Description, f.Identity.User, strings.Join(f.Filesystem.StateDirectory, " "), strings.Join(paths, " "), strings.Join(variables, " ")}
	return append(append(list, strings.Join(files, "|")), strings.Join(commands, " "))
}

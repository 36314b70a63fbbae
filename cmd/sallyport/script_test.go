package main

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sallyport/internal/imagepack"
)

var update = flag.Bool("update", false, "rewrite the expected output of the stories")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sallyport": main})
}

// TestStories runs testdata/script: each story is a file that holds input, command and whole output.
func TestStories(t *testing.T) {
	services, err := filepath.Abs("../../testdata/services")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SERVICES", services)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".xdg"))
			env.Setenv("NOW", "2026-11-20T12:00:00Z")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":  exits,
			"delete": deleteLine,
			"pack":   pack,
		},
		RequireExplicitExec: true,
	})
}

// pack makes an image of a folder, whose files are named as package imagepack says: pack IMAGE.tar FOLDER.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack IMAGE.tar FOLDER")
	}
	var files []imagepack.File
	dir := ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, file)
		data, err := os.ReadFile(file)
		files = append(files, imagepack.File{Name: name, Data: data})
		return err
	}))
	data, err := imagepack.Archive("ledger:1.4.2", files)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// exits runs a command and demands its exit code: exits CODE COMMAND [ARG...].
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		code, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = code.ExitCode()
	}
	if want := args[0]; want != string(rune('0'+got)) {
		ts.Fatalf("exit code %d, want %s", got, want)
	}
}

// deleteLine takes the only line that holds a text out of a file: delete FILE TEXT.
func deleteLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: delete FILE TEXT")
	}
	file := ts.MkAbs(args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	rest, ok := without(string(text), args[1])
	if !ok {
		ts.Fatalf("%s does not hold the line %q once", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, []byte(rest), 0o644))
}

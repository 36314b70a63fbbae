package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/anchore/syft/syft/sbom"
)

// A pipe, as /dev/null, is written to and stays what it is.
func TestWriteIntoPipe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Skip(err)
	}
	read := make(chan int)
	go func() {
		data, _ := os.ReadFile(file)
		read <- len(data)
	}()
	if err := (output{format: "syft-json", file: file}).write(&sbom.SBOM{}, io.Discard, 1<<20); err != nil {
		t.Fatal(err)
	}
	if n := <-read; n == 0 {
		t.Error("nothing came through the pipe")
	}
	if info, err := os.Stat(file); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is gone: %v, %v", info, err)
	}
}

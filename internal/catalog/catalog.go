// Package catalog finds and runs sallyport-catalog, the second binary, which makes bills of materials with syft.
package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Program is the name of the second binary.
const Program = "sallyport-catalog"

// Formats are what it writes.
var Formats = []string{"cyclonedx-json", "cyclonedx-xml", "spdx-json", "spdx-tag-value", "syft-json"}

// Sources are what it reads.
var Sources = []string{"dir", "file", "oci-dir", "oci-archive", "docker-archive"}

// ErrAbsent is the error where the second binary is not there.
var ErrAbsent = errors.New(Program + " is neither beside this program nor in PATH: 'make build' writes both to bin/; install them into the same folder")

// Limits bound a run; a zero is the default of the second binary.
type Limits struct {
	// Memory is in bytes, and so is Unpacked, what may lie on disk while the run lasts.
	Memory, Unpacked int64
	// Time is how long the run may take.
	Time time.Duration
}

// DefaultTime bounds a run where Limits does not.
const DefaultTime = 10 * time.Minute

// A Request is one run.
type Request struct {
	// Path is what is catalogued.
	Path string
	// Source is one of Sources, or "" to tell it by the contents.
	Source string
	// Image is which image, where several are in it: its digest, its name or its platform. Each is all of them; their
	// documents follow one another on Stdout, in the one format of Outputs.
	Image string
	Each  bool
	// Name is what the document calls it; "" for Path.
	Name string
	// Outputs are formats, or format=file; one without a file goes to Stdout.
	Outputs []string
	Limits  Limits
	Stdout  io.Writer
	// Note, where set, gets what the run says besides, such as files that could not be read.
	Note func(string)
}

// Find looks for the second binary as Beside does.
func Find() (string, error) {
	if found, ok := Beside(Program); ok {
		return found, nil
	}
	return "", ErrAbsent
}

// Beside looks for a program beside this one, through links too, and then in PATH. A folder of PATH that is
// relative does not count: it could be that of the tree under test.
func Beside(name string) (string, bool) {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if self, err := os.Executable(); err == nil {
		real, _ := filepath.EvalSymlinks(self)
		for _, s := range []string{self, real} {
			beside := filepath.Join(filepath.Dir(s), name)
			if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
				return beside, true
			}
		}
	}
	found, err := exec.LookPath(name)
	return found, err == nil && filepath.IsAbs(found)
}

// Run starts the second binary and waits for it. The process and all that it might start are killed when the context ends
// or the time is up, and its temporary files are removed whatever happens.
func Run(ctx context.Context, program string, r *Request) error {
	if r.Limits.Time <= 0 {
		r.Limits.Time = DefaultTime
	}
	tmp, err := os.MkdirTemp("", "sallyport-sbom-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	// The program ends by itself in time; some seconds more are for one that does not.
	deadline, cancel := context.WithTimeout(ctx, r.Limits.Time+5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(deadline, program, r.arguments()...)
	said := &lines{note: r.Note}
	cmd.Stdout, cmd.Stderr, cmd.Env = r.Stdout, said, environment(tmp)
	isolate(cmd)
	runtime.LockOSThread() // on Linux the program dies with the thread that started it
	defer runtime.UnlockOSThread()
	cmd.WaitDelay = 2 * time.Second
	err = cmd.Run()
	said.end()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case deadline.Err() != nil:
		return fmt.Errorf("%s: not done in %s: raise the limit with --timeout", r.Path, r.Limits.Time)
	}
	return said.cause(err, r)
}

func (r *Request) arguments() []string {
	var args []string
	for _, o := range r.Outputs {
		args = append(args, "-o", o)
	}
	add := func(flag, value string) {
		if value != "" && value != "0" {
			args = append(args, flag, value)
		}
	}
	add("--source", r.Source)
	add("--name", r.Name)
	add("--image", r.Image)
	if r.Each {
		args = append(args, "--each")
	}
	add("--memory", strconv.FormatInt(r.Limits.Memory, 10))
	add("--max-unpacked", strconv.FormatInt(r.Limits.Unpacked, 10))
	add("--timeout", r.Limits.Time.String())
	return append(args, "--", r.Path)
}

// environment is all that the program gets: tokens and keys in ours are none of its business.
func environment(tmp string) []string {
	env := []string{"TMPDIR=" + tmp, "HOME=" + tmp, "XDG_CACHE_HOME=" + tmp, "LC_ALL=C.UTF-8"}
	for _, name := range []string{"GOMAXPROCS", "GODEBUG", "SYSTEMROOT", "TZ"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// lines reads what the program says on stderr: notes, and in the end what went wrong.
type lines struct {
	note  func(string)
	rest  string
	other []string // the last ones that are no notes
}

const (
	maxLine  = 4 << 10
	maxOther = 20
)

func (l *lines) Write(p []byte) (int, error) {
	l.rest += string(p)
	for {
		line, rest, found := strings.Cut(l.rest, "\n")
		if !found {
			l.rest = l.rest[:min(len(l.rest), maxLine)]
			return len(p), nil
		}
		l.rest = rest
		l.take(line)
	}
}

func (l *lines) end() {
	if l.rest != "" {
		l.take(l.rest)
		l.rest = ""
	}
}

func (l *lines) take(line string) {
	line = strings.ToValidUTF8(line[:min(len(line), maxLine)], "�")
	if text, ok := strings.CutPrefix(line, "note: "); ok {
		if l.note != nil {
			l.note(text)
		}
		return
	}
	if len(l.other) < maxOther { // a crash says what happened first
		l.other = append(l.other, line)
	}
}

// cause makes one line of an end that was not well.
func (l *lines) cause(err error, r *Request) error {
	if i := slices.IndexFunc(l.other, func(s string) bool { return strings.HasPrefix(s, Program+": ") }); i >= 0 {
		return errors.New(strings.TrimPrefix(l.other[i], Program+": "))
	}
	text := strings.Join(l.other, " ")
	if strings.Contains(text, "out of memory") || strings.Contains(text, "cannot allocate memory") {
		return fmt.Errorf("%s: needs more memory than it may use: raise the limit with --memory", r.Path)
	}
	if len(l.other) > 0 {
		return fmt.Errorf("%s: %s ended badly: %s", r.Path, Program, l.other[0])
	}
	return fmt.Errorf("%s: %s ended badly: %w", r.Path, Program, err)
}

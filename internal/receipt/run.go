// Package receipt runs a command and writes what came of it as a statement that the gate reads: what ran, on which
// tree, with which tools, and how it ended.
package receipt

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"sallyport/internal/attest"
	"sallyport/internal/git"
	"sallyport/internal/secret"
	"sallyport/internal/tree"
)

// Options are a command and what is to become of it.
type Options struct {
	// Name is what the command is run as: "clippy".
	Name string
	Argv []string
	// Dir is where it runs; "" is the current directory.
	Dir string
	// Out is where the receipt goes; "" is DefaultFile at the top of the repository.
	Out string
	// Key signs the receipt; nil does not.
	Key *attest.PrivateKey
	// URL is the page of the job, "" where there is none.
	URL string
	// Version is that of this program.
	Version string
	// Terminal is true where the user's terminal signals the command by itself.
	Terminal       bool
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
}

// DefaultFile is where the receipt of a name goes, from the top of the repository. There is one of each name, so that
// an old one does not outlive a new run.
func DefaultFile(name string) string {
	return filepath.Join(tree.Receipts, "receipts", name+".json")
}

// valid tells whether a name may name a file: lower-case letters, digits, '.', '_' and '-'.
func valid(name string) bool {
	return name != "" && len(name) <= 64 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == "" && strings.Trim(name[:1], "._-") != ""
}

// Run runs a command to its end, writes the receipt, and returns the exit code of the command: 128 and the number of
// the signal that ended it, 127 and 126 where it cannot be started, as shells do.
func Run(ctx context.Context, o Options) (code int, file string, err error) {
	if !valid(o.Name) {
		return 2, "", fmt.Errorf("--as %q: a name is of lower-case letters, digits, '.', '_' and '-'", o.Name)
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return 2, "", err
	}
	top := dir
	if repo, err := git.Find(dir); err == nil {
		top = repo.Top()
	} else if !errors.Is(err, git.ErrNone) {
		return 2, "", err
	}
	file = o.Out
	if file == "" {
		file = filepath.Join(top, DefaultFile(o.Name))
	}
	if err := prepare(file, filepath.Join(top, tree.Receipts)); err != nil {
		return 2, "", err
	}
	before, err := tree.ReadSource(ctx, dir)
	if err != nil {
		return 2, "", err
	}
	r := attest.Receipt{
		Version: 1, Name: o.Name, Argv: masked(o.Argv), Directory: relative(top, dir), Environment: environment(os.Environ()),
		Head: before.Commit, Tree: before.Tree, Dirty: before.Dirty, Tools: tools(ctx, o.Argv, dir),
		Host: attest.Host{OS: runtime.GOOS, Arch: runtime.GOARCH}, Sallyport: o.Version,
	}
	counter := &counter{}
	r.Started = stamp(o.Now())
	code, err = execute(&o, &r, counter)
	if err != nil {
		return code, "", err
	}
	r.Finished = stamp(o.Now())
	// The signal that ended the command may have been for us, too. The receipt is written all the same.
	ctx = context.WithoutCancel(ctx)
	after, err := tree.ReadSource(ctx, dir)
	if err != nil {
		return 2, "", err
	}
	r.TreeAfter = after.Tree
	return code, file, write(ctx, &o, file, statement(&o, &r, counter, top))
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func relative(top, dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if rel, err := filepath.Rel(top, dir); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return "."
}

// masked hides secrets that stand among the words of a command.
func masked(argv []string) []string {
	out := make([]string, len(argv))
	for i, word := range argv {
		out[i] = word
		for _, hit := range secret.Find(word) {
			out[i] = replace(out[i], hit.Value, hit.Verdict.Masked)
		}
	}
	return out
}

// variables change what the tools of Rust do and say, and so do those that changes tells of.
var variables = []string{
	"RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "RUSTDOCFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER",
	"RUSTUP_TOOLCHAIN", "CLIPPY_CONF_DIR", "RUSTC", "RUSTDOC", "RUSTFMT", "CARGO", "RUST_TEST_SHUFFLE", "CARGO_BUILD_TARGET", "CARGO_BUILD_RUSTC",
	"CARGO_BUILD_RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER", "NEXTEST_NO_TESTS", "NEXTEST_PROFILE",
}

func changes(name string) bool {
	return slices.Contains(variables, name) || strings.HasPrefix(name, "CARGO_ALIAS_") ||
		strings.HasPrefix(name, "CARGO_TARGET_") && (strings.HasSuffix(name, "_RUNNER") || strings.HasSuffix(name, "_RUSTFLAGS"))
}

func environment(all []string) map[string]string {
	set := map[string]string{}
	for _, v := range all {
		if name, value, ok := strings.Cut(v, "="); ok && changes(name) {
			set[name] = masked([]string{value})[0]
		}
	}
	return set
}

// An output is hashed and counted while it passes.
type output struct {
	to   io.Writer
	sum  hash.Hash
	size int64
	see  func([]byte)
}

func (w *output) Write(p []byte) (int, error) {
	w.sum.Write(p)
	w.size += int64(len(p))
	w.see(p)
	return w.to.Write(p)
}

func (w *output) fact() attest.Output {
	return attest.Output{SHA256: hex.EncodeToString(w.sum.Sum(nil)), Size: w.size}
}

// grace is how long the outputs of a command may stay open after it has ended: its own children may hold them.
const grace = 10 * time.Second

// forwarded are the signals that the command gets in our place.
var forwarded = []os.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2}

func execute(o *Options, r *attest.Receipt, c *counter) (int, error) {
	out := &output{to: o.Stdout, sum: sha256.New(), see: c.stream()}
	errs := &output{to: o.Stderr, sum: sha256.New(), see: c.stream()}
	cmd := exec.Command(o.Argv[0], o.Argv[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = o.Dir, o.Stdin, out, errs, grace
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, forwarded...)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
			return 127, fmt.Errorf("%s: no such program; nothing ran, and there is no receipt", o.Argv[0])
		}
		return 126, fmt.Errorf("%w; nothing ran, and there is no receipt", err)
	}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-signals:
				if !o.Terminal || s != os.Interrupt && s != syscall.SIGQUIT {
					_ = cmd.Process.Signal(s)
				}
			case <-done:
				return
			}
		}
	}()
	err := cmd.Wait()
	close(done)
	c.close()
	r.Stdout, r.Stderr = out.fact(), errs.fact()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) && !errors.Is(err, exec.ErrWaitDelay) {
		return 2, fmt.Errorf("%s: %w; there is no receipt", o.Argv[0], err)
	}
	r.ExitCode = cmd.ProcessState.ExitCode()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		r.Signal = cmp.Or(names[status.Signal()], status.Signal().String())
		r.ExitCode = 128 + int(status.Signal())
	}
	return r.ExitCode, nil
}

var names = map[syscall.Signal]string{
	syscall.SIGTERM: "SIGTERM", syscall.SIGKILL: "SIGKILL", syscall.SIGINT: "SIGINT", syscall.SIGSEGV: "SIGSEGV",
	syscall.SIGABRT: "SIGABRT", syscall.SIGHUP: "SIGHUP", syscall.SIGQUIT: "SIGQUIT", syscall.SIGBUS: "SIGBUS",
}

// Command sallyport-catalog writes the bill of materials of one directory, image or program. It is the home of syft,
// which costs every start some milliseconds and tens of megabytes, and unpacks what nobody vouches for: so it is a
// process of its own, with bounded memory and time, that opens no connection and starts no program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

const usage = `usage: sallyport-catalog [flags] PATH

Writes the bill of materials of PATH: a directory, an OCI layout or archive, an archive of docker save, or one file.
Nothing is asked of a daemon or a registry, and nothing is sent anywhere. 'sallyport sbom' starts this program.

  -o FORMAT[=FILE]   what to write, repeatable (default cyclonedx-json): %s
  --source KIND      what PATH is (default: told by its contents): %s
  --image NAME       which image, where several are in it: its digest, its name, or its platform
  --each             each of the images; their documents follow one another on stdout
  --name NAME        name of the subject in the document (default: PATH)
  --memory BYTES     memory that may be used (default %d)
  --timeout TIME     time that may pass (default %s)
  --max-unpacked N   bytes that may be unpacked on disk (default %d)
  --max-output N     bytes that a document may have (default %d)
  --version          print the version of this program and of syft

Exit codes: 0 the documents are written; 2 they are not, and stderr says why in one line.
`

var version = "dev"

// options are the flags.
type options struct {
	outputs          []output
	source, name     string
	image            string
	each             bool
	memory, unpacked int64
	output           int64
	timeout          time.Duration
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			code = complain(stderr, fmt.Errorf("the cataloguer crashed: %v", r))
		}
	}()
	opts, path, err := parseFlags(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = catalogue(ctx, opts, path, stdout, stderr)
	}
	if err != nil {
		return complain(stderr, err)
	}
	return 0
}

// scratch is a folder that this process unpacks into: nobody can look there when it has ended.
var scratch = regexp.MustCompile(`[^\s"]*/sallyport-(?:sbom|catalog)-[0-9]+/(?:(?:sallyport-catalog|layout|image)-[0-9]+/)*`)

// complain says in one line what went wrong; an error of a library may have several.
func complain(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "sallyport-catalog: %s\n", scratch.ReplaceAllString(strings.Join(strings.Fields(err.Error()), " "), ""))
	return 2
}

func parseFlags(args []string, stdout io.Writer) (*options, string, error) {
	o := &options{}
	fl := flag.NewFlagSet("sallyport-catalog", flag.ContinueOnError)
	fl.SetOutput(io.Discard)
	fl.Func("o", "", func(s string) error {
		out, err := parseOutput(s)
		o.outputs = append(o.outputs, out)
		return err
	})
	fl.StringVar(&o.source, "source", "", "")
	fl.StringVar(&o.name, "name", "", "")
	fl.StringVar(&o.image, "image", "", "")
	fl.BoolVar(&o.each, "each", false, "")
	fl.Int64Var(&o.memory, "memory", 2<<30, "")
	fl.Int64Var(&o.unpacked, "max-unpacked", 32<<30, "")
	fl.Int64Var(&o.output, "max-output", 1<<30, "")
	fl.DurationVar(&o.timeout, "timeout", 10*time.Minute, "")
	show := fl.Bool("version", false, "")
	err := fl.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, usage, strings.Join(formatNames(), ", "), strings.Join(kinds, ", "), o.memory, o.timeout, o.unpacked, o.output)
		return nil, "", flag.ErrHelp
	case err != nil:
		return nil, "", fmt.Errorf("%w (--help lists the flags)", err)
	case *show:
		fmt.Fprintf(stdout, "sallyport-catalog %s, syft %s\n", version, syftVersion())
		return nil, "", flag.ErrHelp
	case fl.NArg() != 1:
		return nil, "", fmt.Errorf("%d paths instead of one (--help lists the flags)", fl.NArg())
	case o.memory < 64<<20 || o.timeout <= 0 || o.unpacked <= 0 || o.output <= 0:
		return nil, "", errors.New("limits are positive, and --memory is at least 64 MiB")
	}
	if len(o.outputs) == 0 {
		o.outputs = []output{{format: defaultFormat}}
	}
	if o.each && (len(o.outputs) > 1 || o.outputs[0].file != "" || o.image != "") {
		return nil, "", errors.New("--each writes one format to stdout, and all images")
	}
	return o, fl.Arg(0), onlyOneToStdout(o.outputs)
}

func syftVersion() string {
	info, _ := debug.ReadBuildInfo()
	if info != nil {
		for _, d := range info.Deps {
			if d.Path == "github.com/anchore/syft" {
				return d.Version
			}
		}
	}
	return "(unknown)"
}

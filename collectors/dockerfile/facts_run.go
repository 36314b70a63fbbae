package dockerfile

// A Run is one RUN instruction.
type Run struct {
	// Form is "shell", "exec" or "heredoc".
	Form string `json:"form"`
	// Text is what the shell gets, or the words of the exec form joined by blanks. Secrets are masked.
	Text string `json:"text"`
	// Shell is the base name of the program that reads the text: "sh", "bash", "pwsh", "cmd", "python3"; "" for
	// the exec form of a program that is no shell.
	Shell string `json:"shell"`
	// Opaque is true where the text is not in the language of sh, so that nothing is known of what it
	// runs: PowerShell, cmd, a script in another language, a mistake in the shell's syntax. There are no commands then.
	Opaque bool `json:"opaque"`
	// Reason says why the text is opaque; "" where it is not.
	Reason string `json:"reason"`
	// Commands are what the text runs, in order.
	Commands []runCommand `json:"commands"`
	// Packages are the commands of package managers among Commands, in order.
	Packages []packageCommand `json:"packages"`
	// Env are the variables that the commands set: exports, and assignments before a command.
	Env []Env `json:"env"`
	// Mounts are the values of --mount.
	Mounts []mount `json:"mounts"`
	// Network is the value of --network: "default", "none" or "host".
	Network string `json:"network"`
	// Security is the value of --security: "sandbox" or "insecure".
	Security string `json:"security"`
	// Onbuild is true for the instruction of an ONBUILD trigger.
	Onbuild bool `json:"onbuild"`
	// Follows is true where the instruction before is a RUN too, with the same flags.
	Follows bool `json:"follows"`
}

// A runCommand is one simple command of a RUN instruction.
type runCommand struct {
	// Name is the program as typed: "/usr/bin/curl"; "" for assignments alone.
	Name string `json:"name"`
	// Program is the program without its folder: "curl"; "" for assignments alone.
	Program string `json:"program"`
	// Args are its arguments: quotes removed, known variables expanded, unknown ones as typed.
	Args []string `json:"args"`
	// Via is the program that runs this one, such as "sudo", "env", "xargs" or "sh"; "" where the shell
	// itself does.
	Via string `json:"via"`
	// Pipeline numbers the pipelines of the text: commands with the same number are connected by pipes.
	Pipeline int `json:"pipeline"`
	// Joined is what stands between this command's pipeline and the one before: "", "&&", "||", ";" or "&";
	// and "|" for a command that reads from the one before.
	Joined string `json:"joined"`
	// Unguarded is true before a pipe without pipefail: a failure of the command goes unseen.
	Unguarded bool `json:"unguarded"`
	// MayFail is true where a failure does not fail the instruction under "set -e": cmd || true.
	MayFail bool `json:"may_fail"`
	// Nested is true inside a function, a loop, a condition, a subshell or a command substitution.
	Nested bool `json:"nested"`
	// Redirects are the redirections, in order: the command's own, then those of the blocks around it.
	Redirects []redirect `json:"redirects"`
}

// A redirect is one redirection (POSIX.1-2017 XCU 2.7).
type redirect struct {
	// Op is the operator: ">", ">>", ">|", "<", "<>", "<<", "<<-", "<<<", "&>", "&>>", ">&", "<&".
	Op string `json:"op"`
	// FD is the file descriptor that is redirected; -1 for both standard output and error.
	FD int `json:"fd"`
	// Target is the file or descriptor after expansion; the delimiter of a here-document.
	Target string `json:"target"`
}

// A call names one command of a stage.
type call struct {
	// Run and Command are indexes into the stage's runs and the run's commands.
	Run     int `json:"run"`
	Command int `json:"command"`
}

// A found is a secret in an instruction other than ENV and ARG.
type found struct {
	// Instruction is the instruction in lower case: "run", "copy", "cmd".
	Instruction string `json:"instruction"`
	// Variable is the variable that the command sets to it; "" elsewhere.
	Variable string `json:"variable"`
	// Reason says why it is one: "name", "entropy", "url", or a rule of gitleaks.
	Reason string `json:"reason"`
	// Masked is the secret as it may be shown.
	Masked string `json:"masked"`
}

// A mount is one --mount of a RUN instruction
// (https://docs.docker.com/reference/dockerfile/#run---mount).
type mount struct {
	// Type is "bind", "cache", "tmpfs", "secret" or "ssh".
	Type string `json:"type"`
	// From is the stage or image that is mounted; "" for the build context.
	From string `json:"from"`
	// Stage is the index of that stage, -1 for an image and for the build context.
	Stage int `json:"stage"`
	// ID names a secret, an ssh agent or a cache.
	ID string `json:"id"`
	// Source and Target are paths.
	Source string `json:"source"`
	Target string `json:"target"`
	// Env is the variable that a secret is put into; "" for a file.
	Env string `json:"env"`
	// ReadOnly is true where the command cannot write to the mount.
	ReadOnly bool `json:"read_only"`
	// Required is true where a missing secret or agent fails the build.
	Required bool `json:"required"`
}

// A transfer is a COPY or ADD instruction.
type transfer struct {
	// Instruction is "copy" or "add".
	Instruction string `json:"instruction"`
	// From is the stage or image that is copied from, as typed; "" for the build context.
	From string `json:"from"`
	// Stage is the index of that stage, -1 for an image and for the build context.
	Stage int `json:"stage"`
	// Sources are paths or URLs; here-documents are left out.
	Sources []string `json:"sources"`
	// Destination is where they go.
	Destination string `json:"destination"`
	// Chown and Chmod are the values of the flags; "" without them.
	Chown string `json:"chown"`
	Chmod string `json:"chmod"`
	// SetID and WorldWritable are what Chmod means for files: a set-user-ID or set-group-ID bit, and that everybody may
	// write.
	SetID         bool `json:"set_id"`
	WorldWritable bool `json:"world_writable"`
	// Checksum is the value of ADD --checksum; "" without one.
	Checksum string `json:"checksum"`
	// Onbuild is true for the instruction of an ONBUILD trigger.
	Onbuild bool `json:"onbuild"`
	// Reference says what From names: an earlier "stage" by name, one by its "index", the stage "self", a "later"
	// stage, an "image", a bare "name" that is no stage; "" for the build context.
	Reference string `json:"reference"`
	// Folder is true where the destination is written as a folder: with a slash at its end, or a dot.
	Folder bool `json:"folder"`
	// Adrift is true for a relative destination below the base image's directory, whatever that is: no WORKDIR of
	// the file stands before it.
	Adrift bool `json:"adrift"`
	// Plain is true for an ADD that COPY could do: no URL, no git repository and no archive among its sources.
	Plain bool `json:"plain"`
	// Unverified are the URLs and git repositories whose content nothing fixes: no checksum, no commit.
	Unverified []string `json:"unverified"`
	// Path is the destination as an absolute path; "" where the working directory is not known.
	Path string `json:"path"`
	// Owner is the user who owns what is copied: that of --chown, else "0".
	Owner string `json:"owner"`
	// Open is true where a variable without a value leaves a source or the destination open.
	Open bool `json:"open"`
	// Excludes are the values of --exclude.
	Excludes []string `json:"excludes"`
	// Whole is true where the whole build context is copied, without --exclude.
	Whole bool `json:"whole"`
	// Ignored are the sources that the ignore file leaves out of the context, so that they are not found.
	Ignored []string `json:"ignored"`
	// Sensitive are the sources that are secrets by their names, or by their text where the tree has them.
	Sensitive []sensitiveFile `json:"sensitive"`
	// Built are the sources that cargo has built in an earlier stage.
	Built []built `json:"built"`
}

// A healthcheck is a HEALTHCHECK instruction.
type healthcheck struct {
	// Kind is "cmd", "none" where the base's check is switched off, or "" without the instruction.
	Kind string `json:"kind"`
	// Command is what it runs.
	Command Command `json:"command"`
	// Interval, Timeout and StartPeriod are seconds; 0 is Docker's default.
	Interval    float64 `json:"interval"`
	Timeout     float64 `json:"timeout"`
	StartPeriod float64 `json:"start_period"`
	// Retries is how many failures in a row count; 0 is Docker's default.
	Retries int `json:"retries"`
	// Lacks is what it needs and the image does not have: "shell", "curl", "wget" or "nc"; "" where it has all, or
	// nobody can tell.
	Lacks string `json:"lacks"`
}

// rustflags are flags for the Rust compiler, from wherever they come.
type rustflags struct {
	// Name is the variable: RUSTFLAGS; or "cargo" and "rustc" for flags on a command line, and
	// "config" for a cargo configuration that a RUN instruction writes.
	Name string `json:"name"`
	// Value are the flags.
	Value string `json:"value"`
	// Known is false where a variable in the value has no value.
	Known bool `json:"known"`
	// Native is true with -C target-cpu=native.
	Native bool `json:"native"`
	// CPU is the value of target-cpu; "" without one.
	CPU string `json:"cpu"`
}

// A trigger is an ONBUILD instruction.
type trigger struct {
	// Instruction is the instruction in lower case: "run"; "" where it cannot be read.
	Instruction string `json:"instruction"`
	// Text is the instruction as typed. Secrets are masked.
	Text string `json:"text"`
}

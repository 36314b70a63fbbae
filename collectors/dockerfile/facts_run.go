package dockerfile

// A Run is one RUN instruction.
type Run struct {
	// Form is "shell", "exec" or "heredoc".
	Form string `json:"form"`
	// Text is what the shell gets, or the words of the exec form joined by blanks. Secrets are masked.
	Text string `json:"text"`
	// Opaque is true where the text is not in the language of sh, so that Commands is a guess.
	Opaque bool `json:"opaque"`
	// Commands are what the text runs, in order.
	Commands []runCommand `json:"commands"`
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
}

// A runCommand is one simple command of a RUN instruction.
type runCommand struct {
	// Name is the program.
	Name string `json:"name"`
	// Args are its arguments: quotes removed, known variables expanded, unknown ones as typed.
	Args []string `json:"args"`
	// MayFail is true where a failure does not fail the instruction under "set -e": cmd || true.
	MayFail bool `json:"may_fail"`
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
	// Checksum is the value of ADD --checksum; "" without one.
	Checksum string `json:"checksum"`
	// Onbuild is true for the instruction of an ONBUILD trigger.
	Onbuild bool `json:"onbuild"`
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

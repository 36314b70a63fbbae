package dockerfile

// A usedImage is an image that the file takes from a registry: as a base, to copy from it, or to mount it.
type usedImage struct {
	// Name is the image as typed.
	Name string `json:"name"`
	// Use is "from", "copy" or "mount".
	Use string `json:"use"`
	// Stage is the index of the stage that uses it.
	Stage int `json:"stage"`
	// Registry, Repository, Tag and Digest are the parts of the reference, as in Image. Tag is "latest" where
	// the name has neither tag nor digest.
	Registry   string `json:"registry"`
	Repository string `json:"repository"`
	Tag        string `json:"tag"`
	Digest     string `json:"digest"`
	// Tagged is true where the name has a tag of its own.
	Tagged bool `json:"tagged"`
	// Known is false where a variable without a value is a part of the name.
	Known bool `json:"known"`
	// Bare is true for a single word in COPY --from or RUN --mount that may as well be the name of a stage.
	Bare bool `json:"bare"`
	// Rust is true for an image that brings a Rust toolchain.
	Rust bool `json:"rust"`
}

// A keyword is the name of an instruction that is not in the case of most others in the file.
type keyword struct {
	// Name is the keyword as typed.
	Name string `json:"name"`
	// Want is "upper" or "lower": the case of most keywords.
	Want string `json:"want"`
}

// A continuation is an instruction that goes on behind an empty line.
type continuation struct {
	// Instruction is the instruction in lower case.
	Instruction string `json:"instruction"`
}

// A pragma is a comment that tells another tool to be silent. Here it silences nothing.
type pragma struct {
	// Tool is "hadolint", "checkov", "trivy", "kics", "semgrep" or "buildkit".
	Tool string `json:"tool"`
	// Text is the comment without its sign.
	Text string `json:"text"`
}

// An undefinedName is a variable that an instruction uses although nothing defines it.
type undefinedName struct {
	// Name is the variable.
	Name string `json:"name"`
	// Near is a variable that it may be meant to be; "" where none is alike.
	Near string `json:"near"`
	// Instruction is the instruction in lower case.
	Instruction string `json:"instruction"`
	// Stage is the index of the stage.
	Stage int `json:"stage"`
	// Reason is "from" for a FROM that uses an argument nobody declares, "global" for an argument that only the
	// part before the first FROM (or docker) declares, "near" where a name alike is defined, and "nowhere" where
	// the base image is known to define nothing of the kind.
	Reason string `json:"reason"`
}

// A workdir is one WORKDIR instruction.
type workdir struct {
	// Text is the path as typed.
	Text string `json:"text"`
	// Path is the working directory that it makes, as far as the file says.
	Path string `json:"path"`
	// Known is false where a variable in the path has no value.
	Known bool `json:"known"`
	// Absolute is true for an absolute path.
	Absolute bool `json:"absolute"`
	// Adrift is true for a relative path that begins at the base image's directory, whatever that is: no
	// WORKDIR of the file stands before it.
	Adrift bool `json:"adrift"`
}

// An overridden is an instruction without an effect, because the same stage has another one behind it.
type overridden struct {
	// Instruction is "cmd", "entrypoint" or "healthcheck".
	Instruction string `json:"instruction"`
}

// A legacyPair is a pair of ENV or LABEL with a blank in place of the equals sign.
type legacyPair struct {
	// Instruction is "env" or "label".
	Instruction string `json:"instruction"`
	// Name is the variable or the label.
	Name string `json:"name"`
}

// A shellForm is an ENTRYPOINT, CMD or HEALTHCHECK that Docker's default shell runs, although nothing in the
// file chooses a shell.
type shellForm struct {
	// Instruction is "entrypoint", "cmd" or "healthcheck"; the last only where its command needs no shell.
	Instruction string `json:"instruction"`
	// Text is the command. Secrets are masked.
	Text string `json:"text"`
	// Replaced is true where the shell makes way for the command by itself: exec app.
	Replaced bool `json:"replaced"`
}

// A maintainer is one MAINTAINER instruction.
type maintainer struct {
	// Name is its argument.
	Name string `json:"name"`
}

// A label is one name=value of the stage's own LABEL instructions.
type label struct {
	// Name is the label's key, expanded.
	Name string `json:"name"`
	// Value is its value, expanded. Secrets are masked.
	Value string `json:"value"`
	// Known is false where a variable in the value has no value.
	Known bool `json:"known"`
	// Problem says what is wrong with the key (https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations):
	// "reserved", "characters", "ends", "separators", and "" where nothing is.
	Problem string `json:"problem"`
	// Formats are those that the value has: "rfc3339", "url", "spdx", "git_hash", "semver", "email".
	Formats []string `json:"formats"`
}

// A selfReference is a variable of ENV whose value uses another variable of the same instruction. All values
// are expanded before the first is set, so it gets an older value or none.
type selfReference struct {
	// Name is the variable, and Uses the one in its value.
	Name string `json:"name"`
	Uses string `json:"uses"`
}

// A description is a comment in front of ARG or FROM AS that does not begin with the name of what follows.
type description struct {
	// Name is the argument or stage.
	Name string `json:"name"`
	// Instruction is "arg" or "from".
	Instruction string `json:"instruction"`
	// Text is the comment without its sign.
	Text string `json:"text"`
	// Meant is true where the comment begins with the name and signs around it: in quotes, with a colon.
	Meant bool `json:"meant"`
}

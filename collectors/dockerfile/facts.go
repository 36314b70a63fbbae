package dockerfile

import (
	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// A Dockerfile is what a build of the file would make, stage by stage
// (https://docs.docker.com/reference/dockerfile/).
type Dockerfile struct {
	// Path is the file, relative to the root of the tree.
	Path string `json:"path"`
	// Syntax is the frontend that "# syntax=" names; "" without one.
	Syntax string `json:"syntax"`
	// Escape is the escape character: "\" or "`".
	Escape string `json:"escape"`
	// Args are the build arguments before the first FROM.
	Args []Arg `json:"args"`
	// Context is the folder that files are copied from.
	Context buildContext `json:"context"`
	// Stages are in the order of the file.
	Stages []Stage `json:"stages"`
	// Final is the index of the stage that a build without --target makes: the last one.
	Final int `json:"final"`
	// Images are the images that the file takes from registries, in the order of the stages.
	Images []usedImage `json:"images"`
	// Keywords are those in another case than most.
	Keywords []keyword `json:"keywords"`
	// Continuations are the instructions that go on behind an empty line.
	Continuations []continuation `json:"continuations"`
	// Pragmas are the comments that tell other tools to be silent.
	Pragmas []pragma `json:"pragmas"`
	// Descriptions are the comments in front of ARG and FROM AS that do not begin with the name, so that
	// docker build --call=outline does not show them.
	Descriptions []description `json:"descriptions"`
	// Undefined are the variables that are used although nothing defines them.
	Undefined []undefinedName `json:"undefined"`
}

// An Arg is one build argument of an ARG instruction.
type Arg struct {
	// Name is the argument's name.
	Name string `json:"name"`
	// Value is what it has in this build: the configured build argument, the default, or the value of
	// the argument of the same name before the first FROM. A secret in it is masked.
	Value string `json:"value"`
	// Known is false where nothing gives it a value.
	Known bool `json:"known"`
	// Default is true where the instruction itself gives a value.
	Default bool `json:"default"`
	// Sensitive is true for a name that says that the value is a secret: NPM_TOKEN.
	Sensitive bool `json:"sensitive"`
	// Secret is the judgement on the value.
	Secret secret.Verdict `json:"secret"`
	// Leak is "value" where the value is or holds a secret, "name" where the name says that the build is
	// to pass one, and "" otherwise.
	Leak string `json:"leak"`
	// Onbuild is true for the argument of an ONBUILD trigger.
	Onbuild bool `json:"onbuild"`
}

// A Stage is one FROM and all instructions up to the next, with everything that it inherits.
type Stage struct {
	// Name is the name after AS in lower case; "" without one.
	Name string `json:"name"`
	// Base is what the stage is built on.
	Base Image `json:"base"`
	// System is what the file system begins with.
	System system `json:"system"`
	// Alias is the name after AS as it was typed.
	Alias string `json:"alias"`
	// AsCase is true where AS is not in the case of its FROM.
	AsCase bool `json:"as_case"`
	// Duplicate is true where an earlier stage has the same name.
	Duplicate bool `json:"duplicate"`
	// Reserved is true for a name with a meaning of its own: scratch, context.
	Reserved bool `json:"reserved"`
	// Leaf is true where no other stage needs this one: it is the final stage, a target of its own, or left over.
	Leaf bool `json:"leaf"`
	// Platform is the value of --platform, as typed.
	Platform string `json:"platform"`
	// PlatformKind is "constant", "named" for a constant that the stage's name repeats, "target" for TARGETPLATFORM
	// alone, "variable", and "" without --platform.
	PlatformKind string `json:"platform_kind"`
	// Final is true for the last stage.
	Final bool `json:"final"`
	// Contributes is true where something of the stage can reach the final stage: it is the final
	// stage, a base of it, or a later contributor copies from it or mounts it.
	Contributes bool `json:"contributes"`
	// BaseOfFinal is true where the final stage is built on this one, directly or through others.
	BaseOfFinal bool `json:"base_of_final"`
	// User is who runs the image at the end of the stage.
	User User `json:"user"`
	// Shell runs the shell form of instructions at the end of the stage.
	Shell []string `json:"shell"`
	// Workdir is the working directory at the end of the stage; "" where the base decides.
	Workdir string `json:"workdir"`
	// Workdirs are the stage's own WORKDIR instructions.
	Workdirs []workdir `json:"workdirs"`
	// Overridden are the stage's own instructions that a later one of the stage replaces.
	Overridden []overridden `json:"overridden"`
	// ShellForms are the stage's own commands that run in a shell that nobody chose.
	ShellForms []shellForm `json:"shell_forms"`
	// Legacy are the pairs of ENV and LABEL without an equals sign.
	Legacy []legacyPair `json:"legacy"`
	// SelfReferences are the variables whose values use others of the same ENV.
	SelfReferences []selfReference `json:"self_references"`
	// Maintainers are the stage's MAINTAINER instructions.
	Maintainers []maintainer `json:"maintainers"`
	// Labelled are the pairs of the stage's own LABEL instructions.
	Labelled []label `json:"labelled"`
	// Env are the assignments of the stage's own ENV instructions, in order, overwritten ones too.
	Env []Env `json:"env"`
	// Environment is the environment at the end of the stage, with what earlier stages set, as far as
	// the file says. Secrets are masked.
	Environment map[string]string `json:"environment"`
	// Args are the stage's own build arguments.
	Args []Arg `json:"args"`
	// Expose are the ports of the image, those of earlier stages too.
	Expose []exposed `json:"expose"`
	// Entrypoint and Cmd are what the image runs, as far as the file says.
	Entrypoint Command `json:"entrypoint"`
	Cmd        Command `json:"cmd"`
	// Program is the file that they run.
	Program mainProgram `json:"program"`
	// Healthcheck is the image's health check, as far as the file says.
	Healthcheck healthcheck `json:"healthcheck"`
	// Volumes are the image's volumes, those of earlier stages too.
	Volumes []string `json:"volumes"`
	// Labels are the image's labels, those of earlier stages too.
	Labels map[string]string `json:"labels"`
	// StopSignal is the signal that stops the container; "" where the base decides.
	StopSignal string `json:"stop_signal"`
	// Copies are the stage's own COPY and ADD instructions.
	Copies []transfer `json:"copies"`
	// Runs are the stage's own RUN instructions, and those of its ONBUILD triggers.
	Runs []Run `json:"runs"`
	// Calls are the commands of Runs by program: "curl" leads to every call of curl.
	Calls map[string][]call `json:"calls"`
	// Accounts are the users and groups that Runs create.
	Accounts []account `json:"accounts"`
	// Modes are the changes of modes and capabilities in Runs.
	Modes []modeChange `json:"modes"`
	// Fetches are what the commands of Runs get over the network.
	Fetches []fetch `json:"fetches"`
	// Unchecked are the places that switch off a check of what comes over the network.
	Unchecked []unchecked `json:"unchecked"`
	// Cargo are the invocations of cargo in Runs, Entrypoint and Cmd, in order.
	Cargo []shell.CargoCommand `json:"cargo"`
	// Compiles is true where the stage, or one that it is built on, compiles a program with the toolchain that its
	// image brings, and the stage's image runs a program. A shell and the toolchain itself are none.
	Compiles bool `json:"compiles"`
	// Caching says whether dependencies are kept from one build to the next.
	Caching caching `json:"caching"`
	// Rustup are the places that choose a toolchain: commands of rustup, RUSTUP_TOOLCHAIN, and
	// cargo +toolchain, with the subcommand as the action.
	Rustup []shell.RustupCommand `json:"rustup"`
	// Rustflags are the places that hand flags to the Rust compiler.
	Rustflags []rustflags `json:"rustflags"`
	// Secrets are those in the stage's own instructions other than ENV and ARG.
	Secrets []found `json:"secrets"`
	// Onbuild are the triggers that the stage leaves for the stages built on it.
	Onbuild []trigger `json:"onbuild"`
}

// An Image is what a stage is built on.
type Image struct {
	// Name is the argument of FROM as it was typed.
	Name string `json:"name"`
	// Kind is "image", "stage", "scratch", or "unresolved" where a variable of the name has no value
	// or the name is no reference.
	Kind string `json:"kind"`
	// Stage is the index of the earlier stage for the kind "stage", else -1.
	Stage int `json:"stage"`
	// Registry is the registry's host: "docker.io" where none is named.
	Registry string `json:"registry"`
	// Repository is the path below the registry: "library/rust" for rust.
	Repository string `json:"repository"`
	// Tag is the tag; "latest" without tag and digest. A part that is not known stays as typed.
	Tag string `json:"tag"`
	// Digest is the digest with its algorithm; "" without one.
	Digest string `json:"digest"`
	// Unknown names the variables without a value in the name.
	Unknown []string `json:"unknown"`
	// BadDefault is true where the name is no reference without values from --build-arg, or none at all.
	BadDefault bool `json:"bad_default"`
	// User is the user that the image runs as by itself, as far as policies/tables/base_images knows.
	User string `json:"user"`
	// UserKnown is false for an image that the table does not know.
	UserKnown bool `json:"user_known"`
	// Candidates are the earlier stages that an unresolved name may mean: build-${TARGETARCH}.
	Candidates []int `json:"candidates"`
	// Rust says which Rust toolchain the image brings.
	Rust rustImage `json:"rust"`
}

// A rustImage is what the reference of an image says about its Rust toolchain.
type rustImage struct {
	// Toolchain is true for an image that exists to bring a Rust toolchain: rust, rustlang/rust.
	Toolchain bool `json:"toolchain"`
	// Version is the version or channel in the tag: "1.82.0", "1.82", "nightly"; "" without one.
	Version string `json:"version"`
	// Exact is true where the tag names one release, or a channel of one day.
	Exact bool `json:"exact"`
}

// A User is who runs the processes of an image (the user of the image's configuration).
type User struct {
	// Value is the argument of USER as it was typed; "" where the base decides.
	Value string `json:"value"`
	// Name is the user after expansion, without the group: "app", "10001".
	Name string `json:"name"`
	// Group is what follows the colon.
	Group string `json:"group"`
	// Known is false where the user cannot be told from the file.
	Known bool `json:"known"`
	// Root is true for root by whatever name: root, 0, 00, an empty user, an account of uid 0.
	Root bool `json:"root"`
	// ID is the uid: that of a number, of root, and of an account that a RUN instruction of the stage or of one that
	// it is built on creates; -1 where it is not known.
	ID int `json:"id"`
	// Numeric is true for a numeric user, which Kubernetes can check without the image.
	Numeric bool `json:"numeric"`
	// From is "this" for the stage's own USER, "onbuild" for a trigger of the base stage, "stage" for an
	// earlier stage's USER, and "base" for the image's own user.
	From string `json:"from"`
	// Stage is the index of the stage that has the USER instruction, -1 without one.
	Stage int `json:"stage"`
	// Reason says why the user is not known; "" where it is.
	Reason string `json:"reason"`
}

// An Env is one variable that an ENV instruction or a command of a RUN instruction sets.
type Env struct {
	// Name is the variable's name.
	Name string `json:"name"`
	// Value is the value after expansion; where it is or holds a secret, that part is masked.
	Value string `json:"value"`
	// Known is false where a variable in the value has no value.
	Known bool `json:"known"`
	// Args are the build arguments that the value is made of.
	Args []string `json:"args"`
	// Sensitive is true for a name that says that the value is a secret: NPM_TOKEN.
	Sensitive bool `json:"sensitive"`
	// Secret is the judgement on the value.
	Secret secret.Verdict `json:"secret"`
	// Leak is "value" where the value is or holds a secret, "argument" where the name says so and a build
	// argument gives the value, and "" otherwise.
	Leak string `json:"leak"`
	// Onbuild is true for the variable of an ONBUILD trigger.
	Onbuild bool `json:"onbuild"`
}

// exposed is one port or range of an EXPOSE instruction.
type exposed struct {
	// Name is the port as it was typed.
	Name string `json:"name"`
	// First and Last bound the range, and are equal for one port; 0 where it is not known.
	First int `json:"first"`
	Last  int `json:"last"`
	// Protocol is "tcp", "udp" or "sctp".
	Protocol string `json:"protocol"`
	// Known is false where the port cannot be told from the file.
	Known bool `json:"known"`
	// Problem is "range" for a number beyond 65535 or a range that runs backwards, "protocol" for an unknown
	// protocol, "number" for what is none, and "" for a port.
	Problem string `json:"problem"`
	// Mapping is true where the host's side is given too, which EXPOSE cannot decide: 80:8080.
	Mapping bool `json:"mapping"`
	// ProtocolCase is true for a protocol with upper-case letters.
	ProtocolCase bool `json:"protocol_case"`
}

// A Command is an ENTRYPOINT, a CMD, or what a health check runs.
type Command struct {
	// Form is "exec" for a JSON array, "shell" for text, "" without the instruction.
	Form string `json:"form"`
	// Argv is what runs; the shell form begins with the stage's shell.
	Argv []string `json:"argv"`
	// Inherited is true where an earlier stage says so.
	Inherited bool `json:"inherited"`
}

package workflow

import (
	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// A Workflow is one file (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax,
// https://docs.gitlab.com/ci/yaml/).
type Workflow struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Root is the folder that it is about: that of the repository it stands in; "" is the root of the tree.
	Root string `json:"root"`
	// Format is "github", "action" for a composite action, or "gitlab".
	Format string `json:"format"`
	// Name is the name that the file gives itself; it may be empty.
	Name string `json:"name"`
	// Triggers are the events that start it, sorted; for GitLab they are not read.
	Triggers []string `json:"triggers"`
	// Permissions are those of the token for jobs that state none of their own.
	Permissions permissions `json:"permissions"`
	// Env is the environment of all jobs.
	Env []secret.Env `json:"env"`
	// Includes are the further files that a GitLab pipeline is made of, as they are written.
	Includes []string `json:"includes"`
	// Jobs are sorted by name; GitLab's templates, whose names begin with a dot, are not among them.
	Jobs []Job `json:"jobs"`
	// Toolchains are all the Rust toolchains that jobs choose.
	Toolchains []Toolchain `json:"toolchains"`
	// Secrets are all that stand in the file in clear: in environments, inputs and scripts.
	Secrets []found `json:"secrets"`
}

// Permissions are those of the job's token.
type permissions struct {
	// Stated is false where the repository's default applies.
	Stated bool `json:"stated"`
	// All is "read", "write" or "none" where one word stands for all scopes, else "".
	All string `json:"all"`
	// Scopes are by name: "contents" is "read".
	Scopes map[string]string `json:"scopes"`
}

// A Job is one unit that runs on a machine of its own.
type Job struct {
	Name string `json:"name"`
	// RunsOn are the labels of the runner, or GitLab's tags.
	RunsOn []string `json:"runs_on"`
	// Needs are the jobs that come first.
	Needs []string `json:"needs"`
	// If is the condition as typed.
	If string `json:"if"`
	// MayFail is true where the failure of the job does not fail the run, or not always.
	MayFail     bool        `json:"may_fail"`
	Permissions permissions `json:"permissions"`
	// Uses is the reusable workflow that the job calls; its name is "" for a job with steps.
	Uses uses `json:"uses"`
	// With are the inputs of that workflow, and the secrets that are handed to it.
	With []secret.Env `json:"with"`
	// Container is where the steps run; its reference is "" for the machine itself.
	Container container `json:"container"`
	// Services are further containers beside the job.
	Services []container `json:"services"`
	// Env is the environment that the job adds.
	Env []secret.Env `json:"env"`
	// Matrix are the values of each axis, those of include too, as far as they are written out.
	Matrix map[string][]string `json:"matrix"`
	// Steps are in order. A GitLab job has the steps before_script, script and after_script.
	Steps []Step `json:"steps"`
}

// A container is an image that CI runs.
type container struct {
	// Name is the service's name, or its image; for the job's own container it is "container".
	Name string `json:"name"`
	// Reference is the image as typed, with the variables that are known put in.
	Reference string `json:"reference"`
	// Repository is with the registry, Docker Hub's written out: "docker.io/library/rust".
	Repository string `json:"repository"`
	Tag        string `json:"tag"`
	Digest     string `json:"digest"`
	// Known is false where a part of the reference depends on something outside the file.
	Known bool         `json:"known"`
	Env   []secret.Env `json:"env"`
	// Options are docker's, as typed.
	Options string `json:"options"`
}

// A Step is one action or one script.
type Step struct {
	// Name is the step's own name, else its id, what it uses, or "step 3". It is unique in the job.
	Name string `json:"name"`
	If   string `json:"if"`
	// Uses is the action; its name is "" for a script.
	Uses uses `json:"uses"`
	// With are the action's inputs.
	With []secret.Env `json:"with"`
	// Run is the script, with secrets masked.
	Run string `json:"run"`
	// Shell is the shell that the step, the job or the workflow names; "" is the default.
	Shell string       `json:"shell"`
	Env   []secret.Env `json:"env"`
	// Folder is where the script starts, seen from the workflow's root, and with a leading cd where the
	// script runs cargo; "" is the root itself, or not known.
	Folder string `json:"folder"`
	// Exports are the variables that the script sets for itself and for later steps.
	Exports []secret.Env `json:"exports"`
	// Cargo and Rustup are the commands of both in the script. Their may_fail is true also where the
	// script's shell passes over the failure.
	Cargo  []shell.CargoCommand  `json:"cargo"`
	Rustup []shell.RustupCommand `json:"rustup"`
	// MayFail is true where the failure of the step does not fail the job, or not always.
	MayFail bool `json:"may_fail"`
}

// Uses names an action or a workflow.
type uses struct {
	// Name is without the ref: "actions/checkout", "docker://alpine", "./.github/actions/build".
	Name string `json:"name"`
	// Ref is the branch, tag or commit after the @.
	Ref string `json:"ref"`
	// Pinned is true for a full commit, an image digest, and for what is in the repository itself.
	Pinned bool `json:"pinned"`
}

// A Toolchain is a Rust toolchain that a job chooses.
type Toolchain struct {
	// Name is unique in the file: where the choice is made, and the toolchain.
	Name string `json:"name"`
	// Channel is what is chosen: "1.82.0", "stable"; "" where a toolchain file decides.
	Channel string `json:"channel"`
	// Kind is "exact" (1.82.0), "dated" (nightly-2024-10-17), "moving" (stable, 1.82), "file" where the
	// repository's toolchain file decides, "custom" for another name, or "unknown".
	Kind string `json:"kind"`
	// Pinned is true for an image with a digest: what its tag means cannot move.
	Pinned bool `json:"pinned"`
	// Source is "action", "image", "rustup", "cargo" (cargo +nightly), "env" (RUSTUP_TOOLCHAIN), or
	// "runner" for a job that compiles and chooses none.
	Source string `json:"source"`
	// Text is the source as typed: "dtolnay/rust-toolchain@stable".
	Text string `json:"text"`
	Job  string `json:"job"`
	// Folder is where the toolchain is used, relative to the root of the tree.
	Folder string `json:"folder"`
	// Extra is true for a toolchain that no artifact and no verdict depends on alone: it stands in a
	// matrix beside a fixed one, its job may fail, or it runs only what compiles nothing that is kept,
	// such as cargo fmt.
	Extra bool `json:"extra"`
}

// Found is a secret that stands in the file.
type found struct {
	// Name is where: "jobs.build.env.DB_PASSWORD".
	Name string `json:"name"`
	// Reason is why it counts as one, as in an environment's verdict.
	Reason string `json:"reason"`
	Masked string `json:"masked"`
}

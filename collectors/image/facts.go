package image

import (
	"sallyport/internal/auditable"
	"sallyport/internal/secret"
)

// An Image is a built image for one platform, as the OCI image specification and Docker's own formats describe it
// (https://github.com/opencontainers/image-spec/blob/main/config.md).
type Image struct {
	// Path is the file, relative to the root of the tree; for a layout in a folder its index.json.
	Path string `json:"path"`
	// Name is the first of References; without one the platform, such as "linux/arm64".
	Name string `json:"name"`
	// Source is "oci-layout", "oci-archive", "docker-archive", "docker-inspect", "podman-inspect" or "oci-config".
	Source string `json:"source"`
	// References are the names under which the image is kept, sorted.
	References []Reference `json:"references"`
	// Digest is the digest of the manifest; "" where the source has none.
	Digest string `json:"digest"`
	// Digests are those under which registries know the image: of its manifest and of the indexes that lead to
	// it. It is empty for docker save archives, whose manifest is not the registry's.
	Digests []string `json:"digests"`
	// ConfigDigest is the digest of the configuration; "" where the source does not tell.
	ConfigDigest string `json:"config_digest"`
	// MediaType is that of the manifest; "" where the source does not tell.
	MediaType string `json:"media_type"`
	// Attestations is the number of manifests beside the image that attest something about it.
	Attestations int      `json:"attestations"`
	Platform     Platform `json:"platform"`
	// Created is when the image was made, in RFC 3339 and UTC; "" where the image does not say. Reproducible builds
	// say 1970-01-01 or 1980-01-01.
	Created string `json:"created"`
	// Base is the image that this one was built on, as its labels and annotations say.
	Base Base `json:"base"`
	// User is who runs in the container.
	User User `json:"user"`
	// Env are the environment variables, in order; secrets are masked.
	Env []secret.Env `json:"env"`
	// Ports are the exposed ports, sorted.
	Ports []Port `json:"ports"`
	// Entrypoint and Cmd are joined to what the container runs.
	Entrypoint  []string    `json:"entrypoint"`
	Cmd         []string    `json:"cmd"`
	Healthcheck Healthcheck `json:"healthcheck"`
	// Labels and Annotations are the image's; secrets are masked.
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	// StopSignal is "" where the runtime decides.
	StopSignal string `json:"stop_signal"`
	// Workdir is "" for the root.
	Workdir string `json:"workdir"`
	// Volumes are sorted.
	Volumes []string `json:"volumes"`
	// Onbuild are the triggers for images that are built on this one.
	Onbuild []string `json:"onbuild"`
	// Shell is the shell of the shell form; [] is the default one.
	Shell []string `json:"shell"`
	// History is what made the image, oldest first, as the image itself says.
	History []Step `json:"history"`
	// Layers are in order, the lowest first.
	Layers []Layer `json:"layers"`
	Size   Size    `json:"size"`
	// Leaks are secrets in labels, annotations, history, commands and triggers.
	Leaks []Leak `json:"leaks"`
	// Files is what the layers hold.
	Files Files `json:"files"`
	// Program is what the container starts.
	Program Program `json:"program"`
	// Audit is what a database of advisories says about the crates of Program.
	Audit auditable.Audit `json:"audit"`
}

// A Reference is a name of an image.
type Reference struct {
	// Name is as docker shows it: without docker.io/library/.
	Name string `json:"name"`
	// Registry and Repository are resolved: docker.io and library/ where the name has none.
	Registry   string `json:"registry"`
	Repository string `json:"repository"`
	// Tag is "" for a reference by digest.
	Tag string `json:"tag"`
	// Digest is "" for a reference by tag.
	Digest string `json:"digest"`
	// Known is false for a name that is no reference, such as a bare tag in a layout's annotation.
	Known bool `json:"known"`
}

// A Platform is where the image runs.
type Platform struct {
	OS           string `json:"os"`
	Architecture string `json:"architecture"`
	Variant      string `json:"variant"`
}

// A Base is an image by name and digest; both may be "".
type Base struct {
	// Name is org.opencontainers.image.base.name.
	Name string `json:"name"`
	// Digest is org.opencontainers.image.base.digest.
	Digest string `json:"digest"`
}

// A User is the user of the configuration, looked up in the image's own accounts where its files are known.
type User struct {
	// Value is as the configuration has it; "" is root.
	Value string `json:"value"`
	// Name and Group are the two parts of it.
	Name  string `json:"name"`
	Group string `json:"group"`
	// Numeric is true for a user that Kubernetes can tell from root without the image.
	Numeric bool `json:"numeric"`
	// UID and GID are -1 where they are not known.
	UID int `json:"uid"`
	GID int `json:"gid"`
	// Root is true for uid 0 under whatever name.
	Root bool `json:"root"`
	// Known is false where no container could start as the user; Reason says why.
	Known  bool   `json:"known"`
	Reason string `json:"reason"`
}

// A Port is one exposed port, or a range.
type Port struct {
	// Name is as the configuration has it: "8080/tcp".
	Name string `json:"name"`
	// First and Last bound the range; 0 where they are not known.
	First    int    `json:"first"`
	Last     int    `json:"last"`
	Protocol string `json:"protocol"`
}

// A Healthcheck is how Docker sees whether the container works.
type Healthcheck struct {
	// Set is true where the image says anything.
	Set bool `json:"set"`
	// Disabled is true for NONE.
	Disabled bool `json:"disabled"`
	// Test is the command with its form: "CMD" or "CMD-SHELL" first.
	Test []string `json:"test"`
}

// A Step is one entry of the history.
type Step struct {
	// CreatedBy is as the image says; secrets are masked.
	CreatedBy string `json:"created_by"`
	// Instruction is that of the Dockerfile in upper case, as far as the entry tells; else "".
	Instruction string `json:"instruction"`
	// Text is what follows the instruction; secrets are masked.
	Text string `json:"text"`
	// Args are the build arguments of a RUN, with their values; secrets are masked.
	Args []secret.Env `json:"args"`
	// Commands are those of a RUN, as far as a shell's grammar tells.
	Commands []Command `json:"commands"`
	// Layer is the index of the layer that the step made; -1 where it made none or that is not known.
	Layer int `json:"layer"`
}

// A Command is one simple command.
type Command struct {
	// Name is the program without its folder.
	Name string   `json:"name"`
	Args []string `json:"args"`
}

// A Layer is one layer of the file system.
type Layer struct {
	// Name is the digest, or else the diff id.
	Name string `json:"name"`
	// Digest is that of the layer as stored; "" where the source has none.
	Digest string `json:"digest"`
	// DiffID is that of the layer unpacked.
	DiffID string `json:"diff_id"`
	// MediaType is "" where the source does not tell.
	MediaType string `json:"media_type"`
	// Compression is "none", "gzip" or "zstd"; "" where the layer was not read.
	Compression string `json:"compression"`
	// Size is as stored and Unpacked as a tar archive, in bytes; 0 where that is not known.
	Size     int `json:"size"`
	Unpacked int `json:"unpacked"`
	// Entries is the number of files, folders, links and whiteouts.
	Entries int `json:"entries"`
	// Escapes is the number of names that lead out of the root.
	Escapes int `json:"escapes"`
	// Read is true where every file in it was looked at; else Reason says why not.
	Read   bool   `json:"read"`
	Reason string `json:"reason"`
}

// A Size is that of all layers together, in bytes.
type Size struct {
	// Known is false where a layer's size is not known.
	Known bool `json:"known"`
	// Stored is as a registry keeps it; 0 where the source has the layers unpacked.
	Stored int `json:"stored"`
	// Unpacked is what the layers take on a node.
	Unpacked int `json:"unpacked"`
}

// A Leak is a secret outside of the environment.
type Leak struct {
	// Name is the part of the image that holds it: a label, "entrypoint", "history".
	Name string `json:"name"`
	// Where is "label", "annotation", "history", "argument", "command", "healthcheck" or "trigger".
	Where string `json:"where"`
	// At leads to the place, from the facts.
	At []any `json:"at"`
	// Secret is the judgement.
	Secret secret.Verdict `json:"secret"`
}

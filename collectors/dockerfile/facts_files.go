package dockerfile

// A buildContext is the folder that COPY and ADD take files from.
type buildContext struct {
	// Folder is the folder, relative to the root of the tree: that of the Dockerfile, or the nearest one above it
	// that has what the instructions copy. "." is the root.
	Folder string `json:"folder"`
	// Ignore is the file that says what is left out: Dockerfile.dockerignore beside the Dockerfile, else
	// .dockerignore in Folder; "" where there is neither.
	Ignore string `json:"ignore"`
	// Patterns are the lines of that file.
	Patterns []ignorePattern `json:"patterns"`
	// Entries are the files and folders at the top of the context that an image should not get, and that are
	// there or to be expected: history, secrets, and what builds leave behind.
	Entries []contextEntry `json:"entries"`
}

// An ignorePattern is one line of an ignore file
// (https://docs.docker.com/build/concepts/context/#dockerignore-files).
type ignorePattern struct {
	// Name is the pattern without "!".
	Name string `json:"name"`
	// Exception is true for a pattern with "!" in front.
	Exception bool `json:"exception"`
}

// A contextEntry is a file or folder of the context that is better left out.
type contextEntry struct {
	// Name is its path in the context: ".git".
	Name string `json:"name"`
	// Kind is "history" (.git), "key", "credentials", "environment" (.env), or "build" for what builds leave.
	Kind string `json:"kind"`
	// Found is true where the tree has it. The others are to be expected: .git in a checkout, .env where
	// .gitignore names it, target beside Cargo.toml, node_modules beside package.json.
	Found bool `json:"found"`
	// Excluded is true where the ignore file leaves it out.
	Excluded bool `json:"excluded"`
}

// A sensitiveFile is a source of COPY or ADD that by its name is a secret.
type sensitiveFile struct {
	// Name is the source as typed.
	Name string `json:"name"`
	// Kind is "key" for private keys, "credentials", "environment" for .env files, or "history" for .git.
	Kind string `json:"kind"`
	// Found is true where the tree has the file, so that its text decides what it is.
	Found bool `json:"found"`
}

// A built is a source of COPY --from that cargo has built in an earlier stage.
type built struct {
	// Name is the source as typed.
	Name string `json:"name"`
	// Stage is the index of the stage that builds it, and Path the file there.
	Stage int    `json:"stage"`
	Path  string `json:"path"`
	// Profile is the profile's folder: "release", "debug", or a profile of its own.
	Profile string `json:"profile"`
	// Target is the triple that it is built for; "" for that of the machine that builds.
	Target string `json:"target"`
	// Libc is the C library that it is linked against, "glibc" or "musl"; "" where that is not known. Static is
	// true where it is inside of the file.
	Libc   string `json:"libc"`
	Static bool   `json:"static"`
	// Lacks is what the file needs and the stage that it is copied to does not have: "glibc", or "glibc 2.34" where
	// the stage's is older; "" where it has all, or nobody can tell.
	Lacks string `json:"lacks"`
}

// A mainProgram is the file that the image runs.
type mainProgram struct {
	// Name is the file: "/usr/local/bin/ledger", "ledger"; "" where none is known.
	Name string `json:"name"`
	// Args are its arguments.
	Args []string `json:"args"`
	// Shell is true where the command line needs a shell: the shell form, or a shell as the program.
	Shell bool `json:"shell"`
	// Form is "exec", "shell", or "" without ENTRYPOINT and CMD of the file.
	Form string `json:"form"`
	// Instruction is "entrypoint" or "cmd": the one that names the program.
	Instruction string `json:"instruction"`
	// Stage and Copy are the indexes of the COPY or ADD that brings the file; -1 where none is known to.
	Stage int `json:"stage"`
	Copy  int `json:"copy"`
	// File is its absolute path where Copy is known; "" elsewhere.
	File string `json:"file"`
	// Owner is the owner of the file where Copy is known: "0", "app".
	Owner string `json:"owner"`
	// Hidden is the volume that the file is in; "" where it is in none.
	Hidden string `json:"hidden"`
	// Replaceable is true where the user who runs it owns it, and may write another program into it.
	Replaceable bool `json:"replaceable"`
}

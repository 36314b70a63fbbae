package dockerfile

// A fetch is something that a command of a RUN instruction gets over the network, other than by a
// package manager.
type fetch struct {
	// Program is "curl", "wget" or "git".
	Program string `json:"program"`
	// URL is the address, as far as it is known.
	URL string `json:"url"`
	// Scheme is "https", "http", "ftp", "ssh", "git" or "file"; "" where a variable leaves it open.
	Scheme string `json:"scheme"`
	// Local is true for an address of the machine itself: localhost, 127.0.0.1.
	Local bool `json:"local"`
	// File is the file or folder that it goes to; "" for standard output.
	File string `json:"file"`
	// Use is what the instruction, or a later one of the stage, does with it: "run" (a shell or an
	// interpreter reads it, or it is executed), "install" (a package manager installs it, or it is made
	// executable), "unpack", "trust" (it becomes a key that signatures are checked with), "clone" for git,
	// and "" where none of these is seen.
	Use string `json:"use"`
	// Verified is true where a checksum or a signature is compared, where the address names a commit, and for a
	// clone that checks out a commit or a tag.
	Verified bool `json:"verified"`
	// Run and Command are the indexes of the command.
	Run     int `json:"run"`
	Command int `json:"command"`
}

// unchecked is a place that switches off a check of what comes over the network.
type unchecked struct {
	// Check is "certificate" (TLS), "signature" (packages and repositories) or "host" (the keys of ssh).
	Check string `json:"check"`
	// Name is the program or the variable: "curl", "GIT_SSL_NO_VERIFY".
	Name string `json:"name"`
	// Text says how: "--insecure", "GIT_SSL_NO_VERIFY=1".
	Text string `json:"text"`
	// Instruction is "run", "env" or "arg".
	Instruction string `json:"instruction"`
}

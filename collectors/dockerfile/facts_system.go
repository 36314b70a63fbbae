package dockerfile

// A system is what the file system of a stage begins with: that of the image where its chain of stages
// begins, as far as policies/tables/base_systems knows it.
type system struct {
	// Known is true where the table knows the image.
	Known bool `json:"known"`
	// Stage is the index of the stage whose FROM names the image.
	Stage int `json:"stage"`
	// Image is that image as typed.
	Image string `json:"image"`
	// Distribution is "debian", "ubuntu", "alpine", "rhel", "rocky", "wolfi", "busybox", "windows" ...; "" where
	// it is not known, and for scratch.
	Distribution string `json:"distribution"`
	// Version is the release: "12", "22.04", "3.20", "sid"; "" where it is not known.
	Version string `json:"version"`
	// Libc is the C library that programs find: "glibc", "musl", "uclibc", "none"; "" where it is not known.
	Libc string `json:"libc"`
	// LibcVersion is the version of glibc: "2.36"; "" where it is not known.
	LibcVersion string `json:"libc_version"`
	// Shell is "present", "absent" or "unknown". It is absent only where nothing that the stages copy may
	// bring one.
	Shell string `json:"shell"`
	// PackageManager is "apt", "apk", "dnf", "yum", "microdnf", "zypper", "none", or "" where it is not known.
	PackageManager string `json:"package_manager"`
	// Toolchain is the language whose compiler the image exists to bring: "rust", "go", "c", "java", "dotnet"
	// ...; "" for other images.
	Toolchain string `json:"toolchain"`
	// Programs are those of curl, wget, nc and git that the image has. ProgramsKnown is false where that is
	// not known.
	Programs      []string `json:"programs"`
	ProgramsKnown bool     `json:"programs_known"`
	// Plain is true for scratch and for images that begin in the root folder and expose no port: those of
	// distributions and languages.
	Plain bool `json:"plain"`
	// End is the last day of the distribution's support for everybody: "2026-06-10"; "" where it is not known,
	// and for releases without end (by policies/tables/eol).
	End string `json:"end"`
	// ExtendedEnd is the last day of free long-term support by the project; End where there is none.
	ExtendedEnd string `json:"extended_end"`
}

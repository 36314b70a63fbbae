package cargomanifest

import "errors"

// The shape of the file, as far as it is read.
type (
	manifestFile struct {
		Package      packageTable                          `toml:"package"`
		Project      packageTable                          `toml:"project"` // an old name of [package]
		Workspace    workspaceTable                        `toml:"workspace"`
		Lib          libTable                              `toml:"lib"`
		Bins         []binTable                            `toml:"bin"`
		Dependencies map[string]dependencyTable            `toml:"dependencies"`
		Dev          map[string]dependencyTable            `toml:"dev-dependencies"`
		DevOld       map[string]dependencyTable            `toml:"dev_dependencies"`
		Build        map[string]dependencyTable            `toml:"build-dependencies"`
		BuildOld     map[string]dependencyTable            `toml:"build_dependencies"`
		Target       map[string]targetTable                `toml:"target"`
		Features     map[string][]string                   `toml:"features"`
		Profile      map[string]profileTable               `toml:"profile"`
		Patch        map[string]map[string]dependencyTable `toml:"patch"`
		Replace      map[string]dependencyTable            `toml:"replace"`
		Lints        map[string]any                        `toml:"lints"`
	}
	packageTable struct {
		Name        string      `toml:"name"`
		Version     inheritable `toml:"version"`
		Edition     inheritable `toml:"edition"`
		RustVersion inheritable `toml:"rust-version"`
		License     inheritable `toml:"license"`
		LicenseFile inheritable `toml:"license-file"`
		Publish     any         `toml:"publish"`
		Build       any         `toml:"build"`
		Workspace   string      `toml:"workspace"`
		Autobins    choice      `toml:"autobins"`
		Autolib     choice      `toml:"autolib"`
		Metadata    any         `toml:"metadata"`
	}
	inheritable struct {
		Value     string `toml:",short"`
		Workspace bool   `toml:"workspace"`
	}
	workspaceTable struct {
		Members        []string                   `toml:"members"`
		DefaultMembers []string                   `toml:"default-members"`
		Exclude        []string                   `toml:"exclude"`
		Resolver       string                     `toml:"resolver"`
		Package        workspacePackage           `toml:"package"`
		Dependencies   map[string]dependencyTable `toml:"dependencies"`
		Lints          map[string]any             `toml:"lints"`
	}
	workspacePackage struct {
		Version     string `toml:"version"`
		Edition     string `toml:"edition"`
		RustVersion string `toml:"rust-version"`
		License     string `toml:"license"`
		LicenseFile string `toml:"license-file"`
		Publish     any    `toml:"publish"`
	}
	libTable struct {
		Path         string `toml:"path"`
		ProcMacro    bool   `toml:"proc-macro"`
		ProcMacroOld bool   `toml:"proc_macro"`
	}
	binTable struct {
		Name string `toml:"name"`
		Path string `toml:"path"`
	}
	dependencyTable struct {
		Short              string   `toml:",short"`
		Version            string   `toml:"version"`
		Package            string   `toml:"package"`
		Registry           string   `toml:"registry"`
		RegistryIndex      string   `toml:"registry-index"`
		Git                string   `toml:"git"`
		Branch             string   `toml:"branch"`
		Tag                string   `toml:"tag"`
		Rev                string   `toml:"rev"`
		Path               string   `toml:"path"`
		Optional           bool     `toml:"optional"`
		Features           []string `toml:"features"`
		DefaultFeatures    choice   `toml:"default-features"`
		DefaultFeaturesOld choice   `toml:"default_features"`
		Workspace          bool     `toml:"workspace"`
	}
	targetTable struct {
		Dependencies map[string]dependencyTable `toml:"dependencies"`
		Dev          map[string]dependencyTable `toml:"dev-dependencies"`
		DevOld       map[string]dependencyTable `toml:"dev_dependencies"`
		Build        map[string]dependencyTable `toml:"build-dependencies"`
		BuildOld     map[string]dependencyTable `toml:"build_dependencies"`
	}
	profileTable struct {
		Inherits        string `toml:"inherits"`
		OptLevel        any    `toml:"opt-level"`
		Debug           any    `toml:"debug"`
		Strip           any    `toml:"strip"`
		LTO             any    `toml:"lto"`
		Panic           string `toml:"panic"`
		OverflowChecks  choice `toml:"overflow-checks"`
		DebugAssertions choice `toml:"debug-assertions"`
		Incremental     choice `toml:"incremental"`
		CodegenUnits    int    `toml:"codegen-units"`
	}
)

// choice is a boolean that may be absent.
type choice int

const (
	no  choice = -1
	yes choice = 1
)

func (c *choice) UnmarshalTOML(v any) error {
	b, ok := v.(bool)
	if !ok {
		return errors.New("write true or false")
	}
	if *c = no; b {
		*c = yes
	}
	return nil
}

// or is the choice where one was made.
func (c choice) or(other bool) bool { return c == yes || c != no && other }

package cargopolicy

// The shape of the files, as far as they are read. What has had several forms over time is taken as it comes.
type (
	policyFile struct {
		Advisories advisoriesTable `toml:"advisories"`
		Bans       bansTable       `toml:"bans"`
		Licenses   licensesTable   `toml:"licenses"`
		Sources    sourcesTable    `toml:"sources"`
		Database   databaseTable   `toml:"database"`
		Yanked     yankedTable     `toml:"yanked"`
		Target     targetTable     `toml:"target"`
		Graph      graphTable      `toml:"graph"`
	}
	advisoriesTable struct {
		Ignore                []any    `toml:"ignore"`
		Yanked                string   `toml:"yanked"`
		Unmaintained          any      `toml:"unmaintained"`
		Unsound               any      `toml:"unsound"`
		Vulnerability         string   `toml:"vulnerability"`
		SeverityThreshold     string   `toml:"severity-threshold"`
		DisableYankChecking   bool     `toml:"disable-yank-checking"`
		InformationalWarnings []string `toml:"informational_warnings"`
		SeverityThresholdOld  string   `toml:"severity_threshold"`
	}
	bansTable struct {
		MultipleVersions  string     `toml:"multiple-versions"`
		Wildcards         string     `toml:"wildcards"`
		Deny              []any      `toml:"deny"`
		Allow             []any      `toml:"allow"`
		Skip              []any      `toml:"skip"`
		SkipTree          []any      `toml:"skip-tree"`
		Features          []any      `toml:"features"`
		AllowBuildScripts any        `toml:"allow-build-scripts"`
		Build             buildTable `toml:"build"`
	}
	buildTable struct {
		AllowBuildScripts any `toml:"allow-build-scripts"`
	}
	licensesTable struct {
		Allow               []string `toml:"allow"`
		Exceptions          []any    `toml:"exceptions"`
		Clarify             []any    `toml:"clarify"`
		ConfidenceThreshold float64  `toml:"confidence-threshold"`
		Unlicensed          string   `toml:"unlicensed"`
		Default             string   `toml:"default"`
	}
	sourcesTable struct {
		UnknownRegistry string              `toml:"unknown-registry"`
		UnknownGit      string              `toml:"unknown-git"`
		RequiredGitSpec string              `toml:"required-git-spec"`
		AllowRegistry   []string            `toml:"allow-registry"`
		AllowGit        []string            `toml:"allow-git"`
		AllowOrg        map[string][]string `toml:"allow-org"`
	}
	databaseTable struct {
		Stale bool `toml:"stale"`
	}
	yankedTable struct {
		Enabled any `toml:"enabled"`
	}
	targetTable struct {
		Arch any `toml:"arch"`
		OS   any `toml:"os"`
	}
	graphTable struct {
		Exclude []string `toml:"exclude"`
	}
)

# METADATA
# title: Package of a language's registry without a version
# description: >-
#   The newest version is taken at every build, whoever published it and whatever it holds: a hijacked
#   package is in the image an hour later, and no build can be repeated.
# related_resources:
#   - https://slsa.dev/spec/v1.0/threats
#   - https://pip.pypa.io/en/stable/topics/repeatable-installs/
# custom:
#   severity: medium
#   cwe: [1357, 829]
#   equivalent:
#     - hadolint:DL3013
#     - hadolint:DL3016
#     - hadolint:DL3028
#     - hadolint:DL3062
#     - kics:gem install without version
#     - kics:npm install without pinned version
#     - kics:unpinned package version in pip install
#   remediation: Name a version, or install from a lock file with hashes.
#   bad: |
#     FROM python:3.12-slim
#     RUN pip install --no-cache-dir requests
#   good: |
#     FROM python:3.12-slim
#     RUN pip install --no-cache-dir requests==2.32.3 "urllib3<3" ./vendor/own.whl && pip install --require-hashes -r requirements.txt
#     RUN pip install . && pip install -c constraints.txt flask
#     RUN npm ci && npm install && npm install -g typescript@5.6.3 && gem install bundler -v 2.5.1
#     RUN go install golang.org/x/tools/cmd/stringer@v0.24.0 && go install ./cmd/... && cargo install --locked cargo-chef@0.1.68
package policies.dockerfile.language_package_unpinned

managers := {"pip", "npm", "yarn", "pnpm", "gem", "go", "cargo"}

# Names that stand for another version every day.
moving := {"latest", "next", "upgrade", "patch", "master", "main", "head", "HEAD", "*", "x"}

unversioned(p) if p.version == ""

unversioned(p) if p.version in moving

# A range is a choice that somebody made; no version is none.
open(p) if {
	not p.pinned
	unversioned(p)
	p.kind in {"package", "url"}
}

# cargo install --locked takes the lock of whatever version comes.
settled(command) if {
	command.locked
	command.manager != "cargo"
}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "install"
	not settled(command)
	command.manager in managers
	names := [p.name | some p in command.packages; open(p)]
	count(names) > 0
	msg := sprintf("%s installs %s without a version", [command.manager, concat(", ", array.slice(names, 0, 5))])
}

# METADATA
# title: Layer keeps the cache of a language's package manager
# description: >-
#   pip, npm, yarn and their like keep what they download. In an image nothing reads it again, and it
#   can be as large as what was installed.
# related_resources:
#   - https://pip.pypa.io/en/stable/topics/caching/#avoiding-caching
#   - https://docs.docker.com/build/cache/optimize/#use-cache-mounts
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3042
#     - hadolint:DL3060
#     - kics:pip install keeping cached packages
#     - semgrep:missing-pip-no-cache-dir
#   remediation: >-
#     Switch the cache off (pip: --no-cache-dir), clean it in the same RUN, or mount it with
#     --mount=type=cache.
#   bad: |
#     FROM python:3.12-slim
#     RUN pip install --require-hashes -r requirements.txt
#   good: |
#     FROM python:3.12-slim AS build
#     RUN pip install build
#     FROM python:3.12-slim
#     ENV PIP_NO_CACHE_DIR=1
#     RUN pip install --require-hashes -r requirements.txt
#     RUN --mount=type=cache,target=/root/.cache/yarn yarn install --frozen-lockfile
#     RUN yarn install --frozen-lockfile && yarn cache clean
package policies.dockerfile.language_package_cache

managers := {"pip", "npm", "yarn", "pnpm"}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.keeps_cache
	command.manager in managers
	kept(stage, run)
	msg := sprintf("%s leaves its cache in the layer", [trim_right(sprintf("%s %s", [command.manager, command.subcommand]), " ")])
}

# Layers of other stages are thrown away.
kept(stage, _) if stage.final

kept(stage, _) if stage.base_of_final

kept(_, run) if run.onbuild

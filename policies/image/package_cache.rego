# METADATA
# title: Cache of a package manager is in the image
# description: >-
#   Lists and archives that were downloaded to install from only make the image larger. A layer keeps its
#   size, so a later step that deletes them gains nothing.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: low
#   equivalent:
#     - dockle:DKL-DI-0004
#     - dockle:DKL-DI-0005
#   remediation: Delete the cache in the step that fills it, or mount it with RUN --mount=type=cache; for apk, use apk add --no-cache.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease --
#     x
#     -- app.tar/2/var/lib/apt/.wh.lists --
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/var/lib/apt/lists/lock 0640 --
#     -- app.tar/1/var/lib/apt/lists/partial/ --
#     -- app.tar/1/var/cache/apt/archives/partial/ --
package policies.image.package_cache

deny contains {"at": ["files", "caches", i], "msg": msg} if {
	some i, cache in input.files.caches
	msg := sprintf("%s holds %d files (%d KiB) of %s, in layer %d%s", [cache.name, cache.count, round(cache.size / 1024), cache.kind, cache.layer + 1, fate(cache)])
}

fate(cache) := ", and a later layer deletes them in vain" if cache.deleted

fate(cache) := "" if not cache.deleted

# Folders of a repository. A path is relative to its root and has slashes; the root is "".
package policies.lib.tree

# dir is the folder that a file is in.
dir(path) := concat("/", array.slice(parts, 0, count(parts) - 1)) if parts := split(path, "/")

# ancestors are a folder and all folders above it, the root first.
ancestors(folder) := {""} if folder == ""

ancestors(folder) := {""} | {above |
	parts := split(folder, "/")
	some n in numbers.range(1, count(parts))
	above := concat("/", array.slice(parts, 0, n))
} if {
	folder != ""
}

# nearest is the deepest of the folders that are keys of an object, at or above a folder.
nearest(folders, folder) := max({[count(above), above] |
	some above in ancestors(folder)
	folders[above]
})[1]

# common counts the folders that two files have in common, the root among them.
common(a, b) := count(ancestors(dir(a)) & ancestors(dir(b)))

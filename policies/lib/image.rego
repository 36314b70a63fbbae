# Package policies.lib.image knows what tables say about images.
package policies.lib.image

# default_user is the user that an image runs as by itself, without its group, by policies/tables/base_images;
# undefined for an image that the table does not have. The first entry that fits counts, one without a star before others.
default_user(image) := user if {
	name := concat("/", [image.registry, image.repository])
	entries := data.tables.base_images.images
	exact := [e.user | some e in entries; e.image == name; tagged(e.tag, image.tag)]
	below := [e.user | some e in entries; above(e.image, name); tagged(e.tag, image.tag)]
	user := split(array.concat(exact, below)[0], ":")[0]
}

above(pattern, name) if {
	endswith(pattern, "/*")
	startswith(name, trim_suffix(pattern, "*"))
}

tagged("", _)

tagged(pattern, tag) if {
	pattern != ""
	glob.match(pattern, null, tag)
}

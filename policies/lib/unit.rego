# Package policies.lib.unit finds what packs the same program as a systemd service: the one that runs it under its name.
package policies.lib.unit

# services are the units that start a program, by its name, where one unit alone does. Commands that end, such as
# migrations, are no services.
services[name] := i if {
	some name, found in starters
	count(found) == 1
	some i in found
}

starters[name] contains i if {
	some i, unit in input.systemd
	unit.service
	unit.manager == "system"
	unit.alias_of == ""
	not unit.partial
	unit.service_type != "oneshot"
	some name in programs(unit)
}

# programs are the names of the programs that a unit starts, but of those that start others. There is one, unless systemd refuses
# the unit.
programs(unit) := {name |
	some command in unit.exec
	command.setting == "ExecStart"
	name := last(command.path)
	not launchers[name]
}

launchers := {
	"", "sh", "bash", "dash", "env", "sudo", "su", "nice", "docker", "podman", "docker-compose", "java", "node", "npm", "deno",
	"python", "python3", "ruby", "perl", "php", "dotnet", "nginx", "uvicorn", "gunicorn", "systemd-cat", "start-stop-daemon",
}

# stages are the final stages of Dockerfiles, by the name of the program that they start, where one alone does.
stages[name] := ["dockerfile", i, "stages", input.dockerfile[i].final] if {
	some name, found in packers
	count(found) == 1
	some i in found
}

packers[name] contains i if {
	some i, doc in input.dockerfile
	name := last(doc.stages[doc.final].program.file)
	name != ""
}

# containers are those of Kubernetes objects whose image has the name of the program.
containers[name] contains ["kubernetes", i, "containers", j] if {
	some i, doc in input.kubernetes
	some j, container in doc.containers
	container.list == "containers"
	name := split(split(last(container.image), "@")[0], ":")[0]
	name != ""
}

# composed are the services of compose files that run the image of the program, or build its stage.
composed[name] contains ["compose", i, "services", j] if {
	some i, doc in input.compose
	some j, service in doc.services
	name := last(service.image.repository)
	name != ""
}

composed[name] contains ["compose", i, "services", j] if {
	some name, place in stages
	some i, doc in input.compose
	some j, service in doc.services
	service.build.known
	service.build.dockerfile == input.dockerfile[place[1]].path
}

last(path) := parts[count(parts) - 1] if parts := split(path, "/")

package kubernetes

import (
	"strings"
)

// suffix is how many characters the API server adds to generateName (k8s.io/apiserver/pkg/storage/names).
const suffix = 5

// key names the object. A generated name is new each time, so that what it is generated from stands for it.
func key(object map[string]any) string {
	meta, _ := object["metadata"].(map[string]any)
	name, base := text(meta["name"]), text(meta["generateName"])
	if base != "" && (name == "" || len(name) == len(base)+suffix && strings.HasPrefix(name, base)) {
		name = base
	}
	return text(object["kind"]) + "/" + name
}

// Owners are the controller that an object names as its owner, and the one above it as far as the name tells: the ReplicaSet
// of a pod, and then its Deployment. Anybody can write them.
func Owners(object map[string]any) []string {
	meta, _ := object["metadata"].(map[string]any)
	list, _ := meta["ownerReferences"].([]any)
	for _, item := range list {
		ref, _ := item.(map[string]any)
		kind, name := text(ref["kind"]), text(ref["name"])
		if ref["controller"] != true || kind == "" || name == "" {
			continue
		}
		owners := []string{kind + "/" + name}
		labels, _ := meta["labels"].(map[string]any)
		hash := text(labels["pod-template-hash"])
		if above, ok := strings.CutSuffix(name, "-"+hash); kind == "ReplicaSet" && hash != "" && ok {
			return append(owners, "Deployment/"+above)
		}
		// The controller of CronJobs names a Job by the minute that it is for.
		if i := strings.LastIndexByte(name, '-'); kind == "Job" && i > 0 && len(name)-i > 8 && strings.Trim(name[i+1:], "0123456789") == "" {
			return append(owners, "CronJob/"+name[:i])
		}
		return owners
	}
	return nil
}

// Objects are the objects that a value holds: itself, and the items of a List. The same value is one object for the
// API server, whatever its kind is called, so that it is always among them.
func Objects(object map[string]any) []map[string]any {
	all := []map[string]any{object}
	if items, ok := object["items"].([]any); ok && strings.HasSuffix(text(object["kind"]), "List") {
		for _, item := range items {
			for _, p := range objects(item, nil) {
				all = append(all, p.object)
			}
		}
	}
	return all
}

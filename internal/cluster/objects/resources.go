// Package objects lists and watches the objects of a cluster, in pages and with bounded memory.
package objects

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"k8s.io/client-go/discovery"
)

// A Resource is a kind of objects that can be listed.
type Resource struct {
	// Group is "" for the core group.
	Group, Version, Kind string
	// Name is that in URLs: deployments.
	Name       string
	Namespaced bool
	// Watchable is true where changes can be watched.
	Watchable bool
}

// String is the name that people write: deployments.apps.
func (r Resource) String() string { return strings.TrimSuffix(r.Name+"."+r.Group, ".") }

// path is the URL of all objects, or of those of a namespace.
func (r Resource) path(namespace string) string {
	path := "/apis/" + r.Group + "/" + r.Version
	if r.Group == "" {
		path = "/api/" + r.Version
	}
	if namespace != "" {
		path += "/namespaces/" + namespace
	}
	return path + "/" + r.Name
}

// unjudged are resources that hold no configuration: what happened, what runs, and what is made of other objects.
var unjudged = map[string]bool{
	"bindings": true, "componentstatuses": true, "endpoints": true, "events": true, "nodes": true, "events.events.k8s.io": true,
	"leases.coordination.k8s.io": true, "leasecandidates.coordination.k8s.io": true, "endpointslices.discovery.k8s.io": true,
	"controllerrevisions.apps": true, "csinodes.storage.k8s.io": true, "csistoragecapacities.storage.k8s.io": true, "volumeattachments.storage.k8s.io": true,
	"flowschemas.flowcontrol.apiserver.k8s.io": true, "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": true,
	"ipaddresses.networking.k8s.io": true, "resourceslices.resource.k8s.io": true, "storageversions.internal.apiserver.k8s.io": true,
	"policyreports.wgpolicyk8s.io": true, "clusterpolicyreports.wgpolicyk8s.io": true,
	"pods.metrics.k8s.io": true, "nodes.metrics.k8s.io": true,
}

// owners come before what they own, so that a finding is told once, where it is to be mended.
var owners = []string{"deployments.apps", "cronjobs.batch", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "replicationcontrollers", "jobs.batch", "pods"}

// Discover asks the API server what it can list. A group that does not answer is part of the error; the others are returned all the same.
func Discover(client discovery.DiscoveryInterface) ([]Resource, error) {
	lists, err := discovery.ServerPreferredResources(client)
	if len(lists) == 0 && err != nil {
		return nil, fmt.Errorf("the API server does not say what it holds: %w", err)
	}
	var all []Resource
	for _, list := range lists {
		group, version, ok := strings.Cut(list.GroupVersion, "/")
		if !ok {
			group, version = "", list.GroupVersion
		}
		for _, r := range list.APIResources {
			one := Resource{Group: group, Version: version, Kind: r.Kind, Name: r.Name, Namespaced: r.Namespaced, Watchable: slices.Contains(r.Verbs, "watch")}
			if slices.Contains(r.Verbs, "list") && !strings.Contains(r.Name, "/") && !unjudged[one.String()] {
				all = append(all, one)
			}
		}
	}
	slices.SortFunc(all, func(a, b Resource) int {
		return cmp.Or(slices.Index(owners, a.String())-slices.Index(owners, b.String()), strings.Compare(a.String(), b.String()))
	})
	return all, groupErrors(err)
}

// groupErrors makes one error of each group that did not answer: its objects are not judged.
func groupErrors(err error) error {
	var failed *discovery.ErrGroupDiscoveryFailed
	if !errors.As(err, &failed) {
		return err
	}
	var all []error
	for gv, cause := range failed.Groups {
		all = append(all, fmt.Errorf("the objects of %s were not judged: its API server does not answer: %w", gv, cause))
	}
	slices.SortFunc(all, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(all...)
}

// Choose keeps the resources that one of the names is for: deployments, deployments.apps, Deployment, or a singular in lower case. An
// unknown name is an error.
func Choose(all []Resource, names []string) ([]Resource, error) {
	if len(names) == 0 {
		return all, nil
	}
	var kept []Resource
	for _, name := range names {
		n := len(kept)
		for _, r := range all {
			if name == r.Name || name == r.String() || strings.EqualFold(name, r.Kind) {
				kept = append(kept, r)
			}
		}
		if len(kept) == n {
			return nil, fmt.Errorf("the API server has no resource %q that is judged", name)
		}
	}
	// In the order of all, each once.
	return slices.DeleteFunc(slices.Clone(all), func(r Resource) bool { return !slices.Contains(kept, r) }), nil
}

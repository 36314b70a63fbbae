package secgroup

import (
	"slices"
	"strings"
)

// A resolver finds the group that a rule names while neither has an identifier: by the references in the configuration.
type resolver struct {
	config    value
	groups    map[string]*group
	byID      map[string][]*group
	resources map[string]*resource
}

// owners are the groups that a rule may be of; sure says that it is of all of them, or that it is of none in the plan.
func (r *resolver) owners(res *resource) (groups []*group, sure bool) {
	if id := res.values.get("security_group_id"); !id.null() {
		return r.byID[id.str()], true
	}
	if res.config.d == nil {
		return nil, false
	}
	var found []string
	for _, ref := range res.config.get("security_group_id").get("references").list() {
		found = append(found, r.follow(ref.str(), res.module, 0)...)
	}
	_, own, _ := cutIndex(res.address)
	for _, address := range dedupe(found) {
		if g := r.groups[address]; g != nil {
			return []*group{g}, true
		}
		if g := r.groups[address+own]; g != nil && own != "" {
			return []*group{g}, true
		}
		for name, g := range r.groups {
			if plain, _, _ := cutIndex(name); plain == address {
				groups = append(groups, g)
			}
		}
	}
	slices.SortFunc(groups, func(a, b *group) int { return strings.Compare(a.Name, b.Name) })
	return groups, len(groups) == 1
}

// cutIndex cuts the index of a resource with count or for_each off its address.
func cutIndex(address string) (plain, index string, ok bool) {
	if i := strings.LastIndex(address, "["); i >= 0 && strings.HasSuffix(address, "]") {
		return address[:i], address[i:], true
	}
	return address, "", false
}

// splitReference splits at dots outside of the keys of for_each.
func splitReference(ref string) []string {
	inside := false
	return strings.FieldsFunc(ref, func(c rune) bool {
		if c == '[' || c == ']' {
			inside = c == '['
		}
		return c == '.' && !inside
	})
}

const maxFollow = 32

// follow turns a reference, as it stands in a module, into the addresses of the resources that it leads to.
func (r *resolver) follow(ref, module string, depth int) []string {
	if depth > maxFollow {
		return nil
	}
	prefix := ""
	if module != "" {
		prefix = module + "."
	}
	parts := splitReference(ref)
	if len(parts) == 0 {
		return nil
	}
	switch {
	case parts[0] == "var" && len(parts) > 1 && module != "":
		parent, call := splitModule(module)
		return r.all(r.moduleConfig(parent).get("module_calls").get(call).get("expressions").get(parts[1]), parent, depth+1)
	case parts[0] == "module" && len(parts) > 2:
		call, _, _ := strings.Cut(parts[1], "[")
		output := r.moduleConfig(module).get("module_calls").get(call).get("module").get("outputs").get(parts[2]).get("expression")
		return r.all(output, prefix+"module."+parts[1], depth+1)
	case strings.HasPrefix(parts[0], "aws_") && len(parts) > 1:
		return []string{prefix + parts[0] + "." + parts[1]}
	}
	return nil
}

func (r *resolver) all(expression value, module string, depth int) []string {
	var found []string
	for _, ref := range expression.get("references").list() {
		found = append(found, r.follow(ref.str(), module, depth)...)
		if len(found) > 1000 {
			break
		}
	}
	return found
}

// splitModule cuts the innermost call off a module's address.
func splitModule(module string) (parent, call string) {
	i := strings.LastIndex(module, "module.")
	if i < 0 {
		return "", module
	}
	call, _, _ = strings.Cut(module[i+len("module."):], "[")
	return strings.TrimSuffix(module[:i], "."), call
}

// moduleConfig is the configuration of a module by its address.
func (r *resolver) moduleConfig(module string) value {
	at := r.config
	var calls []string
	for module != "" && len(calls) < maxModules {
		var call string
		module, call = splitModule(module)
		calls = append(calls, call)
	}
	for _, call := range slices.Backward(calls) {
		at = at.get("module_calls").get(call).get("module")
	}
	return at
}

func dedupe(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

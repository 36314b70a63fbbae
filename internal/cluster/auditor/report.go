package auditor

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sallyport/internal/finding"
	"sallyport/internal/gate"
)

// Report makes the report that check makes of files. An object stands where a file does, and its place is a field.
func (a *Audit) Report(cluster string, started, ended time.Time) (*finding.Report, error) {
	r := &finding.Report{Root: cluster, Started: started.UTC(), Ended: ended.UTC(), FailOn: a.opts.Decider.FailOn(), Documents: map[string]int{}}
	var err error
	if r.Rules, err = a.opts.Decider.Rules(); err != nil {
		return nil, err
	}
	for _, n := range a.Judged {
		r.Documents["kubernetes"] += n
	}
	for _, res := range a.Results {
		r.Findings = append(r.Findings, res.Findings...)
	}
	slices.SortStableFunc(r.Findings, func(x, y finding.Finding) int {
		return strings.Compare(x.File+"\x00"+x.Rule.Name+"\x00"+x.Logical, y.File+"\x00"+y.Rule.Name+"\x00"+y.Logical)
	})
	r.Notifications = slices.Clone(a.Errors)
	a.verdict(r)
	return r, nil
}

// verdict decides as check does: an error takes the verdict away, and so does a cluster without an object.
func (a *Audit) verdict(r *finding.Report) {
	if r.Documents["kubernetes"] == 0 && len(r.Notifications) == 0 {
		r.Notifications = append(r.Notifications, finding.Notification{
			Error: true, Message: "nothing to judge: the cluster holds no object that was asked for", Hint: "look at --namespace, --selector and --resource, and at the rights of the account",
		})
	}
	gate.Decide(r)
}

// Summary says in a few words what was judged: 12 deployments.apps, 30 pods.
func (a *Audit) Summary() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(a.Judged)) {
		if n := a.Judged[name]; n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, name))
		}
	}
	if a.Folded > 0 {
		all = append(all, fmt.Sprintf("%s of what controllers made, told of the controllers", finding.Count(a.Folded, "finding")))
	}
	if a.Exempt > 0 {
		all = append(all, fmt.Sprintf("%s that no binding is for", finding.Count(a.Exempt, "object")))
	}
	return strings.Join(all, ", ")
}

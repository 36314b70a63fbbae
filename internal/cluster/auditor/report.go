package auditor

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sallyport/internal/finding"
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

// verdict decides as check does: an error takes the verdict away.
func (a *Audit) verdict(r *finding.Report) {
	closing, waived := 0, 0
	for i := range r.Findings {
		if r.Findings[i].Closes {
			closing++
		}
		if r.Findings[i].Waived != nil {
			waived++
		}
	}
	if r.Documents["kubernetes"] == 0 && len(r.Notifications) == 0 {
		r.Notifications = append(r.Notifications, finding.Notification{
			Error: true, Message: "nothing to judge: the cluster holds no object that was asked for", Hint: "look at --namespace, --selector and --resource, and at the rights of the account",
		})
	}
	switch errors := len(r.Notifications); {
	case errors > 0:
		r.Verdict, r.Reason = finding.None, fmt.Sprintf("%s kept the gate from deciding", count(errors, "error"))
		if closing > 0 {
			r.Reason += fmt.Sprintf(", and %s would close it", count(closing, "finding"))
		}
	case closing > 0:
		r.Verdict, r.Reason = finding.Closed, fmt.Sprintf("%s of objects that would not be admitted", count(closing, "finding"))
	case waived > 0:
		r.Verdict, r.Reason = finding.Open, fmt.Sprintf("no finding closes it; %s waived", count(waived, "finding"))
	default:
		r.Verdict, r.Reason = finding.Open, "no finding closes it"
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
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
		all = append(all, fmt.Sprintf("%s of what controllers made, told of the controllers", count(a.Folded, "finding")))
	}
	if a.Exempt > 0 {
		all = append(all, fmt.Sprintf("%s that no binding is for", count(a.Exempt, "object")))
	}
	return strings.Join(all, ", ")
}

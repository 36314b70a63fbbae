# METADATA
# description: Which pods of the tree selectors pick, by an index of labels.
package policies.lib.workload

# Pods are places: the index of the document, and that of the pod in it.
all := {[i, j] | some i, doc in input.kubernetes; some j, _ in doc.pods}

having[key][value] contains [i, j] if {
	some i, doc in input.kubernetes
	some j, pod in doc.pods
	some key, value in pod.labels
}

# selected are the pods that a selector picks, in all namespaces.
selected(selector) := all if selector.everything

selected(selector) := places if {
	not selector.everything
	places := {place | some place in labelled(selector.labels); fits(selector.expressions, labels(place))}
}

labelled(wanted) := all if count(wanted) == 0

labelled(wanted) := intersection({object.get(having, [key, value], set()) | some key, value in wanted}) if count(wanted) > 0

labels([i, j]) := input.kubernetes[i].pods[j].labels

fits(expressions, labels) if {
	every e in expressions {
		true_of(e, labels)
	}
}

true_of(e, labels) if {
	e.operator == "In"
	labels[e.key] in e.values
}

true_of(e, labels) if {
	e.operator == "NotIn"
	not object.get(labels, e.key, "") in e.values
}

true_of(e, labels) if {
	e.operator == "Exists"
	_ = labels[e.key]
}

true_of(e, labels) if {
	e.operator == "DoesNotExist"
	not e.key in object.keys(labels)
}

# near: who applies an object without a namespace decides where it goes.
near(a, b) if a == b

near("", b) if b != ""

near(a, "") if a != ""

# rendered is true where the tree has templates, so that nobody knows all of its objects.
rendered if {
	some doc in input.kubernetes
	doc.template
}

package kubernetes

import "sallyport/internal/secret"

// Facts are what rules see of one Kubernetes object.
type Facts struct {
	// Path is the file that holds the object.
	Path string `json:"path"`
	// APIVersion is group and version: "apps/v1".
	APIVersion string `json:"api_version"`
	// Kind is the object's kind: "Deployment".
	Kind string `json:"kind"`
	// Name is metadata.name, or metadata.generateName.
	Name string `json:"name"`
	// Namespace is metadata.namespace; "" where the object has none or leaves it to whoever applies it.
	Namespace string `json:"namespace"`
	// Labels are metadata.labels.
	Labels map[string]string `json:"labels"`
	// Annotations are metadata.annotations.
	Annotations map[string]string `json:"annotations"`
	// Template is true for a file that only a program can turn into objects, such as a template of a Helm
	// chart. Nothing else is known of it.
	Template bool `json:"template"`
	// Patch is true for a part of an object that a kustomization lays over another. What is absent in it
	// is no statement.
	Patch bool `json:"patch"`
	// Object is the object as it was read, with the types that the API server sees.
	Object any `json:"object"`
	// Pods are the pods that the object is or makes: of a Pod, of the workloads of apps and batch, and of
	// any kind that holds a pod template.
	Pods []Pod `json:"pods"`
	// Containers are the containers of all pods, in the order of the lists.
	Containers []Container `json:"containers"`
	// Entries are the entries of a ConfigMap's or a Secret's data, sorted by list and key, and the credentials of a kubeconfig.
	Entries []Entry `json:"entries"`
	// Owned is true for an object that names an owner: a controller has made it, or somebody says so.
	Owned bool `json:"owned"`
	// Vouched is true for one that a controller of the cluster itself has made for its owner. Nobody says so of files.
	Vouched bool `json:"vouched"`
	// Live is true for an object that is sent to a cluster, or is in it: then it stands in no file.
	Live bool `json:"live"`
	// Workload is what a controller of pods says about their number.
	Workload Workload `json:"workload"`
	// References are the objects that this one needs, by name.
	References []Reference `json:"references"`
	// The rest has one element where the object is of that kind, and otherwise none; Gateways and Webhooks have one for each
	// listener and each webhook.
	Roles           []Role          `json:"roles"`
	Bindings        []Binding       `json:"bindings"`
	Services        []Service       `json:"services"`
	Ingresses       []Ingress       `json:"ingresses"`
	Gateways        []Gateway       `json:"gateways"`
	NetworkPolicies []NetworkPolicy `json:"network_policies"`
	Webhooks        []Webhook       `json:"webhooks"`
	Budgets         []Budget        `json:"budgets"`
	Autoscalers     []Autoscaler    `json:"autoscalers"`
	Clusters        []Cluster       `json:"clusters"`
}

// A Pod is a pod specification (Kubernetes API reference, PodSpec).
type Pod struct {
	// Path leads to the specification, from the facts: ["object", "spec", "template", "spec"].
	Path []any `json:"path"`
	// HostNetwork, HostPID and HostIPC are true where the pod shares that namespace with its node.
	HostNetwork bool `json:"host_network"`
	HostPID     bool `json:"host_pid"`
	HostIPC     bool `json:"host_ipc"`
	// HostUsers is false where the pod has a user namespace of its own.
	HostUsers bool `json:"host_users"`
	// Windows is true where spec.os.name says so; numeric users and file system protection do not exist there.
	Windows bool `json:"windows"`
	// ServiceAccount is the account that the pod acts as; "" is the namespace's default.
	ServiceAccount string `json:"service_account"`
	// AutomountToken is automountServiceAccountToken; where it is not set, the account decides, and the default is true.
	AutomountToken Flag `json:"automount_token"`
	// SharedProcesses is shareProcessNamespace.
	SharedProcesses bool `json:"shared_processes"`
	// Labels and Annotations are those of the pod itself, or of its template.
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	// Security is the pod's security context.
	Security Security `json:"security"`
	// Volumes are the pod's volumes.
	Volumes []Volume `json:"volumes"`
	// HostAliases are the host names that the pod writes into its hosts file.
	HostAliases []string `json:"host_aliases"`
	// AccountField is serviceAccount, the name that serviceAccountName had before; "" where it is not used, and where both say the same.
	AccountField string `json:"account_field"`
	// LongRunning is true for pods that are meant to run on: not those of Jobs.
	LongRunning bool `json:"long_running"`
	// Spread is true where something keeps the pods on different nodes.
	Spread bool `json:"spread"`
	// PriorityClass is priorityClassName.
	PriorityClass string `json:"priority_class"`
	// Tolerations are the taints of nodes that do not keep the pod away.
	Tolerations []Toleration `json:"tolerations"`
}

// A Toleration lets a pod run on nodes with a taint.
type Toleration struct {
	// Key is the taint; "" is every taint.
	Key string `json:"key"`
	// Effect is NoSchedule, PreferNoSchedule or NoExecute; "" is every effect.
	Effect string `json:"effect"`
	// ControlPlane is true where the pod may run beside the API server.
	ControlPlane bool `json:"control_plane"`
}

// A Container is one container of a pod, with what the pod decides for it.
type Container struct {
	// Name is the container's name.
	Name string `json:"name"`
	// List is the list that it stands in: containers, initContainers or ephemeralContainers.
	List string `json:"list"`
	// Pod is the index of its pod in pods.
	Pod int `json:"pod"`
	// Path leads to the container, from the facts.
	Path []any `json:"path"`
	// Image is the image reference as written.
	Image string `json:"image"`
	// Reference is the image reference taken apart.
	Reference Image `json:"reference"`
	// Sidecar is true for an init container that runs beside the others.
	Sidecar bool `json:"sidecar"`
	// Watched is true for one that is meant to run on, so that probes make sense.
	Watched bool `json:"watched"`
	// Serves is true where it has a port that is not, by its name, for health or metrics alone.
	Serves bool `json:"serves"`
	// Interactive is true where it has a terminal or an open standard input.
	Interactive bool `json:"interactive"`
	// Sudo is true where it is started by sudo.
	Sudo bool `json:"sudo"`
	// Repeated are the variables of env that stand there again further down, by index.
	Repeated []int `json:"repeated"`
	// PullPolicy is imagePullPolicy; "" where it is not set.
	PullPolicy string `json:"pull_policy"`
	// Security is the container's own security context.
	Security Security `json:"security"`
	// Ports are those that the container says it listens on.
	Ports []Port `json:"ports"`
	// Handlers are its probes and hooks.
	Handlers []Handler `json:"handlers"`
	// Mounts are the volumes that it sees.
	Mounts []Mount `json:"mounts"`
	// Resources are what it asks for and may use.
	Resources Resources `json:"resources"`
	// RunAsUser is the user id that applies: the container's own, or the pod's.
	RunAsUser User `json:"run_as_user"`
	// NonRoot tells whether the container is kept from running as root (Pod Security Standards,
	// restricted, "Running as Non-root" and "Running as Non-root user"): runAsNonRoot or a user id above
	// 0 applies to it. A container's own setting beats the pod's.
	NonRoot Verdict `json:"non_root"`
	// ReadOnlyRoot tells whether the root file system is read-only.
	ReadOnlyRoot Verdict `json:"read_only_root"`
	// Unprivileged tells whether the container is confined at all: a privileged one has every device
	// and capability of its node.
	Unprivileged Verdict `json:"unprivileged"`
	// Env are the environment variables, in order; secrets are masked.
	Env []Variable `json:"env"`
	// EnvFrom are the objects whose entries all become variables.
	EnvFrom []Source `json:"env_from"`
	// Leaks are the secrets that the container's specification holds in plain: in variables, commands,
	// arguments, probes and hooks.
	Leaks []Leak `json:"leaks"`
}

// An Image is a reference to an image, taken apart as container runtimes do.
type Image struct {
	// Known is false for what is no reference, such as one with variables in it.
	Known bool `json:"known"`
	// Registry is docker.io where the text names none.
	Registry string `json:"registry"`
	// Repository is the path in the registry; library/nginx for nginx.
	Repository string `json:"repository"`
	// Tag and Digest are "" where the text has none.
	Tag    string `json:"tag"`
	Digest string `json:"digest"`
}

// A User is a user id that may be left open.
type User struct {
	// Set is false where neither container nor pod names a user: then the image decides.
	Set bool `json:"set"`
	// Value is the user id.
	Value int64 `json:"value"`
}

// A Verdict is what a setting comes to.
type Verdict struct {
	// OK is true for a safe setting, and for one that a patch leaves to the object under it.
	OK bool `json:"ok"`
	// Reason says why it is not, as the end of a sentence about the container; "" where OK is true.
	Reason string `json:"reason"`
	// At leads to the field that decides, from the facts; the field need not be there.
	At []any `json:"at"`
}

// A Variable is an environment variable of a container.
type Variable struct {
	// Name is the name of the variable.
	Name string `json:"name"`
	// From is where the value comes from: value, secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef
	// or fileKeyRef; "" where the object says nothing that is known.
	From string `json:"from"`
	// Value is the value where From is value; where it is or holds a secret, that part is masked.
	Value string `json:"value"`
	// Secret says whether the value is or holds a secret.
	Secret secret.Verdict `json:"secret"`
}

// A Source is an object whose entries all become variables.
type Source struct {
	// Kind is configMapRef or secretRef.
	Kind string `json:"kind"`
	// Name is the name of the object.
	Name string `json:"name"`
}

// A Leak is a secret in plain.
type Leak struct {
	// What names the place for people: "the environment variable DB_PASSWORD".
	What string `json:"what"`
	// At leads to the place, from the facts.
	At []any `json:"at"`
	// Secret is why it is one.
	Secret secret.Verdict `json:"secret"`
}

// An Entry is a value of a ConfigMap or a Secret.
type Entry struct {
	// Name is the key.
	Name string `json:"name"`
	// At leads to the entry, from the facts.
	At []any `json:"at"`
	// Encoded is true for base64, as Secrets have it under data.
	Encoded bool `json:"encoded"`
	// Secret says whether the value, decoded, is or holds a secret. In a Secret every value counts that
	// is no placeholder, no reference and no ciphertext and has no name of something public.
	Secret secret.Verdict `json:"secret"`
}

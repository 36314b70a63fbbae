package image

import (
	"maps"
	"slices"
	"strings"

	"sallyport/internal/secret"
)

// leaks looks for secrets in what everybody sees who may pull the image.
func (b *builder) leaks() {
	b.table("label", "labels", b.facts.Labels)
	b.table("annotation", "annotations", b.facts.Annotations)
	b.words("entrypoint", "command", b.facts.Entrypoint)
	b.words("cmd", "command", b.facts.Cmd)
	for i, t := range b.facts.Onbuild {
		b.facts.Onbuild[i] = b.clean(t, "trigger", "trigger", "onbuild", i)
	}
	test := b.facts.Healthcheck.Test
	for i, t := range test {
		test[i] = b.clean(t, "healthcheck", "healthcheck", "healthcheck", "test", i)
	}
}

// clean masks the secrets of a text and remembers the first as a leak.
func (b *builder) clean(text, name, where string, at ...any) string {
	if len(text) > maxStep {
		return text
	}
	hits := secret.Find(text)
	if len(hits) > 0 {
		b.leak(name, where, hits[0].Verdict, at...)
		b.mask(&text, &text, hits)
	}
	return text
}

func (b *builder) table(where, field string, m map[string]string) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		// The last part of a label's name is what speaks: com.example.token.
		short := k[strings.LastIndexAny(k, "./")+1:]
		env := secret.Variable(short, m[k])
		guess := env.Secret.Reason == "entropy" || env.Secret.Reason == "name"
		if env.Secret.Found && !(guess && publicLabel(k)) {
			b.leak(k, where, env.Secret, field, k)
			b.secrets = append(b.secrets, secret.Values(short, m[k])...)
			m[k] = env.Value
		}
	}
}

// publicLabel tells of labels whose values are revisions, digests and addresses.
func publicLabel(name string) bool {
	return strings.HasPrefix(name, "org.opencontainers.image.") || strings.HasPrefix(name, "org.label-schema.")
}

// words looks at a command as one line and masks word by word.
func (b *builder) words(name, where string, words []string) {
	hits := secret.Find(strings.Join(words, " "))
	if len(hits) == 0 {
		return
	}
	b.leak(name, where, hits[0].Verdict, name)
	for i := range words {
		b.mask(&words[i], &words[i], hits)
	}
}

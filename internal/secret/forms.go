package secret

import (
	"encoding/json"
	"strings"
)

// forms are rules of our own, in gitleaks' format: tokens that their form alone tells, where gitleaks
// wants the provider's name beside them or does not know them.
const forms = `
[[rules]]
id = "telegram-bot-token"
regex = '''(?:\b|bot)([0-9]{8,10}:AA[0-9A-Za-z_-]{33})(?:[^0-9A-Za-z_-]|$)'''
entropy = 3
keywords = [":aa"]

[[rules]]
id = "mailchimp-key"
regex = '''\b[0-9a-f]{32}-us[0-9]{1,2}\b'''
entropy = 3
keywords = ["-us"]

[[rules]]
id = "openai-key"
regex = '''\bsk-(?:[a-z]+-)?[0-9A-Za-z_-]{18,100}T3BlbkFJ[0-9A-Za-z_-]{18,100}'''
entropy = 3
keywords = ["t3blbkfj"]
`

// token tells whether what a rule takes for a JSON web token can be one: its header is an object.
func token(v string) bool {
	header, _, ok := strings.Cut(v, ".")
	if !ok {
		return true
	}
	text, ok := decode64(header)
	return ok && json.Valid([]byte(text))
}

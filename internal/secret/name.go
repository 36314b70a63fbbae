package secret

import (
	"slices"
	"strings"
	"sync"
)

// naming is what a name says about its value.
type naming int

const (
	// neutral names say nothing.
	neutral naming = iota
	// harmless names say that the value is no secret, also where it looks random or the name has a
	// secret's word in it: TOKEN_URL, GPG_KEY, NODE_SHA256.
	harmless
	// hinting names may go with a secret: SIGNING_SALT, SESSION_COOKIE, FOO_KEY.
	hinting
	// secretive names go with a secret: API_KEY, GITHUB_TOKEN.
	secretive
	// password names do too, and there a default or a guessable value counts as well.
	password
)

// passwordWords end a word that names a password or a shared secret.
var passwordWords = []string{"password", "passwd", "passphrase", "passwort", "secret", "requirepass", "masterauth"}

// secretWords end a word that names a key or token.
var secretWords = []string{
	"token", "apikey", "credential", "secretkey", "privatekey", "authkey", "accesskey",
	"masterkey", "encryptionkey", "signingkey", "deploykey", "sharedkey", "accountkey", "privkey",
}

// keyOwners make a secret of the word "key" behind them.
var keyOwners = wordSet(`api secret private priv access encryption encrypt decryption crypto cipher aes hmac master
	signing sign auth session account storage admin deploy jwt webhook client shared root unseal subscription
	service app license registration integration ingestion management functions recovery bootstrap`)

// hintWords go with secrets and with other things; the value decides.
var hintWords = wordSet(`key keys salt auth pass pwd pw cookie seed cipher session webhook jwt bearer authorization
	mnemonic pin creds cred license signature nonce pepper dsn otp sas sig code`)

// publicOwners make a harmless word of the "key" behind them.
var publicOwners = wordSet(`public pub gpg pgp openpgp primary foreign sort partition cache hot host known signed recv
	fetch import trusted trust repo apt sequence idx bucket routing row column object message group shard csrf xsrf index natural
	schema lookup dict map config registry release publishable site max min num total count per context unk pad eos bos`)

// countedOwners make a harmless word of the "token" behind them: those of forms, parsers and language models.
// The tokens of a registry, repository or release are secrets, other than the keys that such names have.
var countedOwners = wordSet(`csrf xsrf max min num total count per context unk pad eos bos public site publishable next page
	continuation sync cancellation input output prompt completion stop`)

// aboutWords behind a secret's word say that the value is about it: its place, name, life, form or use.
var aboutWords = wordSet(`url urls uri endpoint host hostname server port path paths file files filename dir directory
	folder location source src name names id ids identifier length len min max ttl expiry expire expires expiration
	expired age timeout interval lifetime duration validity period days hours minutes seconds issuer iss audience aud
	type kind algorithm alg algo method mode policy enable enabled disable disabled required require header headers
	prefix suffix field param parameter format encoding charset version arn ref reference region realm scope scopes
	user username login email size count limit limits rounds cost iterations rotation rotate provider store backend
	manager mount namespace label hint pattern regex class driver sock socket fd stdin env var variable command cmd
	program helper script template rules strength complexity attempts retries retry leeway skew cache check checks
	validation validate validator reset change grace history refresh service page form selector key_id kid threshold
	sha1 sha256 sha512 sha digest checksum md5 fingerprint thumbprint hasher hashers hashing encoder encoders exists generator model index budget window down up press pressed event board code`)

// quietWords say of a whole name that a random value under it is no secret.
var quietWords = wordSet(`sha sha1 sha224 sha256 sha384 sha512 sha2 sha3 md5 digest digests checksum checksums hash hashes
	sum sums commit revision rev ref refs integrity version versions ver fingerprint fingerprints thumbprint gpg pgp
	gpgkey gpgkeys id ids uuid guid build etag public pub pubkey certificate cert certs crt image tag url uri path dir file host
	hostname name branch src source download package pkg release snapshot blake2 blake3 b2sum crc crc32 trace span`)

// wordSet is a set of words. It is made when it is first asked for one, and not at every start of the program.
func wordSet(words string) func(word string) bool {
	set := sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool)
		for w := range strings.FieldsSeq(words) {
			set[w] = true
		}
		return set
	})
	return func(word string) bool { return set()[word] }
}

// classify says what a name says. It sees every variable of every file, so a name without any of the
// stems is answered without taking it apart.
func classify(name string) naming {
	if len(name) > 256 {
		name = name[:256]
	}
	if !stemmed(name) {
		return neutral
	}
	words := words(name)
	last, class := -1, neutral
	for i, w := range words {
		before := ""
		if i > 0 {
			before = words[i-1]
		}
		if c := classOf(w, before); c != neutral && (c >= class || c == harmless) {
			last, class = i, c
		}
	}
	if last >= 0 && class != harmless {
		for i, w := range words[last+1:] {
			if aboutWords(w) && !accessKeyID(words[:last+2+i]) {
				return harmless
			}
		}
	}
	return class
}

// accessKeyID tells whether words end in "access key id": Amazon's is one half of a credential, and useless
// without the other, so that who gives the one gives both.
func accessKeyID(words []string) bool {
	return len(words) >= 3 && slices.Equal(words[len(words)-3:], []string{"access", "key", "id"})
}

// quietName tells whether a name says that a random value is no secret. It is asked last, for values
// that look random.
func quietName(name string) bool {
	return slices.ContainsFunc(words(name), func(w string) bool { return quietWords(w) })
}

// stems are parts of all words that classify knows; a name without any of them says nothing.
var stems = []string{
	"pass", "pw", "pin", "pepper", "secret", "session", "seed", "salt", "sig", "sas", "token", "key", "cred", "cookie", "cipher",
	"code", "auth", "webhook", "jwt", "bearer", "mnemonic", "master", "license", "nonce", "dsn", "otp",
}

var stemsByLetter = func() (table ['z' + 1][]string) {
	for _, s := range stems {
		table[s[0]] = append(table[s[0]], s)
	}
	return table
}()

func stemmed(name string) bool {
	for i := range len(name) {
		c := name[i] | 0x20
		if c > 'z' {
			continue
		}
		for _, s := range stemsByLetter[c] {
			if len(name)-i >= len(s) && strings.EqualFold(name[i:i+len(s)], s) {
				return true
			}
		}
	}
	return false
}

func classOf(word, before string) naming {
	singular := strings.TrimSuffix(word, "s")
	for _, w := range passwordWords {
		if strings.HasSuffix(word, w) || strings.HasSuffix(singular, w) {
			return password
		}
	}
	switch word {
	case "pass", "pwd", "pw":
		if before == "" && word == "pwd" || before == "old" || before == "by" {
			return neutral
		}
		return password
	case "pgpass", "userpass", "dbpass", "mysqlpass", "smtppass", "rootpass", "adminpass", "storepass", "keypass",
		"pgpwd", "dbpwd", "mysqlpwd", "userpwd", "rootpw", "adminpw", "bindpw", "authpass", "ftppass", "sshpass":
		return password
	case "key", "keys":
		switch {
		case publicOwners(before):
			return harmless
		case keyOwners(before):
			return secretive
		}
		return hinting
	case "creds", "cred":
		return secretive
	}
	for _, w := range secretWords {
		if strings.HasSuffix(word, w) || strings.HasSuffix(singular, w) {
			if countedOwners(before) || !strings.HasSuffix(singular, "token") && publicOwners(before) {
				return harmless
			}
			return secretive
		}
	}
	if hintWords(word) {
		return hinting
	}
	return neutral
}

// words takes a name apart into lower-case words: at every character that is no letter or digit, and
// where camelCase and ABCWord show a new one. Digits at the end of a word are dropped (PASSWORD_2, token1),
// but not from names of digests (sha256).
func words(name string) []string {
	var list []string
	start := 0
	add := func(end int) {
		if end > start {
			w := strings.ToLower(name[start:end])
			if bare := strings.TrimRight(w, "0123456789"); bare != "" && !quietWords(w) {
				w = bare
			}
			list = append(list, w)
		}
	}
	for i := range len(name) {
		c := name[i]
		switch {
		case !isAlnum(c):
			add(i)
			start = i + 1
		case isUpper(c) && i > start && (isLower(name[i-1]) ||
			isUpper(name[i-1]) && i+1 < len(name) && isLower(name[i+1])):
			add(i)
			start = i
		}
	}
	add(len(name))
	return list
}

package dockerfile

import (
	"fmt"
	"testing"
)

func TestFetches(t *testing.T) {
	const sum = `echo "0123  f" | sha256sum -c -`
	for script, want := range map[string]string{
		// a shell or an interpreter reads it
		"curl -sSf https://sh.rustup.rs | sh -s -- -y":               "curl https https://sh.rustup.rs run",
		"curl https://e.com/i | sudo -E bash -":                      "curl https https://e.com/i run",
		"wget -qO- https://e.com/i.php | php -- --filename=composer": "wget https https://e.com/i.php run",
		"curl -s https://e.com/i | tee /tmp/i && sh /tmp/i":          "curl https https://e.com/i run",
		`sh -c "$(curl -fsSL https://e.com/i)"`:                      "curl https https://e.com/i run",
		"bash <(curl -s https://e.com/i)":                            "curl https https://e.com/i run",
		"curl -o /tmp/i.sh https://e.com/i && bash /tmp/i.sh":        "curl https https://e.com/i /tmp/i.sh run",
		"curl -LO https://e.com/i.sh && chmod +x i.sh && ./i.sh":     "curl https https://e.com/i.sh i.sh run",
		"wget https://e.com/i.sh && mv i.sh /opt/x && /opt/x":        "wget https https://e.com/i.sh i.sh run",
		"curl https://e.com/i > i && sh i":                           "curl https https://e.com/i i run",
		"curl -s https://e.com/d | python3 -m json.tool":             "curl https https://e.com/d",
		"curl -s https://e.com/d | python3 -c 'print()'":             "curl https https://e.com/d",
		"curl -s https://e.com/d | perl -ne print":                   "curl https https://e.com/d",
		"curl -s https://e.com/d | sh read.sh":                       "curl https https://e.com/d",
		// something else takes it
		"curl -L https://e.com/a.tgz | tar -xz":                           "curl https https://e.com/a.tgz unpack",
		"wget http://e.com/a.deb && dpkg -i a.deb":                        "wget http http://e.com/a.deb a.deb install",
		"curl -Lo /usr/bin/t https://e.com/t && chmod 755 /usr/bin/t":     "curl https https://e.com/t /usr/bin/t install",
		"curl -O https://e.com/a-1.zip && unzip '*.zip'":                  "curl https https://e.com/a-1.zip a-1.zip unpack",
		"curl https://e.com/k | gpg --dearmor -o /etc/apt/keyrings/k.gpg": "curl https https://e.com/k trust",
		"curl -o /etc/apt/keyrings/k.asc https://e.com/k":                 "curl https https://e.com/k /etc/apt/keyrings/k.asc trust",
		"curl -fsS https://e.com/health":                                  "curl https https://e.com/health",
		"curl -d x=1 https://e.com/api | sh":                              "",
		"wget --spider https://e.com":                                     "",
		// something checks it
		"curl -o f https://e.com/f && " + sum + " && chmod +x f && ./f":         "curl https https://e.com/f f run verified",
		"curl -o f https://e.com/f\nRUN sha256sum -c f.sum && sh f":             "curl https https://e.com/f f run verified",
		"curl -o f https://e.com/f && gpg --verify f.asc f && tar xf f":         "curl https https://e.com/f f unpack verified",
		"curl https://e.com/0123456789abcdef0123456789abcdef01234567/i.sh | sh": "curl https https://e.com/0123456789abcdef0123456789abcdef01234567/i.sh run verified",
		// where from
		"curl e.com/i | sh":               "curl http e.com/i run",
		"curl $URL | sh":                  "curl  $URL run",
		"curl http://localhost:80/i | sh": "curl http http://localhost:80/i run local",
		"curl http://127.0.0.1/i | sh":    "curl http http://127.0.0.1/i run local",
		// clones
		"git clone https://e.com/r":                            "git https https://e.com/r clone",
		"git clone -b v1.2 --depth 1 https://e.com/r /r":       "git https https://e.com/r /r clone verified",
		"git clone -b main https://e.com/r":                    "git https https://e.com/r clone",
		"git clone git@e.com:o/r.git":                          "git ssh git@e.com:o/r.git clone",
		"git clone /srv/r":                                     "git file /srv/r clone local",
		"git clone https://e.com/r && cd r && git checkout v1": "git https https://e.com/r clone verified",
		"git clone https://e.com/r && git -C r checkout main":  "git https https://e.com/r clone",
		"git -c a=b clone http://e.com/r":                      "git http http://e.com/r clone",
		"git submodule update":                                 "",
	} {
		d, _, err := collect("FROM debian:12\nRUN "+script+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", script, err)
			continue
		}
		s := &d.Stages[0]
		got := ""
		for _, f := range s.Fetches {
			if got != "" {
				got += "; "
			}
			got += fmt.Sprint(f.Program, " ", f.Scheme, " ", f.URL)
			for _, word := range []struct {
				on   bool
				text string
			}{{f.File != "", f.File}, {f.Use != "", f.Use}, {f.Verified, "verified"}, {f.Local, "local"}} {
				if word.on {
					got += " " + word.text
				}
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", script, got, want)
		}
	}
}

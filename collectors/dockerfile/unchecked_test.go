package dockerfile

import (
	"strings"
	"testing"
)

func TestUnchecked(t *testing.T) {
	for text, want := range map[string]string{
		"ENV GIT_SSL_NO_VERIFY=0":                                                  "certificate GIT_SSL_NO_VERIFY=0",
		"ENV NODE_TLS_REJECT_UNAUTHORIZED=1":                                       "",
		"RUN NODE_TLS_REJECT_UNAUTHORIZED=0 node x.js":                             "certificate NODE_TLS_REJECT_UNAUTHORIZED=0",
		"RUN curl -fsSLk https://x.example/a":                                      "certificate -k",
		"RUN curl -o k https://x.example/-k":                                       "",
		"RUN git config --global http.sslVerify false":                             "certificate http.sslVerify false",
		"RUN npm config get strict-ssl":                                            "",
		"RUN true && echo sslverify=0":                                             "",
		"RUN echo sslverify=0 | sort":                                              "certificate sslverify=0",
		"RUN { echo a; echo sslverify=0; } >> /etc/yum.conf":                       "certificate sslverify=0",
		"RUN echo 'deb [ trusted=yes ] http://x.example ./' > /etc/apt/x.list":     "signature [ trusted=yes ]",
		"RUN echo 'deb [trusted=yes arch=amd64] copy:/repo ./' > /etc/apt/x.list":  "",
		"RUN echo \"deb [ trusted=yes ] file://$dir ./\" > /etc/apt/x.list":        "",
		"RUN echo \"deb [ trusted=yes ] $mirror ./\" > /etc/apt/x.list":            "signature [ trusted=yes ]",
		"RUN sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.conf":                      "signature gpgcheck=0",
		"RUN sed -i 's/gpgcheck=0/gpgcheck=1/' /etc/yum.conf":                      "",
		`RUN printf '[x]\nbaseurl=y\ngpgcheck=0\n' > /etc/yum.repos.d/x.repo`:      "signature gpgcheck=0",
		"RUN ssh -o StrictHostKeyChecking=no x.example":                            "host StrictHostKeyChecking=no",
		"RUN GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=no' git clone x@y.a:b":  "host GIT_SSH_COMMAND=ssh -o StrictHostKeyChecking=no",
		"RUN wget --no-check-certificate https://x.example/a && wget https://b.cd": "certificate --no-check-certificate",
	} {
		f, _, err := collect("FROM debian:12\n"+text+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for _, u := range f.Stages[0].Unchecked {
			got = append(got, u.Check+" "+u.Text)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %q, want %q", text, s, want)
		}
	}
}

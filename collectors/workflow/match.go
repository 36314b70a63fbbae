package workflow

import (
	"bytes"
	"path"
	"strings"
)

// The formats.
const (
	github = "github"
	action = "action"
	gitlab = "gitlab"
)

// formatOf tells by the name whose file it is; "" is nobody's. A composite action is called action.yml, as
// other things are, so its content decides.
func formatOf(file string, head []byte) string {
	dir, base := path.Split(file)
	stem, ok := strings.CutSuffix(base, ".yml")
	if !ok {
		if stem, ok = strings.CutSuffix(base, ".yaml"); !ok {
			return ""
		}
	}
	folder := path.Base(path.Dir(file))
	above := path.Base(path.Dir(path.Clean(path.Join(dir, "."))))
	switch {
	case folder == "workflows" && (above == ".github" || above == ".gitea" || above == ".forgejo"):
		return github
	case strings.HasSuffix(stem, ".gitlab-ci"), folder == ".gitlab-ci", folder == "ci" && above == ".gitlab":
		return gitlab
	case stem == "action" && bytes.HasPrefix(head, []byte("runs:")), stem == "action" && bytes.Contains(head, []byte("\nruns:")):
		return action
	}
	return ""
}

// rootOf is the folder of the repository that a file belongs to: the one above .github and its like, else
// the file's own.
func rootOf(file string) string {
	folders := strings.Split(path.Dir(file), "/")
	for i, folder := range folders {
		switch folder {
		case ".github", ".gitea", ".forgejo", ".gitlab", ".gitlab-ci":
			return strings.Join(folders[:i], "/")
		case ".":
			return ""
		}
	}
	return strings.Join(folders, "/")
}

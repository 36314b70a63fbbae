// Command generate writes stock.txt: the files of firewalld's own folder, without what is for people.
package main

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path"
	"regexp"
	"strings"
)

var (
	prose = regexp.MustCompile(`(?s)<\?xml.*?\?>|<!--.*?-->|<(short|description)>.*?</(short|description)>|<(short|description)/>`)
	space = regexp.MustCompile(`\s*([<>])\s*`)
)

func main() {
	tree := os.DirFS("/usr/lib/firewalld")
	for _, folder := range []string{"zones", "policies", "services", "icmptypes", "helpers"} {
		files, err := fs.Glob(tree, folder+"/*.xml")
		if err != nil {
			log.Fatal(err)
		}
		for _, name := range files {
			text, err := fs.ReadFile(tree, name)
			if err != nil {
				log.Fatal(err)
			}
			plain := space.ReplaceAllString(prose.ReplaceAllString(string(text), ""), "$1")
			fmt.Println(path.Clean(name), strings.Join(strings.Fields(strings.ReplaceAll(plain, " />", "/>")), " "))
		}
	}
}

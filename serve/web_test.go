package serve

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// TestTheLookIsDocumented: web/README.md names every token and class of the style sheet, and none that is not there; the style sheet
// asks for nothing from elsewhere; and no template has a colour or a style of its own.
func TestTheLookIsDocumented(t *testing.T) {
	read := func(name string) string {
		data, err := fs.ReadFile(files, "web/"+name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	style := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(read("style.css"), "")
	readme := read("README.md")
	named := func(pattern, in string) map[string]bool {
		found := map[string]bool{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(in, -1) {
			found[m[1]] = true
		}
		return found
	}
	selectors := regexp.MustCompile(`\{[^{}]*\}`).ReplaceAllString(style, " ")
	for what, pair := range map[string][2]map[string]bool{
		"token": {named(`(?m)^\s+(--[a-z0-9-]+):`, style), named("`(--[a-z0-9-]+)`", readme)},
		"class": {named(`\.([a-z][a-z0-9-]*)`, selectors), named("`\\.([a-z][a-z0-9-]*)`", readme)},
	} {
		for name := range pair[0] {
			if !pair[1][name] {
				t.Errorf("the %s %s is not in web/README.md", what, name)
			}
		}
		for name := range pair[1] {
			if !pair[0][name] {
				t.Errorf("web/README.md names the %s %s, which is not in style.css", what, name)
			}
		}
	}
	for name := range named(`var\((--[a-z0-9-]+)`, style) {
		if !strings.Contains(style, name+":") {
			t.Errorf("the token %s has no value", name)
		}
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") || strings.Contains(style, "animation") || strings.Contains(style, "transition") {
		t.Error("the style sheet asks for something from elsewhere, or moves")
	}
	pages, err := fs.Glob(files, "web/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if text := read(strings.TrimPrefix(p, "web/")); strings.Contains(text, "style=") || regexp.MustCompile(`\sfill="#|\son[a-z]+=`).MatchString(text) {
			t.Errorf("%s has a style or a script of its own", p)
		}
	}
}

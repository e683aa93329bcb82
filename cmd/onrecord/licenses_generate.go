//go:build ignore

// Writes the licences and notices of every module that is part of the binary on any system it is built for, and of the Go standard library,
// to the file that is named, compressed. Run it as go generate does, in this folder, after a change of go.mod.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A module with the folders of those of its packages that are in the binary.
type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
	folders            map[string]bool
}

func main() {
	log.SetFlags(0)
	var text bytes.Buffer
	text.WriteString("Onrecord is under the Apache License 2.0. Parts of it are under the terms that follow.\n")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		log.Fatal(err)
	}
	goroot := strings.TrimSpace(string(root))
	write(&text, "The Go programming language", goroot, map[string]bool{goroot: true})
	tables, err := filepath.Abs(filepath.Join("..", "..", "meaning", "weights"))
	if err != nil {
		log.Fatal(err)
	}
	write(&text, "WordNet 3.0 and GloVe, of which meaning/weights is made", tables, map[string]bool{tables: true})
	modules := inBinary()
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		m := modules[path]
		write(&text, m.Path+" "+m.Version, m.Dir, m.folders)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, err := z.Write(text.Bytes()); err != nil {
		log.Fatal(err)
	}
	if err := errors.Join(z.Close(), os.WriteFile(os.Args[1], packed.Bytes(), 0o644)); err != nil {
		log.Fatal(err)
	}
}

// inBinary lists the modules of the packages that the command is built of; our own, and what stands in for one in this repository, left
// out.
func inBinary() map[string]*module {
	modules := map[string]*module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-json=Dir,Module", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			log.Fatal(err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct {
				Dir    string
				Module *module
			}
			if err := d.Decode(&p); err == io.EOF {
				break
			} else if err != nil {
				log.Fatal(err)
			}
			if p.Module == nil || p.Module.Main || p.Module.Replace != nil && p.Module.Replace.Version == "" {
				continue
			}
			if modules[p.Module.Path] == nil {
				p.Module.folders = map[string]bool{}
				modules[p.Module.Path] = p.Module
			}
			modules[p.Module.Path].folders[p.Dir] = true
		}
	}
	return modules
}

// write writes the terms that stand in folders of a module or above them.
func write(text *bytes.Buffer, title, root string, folders map[string]bool) {
	notice := regexp.MustCompile(`(?i)^(.*[-_])?(licen[cs]es?|copying|copyright|notice|patents)([-_.].*)?$`)
	all := map[string]bool{}
	for folder := range folders {
		within, err := filepath.Rel(root, folder)
		if err != nil || !filepath.IsLocal(within) {
			log.Fatalf("%s: %s is not in %s", title, folder, root)
		}
		for ; within != "."; within = filepath.Dir(within) {
			all[filepath.Join(root, within)] = true
		}
		all[root] = true
	}
	fmt.Fprintf(text, "\n%s\n%s\n", strings.Repeat("=", 100), title)
	found := false
	for _, folder := range slices.Sorted(maps.Keys(all)) {
		files, err := os.ReadDir(folder)
		if err != nil {
			log.Fatal(err)
		}
		for _, f := range files {
			if f.IsDir() || !notice.MatchString(f.Name()) || strings.HasSuffix(f.Name(), ".go") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(folder, f.Name()))
			if err != nil {
				log.Fatal(err)
			}
			name, _ := filepath.Rel(root, filepath.Join(folder, f.Name()))
			fmt.Fprintf(text, "%s\n%s:\n\n%s\n", strings.Repeat("-", 100), filepath.ToSlash(name), bytes.TrimRight(bytes.ReplaceAll(b, []byte("\r"), nil), "\n"))
			found = true
		}
	}
	if !found {
		log.Fatalf("%s: no licence found in %s", title, root)
	}
}

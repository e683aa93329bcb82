package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
)

// description is what help says of the whole.
const description = `Reads news and keeps the record of it: who said what, with which figures, copied from where, disputed by whom. Every row can be checked against the passage it came from.

  onrecord read articles/            read a folder of articles into ./onrecord.db
  onrecord stories                   list the stories
  onrecord check draft.txt           check a draft against the record
  onrecord serve                     browse at http://127.0.0.1:7700/

"onrecord help COMMAND" describes a command.

Exit codes: 0 success; 1 some input was refused, a draft needs review, or some articles are not linked yet; 2 failed or interrupted.`

type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to show help of." placeholder:"COMMAND"`
}

func (c *helpCommand) Run(k *kong.Context) error {
	asked, err := kong.Trace(k.Kong, c.Command)
	if err != nil {
		return err
	}
	if len(c.Command) > 0 && asked.Selected() == nil {
		return fmt.Errorf("no command %q: onrecord help lists them", strings.Join(c.Command, " "))
	}
	return asked.PrintUsage(false)
}

// formatsInWords lists formats of exports for help.
func formatsInWords(list []export.Format) string {
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = f.Name + ": " + f.About
	}
	return strings.Join(words, "; ")
}

type versionCommand struct{}

// Run prints the version and the commit as Go's linker notes them down, and the models, by which rows are marked.
func (c *versionCommand) Run(s streams) error {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{}
	}
	set := map[string]string{}
	for _, x := range build.Settings {
		set[x.Key] = x.Value
	}
	commit := cmp.Or(set["vcs.revision"], "not known")
	if set["vcs.modified"] == "true" {
		commit += ", with changes"
	}
	fmt.Fprintf(s.out, "onrecord %s\ncommit   %s\nbuilt    %s for %s/%s\n", cmp.Or(build.Main.Version, "(devel)"), commit, build.GoVersion, set["GOOS"], set["GOARCH"])
	models := strings.Fields(reading.Version())
	fmt.Fprintf(s.out, "models   %s\n", strings.Join(append(models, link.Version()), "\n         "))
	return nil
}

//go:generate go run licenses_generate.go licenses.txt.gz

//go:embed licenses.txt.gz
var packedLicenses []byte

type licensesCommand struct{}

func (c *licensesCommand) Run(s streams) error {
	z, err := gzip.NewReader(bytes.NewReader(packedLicenses))
	if err != nil {
		return err
	}
	_, err = io.Copy(s.out, z)
	return errors.Join(err, z.Close())
}

// Command train learns the models that onrecord embeds, from the corpora, and measures them. The same corpora give the same
// bytes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
)

// command is the command line. Every model is a field with a Run method.
type command struct {
	Sentences sentencesCommand `cmd:"" help:"Learn where sentences end."`
	Tagger    taggerCommand    `cmd:"" help:"Learn the part-of-speech tagger."`
	Names     namesCommand     `cmd:"" help:"Learn the model of names, given the tagger."`
	Parser    parserCommand    `cmd:"" help:"Learn the dependency parser, given the tagger."`
	All       allCommand       `cmd:"" help:"Learn everything of English, in order."`
	Score     scoreCommand     `cmd:"" help:"Measure the embedded English models."`

	Attribution attributionCommand `cmd:"" help:"Learn the models of statements, given English."`
	Copies      copiesCommand      `cmd:"" help:"Learn when an article draws on agency copy, and print the weights."`

	Words   wordsCommand   `cmd:"" help:"Make the tables of what words mean, of WordNet and word vectors."`
	Meaning meaningCommand `cmd:"" help:"Learn when one passage follows from another or contradicts it, given the tables."`

	AttributionScore attributionScoreCommand `cmd:"" help:"Write what the models of statements find in a marked corpus, for the scorer."`
}

// place is where training reads and writes.
type place struct {
	Corpora string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora."`
	Out     string `short:"o" default:"english/weights" type:"path" help:"Folder that the weights go to."`
}

// start is when the command began, for progress only.
var start = time.Now()

// logf tells of progress on standard error, with the seconds so far.
func logf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%6.1fs  %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
}

// write puts a weight file in its place, whole or not at all.
func (p place) write(name string, b []byte) error {
	if err := os.MkdirAll(p.Out, 0o755); err != nil {
		return err
	}
	path := filepath.Join(p.Out, name)
	if err := os.WriteFile(path+".new", b, 0o644); err != nil {
		return err
	}
	logf("%s: %d bytes", path, len(b))
	return os.Rename(path+".new", path)
}

func main() {
	k := kong.Parse(&command{}, kong.Name("train"), kong.Description("Learn the models from the corpora."), kong.UsageOnError())
	k.FatalIfErrorf(k.Run())
}

package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// attributionCommand learns the models of statements from PolNeAR train and, where asked to, of other genres than news of politics from those
// documents of GUM whose terms allow it and from invented ones, read by the embedded English models.
type attributionCommand struct {
	Corpora  string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora."`
	Out      string `short:"o" default:"reading/attribution/weights" type:"path" help:"Folder that the weights go to."`
	Articles int    `help:"Use this many articles only, spread evenly; 0 uses all."`
	Workers  int    `default:"1" help:"Models trained at once; the result does not depend on it."`
	Genres   int    `default:"3" help:"How many times a document of GUM or an invented one counts beside an article of PolNeAR; 3 for the embedded weights, 0 leaves them out."`
	Crossed  string `type:"path" placeholder:"FOLDER" help:"For measuring: write to this folder's 0, 1 and 2 models that have not seen every third document."`
}

func (c *attributionCommand) Run() error {
	articles, err := readAttributions(filepath.Join(c.Corpora, "polnear", "train.jsonl.gz"))
	if err != nil {
		return err
	}
	if n, all := c.Articles, articles; n > 0 {
		articles = nil
		for i := range all {
			if i*n/len(all) < (i+1)*n/len(all) {
				articles = append(articles, all[i])
			}
		}
	}
	if c.Genres > 0 {
		genres, err := readGenres(filepath.Join(c.Corpora, "gum-attribution"))
		if err != nil {
			return err
		}
		for _, a := range genres {
			a.Times = c.Genres
			articles = append(articles, a)
		}
		invented, err := readInvented()
		if err != nil {
			return err
		}
		for _, a := range invented {
			a.Times = c.Genres
			articles = append(articles, a)
		}
	}
	examples := make([]attribution.Example, len(articles))
	for i := range articles {
		examples[i] = articles[i].example()
	}
	logf("%d articles read", len(examples))
	o := attribution.Standard()
	o.Workers, o.Logf = c.Workers, logf
	if c.Crossed != "" {
		o.Crossed = func(fold int, m *attribution.Model) {
			err = errors.Join(err, c.write(filepath.Join(c.Crossed, strconv.Itoa(fold)), m))
		}
	}
	m := attribution.Train(examples, o)
	if err != nil {
		return err
	}
	return c.write(c.Out, m)
}

// write writes a model to a folder.
func (c *attributionCommand) write(folder string, m *attribution.Model) error {
	b, err := m.Append(nil)
	if err != nil {
		return err
	}
	return place{c.Corpora, folder}.write("attribution.model", b)
}

// attributionScoreCommand writes what the embedded models find in a corpus, in the form that the scorer reads.
type attributionScoreCommand struct {
	Gold string `arg:"" type:"existingfile" help:"Corpus of marked articles (.jsonl, .jsonl.gz)."`
	Out  string `arg:"" type:"path" help:"File for the rows found, in JSON lines."`

	Speech string `type:"path" placeholder:"FILE" help:"Only communication: the rows found are those whose cue is one of it, and the corpus goes to this file with the attributions whose cue is."`
}

func (c *attributionScoreCommand) Run() (err error) {
	communication := en.Lexicon.Subject("speech").Set("communication")
	articles, err := readAttributions(c.Gold)
	if err != nil {
		return err
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	out := json.NewEncoder(f)
	out.SetEscapeHTML(false)
	said := io.Discard
	if c.Speech != "" {
		g, err := os.Create(c.Speech)
		if err != nil {
			return err
		}
		defer func() {
			if e := g.Close(); err == nil {
				err = e
			}
		}()
		said = g
	}
	gold := json.NewEncoder(said)
	for _, a := range articles {
		if err := out.Encode(map[string]string{"type": "article", "id": a.ID, "external_id": a.ID}); err != nil {
			return err
		}
		points := make(map[int]int, len(a.Text)+1) // byte -> code point
		n := 0
		for i := range a.Text {
			points[i] = n
			n++
		}
		points[len(a.Text)] = n
		place := func(spans []onrecord.Span) []map[string]int {
			out := make([]map[string]int, len(spans))
			for i, s := range spans {
				out[i] = map[string]int{"start": points[s.Start], "end": points[s.End]}
			}
			return out
		}
		e := a.example()
		if c.Speech != "" {
			kept := a.Attributions[:0]
			for i, x := range a.Attributions {
				if speech(e.Layer, e.Gold[i].Cue, communication) {
					kept = append(kept, x)
				}
			}
			if err := gold.Encode(map[string]any{"id": a.ID, "text": a.Text, "attributions": kept}); err != nil {
				return err
			}
		}
		for _, s := range attribution.Find(e.Layer, layout.Of(e.Layer, e.Title, nil), e.Title, nil) {
			if c.Speech != "" && len(s.Cue) > 0 && !speech(e.Layer, s.Cue, communication) {
				continue
			}
			parent := "" // the scorer asks only whether there is one
			if s.Within >= 0 {
				parent = "nested"
			}
			if err := out.Encode(map[string]any{
				"type": "statement", "article": a.ID, "source": place(s.Source), "cue": place(s.Cue), "content": place(s.Content),
				"parent": parent, "kind": s.Kind, "confidence": s.Confidence,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// markedArticle is an article of an attribution corpus; offsets are Unicode code points.
type markedArticle struct {
	ID, Text, Title string
	TrainOK         bool `json:"train_ok"` // GUM: the terms of the text allow training
	Times           int  `json:"-"`        // how many times it counts in training
	Attributions    []spans
}

// spans are the first and the next after the last character of the parts of each role.
type spans struct {
	Source  [][2]int `json:"source"`
	Cue     [][2]int `json:"cue"`
	Content [][2]int `json:"content"`
}

// readGenres reads the documents of GUM, train and dev, that may be trained on, without the attributions inside others' contents, which the
// models do not look for.
func readGenres(folder string) ([]markedArticle, error) {
	var out []markedArticle
	for _, name := range []string{"train.jsonl.gz", "dev.jsonl.gz"} {
		all, err := readAttributions(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if !a.TrainOK {
				continue
			}
			a.Attributions = slices.DeleteFunc(slices.Clone(a.Attributions), func(x spans) bool {
				return len(x.Cue) == 0 || slices.ContainsFunc(a.Attributions, func(o spans) bool { return o.holds(x.Cue[0][0]) })
			})
			out = append(out, a)
		}
	}
	return out, nil
}

// holds tells whether a code point stands in the content.
func (x *spans) holds(point int) bool {
	return slices.ContainsFunc(x.Content, func(c [2]int) bool { return c[0] <= point && point < c[1] })
}

func readAttributions(path string) ([]markedArticle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		s = bufio.NewScanner(z)
	}
	s.Buffer(nil, 1<<26)
	var all []markedArticle
	for s.Scan() {
		var a markedArticle
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, len(all)+1, err)
		}
		all = append(all, a)
	}
	return all, s.Err()
}

// headline is the span of the first line where it begins with the title, or where no title is given.
func (a *markedArticle) headline() onrecord.Span {
	if i := strings.IndexByte(a.Text, '\n'); i > 0 && strings.HasPrefix(a.Text, a.Title) {
		return onrecord.Span{End: i}
	}
	return onrecord.Span{}
}

// example is the article with its attributions in bytes.
func (a *markedArticle) example() attribution.Example {
	offsets := make([]int, 0, len(a.Text)+1) // code point -> byte
	for i := range a.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(a.Text))
	spans := func(points [][2]int) []onrecord.Span {
		out := make([]onrecord.Span, len(points))
		for i, p := range points {
			out[i] = onrecord.Span{Start: offsets[p[0]], End: offsets[p[1]]}
		}
		return out
	}
	e := attribution.Example{Layer: english.Annotate(text.Parse(a.Text)), Title: a.headline(), Times: a.Times}
	for _, x := range a.Attributions {
		e.Gold = append(e.Gold, onrecord.Statement{Source: spans(x.Source), Cue: spans(x.Cue), Content: spans(x.Content)})
	}
	return e
}

package main

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// marked are invented texts of other genres than news of politics, with their attributions, written to be learned from: a file a genre.
//
//	## Title of a text
//	A paragraph a line. [S1,2 The mayor] [C1 said] [T1 the bridge would open], [C2 adding] [T2 that it would stay].
//
// S is a source, C a cue and T a content; marks of one number in one paragraph are one attribution, which may have several of each, and a
// mark may belong to several. What
// is not marked reports nobody's words, thoughts or findings. The conventions are PolNeAR's: quotation marks, "that" and "to" belong to
// the content, the one who is told and the final full stop do not; nothing is marked inside a content.
//
//go:embed marked/*.txt
var marked embed.FS

const mark = `\[([SCT])(\d+(?:,\d+)*) ([^\[\]]+)\]`

// readInvented reads all invented texts, in the order of the files.
func readInvented() ([]markedArticle, error) {
	files, err := marked.ReadDir("marked")
	if err != nil {
		return nil, err
	}
	var out []markedArticle
	for _, f := range files {
		raw, err := marked.ReadFile(path.Join("marked", f.Name()))
		if err != nil {
			return nil, err
		}
		articles, err := parseInvented(f.Name(), string(raw))
		if err != nil {
			return nil, err
		}
		out = append(out, articles...)
	}
	return out, nil
}

// parseInvented reads the texts of a file. Errors name the file and the line.
func parseInvented(name, raw string) ([]markedArticle, error) {
	var out []markedArticle
	for i, line := range strings.Split(raw, "\n") {
		line = strings.TrimSpace(line)
		title, begins := strings.CutPrefix(line, "## ")
		switch {
		case begins:
			out = append(out, markedArticle{ID: fmt.Sprintf("%s %d", name, len(out)+1), Title: title, Text: title})
			continue
		case line == "":
			continue
		case len(out) == 0:
			return nil, fmt.Errorf("%s:%d: a paragraph before the first title", name, i+1)
		}
		if err := out[len(out)-1].add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	return out, nil
}

// add appends a paragraph, with what is marked in it.
func (a *markedArticle) add(line string) error {
	var plain strings.Builder
	plain.WriteString(a.Text + "\n")
	found, last := map[string]*spans{}, 0
	var numbers []string
	for _, m := range regexp.MustCompile(mark).FindAllStringSubmatchIndex(line, -1) {
		plain.WriteString(line[last:m[0]])
		last = m[1]
		role, of, words := line[m[2]:m[3]], line[m[4]:m[5]], line[m[6]:m[7]]
		start := utf8.RuneCountInString(plain.String())
		plain.WriteString(words)
		span := [2]int{start, start + utf8.RuneCountInString(words)}
		for number := range strings.SplitSeq(of, ",") {
			x := found[number]
			if x == nil {
				x = new(spans)
				found[number] = x
				numbers = append(numbers, number)
			}
			switch role {
			case "S":
				x.Source = append(x.Source, span)
			case "C":
				x.Cue = append(x.Cue, span)
			case "T":
				x.Content = append(x.Content, span)
			}
		}
	}
	plain.WriteString(line[last:])
	a.Text = plain.String()
	if paragraph := a.Text[strings.LastIndexByte(a.Text, '\n')+1:]; strings.ContainsAny(paragraph, "[]") {
		return fmt.Errorf("a mark that is not one of [S1 words], [C1 words], [T1 words]: %q", paragraph)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if len(found[n].Cue) > 0 && len(found[n].Content) > 0 { // "the trustees have not answered" tells nothing that was said
			a.Attributions = append(a.Attributions, *found[n])
		}
	}
	return nil
}

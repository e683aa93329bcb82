package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// corpora are the sentences that English is learned from and measured on, each kind apart.
type corpora struct {
	Gold   []english.Sentence // UD: EWT whole, GUM train
	Silver []english.Sentence // PolNeAR train but for every 20th article
	Dev    []english.Sentence // GUM dev
	Held   []english.Sentence // every 20th article of PolNeAR train, and its dev, as a parser saw them
}

// readCorpora reads them from a folder with polnear/ and ud/.
func readCorpora(dir string) (*corpora, error) {
	var c corpora
	for _, f := range []struct {
		name string
		to   *[]english.Sentence
	}{{"ewt", &c.Gold}, {"gum.train", &c.Gold}, {"gum.dev", &c.Dev}} {
		s, err := readUD(filepath.Join(dir, "ud", f.name+".conllu.gz"))
		if err != nil {
			return nil, err
		}
		*f.to = append(*f.to, s...)
	}
	train, err := readSilver(filepath.Join(dir, "polnear", "train.silver.tsv.gz"))
	if err != nil {
		return nil, err
	}
	for i, a := range train {
		if heldBack(i) {
			c.Held = append(c.Held, a.Sentences...)
		} else {
			c.Silver = append(c.Silver, a.Sentences...)
		}
	}
	dev, err := readSilver(filepath.Join(dir, "polnear", "dev.silver.tsv.gz"))
	if err != nil {
		return nil, err
	}
	for _, a := range dev {
		c.Held = append(c.Held, a.Sentences...)
	}
	return &c, nil
}

// heldBack says whether article i of PolNeAR train is kept for measuring.
func heldBack(i int) bool { return i%20 == 19 }

// lines calls each for every line of a gzipped file.
func lines(path string, each func(line string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<24)
	n := 0
	for s.Scan() {
		n++
		if err := each(s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", path, n, err)
	}
	return nil
}

// readUD reads CoNLL-U. Words that Universal Dependencies cuts finer than text does (at hyphens) are put together.
func readUD(path string) ([]english.Sentence, error) {
	var all []english.Sentence
	var s english.Sentence
	var glued []bool // no white space follows
	var open []entity
	var spans []entity
	newdoc := true
	flush := func() {
		if len(s.Words) > 0 {
			if strings.Contains(filepath.Base(path), "gum") {
				s.Names = goldNames(&s, spans)
			}
			s.First = newdoc
			newdoc = false
			merge(&s, glued)
			all = append(all, s)
		}
		s, glued, open, spans = english.Sentence{}, nil, nil, nil
	}
	err := lines(path, func(line string) error {
		if line == "" {
			flush()
			return nil
		}
		if line[0] == '#' {
			newdoc = newdoc || strings.HasPrefix(line, "# newdoc")
			return nil
		}
		col := strings.Split(line, "\t")
		if len(col) != 10 {
			return fmt.Errorf("%d columns, want 10", len(col))
		}
		if strings.ContainsAny(col[0], "-.") {
			return nil // the text of a multiword token, an empty node
		}
		head, err := strconv.Atoi(col[6])
		if err != nil {
			return fmt.Errorf("head: %w", err)
		}
		i := len(s.Words)
		s.Words = append(s.Words, quoteWord(col[1], col[4]))
		s.Tags = append(s.Tags, pennTag(col[1], col[4], col[7]))
		s.Lemmas = append(s.Lemmas, strings.ToLower(col[2]))
		s.Heads = append(s.Heads, int32(head-1))
		s.Rels = append(s.Rels, col[7])
		glued = append(glued, strings.Contains(col[9], "SpaceAfter=No"))
		for _, field := range strings.Split(col[9], "|") {
			if v, ok := strings.CutPrefix(field, "Entity="); ok {
				open, spans = entities(v, i, open, spans)
			}
		}
		return nil
	})
	flush()
	return all, err
}

// quoteWord is the word as the models know it: quotation marks by their side.
func quoteWord(w, tag string) string {
	switch {
	case tag == "``" && len(w) <= 6:
		return "``"
	case tag == "''" && len(w) <= 6:
		return "''"
	}
	return w
}

// pennTag maps the tags that Universal Dependencies adds to the Penn set.
func pennTag(word, tag, rel string) string {
	switch tag {
	case "HYPH":
		return ":"
	case "NFP":
		if strings.Trim(word, "-.\u2013\u2014\u2026") == "" {
			return ":"
		}
		return "SYM"
	case "ADD", "GW":
		return "NN"
	case "AFX":
		return "JJ"
	case "TO":
		// As later treebanks do: only the infinitive's "to".
		if rel == "case" || rel == "nmod" || rel == "fixed" {
			return "IN"
		}
	}
	return tag
}

type entity struct {
	id, kind   string
	first, end int
}

// entities follows GUM's bracket notation of entities at token i: "(1-person-...", "1)", "(2-place-...)".
func entities(v string, i int, open, done []entity) (o, d []entity) {
	for v != "" {
		if v[0] == '(' {
			v = v[1:]
			n := strings.IndexAny(v, "()")
			part := v
			if n >= 0 {
				part = v[:n]
			}
			v = v[len(part):]
			f := strings.SplitN(part, "-", 3)
			e := entity{id: f[0], first: i}
			if len(f) > 1 {
				e.kind = f[1]
			}
			if strings.HasPrefix(v, ")") {
				v = v[1:]
				e.end = i + 1
				done = append(done, e)
			} else {
				open = append(open, e)
			}
			continue
		}
		n := strings.IndexByte(v, ')')
		if n < 0 {
			break
		}
		id := v[:n]
		v = v[n+1:]
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].id == id {
				e := open[k]
				e.end = i + 1
				open = append(open[:k:k], open[k+1:]...)
				done = append(done, e)
				break
			}
		}
	}
	return open, done
}

// goldNames are the names that head entities, as the silver layer has them: of persons without their titles; adjectives of
// nationality and peoples are of kind Misc. GUM marks entities, with all their words, of which a name is a part.
func goldNames(s *english.Sentence, spans []entity) []string {
	kinds := map[string]string{
		"person": english.Person, "organization": english.Organisation, "place": english.Location,
		"event": english.Misc, "object": english.Misc, "abstract": english.Misc,
	}
	names := make([]string, len(s.Words))
	proper := func(i int) bool { return strings.HasPrefix(s.Tags[i], "NNP") }
	// The longest entities first; those inside a name add nothing.
	slices.SortStableFunc(spans, func(a, b entity) int { return (b.end - b.first) - (a.end - a.first) })
	for _, e := range spans {
		kind := kinds[e.kind]
		head := -1
		for i := e.first; i < e.end; i++ {
			if h := int(s.Heads[i]); (h < e.first || h >= e.end) && head < 0 && s.Rels[i] != "punct" {
				head = i
			}
		}
		if kind == "" || head < 0 || !proper(head) || names[head] != "" {
			continue
		}
		first, end := head, head+1
		for first > e.first && (proper(first-1) || s.Words[first-1] == "-" && first-1 > e.first && proper(first-2)) {
			first--
		}
		for end < e.end {
			next := end
			for next < e.end && next < end+2 && (s.Tags[next] == "IN" || s.Tags[next] == "DT" || s.Words[next] == "-" || s.Words[next] == "&") && kind != english.Person {
				next++
			}
			if next == e.end || !proper(next) && (s.Tags[next] != "CD" || next > end) {
				break
			}
			end = next + 1
		}
		if kind == english.Person {
			for first < end && (s.Rels[first] == "nmod:desc" || titles[strings.ToLower(s.Words[first])]) {
				first++
			}
			if end-first == 1 && s.Tags[first] == "NNPS" {
				kind = english.Misc
			}
		}
		for i := first; i < end; i++ {
			names[i] = kind
		}
	}
	for i, t := range s.Tags {
		if w := s.Words[i]; names[i] == "" && i > 0 && t == "JJ" && w[0] >= 'A' && w[0] <= 'Z' && len(w) > 3 && strings.ToUpper(w) != w {
			names[i] = english.Misc
		}
	}
	return names
}

// titles are words that stand for a person's office, not for the person's name.
var titles = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`president vice secretary general minister prime chief justice judge court senator congressman
		congresswoman governor mayor king queen prince princess pope bishop archbishop saint doctor professor mr. mrs. ms. miss dr.
		sen. rep. gov. gen. col. capt. lt. sgt. st. sir lord lady captain colonel major lieutenant sergeant admiral ambassador
		chairman chairwoman speaker mom dad mother father uncle aunt emperor empress`) {
		m[w] = true
	}
	return m
}()

// merge puts words together that stand without white space between them and that text takes as one token.
func merge(s *english.Sentence, glued []bool) {
	n := len(s.Words)
	var b strings.Builder
	at := make([]int, n+1)
	for i, w := range s.Words {
		at[i] = b.Len()
		b.WriteString(w)
		if !glued[i] {
			b.WriteByte(' ')
		}
	}
	at[n] = b.Len()
	group := make([]int, n) // number of the token that each word becomes part of
	for i := range group {
		group[i] = i
	}
	d := text.Parse(b.String())
	i := 0
	for _, t := range d.Tokens {
		for i < n && at[i] < t.Start {
			i++
		}
		first := i
		for i < n && at[i] < t.End {
			i++
		}
		if first < n && at[first] == t.Start {
			for k := first + 1; k < i; k++ {
				group[k] = group[first]
			}
		}
	}
	var out english.Sentence
	to := make([]int32, n)
	for i := 0; i < n; {
		end := i + 1
		for end < n && group[end] == group[i] {
			end++
		}
		top := -1 // the word whose head stands outside
		for k := i; k < end; k++ {
			if h := int(s.Heads[k]); (h < i || h >= end) && (top < 0 || s.Rels[top] == "punct") {
				top = k
			}
		}
		if top < 0 {
			top = end - 1
		}
		word, lemma, tag := s.Words[i], s.Lemmas[i], s.Tags[top]
		proper := strings.HasPrefix(s.Tags[i], "NNP")
		for k := i + 1; k < end; k++ {
			word += s.Words[k]
			lemma += s.Lemmas[k]
			proper = proper && (s.Words[k] == "-" || strings.HasPrefix(s.Tags[k], "NNP"))
		}
		if end-i > 1 {
			if tag == ":" {
				tag = s.Tags[end-1]
			}
			// Penn has compounds before a noun as adjectives: "a decision-making body", "the 20-year war".
			before := int(s.Heads[top]) >= end
			if before && !proper && (s.Rels[top] == "amod" || s.Rels[top] == "compound" && tag != "CD") {
				tag = "JJ"
			}
		}
		for k := i; k < end; k++ {
			to[k] = int32(len(out.Words))
		}
		out.Words = append(out.Words, word)
		out.Lemmas = append(out.Lemmas, lemma)
		out.Tags = append(out.Tags, tag)
		out.Heads = append(out.Heads, s.Heads[top])
		out.Rels = append(out.Rels, s.Rels[top])
		if s.Names != nil {
			name := s.Names[i]
			for k := i; k < end; k++ {
				if s.Names[k] != s.Names[i] {
					name = "" // "Clinton-leaning"
				}
			}
			out.Names = append(out.Names, name)
		}
		i = end
	}
	for i, h := range out.Heads {
		if h >= 0 {
			h = to[h]
		}
		out.Heads[i] = h
	}
	out.First = s.First
	*s = out
}

// silver is an article as the parser of the silver layer saw it.
type silver struct {
	ID        string
	Sentences []english.Sentence
	Spans     [][]onrecord.Span // of the sentences' words, in code points of the article's text
}

// readSilver reads the articles of a silver file, but for sentences that were not parsed. Trees and labels are brought to
// Universal Dependencies v2.
func readSilver(path string) ([]silver, error) {
	var articles []silver
	var s english.Sentence
	var spans []onrecord.Span
	parsed := true
	flush := func() {
		if len(s.Words) > 0 && len(articles) > 0 {
			if parsed {
				modernise(&s)
				a := &articles[len(articles)-1]
				s.First = len(a.Sentences) == 0
				a.Sentences = append(a.Sentences, s)
				a.Spans = append(a.Spans, spans)
			}
		}
		s, spans, parsed = english.Sentence{}, nil, true
	}
	kinds := map[string]string{
		"PERSON": english.Person, "ORGANIZATION": english.Organisation, "LOCATION": english.Location, "MISC": english.Misc,
	}
	err := lines(path, func(line string) error {
		switch {
		case line == "":
			flush()
			return nil
		case strings.HasPrefix(line, "# article "):
			flush()
			articles = append(articles, silver{ID: strings.TrimPrefix(line, "# article ")})
			return nil
		}
		col := strings.Split(line, "\t")
		if len(col) != 9 {
			return nil // coreference
		}
		head, err := strconv.Atoi(col[5])
		if err != nil {
			return fmt.Errorf("head: %w", err)
		}
		from, err := strconv.Atoi(col[7])
		if err != nil {
			return fmt.Errorf("start: %w", err)
		}
		to, err := strconv.Atoi(col[8])
		if err != nil {
			return fmt.Errorf("end: %w", err)
		}
		spans = append(spans, onrecord.Span{Start: from, End: to})
		if col[6] == "_" {
			parsed = false // not tokenised either
		}
		s.Words = append(s.Words, quoteWord(col[1], col[3]))
		s.Tags = append(s.Tags, pennTag(col[1], col[3], col[6]))
		s.Lemmas = append(s.Lemmas, strings.ToLower(col[2]))
		s.Heads = append(s.Heads, int32(head-1))
		s.Rels = append(s.Rels, col[6])
		s.Names = append(s.Names, kinds[col[4]])
		return nil
	})
	flush()
	return articles, err
}

// modernise turns a tree of Stanford's Universal Dependencies v1 into v2 (universaldependencies.org/v2/summary.html), as far
// as that can be told from the tree.
func modernise(s *english.Sentence) {
	n := len(s.Words)
	rename := map[string]string{
		"dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "neg": "advmod",
		"mwe": "fixed", "name": "flat", "foreign": "flat", "nmod:tmod": "nmod:unmarked", "nmod:npmod": "nmod:unmarked",
	}
	has := func(h int, rel string) int {
		for i := range n {
			if int(s.Heads[i]) == h && s.Rels[i] == rel {
				return i
			}
		}
		return -1
	}
	for i := range n {
		if r, ok := rename[s.Rels[i]]; ok {
			s.Rels[i] = r
		}
	}
	// Obliques: nominals that depend on predicates.
	for i := range n {
		h := int(s.Heads[i])
		if h < 0 || s.Rels[i] != "nmod" && s.Rels[i] != "nmod:unmarked" {
			continue
		}
		t := s.Tags[h]
		cop := has(h, "cop")
		predicate := strings.HasPrefix(t, "VB") || strings.HasPrefix(t, "JJ") || strings.HasPrefix(t, "RB") || cop >= 0 && i < cop
		if !predicate {
			continue
		}
		if s.Rels[i] == "nmod:unmarked" {
			s.Rels[i] = "obl:unmarked"
			continue
		}
		s.Rels[i] = "obl"
		if c := has(i, "case"); c >= 0 && strings.EqualFold(s.Words[c], "by") && (t == "VBN" || has(h, "aux:pass") >= 0) && i > h {
			s.Rels[i] = "obl:agent"
		}
	}
	// Conjunctions and commas hang on the conjunct that follows.
	for i := range n {
		h := s.Heads[i]
		if h < 0 || s.Rels[i] != "cc" && !(s.Rels[i] == "punct" && s.Words[i] == ",") {
			continue
		}
		for k := i + 1; k < n; k++ {
			if s.Heads[k] != h || s.Rels[k] == "cc" || s.Rels[k] == "punct" {
				continue
			}
			if s.Rels[k] == "conj" && int(h) < i {
				s.Heads[i] = int32(k)
			}
			break
		}
	}
	// Names of persons: flat, headed by their first word; titles before them describe them.
	for i := 0; i < n; {
		end := i + 1
		for end < n && s.Names[end] == s.Names[i] {
			end++
		}
		if s.Names[i] == english.Person && strings.HasPrefix(s.Tags[i], "NNP") {
			last := int32(end - 1)
			flat := true
			for k := i; k < end-1; k++ {
				flat = flat && s.Heads[k] == last && s.Rels[k] == "compound"
			}
			if flat {
				for k := range n {
					if s.Heads[k] == last && (k < i || k >= end) {
						s.Heads[k] = int32(i)
						if s.Rels[k] == "compound" && strings.HasPrefix(s.Tags[k], "NNP") {
							s.Rels[k] = "nmod:desc"
						}
					}
				}
				if end-i > 1 {
					s.Heads[i], s.Rels[i] = s.Heads[last], s.Rels[last]
					for k := i + 1; k < end; k++ {
						s.Heads[k], s.Rels[k] = int32(i), "flat"
					}
				}
			}
		}
		i = end
	}
}

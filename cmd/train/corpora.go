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
	"github.com/onrecord/onrecord/lexicon/en"
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
	// The longest entities first; those inside a name add nothing.
	slices.SortStableFunc(spans, func(a, b entity) int { return (b.end - b.first) - (a.end - a.first) })
	for _, e := range spans {
		kind, head := kinds[e.kind], headOf(s, e.first, e.end)
		if kind == "" || head < 0 || !proper(s, head) || names[head] != "" {
			continue
		}
		first, end := nameAround(s, e, head, kind)
		if kind == english.Person {
			for first < end && (s.Rels[first] == "nmod:desc" || isTitle(s.Words[first])) {
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
	for i := range s.Tags {
		if names[i] == "" && ofNationality(s, i) {
			names[i] = english.Misc
		}
	}
	return names
}

// headOf is the first word of a range whose head stands outside, marks aside; -1 where there is none.
func headOf(s *english.Sentence, first, end int) int {
	for i := first; i < end; i++ {
		if h := int(s.Heads[i]); (h < first || h >= end) && s.Rels[i] != "punct" {
			return i
		}
	}
	return -1
}

func proper(s *english.Sentence, i int) bool { return strings.HasPrefix(s.Tags[i], "NNP") }

// nameAround is the name in an entity that its head belongs to: proper nouns, before the head also over a hyphen, and, unless it is a
// person's, behind it over a preposition, an article, a hyphen or "&", up to a number.
func nameAround(s *english.Sentence, e entity, head int, kind string) (first, end int) {
	first, end = head, head+1
	for first > e.first && (proper(s, first-1) || s.Words[first-1] == "-" && first-1 > e.first && proper(s, first-2)) {
		first--
	}
	ties := func(i int) bool {
		return kind != english.Person && (s.Tags[i] == "IN" || s.Tags[i] == "DT" || s.Words[i] == "-" || s.Words[i] == "&")
	}
	for end < e.end {
		next := end
		for next < e.end && next < end+2 && ties(next) {
			next++
		}
		if next == e.end || !proper(s, next) && (s.Tags[next] != "CD" || next > end) {
			break
		}
		end = next + 1
	}
	return first, end
}

// ofNationality says whether a word is an adjective with a capital inside a sentence, as "French" is.
func ofNationality(s *english.Sentence, i int) bool {
	w := s.Words[i]
	return i > 0 && s.Tags[i] == "JJ" && w[0] >= 'A' && w[0] <= 'Z' && len(w) > 3 && strings.ToUpper(w) != w
}

// isTitle says whether a word stands for a person's office, not for the person's name.
func isTitle(word string) bool {
	return titles.Has(strings.ToLower(word))
}

// titles are words of titles and offices, one by one.
var titles = en.Lexicon.Subject("title").Set("word of title")

// merge puts words together that stand without white space between them and that text takes as one token.
func merge(s *english.Sentence, glued []bool) {
	group := tokenOf(s, glued)
	n := len(s.Words)
	out := english.Sentence{First: s.First}
	to := make([]int32, n)
	for i := 0; i < n; {
		end := i + 1
		for end < n && group[end] == group[i] {
			end++
		}
		for k := i; k < end; k++ {
			to[k] = int32(len(out.Words))
		}
		top := topOf(s, i, end)
		out.Words = append(out.Words, strings.Join(s.Words[i:end], ""))
		out.Lemmas = append(out.Lemmas, strings.Join(s.Lemmas[i:end], ""))
		out.Tags = append(out.Tags, mergedTag(s, i, end, top))
		out.Heads = append(out.Heads, s.Heads[top])
		out.Rels = append(out.Rels, s.Rels[top])
		if s.Names != nil {
			name := s.Names[i]
			if slices.ContainsFunc(s.Names[i:end], func(other string) bool { return other != name }) {
				name = "" // "Clinton-leaning"
			}
			out.Names = append(out.Names, name)
		}
		i = end
	}
	for i, h := range out.Heads {
		if h >= 0 {
			out.Heads[i] = to[h]
		}
	}
	*s = out
}

// tokenOf tells words that text takes as one token: they have the same number.
func tokenOf(s *english.Sentence, glued []bool) []int {
	n := len(s.Words)
	var b strings.Builder
	at := make([]int, n) // where words begin
	group := make([]int, n)
	for i, w := range s.Words {
		group[i] = i
		at[i] = b.Len()
		b.WriteString(w)
		if !glued[i] {
			b.WriteByte(' ')
		}
	}
	i := 0
	for _, t := range text.Parse(b.String()).Tokens {
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
	return group
}

// topOf is the word of a range whose head stands outside: rather a word than a mark, else the last.
func topOf(s *english.Sentence, first, end int) int {
	top := -1
	for k := first; k < end; k++ {
		if h := int(s.Heads[k]); (h < first || h >= end) && (top < 0 || s.Rels[top] == "punct") {
			top = k
		}
	}
	if top < 0 {
		return end - 1
	}
	return top
}

// mergedTag is the tag of the word that a range becomes. Penn has compounds before a noun as adjectives: "a decision-making body", "the
// 20-year war".
func mergedTag(s *english.Sentence, first, end, top int) string {
	tag := s.Tags[top]
	if end-first == 1 {
		return tag
	}
	if tag == ":" {
		tag = s.Tags[end-1]
	}
	name := proper(s, first)
	for k := first + 1; k < end; k++ {
		name = name && (s.Words[k] == "-" || proper(s, k))
	}
	before := int(s.Heads[top]) >= end
	if before && !name && (s.Rels[top] == "amod" || s.Rels[top] == "compound" && tag != "CD") {
		return "JJ"
	}
	return tag
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
	rename := map[string]string{
		"dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "neg": "advmod",
		"mwe": "fixed", "name": "flat", "foreign": "flat", "nmod:tmod": "nmod:unmarked", "nmod:npmod": "nmod:unmarked",
	}
	for i, r := range s.Rels {
		if r, ok := rename[r]; ok {
			s.Rels[i] = r
		}
	}
	for i := range s.Words {
		s.Rels[i] = oblique(s, i)
	}
	for i := range s.Words {
		s.Heads[i] = conjunct(s, i)
	}
	for i := 0; i < len(s.Words); {
		end := i + 1
		for end < len(s.Words) && s.Names[end] == s.Names[i] {
			end++
		}
		if s.Names[i] == english.Person && proper(s, i) {
			flatten(s, i, end)
		}
		i = end
	}
}

// dependent is the first word that depends on another by a relation; -1 where there is none.
func dependent(s *english.Sentence, head int, rel string) int {
	for i := range s.Words {
		if int(s.Heads[i]) == head && s.Rels[i] == rel {
			return i
		}
	}
	return -1
}

// oblique is the relation of a word: of a nominal that depends on a predicate, obl.
func oblique(s *english.Sentence, i int) string {
	rel, h := s.Rels[i], int(s.Heads[i])
	if h < 0 || rel != "nmod" && rel != "nmod:unmarked" {
		return rel
	}
	t := s.Tags[h]
	if cop := dependent(s, h, "cop"); !strings.HasPrefix(t, "VB") && !strings.HasPrefix(t, "JJ") && !strings.HasPrefix(t, "RB") && (cop < 0 || i >= cop) {
		return rel
	}
	if rel == "nmod:unmarked" {
		return "obl:unmarked"
	}
	if c := dependent(s, i, "case"); c >= 0 && strings.EqualFold(s.Words[c], "by") && (t == "VBN" || dependent(s, h, "aux:pass") >= 0) && i > h {
		return "obl:agent"
	}
	return "obl"
}

// conjunct is the head of a word: of a conjunction, or a comma, the conjunct that follows.
func conjunct(s *english.Sentence, i int) int32 {
	h := s.Heads[i]
	if h < 0 || s.Rels[i] != "cc" && !(s.Rels[i] == "punct" && s.Words[i] == ",") {
		return h
	}
	for k := i + 1; k < len(s.Words); k++ {
		if s.Heads[k] != h || s.Rels[k] == "cc" || s.Rels[k] == "punct" {
			continue
		}
		if s.Rels[k] == "conj" && int(h) < i {
			return int32(k)
		}
		break
	}
	return h
}

// flatten makes a person's name whose words hang on its last flat, headed by its first; titles before it describe it.
func flatten(s *english.Sentence, first, end int) {
	last := int32(end - 1)
	for k := first; k < end-1; k++ {
		if s.Heads[k] != last || s.Rels[k] != "compound" {
			return
		}
	}
	for k := range s.Words {
		if s.Heads[k] == last && (k < first || k >= end) {
			s.Heads[k] = int32(first)
			if s.Rels[k] == "compound" && proper(s, k) {
				s.Rels[k] = "nmod:desc"
			}
		}
	}
	if end-first > 1 {
		s.Heads[first], s.Rels[first] = s.Heads[last], s.Rels[last]
		for k := first + 1; k < end; k++ {
			s.Heads[k], s.Rels[k] = int32(first), "flat"
		}
	}
}

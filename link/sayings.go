package link

import (
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// A saying is a statement with the words of its content.
type saying struct {
	*onrecord.Statement
	doc    int
	story  int
	order  int // place in canonical order
	toks   []tok
	weight float64 // of its distinct words
	// total is the weight of all its words, totalQuoted of those in quotation marks.
	total, totalQuoted float64
	voice              int // root of its speaker, or -1
	quoted             int // words in quotation marks
}

// sayings are the statements of all documents in canonical order, and the weights of their words.
func findSayings(docs []*doc, storyOf []int, names *synonyms, c *cast) ([]*saying, *speech) {
	v := newSpeech(len(docs))
	var all []*saying
	for i, d := range docs {
		seen := map[int32]bool{}
		holds, handed := map[string]bool{}, relayed(d)
		for k := range d.Statements {
			holds[d.Statements[k].ID] = d.Statements[k].Kind == onrecord.Direct || d.Statements[k].Stance == onrecord.Denies
		}
		for k := range d.Statements {
			if holds[d.Statements[k].Parent] || handed[d.Statements[k].ID] {
				continue // what a quotation reports is rendered with the quotation, and what is denied is not said
			}
			s := &saying{Statement: &d.Statements[k], doc: i, story: storyOf[i], order: len(all)}
			s.voice = c.of(s.Speaker)
			for _, span := range s.Content {
				s.toks = append(s.toks, v.tokens(d, span, names, s.Kind == onrecord.Direct)...)
			}
			if len(s.toks) == 0 {
				continue
			}
			for _, t := range s.toks {
				if !seen[t.id] {
					seen[t.id] = true
					v.df[t.id]++
				}
				if t.quoted {
					s.quoted++
				}
			}
			all = append(all, s)
		}
	}
	v.settle()
	for _, s := range all {
		s.total, s.totalQuoted = v.totalOf(s.toks, false), v.totalOf(s.toks, true)
		m := v.distinct(s.toks)
		for _, id := range slices.Sorted(maps.Keys(m)) {
			s.weight += m[id]
		}
	}
	return all, v
}

// relayedShare is the share of a statement's content that another's words are, where it only hands them on.
const relayedShare = 0.6

// relayed are the statements of a document that hand on the words of somebody else ("..., CNN reported"): these are rendered with
// their own speaker, not with who relays them.
func relayed(d *doc) map[string]bool {
	length := func(spans []onrecord.Span) (n int) {
		for _, s := range spans {
			n += s.Len()
		}
		return n
	}
	content := map[string]int{}
	for k := range d.Statements {
		content[d.Statements[k].ID] = length(d.Statements[k].Content)
	}
	out := map[string]bool{}
	for k := range d.Statements {
		s := &d.Statements[k]
		if n := content[s.Parent]; n > 0 && len(s.Relays) > 0 {
			own := content[s.ID] + length(s.Cue) + length(s.Source)
			out[s.Parent] = out[s.Parent] || float64(own) >= relayedShare*float64(n)
		}
	}
	return out
}

func overlapping(a, b []onrecord.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// contentOf is the words of a statement's content, parts joined by a space.
func contentOf(d *doc, s *saying) string {
	parts := make([]string, 0, len(s.Content))
	for _, span := range s.Content {
		parts = append(parts, strings.TrimSpace(span.Of(d.text)))
	}
	return strings.Join(parts, " ")
}

// shown is how a rendition names its speaker.
func shownSpeaker(docs []*doc, s *saying, c *cast) string {
	if s.voice >= 0 {
		return c.voices[c.byID[s.Speaker]].Name
	}
	var parts []string
	for _, span := range s.Source {
		parts = append(parts, span.Of(docs[s.doc].text))
	}
	return strings.Join(parts, " ")
}

// contentWeight is the weight from which a word tells something: about one article in fifteen uses it.
const contentWeight = 2.7

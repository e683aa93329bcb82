// Package sayings has the statements of a corpus with the words of what is said, under the form in which renditions agree.
package sayings

import (
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/speakers"
)

// A Saying is a statement with the words of its content.
type Saying struct {
	*onrecord.Statement
	Doc    int
	Story  int
	Order  int // place in canonical order
	Toks   []Token
	Weight float64 // of its distinct words
	// total is the weight of all its words, totalQuoted of those in quotation marks.
	Total, TotalQuoted float64
	Voice              int // root of its speaker, or -1
	Quoted             int // words in quotation marks
}

// A Record is what is said in a corpus: the sayings in canonical order, their words, and who speaks.
type Record struct {
	Docs    []*corpus.Doc
	Sayings []*Saying
	Words   *Speech
	Cast    *speakers.Cast
	rulings corpus.Rulings
}

// Ruled are the rulings on utterances, over sayings.
func (r *Record) Ruled() *corpus.Ruled {
	at := make(map[string]int, len(r.Sayings))
	for i, s := range r.Sayings {
		at[s.ID] = i
	}
	return r.rulings.On(onrecord.UtteranceKind, func(_ *corpus.Ruling, id string) []int {
		if i, ok := at[id]; ok {
			return []int{i}
		}
		return nil
	})
}

// Find takes a corpus, the story of every document, the names that are one and the speakers, and gives what is said. Doubtful
// statements say nothing.
func Find(in *corpus.Corpus, storyOf []int, known *names.Synonyms, c *speakers.Cast) *Record {
	docs := in.Docs
	v := newSpeech(known, len(docs))
	var all []*Saying
	for i, d := range docs {
		seen := map[int32]bool{}
		holds, handed := map[string]bool{}, relayed(d)
		for k := range d.Statements {
			s := &d.Statements[k]
			holds[s.ID] = !s.Doubtful() && (s.Kind == onrecord.Direct || s.Stance == onrecord.Denies)
		}
		for k := range d.Statements {
			if d.Statements[k].Doubtful() || holds[d.Statements[k].Parent] || handed[d.Statements[k].ID] {
				continue // what a quotation reports is rendered with the quotation, and what is denied is not said
			}
			s := &Saying{Statement: &d.Statements[k], Doc: i, Story: storyOf[i], Order: len(all)}
			s.Voice = c.Of(s.Speaker)
			for _, span := range s.Content {
				s.Toks = append(s.Toks, v.Tokens(d, span, s.Kind == onrecord.Direct)...)
			}
			if len(s.Toks) == 0 {
				continue
			}
			for _, t := range s.Toks {
				if !seen[t.ID] {
					seen[t.ID] = true
					v.Entry(t.ID).Articles++
				}
				if t.Quoted {
					s.Quoted++
				}
			}
			all = append(all, s)
		}
	}
	v.settle()
	for _, s := range all {
		s.Total, s.TotalQuoted = v.totalOf(s.Toks, false), v.totalOf(s.Toks, true)
		m := v.Distinct(s.Toks)
		for _, id := range slices.Sorted(maps.Keys(m)) {
			s.Weight += m[id]
		}
	}
	return &Record{docs, all, v, c, in.Ruled}
}

// relayedShare is the share of a statement's content that another's words are, where it only hands them on.
const relayedShare = 0.6

// relayed are the statements of a document that hand on the words of somebody else ("..., CNN reported"): these are rendered with
// their own speaker, not with who relays them.
func relayed(d *corpus.Doc) map[string]bool {
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
		if n := content[s.Parent]; n > 0 && len(s.Relays) > 0 && !s.Doubtful() {
			own := content[s.ID] + length(s.Cue) + length(s.Source)
			out[s.Parent] = out[s.Parent] || float64(own) >= relayedShare*float64(n)
		}
	}
	return out
}

// Overlaps says whether the contents of two sayings share words of one document.
func (s *Saying) Overlaps(t *Saying) bool {
	return s.Doc == t.Doc && slices.ContainsFunc(s.Content, func(x onrecord.Span) bool {
		return slices.ContainsFunc(t.Content, x.Overlaps)
	})
}

// Words is the content as it stands in the saying's document d, its parts joined by a space.
func (s *Saying) Words(d *corpus.Doc) string {
	parts := make([]string, 0, len(s.Content))
	for _, span := range s.Content {
		parts = append(parts, strings.TrimSpace(span.Of(d.Text)))
	}
	return strings.Join(parts, " ")
}

// SpeakerName is how a rendition names its speaker.
func (s *Saying) SpeakerName(docs []*corpus.Doc, c *speakers.Cast) string {
	if s.Voice >= 0 {
		return c.Voices[c.ByID[s.Speaker]].Name
	}
	var parts []string
	for _, span := range s.Source {
		parts = append(parts, span.Of(docs[s.Doc].Text))
	}
	return strings.Join(parts, " ")
}

// ContentWeight is the weight from which a word tells something: about one article in fifteen uses it.
const ContentWeight = 2.7

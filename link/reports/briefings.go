package reports

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/utterances"
)

// One briefing: two articles that each have the same quotation of one speaker, of about one day, and that mostly report what that
// speaker said, go back to one occasion though neither copies the other. Whoever counts sources counts that occasion once.
const (
	briefingDays   = 1
	briefingMost   = 0.5  // share of an article's attributed words that are the speaker's, where they are what it mostly reports
	briefingWhole  = 0.38 // and of all its words
	briefingLead   = 0.33 // share of its attributed words where it also begins with a rendition of what the quotations share
	briefingTie    = -5   // weight: less than that of any copy, more than that of two credits
	briefingSure   = 0.7  // confidence: both may have asked elsewhere too
	briefingQuoted = 8    // words in quotation marks that the shared quotation has at least
)

// An account is what one article has of one speaker's words.
type account struct {
	doc         int
	attributed  float64 // share of the article's attributed words
	all         float64 // share of all its words
	begins      bool    // it begins with a rendition of the shared utterance
	from, until int     // day on which it was said, as days since 1970; 0 when unknown
}

func (a account) main() bool {
	return a.attributed >= briefingMost && a.all >= briefingWhole || a.begins && a.attributed >= briefingLead
}

// briefings are the ties between articles that mostly report one speaker's words of one day and share a quotation of them.
func briefings(r *sayings.Record, us []utterances.Utterance) []tie {
	docs, c := r.Docs, r.Cast
	voiceOf, speaker := surerVoices(r, us)
	byDoc := make([][]int, len(docs))
	for i, s := range r.Sayings {
		byDoc[s.Doc] = append(byDoc[s.Doc], i)
	}
	matters := make([]*matter, len(docs))
	of := func(i int) *matter {
		if matters[i] == nil {
			matters[i] = matterOf(docs[i], r.Sayings, byDoc[i], voiceOf)
		}
		return matters[i]
	}
	var out []tie
	tied := map[[2]int]bool{}
	for k, u := range us {
		if speaker[k] < 0 {
			continue
		}
		var last *account
		for _, a := range accounts(docs, r.Sayings, u, speaker[k], of) {
			if !a.main() {
				continue
			}
			if last != nil && a.oneOccasion(last, docs) && !tied[[2]int{last.doc, a.doc}] {
				tied[[2]int{last.doc, a.doc}] = true
				out = append(out, tie{last.doc, a.doc, briefingTie, briefingSure, fmt.Sprintf("%s and %s report one briefing: the same words of %s in quotation marks, and %.0f%% and %.0f%% of what each reports is that speaker's",
					docs[last.doc].Called(), docs[a.doc].Called(), r.Sayings[u.Wording].SpeakerName(docs, c), 100*last.attributed, 100*a.attributed)})
			}
			last = &a
		}
	}
	return out
}

// surerVoices are the root of who said every saying, by its utterance where that is surer, and of who said every utterance, -1 where
// that is not known.
func surerVoices(r *sayings.Record, us []utterances.Utterance) (of, speaker []int) {
	of = make([]int, len(r.Sayings))
	for i, s := range r.Sayings {
		of[i] = s.Voice
	}
	speaker = make([]int, len(us))
	for k, u := range us {
		speaker[k] = -1
		for _, i := range u.Members {
			if s := r.Sayings[i]; u.Row.Speaker != "" && s.Voice >= 0 && r.Cast.ID(s.Voice) == u.Row.Speaker {
				speaker[k] = s.Voice
			}
		}
		for _, i := range u.Members {
			if speaker[k] >= 0 {
				of[i] = speaker[k]
			}
		}
	}
	return of, speaker
}

// oneOccasion says whether two accounts may be of words said on one occasion.
func (a account) oneOccasion(b *account, docs []*corpus.Doc) bool {
	return corpus.Near(docs[a.doc], docs[b.doc], briefingDays) && (b.until == 0 || a.until == 0 || b.from <= a.until && a.from <= b.until)
}

// accounts are what the articles have that print an utterance of a speaker in quotation marks, in canonical order.
func accounts(docs []*corpus.Doc, said []*sayings.Saying, u utterances.Utterance, speaker int, of func(doc int) *matter) []account {
	begins := map[int]bool{}
	for _, i := range u.Together() {
		s := said[i]
		if len(s.Content) > 0 && (s.Headline || of(s.Doc).lead.Contains(onrecord.Span{Start: s.Content[0].Start, End: s.Content[0].Start})) {
			begins[s.Doc] = true
		}
	}
	var out []account
	for _, i := range u.Together() {
		s := said[i]
		if s.Quoted < briefingQuoted || s.Headline || len(out) > 0 && out[len(out)-1].doc == s.Doc {
			continue
		}
		m := of(s.Doc)
		out = append(out, account{
			doc: s.Doc, begins: begins[s.Doc],
			attributed: corpus.Share(m.by[speaker], m.attributed), all: corpus.Share(m.by[speaker], m.news),
			from: dayOf(s.Said.From.Unix(), s.Said.From.IsZero()), until: dayOf(s.Said.To.Unix()-1, s.Said.To.IsZero()),
		})
	}
	return out
}

// A matter is what an article reports, in words: of its news, of what is attributed to anybody, and of what is to each speaker.
type matter struct {
	lead             onrecord.Span
	news, attributed float64
	by               map[int]float64
}

func matterOf(d *corpus.Doc, said []*sayings.Saying, own []int, voiceOf []int) *matter {
	m := &matter{lead: d.Lead(), by: map[int]float64{}}
	for _, w := range d.Words {
		if !w.Is(corpus.Outside) {
			m.news++
		}
	}
	// By speaker, so that a word that stands in two statements of one is counted once.
	own = slices.Clone(own)
	slices.SortStableFunc(own, func(a, b int) int { return cmp.Compare(voiceOf[a], voiceOf[b]) })
	const nobody = -2
	last := make([]int, len(d.Words)) // the speaker for whom a word was last counted
	for k := range last {
		last[k] = nobody
	}
	for _, j := range own {
		x, voice := said[j], voiceOf[j]
		for _, spans := range [...][]onrecord.Span{x.Source, x.Cue, x.Content} {
			for _, span := range spans {
				for k := d.WordAt(span.Start); k < len(d.Words) && int(d.Words[k].Start) < span.End; k++ {
					if d.Words[k].Is(corpus.Outside) || last[k] == voice {
						continue
					}
					if last[k] == nobody {
						m.attributed++
					}
					last[k] = voice
					m.by[voice]++
				}
			}
		}
	}
	return m
}

// dayOf is a time in seconds since 1970 as days; 0 when unknown.
func dayOf(seconds int64, unknown bool) int {
	if unknown {
		return 0
	}
	return int(seconds / (24 * 60 * 60))
}

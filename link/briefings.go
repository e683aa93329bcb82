package link

import (
	"fmt"
	"strings"

	"onrecord"
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
func briefings(docs []*doc, sayings []*saying, us []utterance, c *cast) []tie {
	voiceOf := make([]int, len(sayings)) // root of who said it, by the utterance where that is surer
	byDoc := make([][]int, len(docs))
	for i, s := range sayings {
		voiceOf[i] = s.voice
		byDoc[s.doc] = append(byDoc[s.doc], i)
	}
	speaker := make([]int, len(us))
	for k, u := range us {
		speaker[k] = -1
		for _, i := range u.members {
			if s := sayings[i]; u.row.Speaker != "" && s.voice >= 0 && c.id(s.voice) == u.row.Speaker {
				speaker[k] = s.voice
			}
		}
		for _, i := range u.members {
			if speaker[k] >= 0 {
				voiceOf[i] = speaker[k]
			}
		}
	}
	var out []tie
	tied := map[[2]int]bool{}
	for k, u := range us {
		if speaker[k] < 0 {
			continue
		}
		var last *account
		for _, a := range accounts(docs, sayings, u, speaker[k], voiceOf, byDoc) {
			if !a.main() {
				continue
			}
			if last != nil && near(docs[last.doc], docs[a.doc], briefingDays) && (last.until == 0 || a.until == 0 || last.from <= a.until && a.from <= last.until) && !tied[[2]int{last.doc, a.doc}] {
				tied[[2]int{last.doc, a.doc}] = true
				out = append(out, tie{last.doc, a.doc, briefingTie, briefingSure, fmt.Sprintf("%s and %s report one briefing: the same words of %s in quotation marks, and %.0f%% and %.0f%% of what each reports is that speaker's",
					docs[last.doc].Article.ID, docs[a.doc].Article.ID, c.shown(docs, sayings[u.wording]), 100*last.attributed, 100*a.attributed)})
			}
			last = &a
		}
	}
	return out
}

// accounts are what the articles have that print an utterance of a speaker in quotation marks, in canonical order.
func accounts(docs []*doc, sayings []*saying, u utterance, speaker int, voiceOf []int, byDoc [][]int) []account {
	var out []account
	for _, i := range u.members {
		s := sayings[i]
		if s.quoted < briefingQuoted || s.Headline || len(out) > 0 && out[len(out)-1].doc == s.doc {
			continue
		}
		d := docs[s.doc]
		a := account{doc: s.doc, from: dayOf(s.Said.From.Unix(), s.Said.From.IsZero()), until: dayOf(s.Said.To.Unix()-1, s.Said.To.IsZero())}
		mine, all := make([]bool, len(d.words)), make([]bool, len(d.words))
		for _, j := range byDoc[s.doc] {
			x := sayings[j]
			for _, spans := range [...][]onrecord.Span{x.Source, x.Cue, x.Content} {
				for _, span := range spans {
					from := d.wordAt(span.Start)
					for k := from; k < len(d.words) && int(d.words[k].start) < span.End; k++ {
						all[k] = true
						mine[k] = mine[k] || voiceOf[j] == speaker
					}
				}
			}
		}
		lead := d.lead()
		for _, j := range u.members {
			if x := sayings[j]; x.doc == s.doc && len(x.Content) > 0 && (lead.Contains(onrecord.Span{Start: x.Content[0].Start, End: x.Content[0].Start}) || x.Headline) {
				a.begins = true
			}
		}
		var own, attributed, news float64
		for k, w := range d.words {
			if w.is(outside) {
				continue
			}
			news++
			attributed += float64(b2i(all[k]))
			own += float64(b2i(mine[k]))
		}
		a.attributed, a.all = share(own, attributed), share(own, news)
		out = append(out, a)
	}
	return out
}

// lead is the first paragraph of the news behind the title.
func (d *doc) lead() onrecord.Span {
	from := 0
	if t := d.Article.Title; t != "" && strings.HasPrefix(d.text, t) {
		from = d.wordAt(len(t))
	}
	for from < len(d.words) && d.words[from].is(outside) {
		from++
	}
	to := from + 1
	for to < len(d.words) && !d.words[to].is(paragraph) {
		to++
	}
	if from >= len(d.words) || to > len(d.words) {
		return onrecord.Span{}
	}
	return onrecord.Span{Start: int(d.words[from].start), End: int(d.words[to-1].end)}
}

// dayOf is a time in seconds since 1970 as days; 0 when unknown.
func dayOf(seconds int64, unknown bool) int {
	if unknown {
		return 0
	}
	return int(seconds / (24 * 60 * 60))
}

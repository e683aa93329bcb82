package serve

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// An open matter is what somebody asked, or promised to do.
type matter struct {
	line
	Promise bool
	In      int   // articles that print it
	Answer  *line // what the one asked, or the one who promised, said of it later; nil while it is awaited
}

// Limits of what is listed as asked and promised.
const (
	mattersShown = 12
	common       = 2 // words that an answer has in common with what was asked
	lettersOf    = 6 // by which words are compared: "inspect" and "inspectors" are one
	leastLetters = 5 // of a word that tells something
)

// matters are what was asked and promised in a story, each once however many articles print it, the newest first; and how many are not given.
func (d *index) matters(v *ledger.StoryView) (list []matter, more int) {
	at := map[string]int{} // by utterance
	for i := range v.Statements {
		s := &v.Statements[i]
		if s.Doubtful() || s.Stance != onrecord.Asks && s.Stance != onrecord.Promises || len(s.Content) == 0 || s.Headline {
			continue
		}
		key := cmp.Or(s.Utterance, s.ID)
		if k, known := at[key]; known {
			list[k].In++
			if l := d.line(s); earlier(&l, &list[k].line) {
				list[k].line = l
			}
			continue
		}
		at[key] = len(list)
		list = append(list, matter{line: d.line(s), Promise: s.Stance == onrecord.Promises, In: 1})
	}
	for k := range list {
		list[k].answered(d, v)
	}
	slices.SortStableFunc(list, func(a, b matter) int { return strings.Compare(b.Published, a.Published) })
	more = max(0, len(list)-mattersShown)
	return list[:len(list)-more], more
}

func earlier(a, b *line) bool {
	return a.Published != "" && (b.Published == "" || a.Published < b.Published)
}

// answered looks for what was said of it later: by whom it was asked of, where the article names whom, or by who promised. What is said in
// as many of the same words may be the answer; the page says no more.
func (m *matter) answered(d *index, v *ledger.StoryView) {
	asked := tellingWords(m.Full())
	for i := range v.Statements {
		s := &v.Statements[i]
		if s.Doubtful() || s.Headline || s.SpeakerName == "" || s.Stance == onrecord.Asks || s.Utterance != "" && s.Utterance == m.Utterance {
			continue
		}
		if m.Promise && (s.Speaker != m.Speaker || s.Stance == onrecord.Promises) || !m.Promise && !names(m.To, s.SpeakerName) {
			continue
		}
		l := d.line(s)
		if dayOf(l.Published) <= dayOf(m.Published) || m.Answer != nil && !earlier(&l, m.Answer) {
			continue
		}
		n := 0
		for w := range tellingWords(l.Full()) {
			if asked[w] {
				n++
			}
		}
		if n >= common {
			m.Answer = &l
		}
	}
}

// names says whether words name a speaker: they have the last word of the name.
func names(words, speaker string) bool {
	parts := nameWords(speaker)
	return len(parts) > 0 && slices.Contains(nameWords(words), parts[len(parts)-1])
}

// tellingWords are the longer words of a text, by their first letters.
func tellingWords(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if n := utf8.RuneCountInString(w); n >= leastLetters {
			set[string([]rune(w)[:min(n, lettersOf)])] = true
		}
	}
	return set
}

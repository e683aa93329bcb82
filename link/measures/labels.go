package measures

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// labelWords is how many words a part of a label has at most.
const labelWords = 12

// label is the question in words, by the figure that tells it most plainly, and the unit that most figures are in.
func (m *Measure) label(v *sayings.Speech) (label, unit string) {
	unit = m.Answers[0].Unit
	plainest := m.Answers[0]
	times := map[string]int{}
	for _, a := range m.Answers {
		if times[a.Unit]++; a.Unit != "" && (unit == "" || times[a.Unit] > times[unit]) {
			unit = a.Unit
		}
		if !a.Complement && (plainest.Complement || plainness(a.Question) > plainness(plainest.Question)) {
			plainest = a
		}
	}
	q := plainest.Question
	if q.class == share {
		unit = "percent"
	}
	if q.bare() {
		if context := q.led(); context != "" {
			return q.countedAs() + " " + context, unit
		}
		return q.countedAs() + m.told(q, v), unit
	}
	return q.label(), unit
}

// bare says whether what a figure counts is told by no noun that could stand for the question: a length of time is of what lasts.
func (q *Question) bare() bool {
	subject := phrase(q.subject)
	return subject == "" && !q.toll || q.span || q.rate && !strings.ContainsFunc(subject, unicode.IsLower) || q.rate && capitals(subject)
}

// capitals says whether all words of a phrase begin with a capital: of a name alone, a rate is not.
func capitals(phrase string) bool {
	return !slices.ContainsFunc(strings.Fields(phrase), func(w string) bool {
		first, _ := utf8.DecodeRuneInString(w)
		return unicode.IsLower(first)
	})
}

// told are a few words that the sentences of all figures have in common, else of that of q, in brackets.
func (m *Measure) told(q *Question, v *sayings.Speech) string {
	common := m.Answers[0].telling
	for _, a := range m.Answers[1:] {
		common = set.Common(common, a.telling)
	}
	if len(common) == 0 {
		common = q.telling
	}
	if len(common) == 0 {
		return ""
	}
	common = slices.Clone(common)
	slices.SortFunc(common, func(a, b string) int {
		return cmp.Or(cmp.Compare(v.Weight(v.Stems[b]), v.Weight(v.Stems[a])), cmp.Compare(a, b))
	})
	return " (" + v.ShownWords(common[:min(len(common), contextWords)]) + ")"
}

// label is what a figure answers, as a noun with what narrows it down.
func (q *Question) label() string {
	subject := phrase(q.subject)
	switch {
	case q.rate && subject != "":
		return subject
	case q.class == share:
		label := strings.TrimSpace("share of " + subject + " " + phrase(q.narrowing))
		if words := phrase(q.words); words != "" && subject != "" {
			label += " that " + words
		}
		return label
	case q.toll && q.anybody:
		subject = strings.TrimSpace("people " + q.Role)
	case q.Role != "" && subject != "" && !strings.Contains(subject, q.Role):
		subject += " " + q.Role
	case q.Unit == "year of age" && subject != "":
		subject = "age of " + subject
	}
	if q.site != "" && !strings.Contains(subject, q.site) && q.Unit != "year of age" {
		subject += " in " + q.site
	}
	return subject
}

// countedAs is a noun for what a figure that does not say what it counts is.
func (q *Question) countedAs() string {
	switch {
	case unit.Money(q.Unit):
		return "sum"
	case q.span:
		return "length of time"
	case q.Unit == "year of age":
		return "age"
	case q.class == share:
		return "share"
	case q.Unit != "":
		return cmp.Or(unit.Dimension(q.Unit), q.Unit)
	}
	return "number"
}

// plainness is how well a figure's words make a label: whose it is, and what it is of and not of.
func plainness(q *Question) int {
	return 8*min(1, len(q.subject)) + 4*min(1, len(q.actors)) + 2*min(1, len(q.yes)) + 2*min(1, len(q.no)) + min(1, len(q.context)) - (len(q.narrowing)+len(q.words))/60
}

// phrase is the first words of a text up to where its phrase ends, without marks of quotation and without the words with which none ends.
func phrase(s string) string {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Quotation_Mark) && r != '’' && r != '\'':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	var out []string
	for _, w := range strings.Fields(s) {
		end := strings.TrimRight(w, ",;:!?)]}—–")
		if w = strings.TrimLeft(end, "([{—–'`"); w == "" {
			break
		}
		out = append(out, w)
		if len(w) < len(end) || end != w || len(out) == labelWords || closes(end) {
			break
		}
	}
	for len(out) > 0 && english.functions.Has(strings.ToLower(out[len(out)-1])) {
		out = out[:len(out)-1]
	}
	return strings.Trim(strings.Join(out, " "), " .,;:'`")
}

// contextWords is how many words tell what a figure is of that does not say so itself.
const contextWords = 3

// led is the phrase behind a figure that tells of what it is, up to the first verb or other number: "for his campaign"; "" where none does.
func (q *Question) led() string {
	words := strings.Fields(phrase(q.context))
	if len(words) == 0 || !english.leads.Has(strings.ToLower(words[0])) {
		return ""
	}
	for k, w := range words {
		low := strings.ToLower(w)
		if english.subordinates.Has(low) || english.openers.Has(low) || english.tellers.Has(low) || english.calendar.Has(low) || english.joins.Has(low) || strings.ContainsAny(w, "0123456789$£€") {
			words = words[:k]
			break
		}
	}
	if len(words) < 2 {
		return ""
	}
	return phrase(strings.Join(words, " "))
}

// closes says whether a word ends a sentence: with a full stop that is no abbreviation's.
func closes(word string) bool {
	bare := strings.TrimSuffix(word, ".")
	first, _ := utf8.DecodeRuneInString(bare)
	return bare != word && !(unicode.IsUpper(first) && utf8.RuneCountInString(bare) <= abbreviated) && !strings.Contains(bare, ".")
}

// abbreviated is how many letters an abbreviation with a capital has at most.
const abbreviated = 3

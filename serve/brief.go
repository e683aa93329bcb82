package serve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// A briefLine is one line of what a story comes to, with the address of its proof.
type briefLine struct{ Label, Words, Note, Href string }

// briefWords is how long the words in a line of the brief are at most, in bytes.
const briefWords = 220

// brief is what a story comes to, in at most five lines: the words that most articles print, the figure given last, who denies what and who
// printed that, the independent reports, and what the last day brought.
func (d *index) brief(v *ledger.StoryView, p *storyPage) (lines []briefLine) {
	for _, f := range []func(*ledger.StoryView, *storyPage) (briefLine, bool){d.mostPrinted, d.lastFigure, d.firstDenial, d.independent, d.lastDay} {
		if l, ok := f(v, p); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// mostPrinted is the utterance that most articles print, denials aside.
func (d *index) mostPrinted(v *ledger.StoryView, _ *storyPage) (l briefLine, ok bool) {
	most := 1
	for i := range v.Utterances {
		u := &v.Utterances[i]
		in := map[string]bool{}
		for _, id := range u.Statements {
			if s := d.statements[id]; s != nil && s.Stance != onrecord.Denies {
				in[s.Article] = true
			}
		}
		if len(in) <= most {
			continue
		}
		most = len(in)
		who := "speaker unclear"
		if s := d.speakers[u.Speaker]; s != nil {
			who = s.Name
		}
		l, ok = briefLine{"Most printed", clip(u.Wording, briefWords), who + ", in " + count(most, "article"), "/utterance/" + u.ID}, true
	}
	return l, ok
}

// lastFigure is the figure given last of the measure that most figures answer, by whom, and since when it is given so.
func (d *index) lastFigure(_ *ledger.StoryView, p *storyPage) (briefLine, bool) {
	if len(p.Measures) == 0 || len(p.Measures[0].Lines) < 2 {
		return briefLine{}, false
	}
	m := &p.Measures[0]
	last := m.last()
	if last == nil {
		return briefLine{}, false
	}
	since := last
	for i := range m.Lines {
		x := &m.Lines[i]
		same := x.Low == last.Low && x.High == last.High && x.Comparator == last.Comparator && x.Unit == last.Unit && x.Complement == last.Complement
		if same && x.Published != "" && x.Published < since.Published {
			since = x
		}
	}
	words := last.Said
	if last.Complement {
		words += " (the rest)"
	}
	return briefLine{"Figure given last", words, fmt.Sprintf("%s; %s, first given so %s", m.Label, cmp.Or(last.Origin, "the article itself"), since.Day), "/measure/" + m.ID}, true
}

// last is the figure of the measure that was published last, of those that are not withdrawn; nil where there is none.
func (m *measure) last() (last *figureLine) {
	for i := range m.Lines {
		if x := &m.Lines[i]; !x.Withdrawn && (last == nil || x.Published >= last.Published) {
			last = x
		}
	}
	return last
}

// firstDenial is the first denial: who denies, what, and the outlets that printed it.
func (d *index) firstDenial(v *ledger.StoryView, _ *storyPage) (briefLine, bool) {
	for i := range v.Disputes {
		x := &v.Disputes[i]
		if x.Kind != onrecord.Denial {
			continue
		}
		var who, outlets []string
		claim := ""
		for _, id := range slices.Concat(x.Sides[0], x.Sides[1]) {
			s := d.statements[id]
			switch {
			case s == nil:
			case s.Stance != onrecord.Denies:
				if claim == "" {
					l := d.line(s)
					claim = clip(quote(l.text, s.Content, briefWords), briefWords)
				}
			default:
				who, outlets = append(who, cmp.Or(s.SpeakerName, "somebody unnamed")), append(outlets, cmp.Or(d.article(s.Article).Outlet, "an unknown outlet"))
			}
		}
		slices.Sort(who)
		slices.Sort(outlets)
		if who, outlets = slices.Compact(who), slices.Compact(outlets); len(who) == 0 || claim == "" {
			continue
		}
		return briefLine{"Denied by " + strings.Join(who, ", "), claim, "the denial is in " + strings.Join(outlets, ", "), "/dispute/" + x.ID}, true
	}
	return briefLine{}, false
}

func (*index) independent(v *ledger.StoryView, _ *storyPage) (briefLine, bool) {
	if v.Story.Reports == 0 {
		return briefLine{}, false
	}
	return briefLine{"Independent reports", fmt.Sprintf("%d of %s", v.Story.Reports, count(len(v.Story.Articles), "article")), "articles that go back to one origin count once", "#reports"}, true
}

// lastDay is what the last day brought, where it was not the first.
func (*index) lastDay(v *ledger.StoryView, _ *storyPage) (briefLine, bool) {
	if v.Story.Last.IsZero() || !v.Story.Last.After(v.Story.First) {
		return briefLine{}, false
	}
	articles, said := 0, 0
	for i := range v.Articles {
		if t, ok := v.Articles[i].Published.Day(); ok && t.Equal(v.Story.Last) {
			articles++
		}
	}
	for i := range v.Utterances {
		if v.Utterances[i].First.Equal(v.Story.Last) {
			said++
		}
	}
	words := "+" + count(articles, "article")
	if said > 0 {
		words += ", " + count(said, "utterance") + " first printed"
	}
	return briefLine{"On " + day(v.Story.Last), words, "the last day", "#timeline"}, true
}

// bounds are the words that bound a number, with the sign of what they say.
var bounds = struct{ before, behind *lexicon.Table[string] }{
	en.Lexicon.Subject("comparator").Values("before"), en.Lexicon.Subject("comparator").Values("behind"),
}

// boundWords is how many words bound a number at most.
const boundWords = 4

// inPrint is a figure in the article's words, with the words beside it that bound it: "more than 90 percent", "12 or more". Where the bound
// stands elsewhere it is said in our own words.
func inPrint(text string, f *onrecord.Figure) string {
	words := strings.Join(strings.Fields(f.Span.Of(text)), " ")
	if f.Comparator == "=" || f.Comparator == "" {
		return words
	}
	before, after := strings.Fields(lastLine(text[:f.Span.Start])), strings.Fields(firstLine(text[f.Span.End:]))
	for n := min(boundWords, len(before)); n > 0; n-- {
		some := strings.Join(before[len(before)-n:], " ")
		if sign, ok := bounds.before.Find(bare(some)); ok && sign == f.Comparator {
			return strings.TrimLeftFunc(some, unicode.IsPunct) + " " + words
		}
	}
	for n := min(boundWords, len(after)); n > 0; n-- {
		some := strings.Join(after[:n], " ")
		if sign, ok := bounds.behind.Find(bare(some)); ok && sign == f.Comparator {
			return words + " " + strings.TrimRightFunc(some, unicode.IsPunct)
		}
	}
	first := strings.Fields(words)
	for n := min(boundWords, len(first)-1); n > 0; n-- { // its own words say it
		if _, ok := bounds.before.Find(bare(strings.Join(first[:n], " "))); ok {
			return words
		}
		if _, ok := bounds.behind.Find(bare(strings.Join(first[len(first)-n:], " "))); ok {
			return words
		}
	}
	return map[string]string{">": "more than or at least ", "<": "less than or at most ", "~": "about "}[f.Comparator] + small(words)
}

// small is words that begin a sentence as they are within one.
func small(words string) string {
	first, rest, _ := strings.Cut(words, " ")
	c, n := utf8.DecodeRuneInString(first)
	if second, _ := utf8.DecodeRuneInString(first[n:]); !unicode.IsLower(second) {
		return words
	}
	return strings.TrimSuffix(string(unicode.ToLower(c))+first[n:]+" "+rest, " ")
}

func bare(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }))
}

func lastLine(s string) string {
	s = s[max(0, len(s)-80):]
	return s[strings.LastIndexByte(s, '\n')+1:]
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s[:min(len(s), 80)], "\n")
	return s
}

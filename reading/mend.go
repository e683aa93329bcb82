package reading

import (
	"slices"
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// mend sets right spans that the models of attribution cut where the form of the words leaves no doubt:
//
//   - a dispatch's first sentence is said from behind its dateline: "TERN (Reuters) - Only a quarter ... and ..., officials said";
//   - a day at the head of the content is of the saying: "said | Thursday it has no plans";
//   - "The tram, says Ove Brandt, the mayor, will never run": the source stands behind the cue;
//   - a nickname in quotation marks is of the name: Salvatore “Sal” Bruno said;
//   - a quotation's cue with nobody beside it, and a name behind: “Who was it?” asked Greta Ahl;
//   - "Bram Otter, on the tram: “Not here.”": the source stands before "on";
//   - “One hour” — she paused — “and no boats”: what stands between the dashes is not said;
//   - “The trains,” said the report, “will run”: who says it stands between two quotations, not in the first;
//   - "boasted to police, | ‘I earn more,’ | as they wrote": the quotation alone is said, not to whom or when;
//   - "claimed to have sunk two boats | , a raft and four barges": a list goes on to its end;
//   - "Trains will run, Ada Holm said in an interview with | the BBC": what is said stands before.
func (x index) mend(l *english.Layer, statements []draft, times []onrecord.Time, asides []onrecord.Aside) {
	x.dispatched(statements, asides)
	for i := range statements {
		s := &statements[i]
		if len(s.Cue) == 0 || len(s.Content) == 0 {
			continue
		}
		cue := x.d.TokensIn(s.Cue[len(s.Cue)-1])
		x.undated(l, s, cue, times)
		x.parenthesis(l, s, cue)
		x.nickname(l, s)
		x.inverted(l, s, cue)
		x.colon(l, s, cue)
		x.aparte(s)
		x.split(l, s, cue)
		x.quoted(s, cue)
		x.listed(l, s, cue)
		x.interviewed(s, cue, statements[max(0, i-2):min(len(statements), i+3)])
	}
}

// dispatched begins the content of a sentence that ends with its source behind the dateline, where the model begins it later and
// nothing else is said before it.
func (x index) dispatched(statements []draft, asides []onrecord.Aside) {
	const (
		longest = 40 // tokens
		most    = 8  // datelines: a text is a dispatch or holds a few
	)
	seen := 0
	for _, a := range asides {
		if a.Kind != layout.Dateline {
			continue
		}
		if seen++; seen > most {
			return
		}
		first := x.d.TokensIn(a.Span).End
		if first >= len(x.d.Tokens) {
			continue
		}
		sentence := x.d.Sentences[x.d.SentenceAt(first)]
		mine, others := -1, false
		for i := range statements {
			s := &statements[i]
			if s.Headline || begins(s) < a.Span.Start {
				continue
			}
			if begins(s) >= x.d.Tokens[sentence.End-1].End {
				break
			}
			others = others || mine >= 0
			mine = i
		}
		if mine < 0 || others {
			continue
		}
		s := &statements[mine]
		if s.Kind != onrecord.Indirect || len(s.Content) != 1 || len(s.Source) != 1 || len(s.Cue) != 1 {
			continue
		}
		r := x.d.TokensIn(s.Content[0])
		if behind := min(s.Source[0].Start, s.Cue[0].Start); behind < s.Content[0].End || r.First <= first || r.First > first+longest ||
			r.End >= len(x.d.Tokens) || x.d.Word(r.End) != "," || x.d.TokenAt(behind) != r.End+1 {
			continue
		}
		s.Content[0].Start = x.d.Tokens[first].Start
	}
}

// undated cuts the day of the saying off the content.
func (x index) undated(l *english.Layer, s *draft, cue text.Range, times []onrecord.Time) {
	for k, c := range s.Content {
		r := x.d.TokensIn(c)
		if r.First != cue.End {
			continue
		}
		t := sort.Search(len(times), func(t int) bool { return times[t].Span.Start >= c.Start })
		if t == len(times) || times[t].Span.Start != c.Start || times[t].Span.End >= c.End || times[t].Kind != "date" && times[t].Kind != "time" {
			return
		}
		at := x.d.TokensIn(times[t].Span)
		if at.End >= r.End || !x.dayOf(at) || !x.cueOwn(l, s, cue, at) && !strings.EqualFold(x.d.Word(at.End), "that") {
			return
		}
		s.Content[k].Start = x.d.Tokens[at.End].Start
		return
	}
}

// isDay says whether a word is one by which news says when somebody spoke: "Thursday", "Thurs.", "yesterday".
func isDay(word string) bool {
	w := strings.ToLower(word)
	if lex.day.Has(w) {
		return true
	}
	short, dot := strings.CutSuffix(w, ".")
	return dot && lex.shortDay.Has(short)
}

// dayOf says whether a time is a day as news has it: "Thursday", "late on Monday".
func (x index) dayOf(at text.Range) bool {
	const longest = 4
	for i := at.First; i < min(at.End, at.First+longest); i++ {
		if isDay(x.d.Word(i)) {
			return true
		}
	}
	return false
}

// parenthesis reads "The tram, says Ove Brandt, the mayor, will never run", where no comma stands inside what was taken for the source.
func (x index) parenthesis(l *english.Layer, s *draft, cue text.Range) {
	const longest = 16
	if len(s.Source) != 1 || cue.First < 2 || len(s.Content) == 0 {
		return
	}
	source, content := x.d.TokensIn(s.Source[0]), x.d.TokensIn(s.Content[0])
	if source.End > source.First && x.d.Word(source.End-1) == "," {
		source.End--
	}
	if source.End+1 != cue.First || source.First == source.End || x.d.Word(source.End) != "," || content.First != cue.End || x.d.Tokens[content.First].Shape == text.Open || !x.proper(l, content.First) {
		return
	}
	if source.End-source.First > 4*longest || x.comma(source.First, source.End) >= 0 {
		return
	}
	end := x.comma(content.First, min(content.End, content.First+longest))
	if end < 0 {
		return
	}
	if next := end + 1; next < content.End && (l.Tags[next] == "DT" || l.Tags[next] == "NN") { // an appositive
		if e := x.comma(next, min(content.End, next+longest)); e > 0 {
			end = e
		}
	}
	if end+1 >= content.End {
		return
	}
	first := x.d.Span(source)
	s.Source = []onrecord.Span{x.d.Span(text.Range{First: content.First, End: end})}
	s.Content[0].Start = x.d.Tokens[end+1].Start
	s.Content = append([]onrecord.Span{first}, s.Content...)
}

// comma is the first comma in the tokens [i, end), or -1.
func (x index) comma(i, end int) int {
	for ; i < end; i++ {
		if x.d.Word(i) == "," {
			return i
		}
	}
	return -1
}

// proper says whether token i is of a name.
func (x index) proper(l *english.Layer, i int) bool {
	return i < len(l.Tags) && strings.HasPrefix(l.Tags[i], "NNP")
}

// nickname moves a name with a nickname behind it, taken for content, to the family name that follows as the source.
func (x index) nickname(l *english.Layer, s *draft) {
	const longest = 8 // tokens
	if len(s.Source) != 1 || len(s.Content) < 2 {
		return
	}
	source := x.d.TokensIn(s.Source[0])
	for k, c := range s.Content {
		r := x.d.TokensIn(c)
		if r.End != source.First || r.End-r.First > longest || !x.proper(l, r.First) || !x.proper(l, source.First) || x.d.Tokens[r.End-1].Shape != text.Close || !x.capitals(r) {
			continue
		}
		s.Source[0].Start = c.Start
		s.Content = append(s.Content[:k:k], s.Content[k+1:]...)
		s.Kind = x.wording(s.Content)
		return
	}
}

// capitals says whether all words of r begin with a capital, and no mark but quotation marks stands in it.
func (x index) capitals(r text.Range) bool {
	for i := r.First; i < r.End; i++ {
		switch x.d.Tokens[i].Shape {
		case text.Title, text.Upper, text.Camel, text.Open, text.Close:
		default:
			return false
		}
	}
	return true
}

// inverted finds the source behind the cue of a quotation that has none: a name, to the end of the sentence or a comma.
func (x index) inverted(l *english.Layer, s *draft, cue text.Range) {
	const longest = 6
	if len(s.Source) > 0 || s.Kind != onrecord.Direct || cue.End-cue.First > 2 || cue.First == 0 || x.d.Tokens[cue.First-1].Shape != text.Close || !x.proper(l, cue.End) {
		return
	}
	end := cue.End
	for end < len(x.d.Tokens) && end < cue.End+longest && x.d.Tokens[end].Shape < text.Open && x.proper(l, end) {
		end++
	}
	if end > cue.End && end < len(x.d.Tokens) && x.d.Tokens[end].Shape >= text.Open && x.d.SentenceAt(cue.First) == x.d.SentenceAt(end-1) {
		s.Source = []onrecord.Span{x.d.Span(text.Range{First: cue.End, End: end})}
	}
}

// colon reads "Bram Otter, on the tram: “Not here.”".
func (x index) colon(l *english.Layer, s *draft, cue text.Range) {
	if len(s.Source) != 1 || cue.End != cue.First+1 || x.d.Word(cue.First) != ":" {
		return
	}
	source := x.d.TokensIn(s.Source[0])
	first := x.d.Sentences[x.d.SentenceAt(cue.First)].First
	on := source.First - 1
	const longest = 8
	if on <= first+1 || on > first+longest || source.End != cue.First || x.d.Word(on-1) != "," {
		return
	}
	switch strings.ToLower(x.d.Word(on)) {
	case "on", "about", "after", "in", "at", "to":
	default:
		return
	}
	for i := first; i < on-1; i++ {
		if !x.proper(l, i) {
			return
		}
	}
	s.Source[0] = x.d.Span(text.Range{First: first, End: on - 1})
}

// aparte cuts out of the content what stands between two quotations in dashes.
func (x index) aparte(s *draft) {
	const longest = 12 // tokens in the dashes
	dash := func(i int) bool {
		w := x.d.Word(i)
		return w == "—" || w == "–" || w == "--"
	}
	for k := 0; k < len(s.Content); k++ {
		r := x.d.TokensIn(s.Content[k])
		for i := r.First; i+1 < r.End; i++ {
			if x.d.Tokens[i].Shape != text.Close || !dash(i+1) {
				continue
			}
			for j := i + 3; j+1 < min(r.End, i+3+longest); j++ {
				if dash(j) && x.d.Tokens[j+1].Shape == text.Open {
					rest := onrecord.Span{Start: x.d.Tokens[j+1].Start, End: s.Content[k].End}
					s.Content[k].End = x.d.Tokens[i].End
					s.Content = slices.Insert(s.Content, k+1, rest)
					s.Kind = x.wording(s.Content)
					i = r.End
					break
				}
			}
		}
	}
}

// interviewed puts what stands before the source in the place of words behind the cue that were taken for what is said: the outlet
// of an interview, and "said on condition of | anonymity"; unless one of the statements near is of that.
func (x index) interviewed(s *draft, cue text.Range, near []draft) {
	const longest = 5 // tokens of the outlet's name
	if len(s.Content) != 1 || len(s.Source) != 1 || s.Kind != onrecord.Indirect || s.Within >= 0 {
		return
	}
	content, source := x.d.TokensIn(s.Content[0]), x.d.TokensIn(s.Source[0])
	first := x.d.Sentences[x.d.SentenceAt(cue.First)].First
	if content.First < cue.End || source.End != cue.First || source.First < first+4 || x.d.Word(source.First-1) != "," && x.d.Tokens[source.First-1].Shape != text.Close {
		return
	}
	end := source.First
	if x.d.Word(end-1) == "," {
		end--
	}
	before := x.d.Span(text.Range{First: first, End: end})
	if slices.ContainsFunc(near, func(s draft) bool { return covers(s.Content, before) || covers(s.Cue, before) }) {
		return
	}
	switch {
	case x.stands(content.First-2, "condition", "of", "anonymity"):
		if cue.End-cue.First > 1 {
			s.Cue = []onrecord.Span{x.d.Tokens[cue.First].Span}
		}
	case content.End-content.First <= longest && (x.stands(content.First-2, "interview", "with") || x.stands(content.First-2, "interview", "to")):
	default:
		return
	}
	s.Content[0] = before
	s.Kind = x.wording(s.Content)
}

// wording is the kind of a statement by how much of its content stands in quotation marks.
func (x index) wording(content []onrecord.Span) string {
	in, out := 0, 0
	for _, c := range content {
		r := x.d.TokensIn(c)
		quoted := false
		for i := r.First; i < r.End; i++ {
			switch shape := x.d.Tokens[i].Shape; {
			case shape == text.Open:
				quoted = true
			case shape == text.Close:
				quoted = false
			case shape >= text.Punct:
			case quoted:
				in++
			default:
				out++
			}
		}
	}
	switch {
	case in == 0:
		return onrecord.Indirect
	case out == 0:
		return onrecord.Direct
	}
	return onrecord.Mixed
}

// coordinated cuts off the content what another says behind it in a clause of its own: "claimed that it sank, | but the army rejected
// that claim", "said it would rain, | while the keeper said it would not".
func (x index) coordinated(l *english.Layer, statements []draft) {
	for _, near := range x.bySentence(statements) {
		for _, j := range near {
			t := &statements[j]
			if len(t.Source) != 1 || len(t.Cue) == 0 || t.Cue[0].Start < t.Source[0].End {
				continue
			}
			at := x.joint(l, t)
			if at < 0 {
				continue
			}
			for _, i := range near {
				s := &statements[i]
				k := len(s.Content) - 1
				if i == j || k < 0 || len(s.Cue) == 0 || s.Kind == onrecord.Direct || !s.Content[k].Contains(t.Cue[0]) || s.Cue[0].Start >= s.Content[k].Start {
					continue
				}
				r := x.d.TokensIn(s.Content[k])
				if r.First >= at-1 || x.openAt(r.First, at) {
					continue
				}
				s.Content[k].End = x.d.Tokens[at-1].End
				if t.Within == i {
					t.Within = s.Within
				}
			}
		}
	}
}

// joint is the mark or word before the source of a statement that joins its clause to another's, or -1: "but", "while", ", and".
func (x index) joint(l *english.Layer, t *draft) int {
	first, cue := x.d.TokensIn(t.Source[0]).First, x.d.TokensIn(t.Cue[0])
	if first < 3 || l.Tags[first] == "PRP" || !strings.HasPrefix(l.Tags[cue.End-1], "V") && !strings.HasPrefix(l.Tags[cue.First], "V") {
		return -1
	}
	comma := x.d.Word(first-2) == ","
	switch w := strings.ToLower(x.d.Word(first - 1)); {
	case w == "but" || w == "while" || w == "whereas" || comma && (w == "and" || w == "although" || w == "though"):
	default:
		return -1
	}
	if comma {
		return first - 2
	}
	return first - 1
}

// split reads “The trains,” said the report, “will run”, where the first quotation was taken for the source.
func (x index) split(l *english.Layer, s *draft, cue text.Range) {
	const longest = 8 // tokens of the source
	if len(s.Source) != 1 || len(s.Content) != 1 || cue.First == 0 || x.d.Tokens[cue.First-1].Shape != text.Close {
		return
	}
	source, content := x.d.TokensIn(s.Source[0]), x.d.TokensIn(s.Content[0])
	if source.End != cue.First || content.First != cue.End {
		return
	}
	comma := x.comma(content.First, min(content.End, content.First+longest))
	if comma < 0 || comma == content.First || comma+1 >= content.End || x.d.Tokens[comma+1].Shape != text.Open || !nominal(l.Tags[content.First]) {
		return
	}
	first := source
	for first.First > 0 && x.d.Tokens[first.First].Shape != text.Open && first.First > x.d.Sentences[x.d.SentenceAt(source.First)].First {
		first.First--
	}
	s.Source = []onrecord.Span{x.d.Span(text.Range{First: content.First, End: comma})}
	s.Content = []onrecord.Span{x.d.Span(first), x.d.Span(text.Range{First: comma + 1, End: content.End})}
	s.Kind = x.wording(s.Content)
}

// quoted leaves of what stands behind a verb of saying the quotation alone, where before it is only to whom it was said, and behind it
// only where or when: "boasted to police, | ‘I earn more,’ | as they wrote it down", "wrote | “Tern 2026” | on a wall".
func (x index) quoted(s *draft, cue text.Range) {
	if len(s.Content) != 1 || s.Kind != onrecord.Mixed {
		return
	}
	r := x.d.TokensIn(s.Content[0])
	if r.First != cue.End || !lex.quotes.Has(strings.ToLower(x.d.Word(cue.End-1))) {
		return
	}
	open := r.First
	for open < r.End && x.d.Tokens[open].Shape != text.Open {
		open++
	}
	end := r.End
	for end > open && x.d.Tokens[end-1].Shape != text.Close {
		end--
	}
	before := open == r.First || x.d.Word(r.First) == "to" && x.d.Word(open-1) == "," && x.comma(r.First, open) == open-1
	if end < r.End && x.d.Word(end) == "," {
		end++
	}
	behind := end == r.End || lex.aside.Has(strings.ToLower(x.d.Word(end)))
	for end > open && x.d.Tokens[end-1].Shape != text.Close {
		end--
	}
	if end > open && before && behind && !x.outside(text.Range{First: open, End: end}) {
		s.Content[0] = x.d.Span(text.Range{First: open, End: end})
		s.Kind = onrecord.Direct
	}
}

// outside says whether words stand outside quotation marks in r.
func (x index) outside(r text.Range) bool {
	return x.wording([]onrecord.Span{x.d.Span(r)}) != onrecord.Direct
}

// listed ends the content with the list that it begins: what goes on behind a comma, hangs on it, and ends with "and" or "or" and the
// last of its items. Items that are questions begin with their word; others have no finite verb.
func (x index) listed(l *english.Layer, s *draft, cue text.Range) {
	const longest = 40 // tokens of the rest
	last := &s.Content[len(s.Content)-1]
	r := x.d.TokensIn(*last)
	if s.Kind != onrecord.Indirect || r.First < cue.End || r.End+1 >= len(x.d.Tokens) || x.d.Word(r.End) != "," {
		return
	}
	end := x.d.Sentences[x.d.SentenceAt(r.First)].End
	for end > r.End && x.d.Tokens[end-1].Shape >= text.Open {
		end--
	}
	if end-r.End > longest || end <= r.End+1 || !x.item(l, r.End+1, x.asking(r.First)) {
		return
	}
	joined, hangs := false, false
	for i := r.End + 1; i < end; i++ {
		switch tag := l.Tags[i]; {
		case x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close, x.d.Word(i) == ";", tag == "WDT", finite(tag) && !x.asking(r.First):
			return
		case tag == "CC" && x.d.Word(i) != "but":
			joined = true
		case l.Rels[i] == "conj" && int(l.Heads[i]) >= r.First:
			hangs = true
		case x.d.Word(i) == "," && !x.item(l, i+1, x.asking(r.First)):
			return
		}
	}
	if joined && (hangs || x.asking(r.First)) {
		last.End = x.d.Tokens[end-1].End
	}
}

// item says whether an item of a list begins at token i: a question's word where the list is of questions, else a noun phrase.
func (x index) item(l *english.Layer, i int, questions bool) bool {
	if l.Tags[i] == "CC" && i+1 < len(l.Tags) {
		i++
	}
	if questions {
		return x.asking(i)
	}
	tag := l.Tags[i]
	return tag == "CD" || tag == "DT" || tag == "JJ" || tag == "NN" || tag == "NNS"
}

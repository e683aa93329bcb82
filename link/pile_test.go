package link

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/when"
	atoms "github.com/onrecord/onrecord/reading/when/number"
	parse "github.com/onrecord/onrecord/text"
)

// A pile is a few articles with their statements, and what must hold across them. testdata/piles.txt says how it is written.
type pile struct {
	name     string
	readings []*onrecord.Reading
	byName   map[string]string // "a1" -> article, "a1.2" -> statement, "p a1.2" -> its speaker in the article
	figures  map[string]string // "a1 90 percent" -> figure
	expect   []string
	whole    bool // read by our own models
}

func readPiles(t testing.TB) []pile {
	t.Helper()
	return append(pilesOf(t, "piles.txt"), pilesOf(t, "coverage.txt")...)
}

func pilesOf(t testing.TB, file string) []pile {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var piles []pile
	for _, block := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		name, body, _ := strings.Cut(block, "\n")
		p := pile{whole: file == "read.txt", name: name, byName: map[string]string{}, figures: map[string]string{}}
		for k, part := range strings.Split("\n"+body, "\n@ ")[1:] {
			p.article(t, "a"+strconv.Itoa(k+1), part)
		}
		piles = append(piles, p)
	}
	return piles
}

func (p *pile) article(t testing.TB, name, part string) {
	head, body, _ := strings.Cut(part, "\n")
	day, rest, _ := strings.Cut(head, " ")
	outlet, title, _ := strings.Cut(rest, " | ")
	var text []string
	var says []string
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "~ "):
			says = append(says, line)
		case strings.HasPrefix(line, "= "):
			p.expect = append(p.expect, line[2:])
		case line != "":
			text = append(text, line)
		}
	}
	a := &onrecord.Article{ExternalID: p.name + " " + name, Outlet: outlet, Title: title, Text: strings.Join(text, "\n\n")}
	if day != "-" {
		a.Published = onrecord.Published{Value: day, Precision: "day", Basis: "given"}
	}
	a.ID = onrecord.ArticleID(a)
	p.byName[name] = a.ID
	if p.whole {
		r := reading.Read(a)
		for k := range r.Statements {
			s := &r.Statements[k]
			s.Confidence = max(s.Confidence, onrecord.Doubt) // what is tested is how they are linked, not how sure the models are
		}
		for k := range r.Figures {
			if key := name + " " + r.Figures[k].Span.Of(a.Text); p.figures[key] == "" {
				p.figures[key] = r.Figures[k].ID
			}
		}
		p.readings = append(p.readings, r)
		return
	}
	r := &onrecord.Reading{Article: a}
	speakers := map[string]string{}
	k := -1
	for _, line := range says {
		if who, spokenOf := strings.CutPrefix(line, "~ "); spokenOf {
			r.Speakers = append(r.Speakers, speakerOf(onrecord.NewID(onrecord.SpeakerKind, a.ID, who), a.ID, who))
			continue
		}
		k++
		who, what, ok := strings.Cut(line[2:], ": ")
		if !ok {
			t.Fatalf("%s: %q", p.name, line)
		}
		s := onrecord.Statement{ID: onrecord.NewID(onrecord.StatementKind, a.ID, strconv.Itoa(k)), Article: a.ID, Kind: onrecord.Indirect, Stance: onrecord.Asserts, Confidence: 1}
		if w, n, ok := strings.Cut(who, " denies"); ok {
			who, s.Stance = w, onrecord.Denies
			if n = strings.TrimSpace(n); n != "" {
				s.Denied = p.byName[name+"."+n]
			}
		}
		for _, piece := range strings.Split(what, " ... ") {
			i := strings.Index(a.Text, piece)
			if i < 0 {
				t.Fatalf("%s: %q does not stand in %s", p.name, piece, name)
			}
			s.Content = append(s.Content, onrecord.Span{Start: i, End: i + len(piece)})
			if i > 0 && strings.HasSuffix(strings.TrimRight(a.Text[:i], "["), "“") {
				s.Kind = onrecord.Direct
			} else if strings.Contains(piece, "“") {
				s.Kind = onrecord.Mixed
			}
		}
		p.byName[name+"."+strconv.Itoa(k+1)] = s.ID
		if who != "" {
			id, ok := speakers[who]
			if !ok {
				id = onrecord.NewID(onrecord.SpeakerKind, a.ID, who)
				speakers[who] = id
				r.Speakers = append(r.Speakers, speakerOf(id, a.ID, who))
			}
			s.Speaker = id
			p.byName["p "+name+"."+strconv.Itoa(k+1)] = id
		}
		r.Statements = append(r.Statements, s)
	}
	l := english.Annotate(parse.Parse(a.Text))
	r.Times = when.Find(l, a.Published)
	for k, found := range figure.FindIn(atoms.Lex(a.Text), l, r.Times, a.Published) {
		r.Figures = append(r.Figures, found.Figure)
		f := &r.Figures[k]
		f.ID, f.Article = onrecord.NewID(onrecord.FigureKind, a.ID, strconv.Itoa(k)), a.ID
		if found.Restates >= 0 {
			f.ConversionOf = r.Figures[found.Restates].ID
		}
		if key := name + " " + f.Span.Of(a.Text); p.figures[key] == "" {
			p.figures[key] = f.ID
		}
		for _, s := range r.Statements {
			for _, c := range s.Content {
				if c.Contains(f.Span) {
					f.Statement = s.ID
				}
			}
		}
	}
	p.readings = append(p.readings, r)
}

// speakerOf reads "Name (kind; role; also Alias)".
func speakerOf(id, article, who string) onrecord.Speaker {
	name, more, _ := strings.Cut(strings.TrimSuffix(who, ")"), " (")
	s := onrecord.Speaker{ID: id, Article: article, Name: name, Kind: onrecord.Person, Confidence: 1}
	for k, m := range strings.Split(more, "; ") {
		alias, isAlias := strings.CutPrefix(m, "also ")
		switch {
		case m == "":
		case isAlias:
			s.Learned = append(s.Learned, onrecord.Alias{Name: name, Alias: alias, Article: article})
		case k == 0:
			s.Kind = m
		case strings.HasPrefix(m, "of "):
			s.State = m[3:]
		default:
			s.Roles = append(s.Roles, m)
		}
	}
	return s
}

// said is the innermost statement whose content has the words of a name, "a1:words_of_it", and whether its speaker is meant.
func (p *pile) said(name string) (found *onrecord.Statement, speaker, ok bool) {
	name, speaker = strings.CutPrefix(name, "p ")
	article, words, ok := strings.Cut(name, ":")
	if !ok {
		return nil, false, false
	}
	words = strings.ReplaceAll(words, "_", " ")
	size := 0
	for _, r := range p.readings {
		if r.Article.ID != p.byName[article] {
			continue
		}
		for k := range r.Statements {
			s := &r.Statements[k]
			n := 0
			for _, c := range s.Content {
				n += c.Len()
			}
			if slices.ContainsFunc(s.Content, func(c onrecord.Span) bool { return strings.Contains(c.Of(r.Article.Text), words) }) && (found == nil || n < size) {
				found, size = s, n
			}
		}
	}
	return found, speaker, true
}

// holds says whether the links meet one expectation.
func (p *pile) holds(t *testing.T, l *onrecord.Links, want string) bool {
	t.Helper()
	kind, rest, _ := strings.Cut(want, " ")
	names := strings.Fields(rest)
	id := func(n string) string {
		t.Helper()
		if who, name, ok := strings.Cut(strings.TrimPrefix(n, "p "), "@"); ok { // a speaker of an article by name, who may say nothing
			for _, r := range p.readings {
				for k := range r.Speakers {
					if r.Article.ID == p.byName[who] && r.Speakers[k].Name == strings.ReplaceAll(name, "_", " ") {
						return r.Speakers[k].ID
					}
				}
			}
			t.Logf("%s: nobody in %s is called %s", p.name, who, name)
			return n
		}
		if at, of, ok := p.said(n); ok {
			if at == nil {
				t.Logf("%s: %s: nothing is read there", p.name, want)
				return "nothing at " + n
			}
			if of {
				return at.Speaker
			}
			return at.ID
		}
		if p.byName[n] == "" {
			t.Fatalf("%s: no %q", want, n)
		}
		return p.byName[n]
	}
	ids := func(ns []string) []string {
		var out []string
		for _, n := range ns {
			out = append(out, id(n))
		}
		return out
	}
	holds := func(have []string, all []string) bool {
		for _, x := range all {
			if !slices.Contains(have, x) {
				return false
			}
		}
		return true
	}
	ok := false
	switch kind {
	case "utterance", "no-utterance":
		for _, u := range l.Utterances {
			ok = ok || holds(u.Statements, ids(names))
		}
		ok = ok == (kind == "utterance")
	case "drift", "no-drift":
		for _, u := range l.Utterances {
			for _, d := range u.Drift {
				ok = ok || d.Statement == id(names[0]) && d.Kind == names[1] && (len(names) < 3 || strings.Contains(d.From+" -> "+d.To, strings.Join(names[2:], " ")))
			}
		}
		ok = ok == (kind == "drift")
	case "measure", "no-measure": // figures apart by " / ", the other end marked with "!"
		for _, m := range l.Measures {
			all, turned := true, false
			for k, f := range strings.Split(rest, " / ") {
				f, complement := strings.CutPrefix(f, "!")
				fid := p.figures[f]
				if fid == "" {
					t.Fatalf("%s: no figure %q in %q", want, f, p.figures)
				}
				i := slices.IndexFunc(m.Figures, func(a onrecord.MeasurePoint) bool { return a.Figure == fid })
				if all = all && i >= 0; all && k == 0 {
					turned = m.Figures[i].Complement != complement
				}
				all = all && (m.Figures[i].Complement != complement) == turned
			}
			ok = ok || all
		}
		ok = ok == (kind == "measure")
	case "dispute": // kind, one of the one side, one of the other
		a, b := p.figures[strings.ReplaceAll(names[1], "_", " ")], ""
		if len(names) > 2 {
			b = p.figures[strings.ReplaceAll(names[2], "_", " ")]
		}
		if names[0] != onrecord.Figures {
			a, b = id(names[1]), id(names[2])
		}
		for _, d := range l.Disputes {
			ok = ok || d.Kind == names[0] && (slices.Contains(d.Sides[0], a) && slices.Contains(d.Sides[1], b) || slices.Contains(d.Sides[1], a) && slices.Contains(d.Sides[0], b))
		}
	case "no-dispute-of": // figures apart by " / "
		a, b, _ := strings.Cut(rest, " / ")
		a, b = p.figures[a], p.figures[b]
		if a == "" || b == "" {
			t.Fatalf("%s: no such figures in %q", want, p.figures)
		}
		ok = !slices.ContainsFunc(l.Disputes, func(d onrecord.Dispute) bool {
			return slices.Contains(d.Sides[0], a) && slices.Contains(d.Sides[1], b) || slices.Contains(d.Sides[1], a) && slices.Contains(d.Sides[0], b)
		})
	case "no-dispute": // kind
		ok = !slices.ContainsFunc(l.Disputes, func(d onrecord.Dispute) bool { return d.Kind == names[0] })
	case "reports":
		ok = strconv.Itoa(len(l.Reports)) == rest
	case "report-basis":
		ok = slices.ContainsFunc(l.Reports, func(r onrecord.Report) bool { return strings.Contains(strings.Join(r.Basis, "\n"), rest) })
	case "disputes": // how many
		ok = strconv.Itoa(len(l.Disputes)) == rest
	case "measure-says": // its label, or what it rests on
		ok = slices.ContainsFunc(l.Measures, func(m onrecord.Measure) bool { return strings.Contains(m.Label+"\n"+strings.Join(m.Basis, "\n"), rest) })
	case "dispute-basis":
		ok = slices.ContainsFunc(l.Disputes, func(d onrecord.Dispute) bool { return strings.Contains(d.Basis, rest) })
	case "copy", "no-copy":
		ok = slices.ContainsFunc(l.Copies, func(c onrecord.Copy) bool { return c.Article == id(names[0]) && c.Origin == id(names[1]) }) == (kind == "copy")
	case "undirected":
		ok = slices.ContainsFunc(l.Copies, func(c onrecord.Copy) bool { return c.Article == id(names[0]) && !c.Directed() })
	case "copy-kind":
		ok = slices.ContainsFunc(l.Copies, func(c onrecord.Copy) bool { return c.Article == id(names[0]) && c.Kind == names[1] })
	case "story", "no-story":
		for _, s := range l.Stories {
			ok = ok || holds(s.Articles, ids(names))
		}
		ok = ok == (kind == "story")
	case "lead", "no-lead": // of the speaker of one statement to that of another
		from, to := l.SpeakerOf[id("p "+names[0])], l.SpeakerOf[id("p "+names[1])]
		ok = slices.ContainsFunc(l.Speakers, func(s onrecord.Speaker) bool {
			return s.ID == from && slices.ContainsFunc(s.Leads, func(x onrecord.Lead) bool { return x.Speaker == to && len(x.Basis) > 0 })
		}) == (kind == "lead")
	case "same", "apart": // speakers of two statements, or by name
		ok = l.SpeakerOf[id("p "+names[0])] != "" && (l.SpeakerOf[id("p "+names[0])] == l.SpeakerOf[id("p "+names[1])]) == (kind == "same")
	default:
		t.Fatalf("%s: what is %q?", p.name, kind)
	}
	return ok
}

// show writes the links down in the pile's own names.
func (p *pile) show(l *onrecord.Links) string {
	names := map[string]string{}
	for n, id := range p.byName {
		names[id] = n
	}
	for n, id := range p.figures {
		names[id] = n
	}
	if p.whole {
		for _, r := range p.readings {
			for k := range r.Statements {
				s := &r.Statements[k]
				names[s.ID] = fmt.Sprintf("[%s: %.40s]", r.Article.Outlet, s.Content[0].Of(r.Article.Text))
			}
		}
	}
	name := func(ids []string) string {
		var out []string
		for _, id := range ids {
			out = append(out, names[id])
		}
		return strings.Join(out, ", ")
	}
	var b strings.Builder
	for _, s := range l.Stories {
		fmt.Fprintf(&b, "  story %s: %s; %d reports\n", s.Title, name(s.Articles), s.Reports)
	}
	for _, c := range l.Copies {
		fmt.Fprintf(&b, "  copy %s of %s, %s %.2f %q\n", names[c.Article], names[c.Origin], c.Kind, c.Share, c.Basis)
	}
	for _, r := range l.Reports {
		fmt.Fprintf(&b, "  report %s %q\n", name(r.Articles), r.Basis)
	}
	for _, u := range l.Utterances {
		fmt.Fprintf(&b, "  utterance %s: %s %q\n", name(u.Statements), u.Wording, u.Basis)
		for _, d := range u.Drift {
			fmt.Fprintf(&b, "    drift %s %s %q -> %q\n", names[d.Statement], d.Kind, d.From, d.To)
		}
	}
	for _, m := range l.Measures {
		fmt.Fprintf(&b, "  measure %s %q\n", m.Label, m.Basis)
		for _, a := range m.Figures {
			fmt.Fprintf(&b, "    %s %v\n", names[a.Figure], a.Complement)
		}
	}
	for _, d := range l.Disputes {
		fmt.Fprintf(&b, "  dispute %s: %s | %s (%s)\n", d.Kind, name(d.Sides[0]), name(d.Sides[1]), d.Basis)
	}
	return b.String()
}

// TestCoverage holds that at least nine in ten piles of coverage are right in all that they expect, and that those which are not are
// the ones known.
func TestCoverage(t *testing.T) {
	for file, least := range map[string]int{"coverage.txt": 40, "read.txt": 15} {
		t.Run(file, func(t *testing.T) { cover(t, pilesOf(t, file), least) })
	}
}

func cover(t *testing.T, piles []pile, least int) {
	right := 0
	for _, p := range piles {
		l := All(p.readings, 2)
		known := ""
		var wrong []string
		for _, want := range p.expect {
			if why, ok := strings.CutPrefix(want, "known "); ok {
				known = why
			} else if !p.holds(t, l, want) {
				wrong = append(wrong, want)
			}
		}
		switch {
		case len(wrong) == 0 && known != "":
			t.Errorf("%s: right, yet known as wrong: %s", p.name, known)
		case len(wrong) > 0 && known == "":
			t.Errorf("%s: not so: %q\n%s", p.name, wrong, p.show(l))
		case len(wrong) > 0:
			t.Logf("%s: not so: %q: %s", p.name, wrong, known)
		default:
			right++
		}
	}
	t.Logf("%d of %d piles right", right, len(piles))
	if len(piles) < least || 10*right < 9*len(piles) {
		t.Errorf("%d of %d piles right", right, len(piles))
	}
}

func TestPiles(t *testing.T) {
	for _, p := range pilesOf(t, "piles.txt") {
		t.Run(p.name, func(t *testing.T) {
			l := All(p.readings, 2)
			for _, want := range p.expect {
				if !p.holds(t, l, want) {
					t.Errorf("%s: not so\n%s", want, p.show(l))
				}
			}
		})
	}
}

package serve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// A newsroom makes up coverage and what links would make of it, straight as rows: invented events in invented words, four hundred
// articles a day, one story of two hundred articles and others of one to nine. Few speakers say most, as in the news: the first
// says one statement of eight. The same number of articles gives the same rows.
type newsroom struct {
	*rand.Rand
	words  []string
	links  onrecord.Links
	spoken map[int]bool // speakers that have said something
}

const (
	dailyArticles = 400
	largestStory  = 200
	newsWords     = 30000
	newsSpeakers  = 4000
	newsOutlets   = 120
)

func newNewsroom() *newsroom {
	n := &newsroom{Rand: rand.New(rand.NewPCG(6, 7)), links: onrecord.Links{Model: "made up", SpeakerOf: map[string]string{}}, spoken: map[int]bool{}}
	heads, vowels, tails := strings.Fields("b br d f fl g gr h k l m n p pr r s sk sl st t tr v w"), strings.Fields("a e i o u ea ou"), strings.Fields("l m n r s t nd rk st")
	seen := map[string]bool{"": true}
	for len(n.words) < newsWords {
		w := ""
		for range 2 + n.IntN(2) {
			w += heads[n.IntN(len(heads))] + vowels[n.IntN(len(vowels))]
		}
		if w += tails[n.IntN(len(tails))]; !seen[w] {
			seen[w] = true
			n.words = append(n.words, w)
		}
	}
	for i := range newsSpeakers {
		n.links.Speakers = append(n.links.Speakers, onrecord.Speaker{
			ID: onrecord.NewID(onrecord.SpeakerKind, fmt.Sprint(i)), Name: n.name(i), Kind: onrecord.Person, Roles: []string{"minister of " + n.words[i]}, Confidence: 0.8,
		})
	}
	return n
}

func (n *newsroom) name(i int) string {
	return capital(n.words[i*7%newsWords]) + " " + capital(n.words[(i*13+5)%newsWords])
}

// rank is a number below most, small ones far more often (Zipf 1935).
func (n *newsroom) rank(most int) int {
	return int(math.Exp(n.Float64()*math.Log(float64(most)))) - 1
}

func (n *newsroom) say(count int) string {
	out := make([]string, count)
	for i := range out {
		out[i] = n.words[n.rank(newsWords)]
	}
	return strings.Join(out, " ")
}

// An event is what the articles of one story report.
type event struct {
	place    string
	speakers []int
	sayings  []string
	size     int
	begun    int // articles written
	story    onrecord.Story
	first    *onrecord.Reading
	sentence []string // the first article's, to copy from
	report   int      // index of the first report
	uttered  []int    // utterances of the sayings
	measure  int
}

// A sheetful is a text as it grows, with its rows.
type sheetful struct {
	strings.Builder
	*onrecord.Reading
}

func (p *sheetful) put(s string) onrecord.Span {
	from := p.Len()
	p.WriteString(s)
	return onrecord.Span{Start: from, End: p.Len()}
}

// event makes up an event for the nth article.
func (n *newsroom) event(at int) *event {
	e := &event{place: n.name(n.IntN(newsWords)), size: 1 + n.IntN(9)}
	if at == 0 {
		e.size = largestStory
	}
	for range 3 {
		e.speakers = append(e.speakers, n.rank(newsSpeakers))
	}
	for i := range 6 {
		e.sayings = append(e.sayings, n.say(14))
		e.uttered = append(e.uttered, len(n.links.Utterances))
		n.links.Utterances = append(n.links.Utterances, onrecord.Utterance{
			ID: onrecord.NewID(onrecord.UtteranceKind, fmt.Sprint(at), fmt.Sprint(i)), Speaker: n.links.Speakers[e.speakers[i%3]].ID, Wording: "“" + e.sayings[i] + ",”",
			Basis: []string{"same speaker", "shared words"}, Confidence: 0.8,
		})
	}
	e.measure = len(n.links.Measures)
	n.links.Measures = append(n.links.Measures, onrecord.Measure{
		ID: onrecord.NewID(onrecord.MeasureKind, fmt.Sprint(at)), Label: "share of " + n.say(4), Unit: "percent", Basis: []string{"shared words"}, Confidence: 0.7,
	})
	e.story = onrecord.Story{ID: onrecord.NewID(onrecord.StoryKind, fmt.Sprint(at)), Title: capital(n.say(8)), Basis: []string{"shared words"}, Confidence: 0.8}
	return e
}

// write writes the next article of an event, the nth of all, and links it.
func (n *newsroom) write(e *event, nth int) *onrecord.Reading {
	day := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, nth/dailyArticles)
	outlet := n.name(n.rank(newsOutlets)) + " Post"
	p := &sheetful{Reading: &onrecord.Reading{Model: "made up", Article: &onrecord.Article{
		ExternalID: fmt.Sprint(nth), URL: fmt.Sprintf("https://news.example/%d", nth), Outlet: outlet, Title: capital(n.say(9)), Language: "en", File: "made-up.jsonl", Line: nth + 1,
		Published: onrecord.Published{Value: day.Format(time.DateOnly), Precision: "day", Basis: "given"},
	}}}
	copied := e.first != nil && n.IntN(2) == 0
	var shared onrecord.Span
	for k := range 6 {
		sentence := capital(n.say(22)) + ". "
		if e.first == nil {
			e.sentence = append(e.sentence, sentence)
		} else if copied {
			sentence = e.sentence[k]
		}
		if at := p.put(sentence); k == 0 {
			shared = at
		}
		i, who := n.IntN(6), 0
		who = e.speakers[i%3]
		words := e.sayings[i]
		if n.IntN(4) == 0 { // another form of it
			words = strings.Join(strings.Fields(words)[:11], " ")
		}
		p.WriteString("“")
		content := p.put(words)
		p.WriteString(",” ")
		source := p.put(n.links.Speakers[who].Name)
		p.WriteString(" ")
		cue := p.put("said")
		p.WriteString(". ")
		p.Statements = append(p.Statements, onrecord.Statement{
			Kind: onrecord.Direct, Stance: terms.stances[n.rank(len(terms.stances))].Value, Source: []onrecord.Span{source}, Cue: []onrecord.Span{cue}, Content: []onrecord.Span{content},
			Speaker: fmt.Sprint(who), Parent: fmt.Sprint(i), Confidence: 0.5 + n.Float64()/2,
		})
		if k < 4 {
			low := float64(10 + n.IntN(80))
			p.WriteString("More than ")
			f := onrecord.Figure{Span: p.put(fmt.Sprintf("%g percent", low)), Low: low, High: low, Comparator: ">", Unit: "percent", Thing: "boats", Confidence: 0.9}
			p.WriteString(" of the boats at " + e.place + " were held.\n\n")
			p.Figures = append(p.Figures, f)
		}
	}
	return n.finish(e, p, shared, copied, day)
}

// finish gives the rows their ids, and links them.
func (n *newsroom) finish(e *event, p *sheetful, shared onrecord.Span, copied bool, day time.Time) *onrecord.Reading {
	a, l := p.Article, &n.links
	a.Text = p.String()
	a.ID = onrecord.ArticleID(a)
	speakers := map[string]bool{}
	for k := range p.Statements {
		s := &p.Statements[k]
		s.ID, s.Article = onrecord.NewID(onrecord.StatementKind, a.ID, fmt.Sprint(k)), a.ID
		var who, i int
		_, _ = fmt.Sscan(s.Speaker, &who)
		_, _ = fmt.Sscan(s.Parent, &i)
		s.Parent, s.Speaker = "", onrecord.NewID(onrecord.SpeakerKind, a.ID, s.Speaker)
		if !speakers[s.Speaker] {
			speakers[s.Speaker] = true
			p.Speakers = append(p.Speakers, onrecord.Speaker{ID: s.Speaker, Article: a.ID, Name: l.Speakers[who].Name, Kind: onrecord.Person, Spans: s.Source, Confidence: 0.8})
			l.SpeakerOf[s.Speaker] = l.Speakers[who].ID
		}
		u := &l.Utterances[e.uttered[i]]
		u.Statements = append(u.Statements, s.ID)
		if u.First.IsZero() {
			u.First = day
		}
		if words := s.Content[0].Of(a.Text); words != e.sayings[i] {
			u.Drift = append(u.Drift, onrecord.Drift{Statement: s.ID, Kind: onrecord.DriftEllipsis, From: e.sayings[i][len(words)+1:]})
		}
	}
	for k := range p.Figures {
		f := &p.Figures[k]
		f.ID, f.Article, f.Statement = onrecord.NewID(onrecord.FigureKind, a.ID, fmt.Sprint(k)), a.ID, p.Statements[k].ID
		if k < 2 {
			l.Measures[e.measure].Figures = append(l.Measures[e.measure].Figures, onrecord.MeasurePoint{Figure: f.ID})
		}
	}
	switch {
	case e.first == nil:
		e.first, e.report = p.Reading, len(l.Reports)
		e.story.First = day
		fallthrough
	case !copied:
		l.Reports = append(l.Reports, onrecord.Report{ID: onrecord.NewID(onrecord.ReportKind, a.ID), Origin: a.ID, Articles: []string{a.ID}, Basis: []string{"first to print it"}, Confidence: 0.9})
		e.story.Reports++
	default:
		l.Reports[e.report].Articles = append(l.Reports[e.report].Articles, a.ID)
		l.Copies = append(l.Copies, onrecord.Copy{
			ID: onrecord.NewID(onrecord.CopyKind, a.ID), Article: a.ID, Origin: e.first.Article.ID, Kind: onrecord.PartialCopy, Share: 0.4 + n.Float64()/2,
			Passages: []onrecord.Aligned{{Span: shared, Origin: onrecord.Span{Start: 0, End: shared.Len()}}}, Basis: []string{"shared passages"}, Confidence: 0.9,
		})
	}
	if e.begun%5 == 2 {
		l.Disputes = append(l.Disputes, onrecord.Dispute{
			ID: onrecord.NewID(onrecord.DisputeKind, a.ID), Kind: onrecord.Denial, Basis: "shared words: " + n.say(2), Confidence: 0.6,
			Sides: [2][]string{{e.first.Statements[0].ID}, {p.Statements[1].ID}},
		})
	}
	e.story.Articles, e.story.Last = append(e.story.Articles, a.ID), day
	e.begun++
	return p.Reading
}

// fill puts so many articles and their links into a ledger.
func fill(t testing.TB, l ledger.Ledger, articles int) *onrecord.Links {
	t.Helper()
	n := newNewsroom()
	var e *event
	var batch []*onrecord.Reading
	for i := range articles {
		if e == nil {
			e = n.event(i)
		}
		batch = append(batch, n.write(e, i))
		last := i == articles-1
		if e.begun == e.size || last {
			n.links.Stories = append(n.links.Stories, e.story)
			e = nil
		}
		if len(batch) == 1000 || last {
			if _, err := l.Add(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
			batch = nil
		}
	}
	if err := ledgertest.SetLinks(l, &n.links); err != nil {
		t.Fatal(err)
	}
	return &n.links
}

// manyArticles is a ledger of so many made-up articles.
func manyArticles(t testing.TB, articles int) (ledger.Ledger, *onrecord.Links) {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "many.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, fill(t, l, articles)
}

package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/text"
)

// bundled is a ledger of the bundled coverage, for looking, made once.
func bundled(t testing.TB) ledger.Ledger {
	t.Helper()
	once.Do(func() {
		var l ledger.Ledger
		if l, made = sqlite.Open(context.Background(), file); made != nil {
			return
		}
		defer l.Close()
		dir := filepath.Join("..", "examples")
		_, made = engine.Read(context.Background(), l, []string{filepath.Join(dir, "coverage.jsonl"), filepath.Join(dir, "pages"), filepath.Join(dir, "saved")}, engine.Options{Workers: 2})
	})
	if made != nil {
		t.Fatal(made)
	}
	l, err := sqlite.OpenReader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

var (
	once sync.Once
	file string
	made error
)

func check(t *testing.T, r Reader, draft string) []Answer {
	t.Helper()
	a := &onrecord.Article{Text: draft, File: "draft.txt"}
	a.ID = onrecord.ArticleID(a)
	answers, err := Check(t.Context(), r, reading.Read(a))
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestCheck(t *testing.T) {
	l := bundled(t)
	for _, c := range []struct {
		name, draft string
		verdict     string
		changes     []Change
		speakerIs   string
		speaker     string // who the record has
		one, clear  bool
		undated     bool   // the record knows no day
		figure      string // Is of the only figure
	}{
		{
			name:    "verbatim, and one origin in several articles",
			draft:   `"Every boat they tie up is a crew that earns nothing that day," Ilsa Marden said.`,
			verdict: Verbatim, speakerIs: SameSpeaker, speaker: "Ilsa Marden", one: true, clear: true,
		},
		{
			name:    "curly marks, a percent sign and another case are the same words",
			draft:   `“more than 80% of the boats that we’ve seen them stop so far were not carrying contraband,” Ilsa Marden said.`,
			verdict: Verbatim, speakerIs: SameSpeaker, speaker: "Ilsa Marden", clear: true, figure: SameFigure,
		},
		{
			name:    "straight marks for curly ones",
			draft:   `"Nobody here thinks of fishing quotas or of the price of herring, as our neighbours like to suggest," said Anton Reske.`,
			verdict: Verbatim, speakerIs: SameSpeaker, speaker: "Anton Reske", one: true, clear: true,
		},
		{
			name:    "more than is lost at the clipped end of a quotation",
			draft:   `"80 percent of the boats that we've seen them stop so far were not carrying contraband or anybody linked to the Grey Tide," Ilsa Marden said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftComparator, "more than", ""}}, speakerIs: SameSpeaker, speaker: "Ilsa Marden", figure: ComparatorChanged,
		},
		{
			name:    "never is lost there",
			draft:   `"Stop, a boat because it fishes," Commander Rafe Ondal said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftNegation, "never", ""}}, speakerIs: SameSpeaker, speaker: "Rafe Ondal", one: true,
		},
		{
			name:    "words left out in the middle",
			draft:   `"More than 80 percent of the boats that we've seen them stop so far were not carrying contraband … linked to the Grey Tide," Ilsa Marden said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftEllipsis, "or anybody", "…"}}, speakerIs: SameSpeaker, speaker: "Ilsa Marden", figure: SameFigure,
		},
		{
			name:    "a word put in",
			draft:   `"Every boat that we stopped was stopped on solid evidence," Commander Rafe Ondal said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftWording, "", "solid"}}, speakerIs: SameSpeaker, speaker: "Rafe Ondal", one: true,
		},
		{
			name:    "one word of a few",
			draft:   `"Everyone is off the ship," harbour master Leo Farrant said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftWording, "Everybody", "Everyone"}}, speakerIs: SameSpeaker, speaker: "Leo Farrant",
		},
		{
			name:    "a not of a few words",
			draft:   `"We do count fish," Commander Rafe Ondal said.`,
			verdict: Altered, changes: []Change{{onrecord.DriftNegation, "not", ""}}, speakerIs: SameSpeaker, speaker: "Rafe Ondal", one: true, undated: true,
		},
		{
			name:    "another speaker",
			draft:   `"The numbers speak for themselves," said Fisheries Minister Pavel Ostrin.`,
			verdict: Verbatim, speakerIs: DifferentSpeaker, speaker: "Amara Tell",
		},
		{
			name:    "a name for somebody unnamed",
			draft:   `"I doubt that they know what they are looking for," said Pavel Ostrin.`,
			verdict: Verbatim, speakerIs: UnnamedSpeaker, speaker: "", one: true,
		},
		{
			name:    "another comparator",
			draft:   `Harbour Watch estimates that as many as 14 crew members were injured between Feb. 24 and March 31.`,
			verdict: Altered, changes: []Change{{onrecord.DriftComparator, "at least", "as many as"}}, speakerIs: SameSpeaker, speaker: "Harbour Watch", figure: ComparatorChanged,
		},
		{
			name:    "another number",
			draft:   `The harbour master, Leo Farrant, said about 60 people were hurt when a passenger ferry ran aground in fog outside the harbour of Port Salen.`,
			verdict: Altered, changes: []Change{{onrecord.DriftNumber, "40", "60"}}, figure: NumberChanged,
		},
		{
			name:    "another number in other words",
			draft:   `Ilsa Marden said Ostrin spoke by telephone with his Marvenian counterpart for about 14 minutes.`,
			verdict: Altered, changes: []Change{{onrecord.DriftNumber, "40", "14"}}, speakerIs: SameSpeaker, speaker: "Ilsa Marden", one: true, figure: NumberChanged,
		},
		{
			name:    "a paraphrase",
			draft:   `Commander Rafe Ondal vowed that the coast guard will release the log of its boardings before August.`,
			verdict: Paraphrased, speakerIs: SameSpeaker, speaker: "Rafe Ondal", one: true, clear: true,
		},
		{
			name:    "a quotation that nobody is on record with",
			draft:   `"Herring is a matter of the soul in this country," Ilsa Marden said.`,
			verdict: Missing,
		},
		{
			name:    "a statement that nobody is on record with",
			draft:   `The mayor of Tern, Ove Brandt, said a bakery would open in the old lighthouse.`,
			verdict: Missing,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			answers := check(t, l, c.draft)
			if len(answers) != 1 {
				t.Fatalf("%d answers, want 1: %+v", len(answers), answers)
			}
			a := answers[0]
			if a.Verdict != c.verdict || a.Clear() != c.clear || c.speakerIs != "" && a.SpeakerIs != c.speakerIs {
				t.Errorf("%q, speaker %q, clear %v; want %q, %q, %v", a.Verdict, a.SpeakerIs, a.Clear(), c.verdict, c.speakerIs, c.clear)
			}
			if diff := cmp.Diff(c.changes, a.Changes); diff != "" {
				t.Errorf("changes: -want +got\n%s", diff)
			}
			if c.speakerIs != "" && !slices.Contains(a.Speakers, c.speaker) {
				t.Errorf("speakers %q, want %q among them", a.Speakers, c.speaker)
			}
			if c.verdict != Missing && (a.OneOrigin() != c.one && c.speakerIs != "" || a.Reports == nil || a.Articles < *a.Reports || *a.Reports < 1 || (a.First == nil) != c.undated) {
				t.Errorf("one origin %v: %d articles, %v reports, first %v", a.OneOrigin(), a.Articles, a.Reports, a.First)
			}
			if c.figure != "" && (len(a.Figures) != 1 || a.Figures[0].Is != c.figure) {
				t.Errorf("figures %+v, want one that is %q", a.Figures, c.figure)
			}
			if got := words(c.draft, a.Span); !strings.HasPrefix(got, a.Words[:4]) {
				t.Errorf("span holds %q, not %q", got, a.Words)
			}
			for _, p := range a.Passages {
				v, err := l.Article(t.Context(), p.Article)
				if err != nil {
					t.Fatal(err)
				}
				if got := words(v.Article.Text, p.Span); !strings.HasPrefix(got, p.Words[:4]) || !strings.HasPrefix(p.Path, "/article/"+p.Article+"?span=") {
					t.Errorf("%s holds %q, not %q", p.Path, got, p.Words)
				}
			}
		})
	}
}

// words is the text of a span in code points.
func words(s string, span [2]int) string {
	o := text.NewOffsets(s)
	return s[o.Byte(span[0]):o.Byte(span[1])]
}

func TestDenialAsAssertion(t *testing.T) {
	a := check(t, bundled(t), "The Interior Ministry said that it targets fishermen.")
	if len(a) != 1 || a[0].Verdict == Missing || a[0].RecordStance != onrecord.Denies || !a[0].StanceDiffers() || a[0].Clear() {
		t.Errorf("%+v", a)
	}
}

func TestTwoSpeakers(t *testing.T) {
	a := check(t, bundled(t), `"Seventy percent of the boats they stop are fishing boats," envoy Lena Hartwig said.`)
	if len(a) != 1 || a[0].SpeakerIs != SameSpeaker || !slices.Contains(a[0].Speakers, "Pavel Ostrin") {
		t.Errorf("the draft's speaker is one of two in the record: %+v", a)
	}
}

// TestUnsure: whom the record is not sure of, the answer does not name as certain.
func TestUnsure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	record := &onrecord.Article{File: "pier.txt", Text: "Dario Kent stood on the pier with his hands in his pockets.\n\n“I told all of them the rope was rotten, and nobody wrote it down.”\n"}
	record.ID = onrecord.ArticleID(record)
	r := reading.Read(record)
	i := slices.IndexFunc(r.Statements, func(s onrecord.Statement) bool { return s.Kind == onrecord.Direct })
	if i < 0 || r.Statements[i].Speaker == "" || r.Statements[i].Certain() {
		t.Fatalf("the speaker is to be found and not certain: %+v", r.Statements)
	}
	if _, err := l.Add(t.Context(), []*onrecord.Reading{r}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Dario Kent", "Ove Brandt"} {
		a := check(t, l, "“I told all of them the rope was rotten, and nobody wrote it down,” "+name+" said.")
		if len(a) != 1 || a[0].SpeakerIs != UnsureSpeaker || a[0].Clear() || a[0].Passages[0].SpeakerConfidence != r.Statements[i].SpeakerConfidence {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// TestDoubtful: a doubtful statement of the record neither bears a draft out nor speaks against it. Its words stand in the article, and
// nobody is known to have said them.
func TestDoubtful(t *testing.T) {
	const text = "Dario Kent met the crew on the pier. “I told all of them the rope was rotten, and nobody wrote it down,” Dario Kent said.\n"
	for _, c := range []struct {
		draft, verdict   string
		sure             float64
		passages, spoken int // passages, and those of them with a statement
	}{
		{"“I told all of them the rope was rotten, and nobody wrote it down,” Dario Kent said.", Verbatim, onrecord.Doubt, 1, 1},
		{"“I told all of them the rope was rotten, and nobody wrote it down,” Dario Kent said.", Verbatim, onrecord.Doubt - .01, 1, 0},
		{"“I told all of them the rope was torn, and nobody wrote it down,” Dario Kent said.", Altered, onrecord.Doubt, 1, 1},
		{"“I told all of them the rope was torn, and nobody wrote it down,” Dario Kent said.", Missing, onrecord.Doubt - .01, 0, 0},
	} {
		l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "onrecord.db"))
		if err != nil {
			t.Fatal(err)
		}
		record := &onrecord.Article{File: "pier.txt", Text: text}
		record.ID = onrecord.ArticleID(record)
		r := reading.Read(record)
		if len(r.Statements) != 1 {
			t.Fatalf("one statement is to be found: %+v", r.Statements)
		}
		r.Statements[0].Confidence = c.sure
		if _, err := l.Add(t.Context(), []*onrecord.Reading{r}); err != nil {
			t.Fatal(err)
		}
		a := check(t, l, c.draft)
		spoken := 0
		for _, p := range a[0].Passages {
			if p.Statement != "" {
				spoken++
			}
		}
		if len(a) != 1 || a[0].Verdict != c.verdict || len(a[0].Passages) != c.passages || spoken != c.spoken || a[0].Clear() != (c.verdict == Verbatim && spoken > 0) {
			t.Errorf("%s, confidence %v: %+v", c.draft, c.sure, a)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDraftIsNoWitness(t *testing.T) {
	l := bundled(t)
	hits, err := l.Search(t.Context(), ledger.SearchQuery{Words: `"price of its engine"`})
	if err != nil || len(hits) == 0 {
		t.Fatal(hits, err)
	}
	v, err := l.Article(t.Context(), hits[0].Article)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range check(t, l, v.Article.Text) {
		for _, p := range a.Passages {
			if p.Article == v.Article.ID {
				t.Errorf("the draft is witness to itself: %s", a.Words)
			}
		}
		if strings.Contains(a.Words, "price of its engine") && a.Verdict != Missing {
			t.Errorf("%q: %s", a.Words, a.Verdict)
		}
	}
}

func TestNothingToCheck(t *testing.T) {
	l := bundled(t)
	for _, draft := range []string{"", "The ferry left at noon.", "Marvenia denies this.", "The ministry declined to comment.", strings.Repeat(`"`, 500), strings.Repeat("“never ", 300)} {
		for _, a := range check(t, l, draft) {
			if a.Verdict != Missing {
				t.Errorf("%.40q: %+v", draft, a)
			}
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`“[T]he 1,200 boats’ crews,” he said`, "the 1200 boats crews he said"},
		{"80% and 80 percent and 80 per cent", "80 percent and 80 percent and 80 percent"},
		{"We’ve seen the U.S. fleet.", "we 've seen the us fleet"},
	} {
		p := newPaper(&onrecord.Reading{Article: &onrecord.Article{Text: c.text}})
		if got := strings.TrimSpace(p.line); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		for i := range p.words {
			if first, end, ok := p.find(p.words[i:], i); !ok || first != i || end != len(p.words) {
				t.Errorf("%q: words from %d on stand at %d to %d", c.text, i, first, end)
			}
		}
	}
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		panic(err)
	}
	file = filepath.Join(dir, "ledger.db")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// TestUnits: a figure of the draft is held against the record's in whatever unit the two give it.
func TestUnits(t *testing.T) {
	dir := t.TempDir()
	article := `{"outlet":"Harbour Post","title":"A road to Brask","published":"2031-08-12","text":"A road to Brask\n\nThe new road to Brask will be 20 kilometers (12.5 miles) long and cost 30 barns, Mayor Ada Holm said on Monday."}`
	in := filepath.Join(dir, "road.jsonl")
	if err := os.WriteFile(in, []byte(article), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(dir, "road.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{in}, engine.Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ length, is string }{
		{"20 kilometers", SameFigure},
		{"12.5 miles", SameFigure},
		{"12.5 miles (20 kilometers)", SameFigure},
		{"22,000 yards", SameFigure},
		{"15 miles", NumberChanged},
	} {
		answers := check(t, l, "The new road to Brask will be "+c.length+" long and cost 30 barns, Mayor Ada Holm said.")
		if len(answers) != 1 || len(answers[0].Figures) != 2 || answers[0].Figures[0].Is != c.is || answers[0].Figures[1].Is != SameFigure {
			t.Errorf("%s: %+v", c.length, answers)
		}
	}
}

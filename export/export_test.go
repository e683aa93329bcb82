package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
)

// sample holds one row of every kind, over a text in which bytes and code points differ.
func sample() []any {
	text := "«Más de 40 barcos», dijo Núñez el lunes. =SUM(A1)"
	span := func(s string) onrecord.Span {
		i := strings.Index(text, s)
		return onrecord.Span{Start: i, End: i + len(s)}
	}
	art := onrecord.Article{ExternalID: "x1", Outlet: "El Faro Ficticio", Title: "=HYPERLINK(\"x\")", Text: text, Published: onrecord.Published{Value: "2031-03-04", Precision: "day", Basis: "given"}}
	art.ID = onrecord.ArticleID(&art)
	id := func(kind string) string { return onrecord.NewID(kind, "sample") }
	day := time.Date(2031, 3, 3, 0, 0, 0, 0, time.UTC)
	monday := onrecord.Interval{From: day, To: day.AddDate(0, 0, 1), Basis: "el lunes"}
	return []any{
		&ledger.ArticleRow{Article: art, Story: id(onrecord.StoryKind), Report: id(onrecord.ReportKind), Version: 1, Current: true},
		&ledger.StatementRow{
			Statement: onrecord.Statement{
				ID: id(onrecord.StatementKind), Article: art.ID, Kind: onrecord.Direct, Source: []onrecord.Span{span("Núñez")}, Cue: []onrecord.Span{span("dijo")},
				Content: []onrecord.Span{span("«Más de 40 barcos»")}, Speaker: id(onrecord.SpeakerKind), SpeakerConfidence: .8, Addressee: []onrecord.Span{span("barcos")}, Stance: onrecord.Asserts, Said: monday, Confidence: .9,
			},
			SpeakerName: "Núñez", ArticleSpeaker: id(onrecord.SpeakerKind), Unnamed: []string{onrecord.Official, onrecord.Several}, Anonymity: []onrecord.Span{span("el lunes")}, Utterance: id(onrecord.UtteranceKind),
		},
		&ledger.FigureRow{
			Figure: onrecord.Figure{
				ID: id(onrecord.FigureKind), Article: art.ID, Span: span("Más de 40"), Low: 40, High: 40, Comparator: ">", Thing: "barcos", AsOf: monday,
				Statement: id(onrecord.StatementKind), Confidence: .8,
			}, Measure: id(onrecord.MeasureKind),
		},
		&ledger.FigureRow{
			Figure: onrecord.Figure{
				ID: onrecord.NewID(onrecord.FigureKind, "conversion"), Article: art.ID, Span: span("40"), Low: 4, High: 4, Comparator: "=", Unit: "decena",
				Confidence: .8, ConversionOf: id(onrecord.FigureKind),
			},
		},
		&onrecord.Time{ID: id(onrecord.TimeKind), Article: art.ID, Span: span("lunes"), Timex: "2031-03-03", Interval: monday, Grain: "day", Basis: "published", Confidence: .9},
		&ledger.SpeakerRow{Statements: 3, Articles: 2, SpokenOf: 4, Speaker: onrecord.Speaker{
			ID: id(onrecord.SpeakerKind), Name: "Núñez", Kind: onrecord.Person, ExternalID: "X7", Basis: []string{"1 article"}, Tenures: []onrecord.Tenure{{Role: "alcaldesa", From: day, Basis: "1 article"}},
			Leads: []onrecord.Lead{{Speaker: id(onrecord.SpeakerKind), Basis: []string{"the same words"}, Confidence: .3}},
		}},
		&onrecord.Copy{Article: art.ID, Origin: art.ID, Share: 1, Passages: []onrecord.Aligned{{Span: span("Núñez"), Origin: span("lunes")}}, Basis: []string{"shared passages"}},
		&onrecord.Story{ID: id(onrecord.StoryKind), Title: "Barcos", Articles: []string{art.ID}, Reports: 1, First: day, Last: day},
		&onrecord.Utterance{
			ID: id(onrecord.UtteranceKind), Speaker: id(onrecord.SpeakerKind), Wording: "Más de 40 barcos", Statements: []string{id(onrecord.StatementKind)}, First: day,
			Drift: []onrecord.Drift{{Statement: id(onrecord.StatementKind), Kind: onrecord.DriftComparator, From: "Más de", To: ""}},
		},
		&onrecord.Measure{ID: id(onrecord.MeasureKind), Label: "barcos", Figures: []onrecord.MeasurePoint{{Figure: id(onrecord.FigureKind)}}},
		&onrecord.Dispute{ID: id(onrecord.DisputeKind), Kind: onrecord.Denial, Sides: [2][]string{{id(onrecord.StatementKind)}, {}}, Basis: "denied"},
		&onrecord.Review{ID: id(onrecord.ReviewKind), Row: id(onrecord.StatementKind), Action: "accept", By: "desk", At: day, After: `{"kind":"mixed"}`},
	}
}

// write writes rows as JSON lines, and table writes them as CSV.
func write(w io.Writer, rows []any) error { return export.JSONL(w, rowsOf(rows), articlesOf(rows)) }

func table(w io.Writer, name string, rows []any) error {
	return export.CSV(w, name, rowsOf(rows), articlesOf(rows))
}

func articlesOf(rows []any) export.Articles {
	return func(ids []string) (list []ledger.ArticleRow, err error) {
		for _, r := range rows {
			if a, is := r.(*ledger.ArticleRow); is && slices.Contains(ids, a.ID) {
				list = append(list, *a)
			}
		}
		return list, nil
	}
}

func rowsOf(rows []any) export.Rows {
	return func(f func(any) error) error {
		for _, r := range rows {
			if err := f(r); err != nil {
				return err
			}
		}
		return nil
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(filepath.Join("..", "docs", "export.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJSONLFollowsTheSchema(t *testing.T) {
	schema := compileSchema(t)
	var out bytes.Buffer
	if err := write(&out, append([]any{&ledger.Status{}}, sample()...)); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "sample.jsonl")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	kinds := map[any]bool{}
	for line := range strings.Lines(out.String()) {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s%v", line, err)
		}
		kinds[v.(map[string]any)["type"]] = true
		// The schema allows nothing that the contract does not name, and asks for all it names.
		broken := v.(map[string]any)
		broken["surprise"] = 1
		if schema.Validate(broken) == nil {
			t.Errorf("the schema lets a row of type %v have a field that the contract does not name", broken["type"])
		}
		delete(broken, "surprise")
		for name := range broken {
			kept := broken[name]
			delete(broken, name)
			if schema.Validate(broken) == nil {
				t.Errorf("the schema lets %v lack %q", broken["type"], name)
			}
			broken[name] = kept
		}
	}
	if len(kinds) != 12 {
		t.Errorf("%d kinds of rows, want the contract's 12", len(kinds))
	}
}

func TestSpansAreCodePoints(t *testing.T) {
	var out bytes.Buffer
	rows := sample()
	if err := write(&out, rows); err != nil {
		t.Fatal(err)
	}
	text := []rune(rows[0].(*ledger.ArticleRow).Text)
	lines := strings.Split(out.String(), "\n")
	var st export.Statement
	if err := json.Unmarshal([]byte(lines[1]), &st); err != nil {
		t.Fatal(err)
	}
	for _, s := range slices.Concat(st.Source, st.Cue, st.Content, st.Addressee, st.Anonymity) {
		if got := string(text[s.Start:s.End]); got != s.Text {
			t.Errorf("text[%d:%d] is %q, want %q", s.Start, s.End, got, s.Text)
		}
	}
}

func TestCSV(t *testing.T) {
	for _, name := range export.Tables() {
		var out bytes.Buffer
		if err := table(&out, name, sample()); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := 2
		if name == "figure" {
			want = 3 // and its conversion
		}
		if len(rows) != want || len(rows[0]) != len(rows[1]) { // the reader holds rows to one length
			t.Fatalf("%s: want a header and rows of equal length, got %q", name, rows)
		}
		for _, cell := range slices.Concat(rows[1:]...) {
			if len(cell) > 1 && strings.ContainsAny(cell[:1], "=@") {
				t.Errorf("%s: a spreadsheet would run %q", name, cell)
			}
		}
	}
	if err := table(&bytes.Buffer{}, "verdict", nil); err == nil {
		t.Error("a table that is none was written")
	}
}

// No cell is a formula to a spreadsheet, also not in the wide forms that some take for the narrow ones; numbers stay numbers.
func TestCSVFormulas(t *testing.T) {
	for title, want := range map[string]string{
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠SUM(A1)": "'＠SUM(A1)",
		"-5": "-5", "+1.5": "+1.5", "1=1": "1=1", "Ferry": "Ferry",
	} {
		var out bytes.Buffer
		a := &ledger.ArticleRow{}
		a.Title, a.Text = title, "Text."
		a.ID = onrecord.ArticleID(&a.Article)
		if err := table(&out, "article", []any{a}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][slices.Index(rows[0], "title")]; got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
}

func TestErrorsOfRowsAreReturned(t *testing.T) {
	stop := errors.New("stop")
	if err := export.JSONL(&bytes.Buffer{}, func(func(any) error) error { return stop }, nil); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if err := write(&bytes.Buffer{}, sample()[1:]); err == nil {
		t.Error("a statement without its article was written")
	}
}

// A text that is not the one that was read is not exported as if it were.
func TestAlteredText(t *testing.T) {
	for name, alter := range map[string]func(a *ledger.ArticleRow){
		"text":   func(a *ledger.ArticleRow) { a.Text = strings.Replace(a.Text, "40", "90", 1) },
		"outlet": func(a *ledger.ArticleRow) { a.Outlet = "La Otra" },
	} {
		rows := sample()
		a := *rows[0].(*ledger.ArticleRow)
		alter(&a)
		rows[0] = &a
		err1, err2 := write(io.Discard, rows), table(io.Discard, "statement", rows)
		for _, err := range []error{err1, err2} {
			if !errors.Is(err, ledger.ErrDamaged) || !strings.Contains(err.Error(), a.ID) {
				t.Errorf("another %s: %v", name, err)
			}
		}
	}
}

// Speech leaves out beliefs, and nothing that is left points at one.
func TestSpeech(t *testing.T) {
	id := func(s string) string { return onrecord.NewID(onrecord.StatementKind, s) }
	statement := func(name, stance, parent, denied string) *ledger.StatementRow {
		return &ledger.StatementRow{Statement: onrecord.Statement{ID: id(name), Stance: stance, Parent: parent, Denied: denied}}
	}
	rows := []any{
		&ledger.ArticleRow{}, statement("inner", onrecord.Asserts, id("hopes"), ""), statement("denial", onrecord.Denies, "", id("hopes")),
		statement("hopes", onrecord.Believes, "", ""), statement("claim", onrecord.Asserts, "", ""),
		&ledger.FigureRow{Figure: onrecord.Figure{Statement: id("hopes")}}, &ledger.FigureRow{Figure: onrecord.Figure{Statement: id("claim")}},
		&onrecord.Utterance{Statements: []string{id("hopes")}},
		&onrecord.Utterance{Statements: []string{id("claim"), id("hopes")}, Drift: []onrecord.Drift{{Statement: id("hopes")}}},
		&onrecord.Dispute{Sides: [2][]string{{id("hopes")}, {id("denial")}}}, &onrecord.Dispute{Sides: [2][]string{{id("claim"), id("hopes")}, {id("denial")}}},
		&onrecord.Review{Row: id("hopes")},
	}
	want := []any{
		&ledger.ArticleRow{}, statement("inner", onrecord.Asserts, "", ""), statement("denial", onrecord.Denies, "", ""), statement("claim", onrecord.Asserts, "", ""),
		&ledger.FigureRow{}, &ledger.FigureRow{Figure: onrecord.Figure{Statement: id("claim")}},
		&onrecord.Utterance{Statements: []string{id("claim")}, Drift: []onrecord.Drift{}},
		&onrecord.Dispute{Sides: [2][]string{{id("claim")}, {id("denial")}}},
	}
	before := slices.Clone(rows)
	var got []any
	if err := export.Speech(rowsOf(rows))(func(row any) error { got = append(got, row); return nil }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if d := cmp.Diff(before, rows); d != "" {
		t.Errorf("the rows themselves changed\n%s", d)
	}
}

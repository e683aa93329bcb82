package ledgertest

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// checkRow asks for a row, and holds the ids of the statements and figures that come with it against those wanted. Of is the reading of
// each article and row.
func checkRow(t *testing.T, l ledger.Ledger, of map[string]*onrecord.Reading, id string, statements, figures []string) *ledger.StoryView {
	t.Helper()
	v, err := l.Row(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var gotS, gotF, articles, wantA []string
	for _, s := range v.Statements {
		gotS = append(gotS, s.ID)
		wantA = append(wantA, s.Article)
		if (s.Speaker != "") != slices.ContainsFunc(v.Speakers, func(p ledger.SpeakerRow) bool { return p.ID == s.Speaker }) {
			t.Errorf("%s: speaker %q is not there", id, s.Speaker)
		}
	}
	for _, f := range v.Figures {
		gotF = append(gotF, f.ID)
		wantA = append(wantA, f.Article)
	}
	for _, c := range v.Copies {
		wantA = append(wantA, c.Article, c.Origin)
	}
	for _, r := range v.Reports {
		wantA = append(wantA, r.Origin)
	}
	for i, a := range v.Articles {
		articles = append(articles, a.ID)
		if a.Text != of[a.ID].Article.Text || i > 0 && a.Published.Value < v.Articles[i-1].Published.Value {
			t.Errorf("%s: article %+v", id, a)
		}
		if !slices.ContainsFunc(v.Reports, func(r onrecord.Report) bool { return r.ID == a.Report }) {
			t.Errorf("%s: the report of %s is not there", id, a.ID)
		}
	}
	if d := cmp.Diff([][]string{unique(statements), unique(figures), unique(wantA)}, [][]string{gotS, gotF, unique(articles)}); d != "" {
		t.Errorf("%s: %s", id, d)
	}
	if v.Story.ID != v.Articles[0].Story || v.Story.Title == "" {
		t.Errorf("%s: story %+v", id, v.Story)
	}
	return v
}

func testRow(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 40)
	of := map[string]*onrecord.Reading{} // by article and by row
	for _, r := range list {
		of[r.Article.ID], of[r.Figures[0].ID] = r, r
		for _, s := range r.Statements {
			of[s.ID] = r
		}
	}
	check := func(id string, statements, figures []string) *ledger.StoryView {
		t.Helper()
		return checkRow(t, l, of, id, statements, figures)
	}
	r := list[3]
	check(r.Statements[1].ID, []string{r.Statements[1].ID}, nil)
	check(r.Figures[0].ID, []string{r.Figures[0].Statement}, []string{r.Figures[0].ID})
	for _, u := range links.Utterances {
		if d := cmp.Diff([]onrecord.Utterance{u}, check(u.ID, slices.Clone(u.Statements), nil).Utterances); d != "" {
			t.Error(d)
		}
	}
	for _, m := range links.Measures {
		var statements, figures []string
		for _, a := range m.Figures {
			figures, statements = append(figures, a.Figure), append(statements, of[a.Figure].Figures[0].Statement)
		}
		if d := cmp.Diff([]onrecord.Measure{m}, check(m.ID, statements, figures).Measures); d != "" {
			t.Error(d)
		}
	}
	for _, d := range links.Disputes {
		all := slices.Concat(d.Sides[0], d.Sides[1])
		for _, u := range links.Utterances {
			if slices.ContainsFunc(u.Statements, func(s string) bool { return slices.Contains(d.Sides[0], s) }) {
				all = append(all, u.Statements...)
			}
		}
		if d := cmp.Diff([]onrecord.Dispute{d}, check(d.ID, all, nil).Disputes); d != "" {
			t.Error(d)
		}
	}
	c := links.Copies[0]
	if d := cmp.Diff([]onrecord.Copy{c}, check(c.ID, nil, nil).Copies); d != "" {
		t.Error(d)
	}
	for _, id := range []string{"", "s", "s0000000000000", "u0000000000000", list[0].Article.ID, "x'; DROP TABLE article"} {
		if _, err := l.Row(ctx, id); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("row %q: %v", id, err)
		}
	}
}

// testConversion: a figure in two units is two rows, is counted once, and brings its other unit along.
func testConversion(t *testing.T, l ledger.Ledger) {
	list := Some(11)
	whole := InventLinks(list)
	figure := list[0].Figures[0]
	other := figure
	other.ID, other.Unit, other.ConversionOf = onrecord.NewID(onrecord.FigureKind, "in another unit"), "in the thousand", figure.ID
	list[0].Figures = append(list[0].Figures, other)
	Add(t, l, list...)
	if err := SetLinks(l, whole); err != nil {
		t.Fatal(err)
	}
	v, err := l.Article(ctx, list[0].Article.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(list[0].Figures, []onrecord.Figure{v.Figures[0].Figure, v.Figures[1].Figure}); d != "" {
		t.Error(d)
	}
	for _, id := range []string{figure.ID, v.Figures[0].Measure} {
		row, err := l.Row(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(row.Figures) - 1; row.Figures[n].ID != other.ID || row.Figures[0].ConversionOf != "" {
			t.Errorf("%s: the other unit of %s is not the last of %d figures", id, figure.ID, n+1)
		}
	}
	counts, err := l.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	page, _, err := l.Stories(ctx, ledger.StoryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	inStories := 0
	for _, s := range page {
		inStories += s.Figures
	}
	if counts["figure"] != len(list) || inStories != len(list) {
		t.Errorf("%d figures, %d of stories; want %d", counts["figure"], inStories, len(list))
	}
}

// unique sorts ids and takes out those that come again, and the empty one.
func unique(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

package desk

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/ledger"
)

// boats is a quotation of the bundled coverage.
const boats = "Every boat they tie up is a crew that earns nothing that day"

// holding is an article of the bundled coverage that has the quotation, and one that has not.
func holding(t *testing.T, l ledger.Ledger) (has, not ledger.ArticleRow) {
	t.Helper()
	if err := l.Rows(t.Context(), "", func(row any) error {
		if a, ok := row.(*ledger.ArticleRow); ok && a.URL != "" {
			if strings.Contains(a.Text, boats) {
				has = *a
			} else {
				not = *a
			}
		}
		return nil
	}); err != nil || has.ID == "" || not.ID == "" {
		t.Fatal(err, has.ID, not.ID)
	}
	return has, not
}

func TestAsk(t *testing.T) {
	l := bundled(t)
	has, not := holding(t, l)
	for name, c := range map[string]struct {
		q         Question
		status    string
		words     string
		elsewhere bool
	}{
		"a quotation":                          {Question{Quotation: boats}, Verified, boats, false},
		"in its marks":                         {Question{Quotation: " “" + boats + ",” "}, Verified, boats + ",", false},
		"with its speaker":                     {Question{Quotation: boats, Speaker: "Ilsa Marden"}, Verified, boats, false},
		"with another":                         {Question{Quotation: boats, Speaker: "Rafe Ondal"}, Contradicted, boats, false},
		"with whom nobody reads as a speaker":  {Question{Quotation: boats, Speaker: "qwertz 17 ]["}, Unverified, boats, false},
		"too short to be one in a draft":       {Question{Quotation: "a crew that"}, Verified, "a crew that", false},
		"altered":                              {Question{Quotation: "Every ship they tie up is a crew that earns nothing that day", Speaker: "Ilsa Marden"}, Repaired, "Every ship they tie up is a crew that earns nothing that day", false},
		"by the article's id":                  {Question{Quotation: boats, Article: has.ID}, Verified, boats, false},
		"by its page here":                     {Question{Quotation: boats, Article: "http://127.0.0.1:7700/article/" + has.ID + "?span=1-2"}, Verified, boats, false},
		"by its address, written otherwise":    {Question{Quotation: boats, Article: strings.ToUpper(has.URL) + "/#top"}, Verified, boats, false},
		"by an article that has it not":        {Question{Quotation: boats, Article: not.ID}, Unverified, boats, true},
		"by an address that nobody knows":      {Question{Quotation: boats, Article: "https://nowhere.example/"}, Unverified, boats, true},
		"an answer that cites it":              {Question{Text: "As [the Post](" + has.URL + ") has it, “" + boats + ",” Ilsa Marden said."}, Verified, boats + ",", false},
		"an answer that cites another by note": {Question{Text: "“" + boats + ",” Ilsa Marden said. [1]\n\n[1]: The Échelon, " + not.URL}, Unverified, boats + ",", true},
		"an answer that cites nothing":         {Question{Text: "“" + boats + ",” Ilsa Marden said. The year was [1] of many."}, Verified, boats + ",", false},
	} {
		answers, err := Ask(t.Context(), l, c.q)
		if err != nil || len(answers) != 1 {
			t.Errorf("%s: %v %+v", name, err, answers)
			continue
		}
		a := &answers[0]
		given := []rune(c.q.Text + c.q.Quotation)
		if got := string(given[a.Span[0]:a.Span[1]]); a.Status() != c.status || !strings.Contains(got, c.words) || a.Elsewhere != c.elsewhere || a.Elsewhere && len(a.Passages) == 0 {
			t.Errorf("%s: %s (%s) of %q, elsewhere %v: %+v", name, a.Status(), a.Reason(), got, a.Elsewhere, a)
		}
	}
	for _, q := range []Question{
		{},
		{Text: " \n"},
		{Quotation: "“…”"},
		{Text: strings.Repeat("a ", LongestText)},
		{Quotation: strings.Repeat("a ", LongestQuotation)},
		{Text: "Der Bürgermeister sagte am Montag, die Brücke werde bis zum Ende des Jahres geschlossen bleiben, und niemand wisse, warum. " + strings.Repeat("Die Fischer haben seit dem Sommer nichts mehr gefangen, weil die Schiffe im Hafen bleiben müssen. ", 5)},
	} {
		if _, err := Ask(t.Context(), l, q); !errors.Is(err, ErrQuestion) {
			t.Errorf("%.40q: %v", q, err)
		}
	}
}

// FuzzCitations holds that a text without its citations is as long in code points, and that they stand where it has blanks.
func FuzzCitations(f *testing.F) {
	for _, s := range []string{
		"He said it [1](https://a.example/x?y=(z)). [Ünd](https://b.example) said more [2] <https://c.exämple/>\n\n[2]: Title https://d.example/.\n3. https://e.example\n",
		"[[1]](https://a.example) ](https://", "[1] https://a.example [1]", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		got, cited := withoutCitations(s)
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Fatalf("%q has become %q", s, got)
		}
		for _, c := range cited {
			if c.at < 0 || c.at >= len(got) || !strings.HasPrefix(c.address, "http") {
				t.Fatalf("%q: %+v", got, c)
			}
		}
	})
}

package desk

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading"
)

// FuzzCheck holds what is true of the answers for any draft: they are in its order, in its words and those of the record. What the
// ledger is asked for are the draft's words, whatever they mean in its query language.
func FuzzCheck(f *testing.F) {
	l := bundled(f)
	for _, draft := range []string{
		`"Every boat they tie up is a crew that earns nothing that day," Ilsa Marden said.`,
		"Harbour Watch estimates that as many as 14 crew members were injured between Feb. 24 and March 31.",
		"“80 percent of the boats … linked to the Grey Tide,” Ilsa Marden said. “We do count fish,” said Rafe Ondal, who denied it.",
		"Nobody said “anything at all about it” or 'nothing.\n\n“It goes on\n\n“and on,” he said.",
		"“\" OR statement* NEAR(a b) -- ;,” said \"Ilsa\": 'é\u0301 👩‍👩‍👧'",
		"",
	} {
		f.Add(draft)
	}
	f.Fuzz(func(t *testing.T, draft string) {
		if len(draft) > 400 {
			return
		}
		draft = strings.ToValidUTF8(draft, "\ufffd")
		a := &onrecord.Article{Text: draft}
		a.ID = onrecord.ArticleID(a)
		read := reading.Read(a)
		answers, err := Check(t.Context(), l, read)
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(draft)
		at := 0
		for i := range answers {
			x := &answers[i]
			if what := wrong(x, runes); what != "" {
				t.Fatalf("%s: %+v", what, x)
			}
			if x.Span[0] < at {
				t.Fatalf("answer %d begins before the one before it", i)
			}
			at = x.Span[0]
		}
	})
}

// wrong says which promise of an answer for a draft does not hold, "" when all do.
func wrong(x *Answer, draft []rune) string {
	if x.Span[0] < 0 || x.Span[1] <= x.Span[0] || x.Span[1] > len(draft) {
		return "a span outside the draft"
	}
	first, _, _ := strings.Cut(x.Words, " ")
	if !strings.HasPrefix(strings.Join(strings.Fields(string(draft[x.Span[0]:x.Span[1]])), " "), first) {
		return "a span that does not begin with the words"
	}
	found := x.Verdict != Missing
	switch {
	case !slices.Contains([]string{Verbatim, Altered, Paraphrased, Missing}, x.Verdict):
		return "no verdict"
	case (x.Verdict == Altered) != (len(x.Changes) > 0):
		return "changes where nothing is altered, or none where something is"
	case x.Verdict == Paraphrased && x.Quoted:
		return "a quotation that is a paraphrase"
	case x.Clear() && (!found || x.Verdict == Altered):
		return "clear, but not in the record"
	case found && (len(x.Passages) == 0 || x.Articles < 1 || x.Reports == nil || *x.Reports < 1 || *x.Reports > x.Articles):
		return "found, but not counted"
	case !found && (x.Articles > 0 || x.First != nil || x.SpeakerIs != ""):
		return "counted, but not found"
	}
	for _, p := range x.Passages {
		if p.Article == "" || p.Words == "" || p.Span[1] <= p.Span[0] || !utf8.ValidString(p.Words) || !strings.HasPrefix(p.Path, "/article/"+p.Article) {
			return "an incomplete passage"
		}
	}
	for _, f := range x.Figures {
		if (f.Is == NoFigure) != (f.Record == "") || f.Words == "" {
			return "a figure against nothing"
		}
	}
	return ""
}

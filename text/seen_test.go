package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

func TestSee(t *testing.T) {
	for _, row := range [][2]string{
		{"Plain words, a café and “quotes”.", "Plain words, a café and “quotes”."},
		{"Mayor Ol\u00adga Ve\u00adre\u00adda", "Mayor Olga Vereda"},
		{"\ufeffA \u2066bidi\u2069 \u202aname\u202c and\u200e 2.5\u200e million", "A bidi name and 2.5 million"},
		{"Pe\u200bder and\u200b Liv\u200bOrr said.\u200bThen", "Peder and Liv\u200bOrr said.\u200bThen"},
		{"wo\u2060rd jo\u200din\u200cer", "word joiner"},
		{"the CafÃ© in GuantÃ¡namo", "the Café in Guantánamo"},
		{"FranÃ\u0083Â§ois", "François"},
		{"â€œNo,â€\u009d she said. It costs Â£5 â€” or â‚¬6. We canâ€™t.", "“No,” she said. It costs £5 — or €6. We can’t."},
		{"â€œNo,â€ she said.", "“No,” she said."},
		{"\u0093No,\u0094 she said \u0096 again", "“No,” she said – again"},
		{"\ufffdNo,\ufffd she can\ufffdt. Caf\ufffd: \ufffd5", "“No,” she can’t. Caf\ufffd: \ufffd5"},
		{"Ângela's Å, Ã and â. SÃO, IRMÃ.", "Ângela's Å, Ã and â. SÃO, IRMÃ."},
		{"\U0001F3F4\U000E0067\U000E007F flag", "\U0001F3F4\U000E0067\U000E007F flag"},
	} {
		if got := See(row[0]); got.Text != row[1] || got.Changed() != (row[0] != row[1]) {
			t.Errorf("%q: seen as %q, want %q", row[0], got.Text, row[1])
		}
	}
}

// Every word that is seen stands where the way back says.
func TestSeenBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"ab", "c", "\u00ad", "\u200b", " ", "Ã©", "Ã\u0083Â§", "é", "“", "â€œ", "\u0094", "\ufeff", "."})).Draw(t, "parts")
		s := strings.Join(parts, "")
		v := See(s)
		last := 0
		for i, r := range v.Text {
			span := v.Back(onrecord.Span{Start: i, End: i + len(string(r))})
			if span.Start < last || span.End > len(s) || span.Len() <= 0 {
				t.Fatalf("%q: %q at %d stands at %v", s, r, i, span)
			}
			last = span.End
			if came := span.Of(s); came != string(r) && See(came).Text != string(r) && r != '”' {
				t.Fatalf("%q: %q at %d is %q", s, r, i, came)
			}
		}
	})
}

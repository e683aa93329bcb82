package link

import (
	"strconv"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/synthetic"
)

// TestOneSentenceOfMany holds that an article that gives one sentence to many speakers makes disputes by their number, not by its square.
func TestOneSentenceOfMany(t *testing.T) {
	const sentence = "the harbour master of the eastern pier would not open the gate before noon"
	disputes := func(n int) int {
		a := &onrecord.Article{ID: "a", Published: onrecord.Published{Value: "2031-02-03", Precision: "day", Basis: "given"}}
		r := &onrecord.Reading{Article: a}
		var text strings.Builder
		v := synthetic.New()
		for i := range n {
			who := v.Names[2*i] + " " + v.Names[2*i+1]
			from := text.Len()
			text.WriteString(who + " said " + sentence + ".\n")
			source := onrecord.Span{Start: from, End: from + len(who)}
			r.Speakers = append(r.Speakers, onrecord.Speaker{ID: "s" + strconv.Itoa(i), Article: a.ID, Name: who, Kind: onrecord.Person, Spans: []onrecord.Span{source}, Confidence: 1})
			r.Statements = append(r.Statements, onrecord.Statement{
				ID: "t" + strconv.Itoa(i), Article: a.ID, Kind: onrecord.Indirect, Source: []onrecord.Span{source},
				Content: []onrecord.Span{{Start: source.End + len(" said "), End: text.Len() - len(".\n")}},
				Speaker: "s" + strconv.Itoa(i), SpeakerConfidence: 1, Stance: onrecord.Asserts, Confidence: 1,
			})
		}
		a.Text = text.String()
		return len(Window([]*onrecord.Reading{r}, nil, NewClaimed(), People{}, 1).Disputes)
	}
	few, many := disputes(100), disputes(400)
	if few < 100 || many > 5*few {
		t.Errorf("%d disputes of 100 speakers, %d of 400", few, many)
	}
}

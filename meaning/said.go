package meaning

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// A Sentence is what is said in one sentence of a text. From is where in the text the spans of its pieces are counted from, in bytes.
type Sentence struct {
	*Passage
	From int
}

// mostSaid is how many bytes of a text are read for one thing said.
const mostSaid = 4000

// Said reads what is said, by spans of a text in order, sentence by sentence. It parses the sentences that have it and no others.
func Said(article string, content []onrecord.Span) []Sentence {
	if len(content) == 0 {
		return nil
	}
	whole := onrecord.Span{Start: content[0].Start, End: min(content[len(content)-1].End, content[0].Start+mostSaid)}
	from := max(strings.LastIndexByte(article[:whole.Start], '\n')+1, whole.Start-mostSaid)
	to := len(article)
	if n := strings.IndexByte(article[whole.End:], '\n'); n >= 0 {
		to = whole.End + n
	}
	around := text.Parse(article[from:min(to, whole.End+mostSaid)])
	in := around.TokensIn(onrecord.Span{Start: whole.Start - from, End: whole.End - from})
	if in.First >= in.End {
		return nil
	}
	first, last := around.Span(around.Sentences[around.SentenceAt(in.First)]), around.Span(around.Sentences[around.SentenceAt(in.End-1)])
	from += first.Start
	l := english.Annotate(text.Parse(around.Text[first.Start:last.End]))
	var list []Sentence
	for _, r := range l.Doc.Sentences {
		s := l.Doc.Span(r)
		var spans []onrecord.Span
		for _, c := range content {
			if x := (onrecord.Span{Start: max(s.Start, c.Start-from), End: min(s.End, c.End-from)}); x.Start < x.End {
				spans = append(spans, x)
			}
		}
		if len(spans) > 0 {
			list = append(list, Sentence{Of(l, spans...), from})
		}
	}
	return list
}

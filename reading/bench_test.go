package reading

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// BenchmarkParts times what this room and speaker add to the models' work, on an article of all passages, a few thousand words.
func BenchmarkParts(b *testing.B) {
	var s strings.Builder
	for _, p := range passages(b) {
		s.WriteString(p.article.Text + "\n")
	}
	a := &onrecord.Article{Text: s.String()}
	d := text.Parse(a.Text)
	l := english.Annotate(d)
	x := indexOf(l)
	statements := attribution.Find(l, x.page, onrecord.Span{}, nil)
	per := func(b *testing.B) {
		b.ReportAllocs()
		b.ReportMetric(float64(b.N*len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
	}
	b.Run("asides", func(b *testing.B) {
		for b.Loop() {
			layout.Asides(a.Text)
		}
		per(b)
	})
	b.Run("layout", func(b *testing.B) {
		for b.Loop() {
			x.byLayout(l, statements, nil, x.echoes(l))
		}
		per(b)
	})
	b.Run("speakers", func(b *testing.B) {
		for b.Loop() {
			speaker.Resolve(l, x.page, statements, nil)
		}
		per(b)
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			Read(a)
		}
		per(b)
	})
}

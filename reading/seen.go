package reading

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/text"
)

// seen is the article as a person sees it (see [text.See]), which is what is read.
func seen(a *onrecord.Article) (*onrecord.Article, text.Seen) {
	view := text.See(a.Text)
	b := *a
	b.Text, b.Title = view.Text, text.See(a.Title).Text
	return &b, view
}

// restore moves all spans of what was read in a text as it is seen to where they stand in the text as it came.
func restore(view *text.Seen, r *onrecord.Reading, statements []draft, figures []figure.Draft, silent []onrecord.Aside) {
	if !view.Changed() {
		return
	}
	all := func(lists ...*[]onrecord.Span) {
		for _, list := range lists {
			*list = slices.Clone(*list) // statements may share one
			for i, s := range *list {
				(*list)[i] = view.Back(s)
			}
		}
	}
	for i := range statements {
		s := &statements[i]
		all(&s.Source, &s.Cue, &s.Content, &s.Addressee)
	}
	for i := range figures {
		f := &figures[i]
		f.Span, f.ThingSpan = view.Back(f.Span), view.Back(f.ThingSpan)
	}
	for i := range r.Times {
		r.Times[i].Span = view.Back(r.Times[i].Span)
	}
	for i := range r.Speakers {
		s := &r.Speakers[i]
		all(&s.Spans, &s.Anonymity)
		for k := range s.Learned {
			s.Learned[k].Span = view.Back(s.Learned[k].Span)
		}
	}
	for _, asides := range [...][]onrecord.Aside{r.Asides, silent} {
		for i := range asides {
			asides[i].Span = view.Back(asides[i].Span)
		}
	}
}

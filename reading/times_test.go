package reading_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading"
)

// TestAsideTimes: the year of a copyright line and the number of a byline are no times and figures of the story.
func TestAsideTimes(t *testing.T) {
	text := "Ferry runs aground off Selna\n\nThe ferry, with 140 passengers, ran aground on Friday, the coast guard said.\n\n© Copyright Selna Courier 2024. All rights reserved.\n"
	r := reading.Read(&onrecord.Article{Text: text, Published: onrecord.Published{Value: "2015-11-30", Precision: "day"}})
	var times, figures []string
	for _, x := range r.Times {
		times = append(times, x.Span.Of(text))
	}
	for _, x := range r.Figures {
		figures = append(figures, x.Span.Of(text))
	}
	if got := strings.Join(times, ", ") + "; " + strings.Join(figures, ", "); got != "Friday; 140" {
		t.Errorf("times and figures: %s", got)
	}
}

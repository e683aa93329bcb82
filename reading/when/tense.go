package when

import (
	"strings"

	"github.com/onrecord/onrecord/reading/when/number"
)

// tense is 1 where the words around say that the date is to come, -1 where they say that it is past, 0 where they say nothing.
// The nearest cue before the date decides, else the nearest after it, inside the sentence.
func (f *finder) tense(first, end int) int {
	t := f.t
	for j, n := first-1, 0; j >= 0 && n < 14; j, n = j-1, n+1 {
		a := t.At(j)
		if a.Kind == number.Mark {
			if a.Low == "." || a.Low == "?" || a.Low == "!" || a.Low == ";" {
				break
			}
			if t.At(j + 1).Line {
				break
			}
			continue
		}
		if a.Kind != number.Word {
			continue
		}
		if (a.Low == "until" || a.Low == "till") && t.Low(j-1) == "up" { // "up until April 18"
			continue
		}
		if c := f.cue(j); c != 0 {
			return c
		}
		if n == 0 && a.Low == "by" { // "the cases by April 18 were", but "will be done by April 18"
			if f.cue(end) < 0 {
				return -1
			}
			return 1
		}
	}
	for j, n := end, 0; j < len(t.Atoms) && n < 8; j, n = j+1, n+1 {
		a := t.At(j)
		if a.Low == "." || a.Low == "?" || a.Low == "!" || a.Low == ";" || a.Line {
			break
		}
		if a.Kind == number.Word {
			if c := f.cue(j); c != 0 {
				return c
			}
		}
	}
	return 0
}

func (f *finder) cue(j int) int {
	w := f.t.Low(j)
	if w == "may" && f.t.At(j).Cap && !f.t.At(j).Line { // the month
		return 0
	}
	if n := f.t.Low(j + 1); w == "set" && n != "to" && n != "for" { // "as set out in June"
		return 0
	}
	if words.futureCues.Has(w) {
		return 1
	}
	if w == "to" {
		if words.copulas.Has(f.t.Low(j - 1)) { // "they are to meet"
			return 1
		}
		return 0
	}
	past := words.pastCues.Has(w) || len(w) > 3 && strings.HasSuffix(w, "ed") && !words.notPast.Has(w)
	if !past {
		return 0
	}
	if p := f.t.Low(j - 1); p == "be" || p == "been" && f.t.Low(j-2) == "to" || p == "to" {
		return 0
	}
	return -1
}

package serve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// kindOfDrift is how a kind is shown, and the role of the words that it changed.
func kindOfDrift(kind string) (onrecord.DriftKind, role) {
	for i, k := range onrecord.DriftKinds {
		switch {
		case k.Kind != kind:
		case kind == onrecord.DriftSpeaker:
			return k, drift
		default:
			return k, drift + 1 + role(i)
		}
	}
	return onrecord.DriftKind{Kind: "other", Name: kind}, drift
}

// A change describes a drift: "number: “90” became “70”".
type change struct {
	onrecord.DriftKind
	Words string
}

// toChange describes a drift.
func toChange(d onrecord.Drift) change {
	k, _ := kindOfDrift(d.Kind)
	switch {
	case d.From == "" && d.To == "":
		return change{k, k.Name}
	case d.To == "":
		return change{k, fmt.Sprintf("%s: “%s” dropped", k.Name, d.From)}
	case d.From == "":
		return change{k, fmt.Sprintf("%s: “%s” added", k.Name, d.To)}
	}
	return change{k, fmt.Sprintf("%s: “%s” became “%s”", k.Name, d.From, d.To)}
}

// inWords are the descriptions of changes.
func inWords(changes []change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.Words
	}
	return out
}

// driftMarks marks the words of a drift in a text: whole words, ignoring case and brackets. If they occur several times, it marks the
// occurrence that differs most from the other text, the wording or the rendition.
func driftMarks(text, other, words string, as role) []mark {
	places := findWords(text, words)
	if len(places) == 0 {
		return nil
	}
	best := places[0]
	if len(places) > 1 {
		changed, _ := differences(text, other)
		slices.Reverse(places) // of equals the first
		most := -1
		for _, p := range places {
			n := 0
			for _, c := range changed {
				n += max(0, min(p.End, c.End)-max(p.Start, c.Start))
			}
			if n >= most {
				best, most = p, n
			}
		}
	}
	return []mark{{best, as}}
}

// findWords are the occurrences of a sequence of words in a text, ignoring case and brackets.
func findWords(text, words string) []onrecord.Span {
	var places []onrecord.Span
	in, want := bareWords(text), bareWords(words)
	if len(want) == 0 { // signs, for example
		if i := strings.Index(text, words); i >= 0 && words != "" {
			places = append(places, onrecord.Span{Start: i, End: i + len(words)})
		}
		return places
	}
	for i := range in {
		if i+len(want) > len(in) {
			break
		}
		if slices.EqualFunc(in[i:i+len(want)], want, func(a, b bareWord) bool { return a.letters == b.letters }) {
			at := onrecord.Span{Start: in[i].Start, End: in[i+len(want)-1].End}
			if strings.HasPrefix(words, "[") && strings.HasSuffix(text[:at.Start], "[") {
				at.Start--
			}
			if strings.HasSuffix(words, "]") && strings.HasPrefix(text[at.End:], "]") {
				at.End++
			}
			places = append(places, at)
		}
	}
	return places
}

// A bareWord is a word without case, and without brackets: "[G]reater" is "greater".
type bareWord struct {
	onrecord.Span
	letters string
}

func bareWords(s string) []bareWord {
	var out []bareWord
	for _, w := range wordSpans(s) {
		letters := strings.ToLower(w.Of(s))
		if n := len(out); n > 0 && strings.Trim(s[out[n-1].End:w.Start], "[]") == "" { // nothing but a bracket between the two
			out[n-1].End = w.End
			out[n-1].letters += letters
			continue
		}
		out = append(out, bareWord{w, letters})
	}
	for i := range out { // a bracket before or behind belongs to the word when its fellow stands in it
		w := &out[i]
		if w.Start > 0 && s[w.Start-1] == '[' && strings.Contains(w.Of(s), "]") {
			w.Start--
		}
	}
	return out
}

package review

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

// An Accuracy is of how many rows of a kind and confidence, looked at by a person, how many were right as the machine made them.
type Accuracy struct {
	Kind     string  `json:"kind"`            // "statement", "figure", "time", "dispute", ...
	From     float64 `json:"confidence_from"` // of the machine, inclusive
	To       float64 `json:"confidence_to"`   // exclusive, but for 1
	Reviewed int     `json:"reviewed"`
	Right    int     `json:"right"`
}

// KindName is the kind of a row by its id, as the export contract calls it; "" for none.
func KindName(row string) string {
	if row == "" {
		return ""
	}
	return map[string]string{
		onrecord.ArticleKind: "article", onrecord.StatementKind: "statement", onrecord.FigureKind: "figure", onrecord.TimeKind: "time", onrecord.SpeakerKind: "speaker",
		onrecord.CopyKind: "copy", onrecord.StoryKind: "story", onrecord.ReportKind: "report", onrecord.UtteranceKind: "utterance", onrecord.MeasureKind: "measure", onrecord.DisputeKind: "dispute",
	}[row[:1]]
}

// Verdicts are what reviews that hold say of each row, in the order in which the rows were first reviewed: the first review of a row, which
// has it as the machine made it, and the last.
func Verdicts(list []onrecord.Review) (first, last []onrecord.Review) {
	at := map[string]int{}
	for _, v := range list {
		if v.Action == Comment || v.Action == Undo {
			continue
		}
		k, known := at[v.Row]
		if !known {
			at[v.Row] = len(first)
			first, last = append(first, v), append(last, v)
			continue
		}
		last[k] = v
	}
	return first, last
}

// Accuracies are how many of the reviewed rows were right, by kind and confidence: of reviews that hold, the oldest first. A row is right
// that was accepted and never corrected.
func Accuracies(list []onrecord.Review) []Accuracy {
	bands := [...]float64{0, onrecord.Doubt, .6, onrecord.Certain, 1.01} // at which the words that pages show for a confidence change
	corrected := map[string]bool{}
	for _, v := range list {
		if v.Action == Correct || v.Action == Merge || v.Action == Split {
			corrected[v.Row] = true
		}
	}
	first, last := Verdicts(list)
	var out []Accuracy
	for k := range first {
		confidence := 1.0
		if c := Read(first[k].Before).Confidence; c != nil {
			confidence = *c
		}
		b := 0
		for b+2 < len(bands) && confidence >= bands[b+1] {
			b++
		}
		kind := KindName(first[k].Row)
		i := slices.IndexFunc(out, func(a Accuracy) bool { return a.Kind == kind && a.From == bands[b] })
		if i < 0 {
			i = len(out)
			out = append(out, Accuracy{Kind: kind, From: bands[b], To: min(bands[b+1], 1)})
		}
		out[i].Reviewed++
		if last[k].Action == Accept && !corrected[last[k].Row] {
			out[i].Right++
		}
	}
	slices.SortFunc(out, func(a, b Accuracy) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.From, a.From)) })
	return out
}

// Share is the share of the reviewed rows that were right.
func (a Accuracy) Share() float64 { return float64(a.Right) / float64(max(1, a.Reviewed)) }

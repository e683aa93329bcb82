package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// What an answer comes to, worst first.
const (
	Contradicted = "contradicted" // the record has it otherwise: said by another, denied, with another number or bound
	Unverified   = "unverified"   // not in the record, or not as said by whom the draft names
	Repaired     = "repaired"     // in the record in other words than the draft quotes: Passages has the record's own
	Verified     = "verified"     // in the record
)

// Statuses are all of them, worst first.
func Statuses() []string { return []string{Contradicted, Unverified, Repaired, Verified} }

// Status is what the answer comes to.
func (a *Answer) Status() string {
	switch {
	case a.Verdict == Missing:
		return Unverified
	case a.SpeakerIs == DifferentSpeaker, a.StanceDiffers(), a.figure(NumberChanged, ComparatorChanged) != nil, slices.ContainsFunc(a.Changes, contradicts):
		return Contradicted
	case a.Elsewhere:
		return Unverified // by what is cited
	case a.Speaker != "" && a.SpeakerIs != SameSpeaker && a.SpeakerIs != BothUnnamed:
		return Unverified // the words are in the record, who said them is not
	case a.Verdict == Altered:
		return Repaired
	}
	return Verified
}

// contradicts says whether a change turns what was said into something else.
func contradicts(c Change) bool {
	return slices.Contains([]string{onrecord.DriftNumber, onrecord.DriftComparator, onrecord.DriftNegation}, c.Kind)
}

// figure is the first figure of the draft that stands so to the record's.
func (a *Answer) figure(is ...string) *Figure {
	for i := range a.Figures {
		if slices.Contains(is, a.Figures[i].Is) {
			return &a.Figures[i]
		}
	}
	return nil
}

// Reason says in a sentence why the answer is what it is.
func (a *Answer) Reason() string {
	if a.Elsewhere && a.Status() != Contradicted {
		return "The record has these words, or a rendition of them, but not in what is cited for them."
	}
	if a.Verdict == Missing {
		return "Neither these words nor a rendition of them was found in the record."
	}
	if a.SpeakerIs == DifferentSpeaker && slices.Contains(a.Speakers, a.Speaker) {
		return fmt.Sprintf("Who said it is disputed: the record gives these words to %s.", a.recordSpeakers())
	}
	if a.SpeakerIs == DifferentSpeaker {
		return fmt.Sprintf("The record gives these words to %s, not to %s.", a.recordSpeakers(), a.Speaker)
	}
	if a.StanceDiffers() {
		if a.RecordStance == onrecord.Denies {
			return "In the record this is denied, in the draft it is not."
		}
		return "In the draft this is denied, in the record it is not."
	}
	if f := a.figure(NumberChanged, ComparatorChanged); f != nil {
		at := slices.IndexFunc(a.Changes, func(c Change) bool { return c.Kind == onrecord.DriftComparator && c.Record+c.Draft != "" })
		switch {
		case f.Sign == f.RecordSign:
			return fmt.Sprintf("The record says “%s”, the draft “%s”.", f.Record, f.Words)
		case at >= 0 && f.Is == ComparatorChanged:
			return changed(a.Changes[at])
		}
		return fmt.Sprintf("The record says “%s”, the draft “%s”.", bounded(f.RecordSign, f.Record), bounded(f.Sign, f.Words))
	}
	if len(a.Changes) > 0 {
		c := a.Changes[0]
		if at := slices.IndexFunc(a.Changes, contradicts); at >= 0 {
			c = a.Changes[at]
		}
		return changed(c)
	}
	switch a.SpeakerIs {
	case UnclearSpeaker:
		return fmt.Sprintf("The record gives these words to %s; that this is %s is not known.", a.recordSpeakers(), a.Speaker)
	case UnsureSpeaker:
		return fmt.Sprintf("The record is not certain that %s said it.", a.recordSpeakers())
	case UnnamedSpeaker:
		return "In the record whoever said it is not named."
	}
	if a.SpeakerIs == "" && a.Speaker != "" {
		return "The words stand in an article, but it does not say who said them."
	}
	if a.Reports == nil {
		return fmt.Sprintf("Found in %s; how many independent reports these go back to is not known yet.", number(a.Articles, "article"))
	}
	return fmt.Sprintf("Found in %s that go back to %s.", number(a.Articles, "article"), number(*a.Reports, "independent report"))
}

func (a *Answer) recordSpeakers() string {
	names := make([]string, len(a.Speakers))
	for i, n := range a.Speakers {
		names[i] = cmp.Or(n, "somebody unnamed")
	}
	return cmp.Or(strings.Join(names, " and "), "nobody")
}

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// bounded is a figure with what bounds it in words, where its own do not say it.
func bounded(sign, words string) string {
	return map[string]string{">": "at least or more than ", "<": "at most or less than ", "~": "about "}[sign] + words
}

func changed(c Change) string {
	switch {
	case c.Draft == "":
		return fmt.Sprintf("The draft leaves out “%s”.", c.Record)
	case c.Record == "":
		return fmt.Sprintf("The draft adds “%s”.", c.Draft)
	}
	return fmt.Sprintf("The record says “%s”, the draft “%s”.", c.Record, c.Draft)
}

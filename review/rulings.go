package review

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/corpus"
)

// Rulings are what reviews of rows across articles decide, of those that hold, the oldest first. What is merged after it was split is one,
// and merges that have members in common are one merge.
func Rulings(list []onrecord.Review) link.Rulings {
	var all link.Rulings
	for i := range list {
		v := &list[i]
		r, ok := ruling(v)
		if !ok {
			continue
		}
		if r.Verdict == corpus.RuledTogether {
			all = free(all, &r)
			all = slices.DeleteFunc(all, func(x link.Ruling) bool {
				if x.Kind != r.Kind || x.Verdict != r.Verdict || !meet(x.Members, r.Members) && !meet(x.Names, r.Names) {
					return false
				}
				r.ID, r.Members, r.Names = x.ID, append(x.Members, r.Members...), append(x.Names, r.Names...)
				return true
			})
		}
		all = append(all, r)
	}
	return all
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// free takes of what was put apart before that which is together now.
func free(all link.Rulings, with *link.Ruling) link.Rulings {
	for i := range all {
		x := &all[i]
		if x.Kind == with.Kind && x.Verdict != corpus.RuledTogether && meet(x.Members, with.Members) {
			x.Members = slices.DeleteFunc(slices.Clone(x.Members), func(m string) bool { return slices.Contains(with.Members, m) })
		}
	}
	return all
}

func ruling(v *onrecord.Review) (r link.Ruling, ok bool) {
	if v.Row == "" {
		return r, false
	}
	before, after := Read(v.Before), Read(v.After)
	r = link.Ruling{ID: v.ID, Kind: v.Row[:1], Members: after.Members, Why: "a review by " + v.By}
	if v.Why != "" {
		r.Why += ": " + v.Why
	}
	switch v.Action {
	case Merge:
		r.Verdict, r.Names = corpus.RuledTogether, after.Names
	case Split:
		r.Verdict = corpus.RuledApart
	case Reject:
		r.Verdict, r.Members = corpus.RuledOut, before.Members
		if before.Sides != nil && before.Kind != nil {
			r.Sides, r.Kinds = *before.Sides, *before.Kind
		}
	default:
		return r, false
	}
	return r, true
}

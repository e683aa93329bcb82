package disputes

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
)

const (
	denialShare  = 0.5 // share of a denial's words that the claim has, or of the claim's that the denial has
	denialFew    = 0.6 // and where only two of them tell something
	denialNamed  = 0.8 // and where one tells something, and a name or another word that tells a little beside it
	ownerWords   = 12  // words of a denial that does no more than name whose claim it denies
	verdictWords = 6   // and of one that does no more than say what a claim is worth
)

// denials finds what is denied: by the article itself, in the same words, of the same use of force, or of a claim that the denial names by
// whose it is or by what it is.
func (f *finder) denials() {
	for i, d := range f.Docs {
		doubtful := map[string]bool{}
		for k := range d.Statements {
			doubtful[d.Statements[k].ID] = d.Statements[k].Doubtful()
		}
		for k := range d.Statements {
			s := &d.Statements[k]
			f.docOf[s.ID] = i
			if s.Stance == onrecord.Denies && s.Denied != "" && !doubtful[s.Denied] {
				f.quarrel(onrecord.Denial, f.renditions(s.ID), f.renditions(s.Denied), "the article itself puts the denial against the claim", 0.9)
			}
		}
	}
	for _, s := range f.Sayings {
		if s.Stance != onrecord.Denies {
			continue
		}
		denied := f.denied(s)
		var before []*sayings.Saying // that the denial may be of, in order
		any := false
		own := f.claims[s.Story]
		at, _ := slices.BinarySearchFunc(own, s.Order, func(x *sayings.Saying, order int) int { return x.Order - order })
		for k, claim := range own[max(0, at-disputeStatement/2):min(len(own), at+disputeStatement/2)] {
			if claim.ID == s.Denied || claim.Stance == onrecord.Promises || claim.Stance == onrecord.Asks || f.Cast.OneSide(s.Voice, claim.Voice) || s.Parent != "" && f.oneUtterance(s.Parent, claim.ID) || s.Overlaps(claim) || !f.near(s, claim) {
				continue
			}
			if max(0, at-disputeStatement/2)+k < at {
				before = append(before, claim)
			}
			if why, sure := f.denies(denied, claim); why != "" {
				any = true
				f.quarrel(onrecord.Denial, f.renditions(s.ID), f.renditions(claim.ID), why, sure)
			}
		}
		if s.Denied == "" && !any {
			if claim, why := f.meant(s, before); claim != nil {
				f.quarrel(onrecord.Denial, f.renditions(s.ID), f.renditions(claim.ID), why, 0.5)
			}
		}
	}
}

// denied is a denial by the words of what it denies, where the reading tells these from the rest: "the owner's claim that the ferry was
// overloaded".
func (f *finder) denied(s *sayings.Saying) *sayings.Saying {
	var nested *onrecord.Statement
	for k := range f.Docs[s.Doc].Statements {
		if x := &f.Docs[s.Doc].Statements[k]; x.Parent == s.ID && (x.ID == s.Denied || s.Denied == "") && x.Stance != onrecord.Denies {
			nested = x
		}
	}
	if nested == nil {
		return s
	}
	only := *s
	only.Toks = slices.DeleteFunc(slices.Clone(s.Toks), func(t sayings.Token) bool {
		return !slices.ContainsFunc(nested.Content, func(c onrecord.Span) bool { return c.Start <= int(t.Start) && int(t.End) <= c.End })
	})
	if len(only.Toks) == 0 {
		return s
	}
	only.Weight = 0
	in := f.Words.Distinct(only.Toks)
	for _, id := range slices.Sorted(maps.Keys(in)) {
		only.Weight += in[id]
	}
	return &only
}

// denies is why a denial is of a claim, by the words of both, and how sure that is; "" where nothing says so.
func (f *finder) denies(s, claim *sayings.Saying) (why string, sure float64) {
	w := common(s, claim, f.Words)
	switch {
	case w.telling > 2 && w.part >= denialShare, w.telling == 2 && w.part >= denialFew, w.telling+w.names+w.words > 1 && w.telling+w.words > 0 && w.part >= denialNamed:
		return fmt.Sprintf("the denial has %.0f%% of the shorter one's words, %d of them telling", 100*w.part, w.telling), 0.6
	}
	if aim := deniedForce(f.Record, s, claim); aim != "" {
		return "the denial and the claim are of force used against " + aim, 0.5
	}
	return "", 0
}

// meant is the claim that a denial means which says little more than whose or what it is ("dismissed Brink's testimony as a lie", "the suit
// was without merit", "the authenticity of the photograph"), of those before it, and why; nil where there is none.
func (f *finder) meant(s *sayings.Saying, before []*sayings.Saying) (*sayings.Saying, string) {
	if len(s.Toks) > ownerWords {
		return nil, ""
	}
	has := map[string]bool{} // stems
	quality, verdict := false, false
	for _, t := range s.Toks {
		name := f.Words.Entry(t.ID).Name
		has[strings.TrimPrefix(name, sayings.NamePrefix)] = true
		quality = quality || english.qualities[name]
		verdict = verdict || english.verdicts[name]
	}
	slices.Reverse(before) // the nearest first
	if claim := f.owned(s, before); claim != nil {
		return claim, "the denial names whose claim it is of: " + f.Cast.Voices[claim.Voice].Name
	}
	for _, claim := range before {
		if w := f.sourceNoun(claim, has); verdict && w != "" {
			return claim, "the denial is of the " + w
		}
	}
	for _, claim := range before {
		switch {
		case claim.Doc != s.Doc:
			return nil, ""
		case quality && common(s, claim, f.Words).telling > 0:
			return claim, "the denial questions what the claim is of"
		case verdict && len(s.Toks) <= verdictWords && english.charges.meet(has) && f.follows(s, claim) && !slices.ContainsFunc(f.pieces(claim), func(p piece) bool { return p.open }):
			return claim, "the denial says what the claim before it is worth"
		}
	}
	return nil, ""
}

// ownedReach is how many words a name and the noun for its claim stand apart at most: "the claim by Holt", "Holt's testimony".
const ownedReach = 3

// owned is the nearest claim of whom a denial says that the claim is which it is of; of another article only where that is all that the
// story has of him.
func (f *finder) owned(s *sayings.Saying, before []*sayings.Saying) *sayings.Saying {
	var found *sayings.Saying
	for _, claim := range before {
		if !f.Cast.Named(claim.Voice) || !f.owns(s, familyName(f.Cast.Voices[claim.Voice].Name)) {
			continue
		}
		if claim.Doc == s.Doc {
			return claim
		}
		if found != nil && !f.oneUtterance(found.ID, claim.ID) {
			return nil
		}
		found = claim
	}
	return found
}

// owns says whether a denial has a noun for a claim beside a name.
func (f *finder) owns(s *sayings.Saying, name string) bool {
	for i, t := range s.Toks {
		if strings.TrimPrefix(f.Words.Entry(t.ID).Name, sayings.NamePrefix) != name {
			continue
		}
		for j := max(0, i-ownedReach); j < min(len(s.Toks), i+ownedReach+1); j++ {
			if english.charges[f.Words.Entry(s.Toks[j].ID).Name] && (i < j || slices.ContainsFunc(s.Toks[j:i], func(t sayings.Token) bool { return f.Words.Entry(t.ID).Name == "by" })) {
				return true
			}
		}
	}
	return false
}

// followsReach is how many bytes behind a claim a denial stands that follows it.
const followsReach = 160

// follows says whether a denial stands right behind a claim.
func (f *finder) follows(s, claim *sayings.Saying) bool {
	end := claim.Content[len(claim.Content)-1].End
	return claim.Doc == s.Doc && s.Content[0].Start >= end && s.Content[0].Start-end <= followsReach
}

// sourceNoun is the noun by which the source of a claim is called, where a denial has it: "the suit says", "the suit is without merit".
func (f *finder) sourceNoun(claim *sayings.Saying, has map[string]bool) string {
	for _, span := range claim.Source {
		words := strings.Fields(span.Of(f.Docs[claim.Doc].Text))
		if len(words) == 0 || len(words) > 3 {
			continue
		}
		last := strings.ToLower(words[len(words)-1])
		if stem := corpus.Stem(last); english.charges[stem] && has[stem] {
			return last
		}
	}
	return ""
}

// familyName is the stem of the last word of a name, as statements have it.
func familyName(name string) string {
	words := names.Words(name)
	if len(words) == 0 {
		return ""
	}
	return corpus.Stem(words[len(words)-1])
}

// A stemSet is stems of words.
type stemSet map[string]bool

// meet says whether one of the stems is in a set.
func (s stemSet) meet(has map[string]bool) bool {
	for stem := range has {
		if s[stem] {
			return true
		}
	}
	return false
}

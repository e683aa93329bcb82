package desk

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/meaning"
	"github.com/onrecord/onrecord/text"
)

// What a comparison by meaning must say for a claim to be told as contrary to a passage, or as the same in other words. Chosen on marked drafts, see
// meaning/weights/README.md.
const (
	contrary       = -0.35 // how much likelier a contradiction must be than following, where one piece decides,
	closer         = 0     // or how much likelier,
	decidingLess   = 0.25  // where one decides by so much,
	decidingFirm   = 0.1   // or by so much, and is no word that only stands in another's place;
	deciding       = 0.35  // by so much more than nothing, in natural logarithms of the odds;
	contraryAnyway = 0.6   // and how likely where none does;
	contraryAlone  = 0.5   // where link finds no rendition in what the same speaker says
	comparedLeast  = 0.6   // share of the claim that must have a counterpart at all
	followsLeast   = 0.7   // how likely the claim must follow to be the same in other words, where link does not say so,
	followsCovered = 0.8   // and share of it that has a counterpart
	littleCovered  = 0.5   // share below which a passage has little of the claim
	piecesMost     = 3     // changes that are told
)

// meant is what a claim says, read for comparing.
func (d *desk) meant(c *claim) *meaning.Passage {
	if d.layer == nil {
		d.layer = english.Annotate(d.draft.doc)
	}
	return meaning.Of(d.layer, c.statement.Content...)
}

// said is what a statement of the record says, by sentence.
func (p *paper) said(s *ledger.StatementRow) []meaning.Sentence {
	list, ok := p.meant[s.ID]
	if !ok {
		list = meaning.Said(p.doc.Text, s.Content)
		if p.meant == nil {
			p.meant = map[string][]meaning.Sentence{}
		}
		p.meant[s.ID] = list
	}
	return list
}

// mean weighs what a claim says outside quotation marks against a place of the record: it may be contrary to a rendition, or a rendition where
// link, which weighs words, does not find one.
func (d *desk) mean(c *claim, m *match) {
	if m.statement == nil || c.quoted && c.statement.Kind != onrecord.Mixed {
		return
	}
	w := d.weigh(c, m)
	m.little = m.paraphrase && w.Covered < littleCovered
	switch found := m.rendition || m.runs != nil; {
	case c.quoted && w.Contradicts < contraryAnyway:
	case found && w.contrary(), !found && !c.quoted && w.alone(m.speaker):
		m.contrary, m.rendition = true, true
		if !turned(m.changes) || w.decided(deciding) {
			m.changes = d.changes(c, &w, m.paper, m.statement)
		}
	case !found && !c.quoted && w.follows() && distance(m.speaker) < distance(DifferentSpeaker):
		m.rendition, m.paraphrase = true, true
	case !c.quoted && m.rendition && w.follows():
		m.changes = slices.DeleteFunc(m.changes, func(ch Change) bool { return ch.Kind == onrecord.DriftWording || ch.Kind == onrecord.DriftNegation })
	}
}

// A weighing is a claim against the sentence of a statement that has most of it.
type weighing struct {
	meaning.Comparison
	from int
}

func (d *desk) weigh(c *claim, m *match) (best weighing) {
	ours := d.meant(c)
	for i, theirs := range m.paper.said(m.statement) {
		if x := meaning.Compare(theirs.Passage, ours); i == 0 || x.Covered > best.Covered {
			best = weighing{x, theirs.From}
		}
	}
	return best
}

// contrary says whether the claim contradicts what it was weighed against.
func (w *weighing) contrary() bool {
	if w.Covered < comparedLeast {
		return false
	}
	return w.Contradicts >= contraryAnyway ||
		w.Contradicts-w.Follows >= contrary && w.decided(deciding) || w.Contradicts-w.Follows >= closer && (w.decided(decidingLess) || w.firm()) || w.rescoped()
}

// decided says whether one piece speaks for a contradiction by so much.
func (w *weighing) decided(least float64) bool {
	return len(w.Pieces) > 0 && w.Pieces[0].Weight >= least
}

// firm says whether what decides turns what is said by itself.
func (w *weighing) firm() bool {
	switch {
	case !w.decided(decidingFirm):
		return false
	case w.Pieces[0].Kind == meaning.Negated, w.Pieces[0].Kind == meaning.Opposite, w.Pieces[0].Kind == meaning.Role, w.Pieces[0].Kind == meaning.Unit:
		return true
	}
	return false
}

// rescoped says whether the claim has another word for how many of all: "all" for "most".
func (w *weighing) rescoped() bool {
	return w.Covered >= followsCovered && slices.ContainsFunc(w.Pieces, rescopes)
}

func rescopes(p meaning.Piece) bool {
	return p.Kind == meaning.Quantity && p.Record.Start < p.Record.End && p.Claim.Start < p.Claim.End
}

// alone says whether the claim contradicts what it was weighed against, though link finds no rendition in it: surely enough for who says it.
func (w *weighing) alone(speaker string) bool {
	least := contraryAlone
	if speaker != SameSpeaker {
		least = contraryAnyway
	}
	return w.Contradicts >= least && w.Covered >= comparedLeast && w.decided(decidingLess) && distance(speaker) < distance(UnnamedSpeaker)
}

// follows says whether the claim is the same in other words.
func (w *weighing) follows() bool { return w.Follows >= followsLeast && w.Covered >= followsCovered }

// changes are the pieces that decide, as what the draft changed.
func (d *desk) changes(c *claim, w *weighing, p *paper, s *ledger.StatementRow) (list []Change) {
	for i, x := range w.Pieces {
		if len(list) == piecesMost || (i > 0 || w.rescoped()) && x.Weight < deciding && !rescopes(x) {
			continue
		}
		ch := Change{Kind: driftOf(x.Kind), Draft: x.Claim.Of(d.draft.doc.Text)}
		if x.Record.Start < x.Record.End {
			ch.Record = p.doc.Text[w.from+x.Record.Start : w.from+x.Record.End]
		}
		list = append(list, ch)
	}
	if len(list) == 0 {
		list = []Change{{onrecord.DriftWording, wordsOf(p.doc.Text, s.Content), wordsOf(d.draft.doc.Text, c.statement.Content)}}
	}
	return list
}

// around are the numbers of the draft's sentence that stand outside what is said and that the record's sentence has otherwise: how many said it, when.
func (d *desk) around(c *claim, m *match) (list []Change) {
	whole := func(doc *text.Doc, spans []onrecord.Span) onrecord.Span {
		return doc.Span(doc.Sentences[doc.SentenceAt(doc.TokenAt(spans[0].Start))])
	}
	ours, theirs := whole(d.draft.doc, c.statement.Content), whole(m.paper.doc, m.statement.Content)
	small := english.Annotate(text.Parse(theirs.Of(m.paper.doc.Text)))
	d.meant(c)
	x := meaning.Compare(meaning.Of(small, onrecord.Span{End: len(small.Doc.Text)}), meaning.Of(d.layer, ours))
	for _, p := range x.Pieces {
		if p.Kind != meaning.Number || p.Weight < deciding || inside(p.Claim, c.statement.Content) {
			continue
		}
		list = append(list, Change{onrecord.DriftNumber, p.Record.Of(small.Doc.Text), p.Claim.Of(d.draft.doc.Text)})
	}
	return list
}

// driftOf is the kind of drift that a piece is.
func driftOf(kind meaning.PieceKind) string {
	switch kind {
	case meaning.Negated:
		return onrecord.DriftNegation
	case meaning.Number, meaning.Unit:
		return onrecord.DriftNumber
	case meaning.Mood:
		return onrecord.DriftHedge
	case meaning.Added:
		return onrecord.DriftInsertion
	case meaning.LeftOut:
		return onrecord.DriftEllipsis
	}
	return onrecord.DriftWording
}

// Package meaning compares what two passages say: whether a claim follows from the record, contradicts it, or neither, and which words decide.
//
// Words are tied to their counterparts by lemma, derivation, synonym, antonym, wider and narrower meaning (WordNet) and by where they stand among
// words of like use (GloVe vectors); who does what to whom, what is negated, and what only may, should or would be so, is read off the tree. What
// the ties, the places and the scopes are worth is learned from pairs of sentences of which people said whether one follows from the other or
// contradicts it (natural logic by alignment: MacCartney and Manning 2008; a log-linear model over such features: MacCartney and others 2006).
package meaning

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

// A PieceKind is what a piece of a claim is to the record.
type PieceKind string

// Kinds of pieces.
const (
	Same     PieceKind = ""         // as the record has it
	Opposite PieceKind = "opposite" // an antonym
	Negated  PieceKind = "negated"  // negated in one of the two
	Number   PieceKind = "number"   // another number
	Unit     PieceKind = "unit"     // the same number of another unit or thing
	Role     PieceKind = "role"     // who did it, and to whom it was done, are swapped
	Actor    PieceKind = "actor"    // another one does it
	Replaced PieceKind = "replaced" // another word in its place
	Added    PieceKind = "added"    // the record does not say it
	LeftOut  PieceKind = "left out" // the claim does not say it
	Wider    PieceKind = "wider"    // a wider word
	Narrower PieceKind = "narrower" // a narrower word
	Quantity PieceKind = "quantity" // "all" for "some"
	Mood     PieceKind = "mood"     // "will" for "may"
)

// A Comparison is what a claim is to the record: the probabilities that a reader would say that it follows, or that it contradicts; the rest is that
// it does neither. Pieces speak for a contradiction in that order, the strongest first.
type Comparison struct {
	Follows, Contradicts float64
	Covered              float64 // share of what the claim says, by weight, that has a counterpart
	Pieces               []Piece
}

// A Piece is words of the claim and their counterpart in the record, by spans of the texts; either is empty where there is none. Weight is by how
// much it speaks for a contradiction rather than for following, in natural logarithms of the odds.
type Piece struct {
	Kind          PieceKind
	Record, Claim onrecord.Span
	Weight        float64
	// OneSubject says that a word and its counterpart are said of one thing, as far as their clauses have subjects that are no pronouns.
	OneSubject bool
}

// Compare compares a claim with the record. It costs some ten microseconds for two sentences.
func Compare(record, claim *Passage) Comparison { return model().compare(record, claim) }

func (m *Model) compare(record, claim *Passage) Comparison {
	w := weigher{alignment: align(record, claim), model: m}
	w.weigh()
	all := w.all
	for i := range w.pieces {
		all.sum(&w.pieces[i].logits)
	}
	p := all.shares()
	c := Comparison{Follows: p[follows], Contradicts: p[contradicts], Covered: float64(w.share())}
	for i := range w.pieces {
		x := &w.pieces[i]
		if x.kind == Same {
			continue
		}
		piece := Piece{Kind: x.kind, Weight: float64(x.logits[contradicts] - x.logits[follows])}
		if x.record >= 0 {
			piece.Record = record.span(x.record, x.kind)
		}
		if x.claim >= 0 {
			piece.Claim = claim.span(x.claim, x.kind)
			piece.OneSubject = x.record >= 0 && w.oneSubject(x.record, x.claim)
		}
		c.Pieces = append(c.Pieces, piece)
	}
	slices.SortStableFunc(c.Pieces, func(a, b Piece) int { return cmp.Compare(b.Weight, a.Weight) })
	return c
}

// oneSubject says whether word i of the record and k of the claim are said of one thing.
func (w *weigher) oneSubject(i, k int) bool {
	r, c := w.record.subject(i), w.claim.subject(k)
	return r < 0 || c < 0 || w.to[c] == r
}

// subject is what a word is said of: the subject of its clause, -1 where there is none or a pronoun.
func (p *Passage) subject(k int) int {
	passive := -1
	for i := range p.words {
		if w := &p.words[i]; w.head == k && w.telling() {
			switch w.role {
			case agent:
				return i
			case patient:
				passive = i
			}
		}
	}
	return passive
}

// span is where a word stands; of what is negated or only may be so, with the words right before it that say so: "has not changed".
func (p *Passage) span(k int, kind PieceKind) onrecord.Span {
	s := p.words[k].span
	if kind != Negated && kind != Mood {
		return s
	}
	for i := k - 1; i >= 0 && p.words[i].head == k && (p.words[i].kind == negation || p.words[i].kind == function); i-- {
		s.Start = p.words[i].span.Start
	}
	return s
}

// Read is the model of a weight file, to measure one that is not embedded.
func Read(file []byte) (*Model, error) { return readModel(file) }

// Compare is as the function of that name, by this model.
func (m *Model) Compare(record, claim *Passage) Comparison { return m.compare(record, claim) }

// Near is how near each other two words in lower case are by use, from -1 to 1; 0 where one is not known.
func Near(a, b string) float64 {
	x, _ := vectors.of(a)
	y, _ := vectors.of(b)
	return float64(near(x, y))
}

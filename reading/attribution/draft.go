package attribution

import "github.com/onrecord/onrecord"

// A Draft is a statement in the making: the row without ids, and what the passes that follow must know and the row does not keep.
// Indexes are of the list of drafts, or of the speakers, that the draft goes with.
type Draft struct {
	onrecord.Statement
	Origin Origin
	Within int // the draft in whose content this one stands, or -1
	By     int // who says it, or -1
	Denies int // the draft that this one denies, or -1
	// Voice is where the text names who speaks, for a turn that does not itself; may be empty.
	Voice onrecord.Span
	Asks  bool // a turn: it asks something of the next
}

// An Origin is the pass that made a statement.
type Origin uint8

// Where statements come from.
const (
	Learned Origin = iota // the models, in the text
	Nested                // the models, in what another statement says
	Passed                // "S quoted T as saying C", what T says
	Label                 // a paragraph "NAME: ..."
	Signed                // a quotation with a dash and a name
	Told                  // a headline that ends with who says it
	Beside                // a quotation beside a subject with its verb
	Echoed                // a denial of what was said before, where the models have none
	Denial                // a denial, or an answer refused, by the tree alone
	Uncued                // a quotation alone, without words of saying
	Silence               // "could not be reached for comment"
	Closing               // a sentence that closes with who says so
	InWords               // "in the words of"
	Turn                  // a turn of a transcript or an interview
	Claimed               // a claim inside its denial
	origins
)

// sureOf is the confidence of a statement by its origin; those of the models have their own.
var sureOf = [origins]float64{
	Label: .75, Signed: .8, Told: .8, Beside: .5, Echoed: .7, Denial: .7, Uncued: .45, Silence: .8, Closing: .8, InWords: .8, Claimed: .7,
}

// New is the draft of a statement that the pass o made by form: it has the confidence of that form, and no ties yet.
func New(o Origin, s onrecord.Statement) Draft {
	if s.Confidence == 0 {
		s.Confidence = sureOf[o]
	}
	return Draft{Statement: s, Origin: o, Within: -1, By: -1, Denies: -1}
}

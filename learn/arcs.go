package learn

// An Action is a step of the arc-hybrid transition system.
type Action uint8

// The actions: Shift moves the next token to the stack; Left makes the next token the head of the stack's top, and Right the
// token below the top; both take the top off the stack.
const (
	Shift Action = iota
	Left
	Right
	Actions = 3
)

// None is no token.
const None = -1

// Arcs is a state of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez, Satta 2011) over one sentence, with the root behind the
// last token. It builds a projective tree with exactly one root. Each token is linked to the nearest and farthest of its
// children on both sides, for features. The zero value is ready for Start and keeps its memory between sentences.
type Arcs struct {
	Stack []int32
	Next  int32   // the next token; Len() is the root
	Heads []int32 // head of each token, Len() for the root's child, None while it has none
	Rels  []uint8 // label of the arc to the head
	// First and last child on either side by position: LeftFar < LeftNear < token < RightNear < RightFar; None.
	LeftFar, LeftNear, RightNear, RightFar []int32
	Lefts, Rights                          []uint8 // number of children, up to 255
	n                                      int
}

// Start begins a sentence of n tokens.
func (a *Arcs) Start(n int) {
	a.n = n
	a.Stack = a.Stack[:0]
	a.Next = 0
	for _, s := range []*[]int32{&a.Heads, &a.LeftFar, &a.LeftNear, &a.RightNear, &a.RightFar} {
		*s = resize(*s, n+1)
		for i := range *s {
			(*s)[i] = None
		}
	}
	for _, s := range []*[]uint8{&a.Rels, &a.Lefts, &a.Rights} {
		*s = resize(*s, n+1)
		clear(*s)
	}
}

// Len is the number of tokens.
func (a *Arcs) Len() int { return a.n }

// Done says whether the tree is complete.
func (a *Arcs) Done() bool { return int(a.Next) == a.n && len(a.Stack) == 0 }

// Can says whether an action is allowed.
func (a *Arcs) Can(t Action) bool {
	switch t {
	case Shift:
		return int(a.Next) < a.n
	case Left:
		return len(a.Stack) > 0 && (int(a.Next) < a.n || len(a.Stack) == 1)
	default:
		return len(a.Stack) > 1
	}
}

// Arc is the arc that Left or Right would make.
func (a *Arcs) Arc(t Action) (head, child int32) {
	top := len(a.Stack) - 1
	if t == Left {
		return a.Next, a.Stack[top]
	}
	return a.Stack[top-1], a.Stack[top]
}

// Do takes an action that Can be taken; rel labels its arc.
func (a *Arcs) Do(t Action, rel uint8) {
	if t == Shift {
		a.Stack = append(a.Stack, a.Next)
		a.Next++
		return
	}
	h, c := a.Arc(t)
	a.Stack = a.Stack[:len(a.Stack)-1]
	a.Heads[c], a.Rels[c] = h, rel
	// Children are attached from the inside to the outside.
	if c < h {
		if a.LeftNear[h] == None {
			a.LeftNear[h] = c
		}
		a.LeftFar[h] = c
		if a.Lefts[h] < 255 {
			a.Lefts[h]++
		}
	} else {
		if a.RightNear[h] == None {
			a.RightNear[h] = c
		}
		a.RightFar[h] = c
		if a.Rights[h] < 255 {
			a.Rights[h]++
		}
	}
}

// Costs sets the number of gold arcs that each action would put out of reach, -1 for actions that are not allowed: the dynamic
// oracle of Goldberg and Nivre (2013). Gold holds the head of each token, Len() for the root's child.
func (a *Arcs) Costs(gold []int32, costs *[Actions]int) {
	top := len(a.Stack) - 1
	next := a.Next
	for t := Shift; t < Actions; t++ {
		costs[t] = -1
		if a.Can(t) {
			costs[t] = 0
		}
	}
	if costs[Shift] >= 0 {
		// The next token loses heads and children in the stack, except the top as its head.
		for k, s := range a.Stack {
			if gold[s] == next || gold[next] == s && k < top {
				costs[Shift]++
			}
		}
	}
	if costs[Left] < 0 && costs[Right] < 0 {
		return
	}
	s0 := a.Stack[top]
	lost := 0 // children of the top that are still to come
	for i := int(next); i < a.n; i++ {
		if gold[i] == s0 {
			lost++
		}
	}
	if costs[Left] >= 0 {
		costs[Left] += lost
		if g := gold[s0]; g > next || top > 0 && g == a.Stack[top-1] {
			costs[Left]++
		}
	}
	if costs[Right] >= 0 {
		costs[Right] += lost
		if gold[s0] >= next {
			costs[Right]++
		}
	}
}

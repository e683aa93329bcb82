package meaning

import "strings"

// scopes finds what of a passage is negated, and what is said to be only possible, wanted or to come: for each word by those that stand with
// it, and by what it hangs on.
func (b *builder) scopes() {
	own := make([]scope, len(b.words))
	set := make([]bool, len(b.words))
	for k := range b.words {
		b.own(k, own)
	}
	for k := range b.words {
		b.words[k].scope = b.scopeOf(k, own, set, 0)
	}
}

// own adds what word k does to the scope of the word that it stands with.
func (b *builder) own(k int, own []scope) {
	w := &b.words[k]
	if w.head < 0 {
		return
	}
	h := w.head
	rel := b.Rels[b.tokens[k]]
	switch {
	case w.kind == negation, lex.hardly.Has(w.form) && rel == "advmod":
		own[h].negated = !own[h].negated
		b.carry(h, own)
	case k > 0 && lex.instead.Has(b.words[k-1].form+" "+w.form):
		if h == k-1 {
			h = b.words[h].head
		}
		if h > k { // what follows, and not what it is weighed against
			own[h].negated = !own[h].negated
		}
	case lex.few.Has(w.form) && (w.role == agent || w.role == patient):
		own[h].negated = !own[h].negated
	case lex.few.Has(w.form) && rel == "amod":
		b.carry(h, own)
	case rel == "aux", rel == "advmod":
		if m, ok := moodOf(w); ok {
			own[h].mood = max(own[h].mood, m)
		}
	case rel == "mark" && lex.supposed.Has(w.form):
		own[h].mood = conditional
	}
}

// carry turns the predicate, too, of which a negated noun is subject or object: "no evidence was found".
func (b *builder) carry(noun int, own []scope) {
	n := &b.words[noun]
	if (n.role == agent || n.role == patient) && n.head >= 0 && b.words[noun].part == 1 {
		own[n.head].negated = !own[n.head].negated
	}
}

func moodOf(w *word) (mood, bool) {
	for m, set := range []interface{ Has(string) bool }{future: lex.future, necessary: lex.necessary, possible: lex.possible, conditional: lex.conditional} {
		if set != nil && set.Has(w.lemma) {
			return mood(m), true
		}
	}
	return factual, false
}

// deepest is how far a scope is followed towards the root.
const deepest = 12

// scopeOf is the scope of word k: its own, and what it has from what it hangs on.
func (b *builder) scopeOf(k int, own []scope, done []bool, depth int) scope {
	w := &b.words[k]
	if done[k] {
		return w.scope
	}
	s := own[k]
	if w.head >= 0 && depth < deepest {
		from := b.scopeOf(w.head, own, done, depth+1)
		s = b.inherit(k, s, from)
	}
	w.scope, done[k] = s, true
	return s
}

// inherit is the scope s of word k with what it has from that of its head.
func (b *builder) inherit(k int, s, from scope) scope {
	w := &b.words[k]
	h := &b.words[w.head]
	base, sub, _ := strings.Cut(b.Rels[b.tokens[k]], ":")
	complement := false
	switch base {
	case "advcl", "parataxis", "csubj", "cc", "mark":
		return s
	case "acl":
		if sub == "relcl" {
			return s
		}
		complement = true
	case "conj":
		if b.hasSubject(k) {
			return s
		}
	case "ccomp":
		complement = true
		if !lex.raise.Has(h.lemma) {
			from.negated = false
		}
	case "xcomp":
		complement = true
	case "obj", "nmod":
		complement = true
	case "nsubj":
		complement = sub == "pass"
	}
	if complement && b.flips(w.head) {
		s.negated = !s.negated
	}
	if complement && base != "nmod" && lex.intend.Has(h.lemma) && !b.flips(w.head) {
		s.mood = max(s.mood, intended)
	}
	if from.negated {
		s.negated = !s.negated
	}
	s.mood = max(s.mood, from.mood)
	return s
}

// flips says whether what hangs on word k is said not to be so.
func (b *builder) flips(k int) bool {
	w := &b.words[k]
	if lex.flip.Has(w.lemma) {
		return true
	}
	if k+1 < len(b.words) && b.words[k+1].head == k && w.part == 2 {
		return lex.particle.Has(w.lemma + " " + b.words[k+1].form)
	}
	return false
}

func (b *builder) hasSubject(k int) bool {
	for i := range b.words {
		if b.words[i].head == k && b.words[i].role == agent {
			return true
		}
	}
	return false
}

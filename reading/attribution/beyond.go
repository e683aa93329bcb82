package attribution

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// What the corpus that the models learned from does not mark: speakers named by the layout alone, statements inside statements,
// quotations that go on in the next paragraph.

// Least confidences.
const (
	sureNested = .5 // least of a statement inside another, which the corpus does not mark
	sureParent = .7 // least of a statement that another one's cue stands in, for it to be its parent
)

// longestTeller is how many tokens a headline's last words may have that tell who says it.
const longestTeller = 8

// told adds the statement of a headline that ends with who says it.
func (v *view) told(all []found, title text.Range) []found {
	if title.End > v.n {
		return all
	}
	title = v.trim(title)
	comma := title.End - 1
	for comma > title.First && comma > title.End-longestTeller && v.class[comma] != classComma {
		comma--
	}
	tail := text.Range{First: comma + 1, End: title.End}
	if comma <= title.First+1 || v.class[comma] != classComma || tail.End-tail.First < 2 {
		return all
	}
	f := found{content: []text.Range{{First: title.First, End: comma}}, parent: -1, origin: Told, sure: float32(sureOf[Told])}
	switch {
	case lex.tells[v.lemma[tail.First]]:
		f.cue, f.source = text.Range{First: tail.First, End: tail.First + 1}, []text.Range{{First: tail.First + 1, End: tail.End}}
	case lex.tells[v.lemma[tail.End-1]]:
		f.cue, f.source = text.Range{First: tail.End - 1, End: tail.End}, []text.Range{{First: tail.First, End: tail.End - 1}}
	default:
		return all
	}
	for k := range all {
		if x := &all[k]; x.cue.First < f.cue.End && f.cue.First < x.cue.End {
			x.agrees(&f)
			return all
		}
	}
	return append(all, f)
}

// agrees makes a statement surer that reads as the one found by form does.
func (f *found) agrees(form *found) {
	if slices.Equal(f.source, form.source) && slices.Equal(f.content, form.content) {
		f.sure = max(f.sure, form.sure)
	}
}

// reads says whether the paragraph that r stands in is prose, which the models read; what is said in turns is read as what stands in
// other statements.
func (v *view) reads(r text.Range) bool {
	if v.page == nil { // in training
		return true
	}
	kind := v.page.Kinds[v.paragraph[r.First]]
	return kind == layout.Prose || kind == layout.Caption || kind == layout.Apart
}

// headed leaves out what stands behind the colon of a heading, which says what follows and not who says it: "Note: ...".
func (v *view) headed(all []found) []found {
	return slices.DeleteFunc(all, func(f found) bool { return f.cue.End == f.cue.First+1 && v.page.Headings[f.cue.First] })
}

// turns adds the statements of a transcript or an interview.
func (v *view) turns(all []found) []found {
	for k := range v.page.Turns {
		t := &v.page.Turns[k]
		f := found{cue: t.Mark, content: t.Said, parent: -1, origin: Turn, turn: t, sure: float32(t.Sure)}
		if t.Name.End > t.Name.First {
			f.source = []text.Range{t.Name}
		}
		if f.cue.First == f.cue.End {
			f.cue = text.Range{First: t.Said[0].First, End: t.Said[0].First}
		}
		all = append(all, f)
	}
	return all
}

// formed adds the statements of paragraphs that read "NAME: ..." or "...” - Name". title is the range of the headline.
func (v *view) formed(all []found, title text.Range) []found {
	cues := make(map[int]int, len(all)) // token -> statement whose cue it is of
	for k, f := range all {
		for i := f.cue.First; i < f.cue.End; i++ {
			cues[i] = k
		}
	}
	for _, p := range v.doc.Paragraphs {
		if p.End-p.First < 4 || v.form[p.First] == formNone || !v.reads(p) {
			continue
		}
		habit := v.form[p.First] >= formPlaces
		f := found{parent: -1}
		switch v.form[p.First] % formPlaces {
		case formLabel:
			colon := v.labelled(p)
			headline := title.First <= p.First && p.End <= title.End
			switch {
			case headline:
				if lex.column.Has(v.folded(text.Range{First: p.First, End: p.First + 1})) || lex.column.Has(v.folded(text.Range{First: p.First, End: colon})) || colon-p.First > 4 || !v.hasVerb(text.Range{First: colon + 1, End: p.End}) {
					continue
				}
			case !habit && v.quote[colon+1] != opens:
				continue
			}
			f.source, f.cue, f.sure = []text.Range{{First: v.unmarked(p), End: colon}}, text.Range{First: colon, End: colon + 1}, float32(sureOf[Label])
			f.origin, f.content = Label, []text.Range{v.trim(text.Range{First: colon + 1, End: p.End})}
		case formSigned:
			dash := v.signed(p)
			if q := v.quote[p.First]; q != opens && q != first {
				continue
			}
			f.source, f.cue, f.sure = []text.Range{v.trim(text.Range{First: dash + 1, End: p.End})}, text.Range{First: dash, End: dash + 1}, float32(sureOf[Signed])
			f.origin, f.content = Signed, []text.Range{{First: p.First, End: dash}}
		}
		if k, ok := cues[f.cue.First]; ok {
			all[k].agrees(&f)
		} else {
			all = append(all, f)
		}
	}
	return all
}

// folded is the lower-case text of a range of at most a few tokens.
func (v *view) folded(r text.Range) string {
	s := v.doc.Span(r)
	b := []byte(s.Of(v.doc.Text))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func (v *view) hasVerb(r text.Range) bool {
	for i := r.First; i < r.End; i++ {
		if v.verb[i] {
			return true
		}
	}
	return false
}

// trim leaves out the stop at the end of a range.
func (v *view) trim(r text.Range) text.Range {
	for r.End-r.First > 1 && v.class[r.End-1] == classStop {
		r.End--
	}
	return r
}

// carried gives to statements the quotations that go on from them in other paragraphs and that nobody else has: whatever stands between,
// a quotation that was left open goes on with the same speaker; and one that holds all of its paragraph belongs to the statement in
// quotation marks to which the last sentence of the paragraph before belongs.
func (v *view) carried(all []found) []found {
	d := v.doc
	of := make(map[int]int) // quotation -> statement that has it
	var inner []int         // statements that are made in words which go on from a quotation before
	for k, f := range all {
		all[k].content = slices.Clip(f.content)
		if v.goesOn(f.cue.First) {
			inner = append(inner, k)
			continue
		}
		for _, c := range f.content {
			for i := c.First; i < c.End; i++ {
				if q := v.quotation[i]; q >= 0 {
					of[int(q)] = k
				}
			}
		}
	}
	owners := v.owners(all)
	for q, x := range d.Quotations {
		if _, ok := of[q]; ok || x.Depth > 0 || x.Range.End <= x.Range.First || !v.reads(x.Range) {
			continue
		}
		r := v.marked(q)
		if before := v.page.Goes[q]; before >= 0 {
			if k, ok := of[before]; ok && all[k].content[len(all[k].content)-1].End <= r.First {
				of[q] = k
				all[k].content = append(append(all[k].content, v.page.Bare[before]...), r)
			}
			continue
		}
		if !v.alone(r) {
			continue
		}
		if k := v.lastOf(all, owners, int(v.paragraph[r.First])-1); k >= 0 {
			of[q] = k
			all[k].content = append(all[k].content, r)
		}
	}
	// What stands in somebody's words is read as such, see nested.
	for n := len(inner) - 1; n >= 0; n-- {
		if k, ok := of[int(v.quotation[all[inner[n]].cue.First])]; ok && k != inner[n] {
			all = slices.Delete(all, inner[n], inner[n]+1)
			for q, k := range of {
				if k > inner[n] {
					of[q] = k - 1
				}
			}
		}
	}
	return all
}

// goesOn says whether token i stands in a quotation that goes on from the paragraph before.
func (v *view) goesOn(i int) bool { return v.quotation[i] >= 0 && v.page.Goes[v.quotation[i]] >= 0 }

// alone says whether a range, marks of the end of a sentence aside, is a whole paragraph.
func (v *view) alone(r text.Range) bool {
	p := v.doc.Paragraphs[v.paragraph[r.First]]
	for p.End > r.End && v.class[p.End-1] == classStop {
		p.End--
	}
	return p == r
}

// several marks a sentence that more than one statement has a part in.
const several = -1

// owners gives the statement that alone has a part in a sentence, or several.
func (v *view) owners(all []found) map[int32]int {
	owners := make(map[int32]int, len(all))
	for k, f := range all {
		for _, part := range [...][]text.Range{{f.cue}, f.source, f.content} {
			for _, r := range part {
				for i := r.First; i < r.End; i++ {
					if was, ok := owners[v.sentence[i]]; ok && was != k {
						owners[v.sentence[i]] = several
					} else {
						owners[v.sentence[i]] = k
					}
				}
			}
		}
	}
	return owners
}

// lastOf is the statement in quotation marks whose cue stands in the paragraph p and that owns its last sentence, or -1.
func (v *view) lastOf(all []found, owners map[int32]int, p int) int {
	if p < 0 {
		return -1
	}
	r := v.doc.Paragraphs[p]
	end := r.End
	for end > r.First && v.class[end-1] != classWord && v.class[end-1] != classStart {
		end--
	}
	if end == r.First {
		return -1
	}
	k, ok := owners[v.sentence[end-1]]
	if !ok || k == several {
		return -1
	}
	if f := &all[k]; f.cue.First < r.First || len(f.source) == 0 || v.kind(f.content) == onrecord.Indirect {
		return -1
	}
	return k
}

// reach is how many tokens from a verb its subject and object may be.
const reach = 40

// denied adds denials of what was said before ("Russia denies this"), where the models have not found them.
func (v *view) denied(all []found) []found {
	if len(v.l.Rels) != v.n {
		return all
	}
	var cues map[int]bool
	for i := range v.n {
		if !v.verb[i] || !lex.denies[v.lemma[i]] {
			continue
		}
		subject, object := -1, -1
		s := v.doc.Sentences[v.sentence[i]]
		for j := max(s.First, i-reach); j < min(s.End, i+reach); j++ {
			if v.head[j] != int32(i) {
				continue
			}
			switch v.l.Rels[j] {
			case "nsubj":
				subject = j
			case "obj":
				object = j
			}
		}
		if subject < 0 || object < 0 || !lex.pointers[v.lemma[object]] && !lex.pointers[v.word[object]] {
			continue
		}
		if cues == nil {
			cues = make(map[int]bool, len(all))
			for _, f := range all {
				for k := f.cue.First; k < f.cue.End; k++ {
					cues[k] = true
				}
			}
		}
		if cues[i] {
			continue
		}
		from := i
		for from > s.First && from-1 > subject && v.head[from-1] == int32(i) && v.mask[i]&hasAuxiliary != 0 && v.l.Rels[from-1] != "nsubj" && v.l.Rels[from-1] != "obj" {
			from--
		}
		part := func(k int) text.Range { return text.Range{First: int(v.left[k]), End: int(v.right[k]) + 1} }
		f := found{cue: text.Range{First: from, End: i + 1}, source: []text.Range{part(subject)}, content: []text.Range{part(object)}, parent: -1, origin: Echoed, sure: float32(sureOf[Echoed])}
		if f.source[0].End <= f.cue.First && (f.content[0].First >= f.cue.End || f.content[0].End <= f.source[0].First) {
			all = append(all, f)
		}
	}
	return all
}

// leading is what stands before a statement in its sentence, up to a comma, where that holds a verb: "C, S quoted ...".
func (v *view) leading(f *found) []text.Range {
	end := f.start()
	r := text.Range{First: v.doc.Sentences[v.sentence[end]].First, End: end}
	for r.End > r.First && v.class[r.End-1] == classComma {
		r.End--
	}
	if r.End == end || !v.hasVerb(r) {
		return nil
	}
	return []text.Range{r}
}

// quotedAs puts right what reads "S quoted T as saying C": the statement of S has content C, and inside it stands that of T.
func (v *view) quotedAs(all []found) []found {
	for k := range len(all) {
		for n, c := range all[k].content {
			as := c.First
			for as+1 < c.End && (v.word[as] != lex.as || v.lemma[as+1] != lex.say) {
				as++
			}
			if as+1 >= c.End || as == c.First || as-c.First > reach {
				continue
			}
			rest := text.Range{First: as + 2, End: c.End}
			content := []text.Range{rest}
			if !v.hasVerb(rest) { // "C, S quoted T as saying."
				content = append([]text.Range{}, all[k].content[:n]...)
				if len(content) == 0 {
					f := found{cue: all[k].cue}
					v.governed(&f, v.doc.Sentences[v.sentence[c.First]])
					if content = f.content; len(content) == 0 {
						content = v.leading(&all[k])
					}
				}
				if len(content) == 0 || content[len(content)-1].End > c.First {
					break
				}
			}
			all[k].content = content
			all = append(all, found{
				source: []text.Range{{First: c.First, End: as}}, cue: text.Range{First: as, End: as + 2}, content: content,
				parent: k, origin: Passed, sure: all[k].sure,
			})
			break
		}
	}
	return all
}

// shortest is the fewest tokens of a content that is searched for statements inside it.
const shortest = 6

// nested adds the statements inside the contents of others, found by the same models as if each content stood alone. It changes
// the view: what it says of tokens in contents is then of the content alone.
func (m *Model) nested(v *view, all []found) []found {
	outer := len(all)
	cues := make(map[int]bool, outer) // tokens
	for _, f := range all {
		for i := f.cue.First; i < f.cue.End; i++ {
			cues[i] = true
		}
	}
	done := make(map[text.Range]bool) // two statements may have one content: the words and who passed them on
	for k := range outer {
		for _, c := range all[k].content {
			for c.End-c.First > shortest && (v.quote[c.First] == opens || v.class[c.First] == classOpen) {
				c.First++
			}
			for c.End-c.First > shortest && (v.quote[c.End-1] == closes || v.class[c.End-1] == classClose) {
				c.End--
			}
			if c.End-c.First < shortest || c.End-c.First > longest || done[c] || !v.hasVerb(c) {
				continue
			}
			done[c] = true
			v.narrow(c)
			from := len(all)
			all = m.statements(v, c, all)
			kept := all[:from]
			for _, f := range all[from:] {
				if !cues[v.headOf(f.cue)] && v.clausal(&f) && (all[k].turn != nil || f.sure >= sureNested && v.others(&f)) {
					f.parent, f.origin = k, Nested
					kept = append(kept, f)
				}
			}
			all = kept
		}
	}
	return all
}

// others says whether a statement is that of somebody else than who says it.
func (v *view) others(f *found) bool {
	return f.source[0].End-f.source[0].First > 1 || !lex.first[v.word[f.source[0].First]]
}

// clausal says whether a statement has a source and says a clause: one with a subject of its own, that hangs on the cue or that the cue
// hangs on, or one like "admitted taking it".
func (v *view) clausal(f *found) bool {
	if len(f.source) == 0 {
		return false
	}
	for _, c := range f.content {
		for i := c.First; i < c.End; i++ {
			if h := int(v.head[i]); (v.subject[i] >= 0 || v.l.Tags[i] == "VBG") && h >= f.cue.First && h < f.cue.End {
				return true
			}
		}
		for i := f.cue.First; i < f.cue.End; i++ {
			if h := int(v.head[i]); h >= c.First && h < c.End && v.subject[h] >= 0 {
				return true
			}
		}
	}
	return false
}

// narrow makes the view of the tokens of r that of a text of its own.
func (v *view) narrow(r text.Range) {
	for i := r.First; i < r.End; i++ {
		v.quote[i], v.quotation[i], v.form[i], v.after[i] = outside, -1, formNone, 0
		v.clause[i], v.inner[i], v.argument[i] = -1, -1, -1
		v.left[i], v.right[i] = int32(i), int32(i)
		if h := v.head[i]; h < int32(r.First) || h >= int32(r.End) {
			v.head[i] = -1
		}
	}
	// Quotations inside the content, by binary search of the first that ends in it.
	qs := v.doc.Quotations
	at, _ := slices.BinarySearchFunc(qs, v.doc.Tokens[r.First].Start, func(q text.Quotation, start int) int { return cmp.Compare(q.Span.Start, start) })
	for ; at < len(qs) && qs[at].Range.First < r.End; at++ {
		if qs[at].Range.First >= r.First && qs[at].Range.End <= r.End {
			v.mark(at)
		}
	}
	for i := r.First; i < r.End; i++ {
		v.class[i] = v.classOf(i, i == r.First || v.sentence[i] != v.sentence[i-1])
		v.climb(i)
	}
}

// adopt gives a parent to every statement whose cue stands in the content of another that is not inside it, and
// sure enough.
func adopt(all []found) {
	inside := func(a, b *found) bool { // cue of a in a content of b
		for _, c := range b.content {
			if c.First <= a.cue.First && a.cue.End <= c.End {
				return true
			}
		}
		return false
	}
	for i := range all {
		for j := max(0, i-nearby); j < min(len(all), i+nearby+1); j++ {
			if i != j && all[i].parent < 0 && all[i].turn == nil && all[j].sure >= sureParent && inside(&all[i], &all[j]) && !inside(&all[j], &all[i]) && all[j].parent != i {
				all[i].parent = j
			}
		}
	}
	// No circles: a chain of parents that is too long is cut.
	for i := range all {
		steps := 0
		for p := all[i].parent; p >= 0; p = all[p].parent {
			if steps++; steps > nearby || p == i {
				all[i].parent = -1
				break
			}
		}
	}
}

// nearby is how many statements apart in text order a statement and its parent may be.
const nearby = 12

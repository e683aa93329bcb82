package figure

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when/number"
)

// add makes a figure of a quantity, reading what stands around it.
func (f *finder) add(q quantity) {
	x := onrecord.Figure{Low: q.low, High: q.high, Unit: q.unit, Vague: q.vague, Comparator: "=", Confidence: .9}
	mark, first := f.comparator(q.first)
	if mark != "" {
		x.Comparator = mark
	}
	end := q.end
	if m, k := f.postComparator(q.end); m != "" && mark == "" {
		x.Comparator, end = m, k
	} else if m != "" {
		end = k
	}
	if q.vague && mark == "" {
		x.Comparator = "~"
	}
	x.Change = f.change(q, first, end)
	thing, share := f.thing(q, end)
	x.ThingSpan, x.Thing = thing, thing.Of(f.t.Source)
	x.ShareOf = share.Of(f.t.Source)
	x.Role = f.role(q, end, thing)
	f.tally(&x, q, end)
	if mark == "" && f.points(&x, q) {
		f.rejected = append(f.rejected, rejection{q.first, q.end, "pronoun"})
		return
	}
	x.Span = f.t.Span(q.first, q.end)
	if q.vague {
		x.Confidence = .7
	}
	if x.Thing == "" && x.Unit == "" {
		x.Confidence = .6
	}
	of := f.restated(&x, q, first)
	if of >= 0 {
		takes(&x, &f.out[of])
	} else {
		f.lean(&x, q)
		f.age(&x, q, end)
		f.shareRole(&x, q)
		if f.bounds(&x, q, first) {
			return
		}
	}
	f.keep(x, q, of)
	if share.Len() == 0 && thing.Len() > 0 && f.opensWhole(q) {
		f.whole, f.wholeOf = thing, f.sent[q.first]
	}
}

// keep puts a figure, read from q, behind the others; of is the one that it gives again in another unit, -1 without.
func (f *finder) keep(x onrecord.Figure, q quantity, of int) {
	f.out = append(f.out, x)
	f.restates = append(f.restates, int32(of))
	f.places = append(f.places, place{q.first, q.end})
	f.prev = q
}

// points says whether q, with nothing that it counts found, only points at what was told: "the two", "those three".
func (f *finder) points(x *onrecord.Figure, q quantity) bool {
	if !q.words || q.low > 10 || q.low != float64(int(q.low)) || q.sign != 0 || q.ranged || q.unit != "" || q.noun != 0 || q.share || q.zero || x.Role != "" {
		return false
	}
	return (x.ThingSpan.Len() == 0 || x.ThingSpan.Start < f.t.Atoms[q.first].Start && x.ShareOf == "") && f.t.Low(q.first-1) != "or"
}

// bounds makes one range of two bounds of one thing, "more than 10 but fewer than 20": x, whose comparator begins at atom first,
// and the figure right before it.
func (f *finder) bounds(x *onrecord.Figure, q quantity, first int) bool {
	n := len(f.out)
	if n == 0 || q.ranged || q.share != f.prev.share || f.prev.ranged || x.Comparator != "<" && x.Comparator != ">" {
		return false
	}
	p := &f.out[n-1]
	k := first - 1
	for c := 0; c < 2 && (f.t.Low(k) == "and" || f.t.Low(k) == "but" || f.t.Low(k) == ","); c++ {
		k--
	}
	if k == first-1 || k != f.prev.end-1 || x.Comparator == p.Comparator || p.Comparator != "<" && p.Comparator != ">" ||
		p.Unit != x.Unit && p.Unit != "" || f.sent[f.prev.first] != f.sent[q.first] {
		return false
	}
	low, high := p.Low, x.High
	if x.Comparator == ">" {
		low, high = x.Low, p.High
	}
	if low >= high {
		return false
	}
	p.Low, p.High, p.Comparator = low, high, "="
	p.Span.End, p.Unit = x.Span.End, x.Unit
	if x.ThingSpan.Start > p.Span.Start || p.ThingSpan.Len() == 0 {
		p.Thing, p.ThingSpan, p.ShareOf = x.Thing, x.ThingSpan, x.ShareOf
	}
	if p.Role == "" {
		p.Role = x.Role
	}
	f.places[n-1].end = q.end
	f.prev.end, f.prev.ranged, f.prev.high = q.end, true, high
	return true
}

// age gives a number that can only be somebody's age its unit: "aged 35", "who was 10", "Mia Holt, 40, said".
func (f *finder) age(x *onrecord.Figure, q quantity, end int) {
	t := f.t
	if x.Unit == "year" {
		k := q.first - 1
		if t.Low(k) == "age" || t.Low(k) == "of" && t.Low(k-1) == "age" || t.Low(k) == "aged" {
			x.Unit = "year of age"
			ownAge(x)
		}
		return
	}
	if x.Unit != "" || q.low < 1 || q.high > 120 || q.share || q.vague || q.low != float64(int(q.low)) || q.noun != 0 {
		return
	}
	f.reading, f.readingEnd = q, end
	switch rules.age.Value(f, q.first) {
	case "":
		return
	case "noun before": // "men over 18", "children as young as 12"
		_, k := f.comparator(q.first)
		if t.Low(k-1) == "as" {
			k -= 3
		}
		x.ThingSpan = f.phraseBefore(k)
	case "named before": // "Rik Dahl (pictured), 21"
		k := q.first - 2
		for t.Low(k) != "(" {
			k--
		}
		x.ThingSpan = f.phraseBefore(k)
	case "full name":
		x.ThingSpan = t.Span(q.first-3, q.first-1)
	case "name":
		x.ThingSpan = t.At(q.first - 2).Span
	case "noun":
		x.ThingSpan = f.phraseBefore(q.first - 1)
	}
	x.Thing = x.ThingSpan.Of(t.Source)
	x.Unit = "year of age"
	ownAge(x)
}

// ownAge takes from an age the word that says it is one: "the ages of 30 and 41" are nobody's.
func ownAge(x *onrecord.Figure) {
	if words.ages.Has(x.Thing) {
		x.Thing, x.ThingSpan = "", onrecord.Span{}
	}
}

// agesTogether says whether q is the age of one of two: "Ada and Ilse Holt, 27 and 29 years old".
func (f *finder) agesTogether(q quantity, end int) bool {
	t := f.t
	if w := t.Low(q.first - 1); t.Low(end) != "and" && t.Low(end) != "or" || w != "," && w != "aged" || !f.starts(end+1) {
		return false
	}
	r, ok := f.quantity(end + 1)
	return ok && r.unit == "year of age"
}

// shareRole gives figures joined to one whose role is known the same role: "three officers and two civilians were killed",
// "23 people, including six children".
func (f *finder) shareRole(x *onrecord.Figure, q quantity) {
	n := len(f.out)
	if n == 0 || x.Unit != "" || q.zero {
		return
	}
	p, pq := &f.out[n-1], &f.prev
	if f.sent[pq.first] != f.sent[q.first] || p.Unit != "" || pq.zero {
		return
	}
	_, k := f.comparator(q.first)
	switch link := f.t.Low(k - 1); {
	case link == "including" && x.Role == "":
		x.Role = p.Role
	case link == "and" && p.Role == "" && p.ThingSpan.End > 0 && k >= 2 && f.t.At(k-2).End == p.ThingSpan.End:
		p.Role = x.Role
	}
}

// lean lets a figure take from the one before it in the sentence what it leaves unsaid: "from 21 mpg to 23" the unit, "to 164p"
// the thing.
func (f *finder) lean(x *onrecord.Figure, q quantity) {
	n := len(f.out)
	if n == 0 || f.sent[f.prev.first] != f.sent[q.first] {
		return
	}
	t := f.t
	p, pq := &f.out[n-1], &f.prev
	if (t.Low(q.first-1) == "to" || t.Low(q.first-1) == "or" || t.Low(q.first-1) == "from") && q.first-1-pq.end <= 2 && p.ThingSpan.Len() > 0 && x.Unit != "" {
		x.Thing, x.ThingSpan = p.Thing, p.ThingSpan
	}
	if w := t.Low(q.first - 2); x.Thing == "" && t.Low(q.first-1) == "from" && (w == "up" || w == "down" || pq.end == q.first-1 && p.Role != "") && x.Unit == p.Unit { // "47 percent, down from 55"
		x.Thing, x.ThingSpan, x.ShareOf, x.Role = p.Thing, p.ThingSpan, p.ShareOf, p.Role
	}
	if f.level(x, q) {
		return
	}
	if x.Unit == "" && x.Thing == "" && x.Role == "" && p.Unit == "" && !q.share && !pq.share && words.tellers.Has(t.Low(f.beforeFigure(q.first))) && f.closes(q.end) {
		x.Thing, x.ThingSpan, x.Role = p.Thing, p.ThingSpan, p.Role // "8,000 protesters marched, police said; organisers said 30,000"
	}
	if f.bare(x, q) && f.leant(q) && x.Low >= p.Low/5 && x.Low <= p.High*5 {
		x.Unit = p.Unit
	}
}

// bare says whether x, read from q, is a number in digits alone, that may lean on the unit of the one before it.
func (f *finder) bare(x *onrecord.Figure, q quantity) bool {
	return x.Unit == "" && x.Role == "" && !q.share && !q.words && !q.vague && q.noun == 0 && x.ThingSpan.Start < f.t.Atoms[q.first].Start
}

// leant says whether the figure before q is near and in a unit in which a bare number behind it is, too.
func (f *finder) leant(q quantity) bool {
	unit, pq := f.out[len(f.out)-1].Unit, &f.prev
	return unit != "" && q.first-pq.end < 24 && !strings.HasPrefix(unit, "percent") && !pq.zero && !pq.multiple && !words.periods.Has(unit)
}

// level gives an index that stands beside its change in points the unit of the change, and says whether x is such a level: "lost
// 162.3 points, or 2.1%, to 7,425.8", "(16,369.03 up 58.06 points)".
func (f *finder) level(x *onrecord.Figure, q quantity) bool {
	n := len(f.out)
	w := f.t.Low(q.first - 1)
	if x.Unit == "" && x.Thing == "" && q.noun == 0 && !q.share && !q.words && (w == "to" || w == "at") {
		for m := n - 1; m >= max(0, n-2) && f.sent[f.places[m].first] == f.sent[q.first]; m-- {
			if p := &f.out[m]; p.Unit == "point" && p.Change != "" {
				x.Unit, x.Thing, x.ThingSpan = "point", p.Thing, p.ThingSpan
				return true
			}
		}
	}
	p, pq := &f.out[n-1], &f.prev
	if x.Unit == "point" && x.Change != "" && (w == "up" || w == "down") && pq.end == q.first-1 && p.Unit == "" && !pq.words && !pq.share {
		p.Unit = "point"
	}
	return false
}

// comparator is the mark that the words before atom i set, and the first atom of those words; "" and i where there are none.
func (f *finder) comparator(i int) (string, int) {
	t := f.t
	j := i - 1
	for n := 0; n < 3 && j >= 0 && f.sent[j] == f.sent[min(i, len(f.sent)-1)]; n++ {
		if list := words.before.Of(t.Low(j)); list != nil {
			for _, p := range list {
				k := j - len(p.words) + 1
				if k >= 0 && (t.Is(k, p.words...) || f.bracketed(&k, p.words)) {
					if p.value == "=" { // "only about 12"
						if m, first := f.comparator(k); m != "" {
							return m, first
						}
						return p.value, k
					}
					if f.notComparing(k, j) {
						return "", i
					}
					// "just under", "as high as roughly": the nearer word decides
					return p.value, k
				}
			}
		}
		if !words.bridges.Has(t.Low(j)) {
			break
		}
		j--
	}
	return "", i
}

// bracketed matches words whose first letter an editor has changed ("[G]reater than"); k, the first, is moved to the bracket.
func (f *finder) bracketed(k *int, words []string) bool {
	t := f.t
	i := *k
	if i < 3 || t.Low(i-1) != "]" || t.Low(i-3) != "[" || !t.Tight(i) || !t.Is(i+1, words[1:]...) {
		return false
	}
	if t.Low(i-2)+t.Low(i) != words[0] {
		return false
	}
	*k = i - 3
	return true
}

// notComparing says whether the words are no comparator here: "took over 12 firms", "tested under 3 conditions" are rare, but
// "turned over", "all over" and "based around" are not.
func (f *finder) notComparing(first, last int) bool {
	if first != last {
		return false
	}
	switch f.t.Low(first) {
	case "over":
		if words.notOver.Has(f.t.Low(first - 1)) {
			return true
		}
		// "cut aid by $5 over six years"
		if tag := f.tag(first - 1); tag == "CD" || tag == "NN" || tag == "NNS" {
			q, ok := f.quantity(min(first+1, len(f.t.Atoms)-1))
			return ok && words.periods.Has(q.unit) && q.unit != "year of age"
		}
	case "under":
		return f.t.Low(first-1) == "age"
	case "plus":
		return false
	}
	return false
}

// postComparator reads "or more", "or so", "+" after a figure.
func (f *finder) postComparator(j int) (string, int) {
	t := f.t
	if t.Low(j) == "or" || t.Low(j) == "and" || t.Low(j) == "at" {
		for _, p := range words.behind.Of(t.Low(j)) {
			if k := j + len(p.words); t.Is(j, p.words...) && !f.starts(k) { // not "2 percent and up 4 percent"
				return p.value, k
			}
		}
		return "", j
	}
	if t.Low(j) == "+" && t.Tight(j) || t.Low(j) == "-" && t.Low(j+1) == "plus" && t.Tight(j) {
		if t.Low(j) == "-" {
			j++
		}
		return ">", j + 1
	}
	return "", j
}

// change is "up" or "down" where the figure is a change, "" where it is a level.
func (f *finder) change(q quantity, first, end int) string {
	if q.sign > 0 && q.unit != "" {
		return "up"
	}
	if q.sign < 0 && q.unit == "percent" && f.t.Low(q.first) == "-" {
		return "down"
	}
	if q.multiple && f.t.Low(q.first+1) == "as" || q.zero {
		return ""
	}
	if q.from {
		if q.falling {
			return "down"
		}
		if c := f.changeBefore(q.first); c == "down" {
			return c
		}
		return ""
	}
	if c := f.changeBefore(first); c != "" {
		return c
	}
	t := f.t
	if f.parsed() && t.Low(first-1) == "by" && q.unit != "" { // "cut its key rate by 25 basis points"
		k := f.top(q.first, q.end)
		if k >= 0 {
			k = f.verb(k)
		}
		if k >= 0 {
			switch w := strings.ToLower(f.l.Doc.Word(k)); {
			case words.ups.Has(w):
				return "up"
			case words.downs.Has(w):
				return "down"
			}
		}
	}
	// "10 percent higher", "5 points down"
	switch t.Low(end) {
	case "higher", "more":
		if q.unit == "percent" && t.Low(end) == "higher" {
			return "up"
		}
	case "lower":
		if q.unit == "percent" {
			return "down"
		}
	}
	return ""
}

// changeBefore is the change that the words right before atom i name: "rose by about". "to" before the figure makes it a level.
func (f *finder) changeBefore(i int) string {
	t := f.t
	for n, j := 0, i-1; n < 5 && j >= 0 && f.sent[j] == f.sent[min(i, len(f.sent)-1)]; n, j = n+1, j-1 {
		w := t.Low(j)
		up, down := words.ups.Has(w), words.downs.Has(w)
		if up || down {
			if w == "up" && (t.Low(j+1) == "to" || f.verbBefore(j)) {
				if t.Low(j+1) == "to" {
					continue
				}
				return ""
			}
			if t.Low(j+1) == "to" && n > 0 && w != "up" {
				return ""
			}
			if w == "down" && f.verbBefore(j) && f.countsThings(i) { // "shot down two helicopters"
				return ""
			}
			if words.weakChanges.Has(w) && !f.changeable(i) || strings.HasPrefix(w, "drop") && f.countsThings(i) {
				return ""
			}
			if w == "down" && t.Low(j-1) == "narrow" {
				return ""
			}
			if up {
				return "up"
			}
			return "down"
		}
		if !words.changeFillers.Has(w) {
			return ""
		}
		if w == "to" && t.Low(j-1) != "up" && t.Low(j-1) != "close" || w == "at" && t.Low(j+1) != "least" { // "closed lower at 6,375 points"
			return ""
		}
	}
	return ""
}

// countsThings says whether the figure at atom i counts what stands after it: "dropped 38 bombs" is no drop.
func (f *finder) countsThings(i int) bool {
	q, ok := f.peek(i)
	a := f.t.At(q.end)
	return ok && q.unit == "" && !q.share && a.Kind == number.Word && !a.Line && !words.stops.Has(a.Low)
}

// verbBefore says whether the word before "up" or "down" makes another verb of it: "set up 12", "shut down 3".
func (f *finder) verbBefore(j int) bool {
	return words.particled.Has(f.t.Low(j - 1))
}

// changeable says whether the figure at atom i is in units in which gains and losses are changes: percent, points, money's
// small coins. "lost 12 games" is a count, "lost 12 percent" a change.
func (f *finder) changeable(i int) bool {
	q, ok := f.peek(i)
	if !ok {
		return false
	}
	switch u := q.unit; {
	case u == "percent", u == "percentage point", u == "basis point", u == "point", u == "cent", u == "penny":
		return true
	case strings.HasPrefix(u, "percent per"):
		return true
	case u == "" || q.money:
		w := f.t.Low(i - 1)
		for n := 0; n < 4 && words.changeFillers.Has(w) && w != "up" && w != "down" && w != "lower" && w != "higher"; n++ {
			i--
			w = f.t.Low(i - 1)
		}
		return w == "up" || w == "down"
	case u == "gigaton", u == "ton", u == "kilogram", u == "gram":
		return true
	}
	return false
}

// peek reads the quantity at or soon after atom i.
func (f *finder) peek(i int) (quantity, bool) {
	for n := 0; n < 4 && i < len(f.t.Atoms); n, i = n+1, i+1 {
		if f.skip[i] > 0 {
			return quantity{}, false
		}
		if f.starts(i) && (f.t.At(i).Kind != number.Word || f.t.Low(i) != "a") {
			if q, ok := f.quantity(i); ok {
				return f.extendUnit(q), true
			}
		}
	}
	return quantity{}, false
}

// extendUnit gives the first number of a range its unit, without the work of reading the range.
func (f *finder) extendUnit(q quantity) quantity {
	if q.unit == "" && (f.t.Low(q.end) == "to" || f.t.Low(q.end) == "-") && f.starts(min(q.end+1, len(f.t.Atoms)-1)) {
		if r, ok := f.quantity(q.end + 1); ok {
			q.unit, q.money = r.unit, r.money
		}
	}
	return q
}

// part says whether q is a share of something.
func (q *quantity) part() bool {
	return q.share || strings.HasPrefix(q.unit, "percent") && q.unit != "percentage point"
}

// thing finds what is counted and the whole that a share is of.
func (f *finder) thing(q quantity, end int) (thing, share onrecord.Span) {
	if q.noun > 0 {
		return f.compounded(q), share
	}
	f.reading = q
	j := f.behindFigure(q, end)
	if m, ok := rules.thing.First(f, j); ok {
		thing, share, found := f.thingAt(q, j, &m)
		if found {
			return thing, share
		}
		if m.Value == "every" {
			j = m.End
		}
	}
	thing = f.follows(q, j)
	whole := f.whole
	if f.wholeOf != f.sent[q.first] {
		whole = onrecord.Span{}
	}
	switch {
	case q.part() && whole.Len() > 0: // "Of the 5,000 air strikes, about 70 percent hit rebels"
		if thing.Len() == 0 {
			thing = whole
		}
		return thing, whole
	case q.share && thing.Len() > 0: // "one in 10 children"
		return thing, thing
	case thing.Len() > 0:
		return thing, share
	case whole.Len() > 0 && q.unit == "": // "Of the 312 missiles, 290 were shot down"
		return whole, whole
	}
	return f.thingBefore(q, end), share
}

// compounded is the thing of a number with a noun hyphenated to it: "a 46-page report" counts pages, "a 6,000-strong force" a force.
func (f *finder) compounded(q quantity) onrecord.Span {
	if f.t.Low(q.noun) == "strong" {
		return f.phrase(q.noun + 1)
	}
	return f.t.At(q.noun).Span
}

// behindFigure is the atom behind a figure whose number ends before atom j, and behind what stands between it and its thing.
func (f *finder) behindFigure(q quantity, j int) int {
	t := f.t
	if (q.zero || q.vague) && t.Low(j) == "of" {
		j++
	}
	if q.unit != "" && !q.part() {
		j = f.behindBracket(j) // "20 km (12 miles) of road"
	}
	if t.Low(j) == ")" && t.Low(q.first-1) == "(" { // "(12 miles) of road"
		j++
	}
	return j
}

// thingAt is the thing where a rule of rules.thing says that it stands.
func (f *finder) thingAt(q quantity, j int, m *grammar.Match) (thing, share onrecord.Span, found bool) {
	switch m.Value {
	case "before":
		np := f.antecedent(q)
		return np, np, true
	case "whole":
		np := f.phrase(m.End)
		return np, np, true
	case "members":
		thing, share = f.members(j, m.End)
		return thing, share, true
	case "measured":
		thing = f.phrase(m.End)
	case "worth":
		link := f.t.Low(j)
		if (link == "for" || link == "on") && !f.pays(q) || f.skip[min(m.End, len(f.skip)-1)] > 0 {
			break
		}
		if np := f.phrase(m.End); link != "in" || !f.period(np) { // "$5 million in a single year"
			thing = np
		}
	}
	return thing, share, thing.Len() > 0
}

// antecedent is what "of whom" behind q means: "the refugees, 60 percent of whom", "987 boats in the harbours, 537 of which".
func (f *finder) antecedent(q quantity) onrecord.Span {
	k := f.beforeFigure(q.first)
	if f.t.Low(k) != "," {
		return onrecord.Span{}
	}
	if n := len(f.out); n > 0 && !q.part() {
		p := &f.out[n-1]
		if p.Unit == "" && p.ThingSpan.Len() > 0 && p.Low >= q.high && f.sent[f.places[n-1].first] == f.sent[q.first] {
			return p.ThingSpan
		}
	}
	return f.phraseBefore(k)
}

// members is what "of" at atom j makes a number of members of, whose words begin at atom k: "one of the students", "two of 57 strikes".
func (f *finder) members(j, k int) (thing, share onrecord.Span) {
	t := f.t
	np := f.phrase(k)
	for m := k; m < k+3; m++ { // "one of the nation's most outspoken officials"
		if t.Low(m) == "'s" && (t.Low(m+1) == "most" || t.Low(m+1) == "least") {
			for m += 2; f.isAdverb(m); {
				m++
			}
			if of := f.phrase(m); of.Len() > 0 {
				np = of
			}
			break
		}
	}
	if n, ok := t.Read(k); ok && n.Words && n.Val > 1 {
		np = f.phrase(n.End)
		share = np
	}
	if a := t.At(k); np.Len() == 0 && k > j+1 && a.Kind == number.Word && !a.Line && strings.HasSuffix(a.Low, "ed") { // "six of the accused"
		np = a.Span
	}
	if t.At(k).Kind == number.Digits {
		share = np
	}
	return np, share
}

// follows is the thing whose words follow at atom j.
func (f *finder) follows(q quantity, j int) onrecord.Span {
	t := f.t
	j = f.further(j)
	if q.unit == "time" && t.Low(j) == "as" && (t.Low(j+1) == "many" || t.Low(j+1) == "much") { // "twice as many strikes"
		j += 2
	}
	if j >= len(f.skip) || f.skip[j] > 0 || t.At(j).Line || strings.Contains(q.unit, " per ") && !q.money && !q.hyphen {
		return onrecord.Span{}
	}
	return f.phrase(j)
}

// thingBefore is the thing that stands before its figure: "a fine of $3 billion", "shares rose 6.5%".
func (f *finder) thingBefore(q quantity, end int) onrecord.Span {
	if np, ok := f.linked(q); ok {
		return np
	}
	if q.money && words.givers.Has(f.t.Low(f.beforeFigure(q.first))) { // "the senator raised $3 million"
		return onrecord.Span{}
	}
	if f.parsed() && (q.unit != "" || q.share || q.from) {
		if c := f.measuredBy(q); c.Len() > 0 {
			return c
		}
	}
	if c := f.subject(q); c.Len() > 0 {
		return c
	}
	if f.parsed() && q.unit == "" && q.plain && f.closes(end) { // "enrolment at the mill school was 165"
		if c := f.measuredBy(q); c.Len() > 0 && f.t.Low(f.beforeFigure(q.first)) != "by" && !f.named(c) {
			return c
		}
	}
	return f.sameAgain(q, end)
}

// linked is what "of" or "is" before the figure ties to it.
func (f *finder) linked(q quantity) (onrecord.Span, bool) {
	k := f.beforeFigure(q.first)
	switch w := f.t.Low(k); {
	case w == "of" || w == "worth":
	case words.copulas.Has(w):
		if q.unit == "" {
			return onrecord.Span{}, false
		}
		if f.parsed() { // "the rate for farms and mills was 12 percent"
			if c := f.measuredBy(q); c.Len() > 0 {
				return c, true
			}
		}
	case words.reaching.Has(w):
		if q.unit == "" {
			return onrecord.Span{}, false
		}
	default:
		return onrecord.Span{}, false
	}
	np := f.phraseBefore(k)
	return np, np.Len() > 0
}

// sameAgain is the thing of the figure before, which a number alone counts too: "212 boats by auction and 96 by lot".
func (f *finder) sameAgain(q quantity, end int) onrecord.Span {
	n := len(f.out)
	if n == 0 || q.unit != "" || q.share {
		return onrecord.Span{}
	}
	if a := f.t.At(end); a.Kind == number.Word && !a.Line && !words.stops.Has(a.Low) { // it counts what follows, whatever that is
		return onrecord.Span{}
	}
	p, pq := &f.out[n-1], &f.prev
	if p.Unit != "" || f.sent[pq.first] != f.sent[q.first] || strings.HasSuffix(p.Thing, "toll") || q.first-pq.end >= 14 || pq.share {
		return onrecord.Span{}
	}
	return p.ThingSpan
}

// named says whether a noun phrase ends in a name.
func (f *finder) named(np onrecord.Span) bool {
	r := f.l.Doc.TokensIn(np)
	return r.End > r.First && strings.HasPrefix(f.l.Tags[r.End-1], "NNP")
}

// period says whether a noun phrase ends in a unit of time.
func (f *finder) period(np onrecord.Span) bool {
	last := strings.Fields(np.Of(f.t.Source))
	return len(last) > 0 && words.periods.Has(words.units.Of(strings.ToLower(last[len(last)-1])))
}

// further is the atom after "more", "other" and the like at j.
func (f *finder) further(j int) int {
	for n := 0; n < 2 && words.furthers.Has(f.t.Low(j)); n++ {
		j++
	}
	return j
}

// beforeFigure is the atom before the figure at i, its comparator and articles.
func (f *finder) beforeFigure(i int) int {
	_, i = f.comparator(i)
	i--
	for f.t.Low(i) == "a" || f.t.Low(i) == "an" || f.t.Low(i) == "the" {
		i--
	}
	return i
}

// determiners is the atom after articles, "all", "the N", possessives at j.
func (f *finder) determiners(j int) int {
	for n := 0; n < 4 && words.determiners.Has(f.t.Low(j)); n++ {
		j++
	}
	return j
}

// determines says whether an article or the like stands at atom j.
func (f *finder) determines(j int) bool { return j >= 0 && f.determiners(j) > j }

// phraseLength is how many words a noun phrase may have.
const phraseLength = 8

// phrase is the noun phrase at atom j: its modifiers and head. It ends at the first function word, verb or mark; at its head
// where the parser's tags or a plural ending show it.
func (f *finder) phrase(j int) onrecord.Span {
	t := f.t
	if a := t.At(j); a.Kind == number.Mark && (a.Low == "\"" || a.Low == "“" || a.Low == "‘" || a.Low == "'" || a.Low == "`") && t.Tight(j+1) {
		j++
	}
	p := noun{first: j, end: j, at: j}
	for n := 0; n < phraseLength && p.at < len(t.Atoms); n++ {
		if !f.takesNumber(&p, n) && !f.takesLink(&p) && !f.takesWord(&p) || p.done {
			break
		}
	}
	if p.end == p.first {
		if np := f.harmedPhrase(p.first); np.Len() > 0 {
			return np
		}
		return onrecord.Span{}
	}
	if p.end > len(t.Atoms) || t.Is(p.first+1, "-", "on", "-") { // "4.5 percent year-on-year"
		return onrecord.Span{}
	}
	if p.end == p.first+1 && f.noThing(p.first) {
		return onrecord.Span{}
	}
	return t.Span(p.first, p.end)
}

// noun is a noun phrase as it is read: atoms [first, end) so far.
type noun struct {
	first, end, at int
	done           bool
}

// takesNumber takes a number that belongs to a noun phrase at its n-th step: "A320s", "737 Max", the number of "the 5,000 air strikes".
func (f *finder) takesNumber(p *noun, n int) bool {
	t := f.t
	j := p.at
	a, next := t.At(j), t.At(j+1)
	if f.skip[j] > 0 {
		return false
	}
	digits := a.Kind == number.Digits
	switch {
	case (a.Kind == number.Word || digits && n == 0 && next.Low == "s") && t.Tight(j+1) &&
		(next.Kind == number.Digits || digits && next.Kind == number.Word): // "A320s", "737s"
		p.at = f.tail(j + 1)
		p.end = p.at
		p.done = strings.HasSuffix(t.Low(p.at-1), "s")
	case digits && n > 0 && a.Plain && (t.At(j-1).Cap || next.Cap && next.Kind == number.Word): // "737 Max", "Model 3"
		p.at++
		p.end = p.at
	case digits && n == 0 && a.Plain && next.Cap:
		p.at++
	case digits && n == 0:
		m, ok := t.Read(j)
		if !ok {
			return false
		}
		p.at, p.first, p.end = m.End, m.End, m.End
	default:
		return false
	}
	return true
}

// takesLink takes what joins the words of a noun phrase: "Russia's air strikes", "largest and oldest firms".
func (f *finder) takesLink(p *noun) bool {
	t := f.t
	j := p.at
	switch a := t.At(j); {
	case j == p.first:
		return false
	case a.Low == "'s" && t.At(j+1).Kind == number.Word && !words.stops.Has(t.Low(j+1)):
	case a.Low == "and" && strings.HasPrefix(f.tag(j-1), "JJ") && strings.HasPrefix(f.tag(j+1), "JJ"):
	default:
		return false
	}
	p.at++
	return true
}

// takesWord takes a word of a noun phrase, with what is hyphenated to it.
func (f *finder) takesWord(p *noun) bool {
	t := f.t
	j := p.at
	a := t.At(j)
	if a.Kind != number.Word || j > p.first && a.Line || f.skip[j] > 0 || words.stops.Has(a.Low) && !(a.Cap && j > p.first && a.Low == "us") || f.isVerb(j) {
		return false
	}
	p.end = j + 1
	if p.done = f.head(j); p.done {
		return true
	}
	j++
	switch hyphen := t.Low(j) == "-" && t.Tight(j); {
	case hyphen && t.Tight(j+1) && t.At(j+1).Kind == number.Word: // "air-to-air"
		j++
		for t.Tight(j+1) && t.Low(j+1) == "-" && t.At(j+2).Kind == number.Word {
			j += 2
		}
		p.end = j + 1
		p.done = f.head(j)
		j++
	case hyphen && (t.Low(j+1) == "and" || t.Low(j+1) == "or") && t.At(j+2).Kind == number.Word: // "low- and middle-income families"
		j += 2
	case t.Low(j) == "/" && t.Tight(j) && t.At(j+1).Kind == number.Word:
		j++
	}
	p.at = j
	return true
}

// harmedPhrase is what a word of harm at atom j, which is no noun, counts: "the 23 wounded", "the 5 missing hikers".
func (f *finder) harmedPhrase(j int) onrecord.Span {
	t := f.t
	a := t.At(j)
	if !words.harmed.Has(a.Low) || j == 0 || a.Line || !f.determines(j-1) && !(t.At(j-1).Kind == number.Digits && f.determines(j-2)) {
		return onrecord.Span{}
	}
	if next := t.At(j + 1); next.Kind == number.Word && !words.stops.Has(next.Low) && !f.isVerb(j+1) {
		if np := f.phrase(j + 1); np.Len() > 0 {
			return onrecord.Span{Start: a.Start, End: np.End}
		}
	}
	if f.noThing(j) {
		return onrecord.Span{}
	}
	return t.Span(j, j+1)
}

// noThing says whether the word at atom j, alone, is nothing that can be counted.
func (f *finder) noThing(j int) bool {
	tag := f.tag(j)
	return f.isAdverb(j) || words.dimensions.Has(f.t.Low(j)) || tag == "JJ" && !words.harmed.Has(f.t.Low(j)) || tag == "JJR" || tag == "RBR"
}

func (f *finder) isAdverb(j int) bool {
	w := f.t.Low(j)
	return strings.HasSuffix(w, "ly") && len(w) > 4 && !words.notAdverbs.Has(w) || words.adverbs.Has(w)
}

// tag is the part of speech of atom j, "" where there is no tagger.
func (f *finder) tag(j int) string {
	if f.token == nil || j < 0 || j >= len(f.token) {
		return ""
	}
	return f.l.Tags[f.token[j]]
}

// isVerb says whether the tagger takes atom j for a verb that ends a noun phrase.
func (f *finder) isVerb(j int) bool {
	switch f.tag(j) {
	case "VBD", "VBZ", "VBP", "MD", "IN", "TO", "WDT", "WP", "PRP", "RB", "CC":
		return true
	case "VB", "VBN", "VBG":
		return f.tag(j+1) == "" || !strings.HasPrefix(f.tag(j+1), "NN")
	}
	return false
}

// head says whether atom j ends its noun phrase: a plural noun with no other noun after it.
func (f *finder) head(j int) bool {
	w := f.t.Low(j)
	if f.tag(j) != "" {
		next := f.tag(j + 1)
		if next == "JJ" && !strings.HasPrefix(f.tag(j+2), "NN") && !strings.HasPrefix(f.tag(j+2), "JJ") { // "nations committed to"
			next = ""
		}
		if f.tag(j) == "NNS" && next == "NNP" && !f.t.At(j).Cap && f.t.At(j+1).Cap { // "the jobs Marden spoke of"
			return true
		}
		return strings.HasPrefix(f.tag(j), "NN") && !strings.HasPrefix(next, "NN") && next != "POS" && f.t.Low(j+1) != "-" && next != "CD" && next != "JJ"
	}
	if !plural(w) {
		return false
	}
	next := f.t.At(j + 1)
	if next.Kind == number.Word && (plural(next.Low) && !words.stops.Has(next.Low) || next.Cap && f.t.At(j).Cap) {
		return false
	}
	return true
}

// phraseBefore is the noun phrase that ends before atom k.
func (f *finder) phraseBefore(k int) onrecord.Span {
	t := f.t
	end := k
	j := k - 1
	if n := len(f.places); n > 0 && f.places[n-1].end >= k { // "3.4 percent at 22 dollars"
		return onrecord.Span{}
	}
	for n := 0; n < 4 && j >= 0; n++ {
		a := t.At(j)
		if a.Low == "-" && t.Tight(j) && t.Tight(j+1) && j > 0 { // "10-year yield"
			j -= 2
			continue
		}
		if a.Kind != number.Word || words.stops.Has(a.Low) && a.Low != "'s" || number.Scale(a.Low) > 0 || f.skip[j] > 0 || f.sent[j] != f.sent[min(k, len(f.sent)-1)] ||
			(words.ups.Has(a.Low) || words.downs.Has(a.Low)) && !strings.HasPrefix(f.tag(j), "NN") || f.isVerb(j) && !strings.HasPrefix(f.tag(j), "VB") || f.isVerb(j) && a.Low != "'s" {
			break
		}
		j--
		if a.Line {
			break
		}
	}
	if j+1 < end && t.Low(j+1) == "'s" {
		j++
	}
	if j+1 >= end || f.tag(end-1) != "" && !strings.HasPrefix(f.tag(end-1), "NN") {
		return onrecord.Span{}
	}
	return t.Span(j+1, end)
}

// subject is the noun phrase before the verb of change or being that leads to the figure: "shares rose 6.5%".
func (f *finder) subject(q quantity) onrecord.Span {
	t := f.t
	j := f.beforeFigure(q.first)
	for n := 0; n < 5 && j >= 0 && f.sent[j] == f.sent[q.first]; n, j = n+1, j-1 {
		w := t.Low(j)
		if words.changeFillers.Has(w) || words.subjectFillers.Has(w) {
			continue
		}
		if words.ups.Has(w) || words.downs.Has(w) || words.subjectVerbs.Has(w) {
			continue
		}
		if n == 0 {
			return onrecord.Span{}
		}
		if t.At(j).Kind == number.Word && !words.stops.Has(w) {
			np := f.phraseBefore(j + 1)
			for j >= 0 && t.Atoms[j].Start > np.Start {
				j--
			}
			for c := 0; c < 2 && f.determines(j-1); c++ {
				j--
			}
			if words.notSubject.Has(t.Low(j - 1)) { // "brings the gift to the school to $20"
				return onrecord.Span{}
			}
			return np
		}
		return onrecord.Span{}
	}
	return onrecord.Span{}
}

// opensWhole says whether the figure stands in "Of the N things" at the head of its sentence or clause.
func (f *finder) opensWhole(q quantity) bool {
	t := f.t
	_, k := f.comparator(q.first)
	k--
	for words.beforeWhole.Has(t.Low(k)) {
		k--
	}
	if t.Low(k) == "out" {
		k--
	}
	if t.Low(k) != "of" || q.unit != "" {
		return false
	}
	if k == 0 || f.sent[k-1] != f.sent[k] {
		return true
	}
	switch t.Low(k - 1) {
	case ",", "\"", "“", ".", ":", "``", "—":
		return true
	}
	return words.beforeOf.Has(t.Low(k - 1))
}

// role is what happened to those counted: "killed", "injured", "displaced" ...
func (f *finder) role(q quantity, end int, thing onrecord.Span) string {
	if q.unit != "" && !q.share && q.unit != "percent" {
		return ""
	}
	t := f.t
	// In the thing itself, then in the verb after it.
	j := f.further(end)
	for j < len(t.Atoms) && t.Atoms[j].Start < thing.Start {
		if j-end > 3 {
			break
		}
		j++
	}
	in, j := f.roleIn(thing, j)
	if n := len(f.places); n > 0 && t.Low(q.first-1) == "the" && t.Low(q.first-2) == "of" && f.places[n-1].end == q.first-2 {
		return in // of "two of the 14 hostages were freed", the 14 were not
	}
	if r := f.roleAfter(j); r != "" {
		return r
	}
	if thing.Start >= t.Atoms[q.first].Start {
		if r := f.roleOf(thing); r != "" {
			return r
		}
	}
	if in != "" {
		return in
	}
	if t.Low(j) == "who" || t.Low(j) == "people" {
		if r := f.roleAfter(j + 1); r != "" {
			return r
		}
	}
	return f.roleBefore(q)
}

// roleIn is the role that a word of the thing names, and the atom behind the thing, from atom j on.
func (f *finder) roleIn(thing onrecord.Span, j int) (in string, end int) {
	t := f.t
	for ; j < len(t.Atoms) && t.Atoms[j].End <= thing.End && t.Atoms[j].Start >= thing.Start; j++ {
		if r := words.roles.Of(t.Low(j)); r != "" && in == "" && !f.otherwise(j, thing) {
			in = r
		}
	}
	return in, j
}

// roleBefore is the role that words before the figure name: "killed at least 12 civilians", "a death toll of 40".
func (f *finder) roleBefore(q quantity) string {
	_, k := f.comparator(q.first)
	for range 4 {
		k--
		if k < 0 || f.sent[k] != f.sent[q.first] {
			return ""
		}
		w := f.t.Low(k)
		if r := words.roles.Of(w); r != "" && !words.notBefore.Has(w) && !words.toNothing.Has(w) {
			return r
		}
		if !words.roleFillers.Has(w) {
			return ""
		}
	}
	return ""
}

// otherwise says whether the word of harm at atom j of a thing is none there: "legislative bodies", "toll booths".
func (f *finder) otherwise(j int, thing onrecord.Span) bool {
	t := f.t
	if t.Low(j) == "bodies" {
		return t.At(j).Start > thing.Start && !words.corpses.Has(t.Low(j-1))
	}
	return words.headRoles.Has(t.Low(j)) && t.At(j).End < thing.End
}

// sinceBefore says whether the date at atom i stands in a clause that "since" opens: "since it began its offensive on Sept. 30".
func (f *finder) sinceBefore(i int) bool {
	for n := 0; n < 12; n++ {
		i--
		if i < 0 || f.t.At(i).Kind == number.Mark && f.t.Low(i) != "-" {
			return false
		}
		if f.t.Low(i) == "since" {
			return true
		}
	}
	return false
}

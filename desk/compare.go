package desk

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/text"
)

// A match is a place of the record that has what a claim says.
type match struct {
	paper     *paper
	statement *ledger.StatementRow // nil where the words stand in none
	runs      []onrecord.Span      // where the claim's parts stand word for word; nil where not all do
	relation                       // as link has it; zero where there is no statement
	leftOut   Context
	negation  string // the negation right before the words, left out by the draft
	contrary  bool   // the draft says another thing in words like these
	little    bool   // it has little of what the draft says
}

// A relation is what link says of a claim and a statement of the record.
type relation struct {
	rendition  bool // of one utterance
	paraphrase bool
	changes    []Change
	speaker    string
}

func (d *desk) answer(ctx context.Context, c *claim) (*Answer, error) {
	a := &Answer{Words: wordsOf(d.draft.doc.Text, c.statement.Content), Quoted: c.quoted, Stance: c.statement.Stance, Verdict: Missing}
	switch {
	case c.speaker != nil:
		a.Speaker = c.speaker.Name
	case len(c.statement.Source) > 0:
		a.Speaker = wordsOf(d.draft.doc.Text, c.statement.Source)
	}
	like, err := d.search(ctx, c)
	if err != nil {
		return nil, err
	}
	exact, err := d.exact(ctx, c, like)
	if err != nil {
		return nil, err
	}
	return a, d.judge(ctx, c, a, exact, d.similar(c, like, exact))
}

// exact are the places of the articles found that have the claim's very words. It takes the articles out of the ledger.
func (d *desk) exact(ctx context.Context, c *claim, like *search) ([]match, error) {
	var list []match
	for _, id := range like.articles {
		p, err := d.take(ctx, id)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		if m, ok := d.stands(c, p); ok {
			if m.statement != nil {
				m.relation = d.relate(c, p, m.statement)
			}
			list = append(list, m)
		}
	}
	return list, nil
}

// similar are the statements found that are not among the exact places, likeliest first.
func (d *desk) similar(c *claim, like *search, exact []match) []match {
	seen := map[string]bool{}
	for i := range exact {
		if exact[i].statement != nil {
			seen[exact[i].statement.ID] = true
		}
	}
	var list []match
	for _, id := range like.statements {
		if p, s := d.statement(like.articles, id); s != nil && !seen[id] {
			seen[id] = true
			m := match{paper: p, statement: s, relation: d.relate(c, p, s)}
			if !m.rendition && m.speaker == SameSpeaker {
				d.relateShort(c, &m, like.all[id])
			}
			list = append(list, m)
		}
	}
	return list
}

// statement is a statement of the articles that were taken out, and its article; nil where it is none that words can be compared with.
func (d *desk) statement(articles []string, id string) (*paper, *ledger.StatementRow) {
	for _, at := range articles {
		p := d.papers[at]
		if p == nil || p.apart[id] {
			continue
		}
		if i := slices.IndexFunc(p.view.Statements, func(s ledger.StatementRow) bool { return s.ID == id }); i >= 0 && len(p.view.Statements[i].Content) > 0 {
			return p, &p.view.Statements[i]
		}
	}
	return nil, nil
}

// relateShort relates what is too short for link, which weighs words, to a statement of the same speaker; all says that the statement
// has all telling words of the claim.
func (d *desk) relateShort(c *claim, m *match, all bool) {
	if c.quoted {
		var ch Change
		if ch, m.rendition = d.ends(c, m.paper, m.statement); m.rendition {
			m.changes = []Change{ch}
		}
	} else if all {
		m.rendition, m.paraphrase = true, true
	}
}

// judge fills in the answer from the places that have the claim's very words, and from the statements like it, likeliest first.
func (d *desk) judge(ctx context.Context, c *claim, a *Answer, exact, other []match) error {
	for i := range exact {
		exact[i].changes = slices.DeleteFunc(exact[i].changes, func(ch Change) bool {
			return ch.Kind != onrecord.DriftComparator && ch.Kind != onrecord.DriftNumber
		})
		if exact[i].negation != "" {
			exact[i].changes = append(exact[i].changes, Change{onrecord.DriftNegation, exact[i].negation, ""})
		}
	}
	for i := range exact {
		d.mean(c, &exact[i])
	}
	for i := range other {
		d.mean(c, &other[i])
	}
	renditions := slices.DeleteFunc(slices.Clone(other), func(m match) bool { return !m.rendition })
	byChanges := func(x, y match) int { // in quotation marks the words come before the speaker
		return cmp.Or(truth(!c.quoted)*cmp.Compare(distance(x.speaker), distance(y.speaker)), cmp.Compare(x.stands(), y.stands()), cmp.Compare(truth(x.statement == nil), truth(y.statement == nil)), cmp.Compare(truth(x.paraphrase), truth(y.paraphrase)),
			cmp.Compare(distance(x.speaker), distance(y.speaker)), cmp.Compare(size(x.changes), size(y.changes)),
			cmp.Compare(when(x.paper), when(y.paper)), cmp.Compare(x.paper.view.Article.ID, y.paper.view.Article.ID))
	}
	slices.SortStableFunc(exact, byChanges)
	slices.SortStableFunc(renditions, byChanges)

	found := slices.Concat(exact, renditions)
	if len(found) == 0 {
		for _, m := range other[:min(len(other), nearest)] {
			a.Passages = append(a.Passages, m.passage())
		}
		return nil
	}
	best := &found[0]
	if len(best.changes) == 0 {
		found = slices.DeleteFunc(found, func(m match) bool { return m.contrary || turned(m.changes) }) // no support
	}
	a.Changes = best.changes
	switch {
	case len(exact) > 0 && len(a.Changes) == 0:
		a.Verdict = Verbatim
	case len(a.Changes) > 0:
		a.Verdict = Altered
	case c.quoted:
		a.Verdict = Altered
		a.Changes = []Change{{onrecord.DriftWording, wordsOf(best.paper.doc.Text, best.statement.Content), a.Words}}
	default:
		a.Verdict = Paraphrased
	}
	if best.leftOut != (Context{}) && c.quoted {
		a.LeftOut = &best.leftOut
	}
	for _, m := range found {
		a.Passages = append(a.Passages, m.passage())
	}
	if best.statement != nil {
		a.RecordStance, a.SpeakerIs = best.statement.Stance, hedged(c, best.speaker, found)
	}
	if best.statement != nil && (a.Verdict == Verbatim || a.Verdict == Paraphrased) {
		if around := d.around(c, best); len(around) > 0 {
			a.Verdict, a.Changes = Altered, around
		}
	}
	if best.statement != nil {
		a.Figures = figures(d.draft.reading, &c.statement, found)
	}
	if a.Verdict == Paraphrased {
		for _, f := range a.Figures {
			switch f.Is {
			case NumberChanged:
				a.Changes = append(a.Changes, Change{onrecord.DriftNumber, f.Record, f.Words})
			case ComparatorChanged:
				a.Changes = append(a.Changes, Change{onrecord.DriftComparator, f.RecordSign, f.Sign})
			}
		}
		if len(a.Changes) > 0 {
			a.Verdict = Altered
		}
	}
	return d.count(ctx, a, found)
}

// stands orders passages by what they have of a claim: what says it, what says another thing in words like it, what has little of it.
func (m *match) stands() int { return max(truth(m.contrary), 2*truth(m.little)) }

// turned says whether changes make another thing of what is said: another number, or its negation.
func turned(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == onrecord.DriftNumber || c.Kind == onrecord.DriftNegation })
}

// hedged is how the draft's speaker stands to the record's, as far as both are certain: of the places found one at least says so
// with certainty, and who is another in the draft is one whom the draft names with certainty.
func hedged(c *claim, speaker string, found []match) string {
	if speaker != SameSpeaker && speaker != DifferentSpeaker {
		return speaker
	}
	if !slices.ContainsFunc(found, func(m match) bool { return m.statement != nil && m.speaker == speaker && m.statement.Certain() }) {
		return UnsureSpeaker
	}
	if speaker == DifferentSpeaker && !c.statement.Certain() {
		return UnclearSpeaker
	}
	return speaker
}

// distance orders passages by how near their speaker is to the draft's.
func distance(speaker string) int {
	switch speaker {
	case SameSpeaker:
		return 0
	case BothUnnamed, NoSpeaker, UnclearSpeaker:
		return 1
	case UnnamedSpeaker:
		return 2
	case DifferentSpeaker:
		return 3
	}
	return 0 // the words stand in no statement
}

// nearest is how many passages are shown where nothing was found.
const nearest = 3

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// size is how much was changed, in bytes of words.
func size(changes []Change) (n int) {
	for _, c := range changes {
		n += 1 + len(c.Record) + len(c.Draft)
	}
	return n
}

// when orders articles by publication, those of unknown day last.
func when(p *paper) string { return cmp.Or(p.view.Article.Published.Value, "~") }

// places is how many places of one article are looked at that have a claim's words, for one in a statement of its text.
const places = 8

// stands finds the parts of a claim in an article, word for word and in order; in a statement before elsewhere, in the text before
// the headline.
func (d *desk) stands(c *claim, p *paper) (best match, ok bool) {
	for _, part := range c.parts {
		if s := part.Of(d.draft.doc.Text); strings.Contains(s, "…") || strings.Contains(s, "...") {
			return best, false // link says what was left out
		}
	}
	for from, k := 0, 0; k < places; k++ {
		m, first, found := d.standsFrom(c, p, from)
		if !found {
			break
		}
		if m.statement != nil && !m.statement.Headline {
			return m, true
		}
		if !ok || best.statement == nil && m.statement != nil {
			best, ok = m, true
		}
		from = first + 1
	}
	return best, ok
}

// standsFrom is the first such place from the article's word at an index on, and the index of its first word.
func (d *desk) standsFrom(c *claim, p *paper, from int) (match, int, bool) {
	m := match{paper: p}
	first, end := 0, from
	for i, part := range c.parts {
		at, to, ok := p.find(d.draft.within([]onrecord.Span{part}), end)
		if !ok {
			return m, 0, false
		}
		if i == 0 {
			first = at
		}
		end = to
		m.runs = append(m.runs, onrecord.Span{Start: p.words[at].Start, End: p.words[to-1].End})
	}
	if len(m.runs) == 0 {
		return m, 0, false
	}
	most := 0
	for i := range p.view.Statements {
		s := &p.view.Statements[i]
		if p.apart[s.ID] {
			continue
		}
		n := 0
		for _, at := range s.Content {
			for _, run := range m.runs {
				n += max(0, min(at.End, run.End)-max(at.Start, run.Start))
			}
		}
		if n > most { // of statements in one another the outer comes first
			m.statement, most = s, n
		}
	}
	if m.statement == nil {
		return m, first, true
	}
	whole := extent(m.statement.Content)
	doc := p.doc
	sentence := doc.Span(doc.Sentences[doc.SentenceAt(doc.TokenAt(m.runs[0].Start))])
	m.leftOut.Before = tidy(doc.Text, m.statement.Content, onrecord.Span{Start: sentence.Start, End: m.runs[0].Start})
	last := m.runs[len(m.runs)-1]
	sentence = doc.Span(doc.Sentences[doc.SentenceAt(doc.TokenAt(last.End-1))])
	m.leftOut.After = tidy(doc.Text, m.statement.Content, onrecord.Span{Start: last.End, End: sentence.End})
	for k := max(0, first-negationReach); k < first; k++ {
		if w := p.words[k]; lex.negations.Has(w.folded) && w.Start >= whole.Start && !d.says(c, w.folded) {
			m.negation = doc.Text[w.Start:p.words[first-1].End]
		}
	}
	return m, first, true
}

// negationReach is within how many words a negation turns what follows.
const negationReach = 2

// says says whether a claim has a word in its content, quoted or not.
func (d *desk) says(c *claim, folded string) bool {
	return slices.ContainsFunc(d.draft.within(c.statement.Content), func(w word) bool { return w.folded == folded })
}

// tidy is the words that spans of a text have between two places, without marks at the ends.
func tidy(s string, spans []onrecord.Span, between onrecord.Span) string {
	var parts []string
	for _, at := range spans {
		if from, to := max(at.Start, between.Start), min(at.End, between.End); from < to {
			if words := strings.Trim(strings.Join(strings.Fields(s[from:to]), " "), ` ,;:.!?"“”‘’'-–—`); words != "" {
				parts = append(parts, words)
			}
		}
	}
	return strings.Join(parts, " … ")
}

// leastSure is how sure link must be of an utterance for a draft's statement to be told as a rendition of it: more than an even
// chance, for a draft comes without the story that tells what its words are worth.
const leastSure = 0.6

// relate asks link how the claim stands to a statement. The draft is taken to be of the other's day and stance, which link otherwise
// holds against a rendition, and to say what it is asked for without doubt.
func (d *desk) relate(c *claim, p *paper, s *ledger.StatementRow) relation {
	const mark = "draft"
	draft := *d.draft.reading.Article
	draft.ID, draft.Published = mark, p.view.Article.Published
	ours := c.statement
	ours.ID, ours.Parent, ours.Denied, ours.Stance, ours.Confidence = mark, "", "", s.Stance, 1
	a := &onrecord.Reading{Article: &draft, Statements: []onrecord.Statement{ours}, Asides: d.draft.reading.Asides}
	for _, sp := range d.draft.reading.Speakers {
		if sp.ID == ours.Speaker {
			a.Statements[0].Speaker = mark + sp.ID
		}
		sp.ID = mark + sp.ID
		a.Speakers = append(a.Speakers, sp)
	}
	theirs := s.Statement
	theirs.Parent, theirs.Denied, theirs.Speaker = "", "", s.ArticleSpeaker
	b := &onrecord.Reading{Article: p.reading.Article, Statements: []onrecord.Statement{theirs}, Speakers: p.reading.Speakers, Asides: p.reading.Asides}
	compared := link.Compare(a, b)

	r := relation{speaker: speakerIs(c, s, p, &compared)}
	if u := compared.Utterance; u != nil && u.Confidence >= leastSure {
		r.rendition = true
		r.paraphrase = slices.ContainsFunc(u.Basis, func(s string) bool { return strings.HasPrefix(s, "a paraphrase") })
		for i := range u.Drift {
			if u.Drift[i].Kind != onrecord.DriftSpeaker { // SpeakerIs says it
				r.changes = append(r.changes, changeOf(&u.Drift[i], mark))
			}
		}
	}
	return r
}

// changeOf is a drift between the record's words and those of the draft, by its id, as what the draft changed.
func changeOf(d *onrecord.Drift, draft string) Change {
	if d.Statement == draft {
		return Change{Kind: d.Kind, Record: d.From, Draft: d.To}
	}
	ch := Change{Kind: d.Kind, Record: d.To, Draft: d.From} // the draft has the longer wording
	switch d.Kind {
	case onrecord.DriftEllipsis:
		ch.Kind = onrecord.DriftInsertion
	case onrecord.DriftInsertion:
		ch.Kind = onrecord.DriftEllipsis
	}
	return ch
}

// speakerIs judges the two speakers.
func speakerIs(c *claim, s *ledger.StatementRow, p *paper, compared *link.Comparison) string {
	i := slices.IndexFunc(p.reading.Speakers, func(x onrecord.Speaker) bool { return x.ID == s.ArticleSpeaker })
	switch {
	case len(c.statement.Source) == 0 && c.speaker == nil:
		return NoSpeaker
	case compared.OneSpeaker:
		return SameSpeaker
	case i < 0 || !p.reading.Speakers[i].Named():
		if c.speaker == nil || !c.speaker.Named() {
			return BothUnnamed
		}
		return UnnamedSpeaker
	case compared.Disputed:
		return DifferentSpeaker
	case c.speaker != nil && c.speaker.Kind == onrecord.Person && p.reading.Speakers[i].Kind == onrecord.Person:
		return DifferentSpeaker
	default:
		return UnclearSpeaker
	}
}

// passage is a match as it is shown.
func (m *match) passage() Passage {
	a := &m.paper.view.Article
	p := Passage{Article: a.ID, Outlet: a.Outlet, Title: a.Title, Published: a.Published.Value}
	spans := m.runs
	if m.statement != nil {
		p.Statement, p.Speaker, p.SpeakerConfidence, p.Stance = m.statement.ID, m.statement.SpeakerName, m.statement.SpeakerConfidence, m.statement.Stance
		if spans == nil {
			spans = m.statement.Content
		}
	}
	p.at(a.Text, spans)
	return p
}

func (p *Passage) at(article string, spans []onrecord.Span) {
	o := text.NewOffsets(article)
	s := extent(spans)
	p.Words = wordsOf(article, spans)
	p.Span = [2]int{o.Rune(s.Start), o.Rune(s.End)}
	p.Path = fmt.Sprintf("/article/%s?span=%d-%d", url.PathEscape(p.Article), p.Span[0], p.Span[1])
}

// turns is, by statement of an utterance, what its drift from the fullest wording makes another thing of: other numbers, negations.
func turns(row *ledger.StoryView, utterance string) map[string]string {
	said := map[string]string{}
	for i := range row.Utterances {
		if row.Utterances[i].ID != utterance {
			continue
		}
		for _, d := range row.Utterances[i].Drift {
			if d.Kind == onrecord.DriftNumber || d.Kind == onrecord.DriftNegation {
				said[d.Statement] += d.Kind + " " + d.To + ";"
			}
		}
	}
	return said
}

// count counts articles and reports that hold a rendition, by the record's own utterances too, and finds the first and the speakers.
func (d *desk) count(ctx context.Context, a *Answer, found []match) error {
	articles := map[string]*ledger.ArticleRow{}
	asked := map[string]bool{}
	var first *Passage
	earlier := func(p Passage) {
		if p.Published != "" && (first == nil || p.Published < first.Published) {
			first = &p
		}
	}
	hear := func(s *ledger.StatementRow) {
		name := ""
		if s.Named {
			name = s.SpeakerName
		}
		if !slices.Contains(a.Speakers, name) {
			a.Speakers = append(a.Speakers, name)
		}
	}
	for i := range found {
		m := &found[i]
		articles[m.paper.view.Article.ID] = &m.paper.view.Article
		earlier(m.passage())
		if m.statement == nil {
			continue
		}
		hear(m.statement)
		u := m.statement.Utterance
		if u == "" || asked[u] {
			continue
		}
		asked[u] = true
		row, err := d.Row(ctx, u)
		if err != nil {
			return err
		}
		of := map[string]*ledger.ArticleRow{}
		for k := range row.Articles {
			if r := &row.Articles[k]; r.Text != d.draft.reading.Article.Text {
				of[r.ID] = r
			}
		}
		said := turns(row, u)
		for k := range row.Statements {
			s := &row.Statements[k]
			r := of[s.Article]
			if r == nil || said[s.ID] != said[m.statement.ID] { // the draft itself; with another number, or negated
				continue
			}
			articles[r.ID] = r
			if len(s.Content) > 0 { // link leaves out what a quotation reports
				hear(s)
				p := Passage{Article: r.ID, Statement: s.ID, Outlet: r.Outlet, Title: r.Title, Published: r.Published.Value, Speaker: s.SpeakerName, SpeakerConfidence: s.SpeakerConfidence, Stance: s.Stance}
				p.at(r.Text, s.Content)
				earlier(p)
			}
		}
	}
	slices.Sort(a.Speakers)
	a.Articles, a.First = len(articles), first
	if d.linked {
		reports := map[string]bool{}
		for id, r := range articles {
			reports[cmp.Or(r.Report, id)] = true
		}
		n := len(reports)
		a.Reports = &n
	}
	return nil
}

package attribution

import "github.com/onrecord/onrecord/text"

// Places in the forms of paragraphs that name their speaker without a verb.
const (
	formNone   = iota
	formLabel  // the name before the colon of a transcript
	formColon  // that colon
	formSpoken // what follows it
	formSigned // what stands before a dash and a name at the end
	formDash   // that dash
	formName   // that name
	formPlaces
)

// longestName is how many tokens a name in such a form may have.
const longestName = 9

// forms finds the paragraphs that read "NAME: ..." or end with "...” - Name".
func (v *view) forms() {
	count := 0
	for _, p := range v.doc.Paragraphs {
		for i := p.First; i < p.End; i++ {
			v.form[i] = formNone
		}
		colon, dash := v.labelled(p), -1
		if colon < 0 {
			dash = v.signed(p)
		}
		if colon < 0 && dash < 0 {
			continue
		}
		count++
		for i := p.First; i < p.End; i++ {
			switch {
			case i < colon:
				v.form[i] = formLabel
			case i == colon:
				v.form[i] = formColon
			case colon >= 0:
				v.form[i] = formSpoken
			case i < dash:
				v.form[i] = formSigned
			case i == dash:
				v.form[i] = formDash
			default:
				v.form[i] = formName
			}
		}
	}
	if count < 3 {
		return
	}
	for i := range v.form {
		if v.form[i] != formNone {
			v.form[i] += formPlaces // a habit of this document
		}
	}
}

// nameLike says whether token i may stand in a name.
func (v *view) nameLike(i int) bool {
	switch v.doc.Tokens[i].Shape {
	case text.Title, text.Upper, text.Camel:
		return true
	}
	return false
}

// labelled returns the colon of a paragraph that begins with a name and a colon, or -1.
func (v *view) labelled(p text.Range) int {
	name := v.unmarked(p)
	for i := name; i < min(p.End, name+longestName); i++ {
		switch w := v.doc.Word(i); {
		case w == ":":
			if i > name && i+1 < p.End {
				return i
			}
			return -1
		case w == "(", w == ")", w == ",", w == "and", w == "of":
		case !v.nameLike(i):
			return -1
		}
	}
	return -1
}

// unmarked is the first token of a paragraph after an opening mark: transcripts are quoted with one before each label.
func (v *view) unmarked(p text.Range) int {
	if v.class[p.First] == classOpen || v.class[p.First] == classClose {
		return p.First + 1
	}
	return p.First
}

// signed returns the dash of a paragraph that ends with a stop or a closing mark, a dash and a name, or -1.
func (v *view) signed(p text.Range) int {
	for i := p.End - 1; i > p.First && i >= p.End-longestName; i-- {
		switch v.doc.Word(i) {
		case "-", "--", "–", "—", "―":
			if i == p.End-1 || v.class[i-1] != classStop && v.class[i-1] != classClose && v.class[i-1] != classComma {
				return -1
			}
			return i
		case ".", ",", "of", "the", "(", ")":
			continue
		}
		if !v.nameLike(i) {
			return -1
		}
	}
	return -1
}

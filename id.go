package onrecord

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"path"
	"path/filepath"
	"strconv"
)

// Kinds of ids: the first letter of an id says what it names.
const (
	ArticleKind   = "a"
	StatementKind = "s"
	FigureKind    = "f"
	TimeKind      = "t"
	SpeakerKind   = "p"
	CopyKind      = "c"
	ReportKind    = "r"
	StoryKind     = "e"
	UtteranceKind = "u"
	MeasureKind   = "m"
	DisputeKind   = "d"
	ReviewKind    = "v"
)

// idLength is the number of base 32 digits of an id: 65 bits, so that among ten million rows of a kind two share an id
// with a probability of about one in a million.
const idLength = 13

var idDigits = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding) // Crockford's

// NewID is the id of a row, derived from its content: the kind's letter and the first 65 bits of the SHA-256 of the parts,
// each preceded by its length, in Crockford's base 32.
func NewID(kind string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(strconv.AppendInt(nil, int64(len(p)), 10))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	return kind + idDigits.EncodeToString(h.Sum(nil))[:idLength]
}

// Place is where an article came from: its URL, else its external id (within its outlet), else its outlet and file name.
// Two texts at one Place that has a URL or an external id are versions of one article; versioned says so.
func (a *Article) Place() (place string, versioned bool) {
	switch {
	case a.URL != "":
		return "url " + a.URL, true
	case a.ExternalID != "":
		return "id " + strconv.Quote(a.Outlet) + " " + a.ExternalID, true
	default:
		return "file " + strconv.Quote(a.Outlet) + " " + path.Base(filepath.ToSlash(a.File)), false
	}
}

// ArticleID is the article's id: from its Place and its text.
func ArticleID(a *Article) string {
	place, _ := a.Place()
	return NewID(ArticleKind, place, a.Text)
}

// TextHash is the SHA-256 of the article's text in hexadecimal digits.
func TextHash(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

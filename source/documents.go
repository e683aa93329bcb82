package source

import (
	"archive/zip"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/source/office"
)

// titled gives a text that a document holds its title, where the document has none: the first line, as of a text.
func titled(a *onrecord.Article, err error) (*onrecord.Article, error) {
	if err == nil && a.Title == "" {
		a.Title = headline(a.Text)
	}
	return a, err
}

// document is the zip file that the reader has open; nil, and refused, where it is none.
func (r *reader) document(read func(*zip.Reader) (*onrecord.Article, error)) {
	if r.zip == nil {
		r.refuse(0, errNotZip)
		return
	}
	r.one(titled(read(r.zip)))
}

func (r *reader) word() { r.document(office.Word) }

func (r *reader) openDocument() { r.document(office.OpenDocument) }

// book reads an electronic book: an article a part.
func (r *reader) book() {
	if r.zip == nil {
		r.refuse(0, errNotZip)
		return
	}
	articles, err := office.Book(r.zip)
	if err != nil {
		r.refuse(0, err)
		return
	}
	for _, a := range articles {
		if !r.one(a, nil) {
			return
		}
	}
}

func (r *reader) richText() {
	if b, ok := r.bytes(); ok {
		r.one(titled(office.RTF(b)))
	}
}

func (r *reader) pdf() {
	if b, ok := r.bytes(); ok {
		r.one(titled(r.pdfs.Article(r.ctx, b)))
	}
}

// bytes are a document that must be held; false where it was refused.
func (r *reader) bytes() ([]byte, bool) {
	b, err := r.limited(maxDocument, errDocument)
	if err != nil && r.ctx.Err() == nil {
		r.refuse(0, err)
	}
	return b, err == nil
}

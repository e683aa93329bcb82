// Package dateparser stands in for github.com/markusmobius/go-dateparser, by a replace line in Onrecord's go.mod. It finds no
// dates.
//
// The library that extracts articles from pages imports one that looks for dates in them, which imports that one, whose tables
// of two hundred languages are built when a program starts: an eighth of a second and 78 MB for every command. Package page
// tells the extraction to look for no dates (trafilatura.Disabled) and reads the day of publication itself, so nothing here is
// ever called. What stands here is what the library between needs in order to be compiled, in the names of the original's API.
package dateparser

import (
	"errors"
	"time"
)

// ErrLeftOut is what every search for a date ends with.
var ErrLeftOut = errors.New("the search for dates in any language is left out of this program")

// A ParserType is a way to read dates.
type ParserType uint8

// Ways to read dates.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// A PreferredDateSource is how a date without all of its parts is completed.
type PreferredDateSource uint8

// Past completes a date to one that has been.
const Past PreferredDateSource = 1

// A Configuration says how dates are read.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser reads dates in the given ways.
type Parser struct {
	ParserTypes []ParserType
}

// A Date is what was read.
type Date struct {
	Time time.Time
}

// Parse finds no date: the zero Date and [ErrLeftOut].
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, ErrLeftOut }

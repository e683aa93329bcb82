// Package reading puts together what one article says: its statements, figures, times and speakers. It is a pure function of
// the article (text, title, day of publication) and the model.
package reading

import "onrecord"

// Version names the model: the rules of this room and of those it calls, and the weights they use.
func Version() string { return "0" }

// Read reads one article. It is deterministic and safe for concurrent use.
func Read(a *onrecord.Article) *onrecord.Reading {
	return &onrecord.Reading{Article: a, Model: Version()}
}

// Package weights embeds the trained model of package text. See README.md for what it learned from.
package weights

import _ "embed"

// Sentences is the model of where sentences end.
//
//go:embed sentences.bin
var Sentences []byte

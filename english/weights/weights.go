// Package weights embeds the trained models of package english. See README.md for what they learned from.
package weights

import _ "embed"

// Tagger is the part-of-speech tagger.
//
//go:embed tagger.bin
var Tagger []byte

// Names is the model of names.
//
//go:embed names.bin
var Names []byte

// Parser is the dependency parser.
//
//go:embed parser.bin
var Parser []byte

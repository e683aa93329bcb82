// Package weights embeds the tables and the model of package meaning. See README.md for what they were made of.
package weights

import _ "embed"

// Words is which words mean the same, the opposite, more or less, or come from one another.
//
//go:embed words.bin
var Words []byte

// Vectors is where words stand in a space in which words of like use are near each other.
//
//go:embed vectors.bin
var Vectors []byte

// Model is the weights of what two passages have in common and apart.
//
//go:embed meaning.bin
var Model []byte

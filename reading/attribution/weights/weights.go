// Package weights embeds the trained model of package attribution. It is a leaf: it imports nothing of the project.
package weights

import _ "embed"

// Model is the model's flat form, as "train attribution" writes it.
//
//go:embed attribution.model
var Model []byte

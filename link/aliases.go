package link

import "github.com/onrecord/onrecord/link/speakers"

// What the ledger keeps of speakers, see [speakers].
type (
	Part  = speakers.Part
	Table = speakers.Table
)

// Unite merges the parts of speakers: see [speakers.Unite].
var Unite = speakers.Unite

// NewTable is a table of speakers that were read before: see [speakers.NewTable].
var NewTable = speakers.NewTable

package corpus

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// backgroundSize is how many articles the background counts for: a set far smaller takes its word weights from the background,
// one far larger from itself.
const backgroundSize = 1000

// background.tsv: stems of lower-case words with the share of English news articles that use them. TestBackground makes it.
//
//go:embed background.tsv
var backgroundTable string

type backgroundRow struct {
	stem  string
	share float64
}

var background = sync.OnceValue(func() []backgroundRow {
	var rows []backgroundRow
	for line := range strings.Lines(backgroundTable) {
		stem, share, ok := strings.Cut(strings.TrimSpace(line), "\t")
		f, err := strconv.ParseFloat(share, 64)
		if !ok || err != nil {
			panic("link: background.tsv: " + line)
		}
		rows = append(rows, backgroundRow{stem, f})
	}
	return rows
})

// backgroundShares are the shares by stem.
var backgroundShares = sync.OnceValue(func() map[string]float64 {
	shares := map[string]float64{}
	for _, b := range background() {
		shares[b.stem] = b.share
	}
	return shares
})

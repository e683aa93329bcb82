package export

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/onrecord/onrecord/ledger"
)

// JSONL writes the rows in the export contract, one JSON object a line.
func JSONL(w io.Writer, rows Rows, articles Articles) error {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := contract(rows, articles, func(row any, _ *ledger.ArticleRow) error { return enc.Encode(row) })
	if err != nil {
		return err
	}
	return out.Flush()
}

package export

import (
	"encoding/json"
	"fmt"
	"io"
)

// jsonSheets writes a sheet as an array of objects, by the names of its columns.
func jsonSheets(w io.Writer, sheets ...Sheet) error {
	sheet, err := only(sheets)
	if err != nil {
		return err
	}
	var columns []any
	objects := []map[string]any{}
	for row := range sheet.Rows {
		if columns == nil {
			columns = row
			continue
		}
		o := make(map[string]any, len(row))
		for i, c := range row {
			o[fmt.Sprint(columns[i])] = c
		}
		objects = append(objects, o)
	}
	b, err := json.MarshalIndent(objects, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

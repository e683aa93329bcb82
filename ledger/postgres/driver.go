package postgres

import (
	"context"
	"database/sql/driver"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// PostgreSQL keeps every character but U+0000, which articles may hold and texts are kept to the byte: it is written as nul, and what
// is nul's first character as that and another.
const (
	mark   = "\U00100000" // of a private plane: no text for people holds it
	nul    = mark + "0"
	marked = mark + "1"
)

func escaped(s string) string {
	if strings.IndexByte(s, 0) < 0 && !strings.Contains(s, mark) {
		return s
	}
	return strings.NewReplacer(mark, marked, "\x00", nul).Replace(s)
}

func unescaped(s string) string {
	if !strings.Contains(s, mark) {
		return s
	}
	return strings.NewReplacer(marked, mark, nul, "\x00").Replace(s)
}

// A connector makes connections that keep U+0000.
type connector struct{ driver.Connector }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return conn{made.(*stdlib.Conn)}, nil
}

type conn struct{ *stdlib.Conn }

func (c conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	escapeArgs(args)
	return c.Conn.ExecContext(ctx, query, args)
}

func (c conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	escapeArgs(args)
	found, err := c.Conn.QueryContext(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return rows{found.(*stdlib.Rows)}, nil
}

func escapeArgs(args []driver.NamedValue) {
	for i := range args {
		if s, ok := args[i].Value.(string); ok {
			args[i].Value = escaped(s)
		}
	}
}

type rows struct{ *stdlib.Rows }

func (r rows) Next(values []driver.Value) error {
	if err := r.Rows.Next(values); err != nil {
		return err
	}
	for i := range values {
		if s, ok := values[i].(string); ok {
			values[i] = unescaped(s)
		}
	}
	return nil
}

// copied are rows of values that follow each other, for COPY.
func copied(values []any, width int) pgx.CopyFromSource {
	return pgx.CopyFromSlice(len(values)/width, func(i int) ([]any, error) {
		row := values[i*width : (i+1)*width]
		for k := range row {
			if s, ok := row[k].(string); ok {
				row[k] = escaped(s)
			}
		}
		return row, nil
	})
}

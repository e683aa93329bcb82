package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/review"
)

type reviewCommand struct {
	Words []string `arg:"" help:"ROW accept, ROW reject, ROW comment, ROW correct FIELD=VALUE...; merge ROW ROW; split ROW MEMBERS...; undo REVIEW. Rows are named by id. Fields of a statement: speaker (a name or an id), stance, kind, source, content; of a figure: value, unit, comparator, thing, as-of; of an article: day, outlet. To reject an article removes it, with its rows; to read it again brings it back." placeholder:"WORDS"`
	By    string   `help:"Who reviews." required:"" placeholder:"NAME" env:"ONRECORD_REVIEWER"`
	Why   string   `help:"Why; a comment's text." placeholder:"TEXT"`
}

// request reads the words of the command.
func (c *reviewCommand) request(now time.Time) (desk.Request, error) {
	q := desk.Request{By: c.By, Why: c.Why, At: now, Fields: map[string]string{}}
	w := c.Words
	switch {
	case len(w) == 3 && w[0] == review.Merge:
		q.Action, q.Row, q.With = w[0], w[1], w[2]
	case len(w) >= 3 && w[0] == review.Split:
		q.Action, q.Row, q.Rows = w[0], w[1], w[2:]
	case len(w) == 2 && w[0] == review.Undo:
		q.Action, q.Row = w[0], w[1]
	case len(w) == 2 && slices.Contains([]string{review.Accept, review.Reject, review.Comment}, w[1]):
		q.Row, q.Action = w[0], w[1]
	case len(w) >= 3 && w[1] == review.Correct:
		q.Row, q.Action = w[0], w[1]
		for _, f := range w[2:] {
			field, value, ok := strings.Cut(f, "=")
			if !ok {
				return q, fmt.Errorf("%q: FIELD=VALUE is needed", f)
			}
			q.Fields[field] = value
		}
	default:
		return q, fmt.Errorf("%q: see onrecord help review", strings.Join(w, " "))
	}
	return q, nil
}

func (c *reviewCommand) Run(ctx context.Context, root *command, s streams) error {
	q, err := c.request(time.Now())
	if err != nil {
		return err
	}
	return write(ctx, root.Ledger, func(l ledger.Ledger) error {
		v, err := desk.NewReview(ctx, l, q)
		if err != nil {
			return err
		}
		v.ID = review.ID(&v)
		if err := l.AddReview(ctx, v); err != nil {
			return err
		}
		if err := engine.Link(ctx, l, runtime.GOMAXPROCS(0)); err != nil {
			return fmt.Errorf("the review %s is kept; the links are not made anew yet: %w", v.ID, err)
		}
		fmt.Fprintln(s.out, reviewLine(&v))
		return nil
	})
}

// write opens a ledger that must be there, to write into it.
func write(ctx context.Context, path string, f func(l ledger.Ledger) error) error {
	if err := look(ctx, path, func(ledger.Ledger) error { return nil }); err != nil && !errors.Is(err, ledger.ErrOlder) {
		return err // none is made
	}
	l, err := storage.Open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(f(l), l.Close())
}

// reviewLine is a review in a line.
func reviewLine(v *onrecord.Review) string {
	line := fmt.Sprintf("%s  %s  %s %s by %s", v.ID, v.At.UTC().Format("2006-01-02 15:04"), v.Action, v.Row, plain(v.By))
	for _, c := range review.Changes(v) {
		line += fmt.Sprintf("; %s: %s -> %s", c.Field, cmp.Or(plain(c.Before), "none"), cmp.Or(plain(c.After), "none"))
	}
	if v.Why != "" {
		line += ": " + plain(v.Why)
	}
	return line
}

type reviewsCommand struct {
	Export   string `help:"Write all reviews to this file, as JSON lines; - for standard output." xor:"do" placeholder:"FILE"`
	Import   string `help:"Keep the reviews of this file, which --export wrote; - for standard input." xor:"do" placeholder:"FILE"`
	Queue    bool   `help:"List statements worth a review: in disputes first, then those with most renditions, the least sure first." xor:"do"`
	Accuracy bool   `help:"Show how many of the reviewed rows were right, by kind and confidence." xor:"do"`
	Tests    string `help:"Write the reviewed rows to this file as a test set, as JSON lines: articles with what was found and what is right; - for standard output." xor:"do" placeholder:"FILE"`
	Limit    int    `help:"Maximum number of results." default:"50"`
}

func (c *reviewsCommand) Run(ctx context.Context, root *command, s streams) error {
	if c.Import != "" {
		return c.take(ctx, root, s)
	}
	return look(ctx, root.Ledger, func(l ledger.Ledger) error {
		switch {
		case c.Queue:
			return c.queue(ctx, l, s.out)
		case c.Export != "":
			return toFile(c.Export, root.Ledger, s.out, func(w io.Writer) error { return exportReviews(ctx, l, w) })
		case c.Tests != "":
			return toFile(c.Tests, root.Ledger, s.out, func(w io.Writer) error { return desk.Tests(ctx, l, w) })
		case c.Accuracy:
			return accuracy(ctx, l, s.out)
		}
		list, err := l.ReviewList(ctx, c.Limit, 0)
		if err != nil {
			return err
		}
		states, err := desk.States(ctx, l, list)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			fmt.Fprintln(s.out, "No reviews.")
		}
		for i := range list {
			fmt.Fprint(s.out, reviewLine(&list[i]))
			if states[i] != "" {
				fmt.Fprintf(s.out, " (%s)", states[i])
			}
			fmt.Fprintln(s.out)
		}
		return nil
	})
}

func (c *reviewsCommand) queue(ctx context.Context, l ledger.Reader, out io.Writer) error {
	rows, err := l.ReviewQueue(ctx, "", c.Limit)
	if err != nil {
		return err
	}
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	said, err := l.Passages(ctx, ids)
	if err != nil {
		return err
	}
	t := table{head: []string{"statement", "disputes", "renditions", "confidence", "speaker", "content"}, wide: 5}
	for i := range said {
		p := &said[i]
		k := slices.Index(ids, p.ID)
		t.add(p.ID, strconv.Itoa(rows[k].Disputes), strconv.Itoa(rows[k].Reach), percent(p.Confidence), clip(p.SpeakerName, 28), p.Text)
	}
	t.print(out, tableWidth(out))
	return nil
}

func exportReviews(ctx context.Context, l ledger.Reader, w io.Writer) error {
	list, err := desk.AllReviews(ctx, l)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range list {
		if err := e.Encode(export.FromReview(&list[i])); err != nil {
			return err
		}
	}
	return nil
}

func accuracy(ctx context.Context, l ledger.Reader, out io.Writer) error {
	list, err := desk.AllReviews(ctx, l)
	if err != nil {
		return err
	}
	t := table{head: []string{"kind", "confidence", "reviewed", "right", "share right"}, wide: 0}
	for _, a := range review.Accuracies(review.InForce(list)) {
		t.add(a.Kind, fmt.Sprintf("%s to %s", percent(a.From), percent(a.To)), strconv.Itoa(a.Reviewed), strconv.Itoa(a.Right), percent(float64(a.Right)/float64(a.Reviewed)))
	}
	t.print(out, tableWidth(out))
	return nil
}

// toFile writes to a file that appears whole or not at all, or to standard output.
func toFile(path, ledger string, out io.Writer, f func(io.Writer) error) error {
	if path == "-" {
		return f(out)
	}
	return writeFile(path, ledger, f)
}

// take keeps reviews that another ledger, or this one, has given away.
func (c *reviewsCommand) take(ctx context.Context, root *command, s streams) error {
	in := s.in
	if c.Import != "-" {
		f, err := os.Open(c.Import)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	return write(ctx, root.Ledger, func(l ledger.Ledger) error {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 16<<20)
		kept := 0
		for n := 1; lines.Scan(); n++ {
			var row export.Review
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil || row.Type != "review" {
				return fmt.Errorf("%s:%d: no review", c.Import, n)
			}
			v, err := row.Review()
			if err != nil {
				return fmt.Errorf("%s:%d: %w", c.Import, n, err)
			}
			if err := l.AddReview(ctx, v); err != nil {
				return fmt.Errorf("%s:%d: %w", c.Import, n, err)
			}
			kept++
		}
		if err := lines.Err(); err != nil {
			return fmt.Errorf("%s: %w", c.Import, err)
		}
		fmt.Fprintln(s.out, count(kept, "review"))
		return engine.Link(ctx, l, runtime.GOMAXPROCS(0))
	})
}

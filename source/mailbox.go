package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// fromLine is the line before a message of a mailbox (RFC 4155, appendix A): whose it is, and when it came.
var fromLine = regexp.MustCompile(`^From \S+.*\b\d{2}:\d{2}(?::\d{2})?\b.*\d{4}`)

// isMailbox says whether a file begins as a mailbox does.
func isMailbox(head []byte) bool {
	first, rest, ok := bytes.Cut(head, []byte{'\n'})
	name, _, field := bytes.Cut(rest, []byte{':'})
	return ok && fromLine.Match(first) && field && len(name) > 0 && !bytes.ContainsAny(name, " \t\n")
}

// mailbox reads a mailbox (mbox): an article a message.
func (r *reader) mailbox() {
	var b []byte
	begin, long := 0, false // the line before the message
	message := func() bool {
		switch {
		case begin == 0:
			return true
		case long:
			return r.refuse(begin, errLarge)
		}
		a, err := message(b)
		if err == nil {
			err = limit(a)
		}
		if err != nil {
			return r.refuse(begin, err)
		}
		return r.article(a, begin)
	}
	var buf []byte
	blank := true
	for n := 1; ; n++ {
		line, err := readLine(r.in, buf[:0])
		buf = line
		switch {
		case r.ctx.Err() != nil:
			return
		case errors.Is(err, errLong):
			long = true
			err = skipLine(r.in)
		case blank && fromLine.Match(line):
			if !message() {
				return
			}
			b, begin, long, line = b[:0], n, false, nil
		case begin == 0 && len(bytes.TrimSpace(line)) > 0:
			r.refuse(n, errors.New("damaged mailbox: no line that begins with From before the message"))
			return
		}
		if bytes.HasPrefix(line, []byte(">")) && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			line = line[1:] // it would have looked like the line before a message
		}
		if long = long || len(b)+len(line) > maxDocument; !long {
			b = append(b, line...)
		}
		blank = len(bytes.TrimSpace(line)) == 0
		if err == io.EOF {
			message()
			return
		}
		if err != nil {
			r.refuse(n, fmt.Errorf("mailbox: %w", err))
			return
		}
	}
}

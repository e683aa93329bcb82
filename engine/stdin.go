package engine

import (
	"context"
	"io"
)

// patient reads from in until ctx is done, also where in does not answer: a terminal, or a pipe whose other end is silent. The
// goroutine that waits for in then stays until in answers; it holds nothing else.
type patient struct {
	ctx  context.Context
	in   io.Reader
	pipe *io.PipeReader
}

func (p *patient) Read(buf []byte) (int, error) {
	if p.in == nil {
		return 0, io.EOF
	}
	if p.pipe == nil {
		from, to := io.Pipe()
		p.pipe = from
		context.AfterFunc(p.ctx, func() { to.CloseWithError(p.ctx.Err()) })
		go func() {
			_, err := io.Copy(to, p.in)
			to.CloseWithError(err) // nil: io.EOF
		}()
	}
	return p.pipe.Read(buf)
}

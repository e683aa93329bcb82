package assistant

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Serve answers what is asked on in, a line each, on out, until in has ended and all is answered, or ctx is done. Permalinks begin with
// address, as in http://127.0.0.1:7700; with "" they are paths.
func Serve(ctx context.Context, r Reader, address string, in io.Reader, out io.Writer) error {
	err := server(r, address, nil).Run(ctx, streams{&mcp.IOTransport{Reader: io.NopCloser(in), Writer: open{out}, MaxLineLength: longestCall}})
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// open is an output that stays open.
type open struct{ io.Writer }

func (open) Close() error { return nil }

// streams are a transport whose end is not known before what came on it is answered: else a program that sends its calls and closes its end
// has no answers.
type streams struct{ mcp.Transport }

func (s streams) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := s.Transport.Connect(ctx)
	return &stream{Connection: c, answered: make(chan struct{}, 1), closed: make(chan struct{})}, err
}

type stream struct {
	mcp.Connection
	mu       sync.Mutex
	waiting  int // calls that are not answered
	answered chan struct{}
	once     sync.Once
	closed   chan struct{}
}

func (s *stream) Read(ctx context.Context) (jsonrpc.Message, error) {
	m, err := s.Connection.Read(ctx)
	if call, ok := m.(*jsonrpc.Request); ok && call.IsCall() {
		s.count(1)
	}
	if err != nil {
		late := time.After(callTime)
		for s.count(0) > 0 {
			select {
			case <-s.answered:
			case <-s.closed:
				return m, err
			case <-ctx.Done():
				return m, err
			case <-late: // a call that was cancelled has no answer
				return m, err
			}
		}
	}
	return m, err
}

func (s *stream) Write(ctx context.Context, m jsonrpc.Message) error {
	err := s.Connection.Write(ctx, m)
	if _, ok := m.(*jsonrpc.Response); ok {
		s.count(-1)
		select {
		case s.answered <- struct{}{}:
		default:
		}
	}
	return err
}

// count changes the number of calls that are not answered.
func (s *stream) count(by int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting += by
	return s.waiting
}

func (s *stream) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Connection.Close()
}

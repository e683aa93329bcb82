package engine

import (
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
)

// A Panic is a fault of the program that cost one article, or the links.
type Panic struct {
	What  string // was done: "reading it"
	Value any    // of the panic
	Place string // where it began, "when.go:12"
	Stack string // of the goroutine, as runtime/debug has it
}

func (p *Panic) Error() string {
	return fmt.Sprintf("%s failed, please report this: %v (%s)", p.What, p.Value, p.Place)
}

// panicked is the panic being recovered: it is to be called by the deferred function itself.
func panicked(what string, value any) *Panic {
	p := &Panic{What: what, Value: value, Stack: string(debug.Stack())}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for past := false; ; {
		f, more := frames.Next()
		if past && !strings.HasPrefix(f.Function, "runtime.") {
			p.Place = fmt.Sprintf("%s:%d", path.Base(f.File), f.Line)
			return p
		}
		past = past || f.Function == "runtime.gopanic"
		if !more {
			return p
		}
	}
}

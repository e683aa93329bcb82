package grammar

import (
	"fmt"
	"strings"
)

// Misread holds the examples of a file's patterns against what is read of them: each stands in a text in brackets, is matched by its own
// pattern, and says what it should. Read reads a text of which marked stands between head and tail, and says what that is. What is wrong
// comes back, one line each; every room with patterns has a test that there is nothing.
func (r *Rules[H]) Misread(file string, read func(head, marked, tail string) string) (wrong []string) {
	fail := func(line int, format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%s:%d: ", file, line)+fmt.Sprintf(format, args...))
	}
	defer func() { r.Matched = nil }()
	for _, rule := range r.All {
		if len(rule.Examples) == 0 {
			fail(rule.Line, "a pattern without an example")
		}
		for _, x := range rule.Examples {
			head, rest, _ := strings.Cut(x.Text, "[")
			marked, tail, ok := strings.Cut(rest, "]")
			if !ok {
				fail(x.Line, "no brackets in the example")
				continue
			}
			used := false
			r.Matched = func(m *Match) { used = used || r.All[m.Rule].Line == rule.Line }
			if got := read(head, marked, tail); got != x.Want {
				fail(x.Line, "%q: %s, want %s", x.Text, got, x.Want)
			}
			if !used {
				fail(x.Line, "%q is not matched by its pattern", x.Text)
			}
		}
	}
	return wrong
}

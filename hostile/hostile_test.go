package hostile_test

import (
	"testing"

	"github.com/onrecord/onrecord/hostile"
)

func TestShapes(t *testing.T) {
	for _, s := range hostile.Shapes() {
		for _, size := range []int{100, 10_000} {
			once := s.Text(size)
			if n := len(once); n < size || n > size+200 {
				t.Errorf("%s: %d bytes where %d were asked for", s.Name, n, size)
			}
			if again := s.Text(size); again != once {
				t.Errorf("%s: not the same twice", s.Name)
			}
		}
	}
}

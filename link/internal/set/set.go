// Package set has sets as short lists in the order in which their members came, and a forest of disjoint sets.
package set

import (
	"slices"
)

// Meet says whether two lists have a member in common.
func Meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// Union is a with those of b that it lacks.
func Union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// Common is the members of a that b has too, each once.
func Common(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// Without is what of a is not in b.
func Without(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// Forest is a union-find over documents; roots are the smallest index.
type Forest []int

// NewForest is n trees of one each.
func NewForest(n int) Forest {
	f := make(Forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

// Root is the smallest member of the tree that i is in.
func (f Forest) Root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// Join makes one tree of those of i and j and says whether they were two.
func (f Forest) Join(i, j int) bool {
	i, j = f.Root(i), f.Root(j)
	if i == j {
		return false
	}
	f[max(i, j)] = min(i, j)
	return true
}

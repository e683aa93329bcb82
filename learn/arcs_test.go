package learn

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// walk takes allowed actions, as choose says, until the tree is complete.
func walk(t *rapid.T, a *Arcs, n int, choose func(allowed []Action) Action) {
	a.Start(n)
	for steps := 0; !a.Done(); steps++ {
		if steps > 2*n {
			t.Fatalf("%d actions over %d tokens", steps, n)
		}
		var allowed []Action
		for m := Shift; m < Actions; m++ {
			if a.Can(m) {
				allowed = append(allowed, m)
			}
		}
		if len(allowed) == 0 {
			t.Fatalf("no action is allowed at token %d, stack %v", a.Next, a.Stack)
		}
		a.Do(choose(allowed), 1)
	}
}

func TestArcsBuildOneTree(t *testing.T) {
	var a Arcs // reused, as by the parser
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "tokens")
		walk(t, &a, n, func(allowed []Action) Action { return rapid.SampledFrom(allowed).Draw(t, "action") })
		roots := 0
		for i := range n {
			if a.Heads[i] < 0 || int(a.Heads[i]) > n {
				t.Fatalf("token %d has head %d", i, a.Heads[i])
			}
			if int(a.Heads[i]) == n {
				roots++
			}
			steps := 0
			for h := int32(i); int(h) < n; h = a.Heads[h] {
				if steps++; steps > n {
					t.Fatalf("token %d stands in a cycle: %v", i, a.Heads[:n])
				}
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots: %v", roots, a.Heads[:n])
		}
	})
}

// Whoever takes actions that cost nothing arrives at the gold tree; and from any state the oracle knows how many arcs can still
// be had.
func TestDynamicOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "tokens")
		var a Arcs
		walk(t, &a, n, func(allowed []Action) Action { return rapid.SampledFrom(allowed).Draw(t, "gold") })
		gold := append([]int32(nil), a.Heads[:n]...)
		wander := rapid.IntRange(0, n).Draw(t, "steps astray")
		paid := 0
		var b Arcs
		walk(t, &b, n, func(allowed []Action) Action {
			var costs [Actions]int
			b.Costs(gold, &costs)
			if wander > 0 {
				wander--
				m := rapid.SampledFrom(allowed).Draw(t, "astray")
				paid += costs[m]
				return m
			}
			best := allowed[0]
			for _, m := range allowed {
				if costs[m] < 0 {
					t.Fatalf("action %d is allowed and has no cost", m)
				}
				if costs[m] < costs[best] {
					best = m
				}
			}
			paid += costs[best]
			return best
		})
		missing := 0
		for i := range n {
			if b.Heads[i] != gold[i] {
				missing++
			}
		}
		if missing != paid {
			t.Fatalf("costs add up to %d, %d arcs are missing: %v, want %v", paid, missing, b.Heads[:n], gold)
		}
		if paid == 0 {
			if diff := cmp.Diff(gold, b.Heads[:n]); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

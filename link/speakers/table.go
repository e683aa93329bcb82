package speakers

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
)

// A Table is speakers that a person knows, each with names, an id of its own and roles in time. What the articles call by one of
// these names is that speaker, unless several of the table have the name and the roles do not tell which. A nil Table knows nobody.
type Table struct {
	Speakers []onrecord.Speaker // across articles, without ID; ExternalID is never empty

	names map[string][]int // kind class and folded name -> speakers
}

// tableColumns are the columns that a table may have; name is needed.
func tableColumns() []string {
	return []string{"name", "aliases", "kind", "state", "role", "from", "to", "id"}
}

// ReadTable reads a table of comma-separated values: a header of the columns that it has, of name, aliases (apart by ";"), kind, state, role,
// from, to (days, months or years) and id, in any order; then a line for a speaker and a role. Lines of one id, or of one name and
// kind where they have none, are one speaker. An error names the file and the line.
func ReadTable(r io.Reader, file string) (*Table, error) {
	in := csv.NewReader(r)
	in.TrimLeadingSpace = true
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: it is empty; its first line names the columns: %s", file, strings.Join(tableColumns(), ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	column := map[string]int{}
	for i, c := range head {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))
		if !slices.Contains(tableColumns(), c) {
			return nil, fmt.Errorf("%s:1: no column is called %q; there are %s", file, c, strings.Join(tableColumns(), ", "))
		}
		if _, twice := column[c]; twice {
			return nil, fmt.Errorf("%s:1: two columns are called %q", file, c)
		}
		column[c] = i
	}
	if _, ok := column["name"]; !ok {
		return nil, fmt.Errorf("%s:1: the column name is missing", file)
	}
	t := &Table{}
	at, lineOf := map[string]int{}, map[string]int{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := in.FieldPos(0)
		if len(record) > len(head) {
			return nil, fmt.Errorf("%s:%d: %d fields under %d columns", file, line, len(record), len(head))
		}
		field := func(name string) string {
			if i, ok := column[name]; ok && i < len(record) {
				return strings.TrimSpace(record[i])
			}
			return ""
		}
		if err := t.add(field, at, lineOf, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	if len(t.Speakers) == 0 {
		return nil, fmt.Errorf("%s: no speaker stands in it", file)
	}
	t.index()
	return t, nil
}

// NewTable is the table of speakers that were read before.
func NewTable(speakers []onrecord.Speaker) *Table {
	if len(speakers) == 0 {
		return nil
	}
	t := &Table{Speakers: speakers}
	t.index()
	return t
}

// tableKinds are the kinds of speakers that a table may have.
func tableKinds() []string {
	return []string{onrecord.Person, onrecord.Organisation, onrecord.State, onrecord.Group, onrecord.Document}
}

func (t *Table) add(field func(string) string, at, lineOf map[string]int, line int) error {
	s := onrecord.Speaker{Name: field("name"), Kind: cmp.Or(strings.ToLower(field("kind")), onrecord.Person), State: field("state"), ExternalID: field("id"), Confidence: 1}
	if names.Fold(s.Name) == "" {
		return errors.New("a speaker without a name")
	}
	if s.Kind == "organization" {
		s.Kind = onrecord.Organisation
	}
	if !slices.Contains(tableKinds(), s.Kind) {
		return fmt.Errorf("%q is no kind of speaker; there are %s", s.Kind, strings.Join(tableKinds(), ", "))
	}
	for a := range strings.SplitSeq(field("aliases"), ";") {
		if a = strings.TrimSpace(a); a != "" {
			s.Aliases = append(s.Aliases, a)
		}
	}
	from, _, err := day(field("from"))
	if err != nil {
		return fmt.Errorf("from: %w", err)
	}
	_, to, err := day(field("to"))
	if err != nil {
		return fmt.Errorf("to: %w", err)
	}
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		return fmt.Errorf("to %s lies before from %s", field("to"), field("from"))
	}
	role := field("role")
	if role == "" && (!from.IsZero() || !to.IsZero()) {
		return errors.New("days without a role")
	}
	if role != "" {
		s.Roles = []string{role}
		s.Tenures = []onrecord.Tenure{{Role: role, From: from, To: to, Basis: "table of speakers"}}
	}
	key := cmp.Or(s.ExternalID, s.Kind+" "+names.Fold(s.Name))
	k, known := at[key]
	if !known {
		s.ExternalID = cmp.Or(s.ExternalID, s.Name)
		at[key], lineOf[key] = len(t.Speakers), line
		t.Speakers = append(t.Speakers, s)
		return nil
	}
	old := &t.Speakers[k]
	if names.Fold(old.Name) != names.Fold(s.Name) || old.Kind != s.Kind {
		return fmt.Errorf("%s is %s, %s, on line %d, and %s, %s, here", key, old.Name, old.Kind, lineOf[key], s.Name, s.Kind)
	}
	old.State = cmp.Or(old.State, s.State)
	old.Aliases = set.Union(old.Aliases, s.Aliases)
	if role != "" && !slices.Contains(old.Roles, role) {
		old.Roles = append(old.Roles, role)
	}
	old.Tenures = append(old.Tenures, s.Tenures...)
	return nil
}

// day is the first and the last day of what is written: a day, a month or a year; zero for nothing.
func day(s string) (first, last time.Time, err error) {
	if s == "" {
		return first, last, nil
	}
	for _, form := range [...]struct {
		layout       string
		months, days int
	}{{time.DateOnly, 0, 1}, {"2006-01", 1, 0}, {"2006", 12, 0}} {
		if first, err = time.Parse(form.layout, s); err == nil {
			return first, first.AddDate(0, form.months, form.days).AddDate(0, 0, -1), nil
		}
	}
	return first, last, fmt.Errorf("%q is no day, month or year: 2006-01-02, 2006-01, 2006", s)
}

func (t *Table) index() {
	t.names = map[string][]int{}
	for k := range t.Speakers {
		s := &t.Speakers[k]
		for _, n := range append([]string{s.Name}, s.Aliases...) {
			key := tableKey(s.Kind, n)
			if !slices.Contains(t.names[key], k) {
				t.names[key] = append(t.names[key], k)
			}
		}
	}
}

// tableKey is a name as a table looks for it: persons apart from all others, whose kinds a reading may take for one another.
func tableKey(kind, name string) string {
	if kind == onrecord.Person {
		return "person " + strings.Join(names.PersonWords(name), " ")
	}
	return names.Fold(name)
}

// Digest is short for what the table says: it changes whenever that does. A nil Table has none, "".
func (t *Table) Digest() string {
	if t == nil {
		return ""
	}
	content, err := json.Marshal(t.Speakers)
	if err != nil { // strings, numbers and days always marshal
		panic(err)
	}
	return strconv.FormatUint(xxhash.Sum64(bytes.TrimSpace(content)), 36)
}

// An identity is whom a table knows a voice as.
type identity struct {
	speaker  int  // of the table
	namesake bool // somebody else of that speaker's name
}

// find is whom the table knows a voice as, if it has one of its names: the speaker that has the name, or, of several that do, the one that
// has words of its roles. A person of another walk of life than the table tells is a namesake, as is one whose roles do not tell which of
// several it is: all of one name are one.
func (t *Table) find(v *voice) (who identity, known bool) {
	if v.Kind == onrecord.Unnamed {
		return identity{}, false
	}
	var found []int
	for _, n := range append([]string{v.Name}, v.Aliases...) {
		found = set.Union(found, t.names[tableKey(v.Kind, n)])
	}
	if len(found) == 0 {
		return identity{}, false
	}
	said := func(k int) bool { return set.Meet(roleWords(v.Roles), roleWords(t.Speakers[k].Roles)) }
	namesake := identity{slices.Min(found), true}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(k int) bool { return !said(k) })
	}
	if len(found) != 1 {
		return namesake, true
	}
	if own := tradesOf(t.Speakers[found[0]].Roles); len(own) > 0 && len(v.trades) > 0 && !said(found[0]) {
		return namesake, true
	}
	return identity{speaker: found[0]}, true
}

// know joins the voices that the table says are one, and notes who they are.
func (c *Cast) know(t *Table) {
	c.table, c.known = t, map[int]identity{}
	if t == nil {
		return
	}
	first := map[int]int{}
	for i := range c.Voices {
		who, ok := t.find(&c.Voices[i])
		if !ok {
			continue
		}
		c.known[i] = who
		if who.namesake {
			continue
		}
		k := who.speaker
		if j, ok := first[k]; ok {
			c.same(i, j, "names of one speaker in the table of speakers", 1)
		} else {
			first[k] = i
		}
	}
}

// two says whether the table knows two roots as two speakers.
func (c *Cast) two(a, b int) bool {
	x, ok := c.known[a]
	y, also := c.known[b]
	return ok && also && x != y
}

// tell puts what the table says of a root into its row.
func (c *Cast) tell(root int, part *Part) {
	who, ok := c.known[root]
	if !ok || who.namesake {
		return
	}
	s, row := &c.table.Speakers[who.speaker], &part.Speaker
	row.ExternalID = s.ExternalID
	if row.Name != s.Name {
		row.Aliases = append(row.Aliases, row.Name)
	}
	row.Name, row.Kind, row.State = s.Name, s.Kind, cmp.Or(s.State, row.State)
	row.Aliases = append(row.Aliases, s.Aliases...)
	slices.Sort(row.Aliases)
	row.Aliases = slices.DeleteFunc(slices.Compact(row.Aliases), func(a string) bool { return a == row.Name })
	row.Roles = append(row.Roles, s.Roles...)
	slices.Sort(row.Roles)
	row.Roles = slices.Compact(row.Roles)
	row.Tenures = append(row.Tenures, s.Tenures...)
	if part.Why == nil {
		part.Why = map[string]int{}
	}
	part.Why["the table of speakers has its name"]++
	row.Basis = speakerBasis(part.Articles, part.Why)
}

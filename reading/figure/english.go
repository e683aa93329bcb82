package figure

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/when/number"
)

// vocabulary is what the lexicon says of words around numbers; the comments of its files say what the classes are.
type vocabulary struct {
	stops            *lexicon.Set // stop
	plurals          *lexicon.Set // plural
	notPlural        *lexicon.Set // no plural
	scoreCues        *lexicon.Set // score word
	persons          *lexicon.Set // person
	behindAge        *lexicon.Set // behind age
	tellers          *lexicon.Set // teller
	givers           *lexicon.Set // giver
	subjectVerbs     *lexicon.Set // subject verb
	subjectFillers   *lexicon.Set // subject filler
	toNothing        *lexicon.Set // thing as well
	corpses          *lexicon.Set // of a corpse
	sayings          *lexicon.Set // saying
	reports          *lexicon.Set // report
	conceding        *lexicon.Set // conceding
	equates          *lexicon.Set // equating
	equals           *lexicon.Set // equal
	opening          *lexicon.Set // opening bracket
	dashes           *lexicon.Set // dash
	moneyWords       *lexicon.Set // currency of states
	nationalities    *lexicon.Set // of state
	millions         *lexicon.Set // code in millions
	ups              *lexicon.Set // up
	downs            *lexicon.Set // down
	weakChanges      *lexicon.Set // weak change
	particled        *lexicon.Set // verb with particle
	changeFillers    *lexicon.Set // change filler
	dimensions       *lexicon.Set // dimension
	compounds        *lexicon.Set // counted in compound
	fromEvent        *lexicon.Set // from event
	perWords         *lexicon.Set // counted by
	harmed           *lexicon.Set // harmed
	zeroModifiers    *lexicon.Set // of harm
	driven           *lexicon.Set // driven to
	ratioNot         *lexicon.Set // no ratio
	rangeFillers     *lexicon.Set // range filler
	measures         *lexicon.Set // measure verb
	appraised        *lexicon.Set // appraisal
	payments         *lexicon.Set // payment
	suffered         *lexicon.Set // suffered
	tallies          *lexicon.Set // tally
	toLevels         *lexicon.Set // to level
	aroundEvent      *lexicon.Set // around event
	bridges          *lexicon.Set // bridging
	notOver          *lexicon.Set // no over
	reaching         *lexicon.Set // reaching
	furthers         *lexicon.Set // further
	determiners      *lexicon.Set // determiner
	notSubject       *lexicon.Set // no subject
	beforeWhole      *lexicon.Set // before whole
	beforeOf         *lexicon.Set // before of
	roleFillers      *lexicon.Set // role filler
	notBefore        *lexicon.Set // no role before
	headRoles        *lexicon.Set // role of head
	adverbs          *lexicon.Set // adverb
	notAdverbs       *lexicon.Set // no adverb
	beforeSaying     *lexicon.Set // before day of saying
	comparedTimes    *lexicon.Set // other than
	asWhen           *lexicon.Set // as many as when
	superlatives     *lexicon.Set // superlative
	getting          *lexicon.Set // getting
	measuring        *lexicon.Set // measure preposition
	asMany           *lexicon.Set // as many
	twiceThe         *lexicon.Set // twice the
	notShare         *lexicon.Set // no share
	ofWhole          *lexicon.Set // of whole
	looseAmounts     *lexicon.Set // loose amount
	twoWords         *lexicon.Set // state in two words
	behindDollar     *lexicon.Set // behind dollar sign
	dollarWords      *lexicon.Set // dollars
	tightUnits       *lexicon.Set // unit when tight
	suffixes         *lexicon.Set // suffix
	rates            *lexicon.Set // rate
	behindConversion *lexicon.Set // behind conversion
	ages             *lexicon.Set // age
	minuses          *lexicon.Set // sign in words

	auxiliaries  *lexicon.Set
	copulas      *lexicon.Set // of clauses
	adjectival   *lexicon.Set // units of time that make an adjective with a hyphen
	openers      *lexicon.Set // that a figure may begin with
	unitNames    *lexicon.Set
	periods      *lexicon.Set
	units        *lexicon.Table[string]
	attached     *lexicon.Table[string]
	signs        *lexicon.Table[string]
	dollars      *lexicon.Table[string]
	codes        *lexicon.Table[string]
	roles        *lexicon.Table[string]
	tolls        *lexicon.Table[string] // tallies that count what became of people
	vagueAmounts *lexicon.Table[[2]float64]
	folds        *lexicon.Table[float64]
	longUnits    *lexicon.Table[[]phrase]      // by their first word
	smallerUnits map[string]map[string]float64 // that complete a larger one, and how many of them it holds
	before       *lexicon.Table[[]phrase]      // comparators by their last word, the longest first
	behind       *lexicon.Table[[]phrase]      // those behind a number by their first word
}

var words = resolve(en.Lexicon)

func resolve(l *lexicon.Lexicon) (w vocabulary) {
	around, units, comparators := l.Subject("figure"), l.Subject("unit"), l.Subject("comparator")
	for class, set := range map[string]**lexicon.Set{
		"stop":                 &w.stops,
		"plural":               &w.plurals,
		"no plural":            &w.notPlural,
		"score word":           &w.scoreCues,
		"person":               &w.persons,
		"behind age":           &w.behindAge,
		"teller":               &w.tellers,
		"giver":                &w.givers,
		"subject verb":         &w.subjectVerbs,
		"subject filler":       &w.subjectFillers,
		"thing as well":        &w.toNothing,
		"of a corpse":          &w.corpses,
		"saying":               &w.sayings,
		"report":               &w.reports,
		"conceding":            &w.conceding,
		"equating":             &w.equates,
		"equal":                &w.equals,
		"opening bracket":      &w.opening,
		"dash":                 &w.dashes,
		"currency of states":   &w.moneyWords,
		"of state":             &w.nationalities,
		"code in millions":     &w.millions,
		"up":                   &w.ups,
		"down":                 &w.downs,
		"weak change":          &w.weakChanges,
		"verb with particle":   &w.particled,
		"change filler":        &w.changeFillers,
		"dimension":            &w.dimensions,
		"counted in compound":  &w.compounds,
		"from event":           &w.fromEvent,
		"counted by":           &w.perWords,
		"harmed":               &w.harmed,
		"of harm":              &w.zeroModifiers,
		"driven to":            &w.driven,
		"no ratio":             &w.ratioNot,
		"range filler":         &w.rangeFillers,
		"measure verb":         &w.measures,
		"appraisal":            &w.appraised,
		"payment":              &w.payments,
		"suffered":             &w.suffered,
		"tally":                &w.tallies,
		"to level":             &w.toLevels,
		"around event":         &w.aroundEvent,
		"bridging":             &w.bridges,
		"no over":              &w.notOver,
		"reaching":             &w.reaching,
		"further":              &w.furthers,
		"determiner":           &w.determiners,
		"no subject":           &w.notSubject,
		"before whole":         &w.beforeWhole,
		"before of":            &w.beforeOf,
		"role filler":          &w.roleFillers,
		"no role before":       &w.notBefore,
		"role of head":         &w.headRoles,
		"adverb":               &w.adverbs,
		"no adverb":            &w.notAdverbs,
		"before day of saying": &w.beforeSaying,
		"other than":           &w.comparedTimes,
		"as many as when":      &w.asWhen,
		"superlative":          &w.superlatives,
		"getting":              &w.getting,
		"measure preposition":  &w.measuring,
		"as many":              &w.asMany,
		"twice the":            &w.twiceThe,
		"no share":             &w.notShare,
		"of whole":             &w.ofWhole,
		"loose amount":         &w.looseAmounts,
		"state in two words":   &w.twoWords,
		"behind dollar sign":   &w.behindDollar,
		"dollars":              &w.dollarWords,
		"unit when tight":      &w.tightUnits,
		"suffix":               &w.suffixes,
		"rate":                 &w.rates,
		"behind conversion":    &w.behindConversion,
		"age":                  &w.ages,
		"sign in words":        &w.minuses,
	} {
		*set = around.Set(class)
	}
	w.adjectival = units.Set("adjectival")
	w.copulas = l.Subject("clause").Set("copula")
	w.auxiliaries = around.Set("before role")
	w.unitNames, w.periods = units.Set("no unit"), units.Set("period")
	w.units, w.attached = units.Values("unit"), units.Values("attached unit")
	w.signs, w.dollars, w.codes = units.Values("money sign"), units.Values("dollar letters"), units.Values("money code")
	w.roles, w.tolls = around.Values("role"), around.Values("toll")
	w.vagueAmounts = lexicon.NewTable(lexicon.Map(around.Rows("vague amount"), func(r lexicon.Row) [2]float64 {
		v := values(r)
		return [2]float64{v[0], v[1]}
	}))
	w.folds = lexicon.NewTable(lexicon.Map(around.Rows("fold"), func(r lexicon.Row) float64 { return values(r)[0] }))
	w.openers = lexicon.NewSet(slices.Concat(number.Openers(), around.List("vague amount", "fold", "opener"))...)
	w.longUnits = phrases(units.Rows("long unit"), func(words []string) string { return words[0] })
	w.before = phrases(comparators.Rows("before", "span"), func(words []string) string { return words[len(words)-1] })
	w.behind = phrases(comparators.Rows("behind"), func(words []string) string { return words[0] })
	w.smallerUnits = map[string]map[string]float64{}
	for r := range units.Rows() {
		if of, ok := strings.CutPrefix(r.Class, "part of "); ok {
			if w.smallerUnits[of] == nil {
				w.smallerUnits[of] = map[string]float64{}
			}
			w.smallerUnits[of][r.Entries[0]] = values(r)[0]
		}
	}
	return w
}

// values are the numbers that a row has for a value.
func values(r lexicon.Row) []float64 {
	var out []float64
	for s := range strings.FieldsSeq(r.Value) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			panic(fmt.Sprintf("figure: %q of %s is no number", r.Value, r.Class))
		}
		out = append(out, v)
	}
	return out
}

// phrase is a value of several words: a comparator, a unit.
type phrase struct {
	words []string
	value string
}

// phrases indexes the entries of the rows by one of their words, the longest first.
func phrases(rows iter.Seq[lexicon.Row], by func(words []string) string) *lexicon.Table[[]phrase] {
	m := map[string][]phrase{}
	for r := range rows {
		for _, entry := range r.Entries {
			p := phrase{strings.Fields(entry), r.Value}
			m[by(p.words)] = append(m[by(p.words)], p)
		}
	}
	for _, list := range m {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return lexicon.NewTable(m)
}

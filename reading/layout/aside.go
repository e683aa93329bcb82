package layout

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Kinds of asides.
const (
	credit    = "credit"
	caption   = "caption"
	notice    = "notice"
	widget    = "widget"
	copyright = "copyright"
	Dateline  = "dateline"
	byline    = "byline"
)

// A wrong aside loses what somebody said, a missed one only adds a row: every rule asks for a form that running prose does not
// have, and for a line no longer than such lines are.
const (
	longestMark    = 260  // bytes of a line that is a credit, byline or widget as a whole
	longestCaption = 1200 // bytes of a caption
)

// agencies are the names that stand in photograph credits.
const agencies = `Reuters|REUTERS|AFP|AP|EPA|EPA-EFE|PA|UPI|TASS|Tass|Xinhua|Kyodo|ANSA|dpa|DPA|Getty Images|Getty|Corbis|Alamy|Shutterstock|Bloomberg|Zuma Press|Rex Features|Press Association|Anadolu Agency|Associated Press|Agence France-Presse|Instagram|Flickr|Wikimedia Commons`

// agencyWords is one word of each of the agencies, in lower case.
const agencyWords = `reuters|afp|ap|epa|pa|upi|tass|xinhua|kyodo|ansa|dpa|getty|corbis|alamy|shutterstock|bloomberg|zuma|rex|anadolu|agence|instagram|flickr|wikimedia`

// A rule marks a line, or the part of it that its first group takes.
type rule struct {
	kind  string
	most  int    // bytes of a line that it may match; 0 for any length
	needs string // one of these words, in lower case, stands in every line that it matches; "" for no such word
	*regexp.Regexp
}

// fits says whether the rule may match the line, given in lower case too, without running it.
func (r *rule) fits(lower string) bool {
	if r.most > 0 && len(lower) > r.most {
		return false
	}
	for w := range strings.SplitSeq(r.needs, "|") {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// whole are the rules for lines that are an aside from end to end.
var whole = []rule{
	{widget, 40, "", regexp.MustCompile(`(?i)^[\["'“]?(advertisements?|sponsored|share( this)?|tweet|print|e-?mail|comments?|facebook|twitter|whatsapp|linkedin|pinterest|related|read more|see also|more|recommended|trending|most read|newsletter|menu|loading|skip to content)[\]"'”]?[.:]?$`)},
	{widget, longestMark, ":", regexp.MustCompile(`(?i)^(read (more|also|next|the (rest|full)\b.* here)|see also|also read|related( (stories|articles|coverage|content|video))?|more (on|from) [^:.]{1,50}|recommended|watch|listen|in pictures|photos|gallery|video|live|don't miss|most read|trending)\s*:\s*\S`)},
	{widget, longestMark, "read the ", regexp.MustCompile(`(?i)^read the (rest|full [a-z]+|whole [a-z]+) (here|on|at)\b.{0,60}$`)},
	{widget, longestMark, "sign up|subscribe|click|tap here|download|get |join |follow|like us|share|tweet|email|support|donate", regexp.MustCompile(`(?i)^(want .{3,80}\? )?(sign up|subscribe|click here|tap here|download (the|our)|get (the latest|our|breaking)|join (us|our|the conversation)|follow us|like us|share (this|on|via)|tweet (this|us)|email (this|the author)|support (our|us)|donate (now|to us))\b[^"“”]*$`)},
	{widget, longestMark, "follow", regexp.MustCompile(`(?i)^["“]?(on twitter,? )?follow\b[^"“”]*(@\w|\btwitter\b|\bfacebook\b|\binstagram\b|#\w)[^"“”]*["”]?$`)},
	{widget, longestMark, "above|below|here", regexp.MustCompile(`(?i)^(watch|see|listen to|view) (the|a|his|her|their|full|more|it|video)\b[^"“”]{0,120}\b(above|below|here)\s*[.:!]?$`)},
	{widget, longestMark, "also on", regexp.MustCompile(`(?i)^\W?also on (huffpost|worldpost|[a-z]+post|our site|[A-Z]\w+)\W*$`)},
	{widget, longestMark, "continues below", regexp.MustCompile(`(?i)^(story|article) continues below\b.*$`)},
	{widget, longestMark, "http|www.|pic.twitter", regexp.MustCompile(`^\S*(https?://|www\.|pic\.twitter\.com/)\S+$`)},
	{byline, longestMark, "by |from ", regexp.MustCompile(`^(?i:by|from)\s+\p{Lu}[\pL'’.-]*(\s+(\p{Lu}[\pL'’.-]*|de|van|von|der|al|bin|and|&)){1,7}((,|\s+\||\s+-|\s+for|\s+in|\s+at)\s*(the\s+)?\p{Lu}[\pL\pN'’.&/ ]{1,60})?\.?$`)},
	{byline, longestMark, "report|edit|writ|compil|translat", regexp.MustCompile(`^[(\[]?(Reporting|Additional reporting|Writing|Editing|Edited|Compiled|Translated|With reporting|--additional reporting) (by|from) [^"“”]*[)\]]?\.?$`)},
	{byline, longestMark, "contributed", regexp.MustCompile(`^[(\[]?\p{Lu}[^"“”.:;]{2,120} contributed (to this|reporting|research)\b[^"“”]{0,80}$`)},
	{byline, 90, "published|updated|modified|posted|date", regexp.MustCompile(`(?i)^(first )?(published|updated|last updated|last modified|posted|date)( (on|at))?\s*:?\s+[^"“”]*\d[^"“”]*$`)},
	{credit, longestMark, "photo|image|picture|video|graphic|credit|illustration", regexp.MustCompile(`(?i)^[(\[]?(photographs?|photos?|images?|pictures?|(photo|image|picture|video|graphic) (credit|courtesy)|credit|illustration|graphic)( (by|courtesy of|via|from))?\s*:\s*[^"“”]{2,}$`)},
	{credit, longestMark, "by|courtesy|via", regexp.MustCompile(`(?i:^[(\[]?(photograph|photo|image|picture|illustration|graphic)s?) (by|courtesy of|via) \p{Lu}[^"“”]{2,80}$`)},
	{credit, 120, agencyWords, regexp.MustCompile(`^[(\[]?[-–—]?\s?((?:[\pL\pN.'’&-]+\s?){1,6}(?:\s?/\s?|\s+via\s+|,\s?))*(` + agencies + `)(\s?/\s?(` + agencies + `|(?:\p{Lu}[\pL\pN.'’&-]+\s?){1,5}))*\.?[)\]]?\.?$`)},
	{credit, longestMark, "[", regexp.MustCompile(`^(\[[^\[\]]{2,40}\]\s*)+$`)},
	{copyright, 400, "©|copyright|reserved|(c)", regexp.MustCompile(`(?i)((^|[\s(.])©(\s|\d|$)|\(c\)\s*(copyright|(19|20)\d\d)|\bcopyright\s*(©|\(c\)|(19|20)\d\d|by )|^copyright \S+ (\S+ )?(19|20)\d\d|all rights reserved)`)},
	{notice, longestMark, "editors", regexp.MustCompile(`(?i)^\W{0,3}(attention|note to) editors\b`)},
	{notice, longestMark, "#|-30-|end", regexp.MustCompile(`^(#\s*#\s*#|-30-|[-–—/(]*(?i:ends?)[-–—/)]+|ENDS)$`)},
	{caption, longestCaption, "grab|photo|picture|image|screenshot", regexp.MustCompile(`(?i)^(an? |the |this |in (a|this)( \w+)? ?)?(still |video |file |undated |handout |combination |combo )*(frame grab|screen ?grab|screenshot|image grab|still image|file (photo|picture|image|photograph)|handout (photo|picture|image)|combination (photo|picture))\b`)},
	{caption, longestCaption, "file", regexp.MustCompile(`^(FILE|File|FILES)( PHOTO| photo| picture)?\s*[-–—:]\s*\S`)},
	{caption, longestCaption, "in this", regexp.MustCompile(`^In this [^"“”.]{0,60}\b(photo|image|photograph|picture|frame|illustration)\b`)},
	{caption, longestCaption, "caption|pictured", regexp.MustCompile(`(?i)^(caption|pictured|image caption|photo caption)\s*:\s*\S`)},
}

// inline are the rules for what stands in a line beside other words. The first group is the aside.
var inline = []rule{
	{Dateline, 0, "—|–|-|―", regexp.MustCompile(`^("?\p{Lu}[\p{Lu}.'’-]{2,}(?:\s\p{Lu}[\p{Lu}.-]*){0,2}(?:,\s\p{Lu}[\pL.]*(?:\s\p{Lu}[\pL.]*){0,2})?(?:,?\s\p{Lu}[\p{Ll}.]{2,9}\s\d{1,2})?(?:\s?\((?:Reuters|AP|AFP|UPI|PA|DPA|dpa|CNN|EFE|ANSA|Xinhua|IANS|TASS|Tass|BBC|VOA|\p{Lu}[\pL ]{1,24})\))?\s*(?:—|–|--|-|―)(?:\s|$))`)},
	{Dateline, 0, ")", regexp.MustCompile(`^((?:\p{Lu}[\pL.'’-]*,?\s){0,4}(?:\d{1,2},?\s)?\((?:Reuters|AP|AFP|UPI|PA|DPA|dpa|CNN|EFE|ANSA|Xinhua|IANS|TASS|Tass|BBC|VOA)\)\s*(?:—|–|--|-|―)(?:\s|$))`)},
	{credit, 0, ")", regexp.MustCompile(`(\((?:AP Photo|(?:Photo|Image|Picture|Photograph)s?(?: by| courtesy of|:)|[^()/]{0,60}/\s?)?(?:[^()"“”]{0,60}/)*\s?(?:` + agencies + `)(?:/[^()"“”]{0,120}|\s+via\s+[^()"“”]{0,60}|\s+[Pp]hoto[^()"“”]{0,60})*\.?\))\.?$`)},
	{credit, 0, "photo|image|picture", regexp.MustCompile(`((?:Photograph|Photo|PHOTO|Image|Picture)s?(?: credit| by| courtesy of)?\s?:\s?[^"“”:]{2,100})$`)},
	{credit, 0, "reuters|ap photo|afp photo|epa", regexp.MustCompile(`((?:REUTERS|AP Photo|AFP PHOTO|EPA)\s?/\s?\p{Lu}[^"“”]{2,140})$`)},
	{credit, 0, "(ap|(afp|(reuters|(getty", regexp.MustCompile(`(\((?:AP Photo|AFP|REUTERS|Reuters|AP|Getty Images|Getty)\))$`)},
	{widget, 400, "lockerdome", regexp.MustCompile(`(\bin [\pL ]{3,24} on LockerDome)$`)},
}

var (
	tag     = regexp.MustCompile(`</?(?:tweet|a|img|iframe|script|blockquote|div|span|em|strong|br|p)\b[^<>\n]{0,600}>`)
	editors = regexp.MustCompile(`\b(?:ATTENTION EDITORS|EDITORIAL USE ONLY|EDITORS NOTE|EDITORS' NOTE|NO RESALES|NO ARCHIVES?|NOT FOR SALE|MANDATORY CREDIT|NO SALES|IS DISTRIBUTED EXACTLY AS RECEIVED)\b`)
	photo   = regexp.MustCompile(`^\((?:AP Photo|REUTERS/|Reuters/|AFP|Photo|[^()]*/)`) // a credit that only a picture has
	endSlug = regexp.MustCompile(`^(?:[a-z]{2,3}(?:/[a-z]{2,3}){0,2}|ends|end|mfl)\.?$`)
)

// editorsWords is one word of each of the notices that editors finds.
var editorsWords = []string{"EDITOR", "SALE", "ARCHIVE", "MANDATORY", "DISTRIBUTED"}

// Asides returns the asides of a text, in order and not overlapping. Mostly nothing is to be found in them; but a caption
// keeps what it reports, unless it repeats another, and so does the sentence before an embed's label; and datelines and tags
// stand in the midst of the news.
func Asides(s string) []Aside {
	ls := lines(s)
	f := &finder{text: s}
	for i, line := range ls {
		f.tags(line)
		if i > 0 && wraps(s, ls[i-1], line) || f.line(line) {
			continue
		}
		// A line of its own under a line, with no blank line between, is the credit of a picture when it is one at all.
		if i+1 < len(ls) && line.Len() <= longestCaption && strings.Count(s[line.End:ls[i+1].Start], "\n") == 1 &&
			!wraps(s, line, ls[i+1]) && kindOf(ls[i+1].Of(s)) == credit && !strings.HasPrefix(ls[i+1].Of(s), "[") && strings.Contains(s, "\n\n") {
			f.caption(line)
		}
	}
	if n := len(ls); n > 2 && endSlug.MatchString(ls[n-1].Of(s)) {
		f.add(ls[n-1], notice, Mute)
	}
	return f.done()
}

// wraps says whether a line is the end of a sentence that the line before began, broken by hand: "declined to" / "comment."
func wraps(s string, before, line onrecord.Span) bool {
	const shortest = 40 // bytes of a line that is broken so
	r, _ := utf8.DecodeLastRuneInString(before.Of(s))
	return before.Len() >= shortest && (unicode.IsLetter(r) || r == ',') && strings.HasSuffix(line.Of(s), ".") && strings.Count(s[before.End:line.Start], "\n") == 1
}

// A finder gathers the asides of one text.
type finder struct {
	text     string
	found    []Aside
	captions []map[string]bool // words of the captions so far
}

// A Fate is what becomes of the words of an aside.
type Fate uint8

const (
	Read Fate = iota // statements are found in them, and stand apart from the story's
	Thin             // they are cut out of the statements around them
	Mute             // nothing is found in them
)

// sure is the confidence of an aside: what is muted is marked by words that news does not use; a caption's first words may be news.
var sure = [...]float64{Read: 0.8, Thin: 0.95, Mute: 0.95}

// An Aside is one with what becomes of its words.
type Aside struct {
	onrecord.Aside
	Fate
}

func (f *finder) add(s onrecord.Span, kind string, fate Fate) {
	if s = trim(f.text, s); s.Len() > 0 {
		f.found = append(f.found, Aside{onrecord.Aside{Span: s, Kind: kind, Confidence: sure[fate]}, fate})
	}
}

// tags marks the tags that a page left in its text; what stands between them is text.
func (f *finder) tags(line onrecord.Span) {
	if strings.IndexByte(line.Of(f.text), '<') < 0 {
		return
	}
	for _, m := range tag.FindAllStringIndex(line.Of(f.text), -1) {
		f.add(onrecord.Span{Start: line.Start + m[0], End: line.Start + m[1]}, widget, Thin)
	}
}

// kindOf is the kind of aside that the line is as a whole, or "".
func kindOf(line string) string {
	if len(line) > longestCaption {
		return ""
	}
	lower := strings.ToLower(line)
	for i := range whole {
		if r := &whole[i]; r.fits(lower) && r.MatchString(line) {
			return r.kind
		}
	}
	return ""
}

// line marks a line and says whether all of it is spoken for.
func (f *finder) line(line onrecord.Span) bool {
	at := shouting(line.Of(f.text))
	if at.Len() > 0 { // an agency's notice, and what is left of the line before it
		f.add(onrecord.Span{Start: line.Start + at.Start, End: line.Start + at.End}, notice, Mute)
		rest := trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + at.Start})
		return rest.Len() == 0 || f.line(rest)
	}
	t := line.Of(f.text)
	switch kind := kindOf(t); kind {
	case "":
	case caption:
		f.caption(line)
		return true
	default:
		f.add(line, kind, Mute)
		return true
	}
	if i := copyrightAt(t); i > 0 {
		f.add(onrecord.Span{Start: line.Start + i, End: line.End}, copyright, Mute)
		return f.line(trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + i}))
	}
	head, tail := boundary(t, min(len(t), 160)), boundary(t, max(0, len(t)-320)) // where a line can have such a part
	begin, end := strings.ToLower(t[:head]), strings.ToLower(t[tail:])
	for i := range inline {
		r := &inline[i]
		off, part, lower := tail, t[tail:], end
		if r.kind == Dateline {
			off, part, lower = 0, t[:head], begin
		}
		if r.most > 0 && len(t) > r.most || !r.fits(lower) {
			continue
		}
		m := r.FindStringSubmatchIndex(part)
		if m == nil {
			continue
		}
		hit := onrecord.Span{Start: line.Start + off + m[2], End: line.Start + off + m[3]}
		switch {
		case r.kind == Dateline:
			f.add(hit, Dateline, Thin)
			return hit.End == line.End
		case r.kind == widget:
			f.add(onrecord.Span{Start: line.Start, End: hit.Start}, widget, Read)
			f.add(hit, widget, Mute)
			return true
		}
		f.add(hit, credit, Mute)
		before := trim(f.text, onrecord.Span{Start: line.Start, End: hit.Start})
		if before.Len() > 0 && before.Len() <= longestCaption && (!strings.HasPrefix(hit.Of(f.text), "(") || photo.MatchString(hit.Of(f.text))) {
			f.caption(before)
		}
		return true
	}
	return false
}

// caption marks a caption with the credit at its end; the same caption given again is mute.
func (f *finder) caption(line onrecord.Span) {
	for _, r := range inline {
		if r.kind != credit {
			continue
		}
		if m := r.FindStringSubmatchIndex(line.Of(f.text)); m != nil && m[2] > 0 {
			f.add(onrecord.Span{Start: line.Start + m[2], End: line.Start + m[3]}, credit, Mute)
			line = trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + m[2]})
			break
		}
	}
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(line.Of(f.text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w] = true
	}
	again := false
	for _, c := range f.captions[max(0, len(f.captions)-8):] {
		same := 0
		for w := range words {
			if c[w] {
				same++
			}
		}
		again = again || 10*same >= 8*len(words)
	}
	f.captions = append(f.captions, words)
	if again {
		f.add(line, caption, Mute)
	} else {
		f.add(line, caption, Read)
	}
}

// done is what was found, without what stands inside another aside.
func (f *finder) done() []Aside {
	slices.SortStableFunc(f.found, func(a, b Aside) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	end := 0
	return slices.DeleteFunc(f.found, func(a Aside) bool {
		inside := a.Span.Start < end
		end = max(end, a.Span.End)
		return inside
	})
}

// shouting is the run of capitals in a line that is an agency's notice to editors, or empty.
func shouting(line string) onrecord.Span {
	if !slices.ContainsFunc(editorsWords, func(w string) bool { return strings.Contains(line, w) }) {
		return onrecord.Span{}
	}
	m := editors.FindStringIndex(line)
	if m == nil {
		return onrecord.Span{}
	}
	run := onrecord.Span{Start: m[0], End: m[1]}
	for run.End < len(line) {
		r, n := utf8.DecodeRuneInString(line[run.End:])
		if unicode.IsLower(r) {
			break
		}
		run.End += n
	}
	if run.End < len(line) { // the capital of the next sentence is not the notice's
		if i := strings.LastIndexAny(line[m[1]:run.End], " \t"); i >= 0 {
			run.End = m[1] + i
		}
	}
	for run.Start > 0 {
		r, n := utf8.DecodeLastRuneInString(line[:run.Start])
		if unicode.IsLower(r) {
			break
		}
		run.Start -= n
	}
	if i := strings.IndexAny(line[run.Start:m[0]], " \t"); run.Start > 0 && i >= 0 {
		run.Start += i
	}
	return run
}

// copyrightAt is where the copyright line at the end of a line begins, or 0.
func copyrightAt(line string) int {
	const longest = 300
	i := strings.LastIndex(line, "©")
	if i <= 0 || len(line)-i > longest || line[i-1] != ' ' && line[i-1] != '.' && line[i-1] != '(' {
		return 0
	}
	return i
}

// boundary is the rune boundary at or after byte i.
func boundary(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

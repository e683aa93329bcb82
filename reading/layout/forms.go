package layout

import (
	"regexp"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/lexicon/en"
)

// forms are what asides are told by.
type forms struct {
	whole   []rule // for lines that are an aside from end to end
	inline  []rule // for what stands in a line beside other words; the first group is the aside
	tag     *regexp.Regexp
	editors *regexp.Regexp // an agency's notice; one of the words of [shouting] stands in each
	photo   *regexp.Regexp // begins a credit that only a picture has
	endSlug *regexp.Regexp
}

// asides are the forms, made when a text is first read.
var asides = sync.OnceValue(func() *forms {
	agency := en.Lexicon.Subject("agency")
	agencies, datelines := either(agency.List("photograph")), either(agency.List("dateline"))
	return &forms{
		whole: []rule{
			{widget, 40, "", regexp.MustCompile(`(?i)^[\["'“]?(advertisements?|sponsored|share( this)?|tweet|print|e-?mail|comments?|facebook|twitter|whatsapp|linkedin|pinterest|related|read more|see also|more|recommended|trending|most read|newsletter|menu|loading|skip to content)[\]"'”]?[.:]?$`)},
			{widget, longestMark, ":", regexp.MustCompile(`(?i)^(read (more|also|next|the (rest|full)\b.* here)|see also|also read|related( (stories|articles|coverage|content|video))?|more (on|from) [^:.]{1,50}|recommended|watch|listen|in pictures|photos|gallery|video|live|don't miss|most read|trending)\s*:\s*\S`)},
			{widget, longestMark, "read the ", regexp.MustCompile(`(?i)^read the (rest|full [a-z]+|whole [a-z]+) (here|on|at)\b.{0,60}$`)},
			{widget, longestMark, "sign up|subscribe|click|tap here|download|get |join |follow|like us|share|tweet|email|support|donate", regexp.MustCompile(`(?i)^(want .{3,80}\? )?(sign up|subscribe|click here|tap here|download (the|our)|get (the latest|our|breaking)|join (us|our|the conversation)|follow us|like us|share (this|on|via)|tweet (this|us)|email (this|the author)|support (our|us)|donate (now|to us))\b[^"“”]*$`)},
			{widget, longestMark, "follow", regexp.MustCompile(`(?i)^["“]?(on twitter,? )?follow\b[^"“”]*(@\w|\btwitter\b|\bfacebook\b|\binstagram\b|#\w)[^"“”]*["”]?$`)},
			{widget, longestMark, "above|below|here", regexp.MustCompile(`(?i)^(watch|see|listen to|view) (the|a|his|her|their|full|more|it|video)\b[^"“”]{0,120}\b(above|below|here)\s*[.:!]?$`)},
			{widget, longestMark, "also on", regexp.MustCompile(`(?i)^\W?also on (huffpost|worldpost|[a-z]+post|our site|[A-Z]\w+)\W*$`)},
			{widget, longestMark, "continues below", regexp.MustCompile(`(?i)^(story|article) continues below\b.*$`)},
			{widget, longestMark, "http|www.|pic.twitter", regexp.MustCompile(`^\S*(https?://|www\.|pic\.twitter\.com/)\S+$`)},
			{Byline, longestMark, "by |from ", regexp.MustCompile(`^(?i:by|from)\s+\p{Lu}[\pL'’.-]*(\s+(\p{Lu}[\pL'’.-]*|de|van|von|der|al|bin|and|&)){1,7}((,|\s+\||\s+-|\s+for|\s+in|\s+at)\s*(the\s+)?\p{Lu}[\pL\pN'’.&/ ]{1,60})?\.?$`)},
			{Byline, longestMark, "report|edit|writ|compil|translat", regexp.MustCompile(`^[(\[]?(Reporting|Additional reporting|Writing|Editing|Edited|Compiled|Translated|With reporting|--additional reporting) (by|from) [^"“”]*[)\]]?\.?$`)},
			{Byline, longestMark, "contributed", regexp.MustCompile(`^[(\[]?\p{Lu}[^"“”.:;]{2,120} contributed (to this|reporting|research)\b[^"“”]{0,80}$`)},
			{Byline, 90, "published|updated|modified|posted|date", regexp.MustCompile(`(?i)^(first )?(published|updated|last updated|last modified|posted|date)( (on|at))?\s*:?\s+[^"“”]*\d[^"“”]*$`)},
			{Credit, longestMark, "photo|image|picture|video|graphic|credit|illustration", regexp.MustCompile(`(?i)^[(\[]?(photographs?|photos?|images?|pictures?|(photo|image|picture|video|graphic) (credit|courtesy)|credit|illustration|graphic)( (by|courtesy of|via|from))?\s*:\s*[^"“”]{2,}$`)},
			{Credit, longestMark, "by|courtesy|via", regexp.MustCompile(`(?i:^[(\[]?(photograph|photo|image|picture|illustration|graphic)s?) (by|courtesy of|via) \p{Lu}[^"“”]{2,80}$`)},
			{Credit, 120, strings.ToLower(agencies), regexp.MustCompile(`^[(\[]?[-–—]?\s?((?:[\pL\pN.'’&-]+\s?){1,6}(?:\s?/\s?|\s+via\s+|,\s?))*(` + agencies + `)(\s?/\s?(` + agencies + `|(?:\p{Lu}[\pL\pN.'’&-]+\s?){1,5}))*\.?[)\]]?\.?$`)},
			{Credit, longestMark, "[", regexp.MustCompile(`^(\[[^\[\]]{2,40}\]\s*)+$`)},
			{copyright, 400, "©|copyright|reserved|(c)", regexp.MustCompile(`(?i)((^|[\s(.])©(\s|\d|$)|\(c\)\s*(copyright|(19|20)\d\d)|\bcopyright\s*(©|\(c\)|(19|20)\d\d|by )|^copyright \S+ (\S+ )?(19|20)\d\d|all rights reserved)`)},
			{notice, longestMark, "editors", regexp.MustCompile(`(?i)^\W{0,3}(attention|note to) editors\b`)},
			{notice, longestMark, "#|-30-|end", regexp.MustCompile(`^(#\s*#\s*#|-30-|[-–—/(]*(?i:ends?)[-–—/)]+|ENDS)$`)},
			{caption, longestCaption, "grab|photo|picture|image|screenshot", regexp.MustCompile(`(?i)^(an? |the |this |in (a|this)( \w+)? ?)?(still |video |file |undated |handout |combination |combo )*(frame grab|screen ?grab|screenshot|image grab|still image|file (photo|picture|image|photograph)|handout (photo|picture|image)|combination (photo|picture))\b`)},
			{caption, longestCaption, "file", regexp.MustCompile(`^(FILE|File|FILES)( PHOTO| photo| picture)?\s*[-–—:]\s*\S`)},
			{caption, longestCaption, "in this", regexp.MustCompile(`^In this [^"“”.]{0,60}\b(photo|image|photograph|picture|frame|illustration)\b`)},
			{caption, longestCaption, "caption|pictured", regexp.MustCompile(`(?i)^(caption|pictured|image caption|photo caption)\s*:\s*\S`)},
		},
		inline: []rule{
			{Dateline, 0, "—|–|-|―", regexp.MustCompile(`^("?\p{Lu}[\p{Lu}.'’-]{2,}(?:\s\p{Lu}[\p{Lu}.-]*){0,2}(?:,\s\p{Lu}[\pL.]*(?:\s\p{Lu}[\pL.]*){0,2})?(?:,?\s\p{Lu}[\p{Ll}.]{2,9}\s\d{1,2})?(?:\s?\((?:` + datelines + `|\p{Lu}[\pL ]{1,24})\))?\s*(?:—|–|--|-|―)(?:\s|$))`)},
			{Dateline, 0, ")", regexp.MustCompile(`^((?:\p{Lu}[\pL.'’-]*,?\s){0,4}(?:\d{1,2},?\s)?\((?:` + datelines + `)\)\s*(?:—|–|--|-|―)(?:\s|$))`)},
			{Credit, 0, ")", regexp.MustCompile(`(\((?:AP Photo|(?:Photo|Image|Picture|Photograph)s?(?: by| courtesy of|:)|[^()/]{0,60}/\s?)?(?:[^()"“”]{0,60}/)*\s?(?:` + agencies + `)(?:/[^()"“”]{0,120}|\s+via\s+[^()"“”]{0,60}|\s+[Pp]hoto[^()"“”]{0,60})*\.?\))\.?$`)},
			{Credit, 0, "photo|image|picture", regexp.MustCompile(`((?:Photograph|Photo|PHOTO|Image|Picture)s?(?: credit| by| courtesy of)?\s?:\s?[^"“”:]{2,100})$`)},
			{Credit, 0, "reuters|ap photo|afp photo|epa", regexp.MustCompile(`((?:REUTERS|AP Photo|AFP PHOTO|EPA)\s?/\s?\p{Lu}[^"“”]{2,140})$`)},
			{Credit, 0, "(ap|(afp|(reuters|(getty", regexp.MustCompile(`(\((?:AP Photo|AFP|REUTERS|Reuters|AP|Getty Images|Getty)\))$`)},
			{widget, 400, "lockerdome", regexp.MustCompile(`(\bin [\pL ]{3,24} on LockerDome)$`)},
		},
		tag:     regexp.MustCompile(`</?(?:tweet|a|img|iframe|script|blockquote|div|span|em|strong|br|p)\b[^<>\n]{0,600}>`),
		editors: regexp.MustCompile(`\b(?:ATTENTION EDITORS|EDITORIAL USE ONLY|EDITORS NOTE|EDITORS' NOTE|NO RESALES|NO ARCHIVES?|NOT FOR SALE|MANDATORY CREDIT|NO SALES|IS DISTRIBUTED EXACTLY AS RECEIVED)\b`),
		photo:   regexp.MustCompile(`^\((?:AP Photo|REUTERS/|Reuters/|AFP|Photo|[^()]*/)`),
		endSlug: regexp.MustCompile(`^(?:[a-z]{2,3}(?:/[a-z]{2,3}){0,2}|ends|end|mfl)\.?$`),
	}
})

// either is a pattern for one of the names, the first that fits.
func either(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return strings.Join(quoted, "|")
}

package serve

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// coverage is an invented dispute about an invented bridge, as a ledger might hold it: quotations in several wordings, a
// figure that drifts, copies, a denial, an unnamed official, text in another direction of writing.
func coverage() *record {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	speaker := func(name, kind string, roles, aliases []string) string {
		p := onrecord.Speaker{ID: onrecord.NewID(onrecord.SpeakerKind, name), Name: name, Kind: kind, Roles: roles, Aliases: aliases, Confidence: 0.9}
		r.links.Speakers = append(r.links.Speakers, p)
		return p.ID
	}
	orla := speaker("Orla Venning", onrecord.Person, []string{"chief engineer of the Tarn Crossing"}, []string{"Venning"})
	bask := speaker("Ministry of Works", onrecord.Organisation, nil, []string{"the ministry", "the Works ministry"})
	dorn := speaker("Halvard Dorn", onrecord.Person, []string{"minister of works"}, []string{"Dorn", "Mr Dorn"})
	union := speaker("Ferrymen's Guild", onrecord.Organisation, nil, []string{"the guild"})
	nobody := speaker("a senior inspector", onrecord.Unnamed, nil, nil)
	samira := speaker("سميرة الوادي", onrecord.Person, []string{"resident"}, nil)

	wire := r.article("Quill Wire", "2031-03-04", "Two thirds of bridge cables corroded, engineer says",
		"PORT SALLOW, March 4 (Quill Wire) - More than 60 percent of the cables on the Tarn Crossing show deep corrosion, the bridge's chief engineer said on Tuesday.\n\n"+
			"“At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050,” Orla Venning told reporters in Port Sallow.\n\n"+
			"The Ministry of Works declined to comment.\n\n"+
			"A senior inspector, who asked not to be named, said the ministry had known since last autumn.\n\n"+
			"The crossing carries 41,000 vehicles a day. It opened in 2009.\n\n"+
			"Photo: the crossing at dusk. Quill Wire/L. Amberg")
	wire.Article.Byline = "By Teo Marsh"
	w1 := wire.says(orla, "indirect asserts", "the bridge's chief engineer", "said", "More than 60 percent of the cables on the Tarn Crossing show deep corrosion")
	w1id := w1.ID
	w2 := wire.says(orla, "direct asserts", "Orla Venning", "told reporters", "“At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050,”")
	w2.Said = onrecord.Interval{From: date("2031-03-04"), To: date("2031-03-05"), Basis: "Tuesday"}
	w2id := w2.ID
	wire.says(bask, "indirect declines", "The Ministry of Works", "declined to comment")
	w4 := wire.says(nobody, "indirect accuses", "A senior inspector", "2|said", "the ministry had known since last autumn")
	w4.Confidence = 0.72
	w4id := w4.ID
	fw1 := wire.figure("More than 60 percent", onrecord.Figure{Low: 60, Comparator: ">", Unit: "percent", Thing: "cables", Statement: w1id})
	fw2 := wire.figure("At least 64 percent", onrecord.Figure{Low: 64, Comparator: ">", Unit: "percent", Thing: "cables", Statement: w2id, AsOf: onrecord.Interval{From: date("2031-03-04"), To: date("2031-03-05")}})
	wire.figure("41,000 vehicles a day", onrecord.Figure{Low: 41000, Unit: "", Thing: "vehicles a day"})
	wire.time("Tuesday", "2031-03-04", "published", date("2031-03-04"))
	wire.time("last autumn", "2030-FA", "published", date("2030-09-01"), date("2030-11-30"))
	wire.time("2009", "2009", "stated", date("2009-01-01"), date("2009-12-31"))
	wire.aside("dateline", "PORT SALLOW, March 4 (Quill Wire) - ")
	wire.aside("credit", "Photo: the crossing at dusk. Quill Wire/L. Amberg")

	copied := "“At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050,” Orla Venning told reporters in Port Sallow."
	post := r.article("Sallow Post", "2031-03-04", "Bridge cables rotten, says engineer",
		copied+"\n\nThe Ministry of Works declined to comment.\n\nThe Post's own count of lorries last week found queues on both banks.\n\n(Quill Wire)")
	p1 := post.says(orla, "direct asserts", "Orla Venning", "told reporters", "“At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050,”").ID
	post.says(bask, "indirect declines", "The Ministry of Works", "declined to comment")
	fp1 := post.figure("At least 64 percent", onrecord.Figure{Low: 64, Comparator: ">", Unit: "percent", Thing: "cables", Statement: p1})
	post.time("last week", "2031-W09", "published", date("2031-02-24"), date("2031-03-02"))

	herald := r.article("Northbank Herald", "2031-03-05", "64 percent of Tarn Crossing unsafe",
		"Sixty-four percent of the Tarn Crossing is unsafe, according to the city.\n\n"+
			"“64 percent of the cables show corrosion we did not expect before 2050”, Ms Venning said on Tuesday.\n\n"+
			"Northbank schools will start an hour later from Monday, the town hall said.")
	h1 := herald.says("", "indirect asserts", "the city", "according to", "Sixty-four percent of the Tarn Crossing is unsafe").ID
	h2 := herald.says(orla, "direct asserts", "Ms Venning", "said", "“64 percent of the cables show corrosion we did not expect before 2050”").ID
	herald.says("", "indirect promises", "the town hall", "2|said", "Northbank schools will start an hour later from Monday")
	fh1 := herald.figure("Sixty-four percent", onrecord.Figure{Low: 64, Unit: "percent", Thing: "the Tarn Crossing", Statement: h1})
	fh2 := herald.figure("64 percent", onrecord.Figure{Low: 64, Unit: "percent", Thing: "cables", Statement: h2})

	gazette := r.article("Lake Gazette", "2031-03-07", "Minister: “No evidence” of danger on the crossing",
		"Works minister Halvard Dorn on Friday denied that the Tarn Crossing was dangerous, and denied that his ministry had known of corrosion since the autumn.\n\n"+
			"“There is no evidence of danger. Nine in ten cables are sound,” he told parliament, “and nobody in my ministry was told anything before February.”\n\n"+
			"Dorn said the engineer's report said “one cable in three” could be kept.\n\n"+
			"The Ferrymen's Guild asked the minister for a second landing stage.")
	g1 := gazette.says(dorn, "indirect denies", "Works minister Halvard Dorn", "denied", "the Tarn Crossing was dangerous").ID
	g2 := gazette.says(dorn, "indirect denies", "Works minister Halvard Dorn", "2|denied", "his ministry had known of corrosion since the autumn").ID
	g3 := gazette.says(dorn, "direct asserts", "4|he", "told parliament", "“There is no evidence of danger. Nine in ten cables are sound,”", "“and nobody in my ministry was told anything before February.”").ID
	g4 := gazette.says(dorn, "indirect asserts", "2|Dorn", "said", "the engineer's report said “one cable in three” could be kept").ID
	g5 := gazette.says(orla, "mixed asserts", "the engineer's report", "2|said", "“one cable in three” could be kept")
	g5.Parent, g5.Confidence = g4, 0.55
	gazette.says(union, "indirect asks", "The Ferrymen's Guild", "asked", "a second landing stage")
	fg1 := gazette.figure("Nine in ten cables", onrecord.Figure{Low: 0.9, Thing: "cables", ShareOf: "cables", Statement: g3})
	fg2 := gazette.figure("one cable in three", onrecord.Figure{Low: 1.0 / 3, Thing: "cables", ShareOf: "cables", Statement: g4})
	gazette.time("Friday", "2031-03-07", "published", date("2031-03-07"))

	mirror := r.article("Evening Mirror", "2031-03-08", "Dorn: one in ten cables is damaged",
		"One cable in ten on the Tarn Crossing is damaged, minister Halvard Dorn was quoted as saying by the Lake Gazette.\n\nScores of lorries waited on the south bank on Saturday.")
	m1 := mirror.says(dorn, "indirect asserts", "minister Halvard Dorn", "was quoted as saying", "One cable in ten on the Tarn Crossing is damaged")
	m1.Relays = []string{"Lake Gazette"}
	m1id := m1.ID
	fm1 := mirror.figure("One cable in ten", onrecord.Figure{Low: 0.1, Thing: "cables", Statement: m1id})
	mirror.figure("Scores of lorries", onrecord.Figure{Low: 40, High: 100, Vague: true, Thing: "lorries"})

	unknown := r.article("", "", "What the divers found",
		"Divers who looked at the foundations found nothing unusual, the Works ministry said in a note without a date.")
	unknown.says(bask, "indirect asserts", "the Works ministry", "said", "Divers who looked at the foundations found nothing unusual")

	arabic := r.article("جريدة الضفة", "2031-03-09", "سكان الضفة يطالبون بعبّارات ليلية",
		"قالت سميرة الوادي إن «العبّارة هي الطريق الوحيد» إلى المستشفى بعد إغلاق الجسر.\n\nThe ministry did not answer a question from this newspaper (رقم 17).")
	arabic.Article.Language = "ar"
	arabic.says(samira, "mixed asserts", "سميرة الوادي", "قالت", "«العبّارة هي الطريق الوحيد» إلى المستشفى بعد إغلاق الجسر")
	arabic.says(bask, "indirect declines", "The ministry", "did not answer")

	old := r.article("Harbour Radio", "2031-03-10", "Crossing to close",
		"The Tarn Crossing will close to lorries on 1 April, the ministry said.")
	old.says(bask, "indirect promises", "the ministry", "said", "The Tarn Crossing will close to lorries on 1 April")
	renewed := r.article("Harbour Radio", "2031-03-11", "Crossing to close",
		"The Tarn Crossing will close to lorries on 8 April, the ministry said. An earlier version gave another day.")
	renewed.says(bask, "indirect promises", "the ministry", "said", "The Tarn Crossing will close to lorries on 8 April")

	far := r.article("Upland Courier", "2031-02-11", "Cheese fair draws record crowd",
		"About 12,000 people came to the fair at Nether Moss, its director Ulla Brandt said.")
	brandt := speaker("Ulla Brandt", onrecord.Person, []string{"director of the fair"}, nil)
	u1 := far.says(brandt, "indirect asserts", "its director Ulla Brandt", "said", "About 12,000 people came to the fair at Nether Moss").ID
	far.figure("About 12,000 people", onrecord.Figure{Low: 12000, Comparator: "~", Thing: "people", Statement: u1})

	l := &r.links
	ids := func(list ...*draft) (out []string) {
		for _, d := range list {
			out = append(out, d.Article.ID)
		}
		return out
	}
	bridge := ids(wire, post, herald, gazette, mirror, arabic, renewed, unknown)
	l.Stories = []onrecord.Story{
		{ID: onrecord.NewID(onrecord.StoryKind, "bridge"), Title: "Corrosion on the Tarn Crossing", Articles: bridge, Reports: 5, First: date("2031-03-04"), Last: date("2031-03-11")},
		{ID: onrecord.NewID(onrecord.StoryKind, "fair"), Title: far.Article.Title, Articles: ids(far), Reports: 1, First: date("2031-02-11"), Last: date("2031-02-11")},
	}
	at := func(d *draft, words string) onrecord.Span { return d.span(words) }
	l.Copies = []onrecord.Copy{
		{
			ID: onrecord.NewID(onrecord.CopyKind, "post"), Article: post.Article.ID, Origin: wire.Article.ID, Kind: onrecord.PartialCopy, Share: 0.74, Confidence: 0.97,
			Passages: []onrecord.Aligned{
				{Span: at(post, copied), Origin: at(wire, copied)},
				{Span: at(post, "The Ministry of Works declined to comment."), Origin: at(wire, "The Ministry of Works declined to comment.")},
			},
			Basis: []string{"shared passages", "credit line: Quill Wire"},
		},
		{
			ID: onrecord.NewID(onrecord.CopyKind, "herald"), Article: herald.Article.ID, Origin: wire.Article.ID, Kind: onrecord.PartialCopy, Share: 0.31, Confidence: 0.66,
			Passages: []onrecord.Aligned{{Span: at(herald, "of the cables show corrosion we did not expect before 2050"), Origin: at(wire, "of the cables we have opened so far show corrosion that we did not expect before 2050")}},
			Basis:    []string{"shared passages"},
		},
	}
	l.Reports = []onrecord.Report{
		{ID: onrecord.NewID(onrecord.ReportKind, "wire"), Origin: wire.Article.ID, Articles: ids(wire, post, herald), Basis: []string{"shared passages", "credit line: Quill Wire"}},
	}
	for _, d := range []*draft{gazette, mirror, arabic, renewed, unknown} {
		l.Reports = append(l.Reports, onrecord.Report{ID: onrecord.NewID(onrecord.ReportKind, d.Article.ID), Origin: d.Article.ID, Articles: ids(d)})
	}
	l.Utterances = []onrecord.Utterance{
		{
			ID: onrecord.NewID(onrecord.UtteranceKind, "64"), Speaker: orla,
			Wording:    "“At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050,”",
			Statements: []string{w1id, w2id, p1, h1, h2}, First: date("2031-03-04"), Confidence: 0.89, Basis: []string{"same speaker and day", "shared words"},
			Drift: []onrecord.Drift{
				{Statement: w1id, Kind: onrecord.DriftNumber, From: "64 percent", To: "60 percent"},
				{Statement: w1id, Kind: onrecord.DriftEllipsis, From: "we have opened so far"},
				{Statement: h1, Kind: onrecord.DriftComparator, From: "At least"},
				{Statement: h1, Kind: onrecord.DriftSpeaker, From: "Orla Venning", To: "the city"},
				{Statement: h1, Kind: onrecord.DriftWording, From: "show corrosion", To: "is unsafe"},
				{Statement: h2, Kind: onrecord.DriftComparator, From: "At least"},
				{Statement: h2, Kind: onrecord.DriftEllipsis, From: "we have opened so far"},
			},
		},
		{
			ID: onrecord.NewID(onrecord.UtteranceKind, "dorn"), Speaker: dorn, Wording: "“There is no evidence of danger. Nine in ten cables are sound,”", Statements: []string{g3, m1id}, First: date("2031-03-07"), Confidence: 0.64,
			Drift: []onrecord.Drift{{Statement: m1id, Kind: onrecord.DriftNumber, From: "Nine in ten cables", To: "One cable in ten"}},
		},
	}
	l.Measures = []onrecord.Measure{{
		ID: onrecord.NewID(onrecord.MeasureKind, "share"), Label: "share of the Tarn Crossing's cables that are corroded", Unit: "percent", Confidence: 0.78,
		Figures: []onrecord.MeasurePoint{{Figure: fw1}, {Figure: fw2}, {Figure: fp1}, {Figure: fh1}, {Figure: fh2}, {Figure: fg1, Complement: true}, {Figure: fg2, Complement: true}, {Figure: fm1}},
	}}
	l.Disputes = []onrecord.Dispute{
		{ID: onrecord.NewID(onrecord.DisputeKind, "knew"), Kind: onrecord.Denial, Sides: [2][]string{{w4id}, {g2, g3}}, Basis: "denied within three days, shared words: ministry, known, autumn", Confidence: 0.81},
		{ID: onrecord.NewID(onrecord.DisputeKind, "danger"), Kind: onrecord.Contradiction, Sides: [2][]string{{h1}, {g1}}, Basis: "unsafe / not dangerous", Confidence: 0.58},
		{ID: onrecord.NewID(onrecord.DisputeKind, "figures"), Kind: onrecord.Figures, Sides: [2][]string{{fw2}, {fg1}}, Basis: "64 percent against 1 − 0.9", Confidence: 0.74},
	}
	l.Model = "links by hand"
	named := func(id string) *onrecord.Speaker {
		return &l.Speakers[slices.IndexFunc(l.Speakers, func(p onrecord.Speaker) bool { return p.ID == id })]
	}
	named(bask).Learned = []onrecord.Alias{{Name: "Ministry of Works", Alias: "the Works ministry", Article: unknown.Article.ID, Span: at(unknown, "the Works ministry")}}
	named(bask).Basis = []string{"one name in 5 articles"}
	named(dorn).Tenures = []onrecord.Tenure{{Role: "minister of works", From: date("2031-03-07"), To: date("2031-03-08"), Basis: "2 articles"}}
	named(dorn).ExternalID = "X-17"
	for i := range l.Speakers {
		if l.Speakers[i].Kind == onrecord.Unnamed {
			l.Speakers[i].Leads = []onrecord.Lead{{Speaker: bask, Basis: []string{"the same words on the same day"}, Confidence: 0.41}}
		}
	}
	slices.SortFunc(l.Disputes, func(a, b onrecord.Dispute) int { return len(b.Sides[1]) - len(a.Sides[1]) })
	return r
}

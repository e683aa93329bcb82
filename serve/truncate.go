package serve

import (
	"context"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// longLabel is the maximum length of titles and names on pages, in bytes: pages repeat them in every row, and the first line of a text may
// be a megabyte long.
const longLabel = 400

// A truncated reader shortens long titles and names.
type truncated struct{ Reader }

func cut(labels ...*string) {
	for _, s := range labels {
		*s = clip(*s, longLabel)
	}
}

func cutAll(list []string) {
	for i := range list {
		cut(&list[i])
	}
}

func cutArticles(rows []ledger.ArticleRow) {
	for i := range rows {
		a := &rows[i]
		cut(&a.Title, &a.Outlet, &a.Byline, &a.ExternalID)
	}
}

func cutStatements(rows []ledger.StatementRow) {
	for i := range rows {
		cut(&rows[i].SpeakerName)
		cutAll(rows[i].Relays)
	}
}

func cutSpeaker(p *onrecord.Speaker) {
	cut(&p.Name)
	cutAll(p.Aliases)
	cutAll(p.Roles)
	for k := range p.Learned {
		cut(&p.Learned[k].Name, &p.Learned[k].Alias)
	}
	for k := range p.Tenures {
		cut(&p.Tenures[k].Role)
	}
}

func cutSpeakers(rows []ledger.SpeakerRow) {
	for i := range rows {
		cutSpeaker(&rows[i].Speaker)
	}
}

func cutPassages(rows []ledger.Passage) {
	for i := range rows {
		cut(&rows[i].SpeakerName, &rows[i].Title, &rows[i].Outlet)
		cutAll(rows[i].Relays)
	}
}

func cutView(v *ledger.StoryView) {
	if v == nil {
		return
	}
	cut(&v.Story.Title)
	cutArticles(v.Articles)
	cutStatements(v.Statements)
	cutSpeakers(v.Speakers)
	for i := range v.Figures {
		cut(&v.Figures[i].Thing, &v.Figures[i].ShareOf, &v.Figures[i].AsOf.Basis)
	}
	for i := range v.Measures {
		cut(&v.Measures[i].Label)
	}
	for i := range v.Utterances {
		for k := range v.Utterances[i].Drift {
			cut(&v.Utterances[i].Drift[k].From, &v.Utterances[i].Drift[k].To)
		}
	}
}

func (s truncated) Stories(ctx context.Context, f ledger.StoryFilter) (rows []ledger.StoryRow, total int, err error) {
	rows, total, err = s.Reader.Stories(ctx, f)
	for i := range rows {
		cut(&rows[i].Title)
		cutAll(rows[i].Outlets)
	}
	return rows, total, err
}

func (s truncated) Story(ctx context.Context, id string) (*ledger.StoryView, error) {
	v, err := s.Reader.Story(ctx, id)
	cutView(v)
	return v, err
}

func (s truncated) Row(ctx context.Context, id string) (*ledger.StoryView, error) {
	v, err := s.Reader.Row(ctx, id)
	cutView(v)
	return v, err
}

func (s truncated) Article(ctx context.Context, id string) (*ledger.ArticleView, error) {
	v, err := s.Reader.Article(ctx, id)
	if v != nil {
		cut(&v.Article.Title, &v.Article.Outlet, &v.Article.Byline, &v.Article.ExternalID, &v.StoryTitle)
		cutArticles(v.Versions)
		cutStatements(v.Statements)
		for i := range v.Speakers {
			cutSpeaker(&v.Speakers[i])
		}
		cutView(&ledger.StoryView{Figures: v.Figures, Utterances: v.Utterances})
	}
	return v, err
}

func (s truncated) Articles(ctx context.Context, ids []string) ([]ledger.ArticleRow, error) {
	rows, err := s.Reader.Articles(ctx, ids)
	cutArticles(rows)
	return rows, err
}

func (s truncated) Speakers(ctx context.Context, f ledger.SpeakersFilter) ([]ledger.SpeakerRow, error) {
	rows, err := s.Reader.Speakers(ctx, f)
	cutSpeakers(rows)
	return rows, err
}

func (s truncated) Called(ctx context.Context, name string, most int) ([]ledger.SpeakerRow, error) {
	rows, err := s.Reader.Called(ctx, name, most)
	cutSpeakers(rows)
	return rows, err
}

func (s truncated) Speaker(ctx context.Context, id string, f ledger.SpeakerFilter) (*ledger.SpeakerView, error) {
	v, err := s.Reader.Speaker(ctx, id, f)
	if v != nil {
		cutSpeaker(&v.Speaker.Speaker)
		cutSpeakers(v.Suspects)
		for i := range v.SpokenOf {
			a := &v.SpokenOf[i].Article
			cut(&a.Title, &a.Outlet)
		}
		cutPassages(v.Statements)
		for i := range v.Channels {
			cut(&v.Channels[i].Outlet)
		}
	}
	return v, err
}

func (s truncated) Passages(ctx context.Context, ids []string) ([]ledger.Passage, error) {
	rows, err := s.Reader.Passages(ctx, ids)
	cutPassages(rows)
	return rows, err
}

func (s truncated) Refusals(ctx context.Context) ([]ledger.Refusal, error) {
	rows, err := s.Reader.Refusals(ctx)
	for i := range rows {
		cut(&rows[i].File, &rows[i].Reason)
	}
	return rows, err
}

func (s truncated) Search(ctx context.Context, q ledger.SearchQuery) ([]ledger.Hit, error) {
	hits, err := s.Reader.Search(ctx, q)
	for i := range hits {
		cut(&hits[i].Title, &hits[i].Outlet, &hits[i].Speaker)
	}
	return hits, err
}

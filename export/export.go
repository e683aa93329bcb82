package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Rows calls f with each row of a ledger, in the order and of the types of [ledger.Ledger.Rows]: an article comes before the
// rows that point at it.
type Rows func(f func(row any) error) error

// JSONL writes the rows in the export contract, one JSON object a line.
func JSONL(w io.Writer, rows Rows) error {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := contract(rows, func(row any) error { return enc.Encode(row) })
	if err != nil {
		return err
	}
	return out.Flush()
}

// contract turns ledger rows into rows of the export contract.
func contract(rows Rows, f func(row any) error) error {
	texts := map[string]*Text{}
	of := func(article string) (*Text, error) {
		if t := texts[article]; t != nil {
			return t, nil
		}
		return nil, fmt.Errorf("export: a row points at article %s, which has not come", article)
	}
	return rows(func(row any) error {
		switch r := row.(type) {
		case *ledger.Status:
			return f(Status{Type: "status", Linked: r.Linked})
		case *ledger.ArticleRow:
			texts[r.ID] = NewText(r.Text)
			return f(FromArticle(r))
		case *ledger.StatementRow:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromStatement(r, t))
		case *ledger.FigureRow:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromFigure(r, t))
		case *onrecord.Time:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromTime(r, t))
		case *onrecord.Copy:
			a, err := of(r.Article)
			if err != nil {
				return err
			}
			o, err := of(r.Origin)
			if err != nil {
				return err
			}
			return f(FromCopy(r, a, o))
		case *ledger.SpeakerRow:
			return f(FromSpeaker(r))
		case *onrecord.Story:
			return f(FromStory(r))
		case *onrecord.Utterance:
			return f(FromUtterance(r))
		case *onrecord.Measure:
			return f(FromMeasure(r))
		case *onrecord.Dispute:
			return f(FromDispute(r))
		case *onrecord.Review:
			return f(FromReview(r))
		}
		return fmt.Errorf("export: no form for a row of type %T", row)
	})
}

// Tables are the kinds of rows that CSV can write, each as a table of its own.
var Tables = []string{"statement", "figure", "time", "article", "copy"}

var columns = map[string][]string{
	"article":   {"id", "external_id", "url", "outlet", "title", "byline", "published", "precision", "language", "sha256", "story", "report"},
	"statement": {"id", "article", "outlet", "published", "parent", "kind", "source", "cue", "content", "start", "end", "speaker", "speaker_name", "named", "relays", "stance", "said_from", "said_to", "confidence", "utterance", "speaker_confidence", "addressee", "unnamed", "anonymity", "denied", "headline"},
	"figure":    {"id", "article", "outlet", "published", "start", "end", "text", "low", "high", "comparator", "change", "unit", "thing", "share_of", "as_of_from", "as_of_to", "vague", "statement", "confidence", "measure", "conversion_of"},
	"time":      {"id", "article", "outlet", "published", "start", "end", "text", "timex", "from", "to", "grain", "basis", "confidence"},
	"copy":      {"article", "origin", "share", "basis"},
}

// CSV writes the rows of one of Tables as RFC 4180 with a header. Several spans of one role are joined by " ... "; start and end
// of a statement are those of its whole. Cells that a spreadsheet would take for a formula begin with an apostrophe.
func CSV(w io.Writer, table string, rows Rows) error {
	if !slices.Contains(Tables, table) {
		return fmt.Errorf("export: no table %q: have %s", table, strings.Join(Tables, ", "))
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(columns[table]); err != nil {
		return err
	}
	articles := map[string]Article{}
	err := contract(rows, func(row any) error {
		var cells []string
		switch r := row.(type) {
		case Article:
			articles[r.ID] = r
			if table != "article" {
				return nil
			}
			day, precision := day(r)
			cells = []string{r.ID, opt(r.ExternalID), opt(r.URL), opt(r.Outlet), opt(r.Title), opt(r.Byline), day, precision, opt(r.Language), r.SHA256, opt(r.Story), opt(r.Report)}
		case Statement:
			if table != "statement" {
				return nil
			}
			a := articles[r.Article]
			published, _ := day(a)
			start, end := extent(r)
			var from, to string
			if r.Said != nil {
				from, to = opt(r.Said.From), opt(r.Said.To)
			}
			sure := ""
			if r.SpeakerConfidence != nil {
				sure = number(*r.SpeakerConfidence)
			}
			cells = []string{
				r.ID, r.Article, opt(a.Outlet), published, opt(r.Parent), r.Kind, joined(r.Source), joined(r.Cue), joined(r.Content),
				strconv.Itoa(start), strconv.Itoa(end), opt(r.Speaker), opt(r.SpeakerName), strconv.FormatBool(r.Named), strings.Join(r.Relays, "; "),
				r.Stance, from, to, number(r.Confidence), opt(r.Utterance),
				sure, joined(r.Addressee), strings.Join(r.Unnamed, "; "), joined(r.Anonymity), opt(r.Denied), strconv.FormatBool(r.Headline),
			}
		case Figure:
			if table != "figure" {
				return nil
			}
			a := articles[r.Article]
			published, _ := day(a)
			var from, to string
			if r.AsOf != nil {
				from, to = opt(r.AsOf.From), opt(r.AsOf.To)
			}
			cells = []string{
				r.ID, r.Article, opt(a.Outlet), published, strconv.Itoa(r.Start), strconv.Itoa(r.End), r.Text, number(r.Low), number(r.High),
				r.Comparator, opt(r.Change), r.Unit, opt(r.Thing), opt(r.ShareOf), from, to, strconv.FormatBool(r.Vague), opt(r.Statement),
				number(r.Confidence), opt(r.Measure), opt(r.ConversionOf),
			}
		case Time:
			if table != "time" {
				return nil
			}
			a := articles[r.Article]
			published, _ := day(a)
			cells = []string{
				r.ID, r.Article, opt(a.Outlet), published, strconv.Itoa(r.Start), strconv.Itoa(r.End), r.Text, r.Timex, opt(r.From), opt(r.To),
				opt(r.Grain), r.Basis, number(r.Confidence),
			}
		case Copy:
			if table != "copy" {
				return nil
			}
			cells = []string{r.Article, r.Origin, number(r.Share), strings.Join(r.Basis, "; ")}
		default:
			return nil
		}
		for i, c := range cells {
			cells[i] = inert(c)
		}
		return out.Write(cells)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from running a cell as a formula (OWASP, "CSV Injection"; the wide forms of East Asian fonts are taken for
// the narrow ones by some). Numbers stay numbers.
func inert(cell string) string {
	if len(cell) < 2 || !strings.ContainsAny(cell[:1], "=+-@\t\r\n") && !startsWide(cell) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func startsWide(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return strings.ContainsRune("＝＋－＠", first)
}

func day(a Article) (value, precision string) {
	if a.Published == nil {
		return "", ""
	}
	return a.Published.Value, a.Published.Precision
}

// extent is the range of code points that a statement's spans take up.
func extent(s Statement) (start, end int) {
	start = -1
	for _, role := range [][]Span{s.Source, s.Cue, s.Content} {
		for _, span := range role {
			if start < 0 || span.Start < start {
				start = span.Start
			}
			end = max(end, span.End)
		}
	}
	return max(start, 0), end
}

func joined(spans []Span) string {
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = s.Text
	}
	return strings.Join(words, " ... ")
}

func opt(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

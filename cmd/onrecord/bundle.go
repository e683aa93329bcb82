package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bundle"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/source"
)

type bundleCommand struct {
	Story   string `arg:"" help:"The story's id, as stories lists it." placeholder:"STORY"`
	NoTexts bool   `help:"Leave the articles' texts out, and give their hashes: whoever has the articles can verify it."`
	Output  string `short:"o" required:"" help:"Output file. Written completely or not at all." placeholder:"FILE"`
}

func (c *bundleCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l ledger.Ledger) error {
		var made *bundle.Manifest
		err := writeFile(c.Output, root.Ledger, func(w io.Writer) (err error) {
			made, err = bundle.Write(ctx, w, l, c.Story, !c.NoTexts)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s: %s\n", c.Output, made.Title)
		if n := len(made.Outside); n > 0 {
			fmt.Fprintf(s.out, "%s on articles of other stories, in part or whole: verify will say so\n", counted(n, "row rests", "rows rest"))
		}
		return nil
	})
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

type verifyCommand struct {
	Bundle   string   `arg:"" help:"The bundle, a file that bundle wrote." placeholder:"BUNDLE"`
	Articles []string `arg:"" optional:"" help:"Files and folders with the articles, for a bundle without their texts." placeholder:"PATH"`
	JSON     bool     `name:"json" help:"Print JSON."`
}

// What verify ends with where not everything passes.
const (
	errFailed   sentinel.Error = "not everything in the bundle is what its texts make it"
	errTextless sentinel.Error = "not everything could be checked: texts are missing"
)

func (c *verifyCommand) Run(ctx context.Context, s streams) error {
	texts := map[string]string{}
	for item := range source.Paths(ctx, c.Articles, s.in) {
		if item.Refusal != nil {
			tell(s.err, "%v", item.Refusal)
		}
		if item.Article != nil {
			texts[onrecord.TextHash(item.Article.Text)] = item.Article.Text
		}
	}
	f, err := os.Open(c.Bundle)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	v, err := bundle.Verify(ctx, f, info.Size(), texts)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Bundle, err)
	}
	if c.JSON {
		e := json.NewEncoder(s.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		err = e.Encode(v)
	} else {
		printVerdict(s.out, v)
	}
	return errors.Join(err, verdictError(v))
}

func verdictError(v *bundle.Verdict) error {
	if v.Count(bundle.Fail) > 0 {
		return errFailed
	}
	for _, r := range v.Results {
		if r.Kind == "text" && r.Result == bundle.NotChecked {
			return errTextless
		}
	}
	return nil
}

func printVerdict(w io.Writer, v *bundle.Verdict) {
	fmt.Fprintf(w, "%s\n%s, %s\n", v.Manifest.Title, v.Manifest.Reading, v.Manifest.Link)
	for _, n := range v.Notes {
		fmt.Fprintf(w, "note: %s\n", n)
	}
	for _, r := range v.Results {
		why := r.Why
		if why != "" {
			why = ": " + why
		}
		fmt.Fprintf(w, "%-11s  %-9s  %s%s\n", r.Result, r.Kind, r.Key, why)
	}
	fmt.Fprintf(w, "%d pass, %d fail, %d not checked\n", v.Count(bundle.Pass), v.Count(bundle.Fail), v.Count(bundle.NotChecked))
}

package main

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/reading"
)

type doctorCommand struct{}

// errUnsound is returned by doctor where the ledger is damaged, or a text in it is not the one that was read.
const errUnsound sentinel.Error = "the ledger is not sound"

// Run looks the ledger over and says how it is.
func (c *doctorCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l ledger.Ledger) error {
		health, err := l.Examine(ctx)
		if err != nil {
			return err
		}
		status, err := l.Status(ctx)
		if err != nil {
			return err
		}
		models, err := l.Models(ctx)
		if err != nil {
			return err
		}
		all, own := 0, models[reading.Version()]
		for _, n := range models {
			all += n
		}
		fmt.Fprintf(s.out, "ledger    %s: %.1f MB, and a log of %.1f MB\n", storage.Name(root.Ledger), float64(health.Bytes)/1e6, float64(health.Log)/1e6)
		fmt.Fprintf(s.out, "articles  %d, of all versions; %d read by this version of onrecord\n", all, own)
		if unread := models[""]; unread > 0 {
			fmt.Fprintf(s.out, "          %d not read yet: workers read them, or onrecord read without a path\n", unread)
			all -= unread
		}
		if all > own {
			fmt.Fprintf(s.out, "          %d read by another version: onrecord read, without a path, reads them again\n", all-own)
		}
		fmt.Fprintf(s.out, "links     %s\n", map[bool]string{true: "of all articles", false: "not of all articles yet: onrecord read completes them"}[status.Linked])
		for _, input := range status.Unfinished {
			tell(s.out, "input     %s: %v; onrecord read with this path completes it", input, errUnfinished)
		}
		for _, says := range health.Damage {
			fmt.Fprintf(s.out, "damage    %s\n", says)
		}
		for _, id := range health.Altered {
			fmt.Fprintf(s.out, "altered   article %s: its text, or where it came from, is not what was read\n", id)
		}
		if len(health.Damage)+len(health.Altered) > 0 {
			return errUnsound
		}
		fmt.Fprintln(s.out, "sound     every page, and the text of every article")
		return nil
	})
}

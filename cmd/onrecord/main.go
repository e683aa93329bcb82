// Command onrecord reads news and keeps the record of it: who said what, with which figures, copied from where.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/source"
	"github.com/onrecord/onrecord/source/wire"
)

// Exit codes of the command.
const (
	exitDone    = 0
	exitRefused = 1 // some input was refused and the rest was read; for check, something needs a look; for what rests on links, not all is linked yet
	exitNothing = 2 // nothing was done, or the command was stopped
)

type command struct {
	Ledger      string        `help:"The ledger: a file, or postgres://USER@HOST/DATABASE." default:"onrecord.db" placeholder:"FILE" env:"ONRECORD_LEDGER"`
	Connections int           `help:"Connections to PostgreSQL at most that look at the ledger; one more writes. Default: 8." placeholder:"N"`
	Timeout     time.Duration `help:"How long PostgreSQL may take for one statement; default: 30s for pages and the API, else as the server has it." placeholder:"DURATION"`

	Read    readCommand    `cmd:"" help:"Read articles into the ledger."`
	Worker  workerCommand  `cmd:"" help:"Read articles that read --queue has put into a ledger in PostgreSQL, and link it, until it is stopped."`
	Stories storiesCommand `cmd:"" help:"List the stories."`
	Story   storyCommand   `cmd:"" help:"Show a story: articles, statements, figures, copies, disputes."`
	Speaker speakerCommand `cmd:"" help:"Show what a speaker said, and where they are mentioned."`

	Speakers speakersCommand `cmd:"" help:"Load a table of speakers: names, aliases, roles over time, your own ids."`

	Search  searchCommand  `cmd:"" help:"Search articles and statements."`
	Check   checkCommand   `cmd:"" help:"Check a draft's quotations and statements against the record."`
	Cite    citeCommand    `cmd:"" help:"Print the citation of a statement, a figure or a passage, for people or for programs."`
	Serve   serveCommand   `cmd:"" help:"Serve the ledger as web pages and a JSON API."`
	MCP     mcpCommand     `cmd:"" name:"mcp" help:"Offer the ledger to assistants over standard input and output, by the Model Context Protocol; to look only."`
	Review  reviewCommand  `cmd:"" help:"Accept, reject or correct a row; merge or split speakers, utterances, measures, stories, reports; undo a review."`
	Reviews reviewsCommand `cmd:"" help:"List the reviews; export and import them; what is worth one; how many rows were right."`

	Export exportCommand `cmd:"" help:"Export the ledger, or one story."`

	Bundle bundleCommand `cmd:"" help:"Write a story into one file that anyone can verify: articles, rows, reviews, versions."`
	Verify verifyCommand `cmd:"" help:"Make every row of a bundle anew, offline, and say of each whether it is the same."`

	Backup  backupCommand  `cmd:"" help:"Write the ledger, as it is at this moment, into a new file, and check it."`
	Restore restoreCommand `cmd:"" help:"Fill an empty ledger with what a backup holds."`
	Ledgers ledgerCommand  `cmd:"" name:"ledger" help:"Move a ledger between a file and PostgreSQL."`

	Doctor doctorCommand `cmd:"" help:"Check that the ledger is sound: its pages, the text of every article, links, versions."`

	Version  versionCommand  `cmd:"" help:"Print version, commit and models."`
	Licenses licensesCommand `cmd:"" help:"Print the licences of all software in this program."`
	Help     helpCommand     `cmd:"" help:"Show help, also for one command."`
}

// AfterApply puts what the command line says of PostgreSQL into the ledger's address.
func (c *command) AfterApply() (err error) {
	if c.Connections != 0 || c.Timeout != 0 {
		c.Ledger, err = storage.WithLimits(c.Ledger, c.Connections, c.Timeout)
	}
	return err
}

// streams are the standard streams that a command talks over.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// mostMemory is how many bytes the program should keep to: near them the collector works harder, where it else lets the heap grow to
// twice what is in use. GOMEMLIMIT says otherwise.
const mostMemory = 3 << 30

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mostMemory)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// errRefused is returned by a command that has listed what it refused and did the rest.
const errRefused sentinel.Error = "some input was refused"

// run is the command with its arguments; it returns the exit code. What could not be printed was not done.
func run(ctx context.Context, args []string, s streams) int {
	slog.SetDefault(slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelInfo})))
	out := newOutput(s.out)
	s.out = out
	code, err := dispatch(ctx, args, s)
	if out.err != nil && !errors.Is(err, out.err) {
		err = fmt.Errorf("standard output: %w", reason(out.err))
	}
	if out.err != nil {
		code = exitNothing
	}
	if err != nil {
		tell(s.err, "onrecord: %v", err)
	}
	return code
}

// dispatch runs the command that the arguments name. It returns the exit code, and an error that is still to be told.
func dispatch(ctx context.Context, args []string, s streams) (int, error) {
	if len(args) == 0 {
		args = []string{"help"}
	}
	var cmd command
	formNames, forms := citationForms()
	exited := -1
	parser, err := kong.New(&cmd,
		kong.Name("onrecord"),
		kong.Description(description),
		kong.Vars{
			"formats":           source.Extensions(),
			"wireFormats":       wire.Formats(),
			"ledgerFormats":     formatsInWords(export.ForLedgers()),
			"ledgerFormatNames": export.Names(export.ForLedgers()),
			"citationForms":     forms,
			"citationFormNames": formNames,
			"tables":            strings.Join(export.Tables(), ","),
		},
		kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { exited = code }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return exitNothing, err
	}
	k, err := parser.Parse(args)
	if exited >= 0 { // --help
		return exited, nil
	}
	if err == nil {
		k.BindTo(ctx, (*context.Context)(nil))
		err = k.Run(&cmd, s)
	}
	switch {
	case err == nil:
		return exitDone, nil
	case errors.Is(err, errRefused), errors.Is(err, errUnclear):
		return exitRefused, nil
	case errors.Is(err, errUnlinked), errors.Is(err, errUnfinished), errors.Is(err, errUnsound),
		errors.Is(err, errFailed), errors.Is(err, errTextless):
		return exitRefused, err
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitNothing, errStopped
	default:
		return exitNothing, err
	}
}

// errStopped says that a signal ended the command.
const errStopped sentinel.Error = "interrupted"

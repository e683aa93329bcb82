package source

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	p := os.Getenv("DUMP")
	if p == "" {
		t.Skip()
	}
	for i := range Paths(context.Background(), strings.Fields(p), os.Stdin) {
		if i.Refusal != nil {
			fmt.Println("REFUSED", i.Refusal, i.Bytes)
			continue
		}
		a := *i.Article
		fmt.Printf("%s:%d %d bytes, %s url=%q ext=%q outlet=%q title=%q by=%q pub=%v lang=%q\n", a.File, a.Line, i.Bytes, a.ID, a.URL, a.ExternalID, a.Outlet, a.Title, a.Byline, a.Published, a.Language)
		if os.Getenv("TEXT") != "" {
			fmt.Println(a.Text)
		}
	}
	fmt.Println("size", Size(strings.Fields(p)))
}

# Onrecord. `make` says what there is to make.
export CGO_ENABLED := 0
LISTEN ?= 127.0.0.1:7700
GO ?= go

.DEFAULT_GOAL := help
.PHONY: help build demo test soak lint score bench screenshots fuzz train clean

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/onrecord, one static binary
	$(GO) build -trimpath -ldflags '-s -w' -o bin/onrecord ./cmd/onrecord

demo: build ## build, read the bundled coverage, serve it on $(LISTEN)
	@rm -f bin/demo.db bin/demo.db-wal bin/demo.db-shm
	bin/onrecord --ledger bin/demo.db read examples/coverage.jsonl examples/pages examples/saved
	bin/onrecord --ledger bin/demo.db stories
	bin/onrecord --ledger bin/demo.db serve --listen $(LISTEN)

test: lint ## everything that must hold; installs what the tests need
	sh .ci/setup
	$(GO) test -timeout 80m ./...
	for os in linux darwin windows; do GOOS=$$os GOARCH=amd64 $(GO) build -o /dev/null ./cmd/onrecord || exit 1; done

soak: ## the same ledger by workers that are killed KILLS (1000) times, half an hour
	ONRECORD_TEST_KILLS=$(or $(KILLS),1000) $(GO) test ./engine -run TestParity -count=1 -timeout 3h -v

lint: ## form and vet
	@test -z "$$($(GO) tool gofumpt -l .)" || { $(GO) tool gofumpt -l .; echo 'gofumpt would change these'; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

score: ## read the development sets the whole way, print the scorers' tables, and how the models of English do
	$(GO) test ./eval -run 'TestScores' -v -count=1 | grep -v '^=== '
	@test ! -d ../shared/corpora || $(GO) run ./cmd/train score -c ../shared/corpora

bench: ## print articles/s, MB/s and peak memory of read, as a ratio against zcat | wc in the same run; hostile texts of three sizes; how long a second writer waits; speakers by name among 300,000; comparisons of two sentences; a ledger of 10,000 articles that grows by one (BENCH=full: of 100,000 too); how long pages take while a read goes on
	$(GO) test ./eval -run '^$$' -bench 'Read' -benchtime 3x -v
	$(GO) test ./eval -run '^$$' -bench 'Hostile|SecondWriter' -benchtime 1x
	$(GO) test ./engine -run '^$$' -bench 'Ways' -benchtime 3x
	$(GO) test ./ledger/sqlite -run '^$$' -bench 'Names' -benchtime 20x
	$(GO) test ./meaning -run '^$$' -bench 'Compare'
	$(GO) test ./linking -run '^$$' -bench 'Grow' -benchtime 1x -timeout 3h -v
	$(GO) test ./serve -run '^$$' -bench 'Pages/100000$$' -benchtime 1x -timeout 30m -v

screenshots: ## make the pictures of docs/screenshots from the bundled example
	mkdir -p docs/screenshots
	SCREENSHOTS=$(CURDIR)/docs/screenshots $(GO) test ./serve -run TestScreenshots -count=1

fuzz: ## run every fuzz target for FUZZTIME (5m)
	sh .ci/fuzz $(or $(FUZZTIME),5m)

train: ## train the models anew from ../shared/corpora
	$(GO) run ./cmd/train all -c ../shared/corpora -o english/weights
	$(GO) run ./cmd/train attribution -c ../shared/corpora --workers 2
	$(GO) run ./cmd/train words -c ../shared/corpora
	$(GO) run ./cmd/train meaning -c ../shared/corpora

clean: ## remove what was built
	rm -rf bin

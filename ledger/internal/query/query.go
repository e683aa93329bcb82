// Package query is the schema of the ledger and the queries put to it, in the SQL that SQLite and PostgreSQL share. The schema stands
// in migrations, the queries in query.sql; sqlc makes the rest of this package of them.
package query

import "embed"

//go:generate go run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1 generate

// Migrations are the versions of the schema, in the folder migrations.
//
//go:embed migrations/*.sql
var Migrations embed.FS

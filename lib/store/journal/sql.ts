/** Statements on a database, with rows as plain objects. */
import type { DatabaseSync } from "node:sqlite";

/** What a column can hold here. */
export type SqlValue = string | number | null;

/** A row as SQLite gives it. */
export type Row = Record<string, unknown>;

/** Runs a statement; the number of changed rows. */
export function runSql(database: DatabaseSync, sql: string, ...values: SqlValue[]): number {
  return Number(database.prepare(sql).run(...values).changes);
}

/** All rows of a query. */
export function allRows(database: DatabaseSync, sql: string, ...values: SqlValue[]): Row[] {
  return database.prepare(sql).all(...values) as Row[];
}

/** The first row of a query. */
export function firstRow(database: DatabaseSync, sql: string, ...values: SqlValue[]) {
  return database.prepare(sql).get(...values) as Row | undefined;
}

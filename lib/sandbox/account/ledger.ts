/** The account's money: reserved when a project is admitted, spent for what was delivered. */
import type { TokenType } from "./prices.ts";

/** One token's balance as the service writes it: decimal strings. */
export interface BalanceRow {
  settled: string;
  credit: string;
  debit: string;
  net: string;
  relaxedUnclaimed: string;
  fastUnclaimed: string;
}

/** Both balances, as REST and `balanceUpdate` carry them. */
export interface BalanceSheet {
  sogni: BalanceRow;
  spark: BalanceRow & { premiumCredit: string };
}

/** What the account starts with. */
export interface BalanceSeed {
  spark?: number;
  sogni?: number;
  premiumSpark?: number;
}

/** The account book of one sandbox. Amounts are in tokens. */
export interface Ledger {
  /** What can be spent now. */
  available(token: TokenType): number;
  /** Puts money aside; `false` when there is not enough. */
  reserve(token: TokenType, amount: number): boolean;
  /** Ends a reservation: `spent` of it is paid, the rest is free again. */
  settle(token: TokenType, reserved: number, spent: number): void;
  sheet(): BalanceSheet;
}

/** Amounts are kept in millionths, so that sums are exact. */
const UNIT = 1_000_000;
const DEFAULT_SEED = { spark: 10_000, sogni: 500, premiumSpark: 0 };

/** Opens the account. */
export function createLedger(seed: BalanceSeed = {}): Ledger {
  const start = { ...DEFAULT_SEED, ...seed };
  const settled = { spark: units(start.spark), sogni: units(start.sogni) };
  const debit = { spark: 0, sogni: 0 };
  const net = (token: TokenType) => settled[token] - debit[token];
  const row = (token: TokenType): BalanceRow => ({
    settled: decimal(settled[token]),
    credit: "0",
    debit: decimal(debit[token]),
    net: decimal(net(token)),
    relaxedUnclaimed: "0",
    fastUnclaimed: "0",
  });
  return {
    available: (token) => net(token) / UNIT,
    reserve(token, amount) {
      if (units(amount) > net(token)) return false;
      debit[token] += units(amount);
      return true;
    },
    settle(token, reserved, spent) {
      debit[token] -= units(reserved);
      settled[token] -= units(spent);
    },
    sheet: () => ({
      sogni: row("sogni"),
      spark: { ...row("spark"), premiumCredit: decimal(units(start.premiumSpark)) },
    }),
  };
}

function units(amount: number): number {
  return Math.round(amount * UNIT);
}

function decimal(amount: number): string {
  return String(amount / UNIT);
}

import { assertEquals } from "@std/assert";
import { createLedger } from "./ledger.ts";

Deno.test("money is reserved, then spent or given back", () => {
  const ledger = createLedger({ spark: 1, sogni: 0.5 });
  assertEquals(ledger.reserve("spark", 0.7), true);
  assertEquals(ledger.sheet().spark.debit, "0.7");
  assertEquals(ledger.sheet().spark.net, "0.3");
  assertEquals(ledger.reserve("spark", 0.4), false);
  ledger.settle("spark", 0.7, 0.2);
  assertEquals(ledger.sheet().spark.settled, "0.8");
  assertEquals(ledger.sheet().spark.debit, "0");
  assertEquals(ledger.available("spark"), 0.8);
  assertEquals(ledger.available("sogni"), 0.5);
});

Deno.test("sums stay exact", () => {
  const ledger = createLedger({ spark: 1 });
  for (let turn = 0; turn < 10; turn++) {
    assertEquals(ledger.reserve("spark", 0.1), true);
    ledger.settle("spark", 0.1, 0.1);
  }
  assertEquals(ledger.sheet().spark.net, "0");
});

Deno.test("both balances carry every field as a decimal string", () => {
  const { sogni, spark } = createLedger({ spark: 2, sogni: 3, premiumSpark: 4 }).sheet();
  const row = { credit: "0", debit: "0", relaxedUnclaimed: "0", fastUnclaimed: "0" };
  assertEquals(sogni, { ...row, settled: "3", net: "3" });
  assertEquals(spark, { ...row, settled: "2", net: "2", premiumCredit: "4" });
});

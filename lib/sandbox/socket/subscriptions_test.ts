import { assertEquals } from "@std/assert";
import { createSubscriptions } from "./subscriptions.ts";

Deno.test("the upgrade chooses; groups stand for their members", () => {
  const table: [string | null, Record<string, boolean>][] = [
    [null, { swarmModels: true, jobState: true, appAlert: false }],
    ["nonsense", { swarmModels: true }],
    ['{"modelAvailability":false}', { swarmModels: false, swarmLLMModels: false, jobState: true }],
    ['{"modelAvailability":false,"swarmModels":true}', {
      swarmModels: true,
      swarmLLMModels: false,
    }],
    ['{"appAlert":true}', { appAlert: true }],
  ];
  for (const [query, expected] of table) {
    const subscriptions = createSubscriptions(query);
    for (const [type, wanted] of Object.entries(expected)) {
      assertEquals(subscriptions.wants(type), wanted, `${query} ${type}`);
    }
  }
});

Deno.test("updates change single names and can start over", () => {
  const subscriptions = createSubscriptions(null);
  subscriptions.update({ unsubscribe: ["balanceUpdate"], subscribe: "appAlert" });
  assertEquals([subscriptions.wants("balanceUpdate"), subscriptions.wants("appAlert")], [
    false,
    true,
  ]);
  subscriptions.update({ event: "balanceUpdate", enabled: true });
  assertEquals(subscriptions.wants("balanceUpdate"), true);
  subscriptions.update({ reset: true, subscriptions: { toastMessage: false } });
  assertEquals(subscriptions.all(), { modelAvailability: true, toastMessage: false });
  subscriptions.update("nonsense");
  assertEquals(subscriptions.wants("toastMessage"), false);
});

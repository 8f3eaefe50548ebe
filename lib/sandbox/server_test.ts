import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { FaultRule } from "./faults/script.ts";
import { bareJson, eventStream } from "./http/reply.ts";
import { startSandbox } from "./server.ts";
import { connect } from "./testing/raw_client.ts";
import { imageRequest } from "./testing/job_requests.ts";
import { call, dataOf, withSandbox } from "./testing/with_sandbox.ts";

Deno.test("each start has a port and a key of its own, unless they are given", async () => {
  const [first, second] = [await startSandbox(), await startSandbox({ apiKey: "mine" })];
  assertNotEquals(first.port, second.port);
  assertMatch(first.apiKey, /^sandbox-[0-9a-f]{32}$/);
  assertEquals(second.apiKey, "mine");
  assertEquals(first.restEndpoint, `http://127.0.0.1:${first.port}`);
  assertEquals(first.socketEndpoint, `ws://127.0.0.1:${first.port}`);
  const { port } = first;
  await first.stop();
  await second.stop();
  const again = await startSandbox({ port });
  assertEquals(again.port, port);
  await again.stop();
});

Deno.test("the API host answers in envelopes", () =>
  withSandbox({ balance: { spark: 12.5, sogni: 3 } }, async (sandbox) => {
    const me = await call(sandbox, "/v1/account/me");
    assertEquals([me.json.status, dataOf(me).username], ["success", "sandbox"]);
    const balance = dataOf(await call(sandbox, "/v4/account/balance")) as {
      spark: Record<string, string>;
    };
    assertEquals([balance.spark.net, balance.spark.premiumCredit], ["12.5", "0"]);
    assertEquals(dataOf(await call(sandbox, "/v1/subscriptions/status")), {
      subscription: { active: false, status: "none" },
    });
    const loras = dataOf(
      await call(sandbox, "/v1/loras/comfy?modelId=qwen_image_edit_2511_fp8"),
    ) as { loras: { loraId: string }[] };
    assertEquals(loras.loras.map(({ loraId }) => loraId), ["multiple_angles"]);
  }));

Deno.test("the socket host answers bare", () =>
  withSandbox({ workers: { flux2_dev_fp8: 0 } }, async (sandbox) => {
    const list = (await call(sandbox, "/api/v1/models/list")).json as unknown as {
      id: string;
      SID: number;
      tier: string;
    }[];
    const tiers = (await call(sandbox, "/api/v2/models/tiers")).json;
    const workers = (await call(sandbox, "/api/v1/status/network/fast/models")).json;
    for (const { id, SID, tier } of list) {
      assert(tiers[tier], id);
      assertEquals(workers[SID] === 0, id === "flux2_dev_fp8", id);
    }
    const presets = (await call(
      sandbox,
      "/api/v1/size-presets/network/fast/model/flux1-schnell-fp8",
    )).json;
    assert(Array.isArray(presets) && presets.length > 0);
    assertEquals((await call(sandbox, "/api/v1/artist/projects/active")).json, { projects: [] });
  }));

Deno.test("a bad key is refused, public lists need none, unknown paths are told", () =>
  withSandbox({}, async (sandbox) => {
    const table: [string, string, Record<string, string>, number, number | undefined][] = [
      ["GET", "/v1/account/me", { "api-key": "wrong" }, 401, 101],
      ["GET", "/v1/account/me", { "api-key": "" }, 401, 101],
      [
        "GET",
        "/v1/account/me",
        { "api-key": "", authorization: `Bearer ${sandbox.apiKey}` },
        200,
        undefined,
      ],
      ["GET", "/api/v1/models/list", { "api-key": "" }, 200, undefined],
      ["GET", "/v1/loras/comfy", { "api-key": "" }, 200, undefined],
      ["GET", "/v1/nothing", {}, 404, 404],
      ["GET", "/v1/nothing", { "api-key": "" }, 401, 101],
      ["POST", "/v1/account/me", {}, 405, 405],
    ];
    for (const [method, path, headers, status, errorCode] of table) {
      const answer = await call(sandbox, path, { method, headers });
      assertEquals(
        [answer.status, answer.json.errorCode],
        [status, errorCode],
        `${method} ${path}`,
      );
      if (errorCode !== undefined) assertEquals(answer.json.status, "error");
    }
  }));

Deno.test("REST fails as scripted", async () => {
  const table: [FaultRule, number, (text: string, retryAfter: string | null) => void][] = [
    [{ fault: "rest", path: "/me", status: 429, retryAfter: 7, message: "slow down" }, 429, (
      text,
      retryAfter,
    ) => {
      assertEquals(retryAfter, "7");
      assertEquals(JSON.parse(text), {
        status: "error",
        message: "slow down",
        errorCode: 429,
        retryAfter: 7,
      });
    }],
    [{ fault: "rest", status: 502, body: "html" }, 502, (text) => assertMatch(text, /^<html>/)],
    [{ fault: "rest", status: 500, body: "text", message: "oh" }, 500, (text) => {
      assertEquals(text, "oh");
    }],
    [{ fault: "rest", body: "malformed" }, 200, (text) => assertMatch(text, /"data":\{$/)],
    [{ fault: "rest", body: "empty" }, 503, (text) => assertEquals(text, "")],
    [{ fault: "rest", delay: 30 }, 200, (text) => assertMatch(text, /success/)],
    [{ fault: "rest", path: "/elsewhere" }, 200, (text) => assertMatch(text, /success/)],
    [{ fault: "rejectKey" }, 401, (text) => assertMatch(text, /"errorCode":101/)],
  ];
  for (const [rule, status, check] of table) {
    await withSandbox({ faults: [rule] }, async (sandbox) => {
      const answer = await call(sandbox, "/v1/account/me");
      assertEquals(answer.status, status, JSON.stringify(rule));
      check(new TextDecoder().decode(answer.bytes), answer.headers.get("retry-after"));
    });
  }
});

Deno.test("further routes come first, see the body, stream, and may fail", () =>
  withSandbox({
    routes: [(context) => [
      {
        method: "POST",
        path: "/v1/echo/:name",
        handle: ({ params, body }) =>
          bareJson({ name: params.name, body: new TextDecoder().decode(body) }),
      },
      {
        method: "GET",
        path: "/v1/account/me",
        handle: () => bareJson({ mine: context.account.username }),
      },
      {
        method: "GET",
        path: "/v1/stream",
        handle: () =>
          eventStream(
            (async function* () {
              for (const part of ["data: 1\n\n", "data: 2\n\n"]) {
                await context.clock.sleep(1);
                yield part;
              }
            })(),
          ),
      },
      {
        method: "GET",
        path: "/v1/broken",
        handle: () => Promise.reject(new Error("out of paint")),
      },
    ]],
  }, async (sandbox) => {
    const echo = await call(sandbox, "/v1/echo/a%20b", { method: "POST", body: "héllo" });
    assertEquals(echo.json, { name: "a b", body: "héllo" });
    assertEquals((await call(sandbox, "/v1/account/me")).json, { mine: "sandbox" });
    const stream = await call(sandbox, "/v1/stream");
    assertEquals(stream.headers.get("content-type"), "text/event-stream");
    assertEquals(new TextDecoder().decode(stream.bytes), "data: 1\n\ndata: 2\n\n");
    const broken = await call(sandbox, "/v1/broken");
    assertEquals([broken.status, broken.json.message], [500, "out of paint"]);
  }));

Deno.test("the recorder keeps requests, answers and messages, unless it is off", async () => {
  const talk = async (record: boolean) => {
    const sandbox = await startSandbox({ speed: 0, record });
    await call(sandbox, "/v1/assets/prepare?x=1", {
      method: "POST",
      body: '{"a":1}',
      headers: { "content-type": "application/json" },
    });
    const client = await connect(sandbox, { query: { appSource: "test" } });
    await client.next("authenticated");
    client.send("changeNetwork", "relaxed");
    await client.next("changeNetwork");
    await client.close();
    await sandbox.stop();
    return sandbox.recorder;
  };
  const on = await talk(true);
  const [request] = on.requests("/v1/assets/prepare", "POST");
  assertEquals(
    [request?.status, request?.query, request?.json],
    [403, { x: "1" }, { a: 1 }],
  );
  assertEquals(on.received("changeNetwork"), ["relaxed"]);
  assertEquals(on.sent("changeNetwork"), [{ network: "relaxed" }]);
  assertEquals(on.upgrades, [{ appId: "raw", appSource: "test" }]);
  on.clear();
  assertEquals(on.rest.length + on.frames.length + on.upgrades.length, 0);
  const off = await talk(false);
  assertEquals(off.rest.length + off.frames.length + off.upgrades.length, 0);
});

Deno.test("stopping ends waits, sockets and answers", async () => {
  const sandbox = await startSandbox({
    speed: 1000,
    routes: [(context) => [{
      method: "GET",
      path: "/v1/wait",
      handle: ({ signal }) => context.clock.forever(signal),
    }]],
  });
  const client = await connect(sandbox);
  client.send("jobRequest", imageRequest());
  await client.next("jobState");
  const waiting = call(sandbox, "/v1/wait").then(({ status }) => status, () => 0);
  while (sandbox.recorder.requests("/v1/wait").length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await sandbox.stop();
  assertEquals([0, 503].includes(await waiting), true);
  assertEquals(await client.closed, 1006);
});

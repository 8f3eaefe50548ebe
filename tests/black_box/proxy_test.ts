/** A company's network: one proxy leads out, and its certificates are its own. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { startSandbox } from "../../lib/sandbox/server.ts";
import { inPlace, type Place } from "../support/agent.ts";
import { proxyTo, TEST_AUTHORITY, tlsInFrontOf } from "../support/tls_front.ts";

interface Network {
  place: Place;
  /** Variables of somebody who works in this network. */
  env: Record<string, string>;
  /** What the proxy was asked for. */
  asked: string[];
  apiKey: string;
}

/** The service behind TLS under its real names, reached by a proxy. */
async function inCompany(body: (network: Network) => Promise<void>): Promise<void> {
  const service = await startSandbox({ speed: 0 });
  const front = await tlsInFrontOf(Number(new URL(service.restEndpoint).port));
  const proxy = await proxyTo(front.port);
  try {
    await inPlace(async (place) => {
      const env = {
        SOGNI_API_KEY: service.apiKey,
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        SOGNI_NO_UPDATE_CHECK: "1",
      };
      await body({ place, env, asked: proxy.asked, apiKey: service.apiKey });
    });
  } finally {
    await proxy.close();
    await front.close();
    await service.stop();
  }
}

Deno.test("calls and the socket take the proxy by name, and trust the certificate given", async () => {
  await inCompany(async ({ place, env, asked }) => {
    const args = ["--balance", "--ca-cert", TEST_AUTHORITY];
    const { code, object, stderr } = await place.json(args, { env });
    assertEquals([code, object.success], [0, true], stderr);
    assertEquals([...new Set(asked)].sort(), [
      "CONNECT api.sogni.ai:443",
      "CONNECT socket.sogni.ai:443",
    ]);
  });
});

Deno.test("a certificate that nobody vouches for ends the connection", async () => {
  await inCompany(async ({ place, env, apiKey }) => {
    const { code, object, stdout, stderr } = await place.json(["--balance"], { env });
    assertEquals([code, object.success], [1, false]);
    assert(!`${stdout}${stderr}`.includes(apiKey));
  });
});

Deno.test("a name that cannot be looked up is not asked of the proxy", async () => {
  await inCompany(async ({ place, env, asked }) => {
    const args = ["-c", "https://files.test/a.png", "--ca-cert", TEST_AUTHORITY, "a fox"];
    const { code, object } = await place.json(args, { env });
    assertEquals([code, object.errorCode], [1, "INVALID_URL"]);
    assert(!asked.some((line) => line.includes("files.test")), asked.join());
  });
});

Deno.test("a proxy that may look up names is asked for them", async () => {
  await inCompany(async ({ place, env, asked }) => {
    const args = ["-c", "https://files.test/a.png", "--ca-cert", TEST_AUTHORITY, "a fox"];
    await place.json(args, { env: { ...env, SOGNI_PROXY_RESOLVES_NAMES: "1" } });
    assert(asked.includes("CONNECT files.test:443"), asked.join());
  });
});

Deno.test("what is on this machine takes no proxy, whatever the environment says", async () => {
  await inCompany(async ({ place, env, asked }) => {
    const everything = {
      ...env,
      HTTP_PROXY: env.HTTPS_PROXY ?? "",
      ALL_PROXY: env.HTTPS_PROXY ?? "",
    };
    const { code, stderr } = await place.run(["--sandbox", "-q", "-o", "a.png", "a fox"], {
      env: everything,
    });
    assertEquals([code, asked], [0, []], stderr);
  });
});

Deno.test("NO_PROXY leads past the proxy, not past the guard", async () => {
  await inCompany(async ({ place, env, asked }) => {
    const args = ["--sandbox", "-c", "https://127.0.0.1/a.png", "a fox"];
    for (const name of ["NO_PROXY", "no_proxy"]) {
      const { object } = await place.json(args, { env: { ...env, [name]: "*" } });
      assertEquals(object.errorCode, "INVALID_URL");
      assertMatch(String(object.error), /not public/);
    }
    assertEquals(asked, []);
  });
});

const UNUSABLE: [name: string, write: string | undefined, errorCode: string][] = [
  ["missing.pem", undefined, "MISSING_FILE"],
  ["empty.pem", "no certificate", "INVALID_ARGUMENT"],
];
for (const [name, text, errorCode] of UNUSABLE) {
  Deno.test(`--ca-cert ${name} is refused before anything is asked`, async () => {
    await inCompany(async ({ place, env, asked }) => {
      if (text !== undefined) await fs.writeFile(place.path(name), text);
      const { code, object } = await place.json(["--balance", "--ca-cert", name], { env });
      assertEquals([code, object.errorCode, asked], [1, errorCode, []]);
    });
  });
}

Deno.test("a proxy that cannot be used is named", async () => {
  await inCompany(async ({ place, env }) => {
    const { object } = await place.json(["--balance"], {
      env: { ...env, HTTPS_PROXY: "socks5://x:1" },
    });
    assertEquals(object.errorCode, "INVALID_CONFIG");
    assertMatch(String(object.error), /HTTPS_PROXY/);
  });
});

/** The sandbox runs where there is no file, no environment and no program: in a walled worker. */
import { assertEquals } from "@std/assert";
import type { Sandbox } from "./options.ts";
import { connect } from "./testing/raw_client.ts";
import { imageRequest } from "./testing/job_requests.ts";
import { call } from "./testing/with_sandbox.ts";

Deno.test("a worker that may only listen on 127.0.0.1 serves pictures", async () => {
  const worker = new Worker(new URL("./testing/walled_sandbox.ts", import.meta.url).href, {
    type: "module",
    deno: {
      permissions: {
        net: ["127.0.0.1"],
        read: false,
        write: false,
        env: false,
        run: false,
        sys: false,
        ffi: false,
        import: false,
      },
    },
  });
  try {
    const sandbox = await new Promise<Sandbox>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
    assertEquals((await call(sandbox, "/v1/account/me")).status, 200);
    const client = await connect(sandbox);
    const request = imageRequest();
    client.send("jobRequest", request);
    await client.next("jobState", ({ type }) => type === "jobCompleted");
    assertEquals((await call(sandbox, `/v1/projects/${request.jobID}`)).status, 200);
    await client.close();
  } finally {
    worker.terminate();
  }
});

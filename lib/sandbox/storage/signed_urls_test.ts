import { assertEquals } from "@std/assert";
import { createClock } from "../clock.ts";
import { createSignedUrls } from "./signed_urls.ts";

function fixture() {
  let now = 1_000_000;
  const urls = createSignedUrls(createClock(0, () => now), () => "http://127.0.0.1:1", 60);
  return { urls, pass: (seconds: number) => void (now += seconds * 1000) };
}

Deno.test("a URL permits its method, key and content type until its time is over", () => {
  const { urls, pass } = fixture();
  const url = new URL(urls.sign({ method: "PUT", key: "uploads/A/x", contentType: "image/png" }));
  assertEquals(url.pathname, "/storage/uploads/A/x");
  const query = url.searchParams;
  assertEquals(urls.check("PUT", "uploads/A/x", query), undefined);
  assertEquals(urls.check("GET", "uploads/A/x", query), "signature");
  assertEquals(urls.check("PUT", "uploads/A/y", query), "signature");
  const forged = new URLSearchParams(query);
  forged.set("contentType", "text/html");
  assertEquals(urls.check("PUT", "uploads/A/x", forged), "signature");
  assertEquals(urls.check("PUT", "uploads/A/x", new URLSearchParams()), "signature");
  pass(60);
  assertEquals(urls.check("PUT", "uploads/A/x", query), undefined);
  pass(1);
  assertEquals(urls.check("PUT", "uploads/A/x", query), "expired");
});

Deno.test("HEAD goes with GET, and odd slot names are escaped", () => {
  const { urls } = fixture();
  const url = new URL(urls.sign({ method: "GET", key: "uploads/A/x?y" }));
  assertEquals(url.pathname, "/storage/uploads/A/x%3Fy");
  assertEquals(urls.check("HEAD", "uploads/A/x?y", url.searchParams), undefined);
});

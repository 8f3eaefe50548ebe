import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { chooseToken, requestedToken } from "./tokens.ts";
import type { TokenRequest } from "./tokens.ts";

const REQUESTS: readonly [TokenRequest | undefined, string | undefined, TokenRequest][] = [
  [undefined, undefined, "spark"],
  ["sogni", undefined, "sogni"],
  ["auto", "sogni", "auto"],
  [undefined, "sogni", "sogni"],
  [undefined, "AUTO", "auto"],
  ["spark", "sogni", "spark"],
];
for (const [flag, configured, expected] of REQUESTS) {
  Deno.test(`balance asked for: flag ${flag}, configured ${configured}`, () => {
    const options = flag === undefined ? {} : { tokenType: flag };
    const config = configured === undefined ? {} : { defaultTokenType: configured };
    assertEquals(requestedToken(options, config), expected);
  });
}

Deno.test("an unknown configured balance is refused, unless a flag stands in for it", () => {
  const config = { defaultTokenType: "gold" };
  const error = assertThrows(() => requestedToken({}, config), AppError, "gold");
  assertEquals(error.details?.["flag"], "--token-type");
  assertEquals(requestedToken({ tokenType: "spark" }, config), "spark");
});

const CHOICES: readonly [TokenRequest, boolean, string, boolean, TokenRequest, boolean][] = [
  ["spark", false, "spark", false, "spark", false],
  ["sogni", false, "sogni", false, "sogni", false],
  ["auto", false, "spark", true, "auto", false],
  ["spark", true, "spark", false, "spark", false],
  ["sogni", true, "spark", false, "spark", true],
  ["auto", true, "spark", false, "spark", false],
];
for (const [request, premium, tokenType, tokenFallback, hashed, noted] of CHOICES) {
  Deno.test(`balance ${request} with a ${premium ? "vendor" : "native"} model`, () => {
    const choice = chooseToken(request, "some-model", premium);
    assertEquals(choice.tokenType, tokenType);
    assertEquals(choice.tokenFallback, tokenFallback);
    assertEquals(choice.hashed, hashed);
    assertEquals(choice.note?.includes("some-model") ?? false, noted);
  });
}

import { assertEquals } from "@std/assert";
import { parseCredentials, withKey, withoutKey } from "./credentials_text.ts";

const READ: [text: string, apiKey: string | undefined, suspectedComment?: boolean][] = [
  ["", undefined],
  ["SOGNI_API_KEY=abc", "abc"],
  ["SOGNI_API_KEY=abc\n", "abc"],
  ["\ufeffSOGNI_API_KEY=abc\r\n", "abc"],
  ["  SOGNI_API_KEY = abc  ", "abc"],
  ["export SOGNI_API_KEY=abc", "abc"],
  ["export   SOGNI_API_KEY=abc", "abc"],
  ["# SOGNI_API_KEY=no\n\nSOGNI_API_KEY=abc", "abc"],
  ["SOGNI_API_KEY=a=b==", "a=b=="],
  ['SOGNI_API_KEY="abc"', "abc"],
  ["SOGNI_API_KEY='abc'", "abc"],
  ["SOGNI_API_KEY=\"abc'", "\"abc'"],
  ["SOGNI_API_KEY=''abc''", "'abc'"],
  ["SOGNI_API_KEY=abc # mine", "abc # mine", true],
  ["SOGNI_API_KEY=abc\t# mine", "abc\t# mine", true],
  ["SOGNI_API_KEY=abc#mine", "abc#mine"],
  ['SOGNI_API_KEY="abc # mine"', "abc # mine"],
  ["SOGNI_API_KEY=", undefined],
  ['SOGNI_API_KEY=""', undefined],
  ["SOGNI_API_KEY=   ", undefined],
  ["SOGNI_API_KEY", undefined],
  ["sogni_api_key=abc", undefined],
  ["OTHER=x\nSOGNI_API_KEY=abc\nMORE=y", "abc"],
  ["SOGNI_API_KEY=old\nSOGNI_API_KEY=new", "new"],
  ["SOGNI_API_KEY=old\nSOGNI_API_KEY=", "old"],
  ["XSOGNI_API_KEY=abc", undefined],
];

for (const [text, apiKey, suspectedComment = false] of READ) {
  Deno.test(`${JSON.stringify(text)} holds ${apiKey}`, () => {
    assertEquals(parseCredentials(text), {
      ...(apiKey === undefined ? {} : { apiKey }),
      suspectedComment,
    });
  });
}

const WRITTEN: [before: string, after: string][] = [
  ["", "SOGNI_API_KEY=new\n"],
  ["SOGNI_API_KEY=old", "SOGNI_API_KEY=new\n"],
  ["SOGNI_API_KEY=old\n", "SOGNI_API_KEY=new\n"],
  ["# mine\nSOGNI_API_KEY=old\nOTHER=1\n", "# mine\nSOGNI_API_KEY=new\nOTHER=1\n"],
  ["OTHER=1\n", "OTHER=1\nSOGNI_API_KEY=new\n"],
  ["OTHER=1", "OTHER=1\nSOGNI_API_KEY=new\n"],
  ["OTHER=1\r\n", "OTHER=1\r\nSOGNI_API_KEY=new\r\n"],
  ["\ufeffSOGNI_API_KEY=old\r\n", "\ufeffSOGNI_API_KEY=new\r\n"],
  ["export SOGNI_API_KEY=old\n", "export SOGNI_API_KEY=new\n"],
  ["SOGNI_API_KEY=a\nX=1\nSOGNI_API_KEY=b\n", "SOGNI_API_KEY=new\nX=1\n"],
  ["#SOGNI_API_KEY=old\n", "#SOGNI_API_KEY=old\nSOGNI_API_KEY=new\n"],
];

for (const [before, after] of WRITTEN) {
  Deno.test(`a key written into ${JSON.stringify(before)} leaves the rest`, () => {
    assertEquals(withKey(before, "new"), after);
    assertEquals(parseCredentials(after).apiKey, "new");
  });
}

for (const key of ["a b", "a #b", "'a'", '"a"', "a=b", "a#b"]) {
  Deno.test(`the key ${JSON.stringify(key)} is read back as it was written`, () => {
    assertEquals(parseCredentials(withKey("", key)), { apiKey: key, suspectedComment: false });
  });
}

const REMOVED: [before: string, after: string][] = [
  ["SOGNI_API_KEY=old\n", ""],
  ["\n\nSOGNI_API_KEY=old\n\n", ""],
  ["\ufeffSOGNI_API_KEY=old", ""],
  ["# mine\nSOGNI_API_KEY=old\nOTHER=1\n", "# mine\nOTHER=1\n"],
  ["OTHER=1\r\nexport SOGNI_API_KEY=old\r\n", "OTHER=1\r\n"],
  ["OTHER=1\n", "OTHER=1\n"],
];

for (const [before, after] of REMOVED) {
  Deno.test(`the key is taken out of ${JSON.stringify(before)}`, () => {
    assertEquals(withoutKey(before), after);
  });
}

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { blockedReason, isLocalAddress, isMetadataAddress, parseAddress } from "./address.ts";

Deno.test("addresses are read as bytes", () => {
  const rows: [string, string | undefined][] = [
    ["1.2.3.4", "1.2.3.4"],
    ["01.2.3.4", undefined],
    ["1.2.3", undefined],
    ["256.0.0.1", undefined],
    ["::", "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"],
    ["::1", "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1"],
    ["::ffff:1.2.3.4", "0.0.0.0.0.0.0.0.0.0.255.255.1.2.3.4"],
    ["2001:db8::ff", "32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.255"],
    ["1:2:3:4:5:6:7:8", "0.1.0.2.0.3.0.4.0.5.0.6.0.7.0.8"],
    ["1:2:3:4:5:6:7::", "0.1.0.2.0.3.0.4.0.5.0.6.0.7.0.0"],
    ["1:2:3:4:5:6:7:8:9", undefined],
    ["1::2::3", undefined],
    ["fe80::1%eth0", undefined],
    ["g::1", undefined],
    ["cdn.example", undefined],
  ];
  for (const [text, expected] of rows) {
    assertEquals(parseAddress(text)?.join("."), expected, text);
  }
});

Deno.test("what cannot be read is blocked", () => {
  assertEquals(blockedReason("nonsense", "resolved"), "not an IP address");
});

Deno.test("a resolver's mapped address is judged by its IPv4 part, other embeddings are refused", () => {
  const rows: [string, boolean][] = [
    ["::ffff:93.184.216.34", true],
    ["::ffff:10.0.0.1", false],
    ["64:ff9b::5db8:d822", false],
    ["2002:5db8:d822::1", false],
    ["2606:4700::5efe:5db8:d822", false],
    ["2606:4700::200:5efe:5db8:d822", false],
    ["2606:4700::1", true],
    ["2620:4f:8000::1", false],
  ];
  for (const [address, accepted] of rows) {
    assertEquals(blockedReason(address, "resolved") === undefined, accepted, address);
  }
});

Deno.test("local addresses exclude those that hand out credentials", () => {
  for (const address of ["127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fe80::2", "fd12::1"]) {
    assertEquals(isLocalAddress(address), true, address);
  }
  const metadata = ["169.254.169.254", "168.63.129.16", "100.100.100.200", "192.0.0.192"];
  for (const address of [...metadata, "fd00:ec2::254", "::ffff:169.254.169.254"]) {
    assertEquals(isLocalAddress(address), false, address);
    assertEquals(isMetadataAddress(address), true, address);
  }
  assertEquals(isLocalAddress("8.8.8.8"), false);
});

Deno.test("every private IPv4 address is blocked, also when a resolver maps it", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(
      fc.constantFrom("10", "127", "169.254", "192.168"),
      byte,
      byte,
      byte,
      (p, a, b, c) => {
        const address = [...p.split("."), a, b, c].slice(0, 4).join(".");
        return blockedReason(address, "literal") !== undefined &&
          blockedReason(`::ffff:${address}`, "resolved") !== undefined;
      },
    ),
  );
});

Deno.test("reading an address never throws", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."0123456789abcdef:.%") }), (text) => {
    const bytes = parseAddress(text);
    return bytes === undefined || bytes.length === 4 || bytes.length === 16;
  }));
});

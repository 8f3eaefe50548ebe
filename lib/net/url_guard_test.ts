import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { checkUrl, type RefusalReason } from "./url_guard.ts";

/** Row number of the contract's table, input, and why it is refused (absent: accepted). */
type Row =
  | readonly [number, string, RefusalReason | undefined, (readonly string[] | "fails")?]
  | readonly [number, string];

const PUBLIC = ["93.184.216.34"];
const long = (length: number) => "https://93.184.216.34/".padEnd(length, "a");

const ROWS: readonly Row[] = [
  [1, "https://93.184.216.34/a.png"],
  [2, "http://1.1.1.1/"],
  [3, "https://[2606:4700:4700::1111]/"],
  [4, "https://cdn.example/x", undefined, PUBLIC],
  [5, "https://bücher.example/", undefined, PUBLIC],
  [6, "HTTPS://CDN.EXAMPLE/", undefined, PUBLIC],
  [7, "  https://cdn.example/  ", undefined, PUBLIC],
  [8, "http://1572395042/"],
  [9, "https://203.0.114.7/"],
  [10, "http://172.15.255.255/"],
  [11, "http://172.32.0.0/"],
  [12, "http://100.63.255.255/"],
  [13, "http://100.128.0.0/"],
  [14, "http://198.17.255.255/"],
  [15, "http://198.20.0.0/"],
  [16, "http://223.255.255.255/"],
  [17, "http://169.253.255.255/"],
  [18, "http://11.0.0.0/"],
  [19, "http://127.0.0.1/", "blocked-address"],
  [20, "http://127.255.255.254/", "blocked-address"],
  [21, "http://0.0.0.0/", "blocked-address"],
  [22, "http://0/", "blocked-address"],
  [23, "http://127.1/", "blocked-address"],
  [24, "http://127.0.1/", "blocked-address"],
  [25, "http://2130706433/", "blocked-address"],
  [26, "http://0x7f000001/", "blocked-address"],
  [27, "http://0x7f.1/", "blocked-address"],
  [28, "http://0177.0.0.1/", "blocked-address"],
  [29, "http://017700000001/", "blocked-address"],
  [30, "https://%31%32%37.0.0.1/", "blocked-address"],
  [31, "http://１２７.0.0.1/", "blocked-address"],
  [32, "http://127。0。0。1/", "blocked-address"],
  [33, "http://127.0.0.1./", "blocked-address"],
  [34, "https:///127.0.0.1/", "blocked-address"],
  [35, "https:127.0.0.1/", "blocked-address"],
  [36, "http://10.1.2.3/", "blocked-address"],
  [37, "http://172.16.0.1/", "blocked-address"],
  [38, "http://172.31.255.255/", "blocked-address"],
  [39, "http://192.168.0.10/", "blocked-address"],
  [40, "http://169.254.169.254/latest/meta-data/", "blocked-address"],
  [41, "http://169.254.170.2/", "blocked-address"],
  [42, "http://100.64.0.1/", "blocked-address"],
  [43, "http://100.100.100.200/", "blocked-address"],
  [44, "http://192.0.0.192/", "blocked-address"],
  [45, "http://192.0.2.1/", "blocked-address"],
  [46, "http://198.18.0.1/", "blocked-address"],
  [47, "http://198.51.100.9/", "blocked-address"],
  [48, "http://203.0.113.9/", "blocked-address"],
  [49, "http://224.0.0.1/", "blocked-address"],
  [50, "http://239.255.255.250/", "blocked-address"],
  [51, "http://240.0.0.1/", "blocked-address"],
  [52, "http://255.255.255.255/", "blocked-address"],
  [53, "http://168.63.129.16/", "blocked-address"],
  [54, "http://192.88.99.1/", "blocked-address"],
  [55, "http://192.31.196.1/", "blocked-address"],
  [56, "http://[::1]/", "blocked-address"],
  [57, "http://[0:0:0:0:0:0:0:1]/", "blocked-address"],
  [58, "http://[::]/", "blocked-address"],
  [59, "http://[::ffff:127.0.0.1]/", "blocked-address"],
  [60, "http://[::ffff:7f00:1]/", "blocked-address"],
  [61, "http://[::ffff:8.8.8.8]/", "blocked-address"],
  [62, "http://[::127.0.0.1]/", "blocked-address"],
  [63, "http://[::2]/", "blocked-address"],
  [64, "http://[::ffff:0:127.0.0.1]/", "blocked-address"],
  [65, "http://[64:ff9b::127.0.0.1]/", "blocked-address"],
  [66, "http://[64:ff9b::8.8.8.8]/", "blocked-address"],
  [67, "http://[64:ff9b:1::7f00:1]/", "blocked-address"],
  [68, "http://[2002:7f00:1::]/", "blocked-address"],
  [69, "http://[2002:a00:1::]/", "blocked-address"],
  [70, "http://[2001:0:53aa:64c:0:0:80ff:ff01]/", "blocked-address"],
  [71, "http://[2001:10::1]/", "blocked-address"],
  [72, "http://[2001:db8::1]/", "blocked-address"],
  [73, "http://[3fff::1]/", "blocked-address"],
  [74, "http://[5f00::1]/", "blocked-address"],
  [75, "http://[100::1]/", "blocked-address"],
  [76, "http://[fc00::1]/", "blocked-address"],
  [77, "http://[fd00:ec2::254]/", "blocked-address"],
  [78, "http://[fe80::1]/", "blocked-address"],
  [79, "http://[febf::1]/", "blocked-address"],
  [80, "http://[fec0::1]/", "blocked-address"],
  [81, "http://[fe80::1%25eth0]/", "invalid"],
  [82, "http://[ff02::1]/", "blocked-address"],
  [83, "http://localhost/", "blocked-name", ["127.0.0.1"]],
  [84, "http://localhost./", "blocked-name", ["127.0.0.1"]],
  [85, "http://ⓛocalhost/", "blocked-name", ["127.0.0.1"]],
  [86, "http://app.localhost/", "blocked-name", PUBLIC],
  [87, "http://metadata.google.internal/", "blocked-name", ["169.254.169.254"]],
  [88, "http://metadata.google.internal/", "blocked-name", PUBLIC],
  [89, "https://127.0.0.1.nip.example/", "resolves-to-blocked-address", ["127.0.0.1"]],
  [90, "https://mixed.example/", "resolves-to-blocked-address", [...PUBLIC, "10.0.0.1"]],
  [91, "https://six.example/", "resolves-to-blocked-address", [...PUBLIC, "fe80::1"]],
  [92, "https://mapped.example/", "resolves-to-blocked-address", ["::ffff:10.0.0.1"]],
  [93, "https://mapped.example/", undefined, ["::ffff:93.184.216.34"]],
  [94, "https://none.example/", "dns-failed", []],
  [95, "https://gone.example/", "dns-failed", "fails"],
  [96, "https://user:pw@93.184.216.34/", "credentials"],
  [97, "https://user@93.184.216.34/", "credentials"],
  [98, "https://:pw@93.184.216.34/", "credentials"],
  [99, "https://@93.184.216.34/"],
  [100, "https://93.184.216.34\\@10.0.0.1/"],
  [101, "https://93.184.216.34#@10.0.0.1/"],
  [102, "https://10.0.0.1?@93.184.216.34/", "blocked-address"],
  [103, "file:///etc/passwd", "protocol"],
  [104, "ftp://93.184.216.34/", "protocol"],
  [105, "data:text/plain,hi", "protocol"],
  [106, "javascript:alert(1)", "protocol"],
  [107, "wss://93.184.216.34/", "protocol"],
  [108, "gopher://93.184.216.34/", "protocol"],
  [109, "//93.184.216.34/x", "invalid"],
  [110, "https://", "invalid"],
  [111, "", "invalid"],
  [112, long(2049), "too-long"],
  [113, long(2048)],
  [114, "http://256.1.1.1/", "invalid"],
  [115, "http://1.2.3.4.5/", "invalid"],
  [116, "http://0x100000000/", "invalid"],
  [117, "http://08.0.0.1/", "invalid"],
  [118, "https://exa%00mple.example/", "invalid"],
  [119, "https://a b.example/", "invalid"],
  [120, "https://cdn.example:65536/", "invalid"],
  [121, "https://93.184.216.34:22/", "port"],
  [126, "ht\ntps://93.184.216.34/", "invalid"],
];

Deno.test("the verdict table of the URL guard", async () => {
  for (const [row, url, reason, stub] of ROWS) {
    assertEquals(await verdict(url, stub), reason ?? "accepted", `row ${row}: ${url}`);
  }
});

Deno.test("a value that is not text is refused", async () => {
  assertEquals(await verdict(undefined), "invalid");
  assertEquals(await verdict(42), "invalid");
});

Deno.test("protocols and allowed hosts of the caller hold", async () => {
  const rows: [string, Parameters<typeof checkUrl>[1], string][] = [
    ["http://93.184.216.34/", { protocols: ["https:"] }, "protocol"],
    ["https://API.SOGNI.AI/", { allowedHosts: ["api.sogni.ai"] }, "accepted"],
    ["https://api.sogni.ai./", { allowedHosts: ["api.sogni.ai"] }, "allow-list"],
    ["https://api.sogni.ai.evil.example/", { allowedHosts: ["api.sogni.ai"] }, "allow-list"],
    ["https://a.sogni.ai/", { allowedHosts: ["sogni.ai"] }, "allow-list"],
  ];
  for (const [url, rules, expected] of rows) {
    assertEquals(await verdict(url, PUBLIC, rules), expected, url);
  }
});

Deno.test("a refused name is never sent to the resolver", async () => {
  const names = ["localhost", "x.local", "instance-data", "a.home.arpa", "kubernetes.default.svc"];
  for (const name of names) {
    const asked: string[] = [];
    await assertRejects(() =>
      checkUrl(`https://${name}/`, {
        resolve: (host) => {
          asked.push(host);
          return Promise.resolve([...PUBLIC]);
        },
      }), AppError);
    assertEquals(asked, [], name);
  }
});

Deno.test("the addresses of an accepted name are handed on for pinning", async () => {
  const { addresses } = await checkUrl("https://cdn.example/x", {
    resolve: () => Promise.resolve(["93.184.216.34", "2606:4700::1"]),
  });
  assertEquals(addresses, ["93.184.216.34", "2606:4700::1"]);
});

async function verdict(
  url: unknown,
  stub: readonly string[] | "fails" = PUBLIC,
  rules: Parameters<typeof checkUrl>[1] = {},
): Promise<string> {
  try {
    await checkUrl(url, {
      ...rules,
      resolve: () =>
        stub === "fails" ? Promise.reject(new Error("no such name")) : Promise.resolve([...stub]),
    });
    return "accepted";
  } catch (error) {
    if (error instanceof AppError) return String(error.details?.reason);
    throw error;
  }
}

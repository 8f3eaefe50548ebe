/**
 * Command lines that cannot be used: each ends with exit 1, one JSON object with the registered
 * code and the facts, and before anything was sent.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writeFile } from "node:fs/promises";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { inPlace, onlyObject } from "../support/agent.ts";
import { wasTouched, withService } from "../support/service.ts";

type Row = [args: string[], details: Record<string, unknown>, code?: string];

const VALUES: Row[] = [
  [["--seed"], { flag: "--seed" }],
  [["a cat", "-o"], { flag: "-o" }],
  [["--width", "wide", "a cat"], { flag: "--width", value: "wide" }],
  [["--steps", "1.5", "a cat"], { flag: "--steps", value: "1.5" }],
  [["--steps=", "a cat"], { flag: "--steps", value: "" }],
  [["--guidance", "much", "a cat"], { flag: "--guidance", value: "much" }],
  [["--steps", "0", "a cat"], { flag: "--steps", value: 0, min: 1 }],
  [["-n", "0", "a cat"], { flag: "-n", value: 0, min: 1 }],
  [["-t", "0", "a cat"], { flag: "-t", value: 0, min: 1 }],
  [["-w", "0", "a cat"], { flag: "-w", value: 0, min: 1, max: 8192 }],
  [["-h", "8193", "a cat"], { flag: "-h", value: 8193, min: 1, max: 8192 }],
  [["-s", "-1", "a cat"], { flag: "-s", value: -1 }],
  [["--seed", "4294967296", "a cat"], { flag: "--seed", value: 4294967296 }],
  [["-Q", "best", "a cat"], { flag: "-Q", value: "best" }],
  [["--token-type", "eth", "a cat"], { flag: "--token-type", value: "eth" }],
  [["--seed-strategy", "luck", "a cat"], { flag: "--seed-strategy", value: "luck" }],
  [["--output-format", "bmp", "a cat"], { outputFormat: "bmp" }],
  [["--json=1", "a cat"], { flag: "--json", value: "1" }],
  [["-o", "", "a cat"], { flag: "-o", value: "" }],
  [["-c", "", "a cat"], { flag: "-c", value: "" }],
  [["-m", "", "a cat"], { flag: "-m", value: "" }],
  [["--persona", " ", "a cat"], { flag: "--persona", value: " " }],
  [["--ref= ", "--video", "a cat"], { flag: "--ref", value: " " }],
];

const COMBINATIONS: Row[] = [
  [["--output-format", "mp4", "a cat"], { outputFormat: "mp4" }],
  [["-o", "cat.mp3", "a cat"], { outputFormat: "mp3" }],
  [["-o", "cat.jpg", "--output-format", "png", "a cat"], { outputFormat: "png" }],
  [["--lora-strength", "0.5", "a cat"], { loras: [], loraStrengths: [0.5] }],
  [
    ["--lora", "a", "--lora", "b", "--lora-strength", "0.5", "a cat"],
    { loras: ["a", "b"], loraStrengths: [0.5] },
  ],
  [["-w", "100", "a cat"], { flag: "--width", value: 100, min: 256 }],
  [["-h", "4000", "a cat"], { flag: "--height", value: 4000, max: 2560 }],
  [["-c", "a.png", "-m", "z_image_turbo_bf16", "a cat"], {
    model: "z_image_turbo_bf16",
    maxImages: 0,
    provided: 1,
  }],
  [["-Q", "hq", "--music", "a song"], { flags: ["--quality"] }],
  [["--auto-resize-assets", "a cat"], { flags: ["--auto-resize-assets"] }],
  [["--sampler", "euler", "--video", "a cat"], { flags: ["--sampler"] }],
  [["--photobooth", "a cat"], { flag: "--ref" }],
  [["--ref", "a.png", "a cat"], { flags: ["--ref"] }],
  [["--multi-angle"], { flag: "--context" }],
  [["--azimuth", "behind", "--multi-angle", "-c", "a.png"], { field: "azimuth", value: "behind" }],
  [["a cat", "--persona", "Mara"], {}, "PERSONA_NOT_FOUND"],
  [["a cat", "--photobooth", "--ref", "a.png", "--persona", "Mara"], {
    flags: ["--photobooth", "--persona"],
  }],
  [["a cat", "--music", "--voice-persona", "Mara"], { flags: ["--voice-persona"] }],
];

for (const [title, rows] of [["values", VALUES], ["combinations", COMBINATIONS]] as const) {
  Deno.test(`${title} that cannot be used are refused with code, facts and hint, unsent`, async () => {
    await withService({}, async ({ run }, service) => {
      for (const [args, details, errorCode = "INVALID_ARGUMENT"] of rows) {
        const line = args.join(" ");
        // In front, because a flag at the end would take it as its value.
        const ended = await run(["--json", ...args]);
        const { code } = ended;
        const object = onlyObject(ended);
        const found = object.errorDetails as Record<string, unknown> | undefined ?? {};
        const told = Object.fromEntries(Object.keys(details).map((key) => [key, found[key]]));
        assertEquals({ line, code, errorCode: object.errorCode, ...told }, {
          line,
          code: 1,
          errorCode,
          ...details,
        });
        assertEquals(object.success, false, line);
        const prompt = args.indexOf("a cat");
        if (prompt === 0) assertEquals(object.prompt, "a cat", line);
        assertEquals(typeof object.hint, "string", `${line} has no hint`);
      }
      assert(!wasTouched(service));
    });
  });
}

Deno.test("a failure object has every field of the contract", async () => {
  await inPlace(async ({ json, cwd }) => {
    const { object } = await json(["--steps", "0", "a cat"]);
    const { error, hint, timestamp, node, ...rest } = object;
    assertEquals(rest, {
      success: false,
      errorCode: "INVALID_ARGUMENT",
      errorType: "PARAMETER_INVALID",
      errorCategory: "schema_validation",
      retryable: false,
      prompt: null,
      errorDetails: { flag: "--steps", value: 0, min: 1 },
      cwd,
    });
    assertStringIncludes(String(error), "--steps");
    assertStringIncludes(String(hint), "--steps");
    assertMatch(String(timestamp), /^\d{4}-\d\d-\d\dT/);
    assertMatch(String(node), /^(deno|node) /);
  });
});

Deno.test("an ffmpeg that is missing is named with what it is for, before anything is paid", async () => {
  await withService({}, async ({ json, path }, service) => {
    await writeFile(path("face.png"), solidPng(512, 512, 1));
    const rows = [
      [["--video", "--looping", "--ref", "face.png", "-o", "l.mp4", "x"], "--looping", "x"],
      [
        ["--angles-360", "--angles-360-video", "turn", "-c", "face.png"],
        "--angles-360-video",
        null,
      ],
    ] as const;
    for (const [args, purpose, prompt] of rows) {
      const { object } = await json([...args], { env: { FFMPEG_PATH: "/no/ffmpeg" } });
      assertEquals([object.errorCode, object.prompt], ["MISSING_FFMPEG", prompt]);
      assertStringIncludes(String(object.error), `for ${purpose} `);
    }
    assert(!wasTouched(service));
  });
});

Deno.test("a prompt that was read before the wrong flag is in the report", async () => {
  await inPlace(async ({ json }) => {
    assertEquals((await json(["a cat", "--steps", "0"])).object.prompt, "a cat");
    assertEquals((await json(["a cat", "--no-such-flag"])).object.prompt, "a cat");
    const env = { SOGNI_API_KEY: "key-0123456789", SOGNI_REST_ENDPOINT: "ftp://nowhere" };
    const { object } = await json(["a cat"], { env });
    assertEquals([object.errorCode, object.prompt], ["UNSAFE_API_BASE_URL", "a cat"]);
  });
});

Deno.test("in text mode stdout stays empty and stderr has the error, then the hint", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout, stderr } = await run(["--steps", "0", "a cat"]);
    assertEquals([code, stdout], [1, ""]);
    const [error, hint, ...rest] = stderr.trimEnd().split("\n");
    assertMatch(error ?? "", /^Error: --steps /);
    assertMatch(hint ?? "", /^Hint: /);
    assertEquals(rest, []);
  });
});

Deno.test("an unknown option is answered with the nearest name, --help and the way to say it anyway", async () => {
  await inPlace(async ({ json }) => {
    const { code, object } = await json(["--wdith", "512", "a cat"]);
    assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
    assertStringIncludes(String(object.error), "--wdith");
    for (const words of ["--width", "--help", " -- "]) {
      assertStringIncludes(String(object.hint), words);
    }
  });
});

Deno.test("no prompt, or one of blanks, is an error of its own", async () => {
  await inPlace(async ({ json }) => {
    for (const args of [[], [" \t "], ["-Q", "fast"]]) {
      const { code, object } = await json(args);
      assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
      assertMatch(String(object.error), /no prompt/i);
      assertEquals(typeof object.hint, "string");
    }
  });
});

Deno.test("the cap of --count is 16, and SOGNI_MAX_COUNT moves it both ways", async () => {
  await withService({}, async ({ json }, service) => {
    const rows: [string, string | undefined, number][] = [
      ["17", undefined, 16],
      ["3", "2", 2],
      ["21", "20", 20],
      ["17", "lots", 16],
    ];
    for (const [value, cap, max] of rows) {
      const env = cap === undefined ? {} : { SOGNI_MAX_COUNT: cap };
      const { code, object } = await json(["-n", value, "a cat"], { env });
      assertEquals([code, object.errorCode], [1, "COUNT_LIMIT_EXCEEDED"]);
      const { value: told, max: limit } = object.errorDetails as Record<string, unknown>;
      assertEquals([told, limit], [Number(value), max]);
      assertStringIncludes(String(object.hint), `SOGNI_MAX_COUNT=${value}`);
    }
    assert(!wasTouched(service));
    const allowed = await json(["-n", "17", "--dry-run", "a cat"], {
      env: { SOGNI_MAX_COUNT: "17" },
    });
    assertEquals(allowed.code, 0);
  });
});

Deno.test("--json counts wherever it stands, also behind the flag that is wrong", async () => {
  await inPlace(async ({ run }) => {
    for (const args of [["--json", "--steps", "0"], ["--steps", "0", "--json", "x"]]) {
      const { code, stdout } = await run(args);
      assertEquals([code, JSON.parse(stdout).errorCode], [1, "INVALID_ARGUMENT"]);
    }
  });
});

Deno.test("usage errors end with 2 when SOGNI_EXIT_CODES=extended", async () => {
  await inPlace(async ({ run }) => {
    const env = { SOGNI_EXIT_CODES: "extended" };
    assertEquals((await run(["--steps", "0", "a cat"], { env })).code, 2);
    assertEquals((await run(["a cat"], { env })).code, 1);
  });
});

Deno.test("control characters of an argument do not reach the terminal", async () => {
  await inPlace(async ({ run }) => {
    const { stderr } = await run(["--output-format", "\u001b[31mred\u0007", "a cat"]);
    // deno-lint-ignore no-control-regex
    assert(!/[\u0000-\u0009\u000b-\u001f\u007f]/.test(stderr), JSON.stringify(stderr));
  });
});

import { assertEquals, assertMatch } from "@std/assert";
import { planVideoOf, videoError } from "../../../tests/support/video_plan.ts";
import type { Options } from "../../cli/flags/table.ts";
import { refitProject } from "./refit.ts";

type Pair = [number, number];

Deno.test("an i2v job takes a size that its pictures lead to", () => {
  const rows: [
    string,
    Options,
    reported: Pair,
    sent: Pair,
    kind: "fit" | "cover",
    adjusted: boolean,
  ][] = [
    ["square in WAN", { ref: "square.png" }, [832, 480], [480, 480], "fit", false],
    ["tall in WAN", { ref: "tall.jpg" }, [832, 720], [480, 720], "fit", true],
    ["tall in LTX", { ref: "tall.jpg", model: "ltx23" }, [1920, 1152], [768, 1152], "fit", true],
    ["wide in WAN", { ref: "wide.png" }, [1024, 576], [1024, 576], "fit", true],
    [
      "wide as asked",
      { ref: "wide.png", width: 1280, height: 720 },
      [1280, 720],
      [1280, 720],
      "fit",
      false,
    ],
    ["strip in WAN", { ref: "strip.png" }, [832, 480], [832, 480], "cover", false],
    ["end alone", { refEnd: "square.png" }, [832, 480], [480, 480], "fit", false],
    ["no fit", { ref: "tall.jpg", autoResizeAssets: false }, [832, 480], [832, 480], "fit", false],
    [
      "HappyHorse",
      { ref: "tall.jpg", model: "happyhorse" },
      [1920, 1080],
      [720, 1080],
      "fit",
      false,
    ],
  ];
  for (const [name, options, reported, sent, kind, adjusted] of rows) {
    const plan = planVideoOf(options, "slow pan");
    const { params, media } = plan.projects[0] ?? {};
    assertEquals([plan.summary["width"], plan.summary["height"]], reported, name);
    assertEquals([params?.width, params?.height], sent, name);
    if (name !== "no fit") {
      assertEquals(media?.[0]?.prepare, { kind, width: sent[0], height: sent[1] }, name);
      assertEquals([plan.summary["effectiveWidth"], plan.summary["effectiveHeight"]], sent, name);
    }
    assertEquals("adjustedVideoDims" in plan.summary, adjusted, name);
  }
});

Deno.test("a changed size is recorded and said, louder when it was asked for", () => {
  const auto = planVideoOf({ ref: "tall.jpg" }, "slow pan");
  assertEquals(auto.summary["adjustedVideoDims"], {
    reason: "i2v-ref-model-divisor",
    referenceType: "refImage",
    requested: { width: 832, height: 480 },
    adjusted: { width: 832, height: 720 },
    resizedFrom: { width: 320, height: 480 },
    resizedTo: { width: 480, height: 720 },
  });
  assertEquals(auto.context["adjustedVideoDims"], auto.summary["adjustedVideoDims"]);
  assertEquals(auto.summary["effectiveFromReference"], { width: 1024, height: 1536 });
  const said = (options: Options) =>
    planVideoOf({ seed: 1, ...options }, "slow pan").notes.map(({ level, text }) => [
      level,
      text.split(" ").slice(0, 2).join(" "),
    ]);
  assertEquals(said({ ref: "tall.jpg" }), [["note", "Auto-adjusted video"]]);
  assertEquals(said({ ref: "tall.jpg", width: 832, height: 480 }), [[
    "warning",
    "Warning: Adjusted",
  ]]);
});

Deno.test("the end picture has its say, but the start picture leads", () => {
  const plan = planVideoOf({ ref: "square.png", refEnd: "tall.jpg" }, "slow pan");
  assertEquals([plan.summary["width"], plan.summary["height"]], [832, 720]);
  assertEquals([plan.projects[0]?.params.width, plan.projects[0]?.params.height], [720, 720]);
  assertEquals(plan.projects[0]?.media.map(({ prepare }) => prepare), [
    { kind: "fit", width: 720, height: 720 },
    { kind: "cover", width: 720, height: 720 },
  ]);
  const adjusted = plan.summary["adjustedVideoDims"] as { referenceType: string };
  assertEquals(adjusted.referenceType, "refImageEnd");
});

Deno.test("--strict-size refuses to change a size and suggests one that works", () => {
  const error = videoError({
    ref: "tall.jpg",
    width: 1920,
    height: 1088,
    model: "ltx23",
    strictSize: true,
  });
  assertEquals(error.code, "INVALID_VIDEO_SIZE");
  assertEquals(error.details, {
    referenceType: "refImage",
    referencePath: "tall.jpg",
    reference: { width: 1024, height: 1536 },
    requested: { width: 1920, height: 1088 },
    resized: { width: 725, height: 1088 },
  });
  assertMatch(error.hint ?? "", /^Try: --width 1920 --height 1152/);
  const suggested = {
    ref: "tall.jpg",
    width: 1920,
    height: 1152,
    model: "ltx23",
    strictSize: true,
  };
  assertEquals(planVideoOf(suggested).projects[0]?.params.width, 768);
  assertEquals(
    videoError({ ref: "strip.png", width: 832, strictSize: true }).code,
    "INVALID_VIDEO_SIZE",
  );
  assertEquals(
    planVideoOf({ ref: "tall.jpg", strictSize: true }, "slow pan").summary["strictSize"],
    true,
  );
});

Deno.test("a picture that is measured later gives its project a size then", () => {
  const plan = planVideoOf({ ref: "https://e.com/a.png", refEnd: "square.png" }, "slow pan");
  const [project] = plan.projects;
  if (!project) throw new Error("no project");
  assertEquals(project.refit, {
    slot: "referenceImage",
    box: { width: 832, height: 480 },
    rules: { minDimension: 480, maxDimension: 1536, dimensionMultiple: 16 },
    strict: false,
  });
  const refit = refitProject(project, { width: 1024, height: 1536 });
  assertEquals([refit.project.params.width, refit.project.params.height], [480, 720]);
  assertEquals(refit.project.refit, undefined);
  assertEquals(refit.project.media.map(({ prepare }) => prepare), [
    { kind: "fit", width: 480, height: 720 },
    { kind: "cover", width: 480, height: 720 },
  ]);
  assertEquals(refit.adjusted?.adjusted, { width: 832, height: 720 });
  assertEquals(refit.notes.length, 1);
  const known = planVideoOf({ ref: "square.png" }).projects[0];
  if (!known) throw new Error("no project");
  assertEquals(refitProject(known, { width: 1, height: 1 }).project, known);
});

Deno.test("a picture measured later is refused under --strict-size as well", () => {
  const plan = planVideoOf({
    ref: "https://e.com/a.png",
    width: 832,
    height: 480,
    strictSize: true,
  }, "slow pan");
  const [project] = plan.projects;
  if (!project) throw new Error("no project");
  let code = "";
  try {
    refitProject(project, { width: 1024, height: 1536 });
  } catch (error) {
    code = (error as { code: string }).code;
  }
  assertEquals(code, "INVALID_VIDEO_SIZE");
});

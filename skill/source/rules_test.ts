import { assert, assertEquals, assertMatch } from "@std/assert";
import { CHAT_RULES, RULES } from "./rules.ts";
import { DIST, generatedFiles } from "./surfaces.ts";

/** What each rule must not lose, whatever its wording. */
const FACTS: Readonly<Record<string, RegExp>> = {
  B1: /globally.*register/s,
  B2: /doctor --json.*`success` is true.*`detail`/s,
  B3: /never a preflight.*Run the real command/s,
  B4: /self-update.*--ff-only.*Never write a shell bootstrap.*Ask before cloning/s,
  B5: /`PATH`; never/,
  B6: /--uninstall --remove-cli --purge.*backup.*API key/s,
  B7: /do not run the installer.*twice.*plugin manager/s,
  B8: /Update available:.*self-update.*--whats-new.*--snooze-update/s,
  B9: /Never print, log, commit or embed.*dashboard\.sogni\.ai/s,
  B10: /no card data, no invented prices, no pretended checkout/,
  B11: /--extract-first-frame.*--concat-videos.*--remix-audio.*--looping/s,
  B12: /--list-media/,
  B13: /direct flags only.*upload/s,
  B14: /public HTTP\(S\).*Do not work around/s,
  B15: /`-o name\.png`, not into a temporary folder/,
  B16: /path or URL.*model, size, length, seed.*expire/s,
  B17: /`--json`.*exactly one object.*stderr.*`-q`/s,
  B18: /`error`, `errorCode` and `hint`.*`retryable` is true/s,
  B19: /animate, restyle.*dialogue, longer/s,
  B20: /direct flags/,
  B21: /--api-workflow.*`steps\[\]`.*`dependsOn`/s,
  B22: /--api-chat.*--durable-chat.*on purpose/s,
  B23: /references\//,
  B24: /--workflow-max-cost.*--confirm-cost.*16.*SOGNI_MAX_COUNT/s,
  B25: /-Q fast.*always wins/s,
  B26: /\{a\|b\|c\}.*separate commands/s,
  B27: /--photobooth --ref.*`-c`.*neither `--video` nor `-c`/s,
  B28: /Up to 3.*up to 16.*gpt-image-2/s,
  B29: /`--workflow` only/,
  B30: /one unbroken paragraph of 4 to 8 present-tense sentences.*no negations.*Never pass on/s,
  B31: /--target-resolution 2160.*1920 -h 1088.*--target-resolution 768/s,
  B32: /--ref A --ref-end B.*--angles-360 --angles-360-video.*--remix-audio/s,
  B33: /no lip-sync input.*`--audio`/s,
  B34: /saved persona that the user names.*`-c`/s,
  B35: /--personality-get.*never overrides safety.*--memory-list.*--memory-set/s,
  B36: /voice clip/,
  B37: /only a prompt.*run nothing/s,
  B38: /docs\.sogni\.ai\/pricing\/#spark-packs.*purchaseUrl/s,
  B39: /GPT Image 2, Seedance, HappyHorse.*Premium Spark/s,
  B40: /`4078`.*Do not claim coverage/s,
  B41: /`4079`.*wait/s,
  B42: /`4080`.*never retry the covered job.*Spark or SOGNI/s,
  B43: /`4081`.*Unlimited Pro/s,
  B44: /server decides.*unknown unless/s,
  B45: /changes no plan.*where it was bought/s,
  B46: /Do not send it again.*background.*`-t`.*paid render/s,
  B47: /--detach.*jobs wait.*jobs collect.*Never poll/s,
};

/** What agents without a shell have to be told, too. */
const FOR_CHAT = "B3 B9 B10 B15 B16 B18 B25 B27 B34 B38 B40 B41 B42 B43".split(
  " ",
);

const files = generatedFiles();
const ROOT_SKILL = `${DIST}/sogni-creative-agent-skill`;

Deno.test("the rules are B1 to B47, each with its facts", () => {
  assertEquals(RULES.map(({ id }) => id), Object.keys(FACTS));
  assertEquals(
    RULES.map(({ id }) => id),
    Array.from({ length: 47 }, (_, at) => `B${at + 1}`),
  );
  for (const { id, text } of RULES) assertMatch(text, FACTS[id] ?? /$^/, id);
});

Deno.test("rules for hosts without a shell name no command and no flag", () => {
  assertEquals(CHAT_RULES.map(({ id }) => id), FOR_CHAT);
  for (const { id, chat } of CHAT_RULES) {
    assert(!/`|(^|\s)--?\w/.test(chat), id);
  }
});

for (
  const file of [
    `${ROOT_SKILL}/SKILL.md`,
    `${DIST}/codex/sogni-creative-agent-skill/SKILL.md`,
    `${DIST}/hermes/sogni-creative-agent-skill/SKILL.md`,
    `${DIST}/clawhub/sogni-creative-agent-skill/SKILL.md`,
    `${DIST}/openclaw-link/SKILL.md`,
  ]
) {
  Deno.test(`${file} tells every rule in full`, () => {
    assertEquals(missing(files[file] ?? "", ({ text }) => text), []);
  });
}

Deno.test("the lean skill tells every rule in short", () => {
  const lean = files[`${ROOT_SKILL}/plugin-skills/sogni-creative-agent/SKILL.md`] ?? "";
  assertEquals(missing(lean, ({ short }) => short), []);
});

Deno.test("the capability index tells every rule in short", () => {
  const all = Object.entries(files).filter(([file]) => file.startsWith(`${ROOT_SKILL}/skills/`));
  assertEquals(
    missing(all.map(([, text]) => text).join("\n"), ({ short }) => short),
    [],
  );
});

Deno.test("ChatGPT is told the rules that concern it", () => {
  const text = files[`${DIST}/chatgpt/instructions.md`] ?? "";
  const lost = CHAT_RULES.filter(({ chat }) => !text.includes(chat)).map((
    { id },
  ) => id);
  assertEquals(lost, []);
});

function missing(
  text: string,
  wording: (rule: typeof RULES[number]) => string,
): string[] {
  return RULES.filter((rule) => !text.includes(wording(rule))).map(({ id }) => id);
}

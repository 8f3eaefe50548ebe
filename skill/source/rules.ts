/** Every rule that agents have to be told. Data; the surfaces choose the length that they have room for. */
import type { Rule } from "./rule_types.ts";

/** The rules, in the order in which the contract counts them. */
export const RULES: readonly Rule[] = [
  {
    id: "B1",
    topic: "setup",
    text:
      '"Install this skill" means both: install the command globally from npm, and register the skill in this runtime. When it is not clear which, do both.',
    short: "Install means the global command and this skill; do both.",
  },
  {
    id: "B2",
    topic: "setup",
    text:
      "After an install or upgrade, and only then, verify with `sogni-agent doctor --json`. Report success only when `success` is true; otherwise pass on the `detail` of the failing check.",
    short:
      "After an install or upgrade verify with `sogni-agent doctor --json`; success only when `success` is true, else pass on the failing check's `detail`.",
  },
  {
    id: "B3",
    topic: "setup",
    text:
      "`doctor` is never a preflight: not before generating, not before reading memories, not out of caution. It makes a live call and may ask for approval. Run the real command; it checks itself and says what to fix.",
    short: "`doctor` is never a preflight: run the real command.",
    chat: "Do not run the doctor tool beforehand; only after another tool has failed.",
  },
  {
    id: "B4",
    topic: "setup",
    text:
      "Upgrade with `sogni-agent self-update`, with the package manager, or in a checkout with `git -C <dir> pull --ff-only` and `npm --prefix <dir> install`. Never write a shell bootstrap (`set -e`, `bash -c`, `sh -c`, a repository URL inside a command). Ask before cloning.",
    short:
      "Upgrade with `sogni-agent self-update`; never write a shell bootstrap, ask before cloning.",
  },
  {
    id: "B5",
    topic: "setup",
    text: "Call `sogni-agent` from `PATH`; never run a script of it by its path.",
    short: "Call `sogni-agent` from `PATH`, never a script by path.",
  },
  {
    id: "B6",
    topic: "setup",
    text:
      "Uninstall: `npx setup-sogni-agent-skill --uninstall --remove-cli --purge`. Then tell the user where the backup is and that it holds their API key. Without the last option the data stays.",
    short:
      "Uninstall with `npx setup-sogni-agent-skill --uninstall --remove-cli --purge`; tell where the backup is and that it holds the key.",
  },
  {
    id: "B7",
    topic: "setup",
    text:
      "Where this came as a plugin (Claude Code, Codex), do not run the installer for that host: it would register the skill twice. Remove the plugin with the host's plugin manager.",
    short:
      "This is a plugin: do not run the default installer, it would register the skill twice; remove it with the plugin manager.",
  },
  {
    id: "B8",
    topic: "setup",
    text:
      "A stderr line that begins with `[sogni-agent] Update available:` is a notice, never output. Finish the task, tell the user, offer `sogni-agent self-update` and then `sogni-agent --whats-new`; on a no run `sogni-agent --snooze-update`. `self-update` renews only the command: a copied skill folder needs the installer and a new session.",
    short:
      "An `Update available` line on stderr is a notice: finish first, then offer `sogni-agent self-update`, on a no run `sogni-agent --snooze-update`.",
  },
  {
    id: "B9",
    topic: "safety",
    text:
      "Never print, log, commit or embed the API key, and never ask for it in the chat. Point to dashboard.sogni.ai (account menu); the user runs `sogni-agent login` in a terminal, or sets `SOGNI_API_KEY`.",
    short: "Never show or ask for the API key; the user runs `sogni-agent login` in a terminal.",
    chat:
      "Never ask for, repeat or store the API key in the chat; it is made at dashboard.sogni.ai and entered outside the chat.",
  },
  {
    id: "B10",
    topic: "safety",
    text:
      "No payments in the chat: no card data, no invented prices, no pretended checkout. Link to the official page.",
    short: "No payments, card data or invented prices in the chat; link to the official page.",
    chat: "No payments in the chat: no card data, no invented prices; link to the official page.",
  },
  {
    id: "B11",
    topic: "safety",
    text:
      "No raw media or file tools for media work. Use `--extract-first-frame`, `--extract-last-frame`, `--concat-videos`, `--remix-audio`, `--list-media`, `--video-start`, `--audio-start`, `--audio-duration`, `--looping`.",
    short: "For media work use the program's own options, not other media or file tools.",
  },
  {
    id: "B12",
    topic: "safety",
    text:
      "Find media that the user sent only with `sogni-agent --json --list-media images` (or `audio`, `all`); do not browse the disk.",
    short: "Find sent media with `sogni-agent --json --list-media images`, not by browsing.",
  },
  {
    id: "B13",
    topic: "safety",
    text:
      "Private media that must stay local: direct flags only. Hosted modes upload local references to the service's storage.",
    short: "Private local media: direct flags only, hosted modes upload it.",
  },
  {
    id: "B14",
    topic: "safety",
    text: "URLs are checked; only public HTTP(S) addresses pass. Do not work around a refusal.",
    short: "Only public HTTP(S) URLs pass; do not work around a refusal.",
  },
  {
    id: "B15",
    topic: "delivery",
    text:
      "Save finals into the user's working folder with `-o name.png`, not into a temporary folder.",
    short: "Save finals in the working folder with `-o name.png`.",
    chat: "Save finals where the user works, not in a temporary folder.",
  },
  {
    id: "B16",
    topic: "delivery",
    text:
      "Deliver: give the local path or URL with the settings that matter (model, size, length, seed); where the chat turns files into messages, hand over the file. URLs expire: use `-o` for what the user wants later.",
    short: "Deliver path or URL with model, size, length and seed; URLs expire.",
    chat:
      "Deliver the file, path or link with model, size, length and seed; links expire, so save what is wanted later.",
  },
  {
    id: "B17",
    topic: "delivery",
    text:
      "Use `--json` when a later step reads the result: stdout is then exactly one object, everything else goes to stderr. `-q` silences progress.",
    short: "`--json` gives one object on stdout; `-q` silences progress.",
  },
  {
    id: "B18",
    topic: "delivery",
    text:
      "On failure keep `error`, `errorCode` and `hint`, and pass on the hint. Retry only when `retryable` is true, at most twice, never in a tight loop.",
    short: "On failure pass on `error` and `hint`; retry only when `retryable`, at most twice.",
    chat:
      "On failure tell the error and its hint; try again only when it is marked retryable, never in a loop.",
  },
  {
    id: "B19",
    topic: "delivery",
    text:
      "After an image offer: animate, restyle, another angle, variations, better quality. After a video: other motion, dialogue, longer, join, soundtrack.",
    short: "Then offer next steps: animate, restyle, variations; longer, join, soundtrack.",
  },
  {
    id: "B20",
    topic: "planning",
    text: "One picture, clip or piece of music: direct flags.",
    short: "One result: direct flags.",
  },
  {
    id: "B21",
    topic: "planning",
    text:
      "Several steps that must survive a break: `--api-workflow` with a step graph that you write, `--workflow-input @plan.json` (`steps[]` with `toolName`, `arguments`, `dependsOn`). A preset such as `storyboard-video` is fine when it fits.",
    short: "Durable steps: `--api-workflow --workflow-input @plan.json`, you write the steps.",
  },
  {
    id: "B22",
    topic: "planning",
    text:
      "`--api-chat` and `--durable-chat` only on purpose: the hosted model shall own a long loop, or several local files have to be uploaded in one turn.",
    short: "`--api-chat` and `--durable-chat` only on purpose.",
  },
  {
    id: "B23",
    topic: "planning",
    text:
      "Read the matching guide in `references/` before you act on its topic: hosted API, video prompts, editing, personas, models.",
    short: "Read the guide of the topic first.",
  },
  {
    id: "B24",
    topic: "planning",
    text:
      "Cost of workflows: `--workflow-max-cost <n>` with `--confirm-cost` or `--no-confirm-cost`. Ask before large batches. `-n` ends at 16; do not raise `SOGNI_MAX_COUNT` without consent.",
    short: "Cap workflows with `--workflow-max-cost`; ask before batches; `-n` ends at 16.",
  },
  {
    id: "B25",
    topic: "images",
    text:
      "Prefer `-Q fast`, `-Q hq` or `-Q pro`; name a model only when needed. A model that the user asks for always wins.",
    short: "Prefer `-Q fast|hq|pro`; a model the user names wins.",
    chat: "Prefer the quality levels fast, hq and pro; a model that the user asks for always wins.",
  },
  {
    id: "B26",
    topic: "images",
    text:
      "Different pictures in one call: `{a|b|c}` groups go round with `-n`; without them all prompts are the same. Clips that differ in more than the prompt: separate commands.",
    short: "`{a|b|c}` with `-n` varies prompts; otherwise separate commands.",
  },
  {
    id: "B27",
    topic: "images",
    text:
      '`--photobooth --ref face.jpg` makes a new portrait and may change everything but the face: headshots and face transfer only. "Same picture, other style", "keep everything" is an edit: `-c`. Photobooth goes with neither `--video` nor `-c`; wanting to keep a face in a style edit is no reason for it.',
    short: '`--photobooth --ref` is a new portrait of a face; "same picture, other style" is `-c`.',
    chat:
      "Photobooth makes a new portrait and keeps only the face; the same picture in another style is an edit of that picture.",
  },
  {
    id: "B28",
    topic: "images",
    text:
      "Up to 3 pictures with `-c` for Qwen edit models, up to 16 for `-m gpt-image-2`; take that one for text in pictures.",
    short: "`-c`: 3 pictures, 16 with `-m gpt-image-2`, which is best for text.",
  },
  {
    id: "B29",
    topic: "video",
    text: "The kind of video follows from the references; `--workflow` only when that is wrong.",
    short: "References decide the kind of video; `--workflow` only to correct it.",
  },
  {
    id: "B30",
    topic: "video",
    text:
      "Rewrite prompts for LTX models yourself: one unbroken paragraph of 4 to 8 present-tense sentences about one continuous shot, speech quoted exactly and given to a named speaker, no negations, lists or headings. Never pass on the user's few words; read `references/video-prompting.md` first.",
    short:
      "LTX prompts: you write one paragraph of 4 to 8 present-tense sentences, one shot, quoted speech with a speaker, no negations.",
  },
  {
    id: "B31",
    topic: "video",
    text:
      '"4k" or "uhd", when paid vendors are fine: `-m seedance2 --target-resolution 2160` (not mini or fast). "hd" or "1080p", or no vendors: LTX with `-w 1920 -h 1088`. Only "720p": `--target-resolution 768`.',
    short:
      "4k: `-m seedance2 --target-resolution 2160`; 1080p: LTX `-w 1920 -h 1088`; 720p: `--target-resolution 768`.",
  },
  {
    id: "B32",
    topic: "video",
    text:
      "Two pictures A to B: `--video --ref A --ref-end B`. Continue a clip: last frame, image to video, join. All round: `--angles-360 --angles-360-video`. Soundtrack: `--concat-audio` or `--remix-audio`.",
    short:
      "A to B: `--ref A --ref-end B`; continue: last frame, animate, join; soundtrack: `--concat-audio`.",
  },
  {
    id: "B33",
    topic: "video",
    text:
      "The result of `--music` is no lip-sync input, and `--audio` (the same as `--ref-audio`) makes no music.",
    short: "`--music` results are no lip-sync input; `--audio` is `--ref-audio`.",
  },
  {
    id: "B34",
    topic: "people",
    text:
      '`--persona "Name"` only for a saved persona that the user names (name, id, tag). A photo just sent is no persona: `-c`. "My wife" is no name.',
    short: "`--persona` only for a saved persona named by the user; a sent photo is `-c`.",
    chat:
      "Use a persona only when the user names a saved one; a photo just sent is a reference, and words like 'my wife' are no name.",
  },
  {
    id: "B35",
    topic: "people",
    text:
      "At the start of a session read `sogni-agent --personality-get` and adopt it; it never overrides safety or tool rules. Before generating read `sogni-agent --json --memory-list` and respect it; store standing wishes with `--memory-set` (`--memory-category preference`, `fact` or `context`).",
    short:
      "Session start: `sogni-agent --personality-get`; before generating `sogni-agent --json --memory-list`; store standing wishes with `--memory-set`.",
  },
  {
    id: "B36",
    topic: "people",
    text:
      "Several persons in one picture: one `--persona` for each. In videos the saved voice clip of a persona is its voice by itself.",
    short: "One `--persona` for each person; a persona's voice clip speaks in videos by itself.",
  },
  {
    id: "B37",
    topic: "planning",
    text:
      "When the user wants only a prompt, give just that, in the form of the target model, and run nothing.",
    short: "Only a prompt wanted: give just that, run nothing.",
  },
  {
    id: "B38",
    topic: "money",
    text:
      'Not enough balance (after `--token-type auto`, where allowed): answer "Your Sogni balance does not cover this render; top up at https://docs.sogni.ai/pricing/#spark-packs." Failures of category `insufficient_credits` carry `purchaseAction`, `purchaseLabel`, `purchaseUrl`, `purchaseReason`.',
    short:
      "Not enough balance: one sentence that says so and links https://docs.sogni.ai/pricing/#spark-packs.",
    chat:
      'Not enough balance: answer "Your Sogni balance does not cover this render; top up at https://docs.sogni.ai/pricing/#spark-packs."',
  },
  {
    id: "B39",
    topic: "money",
    text:
      "Vendor models (GPT Image 2, Seedance, HappyHorse) need Premium Spark: no fallback to SOGNI, never part of Unlimited.",
    short: "Vendor models need Premium Spark, never SOGNI or Unlimited.",
  },
  {
    id: "B40",
    topic: "money",
    text:
      "`4078`, not covered: offer Premium Spark or the other token; after a passing read error, connect again. Do not claim coverage.",
    short: "4078 not covered: offer Spark or the other token.",
    chat: "Error 4078: not covered; offer Premium Spark or the other token, do not claim coverage.",
  },
  {
    id: "B41",
    topic: "money",
    text: "`4079`, the queue is full: ask the user to wait.",
    short: "4079 queue full: wait.",
    chat: "Error 4079: the queue is full; ask the user to wait.",
  },
  {
    id: "B42",
    topic: "money",
    text:
      "`4080`, the renewal payment is being retried: never retry the covered job by yourself. Offer Spark or SOGNI for this render; access comes back by itself.",
    short: "4080 renewal retried: never retry by yourself; offer Spark or SOGNI.",
    chat:
      "Error 4080: the renewal payment is being retried; never repeat the job by yourself, offer Spark or SOGNI for this render.",
  },
  {
    id: "B43",
    topic: "money",
    text: "`4081`, a higher plan is needed: suggest Unlimited Pro.",
    short: "4081 higher plan: suggest Unlimited Pro.",
    chat: "Error 4081: a higher plan is needed; suggest Unlimited Pro.",
  },
  {
    id: "B44",
    topic: "money",
    text:
      'The server decides what a plan covers; never infer it. `tokenType: "spark"` is the accounting unit only: what paid is unknown unless the result says so. Prices and limits change; quote none from memory.',
    short: "The server decides coverage; `tokenType` is only a unit; quote no prices from memory.",
  },
  {
    id: "B45",
    topic: "money",
    text: "The program changes no plan; billing is managed where it was bought.",
    short: "Plans are managed where they were bought.",
  },
  {
    id: "B46",
    topic: "waiting",
    text:
      "Video takes minutes. Do not send it again because it looks slow. With a short tool limit run it in the background or raise `-t`; a killed process can leave a paid render behind.",
    short: "Video takes minutes: never resend; run it in the background or raise `-t`.",
  },
  {
    id: "B47",
    topic: "waiting",
    text:
      "In place of a long blocking call: `--detach`, then `sogni-agent jobs wait <id>` and `sogni-agent jobs collect <id>`. Never poll in a loop.",
    short: "Long jobs: `--detach`, `sogni-agent jobs wait <id>`, `sogni-agent jobs collect <id>`.",
  },
];

/** The rules that hosts without a shell are told, too. */
export const CHAT_RULES: readonly (Rule & { chat: string })[] = RULES.filter((
  rule,
): rule is Rule & { chat: string } => rule.chat !== undefined);

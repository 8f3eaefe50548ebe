/** Every example command of every surface, as argument lists: what is shown is what a test runs. */

/** Chapters of the examples. */
export type ExampleTopic =
  | "image"
  | "edit"
  | "video"
  | "music"
  | "film"
  | "people"
  | "hosted"
  | "upkeep"
  | "try";

/** One example. */
export interface Example {
  readonly id: string;
  readonly topic: ExampleTopic;
  /** Behind `sogni-agent`. */
  readonly argv: readonly string[];
  readonly about: string;
  /**
   * How the test proves it: run in the sandbox, planned without sending, or read by the parser
   * alone (it needs something that a test has not got, and says what).
   */
  readonly proof: "run" | "plan" | { readonly parse: string };
  /** Shown in the skill itself; the others in the guides. */
  readonly core?: boolean;
  /** Shown in lean skills. */
  readonly lean?: boolean;
}

const row = (
  topic: ExampleTopic,
  id: string,
  proof: Example["proof"],
  about: string,
  argv: readonly string[],
  shown: { core?: boolean; lean?: boolean } = {},
): Example => ({ id, topic, argv, about, proof, ...shown });

const BOTH = { core: true, lean: true };
const CORE = { core: true };
const NETWORK = { parse: "the references are on the web" };
const WORKFLOW_ID = { parse: "the id of a workflow that runs" };

/** The examples, in the order in which they are shown. */
export const EXAMPLES: readonly Example[] = [
  row("image", "image", "run", "a picture", [
    "--json",
    "-q",
    "-Q",
    "hq",
    "-o",
    "lighthouse.png",
    "a lighthouse made of stained glass",
  ], BOTH),
  row("image", "variations", "plan", "three pictures, one of each", [
    "--json",
    "-q",
    "-n",
    "3",
    "-o",
    "bicycle.png",
    "a {red|blue|green} bicycle",
  ], CORE),
  row("image", "size", "plan", "size and seed; -h is height", [
    "--seed",
    "42",
    "-w",
    "1024",
    "-h",
    "768",
    "-o",
    "boat.jpg",
    "a paper boat in the rain",
  ]),
  row("image", "token", "plan", "Spark first, then SOGNI", [
    "--token-type",
    "auto",
    "a paper boat in the rain",
  ]),
  row("image", "crossed", "plan", "groups go round together", [
    "-n",
    "4",
    "a {fox|owl} in a {forest|library}",
  ]),
  row("edit", "edit", "plan", "edit a picture", [
    "-c",
    "subject.jpg",
    "-o",
    "neon.png",
    "give it a warm neon rim light",
  ], BOTH),
  row("edit", "photobooth", "plan", "a new portrait of a face", [
    "--photobooth",
    "--ref",
    "face.jpg",
    "-o",
    "portrait.png",
    "studio portrait in the style of the eighties",
  ], CORE),
  row("edit", "headshots", "plan", "four of them", [
    "--photobooth",
    "--ref",
    "face.jpg",
    "-n",
    "4",
    "business headshot",
  ]),
  row("edit", "angle", "plan", "another camera position", [
    "--multi-angle",
    "-c",
    "mug.png",
    "--azimuth",
    "front-right",
    "--elevation",
    "eye-level",
    "--distance",
    "medium",
  ], CORE),
  row("edit", "turn", "plan", "from all eight sides", [
    "--angles-360",
    "-c",
    "mug.png",
    "-o",
    "turntable/",
  ]),
  row("video", "speech", "plan", "text to video with speech", [
    "--video",
    "-o",
    "welcome.mp4",
    'A narrator says "welcome aboard" while waves roll in',
  ], CORE),
  row("video", "animate", "plan", "animate a picture", [
    "--video",
    "--ref",
    "cat.jpg",
    "-o",
    "cat.mp4",
    "slow pan",
  ], BOTH),
  row("video", "short-side", "plan", "720p", [
    "--video",
    "--target-resolution",
    "768",
    "lanterns drift over a lake at night, calm camera",
  ]),
  row("video", "vendor-4k", "plan", "4K by a paid vendor", [
    "--video",
    "-m",
    "seedance2",
    "--target-resolution",
    "2160",
    "--duration",
    "8",
    "a product turns on a plinth, soft room tone",
  ]),
  row("video", "vendor-references", NETWORK, "several references", [
    "--video",
    "-m",
    "seedance2",
    "--workflow",
    "t2v",
    "--ref",
    "https://example.com/product.png",
    "--ref-video",
    "https://example.com/motion.mp4",
    "--ref-audio",
    "https://example.com/music.m4a",
    "identity from @Image1, camera from @Video1, rhythm from @Audio1",
  ]),
  row("video", "music-clip", "plan", "picture and song", [
    "--video",
    "--ref",
    "cover.jpg",
    "--ref-audio",
    "song.mp3",
    "music clip, motion on the beat",
  ]),
  row("video", "voice", "plan", "speak with this voice", [
    "--video",
    "--reference-audio-identity",
    "voice.wav",
    'NARRATOR: "This is how I sound."',
  ]),
  row("video", "takes", "plan", "three takes of one picture", [
    "--video",
    "--ref",
    "hero.png",
    "-n",
    "3",
    "--duration",
    "5",
    "{she waves|she turns to the window|she lifts a hand}",
  ]),
  row("video", "morph", "plan", "from one picture to another", [
    "--video",
    "--ref",
    "first.png",
    "--ref-end",
    "last.png",
    "-o",
    "morph.mp4",
    "morph",
  ], CORE),
  row("video", "follow-motion", "plan", "follow the motion of a film", [
    "--video",
    "--workflow",
    "v2v",
    "--ref-video",
    "dance.mp4",
    "--video-start",
    "1",
    "--duration",
    "3",
    "--controlnet-name",
    "pose",
    "-o",
    "part-2.mp4",
    "a robot dances",
  ]),
  row("music", "music", "plan", "music", [
    "--music",
    "--duration",
    "30",
    "-o",
    "theme.mp3",
    "hopeful synth theme for a launch",
  ], BOTH),
  row("music", "song", "plan", "a song with words", [
    "--music",
    "--lyrics",
    "Carry the morning over the hill",
    "--bpm",
    "128",
    "--keyscale",
    "C major",
    "--output-format",
    "mp3",
    "bright pop chorus",
  ]),
  row("film", "join", "run", "join clips under one sound", [
    "--concat-videos",
    "final.mp4",
    "part-1.mp4",
    "part-2.mp4",
    "--concat-audio",
    "song.mp3",
    "--concat-audio-start",
    "0",
  ], CORE),
  row("film", "last-frame", "run", "the last frame, to continue from", [
    "--extract-last-frame",
    "clip.mp4",
    "last-frame.png",
  ], CORE),
  row("film", "first-frame", "run", "the first frame", [
    "--extract-first-frame",
    "clip.mp4",
    "first-frame.png",
  ]),
  row("film", "remix", "run", "new sound under a film", [
    "--remix-audio",
    "clip.mp4",
    "remixed.mp4",
    "--bed-audio",
    "song.mp3",
    "--audio-loop",
  ]),
  row("film", "list-media", "run", "what the user sent", [
    "--json",
    "--list-media",
    "images",
  ], BOTH),
  row("people", "persona-add", "run", "save a person", [
    "--persona-add",
    "Mara",
    "--ref",
    "face.jpg",
    "--relationship",
    "self",
    "--description",
    "thirties, curly hair",
  ], CORE),
  row("people", "persona-voice", "run", "with a voice", [
    "--persona-add",
    "Ilse",
    "--ref",
    "ilse.jpg",
    "--relationship",
    "partner",
    "--voice-clip",
    "voice.wav",
  ]),
  row("people", "persona", "plan", "a picture of that person", [
    "--persona",
    "Mara",
    "-o",
    "hero-mara.png",
    "a pilot in dramatic light",
  ], CORE),
  row("people", "personas", "plan", "two of them in one picture", [
    "--persona",
    "Mara",
    "--persona",
    "Ilse",
    "-o",
    "both.png",
    "two pilots before a red plane",
  ]),
  row("people", "persona-video", "plan", "who speaks with the saved voice", [
    "--video",
    "--persona",
    "Ilse",
    'ILSE: "Good to hear you."',
  ]),
  row("people", "persona-list", "run", "all persons", [
    "--json",
    "--persona-list",
  ]),
  row("people", "persona-remove", "run", "forget a person", [
    "--persona-remove",
    "Mara",
  ]),
  row("people", "memory-set", "run", "remember a wish", [
    "--memory-set",
    "preferred_style",
    "ink wash, low contrast",
    "--memory-category",
    "preference",
  ], CORE),
  row("people", "memory-list", "run", "what is remembered", [
    "--json",
    "--memory-list",
  ], BOTH),
  row("people", "memory-remove", "run", "forget it", [
    "--memory-remove",
    "preferred_style",
  ]),
  row("people", "personality-set", "run", "how to speak and work", [
    "--personality-set",
    "short answers, cinematic light",
  ]),
  row(
    "people",
    "personality-get",
    "run",
    "read it",
    ["--personality-get"],
    CORE,
  ),
  row("people", "personality-clear", "run", "remove it", [
    "--personality-clear",
  ]),
  row("hosted", "chat", "run", "ask the hosted assistant", [
    "--api-chat",
    "Plan four shots for a film about a red shoe",
  ]),
  row("hosted", "chat-file", "run", "with a local picture, which is uploaded", [
    "--api-chat",
    "--ref",
    "product.jpg",
    "make a launch poster of this and say what you changed",
  ]),
  row("hosted", "chat-reasoning", "run", "another kind of task", [
    "--api-chat",
    "--task-profile",
    "reasoning",
    "--no-thinking",
    "plan a launch in short steps",
  ]),
  row("hosted", "durable-chat", "run", "a run that outlives the connection", [
    "--durable-chat",
    "storyboard a launch and render its first picture",
  ]),
  row("hosted", "models", "run", "language models", ["--list-api-models"]),
  row("hosted", "workflow", "run", "key picture, then clip", [
    "--api-workflow",
    "--video-prompt",
    "the camera closes in as the drawing wakes",
    "a pencil robot on a desk",
  ], CORE),
  row("hosted", "workflow-cost", NETWORK, "with a ceiling", [
    "--api-workflow",
    "--ref",
    "https://example.com/sketch.png",
    "--workflow-max-cost",
    "25",
    "--confirm-cost",
    "--video-prompt",
    "the camera closes in",
    "animate this sketch",
  ]),
  row("hosted", "workflow-input", "run", "steps that you write", [
    "--json",
    "--api-workflow",
    "--workflow-input",
    "@workflow.json",
  ], BOTH),
  row("hosted", "storyboard", "run", "a storyboard film", [
    "--api-workflow",
    "storyboard-video",
    "--storyboard-frames",
    "6",
    "--duration",
    "12",
    "-Q",
    "hq",
    "9:16 film for a bakery, neon window at the end",
  ]),
  row("hosted", "workflow-list", "run", "your workflows", [
    "--json",
    "--list-workflows",
  ]),
  row("hosted", "workflow-watch", WORKFLOW_ID, "follow one", [
    "--watch-workflow",
    "ID",
  ]),
  row("hosted", "workflow-get", WORKFLOW_ID, "look at one", [
    "--json",
    "--get-workflow",
    "ID",
  ]),
  row("hosted", "workflow-cancel", WORKFLOW_ID, "end one", [
    "--cancel-workflow",
    "ID",
  ]),
  row("hosted", "workflow-resume", WORKFLOW_ID, "go on with one", [
    "--resume-workflow",
    "ID",
  ]),
  row("hosted", "replays", "run", "recorded runs", ["--list-replays", "20"]),
  row("upkeep", "last", "run", "the last render", ["--json", "--last"], BOTH),
  row("upkeep", "balance", "run", "the balance", ["--json", "--balance"], CORE),
  row("upkeep", "help", "run", "everything about a group of flags", [
    "--help",
    "video",
  ], BOTH),
  row("upkeep", "whats-new", "run", "what is new since a version", [
    "--whats-new",
    "3.9.0",
  ], CORE),
  row("try", "sandbox", "run", "try without account or cost", [
    "--sandbox",
    "-o",
    "try.png",
    "a lighthouse",
  ], CORE),
  row("try", "dry-run", "plan", "the plan only; nothing is sent", [
    "--dry-run",
    "--json",
    "a fox",
  ], CORE),
];

/** The example of this id, e.g. `animate`. */
export function exampleOf(id: string): Example {
  const found = EXAMPLES.find((example) => example.id === id);
  if (!found) throw new Error(`there is no example "${id}"`);
  return found;
}

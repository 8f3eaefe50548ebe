/** Music. */
import { rows, type WireRow } from "./rows.ts";

const TURBO = "ace_step_1.5_xl_turbo";
const SFT = "ace_step_1.5_xl_sft";

export const MUSIC_ROWS: readonly WireRow[] = rows([
  ["--music synth", { modelID: TURBO, duration: 30, steps: 8, outputFormat: "mp3", shift: 3 }],
  ["--music -m ace_step_1.5_xl_sft synth", { modelID: SFT }],
  ["--music --lyrics 'la la' synth", { modelID: TURBO, lyrics: "la la" }],
  ["--music --duration 10 synth", { duration: 10 }],
  ["--music --duration 600 synth", { duration: 600 }],
  ["--music --bpm 30 synth", { bpm: 30 }],
  ["--music --bpm 300 synth", { bpm: 300 }],
  ["--music --keyscale 'C major' synth", { keyscale: "C major" }],
  ["--music --timesig 2 synth", { timesignature: "2" }],
  ["--music --timesig 3 synth", { timesignature: "3" }],
  ["--music --timesig 4/4 synth", { timesignature: "4" }],
  ["--music --timesig 6/8 synth", { timesignature: "6" }],
  ["--music --language de synth", { language: "de" }],
  ["--music --composer-mode synth", { composerMode: true }],
  ["--music --no-composer-mode synth", { composerMode: false }],
  ["--music --prompt-strength 10 synth", { promptStrength: 10 }],
  ["--music --creativity 2 synth", { creativity: 2 }],
  ["--music --music-shift 6 synth", { shift: 6 }],
  ["--music --output-format flac synth", { outputFormat: "flac" }],
  ["--music --output-format wav synth", { outputFormat: "wav" }],
  ["--music -o a.flac synth", { outputFormat: "flac" }],
  ["--music --steps 12 synth", { steps: 12 }],
  ["--music -n 2 synth", { numberOfImages: 2 }],
  ["--music --no-filter synth", { disableSafety: true }],
  ["--music --sampler euler --scheduler simple synth", {
    comfySampler: "euler",
    comfyScheduler: "simple",
  }],
  ["--music synth", {
    width: undefined,
    height: undefined,
    fps: undefined,
    composerMode: undefined,
    bpm: undefined,
    keyscale: undefined,
  }],
]);

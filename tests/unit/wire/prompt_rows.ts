/** What a video's prompt changes, and what it leaves as it is. */
import { rows, sizes, type WireRow } from "./rows.ts";

const prompt = (line: string, positivePrompt: string) => [line, { positivePrompt }] as const;

const VOICE = (speaker: string) =>
  `[VISUAL]\n${speaker}"Hi."\n\n[SPEECH]\nSPEAKER: "Hi."\n\n[SOUNDS]\n` +
  "Natural ambience that fits the place, low enough to leave the voice clear.";

export const PROMPT_ROWS: readonly WireRow[] = [
  ...rows([
    // Taken at its word.
    prompt("--video 'use this prompt exactly: a fox in fog'", "a fox in fog"),
    prompt("--video 'exact prompt: a fox in fog'", "a fox in fog"),
    prompt("--video 'prompt to use: a fox in fog'", "a fox in fog"),
    prompt("--video 'do not change the prompt. prompt: a fox'", "a fox"),
    prompt(`--video 'exact prompt: "a fox"'`, "a fox"),
    prompt("--video 'exact prompt: ab'", "exact prompt: ab"),
    ["--video 'exact prompt: he says a 12 second film'", { frames: 289 }],
    // Speech.
    prompt("--video \"MARA: 'hello you'\"", 'MARA: "hello you"'),
    prompt("--video \"exact prompt: MARA: 'hello you'\"", "MARA: 'hello you'"),
    prompt('--video "a dog\'s bone"', "a dog's bone"),
    [`--video '«un deux trois quatre cinq six sept huit neuf dix» he says'`, { frames: 145 }],
    [`--video 'he says "one two three"'`, { frames: 121 }],
    // A voice to be imitated.
    prompt(`--video --reference-audio-identity v.webm '"Hi."'`, VOICE("")),
    prompt(`--video --reference-audio-identity v.webm 'A man: "Hi."'`, VOICE("A man: ")),
    prompt(
      "--video --reference-audio-identity v.webm '[VISUAL] a man [SPEECH] \"Hi.\"'",
      '[VISUAL] a man [SPEECH] "Hi."',
    ),
    ["--video --reference-audio-identity v.webm hi", { hasReferenceAudioIdentity: true }],
    // A storyboard.
    ["--video --ref square.png 'turn this storyboard into a video'", {
      modelID: "seedance-2-0",
      hasReferenceImage: true,
    }],
    ["--video --ref square.png --workflow i2v 'turn this storyboard into a video'", {
      modelID: "wan_v2.2-14b-fp8_i2v_lightx2v",
    }],
    ["--video --ref square.png -m wan22 'turn this storyboard into a video'", {
      modelID: "wan_v2.2-14b-fp8_i2v_lightx2v",
      positivePrompt: "turn this storyboard into a video",
    }],
    ["--video --ref square.png --duration 18 'turn this storyboard into a video'", {
      modelID: "wan_v2.2-14b-fp8_i2v_lightx2v",
    }],
    // Sound wanted, or not.
    ["--video --ref square.png 'a narration begins'", { modelID: "ltx23-22b-fp8_i2v_distilled" }],
    ["--video --ref square.png 'a sound of rain, no voiceover'", {
      modelID: "wan_v2.2-14b-fp8_i2v_lightx2v",
    }],
    [`--video --ref square.png 'a sign that reads "open"'`, {
      modelID: "ltx23-22b-fp8_i2v_distilled",
    }],
    // Pictures infer nothing.
    ["'a 12 second video, 1280x720, portrait'", { width: 512, height: 512, fps: undefined }],
    prompt("'exact prompt: a fox'", "exact prompt: a fox"),
    ["-c square.png '1280x720 fox'", { width: 512, height: 512 }],
  ]),
  ...sizes([
    ["--video 'width 1280, height 768: a fox'", "1280x768"],
    ["--video '1280 by 768 px fox'", "1280x768"],
    ["--video '720p portrait fox'", "704x1280"],
    ["--video 'fox, vertical, 720p'", "704x1280"],
    ["--video '4K landscape fox'", "2048x1152"],
    ["--video 'a 480p fox'", "1088x640"],
    ["--video 'fox for TikTok, 1080p'", "1024x1920"],
    ["--video '4:3 aspect ratio fox'", "1408x1088"],
    ["--video 'a fox at 10:30 on a wall clock'", "1920x1088"],
    ["--video '0:00-0:04 a fox'", "1920x1088"],
    ["--video --target-resolution 768 'a 480p fox'", "1344x768"],
    ["--video --target-resolution 768 '9:16 video of a fox'", "768x1344"],
    ["--video -w 1024 'a 9:16 video of a fox'", "1024x1088"],
    ["--video 'a 9:1 video of a fox'", "1920x1088"],
    ["--video --ref square.png --no-auto-resize-assets -w 700 -h 500 pan", "688x496"],
    ["--video --ref square.png --ref-end wide.png pan", "576x576"],
    ["--video -m wan22 -Q hq waves", "1088x1088"],
    ["--video -m wan22 -w 8000 -h 4000 waves", "1536x768"],
    ["--video -w 100 -h 50 waves", "1280x640"],
  ]),
];

/** Films of outside vendors: models, sizes and references by URL. */
import { models, rows, sizes, type WireRow } from "./rows.ts";

const S = "--video -m seedance2";
const H = "--video -m happyhorse";
const PNG = "https://a.example/x.png";
const MP4 = "https://a.example/x.mp4";
const MP3 = "https://a.example/x.mp3";
const UPLOADED = "https://storage.example/";

export const VENDOR_ROWS: readonly WireRow[] = [
  ...models([
    [`${S} waves`, "seedance-2-0"],
    ["--video -m seedance2-mini waves", "seedance-2-0-mini"],
    ["--video -m seedance2-fast waves", "seedance-2-0-fast"],
    [`--video -m seedance2-v2v --ref-video ${MP4} waves`, "seedance-2-0"],
    [`${H} waves`, "happyhorse-1.1-t2v"],
    [`${H} --ref square.png waves`, "happyhorse-1.1-i2v"],
    [`${H} -c ${PNG} waves`, "happyhorse-1.1-r2v"],
  ]),
  ...sizes([
    [`${S} waves`, "1920x1088"],
    [`${S} --target-resolution 2160 waves`, "3812x2160"],
    [`${S} '720p portrait'`, "720x1280"],
    [`${S} '720p 9:16'`, "720x1280"],
    ["--video -m seedance2-mini waves", "1280x720"],
    [`${H} waves`, "1920x1080"],
  ]),
  ...rows([
    [`${S} waves`, { steps: undefined, fps: 24, comfySampler: undefined }],
    [`${S} --ref ${PNG} waves`, { referenceImageURLs: [PNG], hasReferenceImage: false }],
    [`${S} --ref square.png waves`, { hasReferenceImage: true, referenceImageURLs: undefined }],
    [`${S} --ref square.png --ref-end wide.png waves`, { hasReferenceImageEnd: true }],
    [`${S} -c ${PNG} -c https://a.example/y.png waves`, {
      referenceImageURLs: [PNG, "https://a.example/y.png"],
    }],
    [`${S} -c square.png waves`, { referenceImageURLs: [`${UPLOADED}referenceImageUrls`] }],
    [`${S} --ref-video ${MP4} waves`, { referenceVideoURLs: [MP4], videoStart: undefined }],
    [`${S} --ref-video film.mp4 waves`, { referenceVideoURLs: [`${UPLOADED}referenceVideoUrls`] }],
    [`${S} --ref-video ${MP4} --video-start 2 waves`, {
      referenceVideoURLs: [`${UPLOADED}referenceVideoUrls`],
      videoStart: undefined,
    }],
    [`${S} --ref ${PNG} --ref-audio ${MP3} waves`, { referenceAudioURLs: [MP3] }],
    [`${S} --ref ${PNG} --ref-audio song.mp3 waves`, {
      referenceAudioURLs: [`${UPLOADED}referenceAudioUrls`],
    }],
    [`${S} --ref ${PNG} --ref-audio https://a.example/x.m4a waves`, {
      referenceAudioURLs: [`${UPLOADED}referenceAudioUrls`],
    }],
    [`${S} --ref ${PNG} --ref-video ${MP4} --ref-audio ${MP3} waves`, {
      referenceImageURLs: [PNG],
      referenceVideoURLs: [MP4],
      referenceAudioURLs: [MP3],
    }],
    [`${S} --ref-video ${MP4} --controlnet-name pose waves`, { currentControlNetsJob: undefined }],
    [`${H} -c ${PNG} waves`, { referenceImageURLs: [PNG] }],
    [`${H} --ref square.png waves`, { hasReferenceImage: true }],
    [`${H} waves`, { steps: undefined, shift: undefined }],
    [`${S} --ref-end ${PNG} waves`, { referenceImageURLs: [PNG], hasReferenceImageEnd: false }],
    [`${S} --ref-audio ${MP3} -c ${PNG} waves`, { referenceAudioURLs: [MP3] }],
    [`${S} --ref-video ${MP4} --ref-video https://a.example/y.mp4 waves`, {
      referenceVideoURLs: [MP4, "https://a.example/y.mp4"],
    }],
    [`${S} --ref ${PNG} --ref-audio ${MP3} --audio-duration 4 waves`, {
      referenceAudioURLs: [`${UPLOADED}referenceAudioUrls`],
      audioDuration: undefined,
    }],
    [`${S} --steps 9 --guidance 3 waves`, { steps: undefined }],
    [`${S} -Q pro waves`, { steps: undefined, width: 1920, height: 1088 }],
    [`${S} -n 2 '{a fox|an owl}'`, { numberOfImages: 1, positivePrompt: "a fox" }],
    [`${H} --duration 20 waves`, { frames: 361 }],
    [`${H} -c square.png -c ${PNG} waves`, {
      referenceImageURLs: [`${UPLOADED}referenceImageUrls`, PNG],
    }],
  ]),
];

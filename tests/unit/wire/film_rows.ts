/** Films: model by workflow and references, size, assets, control. */
import { models, rows, sizes, type WireRow } from "./rows.ts";

const LTX = (workflow: string) => `ltx23-22b-fp8_${workflow}_distilled`;
const DEV = (workflow: string) => `ltx23-22b-fp8_${workflow}_dev`;
const WAN = (workflow: string) => `wan_v2.2-14b-fp8_${workflow}_lightx2v`;
const REF = "--video --ref square.png";
const REF_SOUND = `${REF} --ref-audio song.m4a`;
const FILM = "--video --ref-video film.mp4";

const ROUTES = models([
  ["--video waves", LTX("t2v")],
  ["--video -m ltx23 waves", LTX("t2v")],
  ["--video -m wan22 waves", WAN("t2v")],
  ["--video -Q pro waves", DEV("t2v")],
  ["--video -Q hq waves", LTX("t2v")],
  [`${REF} pan`, WAN("i2v")],
  ["--video --ref-end tall.jpg pan", WAN("i2v")],
  [`${REF} --ref-end tall.jpg pan`, WAN("i2v")],
  [`${REF} 'she says hello'`, LTX("i2v")],
  [`${REF} 'with music'`, LTX("i2v")],
  [`${REF} 'a short story'`, LTX("i2v")],
  [`${REF} 'a silent story'`, WAN("i2v")],
  [`${REF} -Q hq pan`, LTX("i2v")],
  [`${REF} -Q pro pan`, DEV("i2v")],
  [`${REF} -m ltx23 pan`, LTX("i2v")],
  [`${REF} -m wan22 pan`, WAN("i2v")],
  ["--video --ref-audio song.m4a beat", LTX("a2v")],
  [`${REF_SOUND} beat`, LTX("ia2v")],
  [`${REF_SOUND} 'lip sync'`, WAN("s2v")],
  [`${REF_SOUND} 'a talking head'`, WAN("s2v")],
  [`${REF_SOUND} --workflow s2v beat`, WAN("s2v")],
  [`${REF_SOUND} -Q pro beat`, DEV("ia2v")],
  [`${FILM} --controlnet-name pose dance`, LTX("v2v")],
  [`${FILM} --controlnet-name canny -Q pro dance`, LTX("v2v")],
  [`${FILM} --ref square.png dance`, WAN("animate-move")],
  [`${FILM} --ref square.png --workflow animate-replace dance`, WAN("animate-replace")],
  ["--video -m wan_v2.2-14b-fp8_t2v waves", "wan_v2.2-14b-fp8_t2v"],
  ["--video --reference-audio-identity v.webm hi", LTX("t2v")],
]);

const SIZES = sizes([
  ["--video waves", "1920x1088"],
  ["--video -w 1280 -h 768 waves", "1280x768"],
  ["--video -w 1280 -h 720 waves", "1280x704"],
  ["--video -w 1280 waves", "1280x1088"],
  ["--video -w 640 -h 640 waves", "640x640"],
  ["--video --target-resolution 768 waves", "1344x768"],
  ["--video -m wan22 waves", "640x640"],
  ["--video -m wan22 -w 1000 -h 500 waves", "992x496"],
  ["--video -m wan22 -w 500 -h 490 waves", "496x480"],
  ["--video 'a fox in 720p'", "1216x704"],
  ["--video '1280x768 fox'", "1280x768"],
  ["--video 'a 9:16 video of a fox'", "1088x1920"],
  ["--video 'portrait video of a fox'", "1088x1920"],
  ["--video 'a fox, square'", "1088x1088"],
  ["--video -w 640 -h 640 '1280x720 fox'", "640x640"],
  ["--video -Q hq waves", "1920x1088"],
  ["--video -Q pro waves", "2048x1152"],
  [`${REF} pan`, "480x480"],
  ["--video --ref wide.png pan", "1024x576"],
  ["--video --ref tall.jpg pan", "480x720"],
  [`${REF} -m ltx23 pan`, "1088x1088"],
  [`${REF} -w 640 -h 640 pan`, "640x640"],
  [`${FILM} --ref square.png dance`, "832x480"],
  [`${FILM} --controlnet-name pose dance`, "1920x1088"],
  [`${FILM} --controlnet-name inpaint --mask m.png dance`, "1280x704"],
  [`${FILM} --controlnet-name outpaint dance`, "1920x1088"],
  [`${FILM} --controlnet-name outpaint --outpaint-position left dance`, "1920x768"],
  [`${FILM} --controlnet-name outpaint --outpaint-position top dance`, "1280x1088"],
  [`${FILM} --controlnet-name outpaint --outpaint-aspect-ratio 1:1 dance`, "1280x1280"],
]);

/** Which references a request says that it comes with. */
const SLOTS = {
  hasReferenceImage: false,
  hasReferenceImageEnd: false,
  hasReferenceAudio: false,
  hasReferenceVideo: false,
};

const control = (name: string, controlStrength: number) => ({ name, controlStrength });

const ASSETS = rows([
  ["--video waves", SLOTS],
  [`${REF} pan`, { ...SLOTS, hasReferenceImage: true }],
  ["--video --ref-end square.png pan", { ...SLOTS, hasReferenceImageEnd: true }],
  [`${REF} --ref-end tall.jpg pan`, {
    ...SLOTS,
    hasReferenceImage: true,
    hasReferenceImageEnd: true,
  }],
  [`${REF_SOUND} beat`, { ...SLOTS, hasReferenceImage: true, hasReferenceAudio: true }],
  [`${FILM} --ref square.png dance`, {
    ...SLOTS,
    hasReferenceImage: true,
    hasReferenceVideo: true,
  }],
  [`${REF_SOUND} --audio-start 2 --audio-duration 6 beat`, { audioStart: 2, audioDuration: 6 }],
  [`${FILM} --ref square.png --video-start 10 dance`, { videoStart: 10 }],
  [`${REF} --first-frame-strength 0.4 pan`, { firstFrameStrength: 0.4 }],
  [`${REF} --ref-end tall.jpg --last-frame-strength 0.5 pan`, { lastFrameStrength: 0.5 }],
  ["--video --trim-end-frame waves", { trimEndFrame: true }],
  [`${FILM} --ref square.png --workflow animate-replace --sam2-coordinates 0.5,0.25 dance`, {
    sam2Coordinates: '[{"x":0.5,"y":0.25}]',
  }],
  [`${REF} --ref-end wide.png -m ltx23 turn`, {
    loras: ["transition"],
    loraStrengths: [1],
    positivePrompt: "turn, zhuanchang",
  }],
  [`${REF} --ref-end wide.png -m ltx23 'zhuanchang turn'`, { positivePrompt: "zhuanchang turn" }],
  [`${REF} -m ltx23 turn`, { loras: undefined, positivePrompt: "turn" }],
  [`${REF} --ref-end wide.png -m wan22 turn`, { loras: undefined, positivePrompt: "turn" }],
  ...(["canny", "pose", "depth"] as const).map((name) =>
    [`${FILM} --controlnet-name ${name} dance`, {
      currentControlNetsJob: [control(name, 0.85)],
      detailerStrength: 0.6,
    }] as const
  ),
  [`${FILM} --controlnet-name detailer dance`, {
    currentControlNetsJob: [control("detailer", 1)],
    detailerStrength: undefined,
  }],
  [`${FILM} --controlnet-name pose --controlnet-strength 0.3 dance`, {
    currentControlNetsJob: [control("pose", 0.3)],
  }],
  [`${FILM} --controlnet-name inpaint --mask m.png dance`, {
    currentControlNetsJob: [control("inpaint", 1)],
    hasReferenceMask: true,
  }],
  [`${FILM} --controlnet-name outpaint dance`, {
    currentControlNetsJob: [control("outpaint", 1)],
    outpaintPosition: "center",
  }],
]);

const SETTINGS = rows([
  ["--video waves", { steps: 8, guidanceScale: 1, comfySampler: "euler_ancestral" }],
  ["--video --steps 12 waves", { steps: 12 }],
  ["--video -Q pro waves", { steps: 20 }],
  ["--video -Q pro --steps 5 waves", { steps: 5 }],
  ["--video --guidance 2.5 waves", { guidanceScale: 2.5 }],
  ["--video -m wan22 waves", { steps: 4, shift: 5, comfySampler: "euler" }],
  [`${REF} pan`, { steps: 4, shift: 8, comfyScheduler: "simple" }],
  [`${REF_SOUND} --workflow s2v beat`, { comfySampler: "uni_pc", shift: 8 }],
  ["--video -m wan_v2.2-14b-fp8_t2v waves", { steps: 20, shift: 5 }],
  ["--video --no-filter waves", { disableSafety: true }],
  ["--video -n 3 waves", { numberOfImages: 3 }],
  ["--video waves", { outputFormat: "mp4", negativePrompt: "", stylePrompt: "" }],
]);

export const FILM_ROWS: readonly WireRow[] = [
  ...ROUTES,
  ...SIZES,
  ...ASSETS,
  ...SETTINGS,
  {
    line: `${REF} -n 3 '{she waves|she turns|she sits}'`,
    expected: { numberOfImages: 1 },
    each: { positivePrompt: ["she waves", "she turns", "she sits"] },
  },
];

/** A short piece of music that can be repeated: chords, a melody and a beat, from a seed. */
import { between, pick, type Random, randomFrom } from "../paint/random.ts";

/** What is played. */
export interface PhraseRequest {
  readonly seed: number;
  readonly prompt: string;
  /** Beats a minute, 30 to 300. */
  readonly bpm: number;
  /** Seconds; fewer when the phrase ends before. */
  readonly maxSeconds: number;
}

/** Samples a second. */
export const SAMPLE_RATE = 44100;
const BEATS = 16;
/** Chord roots in half tones above the key, four chords of four beats. */
const PROGRESSIONS = [[0, 9, 5, 7], [0, 5, 9, 7], [0, 7, 9, 5], [9, 5, 0, 7]] as const;
/** Half tones of the scale that the melody uses. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16] as const;

/** Interleaved stereo, 16 bits. */
export function composePhrase(request: PhraseRequest): Int16Array<ArrayBuffer> {
  const random = randomFrom(`${request.seed}\n${request.prompt}`);
  const beat = 60 / request.bpm;
  const frames = Math.max(1, Math.round(Math.min(BEATS * beat, request.maxSeconds) * SAMPLE_RATE));
  const sound = new Float32Array(frames * 2);
  const key = 110 * 2 ** (Math.floor(between(random, 0, 12)) / 12);
  const progression = pick(random, PROGRESSIONS);
  for (const [index, root] of progression.entries()) {
    const third = root === 9 ? 3 : 4;
    for (const [voice, step] of [0, third, 7].entries()) {
      const pitch = key * 2 * 2 ** ((root + step) / 12);
      addTone(sound, index * 4 * beat, 4 * beat, pitch, 0.07, 0.3 + voice * 0.2, 0.8);
    }
    addTone(sound, index * 4 * beat, 4 * beat, key * 2 ** (root / 12), 0.14, 0.5, 0.9);
  }
  for (let step = 0; step < BEATS * 2; step++) addMelody(sound, step, beat, key, random);
  for (let step = 0; step < BEATS; step++) addTone(sound, step * beat, 0.12, 62, 0.25, 0.5, 0.05);
  return toInt16(sound);
}

function addMelody(
  sound: Float32Array,
  step: number,
  beat: number,
  key: number,
  random: Random,
): void {
  const rest = random() < 0.3;
  const pitch = key * 4 * 2 ** (pick(random, SCALE) / 12);
  const side = between(random, 0.2, 0.8);
  if (!rest) addTone(sound, step * beat / 2, beat * 0.9, pitch, 0.1, side, beat * 0.3);
}

/**
 * Adds a soft tone: the pitch and its octave, fading with time.
 *
 * @param side 0 left, 1 right
 * @param fade seconds until it has lost two thirds
 */
function addTone(
  sound: Float32Array,
  start: number,
  length: number,
  pitch: number,
  level: number,
  side: number,
  fade: number,
): void {
  const first = Math.round(start * SAMPLE_RATE);
  const count = Math.min(Math.round(length * SAMPLE_RATE), sound.length / 2 - first);
  const step = 2 * Math.PI * pitch / SAMPLE_RATE;
  const decay = Math.exp(-1 / (fade * SAMPLE_RATE));
  const edge = 0.008 * SAMPLE_RATE;
  let strength = level;
  for (let index = 0; index < count; index++) {
    const ramp = Math.min(1, index / edge, (count - index) / edge);
    const phase = step * index;
    const value = strength * ramp * (Math.sin(phase) + 0.3 * Math.sin(2 * phase));
    const at = (first + index) * 2;
    sound[at] = (sound[at] ?? 0) + value * (1 - side);
    sound[at + 1] = (sound[at + 1] ?? 0) + value * side;
    strength *= decay;
  }
}

function toInt16(sound: Float32Array): Int16Array<ArrayBuffer> {
  const output = new Int16Array(sound.length);
  for (let index = 0; index < sound.length; index++) {
    output[index] = Math.max(-1, Math.min(1, sound[index] ?? 0)) * 32767;
  }
  return output;
}

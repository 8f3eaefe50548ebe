/**
 * The codecs that are WebAssembly: JPEG and WebP, both ways, loaded when first used.
 *
 * Code and glue come by `import()`, the WebAssembly as bytes (`with { type: "bytes" }`): Deno reads
 * it from the package, the bundler puts it into a chunk of its own. Nothing is fetched.
 *
 * Every call gets a fresh instance of the compiled module. A codec that ran into hostile input is
 * left in an undefined state, and its memory never shrinks; with instances thrown away neither
 * matters, and making one costs about three milliseconds.
 */
import type { RgbaImage } from "./image.ts";

/** Emscripten's `ImageData`-like result. */
type Decode = (bytes: Uint8Array) => RgbaImage | null;
type Encode = (
  data: Uint8ClampedArray,
  width: number,
  height: number,
  options: Readonly<Record<string, number | boolean>>,
) => Uint8Array | null;

/** The functions of the four codecs. */
export interface WasmCodecs {
  jpegDecoder: { decode(bytes: Uint8Array, preserveOrientation: boolean): RgbaImage | null };
  jpegEncoder: { encode: Encode };
  webpDecoder: { decode: Decode };
  webpEncoder: { encode: Encode };
}

interface CodecParts {
  readonly bytes: Uint8Array;
  readonly factory: unknown;
}

const LOADERS: Readonly<Record<keyof WasmCodecs, () => Promise<CodecParts>>> = {
  jpegDecoder: async () => ({
    bytes: (await import("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm", { with: { type: "bytes" } }))
      .default,
    factory: (await import("@jsquash/jpeg/codec/dec/mozjpeg_dec.js")).default,
  }),
  jpegEncoder: async () => ({
    bytes: (await import("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm", { with: { type: "bytes" } }))
      .default,
    factory: (await import("@jsquash/jpeg/codec/enc/mozjpeg_enc.js")).default,
  }),
  webpDecoder: async () => ({
    bytes: (await import("@jsquash/webp/codec/dec/webp_dec.wasm", { with: { type: "bytes" } }))
      .default,
    factory: (await import("@jsquash/webp/codec/dec/webp_dec.js")).default,
  }),
  webpEncoder: async () => ({
    bytes: (await import("@jsquash/webp/codec/enc/webp_enc.wasm", { with: { type: "bytes" } }))
      .default,
    factory: (await import("@jsquash/webp/codec/enc/webp_enc.js")).default,
  }),
};

type Factory = (options: Record<string, unknown>) => Promise<unknown>;

interface Compiled {
  readonly module: WebAssembly.Module;
  readonly factory: Factory;
}

const compiled = new Map<keyof WasmCodecs, Promise<Compiled>>();

/** A fresh instance of a codec. */
export async function startCodec<Name extends keyof WasmCodecs>(
  name: Name,
): Promise<WasmCodecs[Name]> {
  let parts = compiled.get(name);
  if (!parts) {
    parts = compile(name);
    compiled.set(name, parts);
  }
  const { module, factory } = await parts;
  provideImageData();
  return await factory({
    noInitialRun: true,
    print: ignore,
    printErr: ignore,
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  }) as WasmCodecs[Name];
}

async function compile(name: keyof WasmCodecs): Promise<Compiled> {
  const { bytes, factory } = await LOADERS[name]();
  return {
    module: await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>),
    factory: factory as Factory,
  };
}

/** The decoders construct an `ImageData`, which Node does not have. */
function provideImageData(): void {
  const globals = globalThis as { ImageData?: unknown };
  globals.ImageData ??= class ImageData {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
}

function ignore(): void {}

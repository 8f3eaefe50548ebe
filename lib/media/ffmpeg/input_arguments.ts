/** How a file is handed to ffmpeg or ffprobe so that its name and contents can do no harm. */

/**
 * Containers that may be opened. Left out on purpose: playlists and scripts (hls, dash, concat,
 * sdp, …), which name other files and addresses, and image sequences, whose `%d` is a pattern.
 */
const FORMATS = [
  "3g2,3gp,aac,ac3,aiff,amr,ape,asf,au,avi,av1,caf,dts,dv,eac3,flac,flv,gif,h264,hevc,ivf,m4a,m4v",
  "matroska,mj2,mov,mp3,mp4,mpeg,mpegts,mpegvideo,mxf,obu,ogg,rm,tta,w64,wav,webm,wv",
].join(",");

/** Options that go before an input: local files only, and only known containers. */
export const INPUT_GUARD: readonly string[] = [
  "-protocol_whitelist",
  "file,pipe",
  "-format_whitelist",
  FORMATS,
];

/** A file name that no prefix, dash or percent sign turns into something else. */
export function fileName(path: string): string {
  return `file:${path}`;
}

/**
 * The arguments of one input.
 *
 * @param before options of this input, such as `["-ss", "3"]`
 */
export function inputArguments(path: string, before: readonly string[] = []): string[] {
  return [...INPUT_GUARD, ...before, "-i", fileName(path)];
}

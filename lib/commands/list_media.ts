/** `--list-media`: the newest files of the inbound folder. */
import { listMedia, mediaFolder, type MediaKind } from "../media/film/list_media.ts";
import { loadPluginConfig } from "../store/plugin_config.ts";
import { singleLine } from "../text/control.ts";
import type { CommandRun } from "./context.ts";

export const run: CommandRun = async ({ host, invocation, report }) => {
  const asked = invocation.options.listMedia;
  const mediaType: MediaKind = asked === "audio" || asked === "all" ? asked : "images";
  const configured = host.facts.env.SOGNI_MEDIA_INBOUND_DIR
    ? undefined
    : (await loadPluginConfig(host, (text) => report.important(text))).mediaInboundDir;
  const folder = await mediaFolder(host, configured);
  const files = await listMedia(host, folder, mediaType);
  const noun = mediaType === "all" ? "media" : mediaType;
  report.localResult(
    {
      success: true,
      type: "list-media",
      mediaType,
      files,
      timestamp: new Date().toISOString(),
    },
    files.length === 0 ? `No ${noun} found in ${folder}.` : [
      `Newest ${noun} (${files.length}):`,
      ...files.map(({ path, size, modified }) =>
        singleLine(`  ${path}  ${size} bytes  ${modified}`)
      ),
    ],
  );
  return 0;
};

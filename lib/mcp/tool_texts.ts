/** Names, titles and descriptions of the MCP tools; data that manifests show, too. */

/** What a model and its user read of one tool. */
export interface ToolText {
  readonly title: string;
  readonly description: string;
}

/** Every tool, in the order in which it is listed. */
export const TOOL_TEXTS = {
  generate_image: {
    title: "Generate or edit images",
    description:
      "Make images from words, or edit the pictures in context_images. Costs tokens of the Sogni account. Give output_path to save the files; links expire. Attachments of the chat are invisible here until import_media has saved them.",
  },
  generate_video: {
    title: "Generate a video",
    description:
      "Make a video from words, pictures, sound or another video; the kind follows from the references. Costs tokens of the Sogni account and takes minutes: when wait_seconds are over, the answer holds a job for manage_jobs. Never send the same request again because it is slow. For LTX models write one paragraph of 4 to 8 present-tense sentences about one continuous shot. Attachments of the chat need import_media first.",
  },
  generate_music: {
    title: "Generate music",
    description:
      "Make instrumental music, or a song with lyrics. Costs tokens of the Sogni account; may answer with a job for manage_jobs.",
  },
  photobooth: {
    title: "Portrait of a face",
    description:
      "Make a new portrait that keeps only the face of ref. To change a picture and keep the rest, use generate_image with context_images. Costs tokens of the Sogni account. Attachments of the chat need import_media first.",
  },
  edit_video: {
    title: "Cut, join and dub films",
    description:
      "Work on local films with ffmpeg, free of charge: save the first or last frame, join clips, lay new sound under a film.",
  },
  list_media: {
    title: "List received media",
    description:
      "List the newest files that the user sent to the agent. Attachments of the chat are not among them until import_media has saved them.",
  },
  manage_personas: {
    title: "Personas",
    description:
      "List, find, add or remove saved people: photo, description, voice. Add one only when the user asks for it. A photo in the chat needs import_media first.",
  },
  manage_memories: {
    title: "Memories",
    description:
      "Read the user's standing wishes and facts before you generate; save one when the user states it.",
  },
  manage_jobs: {
    title: "Jobs",
    description:
      "Look after renders that go on: list them, wait for one and get its result, see its state, collect its files, cancel it. Wait rather than ask again and again.",
  },
  account_balance: {
    title: "Balance",
    description: "Show the Spark and SOGNI balance of the account.",
  },
  sogni_doctor: {
    title: "Check the installation",
    description:
      "Check key, folders, ffmpeg and connection. Only after another tool has failed, never beforehand.",
  },
  import_media: {
    title: "Save an attachment",
    description:
      "Save an attachment of the chat as a file that the other tools can read: base64 in chunks of about 64 KB, the first with filename, each further one with append_to_path. Make pictures small first: 1024 px, JPEG.",
  },
} as const satisfies Readonly<Record<string, ToolText>>;

/** The name of a tool. */
export type ToolName = keyof typeof TOOL_TEXTS;

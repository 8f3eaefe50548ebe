/** The page: HTML and CSS in one text, with no script and nothing from elsewhere. */
import { stripControl } from "../../text/control.ts";

/** One file of a render. */
export interface Item {
  /** `other`: a file that cannot be shown here; `gone`: it is not where it was saved. */
  kind: "picture" | "film" | "sound" | "other" | "gone";
  name: string;
  /** `file:` URL. */
  link: string;
  /** `data:` URL of the small picture. */
  picture?: string;
  prompt: string;
  model: string;
  /** Id in the journal. */
  job: string;
  madeAt: Date;
  sandbox: boolean;
}

/** @param now when the page is made */
export function galleryPage(items: readonly Item[], now: Date): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Sogni gallery</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>Sogni gallery</h1><p>${summary(items.length, now)}</p></header>
<main>
${items.map(figure).join("\n")}
</main>
</body>
</html>
`;
}

/** Nothing is loaded but what is in the page and the files it names. */
const POLICY = "default-src 'none'; img-src data:; media-src file:; style-src 'unsafe-inline'";

const STYLE = `
:root{color-scheme:light dark;font:15px/1.45 system-ui,sans-serif}
body{margin:0 auto;max-width:88rem;padding:1.5rem}
h1{font-size:1.4rem;margin:0}header p{margin:.25rem 0 1.5rem;opacity:.7}
main{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
figure{margin:0;display:flex;flex-direction:column;gap:.5rem}
img,video{width:100%;border-radius:.5rem;display:block;background:#8882}
audio{width:100%}
.none{display:grid;place-items:center;aspect-ratio:1;border-radius:.5rem;background:#8882}
figcaption p{margin:0;overflow-wrap:anywhere}figcaption .small{font-size:.8rem;opacity:.7}
a{color:inherit}`;

function summary(count: number, now: Date): string {
  return `${count} ${count === 1 ? "file" : "files"}, ${now.toISOString().slice(0, 10)}`;
}

function figure(item: Item): string {
  const facts = [
    item.model,
    item.madeAt.toISOString().slice(0, 10),
    item.job,
    ...item.sandbox ? ["sandbox"] : [],
  ];
  const name = `<a href="${escape(item.link)}">${escape(item.name)}</a>`;
  return `<figure>${body(item)}<figcaption><p>${escape(item.prompt)}</p><p class="small">${
    item.kind === "gone" ? escape(item.name) : name
  } · ${escape(facts.join(" · "))}</p></figcaption></figure>`;
}

function body({ kind, link, picture, prompt, name }: Item): string {
  const url = escape(link);
  if (kind === "picture" && picture !== undefined) {
    return `<a href="${url}"><img loading="lazy" src="${picture}" alt="${escape(prompt)}"></a>`;
  }
  if (kind === "film") return `<video controls preload="metadata" src="${url}"></video>`;
  if (kind === "sound") return `<audio controls preload="none" src="${url}"></audio>`;
  return `<div class="none">${kind === "gone" ? "no longer there" : escape(name)}</div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return stripControl(text).replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}

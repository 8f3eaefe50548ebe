/** Progress for people and agents: pure renderings of one state. */
import { singleLine } from "../text/control.ts";
import { jsonLine } from "../text/json_line.ts";

/** How far a run is. */
export interface ProgressState {
  /** What is being made, e.g. `image` or `3 images`. */
  label: string;
  /** 0 to 1. */
  fraction: number;
  completed: number;
  total: number;
  /** Seconds. */
  etaSeconds?: number;
  /** Seconds since the start. */
  elapsedSeconds: number;
  /** A word on the phase, e.g. `queued (3 before this)`. */
  phase?: string;
}

const BAR_CELLS = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** One line for a terminal, never wider than `columns`. */
export function renderBar(state: ProgressState, columns: number, unicode = true): string {
  const percent = `${Math.floor(clamp(state.fraction) * 100)}%`.padStart(4);
  const tail = [
    state.total > 1 ? `${state.completed}/${state.total}` : "",
    state.phase ?? "",
    etaText(state),
  ].filter((part) => part !== "").join("  ");
  const line = `${state.label} ${bar(clamp(state.fraction), unicode)} ${percent}  ${tail}`;
  return singleLine(line).trimEnd().slice(0, Math.max(10, columns - 1));
}

/** A line for logs and pipes: no bar, no movement. */
export function renderPlain(state: ProgressState): string {
  const percent = Math.floor(clamp(state.fraction) * 100);
  return `Progress: ${percent}%${state.phase ? ` (${state.phase})` : ""}`;
}

/** One event for agents: a JSON object on a line of its own. */
export function renderEvent(state: ProgressState): string {
  return jsonLine({
    event: "progress",
    percent: Math.floor(clamp(state.fraction) * 100),
    completed: state.completed,
    total: state.total,
    etaSeconds: state.etaSeconds === undefined ? null : Math.round(state.etaSeconds),
    elapsedSeconds: Math.round(state.elapsedSeconds * 10) / 10,
    phase: state.phase ?? null,
  });
}

function bar(fraction: number, unicode: boolean): string {
  if (!unicode) {
    const full = Math.round(fraction * BAR_CELLS);
    return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}]`;
  }
  const eighths = Math.round(fraction * BAR_CELLS * 8);
  const drawn = "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
  return `▕${drawn.padEnd(BAR_CELLS)}▏`;
}

function etaText(state: ProgressState): string {
  if (state.fraction >= 1) return "";
  if (state.etaSeconds === undefined) return `${Math.floor(state.elapsedSeconds)}s`;
  return `about ${durationText(state.etaSeconds)} left`;
}

/** `45s`, `2m 05s`. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return `${whole}s`;
  return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, "0")}s`;
}

function clamp(fraction: number): number {
  return Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
}

/** Finds the route for a request: a plain table, first match wins. */
import type { Route } from "./route.ts";

/** A route and what its `:name` segments matched. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The table of one sandbox. */
export interface Router {
  /** `undefined` when nothing answers there. HEAD is answered by GET routes too. */
  find(method: string, path: string): RouteMatch | undefined;
  /** Whether the path exists with another method, which is a 405 and not a 404. */
  knowsPath(path: string): boolean;
}

/** Builds the table; routes given first win. */
export function createRouter(routes: readonly Route[]): Router {
  const table = routes.map((route) => ({ route, segments: route.path.split("/") }));
  const matches = (path: string) =>
    table.flatMap(({ route, segments }) => {
      const params = matchSegments(segments, path.split("/"));
      return params ? [{ route, params }] : [];
    });
  return {
    find: (method, path) =>
      matches(path).find(({ route }) =>
        route.method === method || (method === "HEAD" && route.method === "GET")
      ),
    knowsPath: (path) => matches(path).length > 0,
  };
}

function matchSegments(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = path[index] ?? "";
    if (expected.startsWith(":")) {
      const value = decode(actual);
      if (value === undefined || value === "") return undefined;
      params[expected.slice(1)] = value;
    } else if (expected !== actual) return undefined;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

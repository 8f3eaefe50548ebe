import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { inHome } from "../store/testing.ts";
import { makeTempFolder } from "./temp_folder.ts";

Deno.test("a folder is made and can be written", () =>
  inHome(async ({ host }) => {
    const folder = await makeTempFolder(host, "sogni-test-");
    assertEquals((await host.files.stat(folder))?.mode, 0o700);
    await host.files.remove(folder);
  }));

Deno.test("a temporary folder that cannot be written is told with a remedy", () =>
  inHome(async ({ host }) => {
    const refuse = () =>
      Promise.reject(
        Object.assign(new Error("EROFS: read-only file system, mkdtemp"), { code: "EROFS" }),
      );
    const files = { ...host.files, makeTempDir: refuse };
    const error = await assertRejects(
      () => makeTempFolder({ ...host, files }, "sogni-test-"),
      AppError,
      "the file system is read-only",
    );
    assertEquals([error.code, error.details?.cause], ["TEMP_FOLDER_FAILED", "EROFS"]);
  }));

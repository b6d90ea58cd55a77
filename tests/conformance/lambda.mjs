// What tests of functions need: a role that Lambda may assume, and zip files.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { account } from "./harness.mjs";

export async function roleForLambda(server, RoleName) {
  await server.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }));
  return `arn:aws:iam::${account}:role/${RoleName}`;
}

// A zip file with one file in it.
export function zipOf(name, text, mode = 0o644) {
  const folder = mkdtempSync(join(tmpdir(), "everseal-zip-"));
  try {
    const made = join(folder, "made.zip");
    execFileSync("python3", ["-c", `
import sys, zipfile
info = zipfile.ZipInfo(sys.argv[2]); info.external_attr = (0o100000 | int(sys.argv[4])) << 16
with zipfile.ZipFile(sys.argv[1], "w") as z: z.writestr(info, sys.argv[3])`, made, name, text, String(mode)]);
    return readFileSync(made);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

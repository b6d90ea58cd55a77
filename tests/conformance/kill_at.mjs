// Kills a server right before its n-th write: what tests/fault/kill_at_write.c does for whoever preloads it.
import { closeSync, openSync, writeSync } from "node:fs";

// 0: it is left alone.
export function arm(step) {
  const file = openSync(process.env.KILL_AT_FILE, "r+");
  const octets = Buffer.alloc(4);
  octets.writeInt32LE(step);
  writeSync(file, octets, 0, 4, 0);
  closeSync(file);
}

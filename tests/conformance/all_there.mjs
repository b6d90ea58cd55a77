// Reads answers of IssueCertificate (a JSON object a line) and asks the server for each of those
// certificates. Ends with 1 and the first missing ARN if one is not there; prints how many are.
//   node all_there.mjs ENDPOINT REGION < answers
import { createInterface } from "node:readline";
import { ACMPCAClient, GetCertificateCommand } from "@aws-sdk/client-acm-pca";

const [endpoint, region] = process.argv.slice(2);
const client = new ACMPCAClient({ endpoint, region, maxAttempts: 1 });
const arns = [];
for await (const line of createInterface({ input: process.stdin })) {
  // The last line may be cut: its answer had not arrived when the server was killed.
  try { arns.push(JSON.parse(line).CertificateArn); } catch { /* not an answer */ }
}

const serials = new Set(arns.map((arn) => arn.split("/").pop()));
if (serials.size !== arns.length) {
  console.error("a serial was answered twice");
  process.exit(1);
}
let next = 0;
const ask = async () => {
  while (next < arns.length) {
    const arn = arns[next++];
    const authority = arn.split("/certificate/")[0];
    try {
      await client.send(new GetCertificateCommand({ CertificateAuthorityArn: authority, CertificateArn: arn }));
    } catch (error) {
      console.error(`answered, but not there: ${arn}: ${error.name}: ${error.message}`);
      process.exit(1);
    }
  }
};
await Promise.all(Array.from({ length: 16 }, ask));
console.log(arns.length);

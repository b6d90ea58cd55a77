// Reads answers of ACM's RequestCertificate (a JSON object a line) and sees that each of them comes
// to its end: ISSUED, the key exported and that of the certificate, the certificate known to the
// Private CA. Ends with 1 and the first ARN of which that is not true; prints how many there are.
//   node acm_all_there.mjs ENDPOINT REGION < answers
import { createPrivateKey, X509Certificate } from "node:crypto";
import { createInterface } from "node:readline";
import { ACMClient, DescribeCertificateCommand, ExportCertificateCommand } from "@aws-sdk/client-acm";
import { ACMPCAClient, GetCertificateCommand } from "@aws-sdk/client-acm-pca";
import { until } from "./harness.mjs";

const [endpoint, region] = process.argv.slice(2);
const acm = new ACMClient({ endpoint, region, maxAttempts: 1 });
const pca = new ACMPCAClient({ endpoint, region, maxAttempts: 1 });
const passphrase = Buffer.from("correct horse");
const arns = [];
for await (const line of createInterface({ input: process.stdin })) {
  // The last line may be cut: its answer had not arrived when the server was killed.
  try { arns.push(JSON.parse(line).CertificateArn); } catch { /* not an answer */ }
}

async function check(CertificateArn) {
  const { Certificate } = await until(() => acm.send(new DescribeCertificateCommand({ CertificateArn })),
    (answer) => answer.Certificate.Status !== "PENDING_VALIDATION", "an end of the request");
  if (Certificate.Status !== "ISSUED") throw new Error(`is ${Certificate.Status}: ${Certificate.FailureReason}`);
  const exported = await acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase: passphrase }));
  const parsed = new X509Certificate(exported.Certificate);
  if (!parsed.checkPrivateKey(createPrivateKey({ key: exported.PrivateKey, passphrase }))) {
    throw new Error("has the key of another certificate");
  }
  const CertificateAuthorityArn = Certificate.CertificateAuthorityArn;
  const serial = parsed.serialNumber.toLowerCase().padStart(32, "0");
  const issued = await pca.send(new GetCertificateCommand({
    CertificateAuthorityArn, CertificateArn: `${CertificateAuthorityArn}/certificate/${serial}` }));
  if (issued.Certificate.trim() !== exported.Certificate.trim()) throw new Error("is not what the Private CA issued");
}

let next = 0;
const work = async () => {
  while (next < arns.length) {
    const arn = arns[next++];
    await check(arn).catch((error) => {
      console.error(`answered, but not there: ${arn}: ${error.name}: ${error.message}`);
      process.exit(1);
    });
  }
};
await Promise.all(Array.from({ length: 8 }, work));
console.log(arns.length);

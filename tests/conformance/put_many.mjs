// put_many.mjs ENDPOINT REGION BUCKET COUNT: makes the bucket and puts so many small objects there,
// year/00001 and so on, the last first.
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const [endpoint, region, Bucket, count] = process.argv.slice(2);
const s3 = new S3Client({ endpoint, region, forcePathStyle: true });
const elsewhere = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
await s3.send(new CreateBucketCommand({ Bucket, ...elsewhere }));
let next = Number(count);
const put = async () => {
  while (next > 0) {
    const number = String(next--).padStart(5, "0");
    await s3.send(new PutObjectCommand({ Bucket, Key: `year/${number}`, Body: number }));
  }
};
await Promise.all(Array.from({ length: 16 }, put));
s3.destroy();

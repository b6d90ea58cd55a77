import { type CertificateAuthority, paginateListCertificateAuthorities } from "@aws-sdk/client-acm-pca";
import {
  CreateTrustStoreCommand, DeleteTrustStoreCommand, DescribeTagsCommand, DescribeTrustStoresCommand, type Tag,
  type TagDescription,
  type TrustStore, type TrustStoreAssociation, type DescribeTrustStoreRevocation,
  paginateDescribeTrustStoreAssociations, paginateDescribeTrustStoreRevocations, paginateDescribeTrustStores,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Session } from "../session";

// The tag that binds a trust store to a private CA when it is created.
const caTag = "everseal:ca-arn";
const mostTagged = 20; // ARNs that DescribeTags takes

// A trust store, the ARN of the private CA that it follows, and its other tags; nothing is known of both
// if there are no `tags`.
export interface Store extends TrustStore {
  follows?: string;
  tags?: Tag[];
}

export interface Files {
  bucket: string;
  key: string;
  version: string;
}

// The tags of each ARN; none if they cannot be had: who may see trust stores need not see tags.
async function tagsOf({ loadBalancing }: Session, ResourceArns: string[]): Promise<TagDescription[]> {
  try {
    const { TagDescriptions = [] } = await loadBalancing.send(new DescribeTagsCommand({ ResourceArns }));
    return TagDescriptions;
  } catch {
    return [];
  }
}

async function tagged(session: Session, stores: TrustStore[]): Promise<Store[]> {
  const tags = new Map<string | undefined, Tag[]>();
  for (let from = 0; from < stores.length; from += mostTagged) {
    const arns = stores.slice(from, from + mostTagged).map((each) => each.TrustStoreArn!);
    for (const each of await tagsOf(session, arns)) tags.set(each.ResourceArn, each.Tags ?? []);
  }
  return stores.map((store) => {
    const all = tags.get(store.TrustStoreArn);
    return {
      ...store,
      follows: all?.find((tag) => tag.Key === caTag)?.Value,
      tags: all?.filter((tag) => tag.Key !== caTag),
    };
  });
}

export async function allStores(session: Session): Promise<Store[]> {
  const stores: TrustStore[] = [];
  for await (const page of paginateDescribeTrustStores({ client: session.loadBalancing }, {})) {
    stores.push(...(page.TrustStores ?? []));
  }
  return tagged(session, stores);
}

export async function oneStore(session: Session, arn: string): Promise<Store> {
  const { TrustStores = [] } = await session.loadBalancing.send(
    new DescribeTrustStoresCommand({ TrustStoreArns: [arn] }));
  return (await tagged(session, TrustStores))[0];
}

export async function revocationsOf({ loadBalancing }: Session, arn: string) {
  const all: DescribeTrustStoreRevocation[] = [];
  for await (const page of paginateDescribeTrustStoreRevocations({ client: loadBalancing }, { TrustStoreArn: arn })) {
    all.push(...(page.TrustStoreRevocations ?? []));
  }
  return all;
}

export async function associationsOf({ loadBalancing }: Session, arn: string) {
  const all: TrustStoreAssociation[] = [];
  for await (const page of paginateDescribeTrustStoreAssociations({ client: loadBalancing }, { TrustStoreArn: arn })) {
    all.push(...(page.TrustStoreAssociations ?? []));
  }
  return all;
}

export async function activeCas({ privateCa }: Session): Promise<CertificateAuthority[]> {
  const all: CertificateAuthority[] = [];
  for await (const page of paginateListCertificateAuthorities({ client: privateCa }, {})) {
    all.push(...(page.CertificateAuthorities ?? []));
  }
  return all.filter((each) => each.Status === "ACTIVE");
}

async function created({ loadBalancing }: Session, input: CreateTrustStoreCommand["input"]): Promise<string> {
  const { TrustStores = [] } = await loadBalancing.send(new CreateTrustStoreCommand(input));
  return TrustStores[0].TrustStoreArn!;
}

// The call must name a file, which is not looked at.
export function createFollowing(session: Session, name: string, ca: string): Promise<string> {
  return created(session, {
    Name: name, CaCertificatesBundleS3Bucket: "none", CaCertificatesBundleS3Key: "none",
    Tags: [{ Key: caTag, Value: ca }],
  });
}

export function createFromFile(session: Session, name: string, { bucket, key, version }: Files): Promise<string> {
  return created(session, {
    Name: name, CaCertificatesBundleS3Bucket: bucket, CaCertificatesBundleS3Key: key,
    CaCertificatesBundleS3ObjectVersion: version || undefined,
  });
}

export async function deleteStore({ loadBalancing }: Session, arn: string): Promise<void> {
  await loadBalancing.send(new DeleteTrustStoreCommand({ TrustStoreArn: arn }));
}

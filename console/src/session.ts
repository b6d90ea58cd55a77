import { ACMPCAClient } from "@aws-sdk/client-acm-pca";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { createContext, useContext } from "react";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

// Who is signed in, where, and the clients that sign for them. It lives in the memory of this page
// alone: whoever closes or reloads it is signed out.
export interface Session {
  who: string; // their ARN
  region: string;
  loadBalancing: ElasticLoadBalancingV2Client;
  privateCa: ACMPCAClient;
}

// Fails as GetCallerIdentity does.
export async function signIn(credentials: Credentials, region: string): Promise<Session> {
  const settings = { credentials, region, endpoint: window.location.origin };
  const { Arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  return {
    who: Arn ?? "",
    region,
    loadBalancing: new ElasticLoadBalancingV2Client(settings),
    privateCa: new ACMPCAClient(settings),
  };
}

const Current = createContext<Session | null>(null);
export const SessionProvider = Current.Provider;

// Of whatever is shown within the shell.
export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error("nobody is signed in");
  return session;
}

import { useAsked } from "../asked";
import { AskedTable } from "../asked_table";
import { useSession } from "../session";
import { associationsOf, revocationsOf } from "./api";

// Of one trust store. `times`: how often it was asked for; with each the answer is a new one.
interface Part {
  arn: string;
  times: number;
}

export function RevocationLists({ arn, times }: Part) {
  const session = useSession();
  const asked = useAsked(() => revocationsOf(session, arn), [session, arn, times]);
  return <AskedTable label="Revocation lists" headed asked={asked} empty="No list has been added." columns={[
    { id: "id", header: "ID", isRowHeader: true, cell: (each) => each.RevocationId },
    { id: "type", header: "Type", cell: (each) => each.RevocationType },
    { id: "entries", header: "Entries", cell: (each) => each.NumberOfRevokedEntries },
  ]} />;
}

export function Listeners({ arn, times }: Part) {
  const session = useSession();
  const asked = useAsked(() => associationsOf(session, arn), [session, arn, times]);
  return <AskedTable label="Listeners" headed asked={asked} empty="No listener uses it." columns={[
    { id: "arn", header: "ARN", isRowHeader: true, cell: (each) => each.ResourceArn },
  ]} />;
}

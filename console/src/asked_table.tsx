import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { Asked } from "./asked";
import { Failure } from "./failures";

interface Shown<T> {
  label: string;
  headed?: boolean; // the label stands above it
  asked: Asked<T[]>;
  columns: TableProps.ColumnDefinition<T>[];
  empty: string; // what is said if there are none
}

// What was asked of the API, in rows, and what kept it from coming.
export function AskedTable<T>({ label, headed = false, asked: { value, failure, pending }, columns, empty }: Shown<T>) {
  return (
    <SpaceBetween size="l">
      <Failure failure={failure} />
      <Table items={value ?? []} columnDefinitions={columns} variant="container"
        header={headed && <Header variant="h2">{label}</Header>}
        loading={pending && !value} loadingText="Loading"
        ariaLabels={{ tableLabel: label }}
        empty={<Box textAlign="center" color="inherit">{value ? empty : "What there is, is not known."}</Box>} />
    </SpaceBetween>
  );
}

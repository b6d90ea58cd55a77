import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useAsked } from "../asked";
import { wordsOf } from "../failures";
import { useSession } from "../session";
import { activeCas } from "./api";

interface Choice {
  arn: string; // empty before one is chosen
  error?: string;
  onChange: (arn: string) => void;
}

// Chooses among the private CAs that are active.
export function CaField({ arn, error, onChange }: Choice) {
  const session = useSession();
  const { value = [], failure, pending, again } = useAsked(() => activeCas(session), [session]);
  const options = value.map((ca) => ({
    value: ca.Arn,
    label: ca.CertificateAuthorityConfiguration?.Subject?.CommonName ?? "(no common name)",
    description: ca.Arn,
  }));
  return (
    <FormField label="Private CA" errorText={error}>
      <Select
        options={options}
        selectedOption={options.find((each) => each.value === arn) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
        placeholder="Choose a private CA"
        filteringType="auto"
        filteringAriaLabel="Find a private CA"
        statusType={pending ? "loading" : failure ? "error" : "finished"}
        loadingText="Loading private CAs"
        errorText={failure ? wordsOf(failure) : undefined}
        recoveryText="Try again"
        onLoadItems={({ detail }) => detail.samePage && again()}
        empty="No private CA is active in this region."
      />
    </FormField>
  );
}

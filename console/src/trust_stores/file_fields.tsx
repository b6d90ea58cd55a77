import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Files } from "./api";

// Names the object that has the CA certificates.
export function FileFields({ file, onChange }: { file: Files; onChange: (file: Files) => void }) {
  const field = (name: keyof Files) => ({
    value: file[name],
    spellcheck: false,
    onChange: ({ detail }: { detail: { value: string } }) => onChange({ ...file, [name]: detail.value }),
  });
  return (
    <SpaceBetween size="l">
      <FormField label="Bucket">
        <Input {...field("bucket")} />
      </FormField>
      <FormField label="Key" description="Of the object with the CA certificates, in PEM. It is copied now."
        constraintText="Without a slash in front.">
        <Input {...field("key")} />
      </FormField>
      <FormField label="Version" description="Without one, the newest.">
        <Input {...field("version")} />
      </FormField>
    </SpaceBetween>
  );
}

import type { Access, Endpoint, Format, Handout } from "../../domain/permission";

/** What somebody pastes to use a key. */
export type Credentials = {
  keyName: string;
  accessKeyId: string;
  /** As it is: no character of it needs quoting in any format (`tigris/schemas.ts`). */
  secret: string;
  urls: Handout["urls"][Endpoint];
  region: string;
};

/** What stands above the snippet: where it belongs. */
export const SNIPPET_TITLES: Record<Format, string> = {
  shell: "For a shell",
  dotenv: "For a .env file",
  profile: "For ~/.aws/config",
};

/** A key in the format that was chosen for it, without a line feed at its end. */
export function snippetOf(format: Format, credentials: Credentials): string {
  switch (format) {
    case "shell":
      return variablesOf(credentials)
        .map((variable) => `export ${variable}`)
        .join("\n");
    case "dotenv":
      return variablesOf(credentials).join("\n");
    case "profile":
      return profileOf(credentials).join("\n");
  }
}

/** Tigris's documentation names the first five; AWS CLI v1 and boto3 read no other region than the sixth. */
function variablesOf({ accessKeyId, secret, urls, region }: Credentials): string[] {
  return [
    `AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${secret}`,
    `AWS_ENDPOINT_URL_S3=${urls.s3}`,
    `AWS_ENDPOINT_URL_IAM=${urls.iam}`,
    `AWS_REGION=${region}`,
    `AWS_DEFAULT_REGION=${region}`,
  ];
}

/**
 * A profile in AWS's file `config`, which takes keys beside settings; one endpoint for all services, and IAM's own in a section
 * for services (AWS SDKs and Tools Reference Guide, service-specific endpoints).
 */
function profileOf({ keyName, accessKeyId, secret, urls, region }: Credentials): string[] {
  const name = profileName(keyName);
  return [
    `[profile ${name}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secret}`,
    `region = ${region}`,
    `endpoint_url = ${urls.s3}`,
    `services = ${name}`,
    "",
    `[services ${name}]`,
    "iam =",
    `  endpoint_url = ${urls.iam}`,
  ];
}

/** Keys of today have no other characters in their names. */
function profileName(keyName: string): string {
  return keyName.replace(/[^\w.-]+/g, "-");
}

/** A first command to try the key with: a list of one of its buckets, or of all. */
export function firstCommand({ keyName, access, format }: { keyName: string; access: Access; format: Format }): string {
  const { buckets } = access;
  const [bucket] = buckets.kind === "named" ? buckets.names : [];
  const where = bucket === undefined ? "" : ` s3://${bucket}`;
  return `aws s3 ls${where}${format === "profile" ? ` --profile ${profileName(keyName)}` : ""}`;
}

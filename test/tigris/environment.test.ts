import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gatewayTo, OWN_ID, respond, startServer, type TestServer } from "./server";

const ELSEWHERE = "http://127.0.0.1:1";

/** What the SDK would make use of, if it were let (the SDKs' reference guide, "Settings reference"). */
const HOSTILE = {
  AWS_ACCESS_KEY_ID: "AKIAELSEWHERE",
  AWS_SECRET_ACCESS_KEY: "elsewhere",
  AWS_SESSION_TOKEN: "elsewhere",
  AWS_PROFILE: "elsewhere",
  AWS_REGION: "eu-elsewhere-1",
  AWS_DEFAULT_REGION: "eu-elsewhere-1",
  AWS_ENDPOINT_URL: ELSEWHERE,
  AWS_ENDPOINT_URL_IAM: ELSEWHERE,
  AWS_ENDPOINT_URL_S3: ELSEWHERE,
  AWS_MAX_ATTEMPTS: "7",
  AWS_RETRY_MODE: "adaptive",
  AWS_DEFAULTS_MODE: "mobile",
  AWS_USE_FIPS_ENDPOINT: "true",
  AWS_USE_DUALSTACK_ENDPOINT: "true",
  AWS_AUTH_SCHEME_PREFERENCE: "noAuth",
  AWS_SIGV4A_SIGNING_REGION_SET: "*",
  AWS_S3_DISABLE_EXPRESS_SESSION_AUTH: "false",
  AWS_S3_USE_ARN_REGION: "true",
  AWS_REQUEST_CHECKSUM_CALCULATION: "when_supported",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "when_supported",
  AWS_SDK_UA_APP_ID: "elsewhere",
  AWS_EXECUTION_ENV: "elsewhere",
  AWS_LAMBDA_FUNCTION_NAME: "elsewhere",
  _X_AMZN_TRACE_ID: "Root=elsewhere",
} as const;

const FILE = `[default]
aws_access_key_id = AKIAELSEWHERE
aws_secret_access_key = elsewhere
region = eu-elsewhere-1
endpoint_url = ${ELSEWHERE}
max_attempts = 7
retry_mode = adaptive
defaults_mode = mobile
use_fips_endpoint = true
use_dualstack_endpoint = true
sdk_ua_app_id = elsewhere
`;

let server: TestServer;
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), "aws-files-"));

beforeEach(async () => {
  const file = join(folder, "config");
  writeFileSync(file, FILE + FILE.replace("[default]", "[profile elsewhere]"));
  Object.assign(process.env, HOSTILE, { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: file });
  server = await startServer();
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["IAM", "iam", "findKeysByName", 3],
  ["IAM, changing something", "iam", "deleteKey", 1],
  ["S3", "s3", "listBuckets", 3],
] as const)("calls of %s take nothing from the environment or from files", async (_what, service, method, attempts) => {
  const { tigris } = gatewayTo(server);
  server.answer(respond(500, ""));
  await tigris[method]("tid_a");
  expect(server.got).toHaveLength(attempts);
  for (const { headers } of server.got) {
    expect(headers.authorization).toMatch(new RegExp(`Credential=${OWN_ID}/\\d{8}/auto/${service}/aws4_request`));
    expect(headers["user-agent"]).toMatch(/^tigris-key-bot\/1\b/);
    expect(JSON.stringify(headers)).not.toMatch(/elsewhere/i);
  }
  tigris.close();
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import Ajv from "ajv";
import { parse } from "yaml";
import { EXAMPLES } from "../src/config-examples";

const read = (...path: string[]) => readFileSync(join(__dirname, "..", ...path), "utf8");
const text = read("deploy/compose.yaml");
const compose = parse(text, { merge: true });
/** The schema of the compose specification, as the linter of compose files ships it. */
const schema = JSON.parse(read("node_modules/dclint/schemas/compose.schema.json"));
const validate = new Ajv({ strict: false, validateSchema: false, validateFormats: false }).compile(schema);
const errorsOf = (candidate: unknown) => (validate(candidate) ? [] : validate.errors);

const { "bot-1": one, "bot-2": two, postgres } = compose.services;

test("it fits the schema of the compose specification", () => {
  expect(errorsOf(compose)).toEqual([]);
});

test.each<[string, object]>([
  ["a key that there is not", { read_onyl: true }],
  ["an unknown condition", { depends_on: { postgres: { condition: "ready" } } }],
  ["a port that is no list", { ports: "3000" }],
])("the schema refuses %s", (_what, changes) => {
  expect(errorsOf({ ...compose, services: { ...compose.services, "bot-1": { ...one, ...changes } } })).not.toEqual([]);
});

test("each secret, network and volume that a service names is there, and none is left over", () => {
  const services = [one, two, postgres];
  for (const kind of ["secrets", "networks"])
    expect(new Set(services.flatMap((service) => service[kind]))).toEqual(new Set(Object.keys(compose[kind])));
  expect(postgres.volumes.map((volume: string) => volume.split(":")[0])).toEqual(Object.keys(compose.volumes));
});

test("the two bots differ in nothing but their ports, and the image is built once", () => {
  const { build, ports, ...rest } = one;
  const { ports: others, ...same } = two;
  expect(rest).toEqual(same);
  expect(build).toBe("..");
  expect(others).not.toEqual(ports);
});

test("every secret of a bot comes from a file, under the name of its setting", () => {
  const names = Object.keys(one.environment);
  const files = names.filter((name) => name.endsWith("_FILE"));
  expect(files.map((name) => one.environment[name])).toEqual(one.secrets.map((name: string) => `/run/secrets/${name}`));
  expect(files.map((name) => name.toLowerCase().replace(/_file$/, ""))).toEqual(one.secrets);
  expect(files.filter((name) => !Object.hasOwn(EXAMPLES, name.replace(/_FILE$/, "")))).toEqual([]);
  // The image's own, which would stand beside the file.
  expect(names.filter((name) => !files.includes(name))).toEqual(["DATABASE_URL"]);
  expect(one.environment.DATABASE_URL).toBe("");
});

test("the rest of what a bot needs is in the example of its settings", () => {
  const settings = Object.keys(parseEnv(read("deploy/bot.env.example")));
  expect(settings.sort()).toEqual(["APPROVALS_CHANNEL", "APPROVERS", "AWS_ACCESS_KEY_ID"]);
  expect(one.env_file).toBe("bot.env");
  expect(read(".gitignore").split("\n")).toEqual(expect.arrayContaining(["deploy/bot.env", "deploy/secrets/"]));
});

test("nothing is published but on the loopback address", () => {
  const published = [one, two, postgres].flatMap((service) => service.ports ?? []);
  expect(published).toHaveLength(2);
  for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\d+:3000$/);
  expect(compose.networks.database.internal).toBe(true);
  expect(postgres.networks).toEqual(["database"]);
});

test.each([
  ["bot", one],
  ["postgres", postgres],
])("%s: a read-only root, few powers, a health check, time to stop, a log that ends", (_name, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    healthcheck: { test: expect.arrayContaining(["CMD"]) },
    restart: "unless-stopped",
    logging: { options: { "max-size": "10m" } },
  });
  expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThanOrEqual(30);
});

test("a bot waits for a healthy database, and is asked by the image's own health check", () => {
  expect(one.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
  const image = read("Dockerfile").match(/^HEALTHCHECK .* CMD (\[.+\])$/m)?.[1] ?? "";
  expect(one.healthcheck.test).toEqual(["CMD", ...JSON.parse(image)]);
});

test("the database's image is pinned by its digest", () => {
  expect(postgres.image).toMatch(/^postgres:\d+\.\d+-bookworm@sha256:[0-9a-f]{64}$/);
});

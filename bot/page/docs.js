// Shows /openapi.json: each operation with its fields, an example and its answers, and the shapes they use.

import { element } from "./element.js";

const operations = document.getElementById("operations");

function nameOf(reference) {
  return reference.split("/").pop();
}

/** A schema in a few words: `array of Citation`, `string or null`. */
function kind(schema) {
  if (!schema) return "";
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.anyOf) return schema.anyOf.map(kind).join(" or ");
  if (schema.type === "array") return `list of ${kind(schema.items)}`;
  const limits = ["format", "minimum", "maximum", "minLength", "maxLength", "default"]
    .filter((name) => schema[name] !== undefined && schema[name] !== null)
    .map((name) => (name === "format" ? schema.format : `${name} ${schema[name]}`));
  return [schema.type ?? "anything", ...limits].join(", ");
}

function table(rows) {
  const lines = rows.map(([name, what, note]) =>
    element("tr", {}, element("td", {}, element("code", {}, name)), element("td", {}, what), element("td", {}, note ?? "")));
  return element("div", { class: "table" }, element("table", {}, element("tbody", {}, ...lines)));
}

function fields(schema) {
  const required = new Set(schema.required ?? []);
  return table(Object.entries(schema.properties ?? {}).map(([name, field]) =>
    [name + (required.has(name) ? " *" : ""), kind(field), field.description]));
}

function operationBox(path, method, operation, shapes) {
  const body = operation.requestBody?.content["application/json"].schema;
  const shape = body?.$ref ? shapes[nameOf(body.$ref)] : body;
  const example = shape?.examples?.[0];
  const keys = operation.security?.length === 1 ? "needs the admin key" : "";
  const answers = Object.entries(operation.responses).map(([status, answer]) => {
    const content = Object.entries(answer.content ?? {});
    return [status, content.map(([type, { schema }]) => `${kind(schema)} (${type})`).join("; "), answer.description];
  });
  const [first, ...more] = (operation.description ?? "").split(/(?<=\.) /);
  return element(
    "details",
    {},
    element("summary", {}, element("span", { class: "method" }, method.toUpperCase()), element("code", {}, path),
      element("span", { class: "note" }, [first, keys].filter(Boolean).join(" · "))),
    element(
      "div",
      {},
      more.length > 0 && element("p", {}, more.join(" ")),
      operation.parameters && element("h3", {}, "Parameters (* required)"),
      operation.parameters && table(operation.parameters.map((each) =>
        [each.name + (each.required ? " *" : ""), `${each.in}: ${kind(each.schema)}`, each.description])),
      shape && element("h3", {}, "Body (* required)"),
      shape && fields(shape),
      example && element("h3", {}, "Example"),
      example && element("pre", { tabindex: "0" }, JSON.stringify(example, null, 2)),
      element("h3", {}, "Answers"),
      table(answers),
    ),
  );
}

async function show() {
  const response = await fetch("openapi.json");
  const api = await response.json();
  const shapes = api.components.schemas;
  document.getElementById("summary").textContent = `${api.info.summary} Version ${api.info.version}.`;
  operations.replaceChildren(...Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationBox(path, method, operation, shapes))));
  document.getElementById("shapes").replaceChildren(...Object.entries(shapes).map(([name, shape]) =>
    element("details", {}, element("summary", {}, element("code", {}, name),
      element("span", { class: "note" }, shape.description ?? "")), element("div", {}, fields(shape)))));
}

show().catch(() => operations.replaceChildren(element("p", { class: "failure", role: "alert" }, "openapi.json cannot be read.")));

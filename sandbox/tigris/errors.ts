import { type Answer, jsonAnswer } from "../answer";

export type ErrorFormat = "json" | "xml";

/** An error in the form in which Tigris gives it. */
export function errorAnswer(format: ErrorFormat, status: number, code: string, message: string): Answer {
  if (format === "json") return jsonAnswer(status, { Code: code, Message: message });
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${xml(message)}</Message></Error><RequestId>sandbox</RequestId></ErrorResponse>`;
  return xmlAnswer(status, body);
}

/** An error in the form of S3. */
export function s3ErrorAnswer(status: number, code: string): Answer {
  return xmlAnswer(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

export function xmlAnswer(status: number, body: string): Answer {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
  };
}

export function xml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

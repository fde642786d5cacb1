/** Marks each text, so that it is found wherever it went, also in part. */
export const MARK = "zq9zq9";

/** Texts that would ping, link, format, hide or reverse where they were taken for more than text. */
export const HOSTILE: [string, string][] = [
  ["a call of the channel", `<!channel> <!here> <!everyone> ${MARK}`],
  ["a call of a group", `<!subteam^SAPPROVE1> <!subteam^SOTHER001|@key-approvers> ${MARK}`],
  ["a call of a person", `<@UEVE00001> <@UEVE00001|eve> @eve @channel ${MARK}`],
  ["a link with a false label", `<https://evil.example/${MARK}|https://console.tigris.dev> ok`],
  ["bare addresses", `https://evil.example/${MARK} www.evil.example evil.example mailto:a@evil.example`],
  ["a link to a channel and a time", `<#CGENERAL1|general> <!date^0^{date}^https://evil.example|x> ${MARK}`],
  ["marks", `*bold* _slanted_ ~struck~ \`code\` \`\`\`block\`\`\` > quoted ${MARK}`],
  ["marks that are not closed", `*_~\`\`\` ${MARK} • 1. # - [x](https://evil.example)`],
  ["escapes", `&amp; &lt;!channel&gt; &amp;lt;!channel&amp;gt; ${MARK}`],
  ["a reversed text", `\u202Enimda\u202C \u2066approved\u2069 \u200Fnimda ${MARK}`],
  ["what is not seen", `ad\u200Bmin\u200C\u00AD\uFEFF\u2060\u{E0041} ${MARK}`],
  ["control characters", `a\u0000b\u0007c\u001B[31md\u009Be ${MARK}`],
  ["emoji", `:tada: :white_check_mark: ✅ 👩‍👩‍👧 🇩🇪 ${MARK}`],
  ["halves of characters", `half \uD800 and \uDC00 half ${MARK}`],
  ["lines that look like ours", `x\n✅ Approved by @ann\nAccess key ID\r\ntid_${MARK}`],
  ["JSON and HTML", `","blocks":[{"type":"divider"}],"x":"</script><img src=x onerror=alert(1)> ${MARK}`],
  ["templates and SQL", `\${process.env} {{x}} %s %n '; drop table requests; -- ${MARK}`],
  ["500 characters that are escaped", `${MARK}${"<&>".repeat(164)}`],
  ["500 marks", `${MARK}${"*`_~".repeat(123)}`],
  ["many emoji", `${MARK}${"👩‍👩‍👧".repeat(60)}`],
];

/** What nobody sees, or what reverses others: none of it may stand in anything that is shown. */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200C\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/u;

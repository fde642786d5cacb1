/** Kills the process when the commit of a move has been answered: before it can mark the store that it came from. */
const { Client } = require("pg");

const { query } = Client.prototype;
let isMoved = false;
Client.prototype.query = async function (text, ...rest) {
  const result = await query.call(this, text, ...rest);
  if (rest.flat().includes("moved_from") && /^insert/.test(text)) isMoved = true;
  if (isMoved && text === "commit") process.kill(process.pid, "SIGKILL");
  return result;
};

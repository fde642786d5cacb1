const { execFileSync } = require("node:child_process");
const { join } = require("node:path");

/** Installs Tigris's own command line in a folder of its own, without its install script. */
module.exports = () => {
  const args = ["ci", "--prefix", join(__dirname, "tigris-cli"), "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", args, { stdio: "inherit" });
};

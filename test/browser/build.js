module.exports = async () => {
  const { buildSandbox } = await import("../../sandbox/build.mjs");
  await buildSandbox();
};

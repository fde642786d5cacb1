import { fileURLToPath } from "node:url";

export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: { outDir: "../../build/page", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 2_000 },
};

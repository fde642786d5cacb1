import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export default {
  root: here("."),
  build: {
    outDir: "../../build/page",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 2_000,
    // The workspace, and what the pictures of everything are taken of.
    rollupOptions: { input: [here("index.html"), here("gallery.html")] },
  },
};

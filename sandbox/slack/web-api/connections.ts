import { randomUUID } from "node:crypto";
import { failure, type Method } from "./method";

export const connectionMethods: Record<string, Method> = {
  "apps.connections.open": {
    scopes: [],
    required: [],
    token: "app",
    run: (workspace) => {
      if (workspace.app.delivery.kind !== "socket") return failure("forbidden_team");
      const ticket = randomUUID();
      workspace.connections.tickets.add(ticket);
      return { url: `${workspace.publicUrl.replace("http", "ws")}/link?ticket=${ticket}` };
    },
  },
};
